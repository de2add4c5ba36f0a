//! The audit trail as people read it.

use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, text};

#[test]
fn a_trail_of_several_pages_is_whole_and_says_who_did_what_when_to_whom() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    for _ in 0..130 {
        clinic.refused("void_patient", json!({"patient": patient, "version": 1, "reason": "x"}));
    }
    clinic.seat(Role::Auditor);
    let trail = clinic.trail();
    let places: Vec<i64> = trail.iter().map(|row| row["seq"].as_i64().unwrap()).collect();
    assert_eq!(places, (1..=i64::try_from(trail.len()).unwrap()).collect::<Vec<_>>());
    let registered = trail.iter().find(|row| row["action"] == "register_patient").unwrap();
    assert_eq!(
        [&registered["user"], &registered["role"], &registered["patient"], &registered["outcome"]],
        [&json!("Ana nurse"), &json!("nurse"), &json!(patient), &json!("done")]
    );
    assert!(text(&registered["wall"]).starts_with("2026-11-22T10:31"));
    assert!(text(&registered["wall"]).ends_with("+08:00"));
    let verified = clinic.ok("verify_audit", json!({}));
    assert_eq!((&verified["whole"], &verified["fault"]), (&json!(true), &Value::Null));
    assert!(verified["heads"].as_u64().unwrap() >= 2);
}

#[test]
fn the_trail_is_searched_by_act_day_and_refusal_names_whom_it_is_about_and_is_exported_for_a_reason() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    let (patient, _) = clinic.register("Lito", "Salonga");
    clinic.refused("void_patient", json!({"patient": patient, "version": 1, "reason": "x"}));
    clinic.time.pass(24 * 3600);
    clinic.seat(Role::Auditor);
    let search = |change: Value| {
        let mut search = json!({"patient": null, "user": null, "before": null});
        for (name, value) in change.as_object().unwrap() {
            search[name] = value.clone();
        }
        search
    };
    let found = |clinic: &mut Clinic, change: Value| {
        clinic.ok("audit_trail", search(change))["rows"].as_array().unwrap().clone()
    };
    let registered = found(&mut clinic, json!({"action": "register_patient"}));
    assert_eq!((registered.len(), &registered[0]["name"]), (1, &json!("Salonga, Lito")));
    let refused = found(&mut clinic, json!({"refused": true, "action": "void_patient"}));
    assert_eq!((refused.len(), &refused[0]["outcome"]), (1, &json!("not_permitted")));
    let on = |day: &str| json!({"from": day, "until": day});
    let (first, second) = (found(&mut clinic, on("2026-11-22")), found(&mut clinic, on("2026-11-23")));
    let days =
        |rows: &[Value]| rows.iter().map(|row| text(&row["wall"])[..10].to_owned()).collect::<Vec<_>>();
    assert!(first.len() > 2 && days(&first).iter().all(|day| day == "2026-11-22"), "{first:?}");
    assert!(!second.is_empty() && days(&second).iter().all(|day| day == "2026-11-23"), "{second:?}");
    assert_eq!(found(&mut clinic, on("2026-11-21")).len(), 0);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trail.csv");
    let export = |clinic: &mut Clinic, reason: &str| {
        let place = clinic.desk().chose(file.clone()).unwrap();
        json!({"search": search(json!({"action": "register_patient"})), "reason": reason, "place": place})
    };
    let input = export(&mut clinic, " ");
    assert_eq!(clinic.refused("export_trail", input).fields["field"], "reason");
    let input = export(&mut clinic, "asked for by the director");
    assert_eq!(clinic.ok("export_trail", input), json!({"name": "trail.csv", "entries": 1}));
    let table = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!((lines.len(), lines[0]), (2, "entry,when,who,role,what,about,record,outcome,reason"));
    assert!(
        lines[1].contains("\"Ana nurse\",\"nurse\",\"register_patient\",\"Salonga, Lito\""),
        "{}",
        lines[1]
    );
    let kept = found(&mut clinic, json!({"action": "export_trail"}));
    assert_eq!(
        (&kept[0]["outcome"], &kept[0]["reason"]),
        (&json!("done"), &json!("asked for by the director"))
    );
}

#[test]
fn what_was_written_while_a_clock_ran_ahead_is_found_by_its_day_behind_what_came_after() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    clinic.time.set_wall(tests::desk::FOUNDED_AT + 3 * 86_400_000);
    clinic.register("Lito", "Salonga");
    clinic.time.set_wall(tests::desk::FOUNDED_AT + 86_400_000);
    clinic.seat(Role::Administrator);
    clinic.ok("acknowledge_clock", json!({}));
    clinic.seat(Role::Auditor);
    let mut found = |from: &str, until: &str| {
        let search = json!({"patient": null, "user": null, "before": null, "from": from, "until": until});
        let rows = clinic.ok("audit_trail", search)["rows"].as_array().unwrap().clone();
        rows.iter().map(|row| text(&row["action"])).collect::<Vec<_>>()
    };
    assert_eq!(found("2026-11-25", "2026-11-25").iter().filter(|did| *did == "register_patient").count(), 1);
    assert!(found("2026-11-23", "2026-11-23").contains(&"acknowledge_clock".to_owned()));
    assert_eq!(found("2026-11-26", "2026-11-30"), [""; 0]);
}

#[test]
fn a_wall_clock_that_was_set_back_writes_no_earlier_entry_and_the_status_says_so() {
    let mut clinic = Clinic::staffed();
    clinic.seat(Role::Nurse);
    clinic.register("Lito", "Salonga");
    assert_eq!(clinic.ok("status", json!({}))["clock_behind"], false);
    clinic.time.set_wall(tests::desk::FOUNDED_AT - 86_400_000);
    let (_, version) = clinic.register("Ana", "Reyes");
    assert!(version > 0);
    let status = clinic.ok("status", json!({}));
    assert_eq!((&status["clock_behind"], &status["today"]), (&json!(true), &json!("2026-11-22")));
    clinic.seat(Role::Auditor);
    let walls: Vec<String> = clinic.trail().iter().map(|row| text(&row["wall"])).collect();
    assert!(walls.iter().all(|wall| wall.starts_with("2026-11-22")), "{walls:?}");
    assert_eq!(clinic.ok("verify_audit", json!({}))["whole"], true);
}
