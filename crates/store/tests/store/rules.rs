//! What a server let in is believed where the rules permit it, by what is known here of then; else it is held.

use std::collections::BTreeMap;

use crypto::certify::{KeyCertificate, Subject};
use crypto::cose::Claims;
use crypto::issuing::IssuingKey;
use domain::access::{Licence, Role, User};
use domain::certificates::{Certificate, CertificateStatus, Facts, Issuer, NumberBlock, NumberUse, Template};
use domain::clinic::{Site, Workstation};
use domain::forms::{Absent, Answer, Filled, Given};
use domain::op::Repeated;
use domain::patients::Problem;
use domain::record::{Entries, Hex, Quantity, Verb};
use domain::sync::Page;
use domain::visits::Observation;
use domain::wire::Message;
use domain::{ClinicId, Hlc, Incarnation, RecordId, Value, Zone, kinds};
use serde_json::json;
use store::{Draft, Heard, Unbelieved};

use crate::clinic::{Clinic, doctor, registration};
use crate::elsewhere::{Elsewhere, make, ops, seen, step};

fn id(name: &str) -> RecordId {
    RecordId::derived(name.as_bytes())
}

fn asthma() -> Problem {
    Problem { patient: Some(id("Mejía")), name: Some("asthma".into()), ..Problem::default() }
}

fn one(path: &str, value: &str) -> BTreeMap<String, Value> {
    [(path.to_owned(), Value::text(value))].into()
}

/// The faults for which something is held.
fn held(clinic: &mut Clinic) -> Vec<String> {
    let rows = clinic.act(|act, _| act.quarantined(Incarnation::derived(b"i"), 9).unwrap());
    rows.into_iter().filter(|row| row.held).map(|row| row.fault).collect()
}

fn name_of(clinic: &mut Clinic, record: &str) -> Option<String> {
    let record = clinic.act(|act, _| act.record(id(record)).unwrap())?;
    Some(record.state.value("name").as_text()?.to_owned())
}

fn not_allowed(why: &str) -> Vec<String> {
    vec![format!(r#"{{"code":"not_allowed","field":"{why}","held":true}}"#)]
}

/// A clinic with a clerk beside the administrator and the doctor, and another workstation.
fn clinic() -> (Clinic, Elsewhere) {
    let mut clinic = Clinic::found();
    clinic.register("Mejía");
    employ(&mut clinic, "clerk", Role::FrontDesk);
    (clinic, Elsewhere::new())
}

fn employ(clinic: &mut Clinic, name: &str, role: Role) {
    let licence = Licence { number: Some("77".into()), ..Licence::default() };
    let user = User {
        name: Some(name.into()),
        role: Some(role),
        active: Some(true),
        licences: Some(Entries([("1".to_owned(), licence)].into())),
        ..User::default()
    };
    clinic.write(vec![Draft::make(Verb::Create, id(name), None, &user)]);
}

fn set_role(clinic: &mut Clinic, user: RecordId, role: Role) {
    clinic.write(vec![Draft::patch::<User>(user, None, one("role", role.word()), None)]);
}

#[test]
fn a_step_that_no_role_of_its_author_ever_permitted_is_held_however_the_server_ruled() {
    let (mut clinic, mut elsewhere) = clinic();
    elsewhere.tell(&mut clinic, id("clerk"), vec![make(id("problem"), &asthma())]);
    assert_eq!(name_of(&mut clinic, "problem"), None);
    assert_eq!(held(&mut clinic), not_allowed("role"));
    set_role(&mut clinic, id("clerk"), Role::Doctor);
    elsewhere.tell(&mut clinic, id("clerk"), vec![make(id("second"), &asthma())]);
    assert_eq!(name_of(&mut clinic, "second").as_deref(), Some("asthma"));
    assert_eq!(name_of(&mut clinic, "problem").as_deref(), Some("asthma"), "a server may have known before");
}

#[test]
fn a_right_that_somebody_gives_themselves_is_held() {
    let (mut clinic, mut elsewhere) = clinic();
    let made = clinic.act(|act, _| act.record(doctor()).unwrap()).unwrap().state.heads;
    let patch = step::<User>(Verb::Patch, doctor(), one("role", "administrator"));
    elsewhere.tell(&mut clinic, doctor(), vec![seen(patch, &made)]);
    assert_eq!(held(&mut clinic), not_allowed("role"));
    let role = clinic.act(|act, _| act.record(doctor()).unwrap()).unwrap();
    assert_eq!(role.state.record::<User>().role, Some(Role::Doctor));
}

#[test]
fn what_the_role_of_then_permitted_counts_though_the_change_of_role_came_first() {
    let (mut clinic, mut elsewhere) = clinic();
    set_role(&mut clinic, doctor(), Role::FrontDesk);
    elsewhere.tell(&mut clinic, doctor(), vec![make(id("problem"), &asthma())]);
    assert_eq!(name_of(&mut clinic, "problem").as_deref(), Some("asthma"));
    assert_eq!(held(&mut clinic), [""; 0]);
}

const NUMBER: &str = "MAIN-02-26-00001-K";

/// The facts of a certificate on the template.
fn facts() -> Facts {
    serde_json::from_value(json!({
        "v": 1, "template": id("template"), "template_version": 1, "language": "en", "paper": "a5",
        "issuer": "University Clinic", "clinic": "University Clinic", "lines": [], "initials": "C", "date": "22-Nov-2026",
        "title": "CERTIFICATE", "body": [], "signer": "dentist", "office": "Dentist", "check_line": "Check",
        "subject": "Fit", "name": "Mejía", "verdict": "fit", "at": "2026-11-22T11:00:00+08:00",
    }))
    .unwrap()
}

/// The record of the key with which `signer` issues elsewhere, and the key: the workstation there was introduced.
fn key(clinic: &mut Clinic, elsewhere: &mut Elsewhere, signer: &str) -> IssuingKey {
    let incarnation = Incarnation::derived(b"elsewhere");
    let introduced = KeyCertificate {
        v: 1,
        clinic: ClinicId::derived(b"c"),
        kind: Subject::Workstation,
        subject: id("there"),
        signs_with: Some([1; 32]),
        seals_with: None,
        issues_with: None,
        block: None,
        incarnation: Some(incarnation),
        role: None,
        issued: Hlc::default(),
        by: None,
    };
    clinic.act(|act, _| act.keep_peer(incarnation, &introduced.to_bytes()).unwrap());
    let site = Site { code: Some("MAIN".into()), ..Site::default() };
    let there = Workstation { site: Some(id("campus")), block: Some("02".into()), ..Workstation::default() };
    clinic.write(vec![Draft::make(Verb::Create, id("campus"), None, &site)]);
    clinic.write(vec![Draft::make(Verb::Create, id("there"), None, &there)]);
    let key = IssuingKey::generate().unwrap();
    let issuer = Issuer {
        user: Some(id(signer)),
        workstation: Some(id("there")),
        incarnation: Some(incarnation.to_string()),
        block: Some("MAIN-02".into()),
        issues_with: Some(Hex::of(key.public())),
        certificate: Some(Hex::of(b"their own")),
    };
    elsewhere.tell(clinic, id(signer), vec![make(id("key"), &issuer)]);
    key
}

/// A certificate of `signer`'s on the template, drafted and signed.
fn issue(clinic: &mut Clinic, elsewhere: &mut Elsewhere, signer: &str) {
    issue_saying(clinic, elsewhere, signer, &facts());
}

fn issue_saying(clinic: &mut Clinic, elsewhere: &mut Elsewhere, signer: &str, facts: &Facts) {
    let key = key(clinic, elsewhere, signer);
    let code = crypto::cose::issue(&Claims::of(facts, NUMBER).unwrap(), &key).unwrap();
    issue_as(clinic, elsewhere, signer, facts, &code);
}

fn issue_as(clinic: &mut Clinic, elsewhere: &mut Elsewhere, signer: &str, facts: &Facts, code: &str) {
    let certificate = Certificate {
        patient: Some(id("Mejía")),
        template: Some(id("template")),
        status: Some(CertificateStatus::Draft),
        verdict: facts.verdict,
        ..Certificate::default()
    };
    let used = NumberUse { certificate: Some(id("certificate")), ..NumberUse::default() };
    let block = NumberBlock {
        incarnation: Some(Incarnation::derived(b"elsewhere").to_string()),
        prefix: Some("MAIN-02-26".into()),
        uses: Some(Entries([("00001".to_owned(), used)].into())),
        ..NumberBlock::default()
    };
    let drafted = elsewhere.tell(clinic, id(signer), vec![make(id("certificate"), &certificate)]);
    let (signer_id, key) = (id(signer).to_string(), id("key").to_string());
    let texts = [
        ("status", "issued"),
        ("number", NUMBER),
        ("signer", &signer_id),
        ("issued_at", facts.at.as_str()),
        ("facts", &serde_json::to_string(facts).unwrap()),
        ("payload", code),
        ("pdf", "00"),
        ("issuer", &key),
    ];
    let patch = texts.map(|(path, text)| (path.to_owned(), Value::text(text))).into();
    let sign = step::<Certificate>(Verb::Sign, id("certificate"), patch);
    elsewhere.tell(clinic, id(signer), vec![make(id("block"), &block), seen(sign, &drafted)]);
}

#[test]
fn a_certificate_whose_code_says_otherwise_is_held_though_the_server_let_it_in() {
    let (mut clinic, mut elsewhere) = clinic();
    employ(&mut clinic, "dentist", Role::Dentist);
    template(&mut clinic, "dentist");
    let key = key(&mut clinic, &mut elsewhere, "dentist");
    let another = Claims { name: "Somebody Else".into(), ..Claims::of(&facts(), NUMBER).unwrap() };
    let code = crypto::cose::issue(&another, &key).unwrap();
    issue_as(&mut clinic, &mut elsewhere, "dentist", &facts(), &code);
    assert_eq!(held(&mut clinic), [r#"{"code":"false_code","held":true}"#]);
}

#[test]
fn a_certificate_of_another_sort_licence_or_office_than_its_template_and_signer_have_is_held() {
    let licensed = Facts { licence: Some("77".into()), ..facts() };
    let falsely: [Facts; 6] = [
        Facts { title: "CERTIFICATE OF FITNESS".into(), ..facts() },
        Facts { subject: "Fitness certificate".into(), ..facts() },
        Facts { form: Some("MED-02".into()), ..facts() },
        Facts { licence: Some("0104417".into()), ..facts() },
        Facts { office: "Physician".into(), ..facts() },
        Facts { template: id("Mejía"), ..facts() },
    ];
    let told = |facts: &Facts| {
        let (mut clinic, mut elsewhere) = clinic();
        employ(&mut clinic, "dentist", Role::Dentist);
        let has = [("licences/a/number".to_owned(), Value::text("77"))].into();
        clinic.write(vec![Draft::patch::<User>(id("dentist"), None, has, None)]);
        template(&mut clinic, "dentist");
        issue_saying(&mut clinic, &mut elsewhere, "dentist", facts);
        held(&mut clinic)
    };
    for facts in [facts(), licensed] {
        assert_eq!(told(&facts), [""; 0], "{facts:?}");
    }
    for facts in falsely {
        assert_eq!(told(&facts), [r#"{"code":"false_code","held":true}"#], "{facts:?}");
    }
}

#[test]
fn a_block_of_numbers_is_drawn_from_by_its_own_installation_and_only_closed_by_another() {
    let (mut clinic, mut elsewhere) = clinic();
    employ(&mut clinic, "dentist", Role::Dentist);
    let block = |whose: &[u8]| NumberBlock {
        incarnation: Some(Incarnation::derived(whose).to_string()),
        prefix: Some("MAIN-01-26".into()),
        ..NumberBlock::default()
    };
    let patch = |path: &str, value: Value| {
        step::<NumberBlock>(Verb::Patch, id("block"), [(path.to_owned(), value)].into())
    };
    let made = elsewhere.tell(&mut clinic, id("dentist"), vec![make(id("another's"), &block(b"another"))]);
    let refused = r#"{"code":"false_code","held":true}"#;
    assert_eq!(held(&mut clinic), [refused], "nobody begins a block for another: {made:?}");
    let used = ("uses/00002/outcome", Value::text("void"));
    clinic.write_as(id("dentist"), vec![Draft::make(Verb::Create, id("block"), None, &block(b"i"))]);
    let seen_by = |clinic: &mut Clinic| clinic.act(|act, _| act.record(id("block")).unwrap()).is_some();
    assert!(seen_by(&mut clinic));
    elsewhere.tell(&mut clinic, id("dentist"), vec![patch(used.0, used.1)]);
    assert_eq!(held(&mut clinic), [refused, refused]);
    elsewhere.tell(&mut clinic, id("dentist"), vec![patch("closed", Value::Bool(true))]);
    assert_eq!(held(&mut clinic).len(), 2, "what is left is closed");
}

fn template(clinic: &mut Clinic, approvers: &str) {
    let template = Template {
        name: Some("Fit".into()),
        title: Some("CERTIFICATE".into()),
        form_code: Some(String::new()),
        approvers: Some(vec![approvers.into()]),
        ..Template::default()
    };
    clinic.write(vec![Draft::make(Verb::Create, id("template"), None, &template)]);
}

#[test]
fn a_certificate_counts_whose_template_named_its_signers_role_then() {
    let (mut clinic, mut elsewhere) = clinic();
    employ(&mut clinic, "dentist", Role::Dentist);
    template(&mut clinic, "dentist");
    let now: BTreeMap<String, Value> =
        [("approvers".to_owned(), Value::List(vec![Value::text("doctor")]))].into();
    clinic.write(vec![Draft::patch::<Template>(id("template"), None, now, None)]);
    issue(&mut clinic, &mut elsewhere, "dentist");
    assert_eq!(held(&mut clinic), [""; 0]);
    let certificate = clinic.act(|act, _| act.record(id("certificate")).unwrap()).unwrap();
    assert!(certificate.state.signed.is_some());
}

#[test]
fn a_certificate_whose_template_never_named_its_signers_role_is_held() {
    let (mut clinic, mut elsewhere) = clinic();
    employ(&mut clinic, "dentist", Role::Dentist);
    template(&mut clinic, "doctor");
    issue(&mut clinic, &mut elsewhere, "dentist");
    assert_eq!(held(&mut clinic), not_allowed("role"));
    let certificate = clinic.act(|act, _| act.record(id("certificate")).unwrap()).unwrap();
    assert_eq!(certificate.state.signed, None);
}

#[test]
fn what_rests_on_something_that_is_held_is_held_and_both_count_together() {
    let (mut clinic, mut elsewhere) = clinic();
    let made = elsewhere.tell(&mut clinic, id("locum"), vec![make(id("problem"), &asthma())]);
    let patch = step::<Problem>(Verb::Patch, id("problem"), one("name", "asthma, mild"));
    elsewhere.tell(&mut clinic, doctor(), vec![seen(patch, &made)]);
    let codes = [r#"{"code":"no_record","held":true}"#, r#"{"code":"unknown_author","held":true}"#];
    assert_eq!(held(&mut clinic), codes);
    assert_eq!(name_of(&mut clinic, "problem"), None);
    employ(&mut clinic, "locum", Role::Doctor);
    elsewhere.tell(&mut clinic, doctor(), vec![make(id("other"), &asthma())]);
    assert_eq!(held(&mut clinic), [""; 0]);
    assert_eq!(name_of(&mut clinic, "problem").as_deref(), Some("asthma, mild"));
    let rebuilt = clinic.act(|act, _| act.rebuild_check().unwrap());
    assert_eq!(rebuilt.differing, [""; 0]);
}

#[test]
fn an_edit_of_who_read_the_record_before_something_of_it_was_let_in_does_not_claim_to_have_seen_it() {
    let (mut clinic, mut elsewhere) = clinic();
    clinic.write_as(doctor(), vec![Draft::make(Verb::Create, id("problem"), Some(id("Mejía")), &asthma())]);
    let made = clinic.act(|act, _| act.record(id("problem")).unwrap()).unwrap().state.heads;
    let patch = step::<Problem>(Verb::Patch, id("problem"), one("name", "asthma, mild"));
    elsewhere.tell(&mut clinic, id("locum"), vec![seen(patch, &made)]);
    clinic.register("Lim");
    let read = clinic.act(|act, _| {
        let seen = act.record(id("problem")).unwrap().unwrap();
        (seen.version, seen.state.value("name").clone())
    });
    assert_eq!(read.1, Value::text("asthma"));
    employ(&mut clinic, "locum", Role::Doctor);
    elsewhere.tell(&mut clinic, doctor(), vec![make(id("other"), &asthma())]);
    assert_eq!(name_of(&mut clinic, "problem").as_deref(), Some("asthma, mild"));
    // Whoever wrote on a form that was open all the while.
    let version = clinic.act(|act, _| act.record(id("Lim")).unwrap()).unwrap().version.max(read.0);
    let edit = Draft::patch::<Problem>(
        id("problem"),
        Some(id("Mejía")),
        one("name", "asthma, severe"),
        Some(version),
    );
    clinic.write_as(doctor(), vec![edit]);
    let clashes = clinic.act(|act, _| act.record(id("problem")).unwrap()).unwrap().state.conflicts;
    assert_eq!(clashes.len(), 1, "neither of the two had seen the other's");
}

#[test]
fn a_field_that_this_version_does_not_know_takes_nothing_from_the_rest() {
    let (mut clinic, mut elsewhere) = clinic();
    let mut problem = make(id("problem"), &asthma());
    problem.patch.insert("of_a_later_version".to_owned(), Value::text("x"));
    elsewhere.tell(&mut clinic, doctor(), vec![problem]);
    assert_eq!(name_of(&mut clinic, "problem").as_deref(), Some("asthma"));
    let mut problem = make(id("second"), &asthma());
    problem.patch.insert("of_a_later_version".to_owned(), Value::text("x"));
    elsewhere.tell(&mut clinic, id("clerk"), vec![problem]);
    assert_eq!(held(&mut clinic), not_allowed("role"), "what it does know is judged");
}

#[test]
fn a_form_that_only_a_newer_program_knows_is_taken_in_whole_and_stays() {
    let (mut clinic, mut elsewhere) = clinic();
    employ(&mut clinic, "nurse", Role::Nurse);
    let given = |number: &str| Given { v: Some(Answer { n: number.parse().ok(), ..Answer::default() }) };
    let form = Filled {
        patient: Some(id("Mejía")),
        form: Some("eye.pressure@9".to_owned()),
        at: "2026-11-22T11:00:00+08:00".parse().ok(),
        answers: Some(Entries(
            [("iop:R:a".to_owned(), given("16")), ("later:T36".to_owned(), given("3"))].into(),
        )),
        ..Filled::default()
    };
    let kept = |clinic: &mut Clinic, name: &str| {
        clinic.act(|act, _| act.record(id(name)).unwrap()).map(|record| record.state.record::<Filled>())
    };
    elsewhere.tell(&mut clinic, id("nurse"), vec![make(id("ours"), &form)]);
    assert_eq!(
        (kept(&mut clinic, "ours"), held(&mut clinic).len()),
        (None, 1),
        "of this program there is none"
    );
    elsewhere.schema = kinds::SCHEMA + 1;
    elsewhere.tell(&mut clinic, id("nurse"), vec![make(id("theirs"), &form)]);
    assert_eq!(kept(&mut clinic, "theirs").as_ref(), Some(&form));
    clinic.act(|act, _| act.rebuild(&mut |_, _| {}).unwrap());
    assert_eq!((kept(&mut clinic, "theirs"), held(&mut clinic).len()), (Some(form), 1));
}

#[test]
fn a_lens_that_the_front_desk_wrote_is_held_and_a_nurses_is_taken_in() {
    let (mut clinic, mut elsewhere) = clinic();
    employ(&mut clinic, "nurse", Role::Nurse);
    let draft = |name: &str, right: Option<Answer>| {
        let template = Some(id("spectacles"));
        let said = Certificate { patient: Some(id("Mejía")), template, right, ..Certificate::default() };
        let mut made = make(id(name), &said);
        made.patch.insert("status".to_owned(), Value::text("draft"));
        made
    };
    let absent = Answer { x: Some(Absent::EyeAbsent), ..Answer::default() };
    let is_here =
        |clinic: &mut Clinic, name: &str| clinic.act(|act, _| act.record(id(name)).unwrap()).is_some();
    elsewhere.tell(&mut clinic, id("clerk"), vec![draft("a clerk's", Some(absent.clone()))]);
    assert_eq!((is_here(&mut clinic, "a clerk's"), held(&mut clinic)), (false, not_allowed("role")));
    elsewhere.tell(&mut clinic, id("nurse"), vec![draft("a nurse's", Some(absent.clone()))]);
    let made = elsewhere.tell(&mut clinic, id("clerk"), vec![draft("without", None)]);
    assert!(
        is_here(&mut clinic, "a nurse's") && is_here(&mut clinic, "without"),
        "a draft is theirs to write"
    );
    let left = step::<Certificate>(Verb::Patch, id("without"), [("left".to_owned(), absent.value())].into());
    elsewhere.tell(&mut clinic, id("clerk"), vec![seen(left, &made)]);
    assert_eq!(held(&mut clinic).len(), 2, "nor by a change");
}

#[test]
fn the_servers_limit_of_a_stamp_is_believed_only_where_that_lay_far_ahead() {
    let (mut clinic, mut elsewhere) = clinic();
    let now = clinic.tick();
    let entry = elsewhere.write(doctor(), now, vec![make(id("problem"), &asthma())]);
    let page = elsewhere.page(std::slice::from_ref(&entry));
    let limited = |limit: u64| {
        let mut page: Page = page.clone();
        page.entries[0].clamp = Some(Hlc::at(limit));
        page
    };
    let minutes = 60 * 1000;
    let refused = elsewhere.apply(&mut clinic, &limited(now - 4 * minutes));
    assert!(matches!(refused, Err(Unbelieved::Entry(1))), "{refused:?}");
    assert_eq!(name_of(&mut clinic, "problem"), None);
    elsewhere.apply(&mut clinic, &limited(now - 6 * minutes)).unwrap();
    assert_eq!(name_of(&mut clinic, "problem").as_deref(), Some("asthma"));
    let last = clinic.act(|act, _| act.record(id("problem")).unwrap()).unwrap().state.last;
    assert_eq!((ops(&entry).len(), last), (1, Hlc::at(now - 6 * minutes)));
}

#[test]
fn what_lay_far_ahead_when_it_came_binds_nobody_here_though_the_server_did_not_limit_it() {
    let (mut clinic, mut elsewhere) = clinic();
    let far = clinic.tick() + 3650 * 86_400_000;
    let there = std::mem::take(&mut elsewhere.wall);
    elsewhere.wall = Zone::named("Asia/Manila").unwrap().instant(far).as_str().to_owned();
    let entry = elsewhere.write(doctor(), far, vec![make(id("problem"), &asthma())]);
    let page = elsewhere.page(std::slice::from_ref(&entry));
    elsewhere.apply(&mut clinic, &page).unwrap();
    let mild = Draft::patch::<Problem>(id("problem"), Some(id("Mejía")), one("name", "asthma, mild"), None);
    clinic.write_as(doctor(), vec![mild]);
    assert_eq!(name_of(&mut clinic, "problem").as_deref(), Some("asthma, mild"));
    // Its clock is right again, and its log goes on.
    (elsewhere.wall, elsewhere.last) = (there, Hlc::default());
    elsewhere.tell(&mut clinic, doctor(), vec![make(id("other"), &asthma())]);
    assert_eq!((held(&mut clinic), name_of(&mut clinic, "other").is_some()), (Vec::<String>::new(), true));
}

#[test]
fn a_limit_that_comes_later_holds_for_what_is_held_too() {
    let (mut clinic, mut elsewhere) = clinic();
    let now = clinic.tick();
    let entry = elsewhere.write(id("locum"), now, vec![make(id("problem"), &asthma())]);
    let page = elsewhere.page(std::slice::from_ref(&entry));
    elsewhere.apply(&mut clinic, &page).unwrap();
    let limit = Hlc::at(now - 6 * 60 * 1000);
    let mut again = page;
    again.entries[0].clamp = Some(limit);
    clinic.act(|act, _| act.forget_cursors().unwrap());
    elsewhere.apply(&mut clinic, &again).unwrap();
    employ(&mut clinic, "locum", Role::Doctor);
    elsewhere.tell(&mut clinic, doctor(), vec![make(id("other"), &asthma())]);
    let problem = clinic.act(|act, _| act.record(id("problem")).unwrap()).unwrap();
    assert_eq!(problem.state.last, limit);
}

#[test]
fn ones_own_refused_steps_are_listed_before_whatever_is_held() {
    let (mut clinic, mut elsewhere) = clinic();
    let own = registration(id("Lim"), "Lim");
    clinic.write(vec![own]);
    clinic
        .intruder()
        .execute_batch(
            r#"insert into write_gate (open) values (1);
           update op set quarantine = '{"code":"no_record"}' where position = (select max(position) from op);
           delete from write_gate;"#,
        )
        .unwrap();
    elsewhere.tell(&mut clinic, id("clerk"), vec![make(id("problem"), &asthma())]);
    let rows = clinic.act(|act, _| act.quarantined(Incarnation::derived(b"i"), 1).unwrap());
    assert_eq!(rows.iter().map(|row| row.held).collect::<Vec<_>>(), [false]);
}

#[test]
fn nothing_repeats_what_was_written_after_it() {
    for (wall, faults) in [
        ("2026-11-20T09:00:00+08:00", vec![]),
        ("2026-11-22T11:00:01+08:00", vec![r#"{"code":"clock","held":true}"#.to_owned()]),
        ("yesterday", vec![r#"{"code":"clock","held":true}"#.to_owned()]),
    ] {
        let (mut clinic, mut elsewhere) = clinic();
        let incarnation = Incarnation::derived(b"before");
        elsewhere.repeats = Some(Repeated { incarnation, first: 4, author: doctor(), wall: wall.to_owned() });
        elsewhere.tell(&mut clinic, doctor(), vec![make(id("problem"), &asthma())]);
        assert_eq!(held(&mut clinic), faults, "{wall}");
    }
}

#[test]
fn a_limit_from_before_what_the_server_signed_when_its_feed_was_last_read_dates_nothing_back() {
    let (mut clinic, mut elsewhere) = clinic();
    let minutes = 60 * 1000;
    let now = clinic.tick() + 60 * minutes;
    let heard = |now| Heard { now, server: now, agrees: true };
    let stamp = |clinic: &mut Clinic, name: &str| {
        clinic.act(|act, _| act.record(id(name)).unwrap()).unwrap().state.last.milliseconds()
    };
    let mut told = |name: &str, at, limit: Option<u64>, heard_at| {
        let entry = elsewhere.write(doctor(), at, vec![make(id(name), &asthma())]);
        let mut page = elsewhere.page(&[entry]);
        page.entries[0].clamp = limit.map(Hlc::at);
        (
            elsewhere.apply_heard(&mut clinic, &page, heard(heard_at)).unwrap().dated_back,
            stamp(&mut clinic, name),
        )
    };
    assert_eq!(told("first", now, None, now), (0, now));
    let later = now + minutes;
    assert_eq!(told("lie", later, Some(now - 2 * 1440 * minutes), later), (1, later), "it keeps its own");
    // A clock that runs ahead elsewhere is limited as ever.
    let ahead = later + 30 * minutes;
    assert_eq!(told("ahead", ahead, Some(later), later + minutes), (0, later));
    assert_eq!(clinic.act(|act, _| act.rebuild_check().unwrap().differing), [""; 0]);
}

#[test]
fn what_the_server_let_in_without_a_limit_is_not_limited_when_it_is_told_again() {
    let (mut clinic, mut elsewhere) = clinic();
    let now = clinic.tick();
    let heard = Heard { now, server: now, agrees: true };
    let entry = elsewhere.write(doctor(), now, vec![make(id("problem"), &asthma())]);
    let page = elsewhere.page(&[entry]);
    elsewhere.apply_heard(&mut clinic, &page, heard).unwrap();
    let mut again = page.clone();
    again.entries[0].clamp = Some(Hlc::at(now - 2 * 86_400_000));
    for (page, dated_back) in [(&again, 1), (&page, 0)] {
        clinic.act(|act, _| act.forget_cursors().unwrap());
        let applied = elsewhere.apply_heard(&mut clinic, page, heard).unwrap();
        assert_eq!((applied.dated_back, applied.records.len()), (dated_back, 0));
        let last = clinic.act(|act, _| act.record(id("problem")).unwrap()).unwrap().state.last;
        assert_eq!(last, Hlc::at(now));
    }
}

#[test]
fn what_makes_a_record_anew_is_held_however_the_server_ruled_and_what_says_the_same_counts() {
    let (mut clinic, mut elsewhere) = clinic();
    let pressure = |value: &str| Observation {
        patient: Some(id("Mejía")),
        quantity: Some(Quantity { value: value.parse().unwrap(), unit: None, system: None, code: None }),
        ..Observation::default()
    };
    let shown = |clinic: &mut Clinic| {
        let record = clinic.act(|act, _| act.record(id("measured")).unwrap()).unwrap();
        (record.state.record::<Observation>(), record.state.conflicts.len())
    };
    let made = elsewhere.tell(&mut clinic, doctor(), vec![make(id("measured"), &pressure("39.5"))]);
    elsewhere.tell(&mut clinic, doctor(), vec![seen(make(id("measured"), &pressure("36.5")), &made)]);
    elsewhere.tell(&mut clinic, doctor(), vec![make(id("measured"), &pressure("36.5"))]);
    assert_eq!(held(&mut clinic), [r#"{"code":"illegal_move","field":"","held":true}"#; 2]);
    elsewhere.tell(&mut clinic, doctor(), vec![make(id("measured"), &pressure("39.5"))]);
    assert_eq!((shown(&mut clinic), held(&mut clinic).len()), ((pressure("39.5"), 0), 2));
}

#[test]
fn a_step_under_another_patient_than_its_records_is_held_and_the_record_stays_in_its_chart() {
    let (mut clinic, mut elsewhere) = clinic();
    clinic.register("Lim");
    let made = elsewhere.tell(&mut clinic, doctor(), vec![make(id("problem"), &asthma())]);
    let patch = step::<Problem>(Verb::Patch, id("problem"), one("name", "asthma, mild"));
    let away = crypto::log::Draft { patient: Some(id("Lim")), ..seen(patch, &made) };
    elsewhere.tell(&mut clinic, doctor(), vec![away]);
    let planted = crypto::log::Draft { patient: Some(id("Lim")), ..make(id("planted"), &asthma()) };
    elsewhere.tell(&mut clinic, doctor(), vec![planted]);
    assert_eq!(held(&mut clinic), [r#"{"code":"wrong_type","field":"patient","held":true}"#; 2]);
    let charts = ["Mejía", "Lim"].map(|name| {
        let rows = clinic.act(|act, _| act.records("problem", Some(id(name))).unwrap());
        rows.iter().map(|row| row.id).collect::<Vec<_>>()
    });
    assert_eq!(charts, [vec![id("problem")], vec![]]);
    assert_eq!(clinic.act(|act, _| act.rebuild_check().unwrap().differing), [""; 0]);
}
