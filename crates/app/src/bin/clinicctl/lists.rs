//! `import list`: a registrar's list, looked at and taken in as it is in the window. One that was broken off goes on.

use std::collections::BTreeMap;

use app::lists::{HeldList, InHand, LARGEST, ListStage, ListedPerson, RowsOfList, id_of};
use app::{Code, Desk, Refusal, Window};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::lists::{Column, DateOrder, RowChoice, RowOutcome};
use serde::Serialize;
use serde_json::{Value, json};

use crate::arguments::{Arguments, Registrar};
use crate::import::bytes;
use crate::session::{call as ask, seated};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::words::{self, fill};

/// What became of a list.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    list: HeldList,
    /// The rows that cannot be read: line and reason.
    bad: Vec<Value>,
}

/// Takes in a list, or only looks at it.
pub(crate) fn list(arguments: &Arguments, given: &Registrar, terminal: &mut Terminal) -> Result<(), Stop> {
    let file = bytes(&given.file, LARGEST)?;
    let told = seated(arguments, |desk| {
        let id = id_of(&file);
        let in_hand: InHand = ask(desk, Window::Main, "list_in_hand", &json!({}))?;
        let broken_off = in_hand.list.filter(|held| held.id == id && held.stage == ListStage::Applying);
        let mut held = match broken_off {
            Some(held) => held,
            None => looked(desk, given, &file)?,
        };
        let bad = bad(desk, &held)?;
        if !given.dry_run {
            settle(desk, given, &held)?;
            let left = given.left.map(|count| json!({"count": count, "typed": true}));
            let mut input = json!({"list": held.id, "left": left});
            loop {
                held = ask(desk, Window::Main, "apply_list", &input)?;
                if held.stage != ListStage::Applying {
                    break;
                }
                input["left"] = Value::Null;
            }
        }
        Ok(Told { list: held, bad })
    })?;
    if terminal.json {
        return terminal.value(&told);
    }
    let rows = told.list.rows.to_string();
    terminal.line(&fill(words::LIST_ROWS, &[("rows", &rows), ("name", &told.list.name)]))?;
    let counts: BTreeMap<RowOutcome, (u64, u64)> =
        told.list.counts.iter().map(|count| (count.outcome, (count.all, count.taken))).collect();
    for (outcome, (all, taken)) in counts {
        let (all, taken) = (all.to_string(), taken.to_string());
        let named = [("outcome", outcome.word()), ("all", &all), ("taken", &taken)];
        terminal.line(&fill(words::LIST_COUNT, &named))?;
    }
    for row in &told.bad {
        let (line, why) = (row["line"].to_string(), row["why"].as_str().unwrap_or_default());
        terminal.line(&fill(words::LIST_BAD, &[("line", &line), ("why", why)]))?;
    }
    if told.list.due > 0 {
        let due = told.list.due.to_string();
        terminal.line(&fill(words::LIST_DUE, &[("due", &due)]))?;
    }
    Ok(())
}

/// Opens the list and looks at all of it.
fn looked(desk: &mut Desk, given: &Registrar, file: &[u8]) -> Result<HeldList, Stop> {
    let name = given.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let input = json!({"name": name, "bytes": STANDARD.encode(file)});
    let mut held: HeldList = ask(desk, Window::Main, "open_list", &input)?;
    let columns = match &given.columns {
        None => held.columns.iter().map(|column| column.means).collect(),
        Some(words) => words.split(',').map(|word| column(word.trim())).collect::<Result<Vec<_>, _>>()?,
    };
    let dates = if given.month_first { DateOrder::MonthFirst } else { held.dates };
    let coverage = json!({
        "school_year": given.school_year, "term": given.term, "campus": given.campus,
        "programmes": given.programme, "from": given.from,
    });
    let mut with =
        json!({"columns": columns, "dates": dates, "zeros_lost": given.zeros_lost, "coverage": coverage});
    loop {
        held = ask(desk, Window::Main, "look_at_list", &json!({"list": held.id, "with": with}))?;
        if held.stage != ListStage::Looking {
            return Ok(held);
        }
        with = Value::Null;
    }
}

fn column(word: &str) -> Result<Option<Column>, Stop> {
    let found = Column::ALL.iter().copied().find(|column| column.word() == word);
    if found.is_none() && !word.is_empty() {
        return Err(Refusal::new(Code::Invalid).with("field", "columns").into());
    }
    Ok(found)
}

/// The rows that cannot be read, page by page.
fn bad(desk: &mut Desk, held: &HeldList) -> Result<Vec<Value>, Stop> {
    let mut bad = Vec::new();
    let mut before = None;
    loop {
        let input = json!({"list": held.id, "outcome": RowOutcome::Bad, "before": before});
        let page: RowsOfList = ask(desk, Window::Main, "list_rows", &input)?;
        let told = |row: &ListedPerson| json!({"line": row.line, "why": row.why, "same_as": row.same_as});
        bad.extend(page.rows.iter().map(told));
        before = page.next;
        if before.is_none() {
            return Ok(bad);
        }
    }
}

/// Keeps what stands here, or takes what the list says, wherever it says otherwise.
fn settle(desk: &mut Desk, given: &Registrar, held: &HeldList) -> Result<(), Stop> {
    let changed = held.counts.iter().find(|count| count.outcome == RowOutcome::Changed);
    let open = changed.map_or(0, |count| count.all - count.taken);
    let (choice, rows) = match given.take {
        Some(count) => (RowChoice::Take, json!({"count": count, "typed": true})),
        None if given.keep => (RowChoice::Keep, json!({"count": open, "typed": false})),
        None => return Ok(()),
    };
    let input = json!({"list": held.id, "choice": choice, "rows": rows});
    ask::<_, HeldList>(desk, Window::Main, "settle_rows", &input).map(drop)
}
