//! The process after this one. A sign-out ends the process, so that neither a key nor a text of it is left in memory, and
//! another one goes on in its place: the *heir*. It is started while somebody works, loads the page behind a hidden
//! window and waits. A pipe leads to it, whose end is the end of this process. What was said on it before says where the
//! windows stood. An heir to whom nothing was said ends too: the program was closed, or killed.

use std::collections::BTreeMap;
use std::io::{BufRead, Read, Write, copy, sink, stdin};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{env, io, iter, mem, process, thread};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, PhysicalPosition, PhysicalSize, WebviewWindow};

use crate::shell::{DISPLAY, MAIN, come_in, open};

/// Tells a process that it is an heir.
pub const HEIR: &str = "CLINICDESK_HEIR";
/// A desk of which nobody has asked anything for so long has time to start the heir.
const QUIET: Duration = Duration::from_secs(3);
/// A page that does not tell for so long what it keeps is not waited for.
const PATIENCE: Duration = Duration::from_millis(500);

/// The heir of this process, once there is one.
pub struct Heirs {
    events: Sender<()>,
    heir: Arc<Mutex<Option<Child>>>,
}

/// What the page keeps at this computer, by its places.
pub type Kept = BTreeMap<String, String>;

/// What a process says to its heir.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Word {
    stands: Vec<Stand>,
    kept: Kept,
}

/// Where a window stands.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Stand {
    label: String,
    x: i32,
    y: i32,
    width: u32,
    height: u32,
    maximized: bool,
}

impl Heirs {
    /// Starts the thread that starts the heir as soon as somebody works here and makes a pause.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(app: &AppHandle) -> io::Result<Self> {
        let (events, heard) = channel();
        let heir = Arc::new(Mutex::new(None));
        let (app, place) = (app.clone(), Arc::clone(&heir));
        thread::Builder::new().name("heirs".to_owned()).spawn(move || {
            // On macOS whatever starts comes to the front, its window hidden or not.
            if !cfg!(target_os = "macos") && pauses(&heard, QUIET) {
                let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
                *place = start(&app).inspect_err(|error| tracing::warn!(%error, "there is no heir")).ok();
            }
        })?;
        Ok(Self { events, heir })
    }

    /// Hears that somebody works here.
    pub fn hear(&self) {
        // Nobody listens any more once there is an heir.
        self.events.send(()).ok();
    }

    /// Has the heir go on when this process has ended, or a process that starts only now.
    fn name(&self, app: &AppHandle, word: &Word) -> Result<()> {
        let word = serde_json::to_string(word)?;
        let mut place = self.heir.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mut heir) = place.take()
            && heir.try_wait()?.is_none()
            && say(&mut heir, &word).is_ok()
        {
            return Ok(());
        }
        Ok(say(&mut start(app)?, &word)?)
    }
}

/// Ends this process after a sign-out and has its heir go on. Where the system starts none this one goes on, with the key
/// wiped all the same.
pub fn leave(app: &AppHandle) {
    // Whoever has closed it meanwhile is done.
    let Some(main) = app.get_webview_window(MAIN) else { return };
    let kept = kept(&main).unwrap_or_default();
    let windows = iter::once(main).chain(app.get_webview_window(DISPLAY));
    let stands = windows.map(|window| Stand::of(&window)).collect::<tauri::Result<_>>();
    let word = stands.map(|stands| Word { stands, kept });
    let named = word.map_err(Into::into).and_then(|word| app.state::<Heirs>().name(app, &word));
    match named {
        Ok(()) => app.exit(0),
        Err(error) => tracing::warn!(%error, "this process goes on after a sign-out"),
    }
}

/// Has this process, an heir, come in once the one before has named it and has ended.
///
/// # Errors
/// When the system gives no thread.
pub fn wait(app: &AppHandle, alone: bool) -> io::Result<()> {
    let app = app.clone();
    let wait = move || {
        let mut pipe = stdin().lock();
        let Some(word) = word(&mut pipe) else { return end(&app, 0) };
        if let Err(error) = inherit(&app, word, &mut pipe, alone) {
            tracing::error!(%error, "nobody goes on after a sign-out");
            end(&app, 1);
        }
    };
    thread::Builder::new().name("heir".to_owned()).spawn(wait).map(drop)
}

/// Waits until somebody works, and then until they have paused so long; whether they did, and not the whole program ended.
fn pauses(events: &Receiver<()>, quiet: Duration) -> bool {
    let mut heard = events.recv().map_err(RecvTimeoutError::from);
    while heard.is_ok() {
        heard = events.recv_timeout(quiet);
    }
    heard == Err(RecvTimeoutError::Timeout)
}

/// Starts this program once more, as an heir.
fn start(app: &AppHandle) -> io::Result<Child> {
    let program = tauri::process::current_binary(&app.env())?;
    Command::new(program).args(env::args_os().skip(1)).env(HEIR, "1").stdin(Stdio::piped()).spawn()
}

fn say(heir: &mut Child, word: &str) -> io::Result<()> {
    let mut pipe = heir.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
    writeln!(pipe, "{word}")?;
    // The end of this process closes it, and nothing before.
    mem::forget(pipe);
    Ok(())
}

/// What was said; none where that is not whole.
fn word(pipe: &mut impl BufRead) -> Option<Word> {
    let mut line = String::new();
    pipe.read_line(&mut line).ok()?;
    serde_json::from_str(line.strip_suffix('\n')?).ok()
}

/// Puts the windows where the ones before stood. The first one is shown while the process before still ends.
fn inherit(app: &AppHandle, word: Word, pipe: &mut impl Read, alone: bool) -> Result<()> {
    let main = app.get_webview_window(MAIN).context("the hidden window")?;
    let stood = |label: &str| word.stands.iter().find(|stand| stand.label == label);
    if let Some(stand) = stood(MAIN) {
        stand.take(&main)?;
    }
    main.show()?;
    main.set_focus()?;
    copy(pipe, &mut sink())?;
    come_in(app, alone, word.kept)?;
    if let Some(stand) = stood(DISPLAY) {
        let board = open(app, DISPLAY, false)?;
        stand.take(&board)?;
        board.show()?;
        main.set_focus()?;
    }
    Ok(())
}

/// What the page keeps at this computer, such as colours: the web view of the heir has read that before.
fn kept(main: &WebviewWindow) -> Option<Kept> {
    let (tells, told) = channel();
    main.eval_with_callback("({ ...localStorage })", move |text| drop(tells.send(text))).ok()?;
    serde_json::from_str(&told.recv_timeout(PATIENCE).ok()?).ok()
}

/// Ends an heir that does not come in. Nothing is kept of where its window would have stood.
fn end(app: &AppHandle, code: i32) {
    if app.run_on_main_thread(move || process::exit(code)).is_err() {
        process::exit(code);
    }
}

impl Stand {
    fn of(window: &WebviewWindow) -> tauri::Result<Self> {
        let (PhysicalPosition { x, y }, size) = (window.outer_position()?, window.inner_size()?);
        let PhysicalSize { width, height } = size;
        Ok(Self { label: window.label().to_owned(), x, y, width, height, maximized: window.is_maximized()? })
    }

    fn take(&self, window: &WebviewWindow) -> tauri::Result<()> {
        if self.maximized {
            return window.maximize();
        }
        window.unmaximize()?;
        window.set_position(PhysicalPosition::new(self.x, self.y))?;
        window.set_size(PhysicalSize::new(self.width, self.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_only_when_it_is_whole() {
        let stand =
            Stand { label: MAIN.to_owned(), x: -8, y: 40, width: 1366, height: 768, maximized: false };
        let said = Word { stands: vec![stand], kept: [("colours".into(), "dark\n".into())].into() };
        let text = format!("{}\n", serde_json::to_string(&said).unwrap());
        assert_eq!(word(&mut text.as_bytes()), Some(said));
        for cut in 0..text.len() {
            assert_eq!(word(&mut &text.as_bytes()[..cut]), None, "{cut}");
        }
    }

    #[test]
    fn the_heir_is_started_in_a_pause_of_somebody_who_works_and_not_before_nor_after_the_end() {
        let (events, heard) = channel();
        events.send(()).unwrap();
        assert!(pauses(&heard, Duration::ZERO));
        drop(events);
        assert!(!pauses(&heard, Duration::ZERO));
    }
}
