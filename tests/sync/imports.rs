//! The same file taken in at two workstations that do not hear of each other.

use std::collections::BTreeMap;
use std::fs;

use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation};

#[test]
fn a_bundle_taken_in_at_two_workstations_is_there_once_and_clashes_with_nothing() {
    let file = "demo/bundles/Liz_Conn_27c911c6-f045-4ffa-af5d-6eba57ac94b2.json";
    let input = json!({"text": fs::read_to_string(tests::root().join(file)).unwrap(), "dry_run": false});
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Administrator);
    let written = [&mut one, &mut two].map(|desk| desk.clinic.ok("import_fhir", input.clone()));
    assert_eq!(written[0], written[1]);
    one.sync();
    two.sync();
    one.sync();
    let shown = [&mut one, &mut two].map(|desk| {
        assert_eq!(desk.status()["conflicts"], 0);
        assert_eq!(desk.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
        let again = desk.clinic.ok("import_fhir", input.clone());
        assert_eq!(again["already_here"], written[0]["records"]);
        desk.clinic.seat(Role::Doctor);
        let people = desk.find("conn");
        assert_eq!(people.len(), 1);
        let timeline = json!({"patient": people[0]["id"], "kinds": [], "before": null});
        let rows = desk.clinic.ok("timeline", timeline)["rows"].clone();
        let ids: Vec<Value> = rows.as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
        assert!(!ids.is_empty());
        ids
    });
    assert_eq!(shown[0], shown[1]);
}

#[test]
fn a_new_workstation_takes_in_all_of_a_clinic_that_fits_in_no_single_answer() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut bundles = 0;
    for file in fs::read_dir(tests::root().join("demo/bundles")).unwrap().flatten() {
        if file.path().extension().is_some_and(|end| end == "json") {
            let text = fs::read_to_string(file.path()).unwrap();
            one.clinic.ok("import_fhir", json!({"text": text, "dry_run": false}));
            bundles += 1;
        }
    }
    one.sync();
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Administrator);
    assert_eq!((&two.status()["patients"], bundles), (&json!(8), 8));
}

#[test]
fn a_large_file_and_a_step_nearly_too_large_to_send_arrive_at_the_other_workstation() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    let person = json!({"resourceType": "Patient", "id": "p", "name": [{"family": "Reyes"}]});
    let weighed = |number: usize| {
        json!({
            "resourceType": "Observation", "id": format!("o{number}"), "status": "final",
            "subject": {"reference": "Patient/p"}, "code": {"text": "weight"},
            "note": [{"text": "x".repeat(19_000)}],
        })
    };
    let resources = std::iter::once(person).chain((0..400).map(weighed));
    let entries: Vec<Value> = resources.map(|resource| json!({"resource": resource})).collect();
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string();
    let written = one.clinic.ok("import_fhir", json!({"text": bundle, "dry_run": false}));
    assert_eq!(written["records"], 401);
    one.clinic.seat(Role::Doctor);
    for contacts in [1, 10, 300] {
        let (patient, version) = one.clinic.register("Lito", "Salonga");
        let patch: BTreeMap<String, String> =
            (0..contacts).map(|number| (format!("contacts/{number}/value"), "x".repeat(20_000))).collect();
        one.clinic.ok("edit_patient", json!({"patient": patient, "version": version, "patch": patch}));
    }
    one.sync();
    assert_eq!(one.status()["waiting"], 0);
    two.clinic.seat(Role::Doctor);
    two.sync();
    assert_eq!(two.status()["patients"], 4);
    assert_eq!(two.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}
