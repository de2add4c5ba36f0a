//! What is not filed, and what is damaged: each is named, and nothing else ends.

use std::fs;
use std::path::{Path, PathBuf};

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use store::Taken;
use tests::desk::{intruder, open_store};

use super::Story;
use super::samples::{dicom, pdf, pdf_with, png};

/// A PNG whose header promises this size; nothing more stands in it.
fn promise(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(8, 8);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]).to_be_bytes();
    bytes[29..33].copy_from_slice(&sum);
    bytes
}

/// CRC-32 as PNG has it (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

#[test]
fn each_file_that_is_not_filed_is_refused_by_its_own_word() {
    let mut story = Story::begin();
    let archive = b"PK\x03\x04\x14\0\0\0".to_vec();
    let refused: [(&[u8], &str); 12] = [
        (b"", "empty"),
        (b"MZ\x90\0\x03", "program"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
        (&[archive.as_slice(), b"word/document.xml"].concat(), "office"),
        (&[archive.as_slice(), b"scan.jpg"].concat(), "archive"),
        (br#"{"resourceType": "Bundle"}"#, "records"),
        (b"GIF89a\x01\0\x01\0", "unknown"),
        (&png(40, 40)[..60], "damaged"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (b"%PDF-1.7\n/Encrypt nothing", "locked"),
        (&promise(30_000, 30_000), "too_many_pixels"),
        (&promise(11_000, 11_000), "too_many_pixels"),
    ];
    for (bytes, reason) in refused {
        assert_eq!(story.unfit(bytes, "other"), json!(reason));
    }
    let text = vec![b'x'; 10_000_001];
    assert_eq!(story.unfit(&text, "laboratory"), json!("too_large"));
    assert_eq!(story.add(&text, "device")["twice"], Value::Null, "a device's record may be longer");
    assert_eq!(story.rows().len(), 1);
    let beyond = vec![b'x'; 100_000_001];
    let refused = story.clinic.desk().bring("long.txt".to_owned(), beyond).unwrap_err();
    assert_eq!((refused.code, &refused.fields["reason"]), (Code::FileUnfit, &json!("too_large")));
}

#[test]
fn a_pdf_with_script_is_kept_and_told_and_never_run() {
    let mut story = Story::begin();
    let script = "/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /Names << /EmbeddedFiles 6 0 R >>";
    let letter = pdf_with("a letter", script);
    let added = story.add(&letter, "referral");
    assert_eq!(story.file(&added)["active"], json!(["script", "embedded"]));
    assert_eq!(story.saved(&added), letter);
    let plain = story.add(&pdf("a letter"), "referral");
    assert_eq!(story.file(&plain)["active"], json!([]));
}

/// The files beside the store.
fn beside(story: &Story) -> Vec<PathBuf> {
    let folders = fs::read_dir(story.clinic.folder().join("files")).into_iter().flatten().flatten();
    folders
        .flat_map(|folder| fs::read_dir(folder.path()).unwrap().flatten())
        .map(|file| file.path())
        .collect()
}

fn flip(place: &Path) {
    let mut bytes = fs::read(place).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(place, bytes).unwrap();
}

fn remove(place: &Path) {
    fs::remove_file(place).unwrap();
}

/// An X-ray that is longer than a row holds.
fn long_xray() -> Vec<u8> {
    let mut xray = dicom("MEJIA^Gustavo", "2019-104-883", "19990714");
    xray.extend((0..200_000_u32).map(|at| u8::try_from(at % 251).unwrap()));
    xray
}

#[test]
fn a_file_beside_the_store_tells_nobody_what_it_is_and_one_that_was_changed_or_removed_is_named_alone() {
    let mut story = Story::begin();
    let xray = long_xray();
    let kept = story.add(&xray, "xray");
    let small = story.add(&pdf("a letter"), "referral");
    let files = beside(&story);
    assert_eq!(files.len(), 1);
    let sealed = fs::read(&files[0]).unwrap();
    assert!(!sealed.windows(8).any(|window| window == b"MEJIA^Gu"));
    let digest = domain::hex::encode(&crypto::sha256(&[&xray]));
    assert!(!files[0].to_string_lossy().contains(&digest[..16]));
    assert_eq!(story.saved(&kept), xray);
    assert_eq!(story.clinic.ok("check_store", json!({}))["files"], json!([]));
    type Hurt = fn(&Path);
    let hurts: [(Hurt, bool); 2] = [(flip, false), (remove, true)];
    for (hurt, missing) in hurts {
        hurt(&files[0]);
        let checked = story.clinic.ok("check_store", json!({}));
        assert_eq!(checked["whole"], true, "{checked}");
        let named = json!([{"file": kept["id"], "patient": story.patient, "missing": missing}]);
        assert_eq!(checked["files"], named);
        let state = if missing { "elsewhere" } else { "damaged" };
        assert_eq!(story.file(&kept)["state"]["at"], json!(state));
        let pages = json!({"file": kept["id"], "from": 1, "width": 400});
        assert_eq!(story.clinic.refused("file_pages", pages).code, Code::NotHere);
        assert_eq!(story.file(&small)["state"]["at"], "here");
        assert_eq!(story.clinic.ok("rebuild", json!({"check": true}))["differing"], json!([]));
        let asked = story.clinic.ok("fetch_file", json!({"file": kept["id"]}));
        assert_eq!((&asked["at"], &asked["asked"]), (&json!(state), &json!(true)));
        let again = story.clinic.ok("check_store", json!({}));
        assert_eq!(again["files"], named, "until it is here again");
        // Filed once more, the bytes are here again for both.
        story.add(&xray, "xray");
        assert_eq!(
            story.file(&kept)["state"],
            json!({"at": "here", "percent": null, "workstation": null, "asked": false})
        );
    }
}

#[test]
fn what_is_elsewhere_says_where_and_a_lost_row_is_found_by_the_check_of_the_tables() {
    let mut story = Story::begin();
    let kept = story.add(&long_xray(), "xray");
    story.clinic.stop();
    intruder(&story.clinic).execute("delete from blob where salt is not null", []).unwrap();
    story.clinic.restart();
    story.clinic.seat(Role::Doctor);
    assert_eq!(beside(&story).len(), 0, "without its salt it is nobody's");
    let differing = story.clinic.ok("rebuild", json!({"check": true}))["differing"].clone();
    assert_eq!(differing, json!(["blob"]));
    story.clinic.ok("rebuild", json!({"check": false}));
    let state = story.file(&kept)["state"].clone();
    assert!(state["at"] == "elsewhere" && state["workstation"].is_string(), "{state}");
}

#[test]
fn a_file_whose_act_was_never_done_goes_at_the_next_opening_and_those_that_are_named_stay() {
    let mut story = Story::begin();
    let xray = long_xray();
    let kept = story.add(&xray, "xray");
    story.clinic.stop();
    {
        let (mut store, ..) = open_store(&story.clinic);
        let act = store.act().unwrap();
        let mut entropy = crypto::testing::TestEntropy::new(1);
        act.keep_blob(&mut entropy, "text/plain", &vec![b'x'; 100_000]).unwrap();
        // The program is killed before the end of the act.
        drop(act);
        assert_eq!(beside(&story).len(), 2);
    }
    story.clinic.restart();
    story.clinic.seat(Role::Doctor);
    assert_eq!(beside(&story).len(), 1);
    assert_eq!(story.saved(&kept), xray);
}

#[test]
fn what_had_come_of_a_file_and_is_gone_is_begun_again_and_stands_in_no_others_way() {
    let mut story = Story::begin();
    let xray = long_xray();
    let kept = story.add(&xray, "xray");
    let place = beside(&story).remove(0);
    remove(&place);
    story.clinic.ok("check_store", json!({}));
    story.clinic.stop();
    let digest = crypto::sha256(&[&xray]);
    {
        let (mut store, ..) = open_store(&story.clinic);
        let mut entropy = crypto::testing::TestEntropy::new(1);
        let mut take = |from: usize, to: usize| {
            let act = store.act().unwrap();
            let taken = act.take_blob(&mut entropy, &digest, from as u64, &xray[from..to]).unwrap();
            act.commit().unwrap();
            taken
        };
        assert_eq!(take(0, 100_000), Taken::From(100_000));
        // It was put in its place, and the power went before that was noted.
        fs::rename(place.with_extension("coming"), &place).unwrap();
        assert_eq!(take(100_000, xray.len()), Taken::Damaged);
        assert_eq!(take(0, xray.len()), Taken::Whole);
    }
    story.clinic.restart();
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.saved(&kept), xray);
}

#[test]
fn a_file_that_was_away_and_comes_back_is_here_again_after_the_next_check() {
    let mut story = Story::begin();
    let xray = long_xray();
    let kept = story.add(&xray, "xray");
    let place = beside(&story).remove(0);
    let away = place.with_extension("away");
    fs::rename(&place, &away).unwrap();
    assert_eq!(story.clinic.ok("check_store", json!({}))["files"][0]["missing"], true);
    fs::rename(&away, &place).unwrap();
    assert_eq!(story.clinic.ok("check_store", json!({}))["files"], json!([]));
    assert_eq!(story.saved(&kept), xray);
}
