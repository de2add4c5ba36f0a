//! Certificates that are issued while the workstations are apart.

use app::Picture;
use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation, text};

/// Begins a certificate of `patient` that lacks nothing.
fn draft(workstation: &mut Workstation, patient: &str) -> Value {
    let templates = workstation.clinic.ok("templates", json!({}));
    let today = workstation.status()["today"].clone();
    let details = json!({
        "template": templates["rows"][0]["id"], "verdict": "fit",
        "examined": today, "from": today, "until": today,
    });
    let input =
        json!({"patient": patient, "visit": null, "extends": null, "replaces": null, "details": details});
    workstation.clinic.ok("draft_certificate", input)
}

fn issue(workstation: &mut Workstation, draft: &Value) -> Value {
    let step = json!({"certificate": draft["id"], "version": draft["version"]});
    workstation.clinic.ok("issue_certificate", step)
}

fn view(workstation: &mut Workstation, certificate: &Value) -> Value {
    workstation.clinic.ok("certificate", json!({"certificate": certificate["id"]}))
}

fn file(workstation: &mut Workstation, certificate: &Value) -> Vec<u8> {
    let file = workstation.clinic.ok("certificate_file", json!({"certificate": certificate["id"]}));
    let Picture { bytes, .. } = workstation.clinic.desk().picture(&text(&file["picture"])).unwrap();
    bytes
}

#[test]
fn each_workstation_numbers_from_its_own_block_and_shows_the_others_page_to_the_byte() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    let mut three = one.enrolled(&server);
    for workstation in [&mut one, &mut two, &mut three] {
        workstation.clinic.seat(Role::Doctor);
    }
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    one.sync();
    two.sync();
    three.sync();
    for workstation in [&one, &two, &three] {
        workstation.line.cut(true);
    }
    let mut numbers = Vec::new();
    let mut issued = Vec::new();
    for workstation in [&mut one, &mut two, &mut three] {
        let draft = draft(workstation, &patient);
        issued.push(issue(workstation, &draft));
        numbers.push(text(&view(workstation, &draft)["number"])[..10].to_owned());
    }
    assert_eq!(
        numbers.iter().map(|number| &number[..8]).collect::<Vec<_>>(),
        ["MAIN-01-", "MAIN-02-", "MAIN-03-"]
    );
    let page = file(&mut two, &issued[1]);
    for workstation in [&one, &two, &three] {
        workstation.line.cut(false);
    }
    two.sync();
    one.sync();
    assert_eq!(view(&mut one, &issued[1])["signer"], "Ana doctor");
    assert_eq!(file(&mut one, &issued[1]), page);
}

#[test]
fn a_draft_that_is_issued_on_both_sides_is_one_certificate_and_a_clash_to_settle() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    two.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    let draft = draft(&mut one, &patient);
    one.sync();
    two.sync();
    let seen = view(&mut two, &draft);
    issue(&mut one, &draft);
    issue(&mut two, &seen);
    let papers = [&mut one, &mut two]
        .map(|workstation| documents::scan::code(&file(workstation, &draft), "CD1:").unwrap());
    one.sync();
    two.sync();
    one.sync();
    for workstation in [&mut one, &mut two] {
        for paper in &papers {
            let verified = workstation.clinic.ok("verify_certificate", json!({"text": paper}));
            assert_eq!((&verified["outcome"], &verified["certificate"]), (&json!("genuine"), &draft["id"]));
        }
    }
    let (here, there) = (view(&mut one, &draft), view(&mut two, &draft));
    assert_eq!((&here["number"], &here["status"]), (&there["number"], &there["status"]));
    assert_eq!((&here["status"], &here["disputed"]), (&json!("issued"), &there["disputed"]));
    assert!(!here["disputed"].as_array().unwrap().is_empty(), "{here}");
    assert_eq!(file(&mut one, &draft), file(&mut two, &draft));
}

#[test]
fn a_paper_of_one_workstation_is_genuine_at_another_and_revoked_there_once_both_have_synced() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    for workstation in [&mut one, &mut two] {
        workstation.clinic.seat(Role::Doctor);
    }
    let (patient, _) = two.clinic.register("Gustavo", "Mejía");
    let draft = draft(&mut two, &patient);
    let issued = issue(&mut two, &draft);
    let code = documents::scan::code(&file(&mut two, &draft), "CD1:").unwrap();
    let verified =
        |workstation: &mut Workstation| workstation.clinic.ok("verify_certificate", json!({"text": code}));
    assert_eq!(verified(&mut two)["outcome"], "genuine");
    two.sync();
    one.sync();
    let at_one = verified(&mut one);
    assert_eq!((&at_one["outcome"], &at_one["certificate"]), (&json!("genuine"), &draft["id"]));
    let reason =
        json!({"certificate": draft["id"], "version": issued["version"], "reason": "the wrong person"});
    two.clinic.ok("revoke_certificate", reason);
    two.sync();
    assert_eq!(verified(&mut one)["outcome"], "genuine", "it has not heard of it yet");
    one.sync();
    assert_eq!(verified(&mut one)["outcome"], "revoked");
}
