//! What is pushed is kept, told to others to the byte, and told again as often as asked.

use std::collections::BTreeMap;

use crypto::certify::trust;
use crypto::log::check_entry;
use crypto::{Head, Signed};
use domain::access::Role;
use domain::fold::State;
use domain::patients::Patient;
use domain::record::Verb;
use domain::sync::{Receipt, Ruling};
use domain::wire::Message;
use domain::{Hlc, RecordId, Value};

use crate::desk::{Desk, entry, step};
use crate::world::{NOW, Person, World};

/// A registration of somebody by the name of `given`.
pub fn register(desk: &mut Desk, by: &Person, given: &str) -> RecordId {
    let id = RecordId::derived(given.as_bytes());
    desk.write(by, vec![step(id, Verb::Create, &named(given), &[])]);
    id
}

fn named(given: &str) -> Patient {
    Patient { given: Some(given.to_owned()), ..Patient::default() }
}

async fn state(world: &World, record: RecordId) -> State {
    let sql = world.sql().await;
    let row = sql.query_one("select state from record where id = $1", &[&record.0]).await.unwrap();
    serde_json::from_value(row.get(0)).unwrap()
}

async fn everything(world: &World) -> Vec<(String, i64)> {
    let sql = world.sql().await;
    let mut counts = Vec::new();
    for table in ["tx", "op", "log", "signed_head", "feed", "record", "scope_head"] {
        let counted =
            format!("select count(*), coalesce(sum(hashtext(t::text)), 0)::bigint from {table} as t");
        let row = sql.query_one(&counted, &[]).await.unwrap();
        counts.push((format!("{table} {}", row.get::<_, i64>(0)), row.get(1)));
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_desk_pushes_another_pulls_byte_for_byte_and_can_check() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    register(&mut desk, &nurse, "Ada");
    register(&mut desk, &nurse, "Grace");
    let told = desk.sync(&world).await;
    assert_eq!(told.verdicts.len(), 3);
    assert!(told.verdicts.iter().all(|judged| judged.verdict == Ruling::Accepted), "{:?}", told.verdicts);

    let mut other = world.join("second", world.ids.site).await;
    let pulled = other.sync(&world).await;
    let mut sent: BTreeMap<_, Vec<Vec<u8>>> = BTreeMap::new();
    for page in &pulled.pages {
        let positions: Vec<u64> = page.entries.iter().map(|fed| fed.position).collect();
        assert_eq!(positions, (1..=page.next).collect::<Vec<_>>());
        assert!(!page.more);
        sent.insert(page.scope, page.entries.iter().map(|fed| fed.entry.0.clone()).collect());
    }
    let written = |(scope, log): (&_, &crate::desk::Log)| {
        (*scope, log.entries.iter().map(|(_, bytes)| bytes.clone()).collect::<Vec<_>>())
    };
    assert_eq!(sent, desk.logs.iter().map(written).collect());

    let [present] = &pulled.present[..] else { panic!("{:?}", pulled.present) };
    let chain: Vec<_> = present.chain.iter().map(|bytes| Signed::from_bytes(&bytes.0).unwrap()).collect();
    let certified = trust(world.root.signing().public(), world.ids.clinic, &chain).unwrap();
    for page in &pulled.pages {
        let head = Signed::<Head>::from_bytes(&page.heads[0].0).unwrap();
        let head = head.open(&certified.signs_with.unwrap()).unwrap();
        assert_eq!(head.size, desk.logs[&page.scope].headers.len() as u64);
        for fed in &page.entries {
            assert!(check_entry(&entry(&fed.entry.0), None).is_ok());
        }
    }
    assert_eq!(other.sync(&world).await.pages, [], "nothing new");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_asked_again_changes_nothing_and_is_answered_alike() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    register(&mut desk, &nurse, "Ada");
    let question = desk.question();
    let first = world.ask(&desk, &question).await.unwrap();
    let before = everything(&world).await;
    for _ in 0..2 {
        assert_eq!(world.ask(&desk, &question).await.unwrap(), first, "the answer was lost on the way");
    }
    assert_eq!(everything(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_question_asked_many_times_at_once_is_taken_once() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    register(&mut desk, &nurse, "Ada");
    let question = desk.question();
    let asked = (0..8).map(|_| world.ask(&desk, &question)).collect::<Vec<_>>();
    let mut answers = Vec::new();
    for answer in futures(asked).await {
        answers.push(answer.unwrap());
    }
    assert!(answers.iter().all(|answer| answer.received == answers[0].received));
    let sql = world.sql().await;
    let counted = "select count(*), max(position) from feed where scope = $1";
    let row = sql.query_one(counted, &[&world.ids.site.0]).await.unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (1, 1));
}

/// Waits for all of them at once.
pub async fn futures<T>(asked: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut asked: Vec<_> = asked.into_iter().map(|one| Some(Box::pin(one))).collect();
    let mut done: Vec<Option<T>> = asked.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (slot, done) in asked.iter_mut().zip(&mut done) {
            if let Some(future) = slot
                && let std::task::Poll::Ready(answer) = future.as_mut().poll(context)
            {
                (*slot, *done) = (None, Some(answer));
            }
        }
        if asked.iter().all(Option::is_none) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_beyond_a_gap_is_answered_with_how_far_the_server_is() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    desk.sync(&world).await;
    for given in ["Ada", "Grace", "Mary"] {
        register(&mut desk, &nurse, given);
    }
    let mut question = desk.question();
    question.pushes = vec![desk.push(world.ids.site, 2, 3)];
    let answer = world.ask(&desk, &question).await.unwrap();
    let through = |answer: &domain::sync::Answer| {
        answer.received.iter().find(|received| received.scope == world.ids.site).map_or(0, |log| log.through)
    };
    assert_eq!((through(&answer), answer.verdicts.len()), (0, 0));
    question.pushes = vec![desk.push(world.ids.site, 1, 2)];
    assert_eq!(through(&world.ask(&desk, &question).await.unwrap()), 2);
    question.pushes = vec![desk.push(world.ids.site, 2, 3)];
    let answer = world.ask(&desk, &question).await.unwrap();
    assert_eq!((through(&answer), answer.verdicts.len()), (3, 2), "what overlaps is told again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sites_push_waits_while_the_clinics_has_a_gap() {
    let (world, mut desk) = World::founded().await;
    world.employ(&mut desk, "one", Role::Nurse);
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    register(&mut desk, &nurse, "Ada");
    let size = desk.logs[&world.ids.scope].headers.len() as u64;
    let clinics = desk.push(world.ids.scope, size, size);
    let question =
        domain::sync::Question { pushes: vec![desk.push(world.ids.site, 1, 1), clinics], ..desk.idle() };
    assert_eq!(world.ask(&desk, &question).await.unwrap().verdicts, []);
    let answer = desk.sync(&world).await;
    assert!(answer.verdicts.iter().all(|judged| judged.verdict == Ruling::Accepted), "{:?}", answer.verdicts);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_is_the_servers_word_on_what_it_has() {
    let world = World::empty().await;
    let desk = Desk::new(world.ids, "first", world.ids.site);
    let code = world.claim_code().await;
    let welcome = world.introduce(&world.introduction(&desk, Some(&code))).await.unwrap();
    let mut desk = desk;
    desk.write(&world.administrator, world.founding(&desk));
    let answer = desk.sync(&world).await;
    let receipt = Signed::<Receipt>::from_bytes(&answer.receipt.unwrap().0).unwrap();
    let receipt = receipt.open(&welcome.server).unwrap();
    assert_eq!(receipt.received, answer.received);
    assert_eq!(receipt.received[0].through, 4);
    assert_eq!((receipt.incarnation, receipt.now), (desk.incarnation, NOW));
    assert_eq!(desk.sync(&world).await.receipt, None, "nothing was pushed");
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_of_one_record_from_two_desks_are_both_kept_and_the_clash_is_said() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    let ada = RecordId::derived(b"Ada");
    let made = desk.write(&nurse, vec![step(ada, Verb::Create, &named("Ada"), &[])]);
    desk.sync(&world).await;
    let mut other = world.join("second", world.ids.site).await;
    other.sync(&world).await;
    desk.write(&nurse, vec![step(ada, Verb::Patch, &named("Adah"), &made)]);
    other.write(&nurse, vec![step(ada, Verb::Patch, &named("Ida"), &made)]);
    assert_eq!(desk.sync(&world).await.verdicts[0].verdict, Ruling::Accepted);
    assert_eq!(other.sync(&world).await.verdicts[0].verdict, Ruling::AcceptedWithConflict);
    let state = state(&world, ada).await;
    assert_eq!((state.value("given"), state.conflicts.len()), (&Value::text("Ada"), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn desks_that_write_one_record_at_the_same_time_lose_no_op_of_it() {
    let (world, mut first) = World::founded().await;
    let nurse = world.employ(&mut first, "nurse", Role::Nurse);
    let ada = RecordId::derived(b"Ada");
    let made = first.write(&nurse, vec![step(ada, Verb::Create, &named("Ada"), &[])]);
    first.sync(&world).await;
    let mut desks = Vec::new();
    for number in 0..8 {
        let mut desk = world.join(&format!("desk {number}"), world.ids.site).await;
        desk.last = first.last;
        desk.write(&nurse, vec![step(ada, Verb::Patch, &named(&format!("Ada {number}")), &made)]);
        // All of them import the same person, whose id follows from the source.
        desk.write(&nurse, vec![step(RecordId::derived(b"imported"), Verb::Create, &named("Imported"), &[])]);
        desks.push(desk);
    }
    let questions: Vec<_> = desks.iter().map(Desk::question).collect();
    let asked = desks.iter().zip(&questions).map(|(desk, question)| world.ask(desk, question)).collect();
    for answer in futures(asked).await {
        assert!(answer.unwrap().verdicts.iter().all(|judged| judged.fault.is_none()));
    }
    assert_eq!(state(&world, ada).await.fields["given"].heads.len(), 8);
    assert_eq!(state(&world, RecordId::derived(b"imported")).await.heads.len(), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stamp_far_ahead_is_taken_and_limited_to_the_servers_time() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    register(&mut desk, &nurse, "Ada");
    desk.last = Hlc::at(NOW + 6 * 60_000);
    let ahead = register(&mut desk, &nurse, "Grace");
    let answer = desk.sync(&world).await;
    let page = answer.pages.iter().find(|page| page.scope == world.ids.site).unwrap();
    let clamps: Vec<_> = page.entries.iter().map(|fed| fed.clamp).collect();
    assert_eq!(clamps, [None, Some(Hlc::at(NOW))]);
    assert_eq!(state(&world, ahead).await.made, Hlc::at(NOW));
}
