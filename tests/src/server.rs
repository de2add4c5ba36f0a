//! The real server on a real PostgreSQL, for tests of those who talk to it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crypto::{Secret, Signed, SigningKey};
use domain::session::Session;
use domain::wire::Message;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::postgres::Database;
use crate::wait;

/// The server's program on a database of its own; gone when dropped.
pub struct Server {
    program: Child,
    database: Database<'static>,
    /// Where it keeps files.
    media: TempDir,
    port: u16,
}

impl Server {
    /// A server that belongs to nobody yet.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start() -> Self {
        let database = crate::postgres::database().unwrap();
        let port = wait::free_port().unwrap();
        let migrated = command("migrate", &database, port).status().unwrap();
        assert!(migrated.success());
        let media = tempfile::tempdir().unwrap();
        let program = serve(&database, &media, port);
        Self { program, database, media, port }
    }

    /// Ends the program; its database stays.
    pub fn stop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }

    /// Starts the program again at its address.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_again(&mut self) {
        self.program = serve(&self.database, &self.media, self.port);
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Puts the site's part of the database back to its beginning, as a copy of files does that tells
    /// nothing of it.
    ///
    /// # Panics
    /// When the database refuses.
    pub fn put_back(&self) {
        self.with_sql(async |sql| {
            // As whoever puts files back: no rule of the tables is asked.
            sql.execute("set session_replication_role = replica", &[]).await.unwrap();
            for table in
                ["opening", "tx", "op", "log", "signed_head", "feed", "scope_head", "blob", "blob_piece"]
            {
                let sites = "scope in (select site_scope from workstation)";
                sql.execute(&format!("delete from {table} where {sites}"), &[]).await.unwrap();
            }
            sql.execute("delete from record where patient is not null or kind = 'patient'", &[])
                .await
                .unwrap();
            sql.execute("delete from measure", &[]).await.unwrap();
        });
    }

    /// Loses the objects of backups of which `condition` is true, as a store that is worn or was put back does.
    ///
    /// # Panics
    /// When the database refuses.
    pub fn forget_backups(&self, condition: &str) {
        self.with_sql(async |sql| {
            let objects = format!("delete from backup_object where {condition}");
            sql.execute(&objects, &[]).await.unwrap();
            let blobs = "delete from blob where scope in (select incarnation from backup)
                         and not exists (select from backup_object as known where known.incarnation = scope
                                                and known.sha256 = blob.sha256 and known.size = blob.size)";
            sql.execute(blobs, &[]).await.unwrap();
        });
    }

    /// Forgets the workstation `record`, as a database from before it joined.
    ///
    /// # Panics
    /// When the database refuses.
    pub fn forget(&self, record: &str) {
        self.with_sql(async |sql| {
            sql.execute("set session_replication_role = replica", &[]).await.unwrap();
            let known = "delete from workstation where record::text = $1";
            assert_eq!(sql.execute(known, &[&record]).await.unwrap(), 1);
        });
    }

    /// The states of its records of `kind`.
    ///
    /// # Panics
    /// When the database refuses.
    #[must_use]
    pub fn states(&self, kind: &str) -> Vec<Value> {
        self.with_sql(async |sql| {
            let rows = sql.query("select state::text from record where kind = $1", &[&kind]).await.unwrap();
            rows.iter().map(|row| serde_json::from_str(row.get(0)).unwrap()).collect()
        })
    }

    /// Its measures, a line each.
    ///
    /// # Panics
    /// When the database refuses.
    #[must_use]
    pub fn measures(&self) -> Vec<String> {
        self.with_sql(async |sql| {
            let lines =
                "select concat_ws(' ', code, side, coalesce(number, rank), unit, coalesce(word, '-'), flags)
                         from measure order by 1";
            sql.query(lines, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
        })
    }

    /// Forgets its measures and by what they were made, as a database that another version has kept, and has the server's
    /// program bring its tables up to date.
    ///
    /// # Panics
    /// When the database refuses, or the program does.
    pub fn forget_measures(&self) {
        self.with_sql(async |sql| {
            sql.batch_execute("delete from measure; delete from measured_by").await.unwrap();
        });
        assert!(command("migrate", &self.database, self.port).status().unwrap().success());
    }

    /// What it was told of who sits where, to the log of a site, in its order.
    ///
    /// # Panics
    /// When the database refuses.
    #[must_use]
    pub fn sessions(&self) -> Vec<Session> {
        self.with_sql(async |sql| {
            let sites = "select bytes from opening where scope in (select site_scope from workstation)
                         order by incarnation, number";
            let rows = sql.query(sites, &[]).await.unwrap();
            let read = |bytes| Signed::<Session>::from_bytes(bytes).unwrap().claimed().unwrap();
            rows.iter().map(|row| read(row.get(0))).collect()
        })
    }

    /// What its public page answers a program that asks about `text`.
    ///
    /// # Panics
    /// When it does not answer.
    #[must_use]
    pub fn verified(&self, text: &str) -> Value {
        runtime().block_on(async {
            let request = reqwest::Client::new().post(format!("{}/verify", self.url()));
            request.json(&json!({"text": text})).send().await.unwrap().json().await.unwrap()
        })
    }

    /// The key that signs its answers, as somebody who took it over has it.
    ///
    /// # Panics
    /// When the database refuses.
    #[must_use]
    pub fn key(&self) -> SigningKey {
        self.with_sql(async |sql| {
            let row = sql.query_one("select server_key from clinic", &[]).await.unwrap();
            SigningKey::from_seed(Secret::from_slice(row.get(0)).unwrap())
        })
    }

    fn with_sql<T>(&self, run: impl AsyncFnOnce(&tokio_postgres::Client) -> T) -> T {
        runtime().block_on(async {
            let (sql, connection) =
                tokio_postgres::connect(&self.database.url(), tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            run(&sql).await
        })
    }

    /// A one-time code for the clinic that takes possession of it.
    ///
    /// # Panics
    /// When the program fails.
    #[must_use]
    pub fn claim_code(&self) -> String {
        self.printed("claim-code")
    }

    /// What its program prints for `verb`, in one line.
    ///
    /// # Panics
    /// When the program fails.
    #[must_use]
    pub fn printed(&self, verb: &str) -> String {
        let output = command(verb, &self.database, self.port).stdout(Stdio::piped()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn serve(database: &Database, media: &TempDir, port: u16) -> Child {
    let mut command = command("serve", database, port);
    command.env("CLINICDESK_MEDIA", media.path()).env("CLINICDESK_MEDIA_KEY", "7".repeat(64));
    let program = command.spawn().unwrap();
    wait::until("serving", Duration::from_secs(30), || Ok(wait::listens(port).then_some(()))).unwrap();
    program
}

fn command(verb: &str, database: &Database, port: u16) -> Command {
    let mut command = Command::new(crate::program("clinicdesk-server").unwrap());
    command.env_clear().arg(verb).stdout(Stdio::null()).stderr(Stdio::null());
    command.env("CLINICDESK_DATABASE_URL", database.url());
    command.env("CLINICDESK_LISTEN", format!("127.0.0.1:{port}"));
    command
}
