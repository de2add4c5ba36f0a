//! What the forms that there are say of right and wrong answers.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::access::{Permission, Role, grants};
use crate::record::LONGEST_ENTRY;

fn answers(json: serde_json::Value) -> Answers {
    serde_json::from_value(json).unwrap()
}

fn checked(form: &str, json: serde_json::Value) -> Checked {
    let spec = spec(form).unwrap();
    check(spec, &settled(spec, answers(json)), &Last::new())
}

/// The codes of the remarks about one answer or part, `iop:R:1/value`, that are of this weight.
fn said(checked: &Checked, weight: Weight, at: &str) -> Vec<RemarkCode> {
    let place = |remark: &Remark| match &remark.part {
        Some(part) => format!("{}/{part}", remark.path),
        None => remark.path.clone(),
    };
    let of = checked.remarks.iter().filter(|remark| remark.weight == weight && place(remark) == at);
    of.map(|remark| remark.code).collect()
}

fn parts(holds: &Holds) -> &[Item] {
    match holds {
        Holds::Reading(reading) => &reading.parts,
        _ => &[],
    }
}

#[test]
fn every_form_is_whole_and_says_nothing_twice() {
    let names: BTreeSet<String> = specs().iter().map(Spec::form).collect();
    assert_eq!(names.len(), specs().len());
    for form in specs() {
        assert_eq!(spec(&form.form()).map(Spec::form), Some(form.form()));
        assert!(!form.title.said("en").is_empty() && !form.fill.is_empty() && !form.sign.is_empty());
        assert!(form.fill.iter().all(|role| grants(*role, Permission::FormFill)));
        assert!(form.sign.iter().all(|role| grants(*role, Permission::FormSign) && form.fill.contains(role)));
        let keys: BTreeSet<&str> = form.items().map(|item| item.key.as_str()).collect();
        // Under these names an addition keeps what it says beside its answers, and a dose its weight.
        assert!(["reason", "words", WEIGHT].iter().all(|key| !keys.contains(key)), "{}", form.code);
        assert_eq!(keys.len(), form.items().count(), "{}", form.code);
        assert!(form.line.iter().all(|key| keys.contains(key.as_str())), "{}", form.code);
        let mut before = BTreeSet::new();
        for item in form.items() {
            is_whole(form, item, &before);
            before.insert(item.key.clone());
            let longest = format!("{}:R:{}", item.key, "x".repeat(24));
            assert!(longest.len() <= LONGEST_ENTRY, "{longest}");
            // Nobody is asked for 52 answers before anything is signed.
            assert!(!(item.to_sign && item.sides == Sides::Teeth), "{}", item.key);
            let mut earlier = BTreeSet::new();
            for part in parts(&item.holds) {
                assert!(!part.many && part.sides == Sides::One && !part.critical, "{}", part.key);
                is_whole(form, part, &earlier);
                assert!(earlier.insert(part.key.clone()), "{} {}", item.key, part.key);
            }
        }
    }
    assert_eq!((spec("eye.pressure@2"), spec("eye.pressure@01"), spec("eye.pressure")), (None, None, None));
}

fn is_whole(form: &Spec, item: &Item, before: &BTreeSet<String>) {
    let name = format!("{} {}", form.code, item.key);
    assert!(!item.label.said("en").is_empty(), "{name}");
    assert!(asked_of(&item.show).iter().all(|key| before.contains(*key)), "{name} looks only back");
    match &item.holds {
        Holds::Number(number) => {
            let Limits { low, high } = &number.possible;
            assert!(low.compare(high).is_some_and(std::cmp::Ordering::is_lt), "{name}");
            let within =
                |limits: &Limits| number.possible.holds(&limits.low) && number.possible.holds(&limits.high);
            assert!(number.plausible.as_ref().is_none_or(within), "{name}");
            assert!(number.step.as_ref().is_none_or(|step| !step.number().unwrap().is_zero()), "{name}");
        }
        Holds::Choice(scale) | Holds::Finding(scale) => {
            let codes: BTreeSet<&str> = scale.options.iter().map(|offered| offered.code.as_str()).collect();
            assert!(
                codes.len() == scale.options.len() && !scale.name.is_empty() && !codes.is_empty(),
                "{name}"
            );
            assert!(scale.options.iter().all(|offered| !offered.label.said("en").is_empty()), "{name}");
        }
        _ => {}
    }
}

fn asked_of(cond: &Cond) -> Vec<&str> {
    match cond {
        Cond::Always => Vec::new(),
        Cond::Answered(key) | Cond::Is(key, _) | Cond::AtLeast(key, _) => vec![key],
        Cond::Not(cond) => asked_of(cond),
        Cond::All(conds) | Cond::Any(conds) => conds.iter().flat_map(asked_of).collect(),
    }
}

#[test]
fn a_path_leads_to_an_item_on_a_side_that_it_has_and_nowhere_else() {
    let pressure = spec("eye.pressure@1").unwrap();
    let leads = |path| pressure.at(path).is_some();
    assert!(leads("iop:R:k3f9") && leads("target:L"));
    for wrong in [
        "iop",
        "iop:R",
        "iop:k3f9",
        "iop:B:k3f9",
        "iop:R:K3F9",
        "iop:R:",
        "iop:R:a:b",
        "target",
        "target:R:a",
        "pulse:R",
        "",
    ] {
        assert!(!leads(wrong), "{wrong}");
    }
    assert_eq!(kept_at(pressure, "target:R").as_deref(), Some("critical/target:R/v"));
    assert_eq!(kept_at(pressure, "iop:R:a").as_deref(), Some("answers/iop:R:a/v"));
    assert_eq!(answered_at("critical/target:R/v"), Some(("critical", "target:R")));
    assert_eq!(answered_at("patient"), None);
}

#[test]
fn a_pressure_of_44_asks_once_and_says_that_somebody_acts() {
    let of = |value: &str, ok: bool| {
        let parts = serde_json::json!({"method": {"c": "goldmann"}, "value": {"n": value, "ok": ok}, "at": {"t": "09:38"}});
        checked("eye.pressure@1", serde_json::json!({"iop:R:a": {"p": parts}}))
    };
    let at = "iop:R:a/value";
    let high = of("44", false);
    assert_eq!(said(&high, Weight::Asked, at), [RemarkCode::Implausible]);
    assert_eq!(said(&high, Weight::Told, at), [RemarkCode::ActNow]);
    let meant = of("44", true);
    assert_eq!(said(&meant, Weight::Asked, at), []);
    assert_eq!(said(&of("34", true), Weight::Told, at), [RemarkCode::Implausible, RemarkCode::Raised]);
    assert_eq!(said(&of("81", true), Weight::Refused, at), [RemarkCode::Impossible]);
    assert!(of("16", false).remarks.iter().all(|remark| remark.path != "iop:R:a"));
    // The left eye was not asked about.
    assert_eq!(said(&of("16", false), Weight::ToSign, "iop:L"), [RemarkCode::Needed]);
}

#[test]
fn a_pressure_far_from_last_time_asks_once_and_one_above_its_target_is_told() {
    let spec = spec("eye.pressure@1").unwrap();
    let one = |value: &str| answers(serde_json::json!({"iop:R:a": {"p": {"value": {"n": value}}}}));
    let mut last = Last::new();
    let said_last = |answer: Answer| LastAnswer { answer, day: "2026-08-12".to_owned() };
    last.insert("iop:R".to_owned(), said_last(one("12")["iop:R:a"].clone()));
    let far = |value| said(&check(spec, &one(value), &last), Weight::Asked, "iop:R:a/value");
    assert_eq!((far("19"), far("20")), (vec![], vec![RemarkCode::FarFromLast]));
    last.insert("target:R".to_owned(), said_last(Answer { n: "16".parse().ok(), ..Answer::default() }));
    let told = |value| said(&check(spec, &one(value), &last), Weight::Told, "iop:R:a/value");
    assert_eq!((told("16"), told("17")), (vec![], vec![RemarkCode::AboveTarget]));
}

#[test]
fn what_is_felt_with_the_fingers_is_a_word_and_a_number_that_was_typed_stays_and_is_not_told() {
    let parts = serde_json::json!({
        "method": {"c": "palpation"}, "value": {"n": "44"}, "felt": {"c": "hard"}, "at": {"t": "09:38"},
    });
    let json = serde_json::json!({"iop:R:a": {"p": parts}});
    let seen = checked("eye.pressure@1", json.clone());
    assert_eq!(seen.hidden, ["iop:R:a/value"]);
    assert_eq!(said(&seen, Weight::Asked, "iop:R:a/value"), []);
    let spec = spec("eye.pressure@1").unwrap();
    assert_eq!(settled(spec, answers(json)).len(), 1);
}

#[test]
fn an_artificial_lens_says_where_it_lies_and_says_nothing_once_there_is_none() {
    let with = |found: &str| {
        let json = serde_json::json!({"lens:R": {"s": [found]}, "iol_place:R": {"c": "bag"}, "iol_place:L": {"c": "bag"}});
        checked("eye.slit_lamp@1", json).hidden
    };
    assert_eq!(with("iol"), ["iol_place:L"]);
    assert_eq!(with("cataract"), ["iol_place:L", "iol_place:R"]);
}

#[test]
fn a_finding_is_normal_or_found_or_not_examined_and_never_two_of_them() {
    let refused = |answer: serde_json::Value| {
        !said(&checked("eye.fundus@1", serde_json::json!({"macula:R": answer})), Weight::Refused, "macula:R")
            .is_empty()
    };
    for right in [
        serde_json::json!({"c": "normal"}),
        serde_json::json!({"c": "not_examined"}),
        serde_json::json!({"s": ["drusen", "scar"], "w": "temporal"}),
        serde_json::json!({"w": "as in the drawing"}),
        serde_json::json!({"x": "unable"}),
    ] {
        assert!(!refused(right.clone()), "{right}");
    }
    for wrong in [
        serde_json::json!({"c": "normal", "s": ["drusen"]}),
        serde_json::json!({"s": ["cataract"]}),
        serde_json::json!({"c": "fine"}),
        serde_json::json!({"n": "1"}),
        serde_json::json!({"x": "unable", "s": ["drusen"]}),
    ] {
        assert!(refused(wrong.clone()), "{wrong}");
    }
}

fn lens_said(json: serde_json::Value) -> Checked {
    checked("eye.refraction@1", serde_json::json!({"lens:R:a": {"p": json}}))
}

#[test]
fn a_lens_has_an_axis_if_and_only_if_it_has_a_cylinder_and_an_axis_of_0_is_offered_as_180() {
    let of = |cylinder: &str, axis: Option<&str>| {
        let mut parts =
            serde_json::json!({"method": {"c": "subjective"}, "sph": {"n": "-2.25"}, "cyl": {"n": cylinder}});
        if let Some(axis) = axis {
            parts["axis"] = serde_json::json!({"n": axis});
        }
        lens_said(parts)
    };
    let refused = |checked: &Checked| said(checked, Weight::Refused, "lens:R:a/axis");
    assert_eq!(refused(&of("-0.75", Some("90"))), []);
    assert_eq!(refused(&of("-0.75", None)), [RemarkCode::AxisNeeded]);
    assert_eq!(refused(&of("0", Some("90"))), [RemarkCode::AxisAlone]);
    assert_eq!(refused(&of("-0.75", Some("200"))), [RemarkCode::Impossible]);
    let zero = of("-0.75", Some("0"));
    assert_eq!(refused(&zero), [RemarkCode::AxisZero]);
    let offer = zero.remarks.iter().find_map(|remark| remark.offer.clone()).unwrap();
    assert_eq!(offer.number("axis"), Some(180.into()));
    let seen = of("-0.75", Some("90"));
    assert_eq!(seen.derived["lens:R:a/transposed"], "-3.00 +0.75 ×180");
    assert_eq!(seen.derived["lens:R:a/se"], "-2.63");
    assert_eq!(said(&of("-0.80", Some("90")), Weight::Refused, "lens:R:a/cyl"), [RemarkCode::OffStep]);
}

#[test]
fn an_axis_or_a_sphere_far_from_the_autorefractors_asks_once() {
    let of = |axis: &str, sphere: &str, ok: bool| {
        let lens = |method: &str, sphere: &str, axis: &str, ok: bool| {
            serde_json::json!({"p": {
                "method": {"c": method}, "sph": {"n": sphere}, "cyl": {"n": "-1.00"}, "axis": {"n": axis},
            }, "ok": ok})
        };
        let both = serde_json::json!({
            "lens:R:a": lens("autorefractor", "-2.01", "10", false), "lens:R:b": lens("subjective", sphere, axis, ok),
        });
        checked("eye.refraction@1", both)
    };
    let asked = |checked: &Checked, part: &str| said(checked, Weight::Asked, &format!("lens:R:b/{part}"));
    assert_eq!(asked(&of("170", "-2.00", false), "axis"), []);
    assert_eq!(asked(&of("169", "-2.00", false), "axis"), [RemarkCode::AxisFar]);
    assert_eq!(asked(&of("10", "-3.25", false), "sph"), [RemarkCode::SphereFar]);
    assert_eq!(asked(&of("90", "-3.25", true), "axis"), []);
    // An autorefractor's steps are its own.
    assert_eq!(said(&of("10", "-2.00", false), Weight::Refused, "lens:R:a/sph"), []);
}

#[test]
fn snellen_in_a_log_mar_field_is_refused_and_its_chart_offered_and_fingers_have_no_number() {
    let of = |chart: &str, text: &str| {
        let parts = serde_json::json!({"chart": {"c": chart}, "value": {"t": text}, "with": {"c": "best"}});
        serde_json::json!({"va:R:a": {"p": parts}})
    };
    let wrong = checked("eye.acuity@1", of("logmar", "6/12"));
    assert_eq!(said(&wrong, Weight::Refused, "va:R:a/value"), [RemarkCode::WrongNotation]);
    let offer = wrong.remarks.iter().find_map(|remark| remark.offer.clone()).unwrap();
    assert_eq!(offer.code("chart"), Some("snellen_m"));
    let spec = spec("eye.acuity@1").unwrap();
    let kept = settled(spec, answers(of("snellen_m", "6/12")));
    assert_eq!(kept["va:R:a"].part("value").unwrap().n, "0.301".parse().ok());
    let right = check(spec, &kept, &Last::new());
    assert_eq!(
        (right.derived["va:R:a/letters"].as_str(), right.derived["va:R:a/logmar"].as_str()),
        ("70", "0.30")
    );
    let fingers = settled(spec, answers(of("snellen_m", "CF")));
    let value = fingers["va:R:a"].part("value").unwrap();
    assert_eq!((value.n.as_ref(), value.c.as_deref()), (None, Some("cf")));
    assert!(!check(spec, &fingers, &Last::new()).derived.contains_key("va:R:a/logmar"));
    // A number beside the text that the text does not say is not let in.
    let mut false_number = kept;
    false_number.get_mut("va:R:a").unwrap().p.as_mut().unwrap().get_mut("value").unwrap().n =
        "0".parse().ok();
    let seen = check(spec, &false_number, &Last::new());
    assert_eq!(said(&seen, Weight::Refused, "va:R:a/value"), [RemarkCode::NotOffered]);
}

#[test]
fn the_best_acuity_that_is_worse_than_last_time_is_told_with_its_day() {
    let spec = spec("eye.acuity@1").unwrap();
    let of = |text: &str| {
        let parts =
            serde_json::json!({"chart": {"c": "snellen_m"}, "value": {"t": text}, "with": {"c": "best"}});
        settled(spec, answers(serde_json::json!({"va:R:a": {"p": parts}})))
    };
    let before = LastAnswer { answer: of("6/9")["va:R:a"].clone(), day: "2026-08-12".to_owned() };
    let last = Last::from([("va:R".to_owned(), before)]);
    let told = |text| said(&check(spec, &of(text), &last), Weight::Told, "va:R:a/value");
    assert_eq!((told("6/9-2"), told("6/18")), (vec![], vec![RemarkCode::Worse]));
}

#[test]
fn a_cup_of_more_than_a_disc_is_refused_and_two_that_differ_are_told() {
    let of = |right: &str, left: &str| {
        checked("eye.disc@1", serde_json::json!({"cd_v:R": {"n": right}, "cd_v:L": {"n": left}}))
    };
    assert_eq!(said(&of("1.2", "0.3"), Weight::Refused, "cd_v:R"), [RemarkCode::Impossible]);
    assert_eq!(said(&of("0.33", "0.3"), Weight::Refused, "cd_v:R"), [RemarkCode::OffStep]);
    assert_eq!(said(&of("0.5", "0.3"), Weight::Told, "cd_v:R"), [RemarkCode::Unequal]);
    assert_eq!(said(&of("0.4", "0.3"), Weight::Told, "cd_v:R"), []);
    let wrong = checked("eye.disc@1", serde_json::json!({"size:R": {"n": "1.8", "u": "inch"}}));
    assert_eq!(said(&wrong, Weight::Refused, "size:R"), [RemarkCode::WrongUnit]);
}

#[test]
fn a_form_is_told_in_a_line_the_right_before_the_left() {
    let spec = spec("eye.pressure@1").unwrap();
    let reading = |value: &str| serde_json::json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "09:38"}}});
    let both = answers(
        serde_json::json!({"iop:L:a": reading("19"), "iop:R:b": reading("18"), "target:R": {"n": "16"}}),
    );
    assert_eq!(line(spec, &both, &[], "en"), "R 18 mmHg Goldmann · L 19 mmHg Goldmann");
    assert_eq!(line(spec, &both, &["iop:L:a".to_owned()], "en"), "R 18 mmHg Goldmann");
    assert_eq!(spec.fill, [Role::Nurse, Role::Optometrist, Role::Doctor]);
}

#[test]
fn what_was_found_stands_in_the_line_by_its_name_and_normal_speaks_of_nothing_else() {
    let normal = serde_json::json!({"c": "normal"});
    let mut all = serde_json::json!({"macula:R": normal, "macula:L": {"s": ["drusen"]}, "vessels:R": normal});
    let told =
        |all: &serde_json::Value| line(spec("eye.fundus@1").unwrap(), &answers(all.clone()), &[], "en");
    assert_eq!(told(&all), "Macula: R normal · L drusen");
    all["periphery:R"] = serde_json::json!({"s": ["detachment"]});
    all["periphery:L"] = normal;
    assert_eq!(told(&all), "Macula: R normal · L drusen; Periphery: R detachment · L normal");
}

#[test]
fn a_grade_is_of_its_scale_and_edition_and_none_is_turned_into_another() {
    let graded = |scale: &str, item: &str, right: &str| {
        let mut all = serde_json::json!({"scale": {"c": scale}});
        for side in ["R", "L"] {
            all[format!("gradable:{side}")] = serde_json::json!({"c": "yes"});
            all[format!("macula:{side}")] = serde_json::json!({"c": "M0"});
            all[format!("laser:{side}")] = serde_json::json!({"c": "P0"});
            all[format!("{item}:{side}")] = serde_json::json!({"c": right});
        }
        all
    };
    let spec = spec("eye.diabetic@1").unwrap();
    let told = |json: serde_json::Value| line(spec, &settled(spec, answers(json)), &[], "en");
    let (before, after) =
        (graded("england_2021", "england_2021", "R2"), graded("england_2025", "england_2025", "R2L"));
    assert_eq!(checked("eye.diabetic@1", before.clone()).worst(Weight::Told), None);
    assert_eq!(told(before), "Retinopathy, England 2021: R R2 · L R2");
    assert_eq!(checked("eye.diabetic@1", after.clone()).worst(Weight::Told), None);
    assert_eq!(told(after.clone()), "Retinopathy, England, May 2025: R R2L · L R2L");
    // R2 is no grade of the later edition, nor R2L of the earlier.
    for (scale, item, wrong) in
        [("england_2025", "england_2025", "R2"), ("england_2021", "england_2021", "R2L")]
    {
        let seen = checked("eye.diabetic@1", graded(scale, item, wrong));
        assert_eq!(said(&seen, Weight::Refused, &format!("{item}:R")), [RemarkCode::NotOffered]);
    }
    // By another scale it stays, is not told, and lacks.
    let mut turned = after;
    turned["scale"] = serde_json::json!({"c": "england_2021"});
    let seen = checked("eye.diabetic@1", turned);
    assert_eq!(seen.hidden, ["england_2025:L", "england_2025:R"]);
    assert_eq!(said(&seen, Weight::ToSign, "england_2021:R"), [RemarkCode::Needed]);
}

#[test]
fn the_gums_are_told_by_sextant_and_a_sixth_that_nobody_looked_at_keeps_the_form_open() {
    let of = |teeth: &str, codes: [&str; 6]| {
        let sextants = ["S03", "S04", "S05", "S06", "S07", "S08"].into_iter().zip(codes);
        let said = sextants.filter(|(_, code)| !code.is_empty());
        let said = said.map(|(side, code)| (format!("code:{side}"), serde_json::json!({"c": code})));
        let teeth = [("teeth".to_owned(), serde_json::json!({"c": teeth}))];
        serde_json::Value::Object(said.chain(teeth).collect())
    };
    let whole = of("all", ["0", "1", "2", "3*", "4", "x"]);
    assert_eq!(checked("dental.bpe@1", whole.clone()).worst(Weight::Told), None);
    let spec = spec("dental.bpe@1").unwrap();
    assert_eq!(line(spec, &answers(whole), &[], "en"), "0 1 2 / X 4 3*");
    let some = of("all", ["0", "", "2", "", "", "x"]);
    assert_eq!(line(spec, &answers(some), &[], "en"), "0 - 2 / X - -");
    // What names teeth is there by either numbers.
    let young = spec.item("teeth").and_then(|item| item.holds.scale()).unwrap();
    let young = &young.options.iter().find(|option| option.code == "young").unwrap().label;
    assert_eq!(young.said("en"), "16 11 26 36 31 46, 12 to 17 years");
    assert_eq!(young.said("en-universal"), "3 8 14 19 24 30, 12 to 17 years");
    let lacks = checked("dental.bpe@1", of("all", ["0", "1", "", "3", "4", "x"]));
    assert_eq!(said(&lacks, Weight::ToSign, "code:S05"), [RemarkCode::Needed]);
    for wrong in ["5", "*", "3**"] {
        let seen = checked("dental.bpe@1", of("all", [wrong, "1", "1", "1", "1", "1"]));
        assert_eq!(said(&seen, Weight::Refused, "code:S03"), [RemarkCode::NotOffered], "{wrong}");
    }
    // At 7 to 11 years no pocket is probed.
    let child = checked("dental.bpe@1", of("child", ["0", "1", "2", "3", "2*", "x"]));
    let asked = ["S03", "S04", "S05", "S06", "S07", "S08"]
        .map(|side| said(&child, Weight::Asked, &format!("code:{side}")).len());
    assert_eq!(asked, [0, 0, 0, 1, 1, 0]);
    assert_eq!(checked("dental.bpe@1", of("young", ["3"; 6])).worst(Weight::Told), None);
}

#[test]
fn a_dose_is_reckoned_by_its_strength_and_by_weight_and_what_says_no_amount_has_no_sum() {
    let spec = spec("dental.visit@1").unwrap();
    let dose = |parts: serde_json::Value| {
        let mut whole = serde_json::json!({"method": {"c": "infiltration"}, "agent": {"c": "lidocaine"}, "strength": {"n": "2"}});
        whole.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
        serde_json::json!({"p": whole})
    };
    let with = |doses: &[serde_json::Value], last: &Last| {
        let mut all = serde_json::json!({"anaesthesia": {"c": "given"}});
        for (at, dose) in doses.iter().enumerate() {
            all[format!("dose:d{at}")] = dose.clone();
        }
        check(spec, &answers(all), last)
    };
    let weight = Answer { n: "28".parse().ok(), ..Answer::default() };
    let weighed =
        Last::from([(WEIGHT.to_owned(), LastAnswer { answer: weight, day: "2026-11-01".to_owned() })]);
    // 2 % is 20 mg in a mL: 1.8 mL hold 36 mg, two cartridges of 1.8 mL 72 mg.
    let two = [
        dose(serde_json::json!({"ml": {"n": "1.8"}, "tooth": {"t": "36"}})),
        dose(serde_json::json!({"cartridges": {"n": "2"}, "each": {"n": "1.8"}})),
    ];
    let seen = with(&two, &weighed);
    assert_eq!(
        (seen.derived["dose:d0/mg"].as_str(), seen.derived["dose:d1/mg"].as_str()),
        ("36 mg", "72 mg")
    );
    assert_eq!(seen.derived["given"], "lidocaine 108 mg, 3.86 mg/kg of 28 kg");
    assert_eq!(
        with(&two, &Last::new()).derived["given"],
        "lidocaine 108 mg, no weight of the last six months"
    );
    let open = with(&[two[0].clone(), dose(serde_json::json!({}))], &weighed);
    assert!(!open.derived.contains_key("given"), "a dose without its amount");
    assert_eq!(said(&open, Weight::ToSign, "dose:d1/cartridges"), [RemarkCode::Needed]);
    let wrong = with(&[dose(serde_json::json!({"ml": {"n": "1.8"}, "tooth": {"t": "19"}}))], &weighed);
    assert_eq!(said(&wrong, Weight::Refused, "dose:d0/tooth"), [RemarkCode::NoSuchTooth]);
    // Where none was given nothing is asked of it, and what was typed stays.
    let none =
        checked("dental.visit@1", serde_json::json!({"anaesthesia": {"c": "none"}, "dose:d0": two[0]}));
    assert_eq!((none.hidden, none.derived.len()), (vec!["dose:d0".to_owned()], 0));
}

#[test]
fn what_is_asked_before_a_treatment_is_answered_by_somebody_before_it_is_signed() {
    let seen =
        checked("dental.visit@1", serde_json::json!({"concern": {"t": "toothache"}, "latex": {"c": "no"}}));
    for lacks in ["allergies", "medicines", "bleeding", "valve", "pregnancy", "pressure"] {
        assert_eq!(said(&seen, Weight::ToSign, lacks), [RemarkCode::Needed], "{lacks}");
    }
    assert_eq!(said(&seen, Weight::ToSign, "latex"), []);
    let pain = |value: &str| checked("dental.visit@1", serde_json::json!({"pain": {"n": value}}));
    assert_eq!(said(&pain("11"), Weight::Refused, "pain"), [RemarkCode::Impossible]);
    assert_eq!(said(&pain("10"), Weight::Refused, "pain"), []);
}

#[test]
fn the_indices_of_hygiene_stand_in_the_line_and_no_tooth_is_a_place_of_another_form() {
    let all = serde_json::json!({
        "debris:T16": {"c": "2"}, "debris:T36": {"c": "1"}, "calculus:T16": {"c": "0"}, "calculus:T36": {"c": "0"},
        "plaque:T36": {"s": ["B"]}, "plaque:T55": {"c": "normal"},
    });
    let seen = checked("dental.hygiene@1", all.clone());
    assert_eq!(seen.derived["ohi_s"], "1.5, fair (debris 1.5, calculus 0.0)");
    let spec = spec("dental.hygiene@1").unwrap();
    assert_eq!(
        line(spec, &answers(all), &[], "en"),
        "OHI-S: 1.5, fair (debris 1.5, calculus 0.0); Plaque record: 12.5 % (1 of 8 surfaces, 2 teeth)"
    );
    for wrong in ["plaque:T19", "plaque:36", "plaque", "debris:T17", "debris:S03", "plaque:T36:a"] {
        assert!(spec.at(wrong).is_none(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn no_answer_is_too_strange_to_be_checked(
        path in "[a-z_]{1,6}(:[RLB])?(:[a-z0-9]{1,3})?", number in "-?[0-9]{1,30}(\\.[0-9]{1,5})?", text in ".{0,12}", part in "[a-z]{1,5}",
    ) {
        let answer = Answer { n: number.parse().ok(), t: Some(text), ..Answer::default() };
        let reading = Answer { p: Some([(part, answer.clone())].into()), ..Answer::default() };
        for form in specs() {
            let known = form.items().map(|item| format!("{}:R:a", item.key));
            let answers: Answers = known.map(|path| (path, reading.clone())).chain([(path.clone(), answer.clone())]).collect();
            let settled = settled(form, answers);
            let seen = check(form, &settled, &Last::new());
            let _ = line(form, &settled, &seen.hidden, "en");
        }
    }
}
