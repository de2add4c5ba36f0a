//! The clinic itself: founding it, and the people who work here.

mod found;
mod people;
mod staff;
mod vouching;

pub use found::{Asked, ConfirmSheet, FoundClinic, Founded};
pub(crate) use found::{ask, asked, confirm_sheet, found_clinic};
pub(crate) use people::refresh_people;
pub use staff::{AddUser, Added, DeactivateUser, EditUser, Staff, StaffRow};
pub(crate) use staff::{add_user, deactivate_user, edit_user, staff};
