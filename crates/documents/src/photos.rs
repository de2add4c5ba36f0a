//! Pictures that come in from outside: turned upright and made anew, so that nothing but their pixels and their colours
//! is kept. What else they held is named.

mod beside;

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, Limits, Rgba};

pub use beside::Beside;

/// The most pixels on a side, in all, and bytes unpacked, that are looked at.
const WIDEST: u32 = 12_000;
const MOST_PIXELS: u64 = 100_000_000;
const UNPACKED: u64 = 512 << 20;
/// The longer side of a picture that is kept, in pixels, where its size is not what matters.
const KEPT: u32 = 3_000;
/// The quality at which pictures are kept that came as JPEG or its like.
const QUALITY: u8 = 85;
/// The longer side of a thumbnail, in pixels, the largest first that has so few bytes.
const SMALL: [u32; 3] = [320, 240, 160];
const MOST_SMALL_BYTES: usize = 20_000;

/// A picture that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// The file that is kept.
    pub bytes: Vec<u8>,
    /// `image/jpeg`, or `image/png` where the picture came without loss.
    pub media_type: &'static str,
    /// What stood beside the pixels, and is not kept.
    pub beside: Beside,
    /// Whether it was made smaller.
    pub reduced: bool,
    /// A small JPEG of it.
    pub thumb: Vec<u8>,
}

/// Why a picture was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Something else than JPEG, PNG, TIFF and WebP, or bytes that do not read as what they begin like.
    #[error("the picture does not read")]
    Damaged,
    /// More pixels than are looked at.
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// A TIFF file of several pages: one picture would lose the others.
    #[error("the file has several pages")]
    SeveralPages,
}

/// Takes a picture in; `keeps_size` where each pixel may matter.
///
/// # Errors
/// [`NotTaken`].
pub fn take_in(file: &[u8], keeps_size: bool) -> Result<Photo, NotTaken> {
    // The readers are other people's, and the bytes anybody's.
    catch_unwind(AssertUnwindSafe(|| taken(file, keeps_size))).unwrap_or(Err(NotTaken::Damaged))
}

/// A small JPEG of a picture that is kept here.
///
/// # Errors
/// [`NotTaken`].
pub fn thumbnail(file: &[u8]) -> Result<Vec<u8>, NotTaken> {
    let decoder = reader(file)?.1.into_decoder().map_err(not_taken)?;
    small(&DynamicImage::from_decoder(decoder).map_err(not_taken)?)
}

/// A picture of this format, decoded within the limits of all.
pub(crate) fn decoded(file: &[u8], of: ImageFormat) -> Result<DynamicImage, NotTaken> {
    let (format, reader) = reader(file)?;
    let decoder = reader.into_decoder().map_err(not_taken)?;
    let picture = DynamicImage::from_decoder(decoder).map_err(not_taken)?;
    if format == of { Ok(picture) } else { Err(NotTaken::Damaged) }
}

/// A picture as PNG.
pub(crate) fn png_of(picture: &DynamicImage) -> Result<Vec<u8>, NotTaken> {
    png(picture, None)
}

/// The width and height of a picture, as its header says.
#[must_use]
pub fn size(file: &[u8]) -> Option<(u32, u32)> {
    ImageReader::new(Cursor::new(file)).with_guessed_format().ok()?.into_dimensions().ok()
}

/// A picture that is not decoded yet, with its format.
type Undecoded<'a> = (ImageFormat, ImageReader<Cursor<&'a [u8]>>);

fn reader(file: &[u8]) -> Result<Undecoded<'_>, NotTaken> {
    use ImageFormat::{Jpeg, Png, Tiff, WebP};
    let mut reader =
        ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| NotTaken::Damaged)?;
    let format = reader.format().filter(|format| [Jpeg, Png, Tiff, WebP].contains(format));
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    limits.max_alloc = Some(UNPACKED);
    reader.limits(limits);
    Ok((format.ok_or(NotTaken::Damaged)?, reader))
}

fn taken(file: &[u8], keeps_size: bool) -> Result<Photo, NotTaken> {
    let (format, reader) = reader(file)?;
    if format == ImageFormat::Tiff && beside::has_pages(file) {
        return Err(NotTaken::SeveralPages);
    }
    let mut decoder = reader.into_decoder().map_err(not_taken)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > WIDEST || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(NotTaken::TooManyPixels);
    }
    // What does not read beside the pixels is not kept, and so not missed.
    let profile = decoder.icc_profile().ok().flatten();
    let notes = beside::Notes {
        exif: decoder.exif_metadata().ok().flatten(),
        xmp: decoder.xmp_metadata().ok().flatten(),
        has_iptc: decoder.iptc_metadata().ok().flatten().is_some(),
    };
    let orientation = decoder.orientation().map_err(not_taken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(not_taken)?;
    picture.apply_orientation(orientation);
    let reduced = !keeps_size && picture.width().max(picture.height()) > KEPT;
    if reduced {
        picture = picture.resize(KEPT, KEPT, FilterType::Triangle);
    }
    let lossless = match format {
        ImageFormat::Jpeg => false,
        ImageFormat::WebP => beside::is_lossless_webp(file),
        _ => true,
    };
    let (bytes, media_type) = if lossless {
        (png(&picture, profile)?, "image/png")
    } else {
        (jpeg(&picture, profile, QUALITY)?, "image/jpeg")
    };
    let beside = beside::read(file, format, &notes);
    Ok(Photo { thumb: small(&picture)?, bytes, media_type, beside, reduced })
}

/// The picture as a JPEG; what lets the paper through stands on white.
fn jpeg(picture: &DynamicImage, profile: Option<Vec<u8>>, quality: u8) -> Result<Vec<u8>, NotTaken> {
    let is_grey = !picture.color().has_color();
    let opaque = match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => Cow::Borrowed(picture),
        picture if picture.color().has_alpha() => Cow::Owned(on_white(picture).into()),
        picture if is_grey => Cow::Owned(picture.to_luma8().into()),
        picture => Cow::Owned(picture.to_rgb8().into()),
    };
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    keep_profile(&mut encoder, &opaque, profile);
    opaque.write_with_encoder(encoder).map_err(not_taken)?;
    Ok(bytes)
}

fn png(picture: &DynamicImage, profile: Option<Vec<u8>>) -> Result<Vec<u8>, NotTaken> {
    let whole = match picture {
        DynamicImage::ImageRgb32F(_) => Cow::Owned(picture.to_rgb16().into()),
        DynamicImage::ImageRgba32F(_) => Cow::Owned(picture.to_rgba16().into()),
        picture => Cow::Borrowed(picture),
    };
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    keep_profile(&mut encoder, &whole, profile);
    whole.write_with_encoder(encoder).map_err(not_taken)?;
    Ok(bytes)
}

/// Keeps a colour profile (ICC.1, section 7.2.6) that is one of the colours that the picture still has.
fn keep_profile(encoder: &mut impl ImageEncoder, picture: &DynamicImage, profile: Option<Vec<u8>>) {
    let colours: &[u8] = if picture.color().has_color() { b"RGB " } else { b"GRAY" };
    if let Some(profile) = profile.filter(|profile| profile.get(16..20) == Some(colours)) {
        // An encoder that takes none keeps the pixels all the same.
        encoder.set_icc_profile(profile).ok();
    }
}

/// A thumbnail, as good as its bytes let it be.
fn small(picture: &DynamicImage) -> Result<Vec<u8>, NotTaken> {
    let mut last = Vec::new();
    for side in SMALL {
        let is_small = picture.width().max(picture.height()) <= side;
        let small = if is_small { picture.clone() } else { picture.thumbnail(side, side) };
        for quality in [80, 60, 40, 20] {
            last = jpeg(&small, None, quality)?;
            if last.len() <= MOST_SMALL_BYTES {
                return Ok(last);
            }
        }
    }
    Ok(last)
}

fn on_white(picture: &DynamicImage) -> image::RgbImage {
    let pixels = picture.to_rgba8();
    image::RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let Rgba([red, green, blue, opacity]) = *pixels.get_pixel(x, y);
        let over = |light: u8| {
            let (light, opacity) = (u32::from(light), u32::from(opacity));
            u8::try_from((light * opacity + 255 * (255 - opacity)) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([over(red), over(green), over(blue)])
    })
}

fn not_taken(error: ImageError) -> NotTaken {
    match error {
        ImageError::Limits(_) => NotTaken::TooManyPixels,
        _ => NotTaken::Damaged,
    }
}
