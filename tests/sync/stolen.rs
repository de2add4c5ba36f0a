//! Whoever has stolen a workstation's key brings to its backup at the server whatever they like, and keeps nobody with the
//! papers from bringing back what was there before.

use std::collections::BTreeSet;
use std::sync::Arc;

use ::sync::{Http, Transport, pack};
use crypto::slot::clinic_slot;
use crypto::testing::TestEntropy;
use crypto::{Secret, Signed, SigningKey, StoreKey, sha256};
use domain::Value as Plain;
use domain::access::Role;
use domain::backup::{KEY, Point};
use domain::clinic::Clinic as Founded;
use domain::record::Record;
use domain::sync::{
    AskBackup, BackupHeld, BackupObject, BackupPart, BlobName, MOST_SLOTS, READS, VERSION, WantObject,
};
use domain::wire::{Bytes, Message, Wire};
use domain::{RecordId, hex};
use serde_json::json;
use tests::desk::{Clinic, open_store};

use crate::backups::{Kept, files, kept};
use crate::line::Line;
use crate::put_back::allergies;
use crate::world::text;

/// Somebody who has a workstation's keys.
struct Thief {
    http: Http,
    url: String,
    writes: SigningKey,
    reads: SigningKey,
    /// A part without name and bytes.
    part: BackupPart,
    /// The clinic's public recovery key, as its records say.
    recovery: [u8; 32],
}

impl Thief {
    /// Steals the workstation, which runs no more then.
    fn of(kept: &mut Kept) -> Self {
        kept.one.clinic.ok("sign_out", json!({}));
        kept.one.clinic.stop();
        let (mut store, ..) = open_store(&kept.one.clinic);
        let act = store.act().unwrap();
        let local = |name: &str| act.local(name).unwrap().unwrap();
        let writes = SigningKey::from_seed(Secret::from_slice(&local("workstation_key")).unwrap());
        let store_key = StoreKey::from_slice(&local("store_key")).unwrap();
        let reads = SigningKey::from_seed(store_key.derive(KEY).derive(READS));
        let clinic = act.records(Founded::KIND.name, None).unwrap().remove(0);
        let recovery = clinic.state.record::<Founded>().recovery.unwrap();
        let workstation = RecordId::from_value(&Plain::Bytes(local("workstation"))).unwrap();
        let part = BackupPart {
            v: VERSION,
            clinic: Wire::from_value(&Plain::Bytes(local("clinic"))).unwrap(),
            workstation,
            incarnation: Wire::from_value(&Plain::Bytes(local("incarnation"))).unwrap(),
            act: [9; 16],
            door: workstation,
            reader: *reads.public(),
            line: 0,
            name: String::new(),
            blob: BlobName { sha256: [0; 32], size: 0 },
            offset: 0,
            bytes: Bytes(Vec::new()),
        };
        let recovery = recovery.bytes().try_into().unwrap();
        Self { http: Http::default(), url: kept.server.url(), writes, reads, part, recovery }
    }

    fn bring(&self, line: u64, name: &str, bytes: &[u8]) {
        let blob = BlobName { sha256: sha256(&[bytes]), size: bytes.len() as u64 };
        let (name, bytes) = (name.to_owned(), Bytes(bytes.to_vec()));
        let part = BackupPart { line, name, blob, bytes, ..self.part.clone() };
        let body = pack::pack(&Signed::new(&self.writes, &part)).unwrap();
        self.http.put(&format!("{}/backup", self.url), body).unwrap();
    }

    fn objects(&self) -> Vec<BackupObject> {
        let BackupPart { clinic, incarnation, .. } = self.part;
        let (from, to) = (String::new(), "~".to_owned());
        let asked =
            AskBackup { v: VERSION, clinic, incarnation, act: [8; 16], line: None, from, to, after: 0 };
        let body = pack::pack(&Signed::new(&self.reads, &asked)).unwrap();
        let told = self.http.post(&format!("{}/backup/held", self.url), body).unwrap();
        pack::unpack::<Signed<BackupHeld>>(&told).unwrap().claimed().unwrap().objects
    }

    fn read(&self, blob: &BlobName) -> Vec<u8> {
        let BackupPart { clinic, incarnation, .. } = self.part;
        let (offset, length) = (0, blob.size);
        let wanted = WantObject { v: VERSION, clinic, incarnation, blob: blob.clone(), offset, length };
        let url = format!("{}/backup/{}", self.url, hex::encode(&blob.sha256));
        self.http.get(&url, &Signed::new(&self.reads, &wanted).to_bytes(), 0..length).unwrap()
    }

    /// `point`, changed and signed as the workstation signs.
    fn forged(&self, point: &[u8], change: impl FnOnce(Point) -> Point) -> Vec<u8> {
        let point = Signed::<Point>::from_bytes(point).unwrap().claimed().unwrap();
        Signed::new(&self.writes, &change(point)).to_bytes()
    }

    /// A slot for the clinic's shares that gives another key.
    fn others_slot(&self, seed: u64) -> Vec<u8> {
        let entropy = &mut TestEntropy::new(seed);
        let other = StoreKey::random(entropy);
        clinic_slot(entropy, &self.recovery, self.part.door, &other, 1).unwrap()
    }
}

/// Steals the workstation whose backups lie at the server, and brings behind them other objects of every name, other slots and
/// another folder; returns the files that its charts have.
fn rob(kept: &mut Kept) -> Vec<(String, Vec<u8>)> {
    kept.one.clinic.seat(Role::Doctor);
    let patient = kept.patient.clone();
    let before = files(&mut kept.one, &patient);
    let thief = Thief::of(kept);
    let objects = thief.objects();
    let last = |name: &str| objects.iter().rfind(|object| object.name.starts_with(name)).unwrap();
    let (point, sheet) = (last("points/"), last("slots/sheet"));
    let (true_point, true_sheet) = (thief.read(&point.blob), thief.read(&sheet.blob));
    for name in objects.iter().map(|object| &object.name).collect::<BTreeSet<_>>() {
        thief.bring(0, name, format!("not {name}").as_bytes());
    }
    // It opens as the true one does, and says that there was nothing.
    let nothing = |point| Point { entries: 0, through: [].into(), segments: vec![], logs: vec![], ..point };
    thief.bring(0, &point.name, &thief.forged(&true_point, nothing));
    for seed in 0..MOST_SLOTS as u64 + 3 {
        thief.bring(0, "slots/sheet", format!("not a slot {seed}").as_bytes());
        thief.bring(0, "slots/clinic", &thief.others_slot(seed));
    }
    // What was true comes once more, so that it does not seem to be the first.
    thief.bring(0, "slots/sheet", &true_sheet);
    thief.bring(0, &point.name, &true_point);
    thief.bring(0, "slots/sheet", b"the last of them");
    // A true point is none under another number.
    thief.bring(0, "points/0000999", &true_point);
    let beyond = |point| Point { number: 999, ..point };
    thief.bring(1, "points/0000999", &thief.forged(&true_point, beyond));
    thief.bring(1, "slots/sheet", b"another folder's");
    before
}

#[test]
fn a_stolen_key_that_brings_other_objects_slots_and_folders_keeps_no_sheet_from_bringing_all_of_it_back() {
    let mut kept = kept();
    let before = rob(&mut kept);
    let mut bare = Clinic::on_line(Arc::new(Line::default()), 700_000);
    let asked = json!({"from": kept.server.url(), "papers": kept.sheet});
    let sources = bare.ok("restore_sources_here", asked.clone());
    let rows = sources["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "a folder in which the sheet opens nothing is none: {sources}");
    assert!(text(&rows[0]["installation"]).ends_with("-before-1"), "{sources}");
    let points = rows[0]["points"].as_array().unwrap();
    assert!(points.iter().is_sorted_by(|one, next| one["number"].as_u64() > next["number"].as_u64()));
    let mut input = asked;
    input["check"] = json!(true);
    let plan = bare.ok("restore_here", input);
    // The plan tells the time of the site, which only the backup knows.
    let planned = (&plan["installation"], &plan["point"]["number"]);
    assert_eq!(planned, (&rows[0]["installation"], &points[0]["number"]));
    assert!(plan["entries"].as_u64() > Some(10), "{plan}");
    let (mut here, restored) = kept.bare(900_000);
    assert_eq!((&restored["files_missing"], &restored["damaged"]), (&json!(0), &json!([])), "{restored}");
    here.clinic.seat(Role::Doctor);
    assert!(files(&mut here, &kept.patient) == before && before.len() == 3);
    assert_eq!(allergies(&mut here, &kept.patient), ["Penicillin"]);
    here.clinic.ok("sign_out", json!({}));
    here.clinic.ok("open_by_sheet", json!({"sheet": kept.sheet}));
}

#[test]
fn a_colleagues_computer_takes_in_what_was_there_before_a_stolen_key_brought_other_objects() {
    let mut kept = kept();
    let mut two = kept.one.enrolled(&kept.server);
    kept.one.clinic.seat(Role::Administrator);
    let before = rob(&mut kept);
    two.clinic.seat(Role::Administrator);
    let input = json!({"from": kept.server.url(), "papers": kept.sheet, "mode": "rejoin", "older": false});
    let restored = two.clinic.ok("restore", input);
    assert_eq!(restored["files_missing"], json!(0), "{restored}");
    two.clinic.seat(Role::Doctor);
    assert!(files(&mut two, &kept.patient) == before);
}

#[test]
fn slots_that_a_stolen_key_seals_to_the_clinic_keep_no_shares_from_opening_what_was_there() {
    let mut kept = kept();
    let shares = kept.one.clinic.founded["shares"].as_array().unwrap().iter();
    let share =
        |share: &serde_json::Value| share.as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("\n");
    let shares: Vec<String> = shares.map(share).collect();
    rob(&mut kept);
    let mut bare = Clinic::on_line(Arc::new(Line::default()), 700_000);
    let papers = format!("{}\n{}", shares[0], shares[2]);
    let plan = bare.ok("restore_here", json!({"from": kept.server.url(), "papers": papers, "check": true}));
    assert!(plan["entries"].as_u64() > Some(10), "{plan}");
}
