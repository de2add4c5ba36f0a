//! A registrar's list on its way into a clinic, as the tests take it there.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::desk::Clinic;

/// What a list of this school year covers.
#[must_use]
pub fn covers(school_year: &str) -> Value {
    json!({"school_year": school_year, "term": "1st", "campus": null, "programmes": [], "from": null})
}

/// Opens a file.
pub fn open(clinic: &mut Clinic, bytes: impl AsRef<[u8]>) -> Value {
    clinic.ok("open_list", json!({"name": "list.csv", "bytes": STANDARD.encode(bytes)}))
}

/// How the list `held` would be read with the columns that it was opened with.
#[must_use]
pub fn reading(held: &Value, coverage: &Value) -> Value {
    let columns: Vec<&Value> =
        held["columns"].as_array().into_iter().flatten().map(|column| &column["means"]).collect();
    json!({"columns": columns, "dates": held["dates"], "zeros_lost": held["zeros_lost"], "coverage": coverage})
}

/// Looks at all rows of the list in hand.
pub fn look(clinic: &mut Clinic, held: &Value, with: Value) -> Value {
    let mut held = clinic.ok("look_at_list", json!({"list": held["id"], "with": with}));
    while held["stage"] == "looking" {
        held = clinic.ok("look_at_list", json!({"list": held["id"], "with": null}));
    }
    held
}

/// Opens a list and looks at it as it was guessed.
pub fn looked(clinic: &mut Clinic, bytes: impl AsRef<[u8]>, school_year: &str) -> Value {
    let held = open(clinic, bytes);
    let with = reading(&held, &covers(school_year));
    look(clinic, &held, with)
}

/// Takes in all rows of the list in hand that can be; `left` is told with the first.
pub fn take(clinic: &mut Clinic, held: &Value, left: Value) -> Value {
    let mut held = clinic.ok("apply_list", json!({"list": held["id"], "left": left}));
    while held["stage"] == "applying" {
        held = clinic.ok("apply_list", json!({"list": held["id"], "left": null}));
    }
    held
}

/// Rows by what they come to.
#[must_use]
pub fn counts(held: &Value) -> BTreeMap<String, u64> {
    let counts = held["counts"].as_array().into_iter().flatten();
    let count = |count: &Value| Some((count["outcome"].as_str()?.to_owned(), count["all"].as_u64()?));
    counts.filter_map(count).collect()
}

/// The first rows that come to `outcome`.
pub fn rows(clinic: &mut Clinic, held: &Value, outcome: &str) -> Vec<Value> {
    let page = clinic.ok("list_rows", json!({"list": held["id"], "outcome": outcome, "before": null}));
    page["rows"].as_array().cloned().unwrap_or_default()
}

/// A list of `count` people with their numbers from `first` on.
#[must_use]
pub fn list_of(first: usize, count: usize, year: &str) -> String {
    let families = ["Reyes", "Peña", "Dela Cruz", "Santos", "Bautista", "Ocampo", "Mendoza"];
    let givens =
        ["Ana Luz", "Juan Miguel", "Ma. Teresa", "Benigno", "Liwayway", "Jose Mari", "Corazon", "Andres"];
    let row = |number: usize| {
        let (family, given) = (families[number % families.len()], givens[number / 7 % givens.len()]);
        let (day, month, born) = (number % 28 + 1, number / 28 % 12 + 1, 2002 + number / 336 % 6);
        format!("2026-{number:05},{family},{given},{day}/{month}/{born},BSN,{year}\n")
    };
    let rows: String = (first..first + count).map(row).collect();
    format!("Student No.,Last Name,First Name,Birthdate,Course,Year\n{rows}")
}
