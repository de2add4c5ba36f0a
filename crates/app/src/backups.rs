//! Backups: where they go, what is in one, what is in none, and whether one comes back. The work is done by jobs, which
//! have no author; a person says where it goes and asks for it.

mod check;
mod ended;
mod hands;
mod kept;
mod leave;
mod pace;
mod points;
mod reach;
mod remote;
mod run;
mod targets;
mod trial;
mod view;

pub(crate) use check::check;
pub(crate) use ended::ended;
pub(crate) use hands::{Hands, NotDone, alone};
pub(crate) use kept::{Kept, forget_found, targets};
pub(crate) use leave::before_leaving;
pub(crate) use points::restore_points;
pub use points::{PointRow, PointsOf, RestorePoints};
pub(crate) use reach::{Seen, line};
pub(crate) use remote::{Line, Remote};
pub(crate) use run::{back_up, has_news};
pub(crate) use targets::edit_targets;
pub use targets::{EditTargets, TargetSort};
pub use trial::{SignRehearsal, TestedRow};
pub(crate) use trial::{sign_rehearsal, trial};
pub use view::{BackUpNow, BackedUp, Backups, DayRow, MendedRow, OfTarget, TargetRow, TargetState};
pub(crate) use view::{back_up_now, backup_alarm, backups, check_backup, test_restore};
