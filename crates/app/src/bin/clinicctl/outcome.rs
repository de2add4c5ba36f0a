//! `outcome`: a measure of the eyes before and after a treatment.

use app::Window;
use app::outcome::{ComparedRow, EyeOutcome, MeanSaid, NotCompared};
use domain::measure::MeasuredSide;
use domain::outcome::NotCounted;
use serde_json::json;

use crate::arguments::Arguments;
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Tells what the readings of `patient` say of a treatment, a line for each eye.
pub(crate) fn outcome(
    arguments: &Arguments,
    patient: &str,
    code: Option<&str>,
    about: Option<&str>,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let input = json!({"patient": patient, "code": code, "years": null, "about": about});
    let outcome: EyeOutcome = seated(arguments, |desk| ask(desk, Window::Main, "outcome", &input))?;
    if terminal.json {
        return terminal.value(&outcome);
    }
    let Some(code) = &outcome.code else { return terminal.line(words::NO_MEASURES) };
    let title = outcome.lenses.iter().find(|lens| lens.code == *code).map_or(code, |lens| &lens.title);
    let readings = outcome.readings.to_string();
    terminal
        .line(&fill(words::OUTCOME, &[("title", title), ("unit", &outcome.unit), ("readings", &readings)]))?;
    let Some(about) = &outcome.about else { return terminal.line(words::NO_TREATMENT) };
    outcome.rows.iter().map(|row| of_row(about, row)).try_for_each(|line| terminal.line(&line))
}

fn of_row(about: &str, row: &ComparedRow) -> String {
    let number = |mean: &Option<MeanSaid>| mean.as_ref().map(|mean| mean.number.clone()).unwrap_or_default();
    let count = |mean: &Option<MeanSaid>| match mean {
        Some(MeanSaid { count, open: 0, .. }) => count.to_string(),
        Some(MeanSaid { count, open, .. }) => {
            fill(words::COUNTED_OPEN, &[("count", &count.to_string()), ("open", &open.to_string())])
        }
        None => "0".to_owned(),
    };
    let not = row.not.iter().map(|not| NotCompared::word(*not)).collect::<Vec<_>>().join(" ");
    let left_out = row.left_out.iter().map(|left| format!("{} {}", NotCounted::word(left.why), left.count));
    fill(
        words::COMPARED,
        &[
            ("side", row.side.map(MeasuredSide::word).unwrap_or("-")),
            ("about", about),
            ("start", &row.start),
            ("before", &number(&row.before)),
            ("before_count", &count(&row.before)),
            ("after", &number(&row.after)),
            ("after_count", &count(&row.after)),
            ("change", row.change.as_deref().unwrap_or_default()),
            ("not", &not),
            ("left_out", &left_out.collect::<Vec<_>>().join(" ")),
            ("between", &row.between.join("; ")),
        ],
    )
}
