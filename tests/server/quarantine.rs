//! What the rules do not let in is kept to the byte, told with its reason, and stays outside the records.

use std::collections::BTreeMap;

use crypto::log::Draft;
use domain::access::{NotAllowed, Role, User};
use domain::addenda::Addendum;
use domain::admit::Fault;
use domain::certificates::{Certificate, Template};
use domain::forms;
use domain::patients::{Allergy, Patient};
use domain::record::{Record, Verb};
use domain::sync::{Answer, Ruling};
use domain::visits::Note;
use domain::{RecordId, Value};

use crate::desk::{Desk, patch_of, step};
use crate::sync::register;
use crate::world::{Person, World, person};

fn faults(answer: &Answer) -> Vec<Option<Fault>> {
    let read = |text: &String| serde_json::from_str(text).unwrap();
    answer.verdicts.iter().map(|judged| judged.fault.as_ref().map(read)).collect()
}

async fn exists(world: &World, record: RecordId) -> bool {
    let sql = world.sql().await;
    !sql.query("select 1 from record where id = $1", &[&record.0]).await.unwrap().is_empty()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_a_nurse_issues_is_quarantined_and_so_it_is_told_to_all() {
    let (world, mut desk) = World::founded().await;
    let mut nurse = person("nurse", Role::Nurse, &world.administrator.key, Some(world.administrator.id));
    nurse.user.name = Some("Nurse".to_owned());
    let mut made = step(nurse.id, Verb::Create, &nurse.user, &[]);
    made.patch.insert("licences/a/number".to_owned(), Value::text("77"));
    let template = RecordId::derived(b"template");
    let approvers = Template { approvers: Some(vec!["doctor".to_owned()]), ..Template::default() };
    desk.write(&world.administrator, vec![made, step(template, Verb::Create, &approvers, &[])]);
    let certificate = RecordId::derived(b"certificate");
    let draft = Certificate { template: Some(template), ..Certificate::default() };
    let mut draft = step(certificate, Verb::Create, &draft, &[]);
    draft.patch.insert("status".to_owned(), Value::text("draft"));
    let drafted = desk.write(&nurse, vec![draft]);
    let issue = [
        ("status", "issued"),
        ("number", "A-1"),
        ("issued_at", "2026-11-22T09:00:00+01:00"),
        ("facts", "{}"),
        ("payload", "x"),
        ("pdf", "00"),
        ("signer", &nurse.id.to_string()),
    ];
    let patch: BTreeMap<_, _> = issue.map(|(path, value)| (path.to_owned(), Value::text(value))).into();
    desk.write(&nurse, vec![patch_of(Certificate::KIND, certificate, Verb::Sign, patch, &drafted)]);
    let answer = desk.sync(&world).await;
    assert_eq!(faults(&answer), [None, None, Some(Fault::NotAllowed(NotAllowed::Role))]);

    let mut other = world.join("second", world.ids.site).await;
    let pulled = other.sync(&world).await;
    let page = pulled.pages.iter().find(|page| page.scope == world.ids.site).unwrap();
    assert_eq!(page.entries[1].verdict, Ruling::Quarantined);
    assert_eq!(page.entries[1].fault, answer.verdicts[2].fault);
    assert_eq!(page.entries[1].entry.0, desk.logs[&world.ids.site].entries[1].1, "kept to the byte");
    let sql = world.sql().await;
    let row = sql.query_one("select state from record where id = $1", &[&certificate.0]).await.unwrap();
    let state: serde_json::Value = row.get(0);
    assert_eq!(state["fields"]["status"]["value"], "draft");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_that_the_front_desk_signs_is_quarantined_though_nurses_sign_slips() {
    let (world, mut desk) = World::founded().await;
    let clerk = world.employ(&mut desk, "clerk", Role::FrontDesk);
    let template = RecordId::derived(b"slips");
    let slips = Template { approvers: Some(vec!["nurse".to_owned()]), ..Template::default() };
    desk.write(&world.administrator, vec![step(template, Verb::Create, &slips, &[])]);
    let slip = RecordId::derived(b"slip");
    let draft = Certificate { template: Some(template), ..Certificate::default() };
    let mut draft = step(slip, Verb::Create, &draft, &[]);
    draft.patch.insert("status".to_owned(), Value::text("draft"));
    draft.patch.insert("sent_to".to_owned(), Value::text("class"));
    let drafted = desk.write(&clerk, vec![draft]);
    let issue = [("status", "issued"), ("number", "A-1"), ("signer", &clerk.id.to_string())];
    let patch: BTreeMap<_, _> = issue.map(|(path, value)| (path.to_owned(), Value::text(value))).into();
    desk.write(&clerk, vec![patch_of(Certificate::KIND, slip, Verb::Sign, patch, &drafted)]);
    let found = faults(&desk.sync(&world).await);
    assert_eq!(found.last(), Some(&Some(Fault::NotAllowed(NotAllowed::Role))), "{found:?}");
    assert_eq!(found.iter().flatten().count(), 1, "the draft is theirs to write: {found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lens_that_the_front_desk_writes_is_quarantined_and_so_it_is_told_to_all_and_a_nurses_is_let_in() {
    let (world, mut desk) = World::founded().await;
    let clerk = world.employ(&mut desk, "clerk", Role::FrontDesk);
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    let template = RecordId::derived(b"spectacles");
    let spectacles = Template {
        form_code: Some("EYE-01".to_owned()),
        verdicts: Some(vec!["prescribed".to_owned()]),
        approvers: Some(vec!["optometrist".to_owned()]),
        active: Some(true),
        ..Template::default()
    };
    desk.write(&world.administrator, vec![step(template, Verb::Create, &spectacles, &[])]);
    assert!(faults(&desk.sync(&world).await).iter().all(Option::is_none));
    let absent = forms::Answer { x: Some(forms::Absent::EyeAbsent), ..forms::Answer::default() };
    let draft = |name: &str, right: Option<forms::Answer>| {
        let said = Certificate { template: Some(template), right, ..Certificate::default() };
        // No record of a person has this id: a record keeps its kind.
        let mut draft = step(RecordId::derived(name.as_bytes()), Verb::Create, &said, &[]);
        draft.patch.insert("status".to_owned(), Value::text("draft"));
        draft
    };
    desk.write(&clerk, vec![draft("a clerk's", Some(absent.clone()))]);
    desk.write(&nurse, vec![draft("a nurse's", Some(absent))]);
    let made = desk.write(&clerk, vec![draft("without a lens", None)]);
    let record = RecordId::derived(b"without a lens");
    let pd = [("pd".to_owned(), Value::text("62"))].into();
    desk.write(&clerk, vec![patch_of(Certificate::KIND, record, Verb::Patch, pd, &made)]);
    let found = faults(&desk.sync(&world).await);
    let role = Some(Fault::NotAllowed(NotAllowed::Role));
    assert_eq!(found, [role.clone(), None, None, role], "the draft itself is theirs to write");
    assert!(!exists(&world, RecordId::derived(b"a clerk's")).await);

    let mut other = world.join("second", world.ids.site).await;
    let pulled = other.sync(&world).await;
    let page = pulled.pages.iter().find(|page| page.scope == world.ids.site).unwrap();
    let told: Vec<_> = page.entries.iter().map(|fed| fed.verdict == Ruling::Quarantined).collect();
    assert_eq!(told, [true, false, false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn permission_is_asked_again_with_what_the_server_knows() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    desk.sync(&world).await;
    let mut far = world.join("far", domain::Scope::derived(b"another site")).await;
    far.sync(&world).await;
    let clinics = &desk.logs[&world.ids.scope];
    let made = domain::OpId {
        incarnation: desk.incarnation,
        scope: world.ids.scope,
        seq: clinics.headers.len() as u64,
    };
    let gone = User { active: Some(false), ..User::default() };
    desk.write(&world.administrator, vec![step(nurse.id, Verb::Patch, &gone, &[made])]);
    desk.sync(&world).await;
    let grace = register(&mut far, &nurse, "Grace");
    assert_eq!(faults(&far.sync(&world).await), [Some(Fault::NotAllowed(NotAllowed::Inactive))]);
    assert!(!exists(&world, grace).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_stands_behind_a_quarantined_transaction_waits_for_it() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    let auditor = world.employ(&mut desk, "auditor", Role::Auditor);
    register(&mut desk, &auditor, "Ada");
    let grace = register(&mut desk, &nurse, "Grace");
    let answer = desk.sync(&world).await;
    let role = Some(Fault::NotAllowed(NotAllowed::Role));
    assert_eq!(faults(&answer), [None, None, role, None]);
    assert!(exists(&world, grace).await);
}

/// What becomes of the last transaction that `write` writes at a founded clinic.
async fn becomes(write: impl FnOnce(&World, &mut Desk)) -> Option<Fault> {
    let (world, mut desk) = World::founded().await;
    write(&world, &mut desk);
    faults(&desk.sync(&world).await).pop().flatten()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_of_weight_counts_only_with_its_authors_own_signature() {
    let colleague = |world: &World| {
        let by = &world.administrator;
        let user = person("colleague", Role::Doctor, &by.key, Some(by.id));
        vec![step(user.id, Verb::Create, &user.user, &[])]
    };
    let unsigned = becomes(|world, desk| {
        desk.write_as(&world.administrator, None, world.ids.scope, colleague(world));
    });
    assert_eq!(unsigned.await, Some(Fault::NotSigned));
    let false_one = becomes(|world, desk| {
        let key = desk.key.clone();
        desk.write_as(&world.administrator, Some(&key), world.ids.scope, colleague(world));
    });
    assert_eq!(false_one.await, Some(Fault::NotSigned));
    let own = becomes(|world, desk| {
        desk.write(&world.administrator, colleague(world));
    });
    assert_eq!(own.await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_note_is_not_withdrawn_and_an_open_one_is() {
    let withdrawn = |signed: bool| {
        becomes(move |world, desk| {
            let doctor = world.employ(desk, "doctor", Role::Doctor);
            let note = RecordId::derived(b"note");
            let says = Note { author: Some(doctor.id), plan: Some("rest".to_owned()), ..Note::default() };
            let mut seen = desk.write(&doctor, vec![step(note, Verb::Create, &says, &[])]);
            if signed {
                seen = desk.write(&doctor, vec![step(note, Verb::Sign, &Note::default(), &seen)]);
            }
            let mut void = step(note, Verb::Void, &Note::default(), &seen);
            void.reason = Some("a mistake".to_owned());
            desk.write(&doctor, vec![void]);
        })
    };
    assert_eq!(withdrawn(true).await, Some(Fault::Frozen));
    assert_eq!(withdrawn(false).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_no_administrator_certified_is_nobody() {
    let stranger = person(
        "stranger",
        Role::Doctor,
        &crypto::SigningKey::random(&mut crypto::testing::TestEntropy::new(9)),
        None,
    );
    let unknown = becomes(|_, desk| {
        register(desk, &stranger, "Ada");
    });
    assert_eq!(unknown.await, Some(Fault::UnknownAuthor));
    // An administrator's op makes the record, but no certificate leads to the root.
    let uncertified = becomes(|world, desk| {
        desk.write(&world.administrator, vec![step(stranger.id, Verb::Create, &stranger.user, &[])]);
        register(desk, &stranger, "Ada");
    });
    assert_eq!(uncertified.await, Some(Fault::UnknownAuthor));
    let raised = becomes(|world, desk| {
        let mut nurse = person("nurse", Role::Nurse, &world.administrator.key, Some(world.administrator.id));
        nurse.user.role = Some(Role::Doctor);
        desk.write(&world.administrator, vec![step(nurse.id, Verb::Create, &nurse.user, &[])]);
        register(desk, &nurse, "Ada");
    });
    assert_eq!(raised.await, Some(Fault::UnknownAuthor), "the role is not the one that was certified");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_founding_makes_nobody_an_administrator() {
    let (world, _) = World::founded().await;
    let mut rogue = world.join("rogue", world.ids.site).await;
    let key = crypto::SigningKey::random(&mut crypto::testing::TestEntropy::new(9));
    let usurper: Person = person("usurper", Role::Administrator, &key, None);
    let clinic = domain::clinic::Clinic { name: Some("Mine".to_owned()), ..Default::default() };
    let drafts = vec![
        step(RecordId::derived(b"mine"), Verb::Create, &clinic, &[]),
        step(usurper.id, Verb::Create, &usurper.user, &[]),
    ];
    rogue.write(&usurper, drafts);
    assert!(faults(&rogue.sync(&world).await)[0].is_some());
    assert!(!exists(&world, usurper.id).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_whose_id_no_store_can_carry_is_kept_outside_and_what_stands_behind_it_is_received() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    let ada = RecordId::derived(b"Ada");
    let mut made = step(ada, Verb::Create, &Patient::default(), &[]);
    made.patch.insert("contacts/\0/value".to_owned(), Value::text("0917"));
    desk.write(&nurse, vec![made]);
    let grace = register(&mut desk, &nurse, "Grace");
    let answer = desk.sync(&world).await;
    let unknown = Some(Fault::UnknownField("contacts/\0/value".to_owned()));
    assert_eq!(faults(&answer), [None, unknown, None]);
    assert_eq!((exists(&world, ada).await, exists(&world, grace).await), (false, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_what_nobody_has_or_of_an_unknown_kind_is_kept_outside() {
    let fault = becomes(|world, desk| {
        let nurse = world.employ(desk, "nurse", Role::Nurse);
        let edit = Patient { given: Some("Ada".to_owned()), ..Patient::default() };
        desk.write(&nurse, vec![step(RecordId::derived(b"nobody"), Verb::Patch, &edit, &[])]);
    });
    assert_eq!(fault.await, Some(Fault::NoRecord));
    let fault = becomes(|world, desk| {
        let nurse = world.employ(desk, "nurse", Role::Nurse);
        let mut draft = step(RecordId::derived(b"x"), Verb::Create, &Patient::default(), &[]);
        draft.kind = format!("horoscope\0{}", "x".repeat(10_000));
        desk.write(&nurse, vec![draft]);
    });
    let told = format!("horoscope\0{}", "x".repeat(90));
    assert_eq!(fault.await, Some(Fault::UnknownKind(told)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_a_record_anew_or_names_another_patient_than_it_is_quarantined() {
    let (world, mut desk) = World::founded().await;
    let doctor = world.employ(&mut desk, "doctor", Role::Doctor);
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    let [known, other, addendum, allergy] =
        ["Ada", "Lim", "addendum", "allergy"].map(|name| RecordId::derived(name.as_bytes()));
    let said = |text: &str| Addendum {
        patient: Some(known),
        note: Some(RecordId::derived(b"note")),
        text: Some(text.to_owned()),
        reason: Some("left out".to_owned()),
        ..Addendum::default()
    };
    let penicillin =
        Allergy { patient: Some(known), substance: Some("Penicillin".to_owned()), ..Allergy::default() };
    let added = desk.write(&doctor, vec![step(addendum, Verb::Append, &said("the doctor's"), &[])]);
    let held = desk.write(&doctor, vec![step(allergy, Verb::Create, &penicillin, &[])]);
    let mild = || [("reaction".to_owned(), Value::text("rash"))].into();
    let patch = || patch_of(Allergy::KIND, allergy, Verb::Patch, mild(), &held);
    let moved = Draft { patient: Some(other), ..patch() };
    let planted = Draft { patient: Some(other), ..step(other, Verb::Create, &penicillin, &[]) };
    for draft in [
        step(addendum, Verb::Append, &said("the nurse's"), &added),
        step(addendum, Verb::Append, &said("the nurse's"), &[]),
        moved,
        planted,
        patch(),
    ] {
        desk.write(&nurse, vec![draft]);
    }
    let found = faults(&desk.sync(&world).await);
    let anew = Some(Fault::IllegalMove(String::new()));
    let wrong = Some(Fault::WrongType("patient".to_owned()));
    assert_eq!(found[4..], [anew.clone(), anew, wrong.clone(), wrong, None]);
}
