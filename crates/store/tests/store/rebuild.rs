//! The tables are a cache of the log.

use domain::RecordId;
use store::Rebuilt;

use crate::clinic::{Clinic, doctor, problem};

fn check(clinic: &mut Clinic) -> Rebuilt {
    clinic.act(|act, _| act.rebuild_check().unwrap())
}

#[test]
fn a_changed_row_of_any_table_is_named_and_mended() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Salonga");
    clinic.write_as(doctor(), vec![problem(RecordId::derived(b"problem"), patient)]);
    assert_eq!(check(&mut clinic).differing, [""; 0]);
    for (table, change) in [
        ("record", "update record set state = replace(state, 'Salonga', 'Salongo')"),
        ("record", "delete from record where kind = 'problem'"),
        ("record", "update record set voided = 1"),
        ("timeline", "update timeline set at = at + 1"),
        ("timeline", "delete from timeline"),
        ("patient", "update patient set birth_first = '1999-07-15'"),
        ("patient", "delete from patient"),
        ("patient_word", "update patient_word set word = 'x' || word"),
        ("word_form", "delete from word_form where form <> word"),
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
        assert_eq!((mended.differing.as_slice(), mended.records), ([table].as_slice(), 6), "{change}");
        assert_eq!(check(&mut clinic).differing, [""; 0], "{change}");
    }
    let found = clinic.act(|act, _| act.find("salonga", None, 5).unwrap());
    assert_eq!(found.iter().map(|hit| hit.patient).collect::<Vec<_>>(), [patient]);
}
