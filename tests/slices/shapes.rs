//! Input that does not have a command's shape.

use app::commands::COMMANDS;
use app::{Code, Window};
use serde_json::json;
use tests::desk::Clinic;

const CANARY: &str = "Dalisay Canaria";

#[test]
fn input_of_another_shape_is_refused_by_its_place_and_never_echoed() {
    let mut clinic = Clinic::found();
    let wrong = [
        String::new(),
        format!("\"{CANARY}\""),
        format!("{{\"{CANARY}\": 1}}"),
        format!("[\"{CANARY}\""),
        format!(
            "{{\"text\": [\"{CANARY}\"], \"patient\": \"{CANARY}\", \"user\": \"{CANARY}\", \"details\": \"{CANARY}\"}}"
        ),
        "null".to_owned(),
        "7".to_owned(),
        "[]{}".to_owned(),
    ];
    for command in COMMANDS {
        for input in &wrong {
            let refusal = clinic.call_from(Window::Main, command.name, input).unwrap_err();
            assert_eq!(refusal.code, Code::WrongInput, "{} {input}", command.name);
            let told = serde_json::to_string(&refusal).unwrap();
            assert!(!told.contains("Dalisay") && !told.contains("Canaria"), "{told}");
            assert!(refusal.fields.contains_key("line") && refusal.fields.contains_key("column"), "{told}");
        }
    }
}

#[test]
fn a_value_that_its_field_cannot_hold_is_refused_by_the_name_of_the_field() {
    let mut clinic = Clinic::found();
    let (patient, version) = clinic.register("Lito", "Salonga");
    for (field, value) in [
        ("birth_date", json!("yesterday")),
        ("sex", json!("sometimes")),
        ("family", json!(7)),
        ("family", json!("a\u{0}b")),
        ("family", json!("x".repeat(20_001))),
        ("contacts/1", json!("0917")),
        ("contacts/\u{0}/value", json!("0917")),
        ("contacts/a b/value", json!("0917")),
        ("nickname", json!("Lito")),
        ("source", json!("elsewhere")),
    ] {
        let input = json!({"patient": patient, "version": version, "patch": {field: value}});
        let refusal = clinic.refused("edit_patient", input);
        assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Invalid, &json!(field)), "{field}");
    }
}
