//! The table of measures: kept with its records, refused to others, and made again from the log.

use std::collections::BTreeMap;

use domain::RecordId;
use domain::forms::{Answers, Filled, kept_at, settled, spec};
use domain::record::Verb;
use store::{Draft, MeasuresOf};

use crate::clinic::{Clinic, doctor};

fn pressure(patient: RecordId) -> Draft {
    let form = "eye.pressure@1";
    let spec = spec(form).unwrap();
    let answers = serde_json::json!({"target:R": {"n": "16"}, "target:L": {"n": "18"}});
    let answers: Answers = serde_json::from_value(answers).unwrap();
    let filled = Filled {
        patient: Some(patient),
        form: Some(form.to_owned()),
        at: "2026-11-24T09:30:00+08:00".parse().ok(),
        ..Filled::default()
    };
    let mut draft = Draft::make(Verb::Create, RecordId::derived(b"pressure"), Some(patient), &filled);
    let given = settled(spec, answers)
        .into_iter()
        .map(|(path, answer)| (kept_at(spec, &path).unwrap(), answer.value()));
    draft.patch.extend(given.collect::<BTreeMap<_, _>>());
    draft
}

#[test]
fn a_row_of_a_measure_that_is_not_what_the_log_says_is_named_and_made_again() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Abellana");
    clinic.write_as(doctor(), vec![pressure(patient)]);
    let of = MeasuresOf { patient, code: Some("eye.target"), side: None };
    let numbers = |clinic: &mut Clinic| {
        let page = clinic.act(|act, _| act.measures(of, None, 10).unwrap());
        let mut numbers: Vec<_> = page.rows.iter().map(|row| row.measure.number).collect();
        numbers.sort_unstable();
        numbers
    };
    assert_eq!(numbers(&mut clinic), [Some(16_000), Some(18_000)]);
    for change in [
        "delete from measure where side = 'R'",
        "update measure set number = 15000 where side = 'R'",
        "update measure set flags = ''",
        "insert into measure select record, 'more', code, patient, side, at, number, unit, word, rank, flags from measure
         where side = 'R'",
    ] {
        let intruder = clinic.intruder();
        let refused = intruder.execute(change, []).unwrap_err().to_string();
        assert!(refused.starts_with("measure: "), "{refused}");
        intruder.execute("insert into write_gate (open) values (1)", []).unwrap();
        intruder.execute(change, []).unwrap();
        drop(intruder);
        assert_eq!(clinic.act(|act, _| act.rebuild_check().unwrap()).differing, ["measure"], "{change}");
        clinic.act(|act, _| act.rebuild(&mut |_, _| {}).unwrap());
        assert!(clinic.act(|act, _| act.rebuild_check().unwrap()).differing.is_empty(), "{change}");
        assert_eq!(numbers(&mut clinic), [Some(16_000), Some(18_000)], "{change}");
    }
}
