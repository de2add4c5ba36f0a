//! Teeth: how they are named, what is found of them and done to them, the mouth on any day, and what is counted of it.
//!
//! A tooth is named by ISO 3950, and there are 52 such names. What is seen of a mouth on one occasion is an exam; what is
//! found of a tooth is a mark, which holds until it ends; what is to be done is a procedure, which goes from planned to
//! done under its teeth. The mouth on a day follows from these three alone ([`mouth`]).

mod exams;
mod index;
mod marks;
mod mouth;
mod procedures;
mod surfaces;
mod teeth;

pub(crate) use exams::check_exam;
pub use exams::{ToothExam, named_twice};
pub use index::{Index, Indices, code, indices};
pub(crate) use marks::check_mark;
pub use marks::{Depth, Mark, ToothMark, ToothMarkText, mark_cannot_be, mark_lacks, supersedes};
pub use mouth::{Clash, ClashSort, Seen, Stands, mouth};
pub(crate) use procedures::check_procedure;
pub use procedures::{
    AsksAgain, Procedure, ProcedureStatus, ProcedureText, Treated, Treatment, XrayLooked, asks_again,
    procedure_cannot_be, procedure_lacks, results,
};
pub use surfaces::{NotSurfaces, Surfaces};
pub use teeth::{NoSuchTooth, Tooth};
