//! Who sat where, from the sign-in to the server.

use crypto::testing::TestEntropy;
use crypto::{Signed, SigningKey};
use domain::access::Role;
use domain::session::{Session, Turn};
use domain::sync::Answer;
use domain::wire::{Bytes, Message};
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

/// The answer without a word of who sat where.
fn without_sessions(mut answer: Answer) -> Answer {
    answer.pages.iter_mut().for_each(|page| page.openings = None);
    answer
}

/// The answer in which nobody's words stand in the place of the true ones, above them, and where the logs end.
fn with_forged_sessions(mut answer: Answer) -> Answer {
    let stranger = SigningKey::random(&mut TestEntropy::new(9));
    for page in &mut answer.pages {
        let told = page.openings.take().unwrap_or_default();
        let mut forged = Vec::new();
        for bytes in &told {
            let said = Signed::<Session>::from_bytes(&bytes.0).unwrap().claimed().unwrap();
            for number in [said.number, said.number + 1_000_000] {
                let mut said = Session { number, ..said.clone() };
                forged.push(Bytes(Signed::new(&stranger, &said).to_bytes()));
                // What is written next there stands behind this.
                said.logs.iter_mut().for_each(|log| log.size += 1);
                forged.push(Bytes(Signed::new(&stranger, &said).to_bytes()));
            }
        }
        page.openings = Some(forged).filter(|forged| !forged.is_empty());
    }
    answer
}

#[test]
fn who_sat_where_is_asked_again_where_a_server_left_it_out_or_told_what_nobody_signed() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    type Lie = (&'static str, &'static str, &'static str, fn(Answer) -> Answer);
    let lies: [Lie; 2] =
        [("Santos", "Mejía", "Cruz", without_sessions), ("Aquino", "Lim", "Garcia", with_forged_sessions)];
    for (before, name, next, lie) in lies {
        // They have sat there before: an installation of which nothing was ever told is taken for an older program's.
        for family in [before, name] {
            one.clinic.seat(Role::Doctor);
            one.clinic.register("Gustavo", family);
            one.sync();
            if family == name {
                two.line.lie(server.key(), lie);
            }
            two.clinic.seat(Role::Doctor);
            two.sync();
        }
        assert_eq!(two.find(name).len(), 0, "{name}: it is held");
        assert_eq!(two.report()["refused"][0]["fault"], json!("no_session"), "{name}");
        two.line.honest();
        two.clinic.seat(Role::Nurse);
        two.sync();
        assert_eq!(two.find(name).len(), 1, "{name}: with the next honest answers it counts");
        assert_eq!(two.report()["refused"], json!([]), "{name}");
        one.clinic.register("Ana", next);
        one.sync();
        two.sync();
        assert_eq!(two.find(next).len(), 1, "{name}: what was forged speaks of nothing");
    }
}
