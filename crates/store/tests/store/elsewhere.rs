//! Another workstation of the clinic, whose program keeps no rule, and a server that lets everything in.

use std::collections::BTreeMap;

use crypto::log::{Context, Draft, EntryBytes, Next, build};
use crypto::testing::{TestEntropy, written_by};
use crypto::{Frontier, Head, Signed, SigningKey};
use domain::admit::Entry;
use domain::op::{KEPT, Op, Repeated, WHOLE};
use domain::record::{Home, Record, Verb};
use domain::session::{Reach, Session, Turn};
use domain::sync::{Fed, Page, Ruling};
use domain::wire::{Bytes, Message};
use domain::{ClinicId, Hlc, Incarnation, OpId, RecordId, Scope, SessionId, Value, kinds};
use store::{Act, Applied, Heard, Keys, Unbelieved};

use crate::clinic::Clinic;

/// The workstation, with how far its logs and the feeds are.
pub struct Elsewhere {
    key: SigningKey,
    entropy: TestEntropy,
    logs: BTreeMap<Scope, Frontier>,
    fed: BTreeMap<Scope, u64>,
    pub last: Hlc,
    /// What its wall clock shows.
    pub wall: String,
    /// What was said of who sits there, and in which session what is written says that it was written.
    pub told: Vec<Bytes>,
    /// The version of the declarations of its program.
    pub schema: u64,
    /// What its next transactions say that they repeat.
    pub repeats: Option<Repeated>,
    session: SessionId,
    /// The patients of the records that were made there.
    patients: BTreeMap<RecordId, RecordId>,
}

/// One signing key for everybody who writes there.
struct Vouched([u8; 32]);

impl Keys for Vouched {
    fn author(&self, act: &Act, entry: &Entry) -> Option<[u8; 32]> {
        self.person(act, entry.transaction.author)
    }

    fn person(&self, act: &Act, person: RecordId) -> Option<[u8; 32]> {
        act.record(person).unwrap().map(|_| self.0)
    }

    fn workstation(&self, _: &Act, _: Incarnation) -> Option<[u8; 32]> {
        Some(self.0)
    }
}

/// The keys of two workstations and of those who write there.
struct Both {
    own: [u8; 32],
    elsewhere: [u8; 32],
}

impl Both {
    fn of(&self, incarnation: Incarnation) -> [u8; 32] {
        if incarnation == Incarnation::derived(b"i") { self.own } else { self.elsewhere }
    }
}

impl Keys for Both {
    fn author(&self, _: &Act, entry: &Entry) -> Option<[u8; 32]> {
        Some(self.of(entry.transaction.incarnation))
    }

    fn person(&self, _: &Act, _: RecordId) -> Option<[u8; 32]> {
        Some(self.elsewhere)
    }

    fn workstation(&self, _: &Act, incarnation: Incarnation) -> Option<[u8; 32]> {
        Some(self.of(incarnation))
    }
}

/// A step on `record`.
pub fn step<T: Record>(verb: Verb, record: RecordId, patch: BTreeMap<String, Value>) -> Draft {
    let named =
        patch.get("patient").filter(|_| verb.makes()).and_then(Value::as_text).and_then(|id| id.parse().ok());
    let own = (T::KIND.name == "patient").then_some(record);
    Draft {
        kind: T::KIND.name.to_owned(),
        record,
        patient: own.or(named),
        verb,
        patch,
        base: BTreeMap::new(),
        reason: None,
    }
}

/// The making of `record`.
pub fn make<T: Record>(record: RecordId, value: &T) -> Draft {
    step::<T>(Verb::Create, record, store::patch_of(value))
}

/// The same step, taken by who saw `ops`.
pub fn seen(mut draft: Draft, ops: &[OpId]) -> Draft {
    let paths: Vec<String> = draft.patch.keys().cloned().chain([WHOLE.to_owned()]).collect();
    draft.base.extend(paths.into_iter().filter(|path| path != KEPT).map(|path| (path, ops.to_vec())));
    draft
}

impl Elsewhere {
    /// One that has written nothing yet.
    pub fn new() -> Self {
        let mut entropy = TestEntropy::new(77);
        let key = SigningKey::random(&mut entropy);
        Self {
            key,
            entropy,
            logs: BTreeMap::new(),
            fed: BTreeMap::new(),
            last: Hlc::default(),
            wall: "2026-11-22T11:00:00+08:00".to_owned(),
            told: Vec::new(),
            schema: kinds::SCHEMA,
            repeats: None,
            session: SessionId::derived(b"session"),
            patients: BTreeMap::new(),
        }
    }

    /// `user` opens or ends the session `name` there, in a message that the owner of `key` signs; all who work there
    /// have one key.
    pub fn say(&mut self, user: RecordId, name: &str, turn: Turn, key: Option<&SigningKey>) {
        let size = |scope| self.logs.get(&scope).map_or(0, Frontier::size);
        let scopes = [Scope::derived(b"clinic"), Scope::derived(b"site")];
        self.session = SessionId::derived(name.as_bytes());
        let said = Session {
            v: 1,
            clinic: ClinicId::derived(b"c"),
            incarnation: Incarnation::derived(b"elsewhere"),
            number: self.told.len() as u64 + 1,
            session: self.session,
            user,
            turn,
            logs: scopes.map(|scope| Reach { scope, size: size(scope) }).into(),
        };
        self.told.push(Bytes(Signed::new(key.unwrap_or(&self.key), &said).to_bytes()));
    }

    /// Writes `drafts` of `author` at `now`, under the patients of their records where they name none.
    pub fn write(&mut self, author: RecordId, now: u64, mut drafts: Vec<Draft>) -> EntryBytes {
        for draft in &mut drafts {
            if draft.verb.makes() {
                self.patients.extend(draft.patient.map(|patient| (draft.record, patient)));
            }
            draft.patient = draft.patient.or_else(|| self.patients.get(&draft.record).copied());
        }
        let clinics = kinds::kind(&drafts[0].kind).is_some_and(|kind| kind.home == Home::Clinic);
        let scope = Scope::derived(if clinics { b"clinic".as_slice() } else { b"site" });
        let context = Context {
            clinic: ClinicId::derived(b"c"),
            incarnation: Incarnation::derived(b"elsewhere"),
            scope,
            author,
            session: self.session,
            site: RecordId::derived(b"site"),
            wall: self.wall.clone(),
            app: "0.0.0".to_owned(),
            repeats: self.repeats.clone(),
        };
        let log = self.logs.entry(scope).or_default();
        let next = Next { seq: log.size() + 1, last: self.last, now };
        let written = build(&mut self.entropy, &context, Some(&self.key), next, drafts);
        let bytes = written_by(self.schema, &self.key, &written.bytes).unwrap();
        bytes.ops.iter().for_each(|op| log.append(&op.header.0));
        self.last = written.last;
        bytes
    }

    /// The page on which the server tells of `entries`, all of one scope, which it let in.
    pub fn page(&mut self, entries: &[EntryBytes]) -> Page {
        let op = crypto::log::check_op(&entries[0].ops[0]).unwrap();
        let scope = op.header.scope;
        let position = self.fed.entry(scope).or_default();
        let fed = |entry: &EntryBytes| {
            *position += 1;
            let entry = Bytes(entry.to_sent());
            Fed { position: *position, entry, verdict: Ruling::Accepted, fault: None, clamp: None }
        };
        let entries: Vec<Fed> = entries.iter().map(fed).collect();
        let head = Head::ops(op.header.clinic, op.header.incarnation, scope, &self.logs[&scope], self.last);
        let heads = vec![Bytes(Signed::new(&self.key, &head).to_bytes())];
        Page { scope, next: *position, entries, heads, more: false, openings: Some(self.told.clone()) }
    }

    /// Whose signatures count where this workstation is known beside the one whose public key is `own`.
    pub fn keys(&self, own: &[u8; 32]) -> impl Keys + use<> {
        Both { own: *own, elsewhere: *self.key.public() }
    }

    /// Takes `page` in at `clinic`.
    pub fn apply(&self, clinic: &mut Clinic, page: &Page) -> Result<(), Unbelieved> {
        self.apply_heard(clinic, page, Heard { now: 7, ..Heard::default() }).map(drop)
    }

    /// The same of an answer that was `heard`, and that ends the feed.
    pub fn apply_heard(&self, clinic: &mut Clinic, page: &Page, heard: Heard) -> Result<Applied, Unbelieved> {
        let (own, keys) = (Incarnation::derived(b"i"), Vouched(*self.key.public()));
        let act = clinic.store.as_mut().unwrap().act().unwrap();
        let applied = act.apply(own, &keys, page, heard)?;
        act.read_to_end(own, page.scope, heard).unwrap();
        act.commit().unwrap();
        Ok(applied)
    }

    /// Has `clinic` judge once more what it holds.
    pub fn judge(&self, clinic: &mut Clinic) {
        let keys = Vouched(*self.key.public());
        clinic.act(|act, _| act.judge_held(&keys).unwrap());
    }

    /// Has `clinic` take in `drafts` of `author`, which the server let in; returns their ops.
    pub fn tell(&mut self, clinic: &mut Clinic, author: RecordId, drafts: Vec<Draft>) -> Vec<OpId> {
        for draft in &drafts {
            let known = clinic.act(|act, _| act.record(draft.record).unwrap());
            self.patients.extend(known.and_then(|known| Some((draft.record, known.patient?))));
        }
        let entry = self.write(author, clinic.tick(), drafts);
        let page = self.page(std::slice::from_ref(&entry));
        self.apply(clinic, &page).unwrap();
        ops(&entry)
    }
}

/// The ops of an entry.
pub fn ops(entry: &EntryBytes) -> Vec<OpId> {
    entry.ops.iter().map(|op| crypto::log::check_op(op).unwrap()).map(|op: Op| op.id()).collect()
}
