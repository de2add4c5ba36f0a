//! The openings and endings of sessions, signed by whoever sits there.

use domain::session::{Session, Told};

use crate::keys::NotGenuine;
use crate::signed::{Signed, Signs};

impl Signs for Session {
    const SORT: &'static str = "clinicdesk/session/1";
}

/// What `signed` says to whoever knows the public key of the author: `None` where nobody vouches for one.
///
/// # Errors
/// [`NotGenuine::Bytes`] when it is no such message.
pub fn told(signed: &Signed<Session>, author: Option<&[u8; 32]>) -> Result<Told, NotGenuine> {
    Ok(Told { said: signed.claimed()?, signed: is_signed(signed, author) })
}

/// Whether the owner of `key` signed the message; nobody where nobody vouches for one.
#[must_use]
pub fn is_signed(signed: &Signed<Session>, key: Option<&[u8; 32]>) -> bool {
    key.is_some_and(|key| signed.open(key).is_ok())
}

#[cfg(test)]
mod tests {
    use domain::op::Transaction;
    use domain::session::{FORMAT, Reach, Turn};
    use domain::wire::Message;
    use domain::{ClinicId, Incarnation, RecordId, Scope, SessionId};

    use super::*;
    use crate::keys::SigningKey;
    use crate::testing::TestEntropy;

    fn key(seed: u64) -> SigningKey {
        SigningKey::random(&mut TestEntropy::new(seed))
    }

    fn opening() -> Session {
        Session {
            v: FORMAT,
            clinic: ClinicId::derived(b"clinic"),
            incarnation: Incarnation::derived(b"incarnation"),
            number: 3,
            session: SessionId::derived(b"session"),
            user: RecordId::derived(b"doctor"),
            turn: Turn::Open,
            logs: vec![Reach { scope: Scope::derived(b"scope"), size: 41 }],
        }
    }

    fn transaction() -> Transaction {
        Transaction {
            v: 1,
            incarnation: Incarnation::derived(b"incarnation"),
            scope: Scope::derived(b"scope"),
            first: 42,
            size: 1,
            author: RecordId::derived(b"doctor"),
            session: SessionId::derived(b"session"),
            site: RecordId::derived(b"site"),
            wall: "2026-11-22T09:00:00+01:00".to_owned(),
            app: "0.1.0".to_owned(),
            schema: 1,
            repeats: None,
        }
    }

    fn seats(said: &Session, signer: u64, transaction: &Transaction) -> bool {
        let signed = Signed::new(&key(signer), said);
        let arrived = Signed::from_bytes(&signed.to_bytes()).unwrap();
        told(&arrived, Some(key(1).public())).unwrap().seats(transaction)
    }

    #[test]
    fn an_opening_seats_the_person_who_signed_it_in_that_session_at_that_installation_alone() {
        assert!(seats(&opening(), 1, &transaction()));
        assert!(!seats(&opening(), 2, &transaction()), "signed by somebody else");
        assert!(!told(&Signed::new(&key(1), &opening()), None).unwrap().seats(&transaction()));
        let ended = Session { turn: Turn::End, ..opening() };
        assert!(!seats(&ended, 1, &transaction()));
        for other in [
            Transaction { author: RecordId::derived(b"nurse"), ..transaction() },
            Transaction { session: SessionId::derived(b"older"), ..transaction() },
            Transaction { incarnation: Incarnation::derived(b"elsewhere"), ..transaction() },
        ] {
            assert!(!seats(&opening(), 1, &other), "{other:?}");
        }
    }

    #[test]
    fn a_log_that_an_opening_does_not_name_was_empty() {
        assert_eq!(opening().reach(Scope::derived(b"scope")), 41);
        assert_eq!(opening().reach(Scope::derived(b"clinic scope")), 0);
    }

    #[test]
    fn bytes_that_are_no_opening_say_nothing() {
        let head = crate::Head::audit(
            ClinicId::derived(b"clinic"),
            Incarnation::derived(b"incarnation"),
            &crate::Frontier::default(),
            domain::Hlc::default(),
        );
        let signed = Signed::from_bytes(&Signed::new(&key(1), &head).to_bytes()).unwrap();
        assert_eq!(told(&signed, Some(key(1).public())), Err(NotGenuine::Bytes));
    }
}
