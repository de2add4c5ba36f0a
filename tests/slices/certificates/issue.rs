//! Issuing, and what stands against it.

use std::collections::BTreeSet;

use app::{Code, Picture};
use crypto::cose;
use crypto::issuing::IssuingKey;
use crypto::testing::TestEntropy;
use domain::access::{Role, User};
use domain::admit::Fault;
use domain::certificates::numbers::canonical;
use domain::certificates::{Certificate, Issuer};
use domain::record::Record;
use serde_json::{Value, json};
use store::{Draft, WriteError};
use tests::desk::text;

use super::readers::Kept;
use super::{Story, step, words};
use crate::trust::{context, open_store};

impl Story {
    /// A certificate that a doctor, who sits here then, has issued.
    pub fn issued(&mut self, change: Value) -> Value {
        let draft = self.draft(change);
        self.clinic.seat(Role::Doctor);
        self.clinic.ok("issue_certificate", step_of(&draft))
    }

    /// The file of a certificate.
    pub fn file(&mut self, certificate: &Value) -> Vec<u8> {
        let file = self.clinic.ok("certificate_file", json!({"certificate": certificate["id"]}));
        let Picture { media_type, bytes } = self.clinic.desk().picture(&text(&file["picture"])).unwrap();
        assert_eq!(media_type, "application/pdf");
        bytes
    }
}

pub fn step_of(certificate: &Value) -> Value {
    json!({"certificate": certificate["id"], "version": certificate["version"]})
}

#[test]
fn a_doctor_issues_what_the_front_desk_submitted() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    let submitted = story.step("submit_certificate", &draft, None);
    story.clinic.seat(Role::Doctor);
    let issued = story.clinic.ok("issue_certificate", step_of(&submitted));
    let number = text(&issued["number"]);
    assert!(number.starts_with("MAIN-01-26-00001-") && canonical(&number).is_some(), "{number}");
    let view = story.view(&draft);
    assert_eq!((&view["status"], &view["number"]), (&json!("issued"), &json!(number)));
    assert_eq!((&view["signer"], &view["author"]), (&json!("Ana doctor"), &json!("Ana front desk")));
    assert_eq!((&view["issued_day"], &view["version"]), (&json!("2026-11-22"), &issued["version"]));
    assert_eq!(words(&view["history"], "step"), ["draft", "submitted", "issued"]);
    assert_eq!(view["may"]["revoke"], true);
    for kept in ["facts", "payload"] {
        assert!(view["details"].get(kept).is_none(), "{kept}");
    }
    let timeline = json!({"patient": story.patient, "kinds": ["certificate"], "before": null});
    let row = story.clinic.ok("timeline", timeline)["rows"][0].clone();
    assert_eq!((&row["fact"]["details"]["number"], &row["signed"]), (&json!(number), &json!(true)));
    assert_eq!(row["author"], "Ana doctor", "whose word the paper is");
    assert_eq!(row["line"], view["title"], "what sort of paper it is");
    assert!(row["fact"]["details"].get("facts").is_none());
    story.clinic.seat(Role::Auditor);
    assert_eq!(story.clinic.ok("verify_audit", json!({}))["whole"], true);
}

#[test]
fn the_paper_is_small_says_what_was_written_and_its_code_says_the_same() {
    let mut story = Story::begin();
    let issued = story.issued(json!({"diagnosis": "dengue fever"}));
    let number = text(&issued["number"]);
    let pdf = story.file(&issued);
    assert!(pdf.len() <= 20_000, "{} bytes", pdf.len());
    let kept = Kept::new(&pdf);
    let printed = kept.text();
    for said in [
        "University Clinic, Main Campus",
        &format!("No. {number}"),
        "22-Nov-2026",
        "MEDICAL CERTIFICATE",
        "Gustavo Mejía, born 14-Jul-1999, student number 2019-104-883, BS Tourism year 4",
        "not fit to attend classes from Sat 21-Nov-2026 to Mon 23-Nov-2026 (3 days).",
        "May return on Tue 24-Nov-2026. The day before the examination is by the patient’s account.",
        "Recommendation: Rest, fluids, and review at the clinic if fever continues.",
        "Ana doctor",
        "Physician",
        "Licence 0104417",
    ] {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    for never in ["dengue", "Acute febrile", "front desk", "DRAFT"] {
        assert!(!printed.contains(never), "{never}: {printed}");
    }
    let fonts = kept.ask("pdffonts", &["@"]);
    let embedded = fonts.lines().skip(2).all(|line| line.contains(" yes yes "));
    assert!(embedded && fonts.lines().count() > 3, "{fonts}");
    let code = Kept::scan(&pdf, 1_200);
    let keys = story.in_store(|act| {
        let doctors =
            act.records(Issuer::KIND.name, None).unwrap().into_iter().map(|record| {
                record.state.record::<Issuer>().issues_with.unwrap().bytes().try_into().unwrap()
            });
        doctors.collect::<Vec<[u8; 65]>>()
    });
    let claims = cose::verify(&code, &keys).unwrap();
    assert_eq!((claims.number, claims.name.as_str()), (number, "Gustavo Mejía"));
    assert_eq!((claims.signer.as_str(), claims.licence.as_deref()), ("Ana doctor", Some("0104417")));
    assert_eq!(claims.identifier.as_deref(), Some("2019-104-883"));
    assert_eq!(claims.issuer, "University Clinic");
    let pages = story.clinic.ok("certificate_pages", json!({"certificate": issued["id"], "width": 400}));
    assert_eq!(claims.text_digest, crypto::sha256(&[text(&pages["shown"]).as_bytes()]));
}

#[test]
fn who_may_not_issue_is_refused() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    for (role, code) in [
        (Role::FrontDesk, Code::NotPermitted),
        (Role::Administrator, Code::NotPermitted),
        (Role::Nurse, Code::LicenceExpired),
    ] {
        story.clinic.seat(role);
        assert_eq!(story.refused("issue_certificate", step_of(&draft)).0, code, "{}", role.word());
    }
    story.license(Role::Nurse);
    story.clinic.seat(Role::Nurse);
    assert_eq!(story.view(&draft)["may"]["issue"], false);
    assert_eq!(
        story.refused("issue_certificate", step_of(&draft)).0,
        Code::NotPermitted,
        "not of this template"
    );
    story.clinic.seat(Role::Dentist);
    story.clinic.ok("issue_certificate", step_of(&draft));
}

#[test]
fn a_lapsed_licence_issues_nothing() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    story.clinic.time.pass(420 * 86_400);
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.refused("issue_certificate", step_of(&draft)).0, Code::LicenceExpired);
}

#[test]
fn what_lacks_or_cannot_be_so_is_asked_for_by_its_field() {
    let mut story = Story::begin();
    let cases = [
        (json!({"verdict": null}), Code::Missing, "verdict"),
        (json!({"reason": " "}), Code::Missing, "reason"),
        (json!({"from": null}), Code::Missing, "from"),
        (json!({"verdict": "fit_with_limits"}), Code::Missing, "limits"),
        (json!({"diagnosis_agreed": true}), Code::Missing, "diagnosis"),
    ];
    let drafts: Vec<Value> = cases.iter().map(|(change, ..)| story.draft(change.clone())).collect();
    story.clinic.seat(Role::Doctor);
    for (draft, (change, code, field)) in drafts.iter().zip(&cases) {
        assert_eq!(story.refused("issue_certificate", step_of(draft)), (*code, json!(field)), "{change}");
    }
    let rare = story.draft(json!({"recommendation": "rest \u{1F600}"}));
    let refusal = story.clinic.refused("issue_certificate", step_of(&rare));
    let told = [&refusal.fields["character"], &refusal.fields["field"]];
    assert_eq!((refusal.code, told), (Code::Unprintable, [&json!("U+1F600"), &json!("recommendation")]));
    let fine = story.draft(json!({}));
    let number = text(&story.clinic.ok("issue_certificate", step_of(&fine))["number"]);
    assert!(number.starts_with("MAIN-01-26-00001-"), "a refused issue draws no number: {number}");
}

#[test]
fn a_name_in_letters_that_no_face_has_is_told_at_the_draft_and_printed_in_latin_letters() {
    let mut story = Story::begin();
    let register = |story: &mut Story, details: Value| {
        story.clinic.seat(Role::FrontDesk);
        let kept = story.clinic.ok("register_patient", json!({"details": details}));
        story.patient = text(&kept["id"]);
        kept
    };
    for (family, given) in [("王", "小明"), ("ใจดี", "สมชาย"), ("לוי", "דוד"), ("الخوري", "ليلى")]
    {
        register(&mut story, json!({"family": family, "given": given}));
        let issued = story.issued(json!({}));
        assert!(text(&issued["number"]).starts_with("MAIN-"), "{family}");
    }
    let person = register(&mut story, json!({"family": "அ", "given": "தமிழ்"}));
    let draft = story.draft(json!({}));
    let preview = json!({
        "patient": story.patient, "visit": null, "width": 200, "details": story.drafting(json!({}))["details"],
    });
    for (command, input) in
        [("preview_certificate", preview.clone()), ("submit_certificate", step(&draft, None))]
    {
        let refusal = story.clinic.refused(command, input);
        let told = [&refusal.fields["field"], &refusal.fields["character"]];
        assert_eq!(refusal.code, Code::Unprintable, "{command}");
        assert_eq!(told, [&json!("name"), &json!("U+0BA4 U+0BAE U+0BB4 U+0B85")], "{command}");
    }
    let latin =
        json!({"patient": story.patient, "version": person["version"], "patch": {"latin": "Tamil Anbu"}});
    story.clinic.ok("edit_patient", latin);
    let shown = text(&story.clinic.ok("preview_certificate", preview)["shown"]);
    assert!(shown.contains("Tamil Anbu"), "{shown}");
    let found = story.clinic.ok("find_patients", json!({"text": "anbu"}))["people"].clone();
    assert_eq!(found.as_array().map(Vec::len), Some(1));
}

#[test]
fn class_days_are_printed_by_the_calendar_that_the_clinic_keeps() {
    let mut story = Story::begin();
    let stretch = |from: &str, until: &str| json!({"1": {"name": "x", "from": from, "until": until}});
    let details = json!({
        "years": stretch("2026-08-01", "2027-06-30"), "terms": stretch("2026-08-10", "2027-05-28"),
        "holidays": stretch("2026-11-23", "2026-11-24"),
    });
    let edit = |version: &Value, details: &Value| json!({"version": version, "details": details});
    let refusal = story.clinic.refused("edit_calendar", edit(&Value::Null, &details));
    assert_eq!(refusal.code, Code::NotPermitted);
    story.clinic.seat(Role::Administrator);
    let mut turned = details.clone();
    turned["terms"] = stretch("2027-05-28", "2026-08-10");
    let refusal = story.clinic.refused("edit_calendar", edit(&Value::Null, &turned));
    assert_eq!(refusal.fields["field"], "terms");
    let kept = story.clinic.ok("edit_calendar", edit(&Value::Null, &details));
    assert_eq!(
        story.clinic.ok("calendar", json!({})),
        json!({"version": kept["version"], "details": details})
    );
    story.clinic.seat(Role::FrontDesk);
    let draft = story.draft(json!({}));
    let view = story.view(&draft);
    assert_eq!((&view["days"]["class_days"], &view["days"]["return_day"]), (&json!(0), &json!("2026-11-25")));
    // A change takes away what it no longer says.
    story.clinic.seat(Role::Administrator);
    let mut fewer = details;
    fewer["holidays"] = Value::Null;
    story.clinic.ok("edit_calendar", edit(&kept["version"], &fewer));
    story.clinic.seat(Role::FrontDesk);
    assert_eq!(story.view(&draft)["days"]["class_days"], 1);
}

#[test]
fn what_is_too_long_for_its_code_or_for_paper_is_not_issued() {
    let mut story = Story::begin();
    let cases =
        [("given", "Gustavo ".repeat(200), "code_too_dense"), ("course", "BS\n".repeat(6000), "too_long")];
    for (field, long, reason) in cases {
        let mut details = json!({"given": "Gustavo", "family": "Mejía", "birth_date": "1999-07-14"});
        details[field] = json!(long);
        story.clinic.seat(Role::FrontDesk);
        story.patient = text(&story.clinic.ok("register_patient", json!({"details": details}))["id"]);
        let draft = story.draft(json!({}));
        story.clinic.seat(Role::Doctor);
        let refusal = story.clinic.refused("issue_certificate", step_of(&draft));
        assert_eq!((refusal.code, &refusal.fields["reason"]), (Code::Unprintable, &json!(reason)));
    }
}

#[test]
fn what_is_issued_is_issued_once_and_never_changes() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    assert_eq!(story.refused("issue_certificate", step_of(&issued)), (Code::IllegalMove, json!("status")));
    let edit = json!({"id": issued["id"], "version": issued["version"], "patch": {"reason": "none"}});
    assert_eq!(story.refused("edit_certificate", edit).0, Code::Frozen);
    let returned = step(&issued, Some("no"));
    assert_eq!(story.refused("return_certificate", returned).0, Code::IllegalMove);
}

#[test]
fn an_issue_of_what_somebody_else_changed_meanwhile_is_refused() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    let edit = json!({"id": draft["id"], "version": draft["version"], "patch": {"until": "2026-11-27"}});
    let edited = story.clinic.ok("edit_certificate", edit);
    story.step("submit_certificate", &edited, None);
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.refused("issue_certificate", step_of(&draft)).0, Code::Stale);
    // The hand-over alone changed nothing that is on the page.
    story.clinic.ok("issue_certificate", step_of(&edited));
}

#[test]
fn nobody_issues_what_two_people_disagree_about() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    for until in ["2026-11-27", "2026-11-28"] {
        let edit = json!({"id": draft["id"], "version": draft["version"], "patch": {"until": until}});
        story.clinic.ok("edit_certificate", edit);
    }
    story.clinic.seat(Role::Doctor);
    let view = story.view(&draft);
    assert_eq!(view["disputed"], json!(["until"]));
    assert_eq!(
        story.refused("issue_certificate", step_of(&view_step(&view))),
        (Code::Disputed, json!("until"))
    );
    assert_eq!(view["bars"], json!([{"code": "disputed", "fields": {"field": "until"}}]));
}

#[test]
fn a_draft_tells_what_issue_would_refuse_and_only_disputes_to_whoever_cannot_issue_it() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    assert_eq!(story.bars(&draft), [""; 0]);
    let (patient, version) = (
        story.patient.clone(),
        story.clinic.ok("patient", json!({"patient": story.patient}))["version"].clone(),
    );
    for family in ["Cruz", "Dela Cruz"] {
        let edit = json!({"patient": patient, "version": version, "patch": {"family": family}});
        story.clinic.ok("edit_patient", edit);
    }
    story.clinic.time.set_wall(tests::desk::FOUNDED_AT - 600_000);
    assert_eq!(story.bars(&draft), ["disputed"]);
    let preview = story.drafting(json!({}));
    let preview =
        json!({"patient": preview["patient"], "visit": null, "details": preview["details"], "width": 200});
    assert_eq!(
        story.clinic.ok("preview_certificate", preview.clone())["bars"][0]["fields"]["field"],
        "family"
    );
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.bars(&draft), ["clock_behind", "disputed"]);
    assert_eq!(story.clinic.ok("preview_certificate", preview)["bars"].as_array().map(Vec::len), Some(2));
}

fn view_step(view: &Value) -> Value {
    json!({"id": view["id"], "version": view["version"]})
}

#[test]
fn a_clock_that_fell_behind_issues_nothing() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    story.clinic.seat(Role::Doctor);
    story.clinic.time.set_wall(tests::desk::FOUNDED_AT - 600_000);
    assert_eq!(story.refused("issue_certificate", step_of(&draft)).0, Code::ClockBehind);
    story.clinic.time.set_wall(tests::desk::FOUNDED_AT + 60_000);
    story.clinic.ok("issue_certificate", step_of(&draft));
}

#[test]
fn a_revoked_certificate_says_why_and_stays_as_it_was_issued() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let before = story.file(&issued);
    assert_eq!(story.refused("revoke_certificate", step(&issued, None)), (Code::Missing, json!("reason")));
    story.step("revoke_certificate", &issued, Some("written for another person"));
    let view = story.view(&issued);
    assert_eq!(
        (&view["status"], &view["history"][2]["reason"]),
        (&json!("revoked"), &json!("written for another person"))
    );
    assert_eq!(story.file(&issued), before);
    let again = step(&issued, Some("again"));
    assert_eq!(story.refused("revoke_certificate", again), (Code::IllegalMove, json!("status")));
    let ended = story.clinic.ok("certificates", json!({"list": "ended", "text": "", "before": null}));
    assert_eq!(words(&ended["rows"], "number"), [text(&issued["number"])]);
}

#[test]
fn one_that_replaces_another_supersedes_it_when_it_is_issued() {
    let mut story = Story::begin();
    let first = story.issued(json!({}));
    let mut input = story.drafting(json!({"until": "2026-11-24"}));
    input["replaces"] = first["id"].clone();
    let second = story.clinic.ok("draft_certificate", input.clone());
    let third = story.clinic.ok("draft_certificate", input.clone());
    assert_eq!(story.view(&first)["status"], "issued");
    let issued = story.clinic.ok("issue_certificate", step_of(&second));
    let view = story.view(&first);
    assert_eq!((&view["status"], &view["replaced_by"]["number"]), (&json!("superseded"), &issued["number"]));
    assert_eq!(story.view(&second)["replaces"]["number"], first["number"]);
    assert_eq!(story.refused("issue_certificate", step_of(&third)), (Code::IllegalMove, json!("replaces")));
    assert_eq!(story.refused("draft_certificate", input), (Code::IllegalMove, json!("replaces")));
    let number = text(&issued["number"]);
    assert!(number.starts_with("MAIN-01-26-00002-"), "{number}");
}

#[test]
fn no_program_on_a_workstation_supersedes_one_in_whose_stead_none_is_issued() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    story.clinic.stop();
    let (mut store, _, bundle) = open_store(&story.clinic);
    let act = store.act().unwrap();
    let record = act.record(text(&issued["id"]).parse().unwrap()).unwrap().unwrap();
    let doctor = record.state.record::<Certificate>().signer.unwrap();
    let patch = [("status".to_owned(), domain::Value::text("superseded"))].into();
    let draft = Draft::patch::<Certificate>(record.id, record.patient, patch, None);
    let written = act.write(&context(&act, doctor, &bundle), &mut TestEntropy::new(78), vec![draft]);
    let illegal = Fault::IllegalMove("status".to_owned());
    assert!(matches!(written, Err(WriteError::Refused(fault)) if fault == illegal));
}

#[test]
fn one_that_extends_another_links_to_it_and_leaves_it_valid() {
    let mut story = Story::begin();
    let first = story.issued(json!({}));
    let mut input = story.drafting(json!({"from": "2026-11-24", "until": "2026-11-25"}));
    input["extends"] = first["id"].clone();
    let second = story.clinic.ok("draft_certificate", input);
    story.clinic.ok("issue_certificate", step_of(&second));
    assert_eq!(story.view(&second)["extends"], json!({"id": first["id"], "number": first["number"]}));
    assert_eq!(story.view(&first)["status"], "issued");
    let expiring = story
        .clinic
        .ok("certificates", json!({"list": "expiring", "text": text(&first["number"]), "before": null}));
    assert_eq!(expiring["counts"]["expiring"], 2);
    assert_eq!(words(&expiring["rows"], "number"), [text(&first["number"])]);
}

#[test]
fn a_key_to_issue_with_opens_to_its_person_alone_and_there_is_one_for_each_who_may() {
    let mut story = Story::begin();
    for role in [Role::Nurse, Role::Dentist, Role::FrontDesk, Role::Doctor] {
        story.clinic.seat(role);
    }
    let made = story.in_store(|act| act.records(Issuer::KIND.name, None).unwrap());
    let of: BTreeSet<_> = made.iter().map(|key| key.state.record::<Issuer>().user.unwrap()).collect();
    assert_eq!((made.len(), of.len()), (4, 4), "made once, whoever signs in how often");
    story.clinic.stop();
    let (mut store, stranger, bundle) = open_store(&story.clinic);
    let act = store.act().unwrap();
    assert!(!of.contains(&stranger));
    for key in made {
        let key: Issuer = key.state.record();
        let user = key.user.unwrap();
        let incarnation = key.incarnation.unwrap().parse().unwrap();
        let kept = act.local(&format!("issuing/{user}")).unwrap().unwrap();
        assert!(IssuingKey::open(&bundle.sealing, user, incarnation, &kept[16..]).is_err());
        assert!(
            !kept
                .windows(key.issues_with.as_ref().unwrap().bytes().len())
                .any(|part| { part == key.issues_with.as_ref().unwrap().bytes() })
        );
    }
}

#[test]
fn without_a_key_nothing_is_issued_and_the_key_that_was_the_workstations_own_is_forgotten() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    story.in_store(|act| act.set_local("issuing_key", b"of before").unwrap());
    assert_eq!(story.in_store(|act| act.local("issuing_key").unwrap()), None);
    story.clinic.seat(Role::Administrator);
    assert_eq!(story.refused("issuing_key", json!({})).0, Code::NoIssuingKey);
    story.clinic.seat(Role::Doctor);
    story.clinic.ok("issuing_key", json!({}));
    story.clinic.ok("issue_certificate", step_of(&draft));
}

#[test]
fn a_key_that_somebody_else_laid_there_signs_nothing_and_a_new_one_is_made() {
    let mut story = Story::begin();
    let first = story.issued(json!({}));
    story.in_store(|act| {
        for key in act.records(Issuer::KIND.name, None).unwrap() {
            let key: Issuer = key.state.record();
            let user = key.user.unwrap();
            let theirs: User = act.record(user).unwrap().unwrap().state.record();
            let seals = theirs.seals_with.unwrap().bytes().try_into().unwrap();
            let incarnation = key.incarnation.unwrap().parse().unwrap();
            let planted = IssuingKey::generate().unwrap();
            let sealed = planted.sealed(&mut TestEntropy::new(7), &seals, user, incarnation).unwrap();
            let name = format!("issuing/{user}");
            let kept = act.local(&name).unwrap().unwrap();
            act.set_local(&name, &[&kept[..16], &sealed].concat()).unwrap();
        }
    });
    let second = story.issued(json!({}));
    assert_ne!(second["number"], first["number"]);
    assert_eq!(story.view(&second)["status"], "issued");
}
