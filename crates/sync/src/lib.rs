#![doc = include_str!("../README.md")]

mod http;
pub mod lane;
pub mod pack;
pub mod plan;
pub mod rhythm;
mod transport;
mod trouble;

pub use http::Http;
pub use transport::{Transport, Unreached};
pub use trouble::Trouble;
