//! The desktop window itself, with WebKitGTK in it and a real data folder under it, driven as a person
//! drives it: by names and labels.

mod access;
mod beside;
mod borders;
mod certificates;
mod clinic;
mod files;
mod goals;
mod guide;
mod leave;
mod notes;
mod patients;
mod symbols;
mod workstations;
