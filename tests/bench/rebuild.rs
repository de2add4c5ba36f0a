//! A first pull of many small transactions, and making the tables again from the log: how many records a second,
//! how large the store is, how much memory it takes.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use crypto::log::{Context, Draft, Next, build};
use crypto::testing::TestEntropy;
use crypto::{Frontier, Head, Signed, SigningKey, StoreKey};
use domain::access::{Role, User};
use domain::admit::Entry;
use domain::clinic::{Clinic, Site};
use domain::fhir::{PatientPlan, Planned};
use domain::record::Verb;
use domain::session::{self, Reach, Session, Turn};
use domain::sync::{Fed, Page, Ruling};
use domain::wire::{Bytes, Message};
use domain::{ClinicId, Hlc, Incarnation, RecordId, Scope, SessionId, Value, Zone, fhir};
use rusqlite::Connection;
use serde_json::json;
use store::{Act, Folder, Heard, Keys, Rebuilt, Store};

use crate::Size;
use crate::figure::{empty_folder, median, ms, ratio, round, tell, timed};

/// Transactions on one page.
const A_PAGE: usize = 500;
/// When a page is taken in, in milliseconds since 1970: what it brings was written a while before.
const NOW: u64 = 1_795_314_720_000;
/// What a record may take on the disk, in bytes, its op and all indices included.
const LIMIT: f64 = 2000.0;

pub fn run(size: Size) -> Result<()> {
    let records = records()?;
    for count in size.records {
        measure(&records, *count, size.rebuilds)?;
    }
    Ok(())
}

fn measure(records: &[PatientPlan], count: u64, times: usize) -> Result<()> {
    let folder = empty_folder("rebuild")?;
    let mut entropy = TestEntropy::new(count);
    let key = StoreKey::random(&mut entropy);
    let mut store = Store::open(Folder::take(&folder)?, &key, &mut |_, _| {})?;
    found(&mut store, &mut entropy)?;
    let by = Importer { clinic: clinic(), user: administrator(), key: SigningKey::random(&mut entropy) };
    let mut there = Elsewhere::new(by, entropy);
    let mut pulls = vec![];
    while (there.log.size()) < count {
        let page = there.page(records, count);
        let (applied, took) = timed(|| pull(&mut store, &there, &page));
        applied?;
        pulls.push(took);
    }
    let pulled: Duration = pulls.iter().sum();
    let held = quarantined(&folder, &key)?;
    ensure!(held.is_none(), "entries do not count: {held:?}");
    let bytes = disk(&folder)?;
    let (mut rebuilds, mut checks, mut peak) = (vec![], vec![], 0);
    for _ in 0..times {
        empty(&folder, &key)?;
        forget_peak();
        let (rebuilt, took) = timed(|| again(&mut store, |act| act.rebuild(&mut |_, _| {})));
        ensure!(rebuilt?.differing.contains(&"record"), "the tables were not made again");
        rebuilds.push(took);
        let (checked, took) = timed(|| again(&mut store, |act| act.rebuild_check()));
        ensure!(checked?.differing.is_empty(), "a table was not what the log says");
        checks.push(took);
        peak = peak.max(peak_memory());
    }
    let a_second = |took: Duration| round(count as f64 / took.as_secs_f64(), 0);
    let (rebuild, check) = (median(&rebuilds), median(&checks));
    tell(
        "rebuild",
        json!({
            "records": count,
            "pull_records_per_s": a_second(pulled),
            "rebuild_ms": rebuilds.iter().copied().map(ms).collect::<Vec<_>>(),
            "rebuild_records_per_s": a_second(rebuild),
            "check_ms": checks.iter().copied().map(ms).collect::<Vec<_>>(),
            "ratio_check_to_rebuild": ratio(ms(check), ms(rebuild)),
            "bytes_per_record": round(bytes as f64 / count as f64, 0),
            "ratio_to_limit_bytes": ratio(bytes as f64 / count as f64, LIMIT),
            "peak_bytes": peak,
        }),
    );
    Ok(())
}

fn again(
    store: &mut Store,
    body: impl FnOnce(&Act) -> Result<Rebuilt, store::StoreError>,
) -> Result<Rebuilt> {
    let act = store.act()?;
    let rebuilt = body(&act)?;
    act.commit()?;
    Ok(rebuilt)
}

/// The records of the demonstration's bundles.
pub fn records() -> Result<Vec<PatientPlan>> {
    let mut texts = vec![];
    for entry in fs::read_dir(::tests::root().join("demo/bundles"))?.flatten() {
        if entry.path().extension().is_some_and(|end| end == "json") {
            texts.push(fs::read_to_string(entry.path())?);
        }
    }
    texts.sort();
    let zone = Zone::named("Asia/Manila")?;
    let today = zone.day(&zone.instant(::tests::desk::FOUNDED_AT));
    let mut patients = vec![];
    for text in texts {
        patients.extend(fhir::plan(fhir::read(&text, today)?).patients);
    }
    Ok(patients)
}

fn administrator() -> RecordId {
    RecordId::derived(b"administrator")
}

fn clinic() -> ClinicId {
    ClinicId::derived(b"clinic")
}

/// The clinic with its administrator, whose import it is.
fn found(store: &mut Store, entropy: &mut TestEntropy) -> Result<()> {
    let key = SigningKey::random(entropy);
    let now = 1_795_314_660_000;
    let user = User {
        name: Some("Maria Reyes".into()),
        role: Some(Role::Administrator),
        active: Some(true),
        ..User::default()
    };
    let name = Some("University Clinic".to_owned());
    let drafts = vec![
        store::Draft::make(
            Verb::Create,
            RecordId::derived(b"clinic"),
            None,
            &Clinic { name: name.clone(), ..Clinic::default() },
        ),
        store::Draft::make(Verb::Create, RecordId::derived(b"site"), None, &Site { name, ..Site::default() }),
        store::Draft::make(Verb::Create, administrator(), None, &user),
    ];
    let context = store::Context {
        clinic: clinic(),
        incarnation: Incarnation::derived(b"here"),
        clinic_scope: Scope::derived(b"clinic"),
        site_scope: Scope::derived(b"site"),
        site: RecordId::derived(b"site"),
        author: administrator(),
        session: SessionId::derived(b"session"),
        key: Some(&key),
        now,
        wall: Zone::named("Asia/Manila").context("a zone")?.instant(now),
        app: "0.0.0",
    };
    let act = store.act()?;
    act.write(&context, entropy, drafts)?;
    Ok(act.commit()?)
}

/// Whose import it is.
pub struct Importer {
    /// The clinic.
    pub clinic: ClinicId,
    /// Their record there.
    pub user: RecordId,
    /// The key by which they sign.
    pub key: SigningKey,
}

/// Another workstation, at which everything was imported, each record by itself.
pub struct Elsewhere {
    by: Importer,
    key: SigningKey,
    entropy: TestEntropy,
    log: Frontier,
    last: Hlc,
    fed: u64,
    /// The copy, patient and record of it that come next.
    next: (u64, usize, usize),
}

impl Keys for Elsewhere {
    fn author(&self, _: &Act, _: &Entry) -> Option<[u8; 32]> {
        Some(*self.by.key.public())
    }

    fn person(&self, _: &Act, _: RecordId) -> Option<[u8; 32]> {
        Some(*self.by.key.public())
    }

    fn workstation(&self, _: &Act, _: Incarnation) -> Option<[u8; 32]> {
        Some(*self.key.public())
    }
}

/// Takes a page in as from the server.
pub fn pull(store: &mut Store, there: &Elsewhere, page: &Page) -> Result<()> {
    let act = store.act()?;
    let heard = Heard { now: NOW, server: NOW, agrees: true };
    act.apply(Incarnation::derived(b"here"), there, page, heard)?;
    Ok(act.commit()?)
}

impl Elsewhere {
    pub fn new(by: Importer, mut entropy: TestEntropy) -> Self {
        let key = SigningKey::random(&mut entropy);
        Self { by, key, entropy, log: Frontier::default(), last: Hlc::default(), fed: 0, next: (0, 0, 0) }
    }

    /// How many records were told.
    pub fn told(&self) -> u64 {
        self.log.size()
    }

    /// The next page, as far as `count` records.
    pub fn page(&mut self, records: &[PatientPlan], count: u64) -> Page {
        let scope = Scope::derived(b"site");
        let mut entries = vec![];
        while entries.len() < A_PAGE && self.log.size() < count {
            let (copy, patient, record) = self.next;
            let Some(plan) = records.get(patient) else {
                self.next = (copy + 1, 0, 0);
                continue;
            };
            let Some(planned) = plan.records.get(record) else {
                self.next = (copy, patient + 1, 0);
                continue;
            };
            self.next.2 += 1;
            self.fed += 1;
            let entry = self.write(scope, copied(planned, plan, copy));
            entries.push(Fed {
                position: self.fed,
                entry,
                verdict: Ruling::Accepted,
                fault: None,
                clamp: None,
            });
        }
        let head = Head::ops(self.by.clinic, Incarnation::derived(b"there"), scope, &self.log, self.last);
        let heads = vec![Bytes(Signed::new(&self.key, &head).to_bytes())];
        Page { scope, entries, heads, next: self.fed, more: false, openings: Some(vec![self.opening(scope)]) }
    }

    /// Their word that they sat there, without which nothing of theirs counts.
    fn opening(&self, scope: Scope) -> Bytes {
        let said = Session {
            v: session::FORMAT,
            clinic: self.by.clinic,
            incarnation: Incarnation::derived(b"there"),
            number: 1,
            session: SessionId::derived(b"session"),
            user: self.by.user,
            turn: Turn::Open,
            logs: vec![Reach { scope, size: 0 }],
        };
        Bytes(Signed::new(&self.by.key, &said).to_bytes())
    }

    fn write(&mut self, scope: Scope, draft: Draft) -> Bytes {
        let context = Context {
            clinic: self.by.clinic,
            incarnation: Incarnation::derived(b"there"),
            scope,
            author: self.by.user,
            session: SessionId::derived(b"session"),
            site: RecordId::derived(b"site"),
            wall: "2026-11-22T11:00:00+08:00".to_owned(),
            app: "0.0.0".to_owned(),
            repeats: None,
        };
        let next = Next { seq: self.log.size() + 1, last: self.last, now: 1_795_314_661_000 };
        let written = build(&mut self.entropy, &context, None, next, vec![draft]);
        written.bytes.ops.iter().for_each(|op| self.log.append(&op.header.0));
        self.last = written.last;
        Bytes(written.bytes.to_sent())
    }
}

/// The record `planned` of one more patient who is like that of `plan`.
fn copied(planned: &Planned, plan: &PatientPlan, copy: u64) -> Draft {
    let of = |id: RecordId| RecordId::derived(format!("{id} {copy}").as_bytes());
    let text = |path: &str, value: &Value| match (path, value.as_text()) {
        ("source", Some(text)) => Value::text(format!("{text}/{copy}")),
        ("patient" | "visit", Some(text)) => {
            text.parse().map_or_else(|_| value.clone(), |id| Value::text(of(id).to_string()))
        }
        _ => value.clone(),
    };
    Draft {
        kind: planned.kind.to_owned(),
        record: of(planned.record),
        patient: Some(of(plan.patient)),
        verb: Verb::Create,
        patch: planned.patch.iter().map(|(path, value)| (path.clone(), text(path, value))).collect(),
        base: [].into(),
        reason: None,
    }
}

fn opened(folder: &Path, key: &StoreKey) -> Result<Connection> {
    let connection = Connection::open(folder.join("clinic.db"))?;
    connection.execute_batch(&format!("pragma key = \"x'{}'\"", *key.pragma()))?;
    Ok(connection)
}

/// Why an entry does not count, if one does not: then the tables stay empty, and that is fast.
fn quarantined(folder: &Path, key: &StoreKey) -> Result<Option<String>> {
    let sql = "select max(quarantine) from op where quarantine is not null";
    Ok(opened(folder, key)?.query_row(sql, [], |row| row.get(0))?)
}

/// Empties the tables, as they are after a program with others has opened the store.
fn empty(folder: &Path, key: &StoreKey) -> Result<()> {
    let connection = opened(folder, key)?;
    connection.execute_batch("begin; insert into write_gate values (1)")?;
    for table in ["record", "listing", "patient", "patient_word", "word_form"] {
        connection.execute(&format!("delete from {table}"), [])?;
    }
    Ok(connection.execute_batch("delete from write_gate; commit; pragma wal_checkpoint(truncate);")?)
}

fn disk(folder: &Path) -> Result<u64> {
    Ok(fs::metadata(folder.join("clinic.db"))?.len())
}

/// Lets the kernel count the most memory anew (proc(5), `clear_refs`).
fn forget_peak() {
    drop(fs::write("/proc/self/clear_refs", "5"));
}

fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() * 1024
}
