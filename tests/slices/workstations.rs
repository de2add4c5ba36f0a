//! The clinic's workstations and what sync says of itself, where there is no server.

use app::Code;
use domain::access::Role;
use serde_json::json;
use tests::desk::Clinic;

#[test]
fn the_first_workstation_is_listed_with_its_site_as_this_one() {
    let mut clinic = Clinic::found();
    let listed = clinic.ok("workstations", json!({}));
    assert!(listed["server"].is_null());
    let rows = listed["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!([&row["site"], &row["name"]], [&json!("Main Campus"), &json!("1")]);
    assert_eq!([&row["this"], &row["active"]], [&json!(true), &json!(true)]);
    assert!(row["heard"].as_str().unwrap().starts_with("2026-11-22T10:31"));
}

#[test]
fn a_workstation_does_not_end_itself_and_what_is_no_workstation_cannot_be_ended() {
    let mut clinic = Clinic::found();
    let row = clinic.ok("workstations", json!({}))["rows"][0].clone();
    let end = json!({"workstation": row["id"], "version": row["version"]});
    let refused = clinic.refused("revoke_workstation", end);
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Invalid, &json!("workstation")));
    let (patient, version) = clinic.register("Lito", "Salonga");
    let refused = clinic.refused("revoke_workstation", json!({"workstation": patient, "version": version}));
    assert_eq!(refused.code, Code::NotFound);
}

#[test]
fn without_a_server_nothing_is_sent_now_and_all_that_waits_is_told_by_kind() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    assert_eq!(clinic.refused("send_now", json!({})).code, Code::NotAttached);
    let before = clinic.ok("sync_report", json!({}));
    clinic.register("Lito", "Salonga");
    clinic.register("Ana", "Lim");
    let report = clinic.ok("sync_report", json!({}));
    let of = |report: &serde_json::Value, kind: &str| {
        let kinds = report["waiting"].as_array().unwrap().clone();
        kinds
            .iter()
            .find(|waiting| waiting["kind"] == kind)
            .map_or(0, |found| found["count"].as_u64().unwrap())
    };
    assert_eq!((of(&before, "patient"), of(&report, "patient")), (0, 2));
    let sum: u64 =
        report["waiting"].as_array().unwrap().iter().map(|kind| kind["count"].as_u64().unwrap()).sum();
    let status = clinic.ok("status", json!({}));
    assert_eq!(status["waiting"], json!(sum));
    assert_eq!(
        [&status["received"], &status["applied"], &status["refused"]],
        [&json!(0), &json!(0), &json!(0)]
    );
    assert!(report["receipt"].is_null() && report["server"].is_null() && status["trouble"].is_null());
}

#[test]
fn what_was_never_refused_cannot_be_set_aside() {
    let mut clinic = Clinic::found();
    assert_eq!(clinic.refused("set_aside", json!({"id": 1})).code, Code::NotFound);
}
