//! A certificate by the commands of a doctor's window: how long its issue takes, from the press to the signed
//! PDF in the store, beside making such a page alone; and how much it weighs.

use anyhow::{Context, Result};
use app::Desk;
use documents::certificates::render;
use serde_json::{Value, json};

use crate::Size;
use crate::clinic::{call, found, seat_doctor};
use crate::figure::{by_criterion, empty_folder, ms, percentile, ratio, tell, timed};

#[path = "../../crates/documents/tests/documents/samples.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "the documents' own samples, of which one is measured")]
mod samples;

/// The most that a certificate may weigh, in bytes.
const LIMIT: usize = 20_000;

pub fn run(size: Size) -> Result<()> {
    let mut desk = found(&empty_folder("pdf")?)?;
    seat_doctor(&mut desk)?;
    let draft = draft(&mut desk)?;
    let (mut taken, mut heaviest) = (vec![], 0);
    for _ in 0..size.samples {
        let kept = call(&mut desk, "draft_certificate", &draft)?;
        let of = json!({"certificate": kept["id"], "version": kept["version"]});
        let (issued, took) = timed(|| call(&mut desk, "issue_certificate", &of));
        issued?;
        taken.push(took);
        heaviest = heaviest.max(weight(&mut desk, &kept["id"])?);
    }
    let page = samples::sick_leave();
    let alone = by_criterion("render-a-certificate", size.samples, || render(&page))?;
    let shown = |percent| ms(percentile(&taken, percent));
    tell(
        "pdf",
        json!({
            "issued": taken.len(),
            "issue_p50_ms": shown(50),
            "issue_p95_ms": shown(95),
            "page_alone_ms": alone,
            "ratio": ratio(shown(50), alone),
            "most_bytes": heaviest,
            "limit_bytes": LIMIT,
            "ratio_to_limit": ratio(heaviest as f64, LIMIT as f64),
        }),
    );
    Ok(())
}

/// What begins a sick leave of three days that lacks nothing.
fn draft(desk: &mut Desk) -> Result<Value> {
    let person = json!({
        "family": "Mejía", "given": "Gustavo", "birth_date": "1999-07-14",
        "identifiers": {"1": {"system": "student", "value": "2019-104-883"}},
    });
    let patient = call(desk, "register_patient", &json!({"details": person}))?;
    let templates = call(desk, "templates", &json!({}))?;
    let template = templates["rows"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|row| row["details"]["form_code"] == "MED-01")
        .context("the template of a sick leave")?;
    let today = call(desk, "status", &json!({}))?["today"].clone();
    let details = json!({
        "template": template["id"],
        "verdict": "not_fit",
        "examined": today,
        "from": today,
        "until": today,
        "reason": "Acute febrile illness",
        "recommendation": "Rest, fluids, and review at the clinic if fever continues.",
    });
    Ok(
        json!({"patient": patient["id"], "visit": null, "extends": null, "replaces": null, "details": details}),
    )
}

/// The bytes of the PDF that was kept.
fn weight(desk: &mut Desk, certificate: &Value) -> Result<usize> {
    let file = call(desk, "certificate_file", &json!({"certificate": certificate}))?;
    let picture = file["picture"].as_str().context("a picture")?;
    Ok(desk.picture(picture).context("the PDF")?.bytes.len())
}
