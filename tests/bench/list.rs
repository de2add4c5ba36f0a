//! A registrar's list among many people: how long it takes to look at it and to take it in, and how much memory it needs.

use std::fs;

use ::tests::people::person;
use anyhow::{Result, ensure};
use serde_json::json;

use crate::Size;
use crate::clinic::found;
use crate::figure::{empty_folder, ms, ratio, round, tell, timed};
use crate::find::register;
use crate::import::import;

/// The longest that a short and a long list may take, in seconds.
const LIMITS: [f64; 2] = [5.0, 90.0];
/// The most memory that it may need, in bytes.
const LIMIT: u64 = 150_000_000;

pub fn run(size: Size) -> Result<()> {
    let clinic = empty_folder("list")?;
    let mut desk = found(&clinic)?;
    register(&mut desk, size.people)?;
    drop(desk);
    let file = empty_folder("lists")?.join("list.csv");
    let words = ["list", "--school-year", "2026-2027", "--term", "1st"];
    for (rows, limit) in size.rows.into_iter().zip(LIMITS) {
        let text = list(size.people, rows);
        fs::write(&file, &text)?;
        let (read, only_read) = timed(|| lists::read(text.as_bytes()));
        ensure!(read.is_ok_and(|list| list.rows.len() == rows + 1), "the list is read in whole");
        // The second time everybody is known who was taken in.
        for which in ["first", "second"] {
            let (done, took) = timed(|| import(&clinic, &words, &file));
            let (told, peak) = done?;
            ensure!(told["stage"] == "applied", "{told}");
            tell(
                "list",
                json!({
                    "people": size.people,
                    "rows": rows,
                    "run": which,
                    "counts": told["counts"],
                    "seconds": round(took.as_secs_f64(), 2),
                    "limit_seconds": limit,
                    "only_read_ms": ms(only_read),
                    "ratio_to_only_read": ratio(ms(took), ms(only_read)),
                    "peak_bytes": peak,
                    "limit_peak_bytes": LIMIT,
                }),
            );
        }
    }
    Ok(())
}

/// A list of people of whom three of four are registered among `people`, and the others nowhere.
fn list(people: u64, rows: usize) -> String {
    let row = |at: usize| {
        let at = at as u64;
        let who = person(if at % 4 == 3 { people + at } else { at * 7 % people });
        let given = format!("{} {}", who.given, who.middle.unwrap_or_default());
        let cells = [who.number, who.family, given, who.birth_date, who.phone, "BSN".into(), "1".into()];
        format!("\"{}\"\n", cells.join("\",\""))
    };
    let rows: String = (0..rows).map(row).collect();
    format!("Student No.,Last Name,First Name,Birthdate,Mobile No.,Course,Year\n{rows}")
}
