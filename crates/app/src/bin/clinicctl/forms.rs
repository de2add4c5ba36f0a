//! `forms`: the forms that were filled for a person, latest first.

use std::path::Path;

use app::Window;
use app::forms::{FilledForms, FilledRow};
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// Tells the forms of `patient`, of one alone where `code` names it, a line each.
pub(crate) fn forms(
    arguments: &Arguments,
    patient: &str,
    code: Option<&str>,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let input = json!({"patient": patient, "visit": null, "code": code, "after": null});
    let page: FilledForms = seated(arguments, |desk| ask(desk, Window::Main, "filled_forms", &input))?;
    if terminal.json {
        return terminal.value(&page);
    }
    if page.rows.is_empty() {
        return terminal.line(words::NO_FORMS);
    }
    page.rows.iter().map(of_row).try_for_each(|line| terminal.line(&line))?;
    match page.next {
        Some(_) => terminal.line(words::MORE_FORMS),
        None => Ok(()),
    }
}

/// Writes the forms of `patient` that are `form` into a table.
pub(crate) fn table(
    arguments: &Arguments,
    patient: &str,
    form: &str,
    out: &Path,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    keep(arguments, "export_forms", json!({"patient": patient, "form": form}), out, terminal)
}

/// Writes `form` as a PDF: blank, or as it was filled; teeth by Universal numbers where that is said.
pub(crate) fn pdf(
    arguments: &Arguments,
    (form, filled, universal): (&str, Option<&str>, bool),
    out: &Path,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let input = json!({"form": form, "filled": filled, "universal": universal});
    keep(arguments, "save_form_pdf", input, out, terminal)
}

fn keep(
    arguments: &Arguments,
    command: &str,
    mut input: Value,
    out: &Path,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let saved: Value = seated(arguments, |desk| {
        input["place"] = desk.chose(out.to_owned())?.into();
        ask(desk, Window::Main, command, &input)
    })?;
    if terminal.json {
        return terminal.value(&saved);
    }
    terminal.line(&fill(words::FILE_SAVED, &[("file", &out.to_string_lossy())]))
}

fn of_row(row: &FilledRow) -> String {
    let state = match (row.signed, row.amended) {
        (true, true) => "signed, added to",
        (true, false) => "signed",
        (false, _) => "open",
    };
    fill(
        words::FORM,
        &[
            ("at", &row.at),
            ("title", row.title.said("en")),
            ("state", state),
            ("author", row.author.as_deref().unwrap_or_default()),
            ("line", &row.line),
            ("id", &row.id.to_string()),
        ],
    )
}
