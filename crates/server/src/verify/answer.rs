//! What is answered, as a program reads it.

use domain::PartialDate;
use domain::certificates::CertificateStatus;
use domain::verify::{Outcome, Recorded, Says};
use serde::{Deserialize, Serialize};

/// What somebody asks: the text of a code, or a number.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    pub(crate) text: String,
}

/// What is answered.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    /// Of a code.
    Code(Box<Checked>),
    /// Of a number alone: whose it is nobody learns who does not hold the code.
    Number(Numbered),
}

/// What can be said of a code.
#[derive(Serialize)]
pub(crate) struct Checked {
    pub(crate) outcome: Outcome,
    /// The number of the certificate that replaced it.
    pub(crate) superseded_by: Option<String>,
    /// The day until which revocations are known; none where nothing was heard of its issuer yet.
    pub(crate) revocations_as_of: Option<PartialDate>,
    /// Whether the clinic's records hold it.
    pub(crate) recorded: bool,
    pub(crate) claims: Option<Says>,
}

/// What can be said of a number.
#[derive(Serialize)]
pub(crate) struct Numbered {
    /// The number, if it is one: nothing else that was typed is shown again.
    pub(crate) number: Option<String>,
    pub(crate) state: NumberState,
    pub(crate) superseded_by: Option<String>,
}

/// What became of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NumberState {
    Issued,
    Revoked,
    Superseded,
    Unknown,
}

impl Numbered {
    pub(crate) fn new(number: Option<String>, recorded: Option<Recorded>) -> Self {
        let state = match recorded.as_ref().map(|recorded| recorded.status) {
            Some(CertificateStatus::Issued) => NumberState::Issued,
            Some(CertificateStatus::Revoked) => NumberState::Revoked,
            Some(CertificateStatus::Superseded) => NumberState::Superseded,
            _ => NumberState::Unknown,
        };
        let superseded = recorded.filter(|_| state == NumberState::Superseded);
        Self { number, state, superseded_by: superseded.and_then(|recorded| recorded.superseded_by) }
    }
}
