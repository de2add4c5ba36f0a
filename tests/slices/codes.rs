//! Codes: a name is found by what somebody types, a clinic's own file is taken in, and what has no code is listed.

use app::Code;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;

const TABLE: &str =
    "code,name,also\nJ03.9,Sore tonsils not said,angina follicular\nQ99.9,Something very rare,\n,Nothing,\n";

fn find(clinic: &mut Clinic, typed: &str) -> Vec<Value> {
    clinic.ok("find_codes", json!({"text": typed}))["rows"].as_array().unwrap().clone()
}

fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["name"].as_str()).collect()
}

fn file(text: &str) -> Value {
    json!({
        "text": text, "system": "http://hl7.org/fhir/sid/icd-10", "version": "2016", "language": "en",
        "licence": "Internal licence of the university, no. 12", "confirmed": true, "dry_run": false,
    })
}

/// A visit of somebody new, under way.
fn visit(clinic: &mut Clinic) -> (String, Value) {
    let (patient, _) = clinic.register("Lito", "Salonga");
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
    (patient, clinic.ok("start_visit", visit)["id"].clone())
}

fn signed(clinic: &mut Clinic, visit: &Value, diagnoses: Value) -> Value {
    let note = json!({"visit": visit, "note": null, "version": null, "details": {"diagnoses": diagnoses}});
    clinic.ok("sign_note", note)
}

#[test]
fn tonsilitis_ac_finds_j03_9_first_with_its_system_and_version() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let first = &find(&mut clinic, "tonsilitis ac")[0];
    assert_eq!((&first["name"], &first["code"]), (&json!("Acute tonsillitis"), &json!("J03.9")));
    assert_eq!(
        (&first["system"], &first["version"], &first["forgiven"]),
        (&json!("http://hl7.org/fhir/sid/icd-10"), &json!("2019"), &json!(true))
    );
    let hilanat = &find(&mut clinic, "hilanat")[0];
    assert_eq!((&hilanat["name"], &hilanat["also"]), (&json!("Fever"), &json!("hilanat")));
    assert_eq!(find(&mut clinic, ""), Vec::<Value>::new());
    let long = clinic.ok("find_codes", json!({"text": "tonsillitis ".repeat(2_000)}));
    assert!(long.to_string().len() < 32_768);
}

#[test]
fn what_this_person_writes_most_comes_up_and_what_is_pinned_before_it_but_an_open_note_counts_nothing() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let before = find(&mut clinic, "bronch");
    let later = names(&before).iter().position(|name| *name == "Acute bronchiolitis").unwrap();
    assert!(later > 0, "{before:?}");
    let (_, visit_id) = visit(&mut clinic);
    let often = json!({"a": {"name": "Acute bronchiolitis", "code": "J21.9"}});
    let open = json!({"visit": visit_id, "note": null, "version": null, "details": {"diagnoses": often}});
    let kept = clinic.ok("save_note", open);
    assert_eq!(find(&mut clinic, "bronch")[later]["own"], 0);
    let sign = json!({"visit": visit_id, "note": kept["id"], "version": kept["version"], "details": {"diagnoses": often}});
    clinic.ok("sign_note", sign);
    for _ in 0..4 {
        let (_, visit) = visit(&mut clinic);
        signed(&mut clinic, &visit, often.clone());
    }
    let first = &find(&mut clinic, "bronch")[0];
    assert_eq!(
        (&first["name"], &first["own"], &first["clinic"]),
        (&json!("Acute bronchiolitis"), &json!(5), &json!(5))
    );
    // Another person of the clinic has the clinic's tenth of it alone.
    clinic.seat(Role::Nurse);
    let theirs = find(&mut clinic, "bronch");
    let theirs = theirs.iter().find(|row| row["name"] == "Acute bronchiolitis").unwrap();
    assert_eq!((&theirs["own"], &theirs["clinic"]), (&json!(0), &json!(5)));
    clinic.seat(Role::Doctor);
    clinic.ok("pin_code", json!({"name": "Acute bronchitis", "pinned": true}));
    let pinned = find(&mut clinic, "bronch");
    assert_eq!(names(&pinned)[..2], ["Acute bronchitis", "Acute bronchiolitis"]);
    // A whole code still comes first.
    assert_eq!(names(&find(&mut clinic, "J21.9"))[0], "Acute bronchiolitis");
    clinic.ok("pin_code", json!({"name": "acute  BRONCHITIS", "pinned": false}));
    assert_eq!(names(&find(&mut clinic, "bronch"))[0], "Acute bronchiolitis");
    let refusal = clinic.refused("pin_code", json!({"name": " · ", "pinned": true}));
    assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Missing, &json!("name")));
    // Half a year later nobody writes it any more.
    clinic.time.pass(181 * 86_400);
    clinic.seat(Role::Doctor);
    let gone = find(&mut clinic, "bronch");
    let gone = gone.iter().find(|row| row["name"] == "Acute bronchiolitis").unwrap();
    assert_eq!((&gone["own"], &gone["clinic"]), (&json!(0), &json!(0)));
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn a_clinics_own_file_is_looked_at_taken_in_found_and_ended() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let mut look = file(TABLE);
    look["dry_run"] = json!(true);
    look["confirmed"] = json!(false);
    let looked = clinic.ok("take_in_codes", look);
    assert_eq!(
        (&looked["format"], &looked["names"], &looked["here"]),
        (&json!("table"), &json!(2), &json!(false))
    );
    assert_eq!(looked["left"], json!([{"line": 4, "fault": "no_code"}]));
    assert_eq!(looked["first"][0], "Sore tonsils not said · J03.9");
    assert_eq!(clinic.ok("code_packs", json!({}))["rows"], json!([]));

    let taken = clinic.ok("take_in_codes", file(TABLE));
    let again = clinic.ok("take_in_codes", file(&format!("\u{feff}{TABLE}")));
    assert_eq!((&taken["here"], &again["pack"]), (&json!(true), &taken["pack"]));
    let packs = clinic.ok("code_packs", json!({}))["rows"].clone();
    assert_eq!(packs.as_array().unwrap().len(), 1, "the same file twice is one");
    assert_eq!((&packs[0]["here"], &packs[0]["active"]), (&json!(2), &json!(true)));
    assert!(packs[0]["confirmed_by"].is_string());

    clinic.seat(Role::Doctor);
    let found = clinic.ok("find_codes", json!({"text": "very rare"}));
    assert_eq!((&found["rows"][0]["code"], &found["rows"][0]["version"]), (&json!("Q99.9"), &json!("2016")));
    assert_eq!(found["sources"].as_array().unwrap().len(), 1);
    // What the file calls our name leads to it, once.
    assert_eq!(names(&find(&mut clinic, "angina follicular"))[0], "Acute tonsillitis");
    assert_eq!(names(&find(&mut clinic, "J03.9")).iter().filter(|name| name.contains("onsil")).count(), 1);

    clinic.seat(Role::Administrator);
    let ended = json!({"pack": packs[0]["id"], "seen": packs[0]["seen"]});
    clinic.ok("end_codes", ended.clone());
    assert_eq!(clinic.refused("end_codes", ended).code, Code::IllegalMove);
    let packs = clinic.ok("code_packs", json!({}))["rows"].clone();
    assert_eq!((&packs[0]["here"], &packs[0]["active"]), (&json!(0), &json!(false)));
    clinic.seat(Role::Doctor);
    let found = clinic.ok("find_codes", json!({"text": "something very rare"}));
    assert!(!names(found["rows"].as_array().unwrap()).contains(&"Something very rare"));
    assert_eq!(found["sources"], json!([]));
    // Taken in again, it is the same one.
    clinic.seat(Role::Administrator);
    let back = clinic.ok("take_in_codes", file(TABLE));
    assert_eq!(back["pack"], packs[0]["id"]);
    assert_eq!(clinic.ok("code_packs", json!({}))["rows"][0]["active"], true);
}

#[test]
fn a_workbook_is_taken_in_as_the_table_on_its_sheet_and_a_list_of_something_else_is_refused() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let workbook = |bytes: &[u8]| {
        let mut input = file("");
        input["bytes"] = json!(STANDARD.encode(bytes));
        input
    };
    let taken = clinic.ok("take_in_codes", workbook(include_bytes!("codes.xlsx")));
    assert_eq!(
        (&taken["format"], &taken["names"], &taken["here"]),
        (&json!("table"), &json!(2), &json!(true))
    );
    assert_eq!(taken["left"], json!([{"line": 4, "fault": "no_code"}]));
    assert_eq!(taken["sha256"], json!(domain::hex::encode(&crypto::sha256(&[include_bytes!("codes.xlsx")]))));
    for (bytes, reason) in
        [(&b"PK\x03\x04 cut off"[..], "damaged"), (b"Student,Name\n1,Ana\n", "no_columns"), (b"", "empty")]
    {
        let refusal = clinic.refused("take_in_codes", workbook(bytes));
        assert_eq!(
            (refusal.code, &refusal.fields["reason"]),
            (Code::FileRefused, &json!(reason)),
            "{reason}"
        );
    }
    clinic.seat(Role::Doctor);
    assert_eq!(find(&mut clinic, "something very rare")[0]["code"], "Q99.9");
}

#[test]
fn nothing_is_taken_in_without_a_confirmed_licence_a_system_and_a_version_or_from_what_is_no_file_of_codes() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    for (field, value) in [
        ("confirmed", json!(false)),
        ("licence", json!(null)),
        ("licence", json!("  ")),
        ("system", json!(null)),
        ("version", json!("")),
    ] {
        let mut input = file(TABLE);
        input[field] = value;
        let refusal = clinic.refused("take_in_codes", input);
        assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Missing, &json!(field)), "{field}");
    }
    let mut input = file(TABLE);
    input["licence"] = json!("x".repeat(1_001));
    assert_eq!(clinic.refused("take_in_codes", input).code, Code::Invalid);
    for (text, reason) in [
        ("", "no_names"),
        ("code,price\nA,1\n", "no_columns"),
        ("<html></html>", "not_codes"),
        ("<!DOCTYPE ClaML [<!ENTITY a \"b\">]><ClaML></ClaML>", "entities"),
    ] {
        let refusal = clinic.refused("take_in_codes", file(text));
        assert_eq!(
            (refusal.code, &refusal.fields["reason"]),
            (Code::FileRefused, &json!(reason)),
            "{reason}"
        );
    }
    assert_eq!(clinic.ok("code_packs", json!({}))["rows"], json!([]));
}

#[test]
fn what_notes_and_problems_say_without_a_code_is_listed_without_a_name_until_it_has_one() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    for _ in 0..2 {
        let (_, visit) = visit(&mut clinic);
        let both = json!({"a": {"name": "Tonsilitis, accute"}, "b": {"name": "Asthma", "code": "J45.9"}});
        signed(&mut clinic, &visit, both);
    }
    let (patient, open) = visit(&mut clinic);
    let open = json!({"visit": open, "note": null, "version": null, "details": {"diagnoses": {"a": {"name": "Not signed"}}}});
    clinic.ok("save_note", open);
    let problem =
        clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "Weak knees of old"}}));
    clinic.seat(Role::Administrator);
    let listed = clinic.ok("uncoded", json!({"after": null}));
    let rows = listed["rows"].as_array().unwrap();
    assert_eq!((names(rows), &listed["total"]), (vec!["Tonsilitis, accute", "Weak knees of old"], &json!(2)));
    assert_eq!(
        (&rows[0]["times"], &rows[0]["near"], &rows[0]["code"]),
        (&json!(2), &json!("Acute tonsillitis"), &json!("J03.9"))
    );
    assert!(rows[0]["last"].is_string());
    assert!(!listed.to_string().contains("Salonga"));
    assert_eq!(
        clinic.ok("uncoded", json!({"after": "tonsilitis accute"}))["rows"].as_array().unwrap().len(),
        1
    );
    clinic.seat(Role::Doctor);
    let code = json!({"system": "http://hl7.org/fhir/sid/icd-10", "code": "M25.5"});
    let coded = json!({"id": problem["id"], "version": problem["version"], "patch": {"code": code}});
    clinic.ok("edit_problem", coded);
    clinic.seat(Role::Administrator);
    assert_eq!(clinic.ok("uncoded", json!({"after": null}))["total"], 1);
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn however_many_names_have_no_code_a_page_keeps_its_bound_and_all_are_told() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (_, visit) = visit(&mut clinic);
    let many: serde_json::Map<String, Value> = (0..120)
        .map(|at| (format!("d{at}"), json!({"name": format!("{at:03} {}", "é".repeat(3_000))})))
        .collect();
    signed(&mut clinic, &visit, Value::Object(many));
    clinic.seat(Role::Administrator);
    let (mut after, mut told) = (Value::Null, 0);
    loop {
        let page = clinic.ok("uncoded", json!({"after": after}));
        assert!(page.to_string().len() < 32_768);
        told += page["rows"].as_array().unwrap().len();
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(told, 120);
}

#[test]
fn a_diagnosis_is_tied_to_the_problem_that_it_is_and_to_nobody_elses() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    let (patient, visit_id) = visit(&mut clinic);
    let problem = clinic.ok("add_problem", json!({"patient": patient, "details": {"name": "Asthma"}}));
    let said = json!({"a": {
        "name": "asthma", "code": "J45.9", "system": "http://hl7.org/fhir/sid/icd-10", "version": "2019",
    }, "b": {"name": "Common cold"}});
    let note = signed(&mut clinic, &visit_id, said);
    let diagnoses = clinic.ok("note", json!({"note": note["id"]}))["details"]["diagnoses"].clone();
    assert_eq!((&diagnoses["a"]["problem"], diagnoses["b"].get("problem")), (&problem["id"], None));
    assert_eq!(diagnoses["a"]["version"], "2019");
    // One that is withdrawn is a problem no more, also for whoever still sends it.
    let (withdrawn, open) = visit(&mut clinic);
    let gone = clinic.ok("add_problem", json!({"patient": withdrawn, "details": {"name": "Gout"}}));
    clinic
        .ok("void_problem", json!({"id": gone["id"], "version": gone["version"], "reason": "wrong person"}));
    let note = signed(&mut clinic, &open, json!({"a": {"name": "Gout", "problem": gone["id"]}}));
    let said = clinic.ok("note", json!({"note": note["id"]}))["details"]["diagnoses"]["a"].clone();
    assert_eq!(said.get("problem"), None);
    let (_, other) = visit(&mut clinic);
    for wrong in [
        json!({"name": "Asthma", "problem": problem["id"]}),
        json!({"name": "Asthma", "system": "http://hl7.org/fhir/sid/icd-10"}),
    ] {
        let note =
            json!({"visit": other, "note": null, "version": null, "details": {"diagnoses": {"a": wrong}}});
        let refusal = clinic.refused("save_note", note);
        assert_eq!((refusal.code, &refusal.fields["field"]), (Code::Invalid, &json!("diagnoses")));
    }
}
