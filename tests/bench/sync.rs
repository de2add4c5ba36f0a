//! The first sync of the demonstration clinic: time and bytes, there and to a second workstation.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Result;
use app::{Desk, World};
use serde_json::{Value, json};
use tests::postgres::Database;
use tests::{program, root, wait};

use crate::clinic::{call, found, refused};
use crate::figure::{empty_folder, ms, ratio, round, tell, timed};
use crate::{Size, import};

pub fn run(size: Size) -> Result<()> {
    measure("sync", bundles()?.iter().take(if size.bundles < 100 { 2 } else { usize::MAX }).cloned())?;
    let folder = empty_folder("bundles")?;
    import::write_bundles(&folder, size.pulled)?;
    measure("sync_many", files(&folder)?.into_iter())
}

/// The first sync of a clinic that took `texts` in, one that finds nothing new, and the first of a second workstation.
fn measure(name: &str, texts: impl Iterator<Item = String>) -> Result<()> {
    let server = Server::start()?;
    let mut desk = found(&empty_folder("sync")?)?;
    let (mut plain, mut packed, mut records) = (0, 0, 0);
    for text in texts {
        plain += text.len();
        packed += zstd::encode_all(text.as_bytes(), 3)?.len();
        let told = call(&mut desk, "import_fhir", &json!({"text": text, "dry_run": false}))?;
        records += told["records"].as_u64().unwrap_or_default();
    }
    call(&mut desk, "attach", &json!({"server": server.url(), "code": server.claim_code()?}))?;
    let (synced, first) = timed(|| app::sync::sync(&mut desk));
    let synced = synced.map_err(refused)?;
    let (again, idle) = timed(|| app::sync::sync(&mut desk));
    let again = again.map_err(refused)?;
    let given = call(&mut desk, "enrolment_code", &json!({"name": "Room 2"}))?;
    let lines: Vec<&str> =
        given["lines"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let (joined, second) = timed(|| enrol(&empty_folder("sync-second")?, &server, &lines.join(" ")));
    joined?;
    tell(
        name,
        json!({
            "records": records,
            "ops": synced.received,
            "seconds": round(first.as_secs_f64(), 2),
            "ops_per_s": round(synced.received as f64 / first.as_secs_f64(), 0),
            "rounds": synced.rounds,
            "sent_bytes": synced.sent_bytes,
            "answered_bytes": synced.received_bytes,
            "bundle_bytes": plain,
            "packed_bundle_bytes": packed,
            "ratio_to_packed_bundles": ratio(synced.sent_bytes as f64, packed as f64),
            "nothing_new_ms": ms(idle),
            "nothing_new_bytes": again.sent_bytes + again.received_bytes,
            "second_workstation_seconds": round(second.as_secs_f64(), 2),
            "second_workstation_records_per_s": round(records as f64 / second.as_secs_f64(), 0),
        }),
    );
    Ok(())
}

fn bundles() -> Result<Vec<String>> {
    files(&root().join("demo/bundles"))
}

fn files(folder: &Path) -> Result<Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "json"));
    files.sort();
    files.into_iter().map(|file| Ok(fs::read_to_string(file)?)).collect()
}

fn enrol(folder: &Path, server: &Server, code: &str) -> Result<()> {
    let mut desk = Desk::take(World::real(folder.to_owned())).map_err(refused)?;
    call(&mut desk, "enrol", &json!({"server": server.url(), "code": code})).map(drop)
}

/// The server's program on a database of its own.
struct Server {
    program: Child,
    database: Database<'static>,
    port: u16,
}

impl Server {
    fn start() -> Result<Self> {
        let (database, port) = (tests::postgres::database()?, wait::free_port()?);
        let program = command("serve", &database, port)?.stdout(Stdio::null()).spawn()?;
        let server = Self { program, database, port };
        wait::until("serving", Duration::from_secs(30), || Ok(wait::listens(port).then_some(())))?;
        Ok(server)
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn claim_code(&self) -> Result<String> {
        let output = command("claim-code", &self.database, self.port)?.output()?;
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }
}

fn command(verb: &str, database: &Database, port: u16) -> Result<Command> {
    let mut command = Command::new(program("clinicdesk-server")?);
    command.env_clear().arg(verb).stderr(Stdio::null());
    command.env("CLINICDESK_DATABASE_URL", database.url());
    command.env("CLINICDESK_LISTEN", format!("127.0.0.1:{port}"));
    Ok(command)
}
