//! A person is let in by what an administrator signed, not by what a record says.

use app::Code;
use crypto::keys::Bundle;
use crypto::testing::TestEntropy;
use domain::access::{Role, User};
use domain::admit::Fault;
use domain::patients::Patient;
use domain::record::{Hex, Record, Verb};
use domain::wire::Wire;
use domain::{ClinicId, Incarnation, RecordId, Scope, SessionId, Value, Zone};
use serde_json::json;
use store::{Act, Context, Draft, WriteError};
pub use tests::desk::open_store;
use tests::desk::{Clinic, FOUNDED_AT, password, sign_in_name};

/// Writes `patch` into the record of the person of `role`, admitted and signed, but certified by nobody.
fn tamper(clinic: &mut Clinic, role: Role, patch: impl FnOnce(&User) -> (&'static str, Value)) {
    clinic.stop();
    let (mut store, author, bundle) = open_store(clinic);
    let act = store.act().unwrap();
    let users = act.records(User::KIND.name, None).unwrap().into_iter();
    let mut users = users.map(|record| (record.id, record.state.record::<User>()));
    let (id, user) = users.find(|(_, user)| user.sign_in.as_deref() == Some(sign_in_name(role))).unwrap();
    let (field, value) = patch(&user);
    let draft = Draft::patch::<User>(id, None, [(field.to_owned(), value)].into(), None);
    act.write(&context(&act, author, &bundle), &mut TestEntropy::new(77), vec![draft]).unwrap();
    act.commit().unwrap();
    drop(store);
    clinic.restart();
}

/// The act of the administrator `author` with a program of their own.
pub fn context<'a>(act: &Act, author: RecordId, bundle: &'a Bundle) -> Context<'a> {
    let id = |name: &str| Value::Bytes(act.local(name).unwrap().unwrap());
    let zone = Zone::named("Asia/Manila").unwrap();
    let wall = zone.instant(FOUNDED_AT);
    Context {
        clinic: ClinicId::from_value(&id("clinic")).unwrap(),
        incarnation: Incarnation::from_value(&id("incarnation")).unwrap(),
        clinic_scope: Scope::from_value(&id("clinic_scope")).unwrap(),
        site_scope: Scope::from_value(&id("clinic_scope")).unwrap(),
        site: RecordId::from_value(&id("site")).unwrap(),
        author,
        session: SessionId::derived(b"elsewhere"),
        key: Some(&bundle.signing),
        now: FOUNDED_AT,
        wall,
        app: "0.0.0",
    }
}

fn sign_in(clinic: &mut Clinic, role: Role) -> Option<Code> {
    let input = json!({"who": sign_in_name(role), "password": password(role)});
    clinic.call("sign_in", input).err().map(|refusal| refusal.code)
}

#[test]
fn a_role_that_no_administrator_certified_lets_nobody_in() {
    let mut clinic = Clinic::staffed();
    tamper(&mut clinic, Role::Nurse, |_| ("role", Value::text("administrator")));
    assert_eq!(sign_in(&mut clinic, Role::Nurse), Some(Code::NotTrusted));
    assert_eq!(clinic.ok("door", json!({}))["state"], "locked");
    assert_eq!(sign_in(&mut clinic, Role::Doctor), None);
}

#[test]
fn a_changed_key_or_certificate_lets_nobody_in() {
    for field in ["signs_with", "seals_with", "certificate"] {
        let mut clinic = Clinic::staffed();
        tamper(&mut clinic, Role::Nurse, |user| {
            let hex = match field {
                "signs_with" => &user.signs_with,
                "seals_with" => &user.seals_with,
                _ => &user.certificate,
            };
            let mut bytes = hex.as_ref().unwrap().bytes();
            *bytes.last_mut().unwrap() ^= 1;
            (field, Value::Text(Hex::of(&bytes).0))
        });
        assert_eq!(sign_in(&mut clinic, Role::Nurse), Some(Code::NotTrusted), "{field}");
    }
}

#[test]
fn a_program_that_has_the_stores_key_and_not_the_persons_writes_nothing_in_their_name() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Doctor);
    clinic.register("Gustavo", "Mejía");
    clinic.stop();
    let (mut store, author, bundle) = open_store(&clinic);
    let act = store.act().unwrap();
    let drafts = || {
        let id = RecordId::derived(b"somebody");
        vec![Draft::make(
            Verb::Create,
            id,
            Some(id),
            &Patient { family: Some("Lim".into()), ..Patient::default() },
        )]
    };
    let entropy = &mut TestEntropy::new(77);
    let forged = Context { key: None, ..context(&act, author, &bundle) };
    let refused = act.write(&forged, entropy, drafts());
    assert!(matches!(refused, Err(WriteError::Refused(Fault::NoSession))), "{refused:?}");
    // With their own key the session is opened.
    act.write(&context(&act, author, &bundle), entropy, drafts()).unwrap();
}

#[test]
fn the_certificate_of_somebody_else_lets_nobody_in() {
    let mut clinic = Clinic::staffed();
    let mut doctors = Value::Null;
    tamper(&mut clinic, Role::Doctor, |user| {
        doctors = Value::Text(user.certificate.clone().unwrap_or_default().0);
        ("position", Value::text("School physician"))
    });
    tamper(&mut clinic, Role::Nurse, |_| ("certificate", doctors.clone()));
    assert_eq!(sign_in(&mut clinic, Role::Doctor), None);
    clinic.ok("sign_out", json!({}));
    assert_eq!(sign_in(&mut clinic, Role::Nurse), Some(Code::NotTrusted));
}
