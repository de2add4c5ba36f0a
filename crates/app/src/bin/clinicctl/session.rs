//! Taking the data folder, and signing in for one verb.

use std::env;
use std::fs;
use std::path::Path;

use app::access::DoorState;
use app::{Code, Desk, Refusal, Window, World};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::stop::Stop;
use crate::terminal::remark;
use crate::words;

/// The desk of an existing data folder. A mistyped name makes no new folder.
pub(crate) fn desk(arguments: &Arguments) -> Result<Desk, Stop> {
    let folder = folder(arguments)?;
    if !folder.is_dir() {
        return Err(Refusal::new(Code::NoClinic).into());
    }
    Ok(Desk::take(World { progress: Box::new(progress), ..World::real(folder.to_owned()) })?)
}

/// Says how far the records of an older program are made again.
fn progress(done: u64, of: u64) {
    remark(&words::fill(words::MADE_AGAIN, &[("done", &done.to_string()), ("of", &of.to_string())]));
}

/// The data folder that was named.
pub(crate) fn folder(arguments: &Arguments) -> Result<&Path, Stop> {
    arguments.data.as_deref().ok_or_else(|| Stop::Usage(words::NO_DATA.to_owned()))
}

/// Runs `body` for the person who is named, signed in before and out after.
pub(crate) fn seated<O>(
    arguments: &Arguments,
    body: impl FnOnce(&mut Desk) -> Result<O, Stop>,
) -> Result<O, Stop> {
    let mut desk = desk(arguments)?;
    let who = who(arguments, &mut desk)?;
    let password = password(arguments)?;
    let _: Value = call(&mut desk, Window::Lock, "sign_in", &json!({"who": who, "password": password}))?;
    let answer = body(&mut desk);
    let left: Result<Value, Stop> = call(&mut desk, Window::Lock, "sign_out", &json!({}));
    let answer = answer?;
    match left {
        // Where another store took the place of this one, nobody sits there any more.
        Err(Stop::Refused(refusal)) if refusal.code == Code::NotSignedIn => {}
        left => drop(left?),
    }
    Ok(answer)
}

/// Calls a command with typed input and answer.
pub(crate) fn call<I: Serialize, O: DeserializeOwned>(
    desk: &mut Desk,
    window: Window,
    name: &str,
    input: &I,
) -> Result<O, Stop> {
    let input = serde_json::to_string(input).unwrap_or_default();
    let answer = app::call(desk, window, name, &input)?;
    serde_json::from_str(&answer).map_err(|_| Refusal::new(Code::StoreFailed).into())
}

/// The password of whoever signs in.
pub(crate) fn password(arguments: &Arguments) -> Result<String, Stop> {
    secret("CLINICDESK_PASSWORD", arguments.password_file.as_deref(), words::NO_PASSWORD)
}

/// A secret from a file's first line or from the environment.
pub(crate) fn secret(variable: &str, file: Option<&Path>, missing: &str) -> Result<String, Stop> {
    if let Some(file) = file {
        let unread = |error: std::io::Error| {
            let file = file.display().to_string();
            Stop::Usage(words::fill(words::NOT_READ, &[("file", &file), ("error", &error.to_string())]))
        };
        let text = fs::read_to_string(file).map_err(unread)?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    env::var(variable).map_err(|_| Stop::Usage(missing.to_owned()))
}

/// Who signs in: the one that is named, or the only one there is.
fn who(arguments: &Arguments, desk: &mut Desk) -> Result<String, Stop> {
    let door: app::access::Door = call(desk, Window::Lock, "door", &json!({}))?;
    if door.state == DoorState::Damaged {
        let file = door.damaged.into_iter().next().unwrap_or_default();
        return Err(Refusal::new(Code::StoreDamaged).with("file", file).into());
    }
    if door.clinic.is_none() {
        return Err(Refusal::new(Code::NoClinic).into());
    }
    match (&arguments.user, door.people.as_slice()) {
        (Some(named), _) => Ok(named.clone()),
        (None, [only]) => Ok(only.sign_in.clone()),
        (None, _) => Err(Stop::Usage(words::NO_USER.to_owned())),
    }
}
