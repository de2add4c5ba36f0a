//! Founding a clinic without being asked anything.

use std::env;

use app::clinic::{FoundClinic, Founded};
use app::{Code, Desk, Refusal, Window, World};
use domain::patients::search_words;
use serde_json::{Value, json};

use crate::arguments::{Arguments, Setup};
use crate::papers::{self, Place};
use crate::session::{call, folder, password};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Sets up a clinic and leaves its recovery papers.
pub(crate) fn setup(arguments: &Arguments, setup: &Setup, terminal: &mut Terminal) -> Result<(), Stop> {
    let folder = folder(arguments)?;
    let input = FoundClinic {
        clinic: setup.clinic.clone(),
        site: setup.site.clone(),
        site_code: setup.site_code.clone(),
        time_zone: setup.time_zone.clone().unwrap_or_else(zone_of_the_machine),
        name: setup.name.clone(),
        sign_in: setup.sign_in.clone().unwrap_or_else(|| sign_in(&setup.name)),
        password: password(arguments)?,
    };
    let mut desk = Desk::take(World::real(folder.to_owned()))?;
    refuse_second(&mut desk)?;
    // The papers' place is taken first: a clinic whose papers cannot be written is not founded.
    let place = setup.sheet.as_deref().map(Place::take).transpose()?;
    let founded: Founded = match call(&mut desk, Window::Lock, "found_clinic", &input) {
        Ok(founded) => founded,
        Err(stop) => {
            place.iter().for_each(Place::give_back);
            return Err(stop);
        }
    };
    let papers = papers::of(&founded, &input);
    match place {
        Some(place) => place.keep(&papers, terminal)?,
        None if !terminal.json => papers::print(&papers, terminal)?,
        None => {}
    }
    let shown = setup.sheet.is_none();
    tell(&founded, &input, shown, terminal)?;
    let _: Value = call(&mut desk, Window::Lock, "sign_out", &json!({}))?;
    Ok(())
}

fn refuse_second(desk: &mut Desk) -> Result<(), Stop> {
    let door: app::access::Door = call(desk, Window::Lock, "door", &json!({}))?;
    match door.clinic {
        Some(_) => Err(Refusal::new(Code::ClinicExists).into()),
        None => Ok(()),
    }
}

fn tell(founded: &Founded, input: &FoundClinic, papers: bool, terminal: &mut Terminal) -> Result<(), Stop> {
    if terminal.json {
        let mut told = json!({
            "clinic": input.clinic,
            "site": input.site,
            "sign_in": input.sign_in,
            "fingerprint": founded.fingerprint,
            "sheet_confirmed": false,
            "asked": founded.asked,
        });
        if papers {
            told["sheet"] = json!(founded.sheet);
            told["shares"] = json!(founded.shares);
        }
        return terminal.value(&told);
    }
    terminal.line(&fill(words::FOUNDED, &[("clinic", &input.clinic), ("sign_in", &input.sign_in)]))?;
    terminal.line(&fill(words::FINGERPRINT, &[("fingerprint", &founded.fingerprint)]))?;
    terminal.line(words::OPENING_LATER)?;
    terminal.line(words::UNCONFIRMED)
}

/// `Dr. Maria Isabel Reyes` signs in as `maria.reyes`.
fn sign_in(name: &str) -> String {
    let full: Vec<&str> = name.split_whitespace().filter(|word| !word.ends_with('.')).collect();
    let names = search_words(&full.join(" "));
    match names.as_slice() {
        [first, .., last] => format!("{first}.{last}"),
        names => names.concat(),
    }
}

pub(crate) fn zone_of_the_machine() -> String {
    let named = env::var("TZ").unwrap_or_default();
    let named = named.trim_start_matches(':');
    if domain::Zone::named(named).is_ok() { named.to_owned() } else { "UTC".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::sign_in;

    #[test]
    fn the_name_to_sign_in_is_the_first_and_the_last_of_the_names() {
        assert_eq!(sign_in("Dr. Maria Isabel Reyes"), "maria.reyes");
        assert_eq!(sign_in("José Nuñez"), "jose.nunez");
        assert_eq!(sign_in("Suharto"), "suharto");
        assert_eq!(sign_in(" "), "");
    }
}
