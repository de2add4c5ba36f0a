//! What can be said of a certificate whose code was read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::certificates::{Certificate, CertificateStatus, Verdict};
use crate::fold::{Clash, State};
use crate::{Instant, PartialDate, choice};

choice! {
    /// What a verifier answers of a code. Of the paper around it, it says nothing.
    pub enum Outcome {
        /// The clinic's records hold it.
        Genuine = "genuine",
        /// The clinic's records hold it, and its last day is over.
        Expired = "expired",
        /// A key of the clinic signed it, and no record that is known here holds it: it may not have arrived yet.
        Unrecorded = "unrecorded",
        /// The clinic took it back.
        Revoked = "revoked",
        /// Another one replaced it.
        Superseded = "superseded",
        /// It is none, or somebody changed it.
        NotGenuine = "not_genuine",
        /// No key that is known signed it: nothing can be said of it.
        UnknownIssuer = "unknown_issuer",
    }
}

choice! {
    /// What was handed over to be checked.
    pub enum Shown {
        /// The code: it says what the paper must read.
        Code = "code",
        /// A number alone, which anybody can copy.
        Number = "number",
        /// The very file that was issued, byte for byte.
        SameFile = "same_file",
        /// A file that is not the one that was issued: a scan, a file that was saved anew, or a forgery.
        OtherFile = "other_file",
    }
}

impl Outcome {
    /// Whether the clinic stands by what it says, for its days: an absence is often shown afterwards.
    #[must_use]
    pub fn holds(self) -> bool {
        matches!(self, Self::Genuine | Self::Expired)
    }
}

/// What a certificate's code says, as it is told to whoever checks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Says {
    /// The clinic.
    pub issuer: String,
    /// The number.
    pub number: String,
    /// The printed title.
    pub kind: String,
    /// The person's name.
    pub name: String,
    /// Their date of birth.
    pub birth_date: Option<PartialDate>,
    /// An identifier of theirs.
    pub identifier: Option<String>,
    /// What was found.
    pub verdict: Verdict,
    /// The first day.
    pub from: Option<PartialDate>,
    /// The last day.
    pub until: Option<PartialDate>,
    /// Who signed it.
    pub signer: String,
    /// Their licence.
    pub licence: Option<String>,
    /// When it was issued.
    pub issued_at: Instant,
}

/// What the records hold under a certificate's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The text of its code.
    pub payload: String,
    /// How far it is.
    pub status: CertificateStatus,
    /// The number of the one that replaced it.
    pub superseded_by: Option<String>,
}

impl Recorded {
    /// What the certificate in `state` says of a code under its own number.
    #[must_use]
    pub fn of(state: &State, superseded_by: Option<String>) -> Self {
        let certificate: Certificate = state.record();
        let status = certificate.status.unwrap_or(CertificateStatus::Draft);
        let goes_on = [CertificateStatus::Issued, CertificateStatus::Revoked, CertificateStatus::Superseded];
        let undecided = state.conflicts.iter().any(|conflict| conflict.path == "status");
        // Somebody signed it, and somebody who had not seen that rejected it: until one of the two is chosen
        // the paper holds.
        let status = match state.signed {
            Some(_) if undecided => CertificateStatus::Issued,
            Some(_) if !goes_on.contains(&status) => CertificateStatus::Revoked,
            _ => status,
        };
        Self { payload: certificate.payload.unwrap_or_default(), status, superseded_by }
    }

    /// What counts where several records bear one number, which no program of ours writes: of those with
    /// the code `text` the one that holds least, and another only where none has it. So no record that
    /// somebody else wrote makes a revoked paper genuine, or a genuine one a forgery.
    #[must_use]
    pub fn that_counts<T>(found: Vec<(T, Self)>, text: &str) -> Option<(T, Self)> {
        let rank = |recorded: &Self| (recorded.payload != text, recorded.status == CertificateStatus::Issued);
        found.into_iter().min_by_key(|(_, recorded)| rank(recorded))
    }

    /// What it says of the code `text`, which another of its signatures carries: two people issued one draft
    /// without each other's knowledge. Until somebody has chosen, both papers hold; then the other
    /// number does.
    #[must_use]
    pub fn beside(state: &State, text: &str) -> Self {
        let shown = Self::of(state, None);
        let undecided = state.conflicts.iter().any(|conflict| conflict.clash == Clash::Signatures);
        let settled = !undecided && shown.status == CertificateStatus::Issued;
        Self {
            payload: text.to_owned(),
            status: if settled { CertificateStatus::Superseded } else { shown.status },
            superseded_by: state.value("number").as_text().filter(|_| settled).map(ToOwned::to_owned),
        }
    }
}

/// What is said of a code that one of the clinic's keys has signed.
///
/// What no record holds is at best unrecorded. Where `only_recorded`, as for a key whose computer was lost or has told
/// everything by then, it was never issued. Nor can a second code be made under a number that was used.
#[must_use]
pub fn judge(
    text: &str,
    until: Option<PartialDate>,
    only_recorded: bool,
    recorded: Option<&Recorded>,
    today: PartialDate,
) -> Outcome {
    match recorded.map(|recorded| (recorded.status, recorded.payload == text)) {
        Some((CertificateStatus::Revoked, _)) => Outcome::Revoked,
        Some((CertificateStatus::Superseded, _)) => Outcome::Superseded,
        Some((CertificateStatus::Issued, true)) => in_time(until, today),
        Some(_) => Outcome::NotGenuine,
        None if only_recorded => Outcome::NotGenuine,
        None => Outcome::Unrecorded,
    }
}

fn in_time(until: Option<PartialDate>, today: PartialDate) -> Outcome {
    match until {
        Some(until) if until.latest() < today.earliest() => Outcome::Expired,
        _ => Outcome::Genuine,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::RecordId;

    fn day(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    fn recorded(status: CertificateStatus, payload: &str) -> Option<Recorded> {
        Some(Recorded { payload: payload.to_owned(), status, superseded_by: None })
    }

    fn judged(recorded: Option<Recorded>, only_recorded: bool) -> Outcome {
        let until = Some(day("2026-11-30"));
        judge("CD1:THIS", until, only_recorded, recorded.as_ref(), day("2026-11-22"))
    }

    #[test]
    fn the_last_day_counts_whole_and_a_month_or_a_year_to_its_end() {
        let held = recorded(CertificateStatus::Issued, "");
        let on = |until: &str, today: &str| judge("", Some(day(until)), false, held.as_ref(), day(today));
        assert_eq!(on("2026-11-22", "2026-11-22"), Outcome::Genuine);
        assert_eq!(on("2026-11-22", "2026-11-23"), Outcome::Expired);
        assert_eq!(on("2026-11", "2026-11-30"), Outcome::Genuine);
        assert_eq!(on("2026", "2027-01-01"), Outcome::Expired);
        assert_eq!(judge("", None, false, held.as_ref(), day("2099-01-01")), Outcome::Genuine);
    }

    #[test]
    fn revoked_and_superseded_hold_for_every_code_under_the_number() {
        for payload in ["CD1:THIS", "CD1:ANOTHER"] {
            assert_eq!(judged(recorded(CertificateStatus::Revoked, payload), false), Outcome::Revoked);
            assert_eq!(judged(recorded(CertificateStatus::Superseded, payload), true), Outcome::Superseded);
        }
    }

    #[test]
    fn a_second_code_under_a_used_number_and_one_that_was_never_issued_are_not_genuine() {
        assert_eq!(judged(recorded(CertificateStatus::Issued, "CD1:ANOTHER"), false), Outcome::NotGenuine);
        for status in [CertificateStatus::Draft, CertificateStatus::Submitted, CertificateStatus::Rejected] {
            assert_eq!(judged(recorded(status, "CD1:THIS"), false), Outcome::NotGenuine);
        }
    }

    #[test]
    fn a_withdrawn_key_vouches_only_for_what_the_records_hold() {
        assert_eq!(judged(None, true), Outcome::NotGenuine);
        assert_eq!(judged(None, false), Outcome::Unrecorded);
        assert_eq!(judged(recorded(CertificateStatus::Issued, "CD1:THIS"), true), Outcome::Genuine);
    }

    #[test]
    fn of_two_papers_of_one_draft_both_hold_until_one_is_chosen() {
        let state = |undecided: bool, status: &str| -> State {
            let clash =
                json!({"id": RecordId::derived(b"c"), "path": "", "clash": "signatures", "contenders": []});
            let field = |value: &str| json!({"value": value, "heads": []});
            let fields = json!({"status": field(status), "number": field("B"), "payload": field("CD1:B")});
            let conflicts = if undecided { json!([clash]) } else { json!([]) };
            let state = json!({"fields": fields, "heads": [], "conflicts": conflicts, "made": 0, "last": 0});
            serde_json::from_value(state).unwrap()
        };
        let said = |state: &State| {
            let recorded = Recorded::beside(state, "CD1:THIS");
            (judged(Some(recorded.clone()), false), recorded.superseded_by)
        };
        assert_eq!(said(&state(true, "issued")), (Outcome::Genuine, None));
        assert_eq!(said(&state(false, "issued")), (Outcome::Superseded, Some("B".to_owned())));
        assert_eq!(said(&state(true, "revoked")), (Outcome::Revoked, None));
        assert_eq!(said(&state(false, "revoked")), (Outcome::Revoked, None));
    }

    #[test]
    fn what_one_signed_and_another_rejected_apart_holds_until_one_is_chosen_and_is_never_a_forgery() {
        let state = |status: &str, undecided: bool| -> State {
            let signature = "00000000-0000-0000-0000-000000000001/00000000-0000-0000-0000-000000000002/3";
            let clash =
                json!({"id": RecordId::derived(b"c"), "path": "status", "clash": "moves", "contenders": []});
            let field = |value: &str| json!({"value": value, "heads": []});
            let fields = json!({"status": field(status), "payload": field("CD1:THIS")});
            let conflicts = if undecided { json!([clash]) } else { json!([]) };
            let state = json!({
                "fields": fields, "heads": [], "signed": signature, "conflicts": conflicts, "made": 0, "last": 0,
            });
            serde_json::from_value(state).unwrap()
        };
        let said = |state: &State| judged(Some(Recorded::of(state, None)), false);
        assert_eq!(said(&state("submitted", true)), Outcome::Genuine);
        assert_eq!(said(&state("rejected", false)), Outcome::Revoked);
        assert_eq!(said(&state("issued", false)), Outcome::Genuine);
    }

    #[test]
    fn of_several_records_under_one_number_the_one_with_the_code_counts_that_holds_least() {
        let counts = |found: Vec<(CertificateStatus, &str)>| {
            let found = found.into_iter().enumerate().map(|(at, (status, payload))| {
                (at, Recorded { payload: payload.to_owned(), status, superseded_by: None })
            });
            Recorded::that_counts(found.collect(), "CD1:THIS").map(|(at, _)| at)
        };
        let (issued, revoked) = (CertificateStatus::Issued, CertificateStatus::Revoked);
        assert_eq!(counts(vec![(issued, "CD1:THIS"), (revoked, "CD1:THIS")]), Some(1));
        assert_eq!(counts(vec![(revoked, "CD1:OTHER"), (issued, "CD1:THIS")]), Some(1));
        assert_eq!(counts(vec![(issued, "CD1:OTHER")]), Some(0));
        assert_eq!(counts(vec![]), None);
    }

    #[test]
    fn only_genuine_and_expired_hold() {
        let holding: Vec<_> = Outcome::ALL.iter().filter(|outcome| outcome.holds()).collect();
        assert_eq!(holding, [&Outcome::Genuine, &Outcome::Expired]);
    }
}
