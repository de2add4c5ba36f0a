//! `measures`: what was measured of a person, number by number, latest first.

use app::Window;
use app::measures::{MeasureRow, Measures};
use domain::measure::MeasuredSide;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Tells all measures of `patient`, of one code where `code` names it, a line each.
pub(crate) fn measures(
    arguments: &Arguments,
    patient: &str,
    code: Option<&str>,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let all: Measures = seated(arguments, |desk| {
        let mut after = Value::Null;
        let mut all: Option<Measures> = None;
        loop {
            let input = json!({"patient": patient, "code": code, "side": null, "after": after});
            let mut page: Measures = ask(desk, Window::Main, "measures", &input)?;
            after = json!(page.next.take());
            match &mut all {
                Some(all) => all.rows.append(&mut page.rows),
                None => all = Some(page),
            }
            if let Some(all) = all.take_if(|_| after.is_null()) {
                return Ok(all);
            }
        }
    })?;
    if terminal.json {
        return terminal.value(&all);
    }
    if all.rows.is_empty() {
        return terminal.line(words::NO_MEASURES);
    }
    all.rows.iter().map(of_row).try_for_each(|line| terminal.line(&line))
}

/// A measure in a line.
pub(crate) fn of_row(row: &MeasureRow) -> String {
    let flags = row.flags.iter().map(|flag| flag.word()).collect::<Vec<&str>>().join(", ");
    fill(
        words::MEASURE,
        &[
            ("at", &row.at),
            ("code", &row.code),
            ("side", row.side.map(MeasuredSide::word).unwrap_or_default()),
            ("number", row.number.as_deref().unwrap_or_default()),
            ("unit", if row.number.is_some() { &row.unit } else { "" }),
            ("word", row.word.as_deref().unwrap_or_default()),
            ("flags", &flags),
            ("record", &row.record.to_string()),
        ],
    )
}
