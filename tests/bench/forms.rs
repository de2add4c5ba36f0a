//! What a keystroke in a form costs: the check of 60 items, and what their answers weigh.

use std::hint::black_box;

use anyhow::{Context, Result};
use domain::RecordId;
use domain::forms::{Answer, Answers, Filled, Item, Last, LastAnswer, Spec, check, kept_at, settled, spec};
use serde_json::json;
use store::Draft;

use crate::Size;
use crate::figure::{by_criterion, ms, percentile, ratio, tell, timed};

/// The most that a check may take, in milliseconds.
const LIMIT_MS: f64 = 1.0;
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
    let keystroke = || black_box(check(&form, &settled(&form, answers.clone()), &last)).remarks.len();
    let took = by_criterion("a-keystroke-in-a-form", size.samples, keystroke)?;
    let worst = p95(keystroke);
    // The form that asks of most places, and reckons from all of them: an index and the plaque of 32 teeth.
    let hygiene = spec("dental.hygiene@1").context("hygiene is declared")?;
    let said = |answer: serde_json::Value| serde_json::from_value::<Answer>(answer).context("an answer");
    let mut record = Answers::new();
    for item in hygiene.items() {
        let permanent = |side: &&&str| side.as_bytes().get(1).is_some_and(|quadrant| *quadrant < b'5');
        for side in item.sides.each().iter().flatten().filter(permanent) {
            let answer = if item.key == "plaque" { json!({"s": ["M", "B"]}) } else { json!({"c": "1"}) };
            record.insert(format!("{}:{side}", item.key), said(answer)?);
        }
    }
    let plaque =
        p95(|| black_box(check(hygiene, &settled(hygiene, record.clone()), &Last::new())).derived.len());
    let id = RecordId::derived(b"filled");
    let patch = answers.iter().filter_map(|(path, answer)| Some((kept_at(&form, path)?, answer.value())));
    let bytes = Draft::patch::<Filled>(id, Some(id), patch.collect(), None).bytes();
    tell(
        "forms",
        json!({
            "answers": answers.len(),
            "check_ms": took,
            "check_p95_ms": worst,
            "plaque_answers": record.len(),
            "plaque_p95_ms": plaque,
            "limit_ms": LIMIT_MS,
            "ratio_to_limit": ratio(worst.max(plaque), LIMIT_MS),
            "op_bytes": bytes,
            "limit_bytes": LIMIT_BYTES,
        }),
    );
    Ok(())
}

/// So often a keystroke is measured by itself.
const KEYSTROKES: usize = 2_000;

/// The time below which 95 % of the calls of `act` lie, in milliseconds.
fn p95<T>(act: impl Fn() -> T) -> f64 {
    let each: Vec<_> = (0..KEYSTROKES).map(|_| timed(|| black_box(act())).1).collect();
    ms(percentile(&each, 95))
}
