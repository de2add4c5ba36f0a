//! What stands in a row of numbers, and what does not.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::*;
use crate::forms::{Answers, kept_at, settled, spec, specs};
use crate::measure::{MeasuredSide, written};
use crate::op::{Body, Header, Op, WHOLE};
use crate::record::Verb;
use crate::{ClinicId, Hlc, Incarnation, RecordId, Scope, Value};

const BEGUN: &str = "2026-11-24T09:30:10+08:00";

/// The ops of a filled form: made, then each of `edits` over what all had seen before it, or over the first alone.
fn op(seq: u64, verb: Verb, patch: BTreeMap<String, Value>, base: &[&Op]) -> Op {
    let saw: Vec<_> = base.iter().map(|op| op.id()).collect();
    Op {
        header: Header {
            v: 1,
            clinic: ClinicId::derived(b"clinic"),
            incarnation: Incarnation::derived(if seq > 2 { b"there" } else { b"here" }),
            scope: Scope::derived(b"site"),
            seq,
            tx: [0; 32],
            kind: Filled::KIND.name.to_owned(),
            record: RecordId::derived(b"filled"),
            patient: None,
            verb,
            hlc: Hlc::at(seq),
            body: [0; 32],
        },
        body: Some(Body {
            salt: [0; 16],
            base: patch
                .keys()
                .cloned()
                .chain((!saw.is_empty()).then(|| WHOLE.to_owned()))
                .map(|path| (path, saw.clone()))
                .collect(),
            patch,
            reason: None,
        }),
        clamp: None,
    }
}

fn patch(form: &str, answers: &Json) -> BTreeMap<String, Value> {
    let spec = spec(form).unwrap();
    let answers: Answers = serde_json::from_value(answers.clone()).unwrap();
    let at = |path: &str| kept_at(spec, path).unwrap();
    settled(spec, answers).iter().map(|(path, answer)| (at(path), answer.value())).collect()
}

fn made(form: &str, answers: &Json) -> Op {
    let mut patch = patch(form, answers);
    patch.insert("form".to_owned(), Value::text(form));
    patch.insert("at".to_owned(), Value::text(BEGUN));
    op(1, Verb::Create, patch, &[])
}

fn of_ops(form: &str, ops: &[Op]) -> Vec<Measure> {
    let state = crate::fold::fold(Filled::KIND, RecordId::derived(b"filled"), ops);
    measures(Filled::KIND, &state, spec(form))
}

fn of(form: &str, answers: Json) -> Vec<Measure> {
    of_ops(form, &[made(form, &answers)])
}

/// A measure in a line: its code and side, its number or rank, its word.
fn line(measure: &Measure) -> String {
    let Measure { code, side, number, rank, unit, word, .. } = measure;
    let side = side.map(MeasuredSide::word).unwrap_or("-");
    let number = number.map(written).or_else(|| rank.map(|rank| format!("rank {rank}"))).unwrap_or_default();
    format!("{code} {side} {number} {unit} {}", word.as_deref().unwrap_or("-"))
}

fn lines(measures: &[Measure]) -> Vec<String> {
    measures.iter().map(line).collect()
}

fn iop(value: &str, more: Json) -> Json {
    let mut parts = json!({"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "09:38"}});
    for (key, part) in more.as_object().unwrap() {
        parts[key] = part.clone();
    }
    json!({"p": parts})
}

#[test]
fn a_pressure_is_a_measure_of_its_eye_at_its_own_time_with_its_method_and_its_target_beside_it() {
    let of = of(
        "eye.pressure@1",
        json!({
            "iop:R:a": iop("18.5", json!({})), "iop:L:b": {"x": "refused"}, "target:R": {"n": "16"},
            "cct:R": {"n": "540"}, "cct_method:R": {"c": "oct"},
        }),
    );
    assert_eq!(
        lines(&of),
        ["eye.cct R 540 µm oct", "eye.iop R 18.5 mmHg goldmann", "eye.target R 16 mmHg -"]
    );
    let begun = BEGUN.parse::<crate::Instant>().unwrap().milliseconds();
    assert_eq!(of[1].at - (begun - 10_000), 8 * 60_000);
    assert_eq!((of[0].at, of[0].entry.as_str()), (begun, "cct:R"));
    assert!(of.iter().all(|measure| measure.flags.contains(&Flag::Open)));
}

#[test]
fn what_is_felt_with_the_fingers_is_a_word_and_never_a_number() {
    let felt = json!({"method": {"c": "palpation"}, "felt": {"c": "hard"}});
    let of = of("eye.pressure@1", json!({"iop:R:a": iop("44", felt)}));
    assert_eq!(lines(&of), ["eye.iop R   hard"]);
}

#[test]
fn an_acuity_is_its_log_mar_and_its_text_and_what_lies_below_every_chart_has_a_rank_and_no_number() {
    let va = |with: &str, text: &str| json!({"p": {"chart": {"c": "snellen_m"}, "value": {"t": text}, "with": {"c": with}}});
    let of = of(
        "eye.acuity@1",
        json!({
            "va:R:a": va("best", "6/12"), "va:R:b": va("own_glasses", "6/9-2"), "va:R:c": va("own_lenses", "6/9"),
            "va:L:d": va("best", "CF"), "va:L:e": va("unaided", "NPL"), "va:B:f": va("pinhole", "6/6"),
        }),
    );
    assert_eq!(
        lines(&of),
        [
            "eye.va.pinhole B 0 logMAR 6/6",
            "eye.va.best L rank 3 logMAR CF",
            "eye.va.unaided L rank 0 logMAR NPL",
            "eye.va.best R 0.301 logMAR 6/12",
            "eye.va.aided R 0.216 logMAR 6/9-2",
            "eye.va.aided R 0.176 logMAR 6/9",
        ]
    );
}

#[test]
fn a_lens_is_its_equivalent_and_its_vector_and_one_that_is_worn_is_no_refraction_of_the_eye() {
    let lens = |method: &str| json!({"p": {"method": {"c": method}, "sph": {"n": "-2.00"}, "cyl": {"n": "1.00"}, "axis": {"n": "180"}}});
    let of = of("eye.refraction@1", json!({"lens:R:a": lens("subjective"), "lens:R:b": lens("own_glasses")}));
    assert_eq!(
        lines(&of),
        [
            "eye.cyl R -1 D subjective",
            "eye.j0 R -0.5 D subjective",
            "eye.j45 R 0 D subjective",
            "eye.se R -1.5 D subjective",
        ]
    );
}

#[test]
fn a_signed_form_is_open_no_more_and_what_two_people_say_otherwise_is_marked() {
    let form = "eye.pressure@1";
    let first = made(
        form,
        &json!({"target:R": {"n": "16"}, "iop:R:a": iop("31", json!({"value": {"n": "31", "ok": true}}))}),
    );
    let here = op(2, Verb::Patch, patch(form, &json!({"target:R": {"n": "18"}})), &[&first]);
    let there = op(3, Verb::Patch, patch(form, &json!({"target:R": {"n": "14"}})), &[&first]);
    let flags = |of: &[Measure], code: &str| {
        of.iter().find(|measure| measure.code == code).map(Measure::flag_words).unwrap()
    };
    let of = of_ops(form, &[first.clone(), here, there]);
    assert_eq!(
        (flags(&of, "eye.target").as_str(), flags(&of, "eye.iop").as_str()),
        ("open disputed", "open meant")
    );
    let signed = op(2, Verb::Sign, BTreeMap::new(), &[&first]);
    assert_eq!(flags(&of_ops(form, &[first.clone(), signed]), "eye.iop"), "meant");
    let void = op(2, Verb::Void, BTreeMap::new(), &[&first]);
    assert_eq!(of_ops(form, &[first, void]), []);
}

#[test]
fn what_an_addendum_says_of_a_signed_number_is_its_number_and_says_that_it_was_corrected() {
    let form = "eye.pressure@1";
    let first = made(form, &json!({"iop:R:a": iop("18", json!({})), "iop:L:b": iop("19", json!({}))}));
    let signed = op(2, Verb::Sign, BTreeMap::new(), &[&first]);
    let state = crate::fold::fold(Filled::KIND, RecordId::derived(b"filled"), &[first, signed]);
    let given: Answers = serde_json::from_value(json!({"iop:R:a": iop("28", json!({}))})).unwrap();
    let of = measures_amended(&state, spec(form).unwrap(), &given);
    assert_eq!(lines(&of), ["eye.iop L 19 mmHg goldmann", "eye.iop R 28 mmHg goldmann"]);
    assert_eq!(of.iter().map(Measure::flag_words).collect::<Vec<_>>(), ["", "corrected"]);
}

#[test]
fn nobody_reads_numbers_out_of_a_form_that_nobody_knows() {
    let state = crate::fold::fold(
        Filled::KIND,
        RecordId::derived(b"filled"),
        &[made("eye.pressure@1", &json!({"target:R": {"n": "16"}}))],
    );
    assert_eq!(measures(Filled::KIND, &state, None), []);
}

#[test]
fn a_vital_sign_is_a_measure_in_its_first_unit_and_a_bound_is_a_word() {
    let sign = |json: Json| {
        let patch: BTreeMap<String, Value> = serde_json::from_value(json).unwrap();
        let mut op = op(1, Verb::Create, patch, &[]);
        op.header.kind = Observation::KIND.name.to_owned();
        let state = crate::fold::fold(Observation::KIND, RecordId::derived(b"filled"), &[op]);
        lines(&measures(Observation::KIND, &state, None))
    };
    let loinc = |code: &str| json!({"system": "http://loinc.org", "code": code});
    let unit = |value: &str, unit: &str| json!({"value": value, "unit": unit});
    assert_eq!(
        sign(json!({"at": BEGUN, "code": loinc("8310-5"), "quantity": unit("98.6", "°F")})),
        ["vital.temperature - 37 °C -"]
    );
    assert_eq!(
        sign(json!({
            "at": BEGUN, "code": loinc("85354-9"),
            "components/a/code": loinc("8480-6"), "components/a/quantity": unit("120", "mmHg"),
            "components/b/code": loinc("8462-4"), "components/b/quantity": unit("80", "mmHg"),
        })),
        ["vital.systolic - 120 mmHg -", "vital.diastolic - 80 mmHg -"]
    );
    let bound = json!({"at": BEGUN, "code": loinc("59408-5"), "comparator": "<", "bound": unit("60", "%")});
    assert_eq!(sign(bound), ["vital.spo2 -  % < 60 %"]);
    assert_eq!(sign(json!({"at": BEGUN, "code": loinc("718-7"), "quantity": unit("131", "g/L")})), [""; 0]);
}

#[test]
fn thousandths_are_rounded_as_people_round_and_written_without_idle_zeros() {
    let of = |text: &str| thousandths(text.parse::<Decimal>().unwrap());
    assert_eq!([of("0.0005"), of("-0.0005"), of("18.5")], [Some(1), Some(-1), Some(18_500)]);
    assert_eq!(of("79228162514264337593543950335"), None);
    assert_eq!([18_500, 16_000, -130, 0].map(written), ["18.5", "16", "-0.13", "0"]);
}

#[test]
fn the_rows_of_every_form_are_named_after_its_room() {
    for spec in specs() {
        let room = spec.code.split('.').next().unwrap();
        let parts = |item: &crate::forms::Item| match &item.holds {
            crate::forms::Holds::Reading(reading) => reading.parts.clone(),
            _ => Vec::new(),
        };
        for item in spec.items().flat_map(|item| parts(item).into_iter().chain([item.clone()])) {
            for measured in &item.measures {
                assert!(measured.code.starts_with(&format!("{room}.")), "{}", measured.code);
            }
        }
    }
}
