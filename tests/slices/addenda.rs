//! What is added to a signed form: later answers beside those that were signed, by who may sign it, with a reason.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

const PRESSURE: &str = "eye.pressure@1";

fn iop(value: &str) -> Value {
    json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "09:38"}}})
}

fn write(patient: &str, answers: &Value) -> Value {
    json!({
        "form": PRESSURE, "patient": patient, "visit": null, "filled": null, "version": null, "answers": answers,
    })
}

/// A doctor with a signed pressure of both eyes.
fn signed() -> (Clinic, String, Value) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let details = json!({"family": "Abellana", "given": "Teresita", "birth_date": "1961-09-08"});
    let patient = text(&clinic.ok("register_patient", json!({"details": details}))["id"]);
    let answers = json!({"iop:R:a": iop("16"), "iop:L:b": iop("17"), "target:R": {"n": "18"}});
    let signed = clinic.ok("sign_form", write(&patient, &answers));
    (clinic, patient, signed)
}

fn amend(signed: &Value, answers: Value, text: &str, reason: &str) -> Value {
    json!({"filled": signed["id"], "answers": answers, "text": text, "reason": reason})
}

fn view(clinic: &mut Clinic, signed: &Value) -> Value {
    clinic.ok("filled", json!({"filled": signed["id"]}))
}

#[test]
fn later_answers_stand_beside_the_signed_ones_with_author_time_and_reason_and_count_from_then_on() {
    let (mut clinic, patient, signed) = signed();
    clinic.time.pass(3600);
    clinic.seat(Role::Optometrist);
    let both = json!({"target:R": {"n": "16"}, "iop:R:a": iop("16")});
    let kept = clinic.ok("amend_form", amend(&signed, both, "after the second look", " a slip of the pen "));
    let seen = view(&mut clinic, &signed);
    assert_eq!(seen["answers"]["target:R"], json!({"n": "18"}), "what was signed stands");
    let added = &seen["addenda"][0];
    // What it says as it stood says nothing new.
    assert_eq!((&added["id"], &added["answers"]), (&kept["id"], &json!({"target:R": {"n": "16"}})));
    assert_eq!(
        (&added["author"], &added["at"], &added["text"], &added["reason"]),
        (
            &json!("Ana optometrist"),
            &json!("2026-11-22T11:31:00+08:00"),
            &json!("after the second look"),
            &json!("a slip of the pen")
        )
    );
    let form = json!({"form": PRESSURE, "patient": patient, "visit": null});
    assert_eq!(clinic.ok("form", form)["last"]["target:R"]["answer"]["n"], "16");
    let list = json!({"patient": patient, "visit": null, "code": null, "after": null});
    assert_eq!(clinic.ok("filled_forms", list)["rows"][0]["amended"], true);
    let rows =
        clinic.ok("timeline", json!({"patient": patient, "kinds": ["addendum"], "before": null}))["rows"]
            .clone();
    assert_eq!(
        (&rows[0]["line"], &rows[0]["signed"], &rows[0]["author"]),
        (
            &json!("Eye pressure: Target: R 16 mmHg; after the second look"),
            &json!(true),
            &json!("Ana optometrist")
        )
    );
    let story = clinic.ok("history", json!({"record": kept["id"]}));
    assert!(story.to_string().contains("Ana optometrist"), "{story}");
    clinic.restart();
    clinic.seat(Role::Doctor);
    assert_eq!(view(&mut clinic, &signed)["addenda"].as_array().map(Vec::len), Some(1));
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn what_says_nothing_new_cannot_be_or_gives_no_reason_is_refused() {
    let (mut clinic, patient, signed) = signed();
    let refuse = |clinic: &mut Clinic, answers: Value, text: &str, reason: &str| {
        let refusal = clinic.refused("amend_form", amend(&signed, answers, text, reason));
        (refusal.code, refusal.fields.get("field").cloned().unwrap_or_default())
    };
    for (answers, words, reason, code, field) in [
        (json!({}), " ", "why", Code::Missing, "answers"),
        (json!({"target:R": {"n": "18"}}), "", "why", Code::Missing, "answers"),
        (json!({"target:R": {"n": "16"}}), "", " ", Code::Missing, "reason"),
        (json!({"target:R": {"n": "41"}}), "", "why", Code::Invalid, "target:R"),
        (json!({"target:R": {"n": "6"}}), "", "why", Code::Implausible, "target:R"),
        (json!({"pulse:R": {"n": "72"}}), "", "why", Code::Invalid, "pulse:R"),
    ] {
        assert_eq!(refuse(&mut clinic, answers, words, reason), (code, json!(field)));
    }
    assert_eq!(refuse(&mut clinic, json!({}), &"x".repeat(5_000), "why").0, Code::TooLarge);
    let open = clinic.ok("save_form", write(&patient, &json!({"iop:R:a": iop("16")})));
    let early = clinic.refused("amend_form", amend(&open, json!({"target:R": {"n": "16"}}), "", "why"));
    assert_eq!(early.code, Code::IllegalMove, "an open form is changed, not added to");
    assert_eq!(view(&mut clinic, &signed)["addenda"], json!([]));
}

#[test]
fn who_may_not_sign_a_form_neither_adds_to_it_nor_withdraws_what_was_added() {
    let (mut clinic, patient, signed) = signed();
    let input = || amend(&signed, json!({"target:R": {"n": "16"}}), "", "a slip");
    let kept = clinic.ok("amend_form", input());
    let void = json!({"id": kept["id"], "version": kept["version"], "reason": "another person's"});
    for role in [Role::Nurse, Role::Dentist] {
        clinic.seat(role);
        assert_eq!(clinic.refused("amend_form", input()).code, Code::NotPermitted);
        assert_eq!(clinic.refused("void_addendum", void.clone()).code, Code::NotPermitted);
    }
    clinic.seat(Role::Optometrist);
    let no_reason = json!({"id": kept["id"], "version": kept["version"], "reason": " "});
    assert_eq!(clinic.refused("void_addendum", no_reason).code, Code::Missing);
    clinic.ok("void_addendum", void);
    assert_eq!(view(&mut clinic, &signed)["addenda"], json!([]));
    let form = json!({"form": PRESSURE, "patient": patient, "visit": null});
    assert_eq!(
        clinic.ok("form", form)["last"]["target:R"]["answer"]["n"],
        "18",
        "the signed answer counts again"
    );
}

#[test]
fn what_was_added_to_a_note_in_error_is_withdrawn_by_the_same_command() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, _) = clinic.register("Bea", "Villamor");
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
    let visit = clinic.ok("start_visit", visit)["id"].clone();
    let note = json!({"visit": visit, "note": null, "version": null, "details": {"plan": "rest"}});
    let note = clinic.ok("sign_note", note);
    let added =
        clinic.ok("add_addendum", json!({"note": note["id"], "text": "No rash.", "reason": "left out"}));
    let void = json!({"id": added["id"], "version": added["version"], "reason": "another person's"});
    clinic.ok("void_addendum", void.clone());
    assert_eq!(clinic.ok("note", json!({"note": note["id"]}))["addenda"], json!([]));
    assert_eq!(clinic.refused("void_addendum", void).code, Code::NotFound);
}
