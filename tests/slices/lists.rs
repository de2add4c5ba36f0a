//! The registrar's list: looked at first, taken in once, and nothing dropped, invented or overridden without a word.

use std::collections::BTreeMap;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;
use tests::lists::{counts, covers, list_of, look, looked, open, reading, rows, take};

const HEAD: &str = "Student No.,Last Name,First Name,Birthdate,Sex,Course,Year,Mobile No.\n";

/// A clinic with its administrator at the desk, who may take in lists.
fn clinic() -> Clinic {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    clinic
}

fn patients(clinic: &mut Clinic) -> u64 {
    clinic.ok("status", json!({}))["patients"].as_u64().unwrap()
}

fn waiting(clinic: &mut Clinic) -> Value {
    clinic.ok("status", json!({}))["waiting"].clone()
}

fn of(list: &[(&str, u64)]) -> BTreeMap<String, u64> {
    list.iter().map(|(outcome, count)| ((*outcome).to_owned(), *count)).collect()
}

fn settle(clinic: &mut Clinic, held: &Value, row: &Value, choice: &str, person: &Value) -> Value {
    clinic
        .ok("settle_row", json!({"list": held["id"], "row": row["row"], "choice": choice, "person": person}))
}

/// What the doctor sees of the one person who is found by `text`: details and the enrolments on the card.
fn seen(clinic: &mut Clinic, text: &str) -> (Value, Vec<Value>) {
    clinic.seat(Role::Doctor);
    let people = clinic.ok("find_patients", json!({"text": text}))["people"].as_array().unwrap().clone();
    assert_eq!(people.len(), 1, "{text}: {people:?}");
    let patient = clinic.ok("patient", json!({"patient": people[0]["id"]}));
    let card = clinic.ok("enrolments", json!({"patient": people[0]["id"]}));
    let enrolments = card["rows"].as_array().unwrap().iter().map(|row| row["details"].clone()).collect();
    clinic.seat(Role::Administrator);
    (patient, enrolments)
}

#[test]
fn looking_writes_nothing_and_a_list_taken_in_twice_and_killed_once_is_there_once() {
    let mut clinic = clinic();
    let list = list_of(1, 450, "1");
    let held = looked(&mut clinic, &list, "2026-2027");
    assert_eq!(counts(&held), of(&[("new", 450)]));
    assert_eq!((patients(&mut clinic), &held["stage"], &held["due"]), (0, &json!("looked"), &json!(450)));
    let before = waiting(&mut clinic);
    let some = clinic.ok("apply_list", json!({"list": held["id"], "left": null}));
    assert_eq!((&some["stage"], &some["due"]), (&json!("applying"), &json!(250)));
    clinic.stop();
    clinic.restart();
    clinic.seat(Role::Administrator);
    let in_hand = clinic.ok("list_in_hand", json!({}))["list"].clone();
    assert_eq!(
        (&in_hand["id"], &in_hand["stage"], &in_hand["due"]),
        (&held["id"], &some["stage"], &some["due"])
    );
    let done = take(&mut clinic, &in_hand, Value::Null);
    assert_eq!((counts(&done), &done["due"]), (of(&[("new", 450)]), &json!(0)));
    assert_eq!(patients(&mut clinic), 450);
    assert_ne!(waiting(&mut clinic), before);
    // The same file, and the same people in another file.
    for text in [list.clone(), list.replace("Course", "Program")] {
        let again = looked(&mut clinic, text, "2026-27");
        assert_eq!(counts(&again), of(&[("returning", 450)]));
        let run = waiting(&mut clinic);
        let taken = take(&mut clinic, &again, Value::Null);
        assert_eq!(counts(&taken), of(&[("returning", 450)]));
        // Its own record, and nothing of a person.
        assert!(waiting(&mut clinic).as_u64().unwrap() - run.as_u64().unwrap() <= 2);
    }
    assert_eq!(patients(&mut clinic), 450);
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn a_person_has_what_the_list_says_and_next_years_list_adds_an_enrolment() {
    let mut clinic = clinic();
    let row = "2026-00001,Peña,Ana Luz,14/7/2004,F,BS Nursing,2,0917 555 0101\n";
    let held = looked(&mut clinic, format!("{HEAD}{row}"), "2026-2027");
    take(&mut clinic, &held, Value::Null);
    let next = looked(&mut clinic, format!("{HEAD}{}", row.replace(",2,", ",3,")), "2027-2028");
    assert_eq!(counts(&next), of(&[("returning", 1)]), "another year is no change");
    take(&mut clinic, &next, Value::Null);
    let (person, enrolments) = seen(&mut clinic, "2026-00001");
    let details = &person["details"];
    let shown = ["family", "given", "birth_date", "sex", "course", "year_level", "category"]
        .map(|name| &details[name]);
    assert_eq!(
        json!(shown),
        json!(["Peña", "Ana Luz", "2004-07-14", "female", "BS Nursing", "3", "student"])
    );
    let years: Vec<_> =
        enrolments.iter().map(|one| (&one["school_year"], &one["year"], &one["status"])).collect();
    assert!(years.contains(&(&json!("2026-2027"), &json!("2"), &json!("enrolled"))), "{years:?}");
    assert!(years.contains(&(&json!("2027-2028"), &json!("3"), &json!("enrolled"))), "{years:?}");
}

#[test]
fn columns_are_mapped_once_and_known_by_their_header_from_then_on() {
    let mut clinic = clinic();
    let text = |year: &str| format!("Code,Blg,Sino\nx,2026-1,\"Peña, Ana {year}\"\n");
    let held = open(&mut clinic, text("A"));
    assert_eq!(held["remembered"], json!(false));
    let mut with = reading(&held, &covers("2026-2027"));
    with["columns"] = json!([null, "number", "name"]);
    let held = look(&mut clinic, &held, with);
    take(&mut clinic, &held, Value::Null);
    let again = open(&mut clinic, text("B").replace("Code", "CODE "));
    let means: Vec<&Value> =
        again["columns"].as_array().unwrap().iter().map(|column| &column["means"]).collect();
    assert_eq!((&again["remembered"], json!(means)), (&json!(true), json!([null, "number", "name"])));
}

#[test]
fn what_the_list_says_otherwise_is_shown_and_kept_here_where_somebody_says_so() {
    let mut clinic = clinic();
    let row = |number: &str, given: &str| format!("2026-{number},Peña,{given},14/7/2004,F,BSN,1,\n");
    let first = format!("{HEAD}{}{}", row("1", "Ana"), row("2", "Benigno"));
    let held = looked(&mut clinic, first, "2026-2027");
    take(&mut clinic, &held, Value::Null);
    for (number, family) in [("2026-1", "Santos"), ("2026-2", "Reyes")] {
        let (person, _) = seen(&mut clinic, number);
        let edit =
            json!({"patient": person["id"], "version": person["version"], "patch": {"family": family}});
        clinic.seat(Role::FrontDesk);
        clinic.ok("edit_patient", edit);
        clinic.seat(Role::Administrator);
    }
    let second = format!("{HEAD}{}{}", row("1", "Ana"), row("2", "Benigno"));
    let held = looked(&mut clinic, format!("{second}\n"), "2026-2027");
    let changed = rows(&mut clinic, &held, "changed");
    let change = json!([{"what": "family", "here": "Santos", "list": "Peña"}]);
    assert_eq!((changed.len(), &changed[0]["changes"]), (2, &change));
    settle(&mut clinic, &held, &changed[0], "keep", &Value::Null);
    take(&mut clinic, &held, Value::Null);
    assert_eq!(seen(&mut clinic, "2026-1").0["details"]["family"], "Santos");
    assert_eq!(
        seen(&mut clinic, "2026-2").0["details"]["family"],
        "Reyes",
        "a name that stands here is kept"
    );
    let held = looked(&mut clinic, format!("{second}\n\n"), "2026-2027");
    let changed = rows(&mut clinic, &held, "changed");
    settle(&mut clinic, &held, &changed[0], "take", &Value::Null);
    take(&mut clinic, &held, Value::Null);
    assert_eq!(seen(&mut clinic, "2026-1").0["details"]["family"], "Peña");
}

/// Whose family name stands here by number, in the order of `numbers`.
fn families(clinic: &mut Clinic, numbers: &[&str]) -> Vec<Value> {
    numbers.iter().map(|number| seen(clinic, number).0["details"]["family"].clone()).collect()
}

#[test]
fn all_that_a_list_says_otherwise_is_kept_or_taken_at_once_by_its_count_and_what_was_left_out_stays_so() {
    let mut clinic = clinic();
    let numbers = ["2026-1", "2026-2", "2026-3", "2026-4", "2026-5"];
    let list = |families: [&str; 3]| {
        let row =
            |(at, family): (usize, &str)| format!("{},{family},Ana,{at}/7/2004,F,BSN,1,\n", numbers[at - 1]);
        let rows: String = (1..).zip(families).map(row).collect();
        format!("{HEAD}{rows}")
    };
    let whole = format!(
        "{}2026-4,Cruz,Ben,4/7/2004,M,BSN,1,\n2026-5,Ocampo,Lito,5/7/2004,M,BSN,1,\n",
        list(["Peña", "Reyes", "Santos"])
    );
    let held = looked(&mut clinic, whole, "2026-2027");
    let settle_all = |held: &Value, choice: &str, count: u64, typed: bool| json!({"list": held["id"], "choice": choice, "rows": {"count": count, "typed": typed}});
    // Nothing is changed yet, and what nobody looked at is not decided.
    assert_eq!(clinic.refused("settle_rows", settle_all(&held, "new", 0, false)).fields["field"], "choice");
    take(&mut clinic, &held, Value::Null);
    let opened = open(&mut clinic, list(["Abad", "Bello", "Castro"]));
    assert_eq!(clinic.refused("settle_rows", settle_all(&opened, "keep", 3, false)).code, Code::Stale);
    let with = reading(&opened, &covers("2026-2027"));
    let held = look(&mut clinic, &opened, with);
    assert_eq!((counts(&held)["changed"], &held["whole"]), (3, &json!(false)));
    // Half a list overrules nothing unless its count is typed, and no other count is meant.
    for (count, typed) in [(3, false), (2, true)] {
        let refusal = clinic.refused("settle_rows", settle_all(&held, "take", count, typed));
        assert_eq!(refusal.fields["field"], "rows");
    }
    let changed = rows(&mut clinic, &held, "changed");
    settle(&mut clinic, &held, &changed[2], "leave", &Value::Null);
    clinic.ok("settle_rows", settle_all(&held, "keep", 3, false));
    let choices = |clinic: &mut Clinic| {
        rows(clinic, &held, "changed").iter().map(|row| row["choice"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(choices(&mut clinic), ["keep", "keep", "leave"]);
    clinic.ok("settle_rows", settle_all(&held, "take", 3, true));
    assert_eq!(choices(&mut clinic), ["take", "take", "leave"]);
    settle(&mut clinic, &held, &changed[1], "keep", &Value::Null);
    take(&mut clinic, &held, Value::Null);
    assert_eq!(families(&mut clinic, &numbers[..3]), ["Abad", "Reyes", "Santos"]);
    let trail = clinic.trail();
    let entry = trail.iter().find(|entry| entry["action"] == "settle_rows" && entry["outcome"] == "done");
    assert!(entry.is_some_and(|entry| entry["patient"].is_null()), "{entry:?}");
}

#[test]
fn nothing_is_decided_while_the_rows_are_looked_at_and_a_look_asks_for_columns_and_words_that_there_can_be() {
    let mut clinic = clinic();
    let held = open(&mut clinic, list_of(1, 250, "1"));
    let mut with = reading(&held, &covers("2026-2027"));
    let looking = clinic.ok("look_at_list", json!({"list": held["id"], "with": with}));
    assert_eq!(looking["stage"], "looking");
    let row = json!({"list": held["id"], "row": 2, "choice": "leave", "person": null});
    assert_eq!(clinic.refused("settle_row", row).code, Code::Stale);
    let all = json!({"list": held["id"], "choice": "keep", "rows": {"count": 0, "typed": false}});
    assert_eq!(clinic.refused("settle_rows", all).code, Code::Stale);
    with["columns"].as_array_mut().unwrap().push(Value::Null);
    assert_eq!(
        clinic.refused("look_at_list", json!({"list": held["id"], "with": with})).fields["field"],
        "columns"
    );
    let many: Vec<String> = (0..31).map(|at| format!("BS {at}")).collect();
    for (name, value) in
        [("term", json!("t".repeat(61))), ("campus", json!("c".repeat(61))), ("programmes", json!(many))]
    {
        let mut coverage = covers("2026-2027");
        coverage[name] = value;
        let with = reading(&held, &coverage);
        let refusal = clinic.refused("look_at_list", json!({"list": held["id"], "with": with}));
        assert_eq!(refusal.fields["field"], "programmes", "{name}");
    }
    // What was refused has changed nothing: the look goes on where it was.
    let held = clinic.ok("look_at_list", json!({"list": held["id"], "with": null}));
    assert_eq!((&held["stage"], counts(&held)["new"]), (&json!("looked"), 250));
}

/// Registers somebody at the front desk, without a number.
fn registered(clinic: &mut Clinic, family: &str, given: &str) -> Value {
    clinic.seat(Role::FrontDesk);
    let details = json!({"family": family, "given": given, "birth_date": "2004-05-06"});
    let kept = clinic.ok("register_patient", json!({"details": details}));
    clinic.seat(Role::Administrator);
    kept["id"].clone()
}

#[test]
fn twins_are_two_people_and_a_twin_alone_on_the_list_is_asked_about() {
    let mut clinic = clinic();
    let ana = registered(&mut clinic, "Reyes", "Anna");
    let alone = format!("{HEAD}2026-2,Reyes,Anne,6/5/2004,F,BSN,1,\n");
    let held = looked(&mut clinic, &alone, "2026-2027");
    assert_eq!(counts(&held), of(&[("two_fit", 1)]));
    let twins = format!("{alone}2026-3,Reyes,Annie,6/5/2004,F,BSN,1,\n");
    let held = looked(&mut clinic, twins, "2026-2027");
    let two = rows(&mut clinic, &held, "two_fit");
    assert_eq!(two.len(), 2, "{held}");
    settle(&mut clinic, &held, &two[0], "person", &ana);
    let both = json!({"list": held["id"], "row": two[1]["row"], "choice": "person", "person": ana});
    let refusal = clinic.refused("settle_row", both);
    assert_eq!((&refusal.fields["field"], &refusal.fields["reason"]), (&json!("row"), &json!("meant_twice")));
    settle(&mut clinic, &held, &two[1], "new", &Value::Null);
    take(&mut clinic, &held, Value::Null);
    assert_eq!(patients(&mut clinic), 2);
    // Nobody was shown the other name before they said who it is.
    let (person, _) = seen(&mut clinic, "2026-2");
    assert_eq!((&person["id"], &person["details"]["given"]), (&ana, &json!("Anna")));
}

#[test]
fn whoever_is_said_to_be_new_is_not_written_to_somebody_who_fits_since() {
    let mut clinic = clinic();
    let ana = registered(&mut clinic, "Reyes", "Anna");
    let held = looked(&mut clinic, format!("{HEAD}2026-2,Reyes,Anne,6/5/2004,F,BSN,1,\n"), "2026-2027");
    let row = rows(&mut clinic, &held, "two_fit")[0].clone();
    settle(&mut clinic, &held, &row, "new", &Value::Null);
    clinic.seat(Role::FrontDesk);
    let version = clinic.ok("patient", json!({"patient": ana}))["version"].clone();
    let patch = json!({
        "given": "Anne", "sex": "female", "course": "BSN", "year_level": "1", "category": "student",
        "identifiers/student/system": "student", "identifiers/student/value": "2026-2",
    });
    clinic.ok("edit_patient", json!({"patient": ana, "version": version, "patch": patch}));
    clinic.seat(Role::Administrator);
    take(&mut clinic, &held, Value::Null);
    let waits = rows(&mut clinic, &held, "returning");
    assert_eq!((waits.len(), &waits[0]["taken"]), (1, &json!(false)), "{waits:?}");
    assert_eq!((patients(&mut clinic), seen(&mut clinic, "2026-2").1.len()), (1, 0));
}

#[test]
fn somebody_whose_birth_is_not_known_to_the_day_is_met_by_their_name_until_it_is() {
    let mut clinic = clinic();
    clinic.seat(Role::FrontDesk);
    let details = json!({"family": "Reyes", "given": "Ana", "birth_date": "2004"});
    let ana = clinic.ok("register_patient", json!({"details": details}))["id"].clone();
    clinic.seat(Role::Administrator);
    let list = format!("{HEAD}2026-2,Reyes,Ana,6/5/2004,F,BSN,1,\n");
    let held = looked(&mut clinic, &list, "2026-2027");
    assert_eq!(rows(&mut clinic, &held, "two_fit")[0]["candidates"][0]["id"], ana);
    clinic.seat(Role::FrontDesk);
    let version = clinic.ok("patient", json!({"patient": ana}))["version"].clone();
    let patch = json!({"birth_date": "1961-05-09"});
    clinic.ok("edit_patient", json!({"patient": ana, "version": version, "patch": patch}));
    clinic.seat(Role::Administrator);
    let held = looked(&mut clinic, &list, "2026-2027");
    assert_eq!(counts(&held), of(&[("new", 1)]));
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn who_left_is_marked_to_the_last_also_after_the_list_was_applied() {
    let mut clinic = clinic();
    let held = looked(&mut clinic, list_of(1, 450, "1"), "2026-2027");
    take(&mut clinic, &held, Value::Null);
    let held = looked(&mut clinic, list_of(1, 10, "2"), "2027-2028");
    assert_eq!(take(&mut clinic, &held, Value::Null)["stage"], "applied");
    let taken = take(&mut clinic, &held, json!({"count": 440, "typed": true}));
    assert_eq!((&taken["stage"], &taken["due"]), (&json!("applied"), &json!(0)));
    let left = taken["counts"].as_array().unwrap().iter().find(|count| count["outcome"] == "left").unwrap();
    assert_eq!((&left["all"], &left["taken"]), (&json!(440), &json!(440)));
}

#[test]
fn two_rows_that_mean_one_person_both_wait() {
    let mut clinic = clinic();
    registered(&mut clinic, "Dela Cruz", "Ana");
    let list =
        format!("{HEAD}2026-2,Dela Cruz,Ana,6/5/2004,F,BSN,1,\n2026-3,De la Cruz,Ana,6/5/2004,F,BSN,1,\n");
    let held = looked(&mut clinic, list, "2026-2027");
    let two = rows(&mut clinic, &held, "two_fit");
    assert_eq!((two.len(), &two[0]["same_as"], &two[1]["same_as"]), (2, &json!(3), &json!(2)), "{held}");
    take(&mut clinic, &held, Value::Null);
    assert_eq!(patients(&mut clinic), 1);
}

#[test]
fn a_list_of_an_earlier_year_ends_no_later_enrolment_and_a_row_without_a_number_is_on_the_list() {
    let mut clinic = clinic();
    let held = looked(&mut clinic, list_of(1, 10, "1"), "2027-2028");
    take(&mut clinic, &held, Value::Null);
    let early = looked(&mut clinic, list_of(1, 9, "1"), "2026-2027");
    assert_eq!(counts(&early).get("left"), None, "{early}");
    let list = list_of(1, 10, "2").replace("2026-00009,", ",");
    let held = looked(&mut clinic, list, "2028-2029");
    assert_eq!((counts(&held).get("left"), counts(&held)["bad"]), (None, 1), "{held}");
    let bad = rows(&mut clinic, &held, "bad")[0].clone();
    let input = json!({"list": held["id"], "row": bad["row"], "choice": "person", "person": bad["candidates"][0]["id"]});
    assert_eq!(clinic.refused("settle_row", input).fields["field"], "choice");
}

#[test]
fn a_taking_in_that_another_list_breaks_off_is_told_as_stopped() {
    let mut clinic = clinic();
    let held = looked(&mut clinic, list_of(1, 250, "1"), "2026-2027");
    let some = clinic.ok("apply_list", json!({"list": held["id"], "left": null}));
    assert_eq!(some["stage"], "applying");
    let before = waiting(&mut clinic).as_u64().unwrap();
    let anew = reading(&some, &covers("2026-2027"));
    look(&mut clinic, &some, anew);
    assert_eq!(waiting(&mut clinic).as_u64().unwrap(), before + 1, "the run is told as stopped");
    clinic.ok("apply_list", json!({"list": held["id"], "left": null}));
    let before = waiting(&mut clinic).as_u64().unwrap();
    open(&mut clinic, list_of(1, 3, "1"));
    assert_eq!(waiting(&mut clinic).as_u64().unwrap(), before + 1, "the run is told as stopped");
}

#[test]
fn somebody_with_anothers_number_and_somebody_whom_two_fit_wait_for_a_person() {
    let mut clinic = clinic();
    let held = looked(&mut clinic, format!("{HEAD}2026-1,Cruz,Lito,1/2/2003,M,BSN,1,\n"), "2026-2027");
    take(&mut clinic, &held, Value::Null);
    clinic.seat(Role::FrontDesk);
    for _ in 0..2 {
        let details = json!({"family": "Reyes", "given": "Ana", "birth_date": "2004-05-06"});
        clinic.ok("register_patient", json!({"details": details}));
    }
    clinic.seat(Role::Administrator);
    let list = format!("{HEAD}2026-1,Ocampo,Corazon,3/4/2005,F,BSN,1,\n2026-9,Reyes,Ana,6/5/2004,F,BSN,1,\n");
    let held = looked(&mut clinic, list, "2026-2027");
    assert_eq!(counts(&held), of(&[("anothers_number", 1), ("two_fit", 1)]));
    let taken = take(&mut clinic, &held, Value::Null);
    assert_eq!((patients(&mut clinic), &taken["due"]), (3, &json!(0)), "nothing without a word");
    let two = rows(&mut clinic, &held, "two_fit")[0].clone();
    let candidates = two["candidates"].as_array().unwrap().clone();
    assert_eq!(candidates.len(), 2);
    let stranger = json!("00000000-0000-0000-0000-000000000000");
    for (choice, person) in [("person", &stranger), ("take", &Value::Null)] {
        let input = json!({"list": held["id"], "row": two["row"], "choice": choice, "person": person});
        assert_eq!(clinic.refused("settle_row", input).fields["field"], "choice");
    }
    settle(&mut clinic, &held, &two, "person", &candidates[1]["id"]);
    take(&mut clinic, &held, Value::Null);
    let (person, _) = seen(&mut clinic, "2026-9");
    assert_eq!((patients(&mut clinic), &person["id"]), (3, &candidates[1]["id"]));
    let settled = rows(&mut clinic, &held, "changed")[0].clone();
    let input = json!({"list": held["id"], "row": settled["row"], "choice": "leave", "person": null});
    assert_eq!(clinic.refused("settle_row", input).code, Code::Stale);
}

#[test]
fn a_row_that_cannot_be_read_says_why_by_its_line_and_what_looks_like_a_formula_is_text() {
    let mut clinic = clinic();
    let lines = [
        "2026-1,Peña,Ana,31/2/2004,F,BSN,1,",
        "2026-2,Reyes,Lito,14/7/2031,M,BSN,1,",
        ",Cruz,Ben,1/2/2003,M,BSN,1,",
        "2026-4,Cruz,Ben,1/2/2003,boy?,BSN,1,",
        "2026-5,=cmd|'/c calc'!A1,+Ben,1/2/2003,M,BSN,1,",
        "2026-5,Cruz,Mia,1/2/2004,F,BSN,1,",
    ];
    let held = looked(&mut clinic, format!("{HEAD}{}\n", lines.join("\n")), "2026-2027");
    let bad = rows(&mut clinic, &held, "bad");
    let told: Vec<_> = bad.iter().map(|row| (&row["line"], &row["why"], &row["same_as"])).collect();
    let right = json!([
        [2, "no_such_day", null],
        [3, "future", null],
        [4, "no_number", null],
        [5, "sex", null],
        [7, "number_twice", 6],
    ]);
    assert_eq!(json!(told), right);
    take(&mut clinic, &held, Value::Null);
    assert_eq!(seen(&mut clinic, "2026-5").0["details"]["family"], "=cmd|'/c calc'!A1");
}

#[test]
fn zeros_that_a_spreadsheet_dropped_are_asked_about_and_come_back() {
    let mut clinic = clinic();
    let row = |number: &str, born: usize| format!("{number},Reyes,Ana,{born}/3/2004,F,BSN,1,\n");
    let list: String = ["2026001", "2026002", "2026003", "2026004", "2026005", "26006"]
        .iter()
        .zip(1..)
        .map(|(number, born)| row(number, born))
        .collect();
    let held = looked(&mut clinic, format!("{HEAD}{list}"), "2026-2027");
    assert_eq!(rows(&mut clinic, &held, "bad")[0]["why"], "zero_lost");
    let mut with = reading(&held, &covers("2026-2027"));
    with["zeros_lost"] = json!(true);
    let held = look(&mut clinic, &held, with);
    assert_eq!(counts(&held), of(&[("new", 6)]));
    take(&mut clinic, &held, Value::Null);
    assert_eq!(seen(&mut clinic, "0026006").0["details"]["identifiers"]["student"]["value"], "0026006");
}

#[test]
fn half_a_list_marks_nobody_as_having_left_and_a_later_one_brings_back() {
    let mut clinic = clinic();
    let held = looked(&mut clinic, list_of(1, 10, "1"), "2026-2027");
    take(&mut clinic, &held, Value::Null);
    let half = looked(&mut clinic, list_of(1, 5, "2"), "2027-2028");
    assert_eq!((counts(&half)["left"], &half["whole"], &half["enrolled"]), (5, &json!(false), &json!(10)));
    for left in [json!({"count": 5, "typed": false}), json!({"count": 4, "typed": true})] {
        let input = json!({"list": half["id"], "left": left});
        assert_eq!(clinic.refused("apply_list", input).fields["field"], "left");
    }
    take(&mut clinic, &half, Value::Null);
    let status = |clinic: &mut Clinic, number: usize| {
        let (_, enrolments) = seen(clinic, &format!("2026-{number:05}"));
        enrolments.iter().map(|one| one["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(status(&mut clinic, 10), ["enrolled"]);
    let most = looked(&mut clinic, list_of(1, 9, "2"), "2027-2028");
    assert_eq!((counts(&most)["left"], &most["whole"]), (1, &json!(true)));
    take(&mut clinic, &most, json!({"count": 1, "typed": false}));
    assert_eq!(status(&mut clinic, 10), ["left"]);
    let late = looked(&mut clinic, list_of(1, 10, "2"), "2027-2028");
    assert_eq!(counts(&late), of(&[("returning", 10)]), "back in a new year");
    take(&mut clinic, &late, Value::Null);
    assert!(status(&mut clinic, 10).contains(&"enrolled".to_owned()));
    // Within one term it is the enrolment itself that comes back, and that is shown.
    let most = looked(&mut clinic, list_of(1, 9, "2"), "2027-2028");
    take(&mut clinic, &most, json!({"count": 1, "typed": false}));
    let late = looked(&mut clinic, list_of(1, 10, "2"), "2027-2028");
    let back = rows(&mut clinic, &late, "changed");
    assert_eq!(back[0]["changes"], json!([{"what": "status", "here": "left", "list": "enrolled"}]));
}

#[test]
fn whoever_stands_in_a_row_that_cannot_be_read_or_is_away_has_not_left() {
    let mut clinic = clinic();
    let held = looked(&mut clinic, list_of(1, 10, "1"), "2026-2027");
    take(&mut clinic, &held, Value::Null);
    let (person, _) = seen(&mut clinic, "2026-00010");
    clinic.seat(Role::Nurse);
    let card = clinic.ok("enrolments", json!({"patient": person["id"]}))["rows"][0].clone();
    let away = json!({"id": card["id"], "version": card["version"], "patch": {"status": "on_leave"}});
    clinic.ok("edit_enrolment", away);
    clinic.seat(Role::Administrator);
    let list = list_of(1, 9, "2").replace("2026-00009,", "2026-00009,,");
    let held = looked(&mut clinic, list, "2027-2028");
    assert_eq!(counts(&held).get("left"), None, "{held}");
}

#[test]
fn a_row_that_comes_to_something_else_since_the_look_waits_for_a_person() {
    let mut clinic = clinic();
    let held = looked(&mut clinic, format!("{HEAD}2026-1,Reyes,Ana,6/5/2004,F,BSN,1,\n"), "2026-2027");
    clinic.seat(Role::FrontDesk);
    for _ in 0..2 {
        let details = json!({"family": "Reyes", "given": "Ana", "birth_date": "2004-05-06"});
        clinic.ok("register_patient", json!({"details": details}));
    }
    clinic.seat(Role::Administrator);
    let taken = take(&mut clinic, &held, Value::Null);
    assert_eq!((counts(&taken), patients(&mut clinic)), (of(&[("two_fit", 1)]), 2));
}

#[test]
fn a_file_that_is_no_list_or_that_nobody_can_read_is_refused_with_its_reason() {
    let mut clinic = clinic();
    for (bytes, reason) in
        [("", "empty"), ("iVBORw0KGgoAAAANSUhEUg==", "no_list"), ("UEsDBGFuZCBubyBtb3Jl", "damaged")]
    {
        let refusal = clinic.refused("open_list", json!({"name": "x", "bytes": bytes}));
        assert_eq!((refusal.code, &refusal.fields["reason"]), (Code::FileRefused, &json!(reason)));
    }
    assert_eq!(clinic.ok("list_in_hand", json!({}))["list"], Value::Null);
    let held = open(&mut clinic, list_of(1, 3, "1"));
    let with = |columns: Value, school_year: &str| {
        let mut with = reading(&held, &covers(school_year));
        with["columns"] = columns;
        json!({"list": held["id"], "with": with})
    };
    for (input, field) in [
        (with(json!([null, "family"]), "2026-2027"), "number"),
        (with(json!(["number"]), "2026-2027"), "family"),
        (with(json!(["number", "family", "family"]), "2026-2027"), "columns"),
        (with(json!(["number", "family"]), "next year"), "school_year"),
    ] {
        assert_eq!(clinic.refused("look_at_list", input).fields["field"], field);
    }
    let early = json!({"list": held["id"], "left": null});
    assert_eq!(clinic.refused("apply_list", early).code, Code::Stale);
    clinic.ok("forget_list", json!({"list": held["id"]}));
    assert_eq!(clinic.refused("forget_list", json!({"list": held["id"]})).code, Code::NotFound);
}

#[test]
fn the_trail_tells_of_each_step_and_names_nobody_who_was_only_looked_at() {
    let mut clinic = clinic();
    let held = looked(&mut clinic, list_of(1, 3, "1"), "2026-2027");
    take(&mut clinic, &held, Value::Null);
    let trail = clinic.trail();
    let of = |action: &str| trail.iter().filter(|entry| entry["action"] == action).collect::<Vec<_>>();
    assert_eq!((of("open_list").len(), of("look_at_list").len(), of("apply_list").len()), (1, 0, 1));
    assert!(of("open_list")[0]["patient"].is_null());
}
