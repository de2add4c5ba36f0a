//! The entry commands, one for each kind of window: each passes a command's name and input on to the
//! desk and the answer's text back, and tells the other windows what went stale.

use std::mem;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Mutex, OnceLock, PoisonError};

use app::command::Tag;
use app::commands::{closes, stales};
use app::jobs::{self, JobEvent, job_event};
use app::sync::rounds::{Event, Shell, event, start};
use app::{Code, Desk, Picture, Refusal, World};
use serde_json::Value;
use tauri::http::{self, Request};
use tauri::ipc::Response;
use tauri::{AppHandle, Emitter, EventTarget, Manager, WebviewWindow};

use crate::heir::{self, Heirs, Kept};

/// The desk behind every window. It is taken when the first command comes; a folder that another process
/// holds is tried again at each command, so that the page may ask again.
pub struct Counter {
    folder: PathBuf,
    app: AppHandle,
    /// Set once this process may come to the desk, to what the page of the process before has kept.
    opened: OnceLock<Kept>,
    desk: Mutex<Option<Desk>>,
}

/// The ways to the threads beside the window's: the one that exchanges records with the server, and the one that backs up.
pub struct Rounds(Sender<Event>, Sender<JobEvent>);

/// What those threads are lent: the desk at the counter, and the windows to tell.
struct Lent(AppHandle);

/// Answers once this process may come to the desk, with what the page of the process before has kept. The page asks it
/// before anything else.
#[tauri::command]
pub async fn ready(app: AppHandle) -> tauri::Result<Kept> {
    tauri::async_runtime::spawn_blocking(move || app.state::<Counter>().opened.wait().clone()).await
}

/// What may be asked before sign-in and while the screen is locked.
#[tauri::command]
pub async fn lock(window: WebviewWindow, name: String, input: Value) -> Result<Response, Refusal> {
    answer(window, app::Window::Lock, name, input).await
}

/// What may be asked by whoever is signed in.
#[tauri::command]
pub async fn main(window: WebviewWindow, name: String, input: Value) -> Result<Response, Refusal> {
    answer(window, app::Window::Main, name, input).await
}

/// What the window in the waiting room may ask.
#[tauri::command]
pub async fn display(window: WebviewWindow, name: String, input: Value) -> Result<Response, Refusal> {
    answer(window, app::Window::Display, name, input).await
}

impl Counter {
    /// The counter of one data folder, in the program `app`. It is shut.
    pub fn of(folder: PathBuf, app: AppHandle) -> Self {
        Self { folder, app, opened: OnceLock::new(), desk: Mutex::new(None) }
    }

    /// Lets whoever waits come to the desk.
    pub fn open(&self, kept: Kept) {
        self.opened.get_or_init(|| kept);
    }

    /// The world of the desk. While a store of an older program is made again, every window hears how far that is.
    fn world(&self) -> World {
        let app = self.app.clone();
        let progress = move |done, of| {
            if let Err(error) = app.emit("progress", (done, of)) {
                tracing::warn!(%error, "no window was told how far the records are made again");
            }
        };
        World { progress: Box::new(progress), ..World::real(self.folder.clone()) }
    }

    /// Runs one command to its end, once the counter is open.
    pub fn call(&self, kind: app::Window, name: &str, input: &str) -> Result<String, Refusal> {
        self.opened.wait();
        let mut place = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        // The desk leaves its place while it works: one that panics is gone with its key, and the next
        // command finds the folder's door, locked.
        let mut desk = match place.take() {
            Some(desk) => desk,
            None => Desk::take(self.world())?,
        };
        let answer = app::call(&mut desk, kind, name, input);
        *place = Some(desk);
        answer
    }

    /// Lends the desk to `work`, if somebody has come to it yet and it is not gone.
    pub fn lend<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        let mut place = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let mut desk = place.take()?;
        let done = work(&mut desk);
        *place = Some(desk);
        Some(done)
    }

    /// Gives the picture or file of this id away, once.
    pub fn picture(&self, id: &str) -> Option<Picture> {
        self.lend(|desk| desk.picture(id))?
    }

    /// Signs out whoever is signed in and lets the folder go, for ever: the process ends.
    pub fn close(&self) {
        let mut place = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let desk = place.take();
        // Whoever comes now would take the folder once more, and waits instead.
        mem::forget(place);
        if let Some(mut desk) = desk
            && let Err(refusal) = app::call(&mut desk, app::Window::Lock, "sign_out", "{}")
            && refusal.code != Code::NotSignedIn
        {
            tracing::warn!(code = refusal.code.word(), "the window was closed without signing out");
        }
    }
}

impl Rounds {
    /// Starts the threads for the desk at the counter of `app`.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(app: &AppHandle) -> std::io::Result<Self> {
        Ok(Self(start(Lent(app.clone()))?, jobs::start(Lent(app.clone()))?))
    }

    /// Tells the threads that the command `name` was done.
    fn hear(&self, name: &str) {
        if let Some(event) = job_event(name)
            && self.1.send(event).is_err()
        {
            tracing::warn!("nobody backs up any more");
        }
        if let Some(event) = event(name, stales(name))
            && self.0.send(event).is_err()
        {
            tracing::warn!("nobody exchanges records with the server any more");
        }
    }
}

impl Shell for Lent {
    fn lend<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        self.0.state::<Counter>().lend(work)
    }

    fn tell(&self, tags: &[Tag]) {
        tell(&self.0, None, tags);
    }
}

/// Answers `clinicdesk://localhost/picture/ID`: what a command made for the window to show, once. Nothing
/// else lies behind that scheme, and nobody keeps what came from it.
pub fn picture(app: &AppHandle, request: &Request<Vec<u8>>) -> http::Response<Vec<u8>> {
    let id = request.uri().path().strip_prefix("/picture/");
    let answer = http::Response::builder().header("cache-control", "no-store");
    let answer = match id.and_then(|id| app.state::<Counter>().picture(id)) {
        Some(Picture { media_type, bytes }) => answer.header("content-type", media_type).body(bytes),
        None => answer.status(http::StatusCode::NOT_FOUND).body(Vec::new()),
    };
    answer.unwrap_or_default()
}

/// The desk waits for disks and stretches passwords, so it works on a thread that may block.
async fn answer(
    window: WebviewWindow,
    kind: app::Window,
    name: String,
    input: Value,
) -> Result<Response, Refusal> {
    let work = tauri::async_runtime::spawn_blocking(move || {
        let answer = window.state::<Counter>().call(kind, &name, &input.to_string());
        let app = window.app_handle();
        match app.try_state::<Heirs>() {
            Some(_) if closes(&name, answer.as_ref().err()) => heir::leave(app),
            Some(heirs) if kind == app::Window::Main => heirs.hear(),
            _ => {}
        }
        let answer = answer?;
        app.state::<Rounds>().hear(&name);
        tell(app, Some(window.label()), &stales(&name).iter().collect::<Vec<_>>());
        Ok(Response::new(answer))
    });
    work.await.unwrap_or_else(|_| Err(Refusal::new(Code::StoreFailed)))
}

/// Tells every window but `mine`, which knows from its own answer.
fn tell(app: &AppHandle, mine: Option<&str>, tags: &[Tag]) {
    if tags.is_empty() {
        return;
    }
    for label in app.webview_windows().into_keys().filter(|label| Some(label.as_str()) != mine) {
        if let Err(error) = app.emit_to(EventTarget::webview_window(label), "news", tags) {
            tracing::warn!(%error, "a window was not told the news");
        }
    }
}
