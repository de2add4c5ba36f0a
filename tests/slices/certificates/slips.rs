//! The nurse's slip back to class or home: begun from a visit, signed by a nurse, checked like every other paper.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::text;

use super::Story;
use super::issue::step_of;
use super::readers::Kept;

impl Story {
    /// Somebody's visit and the slip that its nurse would write; the nurse, who has a licence, sits here then.
    fn slip(&mut self, change: Value) -> (Value, Value) {
        self.clinic.seat(Role::FrontDesk);
        let visit = json!({"patient": self.patient, "kind": "consultation", "concern": "Headache", "status": "arrived"});
        let visit = self.clinic.ok("start_visit", visit)["id"].clone();
        self.license(Role::Nurse);
        self.clinic.seat(Role::Nurse);
        let rows = self.clinic.ok("templates", json!({}))["rows"].as_array().unwrap().clone();
        let template = rows.iter().find(|row| row["details"]["form_code"] == "MED-03").unwrap();
        assert_eq!(template["may_issue"], true);
        let mut details = json!({
            "template": template["id"], "verdict": "not_fit", "examined": "2026-11-22", "from": "2026-11-22",
            "until": "2026-11-22", "came_at": "09:10", "left_at": "09:40", "sent_to": "home",
            "sent_with": "his mother", "reason": "Headache",
        });
        for (field, value) in change.as_object().into_iter().flatten() {
            details[field] = value.clone();
        }
        let input = json!({"patient": self.patient, "visit": visit, "extends": null, "replaces": null, "details": details});
        (visit, input)
    }
}

#[test]
fn a_nurse_signs_a_slip_of_one_page_that_is_genuine_and_the_visit_says_where_they_went() {
    let mut story = Story::begin();
    let (visit, input) = story.slip(json!({}));
    let draft = story.clinic.ok("draft_certificate", input);
    assert_eq!(story.view(&draft)["lacking"], json!([]));
    let issued = story.clinic.ok("issue_certificate", step_of(&draft));
    let pdf = story.file(&issued);
    assert_eq!(documents::pixels::pages(&pdf), Ok(1));
    let printed = Kept::new(&pdf).text();
    for said in [
        "CLINIC SLIP",
        "was at this clinic on 22-Nov-2026 from 09:10 to 09:40.",
        "Finding: not fit to attend classes on Sun 22-Nov-2026. Goes home with his mother.",
        "Ana nurse",
        "Licence 77",
    ] {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    assert!(!printed.contains("Headache"), "{printed}");
    let code = documents::scan::code(&pdf, "CD1:").unwrap();
    assert_eq!(story.clinic.ok("verify_certificate", json!({"text": code}))["outcome"], "genuine");
    let seen = story.clinic.ok("visit", json!({"visit": visit}))["details"].clone();
    assert_eq!((&seen["disposition"], &seen["sent_with"]), (&json!("home"), &json!("his mother")));
}

#[test]
fn the_reason_for_coming_is_printed_where_the_patient_agreed_and_what_the_visit_says_already_stays() {
    let mut story = Story::begin();
    let (visit, input) =
        story.slip(json!({"sent_to": "class", "verdict": "fit", "sent_with": null, "reason_agreed": true}));
    let version = story.clinic.ok("visit", json!({"visit": visit}))["version"].clone();
    story.clinic.ok("edit_visit", json!({"id": visit, "version": version, "patch": {"disposition": "rest"}}));
    let draft = story.clinic.ok("draft_certificate", input);
    let issued = story.clinic.ok("issue_certificate", step_of(&draft));
    let printed = Kept::new(&story.file(&issued)).text();
    assert!(printed.contains("Goes back to class. Reason for coming: Headache"), "{printed}");
    assert_eq!(story.clinic.ok("visit", json!({"visit": visit}))["details"]["disposition"], "rest");
}

#[test]
fn a_slip_without_its_times_is_not_signed_and_by_the_front_desk_it_never_is() {
    let mut story = Story::begin();
    let (_, input) = story.slip(json!({"left_at": null, "sent_to": null}));
    let mut wrong = input.clone();
    wrong["details"]["left_at"] = json!("09:05");
    assert_eq!(story.refused("draft_certificate", wrong), (Code::Invalid, json!("left_at")));
    let draft = story.clinic.ok("draft_certificate", input);
    assert_eq!(story.view(&draft)["lacking"], json!(["left_at", "sent_to"]));
    assert_eq!(story.refused("issue_certificate", step_of(&draft)), (Code::Missing, json!("left_at")));
    let patch = json!({"left_at": "09:40", "sent_to": "class", "verdict": "fit"});
    let edit = json!({"id": draft["id"], "version": draft["version"], "patch": patch});
    let whole = story.clinic.ok("edit_certificate", edit);
    story.clinic.seat(Role::FrontDesk);
    assert_eq!(story.view(&draft)["may"]["issue"], false);
    assert_eq!(story.refused("issue_certificate", step_of(&whole)).0, Code::NotPermitted);
    story.clinic.seat(Role::Nurse);
    assert!(
        text(&story.clinic.ok("issue_certificate", step_of(&whole))["number"]).starts_with("MAIN-01-26-")
    );
}
