//! Every number that was printed is accounted for, and no other.

use std::collections::{BTreeMap, BTreeSet};

use app::Code;
use domain::access::Role;
use domain::certificates::{Certificate, NumberBlock};
use domain::clinic::{Site, Workstation};
use domain::record::Record;
use serde_json::json;
use tests::desk::{intruder, text};

use super::Story;
use super::issue::step_of;

/// The blocks of the store and the numbers of its certificates.
fn books(story: &mut Story) -> (Vec<NumberBlock>, BTreeSet<(String, String)>) {
    story.in_store(|act| {
        let blocks = act.records(NumberBlock::KIND.name, None).unwrap().into_iter();
        let certificates = act.records(Certificate::KIND.name, None).unwrap().into_iter();
        let borne = certificates
            .filter_map(|record| Some((record.id.to_string(), record.state.record::<Certificate>().number?)));
        (blocks.map(|record| record.state.record()).collect(), borne.collect())
    })
}

/// The numbers that the blocks account for, by the certificate that bears each.
fn accounted(blocks: &[NumberBlock]) -> BTreeSet<(String, String)> {
    let uses = blocks.iter().flat_map(|block| {
        let prefix = block.prefix.clone().unwrap();
        block.uses.clone().unwrap().0.into_iter().map(move |(serial, used)| {
            assert_eq!(used.outcome.as_deref(), Some("used"));
            (used.certificate.unwrap().to_string(), format!("{prefix}-{serial}"))
        })
    });
    uses.collect()
}

fn without_check(borne: BTreeSet<(String, String)>) -> BTreeSet<(String, String)> {
    borne.into_iter().map(|(id, number)| (id, number[..number.len() - 2].to_owned())).collect()
}

#[test]
fn each_number_is_drawn_once_and_its_block_says_for_what() {
    let mut story = Story::begin();
    for _ in 0..3 {
        story.issued(json!({}));
    }
    let (blocks, borne) = books(&mut story);
    assert_eq!((blocks.len(), blocks[0].first, blocks[0].last), (1, Some(1), Some(20)));
    assert_eq!((borne.len(), &accounted(&blocks)), (3, &without_check(borne.clone())));
    story.issued(json!({}));
    let (blocks, borne) = books(&mut story);
    assert_eq!((blocks.len(), borne.len(), accounted(&blocks)), (1, 4, without_check(borne)));
}

/// The number of one more certificate that the doctor at the desk writes and issues.
fn issued_here(story: &mut Story) -> String {
    let draft = story.draft(json!({}));
    text(&story.clinic.ok("issue_certificate", step_of(&draft))["number"])
}

#[test]
fn a_full_block_is_closed_and_the_next_goes_on_and_each_year_begins_anew() {
    let mut story = Story::begin();
    let first = text(&story.issued(json!({}))["number"]);
    let last = (2..=21).map(|_| issued_here(&mut story)).last().unwrap();
    assert!(first.starts_with("MAIN-01-26-00001-") && last.starts_with("MAIN-01-26-00021-"), "{last}");
    let (blocks, borne) = books(&mut story);
    let ends: Vec<_> = blocks.iter().map(|block| (block.first, block.last, block.closed)).collect();
    assert_eq!(ends, [(Some(1), Some(20), Some(true)), (Some(21), Some(40), None)]);
    assert_eq!(accounted(&blocks), without_check(borne));
    story.clinic.time.pass(60 * 86_400);
    let next = issued_here(&mut story);
    assert!(next.starts_with("MAIN-01-27-00001-"), "{next}");
    let (blocks, _) = books(&mut story);
    let closed: Vec<_> = blocks.iter().map(|block| block.closed).collect();
    assert_eq!(closed, [Some(true), Some(true), None]);
}

#[test]
fn numbers_go_on_where_the_mark_of_the_block_was_lost() {
    let mut story = Story::begin();
    story.issued(json!({}));
    story.in_store(|act| act.forget_local("number_block").unwrap());
    let number = text(&story.issued(json!({}))["number"]);
    assert!(number.starts_with("MAIN-01-26-00002-"), "{number}");
}

/// Leaves the only record of a kind without what no command takes from it.
fn take_away<T: Record>(story: &mut Story, field: &str) {
    let record = story.in_store(|act| {
        act.set_local("server", b"https://clinic.example.edu").unwrap();
        act.records(T::KIND.name, None).unwrap().remove(0)
    });
    let left = record.state.fields.iter().filter(|(path, _)| *path != field);
    let left: BTreeMap<_, _> = left.map(|(path, settled)| (path, json!([settled.value, []]))).collect();
    let (made, last) = (record.state.made, record.state.last);
    let state = json!({"logs": [], "fields": left, "heads": [], "made": made, "last": last}).to_string();
    let sql = format!(
        "insert into write_gate (open) values (1); update record set state = '{}' where id = x'{}'; delete from write_gate",
        state.replace('\'', "''"),
        record.id.0.simple(),
    );
    story.clinic.stop();
    intruder(&story.clinic).execute_batch(&sql).unwrap();
    story.clinic.restart();
}

#[test]
fn without_a_block_or_its_sites_letters_a_workstation_issues_nothing_and_lets_nobody_in() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    take_away::<Site>(&mut story, "code");
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.refused("issue_certificate", step_of(&draft)).0, Code::NoNumbers);
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    take_away::<Workstation>(&mut story, "block");
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.refused("issue_certificate", step_of(&draft)).0, Code::NoNumbers);
    assert_eq!(story.bars(&draft), ["no_numbers"]);
    let (blocks, borne) = books(&mut story);
    assert_eq!((blocks.len(), borne.len()), (0, 0));
    story.clinic.seat(Role::Administrator);
    assert_eq!(story.refused("enrolment_code", json!({"name": "Room 2"})).0, Code::NoNumbers);
}
