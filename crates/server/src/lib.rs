#![doc = include_str!("../README.md")]

mod anonymous;
mod arrived;
mod audit;
mod blobs;
mod body;
pub mod claim;
mod clinic;
pub mod clock;
pub mod database;
mod decide;
mod epoch;
pub mod feed;
mod health;
pub mod http;
mod intake;
mod introduce;
pub mod key;
mod known;
mod lines;
mod log;
mod looked;
mod measures;
pub mod media;
mod network;
mod openings;
mod peer;
pub mod problem;
mod receive;
mod records;
pub mod settings;
mod sync;
mod ticket;
mod verify;

pub use http::{Server, router, serve};
pub use problem::Problem;
pub use settings::Settings;
