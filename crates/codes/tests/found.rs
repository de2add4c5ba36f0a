//! What is found by what people type.

use std::collections::BTreeMap;

use codes::{ICD_10, Index, Match, starter};

const TYPED: &str = include_str!("typed.tsv");

fn index() -> Index {
    Index::of(starter::set(), Vec::new())
}

fn names(index: &Index, found: &[Match]) -> Vec<String> {
    found.iter().filter_map(|found| index.term(found.term)).map(|term| term.name.clone()).collect()
}

#[test]
fn of_what_is_misspelt_or_said_in_lay_words_19_of_20_are_in_the_first_five() {
    let index = index();
    let named: BTreeMap<&str, String> =
        starter::entries().into_iter().map(|entry| (entry.id, entry.term.name)).collect();
    let (mut tried, mut missed) = (0, Vec::new());
    for line in TYPED.lines() {
        let (typed, id) = line.split_once('\t').unwrap();
        let meant = &named[id];
        tried += 1;
        let found = names(&index, &index.find(typed, 5));
        if !found.contains(meant) {
            missed.push(format!("{typed} -> {meant}: {found:?}"));
        }
    }
    assert!(tried >= 300, "{tried}");
    assert!(missed.len() * 20 <= tried, "{} of {tried}:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn tonsilitis_ac_finds_j03_9_first_and_without_the_codes_the_name() {
    for (set, code) in [(starter::set(), Some("J03.9")), (starter::without_codes(), None)] {
        let index = Index::of(set, Vec::new());
        let found = index.find("tonsilitis ac", 5);
        let first = index.term(found[0].term).unwrap();
        assert_eq!((first.name.as_str(), first.code.as_deref()), ("Acute tonsillitis", code));
        assert!(found[0].forgiven);
        let system = index.system(found[0].term);
        assert_eq!(system, code.map(|_| (ICD_10, starter::VERSION)));
    }
}

#[test]
fn a_whole_code_comes_first_and_the_beginning_of_one_finds_those_that_begin_so() {
    let index = index();
    for typed in ["J03.9", "j03.9", "J039"] {
        let found = index.find(typed, 5);
        assert!(found[0].is_code, "{typed}");
        assert_eq!(names(&index, &found)[0], "Acute tonsillitis");
    }
    let found = names(&index, &index.find("J03", 5));
    assert!(found.contains(&"Acute tonsillitis".to_owned()), "{found:?}");
    assert!(found.contains(&"Acute streptococcal tonsillitis".to_owned()), "{found:?}");
}

#[test]
fn it_is_said_by_which_other_words_a_name_was_found() {
    let index = index();
    let found = index.find("hilanat", 1);
    let term = index.term(found[0].term).unwrap();
    assert_eq!(term.name, "Fever");
    assert_eq!(found[0].also.and_then(|at| term.also.get(at)).map(String::as_str), Some("hilanat"));
    assert!(!found[0].forgiven && found[0].whole);
    // What has not every word that was typed says so: nobody should be given it unasked.
    assert!(index.find("fever from examinations", 5).iter().all(|found| !found.whole));
    let found = index.find("fever", 1);
    assert_eq!((names(&index, &found)[0].as_str(), found[0].also), ("Fever", None));
}

#[test]
fn a_name_of_other_letters_is_offered_and_never_given_unasked() {
    let index = index();
    for typed in ["hyperkalemia", "hypocalcemia", "ureteritis"] {
        let found = index.find(typed, 5);
        assert!(found.first().is_none_or(|first| !first.whole), "{typed}: {:?}", names(&index, &found));
    }
    assert!(index.find("tonsilitis ac", 1)[0].whole);
}

#[test]
fn nothing_is_found_by_nothing_and_whatever_is_typed_is_borne() {
    let index = index();
    for typed in ["", "   ", "·—", "qqqq wwww", "\u{0}", "ng sa na"] {
        let found = index.find(typed, 5);
        assert!(found.len() <= 5, "{typed}");
    }
    assert_eq!(index.find("", 5), []);
    assert_eq!(index.find("qqqqxxxx", 5), []);
    assert!(index.find(&"tonsillitis ".repeat(10_000), 5).len() <= 5);
    assert!(index.find("發燒", 5).is_empty());
}

#[test]
fn of_very_many_names_that_fit_alike_the_shortest_come_first_and_no_more_than_asked_for() {
    let many = |count: usize| {
        (0..count).map(|at| codes::Term {
            name: format!("Fracture of bone {at:05}"),
            code: Some(format!("X{at:05}")),
            also: Vec::new(),
        })
    };
    let set = codes::Set { system: "urn:many".into(), version: "1".into(), terms: many(20_000).collect() };
    let index = Index::of(starter::set(), vec![set]);
    assert_eq!(index.len(), starter::set().terms.len() + 20_000);
    for typed in ["f", "of", "fracture of bone", "fractur bone 00017"] {
        assert_eq!(index.find(typed, 60).len(), 60, "{typed}");
    }
    assert_eq!(names(&index, &index.find("fractur bone 00017", 1)), ["Fracture of bone 00017"]);
    assert_eq!(names(&index, &index.find("fracture", 1)), ["Fracture"]);
}
