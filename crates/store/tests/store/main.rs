//! The encrypted store, below every command.

mod clinic;
mod damage;
mod gate;
mod rebuild;
mod trail;
