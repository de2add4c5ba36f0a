//! The one place of the server that looks at a clock or waits.

use std::future::Future;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Time.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn now(&self) -> u64;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the server's one clock")]
    fn now(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }
}

/// Comes back once `time` has passed.
#[expect(clippy::disallowed_methods, reason = "a line that says nothing is not waited for without end")]
pub async fn after(time: Duration) {
    tokio::time::sleep(time).await;
}

/// What `work` comes to, if it does within `limit`.
#[expect(clippy::disallowed_methods, reason = "a server that waits for ever for its database is down")]
pub async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(limit, work).await.ok()
}
