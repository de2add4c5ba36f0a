//! Pages: as much as is wanted, never less than a push, always up to signed heads.

use crypto::{Head, Signed};
use domain::access::Role;
use domain::sync::Question;
use domain::wire::Message;

use crate::sync::register;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_read_with_any_budget_is_whole_and_every_page_ends_at_signed_heads() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    desk.sync(&world).await;
    let mut other = world.join("second", world.ids.site).await;
    for round in 0..6 {
        for number in 0..=round {
            register(&mut desk, &nurse, &format!("{round}.{number}"));
            register(&mut other, &nurse, &format!("other {round}.{number}"));
        }
        desk.sync(&world).await;
        other.sync(&world).await;
    }
    for budget in [0, 1, 2_000, 10_000, 1 << 20] {
        let mut reader = world.join(&format!("reader {budget}"), world.ids.site).await;
        let (mut read, mut pages) = (Vec::new(), 0);
        loop {
            let question = Question { budget, ..reader.question() };
            let answer = world.ask(&reader, &question).await.unwrap();
            reader.take(&answer);
            if answer.pages.iter().all(|page| page.entries.is_empty() && !page.more) {
                break;
            }
            assert!(answer.pages.iter().any(|page| !page.entries.is_empty()), "{budget}: it goes on");
            for page in &answer.pages {
                pages += 1;
                let heads: Vec<_> =
                    page.heads.iter().map(|head| Signed::<Head>::from_bytes(&head.0)).collect();
                let heads: Vec<Head> =
                    heads.into_iter().map(|head| head.unwrap().claimed().unwrap()).collect();
                for fed in &page.entries {
                    let entry = crypto::log::check_entry(&crate::desk::entry(&fed.entry.0), None).unwrap();
                    let last = entry.transaction.first + entry.transaction.size - 1;
                    let log = heads.iter().find(|head| head.incarnation == entry.transaction.incarnation);
                    assert!(log.unwrap().size >= last, "{budget}: beyond its head");
                    read.push((page.scope, fed.position));
                }
            }
        }
        let site = read.iter().filter(|(scope, _)| *scope == world.ids.site).map(|(_, position)| *position);
        assert_eq!(site.collect::<Vec<_>>(), (1..=42).collect::<Vec<_>>(), "{budget}");
        assert_eq!(pages <= 2, budget == 1 << 20, "{budget}: {pages} pages");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_sees_the_clinics_feed_and_its_own_and_no_other() {
    let (world, mut desk) = World::founded().await;
    let nurse = world.employ(&mut desk, "nurse", Role::Nurse);
    register(&mut desk, &nurse, "Ada");
    desk.sync(&world).await;
    let elsewhere = domain::Scope::derived(b"another site");
    let mut far = world.join("far", elsewhere).await;
    register(&mut far, &nurse, "Grace");
    let answer = far.sync(&world).await;
    let seen: Vec<_> = answer.pages.iter().map(|page| (page.scope, page.entries.len())).collect();
    assert_eq!(seen.len(), 2);
    assert!(seen.contains(&(world.ids.scope, 2)) && seen.contains(&(elsewhere, 1)), "{seen:?}");
}
