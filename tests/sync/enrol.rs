//! Attaching and enrolling, who is refused, and how a lying server is found out.

use app::Code;
use domain::sync::Answer;
use serde_json::json;
use tests::desk::Clinic;

use crate::line::Line;
use crate::world::{Server, Workstation, text};

/// The answer without the signed heads of its pages.
pub fn without_the_heads(mut answer: Answer) -> Answer {
    answer.pages.iter_mut().for_each(|page| page.heads.clear());
    answer
}

/// The answer with one byte of the last transaction turned.
pub fn with_one_byte_turned(mut answer: Answer) -> Answer {
    let entries = answer.pages.iter_mut().flat_map(|page| &mut page.entries);
    if let Some(byte) = entries.last().and_then(|fed| fed.entry.0.last_mut()) {
        *byte ^= 1;
    }
    answer
}

#[test]
fn a_server_is_attached_by_its_one_time_code_and_by_nothing_else() {
    let server = Server::start();
    let mut clinic = Clinic::found_on_line(std::sync::Arc::new(Line::default()));
    let attach = |code: &str| json!({"server": server.url(), "code": code});
    let refused = clinic.refused("attach", attach("AAAA-BBBB-CCCC"));
    assert_eq!((refused.code, &refused.fields["reason"]), (Code::ServerRefused, &json!("wrong_code")));
    let code = server.claim_code();
    clinic.ok("attach", attach(&code.to_lowercase()));
    let mut other = Clinic::on_line(std::sync::Arc::new(Line::default()), 7_000);
    other.ok("found_clinic", tests::desk::found_input());
    let refused = other.refused("attach", attach(&code));
    assert_eq!(refused.code, Code::ServerRefused);
    for address in ["", "clinic.example", "ftp://clinic.example"] {
        assert_eq!(clinic.refused("attach", json!({"server": address, "code": code})).code, Code::Invalid);
    }
}

#[test]
fn without_a_server_there_is_nothing_to_sync_with_and_no_code_to_give() {
    let mut clinic = Clinic::found();
    assert_eq!(app::sync::sync(clinic.desk()).unwrap_err().code, Code::NotAttached);
    assert_eq!(clinic.refused("enrolment_code", json!({"name": "Room 2"})).code, Code::NotAttached);
}

#[test]
fn a_server_that_has_received_nothing_lets_nobody_in_and_says_so() {
    let server = Server::start();
    let mut clinic = Clinic::found_on_line(std::sync::Arc::new(Line::default()));
    clinic.time.set_wall(crate::world::now());
    clinic.ok("attach", json!({"server": server.url(), "code": server.claim_code()}));
    assert_eq!(clinic.refused("enrolment_code", json!({"name": "Room 2"})).code, Code::NotSent);
    app::sync::sync(clinic.desk()).unwrap();
    clinic.ok("enrolment_code", json!({"name": "Room 2"}));
}

#[test]
fn an_enrolment_code_is_used_once_and_a_mistyped_one_is_named() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let given = one.clinic.ok("enrolment_code", json!({"name": "Room 2"}));
    let code = given["lines"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("\n");
    let mut two = Clinic::on_line(std::sync::Arc::new(Line::default()), 1_000_000);
    let enrol = |code: &str| json!({"server": server.url(), "code": code});
    let mistyped: String = code.replacen(|sign: char| sign.is_ascii_digit(), "?", 1);
    assert_eq!(two.refused("enrol", enrol(&mistyped)).code, Code::WrongCode);
    let enrolled = two.ok("enrol", enrol(&code));
    assert_eq!(enrolled["sheet"].as_array().unwrap().len(), 4);
    assert_eq!((enrolled["asked"].as_array().unwrap().len(), &given["seconds"]), (2, &json!(600)));
    assert_eq!(two.refused("enrol", enrol(&code)).code, Code::ClinicExists);
    let mut three = Clinic::on_line(std::sync::Arc::new(Line::default()), 2_000_000);
    let refused = three.refused("enrol", enrol(&code));
    assert_eq!((refused.code, &refused.fields["reason"]), (Code::ServerRefused, &json!("ticket_used")));
}

#[test]
fn the_sheet_of_an_enrolled_workstation_is_read_back_by_whoever_signs_in_there() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let given = one.clinic.ok("enrolment_code", json!({"name": "Room 2"}));
    one.sync();
    let code = given["lines"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join(" ");
    let mut two = Clinic::on_line(std::sync::Arc::new(Line::default()), 1_000_000);
    two.time.set_wall(crate::world::now());
    let enrolled = two.ok("enrol", json!({"server": server.url(), "code": code}));
    let session = two.seat(domain::access::Role::Nurse);
    assert_eq!(session["must_confirm_sheet"], json!(true));
    let sign = |asked: &serde_json::Value| {
        let at = |name: &str| usize::try_from(asked[name].as_u64().unwrap()).unwrap() - 1;
        let line = text(&enrolled["sheet"][at("line")]).replace('-', "");
        line.chars().nth(at("character")).unwrap()
    };
    let characters: String = enrolled["asked"].as_array().unwrap().iter().map(sign).collect();
    two.ok("confirm_sheet", json!({"characters": characters}));
    assert_eq!(two.ok("session", json!({}))["must_confirm_sheet"], json!(false));
}

#[test]
fn an_enrolment_that_is_cut_off_leaves_an_empty_workstation_that_can_try_again() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let given = one.clinic.ok("enrolment_code", json!({"name": "Room 2"}));
    let code = given["lines"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("\n");
    let line = std::sync::Arc::new(Line::default());
    let mut two = Clinic::on_line(line.clone(), 1_000_000);
    line.cut(true);
    let input = json!({"server": server.url(), "code": code});
    assert_eq!(two.refused("enrol", input.clone()).code, Code::Offline);
    assert_eq!(two.ok("door", json!({}))["state"], json!("empty"));
    line.cut(false);
    two.ok("enrol", input);
    assert_eq!(two.ok("door", json!({}))["state"], json!("locked"));
}
