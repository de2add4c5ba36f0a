//! A PDF page as a picture, for screens and printers that take no PDF.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::{GrayImage, Luma};

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
    draw(page, scale).into_png().map_err(|_| PixelError::Unreadable)
}

/// Shows every page in grey at `density` dots an inch, one after the other; one that would be larger than
/// [`MOST_GREY`] on a side is made so large.
#[expect(clippy::float_arithmetic, reason = "the rasteriser scales by a fraction")]
#[expect(clippy::cast_precision_loss, reason = "a density is far below the 24 bits that are exact")]
pub(crate) fn greys(pdf: &[u8], density: u32, mut show: impl FnMut(&GrayImage)) -> Result<(), PixelError> {
    let file = open(pdf)?;
    let grey = |page: &Page<'_>| {
        let (across, down) = page.render_dimensions();
        let scale = (density as f32 / 72.0).min(MOST_GREY as f32 / across.max(down).max(1.0));
        let pixels = draw(page, scale);
        let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
        GrayImage::from_fn(width, height, |x, y| {
            let place = usize::try_from(y * width + x).unwrap_or(usize::MAX);
            let light = pixels.data().get(place).map_or(u32::from(u8::MAX), |pixel| {
                (299 * u32::from(pixel.r) + 587 * u32::from(pixel.g) + 114 * u32::from(pixel.b)) / 1000
            });
            Luma([u8::try_from(light).unwrap_or(u8::MAX)])
        })
    };
    file.pages().iter().for_each(|page| show(&grey(page)));
    Ok(())
}

/// A4 at 350 dots an inch.
const MOST_GREY: u32 = 4_100;

fn draw(page: &Page<'_>, scale: f32) -> Pixmap {
    hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings { hinting: false, ..RenderSettings::default() },
        &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
    )
}

fn open(pdf: &[u8]) -> Result<Pdf, PixelError> {
    Pdf::new(pdf.to_vec()).map_err(|_| PixelError::Unreadable)
}
