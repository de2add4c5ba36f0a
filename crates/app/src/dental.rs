//! Teeth: the mouth on any day, what is found of it, and what is planned and done.

mod findings;
mod paper;
mod plan;
mod view;

use std::collections::BTreeMap;

use domain::dental::{self, Procedure, Seen, Tooth, ToothExam, ToothMark};
use domain::patients::{Patient, is_minor, may_be_minor};
use domain::record::{Record, Verb};
use domain::{PartialDate, RecordId, Value};
use jiff::civil::Date;
use store::Draft;

pub use findings::*;
pub use paper::*;
pub use plan::*;
pub use view::*;

use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

/// All that is known of somebody's teeth.
struct Known {
    /// Who.
    id: RecordId,
    /// As they are registered.
    patient: Patient,
    exams: Vec<(RecordId, ToothExam)>,
    marks: Vec<(RecordId, ToothMark)>,
    procedures: Vec<(RecordId, Procedure)>,
    /// The version of each of these, and whether people disagree about it.
    versions: BTreeMap<RecordId, (i64, bool)>,
}

impl Known {
    fn of(seat: &Seat, patient: RecordId) -> Result<Self, Refusal> {
        let mut versions = BTreeMap::new();
        let person: Patient = seat.read::<Patient>(patient)?.state.record();
        Ok(Self {
            id: patient,
            patient: person,
            exams: all(seat, patient, &mut versions)?,
            marks: all(seat, patient, &mut versions)?,
            procedures: all(seat, patient, &mut versions)?,
            versions,
        })
    }

    /// The mouth on the evening of `day`.
    fn mouth(&self, day: Date) -> [Seen<'_>; 52] {
        dental::mouth(&self.exams, &self.marks, &self.procedures, day)
    }

    /// Whether somebody else agrees for them.
    fn is_guarded(&self, today: Date) -> bool {
        may_be_minor(self.patient.birth_date, today)
    }

    /// That somebody else has to agree for them: for they are under age, or may be.
    fn guardian_to_agree(&self, today: Date) -> Refusal {
        let refusal = Refusal::new(Code::GuardianToAgree);
        if is_minor(self.patient.birth_date, today) { refusal.with("reason", "minor") } else { refusal }
    }
}

/// The records of `T` that somebody has.
fn all<T: Record>(
    seat: &Seat,
    patient: RecordId,
    versions: &mut BTreeMap<RecordId, (i64, bool)>,
) -> Result<Vec<(RecordId, T)>, Refusal> {
    let records = seat.act.records(T::KIND.name, Some(patient))?;
    let read = |record: store::Record| {
        let disputed = record.state.unsettled(T::KIND).next().is_some();
        versions.insert(record.id, (record.version, disputed));
        (record.id, record.state.record())
    };
    Ok(records.into_iter().map(read).collect())
}

/// What is known of one tooth.
fn of_tooth<'a, 'b>(mouth: &'b [Seen<'a>], tooth: Tooth) -> Option<&'b Seen<'a>> {
    mouth.iter().find(|seen| seen.tooth == tooth)
}

/// That a tooth is not there: nothing is found of it or done to it.
fn is_gone(tooth: Tooth) -> Refusal {
    Refusal::new(Code::ToothGone).with("tooth", tooth.word())
}

/// Ends a mark on `day` by the exam or the procedure `by`.
fn end(id: RecordId, patient: RecordId, day: PartialDate, by: RecordId) -> Draft {
    let ended = [("ended", day.to_string()), ("ended_by", by.to_string())];
    let patch = ended.map(|(field, value)| (field.to_owned(), Value::text(value))).into();
    Draft::patch::<ToothMark>(id, Some(patient), patch, None)
}

/// Withdraws what `by`, an exam or a procedure that is withdrawn for `reason`, has found or made, and lets what it ended hold
/// again, unless something later would have ended that too.
fn undo(known: &Known, by: RecordId, reason: &str) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (id, mark) in &known.marks {
        if mark.exam == Some(by) || mark.procedure == Some(by) {
            let void = Draft::patch::<ToothMark>(*id, Some(known.id), BTreeMap::new(), None);
            drafts.push(Draft { verb: Verb::Void, reason: Some(reason.to_owned()), ..void });
        } else if mark.ended_by == Some(by) {
            drafts.push(match ended_else(known, by, *id, mark) {
                Some((day, other)) => end(*id, known.id, day, other),
                None => {
                    let again = ["ended", "ended_by"].map(|field| (field.to_owned(), Value::Null)).into();
                    Draft::patch::<ToothMark>(*id, Some(known.id), again, None)
                }
            });
        }
    }
    drafts
}

/// When `mark` ended, and by what, if `by`, which ended it, is left out: by the first of what was found or made after it and
/// goes further, or by a look at which its tooth had fallen out. Ids are in the order of their making.
fn ended_else(
    known: &Known,
    by: RecordId,
    id: RecordId,
    mark: &ToothMark,
) -> Option<(PartialDate, RecordId)> {
    let from = mark.ended?;
    let covers = known.marks.iter().filter_map(|(other, later)| {
        let made_by = later.exam.or(later.procedure).filter(|made_by| *made_by != by)?;
        let after = *other > id && later.on? >= from && later.tooth == mark.tooth;
        (after && dental::supersedes(later, mark)).then_some((later.on?, made_by))
    });
    let falls = known.exams.iter().filter_map(|(exam, look)| {
        let tooth = mark.tooth?.word();
        let on = PartialDate::day(look.day()?);
        let falls = look.shed.iter().flatten().any(|shed| shed == tooth);
        (*exam != by && *exam > id && falls && on >= from).then_some((on, *exam))
    });
    covers.chain(falls).min()
}
