//! A desk on a folder of its own: a clinic with one person of each role, a clock that stands until it
//! is moved, chance from a seed and passwords that cost nothing to try.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod opened;
mod staffed;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use ::sync::{Transport, Unreached};
use app::commands::{COMMANDS, Command};
use app::spooler::{Printer, Spooler, Unprinted};
use app::{Clock, Desk, Refusal, Uptime, Window, World};
use crypto::testing::{COST, FLOOR, TestEntropy};
use domain::access::Role;
use serde_json::{Value, json};
use tempfile::TempDir;

pub use opened::{intruder, open_store, open_store_in};

/// The administrator's password, and with a role's word behind it everybody else's.
pub const PASSWORD: &str = "quiet tram under nine lemons";

/// What an administrator told a new colleague.
pub const FIRST_PASSWORD: &str = "first words for a new colleague";

/// The time at which a clinic of the tests is founded: 22 November 2026, 10:31 in Manila.
pub const FOUNDED_AT: u64 = 1_795_314_660_000;

/// A clock that a test moves; every copy is the same clock.
#[derive(Clone)]
pub struct Time(Arc<[AtomicU64; 3]>);

impl Time {
    fn new() -> Self {
        Self(Arc::new([FOUNDED_AT, 5_000, 0].map(AtomicU64::new)))
    }

    /// Lets `seconds` pass on both clocks.
    pub fn pass(&self, seconds: u64) {
        for clock in &self.0[..2] {
            clock.fetch_add(seconds * 1000, Ordering::SeqCst);
        }
    }

    /// The machine is switched off and on again.
    pub fn start_machine(&self) {
        self.0[1].store(0, Ordering::SeqCst);
        self.0[2].fetch_add(1, Ordering::SeqCst);
    }

    /// Where its clocks stand, and how often the machine was started.
    #[must_use]
    pub fn reading(&self) -> [u64; 3] {
        [0, 1, 2].map(|clock: usize| self.0[clock].load(Ordering::SeqCst))
    }

    /// Sets the wall clock alone, as a person may.
    pub fn set_wall(&self, milliseconds: u64) {
        self.0[0].store(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for Time {
    fn now(&self) -> u64 {
        // A millisecond passes whenever somebody looks.
        self.0[0].fetch_add(1, Ordering::SeqCst)
    }

    fn monotonic(&self) -> u64 {
        self.0[1].load(Ordering::SeqCst)
    }

    fn uptime(&self) -> Uptime {
        let starts = self.0[2].load(Ordering::SeqCst);
        Uptime { start: format!("start {starts}"), milliseconds: self.monotonic() }
    }
}

/// Something that does not answer while a test has it hang; every copy is the same.
#[derive(Clone, Default)]
pub struct Hangs(Arc<(Mutex<bool>, Condvar)>);

impl Hangs {
    /// Has it hang, or answer again.
    ///
    /// # Panics
    /// When another thread panicked with it.
    pub fn set(&self, hangs: bool) {
        *self.0.0.lock().expect("no test panics here") = hangs;
        self.0.1.notify_all();
    }

    /// Waits until it answers.
    ///
    /// # Panics
    /// When another thread panicked with it.
    pub fn wait(&self) {
        let hangs = self.0.0.lock().expect("no test panics here");
        drop(self.0.1.wait_while(hangs, |hangs| *hangs).expect("no test panics here"));
    }
}

/// A network that is not there.
struct Unplugged;

impl Transport for Unplugged {
    fn post(&self, _: &str, _: Vec<u8>) -> Result<Vec<u8>, Unreached> {
        Err(Unreached::Offline)
    }

    fn put(&self, _: &str, _: Vec<u8>) -> Result<Vec<u8>, Unreached> {
        Err(Unreached::Offline)
    }

    fn get(&self, _: &str, _: &[u8], _: Range<u64>) -> Result<Vec<u8>, Unreached> {
        Err(Unreached::Offline)
    }
}

/// A line to nowhere.
#[must_use]
pub fn unplugged() -> Arc<dyn Transport> {
    Arc::new(Unplugged)
}

/// What was handed to the spooler of the tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Where.
    pub printer: String,
    /// The job's title.
    pub title: String,
    /// How many copies.
    pub copies: u32,
    /// The document.
    pub pdf: Vec<u8>,
}

/// A spooler with the printers `desk` and `hall` and the jammed one `jammed`; every copy is the same.
#[derive(Clone)]
pub struct PaperTray(Arc<Mutex<(Vec<Printer>, Vec<Job>)>>);

impl Default for PaperTray {
    fn default() -> Self {
        let printer = |name: &str, said: &str| Printer {
            name: name.to_owned(),
            said: said.to_owned(),
            default: name == "desk",
        };
        let printers =
            vec![printer("desk", "Desk, A5"), printer("hall", "Hall"), printer("jammed", "Jammed")];
        Self(Arc::new(Mutex::new((printers, Vec::new()))))
    }
}

impl PaperTray {
    /// What was handed over, oldest first.
    #[must_use]
    pub fn jobs(&self) -> Vec<Job> {
        self.0.lock().expect("no test panics here").1.clone()
    }

    /// Takes all printers away.
    pub fn take_away(&self) {
        self.0.lock().expect("no test panics here").0.clear();
    }

    /// Has none of the printers be the machine's default.
    pub fn undefault(&self) {
        self.0.lock().expect("no test panics here").0.iter_mut().for_each(|printer| printer.default = false);
    }
}

impl Spooler for PaperTray {
    fn printers(&self) -> Vec<Printer> {
        self.0.lock().expect("no test panics here").0.clone()
    }

    fn print(&self, printer: &str, title: &str, copies: u32, pdf: Vec<u8>) -> Result<String, Unprinted> {
        if !self.printers().iter().any(|known| known.name == printer) {
            return Err(Unprinted::NoPrinter);
        }
        if printer == "jammed" {
            return Err(Unprinted::Refused);
        }
        let jobs = &mut self.0.lock().expect("no test panics here").1;
        jobs.push(Job { printer: printer.to_owned(), title: title.to_owned(), copies, pdf });
        Ok(format!("{printer}-{}", jobs.len()))
    }
}

/// A folder that goes with the test, or one of somebody else.
enum Place {
    Own(TempDir),
    Lent(PathBuf),
}

impl Place {
    fn path(&self) -> &Path {
        match self {
            Self::Own(folder) => folder.path(),
            Self::Lent(folder) => folder,
        }
    }
}

/// A clinic on one workstation.
pub struct Clinic {
    folder: Place,
    sticks: Place,
    desk: Option<Desk>,
    starts: u64,
    transport: Arc<dyn Transport>,
    /// How many bytes files may take; a program that starts later goes by it.
    pub room: u64,
    /// How many milliseconds whoever leaves waits for backups at most; a program that starts later goes by it.
    pub leaving: u64,
    /// Set while what is plugged in does not answer.
    pub hangs: Hangs,
    /// Set while this machine is to be spared.
    pub spared: Arc<AtomicBool>,
    /// The clock.
    pub time: Time,
    /// The spooler.
    pub printer: PaperTray,
    /// What the founding left to print.
    pub founded: Value,
}

/// Where temporary folders go: into memory where that is a file system, because nothing here has to
/// outlive a power cut.
fn memory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { memory } else { std::env::temp_dir() }
}

/// The name typed to sign in by the clinic's person of `role`.
#[must_use]
pub fn sign_in_name(role: Role) -> &'static str {
    match role {
        Role::Administrator => "maria.reyes",
        role => role.word(),
    }
}

/// The password of the clinic's person of `role`.
#[must_use]
pub fn password(role: Role) -> String {
    match role {
        Role::Administrator => PASSWORD.to_owned(),
        role => format!("{PASSWORD} {}", role.word()),
    }
}

/// The person who signs in as `who` chooses `own` instead of [`FIRST_PASSWORD`]; nobody sits there then.
///
/// # Errors
/// The refusal of a command.
pub fn choose_password(desk: &mut Desk, who: &str, own: &str) -> Result<(), Refusal> {
    let steps = [
        ("sign_in", json!({"who": who, "password": FIRST_PASSWORD})),
        ("change_password", json!({"old": FIRST_PASSWORD, "new": own})),
        ("sign_out", json!({})),
    ];
    steps
        .iter()
        .try_for_each(|(name, input)| app::call(desk, Window::Main, name, &input.to_string()).map(drop))
}

/// A person of `role` to add, with a licence where the role signs.
#[must_use]
pub fn colleague(role: Role) -> Value {
    let licensed = [Role::Doctor, Role::Dentist, Role::Optometrist].contains(&role);
    json!({
        "sign_in": sign_in_name(role),
        "name": format!("Ana {}", role.word().replace('_', " ")),
        "title": null, "qualification": null, "position": null,
        "role": role,
        "licence": licensed.then_some("0104417"),
        "licence_until": licensed.then_some("2027-12-31"),
        "password": FIRST_PASSWORD,
    })
}

impl Clinic {
    /// An empty folder with a desk and no clinic.
    #[must_use]
    pub fn nowhere() -> Self {
        Self::on_line(Arc::new(Unplugged), 0)
    }

    /// An empty folder with a desk on a line to somewhere; `seed` sets its chances apart from another's.
    #[must_use]
    pub fn on_line(transport: Arc<dyn Transport>, seed: u64) -> Self {
        let [folder, sticks] =
            [(); 2].map(|()| Place::Own(tempfile::tempdir_in(memory()).expect("a temporary folder")));
        Self::at([folder, sticks], transport, seed, Time::new())
    }

    /// The clinic whose data `folder` and `sticks` another process has: a program that starts there when that one has ended, at
    /// the time `reading`.
    #[must_use]
    pub fn lent(folder: &Path, sticks: &Path, seed: u64, reading: [u64; 3]) -> Self {
        let places = [folder, sticks].map(|place| Place::Lent(place.to_owned()));
        Self::at(places, unplugged(), seed, Time(Arc::new(reading.map(AtomicU64::new))))
    }

    fn at([folder, sticks]: [Place; 2], transport: Arc<dyn Transport>, seed: u64, time: Time) -> Self {
        let printer = PaperTray::default();
        let (starts, room, founded) = (seed, u64::MAX, Value::Null);
        let (leaving, hangs, spared) = (20_000, Hangs::default(), Arc::default());
        let mut clinic = Self {
            folder,
            sticks,
            desk: None,
            starts,
            transport,
            room,
            leaving,
            hangs,
            spared,
            time,
            printer,
            founded,
        };
        clinic.restart();
        clinic
    }

    /// A clinic on a line to somewhere, whose administrator sits at the desk.
    #[must_use]
    pub fn found_on_line(transport: Arc<dyn Transport>) -> Self {
        let mut clinic = Self::on_line(transport, 0);
        clinic.founded = clinic.ok("found_clinic", found_input());
        clinic
    }

    /// This desk with a clinic founded at it.
    ///
    /// # Panics
    /// When that is refused.
    #[must_use]
    pub fn founded_anew(mut self) -> Self {
        self.founded = self.ok("found_clinic", found_input());
        self
    }

    /// A clinic whose administrator, Maria Reyes, sits at the desk.
    #[must_use]
    pub fn found() -> Self {
        let mut clinic = Self::nowhere();
        clinic.founded = clinic.ok("found_clinic", found_input());
        clinic
    }

    /// A clinic with one person of each role, and nobody at the desk.
    #[must_use]
    pub fn staffed() -> Self {
        staffed::clinic()
    }

    /// The administrator at the desk adds a person of each of `roles`, and each chooses their [`password`];
    /// nobody sits there then.
    ///
    /// # Panics
    /// When a step is refused.
    pub fn hire(&mut self, roles: &[Role]) {
        for role in roles {
            self.ok("add_user", colleague(*role));
        }
        for role in roles {
            choose_password(self.desk(), sign_in_name(*role), &password(*role))
                .expect("a password of their own");
        }
    }

    /// The administrator at the desk adds a person of `role` who signs in as `who` and chooses a password of their
    /// own; nobody sits there then.
    ///
    /// # Panics
    /// When a step is refused.
    pub fn employ(&mut self, who: &str, role: Role) {
        let mut person = colleague(role);
        person["sign_in"] = json!(who);
        self.ok("add_user", person);
        choose_password(self.desk(), who, &format!("{PASSWORD} {who}")).expect("a password of their own");
    }

    /// Whoever was added by [`Clinic::employ`] as `who` sits down.
    pub fn sit(&mut self, who: &str) -> Value {
        self.ok("sign_in", json!({"who": who, "password": format!("{PASSWORD} {who}")}))
    }

    /// Where the machine shows what is plugged into it: a folder in it is a stick.
    #[must_use]
    pub fn sticks(&self) -> &Path {
        self.sticks.path()
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The world around the desk; each start has chances of its own.
    #[must_use]
    pub fn world(&self) -> World {
        World {
            clock: Box::new(self.time.clone()),
            entropy: Box::new(TestEntropy::new(self.starts)),
            folder: self.folder().to_owned(),
            cost: Some(COST),
            floor: FLOOR,
            progress: Box::new(|_, _| {}),
            mounts: {
                let (sticks, hangs) = (self.sticks().to_owned(), self.hangs.clone());
                Arc::new(move || {
                    hangs.wait();
                    let plugged = std::fs::read_dir(&sticks).into_iter().flatten().flatten();
                    plugged.map(|stick| stick.path()).collect()
                })
            },
            transport: Arc::clone(&self.transport),
            spooler: Box::new(self.printer.clone()),
            room: self.room,
            spares: {
                let spared = Arc::clone(&self.spared);
                Arc::new(move || spared.load(Ordering::SeqCst))
            },
            leaving: self.leaving,
            version: "0.0.0",
        }
    }

    /// The program ends, however it was, and starts again.
    pub fn restart(&mut self) {
        self.stop();
        self.starts += 1;
        // A child of another test holds what is open for a moment, until it is a program of its own.
        let busy = |taken: &Result<Desk, Refusal>| {
            taken.as_ref().is_err_and(|refusal| refusal.code == app::Code::StoreInUse)
        };
        let mut taken = Desk::take(self.world());
        for _ in 0..10_000 {
            if !busy(&taken) {
                break;
            }
            std::thread::yield_now();
            taken = Desk::take(self.world());
        }
        self.desk = Some(taken.expect("the folder is free"));
    }

    /// The program ends without a word.
    pub fn stop(&mut self) {
        self.desk = None;
    }

    /// Whether the program runs.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.desk.is_some()
    }

    /// The desk.
    ///
    /// # Panics
    /// After [`Clinic::stop`].
    pub fn desk(&mut self) -> &mut Desk {
        self.desk.as_mut().expect("the program runs")
    }

    /// Calls a command from the main window.
    ///
    /// # Errors
    /// The command's refusal.
    pub fn call(&mut self, name: &str, input: Value) -> Result<Value, Refusal> {
        self.call_from(Window::Main, name, &input.to_string())
    }

    /// Calls a command with the text of its input.
    ///
    /// # Errors
    /// The command's refusal.
    pub fn call_from(&mut self, window: Window, name: &str, input: &str) -> Result<Value, Refusal> {
        let answer = app::call(self.desk(), window, name, input)?;
        self.holds_its_tags(name);
        Ok(serde_json::from_str(&answer).expect("an answer is JSON"))
    }

    /// That the list names what the body of this command has just read and written: else a screen would go on
    /// showing what is so no more.
    fn holds_its_tags(&mut self, name: &str) {
        let seated = |command: &&Command| command.name == name && command.permission.is_some();
        let Some(command) = COMMANDS.iter().find(seated) else { return };
        let touched = self.desk().touched();
        assert_eq!(command.stales.lacking(&touched.written), [""; 0], "{name} makes these stale too");
        // Nobody keeps the answer of a command that changes something.
        if command.stales.is_empty() {
            assert_eq!(command.reads.lacking(&touched.read), [""; 0], "{name} reads these too");
        }
    }

    /// The answer of a command that is not refused.
    ///
    /// # Panics
    /// When it is.
    pub fn ok(&mut self, name: &str, input: Value) -> Value {
        self.call(name, input).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
    }

    /// The refusal of a command.
    ///
    /// # Panics
    /// When it is not refused.
    pub fn refused(&mut self, name: &str, input: Value) -> Refusal {
        match self.call(name, input) {
            Ok(answer) => panic!("{name} was not refused: {answer}"),
            Err(refusal) => refusal,
        }
    }

    /// The person of `role` sits down, and whoever sat there leaves.
    pub fn seat(&mut self, role: Role) -> Value {
        let input = json!({"who": sign_in_name(role), "password": password(role)});
        self.ok("sign_in", input)
    }

    /// Somebody types fifty wrong passwords of who signs in as `who`, each after its wait: the sign-in is switched
    /// off, and the wall clock stands where it stood.
    pub fn switch_off(&mut self, who: &str) {
        let wall = self.time.now();
        for _ in 0..domain::access::CAP {
            self.refused("sign_in", json!({"who": who, "password": "not the password at all"}));
            self.time.pass(3600);
        }
        self.time.set_wall(wall);
    }

    /// Registers a person of this name; returns id and version.
    pub fn register(&mut self, given: &str, family: &str) -> (String, i64) {
        let kept = self.ok("register_patient", json!({"details": {"given": given, "family": family}}));
        (text(&kept["id"]), kept["version"].as_i64().unwrap_or_default())
    }

    /// The whole trail, oldest first, as the person who sits here may read it.
    pub fn trail(&mut self) -> Vec<Value> {
        let mut rows = Vec::new();
        let mut before = Value::Null;
        loop {
            let input = json!({"patient": null, "user": null, "before": before});
            let page = self.ok("audit_trail", input);
            rows.extend(page["rows"].as_array().cloned().unwrap_or_default());
            before = page["next"].clone();
            if before.is_null() {
                rows.reverse();
                return rows;
            }
        }
    }
}

/// The input that founds a clinic.
#[must_use]
pub fn found_input() -> Value {
    json!({
        "clinic": "University Clinic",
        "site": "Main Campus",
        "site_code": null,
        "time_zone": "Asia/Manila",
        "name": "Maria Reyes",
        "sign_in": "maria.reyes",
        "password": PASSWORD,
    })
}

/// The text of a JSON string.
#[must_use]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
