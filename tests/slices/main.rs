//! What the product does, command by command, through every layer below the screens.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod allergies;
mod bounds;
mod certificates;
mod charts;
mod clinic;
mod clinicctl;
mod clinicctl_verify;
mod clock;
mod codes;
mod conflicts;
mod consents;
mod cut_names;
mod duplicates;
mod exam;
mod files;
mod finding;
mod founding;
mod history;
mod imports;
mod inputs;
mod lists;
mod lock;
mod notes;
mod older;
mod opened;
mod passwords;
mod patients;
mod permissions;
mod queue;
mod scratch;
mod secrets;
mod shapes;
mod sign_in;
mod small_files;
mod staff;
mod storage;
mod tags;
mod trail;
mod trust;
mod verify;
mod visits;
mod vitals;
mod vouching;
mod workstations;
