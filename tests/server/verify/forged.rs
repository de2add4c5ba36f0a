//! What a program that is none of ours may write of a certificate, and what holds of it.

use crypto::cose::{Claims, issue};
use crypto::issuing::IssuingKey;
use crypto::log::Draft;
use domain::access::{NotAllowed, Role};
use domain::admit::Fault;
use domain::certificates::{Certificate, Facts};
use domain::clinic::Clinic;
use domain::patients::Patient;
use domain::record::{Kind, Record, Verb};
use domain::{Hlc, OpId, RecordId, Value};
use tests::papers::{NUMBER, claims, facts};

use super::{Paper, Story, draft, step};
use crate::desk::patch_of;
use crate::world::{Person, issuer};

impl Story {
    /// What the server finds against the last transaction.
    async fn fault(&mut self) -> Option<Fault> {
        let answer = self.desk.sync(&self.world).await;
        let fault = answer.verdicts.last().unwrap().fault.as_ref();
        fault.map(|fault| serde_json::from_str(fault).unwrap())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_record_under_a_number_makes_no_revoked_paper_genuine_and_no_genuine_one_a_forgery() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    // Their ids come before and after the true one's.
    for name in ["a", "b", "c", "d"] {
        story.write(name, NUMBER, "CD1:INVENTED".to_owned(), None);
        assert_eq!(story.fault().await, Some(Fault::FalseCode));
    }
    assert_eq!(story.outcome(&paper.code).await, "genuine");
    story.end(&paper, "revoked").await;
    for name in ["e", "f", "g", "h"] {
        story.write(name, NUMBER, paper.code.clone(), None);
        assert_eq!(story.fault().await, Some(Fault::FalseCode));
    }
    assert_eq!(story.outcome(&paper.code).await, "revoked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_says_what_its_record_says_under_a_number_and_a_key_of_its_own() {
    let mut story = Story::begin().await;
    story.register().await;
    let id = |name: &str| RecordId::derived(name.as_bytes());
    let said = |story: &Story, change: &dyn Fn(&mut Claims)| {
        let mut claims = claims();
        change(&mut claims);
        issue(&claims, &story.desk.issuing).unwrap()
    };
    let stranger = issue(&claims(), &IssuingKey::generate().unwrap()).unwrap();
    let codes = [
        ("another name", said(&story, &|claims| claims.name = "Somebody Else".to_owned())),
        ("another number", said(&story, &|claims| claims.number = "MAIN-01-26-00418-T".to_owned())),
        ("another text", said(&story, &|claims| claims.text_digest = [1; 32])),
        ("another clinic", said(&story, &|claims| claims.issuer = "Ministry of Health".to_owned())),
        ("another key", stranger),
        ("none", "CD1:X".to_owned()),
    ];
    for (name, code) in codes {
        story.write(name, NUMBER, code, None);
        assert_eq!(story.fault().await, Some(Fault::FalseCode), "{name}");
    }
    let mut issued = async |name: &str, change: &dyn Fn(&Story, &mut Vec<Draft>)| {
        let begun = story.desk.write(&story.doctor, vec![step(id(name), Verb::Create, &draft(None), &[])]);
        let code = story.code(NUMBER);
        let mut steps = story.desk.issuing(&story.doctor, id(name), NUMBER, &code, &begun);
        change(&story, &mut steps);
        story.desk.write(&story.doctor, steps);
        story.fault().await
    };
    let set = |field: &'static str, value: &'static str| {
        move |_: &Story, steps: &mut Vec<Draft>| {
            steps.last_mut().unwrap().patch.insert(field.to_owned(), Value::text(value));
        }
    };
    let fault = issued("not drawn", &|_, steps| drop(steps.remove(0))).await;
    assert_eq!(fault, Some(Fault::FalseCode), "a number that was not drawn");
    let fault = issued("for another", &|story, steps| steps[0] = story.desk.drawn(id("other"), NUMBER)).await;
    assert_eq!(fault, Some(Fault::FalseCode), "a number that was drawn for another");
    let fault = issued("no facts", &set("facts", "{}")).await;
    assert_eq!(fault, Some(Fault::FalseCode));
    let fault = issued("another day", &set("issued_at", "2026-11-22T10:32:00+08:00")).await;
    assert_eq!(fault, Some(Fault::FalseCode));
    let saying = |facts: Facts| {
        move |story: &Story, steps: &mut Vec<Draft>| {
            let code = issue(&Claims::of(&facts, NUMBER).unwrap(), &story.desk.issuing).unwrap();
            let frozen = serde_json::to_string(&facts).unwrap();
            let at = facts.at.as_str().to_owned();
            let texts = [("facts", frozen), ("payload", code), ("issued_at", at)];
            let texts = texts.map(|(field, text)| (field.to_owned(), Value::text(text)));
            steps.last_mut().unwrap().patch.extend(texts);
        }
    };
    let colleagues = Facts { signer: "Dr. Maria Reyes, MD".to_owned(), ..facts() };
    let fault = issued("a colleague's name", &saying(colleagues)).await;
    assert_eq!(fault, Some(Fault::FalseCode), "under their own signature");
    for at in ["2025-11-22T10:31:00+08:00", "2026-11-24T10:31:00+08:00"] {
        let another = Facts { at: at.parse().unwrap(), ..facts() };
        assert_eq!(
            issued(at, &saying(another)).await,
            Some(Fault::FalseCode),
            "far from the log's clock: {at}"
        );
    }
    let text = |text: &str| text.to_owned();
    let ministry = || text("Ministry of Health");
    for (name, other) in [
        ("another clinic", Facts { issuer: ministry(), clinic: ministry(), ..facts() }),
        ("another letterhead", Facts { clinic: ministry(), ..facts() }),
        ("no clinic", Facts { issuer: text(""), clinic: ministry(), ..facts() }),
        ("another person", Facts { name: text("Maria Mejía"), ..facts() }),
        ("another birth date", Facts { birth_date: "1989-07-14".parse().ok(), ..facts() }),
        ("another's number", Facts { identifier: Some(text("2019-104-884")), ..facts() }),
    ] {
        assert_eq!(issued(name, &saying(other)).await, Some(Fault::FalseCode), "{name}");
    }
    let another = Some(RecordId::derived(b"another"));
    let fault = issued("another's draft", &|_, steps| steps.last_mut().unwrap().patient = another).await;
    assert_eq!(fault, Some(Fault::WrongType("patient".to_owned())), "in another's chart");
    let fault = issued("no key", &|_, steps| drop(steps[1].patch.remove("issuer"))).await;
    assert_eq!(fault, Some(Fault::Empty), "a program that knows such keys names one");
    assert_eq!(issued("true", &|_, _| {}).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_stamped_later_than_the_key_that_signs_it_though_its_log_is_empty() {
    for (earlier, fault) in [(3_600_000, Some(Fault::Clock)), (0, None)] {
        let mut story = Story::begin().await;
        story.desk.now -= earlier;
        story.desk.last = if earlier > 0 { Hlc::default() } else { story.desk.last };
        story.write("paper", NUMBER, story.code(NUMBER), None);
        assert_eq!(story.fault().await, fault);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_bears_names_of_any_time_since_whoever_issues_has_not_seen_what_changed_elsewhere() {
    let mut story = Story::begin().await;
    story.register().await;
    let renamed = |record: RecordId, kind: &'static Kind, field: &str, name: &str, seen: &[OpId]| {
        patch_of(kind, record, Verb::Patch, [(field.to_owned(), Value::text(name))].into(), seen)
    };
    let elsewhere = story.world.ids;
    let seen = |seq| vec![OpId { incarnation: story.desk.incarnation, scope: elsewhere.scope, seq }];
    let clinic = renamed(RecordId::derived(b"clinic record"), Clinic::KIND, "name", "New Clinic", &seen(1));
    story.desk.write(&story.world.administrator, vec![clinic]);
    let made = vec![OpId { incarnation: story.desk.incarnation, scope: elsewhere.site, seq: 1 }];
    let married = renamed(super::patient(), Patient::KIND, "family", "Mejía Lim", &made);
    story.desk.write(&story.doctor, vec![married]);
    story.sync().await;
    let before = story.issue(NUMBER, None).await;
    assert_eq!(story.outcome(&before.code).await, "genuine");
    let now = Facts {
        issuer: "New Clinic".to_owned(),
        clinic: "New Clinic, Main Campus".to_owned(),
        name: "Gustavo Mejía Lim".to_owned(),
        ..facts()
    };
    let next = "MAIN-01-26-00418-T";
    let id = RecordId::derived(b"now");
    let begun = story.desk.write(&story.doctor, vec![step(id, Verb::Create, &draft(None), &[])]);
    let code = issue(&Claims::of(&now, next).unwrap(), &story.desk.issuing).unwrap();
    let mut steps = story.desk.issuing(&story.doctor, id, next, &code, &begun);
    let frozen = serde_json::to_string(&now).unwrap();
    steps.last_mut().unwrap().patch.insert("facts".to_owned(), Value::text(frozen));
    story.desk.write(&story.doctor, steps);
    assert_eq!(story.fault().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_that_they_write_as_an_older_program_draws_from_the_block_of_where_they_sit_all_the_same()
 {
    let mut story = Story::begin().await;
    let site = story.world.ids.site;
    let strange = IssuingKey::generate().unwrap();
    let mut issued = async |number: &str, drawn: bool, by: Option<&IssuingKey>| {
        let id = RecordId::derived(format!("{number} {drawn} {}", by.is_some()).as_bytes());
        let begun = story.desk.write(&story.doctor, vec![step(id, Verb::Create, &draft(None), &[])]);
        let code = match by {
            Some(key) => issue(&Claims::of(&facts(), number).unwrap(), key).unwrap(),
            None => story.code(number),
        };
        let mut steps = story.desk.issuing(&story.doctor, id, number, &code, &begun);
        steps[1].patch.remove("issuer");
        if !drawn {
            steps.remove(0);
        }
        story.desk.write(&story.doctor, steps);
        story.desk.written_by(2, &story.doctor, site);
        story.fault().await
    };
    assert_eq!(issued("MAIN-02-26-00001-K", true, None).await, Some(Fault::FalseCode), "another's block");
    assert_eq!(issued(NUMBER, false, None).await, Some(Fault::FalseCode), "not drawn");
    assert_eq!(
        issued("A-1", false, Some(&strange)).await,
        Some(Fault::FalseCode),
        "not the workstation's key"
    );
    assert_eq!(issued(NUMBER, true, None).await, None, "what an older program wrote");
    assert_eq!(issued("A-1", false, None).await, None, "a number of no form of ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_to_issue_with_is_made_by_its_own_person_where_they_sit_and_by_nobody_else() {
    let mut story = Story::begin().await;
    let nurse = story.world.employ(&mut story.desk, "nurse", Role::Nurse);
    let clerk = story.world.employ(&mut story.desk, "clerk", Role::FrontDesk);
    story.sync().await;
    let doctor = story.doctor.clone();
    let mut made = async |of: &Person, author: &Person, block: &str, field: Option<(&str, String)>| {
        let mut key = issuer(&story.desk, of, block);
        key.record = RecordId::derived(format!("{} {} {block} {field:?}", of.id, author.id).as_bytes());
        key.patch.extend(field.map(|(field, value)| (field.to_owned(), Value::text(value))));
        story.desk.write(author, vec![key]);
        story.fault().await
    };
    let elsewhere = |field: &str| Some(Fault::IllegalMove(field.to_owned()));
    assert_eq!(made(&nurse, &nurse, "MAIN-01", None).await, None, "without a licence too");
    assert_eq!(made(&doctor, &nurse, "MAIN-01", None).await, Some(Fault::NotAllowed(NotAllowed::Author)));
    assert_eq!(made(&clerk, &clerk, "MAIN-01", None).await, Some(Fault::NotAllowed(NotAllowed::Role)));
    assert_eq!(made(&doctor, &doctor, "MAIN-02", None).await, elsewhere("block"));
    let there = Some(("workstation", RecordId::derived(b"another").to_string()));
    assert_eq!(made(&doctor, &doctor, "MAIN-01", there).await, elsewhere("workstation"));
    let other = Some(("incarnation", domain::Incarnation::derived(b"another").to_string()));
    assert_eq!(made(&doctor, &doctor, "MAIN-01", other).await, elsewhere("incarnation"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_revoked_only_with_the_signature_of_who_revokes_it() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let site = story.world.ids.site;
    story.desk.write_as(&story.doctor, None, site, vec![paper.moved("revoked")]);
    assert_eq!(story.fault().await, Some(Fault::NotSigned));
    assert_eq!(story.outcome(&paper.code).await, "genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_changes_nothing_of_what_it_signs() {
    let mut story = Story::begin().await;
    let id = RecordId::derived(b"changed");
    let begun = story.desk.write(&story.doctor, vec![step(id, Verb::Create, &draft(None), &[])]);
    let mut steps = story.desk.issuing(&story.doctor, id, NUMBER, &story.code(NUMBER), &begun);
    steps[1].patch.insert("verdict".to_owned(), Value::text("fit"));
    story.desk.write(&story.doctor, steps);
    assert_eq!(story.fault().await, Some(Fault::Fixed("verdict".to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_superseded_only_by_the_transaction_that_issues_another_in_its_stead() {
    let mut story = Story::begin().await;
    let illegal = Some(Fault::IllegalMove("status".to_owned()));
    let paper = story.issue(NUMBER, None).await;
    story.desk.write(&story.doctor, vec![paper.moved("superseded")]);
    assert_eq!(story.fault().await, illegal, "by nothing");

    let begin = |name: &str, replaces| {
        let id = RecordId::derived(name.as_bytes());
        (id, step(id, Verb::Create, &draft(replaces), &[]))
    };
    let (_, begun) = begin("begun", Some(paper.id));
    story.desk.write(&story.doctor, vec![begun, paper.moved("superseded")]);
    assert_eq!(story.fault().await, illegal, "by a draft");

    let next = "MAIN-01-26-00418-T";
    let code = story.code(next);
    let (id, another) = (RecordId::derived(b"of somebody else"), Some(RecordId::derived(b"another")));
    let theirs = Certificate { patient: another, ..draft(Some(paper.id)) };
    let begun = story.desk.write(&story.doctor, vec![step(id, Verb::Create, &theirs, &[])]);
    let mut steps = story.desk.issuing(&story.doctor, id, next, &code, &begun);
    steps[1].patient = another;
    steps.push(paper.moved("superseded"));
    story.desk.write(&story.doctor, steps);
    assert_eq!(story.fault().await, illegal, "by another patient's");

    let (id, begun) = begin("beside it", None);
    let begun = story.desk.write(&story.doctor, vec![begun]);
    let mut steps = story.desk.issuing(&story.doctor, id, next, &code, &begun);
    steps.push(paper.moved("superseded"));
    story.desk.write(&story.doctor, steps);
    assert_eq!(story.fault().await, illegal, "by one that replaces nothing");
    assert_eq!(story.outcome(&paper.code).await, "genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_certificate_is_issued_in_its_own_stead() {
    let mut story = Story::begin().await;
    let id = RecordId::derived(b"itself");
    let begun = story.desk.write(&story.doctor, vec![step(id, Verb::Create, &draft(Some(id)), &[])]);
    let mut steps = story.desk.issuing(&story.doctor, id, NUMBER, &story.code(NUMBER), &begun);
    let last = vec![OpId { seq: begun[0].seq + 2, ..begun[0] }];
    let itself = Paper { id, code: String::new(), last };
    steps.push(itself.moved("superseded"));
    story.desk.write(&story.doctor, steps);
    assert_eq!(story.fault().await, Some(Fault::IllegalMove("status".to_owned())));
}
