//! The warning of a second registration.

use serde_json::{Value, json};
use tests::desk::{Clinic, text};

fn similar(clinic: &mut Clinic, details: Value) -> Vec<(String, Vec<String>)> {
    let similar = clinic.ok("similar_patients", json!({"details": details}));
    let people = similar["people"].as_array().unwrap().iter();
    people
        .map(|alike| {
            let reasons = alike["likeness"]["reasons"].as_array().unwrap().iter().map(text).collect();
            (text(&alike["person"]["id"]), reasons)
        })
        .collect()
}

#[test]
fn the_person_being_typed_is_recognised_before_they_are_registered_again() {
    let mut clinic = Clinic::found();
    let registered = json!({"details": {
        "family": "Gulgowski", "given": "Edward", "birth_date": "1970-03-02",
        "identifiers": {"1": {"system": "student", "value": "2019-104-883"}},
        "contacts": {"1": {"system": "phone", "value": "0917 555 0101"}},
    }});
    let id = text(&clinic.ok("register_patient", registered)["id"]);
    let is =
        |reasons: &[&str]| vec![(id.clone(), reasons.iter().map(ToString::to_string).collect::<Vec<_>>())];
    let person =
        |family: &str, given: &str, born: &str| json!({"family": family, "given": given, "birth_date": born});
    assert_eq!(
        similar(&mut clinic, person("Gulgowski", "Edward", "1970-03-02")),
        is(&["names", "birth_date"])
    );
    assert_eq!(
        similar(&mut clinic, person("Edward", "Gulgowski", "1970-03-02")),
        is(&["names", "birth_date"])
    );
    assert_eq!(
        similar(&mut clinic, person("Gulgovski", "Edvard", "1970-03-02")),
        is(&["similar_names", "birth_date"])
    );
    assert_eq!(
        similar(&mut clinic, person("Gulgowski", "Edward", "1970-02-03")),
        is(&["names", "similar_birth_date"])
    );
    let number = json!({"identifiers": {"9": {"system": "student", "value": "2019104883"}}});
    assert_eq!(similar(&mut clinic, number), is(&["identifier"]));
    for other in [
        person("Gulgowski", "Anna", "1985-06-06"),
        person("Reyes", "Edward", "1970-03-02"),
        json!({"family": "G"}),
        json!({}),
    ] {
        assert_eq!(similar(&mut clinic, other.clone()), [], "{other}");
    }
}

#[test]
fn five_people_at_most_are_shown_the_most_alike_first() {
    let mut clinic = Clinic::found();
    for day in 1..=7 {
        let details = json!({"family": "Santos", "given": "Ana", "birth_date": format!("1999-07-0{day}")});
        clinic.ok("register_patient", json!({"details": details}));
    }
    let typed = json!({"family": "Santos", "given": "Ana", "birth_date": "1999-07-04"});
    let similar = clinic.ok("similar_patients", json!({"details": typed}));
    let people = similar["people"].as_array().unwrap();
    assert_eq!(people.len(), 5);
    assert_eq!(people[0]["person"]["birth_date"], "1999-07-04");
}
