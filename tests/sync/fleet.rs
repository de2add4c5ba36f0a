//! A clinic whose workstations were not all brought up to date: one speaks protocol 1, the other protocol 2, and people
//! read the same at both.

use crypto::{Secret, SigningKey};
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::open_store;

use crate::world::{Server, Workstation, text};

/// The key with which the workstation signs.
fn key(workstation: &mut Workstation) -> SigningKey {
    workstation.clinic.stop();
    let (mut store, ..) = open_store(&workstation.clinic);
    let seed = store.act().unwrap().local("workstation_key").unwrap().unwrap();
    drop(store);
    workstation.clinic.restart();
    SigningKey::from_seed(Secret::from_slice(&seed).unwrap())
}

/// What stands in the chart, without the places in this workstation's own log.
fn read(workstation: &mut Workstation, patient: &str) -> Value {
    let of = json!({"patient": patient});
    let mut all = json!({
        "banner": workstation.clinic.ok("banner", of.clone()),
        "allergies": workstation.clinic.ok("allergies", of.clone())["rows"],
        "timeline": workstation.clinic.ok("timeline", json!({"patient": patient, "kinds": []}))["rows"],
        "conflicts": workstation.status()["conflicts"],
    });
    without_versions(&mut all);
    all
}

fn without_versions(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("version");
            members.values_mut().for_each(without_versions);
        }
        Value::Array(items) => items.iter_mut().for_each(without_versions),
        _ => {}
    }
}

fn phone(workstation: &mut Workstation, patient: &str, given: &str) {
    let seen = workstation.clinic.ok("patient", json!({"patient": patient}));
    let patch = json!({"given": given});
    workstation
        .clinic
        .ok("edit_patient", json!({"patient": patient, "version": seen["version"], "patch": patch}));
}

#[test]
fn workstations_of_both_protocols_share_their_records_and_people_read_the_same_at_each() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    let old = key(&mut one);
    one.line.speak_older(Some((old, server.key())));
    one.clinic.seat(Role::Doctor);
    two.clinic.seat(Role::Nurse);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    one.sync();
    two.sync();
    // Both work without a network, and disagree about a name.
    for (workstation, substance, given) in [(&mut one, "Penicillin", "Gustav"), (&mut two, "Latex", "Gus")] {
        workstation.line.cut(true);
        let details = json!({"substance": substance, "severity": "severe"});
        workstation.clinic.ok("add_allergy", json!({"patient": patient, "details": details}));
        phone(workstation, &patient, given);
        workstation.line.cut(false);
    }
    for _ in 0..2 {
        one.sync();
        two.sync();
    }
    let (mine, theirs) = (read(&mut one, &patient), read(&mut two, &patient));
    assert_eq!(mine, theirs);
    assert_eq!((mine["allergies"].as_array().map(Vec::len), &mine["conflicts"]), (Some(2), &json!(1)));
    for workstation in [&mut one, &mut two] {
        let status = workstation.status();
        assert_eq!(
            (&status["waiting"], &status["trouble"], &status["refused"]),
            (&json!(0), &Value::Null, &json!(0))
        );
        assert_eq!(workstation.report()["receipt"]["entries"], status["received"]);
    }
    // The older one is brought up to date: nothing is read or sent anew.
    one.line.speak_older(None);
    let synced = one.sync();
    assert_eq!((synced.rounds, synced.applied), (1, 0));
    assert_eq!(read(&mut one, &patient), theirs);
    assert_eq!(text(&one.find("mejia")[0]["id"]), patient);
}
