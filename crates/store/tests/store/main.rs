//! The encrypted store, below every command.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod blobs;
mod carried;
mod clinic;
mod damage;
mod elsewhere;
mod gate;
mod kills;
mod marks;
mod measures;
mod older;
mod rebuild;
mod rules;
mod sessions;
mod soak;
mod stranded;
mod sums;
#[cfg(target_os = "linux")]
mod syncs;
mod trail;
