//! Pictures of screens, for eyes and for the guide.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use thirtyfour::WebDriver;

/// The width of the smallest screen that clinics still have, in pixels.
pub const WIDTH: u32 = 1366;
/// Its height, in pixels.
pub const HEIGHT: u32 = 768;

/// The colours that a person's system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// Both, for a test that walks them.
    pub const BOTH: [Self; 2] = [Self::Light, Self::Dark];

    /// Its name in CSS, `prefers-color-scheme`, and in a picture's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Where pictures go: `target/shots`.
#[must_use]
pub fn folder() -> PathBuf {
    crate::root().join("target/shots")
}

/// Takes a picture of the page to `FOLDER/NAME.png`, which must be a full screen.
///
/// # Errors
/// When the driver fails, or the page is not [`WIDTH`] by [`HEIGHT`].
pub async fn take(driver: &WebDriver, folder: &Path, name: &str) -> Result<PathBuf> {
    let png = driver.screenshot_as_png().await?;
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("{name}.png"));
    fs::write(&path, &png)?;
    let size = size(&png).context("not a PNG picture")?;
    ensure!(size == (WIDTH, HEIGHT), "{}: {} x {} pixels", path.display(), size.0, size.1);
    Ok(path)
}

/// Width and height, from the header that a PNG begins with (PNG specification, 11.2.1 IHDR).
#[must_use]
pub fn size(png: &[u8]) -> Option<(u32, u32)> {
    let rest = png.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?;
    let (width, rest) = rest.split_first_chunk()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*rest.first_chunk()?)))
}
