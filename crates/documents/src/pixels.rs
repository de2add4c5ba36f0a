//! A PDF page as a picture, for screens and printers that take no PDF.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

/// The widest and highest picture that is made, in pixels.
pub const MOST_PIXELS: u32 = 12_000;

/// Why a page could not be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PixelError {
    /// The bytes are no PDF file, or one that is damaged or locked.
    #[error("the file is not a readable PDF")]
    Unreadable,
    /// The file has no such page.
    #[error("there is no page {page}: the file has {pages}")]
    NoSuchPage {
        /// The page asked for, from 1.
        page: usize,
        /// How many there are.
        pages: usize,
    },
    /// The picture would be empty, or larger than [`MOST_PIXELS`] on a side.
    #[error("a picture {width} pixels wide cannot be made of this page")]
    Size {
        /// The width asked for.
        width: u32,
    },
}

/// How many pages a PDF file has.
///
/// # Errors
/// [`PixelError::Unreadable`].
pub fn pages(pdf: &[u8]) -> Result<usize, PixelError> {
    Ok(open(pdf)?.pages().len())
}

/// Page `page`, from 1, as a PNG file `width` pixels wide on white.
///
/// # Errors
/// [`PixelError`] says what is wrong with the file, the page or the width.
#[expect(clippy::float_arithmetic, reason = "the rasteriser scales by a fraction")]
#[expect(clippy::cast_precision_loss, reason = "a width is far below the 24 bits that are exact")]
pub fn page(pdf: &[u8], page: usize, width: u32) -> Result<Vec<u8>, PixelError> {
    let file = open(pdf)?;
    let pages = file.pages().len();
    let missing = PixelError::NoSuchPage { page, pages };
    let page = page.checked_sub(1).and_then(|index| file.pages().get(index)).ok_or(missing)?;
    let (across, down) = page.render_dimensions();
    // A hair more than asked, because the rasteriser cuts the fraction off.
    let scale = (width as f32 + 0.01) / across;
    let fits = |side: f32| side >= 1.0 && side <= MOST_PIXELS as f32;
    if !fits(across * scale) || !fits(down * scale) {
        return Err(PixelError::Size { width });
    }
    let pixels = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings { hinting: false, ..RenderSettings::default() },
        &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
    );
    pixels.into_png().map_err(|_| PixelError::Unreadable)
}

fn open(pdf: &[u8]) -> Result<Pdf, PixelError> {
    Pdf::new(pdf.to_vec()).map_err(|_| PixelError::Unreadable)
}
