//! Who speaks: a workstation that was introduced, and nobody else.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crypto::{Head, Signed, Signs};
use deadpool_postgres::GenericClient;
use domain::sync::{
    BackupPart, BlobChunk, Deposit, HaveBlobs, OLDEST, PROTOCOL, Page, Present, Question, VERSION, WantBlob,
};
use domain::wire::{Bytes, Message, Wire};
use domain::{ClinicId, Incarnation, RecordId, Scope, cbor};
use tokio_postgres::Row;

use crate::Problem;
use crate::clinic::Clinic;
use crate::database::query;

/// A workstation that was introduced.
#[derive(Clone)]
pub(crate) struct Peer {
    pub(crate) incarnation: Incarnation,
    /// The public key that signs its messages and heads.
    pub(crate) key: [u8; 32],
    pub(crate) site_scope: Scope,
}

/// What every message of a workstation says about its sender.
pub(crate) trait FromPeer: Signs {
    /// The versions in which it is read.
    const VERSIONS: RangeInclusive<u64>;

    /// Version, clinic, workstation and incarnation.
    fn sender(&self) -> (u64, ClinicId, RecordId, Incarnation);
}

impl FromPeer for Question {
    const VERSIONS: RangeInclusive<u64> = OLDEST..=PROTOCOL;

    fn sender(&self) -> (u64, ClinicId, RecordId, Incarnation) {
        (self.v, self.clinic, self.workstation, self.incarnation)
    }
}

/// The other messages, of which there is one version.
macro_rules! from_peer {
    ($($message:ty),*) => {
        $(impl FromPeer for $message {
            const VERSIONS: RangeInclusive<u64> = VERSION..=VERSION;

            fn sender(&self) -> (u64, ClinicId, RecordId, Incarnation) {
                (self.v, self.clinic, self.workstation, self.incarnation)
            }
        })*
    };
}

from_peer!(Deposit, HaveBlobs, BlobChunk, WantBlob, BackupPart);

/// The message and its sender, when the sender is known and signed it.
pub(crate) async fn open<T: FromPeer>(
    client: &impl GenericClient,
    clinic: &Clinic,
    signed: &Signed<T>,
) -> Result<(Peer, T), Problem> {
    let claimed = signed.claimed().map_err(|_| Problem::Malformed)?;
    let (version, id, workstation, incarnation) = claimed.sender();
    if !T::VERSIONS.contains(&version) {
        return Err(Problem::WrongVersion);
    }
    if id != clinic.id {
        return Err(Problem::WrongClinic);
    }
    let (peer, revoked) = find(client, workstation).await?.ok_or(Problem::UnknownWorkstation)?;
    if peer.incarnation != incarnation {
        return Err(Problem::ForeignIncarnation);
    }
    let message = signed.open(&peer.key).map_err(|_| Problem::FalseSignature)?;
    // Whoever cannot sign does not learn who was revoked.
    if revoked { Err(Problem::Revoked) } else { Ok((peer, message)) }
}

/// The workstation of this record, and whether it was revoked.
pub(crate) async fn find(
    client: &impl GenericClient,
    workstation: RecordId,
) -> Result<Option<(Peer, bool)>, Problem> {
    let sql = "select incarnation, key, site_scope, revoked from workstation where record = $1";
    query(client, sql, &[&workstation.0]).await?.first().map(peer).transpose()
}

/// The workstation of this installation, and whether it was revoked.
pub(crate) async fn of(
    client: &impl GenericClient,
    incarnation: Incarnation,
) -> Result<Option<(Peer, bool)>, Problem> {
    let sql = "select incarnation, key, site_scope, revoked from workstation where incarnation = $1";
    query(client, sql, &[&incarnation.0]).await?.first().map(peer).transpose()
}

fn peer(row: &Row) -> Result<(Peer, bool), Problem> {
    let key: &[u8] = row.try_get("key")?;
    let peer = Peer {
        incarnation: Incarnation(row.try_get("incarnation")?),
        key: key.try_into().map_err(|_| Problem::Damaged("workstation key"))?,
        site_scope: Scope(row.try_get("site_scope")?),
    };
    Ok((peer, row.try_get("revoked")?))
}

/// Why to believe the keys of the workstations whose logs are in `pages`.
pub(crate) async fn present(client: &impl GenericClient, pages: &[Page]) -> Result<Vec<Present>, Problem> {
    let heads = pages.iter().flat_map(|page| &page.heads);
    let signed: Option<BTreeSet<_>> = heads
        .map(|head| Some(Signed::<Head>::from_bytes(&head.0).ok()?.claimed().ok()?.incarnation.0))
        .collect();
    let incarnations: Vec<_> = signed.ok_or(Problem::Damaged("signed head"))?.into_iter().collect();
    if incarnations.is_empty() {
        return Ok(Vec::new());
    }
    let sql =
        "select incarnation, chain, ticket from workstation where incarnation = any($1) order by incarnation";
    let rows = query(client, sql, &[&incarnations]).await?;
    let introduced = rows.iter().map(|row| {
        let chain = cbor::decode(row.try_get("chain")?).ok().and_then(|value| Vec::from_value(&value));
        Ok(Present {
            incarnation: Incarnation(row.try_get("incarnation")?),
            chain: chain.ok_or(Problem::Damaged("chain"))?,
            ticket: row.try_get::<_, Option<Vec<u8>>>("ticket")?.map(Bytes),
        })
    });
    introduced.collect()
}
