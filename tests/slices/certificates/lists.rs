//! Certificates in lists.

use domain::access::Role;
use serde_json::{Value, json};

use super::{Story, words};

fn list(story: &mut Story, name: &str, text: &str) -> Value {
    story.clinic.ok("certificates", json!({"list": name, "text": text, "before": null}))
}

#[test]
fn a_certificate_stands_in_the_list_of_how_far_it_is() {
    let mut story = Story::begin();
    let (first, second) = (story.draft(json!({})), story.draft(json!({"verdict": "fit"})));
    story.step("submit_certificate", &second, None);
    story.step("submit_certificate", &first, None);
    let third = story.draft(json!({}));
    let waiting = list(&mut story, "waiting", "");
    assert_eq!(words(&waiting["rows"], "id"), [&second["id"], &first["id"]].map(tests::desk::text));
    assert_eq!(waiting["counts"], json!({"waiting": 2, "drafts": 1, "issued": 0, "expiring": 0, "ended": 0}));
    assert_eq!(words(&list(&mut story, "drafts", "")["rows"], "id"), [tests::desk::text(&third["id"])]);
    let row = &waiting["rows"][0];
    assert_eq!((&row["person"]["family"], &row["verdict"]), (&json!("Mejía"), &json!("fit")));
    assert_eq!((&row["author"], &row["may_issue"]), (&json!("Ana front desk"), &json!(false)));
    story.clinic.seat(Role::Optometrist);
    assert_eq!(list(&mut story, "waiting", "")["rows"][0]["may_issue"], true);
    let of = json!({"patient": story.patient});
    assert_eq!(story.clinic.ok("certificates_of", of)["rows"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_list_is_searched_by_name_and_turned_page_by_page() {
    let mut story = Story::begin();
    let mejia = story.patient.clone();
    for _ in 0..41 {
        story.draft(json!({}));
    }
    let (other, _) = story.clinic.register("Lito", "Salonga");
    story.patient = other;
    story.draft(json!({}));
    let found = list(&mut story, "drafts", "salonga");
    assert_eq!(found["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(list(&mut story, "drafts", "nobody at all")["rows"], json!([]));
    let first = list(&mut story, "drafts", "");
    assert!(first.to_string().len() < 32_000);
    let next =
        story.clinic.ok("certificates", json!({"list": "drafts", "text": "", "before": first["next"]}));
    let mut all = words(&first["rows"], "id");
    all.extend(words(&next["rows"], "id"));
    all.sort();
    all.dedup();
    assert_eq!((all.len(), &next["next"]), (42, &Value::Null));
    assert_eq!(first["rows"][1]["person"]["id"], mejia.as_str());
}
