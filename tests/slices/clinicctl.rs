//! The clinic from a terminal, as a program of its own.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use app::{Desk, World};
use domain::certificates::numbers::{Parts, number};
use serde_json::{Value, json};
use tests::desk::{FIRST_PASSWORD, PASSWORD, choose_password};
use tests::program;

/// The program at this data folder, with the administrator's password.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(program("clinicctl").unwrap());
    command
        .env_clear()
        .env("CLINICDESK_PASSWORD", PASSWORD)
        .env("TZ", "Asia/Manila")
        .arg("--data")
        .arg(folder);
    command
}

/// What it answers to these words.
pub fn run(folder: &Path, words: &[&str]) -> Output {
    command(folder).args(words).output().unwrap()
}

/// The JSON of an answer.
pub fn answer(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The refusal in an answer.
pub fn refusal(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    let refusal: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert!(refusal["message"].as_str().is_some_and(|message| message.ends_with('.')), "{refusal}");
    assert!(refusal["fields"].is_object(), "{refusal}");
    refusal
}

/// What was printed.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The words that set a clinic up.
pub const SETUP: [&str; 7] =
    ["setup", "--clinic", "University Clinic", "--site", "Main Campus", "--name", "Dr. Maria Reyes"];

/// A folder with a clinic, and the folder around it.
pub fn clinic() -> (tempfile::TempDir, std::path::PathBuf) {
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("data");
    let told = answer(&run(&folder, &[&["--json"], &SETUP[..]].concat()));
    assert_eq!((&told["sign_in"], &told["sheet_confirmed"]), (&json!("maria.reyes"), &json!(false)));
    assert_eq!(told["shares"].as_array().map(Vec::len), Some(3));
    (around, folder)
}

#[test]
fn a_clinic_is_set_up_worked_with_and_checked() {
    let (_around, folder) = clinic();
    let details =
        json!({"details": {"family": "Mejía", "given": "Gustavo", "birth_date": "1999-07-14"}}).to_string();
    let kept = answer(&run(&folder, &["call", "register_patient", &details]));
    let found = answer(&run(&folder, &["--json", "find", "gustabo", "mejia"]));
    assert_eq!(found["people"][0]["id"], kept["id"]);
    let line = text(&run(&folder, &["find", "14/7/1999"]).stdout);
    assert!(line.starts_with("Mejía, Gustavo\t1999-07-14\t"), "{line}");
    assert_eq!(answer(&run(&folder, &["--json", "audit", "verify"]))["whole"], true);
    assert_eq!(answer(&run(&folder, &["rebuild", "--check", "--json"]))["differing"], json!([]));
    let checks = answer(&run(&folder, &["doctor", "--json"]));
    let health = |name: &str| {
        checks.as_array().unwrap().iter().find(|check| check["name"] == name).unwrap()["health"].clone()
    };
    for good in ["folder", "clinic", "store", "tables", "audit", "clock", "refused", "held", "disputed"] {
        assert_eq!(health(good), "good", "{good}");
    }
    for note in ["key", "sheet"] {
        assert_eq!(health(note), "note", "{note}");
    }
    let session = answer(&run(&folder, &["call", "session"]));
    assert_eq!(session["time_zone"], "Asia/Manila");
}

#[cfg(unix)]
#[test]
fn the_files_of_a_clinic_are_their_owners_alone_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let others = |folder: &Path| {
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let (mut wrong, mut folders) = (Vec::new(), vec![folder.to_owned()]);
        while let Some(folder) = folders.pop() {
            wrong.extend((mode(&folder) != 0o700).then(|| folder.clone()));
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if mode(&path) != 0o600 {
                    wrong.push(path);
                }
            }
        }
        wrong
    };
    for umask in ["000", "277", "777"] {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().join("data");
        let setup = command(&folder);
        let mut shell = Command::new("sh");
        shell.env_clear().envs(setup.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")]).arg(setup.get_program());
        let made = shell.args(setup.get_args()).arg("--json").args(SETUP).output().unwrap();
        assert_eq!(answer(&made)["sign_in"], "maria.reyes", "{umask}");
        assert_eq!(others(&folder), Vec::<std::path::PathBuf>::new(), "{umask}");
    }
}

#[test]
fn a_file_is_filed_listed_and_saved_and_a_program_is_not() {
    let (around, folder) = clinic();
    let nurse = json!({
        "sign_in": "ben", "name": "Ben Nurse", "title": null, "qualification": null, "position": null,
        "role": "nurse", "licence": null, "licence_until": null, "password": FIRST_PASSWORD,
    });
    answer(&run(&folder, &["--user", "maria.reyes", "call", "add_user", &nurse.to_string()]));
    let mut desk = Desk::take(World::real(folder.clone())).unwrap();
    choose_password(&mut desk, "ben", PASSWORD).unwrap();
    drop(desk);
    let as_ben = |words: &[&str]| run(&folder, &[&["--user", "ben"], words].concat());
    let details = json!({"details": {"family": "Mejía", "given": "Gustavo"}}).to_string();
    let patient = text_of(&answer(&as_ben(&["call", "register_patient", &details]))["id"]);
    let file = around.path().join("blood count.txt");
    std::fs::write(&file, "Haemoglobin 131 g/l\n").unwrap();
    let add = |file: &Path| {
        let file = file.to_str().unwrap().to_owned();
        as_ben(&["--json", "files", "add", &file, "--patient", &patient, "--sort", "laboratory"])
    };
    let added = answer(&add(&file));
    let listed = answer(&as_ben(&["--json", "files", "list", &patient]));
    assert_eq!((&listed[0]["id"], &listed[0]["title"]), (&added["id"], &json!("blood count")));
    let line = text(&as_ben(&["files", "list", &patient]).stdout);
    assert!(line.contains("\tlaboratory\tblood count\t20\there\t"), "{line}");
    assert_eq!(answer(&add(&file))["twice"], added["id"]);
    let copy = around.path().join("copy.txt");
    let id = text_of(&added["id"]);
    let saved = as_ben(&["files", "save", &id, "--out", copy.to_str().unwrap()]);
    assert!(saved.status.success() && std::fs::read(&copy).unwrap() == std::fs::read(&file).unwrap());
    let program = around.path().join("scan.jpg");
    std::fs::write(&program, b"MZ\x90\0").unwrap();
    let refused = refusal(&add(&program));
    assert_eq!((&refused["code"], &refused["fields"]["reason"]), (&json!("file_unfit"), &json!("program")));
    let gone = refusal(&add(&around.path().join("nothing.pdf")));
    assert_eq!(gone["fields"]["reason"], "damaged");
}

#[test]
fn what_was_measured_of_an_eye_is_told_number_by_number_and_before_and_after_a_treatment() {
    let (_around, folder) = clinic();
    let doctor = json!({
        "sign_in": "ben", "name": "Ben Doctor", "title": null, "qualification": null, "position": null,
        "role": "doctor", "licence": null, "licence_until": null, "password": FIRST_PASSWORD,
    });
    answer(&run(&folder, &["--user", "maria.reyes", "call", "add_user", &doctor.to_string()]));
    let mut desk = Desk::take(World::real(folder.clone())).unwrap();
    choose_password(&mut desk, "ben", PASSWORD).unwrap();
    drop(desk);
    let as_ben = |words: &[&str]| run(&folder, &[&["--user", "ben"], words].concat());
    let details = json!({"details": {"family": "Mejía", "given": "Gustavo"}}).to_string();
    let patient = text_of(&answer(&as_ben(&["call", "register_patient", &details]))["id"]);
    assert_eq!(text(&as_ben(&["outcome", &patient]).stdout), "Nothing was measured of them.\n");
    let iop = json!({"p": {"method": {"c": "goldmann"}, "value": {"n": "18.5"}, "at": {"t": "00:00"}}});
    let form = json!({
        "form": "eye.pressure@1", "patient": patient, "visit": null, "filled": null, "version": null,
        "answers": {"iop:R:a": iop},
    });
    answer(&as_ben(&["call", "save_form", &form.to_string()]));
    let line = text(&as_ben(&["measures", &patient, "--code", "eye.iop"]).stdout);
    assert!(line.contains("  eye.iop  R  18.5 mmHg  goldmann  open  "), "{line}");
    let none = text(&as_ben(&["measures", &patient, "--code", "eye.va.best"]).stdout);
    assert_eq!(none, "Nothing was measured of them.\n");
    let told = text(&as_ben(&["outcome", &patient]).stdout);
    assert_eq!(told, "Pressure, mmHg. Readings: 1.\nNo treatment of an eye is in the chart.\n");
    let drops =
        json!({"patient": patient, "details": {"name": "timolol", "route": "eye", "side": "not_recorded"}});
    answer(&as_ben(&["call", "add_medicine", &drops.to_string()]));
    let told = text(&as_ben(&["outcome", &patient]).stdout);
    assert!(
        told.lines()
            .nth(1)
            .is_some_and(|line| line.starts_with("-  timolol  since ") && line.contains("eye_not_recorded")),
        "{told}"
    );
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[test]
fn a_backup_is_restored_into_an_empty_folder_by_its_papers_and_opens_nobody_a_chart_who_may_not_read() {
    let (around, folder) = clinic();
    let details = json!({"details": {"family": "Mejía", "given": "Gustavo"}}).to_string();
    let patient = answer(&run(&folder, &["call", "register_patient", &details]))["id"].clone();
    let papers = answer(&run(&folder, &["call", "recovery_papers"]));
    let lines: Vec<&str> = papers["sheet"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let (sheet, place) = (around.path().join("sheet"), around.path().join("backups"));
    std::fs::write(&sheet, lines.join("\n")).unwrap();
    std::fs::create_dir(&place).unwrap();
    let (sheet, place) = (sheet.to_str().unwrap(), place.to_str().unwrap());
    answer(&run(&folder, &["--json", "backup", "targets", "--add", place]));
    answer(&run(&folder, &["--json", "backup", "now"]));
    let bare = around.path().join("bare");
    let restore = ["--json", "restore", place, "--papers", sheet];
    let looked = answer(&run(&bare, &[&restore[..], &["--check"]].concat()));
    assert!(looked["entries"].as_u64() > Some(5) && looked["clinic"].is_null(), "{looked}");
    assert_eq!(refusal(&run(&bare, &["call", "session"]))["code"], "no_clinic");
    assert_eq!(run(&bare, &["restore", place]).status.code(), Some(2), "without papers");
    let open = ["--user", "maria.reyes", "open", place, patient.as_str().unwrap(), "--papers", sheet];
    let refused = refusal(&run(&bare, &open));
    assert_eq!(refused["code"], "not_permitted", "{refused}");
    assert_eq!(answer(&run(&bare, &restore))["clinic"], "University Clinic");
    assert_eq!(answer(&run(&bare, &["--json", "find", "mejia"]))["people"][0]["id"], patient);
    assert_eq!(refusal(&run(&bare, &["call", "register_patient", &details]))["code"], "restored");
    answer(&run(&bare, &["--json", "rejoin"]));
    answer(&run(&bare, &["call", "register_patient", &details]));
}

#[test]
fn a_terminal_replaces_a_store_tells_what_waits_for_leave_and_names_the_computers_of_a_place() {
    let (around, folder) = clinic();
    let papers = answer(&run(&folder, &["call", "recovery_papers"]));
    let lines: Vec<&str> = papers["sheet"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let (sheet, place) = (around.path().join("sheet"), around.path().join("backups"));
    std::fs::write(&sheet, lines.join("\n")).unwrap();
    std::fs::create_dir(&place).unwrap();
    let (sheet, place) = (sheet.to_str().unwrap(), place.to_str().unwrap());
    answer(&run(&folder, &["--json", "backup", "targets", "--add", place]));
    answer(&run(&folder, &["--json", "backup", "now"]));
    let replaced = run(&folder, &["restore", place, "--replace", "--older"]);
    assert!(replaced.status.success() && text(&replaced.stdout).contains("are here now"), "{replaced:?}");
    for waits in [&["backup", "now"][..], &["sync"], &["restore", "set-aside-1"]] {
        assert_eq!(refusal(&run(&folder, waits))["code"], "restored");
    }
    let doctor = run(&folder, &["doctor"]);
    assert!(doctor.status.success(), "nothing is damaged: {doctor:?}");
    assert_eq!(
        text(&run(&folder, &["rejoin"]).stdout),
        "This computer is let in: everybody can write here.\n"
    );
    answer(&run(&folder, &["--json", "backup", "now"]));
    let several = run(&around.path().join("bare"), &["restore", place, "--papers", sheet]);
    assert_eq!(several.status.code(), Some(2));
    assert_eq!(text(&several.stderr).matches("  last point ").count(), 2, "{several:?}");
}

#[test]
fn each_paper_of_the_founding_has_a_file_of_its_own_and_none_is_overwritten() {
    for (name, begins) in [("sheet.pdf", "%PDF"), ("sheet.txt", "\n==== Recovery sheet")] {
        let around = tempfile::tempdir().unwrap();
        let (folder, sheet) = (around.path().join("data"), around.path().join(name));
        let words = [&SETUP[..], &["--sheet", sheet.to_str().unwrap()]].concat();
        let told = text(&run(&folder, &words).stdout);
        assert!(told.contains("not confirmed yet"), "{told}");
        assert!(told.contains("cannot replace a forgotten password yet"), "{told}");
        let end = sheet.extension().unwrap().to_str().unwrap();
        for file in [name.to_owned(), format!("sheet-share-1.{end}"), format!("sheet-share-3.{end}")] {
            let bytes = std::fs::read(around.path().join(file)).unwrap();
            assert!(bytes.starts_with(begins.as_bytes()) || bytes.starts_with(b"\n==== Share"));
        }
        let other = around.path().join("other");
        let again = run(&other, &words);
        assert_eq!(again.status.code(), Some(2));
        assert!(text(&again.stderr).contains("nothing was set up"));
        assert_eq!(refusal(&run(&other, &["call", "session"]))["code"], "no_clinic");
    }
}

#[test]
fn people_are_added_and_listed_and_must_be_named_once_there_are_two() {
    let (around, folder) = clinic();
    let file = around.path().join("first-password");
    std::fs::write(&file, "seven violet herons at dusk\n").unwrap();
    let words = [
        "user",
        "add",
        "--sign-in",
        "ana.cruz",
        "--name",
        "Ana Cruz",
        "--role",
        "nurse",
        "--first-password-file",
    ];
    let added = run(&folder, &[&words[..], &[file.to_str().unwrap()]].concat());
    assert_eq!(text(&added.stdout), "Ana Cruz can sign in here as ana.cruz.\n");
    let unnamed = run(&folder, &["user", "list"]);
    assert_eq!(
        (unnamed.status.code(), text(&unnamed.stderr)),
        (Some(2), "clinicctl: say who signs in: --user NAME\n".to_owned())
    );
    let listed = text(&run(&folder, &["user", "list", "--user", "maria.reyes"]).stdout);
    assert_eq!(
        listed,
        "ana.cruz\tAna Cruz\tnurse\tactive\nmaria.reyes\tDr. Maria Reyes\tadministrator\tactive\n"
    );
    let words = ["--user", "ana.cruz", "--password-file", file.to_str().unwrap()];
    let early = refusal(&run(&folder, &[&words[..], &["find", "mejia"]].concat()));
    assert_eq!(early["code"], "password_not_changed");
    let own = json!({"old": "seven violet herons at dusk", "new": PASSWORD}).to_string();
    answer(&run(&folder, &[&words[..], &["call", "change_password", &own]].concat()));
    std::fs::write(&file, PASSWORD).unwrap();
    let checks = run(&folder, &[&words[..], &["doctor"]].concat());
    assert_eq!(checks.status.code(), Some(0));
    assert!(text(&checks.stdout).contains("Your role does not permit it."), "{}", text(&checks.stdout));
    let refused = run(&folder, &[&words[..], &["audit", "verify"]].concat());
    assert_eq!(refusal(&refused)["code"], "not_permitted");
}

#[test]
fn each_refusal_is_json_on_standard_error_and_exits_1() {
    let (around, folder) = clinic();
    let code = |output: Output| refusal(&output)["code"].clone();
    assert_eq!(code(run(&folder, &SETUP)), "clinic_exists");
    assert_eq!(code(run(&around.path().join("nowhere"), &["find", "x"])), "no_clinic");
    assert!(!around.path().join("nowhere").exists());
    assert_eq!(code(run(&folder, &["call", "no_such_command"])), "unknown_command");
    let wrong = run(&folder, &["call", "find_patients", "{\"text\": 7}"]);
    assert_eq!(refusal(&wrong)["fields"], json!({"line": 1, "column": 10}));
    assert_eq!(
        code(command(&folder).env("CLINICDESK_PASSWORD", "wrong").args(["find", "x"]).output().unwrap()),
        "not_recognised"
    );
    assert_eq!(code(run(&folder, &["--user", "nobody", "find", "x"])), "not_recognised");
    let weak = around.path().join("weak");
    let output = command(&weak).env("CLINICDESK_PASSWORD", "short").args(SETUP).output().unwrap();
    assert_eq!(refusal(&output)["fields"], json!({"fault": "short"}));
    let _held = Desk::take(World::real(folder.clone())).unwrap();
    assert_eq!(code(run(&folder, &["find", "x"])), "store_in_use");
}

#[test]
fn wrong_usage_exits_2_with_a_word_on_how_to_ask() {
    let (around, folder) = clinic();
    let bare = |words: &[&str]| {
        Command::new(program("clinicctl").unwrap()).env_clear().args(words).output().unwrap()
    };
    let folder = folder.to_str().unwrap();
    let missing = around.path().join("missing");
    for (words, told) in [
        (vec![], "Usage"),
        (vec!["dance"], "dance"),
        (vec!["find"], "TEXT"),
        (vec!["find", "x"], "--data DIR"),
        (vec!["--data", folder, "find", "x"], "CLINICDESK_PASSWORD"),
        (
            vec!["--data", folder, "find", "x", "--password-file", missing.to_str().unwrap()],
            "could not be read",
        ),
        (vec!["--data", folder, "setup", "--clinic", "x"], "--site"),
    ] {
        let output = bare(&words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(text(&output.stderr).contains(told), "{words:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty(), "{words:?}");
    }
    assert_eq!(bare(&["--help"]).status.code(), Some(0));
    assert_eq!(bare(&["--version"]).status.code(), Some(0));
}

#[test]
fn the_list_names_every_command_with_permission_and_schemas_and_needs_no_folder() {
    let list = |words: &[&str]| {
        Command::new(program("clinicctl").unwrap()).env_clear().args(words).output().unwrap()
    };
    let commands = answer(&list(&["commands", "--json"]));
    let commands = commands.as_array().unwrap();
    assert_eq!(commands.len(), app::commands::COMMANDS.len());
    for command in commands {
        assert!(command["input"].is_object() && command["output"].is_object(), "{command}");
        assert!(command["permission"].is_null() || command["permission"].is_string());
    }
    let words = text(&list(&["commands"]).stdout);
    assert!(words.contains("register_patient  patient.register  always"), "{words}");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let mut child = Command::new(program("clinicctl").unwrap())
        .args(["commands", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    assert_eq!(complaint, "");
}

#[test]
fn an_answer_that_could_not_be_written_is_told_as_that_and_what_was_done_as_done() {
    let (_around, folder) = clinic();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let details = json!({"details": {"family": "Fulldisk", "given": "Ana"}}).to_string();
    let register = ["call", "register_patient", &details];
    let output = command(&folder).args(register).stdout(full).output().unwrap();
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("was done") && !told.contains("nothing was changed"), "{told}");
    let found = answer(&run(&folder, &["call", "find_patients", "{\"text\": \"fulldisk\"}"]));
    assert_eq!(found["people"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_commands_input_comes_from_standard_input_too() {
    use std::io::Write;
    let (_around, folder) = clinic();
    let mut child = command(&folder)
        .args(["call", "find_patients", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"{\"text\": \"nobody\"}").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(answer(&output), json!({"people": []}));
}

#[test]
fn a_refused_file_is_named_with_place_and_reason_and_keeps_no_other_out() {
    let (around, folder) = clinic();
    let bundle = tests::root().join("demo/bundles/Liz_Conn_27c911c6-f045-4ffa-af5d-6eba57ac94b2.json");
    let files = around.path().join("files");
    std::fs::create_dir(&files).unwrap();
    std::fs::copy(&bundle, files.join("a.json")).unwrap();
    std::fs::write(files.join("b.json"), "{\"resourceType\": \"Bundle\"").unwrap();
    std::fs::write(files.join("c.json"), b"{\"resourceType\": \"B\xfcndel\"}").unwrap();
    let files = files.to_str().unwrap();
    let looked = run(&folder, &["--json", "import", "fhir", files, "--dry-run"]);
    let output = run(&folder, &["--json", "import", "fhir", files]);
    assert_eq!((looked.stdout, output.status.code()), (output.stdout.clone(), Some(1)));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["files"], &told["patients"]), (&json!(1), &json!(1)));
    let refusals: Vec<Value> =
        text(&output.stderr).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (refusal, name) in refusals.iter().zip(["b.json", "c.json"]) {
        assert_eq!(
            (&refusal["code"], &refusal["fields"]["reason"]),
            (&json!("file_refused"), &json!("not_json"))
        );
        assert!(refusal["fields"]["file"].as_str().unwrap().ends_with(name), "{refusal}");
        assert!(refusal["message"].is_string());
    }
    assert_eq!(refusals[1]["fields"]["place"], "byte 20");
    assert_eq!(refusals.len(), 2);
    // One that is not there keeps no other out either, and what was taken in is accounted for.
    let nowhere = around.path().join("nowhere.json");
    let words = ["--json", "import", "fhir", nowhere.to_str().unwrap(), bundle.to_str().unwrap()];
    let output = run(&folder, &words);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("could not be read"), "{}", text(&output.stderr));
    let again: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&again["files"], &again["resources"]), (&json!(1), &told["resources"]));
    let patients =
        |told: &Value| json!([told["by_type"]["Patient"]["stored"], told["by_type"]["Patient"]["known"]]);
    assert_eq!((patients(&told), patients(&again)), (json!([1, 0]), json!([0, 1])));
    let output = run(&folder, &["import", "fhir", bundle.to_str().unwrap()]);
    let stdout = text(&output.stdout);
    assert!(stdout.starts_with("1 file with 1 patient: "), "{stdout}");
}

#[test]
fn a_registrars_list_is_looked_at_taken_in_and_its_bad_rows_are_told_by_their_line() {
    let (around, folder) = clinic();
    let file = around.path().join("list.csv");
    std::fs::write(&file, format!("{},Cruz,Lito,31/2/2004,BSN,1\n", tests::lists::list_of(1, 3, "1")))
        .unwrap();
    let words = ["--json", "import", "list", file.to_str().unwrap(), "--school-year", "2026-2027"];
    for (more, stage, taken) in [(&["--dry-run"][..], "looked", 0), (&[], "applied", 3), (&[], "applied", 3)]
    {
        let told = answer(&run(&folder, &[&words[..], more].concat()));
        let all: u64 =
            told["counts"].as_array().unwrap().iter().filter_map(|count| count["taken"].as_u64()).sum();
        assert_eq!((&told["stage"], all), (&json!(stage), taken), "{told}");
        assert_eq!(told["bad"], json!([{"line": 5, "why": "no_number", "same_as": null}]));
    }
    let output = run(&folder, &[&words[1..], &["--columns", "number,nonsense"]].concat());
    assert_eq!(output.status.code(), Some(1));
    // One family name is another on the list: it is kept, or taken if it is one.
    let renamed = std::fs::read_to_string(&file).unwrap().replace("Peña", "Abad");
    std::fs::write(&file, renamed).unwrap();
    let refused = run(&folder, &[&words[..], &["--take", "2"]].concat());
    assert_eq!(refusal(&refused)["fields"]["field"], "rows");
    for (decided, then) in
        [(&["--keep"][..], json!(["changed", 1])), (&["--take", "1"], json!(["returning", 3]))]
    {
        answer(&run(&folder, &[&words[..], decided].concat()));
        let told = answer(&run(&folder, &[&words[..], &["--dry-run"]].concat()));
        let counts = told["counts"].as_array().unwrap().iter();
        let counts: Vec<_> = counts.map(|count| json!([count["outcome"], count["all"]])).collect();
        assert!(counts.contains(&then), "{counts:?}");
    }
}

#[test]
fn a_certificate_and_the_key_that_checks_it_are_written_as_files() {
    let (around, folder) = clinic();
    let first = around.path().join("first-password");
    std::fs::write(&first, FIRST_PASSWORD).unwrap();
    let doctor = ["--sign-in", "ana.cruz", "--name", "Ana Cruz", "--role", "doctor", "--licence", "0104417"];
    let file = ["--first-password-file", first.to_str().unwrap()];
    assert!(run(&folder, &[&["user", "add"], &doctor[..], &file[..]].concat()).status.success());
    let ana = |words: &[&str]| run(&folder, &[&["--user", "ana.cruz"], words].concat());
    let call = |name: &str, input: Value| answer(&ana(&["call", name, &input.to_string()]));
    choose_password(&mut Desk::take(World::real(folder.clone())).unwrap(), "ana.cruz", PASSWORD).unwrap();
    let details = json!({"family": "Mejía", "given": "Gustavo", "birth_date": "1999-07-14"});
    let patient = call("register_patient", json!({"details": details}))["id"].clone();
    let template = call("templates", json!({}))["rows"][0]["id"].clone();
    let today = call("status", json!({}))["today"].clone();
    let details =
        json!({"template": template, "verdict": "fit", "examined": today, "from": today, "until": today});
    let input =
        json!({"patient": patient, "visit": null, "extends": null, "replaces": null, "details": details});
    let draft = call("draft_certificate", input);
    let issued = call("issue_certificate", json!({"certificate": draft["id"], "version": draft["version"]}));
    let at = |name: &str| around.path().join(name).to_str().unwrap().to_owned();
    let issued_as = issued["number"].as_str().unwrap().to_lowercase();
    let by_number = ana(&["certificate", "pdf", &issued_as, "--out", &at("by-number.pdf")]);
    let told = text(&by_number.stdout);
    assert_eq!(told, format!("{}.pdf is in {}.\n", issued_as.to_uppercase(), at("by-number.pdf")));
    let by_id =
        ana(&["--json", "certificate", "pdf", issued["id"].as_str().unwrap(), "--out", &at("by-id.pdf")]);
    assert_eq!(answer(&by_id)["name"], format!("{}.pdf", issued_as.to_uppercase()));
    let pdf = std::fs::read(at("by-id.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF") && pdf == std::fs::read(at("by-number.pdf")).unwrap());
    // Who issues hands out their own key, and nobody else has one.
    let key = ["--json", "certificate", "key", "--out", &at("key.pem")];
    let maria = run(&folder, &[&["--user", "maria.reyes"][..], &key].concat());
    assert_eq!(serde_json::from_slice::<Value>(&maria.stderr).unwrap()["code"], "no_issuing_key");
    let kid = answer(&ana(&key))["kid"].clone();
    let public = crypto::issuing::public_from_pem(&std::fs::read_to_string(at("key.pem")).unwrap()).unwrap();
    assert_eq!(kid, domain::hex::encode(&crypto::signed::key_id(&public)));
    // The records at hand, or nothing but the key: the code is genuine, and the file only where it is the one issued.
    let mut changed = pdf.clone();
    changed.extend_from_slice(b"\n% two painted days\n");
    std::fs::write(at("changed.pdf"), changed).unwrap();
    for (what, shown, told) in [
        (at("by-id.pdf"), "same_file", "Genuine: this file is the one that was issued"),
        (at("changed.pdf"), "other_file", "The code is genuine. This file is not the one that was issued"),
        (issued_as.clone(), "number", "A certificate was issued here under this number."),
    ] {
        let verified = answer(&ana(&["--json", "verify", &what]));
        assert_eq!((&verified["outcome"], &verified["certificate"]), (&json!("genuine"), &issued["id"]));
        assert_eq!(verified["shown"], shown);
        let words = text(&ana(&["verify", &what]).stdout);
        assert!(words.starts_with(told) && words.contains("Gustavo Mejía"), "{words}");
    }
    let by_key = ["--json", "verify", &at("by-id.pdf"), "--key", &at("key.pem")];
    let by_key = run(&folder, &by_key);
    assert_eq!(by_key.status.code(), Some(1), "no record was asked");
    let by_key: Value = serde_json::from_slice(&by_key.stdout).unwrap();
    assert_eq!((&by_key["outcome"], &by_key["shown"]), (&json!("unrecorded"), &json!("code")));
    let version = call("certificate", json!({"certificate": issued["id"]}))["version"].clone();
    let wrong = json!({"certificate": issued["id"], "version": version, "reason": "the wrong person"});
    call("revoke_certificate", wrong);
    let revoked = ana(&["verify", &at("by-id.pdf")]);
    assert!(text(&revoked.stdout).starts_with("This is what the clinic once signed:"));
    assert_eq!(refusal(&Output { stdout: Vec::new(), ..revoked })["code"], "certificate_revoked");
    let other = number(Parts { site: "MAIN", block: "01", year: 2026, serial: 99 });
    for unknown in [other.as_str(), "MAIN-01-26-00001-0", "nothing"] {
        let unknown = ana(&["certificate", "pdf", unknown, "--out", &at("none.pdf")]);
        assert_eq!(refusal(&unknown)["code"], "not_found");
    }
    let nowhere = ana(&["certificate", "pdf", &issued_as, "--out", &at("no/such/folder.pdf")]);
    assert_eq!(nowhere.status.code(), Some(2));
}

#[test]
fn a_file_of_codes_is_looked_at_taken_in_with_its_licence_and_refused_without() {
    let (around, folder) = clinic();
    let file = around.path().join("codes.csv");
    std::fs::write(&file, "code,name\nQ99.9,Something very rare\n,Nothing\n").unwrap();
    let file = file.display().to_string();
    let asked = ["--json", "codes", "take-in", &file, "--system", "urn:own", "--system-version", "1"];
    let looked = answer(&run(&folder, &[&asked[..], &["--dry-run"]].concat()));
    assert_eq!(
        (&looked["names"], &looked["left_out"], &looked["here"]),
        (&json!(1), &json!(1), &json!(false))
    );
    let licence = ["--licence", "our own"];
    let unconfirmed = refusal(&run(&folder, &[&asked[..], &licence].concat()));
    assert_eq!(
        (&unconfirmed["code"], &unconfirmed["fields"]["field"]),
        (&json!("missing"), &json!("confirmed"))
    );
    let taken = answer(&run(&folder, &[&asked[..], &licence, &["--confirm-licence"]].concat()));
    assert_eq!(taken["here"], true);
    std::fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    assert_eq!(refusal(&run(&folder, &asked))["fields"]["reason"], "not_text");
    // An administrator finds no codes: that is for those who write notes.
    assert_eq!(refusal(&run(&folder, &["codes", "find", "rare"]))["code"], "not_permitted");
}

#[test]
fn a_door_that_is_gone_is_damage_and_no_lack_of_a_clinic() {
    let around = tempfile::tempdir().unwrap();
    let (folder, sheet) = (around.path().join("data"), around.path().join("sheet.txt"));
    answer(&run(&folder, &[&SETUP[..], &["--json", "--sheet", sheet.to_str().unwrap()]].concat()));
    for copy in ["door.a", "door.b"] {
        std::fs::remove_file(folder.join(copy)).unwrap();
    }
    for words in [&["call", "session"][..], &["--json", "doctor"]] {
        assert_eq!(refusal(&run(&folder, words))["code"], "store_damaged", "{words:?}");
    }
    // Who asks for a chart is told what opens the door, and that does.
    let message = refusal(&run(&folder, &["chart", "mejia"]))["message"].clone();
    assert!(message.as_str().unwrap().contains("call open_by_sheet"), "{message}");
    let sheet = json!({"sheet": std::fs::read_to_string(&sheet).unwrap()}).to_string();
    answer(&run(&folder, &["call", "open_by_sheet", &sheet]));
    assert!(run(&folder, &["doctor"]).status.success());
}

#[test]
fn backups_are_made_listed_checked_and_tried_out_from_the_terminal() {
    let (around, folder) = clinic();
    let place = around.path().join("share");
    std::fs::create_dir(&place).unwrap();
    let checks = |name: &str| {
        let checks = answer(&run(&folder, &["doctor", "--json"]));
        checks.as_array().unwrap().iter().find(|check| check["name"] == name).unwrap()["health"].clone()
    };
    assert_eq!((checks("backups"), checks("trial")), (json!("note"), json!("note")));
    assert_eq!(refusal(&run(&folder, &["backup", "now"]))["fields"]["reason"], "no_target");
    let add = ["--json", "backup", "targets", "--add", place.to_str().unwrap(), "--name", "Share"];
    let targets = answer(&run(&folder, &add));
    assert_eq!((&targets[0]["name"], &targets[0]["sort"]), (&json!("Share"), &json!("folder")));
    let done = answer(&run(&folder, &["--json", "backup", "now", "--complete"]));
    assert_eq!(done[0]["outcome"], "done");
    assert!(run(&folder, &["backup", "check", "Share"]).status.success());
    let tried = text(&run(&folder, &["backup", "rehearse", "Share"]).stdout);
    assert!(tried.starts_with("Share: restored and compared") && tried.contains("no difference"), "{tried}");
    let list = answer(&run(&folder, &["backup", "list", "--json"]));
    assert_eq!(
        (&list["backups"]["outside"], &list["backups"]["targets"][0]["state"]),
        (&json!(0), &json!("verified"))
    );
    assert!(list["points"][0][1]["rows"].as_array().is_some_and(|rows| rows.len() >= 2), "{list}");
    assert_eq!((checks("backups"), checks("trial")), (json!("good"), json!("good")));
    // What was changed there is named, and the exit says so.
    let mut damaged =
        std::fs::read_dir(place.join("ClinicDesk")).unwrap().flatten().map(|entry| entry.path());
    let clinic = damaged.find(|path| path.is_dir()).unwrap();
    let installation = std::fs::read_dir(clinic).unwrap().flatten().next().unwrap().path();
    let segment = std::fs::read_dir(installation.join("log")).unwrap().flatten().next().unwrap().path();
    let mut bytes = std::fs::read(&segment).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&segment, bytes).unwrap();
    let output = run(&folder, &["--json", "backup", "check", "Share"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("damaged"), "{}", text(&output.stderr));
    assert_eq!(refusal(&run(&folder, &["backup", "check", "Nowhere"]))["code"], "not_found");
    let removed = answer(&run(&folder, &["--json", "backup", "targets", "--remove", "Share"]));
    assert_eq!(removed, json!([]));
}
