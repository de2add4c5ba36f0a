//! What treatments did to the eyes of a person: one measure over time with all that was done, before and after.

mod draw;
mod known;
mod paper;
mod rows;

use domain::RecordId;
use domain::choice;
use domain::measure::{EyeSide, MeasuredSide};
use domain::outcome::{LENSES, Lens, NotCounted, Sort, lens};
use domain::scene::Scene;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(crate) use paper::{print_outcome, save_outcome};

use crate::answer::{ANSWER_BYTES, fitting, length};
use crate::measures::MeasureRow;
use crate::refusal::Refusal;
use crate::seat::Seat;
use known::Known;

/// Readings of an eye that are drawn at most; the latest are.
const MOST_DRAWN: usize = 240;
/// Fewer are not tried: so many fit whatever stands beside them.
const LEAST_DRAWN: usize = 40;

/// Which outcome.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskOutcome {
    /// Whose.
    pub patient: RecordId,
    /// Of which measure, such as `eye.iop`; nothing for the first of which there is one.
    pub code: Option<String>,
    /// Of so many years until today; nothing for all.
    pub years: Option<u8>,
    /// Before and after which treatment, by its words; nothing for the latest that can be compared.
    pub about: Option<String>,
}

/// A measure of which somebody has readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LensOffered {
    /// Its code.
    pub code: String,
    /// What people call it.
    pub title: String,
    /// How many readings.
    pub count: u64,
}

/// A treatment before and after which readings are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TreatmentOffered {
    /// What people call it, with its dosage.
    pub label: String,
    /// What it is.
    pub sort: Sort,
}

choice! {
    /// Why there is nothing to compare.
    pub enum NotCompared {
        /// Nobody wrote down into which eye it went.
        EyeNotRecorded = "eye_not_recorded",
        /// Nobody knows the day on which it began.
        StartUnknown = "start_unknown",
        /// Nothing was measured in the half year before it.
        NoneBefore = "none_before",
        /// Nothing was measured four to 26 weeks after it began.
        NoneAfter = "none_after",
    }
}

/// What the readings of one eye say of one treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ComparedRow {
    /// The eye; none where nobody wrote it down.
    pub side: Option<MeasuredSide>,
    /// The record of the treatment.
    pub record: RecordId,
    /// Its first day, as exactly as it is known.
    pub start: String,
    /// The mean before, and of how many readings.
    pub before: Option<MeanSaid>,
    /// The mean after.
    pub after: Option<MeanSaid>,
    /// By how much it changed.
    pub change: Option<String>,
    /// Why there is nothing to compare, all reasons.
    pub not: Vec<NotCompared>,
    /// The readings of both times that count in no mean.
    pub left_out: Vec<ReadingsLeftOut>,
    /// What else was begun, ended or done to this eye between the readings that count.
    pub between: Vec<String>,
}

/// A mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MeanSaid {
    /// The number.
    pub number: String,
    /// Of how many readings.
    pub count: u32,
    /// How many of these are of forms that nobody has signed yet.
    pub open: u32,
}

/// Readings that were left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReadingsLeftOut {
    /// Why.
    pub why: NotCounted,
    /// How many.
    pub count: u32,
    /// The first of them.
    pub rows: Vec<MeasureRow>,
}

/// An outcome.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct EyeOutcome {
    /// The measures of which there are readings.
    pub lenses: Vec<LensOffered>,
    /// The measure that is shown; nothing where nothing was measured.
    pub code: Option<String>,
    /// Its unit.
    pub unit: String,
    /// How many years there are readings of.
    pub all_years: u32,
    /// What can be compared.
    pub treatments: Vec<TreatmentOffered>,
    /// The treatment that is compared.
    pub about: Option<String>,
    /// What the readings say of it, eye by eye.
    pub rows: Vec<ComparedRow>,
    /// Whether rows found no room here.
    pub shortened: bool,
    /// The drawing.
    pub scene: Option<Scene>,
    /// Of how many readings it is made.
    pub readings: u64,
    /// How many earlier readings, and how many earlier treatments, found no room in it.
    pub not_drawn: u64,
}

/// An outcome to print.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintOutcome {
    /// Which.
    pub of: AskOutcome,
    /// Where; nothing for the machine's default.
    pub printer: Option<String>,
}

/// An outcome to keep as a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveOutcome {
    /// Which.
    pub of: AskOutcome,
    /// The id of the place that the person chose.
    pub place: String,
}

/// A page of the treatments of somebody's eyes.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListTreatments {
    /// Whose.
    pub patient: RecordId,
    /// How many stood on the pages before.
    #[serde(default)]
    pub after: Option<u32>,
}

/// The treatments of somebody's eyes, latest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct EyeTreatments {
    /// The rows.
    pub rows: Vec<EyeTreatment>,
    /// How many stand on the pages up to this one, where there are more.
    pub next: Option<u32>,
}

/// A treatment of an eye.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct EyeTreatment {
    /// The record that says so: a medicine, or a part of the background.
    pub record: RecordId,
    /// What it is.
    pub sort: Sort,
    /// What people call it, with its dosage.
    pub label: String,
    /// Which eye.
    pub side: EyeSide,
    /// Its first day, as exactly as it is known.
    pub from: String,
    /// Its last day; nothing where it goes on, or was done once.
    pub until: Option<String>,
    /// Why it was stopped.
    pub stopped: Option<String>,
}

/// The outcome of one measure.
pub(crate) fn outcome(seat: &mut Seat, input: AskOutcome) -> Result<EyeOutcome, Refusal> {
    seat.about(None, Some(input.patient));
    let lenses = offered(seat, input.patient)?;
    let Some(lens) = chosen(&input, &lenses)? else {
        return Ok(EyeOutcome {
            lenses,
            code: None,
            unit: String::new(),
            all_years: 0,
            treatments: Vec::new(),
            about: None,
            rows: Vec::new(),
            shortened: false,
            scene: None,
            readings: 0,
            not_drawn: 0,
        });
    };
    let known = Known::of(seat, input.patient, lens)?;
    let compared = rows::of(seat, &known, input.about.as_deref());
    let mut most = MOST_DRAWN;
    loop {
        let drawn = draw::drawn(seat, &known, input.years, compared.about.as_deref(), most);
        let outcome = EyeOutcome {
            lenses: lenses.clone(),
            code: Some(lens.code.to_owned()),
            unit: lens.unit.to_owned(),
            all_years: known.years(seat),
            treatments: compared.offered.clone(),
            about: compared.about.clone(),
            rows: compared.rows.clone(),
            shortened: compared.shortened,
            scene: Some(drawn.scene),
            readings: drawn.readings,
            not_drawn: drawn.not_drawn,
        };
        if length(&outcome) <= ANSWER_BYTES || most <= LEAST_DRAWN {
            return Ok(outcome);
        }
        most -= LEAST_DRAWN;
    }
}

/// The measures of which somebody has readings, in the order in which they are shown.
fn offered(seat: &Seat, patient: RecordId) -> Result<Vec<LensOffered>, Refusal> {
    let counts = seat.act.measure_counts(patient)?;
    let offer = |lens: &Lens| {
        let (_, count) = counts.iter().find(|(code, _)| code == lens.code)?;
        Some(LensOffered { code: lens.code.to_owned(), title: lens.title.to_owned(), count: *count })
    };
    Ok(LENSES.iter().filter_map(offer).collect())
}

/// The measure that is asked for, else the first of which there are readings.
fn chosen(input: &AskOutcome, lenses: &[LensOffered]) -> Result<Option<&'static Lens>, Refusal> {
    match &input.code {
        Some(code) => lens(code).map(Some).ok_or_else(|| Refusal::invalid("code")),
        None => Ok(lenses.first().and_then(|first| lens(&first.code))),
    }
}

/// A page of the treatments of somebody's eyes.
pub(crate) fn eye_treatments(seat: &mut Seat, input: ListTreatments) -> Result<EyeTreatments, Refusal> {
    seat.about(None, Some(input.patient));
    let all = known::treatments(seat, input.patient)?;
    let before = input.after.map_or(0, |after| after as usize);
    let rest = all.iter().rev().skip(before).map(|treatment| EyeTreatment {
        record: treatment.record,
        sort: treatment.course.sort,
        label: crate::answer::shortened(treatment.course.label.clone()),
        side: treatment.course.side,
        from: known::said(treatment.course.from),
        until: treatment.course.until.map(known::said),
        stopped: treatment.course.stopped.clone().map(crate::answer::shortened),
    });
    let (rows, _) = fitting(rest.take(100).collect());
    let through = before + rows.len();
    let next = u32::try_from(through).ok().filter(|_| through < all.len());
    Ok(EyeTreatments { rows, next })
}
