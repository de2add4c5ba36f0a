//! An input of the right shape for every command of the list, about records that are there.

use std::collections::BTreeMap;

use app::commands::Command;
use domain::access::Role;
use serde_json::{Map, Value, json};
use tests::claims::{CLAIMS, Claim};
use tests::desk::{Clinic, PASSWORD, text};

/// Records for one person to work on: nobody else touches them.
#[derive(Clone, Default)]
pub struct Targets {
    patient: Value,
    asked: Value,
    wrong: Value,
    claims: BTreeMap<&'static str, Value>,
    visit: Value,
    ticket: Value,
    note: Value,
    signed: Value,
    vital: Value,
    set: Value,
    filled: Value,
    signed_form: Value,
    addendum: Value,
    conflict: Value,
    user: Value,
    clinic: Value,
    template: Value,
    certificates: BTreeMap<&'static str, Value>,
    file: Value,
    mark: Value,
    exam: Value,
    treatments: BTreeMap<&'static str, Value>,
    number: usize,
}

/// A list of one person and its heads, as a command takes it: `Student No,Family name,Given name`, `2026-1,Salonga,Tala`.
const LIST: &str = "U3R1ZGVudCBObyxGYW1pbHkgbmFtZSxHaXZlbiBuYW1lCjIwMjYtMSxTYWxvbmdhLFRhbGEK";

fn the_list() -> Value {
    json!(app::lists::id_of(b"Student No,Family name,Given name\n2026-1,Salonga,Tala\n"))
}

/// What a certificate of the tests says; it lacks nothing.
pub fn certificate_text(template: &Value) -> Value {
    json!({
        "template": template,
        "verdict": "not_fit",
        "examined": "2026-11-22",
        "from": "2026-11-21",
        "until": "2026-11-23",
        "reason": "Acute febrile illness",
        "recommendation": "Rest, fluids, and review at the clinic if fever continues.",
    })
}

/// How far a certificate must be for a command to do its work on it.
const CERTIFICATES: [(&str, bool); 6] = [
    ("edit_certificate", false),
    ("issue_certificate", true),
    ("submit_certificate", false),
    ("take_back_certificate", true),
    ("return_certificate", true),
    ("reject_certificate", true),
];

/// Targets for `count` people, made by the clinic's doctor and its administrator.
pub fn targets(clinic: &mut Clinic, count: usize) -> Vec<Targets> {
    clinic.seat(Role::Doctor);
    let mut all: Vec<Targets> = (0..count).map(|number| clinical(clinic, number)).collect();
    let cards = clinic.ok("conflicts", json!({"before": null}))["cards"].clone();
    for targets in &mut all {
        let cards = cards.as_array().into_iter().flatten();
        let mut own = cards.filter(|card| card["record"] == targets.conflict["id"]);
        targets.conflict = own.next().cloned().unwrap_or_default();
    }
    clinic.seat(Role::Dentist);
    all.iter_mut().for_each(|targets| dental(clinic, targets));
    clinic.seat(Role::Administrator);
    let place = clinic.ok("clinic_and_sites", json!({}));
    for targets in &mut all {
        targets.clinic = place.clone();
        let mut user = tests::desk::colleague(Role::Nurse);
        user["sign_in"] = json!(format!("target{}", targets.number));
        targets.user = clinic.ok("add_user", user);
    }
    clinic.ok("sign_out", json!({}));
    all
}

fn clinical(clinic: &mut Clinic, number: usize) -> Targets {
    let register = |clinic: &mut Clinic, family: &str| {
        clinic.ok("register_patient", json!({"details": {"family": family, "given": "Lito"}}))
    };
    let patient = register(clinic, "Salonga");
    let claims = CLAIMS.map(|Claim { kind, field: name, .. }| {
        // A medicine that meets an allergy asks for a reason.
        let what = if kind == "medicine" { "salbutamol" } else { "penicillin" };
        let input = json!({"patient": patient["id"], "details": {name: what}});
        (kind, clinic.ok(&format!("add_{kind}"), input))
    });
    let visit =
        json!({"patient": patient["id"], "kind": "consultation", "concern": null, "status": "arrived"});
    let visit = clinic.ok("start_visit", visit);
    let waiting = register(clinic, "Waiting");
    let waiting = json!({"patient": waiting["id"], "kind": "routine", "concern": null, "status": "arrived"});
    let waiting = clinic.ok("start_visit", waiting);
    let queue = clinic.ok("queue", json!({}))["rows"].clone();
    let waits = queue.as_array().into_iter().flatten().find(|row| row["visit"] == waiting["id"]);
    let ticket = waits.map(|row| row["ticket"].clone()).unwrap_or_default();
    let write = |clinic: &mut Clinic, command: &str| {
        let note = json!({"visit": visit["id"], "note": null, "version": null, "details": {"plan": "rest"}});
        clinic.ok(command, note)
    };
    let signed = write(clinic, "sign_note");
    // The note has taken it up.
    let visit = clinic.ok("visit", json!({"visit": visit["id"]}));
    let note = write(clinic, "save_note");
    let pulse = json!({
        "patient": patient["id"], "visit": null, "confirmed": [], "minutes_ago": null,
        "values": [{"sign": "pulse", "value": "72", "unit": null}],
    });
    clinic.ok("record_vitals", pulse);
    let vital = clinic.ok("vital_signs", json!({"patient": patient["id"]}))["rows"][0]["values"][0].clone();
    let set = json!({"id": null, "version": null, "follows": null, "details": {
        "name": format!("Set {number}"), "systems": {"skin": {"place": 0, "normal": "Warm"}},
    }});
    let set = clinic.ok("publish_note_set", set);
    let filled = clinic.ok("save_form", slit_lamp(&patient["id"], &Value::Null));
    let signed_form = clinic.ok("sign_form", slit_lamp(&patient["id"], &Value::Null));
    let addendum = json!({
        "filled": signed_form["id"], "answers": {"flare:R": {"c": "1"}}, "text": "", "reason": "left out",
    });
    let addendum = clinic.ok("amend_form", addendum);
    let conflict = register(clinic, "Agbayani");
    for family in ["Agbayani-Cruz", "Agbayani-Reyes"] {
        let seen =
            json!({"patient": conflict["id"], "version": conflict["version"], "patch": {"family": family}});
        clinic.ok("edit_patient", seen);
    }
    let template = clinic.ok("templates", json!({}))["rows"][1]["id"].clone();
    let certificates = CERTIFICATES.map(|(command, submitted)| {
        let input = json!({"patient": patient["id"], "visit": null, "extends": null, "replaces": null, "details": certificate_text(&template)});
        let mut kept = clinic.ok("draft_certificate", input);
        if submitted {
            let step = json!({"certificate": kept["id"], "version": kept["version"], "reason": null});
            kept = clinic.ok("submit_certificate", step);
        }
        (command, kept)
    });
    let brought = clinic.desk().bring("count.txt".to_owned(), b"Haemoglobin 131 g/l\n".to_vec()).unwrap();
    let details = json!({"sort": "laboratory", "title": "Blood count"});
    let file = json!({
        "file": brought, "patient": patient["id"], "about": visit["id"], "came_by": "file", "details": details,
    });
    let file = clinic.ok("add_file", file);
    Targets {
        file,
        template,
        certificates: certificates.into(),
        patient,
        asked: register(clinic, "Dimaano"),
        wrong: register(clinic, "Mistake"),
        claims: claims.into(),
        visit,
        ticket,
        note,
        signed,
        vital,
        set,
        filled,
        signed_form,
        addendum,
        conflict,
        user: Value::Null,
        clinic: Value::Null,
        mark: Value::Null,
        exam: Value::Null,
        treatments: BTreeMap::new(),
        number,
    }
}

/// A slit lamp of somebody, in which nothing lacks.
fn slit_lamp(patient: &Value, kept: &Value) -> Value {
    json!({
        "form": "eye.slit_lamp@1", "patient": patient, "visit": null, "filled": kept["id"], "version": kept["version"],
        "answers": {"cornea:R": {"c": "normal"}, "lens:L": {"s": ["cataract"]}},
    })
}

/// What a dentist found, planned and did: a treatment for each command that changes one.
fn dental(clinic: &mut Clinic, targets: &mut Targets) {
    let patient = targets.patient["id"].clone();
    let look = |tooth: &str| {
        let found = json!([{"tooth": tooth, "mark": "caries", "surfaces": "O"}]);
        json!({"patient": patient, "visit": null, "called_by": null, "sound": ["11"], "unerupted": [], "shed": [], "not_seen": [], "found": found})
    };
    clinic.ok("keep_findings", look("36"));
    let story = clinic.ok("tooth", json!({"patient": patient, "tooth": "36"}));
    let rows = story["rows"].as_array().into_iter().flatten();
    targets.mark = rows.map(|row| row["says"]["details"].clone()).next().unwrap_or_default();
    targets.exam = clinic.ok("keep_findings", look("46"));
    for command in ["edit_treatment", "agree_treatments", "step_treatment", "void_treatment"] {
        let details = json!({"treatment": "filling", "teeth": {"37": {"tooth": "37", "surfaces": "O"}}});
        let mut kept =
            clinic.ok("plan_treatment", json!({"patient": patient, "visit": null, "details": details}));
        if command == "void_treatment" {
            kept = clinic.ok("step_treatment", step_treatment(&kept));
        }
        targets.treatments.insert(command, kept);
    }
}

fn step_treatment(treatment: &Value) -> Value {
    json!({"id": treatment["id"], "version": treatment["version"], "to": "done", "said": null, "xray": null, "sure": false, "reason": null})
}

fn of_outcome(targets: &Targets) -> Value {
    json!({"patient": targets.patient["id"], "code": null, "years": null, "about": null})
}

/// An input with which `command` would do its work on `targets`.
pub fn input(command: &Command, targets: &Targets) -> Value {
    let of = |record: &Value| json!({"patient": record["id"]});
    let void_of =
        |record: &Value| json!({"id": record["id"], "version": record["version"], "reason": "a mistake"});
    let written = |note: &Value| json!({"visit": targets.visit["id"], "note": note["id"], "version": note["version"], "details": {"plan": "more rest"}});
    let step = || {
        let certificate = &targets.certificates[command.name];
        json!({"certificate": certificate["id"], "version": certificate["version"], "reason": "not as it should be"})
    };
    match command.name {
        "start_visit" => {
            json!({"patient": targets.asked["id"], "kind": "routine", "concern": null, "status": "arrived"})
        }
        "step_visit" => {
            json!({"visit": targets.visit["id"], "version": targets.visit["version"], "to": "completed"})
        }
        "edit_visit" => {
            json!({"id": targets.visit["id"], "version": targets.visit["version"], "patch": {"kind": "routine"}})
        }
        "visit" | "visit_details" => json!({"visit": targets.visit["id"]}),
        "call" => json!({"ticket": targets.ticket["id"], "version": targets.ticket["version"], "to": null}),
        "step_ticket" => {
            json!({"ticket": targets.ticket["id"], "version": targets.ticket["version"], "to": "moved", "queue": "eye"})
        }
        "save_note" => written(&Value::Null),
        "sign_note" => written(&targets.note),
        "void_note" => void_of(&targets.note),
        "snippets" => json!({"before": null}),
        "write_snippet" => {
            json!({"id": null, "version": null, "clinic": false, "details": {"key": "seen", "text": "Seen."}})
        }
        "note_sets" => json!({"before": null}),
        "note_set" => json!({"id": targets.set["id"]}),
        "write_note_set" | "publish_note_set" => {
            json!({"id": null, "version": null, "follows": null, "details": {
                "name": format!("{} {}", &text(&targets.patient["id"])[..20], command.name),
                "systems": {"skin": {"place": 0, "normal": "Warm"}},
            }})
        }
        "add_addendum" => json!({"note": targets.signed["id"], "text": "and fluids", "reason": "left out"}),
        "note" => json!({"note": targets.signed["id"]}),
        "vital_signs" => of(&targets.patient),
        "record_vitals" => json!({
            "patient": targets.patient["id"], "visit": null, "confirmed": [], "minutes_ago": null,
            "values": [{"sign": "pulse", "value": "72", "unit": null}],
        }),
        "void_vital" => void_of(&targets.vital),
        "form" => json!({"form": "eye.pressure@1", "patient": targets.patient["id"], "visit": null}),
        "filled" => json!({"filled": targets.filled["id"]}),
        "filled_forms" => {
            json!({"patient": targets.patient["id"], "visit": null, "code": null, "after": null})
        }
        "measures" => json!({"patient": targets.patient["id"], "code": null, "side": null, "after": null}),
        "outcome" => of_outcome(targets),
        "eye_treatments" => json!({"patient": targets.patient["id"], "after": null}),
        "print_outcome" => json!({"of": of_outcome(targets), "printer": null}),
        "save_outcome" => json!({"of": of_outcome(targets), "place": "nowhere"}),
        "check_form" => json!({
            "form": "eye.pressure@1", "patient": targets.patient["id"], "filled": null,
            "answers": {"target:R": {"n": "16"}},
        }),
        "save_form" => slit_lamp(&targets.patient["id"], &Value::Null),
        "sign_form" => slit_lamp(&targets.patient["id"], &targets.filled),
        "void_form" => void_of(&targets.filled),
        "amend_form" => json!({
            "filled": targets.signed_form["id"], "answers": {"chamber:R": {"c": "shallow"}}, "text": "", "reason": "seen later",
        }),
        "void_addendum" => void_of(&targets.addendum),
        "mouth" => of(&targets.patient),
        "tooth" => json!({"patient": targets.patient["id"], "tooth": "36"}),
        "whole_mark" => json!({"id": targets.mark["id"]}),
        "whole_treatment" => json!({"id": targets.treatments["edit_treatment"]["id"]}),
        "keep_findings" => json!({
            "patient": targets.patient["id"], "visit": null, "called_by": null, "sound": ["11"], "unerupted": [],
            "shed": [], "not_seen": [], "found": [{"tooth": "16", "mark": "sealant", "surfaces": "O"}],
        }),
        "edit_mark" => {
            json!({"id": targets.mark["id"], "version": targets.mark["version"], "patch": {"depth": "dentine"}})
        }
        "void_mark" => void_of(&targets.mark),
        "void_exam" => void_of(&targets.exam),
        "plan_treatment" => json!({
            "patient": targets.patient["id"], "visit": null,
            "details": {"treatment": "sealant", "teeth": {"26": {"tooth": "26", "surfaces": "O"}}, "phase": 1},
        }),
        "edit_treatment" => {
            let treatment = &targets.treatments[command.name];
            json!({"id": treatment["id"], "version": treatment["version"], "patch": {"fee": "850.00"}})
        }
        "agree_treatments" => {
            let treatment = &targets.treatments[command.name];
            let seen = json!([{"id": treatment["id"], "version": treatment["version"]}]);
            json!({"patient": targets.patient["id"], "by": "patient", "name": "Lito Salonga", "treatments": seen})
        }
        "step_treatment" => step_treatment(&targets.treatments[command.name]),
        "void_treatment" => void_of(&targets.treatments[command.name]),
        "print_form" => {
            json!({"form": "eye.pressure@1", "filled": null, "universal": false, "printer": null})
        }
        "save_form_pdf" => {
            json!({"form": "eye.pressure@1", "filled": null, "universal": false, "place": "never chosen"})
        }
        "export_forms" => {
            json!({"patient": targets.patient["id"], "form": "eye.pressure@1", "place": "never chosen"})
        }
        "print_plan" => json!({"patient": targets.patient["id"], "printer": null, "universal": false}),
        "draft_certificate" => json!({
            "patient": targets.patient["id"], "visit": null, "extends": null, "replaces": null,
            "details": certificate_text(&targets.template),
        }),
        "edit_certificate" => {
            let certificate = &targets.certificates[command.name];
            json!({"id": certificate["id"], "version": certificate["version"], "patch": {"limits": "no stairs"}})
        }
        "submit_certificate" | "take_back_certificate" | "return_certificate" | "reject_certificate" => {
            step()
        }
        "issue_certificate" => {
            let certificate = &targets.certificates[command.name];
            json!({"certificate": certificate["id"], "version": certificate["version"]})
        }
        "revoke_certificate" => {
            let issued = &targets.certificates["issue_certificate"];
            json!({"certificate": issued["id"], "version": issued["version"], "reason": "written for another"})
        }
        "certificate" | "certificate_file" => {
            json!({"certificate": targets.certificates["edit_certificate"]["id"]})
        }
        "save_certificate" | "export_spectacles" => {
            json!({"certificate": targets.certificates["issue_certificate"]["id"], "place": "nowhere"})
        }
        "print_certificate" => {
            json!({"certificate": targets.certificates["edit_certificate"]["id"], "printer": null, "copies": 1})
        }
        "certificate_pages" => {
            json!({"certificate": targets.certificates["edit_certificate"]["id"], "width": 200})
        }
        "preview_certificate" => json!({
            "patient": targets.patient["id"], "visit": null, "width": 200,
            "details": certificate_text(&targets.template),
        }),
        "certificates" => json!({"list": "waiting", "text": "", "before": null}),
        "certificates_of" => of(&targets.patient),
        "edit_calendar" => {
            json!({"version": null, "details": {"terms": {"1": {"name": "1st", "from": "2026-08-10", "until": "2026-12-18"}}}})
        }
        "edit_clinic" => {
            json!({"id": targets.clinic["id"], "version": targets.clinic["version"], "patch": {"contact": "(032) 254 1000"}})
        }
        "edit_site" => {
            let site = &targets.clinic["sites"][0];
            json!({"id": site["id"], "version": site["version"], "patch": {"name": "Downtown Campus"}})
        }
        "take_in_codes" => json!({
            "text": format!("code,name\nA{:02},Cholera\n", targets.number), "system": "urn:own", "version": "1",
            "licence": "our own", "confirmed": true, "dry_run": false,
        }),
        "uncoded" => json!({"after": null}),
        "open_by_sheet" => json!({"sheet": ""}),
        "confirm_sheet" => json!({"characters": "??"}),
        "change_password" => json!({"old": "none of theirs", "new": PASSWORD}),
        "add_user" => {
            let mut user = tests::desk::colleague(Role::Nurse);
            user["sign_in"] = json!(format!("fresh{}", targets.number));
            user
        }
        "edit_user" => {
            json!({"user": targets.user["user"], "version": targets.user["version"], "patch": {"position": "Head nurse"}})
        }
        "release_sign_in" => json!({"user": targets.user["user"]}),
        "deactivate_user" => json!({"user": targets.user["user"], "version": targets.user["version"]}),
        "find_patients" => json!({"text": "salonga"}),
        "similar_patients" => json!({"details": {"family": "Salonga", "given": "Lito"}}),
        "register_patient" => {
            json!({"details": {"family": "Salonga", "given": "Lito"}, "notice": "2026-01"})
        }
        "patient" | "banner" | "chart" | "latest_vitals" | "who_looked" | "ask_who_looked"
        | "looked_elsewhere" | "files" => of(&targets.patient),
        "history" => json!({"record": targets.visit["id"]}),
        "timeline" => json!({"patient": targets.patient["id"], "kinds": [], "before": null}),
        "edit_patient" => {
            json!({"patient": targets.patient["id"], "version": targets.patient["version"], "patch": {"course": "BS Biology"}})
        }
        "void_patient" => {
            json!({"patient": targets.wrong["id"], "version": targets.wrong["version"], "reason": "registered twice"})
        }
        "declare_no_allergies" => {
            json!({"patient": targets.asked["id"], "version": targets.asked["version"]})
        }
        "record_consent" => json!({
            "patient": targets.asked["id"],
            "details": {"sort": "privacy", "text": "2026-01", "answer": "given", "by": "patient"},
        }),
        "keep_scratch" => json!({"patient": targets.patient["id"], "subject": "note", "text": "feels well"}),
        "resolve_conflict" => json!({
            "record": targets.conflict["record"],
            "conflict": targets.conflict["id"],
            "version": targets.conflict["version"],
            "choice": 0,
        }),
        "file" | "fetch_file" => json!({"file": targets.file["id"]}),
        "file_pages" => json!({"file": targets.file["id"], "from": 1, "width": 200}),
        "edit_file" => {
            json!({"id": targets.file["id"], "version": targets.file["version"], "patch": {"note": "repeat it"}})
        }
        "read_file" => json!({"id": targets.file["id"], "version": targets.file["version"]}),
        "unread_files" => json!({}),
        "void_file" => void_of(&targets.file),
        "save_file" => json!({"file": targets.file["id"], "place": "nowhere"}),
        "print_file" => json!({"file": targets.file["id"], "printer": null, "copies": 1}),
        "export_files" => json!({"patient": targets.patient["id"], "place": "nowhere"}),
        "set_tray" => json!({"place": null}),
        "open_list" => json!({"name": "list.csv", "bytes": LIST}),
        "look_at_list" => json!({"list": the_list(), "with": {
            "columns": ["number", "family", "given"], "dates": "day_first", "zeros_lost": null,
            "coverage": {"school_year": "2026-2027", "term": null, "campus": null, "programmes": [], "from": null},
        }}),
        "list_rows" => json!({"list": the_list(), "outcome": "new", "before": null}),
        "settle_row" => json!({"list": the_list(), "row": 2, "choice": "leave", "person": null}),
        "settle_rows" => json!({"list": the_list(), "choice": "keep", "rows": {"count": 0, "typed": false}}),
        "apply_list" => json!({"list": the_list(), "left": null}),
        "forget_list" => json!({"list": the_list()}),
        "audit_trail" => json!({"patient": null, "user": null, "before": null}),
        "rebuild" => json!({"check": true}),
        name => of_a_claim(name, targets).unwrap_or_else(|| shaped(command, &text(&targets.patient["id"]))),
    }
}

/// The same for the commands that every kind of claim has.
fn of_a_claim(command: &str, targets: &Targets) -> Option<Value> {
    let patient = &targets.patient["id"];
    CLAIMS.iter().find_map(|Claim { kind, field, card, .. }| {
        let Value::Object(claim) = &targets.claims[kind] else { return None };
        let (id, version) = (&claim["id"], &claim["version"]);
        match command.strip_suffix(kind) {
            Some("add_") => Some(json!({"patient": patient, "details": {*field: "seen"}})),
            Some("edit_") => Some(json!({"id": id, "version": version, "patch": {*field: "changed"}})),
            Some("void_") => Some(json!({"id": id, "version": version, "reason": "a mistake"})),
            Some("") => Some(json!({"id": id})),
            _ => (command == *card).then(|| json!({"patient": patient})),
        }
    })
}

/// The patient whom `command` is about with the input from [`input`].
pub fn whose(command: &Command, targets: &Targets) -> Value {
    match command.name {
        "visit" | "note" | "history" | "certificate" | "file" | "filled" | "whole_mark"
        | "whole_treatment" => targets.patient["id"].clone(),
        name if CLAIMS.iter().any(|claim| claim.kind == name) => targets.patient["id"].clone(),
        _ => input(command, targets)["patient"].clone(),
    }
}

/// The least input that the command's schema lets through; text is `id`, which is also a record's.
pub fn shaped(command: &Command, id: &str) -> Value {
    let (schema, _) = (command.schemas)();
    let schema = schema.to_value();
    least(&schema, &schema, id)
}

fn least(schema: &Value, whole: &Value, id: &str) -> Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return least(&whole["$defs"][name], whole, id);
    }
    if let Some(word) = schema["enum"].as_array().and_then(|words| words.first()) {
        return word.clone();
    }
    if let Some(word) = schema.get("const") {
        return word.clone();
    }
    let choices = ["anyOf", "oneOf"].iter().find_map(|key| schema[key].as_array());
    if let Some(first) = choices.and_then(|choices| choices.first()) {
        return least(first, whole, id);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    match types.first() {
        Some(&"object") => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let members =
                required.map(|name| (name.to_owned(), least(&schema["properties"][name], whole, id)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Some(&"array") => json!([]),
        Some(&"string") => json!(id),
        Some(&"integer" | &"number") => json!(1),
        Some(&"boolean") => json!(true),
        _ => Value::Null,
    }
}
