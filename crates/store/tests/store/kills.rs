//! A program that is killed in the middle of its work loses nothing that it has acknowledged, invents nothing, and is no
//! damage: so often as `CLINICDESK_SOAK` says, as in `soak.rs`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crypto::random;
use crypto::testing::TestEntropy;

use crate::clinic::Clinic;
use crate::soak::times;

const FOLDER: &str = "CLINICDESK_KILLED_FOLDER";
const FROM: &str = "CLINICDESK_KILLED_FROM";
/// A folder is worked on so often, each time by another program.
const STARTS: u64 = 25;

/// Registers one person after the other, and says so of each once it is done.
fn work(folder: &Path, from: u64) {
    let mut clinic = Clinic::at(folder, from);
    let mut out = std::io::stdout();
    // Whatever the harness has said stands on a line of its own.
    writeln!(out).unwrap();
    for number in from.. {
        clinic.register(&format!("Salonga {number}"));
        clinic.note(&format!("act {number}"));
        writeln!(out, "kept {number}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn a_program_that_is_killed_loses_nothing_acknowledged_and_invents_nothing() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let from = std::env::var(FROM).unwrap().parse().unwrap();
        return work(Path::new(&folder), from);
    }
    let mut chance = TestEntropy::new(15);
    let mut pick = |end: u64| u64::from_be_bytes(random(&mut chance)) % end;
    let mut left = u64::from(times());
    while left > 0 {
        let mut clinic = Clinic::found();
        clinic.close();
        let (mut kept, mut noted) = (0, 0);
        for _ in 0..STARTS.min(left) {
            left -= 1;
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--nocapture", "--exact"])
                .arg("kills::a_program_that_is_killed_loses_nothing_acknowledged_and_invents_nothing")
                .env(FOLDER, clinic.folder())
                .env(FROM, kept.to_string())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let acts = pick(12);
            let mut said = 0;
            for line in lines.by_ref().map(Result::unwrap) {
                said += u64::from(line.starts_with("kept "));
                if said >= acts {
                    break;
                }
            }
            // Somewhere in the act that follows.
            for turn in 0..pick(3_000_000) {
                std::hint::black_box(turn);
            }
            child.kill().unwrap();
            child.wait().unwrap();
            said += lines.map_while(Result::ok).filter(|line| line.starts_with("kept ")).count() as u64;
            (kept, noted) = (kept + said, noted + said);
            clinic.open();
            let opened = clinic.store.as_ref().unwrap().opened();
            assert!(opened.is_as_left(), "{opened:?}");
            let (people, public) =
                (clinic.act(|act, _| act.count("patient").unwrap()), *clinic.signs.public());
            assert!((kept..=kept + 1).contains(&people), "{kept} were acknowledged, {people} are there");
            let trail = clinic.act(|act, _| act.verify_audit(&public, act.marked_trail(&public)).unwrap());
            let entries = trail.unwrap().0;
            assert!((noted..=noted + 1).contains(&entries), "{noted} were acknowledged, {entries} are there");
            clinic.close();
            (kept, noted) = (people, entries);
        }
        clinic.open();
        let keys = crate::elsewhere::Elsewhere::new().keys(clinic.signs.public());
        let public = *clinic.signs.public();
        let own = domain::Incarnation::derived(b"i");
        let checked = clinic.act(|act, _| act.check_log(&keys, own, &public, &[]).unwrap());
        assert_eq!(checked.faults, []);
        assert_eq!(clinic.act(|act, _| act.rebuild_check().unwrap().differing), [""; 0]);
    }
}
