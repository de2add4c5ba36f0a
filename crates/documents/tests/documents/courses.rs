//! The course chart: one drawing, on the page and on paper.

use documents::blocks::{Block, Head, Table};
use documents::courses::{Band, Chart, Lane, Reading, Sign, Value, scene};
use documents::sheets::{Document, Pages, render};
use documents::{Emblem, Format, Letterhead, Paper};
use domain::scene::{Drawn, Fill, Ink, Scene, Shape, Stroke};

use crate::readers::Kept;
use crate::samples;

fn number(at: i64, number: i64, raised: bool) -> Reading {
    Reading { at, value: Value::Number(number * 1_000), raised, open: false, disputed: false }
}

fn band(from: i64, until: Option<i64>, label: &str) -> Band {
    Band { from, until, label: label.to_owned(), ended: None, unsure: false }
}

fn chart() -> Chart {
    let right = Lane {
        title: "Right".to_owned(),
        note: "Goldmann · target 18 or less".to_owned(),
        readings: vec![number(0, 27, true), number(3_000, 20, true), number(9_000, 16, false)],
        targets: vec![(1_000, 18_000)],
        counted: vec![(0, 900), (1_500, 4_000)],
        bands: vec![
            band(1_000, None, "latanoprost 50 micrograms/mL"),
            Band {
                unsure: true,
                ended: Some("stopped: red".to_owned()),
                ..band(1_000, Some(6_000), "timolol")
            },
            band(8_000, Some(8_100), "dexamethasone, hourly"),
        ],
        marks: vec![(5_000, "SLT".to_owned()), (9_900, "Phaco + IOL".to_owned())],
        latest: vec![(16_000, "16".to_owned(), false)],
    };
    Chart {
        words: "Pressure over time".to_owned(),
        from: 0,
        until: 10_000,
        days: vec![(2_000, "2025".to_owned()), (20_000, "2035".to_owned())],
        usual: Some((10_000, 21_000)),
        span: 15_000,
        below: ["CF", "HM", "PL", "NPL"].map(str::to_owned).to_vec(),
        lanes: vec![right, Lane { title: "Left".to_owned(), ..Lane::default() }],
        legend: vec![
            (Sign::Raised, "above target".to_owned()),
            (Sign::Unsure, "eye not recorded".to_owned()),
        ],
        ..Chart::default()
    }
}

fn of(scene: &Scene, is: impl Fn(&Drawn) -> bool) -> usize {
    scene.items.iter().filter(|item| is(item)).count()
}

fn texts(scene: &Scene) -> Vec<&str> {
    let texts = scene.items.iter().filter_map(|item| match item {
        Drawn::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn every_reading_course_and_mark_is_drawn_once_and_within_the_drawing() {
    let scene = scene(&chart());
    let marks = |shape: Shape, ink: Ink| {
        scene.items.iter().find_map(|item| match item {
            Drawn::Marks { ink: of, shape: is, at } if (*of, *is) == (ink, shape) => Some(at.len()),
            _ => None,
        })
    };
    assert_eq!((marks(Shape::Up, Ink::Raised), marks(Shape::Disc, Ink::Reading)), (Some(2), Some(1)));
    let bands = |fill: Fill, ink: Ink| {
        of(&scene, |item| matches!(item, Drawn::Band { ink: i, fill: f, .. } if (*i, *f) == (ink, fill)))
    };
    assert_eq!((bands(Fill::Framed, Ink::Course), bands(Fill::Hatched, Ink::Unsure)), (2, 2));
    assert_eq!(bands(Fill::Even, Ink::Counted), 2);
    assert_eq!(of(&scene, |item| matches!(item, Drawn::Line { stroke: Stroke::Dashed, .. })), 1);
    let texts = texts(&scene);
    for said in [
        "Right",
        "Left",
        "latanoprost 50 micrograms/mL",
        "timolol",
        "stopped: red",
        "SLT",
        "Phaco + IOL",
        "16",
        "2025",
    ] {
        assert_eq!(texts.iter().filter(|text| **text == said).count(), 1, "{said} {texts:?}");
    }
    assert!(!texts.contains(&"2035") && !texts.contains(&"CF"));
    for item in &scene.items {
        let places: Vec<[i64; 2]> = match item {
            Drawn::Line { at, .. } | Drawn::Marks { at, .. } => at.clone(),
            Drawn::Band { at, size, .. } => vec![*at, [at[0] + size[0], at[1] + size[1]]],
            Drawn::Text { at, .. } => vec![*at],
        };
        assert!(
            places.iter().all(|[x, y]| (0..=scene.width).contains(x) && (0..=scene.height).contains(y)),
            "{item:?}"
        );
    }
}

#[test]
fn what_is_disputed_has_a_sign_of_its_own_and_no_line_leads_through_it() {
    let mut chart = chart();
    let disputed = Reading { disputed: true, ..number(2_000, 40, false) };
    chart.lanes = vec![Lane {
        readings: vec![number(0, 10, false), disputed, number(5_000, 11, false)],
        ..chart.lanes.remove(0)
    }];
    let scene = scene(&chart);
    assert_eq!(of(&scene, |item| matches!(item, Drawn::Marks { shape: Shape::Cross, .. })), 1);
    let through = |item: &Drawn| matches!(item, Drawn::Line { ink: Ink::Reading, at, .. } if at.len() == 2);
    assert_eq!(of(&scene, through), 1);
}

#[test]
fn what_lies_below_every_number_has_its_lane_and_no_line_leads_across_it() {
    let mut chart = chart();
    let below = Reading { value: Value::Below(0), ..number(2_000, 0, false) };
    chart.lanes[0].readings =
        vec![number(0, 10, false), number(1_000, 12, false), below, number(5_000, 11, false)];
    let with = scene(&chart);
    let lines: Vec<usize> = with
        .items
        .iter()
        .filter_map(|item| match item {
            Drawn::Line { ink: Ink::Reading, at, .. } => Some(at.len()),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [2]);
    assert!(texts(&with).contains(&"CF") && texts(&with).contains(&"NPL"));
    chart.lanes[0].readings.remove(2);
    assert!(with.height > scene(&chart).height);
}

#[test]
fn less_stands_higher_where_less_is_better() {
    let at = |less_is_better: bool| {
        let lane = Lane { readings: vec![number(0, 1, false), number(100, 2, false)], ..Lane::default() };
        let chart =
            Chart { less_is_better, until: 1_000, span: 1_000, lanes: vec![lane], ..Chart::default() };
        scene(&chart).items.iter().find_map(|item| match item {
            Drawn::Marks { at, .. } => Some((at[0][1], at[1][1])),
            _ => None,
        })
    };
    let (plain, turned) = (at(false).unwrap(), at(true).unwrap());
    assert!(plain.0 > plain.1 && turned.0 < turned.1);
}

#[test]
fn an_outcome_is_the_same_drawing_on_paper_read_aloud_by_its_words_and_byte_for_byte_again() {
    let head = |label: &str, share| Head { label: label.to_owned(), share };
    let title = "Outcome against treatment".to_owned();
    let readings = Table {
        heads: vec![head("Day", 1), head("Reading", 2)],
        rows: (0..80).map(|at| vec![format!("Day{at}"), "18 mmHg".to_owned()]).collect(),
    };
    let blocks = vec![
        Block::Title(title.clone()),
        Block::Drawing(scene(&chart())),
        Block::Heading("Readings".to_owned()),
        Block::Table(readings),
    ];
    let outcome = Document {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        letterhead: Letterhead {
            name: "University Clinic".to_owned(),
            lines: vec!["Main Campus".to_owned()],
            emblem: Emblem::None,
        },
        title: title.clone(),
        blocks,
        foot: "Printed here".to_owned(),
        pages: Pages::Counted("{page}".to_owned()),
        author: "University Clinic".to_owned(),
        subject: title,
        created: samples::moment(),
    };
    let pdf = render(&outcome).unwrap();
    assert_eq!(render(&outcome).unwrap(), pdf);
    let text = Kept::new(&pdf).text();
    for said in
        ["Outcome against treatment", "latanoprost 50 micrograms/mL", "above target", "Readings", "Day79"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
}
