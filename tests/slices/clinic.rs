//! What the clinic and its sites are called, and what time it is there, after the founding.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;

fn edit(record: &Value, patch: Value) -> Value {
    json!({"id": record["id"], "version": record["version"], "patch": patch})
}

#[test]
fn an_administrator_changes_what_clinic_and_site_are_called_and_the_desk_and_its_door_say_so() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let seen = clinic.ok("clinic_and_sites", json!({}));
    let site = &seen["sites"][0];
    let named = edit(&seen, json!({"name": "City Clinic", "contact": "(032) 254 1000"}));
    assert_eq!(clinic.ok("edit_clinic", named)["conflict"], false);
    clinic.ok("edit_site", edit(site, json!({"name": "Downtown", "time_zone": "Asia/Tokyo"})));
    let told = |answer: &Value| [answer["clinic"].clone(), answer["site"].clone()];
    let names = [json!("City Clinic"), json!("Downtown")];
    let session = clinic.ok("session", json!({}));
    assert_eq!((told(&session), &session["time_zone"]), (names.clone(), &json!("Asia/Tokyo")));
    clinic.ok("sign_out", json!({}));
    assert_eq!(told(&clinic.ok("door", json!({}))), names);
    // Pressed twice it is refused, and the door stays one.
    assert_eq!(clinic.refused("sign_out", json!({})).code, Code::NotSignedIn);
    assert_eq!(told(&clinic.ok("door", json!({}))), names);
    clinic.seat(Role::Doctor);
    let now = clinic.ok("clinic_and_sites", json!({}));
    assert_eq!((&now["name"], &now["contact"]), (&json!("City Clinic"), &json!("(032) 254 1000")));
    let here = &now["sites"][0];
    assert_eq!(
        (&here["here"], &here["code"]),
        (&json!(true), &site["code"]),
        "numbers go on under its letters"
    );
    let session = clinic.ok("session", json!({}));
    assert_eq!((told(&session), &session["time_zone"]), (names, &json!("Asia/Tokyo")));
}

#[test]
fn a_clinic_or_site_without_a_name_or_a_real_time_zone_is_refused_and_stays_as_it_was() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let seen = clinic.ok("clinic_and_sites", json!({}));
    let site = &seen["sites"][0];
    for (command, patch, code, field) in [
        ("edit_clinic", json!({"name": " "}), Code::Missing, "clinic"),
        ("edit_site", json!({"name": null}), Code::Missing, "site"),
        ("edit_site", json!({"time_zone": null}), Code::Missing, "time_zone"),
        ("edit_site", json!({"time_zone": "Mars/Olympus"}), Code::Invalid, "time_zone"),
        ("edit_site", json!({"name": "x".repeat(201)}), Code::Invalid, "site"),
        ("edit_clinic", json!({"address": "x".repeat(201)}), Code::Invalid, "address"),
    ] {
        let of = if command == "edit_clinic" { &seen } else { site };
        let refusal = clinic.refused(command, edit(of, patch));
        assert_eq!((refusal.code, &refusal.fields["field"]), (code, &json!(field)), "{command}");
    }
    // The letters of its numbers are given once.
    assert_eq!(clinic.refused("edit_site", edit(site, json!({"code": "NEW"}))).code, Code::WrongInput);
    clinic.seat(Role::Doctor);
    let mine = edit(&seen, json!({"name": "My Clinic"}));
    assert_eq!(clinic.refused("edit_clinic", mine).code, Code::NotPermitted);
    assert_eq!(clinic.ok("clinic_and_sites", json!({})), seen);
}
