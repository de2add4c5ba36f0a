//! The tables are a cache of the log.

use domain::patients::Patient;
use domain::{RecordId, Value};
use store::{Draft, List, Rebuilt};

use crate::clinic::{Clinic, doctor, problem, visit};

fn check(clinic: &mut Clinic) -> Rebuilt {
    clinic.act(|act, _| act.rebuild_check().unwrap())
}

#[test]
fn a_changed_row_of_any_table_is_named_and_mended() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Salonga");
    let (problem_of, visit_of) = (RecordId::derived(b"problem"), RecordId::derived(b"visit"));
    clinic.write_as(doctor(), vec![problem(problem_of, patient), visit(visit_of, patient)]);
    let given = [("given".to_owned(), Value::text("Lito"))].into();
    clinic.write(vec![Draft::patch::<Patient>(patient, Some(patient), given, None)]);
    assert_eq!(check(&mut clinic).differing, [""; 0]);
    for (table, change) in [
        ("record", "update record set state = replace(state, 'Salonga', 'Salongo')"),
        ("record", "delete from record where kind = 'problem'"),
        ("record", "update record set state = null"),
        ("record", "update record set voided = 1"),
        ("record", "update record set at = at + 1"),
        ("record", "update record set patient = null"),
        (
            "record",
            "insert into record select x'00112233445566778899aabbccddeeff', kind, patient, position, at, voided, conflicts, state from record where kind = 'problem'",
        ),
        ("listing", "delete from listing"),
        ("listing", "update listing set key = 'completed'"),
        (
            "listing",
            "insert into listing (record, list, voided, key, position) select patient, list, listing.voided, key, listing.position from listing join record on record.id = listing.record",
        ),
        ("patient", "update patient set birth_first = '1999-07-15'"),
        ("patient", "delete from patient"),
        ("patient_word", "update patient_word set word = 'x' || word"),
        (
            "patient_word",
            "insert into patient_word select id, word, is_name from patient_word, record where kind = 'problem'",
        ),
        ("unsure_birth", "insert into unsure_birth select id, 'reyes' from patient"),
        ("word_form", "delete from word_form where form <> word"),
        ("word_form", "insert into word_form (word, form) values ('nobody', 'nobody')"),
    ] {
        let intruder = clinic.intruder();
        intruder.execute("insert into write_gate (open) values (1)", []).unwrap();
        assert!(intruder.execute(change, []).unwrap() > 0, "{change}");
        drop(intruder);
        // Looking changes nothing: it is found twice.
        for _ in 0..2 {
            assert_eq!(check(&mut clinic).differing, [table], "{change}");
        }
        let mended = clinic.act(|act, _| act.rebuild(&mut |_, _| {}).unwrap());
        assert_eq!((mended.differing.as_slice(), mended.records), ([table].as_slice(), 7), "{change}");
        assert_eq!(check(&mut clinic).differing, [""; 0], "{change}");
    }
    let found = clinic.act(|act, _| act.find("salonga", None, 5).unwrap());
    assert_eq!(found.iter().map(|hit| hit.patient).collect::<Vec<_>>(), [patient]);
    let arrived = clinic.act(|act, _| act.list(&List::of("visit", "status", &["arrived"]), None, 5).unwrap());
    assert_eq!(arrived.rows.iter().map(|visit| visit.id).collect::<Vec<_>>(), [visit_of]);
}

#[test]
fn tables_that_are_empty_are_filled_and_how_far_that_is_is_told() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Salonga");
    clinic.write_as(doctor(), vec![visit(RecordId::derived(b"visit"), patient)]);
    let before = clinic.act(|act, _| act.records("patient", None).unwrap());
    let intruder = clinic.intruder();
    intruder.execute("insert into write_gate (open) values (1)", []).unwrap();
    for table in ["record", "listing", "patient", "patient_word", "word_form"] {
        assert!(intruder.execute(&format!("delete from {table}"), []).unwrap() > 0, "{table}");
    }
    drop(intruder);
    let mut told = Vec::new();
    let rebuilt = clinic.act(|act, _| act.rebuild(&mut |done, of| told.push((done, of))).unwrap());
    assert_eq!(rebuilt.differing.len(), 5);
    assert_eq!(told.last(), Some(&(6, 6)));
    assert_eq!(check(&mut clinic).differing, [""; 0]);
    assert_eq!(clinic.act(|act, _| act.records("patient", None).unwrap()), before);
}
