//! The clinic of the demonstration, with real passwords: the people of `demo/people.json` and, where they are
//! wanted, bundles of `demo/bundles`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use app::{Desk, Refusal, Window, World};
use serde_json::{Value, json};

use crate::desk;

/// Everybody's password in the demonstration.
pub use crate::desk::PASSWORD;

/// The people, the administrator who founds the clinic first.
///
/// # Errors
/// When the list cannot be read.
pub fn people() -> Result<Vec<Value>> {
    Ok(serde_json::from_str(&fs::read_to_string(crate::root().join("demo/people.json"))?)?)
}

/// Founds the clinic in `folder` and adds its people; the administrator sits at the desk.
///
/// # Errors
/// A refusal, or a list that cannot be read.
pub fn found(folder: &Path) -> Result<Desk> {
    let people = people()?;
    let (founder, others) = people.split_first().context("people of the demonstration")?;
    let mut desk = Desk::take(World::real(folder.to_owned())).map_err(refused)?;
    let founded = call(
        &mut desk,
        "found_clinic",
        json!({
            "clinic": "University Clinic", "site": "Main Campus", "site_code": "MAIN", "time_zone": "Asia/Manila",
            "name": founder["name"], "sign_in": founder["sign_in"], "password": PASSWORD,
        }),
    )?;
    call(&mut desk, "confirm_sheet", json!({"characters": read_back(&founded)?}))?;
    for person in others {
        let mut added = json!({
            "title": null, "qualification": null, "position": null, "licence": null, "licence_until": null,
            "password": desk::FIRST_PASSWORD,
        });
        for (key, value) in person.as_object().into_iter().flatten() {
            added[key] = value.clone();
        }
        if added["licence"].is_string() {
            added["licence_until"] = json!("2031-12-31");
        }
        call(&mut desk, "add_user", added)?;
    }
    Ok(desk)
}

/// The person who signs in as `who` chooses [`PASSWORD`] instead of their first; nobody sits there then.
///
/// # Errors
/// A refusal.
pub fn choose_password(desk: &mut Desk, who: &str) -> Result<()> {
    desk::choose_password(desk, who, PASSWORD).map_err(refused)
}

/// Takes in the bundle in whose file's name `name` stands.
///
/// # Errors
/// When there is none, or it is refused.
pub fn import(desk: &mut Desk, name: &str) -> Result<()> {
    let mut files = fs::read_dir(crate::root().join("demo/bundles"))?.flatten().map(|entry| entry.path());
    let file = files.find(|file| file.to_string_lossy().contains(name)).with_context(|| name.to_owned())?;
    call(desk, "import_fhir", json!({"text": fs::read_to_string(file)?, "dry_run": false})).map(drop)
}

/// The characters of the recovery sheet that are asked for.
fn read_back(founded: &Value) -> Result<String> {
    let asked = founded["asked"].as_array().context("what is asked")?;
    let character = |place: &Value| {
        let at = |name: &str| usize::try_from(place[name].as_u64()?.checked_sub(1)?).ok();
        let line = founded["sheet"][at("line")?].as_str()?;
        line.chars().filter(|sign| sign.is_alphanumeric()).nth(at("character")?)
    };
    asked.iter().map(character).collect::<Option<String>>().context("the characters")
}

fn call(desk: &mut Desk, name: &str, input: Value) -> Result<Value> {
    let answer = app::call(desk, Window::Main, name, &input.to_string()).map_err(refused)?;
    Ok(serde_json::from_str(&answer)?)
}

fn refused(refusal: Refusal) -> anyhow::Error {
    anyhow!("refused: {refusal:?}")
}
