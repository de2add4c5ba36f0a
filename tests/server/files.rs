//! Files' bytes: taken in chunks, kept sealed, given to whom their feeds name them, and to nobody else.

mod sweep;

use std::fs;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crypto::exchange::{digest_of, held};
use crypto::log::Draft;
use crypto::testing::TestEntropy;
use crypto::{Secret, Signed, SigningKey, Signs, sha256};
use domain::access::Role;
use domain::files::{Attachment, CameBy, FileSort};
use domain::record::{Hex, Verb};
use domain::sync::{
    BlobChunk, BlobHeld, BlobName, BlobsHeld, HaveBlobs, LARGEST_CHUNK, MOST_BLOBS, Ruling, VERSION, WantBlob,
};
use domain::wire::{Bytes, Message};
use domain::{BlobRef, Digest, RecordId, Scope, hex};
use server::database;
use server::media::{Media, NotMedia};
use server::settings::{A_DAY, MediaPlace, MediaSettings};
use tempfile::TempDir;
use tests::moto::Store;

use crate::desk::{Desk, step};
use crate::sync::register;
use crate::world::{Person, Refused, World};

/// A clinic whose server keeps files, and a nurse who has filed one that has not gone yet.
struct Filed {
    world: World,
    desk: Desk,
    nurse: Person,
    patient: RecordId,
    bytes: Vec<u8>,
    blob: BlobName,
}

impl Filed {
    /// The clinic on these media; the file has `size` bytes.
    async fn on(media: Option<&MediaSettings>, a_day: NonZeroU32, size: usize) -> Self {
        tests::choose_tls();
        let media = media.map(|settings| Media::new(settings).unwrap());
        let (world, mut desk) = World::with_media(media, a_day).await.found().await;
        let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
        let patient = register(&mut desk, &nurse, "Ada");
        let bytes: Vec<u8> = (0..size).map(|at| (at * at / 7 % 251) as u8).collect();
        let blob = BlobName { sha256: sha256(&[&bytes]), size: size as u64 };
        let mut filed = Self { world, desk, nurse, patient, bytes, blob };
        filed.file("scan", &filed.blob.clone());
        let told = filed.desk.sync(&filed.world).await;
        assert!(told.verdicts.iter().all(|judged| judged.verdict == Ruling::Accepted), "{:?}", told.verdicts);
        filed
    }

    /// The same in a folder.
    async fn in_folder(size: usize) -> (Self, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (Self::on(Some(&in_folder(folder.path())), A_DAY, size).await, folder)
    }

    /// The nurse files `blob`; it is not pushed yet.
    fn file(&mut self, title: &str, blob: &BlobName) {
        let attachment = Attachment {
            patient: Some(self.patient),
            file: Some(BlobRef {
                sha256: Hex::of(&blob.sha256),
                size: blob.size,
                media_type: "image/png".to_owned(),
            }),
            sort: Some(FileSort::Xray),
            title: Some(title.to_owned()),
            came_by: Some(CameBy::Scan),
            ..Attachment::default()
        };
        let id = RecordId::derived(title.as_bytes());
        let draft = Draft { patient: Some(self.patient), ..step(id, Verb::Create, &attachment, &[]) };
        self.desk.write(&self.nurse, vec![draft]);
    }

    /// Sends the whole file, so many bytes at once.
    async fn send(&self, at_once: usize) -> BlobHeld {
        let mut told = None;
        for (number, bytes) in self.bytes.chunks(at_once).enumerate() {
            let held = self.put(&self.desk, (number * at_once) as u64, bytes).await.unwrap();
            assert_eq!(held.through, ((number + 1) * at_once).min(self.bytes.len()) as u64);
            told = Some(held);
        }
        told.unwrap()
    }

    async fn put(&self, desk: &Desk, offset: u64, bytes: &[u8]) -> Result<BlobHeld, Refused> {
        let chunk = chunk(desk, &self.blob, offset, bytes);
        let signed = Signed::new(&desk.key, &chunk);
        let body = put(&self.world, &self.blob.sha256, &signed).await?;
        Ok(told(&self.world, &digest_of(&signed), &body).await.blobs.remove(0))
    }

    async fn have(&self, desk: &Desk) -> Vec<BlobHeld> {
        have(&self.world, desk, std::slice::from_ref(&self.blob)).await.unwrap()
    }

    async fn get(&self, desk: &Desk, offset: u64, length: u64) -> Result<Vec<u8>, Refused> {
        let wanted = want(desk, &self.blob, offset, length);
        get(&self.world, &self.blob.sha256, &Signed::new(&desk.key, &wanted), offset, length).await
    }
}

fn in_folder(folder: &Path) -> MediaSettings {
    MediaSettings { place: MediaPlace::Folder(folder.to_owned()), key: [7; 32] }
}

fn asks(desk: &Desk, blobs: &[BlobName]) -> HaveBlobs {
    HaveBlobs {
        v: VERSION,
        clinic: desk.ids.clinic,
        workstation: desk.record,
        incarnation: desk.incarnation,
        act: [3; 16],
        blobs: blobs.to_vec(),
    }
}

fn chunk(desk: &Desk, blob: &BlobName, offset: u64, bytes: &[u8]) -> BlobChunk {
    BlobChunk {
        v: VERSION,
        clinic: desk.ids.clinic,
        workstation: desk.record,
        incarnation: desk.incarnation,
        act: [3; 16],
        blob: blob.clone(),
        offset,
        bytes: Bytes(bytes.to_vec()),
    }
}

fn want(desk: &Desk, blob: &BlobName, offset: u64, length: u64) -> WantBlob {
    WantBlob {
        v: VERSION,
        clinic: desk.ids.clinic,
        workstation: desk.record,
        incarnation: desk.incarnation,
        blob: blob.clone(),
        offset,
        length,
    }
}

async fn have(world: &World, desk: &Desk, blobs: &[BlobName]) -> Result<Vec<BlobHeld>, Refused> {
    let signed = Signed::new(&desk.key, &asks(desk, blobs));
    let body = world.post("/blob/have", &signed).await?;
    Ok(told(world, &digest_of(&signed), &body).await.blobs)
}

/// The server's signed word on this question.
async fn told(world: &World, question: &Digest, body: &[u8]) -> BlobsHeld {
    let row = world.sql().await.query_one("select server_key from clinic", &[]).await.unwrap();
    let key = SigningKey::from_seed(Secret::from_slice(row.get(0)).unwrap());
    let signed = Signed::<BlobsHeld>::from_bytes(body).unwrap();
    assert!(
        held(key.public(), world.ids.clinic, &[0; 32], &signed).is_err(),
        "it is the answer to one question"
    );
    held(key.public(), world.ids.clinic, question, &signed).unwrap()
}

async fn put(world: &World, name: &Digest, message: &impl Message) -> Result<Vec<u8>, Refused> {
    let packed = zstd::encode_all(message.to_bytes().as_slice(), 3).unwrap();
    let url = format!("{}/blob/{}", world.address, hex::encode(name));
    world.answer(world.http.put(url).body(packed)).await
}

async fn get<T: Signs>(
    world: &World,
    name: &Digest,
    signed: &Signed<T>,
    offset: u64,
    length: u64,
) -> Result<Vec<u8>, Refused> {
    let url = format!("{}/blob/{}", world.address, hex::encode(name));
    let who = format!("ClinicDesk {}", URL_SAFE_NO_PAD.encode(signed.to_bytes()));
    let range = format!("bytes={offset}-{}", offset + length - 1);
    world.answer(world.http.get(url).header("authorization", who).header("range", range)).await
}

fn code<T: std::fmt::Debug>(refused: Result<T, Refused>) -> (u16, String) {
    let refused = refused.unwrap_err();
    (refused.status, refused.code)
}

fn is(code: &str, status: u16) -> (u16, String) {
    (status, code.to_owned())
}

/// Every file below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() { found.extend(files(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}

/// One desk sends a file, another of its site fetches it.
async fn goes_from_desk_to_desk(filed: &Filed) {
    let Filed { world, blob, bytes, .. } = filed;
    let other = world.join("second", world.ids.site).await;
    assert_eq!(filed.have(&other).await, [BlobHeld { blob: blob.clone(), through: 0, whole: false }]);
    assert_eq!(code(filed.get(&other, 0, 10).await), is("not_whole", 409));
    let held = filed.send(700_000).await;
    assert_eq!(held, BlobHeld { blob: blob.clone(), through: blob.size, whole: true });
    assert_eq!(filed.have(&other).await, [held]);
    let mut fetched = Vec::new();
    while (fetched.len() as u64) < blob.size {
        let offset = fetched.len() as u64;
        let length = 900_000.min(blob.size - offset);
        fetched.extend(filed.get(&other, offset, length).await.unwrap());
    }
    assert!(fetched == *bytes, "what was fetched is what was sent");
    let across = filed.get(&other, LARGEST_CHUNK - 5, 10).await.unwrap();
    let at = LARGEST_CHUNK as usize;
    assert_eq!(across, bytes[at - 5..at + 5], "over the border of two parts");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_from_desk_to_desk_in_chunks_and_the_folder_that_keeps_it_tells_nobody_what_it_is() {
    let (filed, folder) = Filed::in_folder(2_500_000).await;
    goes_from_desk_to_desk(&filed).await;
    let kept = files(folder.path());
    assert_eq!(kept.len(), 3);
    for file in kept {
        let name = file.to_string_lossy().into_owned();
        assert!(!name.contains(&hex::encode(&filed.blob.sha256)[..16]), "{name}");
        let sealed = fs::read(file).unwrap();
        let known = &filed.bytes[1000..1032];
        assert!(!sealed.windows(known.len()).any(|window| window == known));
    }
    let rows = filed.world.sql().await.query("select from blob_piece", &[]).await.unwrap();
    assert!(rows.is_empty(), "nothing of a whole file stays in the database");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_in_a_store_that_speaks_s3() {
    let store = Store::start().unwrap();
    tests::choose_tls();
    reqwest::Client::new()
        .put(format!("{}/files", store.url()))
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    let place = |bucket: &str| MediaPlace::S3 {
        bucket: bucket.to_owned(),
        prefix: "clinic".to_owned(),
        endpoint: Some(store.url()),
        region: "us-east-1".to_owned(),
        access_key: "desk".to_owned(),
        secret_key: "secret".to_owned(),
    };
    let settings = MediaSettings { place: place("files"), key: [7; 32] };
    Media::new(&settings).unwrap().check_answers().await.unwrap();
    goes_from_desk_to_desk(&Filed::on(Some(&settings), A_DAY, 2_500_000).await).await;
    // A bucket that is not there keeps files waiting, and nothing else.
    let mut filed =
        Filed::on(Some(&MediaSettings { place: place("none"), key: [7; 32] }), A_DAY, 1_000).await;
    assert_eq!(code(filed.put(&filed.desk, 0, &filed.bytes).await), is("media_unavailable", 503));
    register(&mut filed.desk, &filed.nurse, "Grace");
    filed.desk.sync(&filed.world).await;
    assert_eq!(filed.have(&filed.desk).await[0].through, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chunk_told_again_or_by_two_at_once_changes_nothing_and_a_file_goes_on_where_it_was_cut() {
    let (filed, _folder) = Filed::in_folder(100_000).await;
    let other = filed.world.join("second", filed.world.ids.site).await;
    let part = &filed.bytes[..40_000];
    for _ in 0..2 {
        assert_eq!(
            filed.put(&filed.desk, 0, part).await.unwrap().through,
            40_000,
            "the answer was lost on the way"
        );
    }
    assert_eq!(filed.have(&other).await[0].through, 40_000);
    let (one, two) = tokio::join!(
        filed.put(&filed.desk, 30_000, &filed.bytes[30_000..]),
        filed.put(&other, 40_000, &filed.bytes[40_000..])
    );
    for told in [one, two] {
        // Whoever comes second is told so, or finds it done.
        assert!(
            told.as_ref().is_ok_and(|held| held.whole)
                || told.as_ref().is_err_and(|told| told.code == "busy")
        );
    }
    assert!(filed.have(&filed.desk).await[0].whole);
    assert!(filed.put(&filed.desk, 0, part).await.unwrap().whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_taken_of_a_file_that_no_op_names_and_nothing_told_of_it() {
    let (mut filed, folder) = Filed::in_folder(1_000).await;
    filed.blob = BlobName { sha256: sha256(&[b"nobody's"]), size: 8 };
    assert_eq!(code(filed.put(&filed.desk, 0, b"nobody's").await), is("unnamed_blob", 404));
    assert_eq!(code(filed.get(&filed.desk, 0, 8).await), is("unnamed_blob", 404));
    assert_eq!(filed.have(&filed.desk).await, []);
    assert_eq!(files(folder.path()), [] as [PathBuf; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_site_is_neither_told_of_nor_given_nor_does_its_digest_give_it() {
    let (mut filed, _folder) = Filed::in_folder(1_000).await;
    filed.send(1_000).await;
    let elsewhere = Scope::derived(b"another site");
    let mut stranger = filed.world.join("stranger", elsewhere).await;
    assert_eq!(filed.have(&stranger).await, []);
    assert_eq!(code(filed.get(&stranger, 0, 10).await), is("unnamed_blob", 404));
    // Whoever knows the digest and names it has to bring the bytes, as if nobody had.
    stranger.sync(&filed.world).await;
    std::mem::swap(&mut filed.desk, &mut stranger);
    filed.file("known by its digest", &filed.blob.clone());
    filed.desk.sync(&filed.world).await;
    assert_eq!(
        filed.have(&filed.desk).await,
        [BlobHeld { blob: filed.blob.clone(), through: 0, whole: false }]
    );
    assert_eq!(code(filed.get(&filed.desk, 0, 10).await), is("not_whole", 409));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_did_not_sign_asks_sends_and_fetches_nothing() {
    let (filed, _folder) = Filed::in_folder(1_000).await;
    let Filed { world, desk, blob, bytes, .. } = &filed;
    let key = SigningKey::random(&mut TestEntropy::new(77));
    let asked = world.post("/blob/have", &Signed::new(&key, &asks(desk, std::slice::from_ref(blob)))).await;
    assert_eq!(code(asked), is("false_signature", 403));
    let sent = put(world, &blob.sha256, &Signed::new(&key, &chunk(desk, blob, 0, bytes))).await;
    assert_eq!(code(sent), is("false_signature", 403));
    filed.send(1_000).await;
    let forged = Signed::new(&key, &want(desk, blob, 0, 10));
    assert_eq!(code(get(world, &blob.sha256, &forged, 0, 10).await), is("false_signature", 403));
    // A message of another sort is none, whoever signed it.
    let other = Signed::new(&desk.key, &asks(desk, std::slice::from_ref(blob)));
    assert_eq!(code(get(world, &blob.sha256, &other, 0, 10).await), is("malformed", 400));
    let url = format!("{}/blob/{}", world.address, hex::encode(&blob.sha256));
    assert_eq!(code(world.answer(world.http.get(url)).await), is("malformed", 400));
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_not_the_files_begin_again_and_the_right_ones_are_taken_after_them() {
    let (filed, folder) = Filed::in_folder(1_500_000).await;
    let middle = 800_000;
    filed.put(&filed.desk, 0, &filed.bytes[..middle]).await.unwrap();
    let mut wrong = filed.bytes[middle..].to_vec();
    wrong[7] ^= 1;
    assert_eq!(code(filed.put(&filed.desk, middle as u64, &wrong).await), is("wrong_digest", 409));
    assert_eq!(
        filed.have(&filed.desk).await,
        [BlobHeld { blob: filed.blob.clone(), through: 0, whole: false }]
    );
    assert_eq!(files(folder.path()), [] as [PathBuf; 0]);
    assert!(filed.send(LARGEST_CHUNK as usize).await.whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_lies_beyond_or_does_not_follow_is_refused() {
    let (filed, _folder) = Filed::in_folder(1_200_000).await;
    let Filed { world, desk, blob, bytes, .. } = &filed;
    let size = blob.size;
    assert_eq!(code(filed.put(desk, 0, &bytes[..LARGEST_CHUNK as usize + 1]).await), is("too_large", 413));
    assert_eq!(code(filed.put(desk, 0, &[]).await), is("malformed", 400));
    assert_eq!(code(filed.put(desk, size - 5, &[0; 10]).await), is("wrong_offset", 416));
    let gap = filed.put(desk, 10, &bytes[10..20]).await.unwrap_err();
    assert_eq!((gap.status, gap.code.as_str(), &gap.body["through"]), (416, "wrong_offset", &0.into()));
    let many: Vec<_> = (0..=MOST_BLOBS as u64).map(|size| BlobName { size, ..blob.clone() }).collect();
    assert_eq!(code(have(world, desk, &many).await), is("too_large", 413));
    let (blob, name) = (blob.clone(), sha256(&[b"another"]));
    let signed = Signed::new(&desk.key, &chunk(desk, &blob, 0, &bytes[..10]));
    assert_eq!(code(put(world, &name, &signed).await), is("malformed", 400));
    filed.send(LARGEST_CHUNK as usize).await;
    assert_eq!(code(filed.get(desk, 0, LARGEST_CHUNK + 1).await), is("too_large", 413));
    assert_eq!(code(filed.get(desk, size - 5, 10).await), is("wrong_offset", 416));
    let signed = Signed::new(&desk.key, &want(desk, &blob, 0, 10));
    assert_eq!(code(get(world, &blob.sha256, &signed, 1, 10).await), is("malformed", 400));
    let other_size = want(desk, &BlobName { size: size + 1, ..blob.clone() }, 0, 10);
    let signed = Signed::new(&desk.key, &other_size);
    assert_eq!(code(get(world, &blob.sha256, &signed, 0, 10).await), is("unnamed_blob", 404));
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_bytes_go_over_a_workstations_line_a_day_and_the_next_day_they_go_again() {
    let folder = tempfile::tempdir().unwrap();
    let filed = Filed::on(Some(&in_folder(folder.path())), NonZeroU32::MIN, 1_200_000).await;
    filed.put(&filed.desk, 0, &filed.bytes[..600_000]).await.unwrap();
    let rest = &filed.bytes[600_000..];
    assert_eq!(code(filed.put(&filed.desk, 600_000, rest).await), is("enough", 429));
    let other = filed.world.join("second", filed.world.ids.site).await;
    assert!(filed.put(&other, 600_000, rest).await.unwrap().whole, "each has its own day");
    assert_eq!(filed.have(&filed.desk).await.len(), 1, "a question is no byte of a file");
    assert_eq!(code(filed.get(&filed.desk, 0, 600_000).await), is("enough", 429));
    filed.world.pass(24 * 3_600_000);
    assert!(filed.get(&filed.desk, 0, 600_000).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quarantined_entrys_file_is_kept_too() {
    let (mut filed, _folder) = Filed::in_folder(1_000).await;
    filed.bytes = b"who files it may not".to_vec();
    filed.blob = BlobName { sha256: sha256(&[&filed.bytes]), size: filed.bytes.len() as u64 };
    filed.nurse = filed.world.administrator.clone();
    filed.file("of an administrator", &filed.blob.clone());
    let told = filed.desk.sync(&filed.world).await;
    assert!(told.verdicts.iter().any(|judged| judged.verdict == Ruling::Quarantined), "{:?}", told.verdicts);
    assert!(filed.send(1_000).await.whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_media_takes_no_file_and_takes_everything_else() {
    let filed = Filed::on(None, A_DAY, 1_000).await;
    assert_eq!(code(filed.put(&filed.desk, 0, &filed.bytes).await), is("no_media", 503));
    assert_eq!(
        filed.have(&filed.desk).await,
        [BlobHeld { blob: filed.blob.clone(), through: 0, whole: false }]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_media_key_than_that_of_the_files_is_refused_and_a_damaged_file_is_not_given() {
    let (filed, folder) = Filed::in_folder(1_000).await;
    filed.send(1_000).await;
    let pool = database::pool(&filed.world.database.url(), 1).unwrap();
    let client = pool.get().await.unwrap();
    let settings = in_folder(folder.path());
    let media = Media::new(&settings).unwrap();
    media.check_key(&client).await.unwrap();
    media.check_key(&client).await.unwrap();
    let other = Media::new(&MediaSettings { key: [8; 32], ..settings }).unwrap();
    assert!(matches!(other.check_key(&client).await, Err(NotMedia::OtherKey)));
    let gone = MediaPlace::Folder(folder.path().join("gone"));
    assert!(matches!(Media::new(&MediaSettings { place: gone, key: [7; 32] }), Err(NotMedia::Place(_))));
    let [file] = &files(folder.path())[..] else { panic!("one file") };
    let mut sealed = fs::read(file).unwrap();
    let last = sealed.len() - 1;
    sealed[last] ^= 1;
    fs::write(file, sealed).unwrap();
    assert_eq!(code(filed.get(&filed.desk, 0, 10).await), is("damaged", 500));
}
