//! The audit trail of this workstation: entries are leaves of its own Merkle log, whose heads are
//! signed; what an entry says in detail stands apart under a salted digest.

use std::cmp::Ordering;
use std::collections::{BTreeMap, VecDeque};

use crypto::audit::{self, AuditEntry, Detail};
use crypto::certify::KeyCertificate;
use crypto::{Entropy, Frontier, Head, Signed, SigningKey, sha256};
use domain::wire::{Bytes, Message, Wire};
use domain::{ClinicId, Digest, Hlc, Incarnation, Instant, RecordId, SessionId};
use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::act::Act;
use crate::beside::Last;
use crate::row::{Col, stamp, unstamp};
use crate::stranded::{TRAILS, TRAILS_END};

/// What somebody did, before the trail gives it its place.
#[derive(Clone, Debug)]
pub struct AuditNote {
    /// When, in milliseconds since 1970.
    pub now: u64,
    /// When, on the wall.
    pub wall: Instant,
    /// The session.
    pub session: Option<SessionId>,
    /// The person.
    pub user: Option<RecordId>,
    /// Their role.
    pub role: Option<String>,
    /// What they did: the command's name.
    pub action: String,
    /// To which record.
    pub object: Option<RecordId>,
    /// About whom.
    pub patient: Option<RecordId>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why, in their words.
    pub reason: Option<String>,
    /// More, which can be erased without breaking the log.
    pub detail: Option<domain::Value>,
}

/// An entry with what it says in detail.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditDetail {
    /// The entry.
    pub row: AuditRow,
    /// More, where it was not erased.
    pub detail: Option<domain::Value>,
}

/// How an act ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused with this code.
    Refused(String),
}

/// A row of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place, from 1; that of an installation before this one at zero or below.
    pub seq: i64,
    /// Wall time with offset.
    pub wall: String,
    /// The person.
    pub user: Option<RecordId>,
    /// Their role then.
    pub role: Option<String>,
    /// What they did.
    pub action: String,
    /// To which record.
    pub object: Option<RecordId>,
    /// About whom.
    pub patient: Option<RecordId>,
    /// `done`, or the refusal's code.
    pub outcome: String,
    /// Why.
    pub reason: Option<String>,
    /// How often, where one entry stands for several tries.
    pub times: Option<u64>,
}

/// Which entries of the trail are asked for; nothing said means all.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditSearch<'a> {
    /// About one patient.
    pub patient: Option<RecordId>,
    /// One person's work.
    pub user: Option<RecordId>,
    /// One sort of act.
    pub action: Option<&'a str>,
    /// Only what was refused.
    pub refused: bool,
    /// From this day on where it was written, `2026-11-22`.
    pub from: Option<&'a str>,
    /// To this day.
    pub until: Option<&'a str>,
    /// Before this place.
    pub before: Option<i64>,
}

/// The first thing that is wrong with the trail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Tampered {
    /// An entry is missing, out of place, or not what was written.
    #[error("entry {0} is missing or out of place")]
    Entry(u64),
    /// The columns of an entry do not say what its signed bytes say.
    #[error("entry {0} was changed")]
    Changed(u64),
    /// The detail of an entry is not what was written.
    #[error("the detail of entry {0} was changed")]
    Detail(u64),
    /// What stands as a signed head over so many entries is none.
    #[error("the head over {0} entries was not signed here")]
    Head(u64),
    /// Entries are not those that were vouched for.
    #[error("an entry after {from} and up to {to} was changed")]
    Between {
        /// The size of the last head that holds.
        from: u64,
        /// The size of the first that does not.
        to: u64,
    },
    /// The trail ends before a head that was signed.
    #[error("the trail ends at entry {0}, before a head that was signed")]
    Short(u64),
}

/// Size and root of each head; of a false one its size.
type Heads = Vec<Result<(u64, Digest), u64>>;

/// One trail on its way through the check.
#[derive(Default)]
struct Walk {
    log: Frontier,
    clock: Hlc,
    /// The size of the last head that holds.
    held: u64,
    heads: VecDeque<Result<(u64, Digest), u64>>,
}

impl Walk {
    /// One that `heads` vouch for, in order of size.
    fn of(heads: Heads) -> Self {
        Self { heads: heads.into(), ..Self::default() }
    }

    /// Goes on by `entry`, whose bytes are `bytes` and whose columns are those of `row`.
    fn follow(
        &mut self,
        row: &Row,
        bytes: &[u8],
        entry: AuditEntry,
    ) -> Result<Result<(), Tampered>, StoreError> {
        let seq = self.log.size() + 1;
        if entry.seq != seq || entry.hlc <= self.clock {
            return Ok(Err(Tampered::Entry(seq)));
        }
        self.clock = entry.hlc;
        let id = |column| -> Result<Option<RecordId>, StoreError> {
            Ok(row.get::<_, Option<Col<RecordId>>>(column)?.map(|column| column.0))
        };
        let said = (id(2)?, row.get(3)?, id(4)?, id(5)?, row.get(6)?, row.get(8)?);
        let written =
            (entry.user, entry.action, entry.object, entry.patient, entry.outcome, stamp(entry.hlc));
        if said != written {
            return Ok(Err(Tampered::Changed(seq)));
        }
        // An erased detail leaves its digest; one that is there must fit it.
        let detail: Option<Vec<u8>> = row.get(7)?;
        if detail.is_some_and(|detail| Some(sha256(&[&detail])) != entry.digest) {
            return Ok(Err(Tampered::Detail(seq)));
        }
        self.log.append(bytes);
        while let Some(Ok((size, root))) = self.heads.front().copied() {
            if size != seq {
                break;
            }
            if root != self.log.root() {
                return Ok(Err(Tampered::Between { from: self.held, to: seq }));
            }
            self.held = seq;
            self.heads.pop_front();
        }
        Ok(Ok(()))
    }

    /// What is wrong with its end.
    fn end(self) -> Option<Tampered> {
        self.heads.front().map(|head| match head {
            Ok(_) => Tampered::Short(self.log.size()),
            Err(size) => Tampered::Head(*size),
        })
    }
}

/// A head is signed at least each time that so many entries were added.
const ENTRIES_A_HEAD: u64 = 100;

impl Act<'_> {
    /// Adds an entry to the trail.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn audit(
        &self,
        key: &SigningKey,
        entropy: &mut dyn Entropy,
        note: AuditNote,
    ) -> Result<(), StoreError> {
        self.open_gate()?;
        let log = self.audit_frontier()?;
        let seq = log.size() + 1;
        let detail = note.detail.map(|value| Detail::new(entropy, value));
        let entry = AuditEntry {
            v: audit::FORMAT,
            workstation: Incarnation(self.local_id("incarnation")?),
            seq,
            hlc: Hlc::tick(self.last_audit()?, note.now),
            wall: note.wall.to_string(),
            session: note.session,
            user: note.user,
            role: note.role,
            action: note.action,
            object: note.object,
            patient: note.patient,
            outcome: match note.outcome {
                Outcome::Done => "done".to_owned(),
                Outcome::Refused(code) => code,
            },
            reason: note.reason,
            digest: detail.as_ref().map(Detail::digest),
        };
        let (bytes, detail) = (entry.to_bytes(), detail.as_ref().map(Message::to_bytes));
        let (trail, beside) = (Some(Bytes(bytes.clone())), detail.clone().map(Bytes));
        let last = Last { v: 1, entry: None, session: None, trail, detail: beside };
        self.follow_with(entropy, &last);
        self.keep_audit(log, &entry, &bytes, detail.as_deref())?;
        if seq.is_multiple_of(ENTRIES_A_HEAD) {
            self.sign_audit(key, entry.hlc)?;
        }
        Ok(())
    }

    /// Adds `entry`, whose bytes are `bytes`, to the trail, which amounts to `log` so far.
    pub(crate) fn keep_audit(
        &self,
        mut log: Frontier,
        entry: &AuditEntry,
        bytes: &[u8],
        detail: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        log.append(bytes);
        self.transaction
            .prepare_cached(
                "insert into audit (seq, entry, hlc, user, action, object, patient, outcome, detail)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                entry.seq.cast_signed(),
                bytes,
                stamp(entry.hlc),
                entry.user.map(Col),
                entry.action,
                entry.object.map(Col),
                entry.patient.map(Col),
                entry.outcome,
                detail,
            ])?;
        self.transaction
            .prepare_cached("insert or replace into audit_log (one, size, frontier) values (1, ?1, ?2)")?
            .execute(params![log.size().cast_signed(), log.to_bytes()])?;
        Ok(())
    }

    /// The stamp of the last entry.
    fn last_audit(&self) -> Result<Hlc, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("select hlc from audit order by seq desc limit 1")?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?.map(unstamp).unwrap_or_default())
    }

    fn local_id(&self, name: &str) -> Result<uuid::Uuid, StoreError> {
        let bytes = self.local(name)?.ok_or(StoreError::Damaged("place"))?;
        uuid::Uuid::from_slice(&bytes).map_err(|_| StoreError::Damaged("place"))
    }

    /// Signs the head of the trail as it stands: at lock, before a backup and with each certificate.
    /// Returns the signed head, for a place outside the store.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn sign_audit(&self, key: &SigningKey, hlc: Hlc) -> Result<Vec<u8>, StoreError> {
        let log = self.audit_frontier()?;
        let (clinic, incarnation) = (self.local_id("clinic")?, self.local_id("incarnation")?);
        let head = Head::audit(ClinicId(clinic), Incarnation(incarnation), &log, hlc);
        let bytes = domain::cbor::encode(&Signed::new(key, &head).to_value());
        self.transaction
            .prepare_cached("insert or replace into audit_head (size, bytes) values (?1, ?2)")?
            .execute(params![log.size().cast_signed(), bytes])?;
        Ok(bytes)
    }

    /// The place that the next entry gets.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn next_audit(&self) -> Result<u64, StoreError> {
        Ok(self.audit_frontier()?.size() + 1)
    }

    pub(crate) fn audit_frontier(&self) -> Result<Frontier, StoreError> {
        let bytes: Option<Vec<u8>> = self
            .transaction
            .prepare_cached("select frontier from audit_log where one = 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        match bytes {
            Some(bytes) => Frontier::from_bytes(&bytes).map_err(|_| StoreError::Damaged("audit frontier")),
            None => Ok(Frontier::default()),
        }
    }

    /// Checks the whole trail: every entry, its place, its columns, its detail and every signed head,
    /// the marks of the last commit and the head that was kept `outside` among them; and the trails of installations before
    /// this one, each up to the head under which it ended. Returns the number of entries and heads of this one.
    ///
    /// # Errors
    /// The first thing that is wrong, or [`StoreError`].
    pub fn verify_audit(
        &self,
        public: &[u8; 32],
        outside: Option<(u64, Digest)>,
    ) -> Result<Result<(u64, u64), Tampered>, StoreError> {
        let own = Incarnation(self.local_id("incarnation")?);
        let mut former = 0;
        let mut walks = BTreeMap::new();
        for head in self.former_heads()? {
            let head = match head {
                Ok(head) => head,
                Err(size) => return Ok(Err(Tampered::Head(size))),
            };
            former += head.size.cast_signed();
            walks.insert(head.incarnation, Walk::of(vec![Ok((head.size, head.root))]));
        }
        let (heads, signed) = self.audit_heads(public, outside)?;
        walks.insert(own, Walk::of(heads));
        let mut statement = self.transaction.prepare(
            "select seq, entry, user, action, object, patient, outcome, detail, hlc from audit order by seq",
        )?;
        let mut rows = statement.query([])?;
        // Where the next entry of an installation before this one stands, and which number the next one has.
        let (mut place, mut next) = (1 - former, 1);
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            if seq == 1 {
                next = 1;
            }
            let bytes: Vec<u8> = row.get(1)?;
            let Ok(entry) = AuditEntry::from_bytes(&bytes) else { return Ok(Err(Tampered::Entry(next))) };
            let is_own = entry.workstation == own;
            let stands = if is_own { entry.seq.cast_signed() } else { place.min(0) };
            let Some(walk) = walks.get_mut(&entry.workstation).filter(|_| seq == stands) else {
                return Ok(Err(Tampered::Entry(next)));
            };
            if let Err(tampered) = walk.follow(row, &bytes, entry)? {
                return Ok(Err(tampered));
            }
            (place, next) = (place + 1, walk.log.size() + 1);
        }
        let mine = walks.remove(&own).unwrap_or_default();
        let (log, held, written) = (mine.log.clone(), mine.held, self.audit_frontier()?);
        if let Some(tampered) = walks.into_values().chain([mine]).find_map(Walk::end) {
            return Ok(Err(tampered));
        }
        let size = log.size();
        Ok(match written.size().cmp(&size) {
            Ordering::Greater => Err(Tampered::Short(size)),
            Ordering::Less => Err(Tampered::Entry(written.size() + 1)),
            Ordering::Equal if written != log => Err(Tampered::Between { from: held, to: size }),
            Ordering::Equal => Ok((size, signed)),
        })
    }

    /// The head under which the trail of each installation before this one ended; of one that it did not sign its size.
    fn former_heads(&self) -> Result<Vec<Result<Head, u64>>, StoreError> {
        let mut statement =
            self.transaction.prepare("select value from local where name >= ?1 and name < ?2")?;
        let kept = statement.query_map([TRAILS, TRAILS_END], |row| row.get::<_, Vec<u8>>(0))?;
        let mut heads = Vec::new();
        for bytes in kept {
            let signed = Signed::<Head>::from_bytes(&bytes?).map_err(|_| StoreError::Damaged("head"))?;
            let claimed = signed.claimed().map_err(|_| StoreError::Damaged("head"))?;
            let known = self.peer(claimed.incarnation)?;
            let key = known.and_then(|bytes| KeyCertificate::from_bytes(&bytes).ok()?.signs_with);
            heads.push(key.and_then(|key| signed.open(&key).ok()).ok_or(claimed.size));
        }
        Ok(heads)
    }

    /// Size and root of each signed head, and of what was kept `outside`, in order of size; a false one as its size.
    /// Also how many were signed.
    fn audit_heads(
        &self,
        public: &[u8; 32],
        outside: Option<(u64, Digest)>,
    ) -> Result<(Heads, u64), StoreError> {
        let mut statement = self.transaction.prepare("select size, bytes from audit_head order by size")?;
        let mut rows = statement.query([])?;
        let mut heads = Vec::new();
        while let Some(row) = rows.next()? {
            let size = row.get::<_, i64>(0)?.unsigned_abs();
            let bytes: Vec<u8> = row.get(1)?;
            let head = open_head(public, &bytes).filter(|head| head.size == size);
            heads.push(head.map(|head| (head.size, head.root)).ok_or(size));
        }
        let signed = heads.len() as u64;
        // Of nothing there is no entry at which it could be met.
        if let Some(outside) = outside.filter(|outside| outside.0 > 0 && !heads.contains(&Ok(*outside))) {
            heads.push(Ok(outside));
        }
        heads.sort_by_key(|head| head.as_ref().map_or_else(|size| *size, |(size, _)| *size));
        Ok((heads, signed))
    }

    /// At most `limit` rows of the trail, latest first: those that `search` asks for.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn audit_rows(&self, search: &AuditSearch, limit: usize) -> Result<Vec<AuditRow>, StoreError> {
        let AuditSearch { patient, user, action, refused, from, until, before } = *search;
        let mut statement = self.transaction.prepare_cached(
            "select entry, case when action = 'sign_in' then detail end, hlc, seq from audit
             where (?1 is null or patient = ?1) and (?2 is null or user = ?2) and (?3 is null or action = ?3)
             and (not ?4 or outcome <> 'done') and seq < ?5
             order by seq desc",
        )?;
        let before = before.unwrap_or(i64::MAX);
        // No place begins a day earlier than this.
        let began = from.and_then(|from| format!("{from}T00:00:00+14:00").parse::<Instant>().ok());
        let began = began.map(|began| u64::try_from(began.milliseconds()).unwrap_or_default());
        let mut found = statement.query(params![patient.map(Col), user.map(Col), action, refused, before])?;
        let mut rows = Vec::new();
        while let Some(entry) = found.next()? {
            let row = read_row(&entry.get::<_, Vec<u8>>(0)?)?;
            let hlc = entry.get(2)?;
            let day = row.wall.get(..10).unwrap_or_default();
            // The stamps only rise, and no entry's wall is ahead of its stamp; days fall where a clock was put right.
            if rows.len() == limit || began.is_some_and(|began| unstamp(hlc).milliseconds() < began) {
                break;
            }
            if from.is_some_and(|from| day < from) || until.is_some_and(|until| day > until) {
                continue;
            }
            let detail =
                entry.get::<_, Option<Vec<u8>>>(1)?.and_then(|bytes| Detail::from_bytes(&bytes).ok());
            let times = detail.as_ref().and_then(|detail| u64::from_value(detail.value.get("times")?));
            rows.push(AuditRow { times, seq: entry.get(3)?, ..row });
        }
        Ok(rows)
    }

    /// The entries about `action` on `object` of `patient` that were done, oldest first, with their details.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn audit_details(
        &self,
        action: &str,
        object: RecordId,
        patient: RecordId,
    ) -> Result<Vec<AuditDetail>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select entry, detail from audit
             where patient = ?3 and object = ?1 and action = ?2 and outcome = 'done' order by seq",
        )?;
        let mut found = statement.query(params![Col(object), action, Col(patient)])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let detail =
                row.get::<_, Option<Vec<u8>>>(1)?.map(|bytes| Detail::from_bytes(&bytes)).transpose();
            let detail = detail.map_err(|_| StoreError::Damaged("audit detail"))?;
            let row = read_row(&row.get::<_, Vec<u8>>(0)?)?;
            rows.push(AuditDetail { row, detail: detail.map(|detail| detail.value) });
        }
        Ok(rows)
    }
}

fn read_row(bytes: &[u8]) -> Result<AuditRow, StoreError> {
    AuditEntry::from_bytes(bytes).map(AuditRow::from).map_err(|_| StoreError::Damaged("audit entry"))
}

impl From<AuditEntry> for AuditRow {
    fn from(entry: AuditEntry) -> Self {
        Self {
            seq: entry.seq.cast_signed(),
            wall: entry.wall,
            user: entry.user,
            role: entry.role,
            action: entry.action,
            object: entry.object,
            patient: entry.patient,
            outcome: entry.outcome,
            reason: entry.reason,
            times: None,
        }
    }
}

/// The head of these bytes, if the holder of `public` signed it.
fn open_head(public: &[u8; 32], bytes: &[u8]) -> Option<Head> {
    let signed = Signed::<Head>::from_value(&domain::cbor::decode(bytes).ok()?)?;
    signed.open(public).ok()
}
