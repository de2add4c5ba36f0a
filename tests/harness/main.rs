//! The harness proves itself: it starts, separates, finds, and leaves nothing behind.

mod browser;
mod leash;
mod page;
mod postgres;
mod window;
