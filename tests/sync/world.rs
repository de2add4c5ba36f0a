//! A server with a clinic attached, and workstations of it.

use std::sync::Arc;

use app::sync::Synced;
use app::{Clock, Refusal};
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::Clinic;

use crate::line::Line;

pub use tests::server::Server;

/// A workstation and its line.
pub struct Workstation {
    /// Its desk.
    pub clinic: Clinic,
    /// Its line.
    pub line: Arc<Line>,
}

/// A doctor at each of two workstations of one clinic, and a patient whom the first has registered.
pub fn two_doctors() -> (Server, Workstation, Workstation, String) {
    let server = Server::start();
    let mut one = Workstation::founding(&server);
    let mut two = one.enrolled(&server);
    one.clinic.seat(Role::Doctor);
    two.clinic.seat(Role::Doctor);
    let (patient, _) = one.clinic.register("Gustavo", "Mejía");
    (server, one, two, patient)
}

impl Workstation {
    /// The workstation that founds a clinic, with a doctor, a nurse and a front desk, attached to `server`
    /// and synced; its administrator sits there.
    pub fn founding(server: &Server) -> Self {
        let line = Arc::new(Line::default());
        let mut clinic = Clinic::found_on_line(line.clone());
        clinic.time.set_wall(now());
        clinic.hire(&[Role::Doctor, Role::Nurse, Role::FrontDesk]);
        clinic.seat(Role::Administrator);
        clinic.ok("attach", json!({"server": server.url(), "code": server.claim_code()}));
        let mut workstation = Self { clinic, line };
        workstation.sync();
        workstation
    }

    /// A second workstation, by a code from the administrator at this one.
    pub fn enrolled(&mut self, server: &Server) -> Self {
        self.enrolled_as(server, 2)
    }

    /// One more workstation, `Room N`.
    pub fn enrolled_as(&mut self, server: &Server, number: u64) -> Self {
        let given = self.clinic.ok("enrolment_code", json!({"name": format!("Room {number}")}));
        self.sync();
        let lines: Vec<String> = given["lines"].as_array().unwrap().iter().map(text).collect();
        let line = Arc::new(Line::default());
        let mut clinic = Clinic::on_line(line.clone(), number * 500_000);
        clinic.time.set_wall(now());
        clinic.ok("enrol", json!({"server": server.url(), "code": lines.join(" ")}));
        Self { clinic, line }
    }

    /// Syncs until neither side lacks anything.
    pub fn sync(&mut self) -> Synced {
        self.try_sync().unwrap_or_else(|refusal| panic!("sync: {refusal:?}"))
    }

    /// Syncs, or says why not.
    pub fn try_sync(&mut self) -> Result<Synced, Refusal> {
        app::sync::sync(self.clinic.desk())
    }

    /// What sync says of itself.
    pub fn report(&mut self) -> Value {
        self.clinic.ok("sync_report", json!({}))
    }

    /// The people found by `text`.
    pub fn find(&mut self, text: &str) -> Vec<Value> {
        self.clinic.ok("find_patients", json!({"text": text}))["people"].as_array().cloned().unwrap()
    }

    /// The state that the top bar shows.
    pub fn status(&mut self) -> Value {
        self.clinic.ok("status", json!({}))
    }
}

/// The time by which the server's program goes: a code holds for ten minutes of it.
pub fn now() -> u64 {
    app::SystemClock::new().now()
}

/// The text of a JSON value.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
