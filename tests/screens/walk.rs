//! The walk through every screen.

use anyhow::Result;
use domain::access::{Role, grants};
use serde_json::json;
use tests::desk::{FIRST_PASSWORD, PASSWORD, password, sign_in_name};
use thirtyfour::Key;

use crate::bridge::Bridge;
use crate::clinic::{Filled, NEWCOMER};
use crate::places::{Act, Visit, visits};
use crate::visitor::Visitor;

#[tokio::test]
async fn every_screen_around_the_work_and_every_other_of_it_is_fit_for_everybody_in_every_light_and_keeps_to_itself()
-> Result<()> {
    let filled = Filled::make();
    let bridge = Bridge::over(filled.clinic.folder())?;
    let mut visitor = Visitor::to(bridge.address()).await?;
    at_the_door(&mut visitor).await?;
    first_day(&bridge, &mut visitor).await?;
    at_work(&bridge, &mut visitor, &filled, 0).await?;
    let empty = tempfile::tempdir()?;
    let bridge = Bridge::over(empty.path())?;
    visitor.turns_to(bridge.address());
    founding(&mut visitor).await?;
    visitor.leaves().await
}

#[tokio::test]
async fn the_other_screens_are_fit_for_everybody_in_every_light_and_keep_to_themselves() -> Result<()> {
    let filled = Filled::make();
    let bridge = Bridge::over(filled.clinic.folder())?;
    let mut visitor = Visitor::to(bridge.address()).await?;
    first_day(&bridge, &mut visitor).await?;
    at_work(&bridge, &mut visitor, &filled, 1).await?;
    visitor.leaves().await
}

/// Every second visit, from the one of this number on, by each role that may make it.
async fn at_work(bridge: &Bridge, visitor: &mut Visitor, filled: &Filled, from: usize) -> Result<()> {
    for role in Role::ALL.iter().copied() {
        bridge.seats(sign_in_name(role), &password(role)).await?;
        visitor.opens("/today").await?;
        let first = |visit: &Visit| Role::ALL.iter().find(|role| grants(**role, visit.needs)) == Some(&role);
        // What is done on a screen is done once; the screen itself is everybody's.
        let own = |visit: &&Visit| grants(role, visit.needs) && (visit.acts.is_empty() || first(visit));
        for visit in visits().iter().skip(from).step_by(2).filter(own) {
            if let Err(error) = look(visitor, filled, visit, role).await {
                visitor.flaw(format!("{} ({}): {error}", visit.name, role.word()));
                visitor.opens("/today").await?;
            }
        }
    }
    Ok(())
}

async fn look(visitor: &mut Visitor, filled: &Filled, visit: &Visit, role: Role) -> Result<()> {
    let mut place = format!("{}{}", visit.route.replace("$patient", &filled.patient), visit.search);
    for (kind, id) in &filled.records {
        place = place.replace(&format!("{{{kind}}}"), id).replace(&format!("${kind}"), id);
    }
    visitor.goes(&place).await?;
    visitor.reads(visit.shows).await?;
    for act in visit.acts {
        match act {
            Act::Press(name) => visitor.presses(name).await?,
            Act::Open(words) => visitor.opens_row(words).await?,
            Act::Key(key) => visitor.keys(*key).await?,
            Act::Save => visitor.keys(Key::Control + Key::Enter).await?,
            Act::Type(label, text) => visitor.types(label, text).await?,
            Act::Read(words) => visitor.reads(words).await?,
        }
    }
    visitor.looks(visit.name, role.word(), false).await?;
    if !visit.acts.is_empty() {
        // What lies over the screen, or was typed into it, is gone with the page.
        visitor.opens("/today").await?;
    }
    Ok(())
}

/// Who is it, the password, a wrong one, and the screen that somebody locked.
async fn at_the_door(visitor: &mut Visitor) -> Result<()> {
    visitor.opens("/today").await?;
    visitor.reads("Who is it?").await?;
    visitor.looks("who", "anybody", false).await?;
    visitor.presses("Maria Reyes").await?;
    visitor.reads("Sign in").await?;
    visitor.looks("sign-in", "anybody", false).await?;
    visitor.types("Password", "not the password at all").await?;
    visitor.presses("Sign in").await?;
    visitor.reads("not the password").await?;
    visitor.looks("sign-in-refused", "anybody", true).await?;
    visitor.types("Password", PASSWORD).await?;
    visitor.presses("Sign in").await?;
    visitor.reads("Left unfinished").await?;
    visitor.presses("Maria Reyes").await?;
    visitor.reads("Sign out").await?;
    visitor.looks("menu", "anybody", false).await?;
    visitor.presses("Change password").await?;
    visitor.reads("Current password").await?;
    visitor.looks("password", "anybody", false).await?;
    visitor.opens("/nowhere").await?;
    visitor.reads("Nothing here").await?;
    visitor.looks("missing", "anybody", false).await?;
    visitor.presses("Confirm it").await?;
    visitor.reads("Recovery sheet of this computer").await?;
    visitor.looks("sheet", "anybody", false).await?;
    visitor.opens("/today").await?;
    visitor.presses("Lock").await?;
    visitor.reads("Unlock").await?;
    visitor.looks("locked", "anybody", false).await
}

/// The pharmacist signs in for the first time and chooses a password.
async fn first_day(bridge: &Bridge, visitor: &mut Visitor) -> Result<()> {
    bridge.seats(sign_in_name(NEWCOMER), FIRST_PASSWORD).await?;
    visitor.opens("/today").await?;
    visitor.reads("Choose a password of your own").await?;
    visitor.looks("own-password", "anybody", false).await?;
    bridge
        .asks("main", "change_password", json!({"old": FIRST_PASSWORD, "new": password(NEWCOMER)}))
        .await
        .map(drop)
}

/// An empty computer and the papers of a new clinic.
async fn founding(visitor: &mut Visitor) -> Result<()> {
    visitor.opens("/today").await?;
    visitor.reads("Set up a clinic").await?;
    visitor.looks("first-run", "anybody", false).await?;
    visitor.presses("Set up the clinic").await?;
    visitor.looks("first-run-missing", "anybody", false).await?;
    visitor.presses("One more workstation, by code").await?;
    visitor.presses("Join the clinic").await?;
    visitor.reads("This is needed").await?;
    visitor.looks("join-missing", "anybody", false).await?;
    visitor.presses("A new clinic").await?;
    for (label, text) in [
        ("Name of the clinic", "University Clinic"),
        ("Name of the first site", "Main Campus"),
        ("Your full name", "Maria Reyes"),
        ("Sign-in name", "maria"),
        ("Password", PASSWORD),
        ("Repeat it", PASSWORD),
    ] {
        visitor.types(label, text).await?;
    }
    visitor.presses("Set up the clinic").await?;
    visitor.reads("Recovery sheet").await?;
    visitor.looks("papers", "anybody", false).await
}
