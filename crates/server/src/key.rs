//! The server's own key, which signs its answers and receipts.

use crypto::root::Fingerprint;
use crypto::{Entropy, Secret, SigningKey};
use deadpool_postgres::GenericClient;

use crate::Problem;
use crate::clinic::require;
use crate::database::execute;

/// The fingerprint of the key, which an administrator compares.
///
/// # Errors
/// When the server belongs to no clinic yet, or the database refuses.
pub async fn fingerprint(client: &impl GenericClient) -> Result<String, Problem> {
    Ok(Fingerprint::of(require(client).await?.key.public()).to_string())
}

/// Gives the server a new key and returns its fingerprint. No workstation believes an answer until an administrator has
/// compared it.
///
/// # Errors
/// As [`fingerprint`].
pub async fn renew(
    client: &impl GenericClient,
    entropy: &mut (dyn Entropy + Send),
) -> Result<String, Problem> {
    require(client).await?;
    let seed = Secret::random(entropy);
    execute(client, "update clinic set server_key = $1", &[&seed.expose().as_slice()]).await?;
    Ok(Fingerprint::of(SigningKey::from_seed(seed).public()).to_string())
}
