//! A certificate's code checked as a person who holds the paper asks it: is it genuine, and does it
//! still hold. What is answered are the claims that were signed, never what the paper shows, and nothing is genuine that
//! no record holds.

use domain::verify::{Outcome, Recorded, judge};
use domain::{Hlc, PartialDate};

use crate::certify::KeyCertificate;
use crate::cose::{self, Claims, Refused};

/// A key that somebody vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The public key (P-256, uncompressed, SEC 1).
    pub key: [u8; 65],
    /// Since when it may issue.
    pub since: Hlc,
    /// What begins the numbers that it gives; none of a key of before each approver had their own, and of one that is
    /// trusted without more.
    pub block: Option<String>,
    /// Whether it vouches for nothing but what the records hold: its workstation was withdrawn, or its person may not
    /// issue any more.
    pub only_recorded: bool,
    /// The stamp of the last that was heard of its workstation, which tells everything in order.
    pub told: Option<Hlc>,
}

/// What a verifier knows beside the keys.
#[derive(Clone, Copy, Debug)]
pub struct Knows<'a> {
    /// What the records hold under [`cose::claimed`]'s number.
    pub recorded: Option<&'a Recorded>,
    /// The names that the clinic has had; none where they are not known.
    pub names: &'a [String],
    /// Milliseconds since 1970.
    pub now: u64,
    /// The day at the clinic.
    pub today: PartialDate,
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
/// How far a workstation's clock may be behind its log's, in seconds.
const TOLD: i64 = 600;

impl Issuer {
    /// The issuing key that `certificate`, which was checked, gives to its subject.
    #[must_use]
    pub fn of(certificate: &KeyCertificate, only_recorded: bool, told: Option<Hlc>) -> Option<Self> {
        let block = certificate.block.clone();
        Some(Self { key: certificate.issues_with?, since: certificate.issued, block, only_recorded, told })
    }

    /// A key that its holder trusts, for reasons of their own.
    #[must_use]
    pub fn trusted(key: [u8; 65]) -> Self {
        Self { key, since: Hlc::default(), block: None, only_recorded: false, told: None }
    }

    fn signed(&self, text: &str) -> bool {
        cose::verify(text, std::slice::from_ref(&self.key)).is_ok()
    }

    fn is_older_than(&self, claims: &Claims) -> bool {
        seconds(self.since) <= claims.issued_at.saturating_add(SLACK)
    }

    /// Whether such a code would be in the records, if it were what it says.
    fn would_be_recorded(&self, claims: &Claims) -> bool {
        let told = self.told.filter(|_| self.block.is_some());
        self.only_recorded || told.is_some_and(|told| seconds(told) > claims.issued_at.saturating_add(TOLD))
    }

    /// Whether a code that no record holds may be one of this key's.
    fn may_say(&self, claims: &Claims, knows: &Knows) -> bool {
        let numbered = self
            .block
            .as_ref()
            .is_none_or(|block| domain::certificates::Issuer::gives(block, &claims.number));
        let now = i64::try_from(knows.now / 1000).unwrap_or(i64::MAX);
        let named = knows.names.is_empty() || knows.names.contains(&claims.issuer);
        numbered && named && claims.issued_at <= now.saturating_add(SLACK)
    }
}

fn seconds(stamp: Hlc) -> i64 {
    i64::try_from(stamp.milliseconds() / 1000).unwrap_or(i64::MAX)
}

/// The code in a text as it was read or pasted. Lines may have been broken and spaces added around:
/// no code has a line's end in it, and none begins or ends with a space; a file may begin with a mark.
#[must_use]
pub fn as_read(text: &str) -> String {
    text.trim_start_matches('\u{feff}').trim().chars().filter(|sign| !sign.is_control()).collect()
}

/// What is said of the code `text`, by who may have `issuers` and `knows` more.
#[must_use]
pub fn verify(text: &str, issuers: &[Issuer], knows: &Knows) -> Verified {
    let text = as_read(text);
    let keys: Vec<_> = issuers.iter().map(|issuer| issuer.key).collect();
    let unverified = |outcome| Verified { outcome, superseded_by: None, claims: None };
    let claims = match cose::verify(&text, &keys) {
        Ok(claims) => claims,
        Err(Refused::NotGenuine) => return unverified(Outcome::NotGenuine),
        Err(Refused::UnknownIssuer) => return unverified(Outcome::UnknownIssuer),
    };
    let held = knows.recorded.is_some_and(|recorded| recorded.payload == text);
    let fits = |issuer: &&Issuer| {
        issuer.is_older_than(&claims) && issuer.signed(&text) && (held || issuer.may_say(&claims, knows))
    };
    let mut fitting = issuers.iter().filter(fits).peekable();
    if fitting.peek().is_none() {
        return unverified(Outcome::NotGenuine);
    }
    let only_recorded = fitting.any(|issuer| issuer.would_be_recorded(&claims));
    let outcome = judge(&text, claims.until, only_recorded, knows.recorded, knows.today);
    if outcome == Outcome::NotGenuine {
        return unverified(outcome);
    }
    let by = knows.recorded.filter(|_| outcome == Outcome::Superseded);
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

    const NOW: u64 = 1_795_350_000_000;

    fn issued() -> (Issuer, String) {
        issued_as(|_| {})
    }

    fn issued_as(change: impl Fn(&mut Claims)) -> (Issuer, String) {
        let key = IssuingKey::generate().unwrap();
        let block = Some("MAIN-01".to_owned());
        let issuer = Issuer { since: Hlc::at(1_795_000_000_000), block, ..Issuer::trusted(*key.public()) };
        let number = "MAIN-01-26-00417-W".to_owned();
        let mut claims =
            Claims { until: "2026-11-25".parse().ok(), number, issued_at: 1_795_314_660, ..claims() };
        change(&mut claims);
        (issuer, issue(&claims, &key).unwrap())
    }

    fn knows(recorded: Option<&Recorded>) -> Knows<'_> {
        Knows { recorded, names: &[], now: NOW, today: "2026-11-22".parse().unwrap() }
    }

    fn recorded(status: CertificateStatus, payload: &str) -> Recorded {
        let superseded_by = Some("MC-26-0000418-M".to_owned());
        Recorded { payload: payload.to_owned(), status, superseded_by }
    }

    #[test]
    fn each_answer_is_given_with_what_was_signed_or_with_nothing() {
        let (issuer, text) = issued();
        let said = |recorded: Option<&Recorded>, today: &str| {
            let knows = Knows { today: today.parse().unwrap(), ..knows(recorded) };
            let verified = verify(&text, std::slice::from_ref(&issuer), &knows);
            assert_eq!(verified.claims.is_some(), verified.outcome != Outcome::NotGenuine);
            (verified.outcome, verified.superseded_by)
        };
        assert_eq!(said(None, "2026-11-22"), (Outcome::Unrecorded, None));
        assert_eq!(said(None, "2026-11-26"), (Outcome::Unrecorded, None));
        let held = recorded(CertificateStatus::Issued, &text);
        assert_eq!(said(Some(&held), "2026-11-22"), (Outcome::Genuine, None));
        assert_eq!(said(Some(&held), "2026-11-26"), (Outcome::Expired, None));
        let held = recorded(CertificateStatus::Revoked, &text);
        assert_eq!(said(Some(&held), "2026-11-26"), (Outcome::Revoked, None));
        let held = recorded(CertificateStatus::Superseded, &text);
        assert_eq!(said(Some(&held), "2026-11-22"), (Outcome::Superseded, held.superseded_by));
        let other = recorded(CertificateStatus::Issued, "CD1:ANOTHER");
        assert_eq!(said(Some(&other), "2026-11-22"), (Outcome::NotGenuine, None));
    }

    #[test]
    fn a_key_that_nobody_vouches_for_is_unknown_and_one_that_is_younger_or_ended_vouches_for_nothing() {
        let (issuer, text) = issued();
        let outcome = |issuers: &[Issuer]| verify(&text, issuers, &knows(None)).outcome;
        assert_eq!(outcome(&[]), Outcome::UnknownIssuer);
        assert_eq!(outcome(&[issued().0]), Outcome::UnknownIssuer);
        let younger = Issuer { since: Hlc::at(1_795_500_000_000), ..issuer.clone() };
        assert_eq!(outcome(&[younger]), Outcome::NotGenuine);
        let ended = Issuer { only_recorded: true, ..issuer.clone() };
        assert_eq!(outcome(std::slice::from_ref(&ended)), Outcome::NotGenuine);
        assert_eq!(outcome(&[issuer.clone(), ended.clone()]), Outcome::NotGenuine, "whoever lists it twice");
        let held = recorded(CertificateStatus::Issued, &text);
        assert_eq!(verify(&text, &[ended], &knows(Some(&held))).outcome, Outcome::Genuine);
        assert_eq!(outcome(&[issuer]), Outcome::Unrecorded);
    }

    #[test]
    fn a_day_ahead_a_number_of_another_block_and_a_foreign_name_are_not_genuine_unless_the_records_hold_them()
    {
        let names = ["Riverside Clinic".to_owned(), "River Clinic".to_owned()];
        let outcome = |change: &dyn Fn(&mut Claims)| {
            let (issuer, text) = issued_as(change);
            let said = |recorded| {
                verify(&text, std::slice::from_ref(&issuer), &Knows { names: &names, ..knows(recorded) })
            };
            let held = recorded(CertificateStatus::Issued, &text);
            assert_eq!(said(Some(&held)).outcome, Outcome::Genuine);
            said(None).outcome
        };
        let ahead = |seconds: i64| move |claims: &mut Claims| claims.issued_at = 1_795_350_000 + seconds;
        assert_eq!(outcome(&ahead(86_400)), Outcome::Unrecorded);
        assert_eq!(outcome(&ahead(86_401)), Outcome::NotGenuine);
        for number in ["MAIN-02-26-00001-K", "FREE TEXT", "MAIN-01-26-00417-5"] {
            assert_eq!(outcome(&|claims| claims.number = number.to_owned()), Outcome::NotGenuine, "{number}");
        }
        let named = |name: &'static str| move |claims: &mut Claims| claims.issuer = name.to_owned();
        assert_eq!(outcome(&named("River Clinic")), Outcome::Unrecorded, "as it was called once");
        assert_eq!(outcome(&named("Ministry of Health")), Outcome::NotGenuine);
    }

    #[test]
    fn what_its_workstation_has_not_told_by_its_last_word_was_never_issued_there() {
        let (issuer, text) = issued();
        let told = |seconds: u64, block: Option<String>| {
            let told = Some(Hlc::at((1_795_314_660 + seconds) * 1000));
            verify(&text, &[Issuer { told, block, ..issuer.clone() }], &knows(None)).outcome
        };
        assert_eq!(told(600, issuer.block.clone()), Outcome::Unrecorded);
        assert_eq!(told(601, issuer.block.clone()), Outcome::NotGenuine);
        assert_eq!(
            told(601, None),
            Outcome::Unrecorded,
            "a key of before, whose word counts by the records alone"
        );
    }

    #[test]
    fn a_text_that_was_broken_into_lines_is_the_same_text() {
        let (issuer, text) = issued();
        let (one, two) = text.split_at(70);
        for pasted in [format!("  {one}\r\n{two}\n"), format!("\u{feff}{text}"), format!("{one}\t{two} ")] {
            let verified = verify(&pasted, std::slice::from_ref(&issuer), &knows(None));
            assert_eq!(verified.outcome, Outcome::Unrecorded, "{pasted}");
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
            let verified = verify(&changed, std::slice::from_ref(&issuer), &knows(None));
            assert!(
                verified.outcome != Outcome::Unrecorded
                    && !verified.outcome.holds()
                    && verified.claims.is_none(),
                "{changed}"
            );
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
