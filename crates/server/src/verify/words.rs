//! Every text of the public pages, in one place. `{name}` is filled in.

use domain::certificates::Verdict;
use domain::verify::Outcome;

use super::answer::NumberState;
use crate::Problem;

pub(crate) const LANGUAGE: &str = "en";
pub(crate) const TITLE: &str = "Check a certificate";
pub(crate) const NO_CLINIC: &str = "ClinicDesk";
pub(crate) const LEAD: &str = "Here anybody who holds a certificate of this clinic can see what it must read, and whether it is still valid.";
pub(crate) const FIELD: &str = "Text of the code, or the number";
pub(crate) const HINT: &str = "Scan the square code on the paper with a telephone or a scanner and paste its text here. \
                               It begins with CD1: and is long. A number alone tells less.";
pub(crate) const CHECK: &str = "Check";
pub(crate) const AGAIN: &str = "Check another";
pub(crate) const COMPARE: &str =
    "The paper must read as follows. Compare each line: where the paper reads otherwise, do not accept it.";
pub(crate) const WAS_SIGNED: &str = "This is what the clinic once signed:";
pub(crate) const OFFLINE: &str = "Keep a page that checks without a network";
pub(crate) const OFFLINE_HINT: &str = "It works from a saved file and cannot know what was issued or revoked after the day on which it was saved.";
pub(crate) const PRIVACY: &str = "What you paste is used for this answer and kept nowhere.";

pub(crate) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
pub(crate) const ABOUT: &str = "about";

pub(crate) const OFFLINE_LEAD: &str = "This file checks certificates without a network, by the clinic’s keys and records of {day}. Keep it and open it whenever you need it.";
pub(crate) const OFFLINE_FIELD: &str = "Text of the code";
pub(crate) const OFFLINE_ASK: &str = "Scan the square code on the paper with a telephone or a scanner and paste its text here. It begins with CD1:.";
pub(crate) const OFFLINE_FILE: &str = "Or the PDF itself";
pub(crate) const OFFLINE_FILE_HINT: &str =
    "It is compared, byte for byte, with what was issued. A scan or a print is another file: use the code.";
pub(crate) const OFFLINE_REVOCATION: &str = "Revocation not checked since {day}.";
pub(crate) const OFFLINE_PRIVACY: &str = "Nothing that you paste leaves this file.";
/// Titles and sentences that only the file has.
pub(crate) const OFFLINE_OUTCOMES: &[(&str, (&str, &str))] = &[
    ("no_code", ("Nothing to check", "Paste the text of the code. A number can only be looked up online.")),
    (
        "file_issued",
        (
            "The file is the one that was issued",
            "The clinic’s records hold this very PDF, byte for byte: it reads what was signed. Look at its last day.",
        ),
    ),
    (
        "file_unknown",
        (
            "Not a file of the records",
            "No certificate that was recorded by {day} is this file, byte for byte. It was changed, made again, or issued since. Check the text of its code.",
        ),
    ),
    (
        "no_cryptography",
        ("Not in this browser", "Save this page as a file and open that, or use a newer browser."),
    ),
];

pub(crate) const KIND: &str = "Certificate";
pub(crate) const NUMBER: &str = "Number";
pub(crate) const NAME: &str = "Name";
pub(crate) const BORN: &str = "Born";
pub(crate) const IDENTIFIER: &str = "Identifier";
pub(crate) const FINDING: &str = "Finding";
pub(crate) const FROM: &str = "First day";
pub(crate) const UNTIL: &str = "Last day";
pub(crate) const SIGNER: &str = "Signed by";
pub(crate) const LICENCE: &str = "Licence";
pub(crate) const ISSUER: &str = "Clinic";
pub(crate) const ISSUED: &str = "Issued";

pub(crate) const REVOCATION_KNOWN: &str = "Not revoked, as of {day}.";
pub(crate) const HEARD_SINCE: &str = "The computer that signed it was heard of last on {day}.";
pub(crate) const SUPERSEDED_BY: &str = "Number {number} was issued in its stead.";

pub(crate) const NOT_THE_PAPER: &str =
    "A number says nothing of the paper in your hand: anybody can copy it. Scan the code to check the paper.";

/// What a finding is called.
pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fit => "Fit",
        Verdict::FitWithLimits => "Fit, with limits",
        Verdict::NotFit => "Not fit",
        Verdict::Prescribed => "Spectacles prescribed",
    }
}

/// Title and sentence of an outcome.
pub(crate) fn outcome(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Genuine => (
            "The code is genuine",
            "This clinic signed the code. It says nothing of the paper around it: compare the two.",
        ),
        Outcome::Expired => (
            "The code is genuine, but expired",
            "This clinic signed the code, and the last day has passed. It says nothing of the paper around it: compare the two.",
        ),
        Outcome::Unrecorded => (
            "Not in the records",
            "A key of this clinic signed the code, but no record known here holds it. A paper that was issued lately may not have arrived yet. Do not accept it before the clinic has confirmed it.",
        ),
        Outcome::Revoked => ("Revoked", "This clinic took the certificate back. It is not valid any more."),
        Outcome::Superseded => {
            ("Replaced", "Another certificate replaced this one. It is not valid any more.")
        }
        Outcome::NotGenuine => (
            "Not genuine",
            "No one who may sign for this clinic signed what this code says. Do not accept the paper.",
        ),
        Outcome::UnknownIssuer => (
            "Unknown issuer",
            "No key of this clinic signed it, so nothing can be said of it here. Ask the clinic that the paper names.",
        ),
    }
}

/// Title and sentence of what became of a number.
pub(crate) fn number(state: NumberState) -> (&'static str, &'static str) {
    match state {
        NumberState::Issued => {
            ("Number in use", "This clinic issued a certificate under the number {number}.")
        }
        NumberState::Revoked => {
            ("Revoked", "This clinic took the certificate with the number {number} back. It is not valid.")
        }
        NumberState::Superseded => {
            ("Replaced", "Another certificate replaced the one with the number {number}. It is not valid.")
        }
        NumberState::Unknown => (
            "Unknown number",
            "No certificate with this number is known here. It may be mistyped, or not have arrived yet.",
        ),
    }
}

/// Title and sentence of a refusal.
pub(crate) fn refusal(problem: &Problem) -> (&'static str, &'static str) {
    match problem {
        Problem::Malformed => ("Nothing to check", "Paste the text of the code, or type the number."),
        Problem::TooLarge => {
            ("Too long", "No certificate’s code is so long. Paste the text of one code alone.")
        }
        Problem::TooMany { .. } => (
            "Too many questions",
            "Many checks came from your network within an hour. Wait a little and try again.",
        ),
        Problem::NoClinic => ("No clinic yet", "No clinic has been set up on this server."),
        _ => ("Not now", "The records cannot be asked at the moment. Try again in a few minutes."),
    }
}
