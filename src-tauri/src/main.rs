#![doc = include_str!("../README.md")]
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::io::Write;
use std::process::ExitCode;

mod files;
mod heir;
mod log;
mod rpc;
mod shell;

fn main() -> ExitCode {
    log::to_stderr();
    let chosen = app::start::folder(std::env::args_os().skip(1), std::env::var_os("CLINICDESK_DATA"));
    let Err(error) = chosen.and_then(shell::run) else { return ExitCode::SUCCESS };
    // One line with its causes: whoever starts the program reads no stack, wherever RUST_BACKTRACE is set.
    writeln!(std::io::stderr(), "clinicdesk: {error:#}").ok();
    ExitCode::FAILURE
}
