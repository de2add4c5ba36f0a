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

#[test]
fn a_chart_tells_who_somebody_is_and_how_they_are_reached_in_words_and_in_json() {
    let burned = Burned::new();
    let person = json!({"family": "Quiambao", "given": "Rosa", "title": "Dr", "civil_status": "widowed",
        "identifiers": {"1": {"system": "student", "value": "2019-104-884"},
            "2": {"system": "passport", "value": "P0421"}},
        "contacts": {"1": {"value": "+63 917 555 0100", "system": "phone", "purpose": "mobile"},
            "2": {"value": "r.quiambao@example.org", "system": "email"}},
        "addresses": {"1": {"line": "12 Mabini Street", "city": "Naga", "postcode": "4400"}},
        "relations": {"1": {"name": "Lino Quiambao", "relation": "father", "phone": "+63 917 555 0199",
            "consents": true}}});
    let data = burned.path("data");
    let input = json!({"details": person}).to_string();
    answer(&run(&data, &["--user", "ana.cruz", "call", "register_patient", &input]));
    answer(&run(&data, &["--user", "maria.reyes", "--json", "backup", "now"]));
    let here = run(&data, &["--user", "ana.cruz", "chart", "quiambao"]);
    let chart = text(&here.stdout);
    for line in [
        "Title: Dr",
        "Civil status: widowed",
        "Number: 2019-104-884, student",
        "Number: P0421, passport",
        "To reach them: +63 917 555 0100, phone, mobile",
        "To reach them: r.quiambao@example.org, email",
        "Address: 12 Mabini Street, Naga, 4400",
        "To call: Lino Quiambao, father, +63 917 555 0199, may agree for them",
    ] {
        assert!(chart.contains(&format!("    {line}\n")), "{line}: {chart}");
    }
    assert_eq!(text(&burned.open(&["quiambao"], &[]).stdout), chart);
    let all = answer(&burned.open(&["quiambao"], &["--json"]));
    assert_eq!(all["person"]["details"]["addresses"]["1"]["city"], "Naga", "{all}");
    assert_eq!(all["person"]["details"]["civil_status"], "widowed");
}

#[test]
fn entries_that_lie_beside_in_a_backup_alone_are_told_with_what_can_be_done() {
    let burned = Burned::new();
    let (data, before, stick) = (burned.path("data"), burned.path("before"), burned.path("stick"));
    let copied = std::process::Command::new("cp").arg("-a").args([&data, &before]).status().unwrap();
    assert!(copied.success());
    let problem = |name: &str| {
        let input = json!({"patient": burned.patient, "details": {"name": name}}).to_string();
        answer(&run(&data, &["--user", "ana.cruz", "call", "add_problem", &input]));
    };
    let admin = |words: &[&str]| run(&data, &[&["--user", "maria.reyes"], words].concat());
    problem("Only on the stick");
    assert!(admin(&["backup", "now"]).status.success());
    fs::remove_dir_all(&data).unwrap();
    fs::rename(&before, &data).unwrap();
    let refused = refusal(&admin(&["backup", "now"]));
    assert_eq!(refused["fields"]["reason"], "newer", "{refused}");
    problem("Written after that");
    problem("Written after that too");
    for words in [&["backup", "now"][..], &["backup", "list"], &["backup", "targets"], &["doctor"]] {
        let told = admin(words);
        let said = text(&told.stdout);
        assert!(said.contains("has entries that this computer lacks"), "{words:?}: {said}");
        assert!(said.contains("--installation NAME --replace --older"), "{words:?}: {said}");
        assert!(!said.contains("Every entry is in"), "{said}");
    }
    let checks = answer(&admin(&["--json", "doctor"]));
    let backups = checks.as_array().unwrap().iter().find(|check| check["name"] == "backups").unwrap();
    assert_eq!(backups["health"], "note", "{backups}");
    // What is said to help does.
    let name = installation(&stick).parent().unwrap().read_dir().unwrap().flatten();
    let names: Vec<String> = name.map(|entry| entry.file_name().into_string().unwrap()).collect();
    let aside = names.iter().find(|name| name.ends_with("-before-1")).unwrap();
    let (stick, sheet) = (stick.to_str().unwrap().to_owned(), burned.path("sheet.txt"));
    let there = burned.open(&["mejia"], &["--installation", aside]);
    assert!(text(&there.stdout).contains("Only on the stick"), "{there:?}");
    let replace = ["restore", &stick, "--papers", sheet.to_str().unwrap(), "--installation", aside];
    let replaced = admin(&[&replace[..], &["--replace", "--older"]].concat());
    assert!(replaced.status.success(), "{replaced:?}");
    let chart = text(&run(&data, &["--user", "ana.cruz", "chart", "mejia"]).stdout);
    assert!(chart.contains("Only on the stick") && !chart.contains("Written after that"), "{chart}");
}

#[test]
fn a_point_that_does_not_read_is_never_told_to_be_written_again_and_a_look_says_what_it_did() {
    let burned = Burned::new();
    let (data, stick) = (burned.path("data"), burned.path("stick"));
    let admin = |words: &[&str]| run(&data, &[&["--user", "maria.reyes"], words].concat());
    let problem = |name: &str| {
        let input = json!({"patient": burned.patient, "details": {"name": name}}).to_string();
        answer(&run(&data, &["--user", "ana.cruz", "call", "add_problem", &input]));
    };
    for name in ["Cough", "Fever"] {
        problem(name);
        assert!(admin(&["backup", "now"]).status.success());
    }
    // Whoever leaves has what they wrote backed up, where its place is there.
    let drawer = burned.path("drawer");
    fs::rename(&stick, &drawer).unwrap();
    problem("In no backup");
    fs::rename(&drawer, &stick).unwrap();
    let looked = text(&admin(&["backup", "check", "stick"]).stdout);
    assert!(looked.starts_with("stick: read whole.") && looked.contains("not in it yet: "), "{looked}");
    let point = installation(&stick).join("points/0000002");
    fs::write(&point, []).unwrap();
    let refused = refusal(&admin(&["backup", "check", "stick"]));
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("No point is written again"), "{message}");
    assert!(!message.contains("writes it again"), "{message}");
    // Whoever looked has left, and that was a backup.
    let list = text(&admin(&["backup", "list"]).stdout);
    assert!(list.contains("damaged or gone there and count no more: 1 (points/0000002)"), "{list}");
    assert!(!point.exists() && list.contains("  1  ") && list.contains("  3  "), "{list}");
}

#[test]
fn a_list_says_that_there_are_earlier_points() {
    let burned = Burned::new();
    let data = burned.path("data");
    let admin = |words: &[&str]| run(&data, &[&["--user", "maria.reyes"], words].concat());
    let points = installation(&burned.path("stick")).join("points");
    let list = text(&admin(&["backup", "list"]).stdout);
    assert!(!list.contains("There are earlier ones"), "{list}");
    for number in 900..930 {
        fs::write(points.join(format!("{number:07}")), [0]).unwrap();
    }
    let list = text(&admin(&["backup", "list"]).stdout);
    let asked = list.lines().find(|line| line.contains("There are earlier ones")).unwrap();
    let input = asked.split('\'').nth(1).unwrap();
    let earlier = answer(&admin(&["call", "restore_points", input]));
    assert!(earlier["rows"][0]["number"].as_u64().is_some_and(|number| number < 900), "{asked}: {earlier}");
}

#[test]
fn records_that_do_not_open_are_told_with_the_way_back() {
    let burned = Burned::new();
    let (data, stick, sheet) = (burned.path("data"), burned.path("stick"), burned.path("sheet.txt"));
    let (stick, sheet) = (stick.to_str().unwrap(), sheet.to_str().unwrap());
    let store = data.join("clinic.db");
    let mut bytes = fs::read(&store).unwrap();
    let middle = bytes.len() / 2;
    bytes.iter_mut().skip(middle).for_each(|byte| *byte ^= 0x5a);
    bytes.iter_mut().take(4096).for_each(|byte| *byte ^= 0x5a);
    fs::write(&store, bytes).unwrap();
    let refused = refusal(&run(&data, &["--user", "ana.cruz", "chart", "mejia"]));
    assert_eq!(refused["code"], "store_damaged");
    assert!(refused["message"].as_str().unwrap().contains("restore DIR --papers FILE --here"), "{refused}");
    let restore = ["restore", stick, "--papers", sheet];
    let asked = run(&data, &restore);
    assert!(text(&asked.stderr).contains("add --here instead"), "{asked:?}");
    let doctor = text(&run(&data, &["--user", "maria.reyes", "doctor"]).stdout);
    assert!(doctor.contains("restore DIR --papers FILE --here"), "{doctor}");
    let back = run(&data, &[&restore[..], &["--here"]].concat());
    assert!(back.status.success(), "{back:?}");
    let chart = run(&data, &["--user", "ana.cruz", "chart", "mejia"]);
    assert!(text(&chart.stdout).contains("Penicillin"), "{chart:?}");
}

#[test]
fn papers_are_read_from_a_file_of_a_pages_length_and_from_nothing_else() {
    let around = tempfile::tempdir().unwrap();
    let (bare, pipe, large) =
        (around.path().join("bare"), around.path().join("pipe"), around.path().join("large"));
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::write(&large, "word ".repeat(20_000)).unwrap();
    for (papers, said) in [
        (pipe.as_path(), "is no file"),
        (Path::new("/dev/zero"), "is no file"),
        (around.path(), "is no file"),
        (&large, "is too large for papers"),
    ] {
        let from = around.path().to_str().unwrap();
        let told = run(&bare, &["restore", from, "--papers", papers.to_str().unwrap()]);
        assert_eq!(told.status.code(), Some(2));
        assert!(text(&told.stderr).contains(said), "{papers:?}: {told:?}");
    }
}
