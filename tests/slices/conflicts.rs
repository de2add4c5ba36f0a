//! Two people who did not see each other's edit.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

/// Two edits of one version: the front desk's and the doctor's.
fn clash(clinic: &mut Clinic, field: &str, values: [Value; 2]) -> (String, Value) {
    clinic.seat(Role::FrontDesk);
    let details = json!({"family": "Salonga", "given": "Lito", "birth_date": "1999-07-14"});
    let kept = clinic.ok("register_patient", json!({"details": details}));
    let edit =
        |value: &Value| json!({"patient": kept["id"], "version": kept["version"], "patch": {field: value}});
    assert_eq!(clinic.ok("edit_patient", edit(&values[0]))["conflict"], false);
    clinic.time.pass(60);
    clinic.seat(Role::Doctor);
    (text(&kept["id"]), clinic.ok("edit_patient", edit(&values[1])))
}

fn cards(clinic: &mut Clinic) -> Vec<Value> {
    clinic.ok("conflicts", json!({"before": null}))["cards"].as_array().unwrap().clone()
}

#[test]
fn two_birth_dates_show_the_last_agreed_one_until_somebody_settles_it() {
    let mut clinic = Clinic::staffed();
    let (patient, kept) = clash(&mut clinic, "birth_date", [json!("1999-07-15"), json!("1999-07-16")]);
    assert_eq!(kept["conflict"], true);
    let banner = clinic.ok("banner", json!({"patient": patient}));
    assert_eq!(
        (&banner["person"]["birth_date"], &banner["disputed"]),
        (&json!("1999-07-14"), &json!(["birth_date"]))
    );
    assert_eq!(clinic.ok("status", json!({}))["conflicts"], 1);
    let card = cards(&mut clinic).remove(0);
    assert_eq!(
        (&card["path"], &card["clash"], &card["shown"]),
        (&json!("birth_date"), &json!("values"), &json!("1999-07-14"))
    );
    assert_eq!(card["person"]["family"], "Salonga");
    let sides: Vec<(String, String)> = card["sides"]
        .as_array()
        .unwrap()
        .iter()
        .map(|side| (text(&side["author"]), text(&side["value"])))
        .collect();
    let side = |who: &str, value: &str| (who.to_owned(), value.to_owned());
    assert_eq!(sides, [side("Ana front desk", "1999-07-15"), side("Ana doctor", "1999-07-16")]);
    clinic.seat(Role::Nurse);
    let settle = json!({"record": card["record"], "conflict": card["id"], "version": card["version"], "choice": card["sides"][0]["choice"]});
    assert_eq!(clinic.ok("resolve_conflict", settle.clone())["conflict"], false);
    let details = clinic.ok("patient", json!({"patient": patient}));
    assert_eq!((&details["details"]["birth_date"], &details["disputed"]), (&json!("1999-07-15"), &json!([])));
    assert_eq!(cards(&mut clinic), [Value::Null; 0]);
    clinic.seat(Role::Auditor);
    let trail = clinic.trail();
    let settled = trail.iter().find(|row| row["action"] == "resolve_conflict").unwrap();
    assert_eq!(
        (&settled["user"], &settled["patient"], &settled["outcome"]),
        (&json!("Ana nurse"), &json!(patient), &json!("done"))
    );
}

#[test]
fn an_ordinary_field_shows_the_later_edit_and_keeps_both() {
    let mut clinic = Clinic::staffed();
    let (patient, kept) = clash(&mut clinic, "course", [json!("BS Biology"), json!("BS Nursing")]);
    assert_eq!(kept["conflict"], true);
    assert_eq!(clinic.ok("patient", json!({"patient": patient}))["details"]["course"], "BS Nursing");
    assert_eq!(cards(&mut clinic)[0]["sides"].as_array().unwrap().len(), 2);
}

#[test]
fn edits_of_different_fields_or_to_the_same_value_are_no_clash() {
    let mut clinic = Clinic::staffed();
    let (_, kept) = clash(&mut clinic, "birth_date", [json!("1999-07-15"), json!("1999-07-15")]);
    assert_eq!(kept["conflict"], false);
    let (patient, version) = clinic.register("Ana", "Reyes");
    for patch in [
        json!({"family": "Cruz"}),
        json!({"course": "BS Biology"}),
        json!({"contacts/1/value": "1"}),
        json!({"contacts/2/value": "2"}),
    ] {
        let edit = json!({"patient": patient, "version": version, "patch": patch});
        assert_eq!(clinic.ok("edit_patient", edit)["conflict"], false);
    }
}

#[test]
fn a_claim_edited_by_one_and_withdrawn_by_another_stays_and_a_person_decides() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    for (choice, left) in [("the withdrawal", 0), ("the edit", 1)] {
        let added =
            clinic.ok("add_allergy", json!({"patient": patient, "details": {"substance": "Penicillin"}}));
        let edit = json!({"id": added["id"], "version": added["version"], "patch": {"reaction": "rash"}});
        clinic.ok("edit_allergy", edit);
        let void = json!({"id": added["id"], "version": added["version"], "reason": "entered in error"});
        assert_eq!(clinic.ok("void_allergy", void)["conflict"], true);
        let known = clinic.ok("allergies", json!({"patient": patient}))["rows"].clone();
        assert_eq!((known.as_array().unwrap().len(), &known[0]["disputed"]), (1, &json!([""])));
        let card = cards(&mut clinic).remove(0);
        assert_eq!(card["clash"], "removal");
        // The edit came first.
        let side = &card["sides"][usize::from(choice == "the withdrawal")];
        let settle = json!({"record": card["record"], "conflict": card["id"], "version": card["version"], "choice": side["choice"]});
        clinic.ok("resolve_conflict", settle);
        let known = clinic.ok("allergies", json!({"patient": patient}));
        assert_eq!(known["rows"].as_array().unwrap().len(), left, "{choice}");
        assert_eq!(cards(&mut clinic), [Value::Null; 0], "{choice}");
    }
}

#[test]
fn a_clash_that_is_none_any_more_or_a_side_that_is_none_is_refused() {
    let mut clinic = Clinic::staffed();
    let (patient, _) = clash(&mut clinic, "family", [json!("Cruz"), json!("Reyes")]);
    let card = cards(&mut clinic).remove(0);
    let settle = |conflict: &Value, choice: u32| json!({"record": patient, "conflict": conflict, "version": card["version"], "choice": choice});
    assert_eq!(clinic.refused("resolve_conflict", settle(&card["id"], 2)).fields["field"], "choice");
    assert_eq!(clinic.refused("resolve_conflict", settle(&json!(patient), 0)).code, Code::NotFound);
    clinic.ok("resolve_conflict", settle(&card["id"], 0));
}

#[test]
fn who_may_not_see_a_chart_neither_sees_nor_settles_its_clashes() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let added = clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "asthma"}}));
    for name in ["HIV", "syphilis"] {
        let edit = json!({"id": added["id"], "version": added["version"], "patch": {"name": name}});
        clinic.ok("edit_problem", edit);
    }
    let card = cards(&mut clinic).remove(0);
    let settle =
        json!({"record": card["record"], "conflict": card["id"], "version": card["version"], "choice": 0});
    for role in [Role::Administrator, Role::FrontDesk] {
        clinic.seat(role);
        assert_eq!(cards(&mut clinic), [Value::Null; 0]);
        assert_eq!(clinic.refused("resolve_conflict", settle.clone()).code, Code::NotPermitted);
    }
}

#[test]
fn a_chart_counts_the_disputes_that_it_has_no_room_for() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    for number in 0..40 {
        let details = json!({"name": format!("asthma {number} {}", "x".repeat(150))});
        let added = clinic.ok("add_problem", json!({"patient": patient, "details": details}));
        for side in ["left", "right"] {
            let edit = json!({"id": added["id"], "version": added["version"], "patch": {"side": side}});
            clinic.ok("edit_problem", edit);
        }
    }
    let chart = clinic.ok("chart", json!({"patient": patient, "cards": false}));
    let shown = chart["disputed"].as_array().unwrap().len() as u64;
    assert!((1..40).contains(&shown), "{shown}");
    assert_eq!(shown + chart["more_disputed"].as_u64().unwrap(), 40);
}

#[test]
fn conflicts_come_in_pages_of_32_kb_each_of_them_once_with_the_beginning_of_a_long_text() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::FrontDesk);
    let mut expected = Vec::new();
    for number in 0..60 {
        let details = json!({"family": format!("Salonga {number}"), "given": "Lito"});
        let kept = clinic.ok("register_patient", json!({"details": details}));
        for (field, one, other) in [("family", "á", "é"), ("religion", "í", "ó")] {
            for text in [one, other] {
                let patch = json!({field: text.repeat(1_500)});
                let edit = json!({"patient": kept["id"], "version": kept["version"], "patch": patch});
                clinic.seat(if text == one { Role::FrontDesk } else { Role::Doctor });
                clinic.ok("edit_patient", edit);
            }
            expected.push((text(&kept["id"]), field.to_owned()));
        }
    }
    clinic.seat(Role::Doctor);
    let (mut seen, mut pages, mut before) = (Vec::new(), 0, Value::Null);
    loop {
        let page = clinic.ok("conflicts", json!({"before": before}));
        assert!(page.to_string().len() <= 32_768, "{}", page.to_string().len());
        for card in page["cards"].as_array().unwrap() {
            seen.push((text(&card["record"]), text(&card["path"])));
            let side = &card["sides"][0];
            assert_eq!(
                (side["shortened"].as_bool(), text(&side["value"]).chars().count()),
                (Some(true), 1_001)
            );
        }
        pages += 1;
        before = page["next"].clone();
        if before.is_null() {
            break;
        }
    }
    assert!(pages > 5, "{pages}");
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected);
    assert_eq!(clinic.ok("status", json!({}))["conflicts"], 60);
}
