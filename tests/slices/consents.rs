//! The privacy notice and a guardian's consent: handed over at registration, told in the banner where they lack.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

fn lacks(clinic: &mut Clinic, patient: &str) -> Value {
    clinic.ok("banner", json!({"patient": patient}))["lacks"].clone()
}

fn answer(patient: &str, details: Value) -> Value {
    json!({"patient": patient, "details": details})
}

#[test]
fn a_notice_is_handed_over_with_the_registration_and_a_guardian_consents_for_who_is_under_age() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::FrontDesk);
    let (other, _) = clinic.register("Ana", "Reyes");
    assert_eq!(lacks(&mut clinic, &other), json!(["privacy"]));
    let details = json!({"family": "Salonga", "given": "Lito", "birth_date": "2012-03-01"});
    for guardian in [Value::Null, json!(" ")] {
        let input = json!({"details": details, "notice": " 2026-01 ", "guardian": guardian});
        let refused = clinic.refused("register_patient", input);
        assert_eq!((refused.code, &refused.fields["field"]), (Code::Missing, &json!("guardian")));
    }
    assert_eq!(
        clinic.ok("find_patients", json!({"text": "Salonga"}))["people"],
        json!([]),
        "nobody agreed for them"
    );
    let kept = clinic.ok("register_patient", json!({"details": details}));
    let patient = text(&kept["id"]);
    assert_eq!(lacks(&mut clinic, &patient), json!(["privacy", "minors"]));
    let unasked = |clinic: &mut Clinic| clinic.ok("banner", json!({"patient": patient}))["unasked"].clone();
    assert_eq!(unasked(&mut clinic), json!(["privacy", "minors"]), "nobody was asked");
    let refusal = json!({"sort": "privacy", "text": "2026-01", "answer": "refused", "by": "guardian", "guardian": "Rosa Salonga"});
    clinic.ok("record_consent", answer(&patient, refusal));
    assert_eq!(lacks(&mut clinic, &patient), json!(["privacy", "minors"]));
    assert_eq!(unasked(&mut clinic), json!(["minors"]), "one was refused");
    clinic.ok(
        "record_consent",
        answer(
            &patient,
            json!({"sort": "privacy", "text": "2026-01", "answer": "given", "by": "guardian", "guardian": "Rosa Salonga"}),
        ),
    );
    assert_eq!(lacks(&mut clinic, &patient), json!(["minors"]));
    let minors = |by: &str, guardian: Value| {
        let details =
            json!({"sort": "minors", "text": "2026-01", "answer": "given", "by": by, "guardian": guardian});
        answer(&patient, details)
    };
    let refused = clinic.refused("record_consent", minors("guardian", Value::Null));
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Missing, &json!("guardian")));
    let refused = clinic.refused("record_consent", minors("patient", json!("Rosa Salonga")));
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Missing, &json!("by")));
    clinic.ok("record_consent", minors("guardian", json!("Rosa Salonga")));
    assert_eq!(lacks(&mut clinic, &patient), Value::Null);
    // What was registered can be changed on, in the version that was answered.
    clinic.ok(
        "edit_patient",
        json!({"patient": patient, "version": kept["version"], "patch": {"course": "Grade 8"}}),
    );
    clinic.seat(Role::Doctor);
    let rows =
        clinic.ok("timeline", json!({"patient": patient, "kinds": ["consent"], "before": null}))["rows"]
            .clone();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 3, "what was refused stands too");
    for row in rows {
        assert_eq!(
            (&row["signed"], &row["author"], &row["day"]),
            (&json!(true), &json!("Ana front desk"), &json!("2026-11-22"))
        );
    }
}

#[test]
fn a_guardian_agrees_at_the_registration_of_who_is_under_age() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::FrontDesk);
    let details = json!({"family": "Salonga", "given": "Lito", "birth_date": "2012-03-01"});
    let input = json!({"details": details, "notice": "2026-01", "guardian": "Rosa Salonga"});
    let patient = text(&clinic.ok("register_patient", input)["id"]);
    assert_eq!(lacks(&mut clinic, &patient), Value::Null);
    // Whoever is of age agrees themselves, whatever stands beside it.
    let details = json!({"family": "Reyes", "given": "Ana", "birth_date": "1990-03-01"});
    let input = json!({"details": details, "notice": "2026-01", "guardian": "Rosa Salonga"});
    let patient = text(&clinic.ok("register_patient", input)["id"]);
    assert_eq!(lacks(&mut clinic, &patient), Value::Null);
}

#[test]
fn the_last_answer_counts_and_one_that_says_too_little_or_lies_ahead_is_refused() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Ana", "Reyes");
    let privacy = |but: (&str, Value)| {
        let mut details = json!({"sort": "privacy", "text": "2026-01", "answer": "given", "by": "patient"});
        details[but.0] = but.1;
        answer(&patient, details)
    };
    for field in ["sort", "text", "answer", "by"] {
        let refused = clinic.refused("record_consent", privacy((field, Value::Null)));
        assert_eq!((refused.code, &refused.fields["field"]), (Code::Missing, &json!(field)));
    }
    let refused = clinic.refused("record_consent", privacy(("on", json!("2026-11-23"))));
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Invalid, &json!("on")));
    clinic.ok("record_consent", privacy(("on", json!("2026-11-20"))));
    assert_eq!(lacks(&mut clinic, &patient), Value::Null);
    clinic.time.pass(60);
    clinic.ok("record_consent", privacy(("answer", json!("refused"))));
    assert_eq!(lacks(&mut clinic, &patient), json!(["privacy"]));
    clinic.seat(Role::Auditor);
    assert_eq!(
        clinic.refused("record_consent", privacy(("text", json!("2026-02")))).code,
        Code::NotPermitted
    );
}
