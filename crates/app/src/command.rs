//! What every command is declared with.

use domain::kinds::KINDS;
use domain::record::Kind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an answer rests on and a command makes stale: a kind of record by its name, or one of the few things that
/// are no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Tag(&'static str);

impl Tag {
    /// Who is signed in, and the door.
    pub const SESSION: Self = Self("session");
    /// Unfinished typing.
    pub const SCRATCH: Self = Self("scratch");
    /// The audit trail.
    pub const AUDIT: Self = Self("audit");
    /// The state of sync and store.
    pub const STATUS: Self = Self("status");
    /// The registrar's list in hand at this workstation.
    pub const LIST: Self = Self("list");
    /// The backups of this workstation and where they go.
    pub const BACKUPS: Self = Self("backups");
    /// The jobs of this workstation.
    pub const JOBS: Self = Self("jobs");

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let others =
            [Self::SESSION, Self::SCRATCH, Self::AUDIT, Self::STATUS, Self::LIST, Self::BACKUPS, Self::JOBS];
        KINDS.iter().map(|kind| Self::of(kind)).chain(others)
    }

    /// The tag of a kind.
    #[must_use]
    pub fn of(kind: &Kind) -> Self {
        Self(kind.name)
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.0
    }
}

/// Tags as the list of commands declares them, where `every` stands for all kinds, and `timeline` for those that stand
/// on one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags(pub(crate) &'static [&'static str]);

impl Tags {
    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Tag> {
        let (every, timeline) = (self.0.contains(&"every"), self.0.contains(&"timeline"));
        let kinds = KINDS.iter().filter(move |kind| every || (timeline && kind.happened.is_some()));
        let others = self.0.iter().filter(|word| !["every", "timeline"].contains(*word));
        kinds.map(|kind| Tag::of(kind)).chain(others.map(|word| Tag(word)))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Those of `kinds` that are not among them.
    #[must_use]
    pub fn lacking<'a>(self, kinds: impl IntoIterator<Item = &'a String>) -> Vec<&'a str> {
        let missing = |kind: &&str| !self.iter().any(|tag| tag.word() == *kind);
        kinds.into_iter().map(String::as_str).filter(missing).collect()
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
    /// An entry each time that a chart is opened, none when an open one is read again. Many parts of a chart are read
    /// at once, so a part that needs `ChartRead` leaves the entry of `chart`.
    Opening,
}

/// No input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}
