//! What anybody who holds a paper is told, by what the clinic's workstations have told the server.

mod forged;
mod offline;
mod page;

use std::collections::BTreeMap;

use crypto::Signed;
use crypto::certify::KeyCertificate;
use crypto::cose::{Claims, issue};
use crypto::log::Draft;
use domain::access::{Licence, Role, User};
use domain::certificates::{Certificate, CertificateStatus, NumberBlock, NumberUse, Template};
use domain::clinic::Workstation;
use domain::patients::{Identifier, Patient};
use domain::record::{Entries, Hex, Record, Verb};
use domain::sync::Introduction;
use domain::wire::{Bytes, Message, Wire};
use domain::{OpId, RecordId, Value, cbor};
use serde_json::{Value as Json, json};
use tests::papers::{NUMBER, claims, facts};
use tokio_postgres::types::ToSql;

use crate::desk::{Desk, patch_of, step};
use crate::world::{Person, World, certificate, issuer, person};

/// A clinic with a template and a doctor who may issue, all of it at the server.
pub struct Story {
    pub world: World,
    pub desk: Desk,
    pub doctor: Person,
}

/// A certificate, and the ops of its last step.
pub struct Paper {
    pub id: RecordId,
    pub code: String,
    last: Vec<OpId>,
}

fn template() -> RecordId {
    RecordId::derived(b"template")
}

/// Whom the paper is about.
fn patient() -> RecordId {
    RecordId::derived(b"patient")
}

/// Their record.
fn mejia() -> Patient {
    let facts = facts();
    let (given, family) = facts.name.split_once(' ').unwrap();
    let number = Identifier { system: Some("student".to_owned()), value: facts.identifier, label: None };
    Patient {
        given: Some(given.to_owned()),
        family: Some(family.to_owned()),
        birth_date: facts.birth_date,
        identifiers: Some(Entries([("1".to_owned(), number)].into())),
        ..Patient::default()
    }
}

/// The bytes of every certificate's PDF here.
pub const PDF: &[u8] = b"%PDF-1.7 as it was issued";

impl Paper {
    /// The step by which it moves on.
    fn moved(&self, status: &str) -> Draft {
        let patch = [("status".to_owned(), Value::text(status))].into();
        let draft = patch_of(Certificate::KIND, self.id, Verb::Patch, patch, &self.last);
        Draft { reason: Some("entered in error".to_owned()), ..draft }
    }
}

impl Desk {
    /// What a signature of `person` here sets.
    fn signing(&self, person: &Person, number: &str, code: &str) -> BTreeMap<String, Value> {
        let facts = facts();
        let signed = [
            ("status", Value::text("issued")),
            ("number", Value::text(number)),
            ("signer", Value::text(person.id.to_string())),
            ("facts", Value::text(serde_json::to_string(&facts).unwrap())),
            ("issued_at", Value::text(facts.at.as_str())),
            ("payload", Value::text(code)),
            ("pdf", Value::text(domain::hex::encode(&crypto::sha256(&[PDF])))),
            ("issuer", Value::text(self.issuer().to_string())),
        ];
        signed.map(|(field, value)| (field.to_owned(), value)).into()
    }

    /// The steps by which `person` issues the draft `certificate` here: the number is drawn, and it is signed.
    fn issuing(
        &self,
        person: &Person,
        certificate: RecordId,
        number: &str,
        code: &str,
        seen: &[OpId],
    ) -> Vec<Draft> {
        let signed = self.signing(person, number, code);
        vec![
            self.drawn(certificate, number),
            patch_of(Certificate::KIND, certificate, Verb::Sign, signed, seen),
        ]
    }

    /// The step that says that `number` was used here for `certificate`.
    fn drawn(&self, certificate: RecordId, number: &str) -> Draft {
        let (prefix, serial) = domain::certificates::numbers::parted(number).unwrap_or((number, "0"));
        let used = NumberUse {
            certificate: Some(certificate),
            outcome: Some("used".to_owned()),
            ..NumberUse::default()
        };
        let block = NumberBlock {
            incarnation: Some(self.incarnation.to_string()),
            prefix: Some(prefix.to_owned()),
            uses: Some(Entries([(serial.to_owned(), used)].into())),
            ..NumberBlock::default()
        };
        let id = RecordId::derived(format!("{number} {certificate}").as_bytes());
        patch_of(NumberBlock::KIND, id, Verb::Create, store::patch_of(&block), &[])
    }
}

/// A certificate that says what the paper of the tests says.
fn draft(replaces: Option<RecordId>) -> Certificate {
    let facts = facts();
    Certificate {
        patient: Some(patient()),
        template: Some(template()),
        status: Some(CertificateStatus::Draft),
        verdict: facts.verdict,
        from: facts.from,
        until: facts.until,
        replaces,
        ..Certificate::default()
    }
}

impl Story {
    pub async fn begin() -> Self {
        let (world, mut desk) = World::founded().await;
        let by = &world.administrator;
        let mut doctor = person("doctor", Role::Doctor, &by.key, Some(by.id));
        doctor.user.name = Some(facts().signer);
        let licence = Licence {
            number: Some("0104417".to_owned()),
            until: "2027-12-31".parse().ok(),
            ..Licence::default()
        };
        doctor.user.licences = Some(Entries([("1".to_owned(), licence)].into()));
        let approvers = Some(vec!["doctor".to_owned()]);
        let (name, title) = (Some(facts().subject), Some(facts().title));
        let sick_leave = Template { name, title, approvers, active: Some(true), ..Template::default() };
        let patch = store::patch_of(&doctor.user);
        desk.write(by, vec![patch_of(User::KIND, doctor.id, Verb::Create, patch, &[])]);
        desk.write(by, vec![step(template(), Verb::Create, &sick_leave, &[])]);
        let key = issuer(&desk, &doctor, "MAIN-01");
        desk.write(&doctor, vec![key]);
        let mut story = Self { world, desk, doctor };
        story.sync().await;
        story
    }

    /// Registers whom the paper is about. What is written after a code tells of it, so a story of unknown codes does not.
    pub async fn register(&mut self) {
        let registered = store::patch_of(&mejia());
        let made = patch_of(Patient::KIND, patient(), Verb::Create, registered, &[]);
        self.desk.write(&self.doctor, vec![made]);
        self.sync().await;
    }

    pub async fn sync(&mut self) {
        let answer = self.desk.sync(&self.world).await;
        assert!(answer.verdicts.iter().all(|judged| judged.fault.is_none()), "{:?}", answer.verdicts);
    }

    /// A code of this workstation that stands in no record.
    pub fn code(&self, number: &str) -> String {
        issue(&Claims { number: number.to_owned(), ..claims() }, &self.desk.issuing).unwrap()
    }

    /// Issues a certificate and tells the server of it.
    pub async fn issue(&mut self, number: &str, replaces: Option<&Paper>) -> Paper {
        let paper = self.write(number, number, self.code(number), replaces);
        self.sync().await;
        paper
    }

    /// Writes a certificate down, called `name` among the records, that is signed with this number and code.
    fn write(&mut self, name: &str, number: &str, code: String, replaces: Option<&Paper>) -> Paper {
        let id = RecordId::derived(name.as_bytes());
        let draft = draft(replaces.map(|other| other.id));
        let begun = self.desk.write(&self.doctor, vec![step(id, Verb::Create, &draft, &[])]);
        let mut steps = self.desk.issuing(&self.doctor, id, number, &code, &begun);
        steps.extend(replaces.map(|other| other.moved("superseded")));
        let last = self.desk.write(&self.doctor, steps);
        Paper { id, code, last: vec![last[1]] }
    }

    /// Moves an issued certificate on.
    pub async fn end(&mut self, paper: &Paper, status: &str) {
        self.desk.write(&self.doctor, vec![paper.moved(status)]);
        self.sync().await;
    }

    pub async fn asked(&self, text: &str) -> Json {
        let request =
            self.world.http.post(format!("{}/verify", self.world.address)).json(&json!({"text": text}));
        let response = request.header("accept", "application/json").send().await.unwrap();
        assert_eq!(response.status(), 200, "{}", response.text().await.unwrap());
        response.json().await.unwrap()
    }

    pub async fn outcome(&self, text: &str) -> String {
        let answer = self.asked(text).await;
        let outcome = answer["outcome"].as_str().unwrap().to_owned();
        assert_eq!(
            answer["claims"].is_null(),
            ["not_genuine", "unknown_issuer"].contains(&&*outcome),
            "{answer}"
        );
        outcome
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_issued_is_genuine_and_says_what_was_signed() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let answer = story.asked(&format!("  {}\r\n", paper.code)).await;
    assert_eq!((&answer["outcome"], &answer["recorded"]), (&json!("genuine"), &json!(true)));
    assert_eq!(answer["revocations_as_of"], "2026-11-22");
    assert_eq!(answer["claims"]["name"], "Gustavo Mejía");
    assert_eq!(answer["claims"]["issued_at"], "2026-11-22T03:31:00+01:00", "the site is in Berlin");
    story.world.pass(3 * 86_400_000);
    assert_eq!(story.outcome(&paper.code).await, "genuine", "its last day");
    story.world.pass(86_400_000);
    assert_eq!(story.outcome(&paper.code).await, "expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_digit_is_not_genuine() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let digits = paper.code.char_indices().filter(|(at, sign)| *at > 40 && sign.is_ascii_digit());
    for (at, digit) in digits.step_by(9) {
        let other = if digit == '7' { '8' } else { '7' };
        let changed = format!("{}{other}{}", &paper.code[..at], &paper.code[at + 1..]);
        assert_eq!(story.outcome(&changed).await, "not_genuine", "{at}");
    }
    assert_eq!(story.outcome("CD1:INVENTED").await, "not_genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_certificate_is_known_as_such_once_its_workstation_has_synced() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    assert_eq!(story.outcome(&paper.code).await, "genuine");
    story.end(&paper, "revoked").await;
    assert_eq!(story.outcome(&paper.code).await, "revoked");
    let another = story.code(NUMBER);
    assert_ne!(another, paper.code);
    assert_eq!(story.outcome(&another).await, "revoked", "another code under its number");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_superseded_certificate_names_the_one_in_its_stead() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let next = story.issue("MAIN-01-26-00418-T", Some(&paper)).await;
    let answer = story.asked(&paper.code).await;
    assert_eq!(answer["outcome"], "superseded");
    assert_eq!(answer["superseded_by"], "MAIN-01-26-00418-T");
    assert_eq!(story.outcome(&next.code).await, "genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_code_under_a_used_number_is_not_genuine() {
    let mut story = Story::begin().await;
    story.issue(NUMBER, None).await;
    let second = Claims { name: "Somebody Else".to_owned(), number: NUMBER.to_owned(), ..claims() };
    let second = issue(&second, &story.desk.issuing).unwrap();
    assert_eq!(story.outcome(&second).await, "not_genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_has_not_arrived_is_unrecorded_until_its_workstation_has_told_more() {
    let mut story = Story::begin().await;
    let code = story.code(NUMBER);
    let answer = story.asked(&code).await;
    assert_eq!((&answer["outcome"], &answer["recorded"]), (&json!("unrecorded"), &json!(false)));
    assert_eq!(answer["claims"]["name"], "Gustavo Mejía", "what the paper must read, if it was issued");
    assert_eq!(answer["revocations_as_of"], "2026-11-22", "the day on which it was heard of last");
    // What it wrote after the code was made has arrived, and this code was not among it.
    story.issue("MAIN-01-26-00418-T", None).await;
    assert_eq!(story.outcome(&code).await, "not_genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_nobody_vouches_for_is_an_unknown_issuer() {
    let mut story = Story::begin().await;
    let rogue = Desk::new(story.world.ids, "rogue", story.world.ids.site);
    let code = issue(&claims(), &rogue.issuing).unwrap();
    assert_eq!(story.outcome(&code).await, "unknown_issuer");
    for number in ["\0", "'; drop table record; --", "MAIN-01-26-0000\"-K", ""] {
        let number = number.to_owned();
        let odd = issue(&Claims { number, ..claims() }, &rogue.issuing).unwrap();
        assert_eq!(story.outcome(&odd).await, "unknown_issuer");
    }
    // A record that names the key is no voucher for it.
    let record = Workstation {
        issues_with: Some(Hex::of(rogue.issuing.public())),
        active: Some(true),
        ..Workstation::default()
    };
    story.desk.write(&story.world.administrator, vec![step(rogue.record, Verb::Create, &record, &[])]);
    story.sync().await;
    assert_eq!(story.outcome(&code).await, "unknown_issuer");
    // Nor is a certificate of keys that somebody put into the database and the root never signed.
    let said = KeyCertificate { issues_with: Some(*rogue.issuing.public()), ..certificate(&rogue, None) };
    let forged = Signed::new(&rogue.key, &said);
    let chain = cbor::encode(&vec![Bytes(forged.to_bytes())].to_value());
    let insert =
        "insert into workstation (incarnation, record, key, site_scope, chain) values ($1, $2, $3, $4, $5)";
    let (key, scope) = (rogue.key.public().as_slice(), rogue.site_scope.0);
    let row: [&(dyn ToSql + Sync); 5] = [&rogue.incarnation.0, &rogue.record.0, &key, &scope, &chain];
    story.world.sql().await.execute(insert, &row).await.unwrap();
    assert_eq!(story.outcome(&code).await, "unknown_issuer");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_key_of_before_signed_is_unrecorded_unless_the_records_hold_it() {
    let mut story = Story::begin().await;
    let mut old = Desk::new(story.world.ids, "old", story.world.ids.site);
    let record = Workstation { active: Some(true), ..Workstation::default() };
    story.desk.write(&story.world.administrator, vec![step(old.record, Verb::Create, &record, &[])]);
    story.sync().await;
    let by = story.world.administrator.id;
    let said = KeyCertificate { issues_with: Some(*old.issuing.public()), ..certificate(&old, Some(by)) };
    let joining = story.world.joining(&old, &story.world.ticket(&old));
    let own = Bytes(Signed::new(&World::seed(&old), &said).to_bytes());
    let chain = vec![joining.chain[0].clone(), own];
    story.world.introduce(&Introduction { chain, ..joining }).await.unwrap();
    let code = issue(&claims(), &old.issuing).unwrap();
    assert_eq!(story.outcome(&code).await, "unrecorded");
    // However much its workstation tells: before each approver had a key, everybody's password opened this one.
    old.write(&story.doctor, vec![step(RecordId::derived(b"later"), Verb::Create, &draft(None), &[])]);
    old.sync(&story.world).await;
    assert_eq!(story.outcome(&code).await, "unrecorded");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_ends_with_the_role_of_its_person_and_what_was_recorded_stays() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let later = Claims { issued_at: 1_795_334_400, number: "MAIN-01-26-00418-T".to_owned(), ..claims() };
    let later = issue(&later, &story.desk.issuing).unwrap();
    assert_eq!(story.outcome(&later).await, "unrecorded");
    let by = &story.world.administrator;
    let clerk = person("doctor", Role::FrontDesk, &by.key, Some(by.id)).user;
    let changed = ["role", "certificate"].into_iter();
    let patch =
        store::patch_of(&clerk).into_iter().filter(|(field, _)| changed.clone().any(|it| it == field));
    // The doctor's record is the fifth op of the clinic's scope.
    let base = [OpId { incarnation: story.desk.incarnation, scope: story.world.ids.scope, seq: 5 }];
    let draft = patch_of(User::KIND, story.doctor.id, Verb::Patch, patch.collect(), &base);
    let by = story.world.administrator.clone();
    story.desk.write(&by, vec![draft]);
    story.sync().await;
    assert_eq!(story.outcome(&later).await, "not_genuine");
    assert_eq!(story.outcome(&paper.code).await, "genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_key_cannot_have_said_is_not_genuine_before_any_record_is_asked() {
    let story = Story::begin().await;
    let issued = |change: &dyn Fn(&mut Claims)| {
        let mut claims = claims();
        change(&mut claims);
        issue(&claims, &story.desk.issuing).unwrap()
    };
    assert_eq!(story.outcome(&issued(&|_| {})).await, "unrecorded");
    let ahead = i64::try_from(story.world.now() / 1000).unwrap() + 86_401;
    for odd in [
        issued(&|claims| claims.issued_at = ahead),
        issued(&|claims| claims.number = "MAIN-02-26-00001-K".to_owned()),
        issued(&|claims| claims.number = "FREE TEXT".to_owned()),
        issued(&|claims| claims.issuer = "Ministry of Health".to_owned()),
    ] {
        assert_eq!(story.outcome(&odd).await, "not_genuine");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workstation_that_joined_later_issues_too_and_once_withdrawn_only_what_is_recorded_counts() {
    let mut story = Story::begin().await;
    let mut second = Desk::new(story.world.ids, "second", story.world.ids.site);
    let record = second_record();
    let made =
        story.desk.write(&story.world.administrator, vec![step(second.record, Verb::Create, &record, &[])]);
    story.sync().await;
    story.world.introduce(&story.world.joining(&second, &story.world.ticket(&second))).await.unwrap();
    second.sync(&story.world).await;
    std::mem::swap(&mut story.desk, &mut second);
    let key = issuer(&story.desk, &story.doctor, "MAIN-02");
    story.desk.write(&story.doctor, vec![key]);
    let paper = story.issue("MAIN-02-26-00417-7", None).await;
    let unrecorded = Claims { issued_at: 1_795_334_400, number: "MAIN-02-26-00001-K".to_owned(), ..claims() };
    let unrecorded = issue(&unrecorded, &story.desk.issuing).unwrap();
    assert_eq!(story.outcome(&paper.code).await, "genuine");
    assert_eq!(story.outcome(&unrecorded).await, "unrecorded");
    std::mem::swap(&mut story.desk, &mut second);
    let patch = [("active".to_owned(), Value::Bool(false))].into();
    let draft = patch_of(Workstation::KIND, second.record, Verb::Patch, patch, &made);
    story.desk.write(&story.world.administrator, vec![draft]);
    story.sync().await;
    assert_eq!(story.outcome(&paper.code).await, "genuine");
    assert_eq!(story.outcome(&unrecorded).await, "not_genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_alone_tells_what_became_of_it_and_nothing_of_anybody() {
    let mut story = Story::begin().await;
    // Numbers whose check characters are right.
    let numbers = ["MAIN-01-26-00001", "MAIN-01-26-00002", "MAIN-01-26-00003"].map(checked);
    let paper = story.issue(&numbers[0], None).await;
    let told = async |story: &Story, number: &str| {
        let answer = story.asked(number).await;
        assert_eq!(answer.as_object().unwrap().len(), 3, "{answer}");
        assert!(!answer.to_string().contains("Mej"), "{answer}");
        answer["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(told(&story, &numbers[0]).await, "issued");
    assert_eq!(told(&story, &numbers[0].to_lowercase().replace('-', " ")).await, "issued");
    assert_eq!(told(&story, &numbers[2]).await, "unknown");
    assert_eq!(told(&story, "MAIN-01-26-00001-0").await, "unknown", "mistyped");
    story.issue(&numbers[1], Some(&paper)).await;
    let answer = story.asked(&numbers[0]).await;
    assert_eq!((&answer["state"], &answer["superseded_by"]), (&json!("superseded"), &json!(numbers[1])));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_papers_of_one_draft_both_hold_until_one_is_chosen() {
    let mut story = Story::begin().await;
    let numbers = ["MAIN-01-26-00001", "MAIN-02-26-00001"].map(checked);
    let mut second = Desk::new(story.world.ids, "second", story.world.ids.site);
    let record = second_record();
    story.desk.write(&story.world.administrator, vec![step(second.record, Verb::Create, &record, &[])]);
    story.sync().await;
    story.world.introduce(&story.world.joining(&second, &story.world.ticket(&second))).await.unwrap();
    let key = issuer(&second, &story.doctor, "MAIN-02");
    second.write(&story.doctor, vec![key]);
    let id = RecordId::derived(b"draft");
    let begun = story.desk.write(&story.doctor, vec![step(id, Verb::Create, &draft(None), &[])]);
    story.sync().await;
    second.sync(&story.world).await;
    let mut codes = Vec::new();
    for (desk, number) in [(&mut story.desk, &numbers[0]), (&mut second, &numbers[1])] {
        let code = issue(&Claims { number: number.clone(), ..claims() }, &desk.issuing).unwrap();
        let steps = desk.issuing(&story.doctor, id, number, &code, &begun);
        desk.write(&story.doctor, steps);
        codes.push(code);
    }
    story.sync().await;
    let answer = second.sync(&story.world).await;
    assert!(answer.verdicts.iter().all(|judged| judged.fault.is_none()), "{:?}", answer.verdicts);
    for code in &codes {
        assert_eq!(story.outcome(code).await, "genuine");
        assert_eq!(story.asked(code).await["recorded"], true);
    }
    let forged = Claims { number: numbers[0].clone(), name: "Somebody Else".to_owned(), ..claims() };
    let forged = issue(&forged, &story.desk.issuing).unwrap();
    assert_eq!(story.outcome(&forged).await, "not_genuine");
    for number in &numbers {
        assert_eq!(story.asked(number).await["state"], "issued", "{number}");
    }
}

/// The record of a second workstation, whose numbers begin with MAIN-02.
fn second_record() -> Workstation {
    Workstation {
        name: Some("2".to_owned()),
        site: Some(RecordId::derived(b"site")),
        block: Some("02".to_owned()),
        active: Some(true),
        ..Workstation::default()
    }
}

/// A number with the check character that fits.
pub fn checked(plain: &str) -> String {
    let fits = |sign: &char| domain::certificates::numbers::canonical(&format!("{plain}-{sign}")).is_some();
    let sign = "0123456789ACDEFGHJKMNPQRTUVWXYZ".chars().find(fits).unwrap();
    format!("{plain}-{sign}")
}
