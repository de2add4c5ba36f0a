//! The square code of a paper, read back from a PDF file, a scan or a photograph.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::imageops::FilterType;
use image::{GrayImage, ImageFormat, ImageReader, Limits};
use rqrr::PreparedImage;

use crate::pixels;

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 24 << 20;

/// The most pages that are looked at.
pub const MOST_PAGES: usize = 20;

/// The most pixels on a side of a picture, and bytes unpacked.
const READ: u32 = 10_000;
const UNPACKED: u64 = 256 << 20;

/// A code of 30 mm has two to five dots a module at these densities.
const DOTS_PER_INCH: [u32; 2] = [200, 350];

/// A picture whose longer side has no more pixels is also looked at larger, in halves: the finder wants
/// more than two pixels a module, and whole ones at best.
const SMALL: u32 = 2_400;
const LARGER: [u32; 2] = [4, 5];

/// The longer sides, in pixels, at which a larger picture is looked at too: noise and the dots of a
/// printer then fall together.
const SIDES: [u32; 4] = [3_600, 1_800, 1_000, 600];

/// Why no code was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// Something else.
    #[error("neither a PDF file nor a PNG or JPEG picture")]
    Kind,
    /// A file, a picture or a number of pages beyond what is looked at.
    #[error("the file is too large")]
    TooLarge,
    /// Bytes that do not read as what they begin like.
    #[error("the file is damaged")]
    Damaged,
    /// No code that begins as was asked.
    #[error("there is no code in the file")]
    NoCode,
    /// Codes that differ: which of them is meant nobody can say.
    #[error("there are {0} different codes in the file")]
    Several(usize),
}

/// The one code in a PDF, PNG or JPEG file whose text begins with `prefix`.
///
/// # Errors
/// [`Unread`].
pub fn code(file: &[u8], prefix: &str) -> Result<String, Unread> {
    if file.len() > MOST_BYTES {
        return Err(Unread::TooLarge);
    }
    // The readers below are other people's, and the bytes anybody's: a reader that gives up has found
    // a damaged file.
    let texts = catch_unwind(AssertUnwindSafe(|| texts(file, prefix))).unwrap_or(Err(Unread::Damaged))?;
    let count = texts.len();
    match texts.into_iter().next() {
        Some(text) if count == 1 => Ok(text),
        Some(_) => Err(Unread::Several(count)),
        None => Err(Unread::NoCode),
    }
}

fn texts(file: &[u8], prefix: &str) -> Result<BTreeSet<String>, Unread> {
    let begins = file.get(..1024).unwrap_or(file);
    if begins.windows(5).any(|window| window == b"%PDF-") {
        pages(file, prefix)
    } else {
        picture(file, prefix)
    }
}

fn pages(file: &[u8], prefix: &str) -> Result<BTreeSet<String>, Unread> {
    if pixels::pages(file).map_err(|_| Unread::Damaged)? > MOST_PAGES {
        return Err(Unread::TooLarge);
    }
    let mut found = BTreeSet::new();
    for density in DOTS_PER_INCH {
        pixels::greys(file, density, |page| found.extend(read(page, prefix))).map_err(|_| Unread::Damaged)?;
        if !found.is_empty() {
            break;
        }
    }
    Ok(found)
}

fn picture(file: &[u8], prefix: &str) -> Result<BTreeSet<String>, Unread> {
    let mut reader =
        ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| Unread::Damaged)?;
    let known = reader.format().is_some_and(|f| matches!(f, ImageFormat::Png | ImageFormat::Jpeg));
    if !known {
        return Err(Unread::Kind);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(READ);
    limits.max_image_height = Some(READ);
    limits.max_alloc = Some(UNPACKED);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => Unread::TooLarge,
        _ => Unread::Damaged,
    })?;
    let picture = on_white(&picture);
    let longer = picture.width().max(picture.height());
    let larger = LARGER.into_iter().filter(|_| longer <= SMALL).map(|halves| longer * halves / 2);
    let smaller = SIDES.into_iter().filter(|side| *side < longer);
    let mut found = read(&picture, prefix);
    for side in larger.chain(smaller) {
        if found.is_empty() {
            found = read(&sized(&picture, side), prefix);
        }
    }
    Ok(found)
}

/// Grey as it looks on white paper: what is see-through is no ink.
fn on_white(picture: &image::DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let grey = picture.to_luma_alpha8();
    GrayImage::from_fn(grey.width(), grey.height(), |x, y| {
        let [light, alpha] = grey.get_pixel(x, y).0.map(u32::from);
        let seen = (light * alpha + 255 * (255 - alpha)) / 255;
        image::Luma([u8::try_from(seen).unwrap_or(u8::MAX)])
    })
}

/// The picture with a longer side of so many pixels.
fn sized(picture: &GrayImage, side: u32) -> GrayImage {
    let longer = u64::from(picture.width().max(picture.height()));
    let scaled = |length: u32| {
        let length = (u64::from(length) * u64::from(side)).checked_div(longer).unwrap_or_default();
        u32::try_from(length).unwrap_or(side).max(1)
    };
    image::imageops::resize(picture, scaled(picture.width()), scaled(picture.height()), FilterType::Triangle)
}

/// The texts of the codes in a picture that begin with `prefix`. Ink is what is darker than its
/// surroundings, as on a photograph, or else what is darker than half of the picture's light.
fn read(picture: &GrayImage, prefix: &str) -> BTreeSet<String> {
    let size = |length: u32| usize::try_from(length).unwrap_or_default();
    let (width, height) = (size(picture.width()), size(picture.height()));
    let light = |x: usize, y: usize| picture.as_raw().get(y * width + x).copied().unwrap_or(u8::MAX);
    let texts = |mut prepared: PreparedImage<_>| -> BTreeSet<String> {
        let grids = prepared.detect_grids();
        let texts = grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text);
        texts.filter(|text| text.starts_with(prefix)).collect()
    };
    let found = texts(PreparedImage::prepare_from_greyscale(width, height, light));
    if !found.is_empty() {
        return found;
    }
    let lightest = picture.as_raw().iter().max().copied().unwrap_or(u8::MAX);
    let darkest = picture.as_raw().iter().min().copied().unwrap_or_default();
    let half = lightest.midpoint(darkest);
    texts(PreparedImage::prepare_from_bitmap(width, height, |x, y| light(x, y) < half))
}
