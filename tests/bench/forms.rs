//! What a keystroke in a form costs: the check of 60 items, and what their answers weigh; how fast measures are made of
//! forms, and an outcome of ten years.

use std::hint::black_box;

use anyhow::{Context, Result};
use app::{Window, call};
use domain::RecordId;
use domain::access::Role;
use domain::fold::State;
use domain::forms::{Answer, Answers, Filled, Item, Last, LastAnswer, Spec, check, kept_at, settled, spec};
use domain::measures::measures;
use domain::record::Record;
use domain::{Value, measure};
use serde_json::json;
use store::Draft;
use tests::desk::Clinic;

use crate::Size;
use crate::clinic::{self, found, seat_doctor};
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
    let printed = printed(size)?;
    tell(
        "forms",
        json!({
            "pdf_p95_ms": printed,
            "pdf_limit_ms": LIMIT_PDF_MS,
            "pdf_ratio_to_limit": ratio(printed, LIMIT_PDF_MS),
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
    of_measures(size)?;
    of_outcome(size)
}

/// The least measures that are made in a second.
const LEAST_A_SECOND: f64 = 50_000.0;
/// The most that an outcome of ten years may take, in milliseconds.
const LIMIT_OUTCOME_MS: f64 = 30.0;
/// Visits of ten years, one a month.
const VISITS: usize = 120;

/// How fast the measures of a form of both eyes are made from its state.
fn of_measures(size: Size) -> Result<()> {
    let form = spec("eye.pressure@1").context("the pressure is declared")?;
    let iop = json!({"p": {"method": {"c": "goldmann"}, "value": {"n": "18"}, "at": {"t": "09:38"}}});
    let answers = json!({
        "iop:R:a": iop, "iop:R:b": iop, "iop:L:c": iop, "iop:L:d": iop, "target:R": {"n": "18"}, "target:L": {"n": "18"},
        "cct:R": {"n": "540"}, "cct:L": {"n": "545"},
    });
    let answers: Answers = serde_json::from_value(answers)?;
    let mut patch: std::collections::BTreeMap<String, Value> = settled(form, answers)
        .iter()
        .filter_map(|(path, answer)| Some((kept_at(form, path)?, answer.value())))
        .collect();
    patch.insert("at".to_owned(), Value::text("2026-11-24T09:30:00+08:00"));
    let state = State::default().with(&patch);
    let count = measures(Filled::KIND, &state, Some(form)).len();
    let took = by_criterion("the-measures-of-a-form", size.samples, || {
        let made: Vec<measure::Measure> = black_box(measures(Filled::KIND, &state, Some(form)));
        made.len()
    })?;
    let per_second = count as f64 / (took / 1_000.0);
    tell(
        "measures",
        json!({
            "measures": count, "form_ms": took, "per_second": per_second, "least_per_second": LEAST_A_SECOND,
            "ratio_to_limit": ratio(LEAST_A_SECOND, per_second),
        }),
    );
    Ok(())
}

/// The outcome of somebody whose pressures were taken each month for ten years under ten medicines.
fn of_outcome(size: Size) -> Result<()> {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let patient = clinic
        .ok("register_patient", json!({"details": {"family": "Abellana", "given": "Teresita"}}))["id"]
        .clone();
    for visit in 0..VISITS {
        let iop = |more: usize| {
            let value = (12 + (visit * 7 + more) % 16).to_string();
            // Pressures that go up and down by half are asked about.
            json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "10:00"}}, "ok": true})
        };
        clinic.ok(
            "save_form",
            json!({
                "form": "eye.pressure@1", "patient": patient, "visit": null, "filled": null, "version": null,
                "answers": {"iop:R:a": iop(0), "iop:L:b": iop(3)},
            }),
        );
        if visit % 12 == 0 {
            let details = json!({"name": format!("drops {visit}"), "route": "eye", "side": "both", "frequency": "daily"});
            clinic.ok("add_medicine", json!({"patient": patient, "details": details}));
        }
        clinic.time.pass(30 * 86_400);
        clinic.seat(Role::Doctor);
    }
    let input = json!({"patient": patient, "code": null, "years": null, "about": null}).to_string();
    let took = by_criterion("an-outcome-of-ten-years", size.samples, || {
        black_box(call(clinic.desk(), Window::Main, "outcome", &input)).map_or(0, |answer| answer.len())
    })?;
    tell(
        "outcome",
        json!({
            "readings": VISITS * 2, "outcome_ms": took, "limit_ms": LIMIT_OUTCOME_MS,
            "ratio_to_limit": ratio(took, LIMIT_OUTCOME_MS),
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
        let place = desk.chose(out.clone()).map_err(clinic::refused)?;
        let input = json!({"form": "eye.refraction@1", "filled": null, "universal": false, "place": place});
        let (kept, took) = timed(|| clinic::call(&mut desk, "save_form_pdf", &input));
        kept?;
        taken.push(took);
    }
    Ok(ms(percentile(&taken, 95)))
}

/// So often a keystroke is measured by itself.
const KEYSTROKES: usize = 2_000;

/// The time below which 95 % of the calls of `act` lie, in milliseconds.
fn p95<T>(act: impl Fn() -> T) -> f64 {
    let each: Vec<_> = (0..KEYSTROKES).map(|_| timed(|| black_box(act())).1).collect();
    ms(percentile(&each, 95))
}
