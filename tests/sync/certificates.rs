//! Certificates that are issued while the workstations are apart.

use app::{Code, Picture};
use domain::access::Role;
use serde_json::{Value, json};

use crate::world::{Server, Workstation, text, two_doctors};

/// Begins a certificate of `patient` that lacks nothing.
pub fn draft(workstation: &mut Workstation, patient: &str) -> Value {
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

pub fn issue(workstation: &mut Workstation, draft: &Value) -> Value {
    let step = json!({"certificate": draft["id"], "version": draft["version"]});
    workstation.clinic.ok("issue_certificate", step)
}

pub fn view(workstation: &mut Workstation, certificate: &Value) -> Value {
    workstation.clinic.ok("certificate", json!({"certificate": certificate["id"]}))
}

pub fn file(workstation: &mut Workstation, certificate: &Value) -> Vec<u8> {
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

/// A draft that two workstations have issued apart: on each a doctor, who knows of both papers by now.
struct Twice {
    server: Server,
    workstations: [Workstation; 2],
    draft: Value,
    numbers: [String; 2],
    codes: [String; 2],
}

impl Twice {
    fn issued() -> Self {
        let (server, mut one, mut two, patient) = two_doctors();
        let draft = draft(&mut one, &patient);
        one.sync();
        two.sync();
        let seen = view(&mut two, &draft);
        let numbers = [issue(&mut one, &draft), issue(&mut two, &seen)].map(|issued| text(&issued["number"]));
        let mut workstations = [one, two];
        let codes = workstations
            .each_mut()
            .map(|workstation| documents::scan::code(&file(workstation, &draft), "CD1:").unwrap());
        let mut story = Self { server, workstations, draft, numbers, codes };
        story.sync();
        story
    }

    fn sync(&mut self) {
        for workstation in [0, 1, 0] {
            self.workstations[workstation].sync();
        }
    }

    /// What waits to be settled at one of them.
    fn cards(&mut self, workstation: usize) -> Vec<Value> {
        let listed = self.workstations[workstation].clinic.ok("conflicts", json!({"before": null}));
        listed["cards"].as_array().cloned().unwrap()
    }

    /// Chooses a paper at one of them.
    fn choose(&mut self, workstation: usize, paper: usize) {
        let cards = self.cards(workstation);
        let card = cards.iter().find(|card| card["clash"] == "signatures").unwrap();
        let sides = card["sides"].as_array().unwrap();
        let side = sides.iter().find(|side| side["value"] == self.numbers[paper].as_str()).unwrap();
        let chosen = json!({
            "record": card["record"], "conflict": card["id"], "version": card["version"], "choice": side["choice"],
        });
        self.workstations[workstation].clinic.ok("resolve_conflict", chosen);
    }

    /// That `paper` holds and the other one does not, for everybody.
    fn holds(&mut self, paper: usize) {
        let (chosen, other) = (&self.numbers[paper], &self.numbers[1 - paper]);
        for workstation in &mut self.workstations {
            let seen = view(workstation, &self.draft);
            assert_eq!((&seen["number"], &seen["other_papers"]), (&json!(chosen), &json!([other])));
            assert_eq!((&seen["status"], &seen["disputed"]), (&json!("issued"), &json!([])));
            let page = documents::scan::code(&file(workstation, &self.draft), "CD1:").unwrap();
            assert_eq!(page, self.codes[paper], "the page that is shown");
        }
        let mut answers = Vec::new();
        for (code, number) in self.codes.iter().zip(&self.numbers) {
            let here = self
                .workstations
                .each_mut()
                .map(|workstation| workstation.clinic.ok("verify_certificate", json!({"text": code})));
            let there = self.server.verified(code);
            for said in here.iter().chain([&there]) {
                assert_eq!(said["claims"]["number"], number.as_str());
                answers.push((text(&said["outcome"]), said["superseded_by"].clone()));
            }
            let looked_up = self.server.verified(number);
            answers.push((text(&looked_up["state"]), looked_up["superseded_by"].clone()));
        }
        let good = ["genuine", "genuine", "genuine", "issued"].map(|word| (word.to_owned(), Value::Null));
        let replaced = || ("superseded".to_owned(), json!(chosen));
        let bad = [replaced(), replaced(), replaced(), replaced()];
        assert_eq!(answers, if paper == 0 { [good, bad] } else { [bad, good] }.concat());
        assert_eq!(self.accounted(chosen), ("used".to_owned(), Value::Null));
        assert_eq!(self.accounted(other), ("void".to_owned(), json!(chosen)));
    }

    /// What the block of `number` says became of it at the server, and why; it names the certificate.
    fn accounted(&self, number: &str) -> (String, Value) {
        let blocks = self.server.states("number_block");
        let (prefix, serial) = domain::certificates::numbers::parted(number).unwrap();
        let block = blocks.iter().find(|block| block["fields"]["prefix"]["value"] == prefix).unwrap();
        let said = |part: &str| block["fields"][format!("uses/{serial}/{part}")]["value"].clone();
        assert_eq!(said("certificate"), self.draft["id"]);
        (text(&said("outcome")), said("reason"))
    }
}

#[test]
fn a_draft_that_is_issued_on_both_sides_is_one_certificate_whose_papers_hold_until_one_is_chosen() {
    let mut story = Twice::issued();
    for workstation in [0, 1] {
        let seen = view(&mut story.workstations[workstation], &story.draft);
        assert_eq!((&seen["status"], &seen["disputed"]), (&json!("issued"), &json!([""])));
        let mut numbers = [text(&seen["number"]), text(&seen["other_papers"][0])];
        numbers.sort();
        assert_eq!(numbers, story.numbers, "both are told");
        let cards = story.cards(workstation);
        let mut sides: Vec<String> =
            cards[0]["sides"].as_array().unwrap().iter().map(|side| text(&side["value"])).collect();
        sides.sort();
        assert_eq!((cards.len(), sides), (1, story.numbers.to_vec()), "and stand to be chosen from");
        for code in &story.codes {
            let said = story.workstations[workstation].clinic.ok("verify_certificate", json!({"text": code}));
            assert_eq!((&said["outcome"], &said["certificate"]), (&json!("genuine"), &story.draft["id"]));
        }
    }
    for code in &story.codes {
        let said = story.server.verified(code);
        assert_eq!((&said["outcome"], &said["recorded"]), (&json!("genuine"), &json!(true)));
    }
    let [one, two] = &mut story.workstations;
    assert_eq!(file(one, &story.draft), file(two, &story.draft));
}

#[test]
fn whichever_of_two_papers_is_chosen_holds_and_the_other_ones_number_is_void() {
    for paper in [0, 1] {
        let mut story = Twice::issued();
        story.choose(1 - paper, paper);
        story.sync();
        assert!(story.cards(0).is_empty());
        story.holds(paper);
    }
}

#[test]
fn two_who_choose_differently_at_the_same_time_are_asked_again_and_both_papers_hold_until_then() {
    let mut story = Twice::issued();
    story.choose(0, 0);
    story.choose(1, 1);
    story.sync();
    for code in &story.codes {
        assert_eq!(story.server.verified(code)["outcome"], "genuine");
    }
    story.choose(0, 1);
    story.sync();
    assert!(story.cards(0).is_empty() && story.cards(1).is_empty());
    story.holds(1);
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

#[test]
fn what_arrives_between_two_edits_of_one_form_was_not_seen_there_and_is_neither_signed_nor_overridden() {
    let (_server, mut one, mut two, patient) = two_doctors();
    let opened = draft(&mut one, &patient);
    one.sync();
    two.sync();
    let edit =
        |version: &Value, patch: Value| json!({"id": opened["id"], "version": version, "patch": patch});
    let elsewhere = view(&mut two, &opened)["version"].clone();
    two.clinic.ok("edit_certificate", edit(&elsewhere, json!({"limits": "No lifting"})));
    two.sync();
    one.sync();
    // The form at the first workstation still shows what it was opened with.
    let first =
        one.clinic.ok("edit_certificate", edit(&opened["version"], json!({"recommendation": "Rest"})));
    let refused = one
        .clinic
        .refused("issue_certificate", json!({"certificate": opened["id"], "version": first["version"]}));
    assert_eq!(refused.code, Code::Stale, "nobody signs limits that they were not shown");
    let second =
        one.clinic.ok("edit_certificate", edit(&first["version"], json!({"recommendation": "Rest well"})));
    assert_eq!((&first["conflict"], &second["conflict"]), (&json!(false), &json!(false)), "their own words");
    let third = one.clinic.ok("edit_certificate", edit(&second["version"], json!({"limits": "Light duty"})));
    assert_eq!(third["conflict"], true, "and nobody overrides what they were not shown");
    let read = view(&mut one, &opened);
    assert_eq!(read["disputed"], json!(["limits"]));
    let settled = one.clinic.ok("edit_certificate", edit(&read["version"], json!({"limits": "Light duty"})));
    assert!(settled["version"].as_i64().unwrap() > 0, "whoever read it has seen all");
}

#[test]
fn a_paper_is_unrecorded_elsewhere_until_its_record_has_arrived_there() {
    let (server, mut one, mut two, patient) = two_doctors();
    one.sync();
    two.sync();
    one.line.cut(true);
    let draft = draft(&mut one, &patient);
    issue(&mut one, &draft);
    let code = documents::scan::code(&file(&mut one, &draft), "CD1:").unwrap();
    let said = |workstation: &mut Workstation| {
        let answer = workstation.clinic.ok("verify_certificate", json!({"text": code}));
        assert_eq!(answer["claims"]["signer"], "Ana doctor", "what the paper must read");
        text(&answer["outcome"])
    };
    assert_eq!((said(&mut one), said(&mut two)), ("genuine".to_owned(), "unrecorded".to_owned()));
    assert_eq!(server.verified(&code)["outcome"], "unrecorded");
    one.line.cut(false);
    one.sync();
    assert_eq!(server.verified(&code)["outcome"], "genuine");
    assert_eq!(said(&mut two), "unrecorded");
    two.sync();
    assert_eq!(said(&mut two), "genuine");
}
