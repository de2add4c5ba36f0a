//! A clinic's store on a folder of its own, and a way into its file past the write path.

use std::fs;
use std::path::{Path, PathBuf};

use crypto::testing::TestEntropy;
use crypto::{Secret, SigningKey, StoreKey};
use domain::access::{Role, User};
use domain::clinic::{Clinic as Organisation, Site};
use domain::patients::{Patient, Problem};
use domain::record::Verb;
use domain::visits::{Visit, VisitStatus};
use domain::{ClinicId, Incarnation, RecordId, Scope, SessionId, Zone};
use rusqlite::Connection;
use store::{Act, AuditNote, Context, Draft, Folder, FolderError, Outcome, Store};
use tempfile::TempDir;

/// Into memory where that is a file system: nothing here has to outlive a power cut.
fn memory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { memory } else { std::env::temp_dir() }
}

/// The store of one clinic with an administrator and a doctor.
pub struct Clinic {
    folder: TempDir,
    /// The key of the store.
    pub key: StoreKey,
    /// The workstation's key.
    pub signs: SigningKey,
    /// The open store; taken out to close it.
    pub store: Option<Store>,
    /// Chance.
    pub entropy: TestEntropy,
    /// The administrator.
    pub user: RecordId,
    now: u64,
}

impl Clinic {
    /// Founds one.
    pub fn found() -> Self {
        let folder = tempfile::tempdir_in(memory()).unwrap();
        let mut entropy = TestEntropy::new(9);
        let key = StoreKey::random(&mut entropy);
        let seed = Secret::random(&mut entropy);
        let signs = SigningKey::from_seed(seed.clone());
        let store = Store::open(take(folder.path()), &key, &mut |_, _| {}).unwrap();
        let mut clinic = Self {
            folder,
            key,
            signs,
            store: Some(store),
            entropy,
            user: RecordId::derived(b"user"),
            now: 1_795_314_660_000,
        };
        clinic.fill(&seed);
        clinic
    }

    /// The one that was founded at `folder`, which stays when this value ends; `start` sets its chances and its time
    /// apart from those of other starts.
    pub fn at(folder: &Path, start: u64) -> Self {
        let mut entropy = TestEntropy::new(9);
        let key = StoreKey::random(&mut entropy);
        let signs = SigningKey::from_seed(Secret::random(&mut entropy));
        let store = Store::open(take(folder), &key, &mut |_, _| {}).unwrap();
        let now = 1_795_314_660_000 + (start + 1) * 1_000_000;
        let folder = tempfile::tempdir_in(memory()).unwrap();
        Self {
            folder,
            key,
            signs,
            store: Some(store),
            entropy: TestEntropy::new(1_000 + start),
            user: RecordId::derived(b"user"),
            now,
        }
    }

    fn fill(&mut self, seed: &Secret<32>) {
        let user = |name: &str, role| User {
            name: Some(name.into()),
            role: Some(role),
            active: Some(true),
            ..User::default()
        };
        let organisation = Organisation { name: Some("University Clinic".into()), ..Organisation::default() };
        let site = Site { name: Some("Main Campus".into()), ..Site::default() };
        let drafts = vec![
            Draft::make(Verb::Create, RecordId::derived(b"clinic"), None, &organisation),
            Draft::make(Verb::Create, RecordId::derived(b"site"), None, &site),
            Draft::make(Verb::Create, self.user, None, &user("Maria Reyes", Role::Administrator)),
            Draft::make(Verb::Create, doctor(), None, &user("Ana Cruz", Role::Doctor)),
        ];
        self.act(|act, _| {
            act.set_local("clinic", ClinicId::derived(b"c").0.as_bytes()).unwrap();
            act.set_local("workstation_key", seed.expose()).unwrap();
            act.set_local("incarnation", Incarnation::derived(b"i").0.as_bytes()).unwrap();
        });
        self.write(drafts);
    }

    /// Runs `body` in one act and commits it.
    pub fn act<O>(&mut self, body: impl FnOnce(&Act, &mut TestEntropy) -> O) -> O {
        let act = self.store.as_mut().unwrap().act().unwrap();
        let answer = body(&act, &mut self.entropy);
        act.commit().unwrap();
        answer
    }

    /// Writes `drafts` in `act` without committing it.
    pub fn write_in(
        act: &Act,
        entropy: &mut TestEntropy,
        who: (RecordId, &SigningKey),
        now: u64,
        drafts: Vec<Draft>,
    ) {
        act.write(&context(who, now), entropy, drafts).unwrap();
    }

    /// Writes `drafts` of the administrator.
    pub fn write(&mut self, drafts: Vec<Draft>) {
        self.write_as(self.user, drafts);
    }

    /// Writes `drafts` of `author`.
    pub fn write_as(&mut self, author: RecordId, drafts: Vec<Draft>) {
        let (signs, now) = (self.signs.clone(), self.tick());
        self.act(|act, entropy| Self::write_in(act, entropy, (author, &signs), now, drafts));
    }

    /// The next moment.
    pub fn tick(&mut self) -> u64 {
        self.now += 1000;
        self.now
    }

    /// Registers somebody.
    pub fn register(&mut self, family: &str) -> RecordId {
        let id = RecordId::derived(family.as_bytes());
        self.write(vec![registration(id, family)]);
        id
    }

    /// Adds an entry to the trail.
    pub fn note(&mut self, action: &str) {
        let (note, signs) = (entry(self.user, self.tick(), action), self.signs.clone());
        self.act(|act, entropy| act.audit(&signs, entropy, note).unwrap());
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The store closes and everything is in its one file.
    pub fn close(&mut self) {
        drop(self.store.take());
    }

    /// The store opens again.
    pub fn open(&mut self) {
        self.store = Some(Store::open(take(self.folder.path()), &self.key, &mut |_, _| {}).unwrap());
    }

    /// Everything in the data folder becomes what `aside` holds; the store is closed.
    pub fn put_back(&mut self, aside: &Path) {
        self.close();
        for file in fs::read_dir(self.folder()).unwrap().map(Result::unwrap) {
            fs::remove_file(file.path()).unwrap();
        }
        copy(aside, self.folder());
    }

    /// A connection of somebody who has the key and does not go through the write path.
    pub fn intruder(&self) -> Connection {
        let connection = Connection::open(self.folder.path().join("clinic.db")).unwrap();
        connection.execute_batch(&format!("pragma key = \"x'{}'\";", *self.key.pragma())).unwrap();
        connection
    }
}

/// Takes hold of a folder. A child of another test holds what is open for a moment, until it is a program of its own.
pub fn take(folder: &Path) -> Folder {
    for _ in 0..10_000 {
        match Folder::take(folder) {
            Err(FolderError::InUse) => std::thread::yield_now(),
            taken => return taken.unwrap(),
        }
    }
    Folder::take(folder).unwrap()
}

/// Copies the files of one folder into another.
pub fn copy(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

/// The doctor.
pub fn doctor() -> RecordId {
    RecordId::derived(b"doctor")
}

/// What all ops of an act of `who` at `now` have in common.
pub fn context<'a>(who: (RecordId, &'a SigningKey), now: u64) -> Context<'a> {
    Context {
        clinic: ClinicId::derived(b"c"),
        incarnation: Incarnation::derived(b"i"),
        clinic_scope: Scope::derived(b"clinic"),
        site_scope: Scope::derived(b"site"),
        site: RecordId::derived(b"site"),
        author: who.0,
        session: SessionId::derived(b"session"),
        key: Some(who.1),
        now,
        wall: Zone::named("Asia/Manila").unwrap().instant(now),
        app: "0.0.0",
    }
}

/// The registration of somebody.
pub fn registration(id: RecordId, family: &str) -> Draft {
    let patient = Patient {
        family: Some(family.into()),
        given: Some("Ana".into()),
        birth_date: "1999-07-14".parse().ok(),
        ..Patient::default()
    };
    Draft::make(Verb::Create, id, Some(id), &patient)
}

/// A problem of somebody.
pub fn problem(id: RecordId, patient: RecordId) -> Draft {
    let problem = Problem { patient: Some(patient), name: Some("asthma".into()), ..Problem::default() };
    Draft::make(Verb::Create, id, Some(patient), &problem)
}

/// A visit of somebody, who has arrived.
pub fn visit(id: RecordId, patient: RecordId) -> Draft {
    let visit = Visit { patient: Some(patient), status: Some(VisitStatus::Arrived), ..Visit::default() };
    Draft::make(Verb::Create, id, Some(patient), &visit)
}

/// An entry about `action`.
pub fn entry(user: RecordId, now: u64, action: &str) -> AuditNote {
    AuditNote {
        now,
        wall: Zone::named("Asia/Manila").unwrap().instant(now),
        session: None,
        user: Some(user),
        role: Some("administrator".into()),
        action: action.into(),
        object: Some(RecordId::derived(action.as_bytes())),
        patient: None,
        outcome: Outcome::Done,
        reason: None,
        detail: Some(domain::Value::text(action)),
    }
}
