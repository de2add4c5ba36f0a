//! Files that a person hands to the page, and places where they keep what the page gives out. The page sees
//! no path, and of a folder only what it is called.

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use app::offered::{self, Offered};
use app::verify::{VerifyCertificate, code_in};
use app::{ChosenPlace, Code, Desk, Refusal};
use rfd::{AsyncFileDialog, FileHandle};
use tauri::async_runtime::{block_on, spawn_blocking};
use tauri::ipc::{InvokeBody, Request, Response};
use tauri::{Emitter, EventTarget, Manager, WebviewWindow};

use crate::rpc::Counter;

/// Asks the person, in the system's own dialog, where a file that may be called `name` is to be kept: the id of
/// that place, once; none where they chose none.
#[tauri::command]
pub async fn place(window: WebviewWindow, name: String) -> Result<Option<String>, Refusal> {
    // A name that leads elsewhere is a name all the same.
    let name = Path::new(&name).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let kind = Path::new(&name).extension().unwrap_or_default().to_string_lossy().into_owned();
    let dialog = AsyncFileDialog::new().set_parent(&window).set_file_name(name);
    let dialog = dialog.add_filter(kind.to_uppercase(), &[kind.as_str()]);
    work(move || Ok(chosen(&window, move || dialog.save_file())?.map(|place| place.id))).await
}

/// Asks the person, in the system's own dialog, for a folder or a stick; none where they chose none.
/// Also whoever stands at the door is asked, to restore from there.
#[tauri::command]
pub async fn folder(window: WebviewWindow) -> Result<Option<ChosenPlace>, Refusal> {
    let dialog = AsyncFileDialog::new().set_parent(&window);
    work(move || chosen(&window, move || dialog.pick_folder())).await
}

/// Keeps a file that the person chose, dropped or pasted, until it is filed: the id that stands for it. The header `name`,
/// percent-encoded, says what it is called.
#[tauri::command]
pub async fn bring(window: WebviewWindow, request: Request<'_>) -> Result<String, Refusal> {
    let InvokeBody::Raw(bytes) = request.body() else { return Err(Refusal::new(Code::WrongInput)) };
    let bytes = bytes.clone();
    let name = request.headers().get("name").and_then(|name| name.to_str().ok()).unwrap_or_default();
    let name = app::files::called(name);
    work(move || lent(&window, |desk| desk.bring(name, bytes))).await
}

/// Tells the page of files that were dropped on it, where its web view keeps them to itself.
pub fn dropped(window: &WebviewWindow, paths: &[PathBuf]) {
    let (window, files) = (window.clone(), offered::dropped(paths));
    spawn_blocking(move || {
        let Ok(files) = lent(&window, |desk| desk.offer(files)) else { return };
        if let Err(error) = window.emit_to(EventTarget::webview_window(window.label()), "dropped", &files) {
            tracing::warn!(%error, "the page was not told what was dropped");
        }
    });
}

/// The files or the picture that the person pastes just now, where the web view keeps them to itself; else none.
#[tauri::command]
pub async fn pasted(window: WebviewWindow) -> Result<Vec<Offered>, Refusal> {
    work(move || {
        let files = offered::pasted(|kind| clipboard(&window, kind));
        lent(&window, |desk| desk.offer(files))
    })
    .await
}

/// The bytes of a file that was dropped or pasted.
#[tauri::command]
pub async fn offered(window: WebviewWindow, id: String) -> Result<Response, Refusal> {
    work(move || Ok(Response::new(lent(&window, |desk| desk.offered(&id))?.read()?))).await
}

/// What the clipboard has of this kind.
#[cfg(target_os = "linux")]
fn clipboard(window: &WebviewWindow, kind: &'static str) -> Option<Vec<u8>> {
    let (tells, told) = channel();
    let ask = move || {
        let clipboard = gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD);
        let tell = move |_: &gtk::Clipboard, found: &gtk::SelectionData| drop(tells.send(found.data()));
        clipboard.request_contents(&gtk::gdk::Atom::intern(kind), tell);
    };
    window.run_on_main_thread(ask).ok()?;
    told.recv().ok()
}

/// The other systems' web views hand the page what was pasted.
#[cfg(not(target_os = "linux"))]
fn clipboard(_: &WebviewWindow, _: &'static str) -> Option<Vec<u8>> {
    None
}

/// The place that the person chose in a dialog; none where they chose none.
fn chosen<F: Future<Output = Option<FileHandle>> + Send + 'static>(
    window: &WebviewWindow,
    ask: impl FnOnce() -> F + Send + 'static,
) -> Result<Option<ChosenPlace>, Refusal> {
    let (opens, opened) = channel();
    // Systems open their dialogs from the window's own thread and nowhere else.
    let asked = window.run_on_main_thread(move || drop(opens.send(ask())));
    asked.map_err(|_| failed())?;
    let answer = opened.recv().map_err(|_| failed())?;
    let Some(file) = block_on(answer) else { return Ok(None) };
    lent(window, |desk| desk.chose_named(file.path().to_owned())).map(Some)
}

/// What the desk answers, if somebody has come to it.
fn lent<T>(window: &WebviewWindow, ask: impl FnOnce(&mut Desk) -> Result<T, Refusal>) -> Result<T, Refusal> {
    window.state::<Counter>().lend(ask).unwrap_or_else(|| Err(Refusal::new(Code::NotSignedIn)))
}

/// The certificate's code in a file that the person handed over.
#[tauri::command]
pub async fn code(request: Request<'_>) -> Result<VerifyCertificate, Refusal> {
    let InvokeBody::Raw(file) = request.body() else { return Err(Refusal::new(Code::WrongInput)) };
    let file = file.clone();
    work(move || code_in(&file)).await
}

/// A person chooses, and a picture is looked through, for as long as it takes.
async fn work<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    spawn_blocking(work).await.unwrap_or_else(|_| Err(Refusal::new(Code::StoreFailed)))
}

fn failed() -> Refusal {
    Refusal::new(Code::NotSaved).with("reason", "failed")
}
