//! The signed payload of a certificate's code, which anybody can check without us.
//!
//! A COSE_Sign1 message (RFC 9052, tagged 18) with ES256 (RFC 9053). Protected: algorithm and kid;
//! unprotected: nothing. Its payload is a CWT claims set (RFC 8392):
//!
//! | label | claim |
//! |---|---|
//! | 1 (iss) | the clinic |
//! | 2 (sub) | the person's name |
//! | 6 (iat) | when it was issued, whole seconds since 1970 |
//! | 7 (cti) | the certificate's number, UTF-8 |
//! | -65537 (private) | what it certifies: a map |
//!
//! | key | in that map |
//! |---|---|
//! | 1 | date of birth, text |
//! | 2 | identifier, text |
//! | 3 | verdict: `fit`, `fit_with_limits`, `not_fit`; `prescribed` of spectacles |
//! | 4, 5 | first and last day, text |
//! | 6, 7 | who signed it, their licence |
//! | 8 | SHA-256 of the printed text |
//! | 9 | what sort of certificate |
//!
//! Days are text as on paper: `exp` and `nbf` are seconds and would need a time zone. All of it in
//! deterministic CBOR, the signature with the smaller of its two values of s, `CD1:` and Base45
//! (RFC 9285) around it: one certificate has one text, and every other text is refused. A claim
//! more needs a `CD2:`.

use coset::cbor::Value;
use coset::cwt::{ClaimName, ClaimsSet, ClaimsSetBuilder, Timestamp};
use coset::iana::Algorithm;
use coset::{CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable};
use domain::certificates::{Facts, Verdict};
use domain::verify::Says;
use domain::{Digest, PartialDate, Zone};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

use crate::sha256;
use crate::signed::key_id;

/// What a code begins with.
pub const PREFIX: &str = "CD1:";

/// No QR code holds a longer text (version 40-L, alphanumeric).
const LONGEST: usize = 4296;
const PRIVATE: i64 = -65537;

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The clinic.
    pub issuer: String,
    /// The certificate's number.
    pub number: String,
    /// The person's name.
    pub name: String,
    /// Their date of birth.
    pub birth_date: Option<PartialDate>,
    /// An identifier of theirs.
    pub identifier: Option<String>,
    /// What was found.
    pub verdict: Verdict,
    /// The first day.
    pub from: Option<PartialDate>,
    /// The last day.
    pub until: Option<PartialDate>,
    /// Who signed it, as printed.
    pub signer: String,
    /// The signer's licence, as printed.
    pub licence: Option<String>,
    /// SHA-256 of the printed text.
    pub text_digest: Digest,
    /// When it was issued, in seconds since 1970.
    pub issued_at: i64,
    /// What sort of certificate: its printed title.
    pub kind: String,
}

/// Who signs certificates. It is passed in, because ES256 takes randomness of its own.
pub trait SignsCertificates {
    /// The [`key_id`] of the public key.
    fn kid(&self) -> [u8; 8];

    /// The ES256 signature over these bytes: r and s, 32 bytes each.
    ///
    /// # Errors
    /// [`NotIssued`] when the key cannot sign.
    fn sign(&self, to_be_signed: &[u8]) -> Result<[u8; 64], NotIssued>;
}

/// The certificate could not be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the certificate could not be signed")]
pub struct NotIssued;

/// Why a text is not taken for a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is none, or somebody changed it.
    #[error("not genuine")]
    NotGenuine,
    /// None of the known keys signed it; nothing can be said of it.
    #[error("unknown issuer")]
    UnknownIssuer,
}

/// The text of the code for `claims`, a new one at each call.
///
/// # Errors
/// [`NotIssued`] when the signer cannot sign, or the text is too long for a code.
pub fn issue(claims: &Claims, signer: &dyn SignsCertificates) -> Result<String, NotIssued> {
    let signature = signer.sign(&unsigned(claims, signer.kid())?.tbs_data(&[]))?;
    let text = text(claims, signer.kid(), lower(signature))?;
    if text.len() <= LONGEST { Ok(text) } else { Err(NotIssued) }
}

/// What the code `text` says, when the owner of one of `keys` (P-256, uncompressed, SEC 1) signed it.
/// Whether it is still valid and was not revoked is another question.
///
/// # Errors
/// [`Refused`] when nobody or somebody unknown did.
pub fn verify(text: &str, keys: &[[u8; 65]]) -> Result<Claims, Refused> {
    let (message, claims, kid, signature) = read(text).ok_or(Refused::NotGenuine)?;
    let mut known = keys.iter().filter(|key| key_id(*key) == kid).peekable();
    if known.peek().is_none() {
        return Err(Refused::UnknownIssuer);
    }
    let signed = message.tbs_data(&[]);
    let genuine = |key: &[u8; 65]| {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key).verify(&signed, &signature).is_ok()
    };
    if known.any(genuine) { Ok(claims) } else { Err(Refused::NotGenuine) }
}

/// The [`key_id`] of the key that the code says has signed it: to look up its revocations.
#[must_use]
pub fn issuer_of(text: &str) -> Option<[u8; 8]> {
    read(text).map(|(_, _, kid, _)| kid)
}

/// What the code says, whoever signed it: to look up what the records hold under its number.
#[must_use]
pub fn claimed(text: &str) -> Option<Claims> {
    read(text).map(|(_, claims, _, _)| claims)
}

/// The parts of a text that is the one text of its claims, key and signature.
fn read(text: &str) -> Option<(CoseSign1, Claims, [u8; 8], [u8; 64])> {
    let encoded = text.strip_prefix(PREFIX).filter(|_| text.len() <= LONGEST)?;
    let message = CoseSign1::from_tagged_slice(&base45::decode(encoded).ok()?).ok()?;
    let claims = Claims::from_set(ClaimsSet::from_slice(message.payload.as_ref()?).ok()?)?;
    let kid = message.protected.header.key_id.as_slice().try_into().ok()?;
    let signature = message.signature.as_slice().try_into().ok()?;
    let own = self::text(&claims, kid, signature).ok()?;
    (own == text && lower(signature) == signature).then_some((message, claims, kid, signature))
}

fn unsigned(claims: &Claims, kid: [u8; 8]) -> Result<CoseSign1, NotIssued> {
    let protected = HeaderBuilder::new().algorithm(Algorithm::ES256).key_id(kid.to_vec()).build();
    let payload = claims.to_set().to_vec().map_err(|_| NotIssued)?;
    Ok(CoseSign1Builder::new().protected(protected).payload(payload).build())
}

fn text(claims: &Claims, kid: [u8; 8], signature: [u8; 64]) -> Result<String, NotIssued> {
    let mut message = unsigned(claims, kid)?;
    message.signature = signature.to_vec();
    let bytes = message.to_tagged_vec().map_err(|_| NotIssued)?;
    Ok(format!("{PREFIX}{}", base45::encode(bytes)))
}

impl Claims {
    /// What the code of a paper with these `facts` and this `number` says; none without a verdict.
    #[must_use]
    pub fn of(facts: &Facts, number: &str) -> Option<Self> {
        Some(Self {
            issuer: facts.issuer.clone(),
            number: number.to_owned(),
            name: facts.name.clone(),
            birth_date: facts.birth_date,
            identifier: facts.identifier.clone(),
            verdict: facts.verdict?,
            from: facts.from,
            until: facts.until,
            signer: facts.signer.clone(),
            licence: facts.licence.clone(),
            text_digest: sha256(&[facts.printed().as_bytes()]),
            issued_at: facts.at.milliseconds().div_euclid(1000),
            kind: facts.title.clone(),
        })
    }

    /// What is told of them, with the time as it was in `zone`.
    #[must_use]
    pub fn said(self, zone: &Zone) -> Says {
        let milliseconds = u64::try_from(self.issued_at).unwrap_or_default().saturating_mul(1000);
        Says {
            issuer: self.issuer,
            number: self.number,
            kind: self.kind,
            name: self.name,
            birth_date: self.birth_date,
            identifier: self.identifier,
            verdict: self.verdict,
            from: self.from,
            until: self.until,
            signer: self.signer,
            licence: self.licence,
            issued_at: zone.instant(milliseconds),
        }
    }

    fn to_set(&self) -> ClaimsSet {
        let day = |date: &Option<PartialDate>| date.map(|date| date.to_string());
        let members = [
            day(&self.birth_date).map(Value::Text),
            self.identifier.clone().map(Value::Text),
            Some(Value::Text(self.verdict.word().to_owned())),
            day(&self.from).map(Value::Text),
            day(&self.until).map(Value::Text),
            Some(Value::Text(self.signer.clone())),
            self.licence.clone().map(Value::Text),
            Some(Value::Bytes(self.text_digest.to_vec())),
            Some(Value::Text(self.kind.clone())),
        ];
        let members = (1..)
            .zip(members)
            .filter_map(|(key, value)| Some((Value::Integer(i64::into(key)), value?)))
            .collect();
        ClaimsSetBuilder::new()
            .issuer(self.issuer.clone())
            .subject(self.name.clone())
            .issued_at(Timestamp::WholeSeconds(self.issued_at))
            .cwt_id(self.number.clone().into_bytes())
            .private_claim(PRIVATE, Value::Map(members))
            .build()
    }

    /// Members that are not listed above are not looked for: with them the text would be another.
    fn from_set(set: ClaimsSet) -> Option<Self> {
        let Some(Timestamp::WholeSeconds(issued_at)) = set.issued_at else {
            return None;
        };
        let [(ClaimName::PrivateUse(PRIVATE), Value::Map(members))] = set.rest.as_slice() else {
            return None;
        };
        let member = |key: i64| {
            let found = members.iter().find(|(known, _)| *known == Value::Integer(key.into()));
            found.map(|(_, value)| value)
        };
        let text = |key| member(key).and_then(Value::as_text);
        let day = |key| text(key).and_then(|day| day.parse().ok());
        let verdict = text(3)?;
        Some(Self {
            issuer: set.issuer?,
            number: String::from_utf8(set.cwt_id?).ok()?,
            name: set.subject?,
            birth_date: day(1),
            identifier: text(2).map(str::to_owned),
            verdict: *Verdict::ALL.iter().find(|known| known.word() == verdict)?,
            from: day(4),
            until: day(5),
            signer: text(6)?.to_owned(),
            licence: text(7).map(str::to_owned),
            text_digest: member(8)?.as_bytes()?.as_slice().try_into().ok()?,
            issued_at,
            kind: text(9)?.to_owned(),
        })
    }
}

/// The order of P-256 (FIPS 186-5; SP 800-186, section 3.2.1.3).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
    0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// The signature with the smaller of s and order - s: both are valid, and one text is to be the only one.
fn lower(signature: [u8; 64]) -> [u8; 64] {
    let s = &signature[32..];
    let mut other = [0; 32];
    let mut borrow = 0;
    for ((place, order), s) in other.iter_mut().zip(ORDER).zip(s).rev() {
        let difference = i16::from(order) - i16::from(*s) - borrow;
        borrow = i16::from(difference < 0);
        *place = difference.to_be_bytes()[1];
    }
    let smaller = if borrow == 0 && other.as_slice() < s { &other } else { s };
    let mut lower = signature;
    lower[32..].copy_from_slice(smaller);
    lower
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::issuing::IssuingKey;

    pub(crate) fn claims() -> Claims {
        Claims {
            issuer: "Riverside Clinic".to_owned(),
            number: "R-26-000123".to_owned(),
            name: "Zoë Åström".to_owned(),
            birth_date: "1990-02-03".parse().ok(),
            identifier: Some("900203-1234".to_owned()),
            verdict: Verdict::FitWithLimits,
            from: "2026-11-22".parse().ok(),
            until: "2026-12-31".parse().ok(),
            signer: "Dr Ada Bo".to_owned(),
            licence: Some("77123".to_owned()),
            text_digest: [7; 32],
            issued_at: 1_795_300_000,
            kind: "Medical certificate".to_owned(),
        }
    }

    fn bare() -> Claims {
        Claims { birth_date: None, identifier: None, from: None, until: None, licence: None, ..claims() }
    }

    type Members = Vec<(Value, Value)>;

    /// A text with its COSE message changed but not signed again.
    fn changed(text: &str, change: impl FnOnce(&mut CoseSign1)) -> String {
        let bytes = base45::decode(&text[PREFIX.len()..]).unwrap();
        let mut message = CoseSign1::from_tagged_slice(&bytes).unwrap();
        change(&mut message);
        format!("{PREFIX}{}", base45::encode(message.to_tagged_vec().unwrap()))
    }

    /// A text whose payload is this value, truly signed.
    fn signed(key: &IssuingKey, payload: Vec<u8>) -> String {
        let mut message = unsigned(&claims(), key.kid()).unwrap();
        message.payload = Some(payload);
        message.signature = lower(key.sign(&message.tbs_data(&[])).unwrap()).to_vec();
        format!("{PREFIX}{}", base45::encode(message.to_tagged_vec().unwrap()))
    }

    #[test]
    fn what_was_issued_is_genuine_with_all_it_says() {
        let key = IssuingKey::generate().unwrap();
        for claims in [claims(), bare()] {
            let text = issue(&claims, &key).unwrap();
            assert_eq!(verify(&text, &[*key.public()]), Ok(claims));
            assert_eq!(issuer_of(&text), Some(key.kid()));
        }
    }

    /// Made by Python's `cryptography` with CBOR and Base45 written for it from the standards.
    #[test]
    fn what_another_implementation_issued_is_genuine() {
        let public = "0485bdbae4af0a117750c25bb74ccd00268916b56fe4dc2d2c7488a8bf7be9ded937b59f6371240fdbd07345\
             3a77055237146faaa568718fc4b736216ebcd43dc1";
        let text = "CD1:RRQT 9O60GO0EVJK$NP0K0.18CKYAP880$IAO/E4LEPEDDZCPN8ZEDOED D0LJB6XOH648*GKWEHXOAZDDF3\
             /B0HAKMN95W59%6646746QF6/E7V50Y302801A6FA73W5KF6946YD0FA78469464W5QF6+P6X3E-ED43C-EDY8DX\
             VDJ$DLWE5P0NF6TF64W5Y96PF6 U0NF6TF64W5KF6AL6L 0HT8M342VCN34S1E ZC:/6QF6L21924:*0:*0:*0:*\
             0:*0:*0:*0:*0:*0:*0:*0:*0:*0:*0:*01+0.PE  COEDAECB445$CBWER.CGPC7WE27B38WJ4TY+AIZB/U6D/8\
             O6QQYL*Y2 QCB58S1E1C0LTRXND/HEXBAMLDIL9MFIN3R:3AAQ3SKB/JPJ6SN1CBTL- 37X5$K37.I";
        let public = domain::hex::decode(public).unwrap().try_into().unwrap();
        assert_eq!(verify(text, &[public]), Ok(claims()));
    }

    #[test]
    fn the_text_is_what_a_code_holds_as_letters_and_digits() {
        let text = issue(&claims(), &IssuingKey::generate().unwrap()).unwrap();
        let alphanumeric =
            |sign: char| sign.is_ascii_digit() || sign.is_ascii_uppercase() || " $%*+-./:".contains(sign);
        assert!(text.chars().all(alphanumeric), "{text}");
        assert!(text.len() < 500, "{}", text.len());
    }

    #[test]
    fn a_key_that_nobody_knows_is_told_from_a_false_signature() {
        let (key, other) = (IssuingKey::generate().unwrap(), IssuingKey::generate().unwrap());
        let text = issue(&claims(), &key).unwrap();
        assert_eq!(verify(&text, &[*other.public()]), Err(Refused::UnknownIssuer));
        assert_eq!(verify(&text, &[]), Err(Refused::UnknownIssuer));
        assert!(verify(&text, &[*other.public(), *key.public()]).is_ok());
        struct InAnothersName(IssuingKey, [u8; 8]);
        impl SignsCertificates for InAnothersName {
            fn kid(&self) -> [u8; 8] {
                self.1
            }
            fn sign(&self, to_be_signed: &[u8]) -> Result<[u8; 64], NotIssued> {
                self.0.sign(to_be_signed)
            }
        }
        let forged = issue(&claims(), &InAnothersName(other, key.kid())).unwrap();
        assert_eq!(verify(&forged, &[*key.public()]), Err(Refused::NotGenuine));
    }

    #[test]
    fn another_writing_of_the_same_certificate_is_refused() {
        let key = IssuingKey::generate().unwrap();
        let text = issue(&claims(), &key).unwrap();
        let bytes = base45::decode(&text[PREFIX.len()..]).unwrap();
        let written = |bytes: &[u8]| format!("{PREFIX}{}", base45::encode(bytes));
        let upper = changed(&text, |message| {
            let mut borrow = 0;
            for (s, order) in message.signature[32..].iter_mut().zip(ORDER).rev() {
                let difference = i16::from(order) - i16::from(*s) - borrow;
                borrow = i16::from(difference < 0);
                *s = difference.to_be_bytes()[1];
            }
        });
        let message = CoseSign1::from_tagged_slice(&base45::decode(&upper[4..]).unwrap()).unwrap();
        let still_signed = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.public())
            .verify(&message.tbs_data(&[]), &message.signature);
        assert!(still_signed.is_ok(), "the other s is a valid signature as such");
        let refused = [
            ("the other s", upper),
            ("lower case", text.to_lowercase()),
            ("no prefix", text[PREFIX.len()..].to_owned()),
            ("another version", text.replacen("CD1:", "CD2:", 1)),
            ("a space after it", format!("{text} ")),
            ("no tag", written(&bytes[1..])),
            ("another tag", written(&[&[0xd1], &bytes[1..]].concat())),
            ("the tag in two bytes", written(&[&[0xd8, 18], &bytes[1..]].concat())),
            ("an indefinite list", written(&[&[0xd2, 0x9f], &bytes[2..], &[0xff]].concat())),
            ("bytes after it", written(&[&bytes[..], &[0]].concat())),
            ("an unprotected header", changed(&text, |message| message.unprotected.key_id = vec![1; 8])),
            ("a very deep list", written(&[0x81; 2800])),
            ("nothing", PREFIX.to_owned()),
            ("endless text", format!("{PREFIX}{}", "0".repeat(1_000_000))),
        ];
        for (what, text) in refused {
            assert_eq!(verify(&text, &[*key.public()]), Err(Refused::NotGenuine), "{what}");
        }
        let other_header = |change: fn(HeaderBuilder) -> HeaderBuilder| {
            changed(&text, |message| {
                let header = HeaderBuilder::new().algorithm(Algorithm::ES256).key_id(key.kid().to_vec());
                message.protected =
                    coset::ProtectedHeader { original_data: None, header: change(header).build() };
            })
        };
        assert_eq!(other_header(|header| header), text);
        for text in [
            other_header(|header| header.algorithm(Algorithm::ES384)),
            other_header(|header| header.key_id(vec![1; 7])),
            other_header(|header| header.content_type("x".to_owned())),
        ] {
            assert_eq!(verify(&text, &[*key.public()]), Err(Refused::NotGenuine));
        }
    }

    #[test]
    fn truly_signed_claims_of_another_shape_are_refused() {
        let key = IssuingKey::generate().unwrap();
        assert!(verify(&signed(&key, claims().to_set().to_vec().unwrap()), &[*key.public()]).is_ok());
        let shaped = |change: &dyn Fn(&mut ClaimsSet)| {
            let mut set = claims().to_set();
            change(&mut set);
            signed(&key, set.to_vec().unwrap())
        };
        let private = |change: &dyn Fn(&mut Members)| {
            shaped(&|set: &mut ClaimsSet| {
                if let Some((_, Value::Map(members))) = set.rest.first_mut() {
                    change(members);
                }
            })
        };
        let refused = [
            ("no claims", signed(&key, vec![0xa0])),
            ("no map", signed(&key, vec![0x01])),
            ("no issuer", shaped(&|set| set.issuer = None)),
            ("an audience", shaped(&|set| set.audience = Some("x".to_owned()))),
            ("a broken second", shaped(&|set| set.issued_at = Some(Timestamp::FractionalSeconds(1.5)))),
            ("no private claims", shaped(&|set| set.rest.clear())),
            ("an unknown verdict", private(&|members| members[2].1 = Value::Text("fine".to_owned()))),
            ("a day that is none", private(&|members| members[3].1 = Value::Text("soon".to_owned()))),
            ("members out of order", private(&|members| members.swap(0, 1))),
            ("a member twice", private(&|members| members.push(members[0].clone()))),
            ("a member more", private(&|members| members.push((Value::Integer(10.into()), Value::Null)))),
            ("a short digest", private(&|members| members[7].1 = Value::Bytes(vec![7; 31]))),
        ];
        for (what, text) in refused {
            assert_eq!(verify(&text, &[*key.public()]), Err(Refused::NotGenuine), "{what}");
        }
    }

    #[test]
    fn a_signer_that_fails_and_a_text_too_long_for_a_code_issue_nothing() {
        struct Broken;
        impl SignsCertificates for Broken {
            fn kid(&self) -> [u8; 8] {
                [0; 8]
            }
            fn sign(&self, _: &[u8]) -> Result<[u8; 64], NotIssued> {
                Err(NotIssued)
            }
        }
        assert_eq!(issue(&claims(), &Broken), Err(NotIssued));
        let endless = Claims { name: "x".repeat(4000), ..claims() };
        assert_eq!(issue(&endless, &IssuingKey::generate().unwrap()), Err(NotIssued));
    }

    #[test]
    fn the_smaller_s_is_taken_and_stays() {
        let mut signature = [0xff; 64];
        signature[32..].copy_from_slice(&ORDER);
        signature[63] -= 1;
        let mut one = [0; 32];
        one[31] = 1;
        assert_eq!(lower(signature)[32..], one);
        assert_eq!(lower(lower(signature)), lower(signature));
        signature[32..].fill(0xff);
        assert_eq!(lower(signature), signature, "what is above the order is no signature anyway");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

        #[test]
        fn no_changed_text_is_ever_genuine(
            places in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4),
            cut in any::<prop::sample::Index>(),
            how in 0..5,
        ) {
            let (key, text) = issued();
            let mut signs = text.clone().into_bytes();
            let letters = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
            let at = cut.index(signs.len());
            match how {
                0 => signs.truncate(at),
                1 => { signs.remove(at); }
                2 => signs.insert(at, letters[places[0].1.index(45)]),
                3 => signs.swap(at, places[0].0.index(text.len())),
                _ => for (place, letter) in &places {
                    let place = place.index(signs.len());
                    signs[place] = letters[letter.index(45)];
                },
            }
            let mutated = String::from_utf8(signs).unwrap();
            let verified = verify(&mutated, std::slice::from_ref(key));
            prop_assert_eq!(verified.ok(), (mutated == *text).then(claims));
        }
    }

    proptest! {
        #[test]
        fn no_flipped_bit_of_the_message_is_ever_genuine(bit in any::<prop::sample::Index>()) {
            let (key, text) = issued();
            let mut bytes = base45::decode(&text[PREFIX.len()..]).unwrap();
            let bit = bit.index(bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            let flipped = format!("{PREFIX}{}", base45::encode(&bytes));
            prop_assert!(verify(&flipped, std::slice::from_ref(key)).is_err());
        }
    }

    /// One certificate for all mutations, and the public key.
    fn issued() -> &'static ([u8; 65], String) {
        static ISSUED: std::sync::OnceLock<([u8; 65], String)> = std::sync::OnceLock::new();
        ISSUED.get_or_init(|| {
            let key = IssuingKey::generate().unwrap();
            (*key.public(), issue(&claims(), &key).unwrap())
        })
    }
}
