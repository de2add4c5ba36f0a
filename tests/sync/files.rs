//! Files' bytes between two workstations, after the records that name them: over lines that are poor, cut or not there.

use std::fs;
use std::path::Path;

use app::Code;
use app::jobs::work_alone;
use domain::access::Role;
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use serde_json::{Value, json};
use tests::desk::open_store;

use crate::world::{Server, Workstation, text, two_doctors};

/// Text of a result, of so many bytes.
pub fn result(bytes: usize) -> Vec<u8> {
    let lines = (0..).map(|line: u64| format!("{line}: {:016x}\n", line.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
    let mut text = lines.flat_map(String::into_bytes).take(bytes - 1).collect::<Vec<_>>();
    text.push(b'\n');
    text
}

/// A picture that does not get smaller by itself.
pub fn scan() -> Vec<u8> {
    let pixels: Vec<u8> =
        (0..300 * 300_u64).map(|at| (at.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8).collect();
    let mut png = Vec::new();
    PngEncoder::new(&mut png).write_image(&pixels, 300, 300, ExtendedColorType::L8).unwrap();
    png
}

impl Workstation {
    /// Files bytes in the patient's chart.
    pub fn file(&mut self, patient: &str, name: &str, bytes: Vec<u8>) -> String {
        let id = self.clinic.desk().bring(name.to_owned(), bytes).unwrap();
        let details = json!({"sort": "xray", "title": name});
        let input =
            json!({"file": id, "patient": patient, "about": null, "came_by": "scan", "details": details});
        text(&self.clinic.ok("add_file", input)["id"])
    }

    /// The only file of the patient's chart, as a list shows it.
    fn filed(&mut self, patient: &str) -> Value {
        let rows = self.clinic.ok("files", json!({"patient": patient}))["rows"].clone();
        assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows}");
        rows[0].clone()
    }

    fn at(&mut self, patient: &str) -> String {
        text(&self.filed(patient)["state"]["at"])
    }

    /// It is noon here: by night nothing waits for a better hour.
    fn by_day(&self) {
        let (hour, noon_in_manila) = (3_600_000, 4);
        let now = crate::world::now();
        let noon = now / (24 * hour) * (24 * hour) + noon_in_manila * hour;
        self.clinic.time.set_wall(if noon < now { noon + 24 * hour } else { noon });
    }
}

#[test]
fn a_scan_filed_offline_shows_its_picture_elsewhere_after_one_round_and_is_opened_there_on_asking() {
    let (_server, mut one, mut two, patient) = two_doctors();
    one.line.cut(true);
    let file = one.file(&patient, "scan.png", scan());
    assert_eq!(one.try_sync().unwrap_err().code, Code::Offline);
    assert_eq!(one.at(&patient), "here");
    // For a moment there is a line, over which the record and the small picture pass.
    one.line.cut(false);
    one.line.narrow(Some(40_000));
    one.sync();
    two.by_day();
    two.line.poor(&two.clinic.time.clone(), 4_000);
    two.sync();
    let row = two.filed(&patient);
    assert!(row["thumb"].is_string(), "{row}");
    assert_eq!((&row["state"]["at"], &row["state"]["workstation"]), (&json!("elsewhere"), &json!("1")));
    let of = json!({"file": file, "from": 0, "width": 900});
    assert_eq!(two.clinic.refused("file_pages", of.clone()).code, Code::NotHere);
    one.line.narrow(None);
    one.sync();
    two.sync();
    assert_eq!(
        two.at(&patient),
        "server",
        "over a poor line it waits for the night, or for whoever opens it"
    );
    assert_eq!(two.clinic.ok("fetch_file", json!({"file": file}))["asked"], json!(true));
    two.sync();
    assert_eq!(two.at(&patient), "here");
    two.clinic.ok("file_pages", of);
}

#[test]
fn a_file_that_comes_from_the_server_is_backed_up_though_no_entry_came_with_it() {
    let (_server, mut one, mut two, patient) = two_doctors();
    one.file(&patient, "result.txt", result(100_000));
    one.sync();
    two.line.narrow(Some(0));
    two.sync();
    two.clinic.seat(Role::Administrator);
    let stick = two.clinic.sticks().join("blue");
    fs::create_dir(&stick).unwrap();
    let place = two.clinic.desk().chose(stick).unwrap();
    let input = json!({"target": null, "name": "Blue", "place": place, "sort": "stick", "remove": false});
    two.clinic.ok("edit_targets", input);
    work_alone(two.clinic.desk());
    let in_it =
        |two: &mut Workstation| two.clinic.ok("backups", json!({}))["targets"][0]["last"]["files"].clone();
    assert_eq!(in_it(&mut two), json!(0));
    two.line.narrow(None);
    two.sync();
    two.clinic.time.pass(16 * 60);
    work_alone(two.clinic.desk());
    assert_eq!(in_it(&mut two), json!(1));
}

#[test]
fn a_file_of_the_first_sitting_after_enrolment_goes_up_without_a_restart() {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    two.clinic.seat(Role::Doctor);
    let (patient, _) = two.clinic.register("Gustavo", "Mejía");
    two.file(&patient, "result.txt", result(200_000));
    two.sync();
    one.clinic.seat(Role::Doctor);
    let synced = one.sync();
    assert_eq!((one.at(&patient).as_str(), synced.file_bytes), ("here", 200_000));
}

#[test]
fn a_line_that_breaks_again_and_again_repeats_what_was_on_it_and_nothing_else() {
    let (_server, mut one, mut two, patient) = two_doctors();
    let size = 1_200_000;
    one.file(&patient, "result.txt", result(size));
    one.line.break_every(150_000);
    two.line.break_every(150_000);
    let tries = (0..60).take_while(|_| {
        one.sync();
        two.sync();
        two.at(&patient) != "here"
    });
    assert!(tries.count() < 60);
    for moved in [one.line.moved(), two.line.moved()] {
        assert!(moved.breaks > 2, "{moved:?}");
        assert_eq!(moved.bytes - moved.lost, size as u64, "what had arrived went once: {moved:?}");
    }
}

#[test]
fn bytes_that_were_changed_on_their_way_are_no_file_and_are_fetched_again() {
    let (_server, mut one, mut two, patient) = two_doctors();
    one.file(&patient, "result.txt", result(100_000));
    one.sync();
    two.line.spoil(true);
    two.sync();
    assert_eq!(two.at(&patient), "damaged");
    two.line.spoil(false);
    two.sync();
    assert_eq!(two.at(&patient), "here");
}

#[test]
fn a_file_that_the_disk_does_not_give_lets_the_others_pass() {
    let (_server, mut one, mut two, patient) = two_doctors();
    one.file(&patient, "first.txt", result(200_000));
    let folder = one.clinic.folder().join("files");
    let within = |folder: &Path| fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let place = within(&within(&folder));
    let (aside, parent) = (folder.with_extension("aside"), place.parent().unwrap());
    fs::rename(&place, &aside).unwrap();
    // Reading through what is no folder is refused by the system, and says nothing about the file.
    fs::remove_dir(parent).unwrap();
    fs::write(parent, "").unwrap();
    one.file(&patient, "second.txt", result(40_000));
    one.sync();
    two.sync();
    let rows = two.clinic.ok("files", json!({"patient": patient}))["rows"].clone();
    let at = |name: &str| {
        let row = rows.as_array().unwrap().iter().find(|row| row["title"] == name).unwrap();
        text(&row["state"]["at"])
    };
    assert_eq!((at("first.txt").as_str(), at("second.txt").as_str()), ("elsewhere", "here"));
    fs::remove_file(parent).unwrap();
    fs::create_dir(parent).unwrap();
    fs::rename(&aside, &place).unwrap();
    one.sync();
    two.sync();
    let rows = two.clinic.ok("files", json!({"patient": patient}))["rows"].clone();
    assert!(rows.as_array().unwrap().iter().all(|row| row["state"]["at"] == "here"), "{rows}");
}

#[test]
fn a_server_that_was_put_back_is_sent_the_files_again_that_it_lost() {
    let (server, mut one, mut two, patient) = two_doctors();
    one.file(&patient, "result.txt", result(100_000));
    one.sync();
    two.line.narrow(Some(0));
    two.sync();
    assert_eq!(two.at(&patient), "server");
    server.put_back();
    one.sync();
    one.sync();
    two.line.narrow(None);
    two.sync();
    assert_eq!(two.at(&patient), "here");
}

/// Starts the workstation again, where nobody has looked at its files since 1970 if `unused`.
fn again(one: &mut Workstation, unused: bool) {
    one.clinic.stop();
    if unused {
        let (mut store, ..) = open_store(&one.clinic);
        let act = store.act().unwrap();
        act.note_unused(1).unwrap();
        act.commit().unwrap();
    }
    one.clinic.restart();
    one.clinic.seat(Role::Doctor);
}

#[test]
fn who_chose_how_much_room_files_have_keeps_what_fits_into_it() {
    let (_server, mut one, _two, patient) = two_doctors();
    one.file(&patient, "result.txt", result(100_000));
    one.sync();
    one.clinic.seat(Role::Administrator);
    let input = json!({"name": "files.room", "level": "workstation", "value": 1, "version": null});
    one.clinic.ok("set_setting", input);
    let rows = one.clinic.ok("settings", json!({}))["rows"].clone();
    let room = rows.as_array().unwrap().iter().find(|row| row["name"] == "files.room").cloned().unwrap();
    assert_eq!((&room["value"], &room["default"]), (&json!(1), &json!(20)));
    one.clinic.room = 0;
    again(&mut one, true);
    one.sync();
    assert_eq!(one.at(&patient), "here", "a gigabyte was chosen, and the file has less");
}

#[test]
fn only_what_the_server_signs_for_and_nobody_has_looked_at_for_long_makes_room() {
    let (_server, mut one, _two, patient) = two_doctors();
    let file = one.file(&patient, "result.txt", result(100_000));
    one.clinic.room = 0;
    one.line.narrow(Some(10));
    again(&mut one, true);
    one.sync();
    assert_eq!(one.at(&patient), "here", "the server does not have it");
    one.line.narrow(None);
    one.sync();
    again(&mut one, false);
    one.sync();
    assert_eq!(one.at(&patient), "server");
    one.clinic.ok("fetch_file", json!({"file": file}));
    one.sync();
    assert_eq!(one.at(&patient), "here", "and it comes back");
    again(&mut one, true);
    one.sync();
    assert_eq!(one.at(&patient), "here", "somebody has just looked at it");
}
