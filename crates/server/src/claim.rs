//! One-time codes with which a clinic takes possession of an empty server.

use crypto::{Entropy, random, sha256};
use deadpool_postgres::GenericClient;
use domain::Digest;

use crate::Problem;
use crate::database::{execute, number, query};

/// A code is good for so many milliseconds.
pub const GOOD_FOR: u64 = 10 * 60 * 1000;
/// After so many wrong codes only a new code helps.
pub const WRONG_CODES: i32 = 10;

/// No letter or digit that is taken for another (RFC 4648 base 32 without I, L, O, U: Crockford's).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Gives out a code of 60 bits, as `XXXX-XXXX-XXXX`; codes that were given out before are void.
///
/// # Errors
/// [`Problem::AlreadyClaimed`] when the server belongs to a clinic, or the database refuses.
pub async fn give_out(
    client: &impl GenericClient,
    entropy: &mut (dyn Entropy + Send),
    now: u64,
) -> Result<String, Problem> {
    if crate::clinic::read(client).await?.is_some() {
        return Err(Problem::AlreadyClaimed);
    }
    let code = spell(random(entropy));
    let sql = "with void as (delete from claim) insert into claim (digest, until) values ($1, $2)";
    let kept = kept(&digest(&code));
    execute(client, sql, &[&kept.as_slice(), &number(now + GOOD_FOR)]).await?;
    Ok(code)
}

/// The digest of a code that an introduction carries: case, spaces and hyphens do not matter.
#[must_use]
pub fn digest(code: &str) -> Digest {
    let bare: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    sha256(&[bare.to_ascii_uppercase().as_bytes()])
}

/// What is kept is the digest of what is sent: whoever reads the database has no code.
fn kept(sent: &Digest) -> Digest {
    sha256(&[sent])
}

fn spell(random: [u8; 12]) -> String {
    let letters: Vec<char> = random
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|byte| char::from(*byte))
        .collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// Counts an attempt on the code that is given out. The count is kept whether the code is right or not.
///
/// # Errors
/// [`Problem::Throttled`] after too many wrong codes, [`Problem::WrongCode`] for a wrong one or one
/// that has run out.
pub(crate) async fn attempt(client: &impl GenericClient, sent: &Digest, now: u64) -> Result<(), Problem> {
    let sql = "update claim set refused = refused + (digest <> $1)::integer
               returning digest = $1 and until > $2 as good, refused";
    let rows = query(client, sql, &[&kept(sent).as_slice(), &number(now)]).await?;
    let Some(row) = rows.first() else { return Err(Problem::WrongCode) };
    if row.try_get::<_, i32>("refused")? > WRONG_CODES {
        return Err(Problem::Throttled);
    }
    if row.try_get("good")? { Ok(()) } else { Err(Problem::WrongCode) }
}

/// Uses up every code.
pub(crate) async fn use_up(client: &impl GenericClient) -> Result<(), Problem> {
    execute(client, "delete from claim", &[]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crypto::random;
    use crypto::testing::TestEntropy;

    use super::{digest, spell};

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = spell(random(&mut TestEntropy::new(1)));
        assert_eq!(code.len(), 14);
        assert_eq!(digest(&code), digest(&code.to_lowercase().replace('-', " ")));
        assert_ne!(digest(&code), digest(&spell(random(&mut TestEntropy::new(2)))));
    }
}
