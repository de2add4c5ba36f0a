//! What an installation that goes on as another one sets apart.

use crypto::certify::{FORMAT, KeyCertificate, Subject};
use crypto::{Head, Signed, SigningKey};
use domain::access::User;
use domain::admit::Entry;
use domain::op::Repeated;
use domain::record::LONGEST_TEXT;
use domain::sync::{Fed, LARGEST_PUSH, Page, Received, Ruling};
use domain::visits::{Visit, VisitStatus};
use domain::wire::{Bytes, Message};
use domain::{ClinicId, Hlc, Incarnation, RecordId, Scope, Value};
use store::{Act, Context, Draft, Heard, Keys, Signer, Tampered, WriteError};

use crate::clinic::{Clinic, context, doctor, visit};
use crate::elsewhere::{Elsewhere, make};

/// The scopes in which the clinic writes.
pub const SCOPES: [&[u8]; 2] = [b"clinic", b"site"];

/// Who signs heads of the clinic's installation.
pub fn signer(key: &SigningKey) -> Signer<'_> {
    Signer {
        clinic: ClinicId::derived(b"c"),
        incarnation: Incarnation::derived(b"i"),
        key,
        now: 1_795_314_670_000,
    }
}

/// The server has all that was written until now in `scopes`.
pub fn acknowledged(clinic: &mut Clinic, scopes: &[&[u8]]) {
    let key = clinic.signs.clone();
    clinic.act(|act, _| {
        for scope in scopes.iter().map(|scope| Scope::derived(scope)) {
            let push = act.unsent(&signer(&key), scope, usize::MAX).unwrap();
            let Some(push) = push.filter(|push| !push.entries.is_empty()) else { continue };
            let head = Signed::<Head>::from_bytes(&push.head.0).unwrap().claimed().unwrap();
            let received = Received { scope, through: head.size, root: head.root };
            act.acknowledge(Incarnation::derived(b"i"), &received).unwrap().unwrap();
        }
    });
}

/// The clinic's installation goes on as another one; returns how many entries are stranded.
pub fn set_apart(clinic: &mut Clinic) -> u64 {
    let key = clinic.signs.clone();
    let certificate = KeyCertificate {
        v: FORMAT,
        clinic: ClinicId::derived(b"c"),
        kind: Subject::Workstation,
        subject: RecordId::derived(b"workstation"),
        signs_with: Some(*key.public()),
        seals_with: None,
        issues_with: None,
        block: None,
        incarnation: Some(Incarnation::derived(b"i")),
        role: None,
        issued: Hlc::default(),
        by: None,
    };
    let apart = clinic.act(|act, _| {
        act.keep_peer(Incarnation::derived(b"i"), &certificate.to_bytes()).unwrap();
        let apart = act.set_apart(&signer(&key), &SCOPES.map(Scope::derived).into()).unwrap();
        act.set_local("incarnation", Incarnation::derived(b"j").0.as_bytes()).unwrap();
        apart
    });
    clinic.store.as_mut().unwrap().went_on().unwrap();
    apart
}

fn last_place(clinic: &Clinic) -> i64 {
    clinic.intruder().query_row("select max(position) from op", [], |row| row.get(0)).unwrap()
}

#[test]
fn what_is_set_apart_leaves_the_records_and_no_place_in_the_log_is_given_twice() {
    let mut clinic = Clinic::found();
    let known = clinic.register("Mejía");
    acknowledged(&mut clinic, &SCOPES);
    let stranded = clinic.register("Salonga");
    clinic.write_as(doctor(), vec![visit(RecordId::derived(b"visit"), known)]);
    let before = last_place(&clinic);
    assert_eq!(set_apart(&mut clinic), 2);
    let has = |clinic: &mut Clinic, id| clinic.act(|act, _| act.record(id).unwrap().is_some());
    assert!(has(&mut clinic, known));
    assert!(!has(&mut clinic, stranded) && !has(&mut clinic, RecordId::derived(b"visit")));
    let waiting = clinic.act(|act, _| act.waiting(None).unwrap());
    assert_eq!(waiting.iter().map(|one| one.transaction.author).collect::<Vec<_>>(), [clinic.user, doctor()]);
    let public = *clinic.signs.public();
    assert!(waiting.iter().all(|one| one.is_of(&public)), "they signed that they sat there");
    assert!(!waiting[0].is_of(SigningKey::random(&mut clinic.entropy).public()));
    assert_eq!(last_place(&clinic), before);
    assert_eq!(clinic.act(|act, _| act.rebuild_check().unwrap().differing), [""; 0]);
    clinic.register("Lim");
    assert_eq!(last_place(&clinic), before + 1);
}

#[test]
fn what_another_copy_has_written_again_is_settled_where_it_says_the_same() {
    let mut clinic = Clinic::found();
    let known = clinic.register("Mejía");
    acknowledged(&mut clinic, &SCOPES);
    let record = RecordId::derived(b"visit");
    clinic.write_as(doctor(), vec![visit(record, known)]);
    set_apart(&mut clinic);
    let apart = clinic.act(|act, _| act.waiting(None).unwrap()).remove(0).transaction;
    let mut elsewhere = Elsewhere::new();
    elsewhere.repeats = Some(Repeated {
        incarnation: apart.incarnation,
        first: apart.first,
        author: apart.author,
        wall: apart.wall,
    });
    let visited = Visit { patient: Some(known), status: Some(VisitStatus::Arrived), ..Visit::default() };
    for (record, settled) in [(RecordId::derived(b"another"), 0), (record, 1)] {
        let again = crypto::log::Draft { patient: Some(known), ..make(record, &visited) };
        elsewhere.tell(&mut clinic, doctor(), vec![again]);
        assert_eq!(clinic.act(|act, _| act.settle_repeated().unwrap()), settled, "{record}");
    }
    assert_eq!(clinic.act(|act, _| act.waiting_count().unwrap()), 0);
}

#[test]
fn what_no_question_could_carry_any_more_is_not_written_again_and_stays() {
    let mut clinic = Clinic::found();
    let known = clinic.register("Mejía");
    acknowledged(&mut clinic, &SCOPES);
    let long = "\u{1F9B7}".repeat(LONGEST_TEXT);
    let visits = 0..=LARGEST_PUSH / long.len();
    let visits = visits.map(|nth| visit(RecordId::derived(&nth.to_le_bytes()), known));
    clinic.write_as(doctor(), visits.collect());
    set_apart(&mut clinic);
    let (signs, now) = (clinic.signs.clone(), clinic.tick());
    let context = Context { incarnation: Incarnation::derived(b"j"), ..context((doctor(), &signs), now) };
    let act = clinic.store.as_mut().unwrap().act().unwrap();
    let stranded = act.waiting(None).unwrap().remove(0);
    let patches = stranded.ops.iter().map(|op| {
        let mut patch = op.body.as_ref().unwrap().patch.clone();
        patch.insert("concern".to_owned(), Value::text(long.as_str()));
        patch
    });
    let refused = act.repeat(&context, &mut clinic.entropy, &stranded, patches.collect());
    assert!(matches!(refused, Err(WriteError::TooLarge)), "{refused:?}");
    drop(act);
    assert_eq!(clinic.act(|act, _| act.waiting_count().unwrap()), 1);
}

/// One key for everybody.
struct One([u8; 32]);

impl Keys for One {
    fn author(&self, _: &Act, _: &Entry) -> Option<[u8; 32]> {
        Some(self.0)
    }

    fn person(&self, _: &Act, _: RecordId) -> Option<[u8; 32]> {
        Some(self.0)
    }

    fn workstation(&self, _: &Act, _: Incarnation) -> Option<[u8; 32]> {
        Some(self.0)
    }
}

#[test]
fn what_the_server_had_after_all_is_settled_also_where_it_was_let_go_and_what_it_refused_waits() {
    let mut clinic = Clinic::found();
    let known = clinic.register("Mejía");
    acknowledged(&mut clinic, &SCOPES);
    for name in ["known", "let go", "refused"] {
        clinic.write_as(doctor(), vec![visit(RecordId::derived(name.as_bytes()), known)]);
    }
    let (key, site) = (clinic.signs.clone(), Scope::derived(b"site"));
    let push = clinic.act(|act, _| act.unsent(&signer(&key), site, 1 << 20).unwrap().unwrap());
    clinic.write_as(doctor(), vec![visit(RecordId::derived(b"here alone"), known)]);
    // The server has the first three, and keeps the third outside the records, since it knew of a dismissal.
    let dismissed = [("active".to_owned(), Value::Bool(false))].into();
    clinic.write(vec![Draft::patch::<User>(doctor(), None, dismissed, None)]);
    acknowledged(&mut clinic, &SCOPES[..1]);
    assert_eq!(set_apart(&mut clinic), 4);
    let fed = |(entry, position): (Bytes, u64)| {
        let refused = position == 3;
        let verdict = if refused { Ruling::Quarantined } else { Ruling::Accepted };
        let fault = refused.then(|| r#"{"code":"not_allowed","field":"inactive"}"#.to_owned());
        Fed { position, entry, verdict, fault, clamp: None }
    };
    let entries = push.entries.into_iter().zip(1..).map(fed).collect();
    let page =
        Page { scope: site, next: 3, entries, heads: vec![push.head], more: false, openings: push.openings };
    clinic.act(|act, _| {
        let waiting = act.waiting(None).unwrap();
        act.let_stranded_go(waiting[1].place).unwrap();
        act.apply(
            Incarnation::derived(b"j"),
            &One(*key.public()),
            &page,
            Heard { now: 7, ..Heard::default() },
        )
        .unwrap();
        act.compare_stranded().unwrap();
    });
    let waiting = clinic.act(|act, _| act.stranded(9).unwrap());
    let waiting: Vec<_> = waiting.iter().map(|stranded| stranded.ops[0].header.record).collect();
    assert_eq!(waiting, [b"here alone".as_slice(), b"refused"].map(RecordId::derived));
}

#[test]
fn the_trail_of_before_can_be_read_and_is_checked_against_the_head_under_which_it_ended() {
    let mut clinic = Clinic::found();
    clinic.note("look");
    clinic.note("print");
    acknowledged(&mut clinic, &SCOPES);
    set_apart(&mut clinic);
    clinic.note("rejoin");
    let rows = clinic.act(|act, _| act.audit_rows(&Default::default(), 9).unwrap());
    let told: Vec<_> = rows.iter().map(|row| (row.seq, row.action.as_str())).collect();
    assert_eq!(told, [(1, "rejoin"), (0, "print"), (-1, "look")]);
    let public = *clinic.signs.public();
    assert_eq!(clinic.act(|act, _| act.verify_audit(&public, None).unwrap().unwrap().0), 1);
    let intruder = clinic.intruder();
    intruder
        .execute_batch("drop trigger audit_update; update audit set action = 'other' where seq = -1")
        .unwrap();
    let tampered = clinic.act(|act, _| act.verify_audit(&public, None).unwrap().err());
    assert_eq!(tampered, Some(Tampered::Changed(1)));
    for (tampering, named) in [
        (
            "update audit set action = 'look' where seq = -1; update audit set hlc = hlc + 1 where seq = 0",
            Tampered::Changed(2),
        ),
        ("update audit set hlc = hlc - 1, detail = x'00' where seq = 0", Tampered::Detail(2)),
        // A trail of which no head says where it ends is nobody's.
        (
            "create table gone as select * from local where name like 'trail/%'; delete from local where name like 'trail/%'",
            Tampered::Entry(1),
        ),
        (
            "insert into local select * from gone; drop trigger audit_delete; delete from audit where seq = -1",
            Tampered::Entry(1),
        ),
        ("delete from audit where seq = 0", Tampered::Short(0)),
    ] {
        intruder.execute_batch(tampering).unwrap();
        let tampered = clinic.act(|act, _| act.verify_audit(&public, None).unwrap().err());
        assert_eq!(tampered, Some(named), "{tampering}");
    }
}
