//! A form that two people fill at two workstations.

use serde_json::{Value, json};

use crate::world::{Workstation, two_doctors};

fn write(form: &str, patient: &Value, kept: &Value, answers: Value) -> Value {
    json!({
        "form": form, "patient": patient, "visit": null, "filled": kept["id"], "version": kept["version"], "answers": answers,
    })
}

fn view(workstation: &mut Workstation, kept: &Value) -> Value {
    workstation.clinic.ok("filled", json!({"filled": kept["id"]}))
}

fn lens(sphere: &str, axis: &str) -> Value {
    json!({"p": {"method": {"c": "subjective"}, "sph": {"n": sphere}, "cyl": {"n": "-0.75"}, "axis": {"n": axis}}})
}

const REFRACTION: &str = "eye.refraction@1";
const PRESSURE: &str = "eye.pressure@1";

#[test]
fn two_halves_of_a_refraction_corrected_apart_make_no_third_lens_and_two_readings_both_stand() {
    let (_server, mut one, mut two, patient) = two_doctors();
    let patient = json!(patient);
    let kept = one
        .clinic
        .ok("save_form", write(REFRACTION, &patient, &Value::Null, json!({"lens:R:a": lens("-2.25", "90")})));
    one.sync();
    two.sync();
    two.line.cut(true);
    // One corrects the sphere, the other the axis, and each adds a reading of the left eye.
    one.clinic.ok(
        "save_form",
        write(
            REFRACTION,
            &patient,
            &kept,
            json!({"lens:R:a": lens("-2.50", "90"), "lens:L:b": lens("-1.00", "10")}),
        ),
    );
    let theirs = view(&mut two, &kept);
    two.clinic.ok(
        "save_form",
        write(
            REFRACTION,
            &patient,
            &theirs,
            json!({"lens:R:a": lens("-2.25", "85"), "lens:L:c": lens("-1.25", "12")}),
        ),
    );
    two.line.cut(false);
    one.sync();
    two.sync();
    one.sync();
    let seen = [&mut one, &mut two].map(|workstation| view(workstation, &kept));
    assert_eq!(seen[0]["answers"], seen[1]["answers"]);
    let right = &seen[0]["answers"]["lens:R:a"];
    assert!([lens("-2.50", "90"), lens("-2.25", "85")].contains(right), "{right}");
    assert_eq!(
        (&seen[0]["answers"]["lens:L:b"], &seen[0]["answers"]["lens:L:c"]),
        (&lens("-1.00", "10"), &lens("-1.25", "12"))
    );
    for workstation in [&mut one, &mut two] {
        assert_eq!(workstation.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    }
}

#[test]
fn two_targets_clash_until_somebody_says_which_and_what_comes_after_the_signature_is_handed_back() {
    let (_server, mut one, mut two, patient) = two_doctors();
    let patient = json!(patient);
    let iop = |value: &str| json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "00:00"}}});
    let with = |target: &str| json!({"iop:R:a": iop("16"), "iop:L:b": iop("17"), "target:R": {"n": target}});
    let kept = one.clinic.ok("save_form", write(PRESSURE, &patient, &Value::Null, with("18")));
    one.sync();
    two.sync();
    two.line.cut(true);
    one.clinic.ok("save_form", write(PRESSURE, &patient, &kept, with("16")));
    let theirs = view(&mut two, &kept);
    two.clinic.ok("save_form", write(PRESSURE, &patient, &theirs, with("14")));
    two.line.cut(false);
    one.sync();
    two.sync();
    one.sync();
    let seen = view(&mut one, &kept);
    assert_eq!(seen["disputed"], json!(["critical/target:R/v"]));
    assert_eq!(seen["answers"]["target:R"]["n"], "18", "the last agreed one");
    // Whoever signs says what holds.
    two.line.cut(true);
    let signed = one.clinic.ok("sign_form", write(PRESSURE, &patient, &seen, with("16")));
    let theirs = view(&mut two, &kept);
    two.clinic.ok("save_form", write(PRESSURE, &patient, &theirs, with("15")));
    two.line.cut(false);
    one.sync();
    two.sync();
    one.sync();
    for workstation in [&mut one, &mut two] {
        let seen = view(workstation, &signed);
        assert_eq!((&seen["answers"]["target:R"]["n"], seen["signed_at"].is_string()), (&json!("16"), true));
        assert_eq!(
            (&seen["late"][0]["field"], &seen["late"][0]["value"]),
            (&json!("critical/target:R/v"), &json!("15"))
        );
        assert_eq!(seen["handed_back"], json!({"target:R": {"n": "15"}}), "the beginning of an addendum");
    }
    // Whoever writes it down as one is handed nothing more, at either side.
    let added = json!({"filled": signed["id"], "answers": {"target:R": {"n": "15"}}, "text": "", "reason": "seen apart"});
    two.clinic.ok("amend_form", added);
    two.sync();
    one.sync();
    for workstation in [&mut one, &mut two] {
        let seen = view(workstation, &signed);
        assert_eq!((&seen["answers"]["target:R"]["n"], &seen["handed_back"]), (&json!("16"), &json!({})));
        assert_eq!(seen["addenda"][0]["answers"], json!({"target:R": {"n": "15"}}));
        assert_eq!(workstation.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    }
}

#[test]
fn what_was_measured_here_is_the_same_row_there_and_on_the_server() {
    let (server, mut one, mut two, patient) = two_doctors();
    let iop = |value: &str| json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "00:00"}}});
    let answers = json!({"iop:R:a": iop("16"), "iop:L:b": iop("17.5"), "target:R": {"n": "16"}});
    let kept = one.clinic.ok("save_form", write(PRESSURE, &json!(patient), &Value::Null, answers));
    one.sync();
    two.sync();
    let asked = json!({"patient": patient, "code": null, "side": null, "after": null});
    let here = one.clinic.ok("measures", asked.clone());
    assert_eq!(here["rows"].as_array().unwrap().len(), 3);
    assert_eq!(two.clinic.ok("measures", asked.clone()), here);
    assert_eq!(
        server.measures(),
        [
            "eye.iop L 17500 mmHg goldmann open",
            "eye.iop R 16000 mmHg goldmann open",
            "eye.target R 16000 mmHg - open"
        ]
    );
    // A server that was kept by other declarations makes them again.
    server.forget_measures();
    assert_eq!(server.measures().len(), 3);
    let void = json!({"id": kept["id"], "version": kept["version"], "reason": "another's"});
    one.clinic.ok("void_form", void);
    one.sync();
    two.sync();
    assert_eq!(server.measures(), [""; 0]);
    assert_eq!(two.clinic.ok("measures", asked)["rows"], json!([]));
}
