//! Every screen of the window in a headless browser, over the bridge and a real store: whoever can reach it,
//! in light and in dark, at the size of a small screen and twice as large.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod bridge;
mod clinic;
mod copies;
mod flaws;
mod import;
mod places;
mod routes;
mod visitor;
mod walk;
