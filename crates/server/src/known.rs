//! What admission looks up: the ops of the records that a push touches, of its authors and of whoever
//! vouches for them, read beforehand.

use std::collections::{BTreeMap, BTreeSet, btree_map};

use crypto::Signed;
use crypto::certify::{KeyCertificate, LONGEST_CHAIN, Subject, trust};
use crypto::session::{is_signed, told};
use deadpool_postgres::GenericClient;
use domain::access::{self, Object, Permission, User, allowed};
use domain::addenda::Addendum;
use domain::admit::{Entry, View};
use domain::certificates::{Certificate, Issuer};
use domain::clinic::{Clinic as ClinicRecord, Workstation};
use domain::dental::Procedure;
use domain::fold::fold;
use domain::op::{Body, Header, Op, Transaction};
use domain::record::{Hex, Record};
use domain::session::{self, Session, Told};
use domain::wire::Message;
use domain::{ClinicId, Hlc, Incarnation, OpId, RecordId, Scope, Value, Zone};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::clinic::Clinic;
use crate::database::{column, query};
use crate::log::clamp;
use crate::openings::{self, Opening};
use crate::{Problem, database};

/// The ops that are not quarantined, by record, and who may be believed.
pub(crate) struct Known {
    clinic: ClinicId,
    root: [u8; 32],
    ops: BTreeMap<RecordId, Vec<Op>>,
    trusted: BTreeMap<RecordId, Option<User>>,
    /// The stamps after which each log goes on: of its last op whose stamp was not limited.
    stamps: BTreeMap<(Incarnation, Scope), Hlc>,
    /// The server's time, in milliseconds since 1970.
    now: u64,
    /// The certificates that bear a number.
    bearing: BTreeMap<String, Vec<RecordId>>,
    /// The records of the clinic itself.
    clinics: Vec<RecordId>,
    /// The workstations by their installations.
    workstations: BTreeMap<Incarnation, RecordId>,
    /// What was told of who sat where.
    openings: Vec<Opening>,
    /// What was found of those that were looked at: by installation, number and author.
    told: BTreeMap<(Incarnation, u64, RecordId), Told>,
    /// The last stamp in the installation's other logs when one was said: by installation and number.
    beside: BTreeMap<(Incarnation, u64), Option<Hlc>>,
}

/// Reads what `entries` of one question, judged at `now`, rest on; and what is known of `persons`.
pub(crate) async fn load(
    client: &impl GenericClient,
    clinic: &Clinic,
    entries: &[&Entry],
    persons: impl Iterator<Item = RecordId>,
    now: u64,
) -> Result<Known, Problem> {
    let fresh = || entries.iter().flat_map(|entry| &entry.ops);
    let mut wanted: BTreeSet<RecordId> = fresh().map(|op| op.header.record).collect();
    wanted.extend(entries.iter().map(|entry| entry.transaction.author));
    wanted.extend(fresh().flat_map(mentioned));
    wanted.extend(persons);
    let workstations = workstations(client, entries).await?;
    let mut clinics = Vec::new();
    if fresh().any(|op| op.header.kind == Certificate::KIND.name) {
        let sql = "select id from record where kind = $1 order by id";
        let rows = query(client, sql, &[&ClinicRecord::KIND.name]).await?;
        let ids: Result<_, Problem> = rows.iter().map(|row| Ok(RecordId(row.try_get("id")?))).collect();
        clinics = ids?;
        // Of whose block a number is.
        wanted.extend(workstations.values());
        wanted.extend(&clinics);
    }
    let mut known = read(client, clinic, wanted).await?;
    (known.now, known.clinics, known.workstations) = (now, clinics, workstations);
    for ((incarnation, scope), first) in firsts(entries) {
        known.stamps.extend(stamp(client, incarnation, scope, first, now).await?);
        known.tell(openings::known(client, incarnation, scope, first).await?);
    }
    let numbers: Vec<&str> = fresh().filter_map(number).collect();
    let sql = "select id, state -> 'fields' -> 'number' ->> 'value' as number from record
               where kind = 'certificate' and state -> 'fields' -> 'number' ->> 'value' = any($1)";
    for row in query(client, sql, &[&numbers]).await? {
        known.bearing.entry(row.try_get("number")?).or_default().push(RecordId(row.try_get("id")?));
    }
    Ok(known)
}

/// The workstations that have written `entries`, by their installations.
async fn workstations(
    client: &impl GenericClient,
    entries: &[&Entry],
) -> Result<BTreeMap<Incarnation, RecordId>, Problem> {
    let incarnations: BTreeSet<_> = entries.iter().map(|entry| entry.transaction.incarnation.0).collect();
    let incarnations: Vec<_> = incarnations.into_iter().collect();
    let sql = "select incarnation, record from workstation where incarnation = any($1)";
    let rows = query(client, sql, &[&incarnations]).await?;
    let read = |row: &Row| Ok((Incarnation(row.try_get("incarnation")?), RecordId(row.try_get("record")?)));
    rows.iter().map(read).collect()
}

/// The first new op of each log of `entries`.
fn firsts(entries: &[&Entry]) -> BTreeMap<(Incarnation, Scope), u64> {
    let mut firsts: BTreeMap<(Incarnation, Scope), u64> = BTreeMap::new();
    for Transaction { incarnation, scope, first, .. } in entries.iter().map(|entry| &entry.transaction) {
        let known = firsts.entry((*incarnation, *scope)).or_insert(*first);
        *known = (*known).min(*first);
    }
    firsts
}

/// The stamp after which a log goes on at the op `first`. What was not limited, since the server's clock ran ahead then too,
/// is passed over.
async fn stamp(
    client: &impl GenericClient,
    incarnation: Incarnation,
    scope: Scope,
    first: u64,
    now: u64,
) -> Result<Option<((Incarnation, Scope), Hlc)>, Problem> {
    let sql = "select op.header
               from op join tx on tx.incarnation = op.incarnation and tx.scope = op.scope and tx.first = op.first
               where op.incarnation = $1 and op.scope = $2 and op.seq < $3 and tx.clamp is null
               order by op.seq desc limit $4";
    for most in [1, AHEAD] {
        for row in query(client, sql, &[&incarnation.0, &scope.0, &database::number(first), &most]).await? {
            let header =
                Header::from_bytes(row.try_get("header")?).map_err(|_| Problem::Damaged("header"))?;
            if !header.hlc.is_far_ahead_of(now) {
                return Ok(Some(((incarnation, scope), header.hlc)));
            }
        }
    }
    Ok(None)
}

/// So many ops are looked at that were written under a clock that ran ahead.
const AHEAD: i64 = 10_000;

/// Reads what is known of one person and of whoever vouches for them.
pub(crate) async fn of(
    client: &impl GenericClient,
    clinic: &Clinic,
    person: RecordId,
) -> Result<Known, Problem> {
    read(client, clinic, [person].into()).await
}

/// Whether the records permit `permission` to this person now.
pub(crate) async fn may(
    client: &impl GenericClient,
    clinic: &Clinic,
    person: RecordId,
    permission: Permission,
    now: u64,
) -> Result<bool, Problem> {
    let mut known = of(client, clinic, person).await?;
    let Some(user) = known.trust(person) else { return Ok(false) };
    let today = Zone::named("UTC").map(|zone| zone.day(&zone.instant(now)));
    let subject = access::Subject::of(person, user, today.map_err(|_| Problem::Damaged("time zone"))?);
    Ok(allowed(&subject, permission, Object::default()).is_ok())
}

/// Reads `wanted`, what they mention, and so on.
async fn read(
    client: &impl GenericClient,
    clinic: &Clinic,
    mut wanted: BTreeSet<RecordId>,
) -> Result<Known, Problem> {
    let mut known = Known {
        clinic: clinic.id,
        root: clinic.root,
        ops: BTreeMap::new(),
        trusted: BTreeMap::new(),
        stamps: BTreeMap::new(),
        now: 0,
        bearing: BTreeMap::new(),
        clinics: Vec::new(),
        workstations: BTreeMap::new(),
        openings: Vec::new(),
        told: BTreeMap::new(),
        beside: BTreeMap::new(),
    };
    while !wanted.is_empty() {
        let ids: Vec<_> = wanted.iter().map(|record| record.0).collect();
        known.ops.extend(wanted.iter().map(|record| (*record, Vec::new())));
        let sql = "select op.header, op.body, tx.clamp
                   from op join tx on tx.incarnation = op.incarnation and tx.scope = op.scope and tx.first = op.first
                   where op.record = any($1) and tx.verdict <> 'quarantined'";
        let mut next = BTreeSet::new();
        for row in query(client, sql, &[&ids]).await? {
            let op = op(&row)?;
            next.extend(mentioned(&op).into_iter().filter(|record| !known.ops.contains_key(record)));
            known.ops.entry(op.header.record).or_default().push(op);
        }
        wanted = next;
    }
    Ok(known)
}

fn op(row: &Row) -> Result<Op, Problem> {
    let body: Option<&[u8]> = row.try_get("body")?;
    Ok(Op {
        header: Header::from_bytes(row.try_get("header")?).map_err(|_| Problem::Damaged("header"))?,
        body: body.map(Body::from_bytes).transpose().map_err(|_| Problem::Damaged("body"))?,
        clamp: clamp(row)?,
    })
}

/// The records that an op makes admission look at: who vouches for a person, whom a certificate is about, its template and
/// the key that signs it, the workstation of such a key and its site, what an addendum is added to, who is treated.
fn mentioned(op: &Op) -> Vec<RecordId> {
    let named = |path: &str| op.value(path).and_then(Value::as_text).and_then(|id| id.parse().ok());
    match op.header.kind.as_str() {
        kind if kind == User::KIND.name => {
            let certificate = op.value("certificate").and_then(Value::as_text).map(|hex| Hex(hex.to_owned()));
            let claimed = certificate.and_then(|bytes| certified(&bytes)?.claimed().ok());
            claimed.and_then(|claimed| claimed.by).into_iter().collect()
        }
        kind if kind == Certificate::KIND.name => {
            let fields = ["patient", "template", "issuer"].into_iter().filter_map(named);
            fields.chain(op.header.patient).collect()
        }
        kind if kind == Issuer::KIND.name => named("workstation").into_iter().collect(),
        kind if kind == Workstation::KIND.name => named("site").into_iter().collect(),
        kind if kind == Addendum::KIND.name => named("document").into_iter().collect(),
        // How old they are who are treated decides who has to agree.
        kind if kind == Procedure::KIND.name => {
            named("patient").into_iter().chain(op.header.patient).collect()
        }
        _ => Vec::new(),
    }
}

/// The printed number that an op gives to a certificate.
fn number(op: &Op) -> Option<&str> {
    op.value("number").filter(|_| op.header.kind == Certificate::KIND.name).and_then(Value::as_text)
}

fn certified(bytes: &Hex) -> Option<Signed<KeyCertificate>> {
    Signed::from_bytes(&bytes.bytes()).ok()
}

impl Known {
    /// Adds what was told of who sat where.
    pub(crate) fn tell(&mut self, openings: Vec<Opening>) {
        self.openings.extend(openings);
    }

    /// Looks how late the other logs of its installation were when each of the messages was said. A message may say that
    /// less stood there than earlier ones do.
    pub(crate) async fn look_beside(&mut self, client: &impl GenericClient) -> Result<(), Problem> {
        let sql = "select scope, max(size) as size from opening
                   where incarnation = $1 and scope <> $2 and number <= $3 group by scope";
        for Opening { scope, said, .. } in &self.openings {
            let key: [&(dyn ToSql + Sync); 3] =
                [&said.incarnation.0, &scope.0, &database::number(said.number)];
            let mut sizes: BTreeMap<Scope, u64> = BTreeMap::new();
            for row in query(client, sql, &key).await? {
                sizes.insert(Scope(row.try_get("scope")?), column(&row, "size")?);
            }
            for log in said.logs.iter().filter(|log| log.scope != *scope) {
                let size = sizes.entry(log.scope).or_default();
                *size = log.size.max(*size);
            }
            for (other, size) in sizes {
                let known = stamp(client, said.incarnation, other, size.saturating_add(1), self.now).await?;
                let beside = self.beside.entry((said.incarnation, said.number)).or_default();
                *beside = (*beside).max(known.map(|(_, stamp)| stamp));
            }
        }
        Ok(())
    }

    /// What had been said last, before `transaction` was written, of who sits at its installation; `author` is the
    /// public key of who wrote it.
    pub(crate) fn told(&mut self, transaction: &Transaction, author: Option<&[u8; 32]>) -> Option<Told> {
        let theirs = |opening: &&Opening| opening.said.incarnation == transaction.incarnation;
        let openings: Vec<_> = self.openings.iter().filter(theirs).collect();
        let places = openings.iter().map(|opening| (opening.scope, &opening.said));
        let opening = openings.get(session::before(places, transaction.scope, transaction.first)?)?;
        let key = (transaction.incarnation, opening.said.number, transaction.author);
        Some(match self.told.entry(key) {
            btree_map::Entry::Occupied(known) => known.get().clone(),
            btree_map::Entry::Vacant(place) => place.insert(told(&opening.signed, author).ok()?).clone(),
        })
    }

    /// Whether the person whom it names signed `opening`, by a key that somebody vouches for, or by that of a record which
    /// `entries` make.
    pub(crate) fn is_theirs(&mut self, opening: &Opening, entries: &[&Entry]) -> bool {
        let person = opening.said.user;
        let key = match self.trust(person) {
            Some(user) => array(user.signs_with.as_ref()),
            None => {
                let made = entries.iter().flat_map(|entry| &entry.ops);
                let made = made.filter(|op| op.header.record == person && op.header.kind == User::KIND.name);
                let made: Vec<Op> = made.cloned().collect();
                array(fold(User::KIND, person, &made).record::<User>().signs_with.as_ref())
            }
        };
        is_signed(&opening.signed, key.as_ref())
    }

    /// From now on the log of `entry`, whose stamps were not limited, goes on after it.
    pub(crate) fn goes_on(&mut self, entry: &Entry) {
        let Transaction { incarnation, scope, .. } = entry.transaction;
        if let Some(op) = entry.ops.last() {
            self.stamps.insert((incarnation, scope), op.header.hlc);
        }
    }

    /// The person, when their keys and role are what somebody who may has certified, up to the root.
    pub(crate) fn trust(&mut self, person: RecordId) -> Option<&User> {
        if !self.trusted.contains_key(&person) {
            let user = self.person(person).filter(|user| self.is_certified(person, user));
            self.trusted.insert(person, user);
        }
        self.trusted.get(&person).and_then(Option::as_ref)
    }

    /// As [`Known::trust`], of whom the first transaction of a clinic makes its own author.
    pub(crate) fn founder(&self, entry: &Entry) -> Option<User> {
        let author = entry.transaction.author;
        let own: Vec<Op> = entry.ops.iter().filter(|op| op.header.record == author).cloned().collect();
        let founds = entry.transaction.first == 1 && self.person(author).is_none();
        let user: User = fold(User::KIND, author, &own).record();
        Some(user).filter(|user| founds && self.is_certified(author, user))
    }

    /// Adds the ops of a transaction that was let in.
    pub(crate) fn add(&mut self, ops: &[Op]) {
        for op in ops {
            if op.header.kind == User::KIND.name {
                self.trusted.clear();
                self.told.clear();
            }
            if op.header.kind == ClinicRecord::KIND.name && op.header.verb.makes() {
                self.clinics.push(op.header.record);
            }
            if let Some(number) = number(op) {
                self.bearing.entry(number.to_owned()).or_default().push(op.header.record);
            }
            self.ops.entry(op.header.record).or_default().push(op.clone());
        }
    }

    /// What vouches for a key that issues: its person's certificate over it, while they may issue.
    pub(crate) fn vouched(&self, issuer: &Issuer) -> Option<KeyCertificate> {
        let user = self.person(issuer.user?).filter(|user| user.active == Some(true))?;
        let mut chain = self.chain(&user)?;
        chain.push(certified(issuer.certificate.as_ref()?)?);
        trust(&self.root, self.clinic, &chain).ok().filter(|said| said.is_of(issuer))
    }

    fn person(&self, id: RecordId) -> Option<User> {
        let ops = self.ops.get(&id)?;
        let is_user = ops.first()?.header.kind == User::KIND.name;
        is_user.then(|| fold(User::KIND, id, ops).record())
    }

    fn is_certified(&self, id: RecordId, user: &User) -> bool {
        let Some(chain) = self.chain(user) else { return false };
        trust(&self.root, self.clinic, &chain).is_ok_and(|certified| {
            certified.kind == Subject::User
                && certified.subject == id
                && certified.signs_with == array(user.signs_with.as_ref())
                && certified.seals_with == array(user.seals_with.as_ref())
                && certified.role() == user.role
        })
    }

    fn chain(&self, user: &User) -> Option<Vec<Signed<KeyCertificate>>> {
        let mut chain = vec![certified(user.certificate.as_ref()?)?];
        while let Some(by) = chain.first()?.claimed().ok()?.by {
            chain.insert(0, certified(self.person(by)?.certificate.as_ref()?)?);
            if chain.len() > LONGEST_CHAIN {
                return None;
            }
        }
        Some(chain)
    }
}

/// A key of a user's record.
pub(crate) fn array<const N: usize>(hex: Option<&Hex>) -> Option<[u8; N]> {
    hex?.bytes().try_into().ok()
}

impl View for Known {
    /// Whoever is not trusted is nobody.
    fn user(&self, user: RecordId) -> Option<User> {
        self.trusted.get(&user).cloned().flatten()
    }

    fn ops(&self, record: RecordId) -> Vec<Op> {
        self.ops.get(&record).cloned().unwrap_or_default()
    }

    fn stamp_before(&self, op: OpId) -> Option<Hlc> {
        self.stamps.get(&(op.incarnation, op.scope)).copied()
    }

    fn stamp_beside(&self, said: &Session, _: Scope) -> Option<Hlc> {
        self.beside.get(&(said.incarnation, said.number)).copied().flatten()
    }

    /// What came while the server's own clock ran ahead lies ahead of its present time, as what comes now would.
    fn arrived(&self, _: OpId) -> Option<u64> {
        Some(self.now)
    }

    fn clinics(&self) -> Vec<RecordId> {
        self.clinics.clone()
    }

    fn bearing(&self, number: &str) -> Vec<RecordId> {
        self.bearing.get(number).cloned().unwrap_or_default()
    }

    fn workstation(&self, incarnation: Incarnation) -> Option<RecordId> {
        self.workstations.get(&incarnation).copied()
    }
}
