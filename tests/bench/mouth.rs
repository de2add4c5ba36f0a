//! The mouth on a day, of somebody whose teeth were looked at twice a year for ten years, and what a look weighs.

use std::hint::black_box;

use anyhow::{Context, Result};
use domain::dental::{
    Mark, Procedure, ProcedureStatus, Tooth, ToothExam, ToothMark, Treated, Treatment, mouth,
};
use domain::record::{Entries, Verb};
use domain::{PartialDate, RecordId};
use serde_json::json;
use store::Draft;

use crate::Size;
use crate::figure::{by_criterion, ratio, tell};

/// The most that the mouth of a day may take, in milliseconds.
const LIMIT_MS: f64 = 0.2;
/// The most that the op of an exam of 32 teeth may weigh, in bytes.
const LIMIT_BYTES: usize = 1_000;
/// Looks of ten years.
const LOOKS: usize = 20;

pub fn run(size: Size) -> Result<()> {
    let patient = RecordId::derived(b"patient");
    let permanent: Vec<Tooth> = Tooth::ALL.iter().copied().filter(|tooth| !tooth.is_milk()).collect();
    let on = |look: usize| format!("{}-{:02}-11", 2017 + look / 2, 2 + 6 * (look % 2));
    let exam = |look: usize| -> Result<ToothExam> {
        Ok(ToothExam {
            patient: Some(patient),
            at: Some(format!("{}T10:12:00+08:00", on(look)).parse().context("an instant")?),
            sound: Some(permanent.iter().map(|tooth| tooth.word().to_owned()).collect()),
            ..ToothExam::default()
        })
    };
    let mut exams = Vec::new();
    let mut marks = Vec::new();
    for look in 0..LOOKS {
        exams.push((RecordId::derived(format!("exam {look}").as_bytes()), exam(look)?));
        for (at, tooth) in permanent.iter().enumerate().filter(|(at, _)| at % 4 == look % 4) {
            let mark = ToothMark {
                patient: Some(patient),
                tooth: Some(*tooth),
                on: on(look).parse().ok(),
                mark: Mark::ALL.get((look + at) % 9).copied(),
                surfaces: "MO".parse().ok(),
                ended: on(look + 4).parse().ok().filter(|_| look + 4 < LOOKS),
                ..ToothMark::default()
            };
            marks.push((RecordId::derived(format!("mark {look} {at}").as_bytes()), mark));
        }
    }
    // Of every tooth one treatment: half of them were done over the years, half are planned.
    let procedures: Vec<(RecordId, Procedure)> = permanent
        .iter()
        .enumerate()
        .map(|(at, tooth)| {
            let treated = Treated { tooth: Some(*tooth), surfaces: "MO".parse().ok() };
            let done = at % 2 == 0;
            let procedure = Procedure {
                patient: Some(patient),
                planned_on: on(at % LOOKS).parse().ok(),
                status: Some(if done { ProcedureStatus::Done } else { ProcedureStatus::Planned }),
                on: on(at % LOOKS).parse().ok().filter(|_| done),
                treatment: Some(Treatment::Filling),
                teeth: Some(Entries([(tooth.word().to_owned(), treated)].into())),
                ..Procedure::default()
            };
            (RecordId::derived(format!("procedure {at}").as_bytes()), procedure)
        })
        .collect();
    let day = "2026-11-24".parse::<PartialDate>().context("a day")?.latest();
    let took = by_criterion("the-mouth-of-a-day", size.samples, || {
        black_box(mouth(&exams, &marks, &procedures, day)).len()
    })?;
    let bytes = Draft::make(Verb::Create, patient, Some(patient), &exam(0)?).bytes();
    tell(
        "mouth",
        json!({
            "exams": exams.len(),
            "marks": marks.len(),
            "procedures": procedures.len(),
            "mouth_ms": took,
            "limit_ms": LIMIT_MS,
            "ratio_to_limit": ratio(took, LIMIT_MS),
            "exam_bytes": bytes,
            "limit_bytes": LIMIT_BYTES,
        }),
    );
    Ok(())
}
