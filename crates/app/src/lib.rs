#![doc = include_str!("../README.md")]

pub mod access;
pub mod audit;
pub mod bindings;
pub mod certificates;
pub mod clinic;
mod clock;
pub mod commands;
pub mod conflicts;
mod desk;
mod door;
pub mod enrol;
pub mod import;
mod keep;
pub mod medication;
pub mod patients;
mod pictures;
mod place;
pub mod refusal;
pub mod scratch;
mod seat;
pub mod spooler;
pub mod status;
pub mod sync;
mod trust;
pub mod verify;
pub mod visits;
pub mod workstations;
mod world;

pub use clock::SystemClock;
pub use commands::call;
pub use desk::{Desk, Window};
pub use keep::keep;
pub use pictures::Picture;
pub use refusal::{Code, Refusal};
pub use seat::Seat;
pub use world::{Clock, World};
