//! What is compared, what is left out, and where a course begins and ends.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::measure::EyeSide;
use crate::medication::Medicine;
use crate::patients::{Background, BackgroundSort, BackgroundStatus};
use crate::record::Coding;
use crate::visits::Event;

fn reading(day: i64, number: i64) -> Reading {
    Reading { day, at: day * 86_400_000, number: Some(number * 1_000), disputed: false, other_way: false }
}

fn means(compared: &Compared) -> (Option<i64>, Option<i64>, Option<i64>) {
    (compared.before.as_ref().map(Mean::number), compared.after.as_ref().map(Mean::number), compared.change())
}

#[test]
fn before_is_the_mean_of_the_last_three_and_after_of_the_three_nearest_to_twelve_weeks() {
    let days = [-181, -60, -30, -10, 0, 27, 28, 70, 84, 98, 182, 183];
    let readings: Vec<Reading> = days.iter().map(|day| reading(1_000 + day, day + 300)).collect();
    let compared = compare(1_000, &readings);
    let used = |mean: &Option<Mean>| mean.as_ref().map(|mean| mean.used.clone()).unwrap();
    assert_eq!((used(&compared.before), used(&compared.after)), (vec![2, 3, 4], vec![7, 8, 9]));
    assert_eq!(means(&compared), (Some(286_667), Some(384_000), Some(97_333)));
}

#[test]
fn the_drawn_patient_comes_out_as_drawn() {
    let right = [reading(0, 26), reading(30, 28), reading(60, 27), reading(170, 20)];
    let left = [reading(0, 24), reading(30, 25), reading(60, 24), reading(170, 18)];
    assert_eq!(means(&compare(70, &right)), (Some(27_000), Some(20_000), Some(-7_000)));
    assert_eq!(means(&compare(70, &left)), (Some(24_333), Some(18_000), Some(-6_333)));
}

#[test]
fn what_is_off_the_chart_or_disputed_is_left_out_and_counted_and_averaged_with_nothing() {
    let fingers = Reading { number: None, ..reading(-5, 0) };
    let disputed = Reading { disputed: true, ..reading(90, 40) };
    let machine = Reading { other_way: true, ..reading(91, 50) };
    let readings =
        [reading(-20, 1), fingers, reading(80, 2), disputed, machine, Reading { day: 500, ..fingers }];
    let compared = compare(0, &readings);
    assert_eq!(means(&compared), (Some(1_000), Some(2_000), Some(1_000)));
    let left_out =
        [(NotCounted::OffChart, vec![1]), (NotCounted::Disputed, vec![3]), (NotCounted::OtherWay, vec![4])];
    assert_eq!(compared.left_out, left_out.into());
}

#[test]
fn without_a_reading_before_or_after_there_is_no_change() {
    let readings = [reading(10, 20), reading(27, 18), reading(183, 18)];
    assert_eq!(means(&compare(0, &readings)), (None, None, None));
    assert_eq!(means(&compare(10, &readings)), (Some(20_000), Some(18_000), Some(-2_000)));
}

proptest! {
    /// The rule once more, as slowly as it can be said.
    #[test]
    fn the_rule_is_the_papers_for_any_readings(
        start in 0_i64..400,
        said in prop::collection::vec((0_i64..800, prop::option::weighted(0.8, -2_000_i64..80_000), prop::bool::weighted(0.1)), 0..40),
    ) {
        let mut readings: Vec<Reading> = said.iter().map(|(day, number, disputed)| {
            Reading { day: *day, at: *day * 86_400_000, number: *number, disputed: *disputed, other_way: false }
        }).collect();
        readings.sort_by_key(|reading| reading.at);
        let compared = compare(start, &readings);
        let counted: Vec<(usize, i64, i64)> = readings.iter().enumerate()
            .filter(|(_, reading)| !reading.disputed)
            .filter_map(|(at, reading)| Some((at, reading.day, reading.number?)))
            .collect();
        let before: Vec<_> = counted.iter().filter(|(_, day, _)| *day >= start - 180 && *day <= start).collect();
        let before = &before[before.len().saturating_sub(3)..];
        let mut after: Vec<_> = counted.iter().filter(|(_, day, _)| *day >= start + 28 && *day <= start + 182).collect();
        after.sort_by_key(|(at, day, _)| ((day - start - 84).abs(), *at));
        after.truncate(3);
        let mean = |of: &[&(usize, i64, i64)]| (!of.is_empty()).then(|| {
            let sum: i64 = of.iter().map(|(.., number)| number).sum();
            (rust_decimal::Decimal::from(sum) / rust_decimal::Decimal::from(of.len()))
                .round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                .to_string().parse::<i64>().unwrap()
        });
        prop_assert_eq!(compared.before.as_ref().map(Mean::number), mean(before));
        prop_assert_eq!(compared.after.as_ref().map(Mean::number), mean(&after));
        prop_assert_eq!(compared.change().is_some(), !before.is_empty() && !after.is_empty());
        let (early, late) = in_windows(start);
        let in_time = readings.iter().filter(|reading| early.contains(&reading.day) || late.contains(&reading.day));
        let out = in_time.filter(|reading| reading.number.is_none() || reading.disputed).count();
        prop_assert_eq!(compared.left_out.values().map(Vec::len).sum::<usize>(), out);
        // What lies outside of both times changes nothing.
        let within: Vec<Reading> = readings.iter().copied()
            .filter(|reading| early.contains(&reading.day) || late.contains(&reading.day)).collect();
        prop_assert_eq!(means(&compare(start, &within)), means(&compared));
    }
}

fn drops(frequency: &str) -> Medicine {
    let said = |text: &str| Some(text.to_owned());
    Medicine {
        name: said("timolol"),
        strength: said("5 mg/mL"),
        frequency: said(frequency),
        route: said("eye"),
        side: Some(EyeSide::Left),
        since: "2026-01-10".parse().ok(),
        ..Medicine::default()
    }
}

fn spans(of: &[Course]) -> Vec<(String, Date, Option<Date>)> {
    of.iter()
        .map(|course| (course.label.clone(), course.from.day, course.until.map(|until| until.day)))
        .collect()
}

const TODAY: Date = date(2026, 12, 1);

#[test]
fn another_dosage_is_another_course_and_what_is_mended_on_the_same_day_is_none() {
    let written = date(2026, 1, 10);
    let mended = (written, drops("once daily"));
    let later = (date(2026, 5, 4), drops("twice daily"));
    let steps = [(written, drops("one daily")), mended, later];
    let twice = "timolol 5 mg/mL, twice daily".to_owned();
    assert_eq!(
        spans(&courses(&steps, TODAY)),
        [
            ("timolol 5 mg/mL, once daily".to_owned(), written, Some(date(2026, 5, 4))),
            (twice.clone(), date(2026, 5, 4), None),
        ]
    );
    // An eye that is written down later was that eye all the time.
    let unsaid = Medicine { side: None, ..drops("twice daily") };
    let steps = [(written, unsaid), (date(2026, 5, 4), drops("twice daily"))];
    assert_eq!(courses(&steps, TODAY).iter().map(|course| course.side).collect::<Vec<_>>(), [EyeSide::Left]);
    let named = Medicine { reason: Some("glaucoma".to_owned()), ..drops("twice daily") };
    let steps = [(written, drops("twice daily")), (date(2026, 5, 4), named)];
    assert_eq!(spans(&courses(&steps, TODAY)), [(twice, written, None)]);
}

#[test]
fn a_course_ends_on_its_last_day_or_when_somebody_wrote_that_it_was_stopped_and_says_why() {
    let written = date(2026, 1, 10);
    let stopped = Medicine {
        status: Some("stopped".to_owned()),
        stopped: Some("red, itching lid".to_owned()),
        ..drops("twice daily")
    };
    let steps = [(written, drops("twice daily")), (date(2026, 6, 1), stopped.clone())];
    let of = courses(&steps, TODAY);
    assert_eq!(of[0].until, Some(Day { day: date(2026, 6, 1), exact: true }));
    assert_eq!(of[0].stopped.as_deref(), Some("red, itching lid"));
    // The last day that was planned does not outlive the stop.
    let early = Medicine { until: "2027-06".parse().ok(), ..stopped.clone() };
    let steps = [(written, drops("twice daily")), (date(2026, 6, 1), early)];
    let of = courses(&steps, TODAY);
    assert_eq!(of[0].until, Some(Day { day: date(2026, 6, 1), exact: true }));
    assert_eq!(of[0].stopped.as_deref(), Some("red, itching lid"));
    let until = Medicine { until: "2026-05".parse().ok(), ..stopped };
    let steps = [(written, drops("twice daily")), (date(2026, 6, 1), until)];
    assert_eq!(courses(&steps, TODAY)[0].until, Some(Day { day: date(2026, 5, 31), exact: false }));
    // A slip that is mended once it is over begins nothing.
    let mended = Medicine { status: Some("stopped".to_owned()), ..drops("at night") };
    let over = Medicine { status: Some("stopped".to_owned()), ..drops("twice daily") };
    let steps = [(written, drops("twice daily")), (date(2026, 6, 1), over), (date(2026, 7, 1), mended)];
    assert_eq!(courses(&steps, TODAY).len(), 1);
    let ahead = Medicine { until: "2027-01-01".parse().ok(), ..drops("twice daily") };
    assert_eq!(courses(&[(written, ahead)], TODAY)[0].until, None);
}

#[test]
fn a_medicine_of_no_eye_has_no_course_and_one_of_an_eye_that_nobody_named_has_one_that_says_so() {
    let tablet = Medicine { route: Some("oral".to_owned()), side: None, ..drops("daily") };
    assert_eq!(courses(&[(TODAY, tablet)], TODAY), []);
    let unsaid = Medicine { side: None, ..drops("daily") };
    assert_eq!(courses(&[(TODAY, unsaid)], TODAY)[0].side, EyeSide::NotRecorded);
    let month = Medicine { since: "2026-03".parse().ok(), ..drops("daily") };
    assert_eq!(courses(&[(TODAY, month)], TODAY)[0].from, Day { day: date(2026, 3, 1), exact: false });
}

#[test]
fn an_operation_of_an_eye_is_a_mark_where_it_was_done_to_the_patient_on_a_day_that_is_known() {
    let done = Background {
        sort: Some(BackgroundSort::Operation),
        name: Some("Phaco + IOL".to_owned()),
        side: Some(EyeSide::Left),
        when: "2025-06-27".parse().ok(),
        ..Background::default()
    };
    let mark = operation(&done).unwrap();
    assert_eq!((mark.sort, mark.side, mark.from.day), (Sort::Procedure, EyeSide::Left, date(2025, 6, 27)));
    let named =
        Background { side: None, name: Some("Cataract surgery right eye".to_owned()), ..done.clone() };
    assert_eq!(operation(&named).unwrap().side, EyeSide::Right);
    let unknown = Background { side: Some(EyeSide::NotRecorded), ..named };
    assert_eq!(operation(&unknown).unwrap().side, EyeSide::NotRecorded);
    for none in [
        Background { when: None, ..done.clone() },
        Background { side: None, ..done.clone() },
        Background { sort: Some(BackgroundSort::Illness), ..done.clone() },
        Background { status: Some(BackgroundStatus::Never), ..done.clone() },
        Background { relative: Some("mother".to_owned()), ..done },
    ] {
        assert_eq!(operation(&none), None);
    }
}

#[test]
fn a_procedure_of_an_eye_from_elsewhere_is_a_mark_where_it_was_done_on_a_day_that_is_known() {
    let display = Some("Phacoemulsification".to_owned());
    let done = Event {
        category: Some("procedure".to_owned()),
        status: Some("completed".to_owned()),
        code: Some(Coding { system: None, code: Some("415089008".to_owned()), display }),
        side: Some(EyeSide::Left),
        at: "2025-06-27T23:30:00+08:00".parse().ok(),
        ..Event::default()
    };
    let mark = procedure(&done).unwrap();
    assert_eq!((mark.sort, mark.side), (Sort::Procedure, EyeSide::Left));
    assert_eq!(
        (mark.label.as_str(), mark.from),
        ("Phacoemulsification", Day { day: date(2025, 6, 27), exact: true })
    );
    let display = Some("Phacoemulsification of right eye".to_owned());
    let named = Event { side: None, code: Some(Coding { display, ..Coding::default() }), ..done.clone() };
    assert_eq!(procedure(&named).unwrap().side, EyeSide::Right);
    let month = Event { at: None, day: "2025-06".parse().ok(), ..done.clone() };
    assert_eq!(procedure(&month).unwrap().from, Day { day: date(2025, 6, 1), exact: false });
    for none in [
        Event { at: None, ..done.clone() },
        Event { side: None, ..done.clone() },
        Event { category: Some("report".to_owned()), ..done.clone() },
        Event { status: Some("in-progress".to_owned()), ..done.clone() },
        Event { code: None, ..done },
    ] {
        assert_eq!(procedure(&none), None);
    }
}

#[test]
fn days_are_numbered_from_1970() {
    assert_eq!([date(1970, 1, 1), date(1969, 12, 31), date(2026, 12, 1)].map(day_number), [0, -1, 20_788]);
}
