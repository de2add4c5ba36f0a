//! Who sat where: a person opens a session at an installation and ends it, each time by a signed message. It is no op: it is
//! kept beside the logs, and told with what was written in the session. `docs/formats/session.md` is the format page.

use crate::op::Transaction;
use crate::wire::Wire;
use crate::{ClinicId, Incarnation, RecordId, Scope, SessionId, Value, wire};

/// The version of the format that this program writes.
pub const FORMAT: u64 = 1;

wire! {
    /// A person's word that they sit down at an installation, or leave it.
    pub struct Session {
        /// The format's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The installation.
        incarnation: Incarnation,
        /// Rises with each opening and ending there: one more than the last, or the milliseconds since 1970 if they are more.
        number: u64,
        /// The session.
        session: SessionId,
        /// The person, who signs it.
        user: RecordId,
        /// What they do.
        turn: Turn,
        /// How far each log of the installation was: it speaks of what is written behind that, up to the next message.
        logs: Vec<Reach>,
    }
}

wire! {
    /// How far a log was.
    pub struct Reach {
        /// The scope of its ops.
        scope: Scope,
        /// The sequence number of its last op; zero for none.
        size: u64,
    }
}

/// What a person does with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// They sit down: what follows is theirs.
    Open,
    /// They leave: what follows is nobody's.
    End,
}

impl Session {
    /// How far the log of `scope` was.
    #[must_use]
    pub fn reach(&self, scope: Scope) -> u64 {
        self.logs.iter().find(|log| log.scope == scope).map_or(0, |log| log.size)
    }
}

/// Of what an installation told, each with the scope of the log to which it was told, the place of what speaks of the op
/// `seq` of the log of `scope`: the last that was said before it was written. What was told to the other log alone speaks
/// of this one too, from where the first of it stood: an installation that tells its sessions writes nothing without.
pub fn before<'a>(told: impl Iterator<Item = (Scope, &'a Session)>, scope: Scope, seq: u64) -> Option<usize> {
    let told: Vec<_> = told.enumerate().collect();
    let place = |(_, (to, said)): &&(usize, (Scope, &Session))| (*to, said.reach(*to), said.number);
    let here =
        told.iter().filter(|(_, (to, said))| *to == scope && said.reach(scope) < seq).max_by_key(place);
    let first = || told.iter().min_by_key(place).filter(|(_, (_, said))| said.reach(scope) < seq);
    here.or_else(first).map(|(at, _)| *at)
}

/// What an installation had said last, before a transaction was written there, of who sits at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The message.
    pub said: Session,
    /// Whether the author of the transaction signed it, by a key that is vouched for.
    pub signed: bool,
}

impl Told {
    /// Whether it makes the author of `transaction` the one who sat there.
    #[must_use]
    pub fn seats(&self, transaction: &Transaction) -> bool {
        let said = &self.said;
        self.signed
            && said.turn == Turn::Open
            && (said.incarnation, said.session, said.user)
                == (transaction.incarnation, transaction.session, transaction.author)
    }
}

impl Wire for Turn {
    fn to_value(&self) -> Value {
        Value::text(match self {
            Self::Open => "open",
            Self::End => "end",
        })
    }

    fn from_value(value: &Value) -> Option<Self> {
        [Self::Open, Self::End].into_iter().find(|turn| turn.to_value() == *value)
    }
}
