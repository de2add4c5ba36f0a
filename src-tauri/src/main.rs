#![doc = include_str!("../README.md")]
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod log;
mod rpc;
mod settings;
mod shell;

fn main() -> anyhow::Result<()> {
    log::to_stderr();
    let chosen = settings::folder(std::env::args_os().skip(1), std::env::var_os("CLINICDESK_DATA"))?;
    shell::run(chosen)
}
