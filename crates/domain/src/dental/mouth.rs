//! The mouth on a day, from what was seen, found, planned and done: never from the order in which that came here.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Mark, Procedure, ProcedureStatus, Surfaces, Tooth, ToothExam, ToothMark};
use crate::{RecordId, choice};

choice! {
    /// How a tooth stands.
    pub enum Stands {
        /// It is there.
        Present = "present",
        /// It has not come through.
        Unerupted = "unerupted",
        /// The milk tooth has fallen out.
        Shed = "shed",
        /// It is gone, or something stands in its place.
        Missing = "missing",
        /// The last look could not see it. That is never sound.
        NotSeen = "not_seen",
        /// Nobody has ever looked.
        Unknown = "unknown",
    }
}

choice! {
    /// How records of one tooth contradict each other.
    pub enum ClashSort {
        /// Something is found of a tooth that is not there.
        FoundWhereNone = "found_where_none",
        /// Something is planned for a tooth that is not there.
        PlannedWhereNone = "planned_where_none",
        /// One thing was found twice.
        FoundTwice = "found_twice",
        /// What is planned was done as another record.
        DoneAlready = "done_already",
    }
}

/// Records of one tooth that contradict each other. Nothing of them is dropped: a dentist withdraws one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// How.
    pub sort: ClashSort,
    /// The records, by id.
    pub records: Vec<RecordId>,
}

/// A tooth as it is on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen<'a> {
    /// The tooth.
    pub tooth: Tooth,
    /// How it stands.
    pub stands: Stands,
    /// What is found of it and holds that day, the oldest first.
    pub marks: Vec<(RecordId, &'a ToothMark)>,
    /// What is to be done to it, in the order of the plan.
    pub planned: Vec<(RecordId, &'a Procedure)>,
    /// What contradicts itself.
    pub clashes: Vec<Clash>,
}

impl Seen<'_> {
    /// Whether it has such a mark.
    #[must_use]
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.iter().any(|(_, known)| known.mark == Some(mark))
    }

    /// Whether the tooth itself is gone.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self.stands, Stands::Missing | Stands::Shed)
    }
}

/// All teeth on the evening of `day`, in the order of [`Tooth::ALL`].
#[must_use]
pub fn mouth<'a>(
    exams: &[(RecordId, ToothExam)],
    marks: &'a [(RecordId, ToothMark)],
    procedures: &'a [(RecordId, Procedure)],
    day: Date,
) -> [Seen<'a>; 52] {
    let mut open: [Vec<(RecordId, &'a ToothMark)>; 52] = std::array::from_fn(|_| Vec::new());
    for (id, mark) in marks.iter().filter(|(_, mark)| holds_on(mark, day)) {
        if let Some(of) = mark.tooth.and_then(|tooth| open.get_mut(tooth as usize)) {
            of.push((*id, mark));
        }
    }
    let mut planned: [Vec<(RecordId, &'a Procedure)>; 52] = std::array::from_fn(|_| Vec::new());
    for (id, procedure) in procedures.iter().filter(|(_, procedure)| is_ahead_on(procedure, day)) {
        for (tooth, _) in procedure.treated() {
            if let Some(of) = planned.get_mut(tooth as usize) {
                of.push((*id, procedure));
            }
        }
    }
    let looks = looks(exams, day);
    let said = said(&looks);
    let mut open = open.into_iter();
    let mut planned = planned.into_iter();
    let mut said = said.into_iter();
    std::array::from_fn(|at| {
        let tooth = Tooth::ALL.get(at).copied().unwrap_or(Tooth::T11);
        let mut marks = open.next().unwrap_or_default();
        marks.sort_by_key(|(id, mark)| (mark.on, *id));
        let mut planned = planned.next().unwrap_or_default();
        planned.sort_by_key(|(id, procedure)| (procedure.phase, procedure.plan_order, *id));
        let stands = stands(&marks, said.next().flatten(), &looks);
        let mut seen = Seen { tooth, stands, marks, planned, clashes: Vec::new() };
        seen.clashes = clashes(&seen, procedures, day);
        seen
    })
}

/// Whether a mark holds at the end of `day`.
fn holds_on(mark: &ToothMark, day: Date) -> bool {
    let begun = mark.on.is_none_or(|on| on.earliest() <= day);
    begun && mark.ended.is_none_or(|ended| ended.latest() > day)
}

/// Whether a procedure was planned on `day` and had not come to its end.
fn is_ahead_on(procedure: &Procedure, day: Date) -> bool {
    let planned = procedure.planned_on.is_none_or(|on| on.earliest() <= day);
    let ended = procedure.on.filter(|_| !procedure.is_ahead());
    planned && (procedure.is_ahead() || ended.is_some_and(|on| on.latest() > day))
}

/// An exam: its time in milliseconds since 1970, its id, and the day there.
type Look<'a> = (i64, RecordId, Date, &'a ToothExam);

/// The exams up to `day`, the oldest first.
fn looks(exams: &[(RecordId, ToothExam)], day: Date) -> Vec<Look<'_>> {
    let mut looks: Vec<Look> = Vec::new();
    for (id, exam) in exams {
        let Some(at) = &exam.at else { continue };
        let on = at.day_there(u64::try_from(at.milliseconds()).unwrap_or(0));
        if on <= day {
            looks.push((at.milliseconds(), *id, on, exam));
        }
    }
    looks.sort_by_key(|(at, id, ..)| (*at, *id));
    looks
}

/// What the last of these exams said of each tooth, and which it was.
fn said<'a>(looks: &[Look<'a>]) -> [Option<(Stands, Look<'a>)>; 52] {
    let mut said = [None; 52];
    for look in looks {
        let exam = look.3;
        for (field, teeth) in exam.lists() {
            let stands = match field {
                "unerupted" => Stands::Unerupted,
                "shed" => Stands::Shed,
                "not_seen" => Stands::NotSeen,
                _ => Stands::Present,
            };
            for tooth in teeth.iter().filter_map(|tooth| tooth.parse::<Tooth>().ok()) {
                if let Some(of) = said.get_mut(tooth as usize) {
                    *of = Some((stands, *look));
                }
            }
        }
    }
    said
}

/// How a tooth with these marks stands, of which the last exam said this, among the exams `looks`.
fn stands(marks: &[(RecordId, &ToothMark)], said: Option<(Stands, Look)>, looks: &[Look]) -> Stands {
    if marks.iter().any(|(_, mark)| mark.mark.is_some_and(Mark::takes_the_place)) {
        return Stands::Missing;
    }
    let came_later = |look: Look| {
        // Of the same day the later look counts; a treatment of that day has found the tooth.
        let later = |mark: &ToothMark| match looks.iter().find(|(_, id, ..)| mark.exam == Some(*id)) {
            Some(found) => (found.0, found.1) > (look.0, look.1),
            None => mark.on.is_some_and(|on| on.earliest() >= look.2),
        };
        marks.iter().any(|(_, mark)| later(mark) && mark.mark != Some(Mark::Impacted))
    };
    match said {
        Some((Stands::Unerupted, look)) if came_later(look) => Stands::Present,
        Some((Stands::NotSeen, _)) if !marks.is_empty() => Stands::Present,
        Some((stands, _)) => stands,
        None if marks.is_empty() => Stands::Unknown,
        None if marks.iter().all(|(_, mark)| mark.mark == Some(Mark::Impacted)) => Stands::Unerupted,
        None => Stands::Present,
    }
}

/// What contradicts itself of a tooth.
fn clashes(seen: &Seen, procedures: &[(RecordId, Procedure)], day: Date) -> Vec<Clash> {
    let mut clashes = Vec::new();
    let mut clash = |sort, records: BTreeSet<RecordId>| {
        clashes.push(Clash { sort, records: records.into_iter().collect() });
    };
    let no_tooth = seen.is_gone() || seen.stands == Stands::Unerupted;
    if no_tooth {
        let of_tooth = |mark: &ToothMark| {
            let waits = seen.stands == Stands::Unerupted && mark.mark == Some(Mark::Impacted);
            !waits && mark.mark.is_some_and(|mark| !mark.stands_for_no_tooth())
        };
        if seen.marks.iter().any(|(_, mark)| of_tooth(mark)) {
            clash(ClashSort::FoundWhereNone, seen.marks.iter().map(|(id, _)| *id).collect());
        }
    }
    if seen.is_gone() {
        let needs = |procedure: &Procedure| procedure.treatment.is_some_and(super::Treatment::needs_tooth);
        let planned = seen.planned.iter().filter(|(_, procedure)| needs(procedure));
        let planned: BTreeSet<RecordId> = planned.map(|(id, _)| *id).collect();
        if !planned.is_empty() {
            clash(ClashSort::PlannedWhereNone, planned);
        }
    }
    let mut twice = BTreeSet::new();
    for (at, (id, mark)) in seen.marks.iter().enumerate() {
        for (other_id, other) in seen.marks.iter().skip(at + 1) {
            // One look may find one place within another, as two materials.
            let one_look = mark.exam.is_some() && mark.exam == other.exam;
            let places = one_look && mark.surfaces.is_some() && other.surfaces.is_some();
            if !places && mark.mark == other.mark && is_one_place(mark.surfaces, other.surfaces) {
                twice.extend([*id, *other_id]);
            }
        }
    }
    if !twice.is_empty() {
        clash(ClashSort::FoundTwice, twice);
    }
    let mut done_already = BTreeSet::new();
    for (id, ahead) in &seen.planned {
        let was_done = |done: &Procedure| {
            let after = done
                .on
                .zip(ahead.planned_on)
                .is_some_and(|(done, planned)| done.earliest() <= day && done.latest() >= planned.earliest());
            done.status == Some(ProcedureStatus::Done) && done.treatment == ahead.treatment && after
        };
        for (other, _) in procedures
            .iter()
            .filter(|(other, done)| other != id && was_done(done) && same_place(seen.tooth, done, ahead))
        {
            done_already.extend([*id, *other]);
        }
    }
    if !done_already.is_empty() {
        clash(ClashSort::DoneAlready, done_already);
    }
    clashes
}

fn overlap(one: Option<Surfaces>, other: Option<Surfaces>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one.meet(other))
}

/// Whether one of both lies within the other: two places that only meet, such as MO and OD, are two.
fn is_one_place(one: Option<Surfaces>, other: Option<Surfaces>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one.are_within(other) || other.are_within(one))
}

/// Whether both are done to `tooth`, on a surface that both name.
fn same_place(tooth: Tooth, one: &Procedure, other: &Procedure) -> bool {
    let of = |procedure: &Procedure| procedure.treated().find(|(treated, _)| *treated == tooth);
    of(one).zip(of(other)).is_some_and(|((_, one), (_, other))| overlap(one, other))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::dental::{Treated, Treatment};
    use crate::record::Entries;

    const DAY: Date = date(2026, 11, 24);

    fn id(name: &str) -> RecordId {
        RecordId::derived(name.as_bytes())
    }

    fn exam(name: &str, at: &str, sound: &[&str]) -> (RecordId, ToothExam) {
        let sound = sound.iter().map(|tooth| (*tooth).to_owned()).collect();
        (id(name), ToothExam { at: at.parse().ok(), sound: Some(sound), ..ToothExam::default() })
    }

    fn mark(name: &str, tooth: Tooth, what: Mark, surfaces: &str, on: &str) -> (RecordId, ToothMark) {
        let (mark, surfaces, on) = (Some(what), surfaces.parse().ok(), on.parse().ok());
        (id(name), ToothMark { tooth: Some(tooth), mark, surfaces, on, ..ToothMark::default() })
    }

    fn plan(name: &str, tooth: Tooth, treatment: Treatment, on: &str) -> (RecordId, Procedure) {
        let treated = Treated { tooth: Some(tooth), surfaces: "O".parse().ok() };
        let procedure = Procedure {
            treatment: Some(treatment),
            teeth: Some(Entries([(tooth.word().to_owned(), treated)].into())),
            status: Some(ProcedureStatus::Planned),
            planned_on: on.parse().ok(),
            ..Procedure::default()
        };
        (id(name), procedure)
    }

    fn of<'a, 'b>(mouth: &'b [Seen<'a>], tooth: Tooth) -> &'b Seen<'a> {
        mouth.iter().find(|seen| seen.tooth == tooth).unwrap()
    }

    #[test]
    fn the_teeth_stand_in_their_order_and_nobody_who_did_not_look_says_sound() {
        let mouth = mouth(&[], &[], &[], DAY);
        assert!(mouth.iter().map(|seen| seen.tooth).eq(Tooth::ALL.iter().copied()));
        assert!(mouth.iter().all(|seen| seen.stands == Stands::Unknown));
    }

    #[test]
    fn the_last_look_at_each_tooth_counts_and_a_day_shows_what_was_known_then() {
        let (first, mut last) = (
            exam("a", "2026-02-11T09:00:00+08:00", &["36", "16", "26"]),
            exam("b", "2026-11-24T10:00:00+08:00", &["16"]),
        );
        last.1.not_seen = Some(vec!["26".to_owned()]);
        let marks = [mark("c", Tooth::T36, Mark::Caries, "O", "2026-11-24")];
        let exams = [last, first];
        let now = mouth(&exams, &marks, &[], DAY);
        assert_eq!((of(&now, Tooth::T36).stands, of(&now, Tooth::T36).marks.len()), (Stands::Present, 1));
        assert_eq!(of(&now, Tooth::T26).stands, Stands::NotSeen);
        let then = mouth(&exams, &marks, &[], date(2026, 2, 11));
        assert_eq!((of(&then, Tooth::T36).stands, of(&then, Tooth::T36).marks.len()), (Stands::Present, 0));
        assert_eq!(of(&then, Tooth::T26).stands, Stands::Present);
        assert_eq!(of(&mouth(&exams, &marks, &[], date(2026, 2, 10)), Tooth::T36).stands, Stands::Unknown);
    }

    #[test]
    fn a_mark_holds_from_its_day_until_it_ended() {
        let mut marks = [mark("c", Tooth::T55, Mark::Caries, "O", "2026-02-11")];
        marks[0].1.ended = "2026-11-24".parse().ok();
        let holds = |day| !of(&mouth(&[], &marks, &[], day), Tooth::T55).marks.is_empty();
        let days = [date(2026, 2, 10), date(2026, 2, 11), date(2026, 11, 23), DAY];
        assert_eq!(days.map(holds), [false, true, true, false]);
    }

    #[test]
    fn what_is_said_of_a_tooth_that_is_gone_is_told_and_never_dropped() {
        let marks = [
            mark("c", Tooth::T46, Mark::Missing, "", "2026-11-23"),
            mark("d", Tooth::T46, Mark::Filled, "O", "2026-11-24"),
        ];
        let planned = [
            plan("e", Tooth::T46, Treatment::Filling, "2026-11-20"),
            plan("f", Tooth::T46, Treatment::Implant, "2026-11-24"),
        ];
        let now = mouth(&[], &marks, &planned, DAY);
        let lost = of(&now, Tooth::T46);
        assert_eq!((lost.stands, lost.marks.len(), lost.planned.len()), (Stands::Missing, 2, 2));
        let mut both = vec![id("c"), id("d")];
        both.sort_unstable();
        let found = Clash { sort: ClashSort::FoundWhereNone, records: both };
        let plan = Clash { sort: ClashSort::PlannedWhereNone, records: vec![id("e")] };
        assert_eq!(lost.clashes, [found, plan]);
        // A root that is left, an implant and a pontic stand where a tooth is gone.
        let marks = [marks[0].clone(), mark("d", Tooth::T46, Mark::RootRemains, "", "2026-11-24")];
        assert_eq!(of(&mouth(&[], &marks, &[], DAY), Tooth::T46).clashes, []);
    }

    #[test]
    fn what_two_found_and_what_one_planned_and_another_did_is_told_with_both() {
        let marks = [
            mark("c", Tooth::T36, Mark::Caries, "O", "2026-11-24"),
            mark("d", Tooth::T36, Mark::Caries, "OD", "2026-11-24"),
            mark("e", Tooth::T37, Mark::Caries, "M", "2026-11-24"),
            mark("f", Tooth::T37, Mark::Caries, "D", "2026-11-24"),
            mark("i", Tooth::T38, Mark::Filled, "OD", "2026-11-22"),
            mark("k", Tooth::T38, Mark::Filled, "MO", "2026-11-24"),
        ];
        let mut done = plan("h", Tooth::T26, Treatment::Filling, "2026-11-20");
        done.1.status = Some(ProcedureStatus::Done);
        done.1.on = "2026-11-22".parse().ok();
        let procedures = [plan("g", Tooth::T26, Treatment::Filling, "2026-11-21"), done];
        let now = mouth(&[], &marks, &procedures, DAY);
        let sorts = |tooth| of(&now, tooth).clashes.iter().map(|clash| clash.sort).collect::<Vec<_>>();
        assert_eq!(sorts(Tooth::T36), [ClashSort::FoundTwice]);
        assert_eq!((sorts(Tooth::T37), sorts(Tooth::T38)), (vec![], vec![]));
        assert_eq!(sorts(Tooth::T26), [ClashSort::DoneAlready]);
    }

    #[test]
    fn an_unerupted_tooth_that_was_treated_later_has_come_and_an_impacted_one_has_not() {
        let mut look = exam("a", "2026-02-11T09:00:00+08:00", &[]);
        look.1.unerupted = Some(vec!["36".to_owned(), "38".to_owned()]);
        let marks = [
            mark("c", Tooth::T36, Mark::Caries, "O", "2026-11-24"),
            mark("d", Tooth::T38, Mark::Impacted, "", "2026-11-24"),
        ];
        let exams = [look];
        let now = mouth(&exams, &marks, &[], DAY);
        assert_eq!(
            (of(&now, Tooth::T36).stands, of(&now, Tooth::T38).stands),
            (Stands::Present, Stands::Unerupted)
        );
        assert!(now.iter().all(|seen| seen.clashes.is_empty()));
    }

    #[test]
    fn of_one_day_the_later_look_says_whether_a_tooth_has_come_through() {
        let mut none = exam("none", "2026-11-24T10:00:00+08:00", &[]);
        none.1.unerupted = Some(vec!["17".to_owned()]);
        let stands = |at: &str| {
            let exams = [none.clone(), exam("found", at, &[])];
            let mut found = mark("c", Tooth::T17, Mark::Caries, "O", "2026-11-24");
            found.1.exam = Some(id("found"));
            let marks = [found];
            let now = mouth(&exams, &marks, &[], DAY);
            (of(&now, Tooth::T17).stands, of(&now, Tooth::T17).clashes.len())
        };
        assert_eq!(stands("2026-11-24T10:05:00+08:00"), (Stands::Present, 0));
        assert_eq!(stands("2026-11-24T09:55:00+08:00"), (Stands::Unerupted, 1));
    }

    proptest::proptest! {
        #[test]
        fn the_mouth_never_depends_on_the_order_of_arrival(
            turns in proptest::collection::vec(0_usize..12, 0..24),
            days in proptest::collection::vec(1_i8..28, 12),
            teeth in proptest::collection::vec(0_usize..52, 12),
            words in proptest::collection::vec(0_usize..24, 12),
        ) {
            let on = |at: usize| format!("2026-11-{:02}", days[at]);
            let tooth = |at: usize| Tooth::ALL[teeth[at] % 4];
            let mut exams: Vec<_> = (0..12).map(|at| {
                let mut exam = exam(&format!("exam {at}"), &format!("{}T10:00:00+08:00", on(at)), &[tooth(at).word()]);
                if words[at] % 3 == 0 {
                    exam.1.not_seen = exam.1.sound.take();
                }
                exam
            }).collect();
            let mut marks: Vec<_> = (0..12)
                .map(|at| mark(&format!("mark {at}"), tooth(at), Mark::ALL[words[at]], "O", &on(at)))
                .collect();
            let mut procedures: Vec<_> = (0..12).map(|at| {
                let treatment = Treatment::ALL[words[at] % Treatment::ALL.len()];
                let mut plan = plan(&format!("plan {at}"), tooth(at), treatment, &on(at));
                if words[at] % 2 == 0 {
                    plan.1.status = Some(ProcedureStatus::Done);
                    plan.1.on = on(at).parse().ok();
                }
                plan
            }).collect();
            let (first_marks, first_procedures) = (marks.clone(), procedures.clone());
            let before = mouth(&exams, &first_marks, &first_procedures, DAY);
            for (at, turn) in turns.iter().enumerate() {
                exams.swap(at % 12, *turn);
                marks.swap(at % 12, *turn);
                procedures.swap(at % 12, *turn);
            }
            let after = mouth(&exams, &marks, &procedures, DAY);
            proptest::prop_assert_eq!(before, after);
        }
    }
}
