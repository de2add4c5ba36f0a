//! What a program that is none of ours may write of a certificate, and what holds of it.

use crypto::log::Draft;
use domain::admit::Fault;
use domain::certificates::{Certificate, CertificateStatus};
use domain::record::{Record, Verb};
use domain::{OpId, RecordId, Value};

use super::{NUMBER, Paper, Story, step, template};
use crate::desk::patch_of;

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
    }
    story.sync().await;
    assert_eq!(story.outcome(&paper.code).await, "genuine");
    story.end(&paper, "revoked").await;
    for name in ["e", "f", "g", "h"] {
        story.write(name, NUMBER, paper.code.clone(), None);
    }
    story.sync().await;
    assert_eq!(story.outcome(&paper.code).await, "revoked");
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
    let draft = Certificate { template: Some(template()), ..Certificate::default() };
    let id = RecordId::derived(b"changed");
    let mut draft = step(id, Verb::Create, &draft, &[]);
    draft.patch.insert("status".to_owned(), Value::text("draft"));
    let begun = story.desk.write(&story.doctor, vec![draft]);
    let mut signed = story.doctor.signing(NUMBER, &story.code(NUMBER));
    signed.insert("verdict".to_owned(), Value::text("fit"));
    story.desk.write(&story.doctor, vec![patch_of(Certificate::KIND, id, Verb::Sign, signed, &begun)]);
    assert_eq!(story.fault().await, Some(Fault::Fixed("verdict".to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_superseded_only_by_the_transaction_that_issues_another_in_its_stead() {
    let mut story = Story::begin().await;
    let illegal = Some(Fault::IllegalMove("status".to_owned()));
    let paper = story.issue(NUMBER, None).await;
    story.desk.write(&story.doctor, vec![paper.moved("superseded")]);
    assert_eq!(story.fault().await, illegal, "by nothing");

    let draft = |replaces| Certificate {
        template: Some(template()),
        status: Some(CertificateStatus::Draft),
        replaces,
        ..Certificate::default()
    };
    let begin = |name: &str, replaces| {
        let id = RecordId::derived(name.as_bytes());
        (id, step(id, Verb::Create, &draft(replaces), &[]))
    };
    let (_, begun) = begin("begun", Some(paper.id));
    story.desk.write(&story.doctor, vec![begun, paper.moved("superseded")]);
    assert_eq!(story.fault().await, illegal, "by a draft");

    let signing = story.doctor.signing("MAIN-01-26-00418-M", &story.code("MAIN-01-26-00418-M"));
    let (id, begun) = begin("of somebody else", Some(paper.id));
    let begun = story.desk.write(&story.doctor, vec![begun]);
    let signed = patch_of(Certificate::KIND, id, Verb::Sign, signing.clone(), &begun);
    let of_another = Draft { patient: Some(RecordId::derived(b"another")), ..signed };
    story.desk.write(&story.doctor, vec![of_another, paper.moved("superseded")]);
    assert_eq!(story.fault().await, illegal, "by another patient's");

    let (id, begun) = begin("beside it", None);
    let begun = story.desk.write(&story.doctor, vec![begun]);
    let signed = patch_of(Certificate::KIND, id, Verb::Sign, signing, &begun);
    story.desk.write(&story.doctor, vec![signed, paper.moved("superseded")]);
    assert_eq!(story.fault().await, illegal, "by one that replaces nothing");
    assert_eq!(story.outcome(&paper.code).await, "genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_certificate_is_issued_in_its_own_stead() {
    let mut story = Story::begin().await;
    let id = RecordId::derived(b"itself");
    let draft = Certificate {
        template: Some(template()),
        status: Some(CertificateStatus::Draft),
        replaces: Some(id),
        ..Certificate::default()
    };
    let begun = story.desk.write(&story.doctor, vec![step(id, Verb::Create, &draft, &[])]);
    let signed = story.doctor.signing(NUMBER, &story.code(NUMBER));
    let signed = patch_of(Certificate::KIND, id, Verb::Sign, signed, &begun);
    let last = vec![OpId { seq: begun[0].seq + 1, ..begun[0] }];
    let itself = Paper { id, code: String::new(), last };
    story.desk.write(&story.doctor, vec![signed, itself.moved("superseded")]);
    assert_eq!(story.fault().await, Some(Fault::IllegalMove("status".to_owned())));
}
