//! Files that a person hands to the page, and places where they keep what the page gives out. The page sees
//! neither a path nor a folder.

use std::path::Path;
use std::sync::mpsc::channel;

use app::verify::{VerifyCertificate, code_in};
use app::{Code, Refusal};
use rfd::{AsyncFileDialog, FileHandle};
use tauri::async_runtime::{block_on, spawn_blocking};
use tauri::ipc::{InvokeBody, Request};
use tauri::{Manager, WebviewWindow};

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
    work(move || chosen(&window, move || dialog.save_file())).await
}

/// Asks the person, in the system's own dialog, for a folder or a stick: the id of that place; none where they chose none.
/// Also whoever stands at the door is asked, to restore from there.
#[tauri::command]
pub async fn folder(window: WebviewWindow) -> Result<Option<String>, Refusal> {
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
    work(move || {
        let brought = window.state::<Counter>().lend(|desk| desk.bring(name, bytes));
        brought.unwrap_or_else(|| Err(Refusal::new(Code::NotSignedIn)))
    })
    .await
}

/// The id of the place that the person chose in a dialog; none where they chose none.
fn chosen<F: Future<Output = Option<FileHandle>> + Send + 'static>(
    window: &WebviewWindow,
    ask: impl FnOnce() -> F + Send + 'static,
) -> Result<Option<String>, Refusal> {
    let (opens, opened) = channel();
    // Systems open their dialogs from the window's own thread and nowhere else.
    let asked = window.run_on_main_thread(move || drop(opens.send(ask())));
    asked.map_err(|_| failed())?;
    let answer = opened.recv().map_err(|_| failed())?;
    let Some(file) = block_on(answer) else { return Ok(None) };
    let chose = window.state::<Counter>().lend(|desk| desk.chose(file.path().to_owned()));
    chose.ok_or_else(failed)?.map(Some)
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
