//! What a kind asks of its own steps, beside the rules that hold for all kinds.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::access::{NotAllowed, Subject, User};
use crate::fold::State;
use crate::op::Op;
use crate::record::Kind;
use crate::session::{Reach, Session};
use crate::{Hlc, Incarnation, Instant, OpId, RecordId, Scope};

/// The wall and the log's clock of one computer differ by less milliseconds: a day.
const APART: u64 = 86_400_000;

/// Whether what was written at `stamp` may say that it happened at `wall`.
pub(crate) fn is_near(stamp: Hlc, wall: &Instant) -> bool {
    u64::try_from(wall.milliseconds()).is_ok_and(|shown| shown.abs_diff(stamp.milliseconds()) <= APART)
}

/// Whether `op` is stamped later than `base`, on which it rests. A clock that ran far ahead binds nobody: that of a
/// workstation, which a server limited, or that of both, as is seen where it came.
pub(crate) fn follows(view: &dyn View, op: &Op, base: &Op) -> bool {
    let ran_ahead =
        || view.arrived(base.id()).is_some_and(|arrived| base.header.hlc.is_far_ahead_of(arrived));
    base.header.hlc < op.header.hlc || base.clamp.is_some() || ran_ahead()
}

/// Why a transaction is not let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "code", content = "field")]
pub enum Fault {
    /// Its ops are not the ones that it names.
    Torn,
    /// Nobody here knows its author.
    UnknownAuthor,
    /// A kind of record that this version does not know.
    UnknownKind(String),
    /// A field that this version does not know.
    UnknownField(String),
    /// A value of another type than its field's.
    WrongType(String),
    /// A step that records of this kind do not take.
    UnknownStep,
    /// The author may not do this.
    NotAllowed(NotAllowed),
    /// A step on a record that does not exist.
    NoRecord,
    /// A field that is set when the record is made, and only then.
    Fixed(String),
    /// A change or withdrawal of a signed record.
    Frozen,
    /// A step that the present state does not permit.
    IllegalMove(String),
    /// A step of legal weight without its author's own signature.
    NotSigned,
    /// It rests on ops that nobody here has.
    UnknownBase,
    /// A withdrawal needs a reason, and a signature something to sign.
    Empty,
    /// A time that its log's clock cannot have been at.
    Clock,
    /// Its workstation was ended before the server had it.
    Ended,
    /// Its author did not sit where it was written.
    NoSession,
    /// A certificate whose code says otherwise than its record, or bears a number that is not its own.
    FalseCode,
    /// A field that another one asks for, and that says nothing.
    Lacking(String),
}

/// What admission has to look up.
pub trait View {
    /// The user's record.
    fn user(&self, user: RecordId) -> Option<User>;
    /// The ops of a record that are not quarantined, none when there is no such record.
    fn ops(&self, record: RecordId) -> Vec<Op>;
    /// The states in which a record stood earlier, where a step counts that was right by any of them; none where
    /// the present one alone decides.
    fn formerly(&self, _kind: &Kind, _record: RecordId) -> Vec<State> {
        Vec::new()
    }
    /// The stamp of the last op before the one with this id in the same log that was not limited; none before the
    /// first.
    fn stamp_before(&self, op: OpId) -> Option<Hlc>;
    /// The last stamp, not limited, of those that stood in the installation's logs but that of `scope` when `said` was said.
    fn stamp_beside(&self, said: &Session, scope: Scope) -> Option<Hlc> {
        let last = |log: &Reach| {
            let seq = log.size.saturating_add(1);
            self.stamp_before(OpId { incarnation: said.incarnation, scope: log.scope, seq })
        };
        said.logs.iter().filter(|log| log.scope != scope).filter_map(last).max()
    }
    /// When this op came here, in milliseconds since 1970, by the clock that is believed here; none where nobody noted it.
    fn arrived(&self, op: OpId) -> Option<u64>;
    /// The certificates that bear this printed number.
    fn bearing(&self, number: &str) -> Vec<RecordId>;
    /// The records of the clinic itself.
    fn clinics(&self) -> Vec<RecordId>;
    /// The record of the workstation whose installation this is.
    fn workstation(&self, incarnation: Incarnation) -> Option<RecordId>;
}

/// A step that its kind is asked about.
pub struct Asked<'a> {
    /// What is known.
    pub view: &'a dyn View,
    /// Who takes it.
    pub subject: &'a Subject,
    /// The version of the declarations by which it was written.
    pub schema: u64,
    /// Whether that is newer than this program's, which may know less.
    pub newer: bool,
    /// The step.
    pub op: &'a Op,
    /// The record as its author saw it.
    pub seen: &'a State,
    /// The earlier steps of the same transaction, in order.
    pub earlier: &'a [Op],
    /// All ops of each record that the transaction has changed so far.
    pub changed: &'a BTreeMap<RecordId, Vec<Op>>,
}

impl Asked<'_> {
    /// The ops of a record that are not quarantined, those before this step in its transaction too.
    pub(crate) fn ops(&self, record: RecordId) -> Vec<Op> {
        self.changed.get(&record).cloned().unwrap_or_else(|| self.view.ops(record))
    }

    /// The record as its author saw it, with what this step says.
    pub(crate) fn after(&self) -> State {
        let said = self.op.body.as_ref().map(|body| &body.patch);
        said.map_or_else(|| self.seen.clone(), |patch| self.seen.clone().with(patch))
    }
}

/// The rule of a kind.
pub type Rule = fn(&Asked) -> Result<(), Fault>;
