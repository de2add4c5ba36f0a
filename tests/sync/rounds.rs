//! A workstation that exchanges records by itself, as the window does: nobody gives a command for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::command::Tag;
use app::commands::{COMMANDS, stales};
use app::sync::rounds::{Event, Shell, event, start};
use app::{Code, Desk};
use domain::access::Role;
use domain::patients::Patient;
use domain::record::Record;
use serde_json::{Value, json};
use tests::desk::{Clinic, PASSWORD, password};
use tests::wait;

use crate::line::Line;
use crate::world::{Server, Workstation};

/// A window around a workstation: it lends the desk, hears news and rings after each command.
#[derive(Clone)]
struct Office {
    clinic: Arc<Mutex<Clinic>>,
    told: Arc<Mutex<Vec<Tag>>>,
    breaks: Arc<AtomicBool>,
}

struct Open {
    office: Office,
    line: Arc<Line>,
    events: Sender<Event>,
}

impl Shell for Office {
    fn lend<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        let mut clinic = self.clinic();
        assert!(!self.breaks.swap(false, Ordering::SeqCst), "the desk breaks under the rounds");
        clinic.runs().then(|| work(clinic.desk()))
    }

    fn tell(&self, tags: &[Tag]) {
        self.told.lock().unwrap().extend(tags);
    }
}

impl Office {
    fn clinic(&self) -> MutexGuard<'_, Clinic> {
        self.clinic.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn around(workstation: Workstation) -> Self {
        let Workstation { clinic, line } = workstation;
        let office =
            Office { clinic: Arc::new(Mutex::new(clinic)), told: Arc::default(), breaks: Arc::default() };
        let events = start(office.clone()).unwrap();
        Self { office, line, events }
    }

    fn ok(&self, name: &str, input: Value) -> Value {
        let answer = self.office.clinic().ok(name, input);
        if let Some(event) = event(name, stales(name)) {
            self.events.send(event).unwrap();
        }
        answer
    }

    fn register(&self, given: &str, family: &str) {
        self.ok("register_patient", json!({"details": {"given": given, "family": family}}));
    }

    fn sits(&self, role: Role) {
        self.ok("sign_in", json!({"who": tests::desk::sign_in_name(role), "password": password(role)}));
    }

    fn status(&self) -> Value {
        self.office.clinic().ok("status", json!({}))
    }

    fn comes_to(&self, what: &str, mut so: impl FnMut(&Value) -> bool) {
        let limit = Duration::from_secs(20);
        wait::until(what, limit, || Ok(so(&self.status()).then_some(()))).unwrap();
    }

    fn finds(&self, text: &str) -> usize {
        let found = self.office.clinic().ok("find_patients", json!({"text": text}));
        found["people"].as_array().unwrap().len()
    }

    fn told(&self) -> Vec<Tag> {
        std::mem::take(&mut *self.office.told.lock().unwrap())
    }
}

#[test]
fn what_is_written_is_sent_soon_and_arrives_elsewhere_with_news_of_it() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let two = Open::around(one.enrolled(&server));
    let one = Open::around(one);
    one.sits(Role::Doctor);
    two.sits(Role::Nurse);
    two.told();
    one.register("Gustavo", "Mejía");
    one.comes_to("sent", |status| status["waiting"] == 0);
    two.ok("send_now", json!({}));
    wait::until("arrived", Duration::from_secs(20), || Ok((two.finds("mejia") == 1).then_some(()))).unwrap();
    wait::until("told", Duration::from_secs(5), || {
        Ok(two.told().contains(&Tag::of(Patient::KIND)).then_some(()))
    })
    .unwrap();
}

#[test]
fn offline_it_is_said_since_when_and_the_rest_follows_by_itself_when_the_line_is_mended() {
    let server = Server::start();
    let one = Open::around(Workstation::founding(&server));
    one.sits(Role::Doctor);
    one.comes_to("in step", |status| status["waiting"] == 0);
    one.line.cut(true);
    one.register("Gustavo", "Mejía");
    one.comes_to("offline", |status| status["trouble"]["code"] == "offline");
    let since = one.status()["trouble"]["since"].clone();
    one.ok("send_now", json!({}));
    let asked = one.line.asked();
    wait::until("tried again", Duration::from_secs(20), || Ok((one.line.asked() > asked).then_some(())))
        .unwrap();
    assert_eq!(one.status()["trouble"]["since"], since, "it is the same trouble");
    assert!(one.told().contains(&Tag::STATUS));
    one.line.cut(false);
    one.comes_to("caught up", |status| status["waiting"] == 0 && status["trouble"].is_null());
}

#[test]
fn a_locked_screen_does_not_keep_records_from_the_server() {
    let server = Server::start();
    let one = Open::around(Workstation::founding(&server));
    one.sits(Role::Doctor);
    one.comes_to("in step", |status| status["waiting"] == 0);
    one.told();
    one.register("Gustavo", "Mejía");
    one.ok("lock", json!({}));
    let told = || Ok(one.told().contains(&Tag::STATUS).then_some(()));
    wait::until("a round", Duration::from_secs(20), told).unwrap();
    one.ok("unlock", json!({"password": password(Role::Doctor)}));
    assert_eq!(one.status()["waiting"], json!(0));
}

#[test]
fn nothing_is_asked_after_signing_out_and_it_goes_on_with_the_next_person() {
    let server = Server::start();
    let one = Open::around(Workstation::founding(&server));
    one.sits(Role::Doctor);
    one.comes_to("in step", |status| status["waiting"] == 0);
    one.ok("sign_out", json!({}));
    one.events.send(Event::Asked).unwrap();
    let asked = one.line.asked();
    assert!(
        wait::until("asked", Duration::from_secs(3), || Ok((one.line.asked() > asked).then_some(())))
            .is_err()
    );
    one.sits(Role::Nurse);
    wait::until("asked", Duration::from_secs(20), || Ok((one.line.asked() > asked).then_some(()))).unwrap();
}

#[test]
fn a_desk_that_breaks_under_the_rounds_is_told_and_the_rounds_go_on() {
    let server = Server::start();
    let one = Open::around(Workstation::founding(&server));
    one.sits(Role::Doctor);
    one.comes_to("in step", |status| status["waiting"] == 0);
    one.told();
    one.office.breaks.store(true, Ordering::SeqCst);
    one.register("Gustavo", "Mejía");
    wait::until("told", Duration::from_secs(20), || Ok(one.told().contains(&Tag::SESSION).then_some(())))
        .unwrap();
    one.office.clinic().stop();
    one.events.send(Event::Asked).unwrap();
    one.office.clinic().restart();
    one.sits(Role::Doctor);
    one.comes_to("sent", |status| status["waiting"] == 0);
}

#[test]
fn every_command_that_writes_rings_and_no_question_and_no_typing_does() {
    for command in COMMANDS {
        let heard = event(command.name, command.stales);
        let here = [Tag::SCRATCH, Tag::LIST, Tag::BACKUPS, Tag::JOBS];
        let is_here_alone = command.stales.iter().all(|tag| here.contains(&tag));
        assert_eq!(heard.is_some(), !is_here_alone, "{}", command.name);
    }
    assert_eq!(
        (event("send_now", stales("send_now")), event("attach", stales("attach"))),
        (Some(Event::Asked), Some(Event::Asked))
    );
    assert_eq!(
        (
            event("register_patient", stales("register_patient")),
            event("nothing_known", stales("nothing_known"))
        ),
        (Some(Event::Changed), None)
    );
}

#[test]
fn an_answer_that_comes_after_signing_out_changes_nothing() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    let question = one.clinic.desk().question().unwrap().unwrap();
    let answer = one.clinic.desk().transport().post(&question.url, question.body);
    one.clinic.ok("sign_out", json!({}));
    assert_eq!(one.clinic.desk().settle(&question.asked, answer).unwrap_err().code, Code::NotSignedIn);
    assert!(one.clinic.desk().question().unwrap().is_none());
    one.clinic.ok("sign_in", json!({"who": "maria.reyes", "password": PASSWORD}));
}

#[test]
fn a_vital_sign_overtakes_a_large_file_on_its_way() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    one.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    one.sync();
    one.line.slow(Duration::from_millis(1));
    let one = Open::around(one);
    one.sits(Role::Doctor);
    let bytes = b"0123456789abcde\n".repeat(400_000);
    let size = bytes.len() as u64;
    let file = one.office.clinic().desk().bring("result.txt".to_owned(), bytes).unwrap();
    let details = json!({"sort": "xray", "title": "Result"});
    one.ok(
        "add_file",
        json!({"file": file, "patient": patient, "about": null, "came_by": "file", "details": details}),
    );
    let moves = || Ok((one.line.moved().bytes > 0).then_some(()));
    wait::until("on its way", Duration::from_secs(20), moves).unwrap();
    let values = json!([{"sign": "pulse", "value": "72", "unit": null}]);
    let taking =
        json!({"patient": patient, "visit": null, "values": values, "confirmed": [], "minutes_ago": null});
    one.ok("record_vitals", taking);
    one.comes_to("sent", |status| status["waiting"] == 0);
    let moved = one.line.moved().bytes;
    assert!(moved < size, "{moved} of {size} bytes had gone");
}
