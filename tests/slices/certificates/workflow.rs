//! Draft, submit, return, reject.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};

use super::{Story, step, words};

#[test]
fn the_front_desk_drafts_and_submits_and_the_doctor_returns_with_a_reason() {
    let mut story = Story::begin();
    let draft = story.draft(json!({"reason": null}));
    let view = story.view(&draft);
    assert_eq!(
        (view["status"].as_str(), view["title"].as_str()),
        (Some("draft"), Some("Sick leave, student"))
    );
    assert_eq!(view["lacking"], json!(["reason"]));
    assert_eq!(
        view["days"],
        json!({
            "count": 3, "class_days": null, "weekdays": {"from": "saturday", "until": "monday"},
            "return_day": "2026-11-24", "before_examination": 1,
        })
    );
    assert_eq!((&view["may"]["submit"], &view["may"]["issue"]), (&json!(true), &json!(false)));
    let submitted = story.step("submit_certificate", &draft, None);
    story.clinic.seat(Role::Doctor);
    let view = story.view(&submitted);
    assert_eq!((&view["may"]["give_back"], &view["may"]["edit"]), (&json!(true), &json!(false)));
    let returned = story.step("return_certificate", &submitted, Some("say for what reason"));
    story.clinic.seat(Role::FrontDesk);
    let edit = json!({"id": returned["id"], "version": returned["version"], "patch": {"reason": "Fever"}});
    let edited = story.clinic.ok("edit_certificate", edit);
    story.step("submit_certificate", &edited, None);
    let view = story.view(&draft);
    assert_eq!(view["lacking"], json!([]));
    assert_eq!(words(&view["history"], "step"), ["draft", "submitted", "returned", "edited", "submitted"]);
    let returning = &view["history"][2];
    assert_eq!(
        (&returning["who"], &returning["reason"]),
        (&json!("Ana doctor"), &json!("say for what reason"))
    );
    assert_eq!((returning["day"].as_str(), returning["time"].as_str()), (Some("2026-11-22"), Some("10:31")));
}

#[test]
fn whoever_submitted_takes_it_back_and_nobody_else() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    let submitted = story.step("submit_certificate", &draft, None);
    assert_eq!(story.view(&submitted)["may"]["take_back"], true);
    story.clinic.seat(Role::Dentist);
    assert_eq!(story.view(&submitted)["may"]["take_back"], false);
    assert_eq!(story.refused("take_back_certificate", step(&submitted, None)).0, Code::NotAuthor);
    story.clinic.seat(Role::FrontDesk);
    let back = story.step("take_back_certificate", &submitted, None);
    let view = story.view(&back);
    assert_eq!((&view["status"], &view["may"]["edit"]), (&json!("draft"), &json!(true)));
    assert_eq!(story.refused("take_back_certificate", step(&back, None)).0, Code::IllegalMove);
}

#[test]
fn who_may_not_issue_may_not_judge() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    let submitted = story.step("submit_certificate", &draft, None);
    for (role, code) in [
        (Role::FrontDesk, Code::NotPermitted),
        (Role::Pharmacist, Code::NotPermitted),
        (Role::Nurse, Code::LicenceExpired),
    ] {
        story.clinic.seat(role);
        for command in ["return_certificate", "reject_certificate"] {
            assert_eq!(story.refused(command, step(&submitted, Some("no"))).0, code, "{}", role.word());
        }
    }
    story.clinic.seat(Role::Dentist);
    let rejected = story.step("reject_certificate", &submitted, Some("not seen here"));
    for command in ["submit_certificate", "return_certificate", "reject_certificate", "revoke_certificate"] {
        let refused = story.refused(command, step(&rejected, Some("again")));
        assert_eq!(refused, (Code::IllegalMove, json!("status")), "{command}");
    }
    let edit = json!({"id": rejected["id"], "version": rejected["version"], "patch": {"reason": "Fever"}});
    assert_eq!(story.refused("edit_certificate", edit), (Code::IllegalMove, json!("status")));
}

#[test]
fn a_step_that_needs_a_reason_is_refused_without() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    let submitted = story.step("submit_certificate", &draft, None);
    story.clinic.seat(Role::Doctor);
    for command in ["return_certificate", "reject_certificate"] {
        for reason in [None, Some(" ")] {
            assert_eq!(story.refused(command, step(&submitted, reason)), (Code::Missing, json!("reason")));
        }
    }
}

#[test]
fn a_draft_that_cannot_be_so_is_refused_by_the_field() {
    let mut story = Story::begin();
    let (patient, _) = story.clinic.register("Lito", "Salonga");
    let other = story.draft(json!({}));
    for (field, value) in [
        ("examined", json!("2026-11-23")),
        ("from", json!("2026-11")),
        ("until", json!("2026-11-20")),
        ("recommendation", json!("x".repeat(1_001))),
        ("template", other["id"].clone()),
    ] {
        let input = story.drafting(json!({field: value}));
        assert_eq!(story.refused("draft_certificate", input), (Code::Invalid, json!(field)));
    }
    for (field, code) in
        [("extends", Code::IllegalMove), ("replaces", Code::IllegalMove), ("visit", Code::Invalid)]
    {
        let mut input = story.drafting(json!({}));
        input[field] = other["id"].clone();
        assert_eq!(story.refused("draft_certificate", input), (code, json!(field)));
    }
    let mut strange = story.drafting(json!({}));
    strange["patient"] = json!(patient);
    strange["extends"] = other["id"].clone();
    assert_eq!(story.refused("draft_certificate", strange), (Code::Invalid, json!("extends")));
    let mut nobody = story.drafting(json!({}));
    nobody["patient"] = other["id"].clone();
    assert_eq!(story.refused("draft_certificate", nobody).0, Code::NotFound);
}

#[test]
fn an_edit_changes_what_a_person_writes_and_nothing_else() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    let edit = |field: &str, value: Value| json!({"id": draft["id"], "version": draft["version"], "patch": {field: value}});
    for (field, value) in [
        ("status", json!("issued")),
        ("number", json!("MAIN-01-26-00001-K")),
        ("signer", draft["id"].clone()),
        ("facts", json!("{}")),
        ("payload", json!("CD1:")),
        ("pdf", json!("00")),
        ("verdict", json!("perhaps")),
        ("paper", json!("a3")),
    ] {
        assert_eq!(story.refused("edit_certificate", edit(field, value)).0, Code::WrongInput, "{field}");
    }
    for (field, value) in [("until", json!("2026-11-20")), ("template", draft["id"].clone())] {
        assert_eq!(story.refused("edit_certificate", edit(field, value)), (Code::Invalid, json!(field)));
    }
    story.clinic.ok("edit_certificate", edit("verdict", json!("fit")));
    assert_eq!(story.view(&draft)["details"]["verdict"], "fit");
}

#[test]
fn what_is_kept_and_not_printed_is_for_who_wrote_it_and_who_reads_charts() {
    let mut story = Story::begin();
    story.clinic.seat(Role::Doctor);
    let draft = story.draft(json!({"diagnosis": "dengue fever"}));
    assert_eq!(story.view(&draft)["details"]["diagnosis"], "dengue fever");
    story.clinic.seat(Role::FrontDesk);
    let shown = story.view(&draft);
    assert!(
        shown["details"].get("reason").is_none() && shown["details"].get("diagnosis").is_none(),
        "{shown}"
    );
    assert_eq!(shown["details"]["recommendation"].as_str().map(|text| &text[..4]), Some("Rest"));
    let own = story.draft(json!({}));
    assert_eq!(story.view(&own)["details"]["reason"], "Acute febrile illness");
}
