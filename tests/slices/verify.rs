//! Certificates that somebody shows, checked at a workstation.

use app::Code;
use crypto::cose::{Claims, issue};
use crypto::issuing::IssuingKey;
use documents::scan::code;
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::text;
use tests::papers::claims;

use crate::certificates::{Story, step};

impl Story {
    /// The code on the paper of an issued certificate.
    fn code(&mut self, certificate: &Value) -> String {
        code(&self.file(certificate), "CD1:").unwrap()
    }

    fn verified(&mut self, text: &str) -> Value {
        self.clinic.ok("verify_certificate", json!({"text": text}))
    }

    fn outcome(&mut self, text: &str) -> String {
        tests::desk::text(&self.verified(text)["outcome"])
    }
}

#[test]
fn the_code_on_the_paper_and_the_number_lead_to_the_same_answer() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let (number, code) = (text(&issued["number"]), story.code(&issued));
    let by_code = story.verified(&code);
    assert_eq!((&by_code["outcome"], &by_code["certificate"]), (&json!("genuine"), &issued["id"]));
    assert_eq!(by_code["claims"]["name"], "Gustavo Mejía");
    assert_eq!(by_code["claims"]["number"], number);
    assert_eq!(by_code["claims"]["issuer"], "University Clinic");
    assert_eq!(by_code["revocations_as_of"], "2026-11-22", "nobody else can have revoked it");
    for typed in [&number, &number.to_lowercase(), &number.replace('-', " ")] {
        let by_number = story.verified(typed);
        assert_eq!(by_number["shown"], "number", "anybody can copy one");
        assert_eq!(by_number["claims"], by_code["claims"], "{typed}");
    }
    assert_eq!(by_code["shown"], "code");
    story.clinic.seat(Role::Auditor);
    let row = story.clinic.trail().into_iter().rfind(|row| row["action"] == "verify_certificate").unwrap();
    assert_eq!((&row["object"], &row["patient"]), (&issued["id"], &json!(story.patient)), "{row}");
}

#[test]
fn after_its_last_day_it_is_expired_and_after_the_revocation_revoked() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let code = story.code(&issued);
    story.clinic.time.pass(2 * 86_400);
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.outcome(&code), "expired");
    story.step("revoke_certificate", &issued, Some("issued to the wrong person"));
    let revoked = story.verified(&code);
    assert_eq!(
        (&revoked["outcome"], &revoked["claims"]["name"]),
        (&json!("revoked"), &json!("Gustavo Mejía"))
    );
}

#[test]
fn a_superseded_certificate_names_the_one_in_its_stead() {
    let mut story = Story::begin();
    let first = story.issued(json!({}));
    let old = story.code(&first);
    let mut input = story.drafting(json!({}));
    input["replaces"] = first["id"].clone();
    let draft = story.clinic.ok("draft_certificate", input);
    assert_eq!(story.outcome(&old), "genuine", "a draft replaces nothing");
    let input = json!({"certificate": draft["id"], "version": draft["version"]});
    let second = story.clinic.ok("issue_certificate", input);
    let superseded = story.verified(&old);
    assert_eq!(
        (&superseded["outcome"], &superseded["superseded_by"]),
        (&json!("superseded"), &second["number"])
    );
    let new = story.code(&second);
    assert_eq!(story.outcome(&new), "genuine");
}

#[test]
fn what_this_clinic_never_signed_is_told_apart_and_says_nothing_of_anybody() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let code = story.code(&issued);
    let at = code.len() / 2;
    let changed = format!("{}7X{}", &code[..at], &code[at + 2..]);
    let theirs = Claims { number: text(&issued["number"]), ..claims() };
    let stranger = issue(&theirs, &IssuingKey::generate().unwrap()).unwrap();
    for number in ["\0", "MAIN-01-26-0\"'-K", ""] {
        let odd = Claims { number: number.to_owned(), ..claims() };
        let odd = issue(&odd, &IssuingKey::generate().unwrap()).unwrap();
        assert_eq!(story.outcome(&odd), "unknown_issuer");
    }
    for (shown, outcome) in [(&changed, "not_genuine"), (&stranger, "unknown_issuer")] {
        let answer = story.verified(shown);
        assert_eq!(answer["outcome"], outcome);
        assert_eq!((&answer["claims"], &answer["certificate"]), (&Value::Null, &Value::Null), "{outcome}");
    }
}

#[test]
fn only_the_file_that_was_issued_is_found_to_be_it_byte_for_byte() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let file = story.file(&issued);
    let mut saved_anew = file.clone();
    saved_anew.push(b'\n');
    let picture = documents::pixels::page(&file, 1, 1_300).unwrap();
    for (file, shown) in [(&file, "same_file"), (&saved_anew, "other_file"), (&picture, "code")] {
        let paper = serde_json::to_value(app::verify::code_in(file).unwrap()).unwrap();
        let answer = story.clinic.ok("verify_certificate", paper);
        assert_eq!((&answer["outcome"], &answer["shown"]), (&json!("genuine"), &json!(shown)));
    }
    let number = json!({"text": issued["number"], "pdf": app::verify::code_in(&file).unwrap().pdf});
    assert_eq!(
        story.clinic.ok("verify_certificate", number)["shown"],
        "number",
        "which says nothing of a file"
    );
    let revoked =
        json!({"certificate": issued["id"], "version": story.view(&issued)["version"], "reason": "wrong"});
    story.clinic.ok("revoke_certificate", revoked);
    let paper = serde_json::to_value(app::verify::code_in(&file).unwrap()).unwrap();
    assert_eq!(story.clinic.ok("verify_certificate", paper)["outcome"], "revoked", "the very file or not");
}

#[test]
fn a_number_that_is_mistyped_unknown_or_missing_is_refused() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let number = text(&issued["number"]);
    let refusal = |story: &mut Story, text: &str| {
        let refusal = story.clinic.refused("verify_certificate", json!({"text": text}));
        (refusal.code, refusal.fields.get("field").cloned())
    };
    let mistyped = number.replace("00001", "00007");
    assert_eq!(refusal(&mut story, &mistyped), (Code::Invalid, Some(json!("text"))));
    let sign = "0123456789ACDEFGHJKMNPQRTUVWXYZ".chars();
    let unused = sign.map(|sign| format!("MAIN-01-26-00900-{sign}"));
    let unused = unused.into_iter().find(|text| domain::certificates::numbers::canonical(text).is_some());
    assert_eq!(refusal(&mut story, &unused.unwrap()), (Code::NotFound, None));
    assert_eq!(refusal(&mut story, " \n"), (Code::Missing, Some(json!("text"))));
}

#[test]
fn a_submitted_certificate_has_no_number_and_is_nothing_to_verify() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    story.clinic.ok("submit_certificate", step(&draft, None));
    story.clinic.seat(Role::Doctor);
    let refusal = story.clinic.refused("verify_certificate", json!({"text": text(&draft["id"])}));
    assert_eq!(refusal.code, Code::Invalid);
}
