//! Bytes that records name: kept once, taken in part by part, and asked for in an order.

use crypto::sha256;
use crypto::testing::TestEntropy;
use domain::files::{Attachment, CameBy, FileSort};
use domain::record::{Hex, Verb};
use domain::{BlobRef, RecordId};
use store::{BlobState, Draft, Taken, Urgency};

use crate::clinic::{Clinic, doctor, visit};

fn bytes(length: u64, seed: u8) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at % 251).unwrap() ^ seed).collect()
}

fn blob_of(bytes: &[u8], media_type: &str) -> BlobRef {
    let sha256 = Hex::of(&sha256(&[bytes]));
    BlobRef { sha256, size: bytes.len() as u64, media_type: media_type.to_owned() }
}

/// A file of somebody that names `file`, and `thumb` as its small picture.
fn attachment(id: &str, patient: RecordId, file: &BlobRef, thumb: Option<&BlobRef>) -> Draft {
    let attachment = Attachment {
        patient: Some(patient),
        file: Some(file.clone()),
        thumb: thumb.cloned(),
        came_by: Some(CameBy::File),
        sort: Some(FileSort::Xray),
        title: Some("Chest".to_owned()),
        ..Attachment::default()
    };
    Draft::make(Verb::Create, RecordId::derived(id.as_bytes()), Some(patient), &attachment)
}

/// What happened of `bytes`, handed over in parts of `part`.
fn take(clinic: &mut Clinic, digest: &[u8; 32], bytes: &[u8], part: usize) -> Taken {
    let mut taken = Taken::From(0);
    for (number, chunk) in bytes.chunks(part).enumerate() {
        let offset = (number * part) as u64;
        taken = clinic.act(|act, entropy| act.take_blob(entropy, digest, offset, chunk).unwrap());
    }
    taken
}

#[test]
fn bytes_come_in_parts_of_any_length_and_are_whole_only_with_their_digest() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Salonga");
    for (size, part) in [
        (10, 3),
        (65_536, 20_000),
        (65_537, 65_536),
        (300_000, 16_384),
        (300_000, 100_000),
        (262_144, 65_536),
    ] {
        let plain = bytes(size, u8::try_from(part % 200).unwrap());
        let digest = sha256(&[&plain]);
        let named = blob_of(&plain, "application/dicom");
        clinic.write_as(doctor(), vec![attachment(&format!("{size} {part}"), patient, &named, None)]);
        let known = |clinic: &mut Clinic| clinic.act(|act, _| act.blob(&digest).unwrap().unwrap());
        assert_eq!(known(&mut clinic).state, BlobState::Elsewhere);
        // What is not what was named is found at its end, and is begun again.
        let mut other = plain.clone();
        other[usize::try_from(size / 2).unwrap()] ^= 1;
        assert_eq!(take(&mut clinic, &digest, &other, part), Taken::Damaged);
        assert_eq!(known(&mut clinic).state, BlobState::Damaged);
        assert_eq!(clinic.act(|act, _| act.whole_blob(&digest).unwrap()), None);
        // A part twice, a gap, and then all of it, over a closing of the store.
        let first =
            clinic.act(|act, entropy| act.take_blob(entropy, &digest, 0, &plain[..part.min(9)]).unwrap());
        let length = part.min(9) as u64;
        assert_eq!(first, Taken::From(length));
        for (offset, part) in [(0, &plain[..2]), (length + 1, &plain[2..3])] {
            let again = clinic.act(|act, entropy| act.take_blob(entropy, &digest, offset, part).unwrap());
            assert_eq!(again, Taken::From(length), "{offset}");
        }
        clinic.close();
        clinic.open();
        assert_eq!(known(&mut clinic).state, BlobState::Coming(length));
        let mut taken = Taken::From(length);
        while let Taken::From(offset) = taken {
            let from = usize::try_from(offset).unwrap();
            let to = plain.len().min(from + part);
            taken =
                clinic.act(|act, entropy| act.take_blob(entropy, &digest, offset, &plain[from..to]).unwrap());
        }
        assert_eq!(taken, Taken::Whole, "{size} {part}");
        assert_eq!(clinic.act(|act, _| act.whole_blob(&digest).unwrap()), Some(plain.clone()));
        let middle = clinic.act(|act, _| act.blob_bytes(&digest, 5..9).unwrap());
        assert_eq!(middle.as_deref(), plain.get(5..9));
        let across = clinic.act(|act, _| act.blob_bytes(&digest, 65_530..65_550).unwrap()).unwrap();
        let from = plain.len().min(65_530);
        assert_eq!(across, plain[from..plain.len().min(65_550)]);
        // More than it has is not it.
        let beyond = clinic.act(|act, entropy| act.take_blob(entropy, &digest, size, b"more").unwrap());
        assert_eq!(beyond, Taken::Whole);
    }
    assert_eq!(clinic.act(|act, _| act.check_blobs().unwrap()), []);
}

#[test]
fn more_bytes_than_were_named_are_not_kept() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Salonga");
    let plain = bytes(100, 0);
    let digest = sha256(&[&plain]);
    clinic.write_as(doctor(), vec![attachment("file", patient, &blob_of(&plain, "text/plain"), None)]);
    assert_eq!(take(&mut clinic, &digest, &bytes(101, 0), 101), Taken::Damaged);
    let unknown = sha256(&[b"nobody names it"]);
    assert_eq!(take(&mut clinic, &unknown, b"nobody names it", 4), Taken::From(0));
    assert_eq!(clinic.act(|act, _| act.blob(&unknown).unwrap()), None);
}

#[test]
fn what_is_awaited_comes_in_its_order_and_what_is_here_goes_until_the_server_has_signed_for_it() {
    let mut clinic = Clinic::found();
    let (waiting, present) = (clinic.register("Salonga"), clinic.register("Reyes"));
    let files: Vec<BlobRef> = (0..4).map(|seed| blob_of(&bytes(90_000, seed), "application/dicom")).collect();
    let small = blob_of(&bytes(900, 9), "image/jpeg");
    clinic.write_as(doctor(), vec![attachment("old", waiting, &files[0], None)]);
    clinic.write_as(doctor(), vec![attachment("present", present, &files[1], None)]);
    clinic.write_as(doctor(), vec![attachment("new", waiting, &files[2], Some(&small))]);
    clinic.write_as(doctor(), vec![attachment("asked", waiting, &files[3], None)]);
    clinic.write_as(doctor(), vec![visit(RecordId::derived(b"visit"), present)]);
    assert!(clinic.act(|act, _| act.ask_blob(&files[3].sha256.bytes(), 7).unwrap()));
    let wanted = clinic.act(|act, _| act.wanted_blobs(10).unwrap());
    let order: Vec<(&BlobRef, Urgency)> =
        wanted.iter().map(|wanted| (&wanted.blob, wanted.urgency)).collect();
    assert_eq!(
        order,
        [
            (&small, Urgency::Thumbnail),
            (&files[3], Urgency::Asked),
            (&files[1], Urgency::Present),
            (&files[2], Urgency::Rest),
            (&files[0], Urgency::Rest),
        ]
    );
    assert_eq!(
        clinic.act(|act, _| (act.wanted_blobs(2).unwrap().len(), act.blob_counts().unwrap())),
        (2, (0, 5))
    );
    let here = clinic.act(|act, entropy| {
        act.keep_blob(entropy, "image/jpeg", &bytes(900, 9)).unwrap();
        act.keep_blob(entropy, "application/dicom", &bytes(90_000, 0)).unwrap();
        act.keep_blob(entropy, "text/plain", b"nobody names it").unwrap();
        act.unsent_blobs(10).unwrap()
    });
    assert_eq!(here, [small.clone(), files[0].clone()]);
    clinic.act(|act, _| act.blob_received(&small.digest().unwrap()).unwrap());
    assert_eq!(clinic.act(|act, _| act.unsent_blobs(10).unwrap()), [files[0].clone()]);
    assert_eq!(clinic.act(|act, _| act.blob_counts().unwrap()), (1, 3));
}

#[test]
fn the_same_bytes_are_kept_once_and_a_lost_file_is_written_anew() {
    let mut clinic = Clinic::found();
    let plain = bytes(200_000, 3);
    let keep = |clinic: &mut Clinic| {
        clinic.act(|act, entropy| act.keep_blob(entropy, "application/pdf", &plain).unwrap())
    };
    let kept = keep(&mut clinic);
    assert_eq!(keep(&mut clinic), kept);
    let folder = clinic.folder().join("files");
    let files = || {
        let folders = std::fs::read_dir(&folder).unwrap().map(|folder| folder.unwrap().path());
        folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path())
    };
    let places: Vec<_> = files().collect();
    assert_eq!(places.len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&places[0]).unwrap().permissions().mode() & 0o777, 0o600);
    }
    std::fs::remove_file(&places[0]).unwrap();
    assert_eq!(keep(&mut clinic), kept);
    let digest = kept.digest().unwrap();
    assert_eq!(clinic.act(|act, _| act.whole_blob(&digest).unwrap()), Some(plain.clone()));
    // Under another store's key nobody opens it.
    let mut other = Clinic::found();
    other.key = crypto::StoreKey::random(&mut TestEntropy::new(77));
    let folder = tempfile::tempdir().unwrap();
    let taken = crate::clinic::take(folder.path());
    let mut store = store::Store::open(taken, &other.key, &mut |_, _| {}).unwrap();
    let act = store.act().unwrap();
    act.keep_blob(&mut other.entropy, "application/pdf", &plain).unwrap();
    act.commit().unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path().join("files")).unwrap().flatten().collect();
    let inner: Vec<_> =
        std::fs::read_dir(names[0].path()).unwrap().flatten().map(|file| file.file_name()).collect();
    assert_ne!(inner[0], places[0].file_name().unwrap(), "nor is its name the same");
}

#[test]
fn a_withdrawn_file_is_awaited_no_more_and_keeps_its_bytes() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Salonga");
    let file = blob_of(&bytes(100, 0), "text/plain");
    clinic.write_as(doctor(), vec![attachment("file", patient, &file, None)]);
    let void = Draft {
        verb: Verb::Void,
        patch: Default::default(),
        reason: Some("another's".to_owned()),
        ..attachment("file", patient, &file, None)
    };
    clinic.write_as(doctor(), vec![void]);
    assert_eq!(clinic.act(|act, _| act.wanted_blobs(10).unwrap()), []);
    assert_eq!(clinic.act(|act, _| act.naming_blob(&file.sha256.bytes()).unwrap()), []);
    assert!(clinic.act(|act, _| act.rebuild_check().unwrap()).differing.is_empty());
}

#[test]
fn the_table_of_who_names_what_is_made_again_from_the_log() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Salonga");
    let [file, thumb] = [100, 10].map(|size| blob_of(&bytes(size, 0), "image/jpeg"));
    clinic.write_as(doctor(), vec![attachment("file", patient, &file, Some(&thumb))]);
    for (table, change) in [
        ("named_blob", "delete from named_blob where field = 'thumb'"),
        ("named_blob", "update named_blob set voided = 1"),
        ("named_blob", "update named_blob set sha256 = x'00'"),
        ("blob", "delete from blob"),
    ] {
        let intruder = clinic.intruder();
        let refused = intruder.execute(change, []).map_err(|error| error.to_string());
        if table == "named_blob" {
            assert!(refused.unwrap_err().starts_with("named_blob: "), "{change}");
            intruder.execute("insert into write_gate (open) values (1)", []).unwrap();
            intruder.execute(change, []).unwrap();
        }
        drop(intruder);
        assert_eq!(clinic.act(|act, _| act.rebuild_check().unwrap()).differing, [table], "{change}");
        clinic.act(|act, _| act.rebuild(&mut |_, _| {}).unwrap());
        assert!(clinic.act(|act, _| act.rebuild_check().unwrap()).differing.is_empty(), "{change}");
        assert_eq!(clinic.act(|act, _| act.wanted_blobs(10).unwrap().len()), 2, "{change}");
    }
}
