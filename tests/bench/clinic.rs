//! A clinic on the real disk, with real keys, passwords and chance.

use std::path::Path;

use anyhow::{Result, anyhow};
use app::{Desk, Window, World};
use serde_json::{Value, json};
use tests::desk::{FIRST_PASSWORD, PASSWORD, choose_password, found_input};

/// Who founds it and sits at its desk.
pub const ADMINISTRATOR: &str = "maria.reyes";

/// A clinic in `folder` whose administrator sits at the desk.
pub fn found(folder: &Path) -> Result<Desk> {
    let mut desk = Desk::take(World::real(folder.to_owned())).map_err(refused)?;
    call(&mut desk, "found_clinic", &found_input())?;
    Ok(desk)
}

/// A doctor, who may chart.
pub fn seat_doctor(desk: &mut Desk) -> Result<()> {
    let doctor = json!({
        "sign_in": "ana.lim", "name": "Ana Lim", "title": "Dr", "qualification": "MD", "position": "Physician",
        "role": "doctor", "licence": "0104417", "licence_until": "2099-12-31", "password": FIRST_PASSWORD,
    });
    call(desk, "add_user", &doctor)?;
    choose_password(desk, "ana.lim", PASSWORD).map_err(refused)?;
    call(desk, "sign_in", &json!({"who": "ana.lim", "password": PASSWORD})).map(drop)
}

/// What a command answers.
pub fn call(desk: &mut Desk, name: &str, input: &Value) -> Result<Value> {
    Ok(serde_json::from_str(&answer(desk, name, &input.to_string())?)?)
}

/// What a command answers, as the window gets it.
pub fn answer(desk: &mut Desk, name: &str, input: &str) -> Result<String> {
    app::call(desk, Window::Main, name, input).map_err(refused)
}

/// A refusal as an error.
pub fn refused(refusal: app::Refusal) -> anyhow::Error {
    anyhow!("refused: {refusal:?}")
}
