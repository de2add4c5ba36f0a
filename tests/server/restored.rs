//! A server that was restored from an older copy says so, and takes again what the copy lacks.

use domain::access::Role;
use domain::sync::Question;

use crate::sync::register;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_database_begins_a_new_epoch_and_every_feed_begins_again() {
    let (world, mut desk) = World::founded().await;
    let before = desk.sync(&world).await;
    assert_eq!(before.pages, []);
    let pool = server::database::pool(&world.database.url(), 1).unwrap();
    let server = server::Server::new(pool, world.clock.clone());
    server.check_epoch().await.unwrap();
    assert_eq!(desk.sync(&world).await.epoch, before.epoch, "nothing was moved");
    world.sql().await.execute("update clinic set home = 'elsewhere'", &[]).await.unwrap();
    server.check_epoch().await.unwrap();
    let after = desk.sync(&world).await;
    assert!(after.epoch > before.epoch);
    assert_eq!((after.pages[0].entries[0].position, after.pages[0].next), (1, 1));
    assert_eq!(desk.sync(&world).await.pages, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_put_back_in_silence_shows_as_a_feed_that_begins_again_and_takes_what_it_lacks() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    register(&mut desk, &nurse, "Ada");
    desk.sync(&world).await;
    let sql = world.sql().await;
    let scope = [&world.ids.site.0 as &(dyn tokio_postgres::types::ToSql + Sync)];
    // As whoever puts files back: no rule of the tables is asked.
    sql.execute("set session_replication_role = replica", &[]).await.unwrap();
    for table in ["tx", "op", "log", "signed_head", "feed", "scope_head"] {
        sql.execute(&format!("delete from {table} where scope = $1"), &scope).await.unwrap();
    }
    sql.execute("delete from record where kind = 'patient'", &[]).await.unwrap();
    register(&mut desk, &nurse, "Grace");
    let answer = desk.sync(&world).await;
    assert!(answer.received.iter().all(|received| received.scope != world.ids.site || received.through == 0));
    let page = answer.pages.iter().find(|page| page.scope == world.ids.site).unwrap();
    assert_eq!((page.next, page.more), (0, false));
    let question = Question { pushes: vec![desk.push(world.ids.site, 1, 2)], ..desk.idle() };
    let answer = world.ask(&desk, &question).await.unwrap();
    assert_eq!(answer.verdicts.len(), 2);
    assert!(answer.verdicts.iter().all(|judged| judged.fault.is_none()));
}
