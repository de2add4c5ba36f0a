//! Why a verb ended before its end.

use std::io;
use std::process::ExitCode;

use app::{Code, Refusal};
use serde_json::{Value, json};

use crate::reasons;
use crate::words;

/// Why a verb ended before its end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The clinic refuses.
    Refused(Refusal),
    /// It was asked in a way that cannot be answered; the sentence says how to ask.
    Usage(String),
    /// It was done, and its answer could not be written.
    Unwritten(String),
    /// Nobody reads the answer any more.
    Closed,
}

impl Stop {
    /// What standard error is told; nothing when nobody is to be told.
    pub(crate) fn words(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => Some(refused(refusal).to_string()),
            Self::Usage(sentence) | Self::Unwritten(sentence) => {
                Some(words::fill(words::USAGE, &[("sentence", sentence)]))
            }
            Self::Closed => None,
        }
    }

    /// The same, where a target of backups is what it is about: the sentence names it.
    pub(crate) fn about(self, target: &str) -> Self {
        match self {
            Self::Refused(refusal) if refusal.code == Code::NotBackedUp => {
                Self::Refused(refusal.with("name", target))
            }
            other => other,
        }
    }

    /// 1 for a refusal or an answer that went nowhere, 2 for wrong usage.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Refused(_) | Self::Unwritten(_) => ExitCode::from(1),
            Self::Usage(_) => ExitCode::from(2),
            Self::Closed => ExitCode::SUCCESS,
        }
    }
}

fn refused(refusal: &Refusal) -> Value {
    json!({
        "code": refusal.code,
        "message": reasons::sentence(refusal),
        "fields": refusal.fields,
    })
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            // Where it failed is known: the answer was under way, so what was asked for is done.
            _ => Self::Unwritten(words::fill(words::NOT_WRITTEN, &[("error", &error.to_string())])),
        }
    }
}
