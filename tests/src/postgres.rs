//! A private PostgreSQL: one cluster a test process, one database a test.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};

use crate::leash::{Leash, Stop, scratch};
use crate::wait;

const OWNER: &str = "postgres";

/// `initdb` without syncing, then the server without durability: nothing here outlives the run.
const START: &str = r#"
"$1/initdb" --pgdata="$2/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync &&
exec "$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$2" \
    -c fsync=off -c full_page_writes=off -c synchronous_commit=off
"#;

/// A running PostgreSQL in a folder of its own, gone when dropped or when the process dies.
#[derive(Debug)]
pub struct Cluster {
    leash: Leash,
    programs: PathBuf,
    port: u16,
    made: AtomicU32,
}

/// One empty database of a cluster, dropped with this value.
#[derive(Debug)]
pub struct Database<'a> {
    cluster: &'a Cluster,
    name: String,
}

/// A new empty database in this process's cluster, which the first call starts.
///
/// # Errors
/// When PostgreSQL is missing or does not start; with what it printed.
pub fn database() -> Result<Database<'static>> {
    static SHARED: LazyLock<Result<Cluster>> = LazyLock::new(Cluster::start);
    SHARED.as_ref().map_err(|error| anyhow!("{error:#}"))?.database()
}

impl Cluster {
    /// Starts a cluster on a free loopback port and a socket in its folder.
    ///
    /// # Errors
    /// When PostgreSQL is missing or does not start; with what it printed.
    pub fn start() -> Result<Self> {
        let programs = programs(Path::new("/usr/lib/postgresql"))?;
        let port = wait::free_port()?;
        let folder = scratch()?;
        let mut command = as_owner(&folder)?;
        command.args(["sh", "-c", START, "postgres"]).arg(&programs).arg(&folder).arg(port.to_string());
        command.env("LC_ALL", "C.UTF-8").current_dir("/");
        let leash = Leash::hold(folder, &command, Stop::Interrupt)?;
        leash.ready(Duration::from_secs(60), |log| {
            log.contains("database system is ready to accept connections").then_some(())
        })?;
        Ok(Self { leash, programs, port, made: AtomicU32::new(0) })
    }

    /// A new empty database.
    ///
    /// # Errors
    /// When PostgreSQL refuses.
    pub fn database(&self) -> Result<Database<'_>> {
        let name = format!("test_{}", self.made.fetch_add(1, Ordering::Relaxed));
        self.run("createdb", &["--template=template0", &name])?;
        Ok(Database { cluster: self, name })
    }

    /// The program that holds the cluster together.
    #[must_use]
    pub fn leash(&self) -> &Leash {
        &self.leash
    }

    /// The loopback port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let out = Command::new(self.programs.join(program))
            .args(["--host=127.0.0.1", "--username=postgres", "--port"])
            .arg(self.port.to_string())
            .args(arguments)
            .output()?;
        ensure!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
        Ok(())
    }
}

impl Database<'_> {
    /// Where it is: `postgres://postgres@127.0.0.1:PORT/NAME`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{}", self.cluster.port, self.name)
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        // A failure costs space until the cluster goes, and must not hide the test's own.
        drop(self.cluster.run("dropdb", &["--force", "--if-exists", &self.name]));
    }
}

/// Where the programs of the highest installed version are; Debian keeps them off the path.
fn programs(versions: &Path) -> Result<PathBuf> {
    let newest = fs::read_dir(versions).ok().and_then(|entries| {
        let numbers = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        numbers.filter(|number| versions.join(format!("{number}/bin/initdb")).is_file()).max()
    });
    let newest = newest.with_context(|| {
        format!("no PostgreSQL under {}: install the package postgresql", versions.display())
    })?;
    Ok(versions.join(format!("{newest}/bin")))
}

/// PostgreSQL refuses to run as root, so root hands the folder and the run to an ordinary user.
fn as_owner(folder: &Path) -> Result<Command> {
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(Command::new("env"));
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let (uid, gid) = ids(&users, OWNER).with_context(|| format!("no user {OWNER} to run as"))?;
    chown(folder, Some(uid), Some(gid))?;
    let mut command = Command::new("setpriv");
    command.args(["--reuid", &uid.to_string(), "--regid", &gid.to_string(), "--clear-groups", "--"]);
    Ok(command)
}

/// A user's ids in the text of passwd(5).
fn ids(users: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields =
        users.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?.split(':').skip(1);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_version_is_taken_as_a_number() -> Result<()> {
        let folder = tempfile::tempdir()?;
        for version in ["9", "15", "17", "18", "common"] {
            fs::create_dir_all(folder.path().join(version).join("bin"))?;
        }
        for version in ["9", "15", "17"] {
            fs::write(folder.path().join(version).join("bin/initdb"), "")?;
        }
        assert_eq!(programs(folder.path())?, folder.path().join("17/bin"));
        Ok(())
    }

    #[test]
    fn without_postgresql_the_error_names_the_package() {
        let error = programs(Path::new("/nowhere")).unwrap_err().to_string();
        assert!(error.contains("install the package postgresql"), "{error}");
    }

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let users = "postgresx:x:7:7::/:/bin/sh\npostgres:x:101:104:PostgreSQL,,,:/var/lib:/bin/bash\n";
        assert_eq!(ids(users, "postgres"), Some((101, 104)));
        assert_eq!(ids(users, "post"), None);
    }
}
