//! A certificate's code checked as a person who holds the paper asks it: is it genuine, and does it
//! still hold. What is answered are the claims that were signed, never what the paper shows.

use domain::verify::{Outcome, Recorded, judge};
use domain::{Hlc, PartialDate};

use crate::certify::KeyCertificate;
use crate::cose::{self, Claims, Refused};

/// A key that somebody vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The public key (P-256, uncompressed, SEC 1).
    pub key: [u8; 65],
    /// Since when it may issue.
    pub since: Hlc,
    /// Whether it vouches for nothing but what the records hold: its workstation was withdrawn, or has since
    /// told everything that it had written.
    pub only_recorded: bool,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What can be said of it.
    pub outcome: Outcome,
    /// The number of the certificate that replaced it.
    pub superseded_by: Option<String>,
    /// What was signed; nothing of what is not genuine.
    pub claims: Option<Claims>,
}

/// Clocks differ, and the one that dated the key may have been set since: a day, in seconds.
const SLACK: i64 = 86_400;

impl Issuer {
    /// The issuing key that `certificate`, which was checked, gives to its subject.
    #[must_use]
    pub fn of(certificate: &KeyCertificate, only_recorded: bool) -> Option<Self> {
        Some(Self { key: certificate.issues_with?, since: certificate.issued, only_recorded })
    }

    /// A key that its holder trusts, for reasons of their own.
    #[must_use]
    pub fn trusted(key: [u8; 65]) -> Self {
        Self { key, since: Hlc::default(), only_recorded: false }
    }

    fn signed(&self, text: &str) -> bool {
        cose::verify(text, std::slice::from_ref(&self.key)).is_ok()
    }

    fn is_older_than(&self, claims: &Claims) -> bool {
        let since = i64::try_from(self.since.milliseconds() / 1000).unwrap_or(i64::MAX);
        since <= claims.issued_at.saturating_add(SLACK)
    }
}

/// The code in a text as it was read or pasted. Lines may have been broken and spaces added around:
/// no code has a line's end in it, and none begins or ends with a space; a file may begin with a mark.
#[must_use]
pub fn as_read(text: &str) -> String {
    text.trim_start_matches('\u{feff}').trim().chars().filter(|sign| !sign.is_control()).collect()
}

/// What is said of the code `text` on the day `today`, by who may have `issuers` and with what the
/// records hold under [`cose::claimed`]'s number.
#[must_use]
pub fn verify(text: &str, issuers: &[Issuer], recorded: Option<&Recorded>, today: PartialDate) -> Verified {
    let text = as_read(text);
    let keys: Vec<_> = issuers.iter().map(|issuer| issuer.key).collect();
    let unverified = |outcome| Verified { outcome, superseded_by: None, claims: None };
    let claims = match cose::verify(&text, &keys) {
        Ok(claims) => claims,
        Err(Refused::NotGenuine) => return unverified(Outcome::NotGenuine),
        Err(Refused::UnknownIssuer) => return unverified(Outcome::UnknownIssuer),
    };
    let fits = |issuer: &&Issuer| issuer.is_older_than(&claims) && issuer.signed(&text);
    let mut fitting = issuers.iter().filter(fits).peekable();
    if fitting.peek().is_none() {
        return unverified(Outcome::NotGenuine);
    }
    let only_recorded = fitting.any(|issuer| issuer.only_recorded);
    let outcome = judge(&text, claims.until, only_recorded, recorded, today);
    if outcome == Outcome::NotGenuine {
        return unverified(outcome);
    }
    let by = recorded.filter(|_| outcome == Outcome::Superseded);
    let superseded_by = by.and_then(|recorded| recorded.superseded_by.clone());
    Verified { outcome, superseded_by, claims: Some(claims) }
}

#[cfg(test)]
mod tests {
    use domain::certificates::CertificateStatus;

    use super::*;
    use crate::cose::issue;
    use crate::cose::tests::claims;
    use crate::issuing::IssuingKey;

    fn issued() -> (Issuer, String) {
        let key = IssuingKey::generate().unwrap();
        let issuer = Issuer { since: Hlc::at(1_795_000_000_000), ..Issuer::trusted(*key.public()) };
        let claims = Claims { until: "2026-11-25".parse().ok(), ..claims() };
        (issuer, issue(&claims, &key).unwrap())
    }

    fn today() -> PartialDate {
        "2026-11-22".parse().unwrap()
    }

    fn recorded(status: CertificateStatus, payload: &str) -> Recorded {
        let superseded_by = Some("MC-26-0000418-M".to_owned());
        Recorded { payload: payload.to_owned(), status, superseded_by }
    }

    #[test]
    fn each_answer_is_given_with_what_was_signed_or_with_nothing() {
        let (issuer, text) = issued();
        let said = |recorded: Option<&Recorded>, today: &str| {
            let verified = verify(&text, &[issuer], recorded, today.parse().unwrap());
            assert_eq!(verified.claims.is_some(), verified.outcome != Outcome::NotGenuine);
            (verified.outcome, verified.superseded_by)
        };
        assert_eq!(said(None, "2026-11-22"), (Outcome::Genuine, None));
        assert_eq!(said(None, "2026-11-26"), (Outcome::Expired, None));
        let held = recorded(CertificateStatus::Issued, &text);
        assert_eq!(said(Some(&held), "2026-11-22"), (Outcome::Genuine, None));
        let held = recorded(CertificateStatus::Revoked, &text);
        assert_eq!(said(Some(&held), "2026-11-26"), (Outcome::Revoked, None));
        let held = recorded(CertificateStatus::Superseded, &text);
        assert_eq!(said(Some(&held), "2026-11-22"), (Outcome::Superseded, held.superseded_by));
        let other = recorded(CertificateStatus::Issued, "CD1:ANOTHER");
        assert_eq!(said(Some(&other), "2026-11-22"), (Outcome::NotGenuine, None));
    }

    #[test]
    fn a_key_that_nobody_vouches_for_is_unknown_and_one_that_is_younger_or_withdrawn_vouches_for_nothing() {
        let (issuer, text) = issued();
        let outcome = |issuers: &[Issuer]| verify(&text, issuers, None, today()).outcome;
        assert_eq!(outcome(&[]), Outcome::UnknownIssuer);
        assert_eq!(outcome(&[issued().0]), Outcome::UnknownIssuer);
        let younger = Issuer { since: Hlc::at(1_795_400_000_000), ..issuer };
        assert_eq!(outcome(&[younger]), Outcome::NotGenuine);
        let withdrawn = Issuer { only_recorded: true, ..issuer };
        assert_eq!(outcome(&[withdrawn]), Outcome::NotGenuine);
        assert_eq!(outcome(&[issuer, withdrawn]), Outcome::NotGenuine, "whoever lists it twice");
        let held = recorded(CertificateStatus::Issued, &text);
        assert_eq!(verify(&text, &[withdrawn], Some(&held), today()).outcome, Outcome::Genuine);
        assert_eq!(outcome(&[issuer]), Outcome::Genuine);
    }

    #[test]
    fn a_text_that_was_broken_into_lines_is_the_same_text() {
        let (issuer, text) = issued();
        let (one, two) = text.split_at(70);
        for pasted in [format!("  {one}\r\n{two}\n"), format!("\u{feff}{text}"), format!("{one}\t{two} ")] {
            let verified = verify(&pasted, &[issuer], None, today());
            assert_eq!(verified.outcome, Outcome::Genuine, "{pasted}");
        }
    }

    /// The figure of `docs/performance.md`: what a forger of the code may change, 100,000 times.
    #[test]
    fn of_a_hundred_thousand_changed_codes_none_is_accepted() {
        let (issuer, text) = issued();
        let mut chance = Chance(1);
        let mut unreadable = 0;
        for round in 0..100_000_u32 {
            let changed = mutated(&text, round, &mut chance);
            if as_read(&changed) == text {
                continue;
            }
            let verified = verify(&changed, &[issuer], None, today());
            assert!(!verified.outcome.holds() && verified.claims.is_none(), "{changed}");
            unreadable += u32::from(cose::claimed(&changed).is_none());
        }
        // A fair part of them reads as a certificate, so that the signature alone refuses it.
        assert!(unreadable < 80_000, "{unreadable}");
    }

    /// xorshift64: chance that is the same each time.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, limit: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % limit as u64).unwrap()
        }
    }

    /// Half of the changes are made in the letters, half in the bytes below them.
    fn mutated(text: &str, round: u32, chance: &mut Chance) -> String {
        const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        if round.is_multiple_of(2) {
            let mut bytes = base45::decode(&text[cose::PREFIX.len()..]).unwrap();
            for _ in 0..=chance.below(2) {
                let at = chance.below(bytes.len());
                bytes[at] ^= 1 << chance.below(8);
            }
            return format!("{}{}", cose::PREFIX, base45::encode(&bytes));
        }
        let mut letters = text.as_bytes().to_vec();
        for _ in 0..=chance.below(3) {
            let (at, letter) = (chance.below(letters.len()), LETTERS[chance.below(LETTERS.len())]);
            match chance.below(4) {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, letter),
                2 => letters[at.saturating_sub(1)..=at].reverse(),
                _ => letters[at] = letter,
            }
        }
        String::from_utf8(letters).unwrap()
    }
}
