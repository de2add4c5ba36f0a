//! A whole chart: who they are, what stands above it, what is known, all that happened, latest first, and its files.

use app::files::{FileRow, Files};
use app::patients::{Details, Found};
use app::{Code, Desk, Refusal, Window};
use domain::RecordId;
use serde_json::{Map, Value, json};

use crate::arguments::Arguments;
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};
use crate::{files, person, verbs};

/// All that is kept of a person.
pub(crate) struct Chart {
    banner: Value,
    person: Details,
    chart: Value,
    timeline: Vec<Value>,
    files: Vec<FileRow>,
}

/// Prints the chart of whoever is meant.
pub(crate) fn chart(arguments: &Arguments, who: &str, terminal: &mut Terminal) -> Result<(), Stop> {
    seated(arguments, |desk| Chart::of(desk, who))?.print(terminal)
}

/// The files of a chart, latest first.
pub(crate) fn files_of(desk: &mut Desk, patient: &str) -> Result<Vec<FileRow>, Stop> {
    let (mut rows, mut after) = (Vec::new(), Value::Null);
    loop {
        let input = json!({"patient": patient, "sort": null, "after": after});
        let page: Files = ask(desk, Window::Main, "files", &input)?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = json!(next),
            None => return Ok(rows),
        }
    }
}

/// Who is meant by an id, or by whatever would be typed to find them.
fn meant(desk: &mut Desk, who: &str) -> Result<RecordId, Stop> {
    if let Ok(id) = who.parse() {
        return Ok(id);
    }
    let found: Found = ask(desk, Window::Main, "find_patients", &json!({"text": who}))?;
    let numbered = found.people.iter().find(|person| person.number.as_deref() == Some(who));
    match (found.people.as_slice(), numbered) {
        (_, Some(person)) | ([person], _) => Ok(person.id),
        ([], _) => Err(Refusal::new(Code::NotFound).with("nobody", who).into()),
        (several, _) => {
            let rows: String =
                several.iter().map(|person| format!("\n  {}", verbs::in_words(person))).collect();
            Err(Stop::Usage(fill(words::WHO_IS_MEANT, &[("who", who), ("rows", &rows)])))
        }
    }
}

impl Chart {
    /// The chart of whoever is meant.
    pub(crate) fn of(desk: &mut Desk, who: &str) -> Result<Self, Stop> {
        let patient = meant(desk, who)?.to_string();
        let of = json!({"patient": patient});
        let chart: Value = ask(desk, Window::Main, "chart", &of).map_err(|stop| match stop {
            Stop::Refused(refusal) if refusal.code == Code::NotFound => {
                Stop::Refused(refusal.with("nobody", who))
            }
            other => other,
        })?;
        let banner = ask(desk, Window::Main, "banner", &of)?;
        let person = person::of(desk, &patient)?;
        let (mut timeline, mut before) = (Vec::new(), Value::Null);
        loop {
            let input = json!({"patient": patient, "kinds": [], "before": before});
            let mut page: Value = ask(desk, Window::Main, "timeline", &input)?;
            if let Some(rows) = page["rows"].as_array_mut() {
                timeline.append(rows);
            }
            before = page["next"].take();
            if before.is_null() {
                break;
            }
        }
        timeline.iter_mut().try_for_each(|row| whole(desk, row))?;
        Ok(Self { banner, person, chart, timeline, files: files_of(desk, &patient)? })
    }

    /// Prints it.
    pub(crate) fn print(&self, terminal: &mut Terminal) -> Result<(), Stop> {
        let Self { banner, person, chart, timeline, files } = self;
        if terminal.json {
            let all = json!({
                "banner": banner, "person": person, "chart": chart, "timeline": timeline, "files": files,
            });
            return terminal.value(&all);
        }
        // In words, as it stands above the chart.
        let banner = &chart["banner"];
        if let Ok(row) = serde_json::from_value(banner["person"].clone()) {
            terminal.line(&verbs::in_words(&row))?;
        }
        // What everyone must know who opens this person.
        let allergies = &banner["allergies"];
        match allergies["list"].as_array() {
            Some(list) => told(words::CHART_ALLERGIES, &Value::Array(list.clone()), terminal)?,
            None => {
                let state = titled(allergies["state"].as_str().unwrap_or_default()).to_lowercase();
                told(words::CHART_ALLERGIES, &Value::String(state), terminal)?;
            }
        }
        for (title, part) in
            [(words::CHART_ALERTS, "alerts"), (words::CHART_LACKS, "lacks"), (words::CHART_UNREAD, "unread")]
        {
            told(title, &banner[part], terminal)?;
        }
        person::print(person, terminal)?;
        for (known, title) in words::CHART_KNOWN {
            section((title, false), timeline.iter().filter(|row| kind(row) == *known), terminal)?;
        }
        let is_known = |row: &&Value| words::CHART_KNOWN.iter().any(|(known, _)| *known == kind(row));
        section((words::CHART_TIMELINE, true), timeline.iter().filter(|row| !is_known(row)), terminal)?;
        if !files.is_empty() {
            terminal.line("")?;
            terminal.line(words::CHART_FILES)?;
        }
        files.iter().try_for_each(|row| terminal.line(&format!("  {}", files::in_words(row))))
    }
}

/// What only the program needs.
const NOT_TOLD: [&str; 12] = [
    "patient",
    "author",
    "signer",
    "issuer",
    "template",
    "source",
    "thumb",
    "pdf",
    "sha256",
    "system",
    "payload",
    "original_bytes",
];

/// A row of the timeline whose texts were shown in part gets them whole, where a command tells them.
fn whole(desk: &mut Desk, row: &mut Value) -> Result<(), Stop> {
    if row["shortened"] != true {
        return Ok(());
    }
    let id = row["id"].clone();
    let (command, input) = match kind(row) {
        "note" => ("note", json!({"note": id})),
        "problem" | "background" | "allergy" | "immunisation" | "medicine" | "banner_alert" | "enrolment" => {
            (kind(row), json!({"id": id}))
        }
        _ => return Ok(()),
    };
    let told: Value = ask(desk, Window::Main, command, &input)?;
    row["fact"]["details"] = told["details"].clone();
    row["shortened"] = json!(false);
    Ok(())
}

fn kind(row: &Value) -> &str {
    row["fact"]["kind"].as_str().unwrap_or_default()
}

/// A title and its rows, where there are any; of several kinds each says what it is.
fn section<'a>(
    (title, several): (&str, bool),
    rows: impl Iterator<Item = &'a Value>,
    terminal: &mut Terminal,
) -> Result<(), Stop> {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    terminal.line("")?;
    terminal.line(title)?;
    rows.try_for_each(|row| of_row(row, several, terminal))
}

fn of_row(row: &Value, several: bool, terminal: &mut Terminal) -> Result<(), Stop> {
    let text = |name: &str| row[name].as_str().unwrap_or_default();
    let when = format!("{} {}", text("day"), text("time"));
    let mut marks = vec![text("author")];
    for (name, mark) in [
        ("signed", words::CHART_SIGNED),
        ("imported", words::CHART_IMPORTED),
        ("shortened", words::CHART_IN_PART),
    ] {
        marks.extend((row[name] == true).then_some(mark));
    }
    if row["disputed"].as_array().is_some_and(|fields| !fields.is_empty()) {
        marks.push(words::CHART_DISPUTED);
    }
    marks.retain(|mark| !mark.is_empty());
    let kind = if several { titled(kind(row)) } else { String::new() };
    let row_head = joined([when.trim().to_owned(), kind, marks.join(", ")].into_iter(), "  ");
    terminal.line(&format!("  {row_head}"))?;
    let details = row["fact"]["details"].as_object().cloned().unwrap_or_default();
    told("", &row["line"], terminal)?;
    told("", &row["unread"], terminal)?;
    details
        .iter()
        .filter(|(name, _)| is_told(name))
        .try_for_each(|(name, value)| told(&titled(name), value, terminal))
}

fn is_told(name: &str) -> bool {
    !NOT_TOLD.contains(&name)
}

/// What is said of something; nothing where nothing is said.
fn told(title: &str, value: &Value, terminal: &mut Terminal) -> Result<(), Stop> {
    lines(title, &said(value), terminal)
}

/// The text under its title, each line of it below the first.
pub(crate) fn lines(title: &str, text: &str, terminal: &mut Terminal) -> Result<(), Stop> {
    if text.trim().is_empty() {
        return Ok(());
    }
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let head = if title.is_empty() { String::new() } else { format!("{title}: ") };
    terminal.line(&format!("    {head}{first}"))?;
    lines.try_for_each(|line| terminal.line(&format!("      {line}")))
}

/// A value in words: a code by its name, a list with commas.
fn said(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => words::CHART_YES.to_owned(),
        Value::Number(number) => number.to_string(),
        // What refers to another record says nothing to whoever reads.
        Value::String(text) if text.parse::<RecordId>().is_ok() => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => joined(values.iter().map(said), "; "),
        Value::Object(fields) => of_fields(fields),
    }
}

fn of_fields(fields: &Map<String, Value>) -> String {
    let text = |name: &str| fields.get(name).map(said).filter(|text| !text.is_empty());
    if let Some(name) = text("display") {
        return text("code").map_or_else(|| name.clone(), |code| format!("{name} ({code})"));
    }
    if let (Some(value), unit) = (text("value"), text("unit")) {
        return format!("{value} {}", unit.unwrap_or_default()).trim_end().to_owned();
    }
    let part = |(name, value): (&String, &Value)| match said(value) {
        empty if empty.is_empty() => empty,
        told => format!("{} {told}", titled(name).to_lowercase()),
    };
    joined(fields.iter().filter(|(name, _)| is_told(name)).map(part), ", ")
}

fn joined(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// The word of a kind or a field as a title: `banner_alert` is Banner alert.
pub(crate) fn titled(word: &str) -> String {
    let word = words::CHART_KINDS.iter().find(|(known, _)| *known == word).map_or(word, |(_, said)| said);
    let text = word.replace('_', " ");
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}
