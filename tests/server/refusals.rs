//! Whom the server refuses, by code; a refused question changes nothing.

use crypto::testing::TestEntropy;
use crypto::{Signed, SigningKey};
use domain::access::Role;
use domain::clinic::Workstation;
use domain::record::{Hex, Verb};
use domain::sync::{LARGEST, LARGEST_INTRODUCTION, LARGEST_PUSH, Question};
use domain::wire::{Bytes, Message};
use domain::{ClinicId, Incarnation, RecordId, Scope};

use crate::desk::{Desk, entry, step};
use crate::sync::register;
use crate::world::{Refused, World};

/// A clinic with a nurse, and a desk that has one registration to push.
async fn ready() -> (World, Desk) {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    desk.sync(&world).await;
    register(&mut desk, &nurse, "Ada");
    register(&mut desk, &nurse, "Grace");
    (world, desk)
}

/// How the server refuses the desk's question after `change`; nothing may be kept of it.
async fn refused(change: impl FnOnce(&World, &Desk, &mut Question)) -> (u16, String) {
    let (world, desk) = ready().await;
    let mut question = desk.question();
    change(&world, &desk, &mut question);
    let refused = world.ask(&desk, &question).await.unwrap_err();
    assert_untouched(&world).await;
    (refused.status, refused.code)
}

async fn assert_untouched(world: &World) {
    let sql = world.sql().await;
    let row = sql.query_one("select count(*) from op where scope = $1", &[&world.ids.site.0]).await.unwrap();
    assert_eq!(row.get::<_, i64>(0), 0, "a refused question changes nothing");
}

fn is(code: &str, status: u16) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_version_clinic_workstation_or_installation_is_refused() {
    assert_eq!(refused(|_, _, question| question.v = 0).await, is("wrong_version", 400));
    assert_eq!(refused(|_, _, question| question.v = 3).await, is("wrong_version", 400));
    let other = ClinicId::derived(b"another");
    assert_eq!(refused(|_, _, question| question.clinic = other).await, is("wrong_clinic", 403));
    let nobody = RecordId::derived(b"nobody");
    assert_eq!(refused(|_, _, question| question.workstation = nobody).await, is("unknown_workstation", 403));
    let clone = Incarnation::derived(b"clone");
    assert_eq!(refused(|_, _, question| question.incarnation = clone).await, is("foreign_incarnation", 403));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_a_clinic_answers_no_question() {
    let world = World::empty().await;
    let desk = Desk::new(world.ids, "first", world.ids.site);
    let refused = world.ask(&desk, &desk.idle()).await.unwrap_err();
    assert_eq!((refused.status, refused.code.as_str()), (409, "no_clinic"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_or_a_head_signed_by_another_key_is_refused() {
    let (world, desk) = ready().await;
    let key = SigningKey::random(&mut TestEntropy::new(77));
    let signed = Signed::new(&key, &desk.question());
    assert_eq!(world.post("/sync", &signed).await.unwrap_err().code, "false_signature");
    let mut bytes = Signed::new(&desk.key, &desk.question()).to_bytes();
    let place = bytes.len() - 20;
    bytes[place] ^= 1;
    let packed = zstd::encode_all(bytes.as_slice(), 3).unwrap();
    assert_eq!(world.send("/sync", packed).await.unwrap_err().code, "false_signature");
    assert_untouched(&world).await;
    let head = |_: &World, desk: &Desk, question: &mut Question| {
        let forged =
            Signed::<crypto::Head>::from_bytes(&question.pushes[0].head.0).unwrap().claimed().unwrap();
        assert_eq!(forged.incarnation, desk.incarnation);
        question.pushes[0].head = Bytes(Signed::new(&key, &forged).to_bytes());
    };
    assert_eq!(refused(head).await, is("false_signature", 403));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_workstation_is_refused() {
    let (world, mut desk) = ready().await;
    desk.sync(&world).await;
    let mut second = world.join("second", world.ids.site).await;
    second.sync(&world).await;
    let record = Workstation {
        signs_with: Some(Hex::of(second.key.public())),
        active: Some(true),
        ..Workstation::default()
    };
    let made = desk.write(&world.administrator, vec![step(second.record, Verb::Create, &record, &[])]);
    desk.sync(&world).await;
    second.sync(&world).await;
    let gone = Workstation { active: Some(false), ..Workstation::default() };
    desk.write(&world.administrator, vec![step(second.record, Verb::Patch, &gone, &made)]);
    desk.sync(&world).await;
    let refused = world.ask(&second, &second.idle()).await.unwrap_err();
    assert_eq!((refused.status, refused.code.as_str()), (403, "revoked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_that_is_not_the_workstations_is_refused_to_read_and_to_write() {
    let foreign = Scope::derived(b"another site");
    let write = |_: &World, _: &Desk, question: &mut Question| question.pushes[0].scope = foreign;
    assert_eq!(refused(write).await, is("forged_scope", 403));
    let read = |_: &World, _: &Desk, question: &mut Question| question.cursors[0].scope = foreign;
    // Nothing was pushed before the cursors were looked at.
    assert_eq!(refused(read).await, is("forged_scope", 403));
    let swapped =
        |world: &World, _: &Desk, question: &mut Question| question.pushes[0].scope = world.ids.scope;
    assert_eq!(refused(swapped).await, is("forged_scope", 403));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinics_record_written_for_a_site_is_refused() {
    let (world, mut desk) = ready().await;
    let colleague =
        crate::world::person("x", Role::Nurse, &world.administrator.key, Some(world.administrator.id));
    let drafts = vec![step(colleague.id, Verb::Create, &colleague.user, &[])];
    desk.write_as(&world.administrator, Some(&world.administrator.key), world.ids.site, drafts);
    assert_eq!(world.ask(&desk, &desk.question()).await.unwrap_err().code, "forged_scope");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_another_workstation_wrote_is_refused() {
    let (world, desk) = ready().await;
    let thief = world.join("thief", world.ids.site).await;
    let question = Question { pushes: desk.question().pushes, ..thief.idle() };
    let refused = world.ask(&thief, &question).await.unwrap_err();
    assert_eq!((refused.status, refused.code.as_str()), (403, "foreign_incarnation"));
    assert_untouched(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ops_that_do_not_belong_together_are_refused() {
    let swap = |_: &World, _: &Desk, question: &mut Question| question.pushes[0].entries.swap(0, 1);
    assert_eq!(refused(swap).await, is("torn", 400));
    let drop = |_: &World, _: &Desk, question: &mut Question| drop(question.pushes[0].entries.remove(0));
    assert_eq!(refused(drop).await, is("torn", 400));
    let late = |_: &World, _: &Desk, question: &mut Question| question.pushes[0].from = 0;
    assert_eq!(refused(late).await, is("torn", 400));
    let body = |_: &World, _: &Desk, question: &mut Question| {
        let mut one = entry(&question.pushes[0].entries[0].0);
        one.ops[0].body = entry(&question.pushes[0].entries[1].0).ops[0].body.clone();
        question.pushes[0].entries[0] = Bytes(one.to_sent());
    };
    // The header still names the body that it had.
    assert_eq!(refused(body).await, is("torn", 400));
    let erased = |_: &World, _: &Desk, question: &mut Question| {
        let mut one = entry(&question.pushes[0].entries[0].0);
        one.ops[0].body = None;
        question.pushes[0].entries[0] = Bytes(one.to_sent());
    };
    assert_eq!(refused(erased).await, is("torn", 400));
    let whole = |_: &World, _: &Desk, question: &mut Question| {
        let one = entry(&question.pushes[0].entries[0].0);
        question.pushes[0].entries[0] = Bytes(one.to_bytes());
    };
    assert_eq!(refused(whole).await, is("malformed", 400));
    let garbage =
        |_: &World, _: &Desk, question: &mut Question| question.pushes[0].entries[0] = Bytes(vec![0xff]);
    assert_eq!(refused(garbage).await, is("malformed", 400));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_does_not_lead_over_the_ops_is_refused() {
    let short = |world: &World, desk: &Desk, question: &mut Question| {
        question.pushes[0].head = desk.head(world.ids.site, 1);
    };
    assert_eq!(refused(short).await, is("false_head", 400));
    let other = |world: &World, desk: &Desk, question: &mut Question| {
        let log = &desk.logs[&world.ids.scope];
        let frontier = log.headers.iter().take(2).map(|header| crypto::merkle::leaf(header)).collect();
        let head =
            crypto::Head::ops(world.ids.clinic, desk.incarnation, world.ids.site, &frontier, desk.last);
        question.pushes[0].head = Bytes(Signed::new(&desk.key, &head).to_bytes());
    };
    assert_eq!(refused(other).await, is("false_head", 400));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_put_back_and_written_on_is_named_as_a_fork() {
    let (world, mut desk) = ready().await;
    let nurse =
        crate::world::person("nurse", Role::Nurse, &world.administrator.key, Some(world.administrator.id));
    let mut copy = desk.logs[&world.ids.site].clone();
    desk.sync(&world).await;
    copy.entries.truncate(1);
    copy.headers.truncate(1);
    desk.logs.insert(world.ids.site, copy);
    register(&mut desk, &nurse, "Somebody else");
    register(&mut desk, &nurse, "Another");
    for (from, through) in [(1, 2), (2, 2), (2, 3)] {
        let question = Question { pushes: vec![desk.push(world.ids.site, from, through)], ..desk.idle() };
        let refused: Refused = world.ask(&desk, &question).await.unwrap_err();
        assert_eq!((refused.status, refused.code.as_str()), (409, "fork"));
        assert_eq!(
            (&refused.body["seq"], refused.body["scope"].as_str().unwrap()),
            (&2.into(), &*world.ids.site.to_string())
        );
    }
    // Where nothing overlaps, the head tells.
    let question = Question { pushes: vec![desk.push(world.ids.site, 3, 3)], ..desk.idle() };
    let refused: Refused = world.ask(&desk, &question).await.unwrap_err();
    assert_eq!((refused.code.as_str(), &refused.body["seq"]), ("fork", &3.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_large_or_grows_too_large_or_is_none_is_refused() {
    let (world, mut desk) = ready().await;
    assert_eq!(world.send("/sync", vec![0; LARGEST + 1]).await.unwrap_err().status, 413);
    let bomb = zstd::encode_all(vec![0; 1 << 26].as_slice(), 3).unwrap();
    assert!(bomb.len() < 1 << 16);
    assert_eq!(world.send("/sync", bomb).await.unwrap_err().code, "too_large");
    assert_eq!(world.send("/sync", b"hello".to_vec()).await.unwrap_err().code, "malformed");
    let nurse =
        crate::world::person("nurse", Role::Nurse, &world.administrator.key, Some(world.administrator.id));
    while desk.logs[&world.ids.site].entries.iter().map(|(_, bytes)| bytes.len()).sum::<usize>()
        <= LARGEST_PUSH
    {
        register(&mut desk, &nurse, &"x".repeat(100_000));
    }
    let refused = world.ask(&desk, &desk.question()).await.unwrap_err();
    assert_eq!((refused.status, refused.code.as_str()), (413, "too_large"));
    assert_untouched(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_anybody_may_send_has_to_be_small_and_of_few_values() {
    let world = World::empty().await;
    for path in ["/introduce", "/ticket"] {
        let plain = world.send(path, vec![0; LARGEST_INTRODUCTION + 1]).await.unwrap_err();
        let packed = zstd::encode_all(vec![0; LARGEST_INTRODUCTION + 1].as_slice(), 3).unwrap();
        let packed = world.send(path, packed).await.unwrap_err();
        assert_eq!([plain, packed].map(|refused| refused.code), ["too_large", "too_large"], "{path}");
    }
    // A list of maps in maps, 30 deep, each of a few bytes.
    let maps = [&[0xa1, 0x60].repeat(30)[..], &[0xf6]].concat().repeat(100_000);
    let bomb = [&[0x9a, 0x00, 0x01, 0x86, 0xa0][..], &maps].concat();
    let packed = zstd::encode_all(bomb.as_slice(), 3).unwrap();
    let refused = world.send("/sync", packed).await.unwrap_err();
    assert_eq!((refused.status, refused.code.as_str()), (400, "malformed"));
}
