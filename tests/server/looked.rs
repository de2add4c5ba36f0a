//! Who looked at a chart elsewhere is told to who may know and has entered that they ask.

use crypto::audit::{AuditEntry, FORMAT};
use crypto::{Frontier, Head, Signed};
use domain::access::Role;
use domain::sync::{ASKS_WHO_LOOKED, Ask, AuditPush, Looked, Question};
use domain::wire::{Bytes, Message};
use domain::{Hlc, RecordId};

use crate::desk::Desk;
use crate::world::{Person, World};

fn entry(desk: &Desk, seq: u64, who: &Person, action: &str, patient: RecordId) -> Vec<u8> {
    let entry = AuditEntry {
        v: FORMAT,
        workstation: desk.incarnation,
        seq,
        hlc: Hlc::at(1_000 + seq),
        wall: format!("2026-11-22T09:00:{seq:02}+01:00"),
        session: None,
        user: Some(who.id),
        role: None,
        action: action.to_owned(),
        object: None,
        patient: Some(patient),
        outcome: "done".to_owned(),
        reason: None,
        digest: None,
    };
    entry.to_bytes()
}

/// Pushes a whole trail and asks, by the entry of that number.
async fn ask(world: &World, desk: &Desk, trail: &[Vec<u8>], patient: RecordId, by: u64) -> Option<Looked> {
    let mut log = Frontier::default();
    trail.iter().for_each(|entry| log.append(entry));
    let head = Head::audit(desk.ids.clinic, desk.incarnation, &log, Hlc::at(1));
    let audit = AuditPush {
        from: 1,
        entries: trail.iter().cloned().map(Bytes).collect(),
        head: Bytes(Signed::new(&desk.key, &head).to_bytes()),
    };
    let looked = Some(Ask { patient, entry: by });
    world.ask(desk, &Question { audit: Some(audit), looked, ..desk.idle() }).await.unwrap().looked
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looked_elsewhere_is_told_by_an_entry_of_somebody_who_may_know_and_else_to_nobody() {
    let (world, mut desk) = World::founded().await;
    let (patient, other) = (RecordId::derived(b"patient"), RecordId::derived(b"other"));
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    let clerk = world.employ(&mut desk, "clerk", Role::FrontDesk);
    desk.sync(&world).await;
    let room = world.join("room", world.ids.site).await;
    let there = [
        entry(&room, 1, &nurse, "chart", patient),
        entry(&room, 2, &nurse, "chart", other),
        entry(&room, 3, &nurse, "add_allergy", patient),
    ];
    assert_eq!(ask(&world, &room, &there, patient, 1).await, None, "no entry asks");
    // As a server that kept its trails before it noted whom they are about.
    let sql = world.sql().await;
    sql.batch_execute("delete from audit_patient; update audit_log set noted = 0").await.unwrap();

    let here = [
        entry(&desk, 1, &clerk, ASKS_WHO_LOOKED, patient),
        entry(&desk, 2, &nurse, "chart", patient),
        entry(&desk, 3, &nurse, ASKS_WHO_LOOKED, patient),
    ];
    for (by, why) in [(1, "a clerk may not know"), (2, "a chart was opened"), (4, "there is no such entry")] {
        assert_eq!(ask(&world, &desk, &here, patient, by).await, None, "{why}");
    }
    assert_eq!(ask(&world, &desk, &here, other, 3).await, None, "another chart");
    let told = ask(&world, &desk, &here, patient, 3).await.unwrap();
    assert_eq!(told.entries, [&there[2], &there[0]].map(|entry| Bytes(entry.clone())));
    assert_eq!((told.patient, told.entry, told.more), (patient, 3, false));
    let ends: Vec<_> =
        told.trails.iter().map(|end| (end.workstation, end.entries, end.until.as_str())).collect();
    assert_eq!(ends, [(room.record, 3, "2026-11-22T09:00:03+01:00")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_entries_are_told_and_that_there_are_more() {
    let (world, mut desk) = World::founded().await;
    let patient = RecordId::derived(b"patient");
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    desk.sync(&world).await;
    let room = world.join("room", world.ids.site).await;
    let there: Vec<_> = (1..=130).map(|seq| entry(&room, seq, &nurse, "chart", patient)).collect();
    ask(&world, &room, &there, patient, 1).await;
    let here = [entry(&desk, 1, &nurse, ASKS_WHO_LOOKED, patient)];
    let told = ask(&world, &desk, &here, patient, 1).await.unwrap();
    let latest: Vec<_> = there[30..].iter().rev().cloned().map(Bytes).collect();
    assert_eq!((told.entries, told.more), (latest, true));
}
