//! Bytes that nothing names any more go from the media at the operator's word, after their days of grace, and nothing else
//! does.

use std::time::{SystemTime, UNIX_EPOCH};

use server::Problem;
use server::sweep::{GRACE_DAYS, NotSwept, Swept, sweep};

use super::*;

const DAY: u64 = 24 * 3_600_000;

#[expect(
    clippy::disallowed_methods,
    reason = "the media note when a part was written by the machine's own clock"
)]
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as u64
}

async fn asked(world: &World, settings: &MediaSettings, days: u64, remove: bool) -> Result<Swept, NotSwept> {
    let pool = database::pool(&world.database.url(), 2).unwrap();
    sweep(&pool, &Media::new(settings).unwrap(), now() + days * DAY, remove).await
}

/// Sweeps `days` from now, by the clock under which the files were written.
async fn swept(filed: &Filed, settings: &MediaSettings, days: u64) -> Swept {
    // The clock of the test's server may be ahead of that one.
    let epoch = "update clinic set epoch = least(epoch, $1)";
    filed.world.sql().await.execute(epoch, &[&(now() as i64)]).await.unwrap();
    asked(&filed.world, settings, days, true).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_op_names_goes_after_its_days_of_grace_and_every_file_that_one_names_stays() {
    let (mut filed, folder) = Filed::in_folder(2_500_000).await;
    let settings = in_folder(folder.path());
    filed.send(700_000).await;
    // A file of which some has come, and one of a quarantined entry.
    let (whole, scanned) = (filed.blob.clone(), filed.bytes.clone());
    filed.bytes = vec![5; 1_200_000];
    filed.blob = BlobName { sha256: sha256(&[&filed.bytes]), size: filed.bytes.len() as u64 };
    filed.file("on its way", &filed.blob.clone());
    filed.desk.sync(&filed.world).await;
    filed.put(&filed.desk, 0, &filed.bytes[..800_000]).await.unwrap();
    filed.put(&filed.desk, 800_000, &filed.bytes[800_000..1_100_000]).await.unwrap();
    filed.nurse = filed.world.administrator.clone();
    filed.bytes = b"who files it may not".to_vec();
    filed.blob = BlobName { sha256: sha256(&[&filed.bytes]), size: filed.bytes.len() as u64 };
    filed.file("of an administrator", &filed.blob.clone());
    filed.desk.sync(&filed.world).await;
    assert!(filed.send(1_000).await.whole);
    let kept = files(folder.path());
    assert_eq!(kept.len(), 5);
    assert_eq!(swept(&filed, &settings, GRACE_DAYS + 1).await, Swept::default());
    // The database goes back to a copy that knows neither the first nor what came of the second.
    let sql = filed.world.sql().await;
    sql.execute("delete from blob where size = 2500000", &[]).await.unwrap();
    sql.execute("update blob set begun = gen_random_uuid(), through = 0 where size = 1200000", &[])
        .await
        .unwrap();
    fs::create_dir_all(folder.path().join("ab")).unwrap();
    fs::write(folder.path().join("ab/notes.txt"), "somebody else's").unwrap();
    assert_eq!(swept(&filed, &settings, GRACE_DAYS - 1).await, Swept::default(), "too young");
    let told = asked(&filed.world, &settings, GRACE_DAYS + 1, false).await.unwrap();
    assert_eq!((told.parts, files(folder.path()).len()), (4, 6), "told, and nothing is removed");
    let gone = swept(&filed, &settings, GRACE_DAYS + 1).await;
    assert_eq!(gone, told);
    assert!(gone.bytes > 3_500_000, "{gone:?}");
    assert_eq!(files(folder.path()).len(), 2, "the quarantined entry's file, and what is not ours");
    assert_eq!(filed.get(&filed.desk, 0, 4).await.unwrap(), b"who ");
    assert_eq!(swept(&filed, &settings, GRACE_DAYS + 1).await, Swept::default());
    // Named again, it is brought again.
    (filed.blob, filed.bytes) = (whole, scanned);
    filed.nurse = filed.world.employ(&mut filed.desk, "another nurse", Role::Nurse);
    filed.file("scanned once more", &filed.blob.clone());
    filed.desk.sync(&filed.world).await;
    assert!(filed.send(700_000).await.whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_has_no_clinic_or_was_just_put_back_removes_nothing_of_the_media() {
    let (filed, folder) = Filed::in_folder(1_000).await;
    let settings = in_folder(folder.path());
    filed.send(1_000).await;
    let empty = World::empty().await;
    let refused = asked(&empty, &settings, 400, true).await;
    assert!(matches!(refused, Err(NotSwept::Problem(Problem::NoClinic))), "{refused:?}");
    // An older copy of the database, which knows no file.
    let sql = filed.world.sql().await;
    sql.execute("delete from blob", &[]).await.unwrap();
    sql.execute("update clinic set home = 'another'", &[]).await.unwrap();
    let refused = asked(&filed.world, &settings, 400, true).await;
    assert!(matches!(refused, Err(NotSwept::Recent)), "{refused:?}");
    assert_eq!(asked(&filed.world, &settings, 429, true).await.ok(), None);
    assert_eq!(files(folder.path()).len(), 1);
    assert_eq!(asked(&filed.world, &settings, 431, true).await.unwrap().parts, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_speaks_s3_is_swept_likewise() {
    let store = Store::start().unwrap();
    tests::choose_tls();
    let bucket = reqwest::Client::new().put(format!("{}/files", store.url())).send().await.unwrap();
    bucket.error_for_status().unwrap();
    let place = MediaPlace::S3 {
        bucket: "files".to_owned(),
        prefix: "clinic".to_owned(),
        endpoint: Some(store.url()),
        region: "us-east-1".to_owned(),
        access_key: "desk".to_owned(),
        secret_key: "secret".to_owned(),
    };
    let settings = MediaSettings { place, key: [7; 32] };
    let filed = Filed::on(Some(&settings), A_DAY, 1_500_000).await;
    filed.send(700_000).await;
    assert_eq!(swept(&filed, &settings, GRACE_DAYS + 1).await, Swept::default());
    filed.world.sql().await.execute("delete from blob", &[]).await.unwrap();
    assert_eq!(swept(&filed, &settings, GRACE_DAYS + 1).await.parts, 2);
}
