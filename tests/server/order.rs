//! Nobody who reads a feed by its positions misses anything, whatever the writers do meanwhile; and a
//! feed with positions from a sequence shows that this test would see it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crypto::testing::TestEntropy;
use crypto::{Entropy, random};
use domain::access::Role;
use domain::{Incarnation, Scope};
use server::{database, feed};

use crate::sync::register;
use crate::world::World;

const WRITERS: u64 = 12;
const ROUNDS: u64 = 40;

/// What was committed or read: scope, writer and number.
type Rows = BTreeSet<(Scope, Incarnation, u64)>;

fn scopes() -> [Scope; 2] {
    [Scope::derived(b"one"), Scope::derived(b"two")]
}

/// Writes rounds with stalls and rollbacks; what was committed.
async fn write(url: String, writer: u64, naive: bool) -> Rows {
    let pool = database::pool(&url, 1).unwrap();
    let mut connection = pool.get().await.unwrap();
    let mut entropy = TestEntropy::new(writer);
    let mut chance = |sides: u8| random::<1>(&mut entropy as &mut dyn Entropy)[0] % sides;
    let me = Incarnation::derived(&writer.to_be_bytes());
    let mut committed = Rows::new();
    for round in 0..ROUNDS {
        let chosen = chance(3);
        let wanted = scopes()
            .into_iter()
            .enumerate()
            .filter(|(place, _)| chosen == 2 || usize::from(chosen) == *place);
        let entry = |scope, first| feed::Entry { scope, first, head: Some(first), bytes: 1 };
        let entries: Vec<_> =
            wanted.flat_map(|(_, scope)| [entry(scope, 2 * round), entry(scope, 2 * round + 1)]).collect();
        let stall = |milliseconds: u8| format!("select pg_sleep({})", f64::from(milliseconds) / 1000.0);
        let (before, after, fails) = (stall(chance(6)), stall(chance(6)), chance(5) == 0);
        let transaction = connection.transaction().await.unwrap();
        transaction.batch_execute(&before).await.unwrap();
        if naive {
            let sql = "insert into feed (scope, position, incarnation, first, head, bytes)
                       values ($1, nextval('naive'), $2, $3, $3, 1)";
            for entry in &entries {
                transaction.execute(sql, &[&entry.scope.0, &me.0, &(entry.first as i64)]).await.unwrap();
            }
        } else {
            feed::publish(&transaction, me, &entries).await.unwrap();
        }
        transaction.batch_execute(&after).await.unwrap();
        if fails {
            transaction.rollback().await.unwrap();
        } else {
            transaction.commit().await.unwrap();
            committed.extend(entries.iter().map(|entry| (entry.scope, me, entry.first)));
        }
    }
    committed
}

/// Reads one scope from its beginning until nothing comes any more; with what positions.
async fn read(url: String, scope: Scope, done: Arc<AtomicBool>) -> (Rows, Vec<i64>) {
    let pool = database::pool(&url, 1).unwrap();
    let connection = pool.get().await.unwrap();
    let sql = "select position, incarnation, first from feed where scope = $1 and position > $2
               order by position limit 7";
    let (mut rows, mut positions) = (Rows::new(), Vec::new());
    loop {
        let last_look = done.load(Ordering::Acquire);
        let cursor = positions.last().copied().unwrap_or(0);
        let found = connection.query(sql, &[&scope.0, &cursor]).await.unwrap();
        for row in &found {
            positions.push(row.get(0));
            rows.insert((scope, Incarnation(row.get(1)), row.get::<_, i64>(2) as u64));
        }
        if found.is_empty() && last_look {
            return (rows, positions);
        }
    }
}

/// What was committed, and what each of several readers saw of it.
async fn race(naive: bool) -> (Rows, Vec<(Scope, Rows, Vec<i64>)>) {
    let base = tests::postgres::database().unwrap();
    let pool = database::pool(&base.url(), 1).unwrap();
    server::migrate(&pool).await.unwrap();
    pool.get().await.unwrap().batch_execute("create sequence naive").await.unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = [scopes(), scopes()]
        .into_iter()
        .flatten()
        .map(|scope| (scope, tokio::spawn(read(base.url(), scope, done.clone()))))
        .collect();
    let writers: Vec<_> = (0..WRITERS).map(|writer| tokio::spawn(write(base.url(), writer, naive))).collect();
    let mut committed = Rows::new();
    for writer in writers {
        committed.extend(writer.await.unwrap());
    }
    done.store(true, Ordering::Release);
    let mut seen = Vec::new();
    for (scope, reader) in readers {
        let (rows, positions) = reader.await.unwrap();
        seen.push((scope, rows, positions));
    }
    (committed, seen)
}

fn of(scope: Scope, rows: &Rows) -> Rows {
    rows.iter().filter(|row| row.0 == scope).copied().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reader_sees_every_committed_row_once_in_positions_without_gaps() {
    let (committed, seen) = race(false).await;
    assert!(committed.len() as u64 > WRITERS * ROUNDS);
    for (scope, rows, positions) in seen {
        assert_eq!(rows, of(scope, &committed));
        assert_eq!(positions, (1..=rows.len() as i64).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_positions_from_a_sequence_readers_lose_rows() {
    let (committed, seen) = race(true).await;
    let lost: usize =
        seen.iter().map(|(scope, rows, _)| of(*scope, &committed).difference(rows).count()).sum();
    assert!(lost > 0, "this test would not see the fault that it is for");
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_that_pull_while_many_desks_push_get_all_of_it_in_order() {
    let (world, mut first) = World::founded().await;
    let nurse = world.employ(&mut first, "nurse", Role::Nurse);
    first.sync(&world).await;
    let far = Scope::derived(b"another site");
    let mut desks = Vec::new();
    for number in 0..8 {
        let site = if number % 2 == 0 { world.ids.site } else { far };
        desks.push(world.join(&format!("desk {number}"), site).await);
    }
    let world = Arc::new(world);
    let writing: Vec<_> = desks
        .into_iter()
        .enumerate()
        .map(|(number, mut desk)| {
            let (world, nurse) = (world.clone(), nurse.clone());
            tokio::spawn(async move {
                let mut seen = Vec::new();
                for round in 0..10 {
                    register(&mut desk, &nurse, &format!("{number} {round}"));
                    let answer = desk.sync(&world).await;
                    assert!(
                        answer.verdicts.iter().all(|judged| judged.fault.is_none()),
                        "{:?}",
                        answer.verdicts
                    );
                    seen.extend(positions(&answer, desk.site_scope));
                }
                (desk, seen)
            })
        })
        .collect();
    let mut written = Vec::new();
    for writer in writing {
        written.push(writer.await.unwrap());
    }
    for (mut desk, mut seen) in written {
        seen.extend(positions(&desk.sync(&world).await, desk.site_scope));
        assert_eq!(seen, (1..=40).collect::<Vec<_>>());
    }
}

fn positions(answer: &domain::sync::Answer, scope: Scope) -> Vec<u64> {
    let page = answer.pages.iter().filter(|page| page.scope == scope);
    page.flat_map(|page| page.entries.iter().map(|fed| fed.position)).collect()
}
