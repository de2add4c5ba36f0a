//! The server on a real PostgreSQL: what it takes in, what it tells, whom it refuses, and that nobody
//! who reads a feed misses anything.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod audit;
mod backups;
mod desk;
mod feeds;
mod files;
mod introduce;
mod life;
mod looked;
mod order;
mod protocol;
mod quarantine;
mod refusals;
mod restored;
mod rights;
mod sessions;
mod sync;
mod verify;
mod world;
