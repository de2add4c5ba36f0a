//! Eight kinds of tampering and damage, each so often as `CLINICDESK_SOAK` says: `script/soak` asks for a thousand, a run
//! of all tests for one in fifty. Each is found when the store opens or by the self-check, and what was taken away or
//! changed is named; what can be had back is back.

use std::fs;
use std::path::Path;

use crypto::testing::TestEntropy;
use crypto::{Frontier, random};
use domain::record::Verb;
use domain::wire::Message;
use domain::{Hlc, Incarnation, RecordId, Scope};
use rusqlite::{Connection, params};
use store::{LogFault, Opened, Store, StoreError, Tampered, Wrong};
use tempfile::TempDir;

use crate::clinic::{Clinic, copy, doctor, problem, take};
use crate::elsewhere::Elsewhere;

/// How often each is tried.
pub fn times() -> u32 {
    std::env::var("CLINICDESK_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(20)
}

/// Acts before and after the older copy was made.
const BEFORE: u32 = 6;
const AFTER: u32 = 4;
const ALL: u64 = 10;
const WAL: [&str; 2] = ["clinic.db-wal", "clinic.db-shm"];
const LAST: [&str; 2] = ["unsent.a", "unsent.b"];
const MARKS: [&str; 2] = ["marks.a", "marks.b"];

/// A clinic with what another workstation told it, and copies of its folder.
struct World {
    clinic: Clinic,
    elsewhere: Elsewhere,
    /// Closed, before the later half was written.
    older: TempDir,
    /// As a program leaves it that is killed at the end.
    live: TempDir,
    /// Closed at the end.
    closed: TempDir,
    truth: Vec<Vec<u8>>,
    chance: TestEntropy,
}

/// What was found.
#[derive(Debug)]
struct Found {
    opened: Opened,
    log: Vec<LogFault>,
    trail: Result<(u64, u64), Tampered>,
    pages: Vec<String>,
    tables: Vec<&'static str>,
}

impl Found {
    fn is_nothing(&self) -> bool {
        self.opened.is_as_left()
            && self.log.is_empty()
            && self.trail.is_ok()
            && self.pages.is_empty()
            && self.tables.is_empty()
    }

    fn names(&self, log: (Incarnation, Scope), from: u64, to: u64) -> bool {
        self.log.iter().filter(|fault| (fault.incarnation, fault.scope) == log).any(|fault| {
            // Where nothing beside the ops tells one from the other, those between two vouchers are named.
            let first = if let Wrong::Between { from, .. } = fault.what { from + 1 } else { fault.seq };
            first <= to && from <= fault.seq
        })
    }
}

fn own() -> Incarnation {
    Incarnation::derived(b"i")
}

fn site() -> Scope {
    Scope::derived(b"site")
}

impl World {
    fn new(seed: u64) -> Self {
        let mut clinic = Clinic::found();
        let mut elsewhere = Elsewhere::new();
        clinic.close();
        clinic.open();
        let folder = || tempfile::tempdir().unwrap();
        let (older, live, closed) = (folder(), folder(), folder());
        Self::act(&mut clinic, &mut elsewhere, 0..BEFORE);
        clinic.close();
        copy(clinic.folder(), older.path());
        clinic.open();
        Self::act(&mut clinic, &mut elsewhere, BEFORE..BEFORE + AFTER);
        copy(clinic.folder(), live.path());
        clinic.close();
        copy(clinic.folder(), closed.path());
        let mut world = Self {
            clinic,
            elsewhere,
            older,
            live,
            closed,
            truth: Vec::new(),
            chance: TestEntropy::new(seed),
        };
        world.truth = world.told();
        let found = world.look().unwrap();
        assert!(found.is_nothing(), "{found:?}");
        world
    }

    /// Somebody is registered and an entry made for each of `numbers`, and the other workstation tells something.
    fn act(clinic: &mut Clinic, elsewhere: &mut Elsewhere, numbers: std::ops::Range<u32>) {
        for number in numbers {
            let patient = clinic.register(&format!("Salonga {number}"));
            clinic.note(&format!("act {number}"));
            if number % 3 == 0 {
                let id = RecordId::derived(format!("problem {number}").as_bytes());
                let draft = problem(id, patient);
                let told = crate::elsewhere::step::<domain::patients::Problem>(Verb::Create, id, draft.patch);
                let told = crypto::log::Draft { patient: Some(patient), ..told };
                elsewhere.tell(clinic, doctor(), vec![told]);
            }
            if number % 4 == 3 {
                let (hlc, signs) = (Hlc::at(clinic.tick()), clinic.signs.clone());
                clinic.act(|act, _| drop(act.sign_audit(&signs, hlc).unwrap()));
            }
        }
    }

    /// A number below `end`.
    fn pick(&mut self, end: u64) -> u64 {
        u64::from_be_bytes(random(&mut self.chance)) % end
    }

    fn flip(&mut self) -> bool {
        self.pick(2) == 1
    }

    /// The folder becomes a copy.
    fn put(&mut self, which: fn(&Self) -> &Path) {
        let from = which(self).to_owned();
        self.clinic.put_back(&from);
    }

    fn remove(&self, names: &[&str]) {
        names.iter().for_each(|name| drop(fs::remove_file(self.clinic.folder().join(name))));
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.clinic.folder().join(name)
    }

    /// Somebody who has the key, past every trigger.
    fn intruder(&self) -> Connection {
        let connection = self.clinic.intruder();
        let triggers =
            ["op_insert", "op_update", "op_delete", "op_body", "tx_insert", "tx_update", "tx_delete"];
        let trail = ["audit_insert", "audit_update", "audit_delete"];
        for trigger in triggers.iter().chain(&trail) {
            connection.execute_batch(&format!("drop trigger {trigger}")).unwrap();
        }
        connection.execute_batch("pragma foreign_keys = off").unwrap();
        connection
    }

    /// The same in the folder as it was closed.
    fn broken_into(&mut self) -> Connection {
        self.put(|world| world.closed.path());
        self.intruder()
    }

    /// What is found once they have left.
    fn look_after(&mut self, intruder: Connection) -> Found {
        drop(intruder);
        self.look().unwrap()
    }

    fn look(&mut self) -> Result<Found, StoreError> {
        let folder = take(self.clinic.folder());
        let store = Store::open(folder, &self.clinic.key, &mut |_, _| {})?;
        let opened = store.opened();
        self.clinic.store = Some(store);
        let public = *self.clinic.signs.public();
        let keys = self.elsewhere.keys(&public);
        let act = self.clinic.store.as_mut().unwrap().act()?;
        let pages = act.faults()?;
        let log = act.check_log(&keys, own(), &public, &[])?.faults;
        let trail = act.verify_audit(&public, act.marked_trail(&public))?;
        // Where an op does not read back, no table can be made from it.
        let tables = act.rebuild_check().map_or_else(|_| vec!["op"], |rebuilt| rebuilt.differing);
        drop(act);
        self.clinic.close();
        Ok(Found { opened, log, trail, pages, tables })
    }

    /// What the store says: its ops, its trail and its records.
    fn told(&self) -> Vec<Vec<u8>> {
        let connection = self.clinic.intruder();
        let mut told = Vec::new();
        for sql in [
            "select cast(header || coalesce(body, x'') || coalesce(signature, x'') as blob) from op order by incarnation, scope, seq",
            "select bytes from tx order by incarnation, scope, first",
            "select cast(entry || coalesce(detail, x'') as blob) from audit order by seq",
            "select cast(id || kind as blob) from record order by id",
        ] {
            let mut rows = connection.prepare(sql).unwrap();
            let rows = rows.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
            told.extend(rows.map(Result::unwrap));
        }
        told
    }

    /// An op of either workstation: its log, its number, and the numbers of its transaction.
    fn some_op(&mut self, intruder: &Connection) -> ((Incarnation, Scope), u64, (u64, u64)) {
        let count: i64 = intruder.query_row("select count(*) from op", [], |row| row.get(0)).unwrap();
        let nth = self.pick(count.unsigned_abs()).cast_signed();
        let sql = "select incarnation, scope, seq, tx from op order by position limit 1 offset ?1";
        let (incarnation, scope, seq, tx): (Vec<u8>, Vec<u8>, i64, i64) = intruder
            .query_row(sql, [nth], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .unwrap();
        let sql = "select min(seq), max(seq) from op where tx = ?1";
        let (from, to): (i64, i64) =
            intruder.query_row(sql, [tx], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let id = |bytes: &[u8]| uuid::Uuid::from_slice(bytes).unwrap();
        let log = (Incarnation(id(&incarnation)), Scope(id(&scope)));
        (log, seq.unsigned_abs(), (from.unsigned_abs(), to.unsigned_abs()))
    }

    fn entries(&self, intruder: &Connection) -> u64 {
        let count: i64 = intruder.query_row("select count(*) from audit", [], |row| row.get(0)).unwrap();
        count.unsigned_abs()
    }
}

fn of(log: (Incarnation, Scope), seq: u64) -> (Vec<u8>, Vec<u8>, i64) {
    (log.0.0.as_bytes().to_vec(), log.1.0.as_bytes().to_vec(), seq.cast_signed())
}

const AT: &str = "where incarnation = ?1 and scope = ?2 and seq = ?3";

#[test]
fn what_was_removed_is_named() {
    let mut world = World::new(1);
    for round in 0..times() {
        let intruder = world.broken_into();
        if round % 3 == 2 {
            let (seq, last) = (world.pick(ALL) + 1, world.entries(&intruder));
            intruder.execute("delete from audit where seq = ?1", [seq.cast_signed()]).unwrap();
            let found = world.look_after(intruder);
            let named = if seq == last { Tampered::Short(last - 1) } else { Tampered::Entry(seq) };
            assert_eq!(found.trail, Err(named), "{round}");
            continue;
        }
        let (log, seq, (from, to)) = world.some_op(&intruder);
        let first = if round % 3 == 0 { seq } else { from };
        if round % 3 == 0 {
            intruder.execute(&format!("delete from op {AT}"), of(log, seq)).unwrap();
        } else {
            for seq in from..=to {
                intruder.execute(&format!("delete from op {AT}"), of(log, seq)).unwrap();
            }
            let sql = "delete from tx where incarnation = ?1 and scope = ?2 and first = ?3";
            intruder.execute(sql, of(log, from)).unwrap();
        }
        let found = world.look_after(intruder);
        assert!(found.names(log, first, first), "{round}: {first} of {found:?}");
    }
}

#[test]
fn what_was_changed_is_named() {
    let mut world = World::new(2);
    for round in 0..times() {
        let intruder = world.broken_into();
        let (log, seq, (from, to)) = world.some_op(&intruder);
        let key = of(log, seq);
        let turned = |world: &mut World, mut bytes: Vec<u8>| {
            let (place, bit) = (world.pick(bytes.len() as u64), world.pick(8));
            bytes[usize::try_from(place).unwrap()] ^= 1 << bit;
            bytes
        };
        match round % 6 {
            column @ 0..=2 => {
                let column = ["header", "body", "kind"][column as usize];
                let sql = format!("select cast({column} as blob) from op {AT}");
                let bytes: Vec<u8> = intruder.query_row(&sql, key.clone(), |row| row.get(0)).unwrap();
                if column == "kind" {
                    intruder.execute(&format!("update op set kind = 'visit' {AT}"), key).unwrap();
                } else {
                    let bytes = turned(&mut world, bytes);
                    let sql = format!("update op set {column} = ?4 {AT}");
                    intruder.execute(&sql, params![key.0, key.1, key.2, bytes]).unwrap();
                }
            }
            3 => {
                let id: [u8; 16] = random(&mut world.chance);
                let sql = format!("update op set record = ?4 {AT}");
                intruder.execute(&sql, params![key.0, key.1, key.2, id]).unwrap();
            }
            4 => {
                let tx = "where incarnation = ?1 and scope = ?2 and first = ?3";
                let key = of(log, from);
                let sql = format!("select bytes from tx {tx}");
                let bytes: Vec<u8> = intruder.query_row(&sql, key.clone(), |row| row.get(0)).unwrap();
                let bytes = turned(&mut world, bytes);
                let sql = format!("update tx set bytes = ?4 {tx}");
                intruder.execute(&sql, params![key.0, key.1, key.2, bytes]).unwrap();
            }
            _ => {
                intruder.execute(&format!("update op set body = null {AT}"), key).unwrap();
            }
        }
        let found = world.look_after(intruder);
        assert!(found.names(log, from, to), "{round}: {seq} of {found:?}");
    }
}

#[test]
fn what_stands_in_another_order_is_named() {
    let mut world = World::new(3);
    for round in 0..times() {
        let intruder = world.broken_into();
        let (one, other) = loop {
            let (one, other) = (world.pick(ALL) + 1, world.pick(ALL) + 1);
            if one != other {
                break (one.min(other), one.max(other));
            }
        };
        let pair = [one.cast_signed(), other.cast_signed()];
        let found = match round % 3 {
            0 => {
                let swap =
                    "update audit set seq = case seq when ?1 then -?2 else -?1 end where seq in (?1, ?2)";
                intruder.execute(swap, pair).unwrap();
                intruder.execute_batch("update audit set seq = -seq where seq < 0").unwrap();
                let found = world.look_after(intruder);
                assert_eq!(found.trail, Err(Tampered::Entry(one)), "{round}");
                continue;
            }
            1 => {
                let (incarnation, scope, _) = of((own(), site()), 0);
                let swap = "update op set seq = case seq when ?3 then -?4 else -?3 end
                            where incarnation = ?1 and scope = ?2 and seq in (?3, ?4)";
                intruder.execute(swap, params![incarnation, scope, pair[0], pair[1]]).unwrap();
                intruder.execute_batch("update op set seq = -seq where seq < 0").unwrap();
                world.look_after(intruder)
            }
            _ => {
                let (incarnation, scope, _) = of((own(), site()), 0);
                let at = |seq: i64| -> i64 {
                    let sql = format!("select tx from op {AT}");
                    intruder.query_row(&sql, params![incarnation, scope, seq], |row| row.get(0)).unwrap()
                };
                let (first, second) = (at(pair[0]), at(pair[1]));
                for (table, column) in [("tx", "position"), ("op", "tx")] {
                    let sql = format!(
                        "update {table} set {column} = case {column} when ?1 then -?2 else -?1 end where {column} in (?1, ?2)"
                    );
                    intruder.execute(&sql, [first, second]).unwrap();
                    let sql = format!("update {table} set {column} = -{column} where {column} < 0");
                    intruder.execute_batch(&sql).unwrap();
                }
                world.look_after(intruder)
            }
        };
        assert!(found.names((own(), site()), one, other), "{round}: {one} and {other} of {found:?}");
    }
}

#[test]
fn another_history_in_the_place_of_the_one_that_was_written_is_named() {
    let mut world = World::new(4);
    for round in 0..times() {
        world.put(|world| world.older.path());
        let more = world.pick(u64::from(AFTER) * 2) + 1;
        world.clinic.open();
        for number in 0..more {
            world.clinic.register(&format!("Somebody else {number}"));
            world.clinic.note("other");
        }
        world.clinic.close();
        for name in MARKS {
            fs::copy(world.closed.path().join(name), world.path(name)).unwrap();
        }
        world.remove(&LAST);
        let found = world.look().unwrap();
        let (opened, after) = (found.opened, u64::from(AFTER));
        match more.cmp(&after) {
            std::cmp::Ordering::Less => {
                assert_eq!((opened.missing, opened.missing_trail), (after - more, after - more), "{round}");
            }
            std::cmp::Ordering::Equal => assert!(opened.changed, "{round}: {found:?}"),
            std::cmp::Ordering::Greater => {
                let marked = ALL;
                assert!(found.names((own(), site()), marked, marked), "{round}: {found:?}");
                let between = |fault: &LogFault| matches!(fault.what, Wrong::Between { .. });
                assert!(found.log.iter().all(between), "{round}: {found:?}");
                assert!(matches!(found.trail, Err(Tampered::Between { .. })), "{round}: {found:?}");
            }
        }
    }
}

#[test]
fn a_store_that_was_rolled_back_is_told_with_what_it_lacks_and_filled_where_that_can_be_had() {
    let mut world = World::new(5);
    for round in 0..times() {
        world.put(|world| world.closed.path());
        fs::copy(world.older.path().join("clinic.db"), world.path("clinic.db")).unwrap();
        let whole = world.flip();
        if !whole {
            world.remove(&LAST);
        }
        let found = world.look().unwrap();
        let (opened, after) = (found.opened, u64::from(AFTER));
        let lacks = if whole { (0, 0, after, after) } else { (after, after, 0, 0) };
        let Opened { missing, missing_trail, mended, mended_trail, .. } = opened;
        assert_eq!((missing, missing_trail, mended, mended_trail), lacks, "{round}: {found:?}");
    }
}

#[test]
fn a_log_that_was_cut_with_its_reckoning_is_told_and_filled_where_that_can_be_had() {
    let mut world = World::new(6);
    for round in 0..times() {
        let intruder = world.broken_into();
        let left = ALL - 1 - world.pick(u64::from(AFTER));
        let gone = ALL - left;
        let whole = world.flip();
        let cut = left.cast_signed();
        if round % 3 == 0 {
            // Of another workstation, whose head is known here.
            let elsewhere = (Incarnation::derived(b"elsewhere"), site());
            cut_log(&intruder, elsewhere, 2);
            let found = world.look_after(intruder);
            assert!(found.names(elsewhere, 3, 3), "{round}: {found:?}");
            continue;
        }
        cut_log(&intruder, (own(), site()), left);
        intruder.execute("delete from audit where seq > ?1", [cut]).unwrap();
        intruder.execute("delete from audit_head where size > ?1", [cut]).unwrap();
        let frontier = reckoned(&intruder, "select entry from audit order by seq", []);
        let sql = "update audit_log set size = ?1, frontier = ?2";
        intruder.execute(sql, params![frontier.size().cast_signed(), frontier.to_bytes()]).unwrap();
        drop(intruder);
        if !whole {
            world.remove(&LAST);
        }
        let opened = world.look().unwrap().opened;
        let lacks = if whole { (0, gone) } else { (gone, 0) };
        assert_eq!((opened.missing, opened.mended), lacks, "{round}: {opened:?}");
        assert_eq!((opened.missing_trail, opened.mended_trail), lacks, "{round}: {opened:?}");
    }
}

fn reckoned<P: rusqlite::Params>(connection: &Connection, sql: &str, key: P) -> Frontier {
    let mut frontier = Frontier::default();
    let mut rows = connection.prepare(sql).unwrap();
    let rows = rows.query_map(key, |row| row.get::<_, Vec<u8>>(0)).unwrap();
    rows.for_each(|bytes| frontier.append(&bytes.unwrap()));
    frontier
}

fn cut_log(intruder: &Connection, log: (Incarnation, Scope), left: u64) {
    let (incarnation, scope, left) = of(log, left);
    let beyond = "where incarnation = ?1 and scope = ?2 and";
    for sql in [format!("delete from op {beyond} seq > ?3"), format!("delete from tx {beyond} first > ?3")] {
        intruder.execute(&sql, params![incarnation, scope, left]).unwrap();
    }
    let sql = "select header from op where incarnation = ?1 and scope = ?2 order by seq";
    let frontier = reckoned(intruder, sql, params![incarnation, scope]);
    let sql = "update log set size = ?3, frontier = ?4 where incarnation = ?1 and scope = ?2";
    intruder
        .execute(sql, params![incarnation, scope, frontier.size().cast_signed(), frontier.to_bytes()])
        .unwrap();
}

#[test]
fn a_damaged_end_of_the_stores_log_is_told_and_nothing_that_was_acknowledged_is_lost() {
    let mut world = World::new(7);
    let all = ALL;
    let mut damaged = 0;
    for round in 0..times() {
        world.put(|world| world.live.path());
        let log = world.path(WAL[0]);
        let mut bytes = fs::read(&log).unwrap();
        let place = usize::try_from(world.pick(bytes.len() as u64)).unwrap();
        match round % 5 {
            0 => bytes[place] ^= 1 << world.pick(8),
            1 => bytes.truncate(place),
            2 => bytes.iter_mut().skip(place).take(512).for_each(|byte| *byte = 0),
            3 => bytes.truncate(32 + (place - place.min(32)) / 4120 * 4120),
            _ => bytes.clear(),
        }
        fs::write(&log, bytes).unwrap();
        world.remove(&WAL[1..]);
        let alone = world.flip();
        if alone {
            world.remove(&LAST);
        }
        let found = world.look().unwrap();
        let opened = found.opened;
        let connection = world.clinic.intruder();
        let sql = "select count(*) from op where incarnation = ?1 and scope = ?2";
        let (incarnation, scope, _) = of((own(), site()), 0);
        let here: i64 = connection.query_row(sql, params![incarnation, scope], |row| row.get(0)).unwrap();
        assert_eq!(here.unsigned_abs() + opened.missing, all, "{round}: {found:?}");
        assert_eq!(world.entries(&connection) + opened.missing_trail, all, "{round}: {found:?}");
        if alone {
            assert_eq!(opened.mended, 0);
        } else {
            assert_eq!((opened.missing, opened.missing_trail), (0, 0), "{round}: {found:?}");
        }
        assert!(
            found.log.iter().all(|fault| matches!(fault.what, Wrong::Short { .. })),
            "{round}: {found:?}"
        );
        damaged += u32::from(!opened.is_as_left());
    }
    assert!(damaged * 2 > times(), "{damaged}");
}

#[test]
fn an_older_page_put_back_is_found_or_says_nothing_else_than_the_truth() {
    const PAGE: usize = 4096;
    let mut world = World::new(8);
    let older = fs::read(world.older.path().join("clinic.db")).unwrap();
    let newest = fs::read(world.closed.path().join("clinic.db")).unwrap();
    let pages = older.chunks(PAGE).zip(newest.chunks(PAGE)).enumerate();
    let other: Vec<usize> = pages.filter(|(_, (one, other))| one != other).map(|(page, _)| page).collect();
    let mut found = 0;
    for round in 0..times() {
        world.put(|world| world.closed.path());
        let mut bytes = newest.clone();
        // One page, or some that belong to one moment.
        for _ in 0..=world.pick(3) {
            let nth = usize::try_from(world.pick(other.len() as u64)).unwrap();
            let place = other[nth] * PAGE;
            bytes[place..place + PAGE].copy_from_slice(&older[place..place + PAGE]);
        }
        fs::write(world.path("clinic.db"), bytes).unwrap();
        match world.look() {
            Ok(looked) if looked.is_nothing() => assert_eq!(world.told(), world.truth, "{round}"),
            _ => found += 1,
        }
        world.clinic.close();
    }
    assert!(found * 2 > times(), "{found}");
}
