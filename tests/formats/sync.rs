//! `docs/formats/sync.md`.

use crypto::exchange::{answered, digest_of, held, known, shelved};
use crypto::log::EntryBytes;
use crypto::signed::Signs;
use crypto::{Secret, Signed, SigningKey};
use domain::ClinicId;
use domain::sync::{
    Answer, AskBackup, BackupHeld, BackupPart, BlobChunk, BlobsHeld, DICTIONARY, Deposit, HaveBlobs,
    Question, Receipt, Received, Ticket, WantBlob, WantObject,
};
use domain::wire::{Message, Wire};

use crate::messages;
use crate::vectors::{Vectors, array, bytes, text};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/sync.json"))
}

#[test]
fn every_message_has_the_same_bytes() {
    messages::agree(vectors().list("messages"));
}

#[test]
fn a_message_of_a_newer_version_is_read_past_what_is_not_known() {
    for case in vectors().list("newer") {
        let (_, written) = messages::read(text(&case["sort"]), &bytes(&case["newer"])).unwrap();
        assert_eq!(written, bytes(&case["bytes"]), "{case}");
    }
}

#[test]
fn a_message_without_its_shape_is_refused() {
    for case in vectors().list("refused") {
        let read = messages::read(text(&case["sort"]), &bytes(&case["bytes"]));
        assert!(read.is_err(), "{}", text(&case["why"]));
    }
}

#[test]
fn a_signed_message_opens_as_what_it_is_and_comes_out_again() {
    fn agree<M: Signs>(key: &SigningKey, encoded: &[u8]) {
        let message = Signed::<M>::from_bytes(encoded).unwrap().open(key.public()).unwrap_or_else(|fault| {
            panic!("{}: {fault}", M::SORT);
        });
        assert_eq!(Signed::new(key, &message).to_bytes(), encoded, "{}", M::SORT);
    }
    let vectors = vectors();
    let key = SigningKey::from_seed(Secret::new(&array(&vectors.get("signer")["seed"])));
    for case in vectors.list("signed") {
        let encoded = bytes(&case["signed"]);
        match text(&case["sort"]) {
            "Question" => agree::<Question>(&key, &encoded),
            "Answer" => agree::<Answer>(&key, &encoded),
            "Deposit" => agree::<Deposit>(&key, &encoded),
            "Receipt" => agree::<Receipt>(&key, &encoded),
            "HaveBlobs" => agree::<HaveBlobs>(&key, &encoded),
            "BlobChunk" => agree::<BlobChunk>(&key, &encoded),
            "WantBlob" => agree::<WantBlob>(&key, &encoded),
            "BlobsHeld" => agree::<BlobsHeld>(&key, &encoded),
            "BackupPart" => agree::<BackupPart>(&key, &encoded),
            "AskBackup" => agree::<AskBackup>(&key, &encoded),
            "WantObject" => agree::<WantObject>(&key, &encoded),
            "BackupHeld" => agree::<BackupHeld>(&key, &encoded),
            _ => agree::<Ticket>(&key, &encoded),
        }
    }
}

#[test]
fn an_answer_is_the_servers_word_on_its_own_question_and_nothing_else_passes_for_one() {
    let vectors = vectors();
    let key = SigningKey::from_seed(Secret::new(&array(&vectors.get("signer")["seed"])));
    let told = vectors.get("answered");
    let asked = digest_of(&Signed::<Question>::from_bytes(&bytes(&told["question"])).unwrap());
    let read = |encoded: &[u8]| {
        let signed = Signed::<Answer>::from_bytes(encoded).ok()?;
        answered(key.public(), &asked, &signed).ok()
    };
    assert!(read(&bytes(&told["answer"])).is_some());
    for case in told["refused"].as_array().unwrap() {
        assert!(read(&bytes(&case["answer"])).is_none(), "{}", text(&case["why"]));
    }
}

#[test]
fn only_the_servers_word_on_its_own_question_about_files_is_one() {
    let vectors = vectors();
    let key = SigningKey::from_seed(Secret::new(&array(&vectors.get("signer")["seed"])));
    let told = vectors.get("held");
    let clinic = ClinicId::from_value(&domain::Value::Bytes(bytes(&told["clinic"]))).unwrap();
    let asked = digest_of(&Signed::<HaveBlobs>::from_bytes(&bytes(&told["question"])).unwrap());
    let read = |encoded: &[u8]| {
        let signed = Signed::<BlobsHeld>::from_bytes(encoded).ok()?;
        held(key.public(), clinic, &asked, &signed).ok()
    };
    assert!(read(&bytes(&told["answer"])).is_some());
    for case in told["refused"].as_array().unwrap() {
        assert!(read(&bytes(&case["answer"])).is_none(), "{}", text(&case["why"]));
    }
}

#[test]
fn only_the_servers_word_on_its_own_question_about_a_backup_is_one() {
    let vectors = vectors();
    let key = SigningKey::from_seed(Secret::new(&array(&vectors.get("signer")["seed"])));
    let told = vectors.get("shelved");
    let clinic = ClinicId::from_value(&domain::Value::Bytes(bytes(&told["clinic"]))).unwrap();
    let asked = digest_of(&Signed::<AskBackup>::from_bytes(&bytes(&told["question"])).unwrap());
    let read = |encoded: &[u8]| {
        let signed = Signed::<BackupHeld>::from_bytes(encoded).ok()?;
        shelved(key.public(), clinic, &asked, &signed).ok()
    };
    assert!(read(&bytes(&told["answer"])).is_some());
    for case in told["refused"].as_array().unwrap() {
        assert!(read(&bytes(&case["answer"])).is_none(), "{}", text(&case["why"]));
    }
}

#[test]
fn an_entry_is_sent_in_one_form_and_comes_back_whole() {
    let vectors = vectors();
    let told = vectors.get("entries");
    for case in told["sent"].as_array().unwrap() {
        let (whole, sent) = (bytes(&case["entry"]), bytes(&case["sent"]));
        assert_eq!(EntryBytes::from_bytes(&whole).unwrap().to_sent(), sent);
        assert_eq!(EntryBytes::from_sent(&sent).unwrap().to_bytes(), whole);
    }
    for case in told["refused"].as_array().unwrap() {
        assert!(EntryBytes::from_sent(&bytes(&case["sent"])).is_err(), "{}", text(&case["why"]));
    }
}

#[test]
fn the_dictionary_and_the_short_digest_are_the_same() {
    let vectors = vectors();
    assert_eq!(DICTIONARY, bytes(vectors.get("dictionary")));
    for case in vectors.list("known") {
        let logs = case["received"].as_array().unwrap().iter();
        let logs: Vec<_> = logs.map(|log| Received::from_bytes(&bytes(log)).unwrap()).collect();
        assert_eq!(known(&logs), array(&case["known"]));
    }
}
