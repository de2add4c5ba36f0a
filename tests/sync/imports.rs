//! The same file taken in at two workstations that do not hear of each other.

use std::collections::BTreeMap;
use std::fs;

use app::Code;
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

/// A clinic's two workstations, each of which took in its own telling of one record of one person, and then synced; a
/// doctor sits at the first.
fn told_twice(tellings: [&Value; 2]) -> (Server, Workstation, Workstation) {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Administrator);
    for (desk, told) in [&mut one, &mut two].into_iter().zip(tellings) {
        let person = json!({"resourceType": "Patient", "id": "p", "name": [{"family": "Reyes"}]});
        let entries = json!([{"resource": person}, {"resource": told}]);
        let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string();
        desk.clinic.ok("import_fhir", json!({"text": bundle, "dry_run": false}));
    }
    one.sync();
    two.sync();
    one.sync();
    one.clinic.seat(Role::Doctor);
    (server, one, two)
}

fn cards(desk: &mut Workstation) -> Vec<Value> {
    desk.clinic.ok("conflicts", json!({"before": null}))["cards"].as_array().unwrap().clone()
}

#[test]
fn what_two_imports_say_differently_cannot_be_chosen_and_is_withdrawn_for_a_reason() {
    let weight = |amount: f64| {
        json!({
            "resourceType": "Observation", "id": "o", "status": "final", "subject": {"reference": "Patient/p"},
            "code": {"text": "weight"}, "valueQuantity": {"value": amount, "unit": "kg"},
        })
    };
    let (_server, mut one, mut two) = told_twice([&weight(61.5), &weight(65.1)]);
    let card = cards(&mut one).into_iter().find(|card| card["path"] == "quantity").unwrap();
    assert_eq!((&card["kind"], &card["settling"]), (&json!("observation"), &json!("withdrawal")));
    let chart = json!({"patient": card["person"]["id"], "cards": false});
    let disputed = one.clinic.ok("chart", chart.clone())["disputed"].clone();
    assert_eq!((&disputed[0]["id"], &disputed[0]["fact"]["kind"]), (&card["record"], &json!("observation")));
    assert!(disputed[0]["fields"].as_array().unwrap().contains(&json!("quantity")), "{disputed}");
    let choose =
        json!({"record": card["record"], "conflict": card["id"], "version": card["version"], "choice": 0});
    assert_eq!(one.clinic.refused("resolve_conflict", choose).code, Code::WrittenOnce);
    let withdraw = |reason: &str| json!({"id": card["record"], "version": card["version"], "reason": reason});
    assert_eq!(one.clinic.refused("withdraw_disputed", withdraw(" ")).fields["field"], "reason");
    one.clinic.ok("withdraw_disputed", withdraw("the laboratory sent it twice"));
    assert_eq!(one.clinic.refused("withdraw_disputed", withdraw("again")).code, Code::NotFound);
    one.sync();
    two.sync();
    two.clinic.seat(Role::Doctor);
    for desk in [&mut one, &mut two] {
        assert_eq!(desk.status()["conflicts"], 0);
        assert_eq!(desk.clinic.ok("chart", chart.clone())["disputed"], json!([]));
    }
}

#[test]
fn a_visit_that_two_imports_tell_differently_is_withdrawn_unless_somebody_wrote_in_it_here() {
    let visit = |why: &str| {
        json!({
            "resourceType": "Encounter", "id": "v", "status": "finished", "subject": {"reference": "Patient/p"},
            "class": {"code": "AMB"}, "reasonCode": [{"text": why}],
            "period": {"start": "2026-03-02T09:00:00+08:00", "end": "2026-03-02T09:30:00+08:00"},
        })
    };
    let (_server, mut one, mut two) = told_twice([&visit("cough"), &visit("fever")]);
    let card = cards(&mut one).remove(0);
    assert_eq!(
        [&card["kind"], &card["path"], &card["settling"]],
        [&json!("visit"), &json!("reason"), &json!("withdrawal")]
    );
    let withdraw = json!({"id": card["record"], "version": card["version"], "reason": "told twice"});
    let note = |concern: &str| json!({"visit": card["record"], "details": {"concern": concern}});
    let written = one.clinic.ok("save_note", note("a cough since Monday"));
    assert_eq!(cards(&mut one).remove(0)["settling"], "nothing", "the note is in it");
    assert_eq!(one.clinic.refused("withdraw_disputed", withdraw.clone()).code, Code::IllegalMove);
    let mistaken = json!({"id": written["id"], "version": written["version"], "reason": "of another visit"});
    one.clinic.ok("void_note", mistaken);
    one.clinic.ok("withdraw_disputed", withdraw);
    one.sync();
    two.sync();
    two.clinic.seat(Role::Doctor);
    for desk in [&mut one, &mut two] {
        assert_eq!((&desk.status()["conflicts"], cards(desk)), (&json!(0), Vec::new()));
        assert_eq!(desk.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    }
}

#[test]
fn two_imports_that_differ_in_what_nobody_sees_differ_in_nothing_that_anybody_has_to_settle() {
    let problem = |version: &str| {
        json!({
            "resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"},
            "code": {"text": "asthma"}, "meta": {"versionId": version},
        })
    };
    let (_server, mut one, _two) = told_twice([&problem("1"), &problem("2")]);
    assert_eq!((&one.status()["conflicts"], cards(&mut one)), (&json!(0), Vec::new()));
    let patient = one.find("reyes").remove(0)["id"].clone();
    let known = one.clinic.ok("problems", json!({"patient": patient}))["rows"][0].clone();
    assert_eq!(known["disputed"], json!([]));
    let edit = json!({"id": known["id"], "version": known["version"], "patch": {"side": "left"}});
    assert_eq!(one.clinic.ok("edit_problem", edit)["conflict"], false);
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
