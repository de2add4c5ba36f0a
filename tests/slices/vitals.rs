//! Vital signs: typed in any unit, judged at the person's age, kept as typed.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

fn nurse_and(birth_date: &str) -> (Clinic, String) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let details = json!({"family": "Salonga", "given": "Lito", "birth_date": birth_date});
    let patient = clinic.ok("register_patient", json!({"details": details}))["id"].clone();
    (clinic, text(&patient))
}

fn taking(patient: &str, values: &[(&str, &str, Option<&str>)], confirmed: &[&str]) -> Value {
    let values: Vec<Value> = values
        .iter()
        .map(|(sign, value, unit)| json!({"sign": sign, "value": value, "unit": unit}))
        .collect();
    json!({"patient": patient, "visit": null, "values": values, "confirmed": confirmed, "minutes_ago": null})
}

fn rows(clinic: &mut Clinic, patient: &str) -> Vec<Value> {
    clinic.ok("vital_signs", json!({"patient": patient}))["rows"].as_array().unwrap().clone()
}

fn values(row: &Value) -> Vec<[String; 4]> {
    let values = row["values"].as_array().unwrap().iter();
    values.map(|value| ["sign", "value", "unit", "level"].map(|name| text(&value[name]))).collect()
}

#[test]
fn eight_signs_are_one_taking_with_author_and_time_and_each_has_its_level() {
    let (mut clinic, patient) = nurse_and("2004-02-29");
    let typed = [
        ("systolic", "142", None),
        ("diastolic", "95", None),
        ("temperature", "100.9", Some("°F")),
        ("pulse", "72", None),
        ("respiration", "16", None),
        ("spo2", "91", None),
        ("weight", "154.3", Some("lb")),
        ("height", "1.75", Some("m")),
        ("pain", "3", None),
    ];
    let kept = clinic.ok("record_vitals", taking(&patient, &typed, &[]));
    assert_eq!(kept["act"], json!(["repeat_blood_pressure", "tell_clinician"]));
    assert_eq!(
        kept["ids"].as_array().map(Vec::len),
        Some(9),
        "blood pressure is one, the body mass index is added"
    );
    assert_eq!(kept["levels"].as_array().map(Vec::len), Some(10));
    let row = &rows(&mut clinic, &patient)[0];
    assert_eq!(
        (&row["author"], &row["day"], &row["time"]),
        (&json!("Ana nurse"), &json!("2026-11-22"), &json!("10:31"))
    );
    let mut shown = values(row);
    shown.sort();
    let expected = [
        ["bmi", "22.9", "kg/m²", "normal"],
        ["diastolic", "95", "mmHg", "high"],
        ["height", "1.75", "m", "unknown"],
        ["pain", "3", "/10", "normal"],
        ["pulse", "72", "/min", "normal"],
        ["respiration", "16", "/min", "normal"],
        ["spo2", "91", "%", "critical_low"],
        ["systolic", "142", "mmHg", "high"],
        ["temperature", "100.9", "°F", "high"],
        ["weight", "154.3", "lb", "unknown"],
    ];
    assert_eq!(shown, expected.map(|value| value.map(str::to_owned)));
    let chart = clinic.ok("latest_vitals", json!({"patient": patient}));
    let pressure =
        chart["vitals"].as_array().unwrap().iter().find(|vital| vital["levels"] != json!({})).unwrap();
    assert_eq!(pressure["details"]["code"]["code"], "85354-9");
    assert_eq!(
        (&pressure["level"], &pressure["levels"]),
        (&json!("high"), &json!({"systolic": "high", "diastolic": "high"}))
    );
    let page = clinic.ok("timeline", json!({"patient": patient, "kinds": ["observation"], "before": null}));
    let levels: Vec<String> =
        page["rows"].as_array().unwrap().iter().map(|row| text(&row["level"])).collect();
    assert_eq!(levels.iter().filter(|level| *level == "critical_low").count(), 1, "{levels:?}");
}

#[test]
fn what_can_be_measured_comes_with_its_bands_at_the_persons_age() {
    let (mut clinic, child) = nurse_and("2022-11-22");
    let adult = clinic.ok("register_patient", json!({"details": {"family": "Cruz", "birth_date": "1980"}}));
    let signs = |clinic: &mut Clinic, patient: &str| {
        clinic.ok("vital_signs", json!({"patient": patient}))["signs"].clone()
    };
    let of = |signs: &Value, name: &str| {
        signs.as_array().unwrap().iter().find(|sign| sign["name"] == name).unwrap().clone()
    };
    let (young, old) = (signs(&mut clinic, &child), signs(&mut clinic, &text(&adult["id"])));
    assert_eq!(of(&young, "pulse")["reference"], json!({"low": "80", "high": "120"}));
    assert_eq!(of(&old, "pulse")["reference"], json!({"low": "51", "high": "100"}));
    assert_eq!(of(&old, "spo2")["critical"], json!({"low": "92", "high": null}));
    assert_eq!(
        (&of(&young, "bmi")["reference"], &of(&young, "bmi")["derived"]),
        (&Value::Null, &json!(true))
    );
    let baby =
        clinic.ok("register_patient", json!({"details": {"family": "Cruz", "birth_date": "2026-05-22"}}));
    let baby = text(&baby["id"]);
    let asked = |signs: &Value| of(signs, "head")["asked"] == true;
    let infant = signs(&mut clinic, &baby);
    assert_eq!([asked(&infant), asked(&young), asked(&old)], [true, false, false]);
    // Weight and length of an infant give no body mass index.
    clinic.ok("record_vitals", taking(&baby, &[("weight", "7.9", None), ("height", "67", None)], &[]));
    let measured = rows(&mut clinic, &baby).remove(0)["values"].clone();
    assert!(measured.as_array().unwrap().iter().all(|value| value["sign"] != "bmi"), "{measured}");
    let temperature = of(&old, "temperature");
    assert_eq!((&temperature["code"], &temperature["unit"]), (&json!("8310-5"), &json!("°C")));
    assert_eq!((&temperature["units"], &temperature["places"]), (&json!(["°C", "°F"]), &json!(1)));
}

#[test]
fn an_infant_of_whom_only_the_year_of_birth_is_known_is_judged_at_the_graver_age() {
    let (mut clinic, infant) = nurse_and("2026");
    let typed = [("temperature", "38.0", None), ("pulse", "190", None), ("spo2", "97", None)];
    let kept = clinic.ok("record_vitals", taking(&infant, &typed, &[]));
    assert_eq!(kept["act"], json!(["tell_clinician"]));
    let expected = [("temperature", "critical_high"), ("pulse", "high"), ("spo2", "normal")];
    let level = |of: &str, row: &Value| {
        values(row).into_iter().find(|[sign, ..]| sign == of).map(|[.., level]| level).unwrap()
    };
    let row = rows(&mut clinic, &infant).remove(0);
    for (sign, of) in expected {
        assert_eq!(level(sign, &row), of, "{sign}");
    }
    let signs = clinic.ok("vital_signs", json!({"patient": infant}))["signs"].clone();
    let temperature = signs.as_array().unwrap().iter().find(|sign| sign["name"] == "temperature").unwrap();
    assert_eq!(
        temperature["critical"],
        Value::Null,
        "no one band holds at every age that the child can have"
    );
    let chart = clinic.ok("latest_vitals", json!({"patient": infant}));
    let told: Vec<String> = chart["vitals"].as_array().unwrap().iter().map(|of| text(&of["level"])).collect();
    assert!(told.contains(&"critical_high".to_owned()), "{told:?}");
}

#[test]
fn an_unlikely_value_asks_once_and_is_kept_when_it_is_meant() {
    let (mut clinic, patient) = nurse_and("2004-02-29");
    let typed = [("pulse", "225", None), ("spo2", "98", None)];
    let refusal = clinic.refused("record_vitals", taking(&patient, &typed, &[]));
    assert_eq!(refusal.code, Code::Implausible);
    let said = json!({"field": "pulse", "low": "30", "high": "220", "unit": "/min"});
    assert_eq!(json!(refusal.fields), said);
    assert_eq!(rows(&mut clinic, &patient), [Value::Null; 0], "all or nothing");
    clinic.ok("record_vitals", taking(&patient, &typed, &["pulse"]));
    let row = rows(&mut clinic, &patient).remove(0);
    let confirmed: Vec<bool> =
        row["values"].as_array().unwrap().iter().map(|value| value["confirmed"] == true).collect();
    assert_eq!(confirmed, [true, false]);
    let swapped = [("weight", "170", None), ("height", "120", None)];
    assert_eq!(clinic.refused("record_vitals", taking(&patient, &swapped, &[])).fields["field"], "bmi");
}

#[test]
fn what_cannot_be_so_is_refused_by_the_name_of_its_sign() {
    let (mut clinic, patient) = nurse_and("2004-02-29");
    let all = ["pulse", "temperature", "pain", "systolic", "diastolic", "weight", "height", "bmi"];
    for (values, code, field) in [
        (vec![("pulse", "fast", None)], Code::Invalid, "pulse"),
        (vec![("pulse", "37,5,5", None)], Code::Invalid, "pulse"),
        (vec![("pulse", "-1", None)], Code::Invalid, "pulse"),
        (vec![("pulse", "9e99999", None)], Code::Invalid, "pulse"),
        (vec![("temperature", "98.6", None)], Code::Invalid, "temperature"),
        (vec![("temperature", "37", Some("kg"))], Code::Invalid, "temperature"),
        (vec![("pain", "11", None)], Code::Invalid, "pain"),
        (vec![("bmi", "22", None)], Code::Invalid, "bmi"),
        (vec![("pulse", "70", None), ("pulse", "71", None)], Code::Invalid, "pulse"),
        (vec![("systolic", "80", None), ("diastolic", "120", None)], Code::Invalid, "diastolic"),
        (vec![("diastolic", "80", None)], Code::Missing, "systolic"),
        (vec![], Code::Missing, "values"),
    ] {
        let refusal = clinic.refused("record_vitals", taking(&patient, &values, &all));
        assert_eq!((refusal.code, &refusal.fields["field"]), (code, &json!(field)), "{values:?}");
    }
    assert_eq!(rows(&mut clinic, &patient), [Value::Null; 0]);
}

#[test]
fn a_taking_belongs_to_a_visit_of_that_person() {
    let (mut clinic, patient) = nurse_and("2004-02-29");
    let (other, _) = clinic.register("Ana", "Reyes");
    let visit = json!({"patient": other, "kind": "routine", "concern": null, "status": "arrived"});
    let visit = clinic.ok("start_visit", visit);
    let mut input = taking(&patient, &[("pulse", "70", None)], &[]);
    input["visit"] = visit["id"].clone();
    assert_eq!(clinic.refused("record_vitals", input.clone()).fields["field"], "visit");
    input["visit"] = json!(patient);
    assert_eq!(clinic.refused("record_vitals", input).code, Code::NotFound);
}

#[test]
fn what_was_measured_in_a_visit_is_recorded_in_it_although_it_is_completed_since() {
    let (mut clinic, patient) = nurse_and("2004-02-29");
    let visit = json!({"patient": patient, "kind": "routine", "concern": null, "status": "in_progress"});
    let visit = clinic.ok("start_visit", visit);
    let done = json!({"visit": visit["id"], "version": visit["version"], "to": "completed"});
    clinic.ok("step_visit", done);
    let mut input = taking(&patient, &[("pulse", "70", None)], &[]);
    input["visit"] = visit["id"].clone();
    input["minutes_ago"] = json!(90);
    clinic.ok("record_vitals", input);
    let seen = clinic.ok("visit", json!({"visit": visit["id"]}));
    assert_eq!(seen["measured"][0]["details"]["quantity"]["value"], "70");
}

#[test]
fn a_taking_of_a_while_ago_stands_at_its_time_and_not_longer_ago_than_a_week() {
    let (mut clinic, patient) = nurse_and("2004-02-29");
    clinic.ok("record_vitals", taking(&patient, &[("pulse", "70", None)], &[]));
    let mut earlier = taking(&patient, &[("pulse", "80", None)], &[]);
    earlier["minutes_ago"] = json!(45);
    clinic.ok("record_vitals", earlier.clone());
    let times: Vec<String> = rows(&mut clinic, &patient).iter().map(|row| text(&row["time"])).collect();
    assert_eq!(times, ["10:31", "09:46"]);
    earlier["minutes_ago"] = json!(10_081);
    assert_eq!(clinic.refused("record_vitals", earlier).fields["field"], "minutes_ago");
}

#[test]
fn a_measurement_entered_in_error_is_withdrawn_with_a_reason() {
    let (mut clinic, patient) = nurse_and("2004-02-29");
    clinic
        .ok("record_vitals", taking(&patient, &[("systolic", "120", None), ("diastolic", "80", None)], &[]));
    let value = rows(&mut clinic, &patient)[0]["values"][0].clone();
    let void = |reason: &str| json!({"id": value["id"], "version": value["version"], "reason": reason});
    assert_eq!(clinic.refused("void_vital", void("")).fields["field"], "reason");
    clinic.ok("void_vital", void("of another person"));
    assert_eq!(rows(&mut clinic, &patient), [Value::Null; 0]);
    assert_eq!(clinic.refused("void_vital", void("again")).code, Code::NotFound);
}

#[test]
fn a_value_is_judged_at_the_age_that_the_person_had() {
    let (mut clinic, patient) = nurse_and("2010-11-23");
    clinic.ok("record_vitals", taking(&patient, &[("pulse", "55", None)], &[]));
    clinic.time.pass(2 * 86_400);
    clinic.seat(Role::Nurse);
    clinic.ok("record_vitals", taking(&patient, &[("pulse", "55", None)], &[]));
    let levels: Vec<String> =
        rows(&mut clinic, &patient).iter().map(|row| text(&row["values"][0]["level"])).collect();
    assert_eq!(levels, ["normal", "low"]);
}

#[test]
fn of_nobody_knows_what_age_a_level_is_said_only_where_every_age_has_the_same() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    let kept =
        clinic.ok("record_vitals", taking(&patient, &[("pulse", "70", None), ("spo2", "80", None)], &[]));
    assert_eq!(
        kept["levels"],
        json!([{"sign": "pulse", "level": "unknown"}, {"sign": "spo2", "level": "critical_low"}])
    );
}

#[test]
fn imported_vital_signs_have_their_levels_and_what_has_no_known_unit_has_none() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Administrator);
    let observation = |id: &str, code: &str, value: f64, unit: &str| {
        json!({"resource": {
            "resourceType": "Observation", "id": id, "status": "final",
            "category": [{"coding": [{"code": "vital-signs"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2026-11-20T09:00:00+08:00",
            "valueQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit},
        }})
    };
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1", "name": [{"family": "Salonga"}], "birthDate": "1980-01-01"}},
        observation("o1", "8331-1", 39.3, "Cel"),
        observation("o2", "8867-4", 70.0, "/min"),
        observation("o3", "29463-7", 70.0, "kg"),
        observation("o4", "9279-1", 0.5, "Hz"),
    ]});
    clinic.ok("import_fhir", json!({"text": bundle.to_string(), "dry_run": false}));
    clinic.seat(Role::Nurse);
    let patient = clinic.ok("find_patients", json!({"text": "salonga"}))["people"][0]["id"].clone();
    let rows = rows(&mut clinic, &text(&patient));
    assert_eq!((rows.len(), &rows[0]["imported"], &rows[0]["author"]), (1, &json!(true), &Value::Null));
    let mut shown = values(&rows[0]);
    shown.sort();
    let levels: Vec<[&str; 3]> =
        shown.iter().map(|[sign, _, unit, level]| [sign.as_str(), unit, level]).collect();
    assert_eq!(
        levels,
        [
            ["pulse", "/min", "normal"],
            ["respiration", "Hz", "unknown"],
            ["temperature", "°C", "critical_high"],
            ["weight", "kg", "unknown"],
        ]
    );
}

#[test]
fn the_answer_stays_below_32_kilobytes_and_says_that_it_was_cut() {
    let (mut clinic, patient) = nurse_and("2004-02-29");
    for minutes in 0..120 {
        let mut input = taking(
            &patient,
            &[("systolic", "120", None), ("diastolic", "80", None), ("pulse", "70", None)],
            &[],
        );
        input["minutes_ago"] = json!(minutes);
        clinic.ok("record_vitals", input);
    }
    let answer = clinic.ok("vital_signs", json!({"patient": patient}));
    assert!(answer.to_string().len() <= 32_768, "{}", answer.to_string().len());
    assert_eq!(answer["shortened"], true);
    let rows = answer["rows"].as_array().unwrap();
    assert!(rows.len() > 20 && rows.iter().all(|row| row["values"].as_array().unwrap().len() == 3));
}

#[test]
fn a_raised_pressure_asks_to_be_measured_again_and_raised_again_it_is_a_clinicians() {
    let (mut clinic, patient) = nurse_and("2004-02-29");
    let measure = |clinic: &mut Clinic, upper: &str, lower: &str| {
        let values = [("systolic", upper, None), ("diastolic", lower, None)];
        clinic.ok("record_vitals", taking(&patient, &values, &[]));
        clinic.time.pass(600);
    };
    let acts = |clinic: &mut Clinic| -> Vec<[Value; 3]> {
        let chart = clinic.ok("latest_vitals", json!({"patient": patient}));
        let acts = chart["acts"].as_array().unwrap().iter();
        acts.map(|due| ["act", "value", "first"].map(|name| due[name].clone())).collect()
    };
    let marked = |clinic: &mut Clinic| -> Vec<Value> {
        let page = clinic.ok("timeline", json!({"patient": patient, "kinds": [], "before": null}));
        page["rows"].as_array().unwrap().iter().map(|row| row["act"].clone()).collect()
    };
    measure(&mut clinic, "148", "92");
    assert_eq!(acts(&mut clinic), [[json!("repeat_blood_pressure"), json!("148/92"), json!(true)]]);
    assert_eq!(marked(&mut clinic), [json!("repeat_blood_pressure")]);
    measure(&mut clinic, "144", "90");
    assert_eq!(acts(&mut clinic), [[json!("tell_clinician"), json!("144/90"), json!(false)]]);
    assert_eq!(marked(&mut clinic), [json!("tell_clinician"), Value::Null]);
    measure(&mut clinic, "128", "82");
    assert_eq!(acts(&mut clinic), [[Value::Null, Value::Null, Value::Null]; 0]);
    clinic.time.pass(30 * 3600);
    clinic.seat(Role::Nurse);
    measure(&mut clinic, "150", "92");
    assert_eq!(acts(&mut clinic), [[json!("repeat_blood_pressure"), json!("150/92"), json!(false)]]);
    clinic.time.pass(25 * 3600);
    clinic.seat(Role::Nurse);
    assert_eq!(acts(&mut clinic), [[Value::Null, Value::Null, Value::Null]; 0], "of yesterday");
}
