//! A workstation as the server sees it: logs, signed heads and questions.

use std::collections::BTreeMap;

use crypto::issuing::IssuingKey;
use crypto::log::{Context, Draft, EntryBytes, Next, build};
use crypto::testing::{TestEntropy, written_by};
use crypto::{Frontier, Head, Signed, SigningKey};
use domain::op::Header;
use domain::record::{Kind, Record, Verb};
use domain::session::{Reach, Session, Turn};
use domain::sync::{Answer, Cursor, PROTOCOL, Push, Question};
use domain::wire::{Bytes, Message};
use domain::{ClinicId, Hlc, Incarnation, OpId, RecordId, Scope, SessionId, Value, kinds};

use crate::world::{Ids, Person, World};

/// A workstation.
pub struct Desk {
    pub ids: Ids,
    pub record: RecordId,
    pub incarnation: Incarnation,
    pub key: SigningKey,
    /// What the doctor who sits here signs certificates with.
    pub issuing: IssuingKey,
    pub site_scope: Scope,
    pub logs: BTreeMap<Scope, Log>,
    pub cursors: BTreeMap<Scope, u64>,
    pub epoch: u64,
    pub last: Hlc,
    /// What the clock shows here: milliseconds since 1970, and as it is written down.
    pub now: u64,
    pub wall: String,
    /// The session in which what is written here was written.
    pub session: SessionId,
    /// The messages that tell who sat here.
    pub told: Vec<Bytes>,
    /// The patients of the records that were made here or came here.
    patients: BTreeMap<RecordId, RecordId>,
    entropy: TestEntropy,
}

/// What a workstation wrote for one scope.
#[derive(Clone, Default)]
pub struct Log {
    pub headers: Vec<Vec<u8>>,
    /// The bytes of each transaction, and the sequence number of its first op.
    pub entries: Vec<(u64, Vec<u8>)>,
    pub acknowledged: u64,
}

impl Desk {
    pub fn new(ids: Ids, name: &str, site_scope: Scope) -> Self {
        let seed = name.bytes().map(u64::from).sum::<u64>() + 1000;
        Self {
            ids,
            record: RecordId::derived(name.as_bytes()),
            incarnation: Incarnation::derived(name.as_bytes()),
            key: SigningKey::random(&mut TestEntropy::new(seed)),
            issuing: IssuingKey::generate().unwrap(),
            site_scope,
            logs: BTreeMap::new(),
            cursors: [(ids.scope, 0), (site_scope, 0)].into(),
            epoch: 0,
            last: Hlc::default(),
            now: crate::world::NOW,
            wall: "2026-11-22T09:00:00+01:00".to_owned(),
            session: SessionId::derived(b"session"),
            told: Vec::new(),
            patients: BTreeMap::new(),
            entropy: TestEntropy::new(seed + 1),
        }
    }

    /// The record of the key with which certificates are issued here.
    pub fn issuer(&self) -> RecordId {
        RecordId::derived(self.issuing.public())
    }

    /// Writes one transaction of `author` and returns the ids of its ops.
    pub fn write(&mut self, author: &Person, drafts: Vec<Draft>) -> Vec<OpId> {
        let home = kinds::kind(&drafts[0].kind).map(|kind| kind.home);
        let clinics = home == Some(domain::record::Home::Clinic);
        let scope = if clinics { self.ids.scope } else { self.site_scope };
        self.write_as(author, Some(&author.key), scope, drafts)
    }

    /// Writes `drafts` for `scope`, under the patients of their records where they name none.
    pub fn write_as(
        &mut self,
        author: &Person,
        key: Option<&SigningKey>,
        scope: Scope,
        mut drafts: Vec<Draft>,
    ) -> Vec<OpId> {
        for draft in &mut drafts {
            if draft.verb.makes() {
                self.patients.extend(draft.patient.map(|patient| (draft.record, patient)));
            }
            draft.patient = draft.patient.or_else(|| self.patients.get(&draft.record).copied());
        }
        let context = Context {
            clinic: self.ids.clinic,
            incarnation: self.incarnation,
            scope,
            author: author.id,
            session: self.session,
            site: RecordId::derived(b"site"),
            wall: self.wall.clone(),
            app: "0.1.0".to_owned(),
            repeats: None,
        };
        let log = self.logs.entry(scope).or_default();
        let seq = log.headers.len() as u64 + 1;
        let next = Next { seq, last: self.last, now: self.now };
        let written = build(&mut self.entropy, &context, key, next, drafts);
        self.last = written.last;
        log.headers.extend(written.bytes.ops.iter().map(|op| op.header.0.clone()));
        log.entries.push((seq, written.bytes.to_sent()));
        written.entry.ops.iter().map(domain::op::Op::id).collect()
    }

    /// What `person` says of their session `name` here: that it opens, or ends.
    pub fn said(&self, person: &Person, name: &str, turn: Turn) -> Session {
        let size = |scope| self.logs.get(&scope).map_or(0, |log| log.headers.len() as u64);
        Session {
            v: 1,
            clinic: self.ids.clinic,
            incarnation: self.incarnation,
            number: self.told.len() as u64 + 1,
            session: SessionId::derived(name.as_bytes()),
            user: person.id,
            turn,
            logs: [self.ids.scope, self.site_scope].map(|scope| Reach { scope, size: size(scope) }).into(),
        }
    }

    /// Lets the last transaction of `author` for `scope` say that it was written by the declarations of version `schema`.
    pub fn written_by(&mut self, schema: u64, author: &Person, scope: Scope) {
        let log = self.logs.get_mut(&scope).unwrap();
        let (_, bytes) = log.entries.last_mut().unwrap();
        let written = written_by(schema, &author.key, &entry(bytes)).unwrap();
        log.headers.truncate(log.headers.len() - written.ops.len());
        log.headers.extend(written.ops.iter().map(|op| op.header.0.clone()));
        *bytes = written.to_sent();
    }

    /// `person` sits down here, or leaves; what is written from here on says that it was written in that session.
    pub fn say(&mut self, person: &Person, name: &str, turn: Turn) {
        let said = self.said(person, name, turn);
        self.session = said.session;
        self.told.push(Bytes(Signed::new(&person.key, &said).to_bytes()));
    }

    /// What this workstation wrote for `scope` from the op `from` up to the op `through`.
    pub fn push(&self, scope: Scope, from: u64, through: u64) -> Push {
        let log = &self.logs[&scope];
        let entries = log.entries.iter().filter(|(first, _)| (from..=through).contains(first));
        Push {
            scope,
            from,
            entries: entries.map(|(_, bytes)| Bytes(bytes.clone())).collect(),
            head: self.head(scope, through),
            incarnation: None,
            openings: Some(self.told.clone()).filter(|told| !told.is_empty()),
        }
    }

    /// The signed head over the first `size` ops of `scope`.
    pub fn head(&self, scope: Scope, size: u64) -> Bytes {
        let mut frontier = Frontier::default();
        self.logs[&scope].headers.iter().take(size as usize).for_each(|header| frontier.append(header));
        let head = Head::ops(self.ids.clinic, self.incarnation, scope, &frontier, self.last);
        Bytes(Signed::new(&self.key, &head).to_bytes())
    }

    /// Everything that was not acknowledged.
    pub fn question(&self) -> Question {
        let pending = |(scope, log): (&Scope, &Log)| {
            let size = log.headers.len() as u64;
            (log.acknowledged < size).then(|| self.push(*scope, log.acknowledged + 1, size))
        };
        Question { pushes: self.logs.iter().filter_map(pending).collect(), ..self.idle() }
    }

    /// A question that pushes nothing.
    pub fn idle(&self) -> Question {
        Question {
            v: PROTOCOL,
            clinic: self.ids.clinic,
            workstation: self.record,
            incarnation: self.incarnation,
            schema: kinds::SCHEMA,
            epoch: self.epoch,
            pushes: Vec::new(),
            cursors: self
                .cursors
                .iter()
                .map(|(scope, position)| Cursor { scope: *scope, position: *position })
                .collect(),
            audit: None,
            budget: 1 << 20,
            act: Some([7; 16]),
            disputed: None,
            report: None,
            known: None,
            looked: None,
        }
    }

    /// Asks, and moves what the answer moves.
    pub async fn sync(&mut self, world: &World) -> Answer {
        let answer = world.ask(self, &self.question()).await.unwrap();
        self.take(&answer);
        answer
    }

    /// Moves cursors and acknowledgements as an answer says.
    pub fn take(&mut self, answer: &Answer) {
        self.epoch = answer.epoch;
        for page in &answer.pages {
            for op in page.entries.iter().flat_map(|fed| entry(&fed.entry.0).ops) {
                let header = Header::from_bytes(&op.header.0).unwrap();
                self.last = self.last.seen(header.hlc);
                self.patients.extend(header.patient.map(|patient| (header.record, patient)));
            }
            self.cursors.insert(page.scope, page.next);
        }
        for received in &answer.received {
            self.logs.entry(received.scope).or_default().acknowledged = received.through;
        }
    }
}

/// A step on a record of type `T`.
pub fn step<T: Record>(record: RecordId, verb: Verb, value: &T, base: &[OpId]) -> Draft {
    patch_of(T::KIND, record, verb, store::patch_of(value), base)
}

/// A step that sets `patch`, whose author saw `base` of every field.
pub fn patch_of(
    kind: &Kind,
    record: RecordId,
    verb: Verb,
    patch: BTreeMap<String, Value>,
    base: &[OpId],
) -> Draft {
    let paths = patch.keys().cloned().chain([String::new()]);
    let base = paths.filter(|_| !base.is_empty()).map(|path| (path, base.to_vec())).collect();
    let named =
        patch.get("patient").filter(|_| verb.makes()).and_then(Value::as_text).and_then(|id| id.parse().ok());
    let patient = (kind.name == "patient").then_some(record).or(named);
    Draft { kind: kind.name.to_owned(), record, patient, verb, patch, base, reason: None }
}

/// The transaction in these bytes.
pub fn entry(bytes: &[u8]) -> EntryBytes {
    EntryBytes::from_sent(bytes).unwrap()
}

/// The clinic of a test.
pub fn clinic() -> ClinicId {
    ClinicId::derived(b"clinic")
}
