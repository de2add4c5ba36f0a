//! A second start.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use tests::leash::{Leash, Stop, runs, scratch};
use tests::person::Person;
use tests::shot::Scheme;
use tests::window::Window;
use tests::{program, wait};

#[tokio::test]
async fn a_second_window_on_the_same_folder_says_so_and_works_once_the_first_is_closed() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let first = Person::at(folder.path(), Scheme::Light).await?;
    first.sees("Set up a clinic").await?;
    let pid = first.pid(folder.path())?;
    let second = Person::at(folder.path(), Scheme::Light).await?;
    second.reads("ClinicDesk is open a second time on this computer.").await?;
    second.looks_at("second-start").await?;
    first.leaves().await?;
    wait::until("the first has ended", Duration::from_secs(10), || Ok((!runs(pid)).then_some(())))?;
    // On a busy computer the system frees the folder a moment after the process has ended.
    let mut tries = 0;
    loop {
        second.presses("Try again").await?;
        match second.sees("Set up a clinic").await {
            Err(_) if tries < 3 => tries += 1,
            seen => break seen?,
        }
    }
    second.leaves().await
}

#[tokio::test]
async fn a_second_start_without_a_folder_of_its_own_ends_at_once_and_leaves_the_first_open() -> Result<()> {
    let mut bus = Command::new("dbus-daemon");
    bus.args(["--session", "--nofork", "--print-address=1"]);
    let bus = Leash::hold(scratch()?, &bus, Stop::Terminate)?;
    let address = bus.ready(Duration::from_secs(10), |log| {
        log.split_inclusive('\n').find_map(|line| Some(line.strip_suffix('\n')?.to_owned()))
    })?;
    let variables = [("DBUS_SESSION_BUS_ADDRESS", address.as_str())];
    let application = program("clinicdesk")?;
    let first = Window::open(&application, &[], &variables, Scheme::Light).await?;
    let folders = first.leash().folder();
    let held = folders.join("XDG_DATA_HOME/org.clinicdesk.desktop/clinic/lock");
    wait::until("the first holds the system's folder", Duration::from_secs(15), || {
        Ok(held.exists().then_some(()))
    })?;

    let mut second = Command::new(&application);
    second.env("DISPLAY", first.display().name()).envs(variables);
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
        second.env(name, folders.join(name));
    }
    let mut second = second.spawn()?;
    let status = wait::until("the second ends", Duration::from_secs(15), || Ok(second.try_wait()?))?;
    assert!(status.success());
    assert!(runs(first.leash().pid()));
    first.driver().title().await.context("the first still answers")?;
    first.close().await
}

#[test]
fn a_wrong_argument_is_told_and_opens_nothing() -> Result<()> {
    let out = Command::new(program("clinicdesk")?).args(["--date", "/a"]).env_remove("DISPLAY").output()?;
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8(out.stderr)?.contains("there is one: --data DIR"));
    Ok(())
}
