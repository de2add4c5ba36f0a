//! What is to be done in a mouth, and was: one record from planned to done.

use super::{Mark, Seen, Stands, Surfaces, Tooth, ToothMark};
use crate::patients::{ConsentBy, may_be_minor};
use crate::record::{Entries, Verb};
use crate::rule::{Asked, Fault};
use crate::{Decimal, PartialDate, RecordId, choice, entry, record};

choice! {
    /// What is done.
    pub enum Treatment {
        /// Talk and advice.
        Consultation = "consultation",
        /// Removing tartar.
        Cleaning = "cleaning",
        /// A filling.
        Filling = "filling",
        /// Taking a tooth out.
        Extraction = "extraction",
        /// Treating and filling the root.
        RootCanal = "root_canal",
        /// Treating the pulp: capping it, taking part of it or all.
        PulpTreatment = "pulp_treatment",
        /// A crown.
        Crown = "crown",
        /// A bridge.
        Bridge = "bridge",
        /// An implant.
        Implant = "implant",
        /// Moving teeth.
        Orthodontic = "orthodontic",
        /// Treating the gums.
        Periodontal = "periodontal",
        /// Polishing and instruction.
        Prophylaxis = "prophylaxis",
        /// Fluoride.
        Fluoride = "fluoride",
        /// Sealing fissures.
        Sealant = "sealant",
        /// Whitening.
        Whitening = "whitening",
        /// An X-ray.
        Xray = "xray",
        /// To somebody elsewhere.
        Referral = "referral",
        /// Keeping the space of a tooth that was lost early.
        SpaceMaintainer = "space_maintainer",
        /// Looking again, and doing nothing until then.
        Watch = "watch",
        /// Something else; the text says what.
        Other = "other",
    }
}

choice! {
    /// How far it is.
    pub enum ProcedureStatus {
        /// It is to be done.
        Planned = "planned",
        /// It has a day.
        Scheduled = "scheduled",
        /// It was begun.
        UnderWay = "under_way",
        /// It was done.
        Done = "done",
        /// It was begun and did not succeed.
        Failed = "failed",
        /// It is to be done later.
        Postponed = "postponed",
        /// It will not be done.
        Cancelled = "cancelled",
    }
    moves {
        "" => "planned": DentalPlan,
        "planned" => "scheduled": DentalPlan,
        "planned" => "under_way": DentalPlan,
        "planned" => "done": DentalPlan,
        "planned" => "postponed": DentalPlan,
        "planned" => "cancelled": DentalPlan,
        "scheduled" => "under_way": DentalPlan,
        "scheduled" => "done": DentalPlan,
        "scheduled" => "postponed": DentalPlan,
        "scheduled" => "cancelled": DentalPlan,
        "postponed" => "under_way": DentalPlan,
        "postponed" => "done": DentalPlan,
        "postponed" => "cancelled": DentalPlan,
        "under_way" => "done": DentalPlan,
        "under_way" => "failed": DentalPlan,
        "under_way" => "cancelled": DentalPlan,
    }
}

choice! {
    /// Whether an X-ray was looked at before a tooth was lost.
    pub enum XrayLooked {
        /// It was.
        Yes = "yes",
        /// There is one, and it was not.
        No = "no",
        /// There is none.
        None = "none",
    }
}

entry! {
    /// A tooth that is treated; the entry's id is its name.
    pub struct Treated {
        /// The tooth.
        tooth: Tooth,
        /// On which surfaces.
        surfaces: Surfaces,
    }
}

record! {
    /// A treatment: planned, and done as the same record.
    pub struct Procedure: "procedure", Ordinary, Site;
    told ProcedureText;
    verbs { Create: DentalPlan, Patch: DentalPlan, Void: DentalPlan, Resolve: ConflictResolve, }
    happened { on, planned_on, }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The visit in which it was planned.
        visit: RecordId, Fixed;
        /// The day on which it was planned.
        planned_on: PartialDate, Fixed;
        /// How far it is.
        status: ProcedureStatus, State;
        /// The day on which it was done, or came to its other end.
        on: PartialDate, Ordinary;
        /// Who did it.
        done_by: RecordId, Ordinary;
        /// The tooth that was said aloud before it was lost, or its pulp was.
        said: Tooth, Ordinary;
        /// Whether an X-ray was looked at before that.
        xray: XrayLooked, Ordinary;
        /// Why it was postponed, cancelled, or failed.
        reason: String, Ordinary;
        /// Who agreed to it.
        agreed_by: String, Ordinary by ConsentTake;
        /// Whether that is the patient or who decides for them.
        agreed_as: ConsentBy, Ordinary by ConsentTake;
        /// The day of that.
        agreed_on: PartialDate, Ordinary by ConsentTake;
        /// The teeth to which they agreed.
        agreed_teeth: Vec<String>, Ordinary by ConsentTake;
        /// The treatment to which they agreed; nothing where an earlier version wrote that down.
        agreed_treatment: Treatment, Ordinary by ConsentTake;
    }
    written {
        /// What is done.
        treatment: Treatment, Critical;
        /// To which teeth.
        teeth: Entries<Treated>, Critical;
        /// Whether it is because of decay, of a crown or a loss.
        for_caries: bool, Ordinary;
        /// With what.
        material: String, Ordinary;
        /// Which of the plan first, from 1.
        plan_order: i64, Ordinary;
        /// At which visit of the plan, from 1.
        phase: i64, Ordinary;
        /// Which of several sittings.
        nth: i64, Ordinary;
        /// What it costs, in the clinic's currency.
        fee: Decimal, Ordinary;
        /// What somebody else pays of that.
        cover: Decimal, Ordinary;
        /// More in words.
        text: String, Ordinary;
    }
}

impl Treatment {
    /// Whether a tooth, or its pulp, is lost by it: nothing brings that back.
    #[must_use]
    pub fn loses(self) -> bool {
        matches!(self, Self::Extraction | Self::RootCanal | Self::PulpTreatment)
    }

    /// Whether it is done to a tooth that has to be there.
    #[must_use]
    pub fn needs_tooth(self) -> bool {
        self.loses() || matches!(self, Self::Filling | Self::Crown | Self::Sealant)
    }

    /// Whether it names teeth, there or not.
    #[must_use]
    pub fn names_teeth(self) -> bool {
        self.needs_tooth() || matches!(self, Self::Bridge | Self::Implant | Self::SpaceMaintainer)
    }

    /// Whether it asks whether decay is the reason.
    #[must_use]
    pub fn asks_why(self) -> bool {
        matches!(self, Self::Extraction | Self::Crown)
    }

    /// What is found of a tooth once it was done; of a bridge, whether the tooth is gone decides.
    fn result(self, gone: bool) -> Option<Mark> {
        match self {
            Self::Filling => Some(Mark::Filled),
            Self::Extraction => Some(Mark::Missing),
            Self::RootCanal => Some(Mark::RootFilled),
            Self::PulpTreatment => Some(Mark::PulpTreated),
            Self::Crown => Some(Mark::Crown),
            Self::Bridge if gone => Some(Mark::Pontic),
            Self::Bridge => Some(Mark::Abutment),
            Self::Implant => Some(Mark::Implant),
            Self::Sealant => Some(Mark::Sealant),
            _ => None,
        }
    }
}

impl Procedure {
    /// Its teeth, in the order of their names.
    pub fn treated(&self) -> impl Iterator<Item = (Tooth, Option<Surfaces>)> + '_ {
        let entries = self.teeth.iter().flat_map(|teeth| teeth.0.values());
        entries.filter_map(|treated| Some((treated.tooth?, treated.surfaces)))
    }

    /// Whether it is still to be done.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        use ProcedureStatus::{Planned, Postponed, Scheduled, UnderWay};
        matches!(self.status, Some(Planned | Scheduled | UnderWay | Postponed))
    }

    /// Whether it came to an end: nothing of it is changed then.
    #[must_use]
    pub fn is_over(&self) -> bool {
        use ProcedureStatus::{Cancelled, Done, Failed};
        matches!(self.status, Some(Done | Failed | Cancelled))
    }

    /// Whether who agreed did so to this treatment, named all its teeth, and, for somebody under age, is their guardian.
    #[must_use]
    pub fn is_agreed(&self, guarded: bool) -> bool {
        let named = |tooth: Tooth| {
            self.agreed_teeth.as_ref().is_some_and(|teeth| teeth.iter().any(|agreed| agreed == tooth.word()))
        };
        let by = if guarded { self.agreed_as == Some(ConsentBy::Guardian) } else { self.agreed_as.is_some() };
        let same = self.agreed_treatment.is_none_or(|agreed| self.treatment == Some(agreed));
        by && same && self.treated().all(|(tooth, _)| named(tooth))
    }
}

/// The field without which a procedure says too little to be planned.
#[must_use]
pub fn procedure_lacks(procedure: &Procedure) -> Option<&'static str> {
    let Some(treatment) = procedure.treatment else { return Some("treatment") };
    let bare = procedure.treated().any(|(_, surfaces)| surfaces.is_none());
    let says = procedure.text.as_deref().is_some_and(|text| !text.trim().is_empty());
    [
        ("teeth", !treatment.names_teeth() || procedure.treated().next().is_some()),
        ("surfaces", treatment != Treatment::Filling || !bare),
        ("for_caries", !treatment.asks_why() || procedure.for_caries.is_some()),
        ("text", treatment != Treatment::Other || says),
    ]
    .into_iter()
    .find_map(|(field, is_there)| (!is_there).then_some(field))
}

/// The field whose value cannot be. A tooth is lost by a record of its own: so it is said, agreed to and taken by itself.
#[must_use]
pub fn procedure_cannot_be(procedure: &Procedure) -> Option<&'static str> {
    let counted = |count: Option<i64>| count.is_none_or(|count| (1..100).contains(&count));
    let paid = |amount: &Option<Decimal>| {
        amount.as_ref().is_none_or(|amount| amount.number().is_some_and(|number| !number.is_sign_negative()))
    };
    let alone = !procedure.treatment.is_some_and(Treatment::loses) || procedure.treated().count() <= 1;
    let named = procedure.teeth.iter().flat_map(|teeth| &teeth.0);
    let mut named = named.filter_map(|(name, treated)| Some((name, treated.tooth?)));
    [
        ("teeth", alone && named.all(|(name, tooth)| name == tooth.word())),
        ("plan_order", counted(procedure.plan_order)),
        ("phase", counted(procedure.phase)),
        ("nth", counted(procedure.nth)),
        ("fee", paid(&procedure.fee)),
        ("cover", paid(&procedure.cover)),
    ]
    .into_iter()
    .find_map(|(field, can_be)| (!can_be).then_some(field))
}

/// The marks that `procedure` leaves when it is done on the day `on`; of a bridge by what is gone.
#[must_use]
pub fn results(procedure: &Procedure, on: PartialDate, gone: impl Fn(Tooth) -> bool) -> Vec<ToothMark> {
    let Some(treatment) = procedure.treatment else { return Vec::new() };
    let mark = |(tooth, surfaces): (Tooth, Option<Surfaces>)| {
        let mark = treatment.result(gone(tooth))?;
        Some(ToothMark {
            patient: procedure.patient,
            tooth: Some(tooth),
            on: Some(on),
            mark: Some(mark),
            surfaces: surfaces.filter(|_| matches!(mark, Mark::Filled | Mark::Sealant)),
            for_caries: procedure.for_caries.filter(|_| mark.asks_why()),
            material: procedure.material.clone(),
            ..ToothMark::default()
        })
    };
    procedure.treated().filter_map(mark).collect()
}

choice! {
    /// Why a loss is asked about once more.
    pub enum AsksAgain {
        /// It is a premolar: the milk molar before it may be meant.
        Premolar = "premolar",
        /// It is a milk tooth, and nobody has seen that one follows it.
        NoSuccessor = "no_successor",
    }
}

/// Why losing `tooth` is asked about once more, in a mouth as `seen`.
#[must_use]
pub fn asks_again(tooth: Tooth, seen: &[Seen]) -> Option<AsksAgain> {
    if tooth.is_premolar() {
        return Some(AsksAgain::Premolar);
    }
    let successor = tooth.successor()?;
    let follows = seen
        .iter()
        .any(|seen| seen.tooth == successor && matches!(seen.stands, Stands::Present | Stands::Unerupted));
    (!follows).then_some(AsksAgain::NoSuccessor)
}

/// The rule of procedures: each says what is done to which teeth, no tooth is lost but the one that was agreed to and said
/// aloud, with a word about its X-ray, nothing is done to a minor but what their guardian agreed to, and what came to its end
/// stays as it was.
///
/// # Errors
/// [`Fault::Lacking`] for what it does not say, [`Fault::WrongType`] for what cannot be, [`Fault::IllegalMove`] for a
/// change of what came to its end.
pub(crate) fn check_procedure(asked: &Asked) -> Result<(), Fault> {
    if !matches!(asked.op.header.verb, Verb::Create | Verb::Patch) {
        return Ok(());
    }
    if asked.seen.record::<Procedure>().is_over() {
        return Err(Fault::IllegalMove("status".to_owned()));
    }
    let procedure: Procedure = asked.after().record();
    if let Some(field) = procedure_lacks(&procedure) {
        return Err(Fault::Lacking(field.to_owned()));
    }
    if let Some(field) = procedure_cannot_be(&procedure) {
        return Err(Fault::WrongType(field.to_owned()));
    }
    let done = asked.op.value("status").and_then(|status| status.as_text()) == Some("done");
    let guarded = done && is_guarded(asked, &procedure);
    if guarded && !procedure.is_agreed(true) {
        return Err(Fault::Lacking("agreed_as".to_owned()));
    }
    if done && procedure.treatment.is_some_and(Treatment::loses) {
        if !procedure.is_agreed(guarded) {
            return Err(Fault::Lacking("agreed_as".to_owned()));
        }
        let treated = procedure.treated().map(|(tooth, _)| tooth).next();
        if procedure.said.is_none() || procedure.said != treated {
            return Err(Fault::Lacking("said".to_owned()));
        }
        if procedure.xray.is_none() {
            return Err(Fault::Lacking("xray".to_owned()));
        }
    }
    Ok(())
}

/// Whether whoever is treated is under age on the day of the step by every birth date that was ever written of them: what was
/// right by the one that stood then stays right where it was corrected meanwhile.
fn is_guarded(asked: &Asked, procedure: &Procedure) -> bool {
    let ops = procedure.patient.map(|patient| asked.ops(patient)).unwrap_or_default();
    let born = ops.iter().filter_map(|op| op.value("birth_date")?.as_text()?.parse::<PartialDate>().ok());
    let mut born = born.peekable();
    born.peek().is_some() && born.all(|born| may_be_minor(Some(born), asked.subject.today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Entries;

    #[test]
    fn who_agreed_to_one_treatment_of_a_tooth_has_not_agreed_to_another() {
        let treated = Treated { tooth: Some(Tooth::T36), surfaces: "O".parse().ok() };
        let filling = Procedure {
            treatment: Some(Treatment::Filling),
            teeth: Some(Entries([("36".to_owned(), treated)].into())),
            agreed_as: Some(ConsentBy::Patient),
            agreed_teeth: Some(vec!["36".to_owned()]),
            agreed_treatment: Some(Treatment::Filling),
            ..Procedure::default()
        };
        assert!(filling.is_agreed(false) && !filling.is_agreed(true));
        let extraction = Procedure { treatment: Some(Treatment::Extraction), ..filling.clone() };
        assert!(!extraction.is_agreed(false));
        // Before it was written down, each agreement was to the treatment that it names.
        assert!(Procedure { agreed_treatment: None, ..filling }.is_agreed(false));
    }
}
