//! A data folder with everything that a screen can show.

use std::fs;

use domain::access::Role;
use serde_json::{Value, json};
use tests::claims::{CLAIMS, Claim};
use tests::desk::{Clinic, colleague, text};
use tests::root;

/// A clinic whose program has ended, for a bridge to take over.
pub struct Filled {
    /// Keeps the data folder.
    pub clinic: Clinic,
    /// A person with a long record, and what was added to it by hand.
    pub patient: String,
    /// Their records by kind, one of each: what a visit's address says in braces.
    pub records: Vec<(&'static str, String)>,
}

/// Who has not chosen a password yet.
pub const NEWCOMER: Role = Role::Pharmacist;

impl Filled {
    /// People of every role, three people of the demonstration, a clash and a form left half filled in.
    pub fn make() -> Self {
        let mut clinic = Clinic::found();
        let others = Role::ALL.iter().copied().skip(1).filter(|role| *role != NEWCOMER);
        clinic.hire(&others.collect::<Vec<_>>());
        clinic.seat(Role::Administrator);
        clinic.ok("add_user", colleague(NEWCOMER));
        switched_off(&mut clinic);
        for name in ["Gustavo", "Liz", "Luigi"] {
            clinic.ok("import_fhir", json!({"text": bundle(name), "dry_run": false}));
        }
        clinic.seat(Role::Doctor);
        let found = clinic.ok("find_patients", json!({"text": "mejia"}));
        let patient = text(&found["people"][0]["id"]);
        let mut records = CLAIMS
            .map(|Claim { kind, field, says, .. }| {
                let input = json!({"patient": patient, "details": {field: says}});
                (kind, text(&clinic.ok(&format!("add_{kind}"), input)["id"]))
            })
            .to_vec();
        records.extend(visit(&mut clinic, &patient));
        records.extend(teeth(&mut clinic, &patient));
        records.extend(eyes(&mut clinic, &patient));
        records.push(("certificate", certificate(&mut clinic, &patient)));
        clinic.seat(Role::Doctor);
        records.push(("file", file(&mut clinic, &patient, "Complete blood count", "Haemoglobin 131 g/l\n")));
        file(&mut clinic, &patient, "Urine", "Protein negative\n");
        let typed = json!({"substance": "latex"}).to_string();
        clinic.ok("keep_scratch", scratch(&patient, "allergy.add", &typed));
        clash(&mut clinic);
        clinic.ok("sign_out", json!({}));
        clinic.stop();
        Self { clinic, patient, records }
    }
}

/// Somebody whose password another has guessed at for too long; the administrator sits here again.
fn switched_off(clinic: &mut Clinic) {
    let mut nina = colleague(Role::Nurse);
    (nina["name"], nina["sign_in"]) = (json!("Nina Abad"), json!("nina"));
    clinic.ok("add_user", nina);
    clinic.ok("sign_out", json!({}));
    clinic.switch_off("nina");
    clinic.seat(Role::Administrator);
}

/// A visit under way: measured by the nurse, with a note that was signed and added to, and one that is open.
fn visit(clinic: &mut Clinic, patient: &str) -> [(&'static str, String); 4] {
    clinic.seat(Role::FrontDesk);
    let visit = clinic.ok(
        "start_visit",
        json!({"patient": patient, "kind": "consultation", "concern": "Sore throat", "status": "arrived"}),
    );
    clinic.seat(Role::Nurse);
    let values = [("systolic", "168"), ("diastolic", "104"), ("temperature", "38.6"), ("pulse", "96")];
    let values = values.map(|(sign, value)| json!({"sign": sign, "value": value, "unit": null}));
    clinic.ok(
        "record_vitals",
        json!({"patient": patient, "visit": visit["id"], "values": values, "confirmed": [], "minutes_ago": null}),
    );
    let signs = clinic.ok("vital_signs", json!({"patient": patient}));
    let vital = text(&signs["rows"][0]["values"][0]["id"]);
    clinic.seat(Role::Doctor);
    let note =
        |details: Value| json!({"visit": visit["id"], "note": null, "version": null, "details": details});
    let signed = clinic.ok(
        "sign_note",
        note(json!({
            "concern": "Sore throat and fever for two days",
            "diagnoses": {"1": {"name": "Acute tonsillitis", "code": "J03.9", "primary": true}},
            "plan": "Fluids, rest, back in three days",
        })),
    );
    let more = json!({"note": signed["id"], "text": "No rash.", "reason": "left out"});
    clinic.ok("add_addendum", more);
    let open = clinic.ok("save_note", note(json!({"plan": "Look at the throat again"})));
    let (signed, open) = (text(&signed["id"]), text(&open["id"]));
    [("visit", text(&visit["id"])), ("note", signed), ("open_note", open), ("vital", vital)]
}

/// A look at a mouth: one tooth decayed, filled teeth, one lost that something is found of, and a filling that is planned.
fn teeth(clinic: &mut Clinic, patient: &str) -> [(&'static str, String); 3] {
    clinic.seat(Role::Dentist);
    let look = |sound: Value, found: Value| {
        json!({
            "patient": patient, "visit": null, "called_by": null, "sound": sound, "unerupted": ["18", "28"], "shed": [],
            "not_seen": ["48"], "found": found,
        })
    };
    let found = json!([
        {"tooth": "36", "mark": "caries", "surfaces": "O", "depth": "dentine"},
        {"tooth": "16", "mark": "sealant", "surfaces": "O"},
        {"tooth": "26", "mark": "filled", "surfaces": "MO"},
        {"tooth": "46", "mark": "missing", "for_caries": true},
        {"tooth": "14", "mark": "crown", "for_caries": true},
        {"tooth": "21", "mark": "fractured", "surfaces": "I"},
    ]);
    let exam = clinic
        .ok("keep_findings", look(json!(["11", "12", "13", "22", "23", "31", "32", "41", "42"]), found));
    let story = clinic.ok("tooth", json!({"patient": patient, "tooth": "36"}));
    let mark = text(&story["rows"][0]["says"]["details"]["id"]);
    let details = json!({
        "treatment": "filling", "teeth": {"36": {"tooth": "36", "surfaces": "O"}}, "material": "composite", "phase": 1,
        "plan_order": 1, "fee": "850.00",
    });
    let planned = clinic.ok("plan_treatment", json!({"patient": patient, "visit": null, "details": details}));
    [("tooth_exam", text(&exam["id"])), ("tooth_mark", mark), ("procedure", text(&planned["id"]))]
}

/// What an optometrist measured of two eyes: acuity, lens, pressure, and the discs of which nobody saw the left.
fn eyes(clinic: &mut Clinic, patient: &str) -> [(&'static str, String); 2] {
    clinic.seat(Role::Optometrist);
    let mut by = |command: &str, form: &str, answers: Value| {
        let input = json!({
            "form": form, "patient": patient, "visit": null, "filled": null, "version": null, "answers": answers,
        });
        text(&clinic.ok(command, input)["id"])
    };
    let lens = |sph: &str, cyl: &str, axis: &str| {
        json!({"p": {
            "method": {"c": "subjective"}, "sph": {"n": sph}, "cyl": {"n": cyl}, "axis": {"n": axis},
        }})
    };
    let lenses = json!({"lens:R:a1": lens("-2.25", "-0.75", "90"), "lens:L:a1": lens("-2.5", "-1", "180")});
    let refraction = by("sign_form", "eye.refraction@1", lenses);
    let mut fill = |form: &str, answers: Value| by("save_form", form, answers);
    let acuity = |value: &str, with: &str| json!({"p": {"chart": {"c": "snellen_m"}, "value": {"t": value}, "with": {"c": with}}});
    fill(
        "eye.acuity@1",
        json!({
            "va:R:a1": acuity("6/36", "unaided"), "va:L:a1": acuity("6/60", "unaided"),
            "va:R:a2": acuity("6/9-2", "own_glasses"), "va:L:a2": acuity("6/24", "own_glasses"),
        }),
    );
    fill(
        "eye.disc@1",
        json!({"cd_v:R": {"n": "0.75"}, "rim:R": {"s": ["notch"], "w": "below"}, "cd_v:L": {"x": "unable"}}),
    );
    let pressure = |value: &str| json!({"p": {"method": {"c": "goldmann"}, "value": {"n": value}, "at": {"t": "09:34"}}});
    let answers = json!({"iop:R:a1": pressure("22"), "iop:L:a1": pressure("16"), "target:R": {"n": "18"}});
    [("refraction", refraction), ("filled", fill("eye.pressure@1", answers))]
}

/// A sick leave of three days, begun by whoever sits here.
pub fn sick_leave(clinic: &mut Clinic, patient: &str) -> Value {
    let templates = clinic.ok("templates", json!({}));
    let mut rows = templates["rows"].as_array().into_iter().flatten();
    let sick = rows.find(|row| row["details"]["form_code"] == "MED-01").expect("a sick leave");
    let details = json!({
        "template": sick["id"], "verdict": "not_fit", "examined": "2026-11-22", "from": "2026-11-22",
        "until": "2026-11-24", "reason": "Acute febrile illness", "recommendation": "Rest and fluids.",
    });
    let draft =
        json!({"patient": patient, "visit": null, "extends": null, "replaces": null, "details": details});
    clinic.ok("draft_certificate", draft)
}

/// A laboratory result that the doctor filed.
fn file(clinic: &mut Clinic, patient: &str, title: &str, says: &str) -> String {
    let brought = clinic.desk().bring("result.txt".to_owned(), says.as_bytes().to_vec()).expect("a file");
    let details = json!({"sort": "laboratory", "title": title, "taken_on": "2026-11-21"});
    let file =
        json!({"file": brought, "patient": patient, "about": null, "came_by": "file", "details": details});
    text(&clinic.ok("add_file", file)["id"])
}

/// A certificate that the nurse wrote and handed over.
fn certificate(clinic: &mut Clinic, patient: &str) -> String {
    clinic.seat(Role::Nurse);
    let draft = sick_leave(clinic, patient);
    let step = json!({"certificate": draft["id"], "version": draft["version"], "reason": null});
    clinic.ok("submit_certificate", step);
    text(&draft["id"])
}

/// Two people give one person another family name before either saw the other's.
fn clash(clinic: &mut Clinic) {
    let (patient, version) = clinic.register("Ana Sofía", "Villanueva-Macaraeg");
    for family in ["Villanueva", "Macaraeg"] {
        clinic
            .ok("edit_patient", json!({"patient": patient, "version": version, "patch": {"family": family}}));
    }
}

fn scratch(patient: &str, subject: &str, typed: &str) -> Value {
    json!({"subject": subject, "patient": patient, "text": typed})
}

/// The text of the demonstration's bundle about the person of this given name.
pub fn bundle(given: &str) -> String {
    let folder = root().join("demo/bundles");
    let files = fs::read_dir(folder).expect("the demonstration's bundles").flatten();
    let mut paths = files.map(|file| file.path());
    let named = |path: &std::path::PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("{given}_")))
    };
    fs::read_to_string(paths.find(named).expect("a bundle about them")).expect("a text")
}
