//! What a push claims to be, checked before the database is asked anything.

use crypto::log::{EntryBytes, check_entry};
use crypto::{Head, Signed};
use domain::admit::Entry;
use domain::record::Home;
use domain::sync::{LARGEST_OPENING, LARGEST_PUSH, OLDEST, Push};
use domain::wire::Message;
use domain::{Incarnation, Instant, Scope, kinds};

use crate::Problem;
use crate::clinic::Clinic;
use crate::peer::Peer;

/// Whose log a push continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// The asker's own.
    Own,
    /// Another workstation's, which the asker carries.
    Carried,
    /// That of one that was ended, so that nothing of it counts any more.
    Ended,
}

/// A push that belongs together: its ops follow one another and end at its head.
pub(crate) struct Batch {
    /// Whose log it continues.
    pub(crate) incarnation: Incarnation,
    pub(crate) whose: Whose,
    pub(crate) scope: Scope,
    pub(crate) from: u64,
    pub(crate) items: Vec<Item>,
    pub(crate) head: Head,
    pub(crate) signed_head: Vec<u8>,
}

/// A transaction whose digests are right. Its author's signatures were not looked at yet.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) bytes: EntryBytes,
    pub(crate) entry: Entry,
    /// The length of its bytes.
    pub(crate) length: u64,
}

impl Item {
    /// The sequence number of its first op.
    pub(crate) fn first(&self) -> u64 {
        self.entry.transaction.first
    }

    /// The sequence number of its last op.
    pub(crate) fn last(&self) -> u64 {
        self.first() + self.entry.ops.len() as u64 - 1
    }
}

/// Reads a push of the log of `peer`; `None` for one without transactions.
pub(crate) fn read(
    clinic: &Clinic,
    (peer, whose): (&Peer, Whose),
    push: &Push,
    protocol: u64,
) -> Result<Option<Batch>, Problem> {
    if push.scope != clinic.scope && push.scope != peer.site_scope {
        return Err(Problem::ForgedScope);
    }
    let openings = push.openings.as_deref().unwrap_or_default();
    if push.bytes() > LARGEST_PUSH || openings.iter().any(|opening| opening.0.len() > LARGEST_OPENING) {
        return Err(Problem::TooLarge);
    }
    let mut next = push.from;
    let mut items = Vec::with_capacity(push.entries.len());
    for bytes in &push.entries {
        let item = item(&bytes.0, protocol)?;
        fits(clinic, peer, push.scope, next, &item.entry)?;
        next = item.last() + 1;
        items.push(item);
    }
    if items.is_empty() {
        return Ok(None);
    }
    let signed = Signed::<Head>::from_bytes(&push.head.0).map_err(|_| Problem::Malformed)?;
    let head = signed.open(&peer.key).map_err(|_| Problem::FalseSignature)?;
    let expected = Head { size: next - 1, root: head.root, hlc: head.hlc, ..blank(clinic, peer, push.scope) };
    if head != expected {
        return Err(Problem::FalseHead);
    }
    Ok(Some(Batch {
        incarnation: peer.incarnation,
        whose,
        scope: push.scope,
        from: push.from,
        items,
        head,
        signed_head: push.head.0.clone(),
    }))
}

fn blank(clinic: &Clinic, peer: &Peer, scope: Scope) -> Head {
    let (empty, stamp) = (crypto::Frontier::default(), domain::Hlc::default());
    Head::ops(clinic.id, peer.incarnation, scope, &empty, stamp)
}

fn item(bytes: &[u8], protocol: u64) -> Result<Item, Problem> {
    let read = if protocol > OLDEST { EntryBytes::from_sent(bytes) } else { EntryBytes::from_bytes(bytes) };
    let read = read.map_err(|_| Problem::Malformed)?;
    // It is kept in parts and put together again for others, who must get the same bytes.
    if protocol == OLDEST && read.to_bytes() != bytes {
        return Err(Problem::Malformed);
    }
    let entry = check_entry(&read, None).map_err(|_| Problem::Torn)?;
    // Nobody gave an order to take a body out.
    if entry.ops.iter().any(|op| op.body.is_none()) {
        return Err(Problem::Torn);
    }
    Ok(Item { bytes: read, entry, length: bytes.len() as u64 })
}

/// That the ops are those of the transaction, that it stands where the push says and is the peer's.
fn fits(clinic: &Clinic, peer: &Peer, scope: Scope, next: u64, entry: &Entry) -> Result<(), Problem> {
    let transaction = &entry.transaction;
    if transaction.incarnation != peer.incarnation {
        return Err(Problem::ForeignIncarnation);
    }
    if transaction.scope != scope {
        return Err(Problem::ForgedScope);
    }
    let sized = !entry.ops.is_empty() && transaction.size == entry.ops.len() as u64;
    if next == 0 || transaction.first != next || !sized || transaction.wall.parse::<Instant>().is_err() {
        return Err(Problem::Torn);
    }
    for (op, seq) in entry.ops.iter().zip(next..) {
        let header = &op.header;
        if header.clinic != clinic.id {
            return Err(Problem::WrongClinic);
        }
        if (header.incarnation, header.scope, header.seq) != (peer.incarnation, scope, seq) {
            return Err(Problem::Torn);
        }
        let home = kinds::kind(&header.kind).map(|kind| kind.home == Home::Clinic);
        if home.is_some_and(|clinics| clinics != (scope == clinic.scope)) {
            return Err(Problem::ForgedScope);
        }
    }
    Ok(())
}
