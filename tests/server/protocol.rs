//! Protocol 2: signed answers, logs that others carry, openings of sessions, verdicts that are asked again; and protocol 1
//! beside it, as workstations that were not updated yet speak it.

use crypto::Signed;
use crypto::exchange::{digest_of, known};
use crypto::log::EntryBytes;
use domain::access::Role;
use domain::admit::Fault;
use domain::clinic::Workstation;
use domain::record::{Record, Verb};
use domain::session::{Session, Turn};
use domain::sync::{
    Answer, LARGEST_OPENING, LARGEST_REPORT, MOST_ASKED_AGAIN, Named, Push, Question, Ruling,
};
use domain::wire::{Bytes, Message};
use domain::{Scope, Value};

use crate::desk::{Desk, entry, patch_of};
use crate::sync::register;
use crate::world::World;

/// The question in the words of protocol 1.
fn older(question: Question) -> Question {
    Question { v: 1, act: None, known: None, ..question }
}

/// Which turns the page of `scope` tells.
fn openings(answer: &Answer, scope: Scope) -> Vec<Turn> {
    let pages = answer.pages.iter().filter(|page| page.scope == scope);
    let openings = pages.flat_map(|page| page.openings.iter().flatten());
    let said = |opening: &Bytes| Signed::<Session>::from_bytes(&opening.0).unwrap().claimed().unwrap();
    openings.map(|opening| said(opening).turn).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_signed_by_the_servers_key_and_is_the_answer_to_one_question_alone() {
    let (world, desk) = World::founded().await;
    let key = world.introduce(&world.introduction(&desk, None)).await.unwrap().server;
    let mut told = Vec::new();
    for act in [[1; 16], [2; 16]] {
        let asked = Signed::new(&desk.key, &Question { act: Some(act), ..desk.idle() });
        let signed = Signed::<Answer>::from_bytes(&world.post("/sync", &asked).await.unwrap()).unwrap();
        let answer = signed.open(&key).unwrap();
        assert_eq!((answer.v, answer.question), (2, Some(digest_of(&asked))));
        told.push(answer.question);
    }
    assert_ne!(told[0], told[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workstation_of_protocol_1_is_answered_as_before_and_shares_its_records_with_one_of_protocol_2() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    desk.sync(&world).await;
    let mut old = world.join("old", world.ids.site).await;
    let ask = async |old: &mut Desk| {
        let mut question = older(old.question());
        let entries = question.pushes.iter_mut().flat_map(|push| &mut push.entries);
        entries.for_each(|bytes| *bytes = Bytes(entry(&bytes.0).to_bytes()));
        let bytes = world.post("/sync", &Signed::new(&old.key, &question)).await.unwrap();
        let mut answer = Answer::from_bytes(&bytes).unwrap();
        assert_eq!((answer.v, answer.question, &answer.carried), (1, None, &None));
        for fed in answer.pages.iter_mut().flat_map(|page| &mut page.entries) {
            fed.entry = Bytes(EntryBytes::from_bytes(&fed.entry.0).unwrap().to_sent());
        }
        old.take(&answer);
        answer
    };
    register(&mut old, &nurse, "Ada");
    assert!(ask(&mut old).await.receipt.is_some());
    register(&mut desk, &nurse, "Grace");
    let mine = desk.sync(&world).await;
    let theirs = ask(&mut old).await;
    let site = |answer: &Answer| {
        let page = answer.pages.iter().find(|page| page.scope == world.ids.site).unwrap().clone();
        page.entries.into_iter().map(|fed| fed.entry.0).collect::<Vec<_>>()
    };
    assert_eq!(site(&mine), [&old, &desk].map(|desk| desk.logs[&world.ids.site].entries[0].1.clone()));
    assert_eq!(site(&theirs), [desk.logs[&world.ids.site].entries[0].1.clone()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn any_workstation_carries_anothers_log_and_can_change_nothing_of_it() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    desk.sync(&world).await;
    let (mut lost, carrier) =
        (world.join("lost", world.ids.site).await, world.join("far", Scope::derived(b"far")).await);
    register(&mut lost, &nurse, "Ada");
    let carried = Push { incarnation: Some(lost.incarnation), ..lost.push(world.ids.site, 1, 1) };
    let with = |push: Push| Question { pushes: vec![push], ..carrier.idle() };
    let refused = async |push: Push| world.ask(&carrier, &with(push)).await.unwrap_err().code;
    assert_eq!(refused(Push { incarnation: None, ..carried.clone() }).await, "forged_scope");
    let nobody = domain::Incarnation::derived(b"nobody");
    assert_eq!(refused(Push { incarnation: Some(nobody), ..carried.clone() }).await, "foreign_incarnation");
    let own = Signed::<crypto::Head>::from_bytes(&carried.head.0).unwrap().claimed().unwrap();
    let own = Bytes(Signed::new(&carrier.key, &own).to_bytes());
    assert_eq!(refused(Push { head: own, ..carried.clone() }).await, "false_signature");
    assert_eq!(refused(Push { scope: Scope::derived(b"far"), ..carried.clone() }).await, "forged_scope");

    let answer = world.ask(&carrier, &with(carried.clone())).await.unwrap();
    let held = answer.carried.unwrap();
    assert_eq!((held[0].incarnation, held[0].received[0].through), (lost.incarnation, 1));
    assert!(answer.received.iter().all(|log| log.through == 0), "its own log has nothing");
    assert_eq!(
        (answer.verdicts[0].incarnation, answer.verdicts[0].verdict),
        (lost.incarnation, Ruling::Accepted)
    );
    // Its own workstation finds it received, and everybody has it.
    assert_eq!(lost.sync(&world).await.received[0].through, 1);
    let seen = desk.sync(&world).await;
    assert_eq!(seen.pages[0].entries[0].entry.0, lost.logs[&world.ids.site].entries[0].1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_carried_of_a_workstation_that_was_ended_is_kept_outside_the_records() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    let mut stolen = Desk::new(world.ids, "stolen", world.ids.site);
    let made = desk.write(&world.administrator, vec![crate::world::workstation(&stolen)]);
    desk.sync(&world).await;
    world.introduce(&world.joining(&stolen, &world.ticket(&stolen))).await.unwrap();
    let end = [("active".to_owned(), Value::Bool(false))].into();
    desk.write(
        &world.administrator,
        vec![patch_of(Workstation::KIND, stolen.record, Verb::Patch, end, &made)],
    );
    desk.sync(&world).await;
    register(&mut stolen, &nurse, "Ada");
    let carried = Push { incarnation: Some(stolen.incarnation), ..stolen.push(world.ids.site, 1, 1) };
    let answer = world.ask(&desk, &Question { pushes: vec![carried], ..desk.idle() }).await.unwrap();
    let fault: Fault = serde_json::from_str(answer.verdicts[0].fault.as_ref().unwrap()).unwrap();
    assert_eq!((answer.verdicts[0].verdict, fault), (Ruling::Quarantined, Fault::Ended));
    assert_eq!(
        desk.sync(&world).await.pages[0].entries[0].entry.0,
        stolen.logs[&world.ids.site].entries[0].1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn openings_are_told_once_with_the_page_that_they_came_with_or_with_the_next() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    desk.sync(&world).await;
    let (mut early, mut late) =
        (world.join("early", world.ids.site).await, world.join("late", world.ids.site).await);
    early.sync(&world).await;
    desk.say(&nurse, "day", Turn::Open);
    register(&mut desk, &nurse, "Ada");
    let question = desk.question();
    for _ in 0..2 {
        // Asked twice, as after a lost answer.
        let answer = world.ask(&desk, &question).await.unwrap();
        assert_eq!(
            openings(&answer, world.ids.site),
            [Turn::Open],
            "what it asked for comes back to it, too"
        );
    }
    desk.sync(&world).await;
    assert_eq!(openings(&early.sync(&world).await, world.ids.site), [Turn::Open]);
    assert_eq!(early.sync(&world).await.pages, []);
    // An end without entries goes with the next entry of anybody.
    desk.say(&nurse, "day", Turn::End);
    let ended = Push { entries: vec![], head: Bytes(vec![]), ..desk.push(world.ids.site, 1, 1) };
    let answer = world.ask(&desk, &Question { pushes: vec![ended], ..desk.idle() }).await.unwrap();
    assert_eq!((answer.pages, early.sync(&world).await.pages), (vec![], vec![]));
    register(&mut desk, &nurse, "Grace");
    desk.sync(&world).await;
    assert_eq!(openings(&early.sync(&world).await, world.ids.site), [Turn::End]);
    // Nobody reads past one, however small the pages are.
    let mut told = Vec::new();
    for _ in 0..6 {
        let answer = world.ask(&late, &Question { budget: 1, ..late.idle() }).await.unwrap();
        late.take(&answer);
        told.extend(openings(&answer, world.ids.site));
    }
    assert_eq!(told, [Turn::Open, Turn::End]);
    let large =
        Push { openings: Some(vec![Bytes(vec![0; LARGEST_OPENING + 1])]), ..desk.push(world.ids.site, 1, 1) };
    let refused = world.ask(&desk, &Question { pushes: vec![large], ..desk.idle() }).await.unwrap_err();
    assert_eq!((refused.status, refused.code.as_str()), (413, "too_large"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verdict_is_told_again_to_whoever_may_read_it_and_disputes_it() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    register(&mut desk, &nurse, "Ada");
    desk.sync(&world).await;
    let named = Named { incarnation: desk.incarnation, scope: world.ids.site, first: 1 };
    let disputed =
        |desk: &Desk, count| Question { disputed: Some(vec![named.clone(); count]), ..desk.idle() };
    let told = world.ask(&desk, &disputed(&desk, 1)).await.unwrap().verdicts;
    assert_eq!((told.len(), told[0].first, told[0].verdict), (1, 1, Ruling::Accepted));
    let far = world.join("far", Scope::derived(b"far")).await;
    assert_eq!(world.ask(&far, &disputed(&far, 1)).await.unwrap().verdicts, []);
    let many = world.ask(&desk, &disputed(&desk, MOST_ASKED_AGAIN + 1)).await.unwrap_err();
    let report = Question { report: Some(Bytes(vec![0; LARGEST_REPORT + 1])), ..desk.idle() };
    let report = world.ask(&desk, &report).await.unwrap_err();
    assert_eq!([many.code, report.code], ["too_large", "too_large"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_says_which_entry_of_the_feed_changed_it_and_the_log_behind_it_is_never_changed() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    let record = register(&mut desk, &nurse, "Ada");
    desk.sync(&world).await;
    register(&mut desk, &nurse, "Grace");
    desk.sync(&world).await;
    let sql = world.sql().await;
    let row = sql.query_one("select scope, changed from record where id = $1", &[&record.0]).await.unwrap();
    assert_eq!((Scope(row.get(0)), row.get::<_, i64>(1)), (world.ids.site, 1));
    for change in
        ["update op set body = null", "update tx set bytes = ''", "delete from op", "delete from tx"]
    {
        assert!(sql.execute(change, &[]).await.is_err(), "{change}");
    }
    sql.execute("insert into erase_gate default values", &[]).await.unwrap();
    sql.execute("update op set body = null", &[]).await.unwrap();
    assert!(sql.execute("delete from op", &[]).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_has_is_left_out_where_the_question_knows_it_and_told_where_it_does_not() {
    let (world, mut desk) = World::founded().await;
    let received = world.ask(&desk, &desk.idle()).await.unwrap().received;
    assert_eq!(
        received.iter().map(|log| log.through > 0).collect::<Vec<_>>(),
        [true, false],
        "none of the site yet"
    );
    let has: Vec<_> = received.into_iter().filter(|log| log.through > 0).collect();
    let knowing = |desk: &Desk| Question { known: Some(known(&has)), ..desk.idle() };
    assert_eq!(world.ask(&desk, &knowing(&desk)).await.unwrap().received, []);
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    register(&mut desk, &nurse, "Ada");
    desk.sync(&world).await;
    let told = world.ask(&desk, &knowing(&desk)).await.unwrap().received;
    assert_eq!(told.iter().filter(|log| log.through > 0).count(), 2);
}
