//! A print spooler of its own on loopback: the real one, with one printer that keeps what it gets.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Result, anyhow};

use crate::leash::{Leash, Stop, scratch};
use crate::wait;

/// CUPS in a folder of its own, with the printer `Desk`.
pub struct LoopbackCups {
    port: u16,
    printer: JoinHandle<Result<Vec<u8>>>,
    _leash: Leash,
}

const RULES: &str = "Browsing Off
WebInterface No
DefaultAuthType None
LogLevel warn
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow localhost
  </Limit>
</Policy>
";

/// A queue without filters: the printer gets the document as it came.
const QUEUE: &str = "<DefaultPrinter Desk>
Info Desk printer, A5
DeviceURI socket://{device}
State Idle
Type 4
Accepting Yes
Shared No
</DefaultPrinter>
";

impl LoopbackCups {
    /// Starts it and waits until it listens.
    ///
    /// # Errors
    /// When CUPS is missing or does not start; with what it printed.
    pub fn start() -> Result<Self> {
        let folder = scratch()?;
        let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
        for name in ["root", "spool", "spool/tmp", "cache", "run", "logs"] {
            fs::create_dir(at(name))?;
        }
        // Its backends run as another user.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
        // A printer that takes bytes as they come, as real ones do at port 9100.
        let printer = TcpListener::bind("127.0.0.1:0")?;
        let port = wait::free_port()?;
        fs::write(at("cupsd.conf"), format!("Listen 127.0.0.1:{port}\n{RULES}"))?;
        let settings = [
            ("ServerRoot", "root"),
            ("RequestRoot", "spool"),
            ("TempDir", "spool/tmp"),
            ("CacheDir", "cache"),
            ("StateDir", "run"),
            ("AccessLog", "logs/access"),
            ("ErrorLog", "logs/error"),
            ("PageLog", "logs/page"),
        ];
        let lines = settings.map(|(name, place)| format!("{name} {}\n", at(place)));
        fs::write(at("files.conf"), lines.concat())?;
        let queue = QUEUE.replace("{device}", &printer.local_addr()?.to_string());
        fs::write(at("root/printers.conf"), queue)?;
        let mut command = Command::new("/usr/sbin/cupsd");
        command.args(["-f", "-c", &at("cupsd.conf"), "-s", &at("files.conf")]);
        let leash = Leash::hold(folder, &command, Stop::Terminate)?;
        wait::until(
            "the spooler listens",
            Duration::from_secs(60),
            || Ok(wait::listens(port).then_some(())),
        )?;
        let printer = std::thread::spawn(move || {
            let (mut job, _) = printer.accept()?;
            let mut bytes = Vec::new();
            job.read_to_end(&mut bytes)?;
            Ok(bytes)
        });
        Ok(Self { port, printer, _leash: leash })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// What the printer got, once it has got all of it.
    ///
    /// # Errors
    /// When the line to the printer failed, or nothing came.
    pub fn printed(self) -> Result<Vec<u8>> {
        wait::until("the printer has printed", Duration::from_secs(90), || {
            Ok(self.printer.is_finished().then_some(()))
        })?;
        self.printer.join().map_err(|_| anyhow!("the printer panicked"))?
    }
}
