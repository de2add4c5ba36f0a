//! Backups at the server: what a workstation adds stays whatever it says later, whoever opened its store reads it, and nobody
//! else does.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crypto::exchange::{digest_of, shelved};
use crypto::testing::TestEntropy;
use crypto::{Secret, Signed, SigningKey, Signs, sha256};
use domain::sync::{
    AskBackup, AskDoors, BackupDoors, BackupHeld, BackupObject, BackupPart, BlobName, BlobsHeld,
    LARGEST_CHUNK, MOST_SLOTS, VERSION, WantObject,
};
use domain::wire::{Bytes, Message};
use domain::{Incarnation, hex};
use server::media::Media;
use server::settings::{A_DAY, MediaPlace, MediaSettings};
use tempfile::TempDir;

use crate::desk::Desk;
use crate::world::{Refused, World};

/// A clinic whose server keeps files, and its first workstation.
struct Kept {
    world: World,
    desk: Desk,
    folder: TempDir,
}

async fn kept() -> Kept {
    tests::choose_tls();
    let folder = tempfile::tempdir().unwrap();
    let place = MediaPlace::Folder(folder.path().to_owned());
    let media = Media::new(&MediaSettings { place, key: [7; 32] }).unwrap();
    let (world, desk) = World::with_media(Some(media), A_DAY).await.found().await;
    Kept { world, desk, folder }
}

/// The key under which the backup of `desk` is read.
fn reader(desk: &Desk) -> SigningKey {
    SigningKey::random(&mut TestEntropy::new(desk.incarnation.0.as_u128() as u64))
}

fn blob(bytes: &[u8]) -> BlobName {
    BlobName { sha256: sha256(&[bytes]), size: bytes.len() as u64 }
}

/// All of a small object.
fn part(desk: &Desk, name: &str, bytes: &[u8]) -> BackupPart {
    BackupPart {
        v: VERSION,
        clinic: desk.ids.clinic,
        workstation: desk.record,
        incarnation: desk.incarnation,
        act: [3; 16],
        door: desk.record,
        reader: *reader(desk).public(),
        line: 0,
        name: name.to_owned(),
        blob: blob(bytes),
        offset: 0,
        bytes: Bytes(bytes.to_vec()),
    }
}

fn asks(desk: &Desk, from: &str) -> AskBackup {
    AskBackup {
        v: VERSION,
        clinic: desk.ids.clinic,
        incarnation: desk.incarnation,
        act: [4; 16],
        line: None,
        from: format!("{from}/"),
        to: format!("{from}0"),
        after: 0,
    }
}

impl Kept {
    async fn put(&self, key: &SigningKey, part: &BackupPart) -> Result<bool, Refused> {
        let signed = Signed::new(key, part);
        let packed = zstd::encode_all(signed.to_bytes().as_slice(), 3).unwrap();
        let url = format!("{}/backup", self.world.address);
        let body = self.world.answer(self.world.http.put(url).body(packed)).await?;
        let told = Signed::<BlobsHeld>::from_bytes(&body).unwrap().open(&self.server().await).unwrap();
        assert_eq!(told.question, digest_of(&signed));
        Ok(told.blobs.iter().any(|held| held.whole && held.blob == part.blob))
    }

    /// The first workstation brings a small object.
    async fn bring(&self, name: &str, bytes: &[u8]) {
        assert!(self.put(&self.desk.key, &part(&self.desk, name, bytes)).await.unwrap());
    }

    async fn server(&self) -> [u8; 32] {
        let row = self.world.sql().await.query_one("select server_key from clinic", &[]).await.unwrap();
        *SigningKey::from_seed(Secret::from_slice(row.get(0)).unwrap()).public()
    }

    async fn held(&self, key: &SigningKey, asked: &AskBackup) -> Result<BackupHeld, Refused> {
        let signed = Signed::new(key, asked);
        let body = self.world.post("/backup/held", &signed).await?;
        let told = Signed::<BackupHeld>::from_bytes(&body).unwrap();
        Ok(shelved(&self.server().await, self.world.ids.clinic, &digest_of(&signed), &told).unwrap())
    }

    async fn names(&self, from: &str) -> Vec<(String, BlobName)> {
        let held = self.held(&reader(&self.desk), &asks(&self.desk, from)).await.unwrap();
        held.objects.into_iter().map(|BackupObject { name, blob, .. }| (name, blob)).collect()
    }

    async fn get(
        &self,
        key: &SigningKey,
        of: &BlobName,
        offset: u64,
        length: u64,
    ) -> Result<Vec<u8>, Refused> {
        let wanted = WantObject {
            v: VERSION,
            clinic: self.world.ids.clinic,
            incarnation: self.desk.incarnation,
            blob: of.clone(),
            offset,
            length,
        };
        self.get_signed(&Signed::new(key, &wanted), of, offset, length).await
    }

    async fn get_signed<T: Signs>(
        &self,
        signed: &Signed<T>,
        of: &BlobName,
        offset: u64,
        length: u64,
    ) -> Result<Vec<u8>, Refused> {
        let url = format!("{}/backup/{}", self.world.address, hex::encode(&of.sha256));
        let who = format!("ClinicDesk {}", URL_SAFE_NO_PAD.encode(signed.to_bytes()));
        let range = format!("bytes={offset}-{}", offset + length - 1);
        self.world.answer(self.world.http.get(url).header("authorization", who).header("range", range)).await
    }

    async fn doors(&self) -> BackupDoors {
        self.doors_behind(None).await
    }

    async fn doors_behind(&self, after: Option<Incarnation>) -> BackupDoors {
        let body = self.world.post("/backup/doors", &AskDoors { v: VERSION, after }).await.unwrap();
        BackupDoors::from_bytes(&body).unwrap()
    }
}

fn code<T: std::fmt::Debug>(refused: Result<T, Refused>) -> (u16, String) {
    let refused = refused.unwrap_err();
    (refused.status, refused.code)
}

fn is(code: &str, status: u16) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_workstation_adds_stays_whatever_it_brings_later_and_nothing_takes_it_away() {
    let kept = kept().await;
    let (first, second) = (b"a first segment".as_slice(), b"another under its name".as_slice());
    let name = "log/00000001-00000009";
    kept.bring(name, first).await;
    kept.bring(name, second).await;
    kept.bring("points/0000001", b"a point").await;
    let both = vec![(name.to_owned(), blob(first)), (name.to_owned(), blob(second))];
    assert_eq!(kept.names("log").await, both, "the last is read, and the first is there");
    let key = reader(&kept.desk);
    assert_eq!(kept.get(&key, &blob(first), 0, first.len() as u64).await.unwrap(), first);
    assert_eq!(kept.get(&key, &blob(second), 3, 4).await.unwrap(), &second[3..7]);
    // What was brought again counts as the last, and costs no room.
    kept.bring(name, first).await;
    let last = kept.names("log").await.pop().unwrap();
    assert_eq!(last, (name.to_owned(), blob(first)));
    let bytes = "select bytes from backup";
    let bytes: i64 = kept.world.sql().await.query_one(bytes, &[]).await.unwrap().get(0);
    assert_eq!(bytes, 3 * 4096, "a small object takes room for its row");
    // The same bytes under another name take it too.
    kept.bring("log/00000010-00000012", first).await;
    let bytes = "select b.bytes, d.bytes from backup b join blob_day d using (incarnation)";
    let row = kept.world.sql().await.query_one(bytes, &[]).await.unwrap();
    let sent = first.len() + second.len() + b"a point".len();
    assert_eq!((row.get(0), row.get(1)), (4 * 4096_i64, 4 * 4096 + sent as i64));
    let gone = kept.world.http.delete(format!("{}/backup", kept.world.address)).send().await.unwrap();
    assert_eq!(gone.status().as_u16(), 405, "there is no way to take anything away");
    let held = kept.held(&key, &AskBackup { to: "log0".to_owned(), ..asks(&kept.desk, "") }).await.unwrap();
    assert_eq!((held.objects.len(), held.more), (3, false), "only the names that were asked about");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_object_comes_in_chunks_goes_on_where_it_was_cut_and_lies_sealed() {
    let kept = kept().await;
    let bytes: Vec<u8> = (0..2_500_000_usize).map(|at| (at * at / 7 % 251) as u8).collect();
    let whole = blob(&bytes);
    let name = format!("files/ab/ab{}", "0".repeat(62));
    let chunk = |offset: usize| {
        let end = bytes.len().min(offset + LARGEST_CHUNK as usize);
        let bytes = Bytes(bytes[offset..end].to_vec());
        BackupPart { blob: whole.clone(), offset: offset as u64, bytes, ..part(&kept.desk, &name, b"") }
    };
    let key = &kept.desk.key;
    assert!(!kept.put(key, &chunk(0)).await.unwrap());
    assert_eq!(kept.names("files").await, [], "what is not whole is not there");
    assert_eq!(code(kept.get(&reader(&kept.desk), &whole, 0, 10).await), is("unnamed_blob", 404));
    assert!(!kept.put(key, &chunk(0)).await.unwrap(), "told again it changes nothing");
    assert!(!kept.put(key, &chunk(LARGEST_CHUNK as usize)).await.unwrap());
    assert!(kept.put(key, &chunk(2 * LARGEST_CHUNK as usize)).await.unwrap());
    assert_eq!(kept.names("files").await, [(name, whole.clone())]);
    let got = kept.get(&reader(&kept.desk), &whole, LARGEST_CHUNK - 5, 10).await.unwrap();
    let at = LARGEST_CHUNK as usize;
    assert_eq!(got, bytes[at - 5..at + 5]);
    for folder in fs::read_dir(kept.folder.path()).unwrap().flatten() {
        for file in fs::read_dir(folder.path()).unwrap().flatten() {
            let sealed = fs::read(file.path()).unwrap();
            assert!(!sealed.windows(32).any(|window| window == &bytes[1000..1032]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opened_the_store_reads_its_backup_also_once_the_workstation_was_ended_and_nobody_else() {
    let kept = kept().await;
    kept.bring("log/00000001-00000002", b"rows").await;
    let own = reader(&kept.desk);
    let asked = asks(&kept.desk, "log");
    for stranger in [&kept.desk.key, &SigningKey::random(&mut TestEntropy::new(77))] {
        assert_eq!(code(kept.held(stranger, &asked).await), is("false_signature", 403));
        assert_eq!(code(kept.get(stranger, &blob(b"rows"), 0, 4).await), is("false_signature", 403));
    }
    let other = kept.world.join("second", kept.world.ids.site).await;
    assert_eq!(code(kept.held(&own, &asks(&other, "log")).await), is("no_backup", 404));
    let elsewhere = AskBackup { clinic: domain::ClinicId::derived(b"other"), ..asked.clone() };
    assert_eq!(code(kept.held(&own, &elsewhere).await), is("wrong_clinic", 403));
    let older = AskBackup { v: 2, ..asked.clone() };
    assert_eq!(code(kept.held(&own, &older).await), is("wrong_version", 400));
    // Another workstation of the clinic has its own, and its key does not read this one.
    assert!(kept.put(&other.key, &part(&other, "log/00000001-00000001", b"others")).await.unwrap());
    assert_eq!(code(kept.held(&reader(&other), &asked).await), is("false_signature", 403));
    assert_eq!(code(kept.get(&own, &blob(b"others"), 0, 6).await), is("unnamed_blob", 404));
    let sql = kept.world.sql().await;
    sql.execute("update workstation set revoked = true where record = $1", &[&kept.desk.record.0])
        .await
        .unwrap();
    let more = part(&kept.desk, "log/00000003-00000004", b"more");
    assert_eq!(code(kept.put(&kept.desk.key, &more).await), is("revoked", 403));
    assert_eq!(kept.get(&own, &blob(b"rows"), 0, 4).await.unwrap(), b"rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_backup_has_lies_beyond_or_is_signed_by_another_is_not_taken() {
    let kept = kept().await;
    let (key, good) = (&kept.desk.key, part(&kept.desk, "log/00000001-00000002", b"rows"));
    let stranger = SigningKey::random(&mut TestEntropy::new(77));
    assert_eq!(code(kept.put(&stranger, &good).await), is("false_signature", 403));
    for name in ["", "log/1-2", "../../etc", "slots/other", "points/1", "files/sums"] {
        let named = BackupPart { name: name.to_owned(), ..good.clone() };
        assert_eq!(code(kept.put(key, &named).await), is("malformed", 400), "{name}");
    }
    let beyond = BackupPart { offset: 2, ..good.clone() };
    assert_eq!(code(kept.put(key, &beyond).await), is("wrong_offset", 416));
    let none = BackupPart { bytes: Bytes(Vec::new()), ..good.clone() };
    assert_eq!(code(kept.put(key, &none).await), is("malformed", 400));
    let wrong = BackupPart { bytes: Bytes(b"rowz".to_vec()), ..good.clone() };
    assert_eq!(code(kept.put(key, &wrong).await), is("wrong_digest", 409));
    let foreign = BackupPart { incarnation: Incarnation::derived(b"other"), ..good.clone() };
    assert_eq!(code(kept.put(key, &foreign).await), is("foreign_incarnation", 403));
    assert!(kept.put(key, &good).await.unwrap());
    let reads = BackupPart { reader: [9; 32], ..good.clone() };
    assert_eq!(code(kept.put(key, &reads).await), is("other_reader", 409), "who reads is said once");
    let sql = kept.world.sql().await;
    sql.execute("update backup set bytes = 99999999999", &[]).await.unwrap();
    let more = part(&kept.desk, "log/00000003-00000004", b"more");
    assert_eq!(code(kept.put(key, &more).await), is("no_room", 507));
    assert!(kept.put(key, &good).await.unwrap(), "what is there needs no room");
    assert_eq!(kept.names("log").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_a_place_for_files_takes_no_backup_and_says_so() {
    let (world, desk) = World::founded().await;
    let kept = Kept { world, desk, folder: tempfile::tempdir().unwrap() };
    let refused = kept.put(&kept.desk.key, &part(&kept.desk, "points/0000001", b"point")).await;
    assert_eq!(code(refused), is("no_media", 503));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_read_as_it_came_is_there_no_more_and_may_come_again() {
    let kept = kept().await;
    kept.bring("log/00000001-00000002", b"rows").await;
    for folder in fs::read_dir(kept.folder.path()).unwrap().flatten() {
        for file in fs::read_dir(folder.path()).unwrap().flatten() {
            fs::write(file.path(), b"something else").unwrap();
        }
    }
    let key = reader(&kept.desk);
    assert_eq!(code(kept.get(&key, &blob(b"rows"), 0, 4).await), is("damaged", 500));
    assert_eq!(kept.names("log").await, []);
    assert_eq!(code(kept.get(&key, &blob(b"rows"), 0, 4).await), is("not_whole", 409));
    kept.bring("log/00000001-00000002", b"rows").await;
    assert_eq!(kept.get(&key, &blob(b"rows"), 0, 4).await.unwrap(), b"rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_files_that_is_away_takes_no_backup_with_it() {
    let kept = kept().await;
    kept.bring("log/00000001-00000002", b"rows").await;
    let (key, away) = (reader(&kept.desk), kept.folder.path().with_extension("away"));
    fs::rename(kept.folder.path(), &away).unwrap();
    fs::create_dir(kept.folder.path()).unwrap();
    assert_eq!(code(kept.get(&key, &blob(b"rows"), 0, 4).await), is("media_unavailable", 503));
    fs::remove_dir(kept.folder.path()).unwrap();
    fs::rename(&away, kept.folder.path()).unwrap();
    assert_eq!(kept.get(&key, &blob(b"rows"), 0, 4).await.unwrap(), b"rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_everything_learns_what_their_papers_open_and_nothing_else() {
    let kept = kept().await;
    kept.bring("slots/sheet", b"a sealed slot").await;
    kept.bring("slots/clinic", b"another").await;
    kept.bring("log/00000001-00000002", b"rows").await;
    kept.bring("slots/sheet", b"that of a new sheet").await;
    let told = kept.doors().await;
    assert_eq!((told.clinic, told.rows.len(), told.more), (kept.world.ids.clinic, 1, false));
    let door = &told.rows[0];
    assert_eq!((door.incarnation, door.workstation), (kept.desk.incarnation, kept.desk.record));
    let slots: Vec<_> = door.slots.iter().map(|(name, slot)| (name.as_str(), slot.0.as_slice())).collect();
    assert_eq!(slots, [("slots/clinic", b"another".as_slice()), ("slots/sheet", b"that of a new sheet")]);
    let asked = AskDoors { v: 7, after: None };
    assert_eq!(code(kept.world.post("/backup/doors", &asked).await), is("wrong_version", 400));
    let mut answers = Vec::new();
    for _ in 0..110 {
        let asked = AskDoors { v: VERSION, after: Some(door.incarnation) };
        answers.push(kept.world.post("/backup/doors", &asked).await.map(|_| ()));
    }
    assert_eq!(code(answers.pop().unwrap()), is("too_many", 429), "nobody asks this all day");
}

/// The slots for the sheet that are told of a door besides the last.
fn earlier_sheets(doors: &BackupDoors, of: Incarnation) -> Vec<&[u8]> {
    let door = doors.rows.iter().find(|door| door.incarnation == of).unwrap();
    let earlier = door.earlier.iter().filter_map(|slots| slots.get("slots/sheet")).flatten();
    earlier.map(|slot| slot.0.as_slice()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_that_comes_later_hides_none_before_it_and_the_first_stay_however_many_follow() {
    let kept = kept().await;
    let of = kept.desk.incarnation;
    kept.bring("slots/sheet", b"the first sheet").await;
    kept.bring("slots/sheet", b"a new sheet").await;
    assert_eq!(earlier_sheets(&kept.doors().await, of), [b"the first sheet".as_slice()]);
    for nth in 0..MOST_SLOTS {
        kept.bring("slots/sheet", format!("false {nth}").as_bytes()).await;
    }
    // One that is brought again stays the first all the same.
    kept.bring("slots/sheet", b"the first sheet").await;
    let anew = BackupPart { line: 1, ..part(&kept.desk, "slots/sheet", b"in another folder") };
    assert!(kept.put(&kept.desk.key, &anew).await.unwrap());
    let doors = kept.doors().await;
    let earlier = earlier_sheets(&doors, of);
    assert_eq!(earlier[..2], [b"the first sheet".as_slice(), b"a new sheet"]);
    assert_eq!((earlier.len(), earlier[2]), (MOST_SLOTS, b"false 0".as_slice()));
    assert_eq!(doors.rows[0].slots["slots/sheet"].0, b"in another folder");
    // What does not read as it came is left out alone.
    for folder in fs::read_dir(kept.folder.path()).unwrap().flatten() {
        for file in fs::read_dir(folder.path()).unwrap().flatten() {
            fs::write(file.path(), b"something else").unwrap();
        }
    }
    let doors = kept.doors().await;
    assert_eq!(earlier_sheets(&doors, of), [] as [&[u8]; 0]);
    assert_eq!(doors.rows[0].slots["slots/sheet"].0, b"in another folder");
}

#[tokio::test(flavor = "multi_thread")]
async fn doors_with_very_many_slots_are_told_in_several_answers() {
    let kept = kept().await;
    let mut desks = vec![];
    for name in ["second", "third", "fourth"] {
        desks.push(kept.world.join(name, kept.world.ids.site).await);
    }
    for desk in &desks {
        for nth in 0..=MOST_SLOTS {
            for slot in ["slots/sheet", "slots/clinic"] {
                let bytes = format!("{slot} {nth}");
                assert!(kept.put(&desk.key, &part(desk, slot, bytes.as_bytes())).await.unwrap());
            }
        }
    }
    let first = kept.doors().await;
    assert_eq!((first.rows.len(), first.more), (2, true));
    let rest = kept.doors_behind(Some(first.rows[1].incarnation)).await;
    assert_eq!((rest.rows.len(), rest.more), (1, false));
    for desk in &desks {
        let doors =
            if first.rows.iter().any(|row| row.incarnation == desk.incarnation) { &first } else { &rest };
        assert_eq!(earlier_sheets(doors, desk.incarnation).len(), MOST_SLOTS);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_was_begun_anew_has_its_own_objects_and_the_one_before_keeps_its() {
    let kept = kept().await;
    let anew = BackupPart { line: 1, ..part(&kept.desk, "points/0000001", b"anew") };
    assert_eq!(code(kept.put(&kept.desk.key, &anew).await), is("malformed", 400), "the first is 0");
    kept.bring("points/0000001", b"before").await;
    for line in [2, 1_000, i64::MAX as u64, u64::MAX] {
        let beyond = BackupPart { line, ..anew.clone() };
        assert_eq!(code(kept.put(&kept.desk.key, &beyond).await), is("malformed", 400), "{line}");
    }
    assert!(kept.put(&kept.desk.key, &anew).await.unwrap());
    let key = reader(&kept.desk);
    let last = kept.held(&key, &asks(&kept.desk, "points")).await.unwrap();
    assert_eq!((last.line, &last.objects[0].blob, last.objects.len()), (1, &blob(b"anew"), 1));
    let before = AskBackup { line: Some(0), ..asks(&kept.desk, "points") };
    let before = kept.held(&key, &before).await.unwrap();
    assert_eq!((before.line, &before.objects[0].blob, before.objects.len()), (0, &blob(b"before"), 1));
}
