//! Declared forms: filled, kept, signed and read back, by the roles that they name.

use std::collections::BTreeSet;

use app::{Code, Refusal};
use domain::access::Role;
use domain::forms::{Holds, Item, Last, Place, Spec, Weight, check, settled, specs};
use serde_json::{Map, Value, json};
use tests::desk::{Clinic, text};

use crate::form_paper::{exported, told};

/// Somebody of this role with a patient.
fn with(role: Role) -> (Clinic, String) {
    let mut clinic = Clinic::staffed();
    clinic.seat(role);
    let details = json!({"family": "Villamor", "given": "Bea", "birth_date": "1990-05-19"});
    let patient = text(&clinic.ok("register_patient", json!({"details": details}))["id"]);
    (clinic, patient)
}

fn write(form: &str, patient: &str, kept: &Value, answers: &Value) -> Value {
    json!({
        "form": form, "patient": patient, "visit": null, "filled": kept["id"], "version": kept["version"], "answers": answers,
    })
}

fn fresh(form: &str, patient: &str, answers: &Value) -> Value {
    write(form, patient, &Value::Null, answers)
}

fn filled(clinic: &mut Clinic, kept: &Value) -> Value {
    clinic.ok("filled", json!({"filled": kept["id"]}))
}

fn iop(value: &str) -> Value {
    json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "09:38"}}})
}

fn pressures(right: &str, left: &str) -> Value {
    json!({"iop:R:a": iop(right), "iop:L:b": iop(left)})
}

const PRESSURE: &str = "eye.pressure@1";

fn why(refusal: &Refusal) -> (Code, &Value, &Value) {
    (refusal.code, &refusal.fields["field"], &refusal.fields["remark"])
}

/// An answer that an item takes without a question.
fn right_answer(item: &Item) -> Option<Value> {
    let code = |options: &[domain::forms::Offered]| options.first().map(|offered| offered.code.clone());
    Some(match &item.holds {
        Holds::Number(number) => {
            let usual = number.plausible.as_ref().unwrap_or(&number.possible);
            json!({"n": usual.low.plain()})
        }
        Holds::Choice(scale) => json!({"c": code(&scale.options)?}),
        Holds::Finding(_) => json!({"c": "normal"}),
        Holds::Text(_) => json!({"t": "as before"}),
        Holds::Time => json!({"t": "09:38"}),
        Holds::Tooth => json!({"t": "36"}),
        Holds::Acuity => json!({"t": "6/9"}),
        Holds::Near => json!({"t": "N5"}),
        Holds::Reading(reading) => {
            let needed = reading.parts.iter().filter(|part| part.to_sign);
            let needed =
                needed.filter(|part| part.show == domain::forms::Cond::Always || part.key == "value");
            let parts: Map<String, Value> =
                needed.filter_map(|part| Some((part.key.clone(), right_answer(part)?))).collect();
            json!({"p": parts})
        }
        Holds::Derived(_) => return None,
    })
}

/// Every item of a form that is always asked, answered on each of its sides.
fn right_answers(spec: &Spec) -> Value {
    let mut answers = Map::new();
    for item in spec.items().filter(|item| item.show == domain::forms::Cond::Always) {
        for side in item.sides.each().iter().filter(|side| **side != Some("B")) {
            let side = side.map(|side| format!(":{side}")).unwrap_or_default();
            let reading = if item.many { ":a1" } else { "" };
            if let Some(answer) = right_answer(item) {
                answers.insert(format!("{}{side}{reading}", item.key), answer);
            }
        }
    }
    // What is asked because of these.
    for _ in 0..5 {
        let given = serde_json::from_value(Value::Object(answers.clone())).unwrap();
        let checked = check(spec, &settled(spec, given), &Last::new());
        let needed = checked.remarks.iter().filter(|remark| remark.weight == Weight::ToSign);
        let paths: Vec<String> = needed.map(|remark| remark.path.clone()).collect();
        if paths.is_empty() {
            return Value::Object(answers);
        }
        for path in paths {
            let item = spec.item(path.split(':').next().unwrap()).unwrap();
            let reading = if item.many { ":a1" } else { "" };
            answers.insert(format!("{path}{reading}"), right_answer(item).unwrap());
        }
    }
    unreachable!("{} always asks for more", spec.code)
}

/// An item with its side: a path without its reading.
fn place(path: &str) -> String {
    let Place { item, side, .. } = Place::of(path);
    side.map_or_else(|| item.to_owned(), |side| format!("{item}:{side}"))
}

/// Story 1, and 2 at the door: one test over all forms.
#[test]
fn every_form_is_filled_killed_opened_again_signed_printed_exported_and_read_back_by_the_roles_that_it_names()
{
    let (mut clinic, patient) = with(Role::Nurse);
    let mut kept = Vec::new();
    for spec in specs() {
        let form = spec.form();
        let answers = right_answers(spec);
        let clinical = [Role::Doctor, Role::Dentist, Role::Nurse, Role::Optometrist, Role::Pharmacist];
        for role in clinical.into_iter().filter(|role| !spec.fill.contains(role)) {
            clinic.seat(role);
            for command in ["save_form", "sign_form"] {
                let refusal = clinic.refused(command, fresh(&form, &patient, &answers));
                assert_eq!(refusal.code, Code::NotPermitted, "{form} {command} {}", role.word());
            }
        }
        let by = *spec.fill.first().unwrap();
        clinic.seat(by);
        let shown = clinic.ok("form", json!({"form": form, "patient": patient, "visit": null}));
        assert_eq!((&shown["spec"]["code"], &shown["may_fill"]), (&json!(spec.code), &json!(true)));
        assert_eq!(shown["may_sign"], json!(spec.sign.contains(&by)), "{form}");
        // Beside what it asks there is room for what was answered.
        assert!(shown["spec"].to_string().len() < 14_000, "{form} {}", shown["spec"].to_string().len());
        let saved = clinic.ok("save_form", fresh(&form, &patient, &answers));
        kept.push((spec, saved, answers));
    }
    clinic.restart();
    for (spec, saved, answers) in &kept {
        let form = spec.form();
        let signer = *spec.sign.last().unwrap();
        for role in spec.fill.iter().filter(|role| !spec.sign.contains(role)) {
            clinic.seat(*role);
            let refusal = clinic.refused("sign_form", write(&form, &patient, saved, answers));
            assert_eq!(refusal.code, Code::NotPermitted, "{form} {}", role.word());
        }
        clinic.seat(signer);
        let open = filled(&mut clinic, saved);
        assert_eq!((&open["form"], &open["signed_at"]), (&json!(form), &Value::Null));
        let signed = clinic.ok("sign_form", write(&form, &patient, saved, answers));
        let seen = filled(&mut clinic, &signed);
        assert!(seen["signed_at"].is_string() && seen["signed_by"].is_string(), "{form}");
        let said: BTreeSet<&String> = seen["answers"].as_object().unwrap().keys().collect();
        assert_eq!(said, answers.as_object().unwrap().keys().collect(), "{form}");
        assert_eq!((&seen["hidden"], &seen["known"]), (&json!([]), &json!(true)), "{form}");
        assert_ne!(seen["line"], "", "{form}");
        clinic.ok(
            "print_form",
            json!({"form": form, "filled": signed["id"], "universal": false, "printer": null}),
        );
        let paper = told(&clinic.printer.jobs().pop().unwrap().pdf);
        let edition = format!("{}, edition {}", spec.code, spec.version);
        assert!(paper.contains(&edition) && !paper.contains("not signed"), "{paper}");
        let table = exported(&mut clinic, &form, &patient);
        let parts = |path: &String| -> Vec<String> {
            let parts = answers[path]["p"].as_object().map(|parts| parts.keys().cloned().collect::<Vec<_>>());
            let part = |part: String| format!("{}/{part}", place(path));
            parts.map_or_else(|| vec![place(path)], |parts| parts.into_iter().map(part).collect())
        };
        let places: BTreeSet<String> = said.iter().flat_map(|path| parts(path)).collect();
        let full = table[0].iter().zip(&table[1]).filter(|(_, cell)| !cell.is_empty());
        let full: BTreeSet<String> =
            full.filter_map(|(head, _)| head.split(' ').next().map(str::to_owned)).collect();
        assert_eq!((table.len(), places.difference(&full).count()), (2, 0), "{form}: {table:?}");
    }
    let page =
        clinic.ok("filled_forms", json!({"patient": patient, "visit": null, "code": null, "after": null}));
    assert_eq!(page["rows"].as_array().unwrap().len(), specs().len());
    let rows =
        clinic.ok("timeline", json!({"patient": patient, "kinds": ["filled"], "before": null}))["rows"]
            .clone();
    assert!(rows.as_array().unwrap().iter().all(|row| row["line"].is_string() && row["signed"] == true));
    assert_eq!(clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
}

#[test]
fn a_dose_is_told_by_the_weight_of_the_last_half_year_and_without_one_says_so() {
    let (mut clinic, patient) = with(Role::Dentist);
    let dose = json!({"p": {
        "method": {"c": "infiltration"}, "agent": {"c": "articaine"}, "strength": {"n": "4"}, "ml": {"n": "1.7"},
    }});
    let answers = json!({"anaesthesia": {"c": "given"}, "dose:a1": dose});
    let given = |clinic: &mut Clinic| {
        let look = json!({"form": "dental.visit@1", "patient": patient, "filled": null, "answers": answers});
        text(&clinic.ok("check_form", look)["derived"]["given"])
    };
    assert_eq!(given(&mut clinic), "articaine 68 mg, no weight of the last six months");
    let weight = json!([{"sign": "weight", "value": "40", "unit": "kg"}]);
    let taking =
        json!({"patient": patient, "visit": null, "values": weight, "confirmed": [], "minutes_ago": null});
    clinic.ok("record_vitals", taking);
    assert_eq!(given(&mut clinic), "articaine 68 mg, 1.7 mg/kg of 40 kg");
    let kept = clinic.ok("save_form", fresh("dental.visit@1", &patient, &answers));
    assert_eq!(filled(&mut clinic, &kept)["derived"]["given"], "articaine 68 mg, 1.7 mg/kg of 40 kg");
    clinic.time.pass(200 * 86_400);
    clinic.seat(Role::Dentist);
    assert_eq!(given(&mut clinic), "articaine 68 mg, no weight of the last six months");
}

#[test]
fn a_time_that_lies_ahead_is_asked_about_once_on_the_day_of_its_form() {
    let (mut clinic, patient) = with(Role::Optometrist);
    let drops = |time: &str, meant: bool| {
        let mut at = json!({"t": time});
        if meant {
            at["ok"] = json!(true);
        }
        json!({"drops_at": at})
    };
    let form = "eye.refraction@1";
    let early = clinic.ok("save_form", fresh(form, &patient, &drops("00:01", false)));
    let late = clinic.refused("save_form", fresh(form, &patient, &drops("23:58", false)));
    assert_eq!(why(&late), (Code::Implausible, &json!("drops_at"), &json!("later_than_now")));
    clinic.ok("save_form", fresh(form, &patient, &drops("23:58", true)));
    let ahead = json!({"iop:R:a": {"p": {"at": {"t": "23:58"}, "value": {"n": "16"}}}});
    let late = clinic.refused("save_form", fresh(PRESSURE, &patient, &ahead));
    assert_eq!(why(&late), (Code::Implausible, &json!("iop:R:a/at"), &json!("later_than_now")));
    // Of a form of an earlier day any time is over.
    clinic.time.pass(86_400);
    clinic.seat(Role::Optometrist);
    clinic.ok("save_form", write(form, &patient, &early, &drops("23:58", false)));
}

#[test]
fn a_role_that_a_form_does_not_name_is_refused_at_the_door() {
    let (mut clinic, patient) = with(Role::Dentist);
    let write = fresh(PRESSURE, &patient, &pressures("16", "17"));
    for command in ["save_form", "sign_form"] {
        assert_eq!(clinic.refused(command, write.clone()).code, Code::NotPermitted);
    }
    let look = json!({"form": PRESSURE, "patient": patient, "filled": null, "answers": {}});
    assert_eq!(clinic.refused("check_form", look).code, Code::NotPermitted);
    let forms = clinic.ok("forms", json!({}))["forms"].clone();
    for form in forms.as_array().unwrap() {
        assert_eq!(form["may_fill"], text(&form["form"]).starts_with("dental."), "{}", form["form"]);
    }
    clinic.seat(Role::Nurse);
    let kept = clinic.ok("save_form", write.clone());
    let again = self::write(PRESSURE, &patient, &kept, &pressures("16", "17"));
    assert_eq!(clinic.refused("sign_form", again.clone()).code, Code::NotPermitted);
    clinic.seat(Role::Dentist);
    let void = json!({"id": kept["id"], "version": kept["version"], "reason": "not hers"});
    assert_eq!(clinic.refused("void_form", void).code, Code::NotPermitted);
    // The doctor signs what the nurse measured; both are named.
    clinic.seat(Role::Doctor);
    let signed = clinic.ok("sign_form", again);
    let seen = filled(&mut clinic, &signed);
    assert_ne!(seen["author"], seen["signed_by"]);
}

#[test]
fn a_pressure_of_44_asks_once_is_kept_when_it_is_meant_and_says_that_somebody_acts() {
    let (mut clinic, patient) = with(Role::Nurse);
    let refusal = clinic.refused("save_form", fresh(PRESSURE, &patient, &pressures("44", "17")));
    assert_eq!(why(&refusal), (Code::Implausible, &json!("iop:R:a/value"), &json!("implausible")));
    let mut meant = pressures("44", "17");
    meant["iop:R:a"]["p"]["value"]["ok"] = json!(true);
    let kept = clinic.ok("save_form", fresh(PRESSURE, &patient, &meant));
    let seen = filled(&mut clinic, &kept);
    let codes: Vec<&Value> =
        seen["remarks"].as_array().unwrap().iter().map(|remark| &remark["code"]).collect();
    assert!(codes.contains(&&json!("act_now")), "{codes:?}");
    // Eight away from last time asks too, whoever measures, in another form.
    let refusal = clinic.refused("save_form", fresh(PRESSURE, &patient, &pressures("24", "17")));
    assert_eq!(why(&refusal).2, &json!("far_from_last"));
    let last =
        clinic.ok("form", json!({"form": PRESSURE, "patient": patient, "visit": null}))["last"].clone();
    assert_eq!(
        (&last["iop:R"]["answer"]["p"]["value"]["n"], last["iop:R"]["day"].is_string()),
        (&json!("44"), true)
    );
}

#[test]
fn what_cannot_be_is_refused_at_its_field_and_what_lacks_only_when_it_is_signed() {
    let (mut clinic, patient) = with(Role::Doctor);
    let mut save = |form: &str, answers: Value| clinic.refused("save_form", fresh(form, &patient, &answers));
    let lens = |axis: &str| json!({"lens:R:a": {"p": {"sph": {"n": "-2.25"}, "cyl": {"n": "-0.75"}, "axis": {"n": axis}}}});
    for (form, answers, field, remark) in [
        ("eye.refraction@1", lens("200"), "lens:R:a/axis", "impossible"),
        ("eye.refraction@1", lens("0"), "lens:R:a/axis", "axis_zero"),
        ("eye.disc@1", json!({"cd_v:R": {"n": "1.2"}}), "cd_v:R", "impossible"),
        ("eye.disc@1", json!({"size:R": {"n": "1.8", "u": "inch"}}), "size:R", "wrong_unit"),
        ("eye.pressure@1", json!({"pulse:R": {"n": "72"}}), "pulse:R", "not_offered"),
        ("eye.pressure@1", json!({"target": {"n": "16"}}), "target", "not_offered"),
    ] {
        assert_eq!(why(&save(form, answers)), (Code::Invalid, &json!(field), &json!(remark)));
    }
    assert_eq!(save("eye.pressure@2", pressures("16", "17")).code, Code::Invalid);
    assert_eq!(save(PRESSURE, json!({})).code, Code::Missing);
    let long = json!({"shape:R": {"w": "x".repeat(13_000)}});
    assert_eq!(save("eye.pupils@1", long).code, Code::TooLarge);
    let right = json!({"iop:R:a": iop("16")});
    let kept = clinic.ok("save_form", fresh(PRESSURE, &patient, &right));
    let refusal = clinic.refused("sign_form", write(PRESSURE, &patient, &kept, &right));
    assert_eq!(why(&refusal), (Code::Missing, &json!("iop:L"), &json!("needed")));
    // An eye that is not there is an answer too.
    let gone = json!({"iop:R:a": iop("16"), "iop:L:b": {"x": "eye_absent"}});
    let signed = clinic.ok("sign_form", write(PRESSURE, &patient, &kept, &gone));
    for command in ["save_form", "sign_form"] {
        assert_eq!(clinic.refused(command, write(PRESSURE, &patient, &signed, &gone)).code, Code::Frozen);
    }
    let void = json!({"id": signed["id"], "version": signed["version"], "reason": "a mistake"});
    assert_eq!(clinic.refused("void_form", void).code, Code::Frozen);
}

#[test]
fn snellen_in_a_log_mar_field_is_refused_and_offered_and_fingers_are_kept_without_a_number() {
    let (mut clinic, patient) = with(Role::Nurse);
    let va = |chart: &str, value: &str| json!({"va:R:a": {"p": {"chart": {"c": chart}, "value": {"t": value}, "with": {"c": "best"}}}});
    let look = |answers: &Value| json!({"form": "eye.acuity@1", "patient": patient, "filled": null, "answers": answers});
    let checked = clinic.ok("check_form", look(&va("logmar", "6/12")));
    let wrong = checked["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|remark| remark["code"] == "wrong_notation")
        .unwrap();
    assert_eq!(wrong["offer"]["p"]["chart"]["c"], "snellen_m");
    let kept = clinic.ok("save_form", fresh("eye.acuity@1", &patient, &json!({"va:R:a": wrong["offer"]})));
    let seen = filled(&mut clinic, &kept);
    assert_eq!(
        (&seen["answers"]["va:R:a"]["p"]["value"]["n"], &seen["derived"]["va:R:a/letters"]),
        (&json!("0.301"), &json!("70"))
    );
    let kept = clinic.ok("save_form", fresh("eye.acuity@1", &patient, &va("snellen_m", "CF")));
    let value = filled(&mut clinic, &kept)["answers"]["va:R:a"]["p"]["value"].clone();
    assert_eq!(value, json!({"t": "CF", "c": "cf"}));
}

#[test]
fn an_answer_that_is_no_longer_asked_stays_and_is_not_told() {
    let (mut clinic, patient) = with(Role::Doctor);
    let answers = json!({"lens:R": {"s": ["cataract"]}, "iol_place:R": {"c": "bag"}});
    let signed = clinic.ok("sign_form", fresh("eye.slit_lamp@1", &patient, &answers));
    let seen = filled(&mut clinic, &signed);
    assert_eq!(
        (&seen["hidden"], &seen["answers"]["iol_place:R"]["c"]),
        (&json!(["iol_place:R"]), &json!("bag"))
    );
    assert_eq!(seen["line"], "Lens: R cataract");
}

#[test]
fn an_open_form_of_the_visit_goes_on_and_one_made_by_mistake_is_withdrawn() {
    let (mut clinic, patient) = with(Role::Doctor);
    let visit = json!({"patient": patient, "kind": "consultation", "concern": null, "status": "in_progress"});
    let visit = clinic.ok("start_visit", visit)["id"].clone();
    let mut first = fresh(PRESSURE, &patient, &pressures("16", "17"));
    first["visit"] = visit.clone();
    let kept = clinic.ok("save_form", first.clone());
    let open =
        clinic.ok("form", json!({"form": PRESSURE, "patient": patient, "visit": visit}))["open"].clone();
    assert_eq!((&open["id"], &open["version"]), (&kept["id"], &kept["version"]));
    // What is left out is cleared, and what stands is not written again.
    let less = clinic.ok("save_form", write(PRESSURE, &patient, &kept, &json!({"iop:R:a": iop("16")})));
    let seen = filled(&mut clinic, &less);
    assert_eq!(seen["answers"].as_object().unwrap().len(), 1);
    let same = clinic.ok("save_form", write(PRESSURE, &patient, &less, &json!({"iop:R:a": iop("16")})));
    assert_eq!(same["version"], less["version"]);
    clinic.ok("void_form", json!({"id": less["id"], "version": less["version"], "reason": "another person"}));
    assert_eq!(clinic.refused("filled", json!({"filled": kept["id"]})).code, Code::NotFound);
    let other =
        text(&clinic.ok("register_patient", json!({"details": {"family": "Other", "given": "One"}}))["id"]);
    first["patient"] = json!(other);
    assert_eq!(clinic.refused("save_form", first).code, Code::NotFound);
}
