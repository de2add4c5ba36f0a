#![doc = include_str!("../README.md")]

mod boxes;
mod breaks;
pub mod certificates;
mod code;
mod directions;
mod error;
mod file;
mod flow;
mod fonts;
pub mod forms;
mod glyphs;
mod itemise;
mod layout;
mod length;
mod letterhead;
mod moment;
mod page;
mod paper;
mod pdf;
mod pictures;
pub mod pixels;
pub mod plans;
pub mod scan;
mod shape;
pub mod sheets;
mod signing;
pub mod tables;
mod tags;
mod text;
mod xobjects;

pub use error::{DocumentError, Part};
pub use itemise::undrawn;
pub use length::{Area, Length};
pub use letterhead::{Emblem, Letterhead};
pub use moment::Moment;
pub use paper::{Format, Orientation, Paper};
