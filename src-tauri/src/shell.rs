//! The program around the desk: its window, the board of the waiting room beside it, and what neither must do.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};
use tauri::webview::{NewWindowResponse, PermissionResponse, WebviewWindowBuilder};
use tauri::{AppHandle, DragDropEvent, Manager, RunEvent, Url, WebviewWindow, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::files;
use crate::heir::{self, Heirs, Kept};
use crate::rpc::{self, Counter, Rounds};

/// Opens the window over the data folder that was `chosen`, else over the operating system's custom
/// place, and returns when it was closed.
///
/// # Errors
/// When the system gives no folder or no window.
#[expect(clippy::disallowed_types, reason = "the configuration's text expands to maps that nobody walks")]
pub fn run(chosen: Option<PathBuf>) -> Result<()> {
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let program = tauri::Builder::default()
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(kept).build())
        .register_asynchronous_uri_scheme_protocol("clinicdesk", |context, request, responder| {
            let app = context.app_handle().clone();
            // The desk may be at work on a command, and the window goes on meanwhile.
            tauri::async_runtime::spawn_blocking(move || responder.respond(rpc::picture(&app, &request)));
        })
        .invoke_handler(tauri::generate_handler![
            rpc::ready,
            rpc::lock,
            rpc::main,
            rpc::display,
            files::place,
            files::folder,
            files::bring,
            files::pasted,
            files::offered,
            files::code,
            board
        ])
        .setup(move |app| Ok(set_up(app.handle(), chosen)?))
        .build(tauri::generate_context!())?;
    program.run(|app, event| {
        if let RunEvent::Exit = event {
            app.state::<Counter>().close();
        }
    });
    Ok(())
}

/// Opens the window; that of an heir stays hidden, and waits.
fn set_up(app: &AppHandle, chosen: Option<PathBuf>) -> Result<()> {
    // A second start shows the window of the first. A folder that was chosen is another clinic's or a trial's, and starts
    // beside it.
    let alone = chosen.is_none();
    let folder = match chosen {
        Some(folder) => folder,
        // Beside the web view's own files, and on this machine only: no profile carries it away.
        None => app.path().app_local_data_dir()?.join("clinic"),
    };
    app.manage(Counter::of(folder, app.clone()));
    let heir = env::var_os(heir::HEIR).is_some();
    if !heir {
        come_in(app, alone, Kept::default())?;
    }
    let window = open(app, MAIN, !heir)?;
    window.clone().on_window_event(move |event| match event {
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => files::dropped(&window, paths),
        WindowEvent::Destroyed => {
            // Nobody could sign out behind a board that stands alone.
            if let Some(board) = window.get_webview_window(DISPLAY)
                && let Err(error) = board.close()
            {
                tracing::warn!(%error, "the board stays open behind the closed window");
            }
        }
        _ => {}
    });
    if heir {
        heir::wait(app, alone)?;
    }
    Ok(())
}

/// Lets this process come to the desk, `alone` or beside others over other folders, with what the page has kept until now.
pub fn come_in(app: &AppHandle, alone: bool, kept: Kept) -> Result<()> {
    if alone {
        app.plugin(tauri_plugin_single_instance::init(|app, _, _| show_again(app)))?;
    }
    app.manage(Rounds::start(app)?);
    // The session of a driver follows no other process.
    if env::var_os("TAURI_WEBVIEW_AUTOMATION").is_none_or(|driven| driven != "true") {
        app.manage(Heirs::start(app)?);
    }
    app.state::<Counter>().open(kept);
    Ok(())
}

/// The window of the clinic's work.
pub const MAIN: &str = "main";
/// The window of the waiting room.
pub const DISPLAY: &str = "display";

/// Opens the board of the waiting room, or brings it to the front; it moves to another screen like any window.
#[tauri::command(async)]
fn board(app: AppHandle) -> tauri::Result<()> {
    match app.get_webview_window(DISPLAY) {
        Some(window) => window.set_focus(),
        None => open(&app, DISPLAY, true).map(drop).map_err(tauri::Error::Anyhow),
    }
}

/// Opens the window of this label, as the configuration has it, `shown` or hidden. It shows the pages of the program and
/// nothing else: no other address, no window of its own, no download, no camera or place of the person.
pub fn open(app: &AppHandle, label: &str, shown: bool) -> Result<WebviewWindow> {
    let mut windows = app.config().app.windows.iter();
    let config =
        windows.find(|window| window.label == label).context("the configuration names the window")?;
    let builder = WebviewWindowBuilder::from_config(app, config)?;
    // The other systems' web views hand the page what is dropped on it, unless the program takes it.
    #[cfg(not(target_os = "linux"))]
    let builder = builder.disable_drag_drop_handler();
    let window = builder
        .visible(shown)
        .general_autofill_enabled(false)
        .on_navigation(ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    #[cfg(target_os = "linux")]
    window.with_webview(|view| {
        use webkit2gtk::WebViewExt as _;
        // A page whose process ended, since memory was short or it fell over, would stay white: what was typed is kept.
        view.inner().connect_web_process_terminated(|view, _| view.reload());
    })?;
    Ok(window)
}

/// Whether an address is the program's own page: `tauri://localhost`, which Windows writes as
/// `http://tauri.localhost`.
fn ours(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        "http" => cfg!(windows) && address.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Brings the window to the front.
fn show_again(app: &AppHandle) {
    for window in app.webview_windows().into_values() {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window did not come to the front");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_but_the_programs_own_is_opened() {
        let opens = |address: &str| ours(&Url::parse(address).unwrap());
        assert!(opens("tauri://localhost/index.html#/today"));
        let others = "https://example.org/ http://localhost/ tauri://example.org/ file:///etc/passwd \
                      data:text/html,x blob:tauri://localhost/0 about:blank";
        for other in others.split_whitespace() {
            assert!(!opens(other), "{other}");
        }
    }
}
