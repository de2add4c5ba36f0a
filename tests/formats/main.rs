//! The formats of `docs/formats`, against the golden vectors that the second implementation wrote
//! (`tests/second`, `tests/vectors`): each is read, and made again to the byte.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod audit;
mod cbor;
mod code;
mod declarations;
mod fold;
mod keys;
mod kinds;
mod log;
mod marks;
mod messages;
mod op;
mod seal;
mod session;
mod stream;
mod sync;
mod vectors;
