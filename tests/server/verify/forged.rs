//! What a program that is none of ours may write of a certificate, and what holds of it.

use domain::Value;
use domain::admit::Fault;
use domain::certificates::Certificate;
use domain::record::{Record, Verb};

use super::{NUMBER, Story, step, template};
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
    let patch = [("status".to_owned(), Value::text("revoked"))].into();
    let mut draft = patch_of(Certificate::KIND, paper.id, Verb::Patch, patch, &paper.last);
    draft.reason = Some("entered in error".to_owned());
    let site = story.world.ids.site;
    story.desk.write_as(&story.doctor, None, site, vec![draft]);
    assert_eq!(story.fault().await, Some(Fault::NotSigned));
    assert_eq!(story.outcome(&paper.code).await, "genuine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_changes_nothing_of_what_it_signs() {
    let mut story = Story::begin().await;
    let draft = Certificate { template: Some(template()), ..Certificate::default() };
    let id = domain::RecordId::derived(b"changed");
    let mut draft = step(id, Verb::Create, &draft, &[]);
    draft.patch.insert("status".to_owned(), Value::text("draft"));
    let begun = story.desk.write(&story.doctor, vec![draft]);
    let mut signed = story.doctor.signing(NUMBER, &story.code(NUMBER));
    signed.insert("verdict".to_owned(), Value::text("fit"));
    story.desk.write(&story.doctor, vec![patch_of(Certificate::KIND, id, Verb::Sign, signed, &begun)]);
    assert_eq!(story.fault().await, Some(Fault::Fixed("verdict".to_owned())));
}
