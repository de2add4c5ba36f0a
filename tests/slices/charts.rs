//! The chart and its timeline.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::claims::{CLAIMS, Claim};
use tests::desk::{Clinic, text};

fn nurse() -> (Clinic, String) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    (clinic, patient)
}

#[test]
fn each_claim_is_added_changed_and_withdrawn_with_a_reason() {
    let (mut clinic, patient) = nurse();
    for Claim { kind, field: name, card, .. } in CLAIMS {
        let input = json!({"patient": patient, "details": {name: "first", "remarks": "as told"}});
        let added = clinic.ok(&format!("add_{kind}"), input);
        let edit = json!({"id": added["id"], "version": added["version"], "patch": {name: "second", "remarks": null}});
        let edited = clinic.ok(&format!("edit_{kind}"), edit);
        assert_eq!(edited["conflict"], false);
        let page = clinic.ok(card, json!({"patient": patient}));
        let claim = &page["rows"][0];
        assert_eq!(claim["version"], edited["version"]);
        assert_eq!(claim["details"], json!({name: "second", "patient": patient}));
        assert_eq!(clinic.ok(kind, json!({"id": added["id"]})), *claim);
        assert_eq!(clinic.ok("chart", json!({"patient": patient}))["counts"][kind], 1);
        let cleared = json!({"id": added["id"], "version": edited["version"], "patch": {name: null}});
        assert_eq!(clinic.refused(&format!("edit_{kind}"), cleared).fields["field"], name);
        let void = |reason: &str| json!({"id": added["id"], "version": edited["version"], "reason": reason});
        assert_eq!(clinic.refused(&format!("void_{kind}"), void("")).fields["field"], "reason");
        clinic.ok(&format!("void_{kind}"), void("entered in error"));
        let chart = clinic.ok("chart", json!({"patient": patient}));
        let page = clinic.ok(card, json!({"patient": patient}));
        assert_eq!((&page["rows"], chart["counts"].get(kind)), (&json!([]), None));
        assert_eq!(clinic.refused(kind, json!({"id": added["id"]})).code, Code::NotFound);
        assert_eq!(clinic.refused(&format!("void_{kind}"), void("again")).code, Code::NotFound);
    }
}

#[test]
fn what_a_relative_has_is_the_familys_and_nothing_else() {
    let (mut clinic, patient) = nurse();
    let said = |sort: Value| json!({"patient": patient, "details": {"name": "stroke", "sort": sort, "relative": "father"}});
    let refusal = clinic.refused("add_background", said(json!("illness")));
    assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Invalid, &json!("relative")));
    clinic.ok("add_background", said(json!("family")));
    clinic.ok("add_background", said(Value::Null));
    let rows = clinic.ok("backgrounds", json!({"patient": patient}))["rows"].clone();
    assert!(rows.as_array().unwrap().iter().all(|row| row["details"]["sort"] == "family"), "{rows}");
}

#[test]
fn a_chart_in_one_answer_reads_the_allergies_out_and_has_the_first_of_each_card() {
    let (mut clinic, patient) = nurse();
    let said = |details: Value| json!({"patient": patient, "details": details});
    clinic.ok("add_allergy", said(json!({"substance": "Penicillin", "reaction": "rash"})));
    clinic.ok("add_allergy", said(json!({"substance": "Latex"})));
    clinic.ok("add_problem", said(json!({"name": "asthma"})));
    let chart = clinic.ok("chart", json!({"patient": patient}));
    let mut words: Vec<String> =
        chart["banner"]["allergies"]["list"].as_array().unwrap().iter().map(text).collect();
    words.sort();
    assert_eq!(words, ["Latex", "Penicillin (rash)"]);
    assert_eq!(chart["problems"][0]["details"]["name"], "asthma");
    assert_eq!(chart["allergies"].as_array().map(Vec::len), Some(2));
}

#[test]
fn what_is_present_stands_before_what_is_over() {
    let (mut clinic, patient) = nurse();
    let add = |clinic: &mut Clinic, command: &str, details: Value| {
        clinic.ok(command, json!({"patient": patient, "details": details}));
    };
    add(&mut clinic, "add_problem", json!({"name": "fracture", "status": "resolved", "since": "2026-01"}));
    add(&mut clinic, "add_problem", json!({"name": "asthma", "status": "stable", "since": "2010"}));
    add(
        &mut clinic,
        "add_background",
        json!({"name": "appendectomy", "sort": "operation", "status": "past"}),
    );
    add(&mut clinic, "add_background", json!({"name": "smoking", "sort": "habit", "status": "never"}));
    add(&mut clinic, "add_medicine", json!({"name": "amoxicillin", "until": "2026-11-21"}));
    add(&mut clinic, "add_medicine", json!({"name": "salbutamol", "until": "2026-11-22"}));
    add(&mut clinic, "add_medicine", json!({"name": "ibuprofen", "status": "stopped"}));
    let mut named = |card: &str| -> Vec<(String, bool)> {
        let page = clinic.ok(card, json!({"patient": patient}));
        let claims = page["rows"].as_array().unwrap().iter();
        claims.map(|claim| (text(&claim["details"]["name"]), claim["past"] == true)).collect()
    };
    assert_eq!(named("problems"), [("asthma".to_owned(), false), ("fracture".to_owned(), true)]);
    assert!(named("backgrounds").iter().all(|(_, past)| !past), "a background is past, and still counts");
    assert_eq!(named("medicines")[0], ("salbutamol".to_owned(), false));
    assert!(named("medicines")[1..].iter().all(|(_, past)| *past));
}

#[test]
fn an_alert_stands_in_the_banner_for_everyone_until_its_day_has_passed() {
    let (mut clinic, patient) = nurse();
    for details in [
        json!({"text": "Falls", "act": "do not leave alone", "until": "2026-11-22"}),
        json!({"text": "Hits when frightened"}),
        json!({"text": "Chickenpox", "until": "2026-11-21"}),
    ] {
        clinic.ok("add_banner_alert", json!({"patient": patient, "details": details}));
    }
    let page = clinic.ok("banner_alerts", json!({"patient": patient}));
    assert_eq!((&page["now"], &page["past"]), (&json!(2), &json!(1)));
    for role in [Role::Doctor, Role::FrontDesk, Role::Pharmacist, Role::Auditor, Role::Administrator] {
        clinic.seat(role);
        let banner = clinic.ok("banner", json!({"patient": patient}));
        let mut said: Vec<(String, Value)> = banner["alerts"].as_array().unwrap().iter().map(alert).collect();
        said.sort_by(|(one, _), (other, _)| one.cmp(other));
        let falls = ("Falls".to_owned(), json!("do not leave alone"));
        assert_eq!(said, [falls, ("Hits when frightened".to_owned(), Value::Null)], "{role:?}");
    }
    clinic.seat(Role::FrontDesk);
    let details = json!({"patient": patient, "details": {"text": "Owes money"}});
    assert_eq!(clinic.refused("add_banner_alert", details).code, Code::NotPermitted);
}

fn alert(row: &Value) -> (String, Value) {
    (text(&row["text"]), row["act"].clone())
}

#[test]
fn a_chart_is_opened_once_however_often_and_by_whichever_part_it_is_read() {
    let (mut clinic, patient) = nurse();
    let (other, _) = clinic.register("Ana", "Reyes");
    let of = |patient: &str| json!({"patient": patient});
    let page = |patient: &str| json!({"patient": patient, "kinds": [], "before": null});
    for (command, input) in [
        ("chart", of(&patient)),
        ("timeline", page(&patient)),
        ("chart", of(&patient)),
        ("timeline", page(&other)),
        ("chart", of(&other)),
        ("chart", of(&patient)),
    ] {
        clinic.ok(command, input);
    }
    clinic.seat(Role::Nurse);
    clinic.ok("chart", of(&patient));
    clinic.seat(Role::Auditor);
    let looked = clinic.ok("who_looked", of(&patient));
    let rows = looked["rows"].as_array().unwrap();
    let opened: Vec<&Value> = rows.iter().filter(|row| row["action"] == "chart").collect();
    assert_eq!(opened.len(), 3, "{rows:#?}");
    assert!(opened.iter().all(|row| row["user"] == "Ana nurse" && row["outcome"] == "done"));
    let theirs = clinic.ok("who_looked", of(&other));
    assert_eq!(theirs["rows"].as_array().unwrap().iter().filter(|row| row["action"] == "chart").count(), 1);
}

fn pages(clinic: &mut Clinic, patient: &str, kinds: &Value) -> Vec<Value> {
    let mut pages = Vec::new();
    let mut before = Value::Null;
    loop {
        let page = clinic.ok("timeline", json!({"patient": patient, "kinds": kinds, "before": before}));
        before = page["next"].clone();
        pages.push(page);
        if before.is_null() {
            return pages;
        }
    }
}

#[test]
fn a_timeline_comes_in_pages_without_gap_or_repetition_latest_first() {
    let (mut clinic, patient) = nurse();
    for number in 0..95 {
        // Several stand at one moment.
        let since = format!("20{:02}-03-04", number / 4);
        let (command, name) =
            if number % 3 == 0 { ("add_medicine", "name") } else { ("add_problem", "name") };
        let details = json!({name: format!("number {number}"), "since": since});
        clinic.ok(command, json!({"patient": patient, "details": details}));
    }
    let all = pages(&mut clinic, &patient, &json!([]));
    assert!(all.len() >= 3);
    let rows: Vec<&Value> = all.iter().flat_map(|page| page["rows"].as_array().unwrap()).collect();
    let mut ids: Vec<String> = rows.iter().map(|row| text(&row["id"])).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((rows.len(), ids.len()), (95, 95));
    assert!(rows.is_sorted_by_key(|row| -row["at"].as_i64().unwrap()));
    assert_eq!(
        (&rows[0]["day"], &rows[0]["time"], &rows[0]["author"]),
        (&json!("2023-03-04"), &Value::Null, &json!("Ana nurse"))
    );
    let medicines: usize = pages(&mut clinic, &patient, &json!(["medicine"]))
        .iter()
        .map(|page| page["rows"].as_array().unwrap().len())
        .sum();
    assert_eq!(medicines, 32);
}

#[test]
fn a_field_takes_the_words_of_its_closed_set_alone_and_shows_what_came_from_elsewhere() {
    let (mut clinic, patient) = nurse();
    let said = |kind: &str, field: &str, word: &str| {
        let name = CLAIMS.into_iter().find(|known| known.kind == kind).unwrap().field;
        json!({"patient": patient, "details": {name: field, field: word}})
    };
    for (kind, field, right, wrong) in [
        ("problem", "side", "both", "middle"),
        ("problem", "certainty", "excluded", "provisional"),
        ("background", "sort", "family", "mother"),
        ("background", "status", "never", "absent"),
        ("allergy", "certainty", "suspected", "excluded"),
        ("allergy", "criticality", "high", "deadly"),
        ("medicine", "status", "stopped", "on-hold"),
        ("immunisation", "status", "not-done", "subpotent"),
    ] {
        let command = format!("add_{kind}");
        assert_eq!(clinic.refused(&command, said(kind, field, wrong)).code, Code::WrongInput, "{field}");
        clinic.ok(&command, said(kind, field, right));
    }
}

#[test]
fn a_card_comes_in_pages_without_gap_or_repetition_what_holds_first() {
    let (mut clinic, patient) = nurse();
    for number in 0..60 {
        let status = if number % 3 == 0 { "resolved" } else { "active" };
        let details =
            json!({"name": format!("number {number}"), "status": status, "remarks": "é".repeat(500)});
        clinic.ok("add_problem", json!({"patient": patient, "details": details}));
    }
    let mut rows: Vec<Value> = Vec::new();
    let mut after = Value::Null;
    let mut pages = 0;
    loop {
        let page = clinic.ok("problems", json!({"patient": patient, "after": after}));
        assert!(page.to_string().len() <= 32_768);
        assert_eq!((&page["now"], &page["past"]), (&json!(40), &json!(20)));
        rows.extend(page["rows"].as_array().unwrap().clone());
        pages += 1;
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert!(pages > 2, "{pages}");
    let mut ids: Vec<String> = rows.iter().map(|row| text(&row["id"])).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((rows.len(), ids.len()), (60, 60));
    assert!(rows.is_sorted_by_key(|row| row["past"] == true));
}

#[test]
fn a_long_record_stands_in_its_card_in_part_and_by_itself_whole() {
    let (mut clinic, patient) = nurse();
    let long = "é".repeat(9_000);
    let details = json!({"name": "cough", "remarks": long});
    let kept = clinic.ok("add_problem", json!({"patient": patient, "details": details}));
    let row = clinic.ok("problems", json!({"patient": patient}))["rows"][0].clone();
    assert_eq!((&row["shortened"], text(&row["details"]["remarks"]).chars().count()), (&json!(true), 201));
    let whole = clinic.ok("problem", json!({"id": kept["id"]}));
    assert_eq!((&whole["shortened"], &whole["details"]["remarks"]), (&json!(false), &json!(long)));
}

#[test]
fn a_page_of_a_timeline_stays_below_32_kilobytes_however_long_its_texts() {
    let (mut clinic, patient) = nurse();
    for length in [20_000, 9_000, 9_000, 9_000, 20_000, 10] {
        let details = json!({"name": "cough", "remarks": "é".repeat(length)});
        clinic.ok("add_problem", json!({"patient": patient, "details": details}));
    }
    let pages = pages(&mut clinic, &patient, &json!([]));
    let rows: usize = pages.iter().map(|page| page["rows"].as_array().unwrap().len()).sum();
    assert_eq!(rows, 6);
    for page in pages {
        assert!(page.to_string().len() <= 32_768, "{}", page.to_string().len());
    }
}
