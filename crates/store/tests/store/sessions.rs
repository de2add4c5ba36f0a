//! Who wrote something is who sat there: where a workstation tells its sessions, each other one asks for them, however the
//! server ruled. Here a session is opened before anything is written in it.

use crypto::testing::TestEntropy;
use crypto::{Signed, SigningKey};
use domain::access::{Role, User};
use domain::patients::Problem;
use domain::record::Verb;
use domain::session::{Session, Turn};
use domain::wire::{Bytes, Message};
use domain::{ClinicId, Incarnation, RecordId, Scope};
use store::{Draft, LogFault, Signer, Wrong};

use crate::clinic::{Clinic, doctor, problem};
use crate::elsewhere::{Elsewhere, make};

fn id(name: &str) -> RecordId {
    RecordId::derived(name.as_bytes())
}

/// A clinic with a colleague beside the administrator and the doctor, and another workstation.
fn clinic() -> (Clinic, Elsewhere) {
    let mut clinic = Clinic::found();
    clinic.register("Mejía");
    let colleague = User {
        name: Some("colleague".into()),
        role: Some(Role::Doctor),
        active: Some(true),
        ..User::default()
    };
    clinic.write(vec![Draft::make(Verb::Create, id("colleague"), None, &colleague)]);
    (clinic, Elsewhere::new())
}

/// Has `clinic` take in a problem that `author` wrote elsewhere; whether it counts.
fn counts(clinic: &mut Clinic, elsewhere: &mut Elsewhere, author: RecordId, name: &str) -> bool {
    let asthma = Problem { patient: Some(id("Mejía")), name: Some("asthma".into()), ..Problem::default() };
    elsewhere.tell(clinic, author, vec![make(id(name), &asthma)]);
    stands(clinic, name)
}

fn stands(clinic: &mut Clinic, name: &str) -> bool {
    clinic.act(|act, _| act.record(id(name)).unwrap()).is_some()
}

/// The faults for which something is held.
fn held(clinic: &mut Clinic) -> Vec<String> {
    let rows = clinic.act(|act, _| act.quarantined(Incarnation::derived(b"i"), 9).unwrap());
    rows.into_iter().filter(|row| row.held).map(|row| row.fault).collect()
}

const NO_SESSION: &str = r#"{"code":"no_session","held":true}"#;

#[test]
fn a_step_in_the_name_of_somebody_who_did_not_sit_there_is_held_though_the_server_let_it_in() {
    let (mut clinic, mut elsewhere) = clinic();
    elsewhere.say(id("colleague"), "early", Turn::Open, None);
    assert!(counts(&mut clinic, &mut elsewhere, id("colleague"), "hers"));
    assert!(!counts(&mut clinic, &mut elsewhere, doctor(), "his"));
    assert_eq!(held(&mut clinic), [NO_SESSION]);
    elsewhere.say(doctor(), "late", Turn::Open, None);
    assert!(counts(&mut clinic, &mut elsewhere, doctor(), "his own"));
    elsewhere.say(doctor(), "late", Turn::End, None);
    assert!(!counts(&mut clinic, &mut elsewhere, doctor(), "after he left"));
    assert_eq!(held(&mut clinic), [NO_SESSION, NO_SESSION]);
}

#[test]
fn an_opening_that_somebody_else_signed_seats_nobody_here() {
    let (mut clinic, mut elsewhere) = clinic();
    let stranger = SigningKey::random(&mut TestEntropy::new(3));
    elsewhere.say(doctor(), "forged", Turn::Open, Some(&stranger));
    assert!(!counts(&mut clinic, &mut elsewhere, doctor(), "his"));
    assert_eq!(held(&mut clinic), [NO_SESSION]);
}

#[test]
fn what_nobody_signed_beside_or_above_a_true_opening_unseats_nobody() {
    let (mut clinic, mut elsewhere) = clinic();
    let stranger = SigningKey::random(&mut TestEntropy::new(3));
    elsewhere.say(doctor(), "his", Turn::Open, None);
    let his = messages(&elsewhere.told).remove(0);
    let forged = |said: &Session| Bytes(Signed::new(&stranger, said).to_bytes());
    // The same place and number first, then above it, then an ending.
    elsewhere.told.insert(0, forged(&his));
    elsewhere.told.push(forged(&Session { number: his.number + 1, ..his.clone() }));
    elsewhere.told.push(forged(&Session { number: his.number + 2, turn: Turn::End, ..his.clone() }));
    elsewhere.told.push(forged(&Session { number: his.number + 3, user: id("nobody"), ..his }));
    assert!(counts(&mut clinic, &mut elsewhere, doctor(), "his own"));
    assert_eq!(held(&mut clinic), [""; 0]);
}

#[test]
fn what_an_older_program_wrote_counts_and_is_no_way_round_once_a_session_was_told() {
    let (mut clinic, mut elsewhere) = clinic();
    assert!(counts(&mut clinic, &mut elsewhere, doctor(), "before"));
    elsewhere.say(id("colleague"), "early", Turn::Open, None);
    assert!(counts(&mut clinic, &mut elsewhere, id("colleague"), "hers"));
    elsewhere.told.clear();
    assert!(!counts(&mut clinic, &mut elsewhere, doctor(), "nobody tells of it"));
    assert_eq!(held(&mut clinic), [NO_SESSION]);
}

#[test]
fn what_was_held_counts_once_the_word_comes_that_its_author_sat_there() {
    let (mut clinic, mut elsewhere) = clinic();
    elsewhere.say(id("colleague"), "early", Turn::Open, None);
    assert!(counts(&mut clinic, &mut elsewhere, id("colleague"), "hers"));
    elsewhere.say(doctor(), "late", Turn::Open, None);
    let told = elsewhere.told.pop().unwrap();
    assert!(!counts(&mut clinic, &mut elsewhere, doctor(), "his"));
    elsewhere.told.push(told);
    assert!(counts(&mut clinic, &mut elsewhere, doctor(), "his next"));
    assert!(stands(&mut clinic, "his"));
    assert_eq!(held(&mut clinic), [""; 0]);
    let rebuilt = clinic.act(|act, _| act.rebuild_check().unwrap());
    assert_eq!(rebuilt.differing, [""; 0]);
}

#[test]
fn bytes_that_are_no_message_and_what_is_told_of_this_workstation_itself_say_nothing() {
    let (mut clinic, mut elsewhere) = clinic();
    elsewhere.told.push(Bytes(b"no message".to_vec()));
    elsewhere.say(doctor(), "early", Turn::Open, None);
    let said = messages(&elsewhere.told[1..]).remove(0);
    let here = Session { incarnation: Incarnation::derived(b"i"), number: u64::MAX >> 1, ..said };
    let key = SigningKey::random(&mut TestEntropy::new(3));
    elsewhere.told.push(Bytes(Signed::new(&key, &here).to_bytes()));
    assert!(counts(&mut clinic, &mut elsewhere, doctor(), "his"));
    clinic.register("Lim");
    let told = told(&mut clinic, "site");
    assert!(told.iter().all(|said| said.number < u64::MAX >> 1), "{told:?}");
}

fn messages(told: &[Bytes]) -> Vec<Session> {
    told.iter().map(|bytes| Signed::<Session>::from_bytes(&bytes.0).unwrap().claimed().unwrap()).collect()
}

/// What the next push of the log of `scope` would tell.
fn told(clinic: &mut Clinic, scope: &str) -> Vec<Session> {
    let key = clinic.signs.clone();
    let (clinic_id, incarnation) = (ClinicId::derived(b"c"), Incarnation::derived(b"i"));
    let push = clinic.act(|act, _| {
        let signer = Signer { clinic: clinic_id, incarnation, key: &key, now: 7 };
        act.unsent(&signer, Scope::derived(scope.as_bytes()), 1 << 20).unwrap().unwrap()
    });
    messages(&push.openings.unwrap())
}

#[test]
fn whoever_writes_here_has_opened_a_session_before_and_a_push_tells_it() {
    let mut clinic = Clinic::found();
    clinic.register("Mejía");
    clinic.write_as(doctor(), vec![problem(id("asthma"), id("Mejía"))]);
    let sites = told(&mut clinic, "site");
    let of = |said: &Session| (said.user, said.turn, said.reach(Scope::derived(b"site")));
    let wanted = [(clinic.user, Turn::Open, 0), (doctor(), Turn::Open, 1)];
    assert_eq!(sites.iter().map(of).collect::<Vec<_>>(), wanted);
    assert!(sites[0].number < sites[1].number);
    assert_eq!(told(&mut clinic, "clinic").len(), 2, "in the clinic's log at their places there");
}

/// The messages that `sql` names are taken out of the store by somebody who has its key.
fn take_out(clinic: &mut Clinic, sql: &str) {
    clinic.close();
    let out = format!(
        "insert into apart_gate (open) values (1); delete from session where {sql}; delete from apart_gate;"
    );
    clinic.intruder().execute_batch(&out).unwrap();
}

/// How many words of who sat here the opening missed, and what the check of the log names.
fn looked_at(clinic: &mut Clinic, elsewhere: &Elsewhere) -> (u64, Vec<LogFault>) {
    clinic.open();
    let unsaid = clinic.store.as_ref().unwrap().opened().unsaid;
    let (own, public) = (Incarnation::derived(b"i"), *clinic.signs.public());
    let keys = elsewhere.keys(&public);
    (unsaid, clinic.act(|act, _| act.check_log(&keys, own, &public, &[]).unwrap().faults))
}

#[test]
fn words_of_who_sat_here_that_were_taken_out_come_back_from_beside_the_store_or_are_named() {
    let (mut clinic, elsewhere) = clinic();
    clinic.write_as(doctor(), vec![problem(id("asthma"), id("Mejía"))]);
    clinic.close();
    assert_eq!(looked_at(&mut clinic, &elsewhere), (0, vec![]));
    take_out(&mut clinic, "1");
    let (unsaid, faults) = looked_at(&mut clinic, &elsewhere);
    assert!(unsaid > 1 && faults.is_empty(), "{unsaid} {faults:?}");
    let sites = told(&mut clinic, "site");
    assert_eq!(sites.last().map(|said| said.user), Some(doctor()));
    clinic.close();
    assert_eq!(looked_at(&mut clinic, &elsewhere), (0, vec![]), "it is told once");
    // Nothing beside the store has them either.
    take_out(&mut clinic, "1");
    for name in ["unsent.a", "unsent.b"] {
        drop(std::fs::remove_file(clinic.folder().join(name)));
    }
    let (_, faults) = looked_at(&mut clinic, &elsewhere);
    assert_eq!(
        faults.iter().map(|fault| (fault.seq, fault.what)).collect::<Vec<_>>(),
        [(1, Wrong::Unseated); 2]
    );
}

#[test]
fn the_word_that_the_server_was_told_last_is_missed_once_and_the_one_before_it_is_told_again() {
    let (mut clinic, elsewhere) = clinic();
    let last = told(&mut clinic, "site").pop().unwrap().number;
    let scope = Scope::derived(b"site");
    clinic.act(|act, _| act.acknowledge_sessions(&[(scope, last)].into()).unwrap());
    take_out(&mut clinic, &format!("number = {last}"));
    for name in ["unsent.a", "unsent.b"] {
        drop(std::fs::remove_file(clinic.folder().join(name)));
    }
    assert_eq!(looked_at(&mut clinic, &elsewhere).0, 1);
    clinic.close();
    assert_eq!(looked_at(&mut clinic, &elsewhere).0, 0);
}

#[test]
fn a_word_of_who_sat_elsewhere_that_was_taken_out_is_named_with_the_entry_before_which_it_stood() {
    let (mut clinic, mut elsewhere) = clinic();
    elsewhere.say(id("colleague"), "early", Turn::Open, None);
    assert!(counts(&mut clinic, &mut elsewhere, id("colleague"), "hers"));
    elsewhere.say(doctor(), "late", Turn::Open, None);
    assert!(counts(&mut clinic, &mut elsewhere, doctor(), "his"));
    clinic.close();
    assert_eq!(looked_at(&mut clinic, &elsewhere).1, []);
    take_out(&mut clinic, "number = 2");
    let faults = looked_at(&mut clinic, &elsewhere).1;
    let named: Vec<_> = faults.iter().map(|fault| (fault.incarnation, fault.seq, fault.what)).collect();
    assert_eq!(named, [(Incarnation::derived(b"elsewhere"), 2, Wrong::Unseated)]);
}
