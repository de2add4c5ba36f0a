//! What is planned for a mouth, agreed to, and done: one record, under its teeth.

use std::collections::BTreeMap;

use domain::dental::{
    Procedure, ProcedureStatus, ProcedureText, Seen, Tooth, Treatment, XrayLooked, asks_again,
    procedure_cannot_be, procedure_lacks, results, supersedes,
};
use domain::patients::ConsentBy;
use domain::record::{Record, Verb};
use domain::visits::Visit;
use domain::{Decimal, PartialDate, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, said_of};
use ts_rs::TS;

use super::{Known, end, is_gone, of_tooth, undo};
use crate::claims::Edit;
use crate::records::{Kept, VoidClaim};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A treatment to plan.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTreatment {
    /// The patient.
    pub patient: RecordId,
    /// The visit in which it is planned.
    pub visit: Option<RecordId>,
    /// What is to be done.
    pub details: ProcedureText,
}

/// A step of a treatment.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepTreatment {
    /// The treatment.
    pub id: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// Where it goes.
    pub to: ProcedureStatus,
    /// The tooth that was said aloud, where one is lost by it, or its pulp.
    pub said: Option<Tooth>,
    /// Whether an X-ray was looked at before that.
    pub xray: Option<XrayLooked>,
    /// That it was asked about once more, and meant.
    pub sure: bool,
    /// Why it is postponed or cancelled, or how it failed.
    pub reason: Option<String>,
}

/// A treatment as it was seen.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenTreatment {
    /// The treatment.
    pub id: RecordId,
    /// The version that was seen.
    pub version: i64,
}

/// What somebody agrees to.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeTreatments {
    /// The patient.
    pub patient: RecordId,
    /// Whether the patient agrees, or who decides for them.
    pub by: ConsentBy,
    /// The name under what was signed.
    pub name: String,
    /// The treatments, each with all its teeth.
    pub treatments: Vec<SeenTreatment>,
}

/// More are not agreed to at once.
const MOST_AGREED: usize = 50;

/// Plans a treatment.
pub(crate) fn plan_treatment(seat: &mut Seat, input: PlanTreatment) -> Result<Kept, Refusal> {
    let patient = input.patient;
    seat.about(None, Some(patient));
    let known = Known::of(seat, patient)?;
    if let Some(visit) = input.visit
        && seat.read::<Visit>(visit)?.patient != Some(patient)
    {
        return Err(Refusal::new(Code::NotFound));
    }
    let mouth = known.mouth(seat.moment.today);
    let gone = |tooth| of_tooth(&mouth, tooth).is_some_and(Seen::is_gone);
    let (id, made) = planned(seat, patient, input.visit, &input.details, gone)?;
    seat.about(Some(id), Some(patient));
    Ok(Kept::of(id, seat.write(vec![made])?))
}

/// A treatment as it is planned, in a mouth where these teeth are gone.
pub(super) fn planned(
    seat: &mut Seat,
    patient: RecordId,
    visit: Option<RecordId>,
    details: &ProcedureText,
    gone: impl Fn(Tooth) -> bool,
) -> Result<(RecordId, Draft), Refusal> {
    let mut patch = said_of(Procedure::KIND, details);
    patch.retain(|_, value| !value.is_null());
    let mut set = |field: &str, value: String| patch.insert(field.to_owned(), Value::text(value));
    set("patient", patient.to_string());
    set("planned_on", PartialDate::day(seat.moment.today).to_string());
    set("status", ProcedureStatus::Planned.word().to_owned());
    if let Some(visit) = visit {
        set("visit", visit.to_string());
    }
    check(&domain::fold::State::default().with(&patch).record(), gone)?;
    let id = seat.new_id();
    Ok((id, Draft { verb: Verb::Create, ..Draft::patch::<Procedure>(id, Some(patient), patch, None) }))
}

/// What is written of an agreement.
const AGREEMENT: [&str; 5] = ["agreed_by", "agreed_as", "agreed_on", "agreed_teeth", "agreed_treatment"];

/// Changes a treatment that is still to be done. Its teeth are said anew, all of them: who agreed to others has not agreed,
/// and who agreed to one treatment has not agreed to another.
pub(crate) fn edit_treatment(seat: &mut Seat, input: Edit<ProcedureText>) -> Result<Kept, Refusal> {
    let (procedure, patient) = ahead(seat, input.id)?;
    let mut patch = said_of(Procedure::KIND, &input.patch);
    if let Some(teeth) = &input.patch.teeth {
        patch.remove("teeth");
        let kept = teeth.iter().flat_map(|teeth| teeth.0.keys());
        let kept: Vec<&String> = kept.collect();
        let gone =
            procedure.teeth.iter().flat_map(|teeth| teeth.0.keys()).filter(|tooth| !kept.contains(tooth));
        for path in gone.flat_map(|tooth| ["tooth", "surfaces"].map(|part| format!("teeth/{tooth}/{part}"))) {
            patch.insert(path, Value::Null);
        }
        for (tooth, treated) in teeth.iter().flat_map(|teeth| &teeth.0) {
            if treated.surfaces.is_none() {
                patch.insert(format!("teeth/{tooth}/surfaces"), Value::Null);
            }
        }
    }
    if input.patch.treatment.is_some_and(|to| to != procedure.treatment) && procedure.agreed_as.is_some() {
        patch.extend(AGREEMENT.map(|field| (field.to_owned(), Value::Null)));
    }
    let state = seat.read::<Procedure>(input.id)?.state;
    let known = Known::of(seat, patient)?;
    let mouth = known.mouth(seat.moment.today);
    let gone = |tooth| of_tooth(&mouth, tooth).is_some_and(Seen::is_gone);
    check(&state.with(&patch).record(), gone)?;
    let written = seat.change::<Procedure>(input.id, Some(patient), patch, input.version)?;
    Ok(Kept::of(input.id, written))
}

/// A treatment that is still to be done, and whose.
fn ahead(seat: &mut Seat, id: RecordId) -> Result<(Procedure, RecordId), Refusal> {
    let record = seat.read::<Procedure>(id)?;
    let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
    seat.about(Some(id), Some(patient));
    let procedure: Procedure = record.state.record();
    if procedure.is_ahead() {
        Ok((procedure, patient))
    } else {
        Err(Refusal::new(Code::IllegalMove).with("field", "status"))
    }
}

/// That a treatment says enough, nothing that cannot be, and nothing of a tooth that is not there.
fn check(procedure: &Procedure, gone: impl Fn(Tooth) -> bool) -> Result<(), Refusal> {
    if let Some(field) = procedure_lacks(procedure) {
        return Err(Refusal::missing(field));
    }
    if let Some(field) = procedure_cannot_be(procedure) {
        return Err(Refusal::invalid(field));
    }
    // What is written already goes on as it is: no rule of the log says so.
    if covered_above_fee(procedure) {
        return Err(Refusal::invalid("cover"));
    }
    let mut lost = procedure.treated().map(|(tooth, _)| tooth).filter(|tooth| gone(*tooth));
    match lost.next() {
        Some(tooth) if procedure.treatment.is_some_and(Treatment::needs_tooth) => Err(is_gone(tooth)),
        _ => Ok(()),
    }
}

/// Whether others are said to pay more of a treatment than it costs.
fn covered_above_fee(procedure: &Procedure) -> bool {
    let number = |amount: &Option<Decimal>| amount.as_ref().and_then(Decimal::number);
    number(&procedure.cover).zip(number(&procedure.fee)).is_some_and(|(cover, fee)| cover > fee)
}

/// Writes down who agreed to which treatments, on paper: each with the teeth that it names now.
pub(crate) fn agree_treatments(seat: &mut Seat, input: AgreeTreatments) -> Result<Kept, Refusal> {
    let name = input.name.trim();
    if name.is_empty() {
        return Err(Refusal::missing("name"));
    }
    if input.treatments.len() > MOST_AGREED {
        return Err(Refusal::invalid("treatments"));
    }
    let known = Known::of(seat, input.patient)?;
    seat.about(Some(input.patient), Some(input.patient));
    if known.is_guarded(seat.moment.today) && input.by != ConsentBy::Guardian {
        return Err(known.guardian_to_agree(seat.moment.today));
    }
    let on = PartialDate::day(seat.moment.today).to_string();
    let mut drafts = Vec::new();
    for seen in &input.treatments {
        let procedure =
            known.procedures.iter().find(|(id, _)| *id == seen.id).map(|(_, procedure)| procedure);
        let procedure = procedure.ok_or_else(|| Refusal::new(Code::NotFound))?;
        if !procedure.is_ahead() {
            return Err(Refusal::new(Code::IllegalMove).with("field", "status"));
        }
        let teeth = procedure.treated().map(|(tooth, _)| Value::text(tooth.word())).collect();
        let treatment = procedure.treatment.ok_or_else(|| Refusal::missing("treatment"))?;
        let by = [name, input.by.word(), &*on].map(Value::text);
        let [name, by, on] = by;
        let values = [name, by, on, Value::List(teeth), Value::text(treatment.word())];
        let patch = AGREEMENT.map(ToOwned::to_owned).into_iter().zip(values).collect();
        drafts.push(Draft::patch::<Procedure>(seen.id, Some(input.patient), patch, Some(seen.version)));
    }
    let last = input.treatments.last().ok_or_else(|| Refusal::missing("treatments"))?.id;
    Ok(Kept::of(last, seat.write(drafts)?))
}

/// Takes a treatment a step further. Done, it leaves its marks and ends what it treated, in the same transaction.
pub(crate) fn step_treatment(seat: &mut Seat, input: StepTreatment) -> Result<Kept, Refusal> {
    let record = seat.read::<Procedure>(input.id)?;
    let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
    seat.about(Some(input.id), Some(patient));
    let procedure: Procedure = record.state.record();
    let today = PartialDate::day(seat.moment.today);
    let mut patch = BTreeMap::from([("status".to_owned(), Value::text(input.to.word()))]);
    let mut drafts = Vec::new();
    match input.to {
        ProcedureStatus::Done => {
            let known = Known::of(seat, patient)?;
            if procedure.is_ahead() {
                may_be_done(seat, &known, &procedure, &input)?;
            }
            patch.insert("on".to_owned(), Value::text(today.to_string()));
            patch.insert("done_by".to_owned(), Value::text(seat.sitting.user.to_string()));
            if procedure.treatment.is_some_and(Treatment::loses) {
                patch.extend(input.said.map(|said| ("said".to_owned(), Value::text(said.word()))));
                patch.extend(input.xray.map(|xray| ("xray".to_owned(), Value::text(xray.word()))));
            }
            drafts = done(seat, &known, &procedure, input.id, today);
        }
        ProcedureStatus::Failed | ProcedureStatus::Postponed | ProcedureStatus::Cancelled => {
            let reason = input.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
            let reason = reason.ok_or_else(|| Refusal::missing("reason"))?;
            patch.insert("reason".to_owned(), Value::text(reason));
            if input.to != ProcedureStatus::Postponed {
                patch.insert("on".to_owned(), Value::text(today.to_string()));
            }
        }
        ProcedureStatus::Planned | ProcedureStatus::Scheduled | ProcedureStatus::UnderWay => {}
    }
    // The version that is answered is the treatment's own.
    let seen = seen(seat, &record, &procedure, input.version)?;
    drafts.push(Draft::patch::<Procedure>(input.id, Some(patient), patch, Some(seen)));
    Ok(Kept::of(input.id, seat.write(drafts)?))
}

/// The version on which a step of what was seen in `version` stands: an agreement that came since is what it waited for, where
/// what is done to which teeth, and how far it is, are still as they were seen.
fn seen(seat: &Seat, record: &store::Record, now: &Procedure, version: i64) -> Result<i64, Refusal> {
    let then: Procedure = seat.act.record_at(Procedure::KIND.name, record.id, version)?.record();
    let same = then.treatment == now.treatment && then.teeth == now.teeth && then.status == now.status;
    Ok(if same { record.version } else { version })
}

/// That nothing speaks against a treatment being done: its teeth are there, who has to has agreed to them, and of one by
/// which a tooth is lost, or its pulp, the tooth was said aloud, its X-ray thought of, and what is easily mixed up asked once more.
fn may_be_done(
    seat: &Seat,
    known: &Known,
    procedure: &Procedure,
    input: &StepTreatment,
) -> Result<(), Refusal> {
    let Some(treatment) = procedure.treatment else { return Err(Refusal::missing("treatment")) };
    let mouth = known.mouth(seat.moment.today);
    let gone = |tooth: &Tooth| of_tooth(&mouth, *tooth).is_some_and(Seen::is_gone);
    if treatment.needs_tooth()
        && let Some(tooth) = procedure.treated().map(|(tooth, _)| tooth).find(gone)
    {
        return Err(is_gone(tooth));
    }
    let guarded = known.is_guarded(seat.moment.today);
    if guarded && !procedure.is_agreed(true) {
        return Err(known.guardian_to_agree(seat.moment.today));
    }
    if !treatment.loses() {
        return Ok(());
    }
    if !procedure.is_agreed(guarded) {
        return Err(Refusal::new(Code::NotAgreed));
    }
    let Some(tooth) = procedure.treated().map(|(tooth, _)| tooth).next() else {
        return Err(Refusal::missing("teeth"));
    };
    match input.said {
        None => return Err(Refusal::missing("said")),
        Some(said) if said != tooth => {
            return Err(Refusal::new(Code::OtherTooth).with("said", said.word()).with("tooth", tooth.word()));
        }
        Some(_) => {}
    }
    if input.xray.is_none() {
        return Err(Refusal::missing("xray"));
    }
    match asks_again(tooth, &mouth) {
        Some(why) if !input.sure => {
            Err(Refusal::new(Code::AskAgain).with("tooth", tooth.word()).with("why", why.word()))
        }
        _ => Ok(()),
    }
}

/// What a treatment leaves once it is done, and the end of what it treated.
fn done(
    seat: &mut Seat,
    known: &Known,
    procedure: &Procedure,
    id: RecordId,
    today: PartialDate,
) -> Vec<Draft> {
    let mouth = known.mouth(seat.moment.today);
    let gone = |tooth| of_tooth(&mouth, tooth).is_some_and(Seen::is_gone);
    let mut drafts = Vec::new();
    for mut mark in results(procedure, today, gone) {
        mark.procedure = Some(id);
        mark.patient = Some(known.id);
        let open = mark.tooth.and_then(|tooth| of_tooth(&mouth, tooth));
        let treated = open.iter().flat_map(|seen| &seen.marks).filter(|(_, open)| supersedes(&mark, open));
        drafts.extend(treated.map(|(open, _)| end(*open, known.id, today, id)));
        drafts.push(Draft::make(Verb::Create, seat.new_id(), Some(known.id), &mark));
    }
    drafts
}

/// Withdraws a treatment that was entered in error, with the marks that it left; what it ended holds again.
pub(crate) fn void_treatment(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    let record = seat.read::<Procedure>(input.id)?;
    let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
    seat.about(Some(input.id), Some(patient));
    seat.reason = Some(input.reason.clone());
    let known = Known::of(seat, patient)?;
    let void = Draft::patch::<Procedure>(input.id, Some(patient), BTreeMap::new(), Some(input.version));
    let mut drafts = undo(&known, input.id, &input.reason);
    drafts.push(Draft { verb: Verb::Void, reason: Some(input.reason), ..void });
    Ok(Kept::of(input.id, seat.write(drafts)?))
}
