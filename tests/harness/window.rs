use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tests::axe;
use tests::display::Display;
use tests::leash::runs;
use tests::shot::{self, Scheme};
use tests::window::Window;
use thirtyfour::By;

use crate::page::serve;

const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Window</title></head>
<body><main><h1>Window</h1><button onclick="this.textContent = 'Pressed'">Press</button>
<img id="mute" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main></body></html>"#;

/// The bare browser that comes with WebKitGTK's library: any window of the same engine will do here.
fn mini_browser() -> Result<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib")?.flatten().map(|entry| entry.path());
    let mut found =
        folders.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser")).filter(|path| path.is_file());
    found.next().context("no MiniBrowser of WebKitGTK 4.1 under /usr/lib")
}

#[test]
fn two_screens_have_two_names_and_go_with_their_values() -> Result<()> {
    let (one, other) = (Display::open()?, Display::open()?);
    assert_ne!(one.name(), other.name());
    let program = one.leash().pid();
    let socket = PathBuf::from(one.name().replace(':', "/tmp/.X11-unix/X"));
    assert!(socket.exists());
    drop(one);
    assert!(!runs(program) && !socket.exists());
    assert!(runs(other.leash().pid()));
    Ok(())
}

#[tokio::test]
async fn a_window_is_clicked_read_checked_and_pictured_in_both_colours() -> Result<()> {
    for scheme in Scheme::BOTH {
        let window = Window::open(&mini_browser()?, &["--automation"], &[], scheme).await?;
        let driver = window.driver();
        driver.goto(serve(PAGE)?).await?;
        let button = driver.find(By::Tag("button")).await?;
        button.click().await?;
        assert_eq!(button.text().await?, "Pressed");
        let dark =
            driver.execute("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await?;
        assert_eq!(dark.json(), scheme == Scheme::Dark);
        let rules: Vec<_> = axe::violations(driver).await?.into_iter().map(|found| found.rule).collect();
        assert_eq!(rules, ["image-alt"]);
        let png = driver.screenshot_as_png().await?;
        let (width, height) = shot::size(&png).context("a picture")?;
        // The bare browser's own bar takes some of the height.
        assert!(width == shot::WIDTH && height > shot::HEIGHT / 2, "{width} x {height}");
        window.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_window_that_cannot_start_is_told_by_its_path() {
    let error = Window::open(Path::new("/no/window"), &[], &[], Scheme::Light).await.unwrap_err();
    assert_eq!(error.to_string(), "/no/window is not there");
}

#[tokio::test]
async fn a_window_forgotten_by_a_failed_test_ends_with_its_screen() -> Result<()> {
    let window = Window::open(&mini_browser()?, &["--automation"], &[], Scheme::Light).await?;
    let programs = [window.leash().pid(), window.display().leash().pid()];
    let folder = window.leash().folder().to_owned();
    assert!(programs.into_iter().all(runs));
    drop(window);
    assert!(!programs.into_iter().any(runs) && !folder.exists());
    Ok(())
}
