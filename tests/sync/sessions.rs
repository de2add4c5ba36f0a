//! Who sat where, from the sign-in to the server.

use domain::access::Role;
use domain::session::Turn;
use serde_json::json;
use tests::desk::{password, text};

use crate::world::{Server, Workstation};

/// What the server was told, to the log of the site, of who sits at the workstation: the number of each message, whether
/// somebody sat down or left, and who.
fn told(server: &Server, workstation: &mut Workstation) -> Vec<(u64, Turn, String)> {
    let door = workstation.clinic.ok("door", json!({}));
    let people = door["people"].as_array().unwrap();
    let name = |id: &str| people.iter().find(|row| row["user"] == id).map(|row| text(&row["sign_in"]));
    let said = server.sessions().into_iter();
    said.map(|said| (said.number, said.turn, name(&said.user.to_string()).unwrap())).collect()
}

/// One question and its answer, as they go on behind a locked screen; how many bytes were asked.
fn round(workstation: &mut Workstation) -> usize {
    let desk = workstation.clinic.desk();
    let question = desk.question().unwrap().unwrap();
    let bytes = question.body.len();
    let answer = desk.transport().post(&question.url, question.body);
    desk.settle(&question.asked, answer).unwrap();
    bytes
}

#[test]
fn each_sign_in_opens_a_session_which_a_lock_or_whoever_comes_next_ends() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    one.clinic.register("Gustavo", "Mejía");
    one.clinic.ok("lock", json!({}));
    one.clinic.ok("unlock", json!({"password": password(Role::Doctor)}));
    one.clinic.register("Ana", "Lim");
    // Killed: nobody ends it.
    one.clinic.restart();
    one.clinic.seat(Role::Nurse);
    one.clinic.register("Lito", "Salonga");
    one.clinic.ok("sign_out", json!({}));
    one.clinic.seat(Role::Administrator);
    one.sync();
    let told = told(&server, &mut one);
    let wrote: Vec<_> = told.iter().map(|(_, turn, who)| (*turn, who.as_str())).collect();
    let wanted = ["maria.reyes", "doctor", "doctor", "nurse", "maria.reyes"].map(|who| (Turn::Open, who));
    assert_eq!(wrote, wanted, "what lies between is told where somebody wrote, and the last");
    assert!(told.is_sorted_by(|one, next| one.0 < next.0), "{told:?}");
    assert_eq!(one.report()["refused"], json!([]));
}

#[test]
fn behind_a_lock_the_server_is_told_once_that_nobody_sits_there_though_nothing_waits() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    one.clinic.register("Gustavo", "Mejía");
    one.sync();
    let idle = round(&mut one);
    one.clinic.ok("lock", json!({}));
    let telling = round(&mut one);
    let told = told(&server, &mut one);
    let (_, turn, who) = told.last().unwrap();
    assert_eq!((*turn, who.as_str()), (Turn::End, "doctor"));
    assert!(round(&mut one) < telling - 100 && idle < telling - 100, "it is told once");
}
