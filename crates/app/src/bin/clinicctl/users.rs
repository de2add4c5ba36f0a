//! The people who work here.

use app::clinic::{Added, Staff, StaffRow};
use app::{Clock, Refusal, SystemClock, Window};
use domain::{PartialDate, Span, Zone, read_date};
use serde_json::json;

use crate::arguments::{AddUser, Arguments};
use crate::session::{call, seated, secret};
use crate::setup::zone_of_the_machine;
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Lists them.
pub(crate) fn list(arguments: &Arguments, terminal: &mut Terminal) -> Result<(), Stop> {
    let staff: Staff = seated(arguments, |desk| call(desk, Window::Main, "staff", &json!({})))?;
    if terminal.json {
        return terminal.value(&staff);
    }
    staff.people.iter().try_for_each(|person| terminal.line(&in_words(person)))
}

fn in_words(person: &StaffRow) -> String {
    let state = match (person.active, person.switched_off) {
        (false, _) => words::INACTIVE,
        (true, true) => words::SWITCHED_OFF,
        (true, false) => words::ACTIVE,
    };
    let name = format!("{} {}", person.title.clone().unwrap_or_default(), person.name);
    fill(
        words::STAFF,
        &[
            ("sign_in", &person.sign_in),
            ("name", name.trim()),
            ("role", person.role.map(domain::access::Role::word).unwrap_or(words::ROLE_DISPUTED)),
            ("state", state),
        ],
    )
}

/// A day as it is typed anywhere else.
fn day(typed: &str) -> Result<PartialDate, Stop> {
    let zone = Zone::named(&zone_of_the_machine()).map_err(|_| Refusal::invalid("time_zone"))?;
    let today = zone.day(&zone.instant(SystemClock::new().now()));
    read_date(typed, today, Span::Any).map_err(|_| Refusal::invalid("licence_until").into())
}

/// Adds one.
pub(crate) fn add(arguments: &Arguments, user: &AddUser, terminal: &mut Terminal) -> Result<(), Stop> {
    let file = user.first_password_file.as_deref();
    let password = secret("CLINICDESK_FIRST_PASSWORD", file, words::NO_FIRST_PASSWORD)?;
    let licence_until = user.licence_until.as_deref().map(day).transpose()?;
    let input = json!({
        "sign_in": user.sign_in,
        "name": user.name,
        "title": user.title,
        "qualification": user.qualification,
        "position": user.position,
        "role": user.role,
        "licence": user.licence,
        "licence_until": licence_until,
        "password": password,
    });
    let added: Added = seated(arguments, |desk| call(desk, Window::Main, "add_user", &input))?;
    if terminal.json {
        return terminal.value(&added);
    }
    terminal.line(&fill(words::USER_ADDED, &[("name", &user.name), ("sign_in", &user.sign_in)]))
}
