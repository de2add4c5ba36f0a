//! One look at a mouth, written down as it is called: all sound, then what is otherwise.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Permission, User, grants};
use domain::dental::{
    Depth, Mark, ProcedureText, Seen, Surfaces, Tooth, ToothExam, ToothMark, ToothMarkText, mark_cannot_be,
    mark_lacks, named_twice, supersedes,
};
use domain::record::{Record, Verb};
use domain::visits::Visit;
use domain::{PartialDate, RecordId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, said_of};
use ts_rs::TS;

use super::{Known, end, is_gone, of_tooth, planned, undo};
use crate::claims::Edit;
use crate::records::{Kept, VoidClaim, void};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// Something found of a tooth.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundMark {
    /// The tooth.
    pub tooth: Tooth,
    /// What it is.
    pub mark: Mark,
    /// On which surfaces.
    #[serde(default)]
    #[ts(optional)]
    pub surfaces: Option<Surfaces>,
    /// How deep decay goes.
    #[serde(default)]
    #[ts(optional)]
    pub depth: Option<Depth>,
    /// Whether a crown, a veneer or a loss is because of decay.
    #[serde(default)]
    #[ts(optional)]
    pub for_caries: Option<bool>,
    /// Of what it is made.
    #[serde(default)]
    #[ts(optional)]
    pub material: Option<String>,
    /// Its grade.
    #[serde(default)]
    #[ts(optional)]
    pub grade: Option<i64>,
    /// More in words.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
}

/// What was seen of a mouth just now. Each tooth stands in one list; what is in none was not part of this look.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepFindings {
    /// The patient.
    pub patient: RecordId,
    /// The visit.
    pub visit: Option<RecordId>,
    /// Who looked and called, where that is not who writes.
    pub called_by: Option<RecordId>,
    /// Teeth that bear nothing new.
    pub sound: Vec<Tooth>,
    /// Teeth that have not come through.
    pub unerupted: Vec<Tooth>,
    /// Milk teeth that have fallen out.
    pub shed: Vec<Tooth>,
    /// Teeth that could not be seen.
    pub not_seen: Vec<Tooth>,
    /// What was found of the others.
    pub found: Vec<FoundMark>,
    /// What is planned with it: all of it is kept, or nothing.
    #[serde(default)]
    pub planned: Vec<ProcedureText>,
}

/// More at one time is a slip of the keys.
const MOST_FOUND: usize = 200;
const MOST_PLANNED: usize = 50;

/// Writes one look down: an exam, the marks that are new, the end of those that they end, and what is planned, in one
/// transaction.
pub(crate) fn keep_findings(seat: &mut Seat, input: KeepFindings) -> Result<Kept, Refusal> {
    let patient = input.patient;
    seat.about(None, Some(patient));
    let known = Known::of(seat, patient)?;
    check(seat, &input)?;
    let today = PartialDate::day(seat.moment.today);
    let mouth = known.mouth(seat.moment.today);
    let gone = |tooth: Tooth| {
        let lost = |found: &FoundMark| found.tooth == tooth && found.mark.takes_the_place();
        of_tooth(&mouth, tooth).is_some_and(Seen::is_gone)
            || input.shed.contains(&tooth)
            || input.found.iter().any(lost)
    };
    let mut plans = Vec::new();
    for details in &input.planned {
        plans.push(planned(seat, patient, input.visit, details, gone)?.1);
    }
    if !input.looked() {
        let last = plans.last().map(|plan| plan.record).ok_or_else(|| Refusal::missing("found"))?;
        seat.about(Some(last), Some(patient));
        return Ok(Kept::of(last, seat.write(plans)?));
    }
    let id = seat.new_id();
    seat.about(Some(id), Some(patient));
    let mut drafts = Vec::new();
    let called = called(&input, id, today)?;
    // What stands and is called again goes on, whatever else is found of its tooth; a loss alone ends it.
    let mut repeated = BTreeSet::new();
    for (tooth, mark) in &called {
        let open = of_tooth(&mouth, *tooth).map(|seen| seen.marks.as_slice()).unwrap_or_default();
        repeated.extend(open.iter().filter(|(_, open)| mark.repeats(open)).map(|(open, _)| *open));
    }
    let (mut marked, mut ended) = (BTreeSet::new(), BTreeSet::new());
    let mut as_before = BTreeSet::new();
    for (tooth, mark) in &called {
        let open = of_tooth(&mouth, *tooth);
        let of_none = mark.mark.is_some_and(Mark::stands_for_no_tooth);
        if !of_none && open.is_some_and(Seen::is_gone) {
            return Err(is_gone(*tooth));
        }
        let open = open.map(|seen| seen.marks.as_slice()).unwrap_or_default();
        if open.iter().any(|(_, open)| mark.repeats(open)) {
            as_before.insert(*tooth);
            continue;
        }
        // A filling with decay is both: the decay that stands goes on.
        let decay_goes_on = mark.mark == Some(Mark::Filled)
            && called.iter().any(|(other, found)| other == tooth && found.mark == Some(Mark::Caries));
        let goes_on = |open: &RecordId, was: &ToothMark| {
            let decays = decay_goes_on && was.mark == Some(Mark::Caries);
            mark.mark != Some(Mark::Missing) && (repeated.contains(open) || decays)
        };
        for (open, was) in open {
            if supersedes(mark, was) && !goes_on(open, was) && ended.insert(*open) {
                drafts.push(end(*open, patient, today, id));
            }
        }
        marked.insert(*tooth);
        drafts.push(Draft::make(Verb::Create, seat.new_id(), Some(patient), mark));
    }
    for tooth in &input.shed {
        let open = of_tooth(&mouth, *tooth).map(|seen| seen.marks.as_slice()).unwrap_or_default();
        drafts.extend(
            open.iter()
                .filter(|(open, _)| ended.insert(*open))
                .map(|(open, _)| end(*open, patient, today, id)),
        );
    }
    let bears = |tooth: &Tooth| of_tooth(&mouth, *tooth).is_some_and(|seen| !seen.marks.is_empty());
    let (with, without): (Vec<Tooth>, Vec<Tooth>) = input.sound.iter().copied().partition(bears);
    as_before.extend(with);
    as_before.retain(|tooth| !marked.contains(tooth));
    let exam = ToothExam {
        patient: Some(patient),
        visit: input.visit,
        at: Some(seat.moment.wall.clone()),
        sound: words(without),
        as_before: words(as_before),
        unerupted: words(input.unerupted),
        shed: words(input.shed),
        not_seen: words(input.not_seen),
        called_by: input.called_by.filter(|by| *by != seat.sitting.user),
    };
    drafts.insert(0, Draft::make(Verb::Create, id, Some(patient), &exam));
    drafts.extend(plans);
    Ok(Kept::of(id, seat.write(drafts)?))
}

impl KeepFindings {
    /// Whether it says anything of how the teeth are.
    fn looked(&self) -> bool {
        let lists = [&self.sound, &self.unerupted, &self.shed, &self.not_seen];
        !self.found.is_empty() || lists.iter().any(|teeth| !teeth.is_empty())
    }
}

/// Teeth as an exam names them; nothing of none.
fn words(teeth: impl IntoIterator<Item = Tooth>) -> Option<Vec<String>> {
    let words: Vec<String> = teeth.into_iter().map(|tooth| tooth.word().to_owned()).collect();
    Some(words).filter(|words| !words.is_empty())
}

/// That each tooth is in one list, of a visit and a person who are here.
fn check(seat: &Seat, input: &KeepFindings) -> Result<(), Refusal> {
    let found: BTreeSet<Tooth> = input.found.iter().map(|found| found.tooth).collect();
    let lists = [
        ("sound", input.sound.clone()),
        ("unerupted", input.unerupted.clone()),
        ("shed", input.shed.clone()),
        ("not_seen", input.not_seen.clone()),
        ("found", found.into_iter().collect()),
    ];
    if input.found.len() > MOST_FOUND {
        return Err(Refusal::invalid("found"));
    }
    if input.planned.len() > MOST_PLANNED {
        return Err(Refusal::invalid("planned"));
    }
    if let Some(tooth) = input.shed.iter().find(|tooth| !tooth.is_milk()) {
        return Err(Refusal::invalid("shed").with("tooth", tooth.word()));
    }
    let lists = lists.map(|(field, teeth)| (field, words(teeth).unwrap_or_default()));
    let lists: Vec<(&'static str, &[String])> =
        lists.iter().map(|(field, teeth)| (*field, teeth.as_slice())).collect();
    if let Some((field, tooth)) = named_twice(&lists) {
        return Err(Refusal::invalid(field).with("tooth", tooth));
    }
    if let Some(visit) = input.visit {
        let visit = seat.read::<Visit>(visit)?;
        if visit.patient != Some(input.patient) {
            return Err(Refusal::new(Code::NotFound));
        }
    }
    if let Some(by) = input.called_by {
        let calls = seat.read::<User>(by)?.state.record::<User>().role;
        let charts = calls.is_some_and(|role| grants(role, Permission::DentalChart));
        if !charts {
            return Err(Refusal::invalid("called_by"));
        }
    }
    Ok(())
}

/// What was found, each thing once: of one thing that is called again of its tooth, what goes furthest.
fn called(input: &KeepFindings, exam: RecordId, on: PartialDate) -> Result<Vec<(Tooth, ToothMark)>, Refusal> {
    let mut called: Vec<(Tooth, ToothMark)> = Vec::new();
    for found in &input.found {
        let mark = mark(input, found, exam, on)?;
        if !called.iter().any(|(tooth, other)| *tooth == found.tooth && mark.adds_nothing_to(other)) {
            called.retain(|(tooth, other)| *tooth != found.tooth || !other.adds_nothing_to(&mark));
            called.push((found.tooth, mark));
        }
    }
    Ok(called)
}

/// What was found, as it is written.
fn mark(
    input: &KeepFindings,
    found: &FoundMark,
    exam: RecordId,
    on: PartialDate,
) -> Result<ToothMark, Refusal> {
    let text = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
    };
    let mark = ToothMark {
        patient: Some(input.patient),
        visit: input.visit,
        exam: Some(exam),
        tooth: Some(found.tooth),
        on: Some(on),
        mark: Some(found.mark),
        surfaces: found.surfaces,
        depth: found.depth,
        for_caries: found.for_caries,
        material: text(&found.material),
        grade: found.grade,
        text: text(&found.text),
        ..ToothMark::default()
    };
    checked(&mark)?;
    Ok(mark)
}

/// That a mark says enough and nothing that cannot be.
fn checked(mark: &ToothMark) -> Result<(), Refusal> {
    let of_tooth = |refusal: Refusal| match mark.tooth {
        Some(tooth) => refusal.with("tooth", tooth.word()),
        None => refusal,
    };
    if let Some(field) = mark_lacks(mark) {
        return Err(of_tooth(Refusal::missing(field)));
    }
    mark_cannot_be(mark).map_or(Ok(()), |field| Err(of_tooth(Refusal::invalid(field))))
}

/// Changes what is said of a mark, or the day on which it ended.
pub(crate) fn edit_mark(seat: &mut Seat, input: Edit<ToothMarkText>) -> Result<Kept, Refusal> {
    let record = seat.read::<ToothMark>(input.id)?;
    seat.about(Some(input.id), record.patient);
    let patch = said_of(ToothMark::KIND, &input.patch);
    let after: ToothMark = record.state.with(&patch).record();
    checked(&after)?;
    if after.ended.is_some_and(|ended| ended.earliest() > seat.moment.today) {
        return Err(Refusal::invalid("ended"));
    }
    let written = seat.change::<ToothMark>(input.id, record.patient, patch, input.version)?;
    Ok(Kept::of(input.id, written))
}

/// Withdraws a mark that was entered in error.
pub(crate) fn void_mark(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    void::<ToothMark>(seat, input)
}

/// Withdraws an exam that was entered in error, with all that was found in it; what it ended holds again.
pub(crate) fn void_exam(seat: &mut Seat, input: VoidClaim) -> Result<Kept, Refusal> {
    let record = seat.read::<ToothExam>(input.id)?;
    let patient = record.patient.ok_or_else(|| Refusal::new(Code::NotFound))?;
    seat.about(Some(input.id), Some(patient));
    seat.reason = Some(input.reason.clone());
    let known = Known::of(seat, patient)?;
    let void = Draft::patch::<ToothExam>(input.id, Some(patient), BTreeMap::new(), Some(input.version));
    let mut drafts = undo(&known, input.id, &input.reason);
    // The version that is answered is the exam's own.
    drafts.push(Draft { verb: Verb::Void, reason: Some(input.reason), ..void });
    Ok(Kept::of(input.id, seat.write(drafts)?))
}
