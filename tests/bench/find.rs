//! Finding somebody among many, keystroke by keystroke, beside a full-text index of plain SQLite.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use app::Desk;
use rusqlite::Connection;
use serde_json::{Value, json};
use tests::people::{Person, Typed, person};

use crate::Size;
use crate::clinic::{answer, call, found};
use crate::figure::{empty_folder, ms, percentile, ratio, round, tell, timed};

/// People of one bundle.
const A_BUNDLE: u64 = 1_000;
/// What a doctor would feel, in milliseconds.
const LIMIT: f64 = 50.0;

pub fn run(size: Size) -> Result<()> {
    let mut desk = found(&empty_folder("find")?)?;
    let (registered, took) = timed(|| register(&mut desk, size.people));
    registered?;
    let plain = Plain::fill(&empty_folder("find-plain")?, size.people)?;
    let (mut ours, mut theirs) = (vec![], vec![]);
    let (mut found_by_us, mut found_by_them, mut whole) = (0_u64, 0_u64, 0_u64);
    for at in 0..size.typed {
        let who = at * (size.people / size.typed) + at;
        let wanted = person(who);
        for how in Typed::ALL {
            let typed = wanted.typed(how);
            let (mut ours_last, mut theirs_last) = (String::new(), vec![]);
            for end in typed.char_indices().map(|(at, sign)| at + sign.len_utf8()) {
                let text = &typed[..end];
                let input = json!({"text": text}).to_string();
                let (said, took) = timed(|| answer(&mut desk, "find_patients", &input));
                ours_last = said?;
                ours.push(took);
                let (said, took) = timed(|| plain.find(text));
                theirs_last = said?;
                theirs.push(took);
            }
            whole += 1;
            found_by_us += u64::from(ours_last.contains(&wanted.number));
            found_by_them += u64::from(theirs_last.iter().any(|row| row.contains(&wanted.number)));
        }
    }
    let share = |found: u64| round(found as f64 / whole as f64, 3);
    let shown = |taken: &[Duration], percent| ms(percentile(taken, percent));
    tell(
        "find",
        json!({
            "people": size.people,
            "keystrokes": ours.len(),
            "p50_ms": shown(&ours, 50),
            "p95_ms": shown(&ours, 95),
            "most_ms": shown(&ours, 100),
            "limit_p95_ms": LIMIT,
            "found": share(found_by_us),
            "plain_p50_ms": shown(&theirs, 50),
            "plain_p95_ms": shown(&theirs, 95),
            "plain_found": share(found_by_them),
            "ratio_p50": ratio(shown(&ours, 50), shown(&theirs, 50)),
            "ratio_p95": ratio(shown(&ours, 95), shown(&theirs, 95)),
            "registered_per_s": round(size.people as f64 / took.as_secs_f64(), 0),
        }),
    );
    Ok(())
}

/// Registers so many invented people as an import does.
pub fn register(desk: &mut Desk, people: u64) -> Result<()> {
    for first in (0..people).step_by(usize::try_from(A_BUNDLE)?) {
        let entries: Vec<Value> =
            (first..people.min(first + A_BUNDLE)).map(|number| entry(number, &person(number))).collect();
        let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": entries});
        call(desk, "import_fhir", &json!({"text": bundle.to_string(), "dry_run": false}))?;
    }
    Ok(())
}

fn entry(number: u64, person: &Person) -> Value {
    let id = format!("00000000-0000-4000-8000-{number:012x}");
    let given: Vec<&str> = std::iter::once(person.given.as_str()).chain(person.middle.as_deref()).collect();
    json!({
        "fullUrl": format!("urn:uuid:{id}"),
        "resource": {
            "resourceType": "Patient",
            "id": id,
            "name": [{"use": "official", "family": person.family, "given": given}],
            "birthDate": person.birth_date,
            "identifier": [{"system": "student", "value": person.number}],
            "telecom": [{"system": "phone", "value": person.phone}],
        },
    })
}

/// The same people in SQLite without encryption, found by the beginnings of words: what a program does that
/// asks its database alone.
struct Plain(Connection);

impl Plain {
    fn fill(folder: &Path, people: u64) -> Result<Self> {
        let mut connection = Connection::open(folder.join("plain.db"))?;
        connection.execute_batch(
            "pragma journal_mode = wal;
             pragma cache_size = -65536;
             create table person (id integer primary key, shown text not null) strict;
             create virtual table words using fts5 (text, content = '', prefix = '1 2 3',
                 tokenize = 'unicode61 remove_diacritics 2');",
        )?;
        let transaction = connection.transaction()?;
        for number in 0..people {
            let person = person(number);
            let shown = person.details().to_string();
            let middle = person.middle.unwrap_or_default();
            let text = [person.family, person.given, middle, person.number, person.phone].join(" ");
            let id = i64::try_from(number)?;
            transaction
                .prepare_cached("insert into person (id, shown) values (?1, ?2)")?
                .execute((id, shown))?;
            transaction
                .prepare_cached("insert into words (rowid, text) values (?1, ?2)")?
                .execute((id, text))?;
        }
        transaction.commit()?;
        Ok(Self(connection))
    }

    fn find(&self, text: &str) -> Result<Vec<String>> {
        let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        let asked: Vec<String> = words.map(|word| format!("\"{word}\"*")).collect();
        if asked.is_empty() {
            return Ok(vec![]);
        }
        let mut statement = self.0.prepare_cached(
            "select shown from words join person on person.id = words.rowid where words match ?1 limit 20",
        )?;
        let rows = statement.query_map([asked.join(" ")], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
