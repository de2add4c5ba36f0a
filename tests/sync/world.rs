//! A server with a clinic attached, and workstations of it.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use app::sync::Synced;
use app::{Clock, Refusal};
use domain::access::Role;
use serde_json::{Value, json};
use tests::desk::{Clinic, colleague};
use tests::postgres::Database;
use tests::wait;

use crate::line::Line;

/// The server's program on a database of its own.
pub struct Server {
    program: Child,
    database: Database<'static>,
    port: u16,
}

/// A workstation and its line.
pub struct Workstation {
    /// Its desk.
    pub clinic: Clinic,
    /// Its line.
    pub line: Arc<Line>,
}

impl Server {
    /// A server that belongs to nobody yet.
    pub fn start() -> Self {
        let database = tests::postgres::database().unwrap();
        let port = wait::free_port().unwrap();
        let migrated = command("migrate", &database, port).status().unwrap();
        assert!(migrated.success());
        let program = command("serve", &database, port).spawn().unwrap();
        let server = Self { program, database, port };
        wait::until("serving", Duration::from_secs(30), || Ok(wait::listens(port).then_some(()))).unwrap();
        server
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Puts the site's part of the database back to its beginning, as a copy of files does that tells
    /// nothing of it.
    pub fn put_back(&self) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (sql, connection) =
                tokio_postgres::connect(&self.database.url(), tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            for table in ["tx", "op", "log", "signed_head", "feed", "scope_head"] {
                let sites = "scope in (select site_scope from workstation)";
                sql.execute(&format!("delete from {table} where {sites}"), &[]).await.unwrap();
            }
            sql.execute("delete from record where patient is not null or kind = 'patient'", &[])
                .await
                .unwrap();
        });
    }

    /// A one-time code for the clinic that takes possession of it.
    pub fn claim_code(&self) -> String {
        let output =
            command("claim-code", &self.database, self.port).stdout(Stdio::piped()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }
}

fn command(verb: &str, database: &Database, port: u16) -> Command {
    let mut command = Command::new(tests::program("clinicdesk-server").unwrap());
    command.env_clear().arg(verb).stdout(Stdio::null()).stderr(Stdio::null());
    command.env("CLINICDESK_DATABASE_URL", database.url());
    command.env("CLINICDESK_LISTEN", format!("127.0.0.1:{port}"));
    command
}

impl Workstation {
    /// The workstation that founds a clinic, with a doctor, a nurse and a front desk, attached to `server`
    /// and synced; its administrator sits there.
    pub fn founding(server: &Server) -> Self {
        let line = Arc::new(Line::default());
        let mut clinic = Clinic::found_on_line(line.clone());
        clinic.time.set_wall(now());
        for role in [Role::Doctor, Role::Nurse, Role::FrontDesk] {
            clinic.ok("add_user", colleague(role));
        }
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
