//! Audit logs: kept entry for entry, and a changed one is named.

use crypto::audit::{AuditEntry, FORMAT};
use crypto::{Frontier, Head, Signed};
use domain::Hlc;
use domain::access::Role;
use domain::sync::{Answer, AuditPush, Question};
use domain::wire::{Bytes, Message};

use crate::desk::Desk;
use crate::sync::register;
use crate::world::{Refused, World};

fn entries(desk: &Desk, action: &str, count: u64) -> Vec<Vec<u8>> {
    let entry = |seq| AuditEntry {
        v: FORMAT,
        workstation: desk.incarnation,
        seq,
        hlc: Hlc::at(seq),
        wall: "2026-11-22T09:00:00+01:00".to_owned(),
        session: None,
        user: None,
        role: None,
        action: action.to_owned(),
        object: None,
        patient: None,
        outcome: "done".to_owned(),
        reason: None,
        digest: None,
    };
    (1..=count).map(|seq| entry(seq).to_bytes()).collect()
}

/// The entries after `from`, under a head over all of them.
fn push(desk: &Desk, entries: &[Vec<u8>], from: u64) -> AuditPush {
    let mut log = Frontier::default();
    entries.iter().for_each(|entry| log.append(entry));
    let head = Head::audit(desk.ids.clinic, desk.incarnation, &log, Hlc::at(1));
    AuditPush {
        from,
        entries: entries.iter().skip(from as usize - 1).map(|entry| Bytes(entry.clone())).collect(),
        head: Bytes(Signed::new(&desk.key, &head).to_bytes()),
    }
}

async fn ask(world: &World, desk: &Desk, audit: AuditPush) -> Result<Answer, Refused> {
    world.ask(desk, &Question { audit: Some(audit), ..desk.idle() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_kept_once_to_the_byte_and_a_gap_is_answered_with_how_many_there_are() {
    let (world, desk) = World::founded().await;
    let trail = entries(&desk, "chart.read", 5);
    assert_eq!(ask(&world, &desk, push(&desk, &trail, 4)).await.unwrap().audit, 0);
    assert_eq!(ask(&world, &desk, push(&desk, &trail[..3], 1)).await.unwrap().audit, 3);
    assert_eq!(ask(&world, &desk, push(&desk, &trail, 2)).await.unwrap().audit, 5);
    assert_eq!(ask(&world, &desk, push(&desk, &trail, 2)).await.unwrap().audit, 5);
    let sql = world.sql().await;
    let rows = sql.query("select bytes from audit_entry order by seq", &[]).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.get(0)).collect::<Vec<Vec<u8>>>(), trail);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_told_in_two_ways_is_kept_in_both_and_named_with_its_first_other_entry_and_both_heads()
{
    let (world, desk) = World::founded().await;
    let trail = entries(&desk, "chart.read", 5);
    ask(&world, &desk, push(&desk, &trail, 1)).await.unwrap();
    let mut other = entries(&desk, "chart.read", 7);
    other[2] = entries(&desk, "session.use", 3)[2].clone();
    let told = push(&desk, &other, 1);
    let answer = ask(&world, &desk, told.clone()).await.unwrap();
    assert_eq!(answer.audit, 7, "it need not be told again");
    let forks = answer.forks.unwrap();
    let [fork] = forks.as_slice() else { panic!("{forks:?}") };
    assert_eq!((fork.incarnation, fork.seq, &fork.told), (desk.incarnation, 3, &told.head));
    let known = Signed::<Head>::from_bytes(&fork.known.0).unwrap().open(desk.key.public()).unwrap();
    assert_eq!(known.size, 5);
    // It goes on from there, a repeated question keeps nothing twice, and the first of the two is as it was.
    let more = entries(&desk, "session.use", 8);
    let longer: Vec<_> = other.iter().chain(more.last()).cloned().collect();
    assert_eq!(ask(&world, &desk, push(&desk, &longer, 8)).await.unwrap().audit, 8);
    assert_eq!(ask(&world, &desk, told).await.unwrap().audit, 7);
    let sql = world.sql().await;
    let rows = sql.query("select size from audit_fork order by size", &[]).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.get(0)).collect::<Vec<i64>>(), [7, 8]);
    assert_eq!(ask(&world, &desk, push(&desk, &trail, 5)).await.unwrap().audit, 5);
    assert_eq!(
        world.ask(&desk, &desk.idle()).await.unwrap().forks,
        None,
        "an idle question is told nothing of it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fork_before_the_entries_that_are_told_shows_by_its_head_and_records_come_in_with_it() {
    let (world, mut desk) = World::founded().await;
    ask(&world, &desk, push(&desk, &entries(&desk, "chart.read", 5), 1)).await.unwrap();
    let mut other = entries(&desk, "chart.read", 7);
    other[2] = entries(&desk, "session.use", 3)[2].clone();
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    desk.sync(&world).await;
    register(&mut desk, &nurse, "Ada");
    let question = Question { audit: Some(push(&desk, &other, 6)), ..desk.question() };
    let answer = world.ask(&desk, &question).await.unwrap();
    assert_eq!((answer.audit, answer.forks.unwrap()[0].seq), (7, 6));
    assert_eq!(answer.verdicts.len(), 1);
    assert!(answer.verdicts.iter().all(|judged| judged.fault.is_none()), "{:?}", answer.verdicts);
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_of_another_workstation_or_out_of_order_are_refused() {
    let (world, desk) = World::founded().await;
    let other = world.join("second", world.ids.site).await;
    let foreign = push(&desk, &entries(&other, "chart.read", 2), 1);
    assert_eq!(ask(&world, &desk, foreign).await.unwrap_err().code, "foreign_incarnation");
    let mut swapped = entries(&desk, "chart.read", 3);
    swapped.swap(0, 1);
    assert_eq!(ask(&world, &desk, push(&desk, &swapped, 1)).await.unwrap_err().code, "torn");
    let mut short = push(&desk, &entries(&desk, "chart.read", 3), 1);
    short.entries.pop();
    assert_eq!(ask(&world, &desk, short).await.unwrap_err().code, "false_head");
    let unsigned = AuditPush { head: Bytes(vec![]), ..push(&desk, &entries(&desk, "chart.read", 1), 1) };
    assert_eq!(ask(&world, &desk, unsigned).await.unwrap_err().code, "malformed");
}
