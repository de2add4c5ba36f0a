//! Backups from a terminal: what was not done is never told as done, and whoever restores in need is told what to do.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tests::desk::{FIRST_PASSWORD, PASSWORD};

use crate::clinicctl::{SETUP, answer, clinic, command, refusal, run, text};

/// A clinic with a patient and a doctor, its papers in files, and a backup of it in a folder.
struct Burned {
    around: tempfile::TempDir,
    patient: String,
}

impl Burned {
    fn new() -> Self {
        let around = tempfile::tempdir().unwrap();
        let burned = Self { around, patient: String::new() };
        let (folder, sheet, place) = (burned.path("data"), burned.path("sheet.txt"), burned.path("stick"));
        let setup = [&SETUP[..], &["--json", "--sheet", sheet.to_str().unwrap()]].concat();
        answer(&run(&folder, &setup));
        let add = ["user", "add", "--sign-in", "ana.cruz", "--name", "Ana Cruz", "--role", "doctor"];
        let mut added = command(&folder);
        added.env("CLINICDESK_FIRST_PASSWORD", FIRST_PASSWORD).args(add).args(["--licence", "12345"]);
        assert!(added.args(["--licence-until", "2999-12-31"]).output().unwrap().status.success());
        let mut change = command(&folder);
        let input = json!({"old": FIRST_PASSWORD, "new": PASSWORD}).to_string();
        change.env("CLINICDESK_PASSWORD", FIRST_PASSWORD);
        let changed =
            change.args(["--user", "ana.cruz", "call", "change_password", &input]).output().unwrap();
        assert!(changed.status.success(), "{changed:?}");
        let doctor = |name: &str, input: Value| {
            answer(&run(&folder, &["--user", "ana.cruz", "call", name, &input.to_string()]))
        };
        let person = json!({"family": "Mejía", "given": "Gustavo", "birth_date": "1999-07-14",
            "identifiers": {"1": {"system": "student", "value": "2019-104-883"}}});
        let patient =
            doctor("register_patient", json!({"details": person}))["id"].as_str().unwrap().to_owned();
        doctor("register_patient", json!({"details": {"family": "Salonga", "given": "Lito"}}));
        doctor("register_patient", json!({"details": {"family": "Salonga", "given": "Nena"}}));
        doctor(
            "add_allergy",
            json!({"patient": patient, "details": {"substance": "Penicillin", "reaction": "rash"}}),
        );
        let long = format!("{} end of it", "wheezes at night, ".repeat(600));
        doctor("add_problem", json!({"patient": patient, "details": {"name": "Asthma", "remarks": long}}));
        fs::create_dir(&place).unwrap();
        answer(&run(
            &folder,
            &["--user", "maria.reyes", "--json", "backup", "targets", "--add", place.to_str().unwrap()],
        ));
        answer(&run(&folder, &["--user", "maria.reyes", "--json", "backup", "now"]));
        Self { patient, ..burned }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.around.path().join(name)
    }

    fn paper(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// What looking at the backup with these papers in a file answers.
    fn look(&self, papers: &str) -> std::process::Output {
        let file = self.path("papers.txt");
        fs::write(&file, papers).unwrap();
        self.restore(self.path("stick").to_str().unwrap(), file.to_str().unwrap(), &["--check"])
    }

    fn restore(&self, from: &str, papers: &str, words: &[&str]) -> std::process::Output {
        run(&self.path("bare"), &[&["restore", from, "--papers", papers], words].concat())
    }

    /// What a doctor reads of a chart out of the backup.
    fn open(&self, who: &[&str], words: &[&str]) -> std::process::Output {
        let (stick, sheet) = (self.path("stick"), self.path("sheet.txt"));
        let open = ["--user", "ana.cruz", "open", stick.to_str().unwrap()];
        let papers = ["--papers", sheet.to_str().unwrap()];
        run(&self.path("bare"), &[&open[..], who, &papers, words].concat())
    }
}

/// The folder of the only installation at `place`.
fn installation(place: &Path) -> PathBuf {
    let below = |parent: PathBuf| {
        let mut entries = fs::read_dir(parent).unwrap().flatten().map(|entry| entry.path());
        entries.find(|path| path.is_dir()).unwrap()
    };
    below(below(place.join("ClinicDesk")))
}

#[test]
fn a_stick_that_is_away_erased_or_exchanged_is_told_and_an_old_trial_is_not_told_as_new() {
    let (around, folder) = clinic();
    let (stick, share) = (around.path().join("stick"), around.path().join("share"));
    fs::create_dir(&stick).unwrap();
    let targets = |place: &Path, name: &str, words: &[&str]| {
        let add = ["--json", "backup", "targets", "--add", place.to_str().unwrap(), "--name", name];
        answer(&run(&folder, &[&add[..], words].concat()))
    };
    targets(&stick, "Blue", &["--stick"]);
    assert!(run(&folder, &["backup", "rehearse", "Blue"]).status.success());
    let orders: [&[&str]; 4] = [
        &["backup", "now", "--target", "Blue"],
        &["backup", "now", "--complete", "--target", "Blue"],
        &["backup", "check", "Blue"],
        &["backup", "rehearse", "Blue"],
    ];
    let all_refused = |why: &str| {
        for order in
            orders.into_iter().chain([&["backup", "now"][..], &["--json", "backup", "check", "Blue"]])
        {
            let told = run(&folder, order);
            let refused = refusal(&told);
            assert_eq!(refused["fields"]["reason"], "gone", "{why}: {order:?}");
            let message = refused["message"].as_str().unwrap();
            assert!(
                message.starts_with("Blue: it is not here now.") && message.contains("Nothing was written")
            );
            assert_eq!(text(&told.stdout), "", "{why}: {order:?}");
        }
    };
    let drawer = around.path().join("drawer");
    fs::rename(&stick, &drawer).unwrap();
    all_refused("in a drawer");
    fs::create_dir(&stick).unwrap();
    all_refused("erased");
    let (_other, elsewhere) = clinic();
    let place = stick.to_str().unwrap();
    answer(&run(&elsewhere, &["--json", "backup", "targets", "--add", place, "--name", "Red", "--stick"]));
    all_refused("another clinic's");
    // Where it goes to several, those that are there get theirs, and who is away is told.
    fs::create_dir(&share).unwrap();
    targets(&share, "Share", &[]);
    let told = run(&folder, &["backup", "now"]);
    let said = text(&told.stdout);
    assert!(told.status.success(), "{told:?}");
    assert!(
        said.contains("Share: done") && said.contains("Blue: it is not here now. Nothing was written"),
        "{said}"
    );
    fs::remove_dir_all(&stick).unwrap();
    fs::rename(&drawer, &stick).unwrap();
    assert_eq!(text(&run(&folder, orders[0]).stdout), "Blue: done, and read back.\n");
    let nowhere = refusal(&run(&folder, &["backup", "check", "Green"]));
    assert!(nowhere["message"].as_str().unwrap().contains("no target called Green"), "{nowhere}");
}

#[test]
fn the_files_of_the_papers_open_a_backup_as_they_are_and_what_is_wrong_with_them_is_told_apart() {
    let burned = Burned::new();
    let (sheet, one) = (burned.paper("sheet.txt"), burned.paper("sheet-share-1.txt"));
    let other = burned.paper("sheet-share-3.txt");
    let numbered: String =
        sheet.lines().filter(|line| line.starts_with("  ")).map(|line| format!("{line}\n")).collect();
    for papers in [
        sheet.clone(),
        format!("\u{feff}{}", sheet.replace('-', "\u{2013}").replace("  ", "\u{a0}").replace('\n', "\r\n")),
        numbered.clone(),
        format!("{one}{other}"),
    ] {
        let looked = burned.look(&papers);
        assert!(looked.status.success() && text(&looked.stdout).contains("is whole"), "{papers}: {looked:?}");
    }
    let refused = |papers: &str| {
        let refused = refusal(&burned.look(papers));
        (refused["fields"].clone(), refused["message"].as_str().unwrap().to_owned())
    };
    let third = numbered.lines().nth(2).unwrap().trim_start_matches("  3  ");
    let wrong = third.replacen(&third[..1], if third.starts_with('0') { "1" } else { "0" }, 1);
    let (fields, message) = refused(&sheet.replace(third, &wrong));
    assert_eq!(fields, json!({"line": 3}));
    assert!(message.starts_with("Line 3 is not what the paper says."), "{message}");
    let (_around, elsewhere) = (tempfile::tempdir().unwrap(), burned.path("elsewhere"));
    let papers = burned.path("other.txt");
    let setup = [&SETUP[..], &["--json", "--sheet", papers.to_str().unwrap()]].concat();
    answer(&run(&elsewhere, &setup));
    for (papers, reason) in [
        (burned.paper("other.txt"), "others"),
        (format!("{one}{}", burned.paper("other-share-2.txt")), "others"),
        (one.clone(), "one_share"),
        (format!("{one}{one}"), "same_share"),
        (format!("{sheet}{one}"), "mixed"),
        (format!("{one}{other}{}", burned.paper("sheet-share-2.txt")), "too_many"),
        ("This is no paper.\n".to_owned(), "lines"),
    ] {
        let (fields, message) = refused(&papers);
        assert_eq!(fields["reason"], reason);
        assert!(message.contains("Nothing was opened or changed."), "{reason}: {message}");
    }
    // A slot that was cut off or overwritten is the backup's fault: the shares open it still.
    let slot = installation(&burned.path("stick")).join("slots/sheet");
    for bytes in [Vec::new(), vec![0x5a; 120]] {
        fs::write(&slot, bytes).unwrap();
        let (fields, message) = refused(&sheet);
        assert_eq!((&fields["reason"], &fields["object"]), (&json!("slot"), &json!("slots/sheet")));
        assert!(
            message.contains("slots/sheet") && message.contains("two of the clinic's shares"),
            "{message}"
        );
        assert!(burned.look(&format!("{one}{other}")).status.success());
    }
    let pdf = burned.path("paper.pdf");
    fs::write(&pdf, [0xff, 0xfe, 0]).unwrap();
    let pdf = burned.restore(burned.path("stick").to_str().unwrap(), pdf.to_str().unwrap(), &[]);
    assert!(text(&pdf.stderr).contains("Type its lines into a text file"), "{pdf:?}");
}

#[test]
fn a_chart_is_read_whole_out_of_a_backup_by_name_or_number() {
    let burned = Burned::new();
    let told = burned.open(&["gustavo", "mejia"], &[]);
    let chart = text(&told.stdout);
    assert!(told.status.success(), "{told:?}");
    for part in [
        "Mejía, Gustavo\t1999-07-14",
        "Allergies: Penicillin (rash)",
        "Reaction: rash",
        "Asthma",
        "end of it",
    ] {
        assert!(chart.contains(part), "{part}: {chart}");
    }
    for who in [burned.patient.as_str(), "2019-104-883"] {
        let told = burned.open(&[who], &[]);
        assert!(text(&told.stdout) == chart, "{who}: {}", text(&told.stderr));
    }
    let all = answer(&burned.open(&[&burned.patient], &["--json"]));
    assert_eq!(all["timeline"].as_array().map(Vec::len), Some(2), "{all}");
    // The same of the records here.
    let here = run(&burned.path("data"), &["--user", "ana.cruz", "chart", "mejia"]);
    assert!(text(&here.stdout) == chart, "{}", text(&here.stderr));
    let several = burned.open(&["salonga"], &[]);
    assert_eq!(several.status.code(), Some(2));
    let rows = text(&several.stderr);
    assert!(rows.contains("Salonga, Lito") && rows.contains("Salonga, Nena"), "{rows}");
    let nobody = refusal(&burned.open(&["zzyzx"], &[]));
    assert!(nobody["message"].as_str().unwrap().starts_with("Nobody fits zzyzx."), "{nobody}");
    let nobody = refusal(&burned.open(&["00000000-0000-4000-8000-000000000000"], &[]));
    assert_eq!(nobody["code"], "not_found");
    assert!(!burned.path("bare").exists());
}

#[test]
fn a_restore_that_is_refused_says_what_to_do_and_leaves_nothing_behind() {
    let burned = Burned::new();
    let (stick, sheet, bare) = (burned.path("stick"), burned.path("sheet.txt"), burned.path("bare"));
    let (stick, sheet) = (stick.to_str().unwrap(), sheet.to_str().unwrap());
    let refused = |from: &str| {
        let refused = refusal(&burned.restore(from, sheet, &[]));
        assert_eq!(refused["code"], "backup_refused");
        (refused["fields"]["reason"].clone(), refused["message"].as_str().unwrap().to_owned())
    };
    let (reason, message) = refused("/nowhere/at/all");
    assert_eq!(reason, "nowhere");
    assert!(message.contains("called /nowhere/at/all here"), "{message}");
    let empty = burned.path("empty");
    fs::create_dir(&empty).unwrap();
    let (reason, message) = refused(empty.to_str().unwrap());
    assert!(reason == "empty" && message.contains("the folder ClinicDesk"), "{message}");
    let looked = burned.restore(stick, sheet, &["--check"]);
    assert!(looked.status.success(), "{looked:?}");
    assert!(!bare.exists(), "neither a refusal nor a look leaves anything");
    // Somebody's own empty folder stays, and empty.
    fs::create_dir(&bare).unwrap();
    assert!(burned.restore(stick, sheet, &["--check"]).status.success());
    assert_eq!(fs::read_dir(&bare).unwrap().count(), 0);
    let point = refusal(&burned.restore(stick, sheet, &["--check", "--point", "999"]));
    assert!(point["message"].as_str().unwrap().starts_with("There is no such point there"), "{point}");
    // The plan and what was done tell the same time.
    let restored = burned.restore(stick, sheet, &["--json"]);
    let looked: Value = serde_json::from_slice(
        &run(&burned.path("bare-2"), &["--json", "restore", stick, "--papers", sheet, "--check"]).stdout,
    )
    .unwrap();
    assert_eq!(answer(&restored)["point"]["at"], looked["point"]["at"]);
    let trail = fs::read_dir(installation(Path::new(stick)).join("trail")).unwrap().flatten().next().unwrap();
    fs::remove_file(trail.path()).unwrap();
    let other = run(&burned.path("bare-3"), &["restore", stick, "--papers", sheet]);
    let message = refusal(&other)["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("Nothing was changed") && message.contains("another stick or folder"),
        "{message}"
    );
}
