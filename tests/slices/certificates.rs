//! A certificate from draft to paper, by who may take each step.

use app::Code;
use domain::access::Role;
use serde_json::{Value, json};
use store::Act;
use tests::desk::{Clinic, intruder, text};

use crate::inputs::certificate_text;
use crate::trust::open_store;

pub mod issue;
mod lists;
mod numbers;
mod pages;
mod print;
mod readers;
mod save;
mod slips;
mod spectacles;
mod workflow;

/// A staffed clinic, a patient, and the front desk at the desk.
pub struct Story {
    pub clinic: Clinic,
    pub patient: String,
    /// The template of a sick leave.
    pub template: Value,
}

impl Story {
    pub fn begin() -> Self {
        let mut clinic = Clinic::staffed();
        clinic.seat(Role::FrontDesk);
        let details = json!({
            "given": "Gustavo", "family": "Mejía", "birth_date": "1999-07-14",
            "course": "BS Tourism", "year_level": "4",
            "identifiers": {"1": {"system": "student", "value": "2019-104-883"}},
        });
        let patient = text(&clinic.ok("register_patient", json!({"details": details}))["id"]);
        let templates = clinic.ok("templates", json!({}));
        let rows = templates["rows"].as_array().unwrap();
        let template = rows.iter().find(|row| row["details"]["form_code"] == "MED-01").unwrap()["id"].clone();
        Self { clinic, patient, template }
    }

    /// Begins a certificate that lacks nothing, with these changes.
    pub fn draft(&mut self, change: Value) -> Value {
        let input = self.drafting(change);
        self.clinic.ok("draft_certificate", input)
    }

    /// The input that begins a certificate, with these changes of its details.
    pub fn drafting(&self, change: Value) -> Value {
        let mut details = certificate_text(&self.template);
        for (field, value) in change.as_object().into_iter().flatten() {
            details[field] = value.clone();
        }
        json!({"patient": self.patient, "visit": null, "extends": null, "replaces": null, "details": details})
    }

    /// Gives the person of this role a licence; an administrator sits here then.
    pub fn license(&mut self, role: Role) {
        self.clinic.seat(Role::Administrator);
        let staff = self.clinic.ok("staff", json!({"before": null}));
        let mut people = staff["people"].as_array().unwrap().iter();
        let person = people.find(|person| person["role"] == role.word()).unwrap();
        let patch = json!({"licence": "77", "licence_until": "2027-01-01"});
        let licence = json!({"user": person["id"], "version": person["version"], "patch": patch});
        self.clinic.ok("edit_user", licence);
    }

    pub fn step(&mut self, command: &str, certificate: &Value, reason: Option<&str>) -> Value {
        self.clinic.ok(command, step(certificate, reason))
    }

    pub fn view(&mut self, certificate: &Value) -> Value {
        self.clinic.ok("certificate", json!({"certificate": certificate["id"]}))
    }

    /// The codes of what stands in the way of issuing it.
    pub fn bars(&mut self, certificate: &Value) -> Vec<String> {
        let bars = self.view(certificate)["bars"].as_array().unwrap().clone();
        bars.iter().map(|bar| text(&bar["code"])).collect()
    }

    /// Looks or reaches into the store while the program does not run; a doctor sits here then.
    pub fn in_store<T>(&mut self, reach: impl FnOnce(&Act) -> T) -> T {
        self.clinic.stop();
        let (mut store, ..) = open_store(&self.clinic);
        let act = store.act().unwrap();
        let found = reach(&act);
        act.commit().unwrap();
        drop(store);
        self.clinic.restart();
        self.clinic.seat(Role::Doctor);
        found
    }

    /// Changes the row with this key past the program.
    pub fn tamper(&mut self, sql: &str, key: &[u8]) {
        self.clinic.stop();
        assert_eq!(intruder(&self.clinic).execute(sql, [key]).unwrap(), 1);
        self.clinic.restart();
        self.clinic.seat(Role::Doctor);
    }

    pub fn refused(&mut self, command: &str, input: Value) -> (Code, Value) {
        let refusal = self.clinic.refused(command, input);
        (refusal.code, refusal.fields.get("field").cloned().unwrap_or_default())
    }
}

pub fn step(certificate: &Value, reason: Option<&str>) -> Value {
    json!({"certificate": certificate["id"], "version": certificate["version"], "reason": reason})
}

/// The words of a list, in order.
pub fn words(list: &Value, field: &str) -> Vec<String> {
    list.as_array().into_iter().flatten().map(|row| text(&row[field])).collect()
}
