//! The log: what the shell handled, never what a person typed or read.

use std::io::stderr;

use tracing_subscriber::filter::LevelFilter;

/// Writes one JSON object a line to the standard error output: warnings, and worse.
///
/// A panic tells its place and not its words, because those may quote a person's data.
pub fn to_stderr() {
    tracing_subscriber::fmt().json().with_max_level(LevelFilter::WARN).with_writer(stderr).init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "panicked");
    }));
}
