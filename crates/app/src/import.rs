//! Taking in what other systems hand over: what is wrong in a file is left out and told, what may mix up people
//! refuses it whole, and reading it again changes nothing.

mod attached;

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;

use domain::fhir::{self, Account, Left, Mistake, Plan, Planned, Reason};
use domain::record::Verb;
use domain::{RecordId, Value, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Draft;
use ts_rs::TS;

use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// A file to take in.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportFhir {
    /// The text of one FHIR R4 bundle, or of resources line by line (NDJSON).
    pub text: String,
    /// Only look: write nothing.
    pub dry_run: bool,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Imported {
    /// Patients in it.
    pub patients: u64,
    /// Those of them who were here already.
    pub met_again: u64,
    /// Records written, or that would be.
    pub records: u64,
    /// Records that were here already.
    pub already_here: u64,
    /// Records here of which the file says something else than the first import did, or that they are a
    /// mistake. They stay as they are.
    pub changed: Vec<ChangedThere>,
    /// By resource type: stored, here already, merged into another, or left out with the reason.
    pub by_type: BTreeMap<String, Account>,
    /// What is left out because something about it is wrong or over: the first of them, with their places.
    pub left: Vec<Left>,
}

/// A record here that the other system has changed since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ChangedThere {
    /// Its kind.
    pub kind: String,
    /// The record.
    pub record: RecordId,
    /// Whose it is.
    pub patient: Option<RecordId>,
    /// Where the file speaks of it, such as `Bundle.entry[3].resource`.
    pub place: String,
}

impl ChangedThere {
    fn of(here: &store::Record, record: RecordId, place: String) -> Self {
        Self { kind: here.kind.clone(), record, patient: here.patient, place }
    }
}

/// More places of what was left out than this are not told; all of them are counted.
const MOST_LEFT: usize = 200;

/// Ops and bytes of one transaction, about; a larger file is several transactions of one act, each of
/// which a question to the server has room for.
const MOST_OPS: usize = 2_000;
const MOST_BYTES: usize = 1 << 20;

/// Takes in a FHIR R4 bundle.
pub(crate) fn import_fhir(seat: &mut Seat, input: ImportFhir) -> Result<Imported, Refusal> {
    let bundle = fhir::read(&input.text, seat.moment.today)
        .map_err(|fault| Refusal::of_file(fault.place, fault.reason))?;
    drop(input.text);
    let Plan { patients, mistakes, account, types, mut left } = fhir::plan(bundle);
    left.truncate(MOST_LEFT);
    let mut imported = Imported {
        patients: patients.len() as u64,
        met_again: 0,
        records: 0,
        already_here: 0,
        changed: Vec::new(),
        by_type: account,
        left,
    };
    let mut drafts = Vec::new();
    let mut files = attached::Files::new();
    let mut counted = BTreeSet::new();
    for mut plan in patients {
        seat.about(None, Some(plan.patient));
        let place = plan.records.first().map(|record| record.place.clone()).unwrap_or_default();
        for retired in &plan.replaces {
            let here = seat.act.record(*retired)?.filter(|here| here.state.voided.is_none());
            imported.changed.extend(here.map(|here| ChangedThere::of(&here, *retired, place.clone())));
        }
        let told = (&mut imported.by_type, &mut imported.left);
        files.extend(attached::judge(seat, &mut plan, &types, told)?);
        for planned in plan.records {
            let is_first = counted.insert(planned.place.clone());
            if let Some(here) = seat.act.record(planned.record)? {
                let first = seat.act.first_said(planned.record)?.and_then(|said| said.op.body);
                let first = first.map(|body| body.patch).unwrap_or_default();
                let ours = here.patient.is_some_and(|whose| plan.replaces.contains(&whose));
                if !ours && is_anothers(plan.patient, &planned, &here, &first) {
                    return Err(Refusal::of_file(planned.place, Reason::AnotherPerson));
                }
                imported.already_here += 1;
                let of = types.get(&planned.record).filter(|_| is_first);
                if let Some(account) = of.and_then(|of| imported.by_type.get_mut(of)) {
                    account.stored -= 1;
                    account.known += 1;
                }
                imported.met_again += u64::from(planned.record == plan.patient);
                if planned.patch != first {
                    imported.changed.push(ChangedThere::of(&here, planned.record, planned.place));
                }
                continue;
            }
            imported.records += 1;
            drafts.push(Draft {
                kind: kinds::kind(planned.kind).ok_or_else(|| Refusal::new(Code::FileRefused))?,
                record: planned.record,
                patient: Some(plan.patient),
                verb: Verb::Create,
                patch: planned.patch,
                reason: None,
                seen: None,
                keeps: None,
            });
        }
    }
    for Mistake { record, place } in mistakes {
        let here = seat.act.record(record)?.filter(|here| here.state.voided.is_none());
        imported.changed.extend(here.map(|here| ChangedThere::of(&here, record, place)));
    }
    if input.dry_run {
        // The trail tells a look from what was taken in.
        seat.about(None, None);
        seat.reason = Some("dry run".to_owned());
        return Ok(imported);
    }
    for draft in &drafts {
        attached::keep(seat, &files, draft.record)?;
    }
    write_all(seat, drafts)?;
    Ok(imported)
}

/// Writes `drafts` in as many transactions of this act as they need.
pub(crate) fn write_all(seat: &mut Seat, drafts: Vec<Draft>) -> Result<(), Refusal> {
    let mut left = drafts.into_iter().map(|draft| (draft.bytes(), draft)).peekable();
    while left.peek().is_some() {
        seat.write(portion(&mut left))?;
    }
    Ok(())
}

/// What goes into the next transaction: as much as fits, or one draft that is larger by itself.
fn portion(left: &mut Peekable<impl Iterator<Item = (usize, Draft)>>) -> Vec<Draft> {
    let mut portion = Vec::new();
    let mut room = MOST_BYTES;
    while let Some((bytes, draft)) =
        left.next_if(|(bytes, _)| portion.is_empty() || (portion.len() < MOST_OPS && *bytes <= room))
    {
        room = room.saturating_sub(bytes);
        portion.push(draft);
    }
    portion
}

/// What tells one person from another.
const WHO: [&str; 4] = ["family", "given", "birth_date", "sex"];

/// Whether `here` is about somebody else than `planned`, which has its id: two systems may count alike.
/// A person is who the first import said, or who they are now, so that neither what was corrected here nor
/// what the other system corrects since keeps a file out for good.
fn is_anothers(
    patient: RecordId,
    planned: &Planned,
    here: &store::Record,
    first: &BTreeMap<String, Value>,
) -> bool {
    if planned.record != patient {
        return here.patient != Some(patient);
    }
    WHO.iter().any(|field| {
        let told = planned.patch.get(*field).unwrap_or(&Value::Null);
        told != first.get(*field).unwrap_or(&Value::Null) && told != here.state.value(field)
    })
}
