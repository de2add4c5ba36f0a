//! Who looked at one person's chart at the other workstations, for somebody who may know and has entered the trail.

use crypto::audit::AuditEntry;
use deadpool_postgres::GenericClient;
use domain::access::Permission;
use domain::sync::{ASKS_WHO_LOOKED, Ask, LARGEST_LOOKED, Looked, TrailEnd};
use domain::wire::Bytes;
use domain::{Incarnation, RecordId};

use crate::clinic::Clinic;
use crate::database::{column, query};
use crate::peer::Peer;
use crate::{Problem, audit, known};

/// So many entries are told, the latest.
const MOST: i64 = 100;

/// What the other workstations' trails hold of the person. None while the entry that asks has not arrived, and for
/// somebody who may not know.
pub(crate) async fn answer(
    client: &impl GenericClient,
    clinic: &Clinic,
    peer: &Peer,
    ask: &Ask,
    now: u64,
) -> Result<Option<Looked>, Problem> {
    let asks = |entry: &AuditEntry| {
        (entry.action.as_str(), entry.patient, entry.outcome.as_str())
            == (ASKS_WHO_LOOKED, Some(ask.patient), "done")
    };
    let told = audit::told_at(client, peer.incarnation, ask.entry).await?;
    let Some(user) = told.into_iter().find(asks).and_then(|entry| entry.user) else { return Ok(None) };
    if !known::may(client, clinic, user, Permission::AccessRead, now).await? {
        return Ok(None);
    }
    let trails = trails(client, peer).await?;
    let sql = "select bytes from audit_entry join audit_patient using (incarnation, seq)
               where patient = $1 and incarnation <> $2 order by at desc, incarnation, seq desc limit $3";
    let rows = query(client, sql, &[&ask.patient.0, &peer.incarnation.0, &(MOST + 1)]).await?;
    let mut entries: Vec<Bytes> = Vec::new();
    for row in &rows {
        entries.push(Bytes(row.try_get("bytes")?));
    }
    let (mut room, most) = (LARGEST_LOOKED, usize::try_from(MOST).unwrap_or_default());
    let fits = |entry: &&Bytes| {
        room = room.saturating_sub(entry.0.len());
        room > 0
    };
    let told = entries.iter().take(most).take_while(fits).count();
    let more = told < entries.len();
    entries.truncate(told);
    Ok(Some(Looked { patient: ask.patient, entry: ask.entry, entries, more, trails }))
}

/// How far the trail of each other workstation is known here; what is not noted yet is noted first.
async fn trails(client: &impl GenericClient, peer: &Peer) -> Result<Vec<TrailEnd>, Problem> {
    let sql = "select record, incarnation, audit_log.size, bytes from audit_log
               join workstation using (incarnation)
               join audit_entry using (incarnation) where seq = size and incarnation <> $1 order by record";
    let mut trails = Vec::new();
    for row in query(client, sql, &[&peer.incarnation.0]).await? {
        let incarnation = Incarnation(row.try_get("incarnation")?);
        audit::note(client, incarnation).await?;
        trails.push(TrailEnd {
            workstation: RecordId(row.try_get("record")?),
            entries: column(&row, "size")?,
            until: audit::read(row.try_get("bytes")?)?.wall,
        });
    }
    Ok(trails)
}
