//! Saving, as somebody presses the button, beside a bare insert of the same bytes into SQLCipher.

use std::path::Path;

use anyhow::Result;
use app::Desk;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::Size;
use crate::clinic::{call, found, seat_doctor};
use crate::figure::{by_criterion, by_criterion_timed, empty_folder, ratio, tell, timed};

pub fn run(size: Size) -> Result<()> {
    let mut desk = found(&empty_folder("store")?)?;
    seat_doctor(&mut desk)?;
    let patient = call(
        &mut desk,
        "register_patient",
        &json!({"details": {"family": "Mejía", "given": "Gustavo"}}),
    )?["id"]
        .clone();
    let visit = visit(&patient);
    let bytes = visit.to_string().into_bytes();
    let mut fault = None;
    let ours = by_criterion_timed("save-a-visit", size.samples, || {
        let (kept, took) = timed(|| call(&mut desk, "start_visit", &visit));
        // Who is in a visit is put into no second one: it is over before the next begins.
        if let Err(error) = kept.and_then(|kept| end(&mut desk, &kept)) {
            fault.get_or_insert(error);
        }
        took
    })?;
    if let Some(error) = fault {
        return Err(error);
    }
    let bare = bare(&empty_folder("store-bare")?)?;
    let mut number = 0_i64;
    let theirs = by_criterion("insert-the-same-bytes", size.samples, || {
        number += 1;
        bare.execute("insert into kept (id, bytes) values (?1, ?2)", (number, &bytes))
    })?;
    tell(
        "store",
        json!({
            "bytes": bytes.len(),
            "save_ms": ours,
            "bare_insert_ms": theirs,
            "ratio": ratio(ours, theirs),
        }),
    );
    Ok(())
}

fn visit(patient: &Value) -> Value {
    json!({
        "patient": patient,
        "kind": "consultation",
        "concern": "Fever and sore throat since yesterday, worse at night",
        "status": "in_progress",
    })
}

fn end(desk: &mut Desk, kept: &Value) -> Result<()> {
    let step = json!({"visit": kept["id"], "version": kept["version"], "to": "completed"});
    call(desk, "step_visit", &step).map(drop)
}

/// SQLCipher with the settings of the store, and one table.
fn bare(folder: &Path) -> Result<Connection> {
    let connection = Connection::open(folder.join("bare.db"))?;
    let key = "0f".repeat(48);
    connection.execute_batch(&format!("pragma key = \"x'{key}'\";"))?;
    connection.execute_batch(
        "pragma cipher_page_size = 4096;
         pragma journal_mode = wal;
         pragma synchronous = full;
         pragma secure_delete = on;
         pragma cache_size = -65536;
         create table kept (id integer primary key, bytes blob not null) strict;",
    )?;
    Ok(connection)
}
