//! Backups: what is new, all of it, and whether it comes back; beside a copy of the store with its checks.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use app::jobs::work_alone;
use app::{Desk, World};
use crypto::testing::TestEntropy;
use serde_json::{Value, json};
use tests::desk::{PASSWORD, open_store_in};

use crate::Size;
use crate::clinic::{ADMINISTRATOR, call, found, refused};
use crate::figure::{empty_folder, ms, ratio, round, tell, timed};
use crate::rebuild::{Elsewhere, pull, records};

/// Entries that are new when what is new is backed up.
const NEW: u64 = 100;

pub fn run(size: Size) -> Result<()> {
    for count in size.backed_up {
        measure(*count)?;
    }
    Ok(())
}

fn measure(count: u64) -> Result<()> {
    let folder = empty_folder("backup")?;
    let mut desk = found(&folder)?;
    if count > 0 {
        call(&mut desk, "sign_out", &json!({}))?;
        drop(desk);
        fill(&folder, count)?;
        desk = Desk::take(World::real(folder.clone())).map_err(refused)?;
        call(&mut desk, "sign_in", &json!({"who": ADMINISTRATOR, "password": PASSWORD}))?;
    }
    let place = empty_folder("backup-target")?;
    let chosen = desk.chose(place).map_err(refused)?;
    let input = json!({"target": null, "name": "Bench", "place": chosen, "sort": "folder", "remove": false});
    let target = call(&mut desk, "edit_targets", &input)?["targets"][0]["id"].clone();
    let first = job(&mut desk, None, &target)?;
    for number in 0..NEW {
        let details = json!({"details": {"given": "Lito", "family": format!("Salonga {number}")}});
        call(&mut desk, "register_patient", &details)?;
    }
    let quick = job(&mut desk, Some("back_up_now"), &target)?;
    let complete = job(&mut desk, Some("complete"), &target)?;
    let trial = job(&mut desk, Some("test_restore"), &target)?;
    let view = call(&mut desk, "backups", &json!({}))?;
    ensure!(view["tested"]["differences"] == 0 && view["tested"]["fault"].is_null(), "{}", view["tested"]);
    let entries = view["entries"].as_u64().unwrap_or_default();
    let (copied, copy) = timed(|| copy_and_check(&mut desk, &folder));
    copied?;
    tell(
        "backup",
        json!({
            "entries": entries,
            "store_bytes": fs::metadata(folder.join("clinic.db"))?.len(),
            "first_ms": ms(first),
            "quick_ms": ms(quick),
            "complete_ms": ms(complete),
            "copy_and_check_ms": ms(copy),
            "ratio_complete_to_copy_and_check": ratio(ms(complete), ms(copy)),
            "trial_ms": ms(trial),
            "trial_entries_per_s": round(entries as f64 / trial.as_secs_f64(), 0),
        }),
    );
    Ok(())
}

/// Has another workstation tell so many records to the store of a founded clinic.
fn fill(folder: &Path, count: u64) -> Result<()> {
    let records = records()?;
    let (mut store, ..) = open_store_in(folder);
    let mut there = Elsewhere::new(TestEntropy::new(count));
    while there.told() < count {
        let page = there.page(&records, count);
        pull(&mut store, &there.key, &page)?;
    }
    Ok(())
}

/// How long a job takes; without an order that of the first backup, which a new target asks for by itself.
fn job(desk: &mut Desk, order: Option<&str>, target: &Value) -> Result<Duration> {
    match order {
        None => {}
        Some("complete") => drop(call(desk, "back_up_now", &json!({"target": target, "complete": true}))?),
        Some("back_up_now") => {
            drop(call(desk, "back_up_now", &json!({"target": target, "complete": false}))?);
        }
        Some(order) => drop(call(desk, order, &json!({"target": target}))?),
    }
    let ((), took) = timed(|| work_alone(desk));
    let jobs = call(desk, "jobs", &json!({}))?;
    let faults = jobs["rows"].as_array().context("jobs")?.iter().filter(|job| !job["fault"].is_null());
    ensure!(faults.count() == 0, "{jobs}");
    Ok(took)
}

/// What somebody does without backups: copy the store's file, and check store and log.
fn copy_and_check(desk: &mut Desk, folder: &Path) -> Result<()> {
    let copy = folder.join("copy.db");
    fs::copy(folder.join("clinic.db"), &copy)?;
    File::open(&copy)?.sync_all()?;
    call(desk, "check_store", &json!({}))?;
    call(desk, "check_log", &json!({}))?;
    Ok(fs::remove_file(copy)?)
}
