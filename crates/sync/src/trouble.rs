//! What goes wrong, and since when. Pure.

use domain::wire;

wire! {
    /// Why rounds do not succeed.
    pub struct Trouble {
        /// The code of the refusal.
        code: String,
        /// The server's own code, where it refuses.
        reason: Option<String>,
        /// Since when it has been so without a break, in milliseconds since 1970.
        since: u64,
        /// When it was tried last.
        tried: u64,
    }
}

impl Trouble {
    /// The trouble after a try at `now` failed with `code` and `reason`. Another cause begins anew.
    #[must_use]
    pub fn after(before: Option<Self>, code: &str, reason: Option<&str>, now: u64) -> Self {
        let same = before.filter(|before| before.code == code && before.reason.as_deref() == reason);
        Self {
            code: code.to_owned(),
            reason: reason.map(ToOwned::to_owned),
            since: same.map_or(now, |before| before.since),
            tried: now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trouble;

    #[test]
    fn the_same_trouble_keeps_its_beginning_and_another_begins_anew() {
        let first = Trouble::after(None, "offline", None, 100);
        let second = Trouble::after(Some(first.clone()), "offline", None, 200);
        assert_eq!((first.since, first.tried), (100, 100));
        assert_eq!((second.since, second.tried), (100, 200));
        let refused = Trouble::after(Some(second), "server_refused", Some("revoked"), 300);
        assert_eq!((refused.since, refused.reason.as_deref()), (300, Some("revoked")));
        let other = Trouble::after(Some(refused), "server_refused", Some("wrong_clinic"), 400);
        assert_eq!(other.since, 400);
    }
}
