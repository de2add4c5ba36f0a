//! Spectacles: prescribed from a refraction, signed by who may, checked like every other paper.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::text;

use super::Story;
use super::issue::step_of;
use super::readers::Kept;

fn lens(sph: &str, cyl: &str, axis: &str) -> Value {
    json!({"p": {"sph": {"n": sph}, "cyl": {"n": cyl}, "axis": {"n": axis}}})
}

fn by(method: &str, lens: &Value) -> Value {
    let mut lens = lens.clone();
    lens["p"]["method"] = json!({"c": method});
    lens
}

impl Story {
    /// A refraction after drops, and the spectacles that come from it; the optometrist, who has a licence, sits here then.
    fn spectacles(&mut self, change: Value) -> Value {
        self.license(Role::Optometrist);
        self.clinic.seat(Role::Optometrist);
        let (right, left) = (lens("-2.25", "-0.75", "90"), lens("-2.50", "-1.00", "180"));
        let mut found = json!({"pd": {"n": "62"}, "drops_at": {"t": "09:38"}});
        for (path, lens) in [("lens:R:a", &right), ("lens:L:b", &left)] {
            found[path] = by("cycloplegic", lens);
        }
        found["lens:R:c"] = by("own_glasses", &lens("-1.75", "-0.50", "85"));
        let write = json!({
            "form": "eye.refraction@1", "patient": self.patient, "visit": null, "filled": null, "version": null,
            "answers": found,
        });
        let refraction = self.clinic.ok("sign_form", write);
        let rows = self.clinic.ok("templates", json!({}))["rows"].as_array().unwrap().clone();
        let template = rows.iter().find(|row| row["details"]["form_code"] == "EYE-01").unwrap();
        assert_eq!(template["may_issue"], true);
        let mut details = json!({
            "template": template["id"], "verdict": "prescribed", "examined": "2026-11-22", "until": "2027-11-22",
            "lenses_for": "distance", "right": right, "left": left, "pd": "62", "pd_near": "59",
            "refraction": refraction["id"],
        });
        for (field, value) in change.as_object().into_iter().flatten() {
            details[field] = value.clone();
        }
        json!({"patient": self.patient, "visit": null, "extends": null, "replaces": null, "details": details})
    }
}

#[test]
fn an_optometrist_prescribes_from_a_refraction_and_the_paper_says_each_lens_and_is_genuine() {
    let mut story = Story::begin();
    let input = story.spectacles(json!({}));
    let draft = story.clinic.ok("draft_certificate", input);
    let view = story.view(&draft);
    assert_eq!((&view["lacking"], &view["remarks"]), (&json!([]), &json!([])));
    let issued = story.clinic.ok("issue_certificate", step_of(&draft));
    let pdf = story.file(&issued);
    assert_eq!(documents::pixels::pages(&pdf), Ok(1));
    let printed = Kept::new(&pdf).text();
    for said in [
        "SPECTACLES",
        "spectacles for distance are prescribed:",
        "Right −2.25 −0.75 90",
        "Left −2.50 −1.00 180",
        "From pupil to pupil: 62 mm, for near 59 mm. Measured after drops at 09:38.",
        "Valid until Mon 22-Nov-2027.",
        "Ana optometrist",
    ] {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    let code = documents::scan::code(&pdf, "CD1:").unwrap();
    let checked = story.clinic.ok("verify_certificate", json!({"text": code}));
    assert_eq!(
        (&checked["outcome"], &checked["claims"]["verdict"]),
        (&json!("genuine"), &json!("prescribed"))
    );
    let rows = story.clinic.ok("certificates_of", json!({"patient": story.patient}))["rows"].clone();
    assert!(
        text(&rows[0]["lenses"]).starts_with("Right: Sphere −2.25, Cylinder −0.75, Axis 90\nLeft:"),
        "{rows}"
    );
    // What was measured stays measured.
    let refraction = json!({"filled": view["details"]["refraction"]});
    let measured = story.clinic.ok("filled", refraction)["answers"]["lens:R:a"]["p"]["sph"]["n"].clone();
    assert_eq!(measured, "-2.25");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("spectacles.json");
    let place = story.clinic.desk().chose(file.clone()).unwrap();
    story.clinic.ok("export_spectacles", json!({"certificate": issued["id"], "place": place}));
    let other: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!((&other["resourceType"], &other["status"]), (&json!("VisionPrescription"), &json!("active")));
    assert_eq!(other["lensSpecification"][1]["sphere"], json!(-2.5));
    let revoke = json!({"certificate": issued["id"], "version": issued["version"], "reason": "another eye"});
    story.clinic.ok("revoke_certificate", revoke);
    assert_eq!(story.clinic.ok("verify_certificate", json!({"text": code}))["outcome"], "revoked");
}

#[test]
fn nothing_is_prescribed_while_an_axis_is_open_or_without_the_refraction_that_it_comes_from() {
    let mut story = Story::begin();
    let open = json!({"p": {"sph": {"n": "-2.25"}, "cyl": {"n": "-0.75"}}});
    let input = story.spectacles(json!({"right": open, "refraction": null}));
    let mut wrong = input.clone();
    wrong["details"]["right"] = lens("-2.25", "-0.75", "200");
    assert_eq!(story.refused("draft_certificate", wrong), (Code::Invalid, json!("right")));
    let mut other = input.clone();
    other["details"]["refraction"] = json!(story.template);
    assert_eq!(story.refused("draft_certificate", other), (Code::Invalid, json!("refraction")));
    let draft = story.clinic.ok("draft_certificate", input);
    assert_eq!(story.view(&draft)["lacking"], json!(["right", "refraction"]));
    assert_eq!(story.refused("issue_certificate", step_of(&draft)), (Code::Missing, json!("right")));
}

#[test]
fn a_lens_far_from_the_own_glasses_asks_once_and_is_signed_when_it_is_meant() {
    let mut story = Story::begin();
    let mut far = lens("-3.25", "-0.75", "90");
    let input = story.spectacles(json!({"right": far}));
    let draft = story.clinic.ok("draft_certificate", input);
    let remarks = story.view(&draft)["remarks"].clone();
    assert_eq!((&remarks[0]["path"], &remarks[0]["code"]), (&json!("right"), &json!("sphere_far")));
    assert_eq!(story.refused("issue_certificate", step_of(&draft)), (Code::Implausible, json!("right")));
    far["ok"] = json!(true);
    let edit = json!({"id": draft["id"], "version": draft["version"], "patch": {"right": far}});
    let meant = story.clinic.ok("edit_certificate", edit);
    assert!(story.clinic.ok("issue_certificate", step_of(&meant))["number"].is_string());
}

#[test]
fn who_issues_what_was_submitted_says_there_that_a_lens_is_meant_and_changes_nothing_else() {
    let mut story = Story::begin();
    let mut far = lens("-3.25", "-0.75", "90");
    let input = story.spectacles(json!({"right": far}));
    story.clinic.seat(Role::Nurse);
    let draft = story.clinic.ok("draft_certificate", input);
    let submitted = story.step("submit_certificate", &draft, None);
    far["ok"] = json!(true);
    let means = json!({"id": submitted["id"], "version": submitted["version"], "patch": {"right": far}});
    assert_eq!(story.refused("edit_certificate", means.clone()), (Code::IllegalMove, json!("status")));
    story.clinic.seat(Role::Optometrist);
    assert_eq!(story.refused("issue_certificate", step_of(&submitted)), (Code::Implausible, json!("right")));
    for patch in [json!({"right": lens("-2.25", "-0.75", "90")}), json!({"right": far, "pd": "61"})] {
        let other = json!({"id": submitted["id"], "version": submitted["version"], "patch": patch});
        assert_eq!(story.refused("edit_certificate", other), (Code::IllegalMove, json!("status")));
    }
    let meant = story.clinic.ok("edit_certificate", means);
    assert_eq!(story.view(&meant)["status"], "submitted");
    assert!(story.clinic.ok("issue_certificate", step_of(&meant))["number"].is_string());
}

#[test]
fn who_would_issue_but_for_a_licence_is_told_so() {
    let mut story = Story::begin();
    let input = story.spectacles(json!({}));
    let draft = story.clinic.ok("draft_certificate", input.clone());
    assert_eq!(story.view(&draft)["bars"], json!([]));
    // The licence ends on 1 January.
    story.clinic.time.pass(60 * 86_400);
    story.clinic.seat(Role::Optometrist);
    let unlicensed = json!([{"code": "licence_expired", "fields": {}}]);
    let view = story.view(&draft);
    assert_eq!((&view["may"]["issue"], &view["bars"]), (&json!(false), &unlicensed));
    let preview = json!({
        "patient": story.patient, "visit": null, "details": input["details"], "width": 400,
    });
    assert_eq!(story.clinic.ok("preview_certificate", preview)["bars"], unlicensed);
    // Whoever may not issue it whatever licence they have is told nothing.
    story.clinic.seat(Role::Nurse);
    assert_eq!(story.view(&draft)["bars"], json!([]));
}

#[test]
fn a_nurse_and_a_dentist_sign_no_spectacles_and_the_front_desk_writes_no_lens() {
    let mut story = Story::begin();
    let input = story.spectacles(json!({}));
    let draft = story.clinic.ok("draft_certificate", input.clone());
    for role in [Role::Nurse, Role::Dentist] {
        story.license(role);
        story.clinic.seat(role);
        assert_eq!(story.view(&draft)["may"]["issue"], false);
        assert_eq!(story.refused("issue_certificate", step_of(&draft)).0, Code::NotPermitted);
    }
    story.clinic.seat(Role::FrontDesk);
    assert_eq!(story.refused("draft_certificate", input).0, Code::NotPermitted);
    let patch = json!({"left": lens("1.00", "-1.00", "90")});
    let edit = json!({"id": draft["id"], "version": draft["version"], "patch": patch});
    assert_eq!(story.refused("edit_certificate", edit).0, Code::NotPermitted);
}

#[test]
fn what_was_added_to_a_refraction_is_what_the_lenses_are_compared_with_and_the_paper_says_its_drops() {
    let mut story = Story::begin();
    let input = story.spectacles(json!({}));
    let own = by("own_glasses", &lens("-3.75", "-0.50", "85"));
    let amend = json!({
        "filled": input["details"]["refraction"], "answers": {"lens:R:c": own, "drops_at": {"t": "09:52"}},
        "text": "", "reason": "a sign slipped",
    });
    story.clinic.ok("amend_form", amend);
    let mut meant = lens("-2.25", "-0.75", "90");
    let draft = story.clinic.ok("draft_certificate", input);
    assert_eq!(story.refused("issue_certificate", step_of(&draft)), (Code::Implausible, json!("right")));
    meant["ok"] = json!(true);
    let edit = json!({"id": draft["id"], "version": draft["version"], "patch": {"right": meant}});
    let meant = story.clinic.ok("edit_certificate", edit);
    let issued = story.clinic.ok("issue_certificate", step_of(&meant));
    let printed = Kept::new(&story.file(&issued)).text();
    assert!(printed.contains("Measured after drops at 09:52."), "{printed}");
}

#[test]
fn spectacles_are_signed_on_a_signed_refraction_that_was_not_withdrawn_and_the_open_draft_says_so() {
    let mut story = Story::begin();
    let input = story.spectacles(json!({}));
    let open = json!({
        "form": "eye.refraction@1", "patient": story.patient, "visit": null, "filled": null, "version": null,
        "answers": {"lens:R:a": by("subjective", &lens("-2.25", "-0.75", "90"))},
    });
    let open = story.clinic.ok("save_form", open);
    let mut unsigned = input.clone();
    unsigned["details"]["refraction"] = open["id"].clone();
    let preview = json!({
        "patient": story.patient, "visit": null, "details": unsigned["details"], "width": 400,
    });
    let bar = |reason: &str| {
        let fields = json!({"field": "refraction", "reason": format!("refraction_{reason}")});
        json!([{"code": "invalid", "fields": fields}])
    };
    assert_eq!(story.clinic.ok("preview_certificate", preview)["bars"], bar("unsigned"));
    let draft = story.clinic.ok("draft_certificate", unsigned);
    assert_eq!(story.view(&draft)["bars"], bar("unsigned"));
    let refused = (Code::Invalid, json!("refraction"));
    assert_eq!(story.refused("issue_certificate", step_of(&draft)), refused);
    let void = json!({"id": open["id"], "version": open["version"], "reason": "another person"});
    story.clinic.ok("void_form", void);
    assert_eq!(story.view(&draft)["bars"], bar("withdrawn"));
    assert_eq!(story.refused("issue_certificate", step_of(&draft)), refused);
    let whole = story.clinic.ok("draft_certificate", input);
    assert_eq!(story.view(&whole)["bars"], json!([]));
}

#[test]
fn a_lens_that_was_corrected_since_the_draft_began_is_asked_about_in_the_open_draft() {
    let mut story = Story::begin();
    let input = story.spectacles(json!({}));
    let draft = story.clinic.ok("draft_certificate", input.clone());
    let corrected = by("cycloplegic", &lens("-2.00", "-0.75", "90"));
    let amend = json!({
        "filled": input["details"]["refraction"], "answers": {"lens:R:a": corrected, "pd": {"n": "63"}},
        "text": "", "reason": "a click too far",
    });
    story.clinic.ok("amend_form", amend);
    let told = |view: &Value| -> Vec<Value> {
        let remarks = view["remarks"].as_array().unwrap().iter();
        remarks.map(|remark| json!([remark["path"], remark["code"], remark["weight"]])).collect()
    };
    let (lens_asked, pd_told) = (json!(["right", "corrected", "asked"]), json!(["pd", "corrected", "told"]));
    assert_eq!(told(&story.view(&draft)), [lens_asked, pd_told]);
    assert_eq!(story.refused("issue_certificate", step_of(&draft)), (Code::Implausible, json!("right")));
    let patch = json!({"right": lens("-2.00", "-0.75", "90"), "pd": "63"});
    let edit = json!({"id": draft["id"], "version": draft["version"], "patch": patch});
    let taken = story.clinic.ok("edit_certificate", edit);
    assert_eq!(told(&story.view(&draft)), [json!(null); 0]);
    assert!(story.clinic.ok("issue_certificate", step_of(&taken))["number"].is_string());
}

#[test]
fn a_distance_between_the_pupils_for_near_alone_is_printed() {
    let mut story = Story::begin();
    let input = story.spectacles(json!({"pd": null}));
    let draft = story.clinic.ok("draft_certificate", input);
    let issued = story.clinic.ok("issue_certificate", step_of(&draft));
    let printed = Kept::new(&story.file(&issued)).text();
    assert!(printed.contains("From pupil to pupil for near: 59 mm."), "{printed}");
}
