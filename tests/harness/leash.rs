use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use tests::leash::{Leash, Stop, runs, scratch};
use tests::wait;

const LIMIT: Duration = Duration::from_secs(10);

fn hold(script: &str) -> Result<Leash> {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    Leash::hold(scratch()?, &command, Stop::Terminate)
}

/// The number that the program printed, which is a process id.
fn printed(leash: &Leash) -> Result<u32> {
    leash.ready(LIMIT, |log| log.strip_suffix('\n')?.parse().ok())
}

#[test]
fn a_program_its_children_and_its_folder_end_with_the_leash() -> Result<()> {
    let leash = hold("sleep 600 & echo $!; wait")?;
    let child = printed(&leash)?;
    let (program, folder) = (leash.pid(), leash.folder().to_owned());
    assert!(runs(program) && runs(child) && folder.is_dir());
    drop(leash);
    assert!(!runs(program) && !folder.exists());
    wait::until("the child ends", LIMIT, || Ok((!runs(child)).then_some(())))
}

#[test]
fn a_later_program_does_not_keep_an_earlier_one_alive() -> Result<()> {
    let earlier = hold("echo $$; exec sleep 600")?;
    let program = printed(&earlier)?;
    let later = hold("echo $$; exec sleep 600")?;
    drop(earlier);
    assert!(!runs(program));
    assert!(runs(printed(&later)?));
    Ok(())
}

#[test]
fn a_program_that_ignores_the_request_is_ended_all_the_same() -> Result<()> {
    let leash = hold("trap '' TERM; echo $$; while :; do sleep 1; done")?;
    let program = printed(&leash)?;
    drop(leash);
    assert!(!runs(program));
    Ok(())
}

#[test]
fn a_program_that_ends_early_is_told_with_what_it_printed() -> Result<()> {
    let leash = hold("echo no such screen; exit 3")?;
    let error = leash.ready(LIMIT, |_| None::<()>).unwrap_err();
    assert!(format!("{error:#}").contains("no such screen"), "{error:#}");
    assert!(format!("{error:#}").contains("the program ended"), "{error:#}");
    Ok(())
}

#[test]
fn a_wait_that_is_too_long_is_given_up_and_says_for_what() {
    let error = wait::until("a miracle", Duration::ZERO, || Ok(None::<()>)).unwrap_err();
    assert_eq!(error.to_string(), "a miracle: not within 0 s");
}
