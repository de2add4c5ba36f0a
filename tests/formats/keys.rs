//! `docs/formats/keys.md`.

use crypto::certify::{KeyCertificate, NotTrusted, trust};
use crypto::derive::{Cost, Floor, stretch};
use crypto::enrol::EnrolmentCode;
use crypto::issuing::IssuingKey;
use crypto::keys::{Bundle, open_bundle_above, seal_bundle};
use crypto::paper::Mistyped;
use crypto::root::{Fingerprint, Root};
use crypto::shares::Share;
use crypto::sheet::Sheet;
use crypto::slot::{clinic_slot, open_clinic_slot, open_sheet_slot, open_user_slot, sheet_slot, user_slot};
use crypto::testing::{COST, FLOOR, TestEntropy};
use crypto::{NotGenuine, SealingKey, Secret, Signed, SigningKey, StoreKey};
use domain::wire::{Message, Wire};
use domain::{ClinicId, Incarnation, RecordId, Value};
use serde_json::Value as Json;

use crate::vectors::{Vectors, array, bytes, number, text, value};

fn vectors() -> Vectors {
    Vectors::read(include_str!("../vectors/keys.json"))
}

fn cost(memory: &Json, passes: &Json) -> Cost {
    if number(memory) == u64::from(COST.memory_kib()) {
        return COST;
    }
    Cost::new(u32::try_from(number(memory)).unwrap(), u32::try_from(number(passes)).unwrap()).unwrap()
}

fn doctor() -> RecordId {
    RecordId::derived(b"doctor")
}

fn workstation() -> RecordId {
    RecordId::derived(b"workstation")
}

#[test]
fn a_password_gives_the_same_key() {
    for case in vectors().list("stretched").iter().filter(|case| case["memory"] == 32) {
        let cost = cost(&case["memory"], &case["passes"]);
        let key = stretch(text(&case["password"]), b"sixteen bytes!!!", cost).unwrap();
        assert_eq!(key.expose(), &array(&case["key"]), "{case}");
    }
}

#[test]
fn a_bundle_opens_and_comes_out_again() {
    for case in vectors().list("bundles") {
        let bundle = Bundle {
            sealing: SealingKey::from_private(Secret::new(&array(&case["sealing"]))),
            signing: SigningKey::from_seed(Secret::new(&array(&case["signing"]))),
            second_factor: case["factor"].as_str().map(|_| bytes(&case["factor"]).into()),
            epoch: number(&case["epoch"]),
        };
        let (password, cost) = (text(&case["password"]), cost(&case["memory"], &case["passes"]));
        let mut entropy = TestEntropy::new(number(&case["seed"]));
        let sealed = seal_bundle(&mut entropy, password, cost, doctor(), &bundle).unwrap();
        assert_eq!(sealed, bytes(&case["bytes"]));
        let floor = if cost == COST { FLOOR } else { Floor::default() };
        let opened = open_bundle_above(floor, password, &sealed, doctor()).unwrap();
        assert_eq!(opened.signing.public(), &array(&case["signs_with"]));
        assert_eq!(opened.sealing.public(), &array(&case["seals_with"]));
        assert_eq!(opened.second_factor, bundle.second_factor);
        assert_eq!(opened.epoch, bundle.epoch);
    }
}

#[test]
fn a_bundle_that_was_sealed_otherwise_does_not_open() {
    let vectors = vectors();
    let password = text(&vectors.list("bundles")[0]["password"]);
    for case in vectors.list("bundles_refused") {
        let floor = if case["floor"][0] == 32 { FLOOR } else { Floor::default() };
        let opened = open_bundle_above(floor, password, &bytes(&case["bytes"]), doctor());
        assert!(opened.is_err(), "{}", text(&case["why"]));
    }
}

/// The keys of the vectors' slots.
struct Slots {
    device: Secret<32>,
    person: SealingKey,
    recovery: SealingKey,
    sheet: Sheet,
    store: StoreKey,
    epoch: u64,
}

impl Slots {
    fn of(json: &Json) -> Self {
        Self {
            device: Secret::new(&array(&json["device"])),
            person: SealingKey::from_private(Secret::new(&array(&json["sealing"]))),
            recovery: SealingKey::from_private(Secret::new(&array(&json["recovery"]))),
            sheet: Sheet::random(&mut TestEntropy::new(number(&json["sheet_seed"]))),
            store: StoreKey::from_slice(&bytes(&json["store"])).unwrap(),
            epoch: number(&json["epoch"]),
        }
    }

    /// What the slot of this kind opens to: the store key's bytes and the epoch.
    fn open(&self, kind: &str, slot: &[u8]) -> Option<(Vec<u8>, u64)> {
        let opened = match kind {
            "user" => open_user_slot(&self.device, &self.person, (doctor(), workstation()), slot),
            "sheet" => open_sheet_slot(&self.sheet, workstation(), slot),
            _ => open_clinic_slot(&self.recovery, workstation(), slot),
        };
        opened.ok().map(|(store, epoch)| (store.to_bytes().to_vec(), epoch))
    }
}

#[test]
fn slots_open_and_come_out_again() {
    let vectors = vectors();
    let json = vectors.get("slots");
    let keys = Slots::of(json);
    let entropy = |name: &str| TestEntropy::new(number(&json[name]));
    let (who, public) = ((doctor(), workstation()), keys.person.public());
    let user = user_slot(&mut entropy("user_seed"), &keys.device, public, who, &keys.store, keys.epoch);
    let sheet =
        sheet_slot(&mut entropy("by_sheet_seed"), &keys.sheet, workstation(), &keys.store, keys.epoch);
    let recovery = keys.recovery.public();
    let clinic =
        clinic_slot(&mut entropy("by_clinic_seed"), recovery, workstation(), &keys.store, keys.epoch);
    let made = [
        ("user", "user", user.unwrap()),
        ("sheet", "by_sheet", sheet),
        ("clinic", "by_clinic", clinic.unwrap()),
    ];
    for (kind, name, slot) in made {
        assert_eq!(slot, bytes(&json[name]), "{kind}");
        assert_eq!(keys.open(kind, &slot), Some((bytes(&json["store"]), keys.epoch)), "{kind}");
    }
}

#[test]
fn a_key_to_issue_with_opens_to_its_person_at_its_installation_alone() {
    let vectors = vectors();
    let json = vectors.get("issuing");
    let person = SealingKey::from_private(Secret::new(&array(&json["sealing"])));
    let opened = |sealed: &Json| {
        IssuingKey::open(&person, doctor(), Incarnation::derived(b"incarnation"), &bytes(sealed))
    };
    assert_eq!(opened(&json["sealed"]).unwrap().public(), &array(&json["public"]));
    for case in json["refused"].as_array().unwrap() {
        assert!(opened(&case["sealed"]).is_err(), "{}", text(&case["why"]));
    }
}

#[test]
fn a_slot_that_was_changed_does_not_open() {
    let vectors = vectors();
    let keys = Slots::of(vectors.get("slots"));
    for case in vectors.list("slots_refused") {
        let opened = keys.open(text(&case["kind"]), &bytes(&case["bytes"]));
        assert_eq!(opened, None, "{}: {}", text(&case["kind"]), text(&case["why"]));
    }
}

fn lines(json: &Json) -> String {
    json.as_array().unwrap().iter().map(text).collect::<Vec<_>>().join("\n")
}

#[test]
fn papers_read_back_as_what_they_are() {
    for case in vectors().list("papers") {
        let typed = lines(&case["lines"]);
        let (sheet, share) = (Sheet::parse(&typed), Share::parse(&typed));
        let printed = match number(&case["tag"]) {
            0 => sheet.unwrap().lines().map(|line| line.to_string()),
            tag => {
                assert_eq!(sheet.unwrap_err(), Mistyped::Kind);
                let share = share.unwrap();
                assert_eq!(u64::from(share.number()), tag);
                share.lines().map(|line| line.to_string())
            }
        };
        assert_eq!(printed.join("\n"), typed);
    }
}

#[test]
fn a_mistyped_sheet_is_refused_for_the_same_reason() {
    for case in vectors().list("papers_refused") {
        let (fault, line) = text(&case["fault"]).split_once(' ').unwrap_or((text(&case["fault"]), "0"));
        let line = line.parse().unwrap();
        let expected = match fault {
            "line" => Mistyped::Line(line),
            "length" => Mistyped::Length(line),
            "lines" => Mistyped::Lines,
            "whole" => Mistyped::Whole,
            _ => Mistyped::Kind,
        };
        assert_eq!(Sheet::parse(text(&case["text"])).unwrap_err(), expected, "{case}");
    }
}

#[test]
fn a_root_has_the_same_keys_and_comes_back_from_any_two_shares() {
    let vectors = vectors();
    let json = vectors.get("root");
    let mut entropy = TestEntropy::new(number(&json["seed"]));
    let root = Root::random(&mut entropy);
    assert_eq!(root.signing().public(), &array(&json["public"]));
    assert_eq!(root.recovery().public(), &array(&json["recovery"]));
    let fingerprint = Fingerprint::of(root.signing().public());
    assert_eq!(fingerprint.0, array(&json["fingerprint"]));
    let shares = root.shares(&mut entropy);
    for (share, printed) in shares.iter().zip(json["shares"].as_array().unwrap()) {
        assert_eq!(share.lines().map(|line| line.to_string()).join("\n"), lines(printed));
    }
    let typed: Vec<Share> =
        json["shares"].as_array().unwrap().iter().map(|share| Share::parse(&lines(share)).unwrap()).collect();
    for (one, two) in [(0, 1), (2, 0), (1, 2)] {
        let again = Root::combine(&typed[one], &typed[two], fingerprint).unwrap();
        assert_eq!(again.signing().public(), root.signing().public());
    }
}

#[test]
fn an_enrolment_code_reads_back_with_its_clinic_and_gives_the_same_keys() {
    let vectors = vectors();
    let json = vectors.get("enrolment");
    let clinic = Fingerprint(array(&json["clinic"]));
    let made = EnrolmentCode::random(&mut TestEntropy::new(number(&json["seed"])), clinic);
    assert_eq!(made.lines().map(|line| line.to_string()).join("\n"), lines(&json["lines"]));
    let typed = EnrolmentCode::parse(&lines(&json["lines"])).unwrap();
    assert_eq!(typed.clinic(), clinic);
    assert_eq!(typed.signing().public(), &array(&json["signs_with"]));
    assert_eq!(typed.sealing().expose(), &array(&json["seals_under"]));
}

#[test]
fn chains_are_trusted_or_refused_for_the_same_reason() {
    for case in vectors().list("chains") {
        let clinic = ClinicId::from_value(&Value::Bytes(bytes(&case["clinic"]))).unwrap();
        let chain: Vec<Signed<KeyCertificate>> = case["chain"]
            .as_array()
            .unwrap()
            .iter()
            .map(|link| Signed::from_bytes(&bytes(link)).unwrap())
            .collect();
        let place = || usize::try_from(number(&case["place"])).unwrap();
        let trusted = trust(&array(&case["root"]), clinic, &chain);
        let expected = match text(&case["result"]) {
            "trusted" => {
                let said = trusted.unwrap();
                assert_eq!(said.to_value(), value(&case["says"]), "{}", text(&case["why"]));
                continue;
            }
            "length" => NotTrusted::Length,
            "unfit" => NotTrusted::Unfit(place()),
            "not allowed" => NotTrusted::NotAllowed(place()),
            "signer" => NotTrusted::NotGenuine(place(), NotGenuine::Signer),
            "signature" => NotTrusted::NotGenuine(place(), NotGenuine::Signature),
            _ => NotTrusted::NotGenuine(place(), NotGenuine::Bytes),
        };
        assert_eq!(trusted, Err(expected), "{}", text(&case["why"]));
    }
}
