//! Codes: finding a name by what somebody types, the files that a clinic takes in itself, and what has no code yet.

mod find;
mod packs;
mod uncoded;

pub use find::{CodeFound, CodeSource, CodesFound, FindCodes, PinCode};
pub(crate) use find::{find_codes, pin_code};
pub use packs::{CodePackRow, CodePacks, CodesTaken, EndCodes, LeftLine, TakeInCodes};
pub(crate) use packs::{code_packs, end_codes, take_in_codes};
pub(crate) use uncoded::uncoded;
pub use uncoded::{Uncoded, UncodedAfter, UncodedRow};
