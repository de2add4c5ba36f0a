//! What is found of a tooth, and holds until it ends.

use super::{Surfaces, Tooth};
use crate::record::Verb;
use crate::rule::{Asked, Fault};
use crate::{PartialDate, RecordId, choice, record};

choice! {
    /// What is found of a tooth.
    pub enum Mark {
        /// Decay.
        Caries = "caries",
        /// A filling.
        Filled = "filled",
        /// A filling that does not stay.
        TemporaryFilling = "temporary_filling",
        /// A sealed fissure.
        Sealant = "sealant",
        /// A crown.
        Crown = "crown",
        /// A veneer.
        Veneer = "veneer",
        /// It carries a bridge.
        Abutment = "abutment",
        /// A bridge stands in its place.
        Pontic = "pontic",
        /// An implant stands in its place.
        Implant = "implant",
        /// It is gone, or never came.
        Missing = "missing",
        /// Only its root is left.
        RootRemains = "root_remains",
        /// Its root is filled.
        RootFilled = "root_filled",
        /// Its pulp was treated.
        PulpTreated = "pulp_treated",
        /// It is broken.
        Fractured = "fractured",
        /// It is worn by chewing or grinding.
        Worn = "worn",
        /// It is eroded by acid.
        Eroded = "eroded",
        /// Its colour changed.
        Discoloured = "discoloured",
        /// Its enamel is thin or pitted.
        Hypoplastic = "hypoplastic",
        /// Its enamel is mottled; the grade is Dean's, 0 to 5.
        Fluorosis = "fluorosis",
        /// It hurts with cold, heat or touch.
        Sensitive = "sensitive",
        /// It lies in the jaw and cannot come through.
        Impacted = "impacted",
        /// It has come through in part.
        PartlyErupted = "partly_erupted",
        /// There is one more than there should be beside it.
        Supernumerary = "supernumerary",
        /// It is loose; the grade is 1 to 3.
        Mobile = "mobile",
    }
}

choice! {
    /// How deep decay goes.
    pub enum Depth {
        /// Into the enamel, without a cavity.
        Enamel = "enamel",
        /// A cavity.
        Cavity = "cavity",
        /// Into the dentine.
        Dentine = "dentine",
        /// Into the pulp.
        Pulp = "pulp",
        /// The root.
        Root = "root",
    }
}

record! {
    /// Something found of a tooth.
    pub struct ToothMark: "tooth_mark", Claim, Site;
    told ToothMarkText;
    verbs { Create: DentalChart, Patch: DentalChart, Void: DentalChart, Resolve: ConflictResolve, }
    happened { on, }
    over { |mark, today| mark.ended.is_some_and(|ended| ended.latest() <= today) }
    fields {
        /// The patient.
        patient: RecordId, Fixed;
        /// The visit.
        visit: RecordId, Fixed;
        /// The exam in which it was found.
        exam: RecordId, Fixed;
        /// The procedure that made it.
        procedure: RecordId, Fixed;
        /// The tooth.
        tooth: Tooth, Fixed;
        /// The day on which it was found, or made.
        on: PartialDate, Fixed;
        /// The exam or procedure that ended it.
        ended_by: RecordId, Ordinary;
    }
    written {
        /// What it is.
        mark: Mark, Critical;
        /// On which surfaces; nothing where that is not said, or it is the whole tooth.
        surfaces: Surfaces, Critical;
        /// How deep decay goes.
        depth: Depth, Ordinary;
        /// Whether a crown, a veneer or a loss is because of decay.
        for_caries: bool, Ordinary;
        /// Of what it is made.
        material: String, Ordinary;
        /// Its grade, where what it is has one.
        grade: i64, Ordinary;
        /// The day from which it holds no more.
        ended: PartialDate, Ordinary;
        /// More in words.
        text: String, Ordinary;
    }
}

impl Mark {
    /// Whether it says that the tooth itself is not there.
    #[must_use]
    pub fn stands_for_no_tooth(self) -> bool {
        matches!(self, Self::Missing | Self::Pontic | Self::Implant | Self::RootRemains | Self::Supernumerary)
    }

    /// Whether the tooth itself is gone with it, or something stands in its place.
    #[must_use]
    pub fn takes_the_place(self) -> bool {
        matches!(self, Self::Missing | Self::Pontic | Self::Implant)
    }

    /// Whether it asks whether decay was the reason: the indices count it then, and nobody can tell later.
    #[must_use]
    pub fn asks_why(self) -> bool {
        matches!(self, Self::Crown | Self::Veneer | Self::Missing)
    }

    /// The grades that it may have.
    #[must_use]
    pub fn grades(self) -> Option<std::ops::RangeInclusive<i64>> {
        match self {
            Self::Fluorosis => Some(0..=5),
            Self::Mobile => Some(1..=3),
            _ => None,
        }
    }
}

impl ToothMark {
    /// Whether it is decay with a cavity, as WHO counts it.
    #[must_use]
    pub fn is_decay(&self) -> bool {
        match self.mark {
            Some(Mark::Caries) => self.depth != Some(Depth::Enamel),
            Some(Mark::TemporaryFilling | Mark::RootRemains) => true,
            _ => false,
        }
    }

    /// Whether `other`, of the same tooth, is on surfaces that all are among those of this one.
    fn covers(&self, other: &Self) -> bool {
        match (self.surfaces, other.surfaces) {
            (Some(own), Some(others)) => others.are_within(own),
            (None, None) => true,
            _ => false,
        }
    }

    /// Whether it says what `other`, of the same tooth, says already: who names no surfaces says no more.
    #[must_use]
    pub fn repeats(&self, other: &Self) -> bool {
        let same = self.mark == other.mark && (other.covers(self) || self.surfaces.is_none());
        let adds = (self.depth.is_some() && self.depth != other.depth)
            || (self.grade.is_some() && self.grade != other.grade);
        same && !adds
    }

    /// Whether all that it says, `other` of the same tooth says too.
    #[must_use]
    pub fn adds_nothing_to(&self, other: &Self) -> bool {
        let words = |own: &Option<String>, others: &Option<String>| own.is_none() || own == others;
        let why = self.for_caries.is_none() || self.for_caries == other.for_caries;
        self.repeats(other) && why && words(&self.material, &other.material) && words(&self.text, &other.text)
    }
}

/// Whether `new` ends `open`, which is of the same tooth: a loss all, a crown and a filling the decay under them, and
/// what goes further the same that went less far.
#[must_use]
pub fn supersedes(new: &ToothMark, open: &ToothMark) -> bool {
    let (Some(made), Some(was)) = (new.mark, open.mark) else { return false };
    match made {
        Mark::Missing => was != Mark::Missing,
        Mark::Implant => matches!(was, Mark::Missing | Mark::RootRemains),
        Mark::Crown => matches!(
            was,
            Mark::Caries
                | Mark::Filled
                | Mark::TemporaryFilling
                | Mark::Sealant
                | Mark::Veneer
                | Mark::Fractured
                | Mark::Crown
        ),
        Mark::Filled => {
            matches!(was, Mark::Caries | Mark::TemporaryFilling | Mark::Filled | Mark::Sealant)
                && new.covers(open)
        }
        Mark::RootFilled => matches!(was, Mark::PulpTreated | Mark::RootFilled),
        _ => made == was && (new.covers(open) || open.surfaces.is_none()),
    }
}

/// The field without which a mark says nothing, or too little to be counted.
#[must_use]
pub fn mark_lacks(mark: &ToothMark) -> Option<&'static str> {
    let why = mark.mark.is_some_and(Mark::asks_why);
    [
        ("tooth", mark.tooth.is_some()),
        ("mark", mark.mark.is_some()),
        ("on", mark.on.is_some()),
        ("for_caries", !why || mark.for_caries.is_some()),
    ]
    .into_iter()
    .find_map(|(field, is_there)| (!is_there).then_some(field))
}

/// The field whose value cannot be: a grade that what it is does not have, an end before its beginning.
#[must_use]
pub fn mark_cannot_be(mark: &ToothMark) -> Option<&'static str> {
    let grades = mark.mark.and_then(Mark::grades);
    let fits = |grade| grades.is_some_and(|grades| grades.contains(&grade));
    if mark.grade.is_some_and(|grade| !fits(grade)) {
        return Some("grade");
    }
    let ends_before = mark.on.zip(mark.ended).is_some_and(|(on, ended)| ended.latest() < on.earliest());
    ends_before.then_some("ended")
}

/// The rule of marks: each says of which tooth what it is, and of a crown or a loss why.
///
/// # Errors
/// [`Fault::Lacking`] for what it does not say, [`Fault::WrongType`] for what cannot be.
pub(crate) fn check_mark(asked: &Asked) -> Result<(), Fault> {
    if !matches!(asked.op.header.verb, Verb::Create | Verb::Patch) {
        return Ok(());
    }
    let mark: ToothMark = asked.after().record();
    if let Some(field) = mark_lacks(&mark) {
        return Err(Fault::Lacking(field.to_owned()));
    }
    mark_cannot_be(&mark).map_or(Ok(()), |field| Err(Fault::WrongType(field.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(mark: Mark, surfaces: &str) -> ToothMark {
        ToothMark { mark: Some(mark), surfaces: surfaces.parse().ok(), ..ToothMark::default() }
    }

    #[test]
    fn a_filling_ends_the_decay_under_it_and_no_other() {
        let filling = mark(Mark::Filled, "OD");
        let ends = |was, surfaces| supersedes(&filling, &mark(was, surfaces));
        assert!(ends(Mark::Caries, "O") && ends(Mark::Caries, "OD") && ends(Mark::Sealant, "O"));
        assert!(!ends(Mark::Caries, "MO") && !ends(Mark::Caries, "") && !ends(Mark::Sensitive, "O"));
        assert!(supersedes(&mark(Mark::Crown, ""), &mark(Mark::Caries, "MO")));
        let lost = mark(Mark::Missing, "");
        assert!(Mark::ALL.iter().all(|was| supersedes(&lost, &mark(*was, "O")) == (*was != Mark::Missing)));
    }

    #[test]
    fn what_is_said_again_is_the_same_and_what_goes_further_is_not() {
        let (small, large) = (mark(Mark::Caries, "O"), mark(Mark::Caries, "OD"));
        assert!(small.repeats(&small) && small.repeats(&large) && !large.repeats(&small));
        assert!(supersedes(&large, &small) && !supersedes(&small, &large));
        let deeper = ToothMark { depth: Some(Depth::Pulp), ..small.clone() };
        assert!(!deeper.repeats(&small) && small.repeats(&deeper) && supersedes(&deeper, &small));
        assert!(!mark(Mark::Filled, "O").repeats(&small));
        // Who names no surfaces says less than who does.
        let bare = mark(Mark::Caries, "");
        assert!(bare.repeats(&small) && !small.repeats(&bare));
        assert!(supersedes(&small, &bare) && !supersedes(&bare, &small));
    }

    #[test]
    fn a_crown_and_a_loss_say_why_and_a_grade_is_of_its_scale() {
        let on = "2026-11-24".parse().ok();
        let whole = |what| ToothMark { tooth: Some(Tooth::T36), on, ..mark(what, "") };
        assert_eq!(mark_lacks(&whole(Mark::Caries)), None);
        for what in [Mark::Crown, Mark::Veneer, Mark::Missing] {
            assert_eq!(mark_lacks(&whole(what)), Some("for_caries"));
            assert_eq!(mark_lacks(&ToothMark { for_caries: Some(false), ..whole(what) }), None);
        }
        assert_eq!(mark_lacks(&ToothMark { tooth: None, ..whole(Mark::Caries) }), Some("tooth"));
        let graded = |what, grade| mark_cannot_be(&ToothMark { grade: Some(grade), ..whole(what) });
        assert_eq!(
            [graded(Mark::Fluorosis, 0), graded(Mark::Fluorosis, 5), graded(Mark::Mobile, 3)],
            [None; 3]
        );
        let wrong = [graded(Mark::Fluorosis, 6), graded(Mark::Mobile, 0), graded(Mark::Caries, 1)];
        assert_eq!(wrong, [Some("grade"); 3]);
        let early = ToothMark { ended: "2026-11-23".parse().ok(), ..whole(Mark::Caries) };
        assert_eq!(mark_cannot_be(&early), Some("ended"));
    }
}
