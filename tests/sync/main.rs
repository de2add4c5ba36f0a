//! Two workstations of one clinic and its server: the real program on a real PostgreSQL, and between them
//! a line that can be cut.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answers;
mod backups;
mod certificates;
mod clocks;
mod codes;
mod dental;
mod disputed;
mod ended;
mod enrol;
mod files;
mod fleet;
mod forms;
mod held;
mod idle;
mod imports;
mod key;
mod line;
mod lists;
mod looked;
mod note_sets;
mod notes;
mod put_back;
mod queue;
mod rejoin;
mod restore;
mod restored;
mod revoked;
mod rounds;
mod sessions;
mod stolen;
mod truth;
mod two_workstations;
mod vouching;
mod world;
