//! Opening a long chart: what the desk answers before the page can draw it, and how much of it there is to draw.

use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::Size;
use crate::clinic::{answer, call, found, seat_doctor};
use crate::figure::{empty_folder, ms, percentile, tell, timed};

pub fn run(size: Size) -> Result<()> {
    let mut desk = found(&empty_folder("chart")?)?;
    seat_doctor(&mut desk)?;
    let details = json!({"details": {"family": "Mejía", "given": "Gustavo", "birth_date": "1999-07-14"}});
    let patient = call(&mut desk, "register_patient", &details)?["id"].as_str().context("an id")?.to_owned();
    for number in 0..size.events {
        let (command, input) = event(&patient, number);
        call(&mut desk, command, &input)?;
    }
    let asked = [
        ("banner", json!({"patient": patient})),
        ("chart", json!({"patient": patient, "cards": true})),
        ("latest_vitals", json!({"patient": patient})),
        ("timeline", json!({"patient": patient, "kinds": [], "before": null})),
    ];
    for (name, input) in asked {
        let input = input.to_string();
        let mut took: Vec<Duration> = vec![];
        let mut said = String::new();
        for _ in 0..size.samples {
            let (told, time) = timed(|| answer(&mut desk, name, &input));
            said = told?;
            took.push(time);
        }
        let rows = serde_json::from_str::<Value>(&said)?["rows"].as_array().map(Vec::len);
        tell(
            "chart",
            json!({
                "events": size.events,
                "answer": name,
                "p50_ms": ms(percentile(&took, 50)),
                "p95_ms": ms(percentile(&took, 95)),
                "bytes": said.len(),
                "rows": rows,
            }),
        );
    }
    Ok(())
}

/// What happened the time of this number: measured mostly, and a problem or a vaccine now and then.
fn event(patient: &str, number: u64) -> (&'static str, Value) {
    match number % 10 {
        0 => {
            let details = json!({"name": format!("Complaint {number}")});
            ("add_problem", json!({"patient": patient, "details": details}))
        }
        1 => {
            let details = json!({"vaccine": format!("Vaccine {number}")});
            ("add_immunisation", json!({"patient": patient, "details": details}))
        }
        _ => {
            let pulse = (60 + number % 40).to_string();
            let values = json!([{"sign": "pulse", "value": pulse, "unit": null}]);
            let taken = json!({
                "patient": patient, "visit": null, "confirmed": [], "minutes_ago": null, "values": values,
            });
            ("record_vitals", taken)
        }
    }
}
