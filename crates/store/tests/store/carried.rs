//! Logs that are carried to the server for an installation that cannot send them itself any more.

use crypto::{Head, Signed};
use domain::record::{LONGEST_TEXT, Verb};
use domain::sync::{Carried, LARGEST_PUSH, Push, Received};
use domain::visits::{Visit, VisitStatus};
use domain::wire::{Bytes, Message};
use domain::{Incarnation, RecordId, Scope};
use store::Draft;

use crate::clinic::{Clinic, doctor};
use crate::stranded::{SCOPES, acknowledged, set_apart, signer};

/// So much is asked of the logs at once.
const ROOM: usize = 512 << 10;

fn own() -> Incarnation {
    Incarnation::derived(b"i")
}

fn scope(name: &str) -> Scope {
    Scope::derived(name.as_bytes())
}

/// Acts of a megabyte each, more together than one push takes. Returns how many ops the site's log has then.
fn write_much(clinic: &mut Clinic) -> u64 {
    let patient = clinic.register("Mejía");
    for act in 0..7_u8 {
        let visits = (0..18_u8).map(|number| {
            let visit = Visit {
                patient: Some(patient),
                status: Some(VisitStatus::Arrived),
                concern: Some("咳".repeat(LONGEST_TEXT)),
                ..Visit::default()
            };
            Draft::make(Verb::Create, RecordId::derived(&[act, number]), Some(patient), &visit)
        });
        clinic.write_as(doctor(), visits.collect());
    }
    clinic.act(|act, _| act.written(own(), scope("site")).unwrap())
}

fn claimed(head: &Bytes) -> Head {
    Signed::<Head>::from_bytes(&head.0).unwrap().claimed().unwrap()
}

/// The heads of the site's log that are kept.
fn heads(clinic: &mut Clinic) -> Vec<Bytes> {
    let mut heads = clinic.act(|act, _| act.kept_heads().unwrap());
    heads.retain(|head| claimed(head).scope == Some(scope("site")));
    heads
}

fn hear(clinic: &mut Clinic, scopes: &[&str], received: Vec<Received>) {
    let logs: Vec<_> = scopes.iter().map(|name| (own(), scope(name))).collect();
    let heard =
        clinic.act(|act, _| act.hear_carried(&logs, &[Carried { incarnation: own(), received }]).unwrap());
    assert_eq!(heard.stays, 0);
}

/// Carries the site's log under `heads` to a server that has nothing of it; returns what it was told.
fn carry(clinic: &mut Clinic, heads: &[Bytes]) -> Vec<Push> {
    clinic.act(|act, _| act.carry(own(), scope("site"), heads).unwrap());
    let (mut told, mut received) = (Vec::new(), Vec::new());
    while clinic.act(|act, _| !act.carrying().unwrap().is_empty()) {
        let now = clinic.act(|act, _| act.carried(scope("clinic"), ROOM).unwrap());
        assert_eq!((now.stays, now.pushes.len()), (0, 1));
        for push in now.pushes.into_iter().filter(|push| !push.entries.is_empty()) {
            let head = claimed(&push.head);
            received = vec![Received { scope: push.scope, through: head.size, root: head.root }];
            told.push(push);
        }
        hear(clinic, &["site"], received.clone());
    }
    told
}

#[test]
fn a_log_that_no_head_lets_go_is_carried_no_more_and_the_one_behind_it_goes_on() {
    let mut clinic = Clinic::found();
    let much = write_much(&mut clinic);
    let key = clinic.signs.clone();
    clinic.act(|act, _| {
        for name in ["site", "clinic"] {
            let push = act.unsent(&signer(&key), scope(name), usize::MAX).unwrap().unwrap();
            act.carry(own(), scope(name), &[push.head]).unwrap();
        }
        let asked = act.carried(scope("site"), ROOM).unwrap();
        assert_eq!((asked.pushes.len(), asked.stays), (2, 0), "each is asked about first");
    });
    hear(&mut clinic, &["site", "clinic"], Vec::new());
    for stays in [much, 0] {
        let now = clinic.act(|act, _| act.carried(scope("site"), ROOM).unwrap());
        let scopes: Vec<_> = now.pushes.iter().map(|push| push.scope).collect();
        assert_eq!((scopes, now.stays), (vec![scope("clinic")], stays));
    }
}

#[test]
fn an_unsent_log_that_no_one_push_takes_has_heads_on_the_way_with_its_backup() {
    let mut clinic = Clinic::found();
    let much = write_much(&mut clinic);
    let key = clinic.signs.clone();
    clinic.act(|act, _| act.sign_heads(&signer(&key)).unwrap());
    assert_eq!(heads(&mut clinic).len(), 1, "without a server nobody carries it to one");
    clinic.act(|act, _| {
        act.set_local("server", b"https://server").unwrap();
        act.sign_heads(&signer(&key)).unwrap();
    });
    let heads = heads(&mut clinic);
    let told = carry(&mut clinic, &heads);
    assert!(told.len() >= 2 && told.iter().all(|push| push.bytes() <= LARGEST_PUSH));
    assert_eq!(told.last().map(|push| claimed(&push.head).size), Some(much));
}

#[test]
fn a_log_that_ends_since_its_installation_goes_on_as_another_one_has_heads_on_the_way_too() {
    let mut clinic = Clinic::found();
    let much = write_much(&mut clinic);
    acknowledged(&mut clinic, &SCOPES);
    assert_eq!(set_apart(&mut clinic), 0);
    let heads = heads(&mut clinic);
    let told = carry(&mut clinic, &heads);
    assert!(told.len() >= 2 && told.iter().all(|push| push.bytes() <= LARGEST_PUSH));
    assert_eq!(told.last().map(|push| claimed(&push.head).size), Some(much));
}

#[test]
fn the_largest_act_is_carried_whole_and_what_follows_it_too() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Mejía");
    let concern = "咳".repeat(LONGEST_TEXT);
    // More than goes under one head with others, and no more than one act may have.
    let count = (LARGEST_PUSH - (256 << 10)) / concern.len();
    let visits = (0..count).map(|number| {
        let visit = Visit {
            patient: Some(patient),
            status: Some(VisitStatus::Arrived),
            concern: Some(concern.clone()),
            ..Visit::default()
        };
        Draft::make(Verb::Create, RecordId::derived(&number.to_be_bytes()), Some(patient), &visit)
    });
    clinic.write_as(doctor(), visits.collect());
    clinic.register("Salonga");
    let all = clinic.act(|act, _| act.written(own(), scope("site")).unwrap());
    acknowledged(&mut clinic, &SCOPES);
    assert_eq!(set_apart(&mut clinic), 0);
    let heads = heads(&mut clinic);
    let told = carry(&mut clinic, &heads);
    assert!(told.iter().any(|push| push.bytes() > LARGEST_PUSH - (1 << 20)), "one is that large");
    assert!(told.iter().all(|push| push.bytes() <= LARGEST_PUSH));
    assert_eq!(told.last().map(|push| claimed(&push.head).size), Some(all));
}
