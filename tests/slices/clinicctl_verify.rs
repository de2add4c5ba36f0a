//! `clinicctl verify` with nothing but a public key: whoever holds a paper needs no clinic.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use crypto::cose::{Claims, issue};
use crypto::issuing::{IssuingKey, public_pem};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::papers::{claims, paper};
use tests::program;

/// A folder with `key.pem`, and the key to issue with.
struct Holder {
    folder: TempDir,
    key: IssuingKey,
}

impl Holder {
    fn new() -> Self {
        let holder = Self { folder: tempfile::tempdir().unwrap(), key: IssuingKey::generate().unwrap() };
        holder.file("key.pem", public_pem(holder.key.public()).as_bytes());
        holder
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A certificate that is valid for long.
    fn code(&self) -> String {
        let until = "2999-12-31".parse().ok();
        issue(&Claims { until, ..claims() }, &self.key).unwrap()
    }

    fn verify(&self, what: &str, words: &[&str]) -> Output {
        let mut command = Command::new(program("clinicctl").unwrap());
        command.env_clear().env("TZ", "Asia/Manila").current_dir(&self.folder);
        command.args(["verify", what, "--key", "key.pem"]).args(words).output().unwrap()
    }

    /// What is said of a code that the key signed: no record says whether it was issued.
    fn answer(&self, what: &str) -> Value {
        let output = self.verify(what, &["--json"]);
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
        let refusal: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert_eq!(refusal["code"], "unrecorded");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn refusal(&self, what: &str) -> Value {
        let output = self.verify(what, &[]);
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
        assert!(output.stdout.is_empty(), "nothing is said of what is not genuine");
        let refusal: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert!(refusal["message"].as_str().unwrap().ends_with('.'));
        refusal
    }
}

#[test]
fn a_pdf_a_picture_a_text_file_and_the_text_itself_say_the_same() {
    let holder = Holder::new();
    let code = holder.code();
    let pdf = paper(&code);
    holder.file("paper.pdf", &pdf);
    holder.file("paper.png", &documents::pixels::page(&pdf, 1, 1_300).unwrap());
    let (one, two) = code.split_at(90);
    holder.file("paper.txt", format!("{one}\r\n{two}\n").as_bytes());
    for what in ["paper.pdf", "paper.png", "paper.txt", &code] {
        let answer = holder.answer(what);
        assert_eq!(answer["outcome"], "unrecorded", "{what}");
        assert_eq!(answer["claims"]["name"], "Gustavo Mejía");
        assert_eq!(answer["claims"]["verdict"], "not_fit");
        assert_eq!(answer["claims"]["issued_at"], "2026-11-22T10:31:00+08:00");
        assert_eq!((&answer["revocations_as_of"], &answer["certificate"]), (&Value::Null, &Value::Null));
    }
}

#[test]
fn in_words_it_says_what_was_signed_and_that_no_record_was_asked() {
    let holder = Holder::new();
    let output = holder.verify(&holder.code(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();
    for words in [
        "no record known here holds it",
        "the paper must read:",
        "name         Gustavo Mejía",
        "finding      not fit",
        "last day     2999-12-31",
        "signed by    Dr. Ana Doctor, licence 0104417",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("genuine"), "{told}");
}

#[test]
fn a_changed_digit_a_foreign_key_and_an_invented_code_are_refused() {
    let holder = Holder::new();
    let code = holder.code();
    for (at, digit) in code.char_indices().filter(|(at, sign)| *at > 4 && sign.is_ascii_digit()).take(10) {
        let other = if digit == '7' { '8' } else { '7' };
        let changed = format!("{}{other}{}", &code[..at], &code[at + 1..]);
        let refused = holder.refusal(&changed)["code"].clone();
        assert!(refused == "not_genuine" || refused == "unknown_issuer", "{refused}");
    }
    assert_eq!(holder.refusal(&paper_code_of_another())["code"], "unknown_issuer");
    assert_eq!(holder.refusal("CD1:MADE UP")["code"], "not_genuine");
    holder.file("forged.pdf", &paper("CD1:MADE UP"));
    assert_eq!(holder.refusal("forged.pdf")["code"], "not_genuine");
    let output = holder.verify("CD1:MADE UP", &["--json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["outcome"], &answer["claims"]), (&json!("not_genuine"), &Value::Null));
}

fn paper_code_of_another() -> String {
    issue(&claims(), &IssuingKey::generate().unwrap()).unwrap()
}

#[test]
fn a_file_from_which_no_code_can_be_read_is_refused_with_the_reason() {
    let holder = Holder::new();
    let reason = |what: &str| {
        let refusal = holder.refusal(what);
        assert_eq!(refusal["code"], "unreadable_code", "{refusal}");
        refusal["fields"]["reason"].clone()
    };
    holder.file("a.gif", b"GIF89a and so on");
    assert_eq!(reason("a.gif"), "kind");
    holder.file("notes.txt", b"see the doctor");
    assert_eq!(reason("notes.txt"), "kind");
    holder.file("torn.pdf", b"%PDF-1.7 and nothing");
    assert_eq!(reason("torn.pdf"), "damaged");
    holder.file("other.pdf", &paper("HTTPS://EXAMPLE.EDU/A"));
    assert_eq!(reason("other.pdf"), "no_code");
    holder.file("large.png", &vec![0; documents::scan::MOST_BYTES + 1]);
    assert_eq!(reason("large.png"), "too_large");
}

#[test]
fn a_missing_file_a_number_and_a_key_that_is_none_are_wrong_usage() {
    let holder = Holder::new();
    for (what, told) in
        [("nowhere.pdf", "nowhere.pdf could not be read"), ("MAIN-01-26-00417-W", "give --data")]
    {
        let output = holder.verify(what, &[]);
        assert_eq!(output.status.code(), Some(2), "{what}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(told), "{what}");
    }
    holder.file("key.pem", b"-----BEGIN PUBLIC KEY-----");
    let output = holder.verify(&holder.code(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("key.pem holds no P-256 public key"));
}
