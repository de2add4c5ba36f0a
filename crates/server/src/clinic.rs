//! The one clinic that this server belongs to.

use crypto::{Secret, SigningKey};
use deadpool_postgres::GenericClient;
use domain::{ClinicId, Scope};

use crate::Problem;
use crate::database::{column, execute, number, query};

/// The clinic and the server's place in it.
pub(crate) struct Clinic {
    pub(crate) id: ClinicId,
    /// The public root key.
    pub(crate) root: [u8; 32],
    /// The scope of the clinic's own records.
    pub(crate) scope: Scope,
    /// The server's own key.
    pub(crate) key: SigningKey,
    pub(crate) epoch: u64,
}

/// The clinic, if one has taken possession.
pub(crate) async fn read(client: &impl GenericClient) -> Result<Option<Clinic>, Problem> {
    let rows = query(client, "select id, root, scope, server_key, epoch from clinic", &[]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let seed: &[u8] = row.try_get("server_key")?;
    let root: &[u8] = row.try_get("root")?;
    Ok(Some(Clinic {
        id: ClinicId(row.try_get("id")?),
        root: root.try_into().map_err(|_| Problem::Damaged("root key"))?,
        scope: Scope(row.try_get("scope")?),
        key: SigningKey::from_seed(Secret::from_slice(seed).ok_or(Problem::Damaged("server key"))?),
        epoch: column(row, "epoch")?,
    }))
}

/// The clinic.
pub(crate) async fn require(client: &impl GenericClient) -> Result<Clinic, Problem> {
    read(client).await?.ok_or(Problem::NoClinic)
}

/// Hands an empty server to a clinic.
pub(crate) async fn found(
    client: &impl GenericClient,
    (id, root, scope): (ClinicId, &[u8; 32], Scope),
    server_key: &Secret<32>,
    epoch: u64,
    home: &str,
) -> Result<(), Problem> {
    let sql = "insert into clinic (id, root, scope, server_key, epoch, home) values ($1, $2, $3, $4, $5, $6)
               on conflict do nothing";
    let key = server_key.expose().as_slice();
    let made =
        execute(client, sql, &[&id.0, &root.as_slice(), &scope.0, &key, &number(epoch), &home]).await?;
    if made == 1 { Ok(()) } else { Err(Problem::AlreadyClaimed) }
}
