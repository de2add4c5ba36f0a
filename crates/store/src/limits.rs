//! Whether the server's limit of a stamp can be right. Whoever limits a stamp says when its transaction came to them. What
//! this workstation had not heard of when it last read a feed to its end came later than the time that the server signed then;
//! and what the server let in without a limit once, it limits no more. A limit that says otherwise would date an entry back: it
//! counts for nothing, and the entry keeps the stamp that its author signed.

use domain::wire::Message;
use domain::{Hlc, Incarnation, Scope, TOLERANCE, wire};

use crate::StoreError;
use crate::act::Act;

/// When an answer came, by both clocks; in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// By the clock here, as it writes things down.
    pub now: u64,
    /// By the server's, which signed it.
    pub server: u64,
    /// Whether the two agree: then the server's is right, also where it said more before.
    pub agrees: bool,
}

wire! {
    /// What was known when a feed was last read to its end.
    pub struct ReadToEnd {
        /// The latest time that the server had signed by then: nothing new has come to it before that.
        at: u64,
        /// How many of this workstation's own ops the feed had told back.
        own: u64,
    }
}

/// What a feed may limit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits {
    not_before: u64,
    own: u64,
}

impl Limits {
    /// Whether a transaction that is new here can have come to the server when `limit` says so.
    pub(crate) fn hold(self, limit: Option<Hlc>) -> bool {
        limit.is_none_or(|limit| !is_before(limit, self.not_before))
    }

    /// The same of one that is known here, whose first op is `seq` of its log: the server said `before` of it. `ahead` says
    /// whether it lay far ahead when it came here, so that a limit was due at once.
    pub(crate) fn hold_still(
        self,
        (own, seq): (bool, u64),
        (before, limit): (Option<Hlc>, Option<Hlc>),
        ahead: impl FnOnce() -> Result<bool, StoreError>,
    ) -> Result<bool, StoreError> {
        if own && seq > self.own {
            return Ok(self.hold(limit));
        }
        match (before, limit) {
            (_, None) => Ok(true),
            (Some(before), Some(limit)) => Ok(!is_before(limit, before.milliseconds())),
            (None, Some(_)) => ahead(),
        }
    }
}

/// Whether `limit` lies further before a moment than well set clocks differ, and a question takes.
fn is_before(limit: Hlc, moment: u64) -> bool {
    limit.milliseconds().saturating_add(TOLERANCE) < moment
}

fn name(own: Incarnation, scope: Scope) -> String {
    format!("read_to_end/{own}/{scope}")
}

impl Act<'_> {
    fn read_before(&self, own: Incarnation, scope: Scope) -> Result<ReadToEnd, StoreError> {
        let kept = self.local(&name(own, scope))?.and_then(|bytes| ReadToEnd::from_bytes(&bytes).ok());
        Ok(kept.unwrap_or(ReadToEnd { at: 0, own: 0 }))
    }

    /// What the feed of `scope` may limit in an answer that was `heard`.
    pub(crate) fn limits(&self, own: Incarnation, scope: Scope, heard: Heard) -> Result<Limits, StoreError> {
        let before = self.read_before(own, scope)?;
        // A clock of the server's that ran ahead and was set right binds nobody.
        let not_before = if heard.agrees { before.at.min(heard.server) } else { before.at };
        Ok(Limits { not_before, own: before.own })
    }

    /// Notes that the installation `own` has read the feed of `scope` to its end with an answer that was `heard`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn read_to_end(&self, own: Incarnation, scope: Scope, heard: Heard) -> Result<(), StoreError> {
        let before = self.read_before(own, scope)?;
        let at = if heard.agrees { heard.server } else { before.at.max(heard.server) };
        let told = self.told(scope)?.unwrap_or_default().max(before.own);
        self.set_local(&name(own, scope), &ReadToEnd { at, own: told }.to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use domain::{Hlc, TOLERANCE};

    use super::Limits;

    const HOUR: u64 = 3_600_000;

    fn limit(at: u64) -> Option<Hlc> {
        Some(Hlc::at(at))
    }

    #[test]
    fn what_is_new_came_no_earlier_than_the_feed_was_last_read_to_its_end() {
        let limits = Limits { not_before: 10 * HOUR, own: 0 };
        assert!(
            limits.hold(None) && limits.hold(limit(10 * HOUR)) && limits.hold(limit(10 * HOUR - TOLERANCE))
        );
        assert!(!limits.hold(limit(10 * HOUR - TOLERANCE - 1)));
        assert!(Limits::default().hold(limit(0)), "nothing is known before the first time");
    }

    #[test]
    fn what_was_let_in_without_a_limit_gets_none_and_a_limit_only_rises_or_goes() {
        let limits = Limits { not_before: 10 * HOUR, own: 4 };
        let still =
            |before, limit, ahead| limits.hold_still((false, 1), (before, limit), || Ok(ahead)).unwrap();
        assert!(!still(None, limit(11 * HOUR), false));
        assert!(still(None, limit(HOUR), true), "a limit was due from the first");
        assert!(still(limit(5 * HOUR), limit(6 * HOUR), false) && still(limit(5 * HOUR), None, false));
        assert!(!still(limit(5 * HOUR), limit(4 * HOUR), true));
    }

    #[test]
    fn ones_own_is_new_until_the_feed_has_told_it_back() {
        let limits = Limits { not_before: 10 * HOUR, own: 4 };
        let own = |seq, at| limits.hold_still((true, seq), (None, limit(at)), || Ok(false)).unwrap();
        assert!(own(5, 10 * HOUR) && !own(5, 9 * HOUR) && !own(4, 10 * HOUR));
    }
}
