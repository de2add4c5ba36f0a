//! The clinic itself: founding it, and the people who work here.

mod calendar;
mod details;
mod found;
mod paper;
mod papers;
mod staff;
mod vouching;

pub use calendar::{CalendarView, EditCalendar};
pub(crate) use calendar::{calendar, edit_calendar};
pub use details::{ClinicView, SiteRow};
pub(crate) use details::{clinic_and_sites, edit_clinic, edit_site};
pub use found::{Asked, ConfirmSheet, FoundClinic, Founded};
pub(crate) use found::{ask, asked, confirm_sheet, found_clinic};
pub use paper::{Letter, Paper};
pub use papers::{PrintPaper, RecoveryPaper, RecoveryPapers, SavePaper};
pub(crate) use papers::{new_sheet, print_paper, recovery_papers, save_paper};
pub use staff::{AddUser, Added, DeactivateUser, EditUser, ListStaff, Staff, StaffEnd, StaffRow};
pub(crate) use staff::{add_user, deactivate_user, edit_user, staff};
