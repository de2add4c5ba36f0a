//! Two windows of one clinic and its server: attached and joined on screen, offline, and in step again.

use anyhow::{Context, Result};
use serde_json::json;
use tests::person::Person;
use tests::server::Server;
use tests::shot::Scheme;
use thirtyfour::{By, Key};

use crate::clinic::{PASSWORD, found, signs_in};

/// The administrator attaches the clinic to its server.
async fn attaches(person: &Person, server: &Server) -> Result<()> {
    person.presses("Admin").await?;
    person.presses("Workstations").await?;
    person.reads("None yet.").await?;
    person.looks_at("workstations-alone").await?;
    person.types("Address of the server", &server.url()).await?;
    person.types("One-time code", "AAAA-BBBB-CCCC").await?;
    person.presses("Attach the clinic").await?;
    person.reads("This is not the one-time code of the server.").await?;
    person.looks_at("attach-refused").await?;
    person.types("One-time code", &server.claim_code()).await?;
    person.presses("Attach the clinic").await?;
    person.reads(&format!("Records are exchanged with {}.", server.url())).await
}

/// The administrator gives a code for one more workstation: its lines, as they stand on the screen.
async fn gives_a_code(person: &Person) -> Result<String> {
    person.presses("Add a workstation").await?;
    person.types("Name", "Room 2").await?;
    person.presses("Give a code").await?;
    person.reads("It holds for").await?;
    person.looks_at("workstation-code").await?;
    let lines =
        "return [...document.querySelectorAll('ol code')].map((line) => line.textContent).join('\\n')";
    Ok(person.script(lines).await?.as_str().context("the lines")?.to_owned())
}

/// An empty computer joins, and the administrator signs in at it.
async fn joins(person: &Person, server: &Server, code: &str) -> Result<()> {
    person.sees("Set up a clinic").await?;
    person.presses("One more workstation, by code").await?;
    person.sees("Join a clinic").await?;
    person.types("Address of the server", &server.url()).await?;
    person.types("Code", &code.replacen(|sign: char| sign.is_ascii_digit(), "?", 1)).await?;
    person.presses("Join the clinic").await?;
    person.reads("mistyped").await?;
    person.looks_at("join-mistyped").await?;
    person.types("Code", code).await?;
    person.looks_at("join").await?;
    person.presses("Join the clinic").await?;
    person.sees("This computer has joined").await?;
    person.looks_at("joined").await?;
    person.presses("It is written down").await?;
    person.sees("Who is it?").await?;
    person.looks_at("who-joined").await?;
    signs_in(person, "Maria Reyes", PASSWORD).await?;
    person.sees("Today").await?;
    person.reads("Up to date").await
}

async fn registers(person: &Person, family: &str) -> Result<()> {
    let details = json!({"details": {"family": family, "given": "Gustavo"}});
    let kept = person.asks("main", "register_patient", details).await?;
    assert!(kept.is_ok(), "{kept:?}");
    Ok(())
}

/// Waits until the server has everything that was written here.
async fn sends(person: &Person) -> Result<()> {
    let status = "window.__TAURI_INTERNALS__.invoke('main', { name: 'status', input: {} })";
    comes(person, &format!("{status}.then(({{ waiting }}) => waiting === 0)")).await
}

/// Waits until this is so in the page.
async fn comes(person: &Person, so: &str) -> Result<()> {
    let script = format!(
        "const [done] = arguments;
         const look = async () => ((await ({so})) ? done(true) : setTimeout(look, 100));
         look().catch(done);"
    );
    let so = person.driver().execute_async(script, vec![]).await?;
    assert_eq!(*so.json(), json!(true));
    Ok(())
}

/// Looks for somebody who is not here yet; the list on screen has them as soon as a round has brought them.
async fn receives(person: &Person, family: &str) -> Result<()> {
    person.presses("Today").await?;
    person.sees("Today").await?;
    person.keys("/").await?;
    person.types("Find a patient, certificate or command", family).await?;
    person.reads(&format!("Register “{family}”")).await?;
    person.asks("main", "send_now", json!({})).await?.ok().context("sent")?;
    person.reads(&format!("{}, Gustavo", family.to_uppercase())).await?;
    person.keys(Key::Escape + "").await?;
    comes(person, "document.querySelector('[role=dialog]') === null").await
}

#[tokio::test]
async fn two_workstations_join_on_screen_work_offline_say_so_and_are_in_step_again() -> Result<()> {
    let mut server = Server::start();
    let (here, there) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let one = found(here.path(), Scheme::Light).await?;
    attaches(&one, &server).await?;
    one.reads("Up to date").await?;
    let code = gives_a_code(&one).await?;
    let two = Person::at(there.path(), Scheme::Dark).await?;
    joins(&two, &server, &code).await?;

    registers(&one, "Quibranzavar").await?;
    sends(&one).await?;
    receives(&two, "Quibranzavar").await?;

    server.stop();
    registers(&two, "Mejorada").await?;
    two.reads("Offline, 1 waiting since").await?;
    two.presses("Offline, 1 waiting since").await?;
    two.looks_at("offline").await?;
    two.presses("Sync and health").await?;
    two.reads("The server cannot be reached since").await?;
    two.looks_at("health-offline").await?;
    registers(&two, "Salonga").await?;
    two.reads("Offline, 2 waiting since").await?;

    server.start_again();
    two.presses("Send now").await?;
    sends(&two).await?;
    two.reads("Up to date").await?;
    two.reads("The signature is genuine.").await?;
    two.looks_at("health-in-step").await?;
    receives(&one, "Mejorada").await?;
    one.presses("Admin").await?;
    one.presses("Workstations").await?;
    one.looks_at("workstations").await?;
    one.driver().find(By::XPath("//td/b[. = 'Room 2']")).await?.click().await?;
    one.presses("End this workstation").await?;
    one.sees("End the workstation Room 2?").await?;
    one.looks_at("workstation-end").await?;
    one.presses("End it").await?;
    one.reads("The workstation Room 2 was ended.").await?;
    sends(&one).await?;
    two.presses("Send now").await?;
    two.reads("An administrator has ended this workstation.").await?;
    two.looks_at("health-ended").await?;
    two.leaves().await?;
    one.leaves().await
}
