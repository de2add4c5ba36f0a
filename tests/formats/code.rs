//! `docs/formats/certificate-code.md`.

use crypto::cose::{Claims, NotIssued, Refused, SignsCertificates, issue, issuer_of, verify};
use crypto::signed::key_id;
use domain::certificates::Verdict;
use serde_json::Value as Json;

use crate::vectors::{Vectors, array, text};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/certificate-code.json"))
}

fn claims(json: &Json) -> Claims {
    let words = |name: &str| json[name].as_str().map(str::to_owned);
    let day = |name: &str| json[name].as_str().map(|day| day.parse().unwrap());
    let verdict = text(&json["verdict"]);
    Claims {
        issuer: words("issuer").unwrap(),
        number: words("number").unwrap(),
        name: words("name").unwrap(),
        birth_date: day("birth_date"),
        identifier: words("identifier"),
        verdict: *Verdict::ALL.iter().find(|known| known.word() == verdict).unwrap(),
        from: day("from"),
        until: day("until"),
        signer: words("signer").unwrap(),
        licence: words("licence"),
        text_digest: array(&json["text_digest"]),
        issued_at: json["issued_at"].as_i64().unwrap(),
        kind: words("kind").unwrap(),
    }
}

/// Signs as the other hand did: ES256 takes randomness, so a signature is not made again.
struct Signer([u8; 8], [u8; 64]);

impl SignsCertificates for Signer {
    fn kid(&self) -> [u8; 8] {
        self.0
    }

    fn sign(&self, _: &[u8]) -> Result<[u8; 64], NotIssued> {
        Ok(self.1)
    }
}

#[test]
fn a_code_is_genuine_says_the_same_and_is_the_one_text_of_what_it_says() {
    let vectors = vectors();
    let key: [u8; 65] = array(vectors.get("key"));
    for case in vectors.list("codes") {
        let (code, said) = (text(&case["text"]), claims(&case["claims"]));
        assert_eq!(verify(code, &[[4; 65], key]), Ok(said.clone()));
        assert_eq!(issuer_of(code), Some(key_id(&key)));
        let signer = Signer(key_id(&key), array(&case["signature"]));
        assert_eq!(issue(&said, &signer), Ok(code.to_owned()));
    }
}

#[test]
fn every_other_text_is_refused_for_the_same_reason() {
    let vectors = vectors();
    let key: [u8; 65] = array(vectors.get("key"));
    for case in vectors.list("refused") {
        let fault = match text(&case["fault"]) {
            "unknown issuer" => Refused::UnknownIssuer,
            _ => Refused::NotGenuine,
        };
        assert_eq!(verify(text(&case["text"]), &[key]), Err(fault), "{}", text(&case["why"]));
    }
}
