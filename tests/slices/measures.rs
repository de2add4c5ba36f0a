//! What was measured of somebody, number by number.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

fn with(role: Role) -> (Clinic, String) {
    let mut clinic = Clinic::staffed();
    clinic.seat(role);
    let details = json!({"family": "Abellana", "given": "Teresita", "birth_date": "1961-09-08"});
    let patient = text(&clinic.ok("register_patient", json!({"details": details}))["id"]);
    (clinic, patient)
}

fn iop(value: &str) -> Value {
    json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "09:38"}}})
}

/// One that is meant, however unlikely it is.
fn meant(value: &str) -> Value {
    let mut said = iop(value);
    said["p"]["value"]["ok"] = json!(true);
    said
}

fn save(clinic: &mut Clinic, patient: &str, kept: &Value, answers: Value) -> Value {
    let input = json!({
        "form": "eye.pressure@1", "patient": patient, "visit": null, "filled": kept["id"], "version": kept["version"],
        "answers": answers,
    });
    clinic.ok("save_form", input)
}

fn list(clinic: &mut Clinic, patient: &str, code: Option<&str>) -> Vec<Value> {
    let asked = json!({"patient": patient, "code": code, "side": null, "after": null});
    clinic.ok("measures", asked)["rows"].as_array().unwrap().clone()
}

#[test]
fn each_number_of_a_form_and_each_vital_sign_is_a_measure_that_follows_its_record() {
    let (mut clinic, patient) = with(Role::Doctor);
    let kept =
        save(&mut clinic, &patient, &Value::Null, json!({"iop:R:a": iop("18.5"), "iop:L:b": iop("19")}));
    clinic.ok(
        "record_vitals",
        json!({
            "patient": patient, "visit": null, "confirmed": [], "minutes_ago": null,
            "values": [{"sign": "pulse", "value": "72", "unit": null}],
        }),
    );
    let asked = json!({"patient": patient, "code": null, "side": null, "after": null});
    let all = clinic.ok("measures", asked);
    assert_eq!(all["codes"], json!([{"code": "eye.iop", "count": 2}, {"code": "vital.pulse", "count": 1}]));
    let right = json!({"patient": patient, "code": "eye.iop", "side": "R", "after": null});
    let right = clinic.ok("measures", right)["rows"].clone();
    assert_eq!(right.as_array().unwrap().len(), 1);
    let row = &right[0];
    assert_eq!(
        (&row["number"], &row["unit"], &row["word"], &row["flags"], &row["record"]),
        (&json!("18.5"), &json!("mmHg"), &json!("goldmann"), &json!(["open"]), &kept["id"])
    );
    let kept = save(&mut clinic, &patient, &kept, json!({"iop:R:a": iop("17"), "iop:L:b": iop("19")}));
    assert_eq!(list(&mut clinic, &patient, Some("eye.iop")).len(), 2);
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    clinic.ok("void_form", json!({"id": kept["id"], "version": kept["version"], "reason": "another's"}));
    assert_eq!(list(&mut clinic, &patient, Some("eye.iop")), [] as [Value; 0]);
    assert_eq!(list(&mut clinic, &patient, None).len(), 1);
    clinic.seat(Role::FrontDesk);
    let asked = json!({"patient": patient, "code": null, "side": null, "after": null});
    assert_eq!(clinic.refused("measures", asked).code, Code::NotPermitted);
}

#[test]
fn a_number_that_an_addendum_corrects_is_shown_and_compared_as_it_was_corrected() {
    let (mut clinic, patient) = with(Role::Doctor);
    let input = json!({
        "form": "eye.pressure@1", "patient": patient, "visit": null, "filled": null, "version": null,
        "answers": {"iop:R:a": iop("16"), "iop:L:b": iop("17")},
    });
    let signed = clinic.ok("sign_form", input);
    let given = json!({"iop:R:a": iop("21")});
    let amend = json!({"filled": signed["id"], "answers": given, "text": "", "reason": "a slip"});
    let kept = clinic.ok("amend_form", amend);
    let said = |clinic: &mut Clinic| -> Vec<Value> {
        let rows = list(clinic, &patient, Some("eye.iop"));
        rows.iter().map(|row| json!([row["side"], row["number"], row["flags"]])).collect()
    };
    assert_eq!(said(&mut clinic), [json!(["R", "21", ["corrected"]]), json!(["L", "17", []])]);
    let asked = json!({"patient": patient, "code": null, "years": null, "about": null});
    let words = clinic.ok("outcome", asked)["scene"]["words"].to_string();
    assert!(words.contains("Right eye: 1 readings, the latest 21 mmHg"), "{words}");
    let void = json!({"id": kept["id"], "version": kept["version"], "reason": "another's"});
    clinic.ok("void_addendum", void);
    assert_eq!(said(&mut clinic), [json!(["R", "16", []]), json!(["L", "17", []])]);
}

#[test]
fn pages_of_measures_follow_each_other_without_a_gap_and_keep_the_bound() {
    let (mut clinic, patient) = with(Role::Doctor);
    for _ in 0..12 {
        let answers: serde_json::Map<String, Value> =
            (0..24).map(|at| (format!("iop:R:r{at}"), meant(&format!("{}", 10 + at)))).collect();
        save(&mut clinic, &patient, &Value::Null, Value::Object(answers));
    }
    let (mut after, mut seen) = (Value::Null, Vec::new());
    loop {
        let page = clinic
            .ok("measures", json!({"patient": patient, "code": "eye.iop", "side": "R", "after": after}));
        assert!(page.to_string().len() <= 32_768);
        seen.extend(
            page["rows"].as_array().unwrap().iter().map(|row| (text(&row["record"]), text(&row["entry"]))),
        );
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(seen.len(), 12 * 24);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 12 * 24);
}
