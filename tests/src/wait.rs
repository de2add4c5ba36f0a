//! The one place of the tests that waits on the wall clock: for programs that live on it.

#![expect(
    clippy::disallowed_methods,
    reason = "a started program is ready when it is ready; only the wall clock bounds the wait"
)]

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

const STEP: Duration = Duration::from_millis(20);

/// Looks every 20 ms until `look` answers, at most for `limit`.
///
/// # Errors
/// What `look` fails with, at once; or that `what` did not come in time.
pub fn until<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if start.elapsed() > limit {
            bail!("{what}: not within {} s", limit.as_secs());
        }
        std::thread::sleep(STEP);
    }
}

/// Lets `time` pass: for what takes its time, such as a poor line.
pub fn pass(time: Duration) {
    std::thread::sleep(time);
}

/// A loopback port that nobody listened on a moment ago.
///
/// # Errors
/// When the system gives none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Whether somebody listens on this loopback port.
#[must_use]
pub fn listens(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}
