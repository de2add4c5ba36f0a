//! What every command is declared with.

use domain::choice;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choice! {
    /// What a screen shows and a command makes stale.
    pub enum Tag {
        /// Who is signed in, and the door.
        Session = "session",
        /// The people who get care.
        Patients = "patients",
        /// The chart of one person.
        Chart = "chart",
        /// The visits that are under way.
        Visits = "visits",
        /// Certificates in lists and one by one.
        Certificates = "certificates",
        /// Unfinished typing.
        Scratch = "scratch",
        /// What waits for a person to settle it.
        Conflicts = "conflicts",
        /// The people who work here, the clinic and its sites.
        Clinic = "clinic",
        /// The audit trail.
        Audit = "audit",
        /// The state of sync and store.
        Status = "status",
    }
}

/// What the audit trail keeps of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Audit {
    /// Nothing when it succeeds.
    Never,
    /// An entry each time.
    Always,
    /// An entry each time that a chart is opened, none when an open one is read again.
    Opening,
}

/// No input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}
