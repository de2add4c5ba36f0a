//! Who wrote something is who sat there: whoever has a workstation's key, and not the person's own, writes nothing in their
//! name.

use crypto::testing::TestEntropy;
use crypto::{Signed, SigningKey};
use domain::access::{NotAllowed, Role, User};
use domain::admit::Fault;
use domain::patients::Allergy;
use domain::record::{Record, Verb};
use domain::session::{Reach, Session, Turn};
use domain::sync::{Push, Question};
use domain::wire::{Bytes, Message};
use domain::{ClinicId, Hlc, Incarnation, OpId, RecordId, SessionId, Value};

use crate::desk::{Desk, patch_of, step};
use crate::sync::register;
use crate::world::{Person, World, person};

/// A clinic in which a nurse and a doctor work at a workstation whose program tells who sits there.
struct Story {
    world: World,
    desk: Desk,
    nurse: Person,
    doctor: Person,
}

impl Story {
    async fn begin() -> Self {
        let world = World::empty().await;
        let mut desk = world.claimed().await;
        desk.say(&world.administrator, "founding", Turn::Open);
        desk.write(&world.administrator, world.founding(&desk));
        let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
        let doctor = world.employ(&mut desk, "doctor", Role::Doctor);
        desk.say(&world.administrator, "founding", Turn::End);
        let mut story = Self { world, desk, nurse, doctor };
        assert_eq!(story.faults().await, [None, None, None]);
        story
    }

    /// What the server finds against each of the transactions that it had not had.
    async fn faults(&mut self) -> Vec<Option<Fault>> {
        let answer = self.desk.sync(&self.world).await;
        let read = |text: &String| serde_json::from_str(text).unwrap();
        answer.verdicts.iter().map(|judged| judged.fault.as_ref().map(read)).collect()
    }

    fn sits(&mut self, who: fn(&Self) -> &Person, name: &str, turn: Turn) {
        let person = who(self).clone();
        self.desk.say(&person, name, turn);
    }

    /// What becomes of a registration in the name of somebody, which says that it was written in the session `name`.
    async fn registered(&mut self, who: fn(&Self) -> &Person, name: &str) -> Option<Fault> {
        let person = who(self).clone();
        self.desk.session = SessionId::derived(name.as_bytes());
        let patient =
            format!("patient {}", self.desk.logs.values().map(|log| log.headers.len()).sum::<usize>());
        register(&mut self.desk, &person, &patient);
        self.faults().await.pop().unwrap()
    }

    /// What the server says to this push of what tells who sat there.
    async fn told(&self, told: Vec<Bytes>) -> Result<(), String> {
        let push = self.desk.push(self.world.ids.scope, 1, 1);
        let push = Push { entries: Vec::new(), head: Bytes(Vec::new()), openings: Some(told), ..push };
        let question = Question { pushes: vec![push], ..self.desk.idle() };
        self.world.ask(&self.desk, &question).await.map(drop).map_err(|refused| refused.code)
    }
}

fn nurse(story: &Story) -> &Person {
    &story.nurse
}

fn doctor(story: &Story) -> &Person {
    &story.doctor
}

fn signed(key: &SigningKey, said: &Session) -> Bytes {
    Bytes(Signed::new(key, said).to_bytes())
}

fn none_sat_there() -> Option<Fault> {
    Some(Fault::NoSession)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workstations_key_alone_writes_nothing_in_anybodys_name() {
    let mut story = Story::begin().await;
    assert_eq!(story.registered(nurse, "founding").await, none_sat_there(), "nobody sits there");
    story.sits(nurse, "early", Turn::Open);
    assert_eq!(story.registered(nurse, "early").await, None);
    assert_eq!(story.registered(doctor, "early").await, none_sat_there(), "in the nurse's session");
    assert_eq!(story.registered(doctor, "made up").await, none_sat_there());
    let allergy = Allergy { substance: Some("Penicillin".to_owned()), ..Allergy::default() };
    let doctor = story.doctor.clone();
    story.desk.write_as(
        &doctor,
        None,
        story.world.ids.site,
        vec![step(RecordId::derived(b"held"), Verb::Create, &allergy, &[])],
    );
    assert_eq!(story.faults().await, [none_sat_there()]);
    let own = [("position".to_owned(), Value::text("Head"))].into();
    story.desk.write_as(
        &doctor,
        None,
        story.world.ids.scope,
        vec![patch_of(User::KIND, doctor.id, Verb::Patch, own, &[])],
    );
    assert_eq!(story.faults().await, [none_sat_there()], "the clinic's log as the site's");
    assert_eq!(story.registered(nurse, "early").await, None, "what follows is judged for itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_in_a_session_is_stamped_later_than_the_other_logs_were_when_it_was_opened() {
    let mut story = Story::begin().await;
    let true_time = story.desk.now;
    story.sits(doctor, "morning", Turn::Open);
    story.desk.now -= 3_600_000;
    story.desk.last = Hlc::default();
    assert_eq!(
        story.registered(doctor, "morning").await,
        Some(Fault::Clock),
        "nothing stood in the site's log"
    );
    // Who sits down says that nothing stood in the clinic's log.
    let person = story.doctor.clone();
    let said = Session { logs: Vec::new(), ..story.desk.said(&person, "noon", Turn::Open) };
    let size = story.desk.logs.values().map(|log| log.headers.len() as u64).min().unwrap();
    let logs = vec![Reach { scope: story.desk.site_scope, size }];
    story.desk.told.push(signed(&person.key, &Session { logs, ..said }));
    assert_eq!(story.registered(doctor, "noon").await, Some(Fault::Clock), "though it said so before");
    story.desk.now = true_time + 1_000;
    assert_eq!(story.registered(doctor, "noon").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ended_or_that_somebody_followed_is_not_used_again() {
    let mut story = Story::begin().await;
    story.sits(doctor, "morning", Turn::Open);
    assert_eq!(story.registered(doctor, "morning").await, None);
    story.sits(doctor, "morning", Turn::End);
    assert_eq!(story.registered(doctor, "morning").await, none_sat_there());
    story.sits(doctor, "noon", Turn::Open);
    assert_eq!(story.registered(doctor, "noon").await, None);
    assert_eq!(
        story.registered(doctor, "morning").await,
        none_sat_there(),
        "its person sits there in another"
    );
    // Killed: nobody ends it but who comes next.
    story.sits(nurse, "late", Turn::Open);
    assert_eq!(story.registered(doctor, "noon").await, none_sat_there());
    assert_eq!(story.registered(nurse, "late").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_open_a_session_at_once_the_later_one_sits_there() {
    let mut story = Story::begin().await;
    story.sits(doctor, "window", Turn::Open);
    story.sits(nurse, "terminal", Turn::Open);
    assert_eq!(story.registered(doctor, "window").await, none_sat_there());
    assert_eq!(story.registered(nurse, "terminal").await, None);
    story.sits(doctor, "window", Turn::Open);
    assert_eq!(story.registered(doctor, "window").await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opening_that_somebody_else_signed_seats_nobody() {
    let mut story = Story::begin().await;
    let said = story.desk.said(&story.doctor, "forged", Turn::Open);
    story.desk.told.push(signed(&story.nurse.key, &said));
    assert_eq!(story.registered(doctor, "forged").await, none_sat_there());
    let said = story.desk.said(&story.doctor, "forged", Turn::Open);
    story.desk.told.push(signed(&story.desk.key, &said));
    assert_eq!(story.registered(doctor, "forged").await, none_sat_there(), "the workstation's key");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whom_nobody_certified_opens_no_session() {
    let mut story = Story::begin().await;
    let by = &story.world.administrator;
    let own = SigningKey::random(&mut TestEntropy::new(9));
    let stranger = person("stranger", Role::Doctor, &own, None);
    story.desk.say(by, "hiring", Turn::Open);
    story.desk.write(by, vec![step(stranger.id, Verb::Create, &stranger.user, &[])]);
    assert_eq!(story.faults().await, [None]);
    story.desk.say(&stranger, "stranger", Turn::Open);
    register(&mut story.desk, &stranger, "Ada");
    assert_eq!(story.faults().await, [Some(Fault::UnknownAuthor)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_left_the_clinic_opens_a_session_in_vain() {
    let mut story = Story::begin().await;
    let by = story.world.administrator.clone();
    story.desk.say(&by, "hiring", Turn::Open);
    let clerk = story.world.employ(&mut story.desk, "clerk", Role::FrontDesk);
    assert_eq!(story.faults().await, [None]);
    let log = &story.desk.logs[&story.world.ids.scope];
    let seq = log.headers.len() as u64;
    let made = [OpId { incarnation: story.desk.incarnation, scope: story.world.ids.scope, seq }];
    let end = [("active".to_owned(), Value::Bool(false))].into();
    story.desk.write(&by, vec![patch_of(User::KIND, clerk.id, Verb::Patch, end, &made)]);
    assert_eq!(story.faults().await, [None]);
    story.desk.say(&clerk, "clerk", Turn::Open);
    register(&mut story.desk, &clerk, "Ada");
    assert_eq!(story.faults().await, [Some(Fault::NotAllowed(NotAllowed::Inactive))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_program_wrote_is_let_in_and_is_no_way_round_once_a_session_is_told() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    let doctor = world.employ(&mut desk, "doctor", Role::Doctor);
    let mut story = Story { world, desk, nurse, doctor };
    assert_eq!(story.faults().await, [None, None]);
    let (nurse, doctor) = (story.nurse.clone(), story.doctor.clone());
    register(&mut story.desk, &nurse, "Ada");
    register(&mut story.desk, &doctor, "Grace");
    // The program is updated while these wait; the first word of it goes with the clinic's log.
    let by = story.world.administrator.clone();
    story.desk.say(&by, "updated", Turn::Open);
    let clerk = story.world.employ(&mut story.desk, "clerk", Role::FrontDesk);
    let question = story.desk.question();
    let first = |scope| question.pushes.iter().find(|push| push.scope == scope).unwrap().clone();
    let clinics = Question { pushes: vec![first(story.world.ids.scope)], ..question.clone() };
    let answer = story.world.ask(&story.desk, &clinics).await.unwrap();
    assert!(answer.verdicts.iter().all(|judged| judged.fault.is_none()), "{:?}", answer.verdicts);
    // An older program, or one that leaves the openings out, gets only so far with the site's.
    register(&mut story.desk, &clerk, "Edsger");
    let mut sites = Question { pushes: vec![], ..story.desk.question() };
    let push = story.desk.push(story.world.ids.site, 1, 3);
    sites.pushes = vec![Push { openings: None, ..push }];
    let answer = story.world.ask(&story.desk, &sites).await.unwrap();
    let faults: Vec<_> = answer.verdicts.iter().map(|judged| judged.fault.as_deref()).collect();
    assert_eq!(faults, [None, None, Some(r#"{"code":"no_session"}"#)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_late_changes_nothing_that_was_let_in() {
    let mut story = Story::begin().await;
    story.sits(nurse, "early", Turn::Open);
    assert_eq!(story.registered(nurse, "early").await, None);
    let said = story.desk.said(&story.doctor, "late", Turn::Open);
    let reach = |size| said.logs.iter().map(|log| Reach { size, ..log.clone() }).collect::<Vec<_>>();
    let fork = Err("fork".to_owned());
    let back = Session { logs: reach(0), ..said.clone() };
    assert_eq!(story.told(vec![signed(&story.doctor.key, &back)]).await, Ok(()), "it is passed over");
    let other = Session { number: 1, ..said.clone() };
    assert_eq!(story.told(vec![signed(&story.doctor.key, &other)]).await, fork, "another under its number");
    let ahead = Session { logs: reach(1 << 40), ..said.clone() };
    assert_eq!(story.told(vec![signed(&story.doctor.key, &ahead)]).await, Ok(()), "it waits");
    assert_eq!(story.registered(nurse, "early").await, None);
    let mut fresh = story.world.join("fresh", story.world.ids.site).await;
    let answer = fresh.sync(&story.world).await;
    let told = answer.pages.iter().flat_map(|page| page.openings.iter().flatten());
    let told: Vec<_> = told.filter(|bytes| !story.desk.told.contains(bytes)).collect();
    assert!(told.is_empty(), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_nobody_of_another_clinic_or_of_another_workstation_is_refused() {
    let story = Story::begin().await;
    let said = story.desk.said(&story.nurse, "early", Turn::Open);
    let refused = |said: &Session| story.told(vec![signed(&story.nurse.key, said)]);
    let elsewhere = Session { incarnation: Incarnation::derived(b"elsewhere"), ..said.clone() };
    assert_eq!(refused(&elsewhere).await, Err("foreign_incarnation".to_owned()));
    let other = Session { clinic: ClinicId::derived(b"other"), ..said.clone() };
    assert_eq!(refused(&other).await, Err("wrong_clinic".to_owned()));
    assert_eq!(story.told(vec![Bytes(b"no message".to_vec())]).await, Err("malformed".to_owned()));
    assert_eq!(refused(&said).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_opens_where_its_person_sits_and_at_no_other_workstation() {
    let mut story = Story::begin().await;
    story.sits(doctor, "here", Turn::Open);
    assert_eq!(story.registered(doctor, "here").await, None);
    let mut other = story.world.join("other", story.world.ids.site).await;
    other.say(&story.nurse, "there", Turn::Open);
    register(&mut other, &story.nurse, "Ada");
    other.session = SessionId::derived(b"here");
    register(&mut other, &story.doctor, "Grace");
    let answer = other.sync(&story.world).await;
    let faults: Vec<_> = answer.verdicts.iter().map(|judged| judged.fault.as_deref()).collect();
    assert_eq!(faults, [None, Some(r#"{"code":"no_session"}"#)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_carries_anothers_log_brings_who_sat_there_and_can_add_nobody() {
    let story = Story::begin().await;
    let mut lost = story.world.join("lost", story.world.ids.site).await;
    let carried = async |lost: &Desk, from, told: Vec<Bytes>| {
        let push = lost.push(story.world.ids.site, from, from);
        let push = Push { incarnation: Some(lost.incarnation), openings: Some(told), ..push };
        let question = Question { pushes: vec![push], ..story.desk.idle() };
        let answer = story.world.ask(&story.desk, &question).await;
        answer.map(|answer| answer.verdicts[0].fault.clone()).map_err(|refused| refused.code)
    };
    lost.say(&story.nurse, "there", Turn::Open);
    let number = 1 << 62;
    let planted = Session { number, ..lost.said(&story.nurse, "planted", Turn::Open) };
    register(&mut lost, &story.nurse, "Ada");
    let forged = lost.said(&story.doctor, "forged", Turn::Open);
    let stranger = SigningKey::random(&mut TestEntropy::new(62));
    let among = vec![signed(&stranger, &planted), signed(&story.doctor.key, &forged)];
    assert_eq!(carried(&lost, 1, [lost.told.clone(), among].concat()).await, Ok(None));
    lost.say(&story.doctor, "later", Turn::Open);
    register(&mut lost, &story.doctor, "Grace");
    assert_eq!(
        carried(&lost, 2, Vec::new()).await,
        Err("not_told".to_owned()),
        "it is kept from nobody for that"
    );
    let told = lost.told.clone();
    assert_eq!(carried(&lost, 2, told).await, Ok(None));
    register(&mut lost, &story.doctor, "Edsger");
    let answer = lost.sync(&story.world).await;
    assert!(answer.verdicts.iter().all(|judged| judged.fault.is_none()), "{:?}", answer.verdicts);
}
