//! Backups: what is new, all of it, and whether it comes back; beside a copy of the store with its checks.

use std::fs::{self, File};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use app::command::Tag;
use app::jobs::{JobEvent, start, work_alone};
use app::sync::rounds::Shell;
use app::{Desk, World};
use crypto::testing::TestEntropy;
use domain::wire::Wire as _;
use domain::{ClinicId, Value};
use serde_json::{Value as Json, json};
use tests::desk::{PASSWORD, open_store_in};

use crate::Size;
use crate::clinic::{ADMINISTRATOR, call, found, refused};
use crate::figure::{empty_folder, ms, ratio, round, tell, timed};
use crate::rebuild::{Elsewhere, Importer, pull, records};

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
    let papers = call(&mut desk, "new_sheet", &json!({}))?;
    let place = empty_folder("backup-target")?;
    let chosen = desk.chose(place.clone()).map_err(refused)?;
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
    let (mut desk, held) = held(desk, &target)?;
    let (restored, signed_in) = bare(&place, &papers["sheet"])?;
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
            "complete_longest_hold_ms": ms(held),
            "copy_and_check_ms": ms(copy),
            "ratio_complete_to_copy_and_check": ratio(ms(complete), ms(copy)),
            "bare_restore_ms": ms(restored),
            "bare_sign_in_ms": ms(signed_in),
            "trial_ms": ms(trial),
            "trial_entries_per_s": round(entries as f64 / trial.as_secs_f64(), 0),
        }),
    );
    Ok(())
}

/// Has another workstation tell so many records to the store of a founded clinic.
fn fill(folder: &Path, count: u64) -> Result<()> {
    let records = records()?;
    let (mut store, user, bundle) = open_store_in(folder);
    let clinic = store.act()?.local("clinic")?.map(Value::Bytes);
    let clinic = clinic.as_ref().and_then(ClinicId::from_value).context("the clinic")?;
    let by = Importer { clinic, user, key: bundle.signing };
    let mut there = Elsewhere::new(by, TestEntropy::new(count));
    while there.told() < count {
        let page = there.page(&records, count);
        pull(&mut store, &there, &page)?;
    }
    let held = store.act()?.unseated()?.len();
    ensure!(held == 0, "{held} entries do not count");
    Ok(())
}

/// How long a job takes; without an order that of the first backup, which a new target asks for by itself.
fn job(desk: &mut Desk, order: Option<&str>, target: &Json) -> Result<Duration> {
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

/// How long an empty computer takes to become the one that burned, by stick and sheet, and then to seat somebody.
fn bare(place: &Path, sheet: &Json) -> Result<(Duration, Duration)> {
    let lines: Vec<&str> = sheet.as_array().context("a sheet")?.iter().filter_map(Json::as_str).collect();
    let mut desk = Desk::take(World::real(empty_folder("backup-bare")?)).map_err(refused)?;
    let from = desk.chose(place.to_owned()).map_err(refused)?;
    let input = json!({"from": from, "papers": lines.join("\n"), "check": false});
    let (restored, took) = timed(|| call(&mut desk, "restore_here", &input));
    restored?;
    let who = json!({"who": ADMINISTRATOR, "password": PASSWORD});
    let (seated, signed_in) = timed(|| call(&mut desk, "sign_in", &who));
    seated?;
    Ok((took, signed_in))
}

/// A desk that a job is lent, and for how long it kept it at most.
#[derive(Clone)]
struct Lent(Arc<Mutex<(Option<Desk>, Duration)>>);

impl Shell for Lent {
    fn lend<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        let mut lent = self.0.lock().ok()?;
        let (desk, longest) = &mut *lent;
        let (done, took) = timed(|| desk.as_mut().map(work));
        *longest = took.max(*longest);
        done
    }

    fn tell(&self, _: &[Tag]) {}
}

/// For how long a complete backup that runs beside the desk keeps it from whoever works there, at most.
fn held(mut desk: Desk, target: &Json) -> Result<(Desk, Duration)> {
    call(&mut desk, "back_up_now", &json!({"target": target, "complete": true}))?;
    let lent = Lent(Arc::new(Mutex::new((Some(desk), Duration::ZERO))));
    let jobs = start(lent.clone())?;
    jobs.send(JobEvent::Asked)?;
    loop {
        std::thread::yield_now();
        let mut there = lent.0.lock().ok().context("the desk")?;
        let told = call(there.0.as_mut().context("the desk")?, "jobs", &json!({}))?;
        let rows = told["rows"].as_array().context("jobs")?;
        if rows.iter().all(|row| row["asked"] == false && row["running"] == false) {
            let longest = there.1;
            return Ok((there.0.take().context("the desk")?, longest));
        }
    }
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
