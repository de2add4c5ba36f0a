//! Signing out without a driver, which no other process could follow: the process ends, and another one shows the door.

use std::fs::{self, File};
use std::io::{BufRead, Read, Seek, SeekFrom};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::desk::{FIRST_PASSWORD, PASSWORD};
use tests::hands::Hands;
use tests::keyboard::{ENTER, ESCAPE, TAB};
use tests::leash::{family, runs};
use tests::{program, wait};

/// A name that no program and no dictionary holds, as it is written and as the screens show it.
const NAMES: [&str; 2] = ["Quibranzavar", "QUIBRANZAVAR"];
/// The bytes of a page of memory.
const PAGE: u64 = 4096;
/// So many pages in a row are often alike: none is there.
const BLOCK: u64 = 4096;
const LIMIT: Duration = Duration::from_secs(30);

/// A clinic, and hands at the door of its computer.
fn at_the_door() -> Result<(TempDir, Hands)> {
    let around = clinic()?;
    let hands = Hands::at(&around.path().join("data"))?;
    Ok((around, hands))
}

/// The same where the first at the door is a doctor, who has a patient.
fn at_the_door_of_a_doctor() -> Result<(TempDir, Hands)> {
    let around = clinic()?;
    let data = around.path().join("data");
    let ana = json!({
        "sign_in": "ana.lim", "name": "Ana Lim", "title": "Dr", "qualification": null, "position": null,
        "role": "doctor", "licence": "0104417", "licence_until": "2099-12-31", "password": FIRST_PASSWORD,
    });
    ctl(&data, PASSWORD, &["call", "add_user", &ana.to_string()])?;
    let as_ana = ["--user", "ana.lim", "call"];
    let own = json!({"old": FIRST_PASSWORD, "new": PASSWORD}).to_string();
    ctl(&data, FIRST_PASSWORD, &[&as_ana[..], &["change_password", &own]].concat())?;
    let patient = json!({"details": {"family": NAMES[0], "given": "Gustavo"}}).to_string();
    ctl(&data, PASSWORD, &[&as_ana[..], &["register_patient", &patient]].concat())?;
    let hands = Hands::at(&data)?;
    Ok((around, hands))
}

/// A folder with a clinic in its folder `data`.
fn clinic() -> Result<TempDir> {
    let around = tempfile::tempdir()?;
    let names = ["--clinic", "University Clinic", "--site", "Main Campus", "--name", "Maria Reyes"];
    ctl(&around.path().join("data"), PASSWORD, &[&["setup"], &names[..]].concat())?;
    Ok(around)
}

/// Waits until no process of this computer's program is there.
fn is_left_alone(hands: &Hands) -> Result<()> {
    wait::until("the end of every process", LIMIT, || Ok(hands.processes()?.is_empty().then_some(())))
}

/// What the terminal answers to whoever has this password.
fn ctl(data: &Path, password: &str, words: &[&str]) -> Result<Value> {
    let mut command = Command::new(program("clinicctl")?);
    command.env_clear().env("CLINICDESK_PASSWORD", password).arg("--json").arg("--data").arg(data);
    let output = command.args(words).output()?;
    ensure!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Whether a process, or what it has started, holds a name of the patient in its memory, one or two bytes a letter.
fn remembers(pid: u32) -> Result<bool> {
    let wide = |name: &str| name.bytes().flat_map(|byte| [byte, 0]).collect();
    let sought: Vec<Vec<u8>> = NAMES.iter().flat_map(|name| [name.as_bytes().to_vec(), wide(name)]).collect();
    for pid in family(pid) {
        let mut memory = File::open(format!("/proc/{pid}/mem")).context("memory that may be read")?;
        for (from, pages) in stretches(pid)? {
            let mut bytes = vec![];
            memory.seek(SeekFrom::Start(from))?;
            // A page may go meanwhile.
            memory.by_ref().take(pages * PAGE).read_to_end(&mut bytes).ok();
            if holds(&bytes, &sought) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Where a process has memory, by its first byte, and of how many pages: it has much more in reserve.
fn stretches(pid: u32) -> Result<Vec<(u64, u64)>> {
    let mut found: Vec<(u64, u64)> = vec![];
    let mut pages = File::open(format!("/proc/{pid}/pagemap"))?;
    for line in fs::read_to_string(format!("/proc/{pid}/maps"))?.lines() {
        let (place, rest) = line.split_once(' ').context("a place")?;
        let (from, to) = place.split_once('-').context("from and to")?;
        let (from, to) = (u64::from_str_radix(from, 16)?, u64::from_str_radix(to, 16)?);
        // The system's own are not told of.
        if !rest.starts_with('r') || rest.contains("[v") {
            continue;
        }
        let mut told = vec![];
        pages.seek(SeekFrom::Start(from / PAGE * 8))?;
        pages.by_ref().take((to - from) / PAGE * 8).read_to_end(&mut told)?;
        for (block, told) in (from..).step_by((BLOCK * PAGE) as usize).zip(told.chunks(BLOCK as usize * 8)) {
            // In memory, or swapped out: the two highest bits (Documentation/admin-guide/mm/pagemap.rst).
            let there = |page: &[u8]| page[7] & 0xc0 != 0;
            if !there(told) && told[8..] == told[..told.len() - 8] {
                continue;
            }
            let pages = (block..).step_by(PAGE as usize).zip(told.chunks(8));
            for (at, _) in pages.filter(|(_, page)| there(page)) {
                match found.last_mut() {
                    Some((first, pages)) if *first + *pages * PAGE == at => *pages += 1,
                    _ => found.push((at, 1)),
                }
            }
        }
    }
    Ok(found)
}

/// Whether one of these, which all begin alike, is in the bytes.
fn holds(mut bytes: &[u8], sought: &[Vec<u8>]) -> bool {
    let begins = sought[0][0];
    loop {
        match bytes.skip_until(begins) {
            Ok(0) | Err(_) => return false,
            Ok(_) if sought.iter().any(|each| bytes.starts_with(&each[1..])) => return true,
            Ok(_) => {}
        }
    }
}

#[test]
fn after_a_sign_out_another_process_shows_the_door_and_none_remembers_a_patient() -> Result<()> {
    let (around, hands) = at_the_door_of_a_doctor()?;
    let first = hands.program();
    let heir = hands.signs_in()?;
    hands.finds(&NAMES[0].to_lowercase())?;
    wait::until("the name in memory", LIMIT, || Ok(remembers(first)?.then_some(())))?;
    assert!(!remembers(heir)? && hands.windows(heir)?.is_empty());
    hands.types(&ESCAPE.to_string())?;

    hands.finds("dark")?;
    hands.types(&ENTER.to_string())?;
    let others: Vec<u32> = family(first).into_iter().filter(|pid| !family(heir).contains(pid)).collect();
    ensure!(others.len() > 1, "the web view's processes: {others:?}");
    hands.finds("sign out")?;
    hands.types(&ENTER.to_string())?;
    wait::until("the end of the first", LIMIT, || Ok((!others.iter().any(|pid| runs(*pid))).then_some(())))?;
    assert_eq!(hands.processes()?, [heir]);
    assert!(hands.windows(heir)?.len() == 1 && !remembers(heir)?);
    // It looks as this computer did last, though it was started before that was chosen.
    let picture = hands.screen().picture()?;
    let brightness = picture.iter().map(|byte| u64::from(*byte)).sum::<u64>() / picture.len() as u64;
    assert!(brightness < 128, "{brightness}");

    hands.turns_to(heir)?;
    let third = hands.signs_in()?;
    assert!(!remembers(third)?);
    hands.closes(heir)?;
    is_left_alone(&hands)?;
    let all = json!({"patient": null, "user": null}).to_string();
    let trail = ["--user", "maria.reyes", "call", "audit_trail", &all];
    let trail = ctl(&around.path().join("data"), PASSWORD, &trail)?;
    let acts = trail["rows"].as_array().context("rows")?.iter().filter_map(|row| row["action"].as_str());
    let stays: Vec<&str> = acts.filter(|act| act.starts_with("sign_")).take(5).collect();
    // The latest is the terminal's own.
    assert_eq!(stays, ["sign_in", "sign_out", "sign_in", "sign_out", "sign_in"]);
    Ok(())
}

#[test]
fn the_board_of_the_waiting_room_is_open_again_after_a_sign_out_and_the_keys_go_to_the_door() -> Result<()> {
    let (_around, hands) = at_the_door_of_a_doctor()?;
    let heir = hands.signs_in()?;
    hands.finds("queue")?;
    hands.types(&ENTER.to_string())?;
    // Its heading has the keys; the second stop behind it shows the board.
    hands.types(&format!("{TAB}{TAB}{ENTER}"))?;
    assert_eq!(hands.windows(hands.program())?.len(), 2);
    hands.turns_to(hands.program())?;
    hands.finds("sign out")?;
    hands.types(&ENTER.to_string())?;
    wait::until("both windows", LIMIT, || Ok((hands.windows(heir)?.len() == 2).then_some(())))?;
    hands.signs_in().map(drop)
}

#[test]
fn a_program_that_is_killed_leaves_no_heir_behind() -> Result<()> {
    let (_around, hands) = at_the_door()?;
    hands.signs_in()?;
    kill(hands.program())?;
    is_left_alone(&hands)
}

#[test]
fn whoever_signs_out_after_the_heir_was_lost_comes_to_the_door_of_a_new_process() -> Result<()> {
    let (_around, hands) = at_the_door()?;
    let (first, heir) = (hands.program(), hands.signs_in()?);
    kill(heir)?;
    hands.finds("sign out")?;
    hands.types(&ENTER.to_string())?;
    wait::until("the end of the first", LIMIT, || Ok((!runs(first)).then_some(())))?;
    let [second] = hands.processes()?[..] else { bail!("{:?}", hands.processes()?) };
    hands.turns_to(second)?;
    hands.signs_in().map(drop)
}

#[test]
fn a_page_whose_process_ended_comes_back_with_who_sat_there_and_so_does_the_one_that_waits() -> Result<()> {
    let (_around, hands) = at_the_door()?;
    let (first, heir) = (hands.program(), hands.signs_in()?);
    for (program, heirs) in [(heir, vec![]), (first, family(heir))] {
        let page = || family(program).into_iter().find(|pid| !heirs.contains(pid) && draws(*pid));
        let before = page().context("a page")?;
        kill(before)?;
        wait::until("another page", LIMIT, || Ok(page().filter(|page| *page != before)))?;
    }
    let drawn = |picture: &[u8]| picture.chunks(4).filter(|pixel| *pixel != &picture[..4]).count() > 5_000;
    wait::until("the page", LIMIT, || Ok(drawn(&hands.screen().picture()?).then_some(())))?;
    hands.screen().settles(&[], || {})?;
    hands.finds("sign out")?;
    hands.types(&ENTER.to_string())?;
    wait::until("the end of the first", LIMIT, || Ok((!runs(first)).then_some(())))?;
    hands.turns_to(heir)?;
    hands.signs_in().map(drop)
}

/// Whether a process draws a page; the kernel knows fifteen letters of its name.
fn draws(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.trim() == "WebKitWebProces")
}

fn kill(pid: u32) -> Result<()> {
    ensure!(Command::new("kill").args(["-KILL", &pid.to_string()]).status()?.success());
    Ok(())
}
