//! How a server finds its clinic, and a workstation its server.

use crypto::signed::key_id;
use crypto::testing::TestEntropy;
use crypto::{Signed, SigningKey};
use domain::access::{Role, User};
use domain::record::Verb;
use domain::sync::{Deposit, Introduction, Leave, Ticket, VERSION};
use domain::wire::{Bytes, Message};
use domain::{Scope, hex};
use server::claim::{GOOD_FOR, WRONG_CODES};

use crate::desk::{Desk, step};
use crate::world::{World, person};

fn desk(world: &World, name: &str) -> Desk {
    Desk::new(world.ids, name, world.ids.site)
}

async fn refused(world: &World, introduction: &Introduction) -> (u16, String) {
    let refused = world.introduce(introduction).await.unwrap_err();
    (refused.status, refused.code)
}

fn is(code: &str, status: u16) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinic_takes_possession_by_the_code_and_asks_again_when_the_answer_was_lost() {
    let world = World::empty().await;
    let first = desk(&world, "first");
    let code = world.claim_code().await;
    let introduction = world.introduction(&first, Some(&code.to_lowercase()));
    let welcome = world.introduce(&introduction).await.unwrap();
    assert_eq!(world.introduce(&introduction).await.unwrap(), welcome);
    assert!(world.ask(&first, &first.idle()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_an_expired_and_a_void_code_are_refused() {
    let world = World::empty().await;
    let first = desk(&world, "first");
    assert_eq!(refused(&world, &world.introduction(&first, None)).await, is("no_leave", 403));
    let any = world.introduction(&first, Some("0000-0000-0000"));
    assert_eq!(refused(&world, &any).await, is("wrong_code", 403), "none was given out");
    let old = world.claim_code().await;
    assert_eq!(refused(&world, &any).await, is("wrong_code", 403));
    let code = world.claim_code().await;
    assert_eq!(refused(&world, &world.introduction(&first, Some(&old))).await, is("wrong_code", 403));
    world.pass(GOOD_FOR);
    assert_eq!(refused(&world, &world.introduction(&first, Some(&code))).await, is("wrong_code", 403));
    let sql = world.sql().await;
    let row = sql.query_one("select digest from claim", &[]).await.unwrap();
    assert_ne!(row.get::<_, Vec<u8>>(0), server::claim::digest(&code), "what is kept is no code");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_was_used_is_refused_to_others() {
    let world = World::empty().await;
    let code = world.claim_code().await;
    world.introduce(&world.introduction(&desk(&world, "first"), Some(&code))).await.unwrap();
    let second = world.introduction(&desk(&world, "second"), Some(&code));
    assert_eq!(refused(&world, &second).await, is("already_claimed", 409));
    let taken = tests_root(&world, &code);
    assert_eq!(refused(&world, &taken).await, is("already_claimed", 409), "another clinic comes too late");
    let pool = server::database::pool(&world.database.url(), 1).unwrap();
    let entropy = &mut crypto::SystemEntropy::new();
    let given = server::claim::give_out(&pool.get().await.unwrap(), entropy, world.now()).await;
    assert_eq!(given.unwrap_err().code(), "already_claimed");
}

/// The same workstation, under a root of its own.
fn tests_root(world: &World, code: &str) -> Introduction {
    let other = crypto::root::Root::random(&mut TestEntropy::new(55));
    Introduction { root: *other.signing().public(), ..world.introduction(&desk(world, "other"), Some(code)) }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_too_many_wrong_codes_the_right_one_does_not_help() {
    let world = World::empty().await;
    let first = desk(&world, "first");
    let code = world.claim_code().await;
    for _ in 0..WRONG_CODES {
        let wrong = world.introduction(&first, Some("0000-0000-0000"));
        assert_eq!(refused(&world, &wrong).await, is("wrong_code", 403));
    }
    let right = world.introduction(&first, Some(&code));
    let wrong = world.introduction(&first, Some("1111-0000-0000"));
    assert_eq!(refused(&world, &wrong).await, is("throttled", 429));
    assert_eq!(refused(&world, &right).await, is("throttled", 429));
    let code = world.claim_code().await;
    assert!(world.introduce(&world.introduction(&first, Some(&code))).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_that_does_not_lead_to_the_root_takes_no_server() {
    let world = World::empty().await;
    let code = world.claim_code().await;
    assert_eq!(refused(&world, &tests_root(&world, &code)).await, is("not_trusted", 403));
    let first = desk(&world, "first");
    let other =
        Introduction { workstation: desk(&world, "x").record, ..world.introduction(&first, Some(&code)) };
    assert_eq!(refused(&world, &other).await, is("not_trusted", 403));
    let newer = Introduction { v: 2, ..world.introduction(&first, Some(&code)) };
    assert_eq!(refused(&world, &newer).await, is("wrong_version", 400));
    assert!(
        world.introduce(&world.introduction(&first, Some(&code))).await.is_ok(),
        "the code is still good"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_is_left_fetched_and_lets_one_workstation_in() {
    let (world, first) = World::founded().await;
    let second = desk(&world, "second");
    let ticket = world.ticket(&second);
    let joining = world.joining(&second, &ticket);
    let leave = Leave { ticket: joining.ticket.clone().unwrap(), chain: vec![joining.chain[0].clone()] };
    let deposit = Deposit {
        v: VERSION,
        clinic: world.ids.clinic,
        workstation: first.record,
        incarnation: first.incarnation,
        leave: leave.clone(),
    };
    let path = format!("/ticket/{}", hex::encode(&key_id(&ticket.seed)));
    assert_eq!(world.send(&path, vec![]).await.unwrap_err().code, "no_ticket");
    let false_one = Signed::new(&second.key, &deposit);
    assert_eq!(world.post("/ticket", &false_one).await.unwrap_err().code, "false_signature");
    assert_eq!(world.post("/ticket", &Signed::new(&first.key, &deposit)).await.unwrap(), b"");
    assert_eq!(Leave::from_bytes(&world.send(&path, vec![]).await.unwrap()), Ok(leave));

    world.introduce(&joining).await.unwrap();
    world.introduce(&joining).await.unwrap();
    assert!(world.ask(&second, &second.idle()).await.is_ok());
    assert_eq!(world.send(&path, vec![]).await.unwrap_err().code, "ticket_used");
    let mut third = desk(&world, "third");
    third.record = second.record;
    let again = world.joining(&third, &ticket);
    assert_eq!(refused(&world, &again).await, is("ticket_used", 409));
    // A second ticket for a workstation that is there already.
    let other = Ticket { seed: *World::seed(&first).public(), workstation: second.record, ..ticket };
    let mut again = world.joining(&third, &other);
    let certificate = Signed::<crypto::certify::KeyCertificate>::from_bytes(&again.chain[1].0).unwrap();
    let signed = Signed::new(&World::seed(&first), &certificate.claimed().unwrap());
    again.chain[1] = Bytes(signed.to_bytes());
    assert_eq!(refused(&world, &again).await, is("workstation_exists", 409));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_has_run_out_is_of_another_clinic_or_seed_or_was_changed_lets_nobody_in() {
    let (world, _) = World::founded().await;
    let second = desk(&world, "second");
    let ticket = world.ticket(&second);
    let with = |ticket: &Ticket| world.joining(&second, ticket);
    let late = Ticket { until: world.now(), ..ticket.clone() };
    assert_eq!(refused(&world, &with(&late)).await, is("ticket_expired", 403));
    let foreign = Ticket { clinic_scope: Scope::derived(b"x"), ..ticket.clone() };
    assert_eq!(refused(&world, &with(&foreign)).await, is("wrong_clinic", 403));
    let elsewhere = Ticket { site_scope: Scope::derived(b"x"), ..ticket.clone() };
    assert_eq!(refused(&world, &with(&elsewhere)).await, is("not_trusted", 403));
    let seed = SigningKey::random(&mut TestEntropy::new(88));
    let unheld = Ticket { seed: *seed.public(), ..ticket.clone() };
    assert_eq!(refused(&world, &with(&unheld)).await, is("not_trusted", 403));
    let forged =
        Introduction { ticket: Some(Bytes(Signed::new(&seed, &ticket).to_bytes())), ..with(&ticket) };
    assert_eq!(refused(&world, &forged).await, is("not_trusted", 403));
    let bare = Introduction { ticket: None, ..with(&ticket) };
    assert_eq!(refused(&world, &bare).await, is("no_leave", 403));
    assert!(world.ask(&second, &second.idle()).await.is_err());
    assert!(world.introduce(&with(&ticket)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_of_somebody_who_is_no_administrator_or_not_any_more_lets_nobody_in() {
    let (world, mut first) = World::founded().await;
    let by = &world.administrator;
    let nurse = world.employ(&mut first, "nurse", Role::Nurse);
    let second = person("another", Role::Administrator, &by.key, Some(by.id));
    let made = first.write(by, vec![step(second.id, Verb::Create, &second.user, &[])]);
    first.sync(&world).await;
    let guest = desk(&world, "guest");
    let given_by = |giver: &crate::world::Person| {
        let ticket = Ticket { by: giver.id, ..world.ticket(&guest) };
        let mut joining = world.joining(&guest, &ticket);
        let certificate = Signed::<crypto::certify::KeyCertificate>::from_bytes(&joining.chain[1].0).unwrap();
        let certificate =
            crypto::certify::KeyCertificate { by: Some(giver.id), ..certificate.claimed().unwrap() };
        joining.chain[1] = Bytes(Signed::new(&World::seed(&guest), &certificate).to_bytes());
        joining.chain.insert(1, Bytes(giver.certificate.to_bytes()));
        joining.ticket = Some(Bytes(Signed::new(&giver.key, &ticket).to_bytes()));
        joining
    };
    assert_eq!(refused(&world, &given_by(&nurse)).await, is("not_allowed", 403));
    let gone = User { active: Some(false), ..User::default() };
    let back = User { active: Some(true), ..User::default() };
    let left = first.write(by, vec![step(second.id, Verb::Patch, &gone, &made)]);
    first.sync(&world).await;
    assert_eq!(refused(&world, &given_by(&second)).await, is("not_allowed", 403));
    first.write(by, vec![step(second.id, Verb::Patch, &back, &left)]);
    first.sync(&world).await;
    assert!(world.introduce(&given_by(&second)).await.is_ok());
}
