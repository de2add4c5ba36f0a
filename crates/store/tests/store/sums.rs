//! What all records amount to, summed a little at a time while others write.

use domain::RecordId;
use domain::patients::Patient;
use store::Draft;

use crate::clinic::Clinic;

#[test]
fn sums_that_are_made_a_few_records_at_a_time_are_those_of_the_moment_at_which_they_end() {
    let mut clinic = Clinic::found();
    let patients: Vec<RecordId> =
        (0..40).map(|number| clinic.register(&format!("Salonga {number}"))).collect();
    let rename = |clinic: &mut Clinic, patient: RecordId, family: &str| {
        let patch = [("family".to_owned(), domain::Value::text(family))].into();
        clinic.write(vec![Draft::patch::<Patient>(patient, Some(patient), patch, None)]);
    };
    let mut summing = clinic.act(|act, _| act.begin_sums().unwrap());
    let mut more = true;
    let mut step = 0;
    while more {
        more = clinic.act(|act, _| act.sum_some(&mut summing, 3).unwrap());
        step += 1;
        // Some that were summed, some that were not, some twice, and some that are new.
        rename(&mut clinic, patients[step % 40], &format!("Reyes {step}"));
        rename(&mut clinic, patients[39 - step % 40], &format!("Cruz {step}"));
        if step % 3 == 0 {
            let fresh = clinic.register(&format!("Lim {step}"));
            rename(&mut clinic, fresh, "Lim");
        }
        assert!(step < 200, "it ends");
    }
    assert!(step > 10);
    rename(&mut clinic, patients[7], "Last");
    let (sums, at_once) = clinic.act(|act, _| (act.end_sums(summing).unwrap(), act.kind_sums().unwrap()));
    assert_eq!(sums, at_once);
    assert!(sums.iter().any(|sum| sum.kind == "patient" && sum.count > 40));
    // What was begun and not ended is in nobody's way, and counts no more.
    let abandoned = clinic.act(|act, _| act.begin_sums().unwrap());
    let mut again = clinic.act(|act, _| act.begin_sums().unwrap());
    while clinic.act(|act, _| act.sum_some(&mut again, 5).unwrap()) {
        rename(&mut clinic, patients[3], "Between");
    }
    drop(abandoned);
    let (sums, at_once) = clinic.act(|act, _| (act.end_sums(again).unwrap(), act.kind_sums().unwrap()));
    assert_eq!(sums, at_once);
}
