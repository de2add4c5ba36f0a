//! What a keystroke in a form costs: the check of 60 items, and what their answers weigh.

use std::hint::black_box;

use anyhow::{Context, Result};
use domain::RecordId;
use domain::forms::{Answer, Answers, Filled, Item, Last, LastAnswer, Spec, check, kept_at, settled, spec};
use serde_json::json;
use store::Draft;

use crate::Size;
use crate::clinic::{call, found, seat_doctor};
use crate::figure::{by_criterion, empty_folder, ms, percentile, ratio, tell, timed};

/// The most that a check may take, in milliseconds.
const LIMIT_MS: f64 = 1.0;
/// The most that the PDF of a form may take, in milliseconds.
const LIMIT_PDF_MS: f64 = 50.0;
/// The most that the op of 60 answers may weigh, in bytes.
const LIMIT_BYTES: usize = 3_000;
/// Answers of the form: 30 items of each eye.
const ITEMS: usize = 30;

pub fn run(size: Size) -> Result<()> {
    let disc = spec("eye.disc@1").context("the disc is declared")?;
    let mut form: Spec = disc.clone();
    let number = disc.item("cd_v").context("the disc has a cup")?;
    let many = |at: usize| Item { key: format!("n{at}"), ..number.clone() };
    let section = form.sections.first_mut().context("the disc has a section")?;
    section.items = (0..ITEMS).map(many).collect();
    let answer =
        |at: usize| Answer { n: format!("0.{}", 10 + 5 * (at % 10)).parse().ok(), ..Answer::default() };
    let places = (0..ITEMS).flat_map(|at| ["R", "L"].map(|side| (at, format!("n{at}:{side}"))));
    let answers: Answers = places.map(|(at, path)| (path, answer(at))).collect();
    let before = answers.iter().map(|(path, answer)| {
        (path.clone(), LastAnswer { answer: answer.clone(), day: "2026-08-12".to_owned() })
    });
    let last: Last = before.collect();
    let took = by_criterion("a-keystroke-in-a-form", size.samples, || {
        black_box(check(&form, &settled(&form, answers.clone()), &last)).remarks.len()
    })?;
    let id = RecordId::derived(b"filled");
    let patch = answers.iter().filter_map(|(path, answer)| Some((kept_at(&form, path)?, answer.value())));
    let bytes = Draft::patch::<Filled>(id, Some(id), patch.collect(), None).bytes();
    let printed = printed(size)?;
    tell(
        "forms",
        json!({
            "pdf_p95_ms": printed,
            "pdf_limit_ms": LIMIT_PDF_MS,
            "pdf_ratio_to_limit": ratio(printed, LIMIT_PDF_MS),
            "answers": answers.len(),
            "check_ms": took,
            "limit_ms": LIMIT_MS,
            "ratio_to_limit": ratio(took, LIMIT_MS),
            "op_bytes": bytes,
            "limit_bytes": LIMIT_BYTES,
        }),
    );
    Ok(())
}

/// How long a blank refraction takes, from the command to the file, 95 of 100 times.
fn printed(size: Size) -> Result<f64> {
    let mut desk = found(&empty_folder("forms")?)?;
    seat_doctor(&mut desk)?;
    let out = empty_folder("forms-out")?.join("refraction.pdf");
    let mut taken = vec![];
    for _ in 0..size.samples {
        let place = desk.chose(out.clone()).map_err(crate::clinic::refused)?;
        let input = json!({"form": "eye.refraction@1", "filled": null, "place": place});
        let (kept, took) = timed(|| call(&mut desk, "save_form_pdf", &input));
        kept?;
        taken.push(took);
    }
    Ok(ms(percentile(&taken, 95)))
}
