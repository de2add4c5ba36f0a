//! Teeth: a look as it is called, the mouth of any day, and treatments from planned to done under their tooth.

use std::process::Command;

use app::{Code, Refusal};
use domain::access::Role;
use domain::dental::Tooth;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

/// A dentist with somebody born on this day.
fn with(born: &str) -> (Clinic, String) {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Dentist);
    let details = json!({"family": "Villamor", "given": "Bea", "birth_date": born});
    let patient = text(&clinic.ok("register_patient", json!({"details": details}))["id"]);
    (clinic, patient)
}

const GROWN: &str = "1990-05-19";
const CHILD: &str = "2017-05-19";

/// A look with this found and these lists; every other list is empty.
fn look(patient: &str, found: Value, lists: Value) -> Value {
    let mut look = json!({
        "patient": patient, "visit": null, "called_by": null, "sound": [], "unerupted": [], "shed": [], "not_seen": [],
        "found": found,
    });
    for (name, teeth) in lists.as_object().unwrap() {
        look[name] = teeth.clone();
    }
    look
}

fn permanent() -> Vec<&'static str> {
    Tooth::ALL.iter().filter(|tooth| !tooth.is_milk()).map(|tooth| tooth.word()).collect()
}

fn mouth(clinic: &mut Clinic, patient: &str) -> Value {
    clinic.ok("mouth", json!({"patient": patient}))
}

fn on(clinic: &mut Clinic, patient: &str, day: &str) -> Value {
    clinic.ok("mouth", json!({"patient": patient, "day": day}))
}

fn tooth(mouth: &Value, tooth: &str) -> Value {
    mouth["teeth"].as_array().unwrap().iter().find(|shown| shown["tooth"] == tooth).unwrap().clone()
}

fn marks(mouth: &Value, name: &str) -> Vec<String> {
    let marks = tooth(mouth, name)["marks"].clone();
    marks.as_array().unwrap().iter().map(|mark| text(&mark["mark"])).collect()
}

fn plan(clinic: &mut Clinic, patient: &str, treatment: &str, name: &str) -> Value {
    let details = json!({
        "treatment": treatment, "teeth": {name: {"tooth": name, "surfaces": "O"}}, "for_caries": true, "plan_order": 1,
    });
    clinic.ok("plan_treatment", json!({"patient": patient, "visit": null, "details": details}))
}

fn agree(clinic: &mut Clinic, patient: &str, by: &str, treatment: &Value) -> Value {
    let seen = json!([{"id": treatment["id"], "version": treatment["version"]}]);
    let name = "Rowena Villamor";
    clinic.ok("agree_treatments", json!({"patient": patient, "by": by, "name": name, "treatments": seen}))
}

/// A step to done; what it says beside that.
fn done(treatment: &Value, says: Value) -> Value {
    let mut step = json!({
        "id": treatment["id"], "version": treatment["version"], "to": "done", "said": null, "xray": null, "sure": false,
        "reason": null,
    });
    for (name, value) in says.as_object().unwrap() {
        step[name] = value.clone();
    }
    step
}

fn field(refusal: &Refusal) -> (Code, String) {
    (refusal.code, refusal.fields.get("field").map(text).unwrap_or_default())
}

/// The records of `kind` on somebody's timeline.
fn written(clinic: &mut Clinic, patient: &str, kind: &str) -> usize {
    let input = json!({"patient": patient, "kinds": [kind], "before": null});
    clinic.ok("timeline", input)["rows"].as_array().unwrap().len()
}

#[test]
fn tooth_19_is_refused_and_55_is_taken_and_shows_as_a() {
    let (mut clinic, patient) = with(CHILD);
    for none in ["19", "49", "86", "All", "A"] {
        let refused = clinic
            .refused("keep_findings", look(&patient, json!([{"tooth": none, "mark": "caries"}]), json!({})));
        assert_eq!(refused.code, Code::WrongInput, "{none}");
        let refused = clinic.refused("keep_findings", look(&patient, json!([]), json!({"sound": [none]})));
        assert_eq!(refused.code, Code::WrongInput, "{none}");
    }
    assert_eq!(written(&mut clinic, &patient, "tooth_exam"), 0);
    clinic.ok(
        "keep_findings",
        look(&patient, json!([{"tooth": "55", "mark": "filled", "surfaces": "do"}]), json!({})),
    );
    let mouth = mouth(&mut clinic, &patient);
    let shown = tooth(&mouth, "55");
    assert_eq!((&shown["universal"], &shown["code"]), (&json!("A"), &json!("D")));
    assert_eq!(shown["marks"], json!([{"mark": "filled", "surfaces": "OD"}]));
    assert_eq!(mouth["teeth"].as_array().unwrap().len(), 52);
}

#[test]
fn all_sound_and_five_exceptions_make_one_exam_and_the_mouth_of_february_is_as_it_was() {
    let (mut clinic, patient) = with(GROWN);
    let february = look(&patient, json!([]), json!({"sound": permanent()}));
    clinic.ok("keep_findings", february);
    clinic.time.pass(200 * 24 * 3600);
    clinic.seat(Role::Nurse);
    let found = json!([
        {"tooth": "36", "mark": "caries", "surfaces": "O", "depth": "dentine"},
        {"tooth": "16", "mark": "sealant", "surfaces": "O"},
        {"tooth": "26", "mark": "filled", "surfaces": "MO"},
        {"tooth": "46", "mark": "missing", "for_caries": true},
        {"tooth": "11", "mark": "fractured", "surfaces": "I"},
    ]);
    let others: Vec<&str> =
        permanent().into_iter().filter(|tooth| !["36", "16", "26", "46", "11"].contains(tooth)).collect();
    let staff = clinic.ok("staff", json!({"before": null}))["people"].clone();
    let dentist = staff.as_array().into_iter().flatten().find(|row| row["role"] == "dentist").cloned();
    let mut look = look(&patient, found, json!({"sound": others}));
    look["called_by"] = dentist.unwrap_or_default()["id"].clone();
    clinic.ok("keep_findings", look);
    assert_eq!(
        (written(&mut clinic, &patient, "tooth_exam"), written(&mut clinic, &patient, "tooth_mark")),
        (2, 5)
    );
    // What happened to a look names its teeth as people write them.
    let rows =
        clinic.ok("timeline", json!({"patient": patient, "kinds": ["tooth_exam"], "before": null}))["rows"]
            .clone();
    let steps = clinic.ok("history", json!({"record": rows[0]["id"], "before": null}))["steps"].clone();
    let changes = steps[0]["changes"].as_array().unwrap();
    let sound = changes.iter().find(|change| change["path"] == "sound").unwrap();
    assert_eq!(sound["to"], others.join(", "));
    let now = mouth(&mut clinic, &patient);
    // By hand: 36 decayed, 46 missing for decay, 26 filled; a sealed and a broken tooth count nowhere.
    let counted = json!({"decayed": 1, "missing": 1, "filled": 1, "seen": 32, "of": 32});
    assert_eq!(now["indices"]["permanent"], counted);
    assert_eq!(now["indices"]["milk"]["seen"], 0);
    assert_eq!(now["days"].as_array().unwrap().len(), 2);
    let then = text(&now["days"][1]);
    let then = on(&mut clinic, &patient, &then);
    let sound = json!({"decayed": 0, "missing": 0, "filled": 0, "seen": 32, "of": 32});
    assert_eq!((&then["indices"]["permanent"], &then["rows"]), (&sound, &json!([])));
    let day = clinic.refused("mouth", json!({"patient": patient, "day": "2199-01-01"}));
    assert_eq!(field(&day), (Code::Invalid, "day".to_owned()));
    // A look at what is there already writes no mark twice.
    let again = json!([{"tooth": "36", "mark": "caries", "surfaces": "O"}]);
    clinic.ok("keep_findings", self::look(&patient, again, json!({"sound": ["26", "11"]})));
    assert_eq!(written(&mut clinic, &patient, "tooth_mark"), 5);
    let story = clinic.ok("tooth", json!({"patient": patient, "tooth": "36"}));
    let told: Vec<(String, Value)> = story["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (text(&row["says"]["kind"]), row["says"]["details"]["list"].clone()))
        .collect();
    let looked = |list: &str| ("looked".to_owned(), json!(list));
    assert!(told.contains(&looked("as_before")) && told.contains(&looked("sound")), "{told:?}");
    assert!(told.contains(&("found".to_owned(), Value::Null)), "{told:?}");
    let rebuilt = clinic.ok("rebuild", json!({"check": true}));
    assert_eq!(rebuilt["differing"], json!([]));
}

#[test]
fn a_milk_molars_filling_goes_from_planned_to_done_under_its_tooth_and_ends_its_decay() {
    let (mut clinic, patient) = with(CHILD);
    let found = json!([{"tooth": "55", "mark": "caries", "surfaces": "O"}, {"tooth": "55", "mark": "caries", "surfaces": "B"}]);
    clinic.ok("keep_findings", look(&patient, found, json!({})));
    let planned = plan(&mut clinic, &patient, "filling", "55");
    let before = mouth(&mut clinic, &patient);
    assert_eq!(tooth(&before, "55")["planned"], json!([{"treatment": "filling", "surfaces": "O"}]));
    assert_eq!(before["guarded"], true);
    let row = &before["rows"][0];
    assert_eq!((&row["findings"][0]["surfaces"], &row["treatment"]["agreed"]), (&json!("O"), &json!(false)));
    let refused = clinic.refused("step_treatment", done(&planned, json!({})));
    assert_eq!((refused.code, &refused.fields["reason"]), (Code::GuardianToAgree, &json!("minor")));
    let seen = json!([{"id": planned["id"], "version": planned["version"]}]);
    let own = json!({"patient": patient, "by": "patient", "name": "Bea Villamor", "treatments": seen});
    assert_eq!(clinic.refused("agree_treatments", own).code, Code::GuardianToAgree);
    clinic.seat(Role::FrontDesk);
    let agreed = agree(&mut clinic, &patient, "guardian", &planned);
    clinic.seat(Role::Dentist);
    let kept = clinic.ok("step_treatment", done(&agreed, json!({})));
    assert_eq!(kept["id"], planned["id"], "done is the record that was planned");
    let after = mouth(&mut clinic, &patient);
    assert_eq!(tooth(&after, "55")["planned"], json!([]));
    let mut left = marks(&after, "55");
    left.sort();
    assert_eq!(
        (left, &tooth(&after, "55")["code"]),
        (vec!["caries".to_owned(), "filled".to_owned()], &json!("C"))
    );
    assert_eq!(written(&mut clinic, &patient, "procedure"), 1);
    let refused = clinic.refused("step_treatment", done(&kept, json!({})));
    assert_eq!(refused.code, Code::IllegalMove, "it is done");
    let edit = json!({"id": kept["id"], "version": kept["version"], "patch": {"fee": "1"}});
    assert_eq!(clinic.refused("edit_treatment", edit).code, Code::IllegalMove);
    // Withdrawn, it takes its filling along, and the decay that it ended is there again.
    let void = json!({"id": kept["id"], "version": kept["version"], "reason": "another child"});
    clinic.ok("void_treatment", void);
    assert_eq!(marks(&mouth(&mut clinic, &patient), "55"), ["caries", "caries"]);
    assert_eq!(written(&mut clinic, &patient, "procedure"), 0);
}

#[test]
fn before_a_tooth_is_lost_it_is_agreed_to_said_and_looked_at_and_what_is_easily_mixed_up_is_asked_again() {
    let (mut clinic, patient) = with(GROWN);
    let planned = plan(&mut clinic, &patient, "extraction", "14");
    let all = json!({"said": "14", "xray": "yes", "sure": true});
    assert_eq!(clinic.refused("step_treatment", done(&planned, all.clone())).code, Code::NotAgreed);
    let agreed = agree(&mut clinic, &patient, "patient", &planned);
    // Who agreed to one tooth has not agreed to another.
    let other = json!({"id": agreed["id"], "version": agreed["version"], "patch": {"teeth": {"24": {"tooth": "24"}}}});
    let other = clinic.ok("edit_treatment", other);
    assert_eq!(clinic.refused("step_treatment", done(&other, all.clone())).code, Code::NotAgreed);
    let back =
        json!({"id": other["id"], "version": other["version"], "patch": {"teeth": {"14": {"tooth": "14"}}}});
    let agreed = clinic.ok("edit_treatment", back);
    // Nor has who agreed to one treatment of a tooth agreed to another of it.
    let turn = |treatment: &Value, to: &str| json!({"id": treatment["id"], "version": treatment["version"], "patch": {"treatment": to}});
    let root = clinic.ok("edit_treatment", turn(&agreed, "root_canal"));
    assert_eq!(clinic.refused("step_treatment", done(&root, all.clone())).code, Code::NotAgreed);
    let row = clinic.ok("whole_treatment", json!({"id": root["id"]}));
    assert_eq!((&row["agreed"], &row["agreed_by"]), (&json!(false), &Value::Null));
    let back = clinic.ok("edit_treatment", turn(&root, "extraction"));
    let agreed = agree(&mut clinic, &patient, "patient", &back);
    let unsaid = clinic.refused("step_treatment", done(&agreed, json!({"xray": "yes"})));
    assert_eq!(field(&unsaid), (Code::Missing, "said".to_owned()));
    let other = clinic.refused("step_treatment", done(&agreed, json!({"said": "15", "xray": "yes"})));
    assert_eq!(
        (other.code, &other.fields["said"], &other.fields["tooth"]),
        (Code::OtherTooth, &json!("15"), &json!("14"))
    );
    let unseen = clinic.refused("step_treatment", done(&agreed, json!({"said": "14"})));
    assert_eq!(field(&unseen), (Code::Missing, "xray".to_owned()));
    let again = clinic.refused("step_treatment", done(&agreed, json!({"said": "14", "xray": "none"})));
    assert_eq!((again.code, &again.fields["why"]), (Code::AskAgain, &json!("premolar")));
    clinic.ok("step_treatment", done(&agreed, all));
    let now = mouth(&mut clinic, &patient);
    assert_eq!((&tooth(&now, "14")["stands"], &tooth(&now, "14")["code"]), (&json!("missing"), &json!("4")));
    // Nothing is found of it or planned for it then.
    let found = look(&patient, json!([{"tooth": "14", "mark": "caries", "surfaces": "O"}]), json!({}));
    let gone = clinic.refused("keep_findings", found);
    assert_eq!((gone.code, &gone.fields["tooth"]), (Code::ToothGone, &json!("14")));
    let details = json!({"treatment": "filling", "teeth": {"14": {"tooth": "14", "surfaces": "O"}}});
    let input = json!({"patient": patient, "visit": null, "details": details});
    assert_eq!(clinic.refused("plan_treatment", input).code, Code::ToothGone);
}

#[test]
fn an_agreement_that_is_recorded_while_a_step_is_open_lets_it_go() {
    for (born, by) in [(CHILD, "guardian"), ("2008", "guardian"), (GROWN, "patient")] {
        let (mut clinic, patient) = with(born);
        let planned = plan(&mut clinic, &patient, "extraction", "26");
        // What was typed stands on the plan as it was before anybody agreed.
        let step = done(&planned, json!({"said": "26", "xray": "yes"}));
        let refused = clinic.refused("step_treatment", step.clone());
        let expected = match born {
            CHILD => (Code::GuardianToAgree, Some(json!("minor"))),
            GROWN => (Code::NotAgreed, None),
            _ => (Code::GuardianToAgree, None),
        };
        assert_eq!((refused.code, refused.fields.get("reason").cloned()), expected);
        agree(&mut clinic, &patient, by, &planned);
        let kept = clinic.ok("step_treatment", step);
        assert_eq!(kept["conflict"], false);
        assert_eq!(tooth(&mouth(&mut clinic, &patient), "26")["stands"], "missing");
    }
    // Who agreed to what the plan became has not agreed to what was seen.
    let (mut clinic, patient) = with(CHILD);
    let planned = plan(&mut clinic, &patient, "filling", "26");
    let edit = json!({"id": planned["id"], "version": planned["version"], "patch": {"treatment": "sealant"}});
    let sealant = clinic.ok("edit_treatment", edit);
    agree(&mut clinic, &patient, "guardian", &sealant);
    clinic.refused("step_treatment", done(&planned, json!({})));
}

#[test]
fn a_treatment_of_two_teeth_shows_at_both_with_what_it_treats() {
    let (mut clinic, patient) = with(GROWN);
    let found = json!([
        {"tooth": "36", "mark": "filled", "surfaces": "B"}, {"tooth": "36", "mark": "caries", "surfaces": "M"},
        {"tooth": "36", "mark": "caries", "surfaces": "O"}, {"tooth": "46", "mark": "caries", "surfaces": "O"},
        {"tooth": "46", "mark": "fractured"},
    ]);
    clinic.ok("keep_findings", look(&patient, found, json!({})));
    let teeth = json!({"36": {"tooth": "36", "surfaces": "MO"}, "46": {"tooth": "46", "surfaces": "O"}});
    let details = json!({"treatment": "filling", "teeth": teeth});
    clinic.ok("plan_treatment", json!({"patient": patient, "visit": null, "details": details}));
    let now = mouth(&mut clinic, &patient);
    for (name, surfaces) in [("36", "MO"), ("46", "O")] {
        assert_eq!(
            tooth(&now, name)["planned"],
            json!([{"treatment": "filling", "surfaces": surfaces}]),
            "{name}"
        );
    }
    let treated = |row: &Value| -> Vec<String> {
        let findings = row["findings"].as_array().unwrap();
        findings.iter().map(|of| format!("{} {}", text(&of["tooth"]), text(&of["mark"]))).collect()
    };
    assert_eq!(treated(&now["rows"][0]), ["36 caries", "36 caries", "46 caries"]);
    // What the filling does not end waits beside it.
    assert_eq!(
        (treated(&now["rows"][1]), &now["rows"][1]["treatment"]),
        (vec!["46 fractured".to_owned()], &Value::Null)
    );
    assert_eq!(now["rows"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_called_twice_in_one_sitting_is_written_once_and_contradicts_nothing() {
    let (mut clinic, patient) = with(GROWN);
    let caries = |surfaces: Value| json!({"tooth": "46", "mark": "caries", "surfaces": surfaces});
    let mut keep = |found: Value| {
        let kept = clinic.ok("keep_findings", look(&patient, found, json!({})));
        assert_eq!(kept["conflict"], false);
        let now = mouth(&mut clinic, &patient);
        assert_eq!(now["clashes"], json!([]));
        tooth(&now, "46")["marks"].clone()
    };
    let once = json!([{"mark": "caries", "surfaces": "O"}]);
    assert_eq!(keep(json!([caries(json!("O")), caries(json!("I")), caries(Value::Null)])), once);
    assert_eq!(keep(json!([caries(json!("O"))])), once);
    assert_eq!(keep(json!([caries(Value::Null)])), once);
    // What goes further takes the place of what went less far.
    let deep = json!({"tooth": "46", "mark": "caries", "surfaces": "OD", "depth": "dentine"});
    let once = json!([{"mark": "caries", "surfaces": "OD", "depth": "dentine"}]);
    assert_eq!(keep(json!([caries(json!("OD")), deep])), once);
    // Two places of one look may meet.
    let place = |surfaces: &str| json!({"tooth": "37", "mark": "caries", "surfaces": surfaces});
    keep(json!([place("MO"), place("OD")]));
    assert_eq!(marks(&mouth(&mut clinic, &patient), "37").len(), 2);
}

#[test]
fn a_milk_tooth_of_which_nobody_knows_a_successor_is_asked_about_and_another_is_not() {
    let (mut clinic, patient) = with(CHILD);
    clinic.ok("keep_findings", look(&patient, json!([]), json!({"unerupted": ["15"]})));
    for (name, asked) in [("54", true), ("55", false)] {
        let planned = plan(&mut clinic, &patient, "pulp_treatment", name);
        let agreed = agree(&mut clinic, &patient, "guardian", &planned);
        let step = done(&agreed, json!({"said": name, "xray": "yes"}));
        if asked {
            let refused = clinic.refused("step_treatment", step.clone());
            assert_eq!((refused.code, &refused.fields["why"]), (Code::AskAgain, &json!("no_successor")));
            let mut sure = step;
            sure["sure"] = json!(true);
            clinic.ok("step_treatment", sure);
        } else {
            clinic.ok("step_treatment", step);
        }
        assert_eq!(marks(&mouth(&mut clinic, &patient), name), ["pulp_treated"]);
    }
}

#[test]
fn what_says_too_little_or_cannot_be_is_refused_at_its_field() {
    let (mut clinic, patient) = with(GROWN);
    let refused = |clinic: &mut Clinic, found: Value, lists: Value| {
        let refused = clinic.refused("keep_findings", look(&patient, found, lists));
        field(&refused)
    };
    let missing = |name: &str| (Code::Missing, name.to_owned());
    let invalid = |name: &str| (Code::Invalid, name.to_owned());
    assert_eq!(refused(&mut clinic, json!([]), json!({})), missing("found"));
    let crown = json!([{"tooth": "36", "mark": "crown"}]);
    assert_eq!(refused(&mut clinic, crown, json!({})), missing("for_caries"));
    let loose = json!([{"tooth": "36", "mark": "mobile", "grade": 4}]);
    assert_eq!(refused(&mut clinic, loose, json!({})), invalid("grade"));
    assert_eq!(
        refused(&mut clinic, json!([]), json!({"sound": ["36"], "not_seen": ["36"]})),
        invalid("not_seen")
    );
    assert_eq!(refused(&mut clinic, json!([]), json!({"shed": ["36"]})), invalid("shed"));
    let mut called = look(&patient, json!([]), json!({"sound": ["36"]}));
    called["called_by"] = json!(patient);
    assert_eq!(clinic.refused("keep_findings", called).code, Code::NotFound);
    assert_eq!(written(&mut clinic, &patient, "tooth_exam"), 0);
    let plan = |details: Value| json!({"patient": patient, "visit": null, "details": details});
    let bare = json!({"36": {"tooth": "36"}});
    for (details, expected) in [
        (json!({}), missing("treatment")),
        (json!({"treatment": "filling"}), missing("teeth")),
        (json!({"treatment": "filling", "teeth": bare}), missing("surfaces")),
        (json!({"treatment": "crown", "teeth": bare}), missing("for_caries")),
        (json!({"treatment": "other"}), missing("text")),
        (json!({"treatment": "cleaning", "fee": "-1"}), invalid("fee")),
        (json!({"treatment": "cleaning", "fee": "85", "cover": "100"}), invalid("cover")),
        (json!({"treatment": "cleaning", "plan_order": 0}), invalid("plan_order")),
        (json!({"treatment": "sealant", "teeth": {"36": {"tooth": "37"}}}), invalid("teeth")),
        (
            json!({"treatment": "root_canal", "teeth": {"36": {"tooth": "36"}, "37": {"tooth": "37"}}}),
            invalid("teeth"),
        ),
    ] {
        let refused = clinic.refused("plan_treatment", plan(details.clone()));
        assert_eq!(field(&refused), expected, "{details}");
    }
    let cleaning = clinic.ok("plan_treatment", plan(json!({"treatment": "cleaning"})));
    for to in ["cancelled", "postponed"] {
        let mut step = done(&cleaning, json!({"reason": " "}));
        step["to"] = json!(to);
        assert_eq!(field(&clinic.refused("step_treatment", step)), missing("reason"), "{to}");
    }
    let nobody = json!({"patient": patient, "by": "patient", "name": " ", "treatments": []});
    assert_eq!(field(&clinic.refused("agree_treatments", nobody)), missing("name"));
}

#[test]
fn an_exam_in_the_wrong_chart_goes_with_what_was_found_in_it_and_a_mark_by_itself() {
    let (mut clinic, patient) = with(GROWN);
    clinic.ok(
        "keep_findings",
        look(&patient, json!([{"tooth": "36", "mark": "caries", "surfaces": "O"}]), json!({})),
    );
    let wrong = json!([{"tooth": "36", "mark": "filled", "surfaces": "O"}, {"tooth": "37", "mark": "worn"}]);
    let exam = clinic.ok("keep_findings", look(&patient, wrong, json!({"sound": ["11"]})));
    assert_eq!(marks(&mouth(&mut clinic, &patient), "36"), ["filled"]);
    let void = |record: &Value, reason: &str| json!({"id": record["id"], "version": record["version"], "reason": reason});
    assert_eq!(field(&clinic.refused("void_exam", void(&exam, " "))), (Code::Missing, "reason".to_owned()));
    clinic.ok("void_exam", void(&exam, "the brother's mouth"));
    let now = mouth(&mut clinic, &patient);
    assert_eq!((marks(&now, "36"), marks(&now, "37").len()), (vec!["caries".to_owned()], 0));
    assert_eq!(tooth(&now, "11")["stands"], "unknown");
    let finding = now["rows"][0]["findings"][0].clone();
    let edit = |patch: Value| json!({"id": finding["id"], "version": finding["version"], "patch": patch});
    let ahead = clinic.refused("edit_mark", edit(json!({"ended": "2199-01-01"})));
    assert_eq!(field(&ahead), (Code::Invalid, "ended".to_owned()));
    let edited = clinic.ok("edit_mark", edit(json!({"depth": "enamel"})));
    assert_eq!(tooth(&mouth(&mut clinic, &patient), "36")["code"], "0", "without a cavity it is sound");
    clinic.ok("void_mark", void(&edited, "a stain"));
    assert_eq!(mouth(&mut clinic, &patient)["rows"], json!([]));
}

#[test]
fn a_nurse_charts_and_only_a_dentist_plans_and_the_plan_is_printed() {
    let (mut clinic, patient) = with(GROWN);
    let printer = json!({"patient": patient, "printer": null, "universal": false});
    assert_eq!(clinic.refused("print_plan", printer.clone()).code, Code::NothingPlanned);
    clinic.ok(
        "keep_findings",
        look(&patient, json!([{"tooth": "55", "mark": "caries"}]), json!({"sound": permanent()})),
    );
    let decay = json!({"tooth": "36", "mark": "caries", "surfaces": "O", "depth": "dentine"});
    clinic
        .ok("keep_findings", look(&patient, json!([decay, {"tooth": "11", "mark": "fractured"}]), json!({})));
    let details = json!({
        "treatment": "filling", "teeth": {"36": {"tooth": "36", "surfaces": "MO"}}, "material": "composite", "phase": 1,
        "plan_order": 1, "fee": "850.00", "cover": "100",
    });
    let planned = clinic.ok("plan_treatment", json!({"patient": patient, "visit": null, "details": details}));
    agree(&mut clinic, &patient, "patient", &planned);
    clinic.seat(Role::Nurse);
    let refused = clinic.refused(
        "plan_treatment",
        json!({"patient": patient, "visit": null, "details": {"treatment": "cleaning"}}),
    );
    assert_eq!(refused.code, Code::NotPermitted);
    let printed = clinic.ok("print_plan", printer);
    assert_eq!(printed["printer"], "desk");
    let job = clinic.printer.jobs().pop().unwrap();
    assert_eq!((job.title.as_str(), &job.pdf[..4]), ("treatment plan", b"%PDF".as_slice()));
    let folder = tempfile::tempdir().unwrap();
    let place = clinic.desk().chose(folder.path().join("plan.pdf")).unwrap();
    clinic.ok("save_plan", json!({"patient": patient, "place": place, "universal": true}));
    let read =
        Command::new("pdftotext").arg("-raw").arg(folder.path().join("plan.pdf")).arg("-").output().unwrap();
    let told = String::from_utf8_lossy(&read.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Dental treatment plan",
        "VILLAMOR, Bea",
        "19 MO",
        "Caries, dentine",
        "Filling, composite",
        "850.00",
        "Rowena Villamor",
        "Signature",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[test]
fn a_mouth_full_of_findings_and_plans_stays_within_an_answer() {
    let (mut clinic, patient) = with(GROWN);
    let text = "é".repeat(1_000);
    for mark in ["caries", "filled", "worn", "eroded", "sensitive", "fractured"] {
        let found: Vec<Value> = permanent()
            .into_iter()
            .map(|tooth| json!({"tooth": tooth, "mark": mark, "surfaces": "MODBL", "text": text}))
            .collect();
        for part in found.chunks(8) {
            clinic.ok("keep_findings", look(&patient, json!(part), json!({})));
        }
    }
    for tooth in permanent() {
        for treatment in ["filling", "crown", "sealant"] {
            plan(&mut clinic, &patient, treatment, tooth);
        }
    }
    let whole = mouth(&mut clinic, &patient);
    assert!(whole.to_string().len() <= 32_768, "{}", whole.to_string().len());
    assert!(whole["more"].as_u64().unwrap() > 0);
    let story = clinic.ok("tooth", json!({"patient": patient, "tooth": "36"}));
    assert!(story.to_string().len() <= 32_768);
}

#[test]
fn what_stands_and_is_called_again_goes_on_beside_a_crown_and_a_loss_ends_it() {
    let (mut clinic, patient) = with(GROWN);
    let mut found = |found: Value| {
        clinic.ok("keep_findings", look(&patient, found, json!({})));
        let now = mouth(&mut clinic, &patient);
        let sorted = |tooth: &str| {
            let mut marks = marks(&now, tooth);
            marks.sort();
            marks
        };
        (sorted("36"), sorted("46"))
    };
    found(json!([{"tooth": "36", "mark": "caries", "surfaces": "O"}, {"tooth": "46", "mark": "fractured"}]));
    let crown = |tooth: &str| json!({"tooth": tooth, "mark": "crown", "for_caries": true});
    let (decayed, broken) = found(json!([
        {"tooth": "36", "mark": "caries", "surfaces": "O"}, crown("36"), crown("46"), {"tooth": "46", "mark": "fractured"},
    ]));
    assert_eq!(decayed, ["caries", "crown"]);
    assert_eq!(broken, ["crown", "fractured"]);
    let lost = json!([
        {"tooth": "36", "mark": "caries", "surfaces": "O"}, {"tooth": "36", "mark": "missing", "for_caries": true},
    ]);
    assert_eq!(found(lost).0, ["missing"]);
}

#[test]
fn a_look_and_its_plan_are_kept_together_or_not_at_all() {
    let (mut clinic, patient) = with(GROWN);
    let together = |found: Value, planned: Value| look(&patient, found, json!({"planned": planned}));
    let caries = json!([{"tooth": "36", "mark": "caries", "surfaces": "O"}]);
    let filling = |tooth: &str, surfaces: &str| json!({"treatment": "filling", "teeth": {tooth: {"tooth": tooth, "surfaces": surfaces}}});
    let bare = json!({"treatment": "filling", "teeth": {"36": {"tooth": "36"}}});
    let refused =
        clinic.refused("keep_findings", together(caries.clone(), json!([filling("37", "O"), bare])));
    assert_eq!(field(&refused), (Code::Missing, "surfaces".to_owned()));
    let lost = json!([{"tooth": "36", "mark": "missing", "for_caries": true}]);
    let refused = clinic.refused("keep_findings", together(lost, json!([filling("36", "O")])));
    assert_eq!((refused.code, &refused.fields["tooth"]), (Code::ToothGone, &json!("36")));
    clinic.seat(Role::Nurse);
    let refused = clinic.refused("keep_findings", together(caries.clone(), json!([filling("36", "O")])));
    assert_eq!(refused.code, Code::NotPermitted);
    clinic.seat(Role::Dentist);
    for kind in ["tooth_exam", "tooth_mark", "procedure"] {
        assert_eq!(written(&mut clinic, &patient, kind), 0, "{kind}");
    }
    clinic.ok("keep_findings", together(caries, json!([filling("36", "O")])));
    // A plan alone is no look.
    clinic.ok("keep_findings", together(json!([]), json!([filling("37", "M")])));
    let kinds = ["tooth_exam", "tooth_mark", "procedure"];
    assert_eq!(kinds.map(|kind| written(&mut clinic, &patient, kind)), [1, 1, 2]);
    assert_eq!(
        tooth(&mouth(&mut clinic, &patient), "37")["planned"],
        json!([{"treatment": "filling", "surfaces": "M"}])
    );
}

#[test]
fn what_a_withdrawn_exam_ended_stays_ended_where_something_later_covers_it() {
    let (mut clinic, patient) = with(GROWN);
    let found = |clinic: &mut Clinic, mark: &str, surfaces: &str| {
        let found = json!([{"tooth": "36", "mark": mark, "surfaces": surfaces}]);
        let kept = clinic.ok("keep_findings", look(&patient, found, json!({})));
        clinic.time.pass(24 * 3600);
        clinic.seat(Role::Dentist);
        kept
    };
    found(&mut clinic, "caries", "O");
    let wrong = found(&mut clinic, "caries", "OD");
    let filled = found(&mut clinic, "filled", "OD");
    let void =
        |exam: &Value| json!({"id": exam["id"], "version": exam["version"], "reason": "another mouth"});
    clinic.ok("void_exam", void(&wrong));
    assert_eq!(marks(&mouth(&mut clinic, &patient), "36"), ["filled"]);
    clinic.ok("void_exam", void(&filled));
    assert_eq!(marks(&mouth(&mut clinic, &patient), "36"), ["caries"]);
}

#[test]
fn a_form_is_given_the_whole_text_and_the_mouth_its_beginning() {
    let (mut clinic, patient) = with(GROWN);
    let text = "é".repeat(1_000);
    let found = json!([{"tooth": "36", "mark": "worn", "text": text, "material": text}]);
    clinic.ok("keep_findings", look(&patient, found, json!({})));
    let details = json!({"treatment": "other", "text": text, "material": text});
    let planned = clinic.ok("plan_treatment", json!({"patient": patient, "visit": null, "details": details}));
    let rows = mouth(&mut clinic, &patient)["rows"].as_array().unwrap().clone();
    let of = |part: &str| {
        let mut parts =
            rows.iter().map(|row| if part == "finding" { &row["findings"][0] } else { &row[part] });
        parts.find(|part| !part.is_null()).unwrap().clone()
    };
    assert_ne!((&of("finding")["text"], &of("treatment")["text"]), (&json!(text), &json!(text)));
    let mark = clinic.ok("whole_mark", json!({"id": of("finding")["id"]}));
    let treatment = clinic.ok("whole_treatment", json!({"id": planned["id"]}));
    for whole in [&mark, &treatment] {
        assert_eq!((&whole["text"], &whole["material"]), (&json!(text), &json!(text)));
    }
    assert_eq!(clinic.refused("whole_mark", json!({"id": planned["id"]})).code, Code::NotFound);
    assert_eq!(clinic.refused("whole_treatment", json!({"id": mark["id"]})).code, Code::NotFound);
}
