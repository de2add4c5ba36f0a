//! What sync can say for itself: where the records are safe, what waits, what was refused and why.

use domain::access::{Object, Permission, allowed};
use domain::admit::Fault;
use domain::certificates::Certificate;
use domain::record::{Record, Verb};
use domain::wire::Wire;
use domain::{RecordId, cbor};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, Stranded, WAITS};
use ts_rs::TS;

use crate::command::Nothing;
use crate::place::Place;
use crate::records::Names;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sync::forks::{self, ForkedTrail};
use crate::sync::{receipt, rejoin, round};

/// Why rounds with the server do not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SyncTrouble {
    /// The code of the refusal.
    pub code: String,
    /// The server's own code, where it refuses.
    pub reason: Option<String>,
    /// Since when it has been so, with offset.
    pub since: String,
    /// When it was tried last, with offset.
    pub tried: String,
}

/// What sync can say for itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SyncReport {
    /// The server's address.
    pub server: Option<String>,
    /// What waits to be sent, by kind of record, most first.
    pub waiting: Vec<Waiting>,
    /// The server's signed word on what it has.
    pub receipt: Option<ReceiptShown>,
    /// Transactions that are kept outside the records: those written here that the server refused, latest first,
    /// then those of others that it let in and that are not believed here, or that it refused for no reason known here.
    pub refused: Vec<RefusedRow>,
    /// Audit trails of which the server was told two, for whoever may read trails.
    pub forked: Vec<ForkedTrail>,
}

/// Entries that wait to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Waiting {
    /// The kind of record.
    pub kind: String,
    /// How many.
    pub count: u64,
}

/// The server's receipt, its signature checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReceiptShown {
    /// Entries of this workstation that the server has.
    pub entries: u64,
    /// When it said so, with offset.
    pub at: String,
}

/// A transaction that is kept outside the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RefusedRow {
    /// Its place in the local log; of what is stranded its place among that, below zero.
    pub id: i64,
    /// When it was written, with offset.
    pub at: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Whether whoever asks has written it.
    pub mine: bool,
    /// The kind of its first record.
    pub kind: String,
    /// The patient whom it concerns.
    pub patient: Option<RecordId>,
    /// The code of what is wrong with it.
    pub fault: String,
    /// What that names: a field, or why the author may not.
    pub field: Option<String>,
    /// Whether the server let it in, and it is not believed here.
    pub held: bool,
    /// Whether the server refused it, and nothing known here speaks against it.
    pub disputed: bool,
    /// Whether the server never had it: its author writes it again when they sit down, or somebody else in their own name.
    pub stranded: bool,
    /// The number of the paper that it issued, of what is stranded.
    pub number: Option<String>,
    /// Whether another paper bears that number by the records.
    pub number_taken: bool,
    /// Whether somebody has looked at it and set it aside.
    pub aside: bool,
}

/// A refused transaction that somebody has looked at.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// Its place, as it was told.
    pub id: i64,
}

/// More refused transactions than these are not shown one by one.
const MOST_REFUSED: u32 = 500;
const ASIDE: &str = "set_aside";
/// The reason of what is stranded and no question to the server can carry any more.
pub(super) const TOO_LARGE: &str = r#"{"code":"too_large"}"#;

/// Asks for a round now: the thread that does the rounds hears of it.
pub(crate) fn send_now(seat: &mut Seat, _: Nothing) -> Result<Nothing, Refusal> {
    seat.act.local("server")?.ok_or_else(|| Refusal::new(Code::NotAttached))?;
    Ok(Nothing {})
}

/// What sync can say for itself.
pub(crate) fn sync_report(seat: &mut Seat, _: Nothing) -> Result<SyncReport, Refusal> {
    let waiting = seat.act.waiting_by_kind(seat.place.incarnation)?;
    let receipt = receipt::holding(seat.act, seat.place)?.map(|receipt| ReceiptShown {
        entries: receipt.received.iter().map(|received| received.through).sum(),
        at: seat.place.zone.instant(receipt.now).as_str().to_owned(),
    });
    let aside = aside(seat.act)?;
    let mut names = Names::default();
    let mut refused = Vec::new();
    let (let_go, waits): (Vec<_>, Vec<_>) =
        seat.act.stranded(MOST_REFUSED)?.into_iter().partition(|stranded| stranded.let_go);
    for stranded in waits {
        refused.push(stranded_row(seat, &mut names, stranded)?);
    }
    let room = MOST_REFUSED - u32::try_from(refused.len()).unwrap_or(MOST_REFUSED);
    for row in seat.act.quarantined(seat.place.incarnation, room)? {
        let (fault, field) = fault(&row.fault);
        refused.push(RefusedRow {
            id: row.tx,
            at: row.wall,
            author: names.of(seat, Some(row.author))?,
            mine: row.author == seat.sitting.user,
            kind: row.kind,
            patient: row.patient,
            fault,
            field,
            held: row.held,
            disputed: row.disputed,
            stranded: false,
            number: None,
            number_taken: false,
            aside: aside.contains(&row.tx.unsigned_abs()),
        });
    }
    // What somebody has let go takes no place from what nobody has looked at.
    let room = (MOST_REFUSED as usize).saturating_sub(refused.len());
    for stranded in let_go.into_iter().take(room) {
        refused.push(stranded_row(seat, &mut names, stranded)?);
    }
    let reads = allowed(&seat.subject, Permission::AuditRead, Object::default()).is_ok();
    Ok(SyncReport {
        forked: if reads { forks::shown(seat)? } else { Vec::new() },
        server: server(seat.act)?,
        waiting: waiting.into_iter().map(|(kind, count)| Waiting { kind, count }).collect(),
        receipt,
        refused,
    })
}

fn stranded_row(seat: &Seat, names: &mut Names, stranded: Stranded) -> Result<RefusedRow, Refusal> {
    let (fault, field) = fault(stranded.fault.as_deref().unwrap_or(WAITS));
    let first = stranded.ops.first().map(|op| &op.header);
    let paper = stranded.ops.iter().find(|op| op.header.verb == Verb::Sign && op.value("number").is_some());
    let number = paper.and_then(|op| op.value("number")?.as_text().map(ToOwned::to_owned));
    let taken = match &number {
        Some(number) => !seat.act.listed(Certificate::KIND.name, "number", number)?.is_empty(),
        None => false,
    };
    Ok(RefusedRow {
        id: -stranded.place,
        kind: first.map(|header| header.kind.clone()).unwrap_or_default(),
        patient: first.and_then(|header| header.patient),
        at: stranded.transaction.wall.clone(),
        author: names.of(seat, Some(stranded.transaction.author))?,
        mine: stranded.transaction.author == seat.sitting.user,
        fault,
        field,
        held: false,
        disputed: false,
        stranded: true,
        number,
        number_taken: taken,
        aside: stranded.let_go,
    })
}

/// What is stranded under this id, as it was told.
pub(crate) fn stranded_at(act: &Act, id: i64) -> Result<Stranded, Refusal> {
    let not_found = || Refusal::new(Code::NotFound);
    act.stranded_at(id.checked_neg().ok_or_else(not_found)?)?.ok_or_else(not_found)
}

/// Notes that somebody has looked at a refused transaction; it stays where it is. What waits for its author alone, and is
/// refused by no rule, only they or an administrator let go.
pub(crate) fn set_aside(seat: &mut Seat, input: SetAside) -> Result<Nothing, Refusal> {
    if input.id < 0 {
        let stranded = stranded_at(seat.act, input.id)?;
        let theirs = stranded.transaction.author == seat.sitting.user;
        let administers = allowed(&seat.subject, Permission::WorkstationEdit, Object::default()).is_ok();
        if stranded.let_go {
            return Err(Refusal::new(Code::NotFound));
        }
        // The server may have it after all.
        if rejoin::is_reading(seat.act)? {
            return Err(Refusal::new(Code::StoreBehind));
        }
        if !theirs && !administers && stranded.fault.is_none() {
            return Err(Refusal::new(Code::NotAuthor));
        }
        seat.about(None, stranded.ops.first().and_then(|op| op.header.patient));
        seat.act.let_stranded_go(stranded.place)?;
        return Ok(Nothing {});
    }
    let refused = seat.act.quarantined(seat.place.incarnation, MOST_REFUSED)?;
    let row = refused.into_iter().find(|row| row.tx == input.id);
    let row = row.ok_or_else(|| Refusal::new(Code::NotFound))?;
    seat.about(None, row.patient);
    put_aside(seat.act, row.tx)?;
    Ok(Nothing {})
}

/// Notes that somebody has settled what stands at `tx` in the local log.
pub(crate) fn put_aside(act: &Act, tx: i64) -> Result<(), Refusal> {
    let mut list = aside(act)?;
    if !list.contains(&tx.unsigned_abs()) {
        list.push(tx.unsigned_abs());
        act.set_local(ASIDE, &cbor::encode(&list.to_value()))?;
    }
    Ok(())
}

/// How many refused transactions nobody has looked at yet.
pub(crate) fn refused(act: &Act, place: &Place) -> Result<u64, Refusal> {
    let aside = aside(act)?;
    let refused = act.quarantined(place.incarnation, MOST_REFUSED)?;
    let refused = refused.iter().filter(|row| !aside.contains(&row.tx.unsigned_abs())).count();
    Ok(refused as u64 + act.waiting_count()?)
}

/// What goes wrong with the rounds now.
pub(crate) fn trouble(seat: &Seat) -> Result<Option<SyncTrouble>, Refusal> {
    let at = |milliseconds| seat.place.zone.instant(milliseconds).as_str().to_owned();
    Ok(round::trouble(seat.act)?.map(|trouble| SyncTrouble {
        code: trouble.code,
        reason: trouble.reason,
        since: at(trouble.since),
        tried: at(trouble.tried),
    }))
}

/// The server's address.
pub(crate) fn server(act: &Act) -> Result<Option<String>, Refusal> {
    Ok(act.local("server")?.and_then(|bytes| String::from_utf8(bytes).ok()))
}

pub(crate) fn aside(act: &Act) -> Result<Vec<u64>, Refusal> {
    let kept = act.local(ASIDE)?.and_then(|bytes| cbor::decode(&bytes).ok());
    Ok(kept.and_then(|list| Vec::from_value(&list)).unwrap_or_default())
}

/// The code of a fault and what it names.
pub(crate) fn fault(json: &str) -> (String, Option<String>) {
    if json == WAITS {
        return ("stranded".to_owned(), None);
    }
    if json == TOO_LARGE {
        return ("too_large".to_owned(), None);
    }
    let unknown = || ("unknown".to_owned(), None);
    if serde_json::from_str::<Fault>(json).is_err() {
        return unknown();
    }
    let fault: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let text = |name: &str| fault.get(name).and_then(serde_json::Value::as_str).map(ToOwned::to_owned);
    text("code").map_or_else(unknown, |code| (code, text("field")))
}
