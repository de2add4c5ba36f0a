//! The one write path.

use domain::RecordId;

use crate::clinic::{Clinic, doctor, entry, registration, visit};

#[test]
fn a_write_to_a_synced_table_outside_the_write_path_is_refused() {
    let mut clinic = Clinic::found();
    let patient = clinic.register("Salonga");
    clinic.write_as(doctor(), vec![visit(RecordId::derived(b"visit"), patient)]);
    clinic.note("look");
    let intruder = clinic.intruder();
    for table in ["tx", "op", "record", "listing", "patient", "audit"] {
        for attempt in [
            format!("insert into {table} select * from {table} limit 1"),
            format!("update {table} set {} = 1", if table == "audit" { "hlc" } else { "position" }),
            format!("delete from {table}"),
        ] {
            let refused = intruder.execute(&attempt, []).unwrap_err().to_string();
            assert!(refused.starts_with(&format!("{table}: ")), "{attempt}: {refused}");
        }
    }
}

#[test]
fn what_was_said_is_never_taken_back_even_where_the_gate_is_open() {
    let mut clinic = Clinic::found();
    clinic.note("look");
    let intruder = clinic.intruder();
    intruder.execute("insert into write_gate (open) values (1)", []).unwrap();
    for attempt in [
        "delete from op",
        "delete from tx",
        "update tx set wall = ''",
        "update op set body = null",
        "update op set header = x''",
        "delete from audit",
        "update audit set action = ''",
    ] {
        assert!(intruder.execute(attempt, []).unwrap_err().to_string().contains("never"), "{attempt}");
    }
    // An erasure opens a gate of its own, and deletes no row either.
    intruder.execute("insert into erase_gate (open) values (1)", []).unwrap();
    intruder.execute("update op set body = null where seq = 1", []).unwrap();
    intruder.execute("update tx set wall = '' where position = 1", []).unwrap();
    assert!(intruder.execute("delete from op", []).is_err());
    // A gate that a crash left open is closed when the store opens.
    drop(intruder);
    clinic.close();
    clinic.open();
    let sql = "select (select count(*) from write_gate) + (select count(*) from erase_gate)";
    let open: i64 = clinic.intruder().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(open, 0);
}

#[test]
fn each_transaction_says_when_it_came_into_this_log() {
    let mut clinic = Clinic::found();
    clinic.register("Salonga");
    let now = clinic.tick();
    let arrived: i64 = clinic
        .intruder()
        .query_row("select arrived from tx order by position desc limit 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(arrived.unsigned_abs(), now - 1000);
}

#[test]
fn ops_rows_and_the_entry_of_an_act_are_written_together_or_not_at_all() {
    let mut clinic = Clinic::found();
    let count = |clinic: &Clinic| -> (i64, i64, i64, i64) {
        let sql = "select (select count(*) from op), (select count(*) from record), (select count(*) from audit), (select count(*) from write_gate)";
        clinic
            .intruder()
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .unwrap()
    };
    let before = count(&clinic);
    let (user, signs) = (clinic.user, clinic.signs.clone());
    for commit in [false, true] {
        let now = clinic.tick();
        let id = RecordId::derived(b"act");
        let mut entropy = clinic.entropy.clone();
        let act = clinic.store.as_mut().unwrap().act().unwrap();
        Clinic::write_in(&act, &mut entropy, (user, &signs), now, vec![registration(id, "Reyes")]);
        act.audit(&signs, &mut entropy, entry(user, now, "register_patient")).unwrap();
        if commit {
            act.commit().unwrap();
        } else {
            drop(act);
        }
        let added = i64::from(commit);
        assert_eq!(count(&clinic), (before.0 + added, before.1 + added, before.2 + added, 0), "{commit}");
    }
}
