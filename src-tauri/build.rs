//! The link of the program, and the permissions of the commands that its pages may give.

use std::error::Error;

/// The entry commands: one to wait by, one for each kind of window, those that hand over files, and the one that opens the
/// board; `rpc.rs`, `files.rs` and `shell.rs` hold them.
const ENTRIES: &[&str] =
    &["ready", "lock", "main", "display", "place", "folder", "bring", "pasted", "offered", "code", "board"];

fn main() -> Result<(), Box<dyn Error>> {
    if std::env::var("CARGO_CFG_TARGET_OS")? == "linux" {
        // Else the web view's library binds its own calls of sqlite3_* to the store's encrypted build.
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    // The built pages go into the program, and nothing else tells cargo that they changed.
    println!("cargo:rerun-if-changed=../ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(ENTRIES);
    Ok(tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?)
}
