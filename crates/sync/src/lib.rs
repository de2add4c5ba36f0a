#![doc = include_str!("../README.md")]

mod http;
pub mod pack;
pub mod plan;
mod transport;

pub use http::Http;
pub use transport::{Transport, Unreached};
