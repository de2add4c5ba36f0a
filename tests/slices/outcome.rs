//! What a treatment did to an eye: before and after, what is left out, the drawing and the paper.

use std::process::Command;

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

/// The most that an answer may have, in bytes.
const MOST: usize = 32_768;

fn with(role: Role) -> (Clinic, String) {
    let mut clinic = Clinic::staffed();
    clinic.seat(role);
    let details = json!({"family": "Abellana", "given": "Teresita", "birth_date": "1961-09-08"});
    let patient = text(&clinic.ok("register_patient", json!({"details": details}))["id"]);
    (clinic, patient)
}

/// So many days later, with the doctor at the desk.
fn later(clinic: &mut Clinic, days: u64) {
    clinic.time.pass(days * 86_400);
    clinic.seat(Role::Doctor);
}

fn today(clinic: &Clinic) -> String {
    let zone = domain::Zone::named("Asia/Manila").unwrap();
    zone.day(&zone.instant(app::Clock::now(&clinic.time))).to_string()
}

fn save(clinic: &mut Clinic, form: &str, patient: &str, answers: Value) -> Value {
    let input = json!({
        "form": form, "patient": patient, "visit": null, "filled": null, "version": null, "answers": answers,
    });
    clinic.ok("save_form", input)
}

fn pressures(clinic: &mut Clinic, patient: &str, right: &str, left: &str) -> Value {
    let iop = |value: &str| json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "10:00"}}});
    save(clinic, "eye.pressure@1", patient, json!({"iop:R:a": iop(right), "iop:L:b": iop(left)}))
}

fn drops(name: &str, side: &str, since: &str) -> Value {
    json!({"name": name, "strength": "50 micrograms/mL", "route": "eye", "side": side, "since": since, "frequency": "at night"})
}

fn add(clinic: &mut Clinic, patient: &str, details: Value) -> Value {
    clinic.ok("add_medicine", json!({"patient": patient, "details": details}))
}

fn ask(clinic: &mut Clinic, patient: &str, code: Option<&str>, about: Option<&str>) -> Value {
    clinic.ok("outcome", json!({"patient": patient, "code": code, "years": null, "about": about}))
}

/// The eye, the means and the change of each row.
fn rows(outcome: &Value) -> Vec<Value> {
    let row = |row: &Value| {
        json!([
            row["side"],
            row["before"]["number"],
            row["before"]["count"],
            row["after"]["number"],
            row["after"]["count"],
            row["change"]
        ])
    };
    outcome["rows"].as_array().unwrap().iter().map(row).collect()
}

const LATANOPROST: &str = "latanoprost 50 microgram/mL, at night";

/// Somebody whose pressures fell under latanoprost in both eyes, as they are drawn in the design; timolol came to the left.
fn treated() -> (Clinic, String, String) {
    let (mut clinic, patient) = with(Role::Doctor);
    pressures(&mut clinic, &patient, "26", "24");
    later(&mut clinic, 20);
    pressures(&mut clinic, &patient, "28", "25");
    later(&mut clinic, 20);
    pressures(&mut clinic, &patient, "27", "24");
    let since = today(&clinic);
    add(&mut clinic, &patient, drops("latanoprost", "both", &since));
    later(&mut clinic, 40);
    let timolol = today(&clinic);
    add(&mut clinic, &patient, drops("timolol", "left", &timolol));
    later(&mut clinic, 40);
    pressures(&mut clinic, &patient, "20", "18");
    (clinic, patient, since)
}

#[test]
fn drops_without_an_eye_are_asked_about_and_what_nobody_wrote_down_is_said_so() {
    let (mut clinic, patient) = with(Role::Doctor);
    let unsaid = json!({"patient": patient, "details": {"name": "timolol", "form": "eye drops"}});
    let refused = clinic.refused("add_medicine", unsaid);
    assert_eq!((refused.code, &refused.fields["field"]), (Code::Missing, &json!("side")));
    let tablet = add(&mut clinic, &patient, json!({"name": "acetazolamide", "route": "oral"}));
    let moved = json!({"id": tablet["id"], "version": tablet["version"], "patch": {"route": "into the eye"}});
    assert_eq!(clinic.refused("edit_medicine", moved).fields["field"], "side");
    let kept =
        add(&mut clinic, &patient, json!({"name": "timolol", "form": "eye drops", "side": "not_recorded"}));
    assert_eq!(clinic.ok("medicine", json!({"id": kept["id"]}))["details"]["side"], "not_recorded");
    let wrong = json!({"patient": patient, "details": {"name": "timolol", "side": "middle"}});
    assert_eq!(clinic.refused("add_medicine", wrong).code, Code::WrongInput);
}

#[test]
fn pressures_before_and_after_are_compared_by_eye_and_what_else_was_done_is_named() {
    let (mut clinic, patient, since) = treated();
    let outcome = ask(&mut clinic, &patient, None, Some(LATANOPROST));
    assert_eq!(
        (&outcome["code"], &outcome["unit"], &outcome["readings"]),
        (&json!("eye.iop"), &json!("mmHg"), &json!(8))
    );
    assert_eq!(
        rows(&outcome),
        [json!(["R", "27.0", 3, "20.0", 1, "-7.0"]), json!(["L", "24.3", 3, "18.0", 1, "-6.3"])]
    );
    assert_eq!(outcome["rows"][0]["start"], json!(since));
    assert_eq!(outcome["rows"][0]["before"]["open"], 3, "nobody has signed them");
    assert_eq!(outcome["rows"][0]["between"], json!([]));
    assert_eq!(outcome["rows"][1]["between"], json!(["timolol 50 microgram/mL, at night"]));
    // Nothing was measured four weeks after timolol but the same day's: its own after is there, its before too.
    let offered: Vec<&str> = outcome["treatments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|offer| offer["label"].as_str().unwrap())
        .collect();
    assert_eq!(offered, [LATANOPROST, "timolol 50 microgram/mL, at night"]);
    let scene = outcome["scene"].to_string();
    for said in ["Right", "Left", LATANOPROST, "10 to 21", "counted before and after", "not signed yet"] {
        assert!(scene.contains(said), "{said}");
    }
    assert!(
        outcome["scene"]["words"].as_str().unwrap().starts_with("Pressure over time. Right eye: 4 readings")
    );
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
    clinic.seat(Role::FrontDesk);
    let asked = json!({"patient": patient, "code": null, "years": null, "about": null});
    assert_eq!(clinic.refused("outcome", asked).code, Code::NotPermitted);
}

#[test]
fn a_course_without_an_eye_or_without_a_day_is_drawn_and_compared_with_nothing() {
    let (mut clinic, patient, since) = treated();
    add(&mut clinic, &patient, drops("dexamethasone", "not_recorded", &since));
    add(&mut clinic, &patient, drops("brimonidine", "right", since.get(..7).unwrap()));
    let unsided = ask(&mut clinic, &patient, None, Some("dexamethasone 50 microgram/mL, at night"));
    assert_eq!(rows(&unsided), [json!([null, null, null, null, null, null])]);
    assert_eq!(unsided["rows"][0]["not"], json!(["eye_not_recorded"]));
    let hatched =
        unsided["scene"]["items"].as_array().unwrap().iter().filter(|item| item["fill"] == "hatched");
    assert_eq!(hatched.count(), 3, "one under each eye and one in the legend");
    let month = ask(&mut clinic, &patient, None, Some("brimonidine 50 microgram/mL, at night"));
    assert_eq!(month["rows"][0]["not"], json!(["start_unknown"]));
    assert_eq!(month["rows"][0]["start"], json!(since.get(..7).unwrap()));
}

#[test]
fn another_dosage_is_another_course_and_an_operation_is_a_mark() {
    let (mut clinic, patient, since) = treated();
    let row = clinic.ok("medicines", json!({"patient": patient}))["rows"].clone();
    let latanoprost =
        row.as_array().unwrap().iter().find(|row| row["details"]["name"] == "latanoprost").unwrap().clone();
    let patch = json!({"frequency": "twice daily"});
    let changed = clinic.ok(
        "edit_medicine",
        json!({"id": latanoprost["id"], "version": latanoprost["version"], "patch": patch}),
    );
    let now = today(&clinic);
    let operation = json!({"sort": "operation", "name": "Phaco + IOL", "side": "left", "when": now});
    clinic.ok("add_background", json!({"patient": patient, "details": operation}));
    let all = clinic.ok("eye_treatments", json!({"patient": patient, "after": null}))["rows"].clone();
    let said: Vec<Value> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["sort"], row["label"], row["side"], row["from"], row["until"]]))
        .collect();
    assert!(said.contains(&json!(["course", LATANOPROST, "both", since, now])), "{said:?}");
    assert!(
        said.contains(&json!(["course", "latanoprost 50 microgram/mL, twice daily", "both", now, null])),
        "{said:?}"
    );
    assert!(said.contains(&json!(["procedure", "Phaco + IOL", "left", now, null])), "{said:?}");
    let scene = ask(&mut clinic, &patient, None, None)["scene"].to_string();
    assert_eq!(scene.matches("\"text\":\"Phaco + IOL\"").count(), 1);
    let stopped = json!({"status": "stopped", "stopped": "red, itching lid"});
    clinic.ok("edit_medicine", json!({"id": changed["id"], "version": changed["version"], "patch": stopped}));
    let all = clinic.ok("eye_treatments", json!({"patient": patient, "after": null}));
    assert!(all.to_string().contains("red, itching lid"));
}

/// An import says of somebody that this was done to an eye on a day.
fn laser(status: &str, site: &str, day: &str) -> Value {
    json!({"resource": {
        "resourceType": "Procedure", "id": format!("{status} {site}"), "status": status,
        "code": {"text": "Laser trabeculoplasty"}, "subject": {"reference": "Patient/1"},
        "bodySite": [{"text": site}], "performedDateTime": day,
    }})
}

#[test]
fn a_procedure_that_an_import_tells_of_is_a_mark_of_its_eye_and_compared_before_and_after() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let person = json!({"resource": {
        "resourceType": "Patient", "id": "1", "gender": "female", "birthDate": "1961-09-08",
        "name": [{"family": "Abellana", "given": ["Teresita"]}],
    }});
    let day = today(&clinic);
    let done = laser("completed", "left eye", &day);
    let entries =
        json!([person, done, laser("not-done", "right eye", &day), laser("completed", "left knee", &day)]);
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries}).to_string();
    clinic.ok("import_fhir", json!({"text": bundle, "dry_run": false}));
    clinic.seat(Role::Doctor);
    let patient = text(&clinic.ok("recent_patients", json!({}))["people"][0]["id"]);
    pressures(&mut clinic, &patient, "24", "26");
    later(&mut clinic, 84);
    pressures(&mut clinic, &patient, "23", "19");
    let all = clinic.ok("eye_treatments", json!({"patient": patient, "after": null}))["rows"].clone();
    let said: Vec<Value> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["sort"], row["label"], row["side"], row["from"]]))
        .collect();
    assert_eq!(said, [json!(["procedure", "Laser trabeculoplasty", "left", day])]);
    let outcome = ask(&mut clinic, &patient, Some("eye.iop"), Some("Laser trabeculoplasty"));
    let row = &outcome["rows"][0];
    assert_eq!((&row["side"], &row["change"]), (&json!("L"), &json!("-7.0")), "{outcome}");
}

#[test]
fn counting_fingers_is_drawn_under_the_axis_and_averaged_with_nothing() {
    let (mut clinic, patient) = with(Role::Doctor);
    let va = |text: &str| json!({"va:R:a": {"p": {"chart": {"c": "snellen_m"}, "value": {"t": text}, "with": {"c": "best"}}}});
    save(&mut clinic, "eye.acuity@1", &patient, va("6/60"));
    later(&mut clinic, 10);
    save(&mut clinic, "eye.acuity@1", &patient, va("CF"));
    let since = today(&clinic);
    add(&mut clinic, &patient, drops("aflibercept", "right", &since));
    later(&mut clinic, 80);
    save(&mut clinic, "eye.acuity@1", &patient, va("6/12"));
    let outcome = ask(&mut clinic, &patient, Some("eye.va.best"), None);
    assert_eq!(rows(&outcome), [json!(["R", "1.00", 1, "0.30", 1, "-0.70"])]);
    let left_out = &outcome["rows"][0]["left_out"][0];
    assert_eq!(
        (&left_out["why"], &left_out["count"], &left_out["rows"][0]["word"]),
        (&json!("off_chart"), &json!(1), &json!("CF"))
    );
    let scene = outcome["scene"].to_string();
    assert!(["\"CF\"", "\"HM\"", "\"PL\"", "\"NPL\""].iter().all(|word| scene.contains(word)));
    let wrong = json!({"patient": patient, "code": "eye.other", "years": null, "about": null});
    assert_eq!(clinic.refused("outcome", wrong).code, Code::Invalid);
}

#[test]
fn the_outcome_is_printed_with_its_drawing_and_every_reading_and_nothing_is_printed_of_nothing() {
    let (mut clinic, patient, _) = treated();
    let of = json!({"patient": patient, "code": null, "years": null, "about": LATANOPROST});
    clinic.ok("print_outcome", json!({"of": of, "printer": null}));
    let job = clinic.printer.jobs().pop().unwrap();
    assert_eq!((job.title.as_str(), &job.pdf[..4]), ("outcome", b"%PDF".as_slice()));
    let folder = tempfile::tempdir().unwrap();
    let place = clinic.desk().chose(folder.path().join("outcome.pdf")).unwrap();
    clinic.ok("save_outcome", json!({"of": of, "place": place}));
    let read = Command::new("pdftotext")
        .arg("-raw")
        .arg(folder.path().join("outcome.pdf"))
        .arg("-")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&read.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Outcome against treatment",
        "ABELLANA, Teresita",
        "counted before and after",
        "Before and after latanoprost",
        "27.0 (n = 3, 3 not signed)",
        "−7.0",
        "Treatments of the eyes",
        "goes on",
        "28 mmHg",
        "22-Nov-2026",
        "Goldmann",
        "not signed yet",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let details = json!({"family": "Agbayani", "given": "Lito"});
    let other = clinic.ok("register_patient", json!({"details": details}))["id"].clone();
    let nothing =
        json!({"of": {"patient": other, "code": null, "years": null, "about": null}, "printer": null});
    assert_eq!(clinic.refused("print_outcome", nothing).code, Code::NothingMeasured);
    let empty = clinic.ok("outcome", json!({"patient": other, "code": null, "years": null, "about": null}));
    assert_eq!((&empty["code"], &empty["scene"], &empty["lenses"]), (&Value::Null, &Value::Null, &json!([])));
}

#[test]
fn an_eye_with_many_readings_and_treatments_stays_within_an_answer_and_says_what_it_does_not_draw() {
    let (mut clinic, patient) = with(Role::Doctor);
    for _ in 0..14 {
        let iop = |at: usize| json!({"p": {"method": {"c": "goldmann"}, "value": {"n": format!("{}", 8 + at), "ok": true}, "at": {"t": format!("08:{at:02}")}}});
        let answers: serde_json::Map<String, Value> =
            (0..20).flat_map(|at| ["R", "L"].map(|side| (format!("iop:{side}:r{at}"), iop(at)))).collect();
        save(&mut clinic, "eye.pressure@1", &patient, Value::Object(answers));
    }
    let since = today(&clinic);
    for number in 0..40 {
        add(
            &mut clinic,
            &patient,
            drops(&format!("drops number {number} {}", "é".repeat(300)), "both", &since),
        );
    }
    let outcome = ask(&mut clinic, &patient, None, None);
    assert!(outcome.to_string().len() <= MOST, "{}", outcome.to_string().len());
    assert!(outcome["not_drawn"].as_u64().unwrap() > 0);
    let (mut after, mut seen) = (Value::Null, 0);
    loop {
        let page = clinic.ok("eye_treatments", json!({"patient": patient, "after": after}));
        assert!(page.to_string().len() <= MOST);
        seen += page["rows"].as_array().unwrap().len();
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!(seen, 40);
}
