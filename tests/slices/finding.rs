//! One box that finds people.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::desk::{Clinic, text};
use tests::people::{Typed, person};

fn found(clinic: &mut Clinic, typed: &str) -> Vec<String> {
    let found = clinic.ok("find_patients", json!({"text": typed}));
    found["people"].as_array().unwrap().iter().map(|person| text(&person["id"])).collect()
}

fn clinic_with(details: &[Value]) -> (Clinic, Vec<String>) {
    let mut clinic = Clinic::found();
    let ids = details
        .iter()
        .map(|details| text(&clinic.ok("register_patient", json!({"details": details}))["id"]))
        .collect();
    (clinic, ids)
}

fn gustavo() -> Value {
    json!({
        "family": "Mejía Núñez",
        "given": "Gustavo",
        "middle": "Álvaro",
        "known_as": "Tavo",
        "birth_date": "1999-07-14",
        "identifiers": {"1": {"system": "student", "value": "2019-104-883"}},
        "contacts": {"1": {"system": "phone", "value": "+63 917 555 0101"},
                     "2": {"system": "email", "value": "Gustavo@example.edu"}},
    })
}

#[test]
fn a_person_is_found_by_whatever_somebody_knows_of_them() {
    let others = [
        json!({"family": "Reyes", "given": "Ana", "birth_date": "1999-07-15"}),
        json!({"family": "Mendoza", "given": "Gus"}),
    ];
    let (mut clinic, ids) = clinic_with(&[gustavo(), others[0].clone(), others[1].clone()]);
    for typed in [
        "Gustavo Mejía",
        "gustavo mejia",
        "mejia gustavo",
        "MEJÍA, GUSTAVO",
        "nunez mejia",
        "mej gus",
        "gustabo mehia",
        "gusatvo",
        "gustvo mejia",
        "tavo",
        "alvaro mejia",
        "2019-104-883",
        "2019104883",
        "2019-104",
        "0917 555 0101",
        "9175550101",
        "5550101",
        "gustavo@example.edu",
        "14/7/1999",
        "1999-07-14",
        "gustavo 14 jul 1999",
        "mejia 14.07.1999",
    ] {
        assert_eq!(found(&mut clinic, typed).first(), Some(&ids[0]), "{typed}");
    }
    for typed in ["reyes 1999-07-14", "gustavo reyes", "zzz", "", "  ", "2020-104"] {
        assert!(!found(&mut clinic, typed).contains(&ids[0]), "{typed}");
    }
}

#[test]
fn a_withdrawn_registration_is_not_found_and_a_changed_name_only_by_the_new_one() {
    let (mut clinic, ids) = clinic_with(&[gustavo(), json!({"family": "Salonga", "given": "Lito"})]);
    let version = clinic.ok("patient", json!({"patient": ids[0]}))["version"].clone();
    clinic
        .ok("edit_patient", json!({"patient": ids[0], "version": version, "patch": {"family": "Tolentino"}}));
    assert_eq!(found(&mut clinic, "tolentino"), [ids[0].clone()]);
    assert_eq!(found(&mut clinic, "mejia"), [""; 0]);
    let version = clinic.ok("patient", json!({"patient": ids[1]}))["version"].clone();
    clinic.ok("void_patient", json!({"patient": ids[1], "version": version, "reason": "registered twice"}));
    assert_eq!(found(&mut clinic, "salonga"), [""; 0]);
}

#[test]
fn no_more_than_a_page_comes_however_many_fit() {
    let details: Vec<Value> =
        (0..25).map(|number| json!({"family": "Santos", "given": format!("Ana {number}")})).collect();
    let (mut clinic, _) = clinic_with(&details);
    assert_eq!(found(&mut clinic, "santos").len(), 20);
}

/// How sure each way to mistype finds its person among two thousand.
#[test]
fn nineteen_of_twenty_hurried_queries_have_the_person_among_the_first_five() {
    const PEOPLE: u64 = 2_000;
    const QUERIES: u64 = 500;
    let mut clinic = Clinic::found();
    let ids: Vec<String> = (0..PEOPLE)
        .map(|number| {
            text(&clinic.ok("register_patient", json!({"details": person(number).details()}))["id"])
        })
        .collect();
    let mut missed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for query in 0..QUERIES {
        let number = query * 7919 % PEOPLE;
        let how = Typed::ALL[usize::try_from(query).unwrap() % Typed::ALL.len()];
        let typed = person(number).typed(how);
        let found = found(&mut clinic, &typed);
        if !found.iter().take(5).any(|id| *id == ids[usize::try_from(number).unwrap()]) {
            missed.entry(format!("{how:?}")).or_default().push(typed);
        }
    }
    let misses: usize = missed.values().map(Vec::len).sum();
    assert!(misses * 20 <= usize::try_from(QUERIES).unwrap(), "{misses} of {QUERIES}: {missed:#?}");
}
