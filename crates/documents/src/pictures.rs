//! Pictures a clinic brings: its emblem, a signature.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};

use crate::error::{DocumentError, Part};

/// The most pixels on a side that a document keeps: 25 mm at 480 dots an inch.
const KEPT: u32 = 480;

/// The most pixels on a side, and bytes unpacked, that are read at all.
const READ: u32 = 6000;
/// The same of a picture that fills a page.
const WHOLE: u32 = 12_000;
const UNPACKED: u64 = 512 * 1024 * 1024;

/// A picture ready to be put into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub width: u32,
    pub height: u32,
    pub pixels: Pixels,
}

/// A picture's samples, eight bits each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pixels {
    /// A JPEG file of red, green and blue.
    Jpeg(Vec<u8>),
    /// Rows of red, green and blue, and of opacity where any pixel lets the paper through.
    Plain { rgb: Vec<u8>, alpha: Option<Vec<u8>> },
}

impl Picture {
    /// Reads a PNG or JPEG file by its content. What a document keeps is written anew, so that
    /// nothing a camera noted beside the picture is passed on.
    pub(crate) fn read(bytes: &[u8], part: Part) -> Result<Self, DocumentError> {
        let (format, picture) = decoded(bytes, (READ, KEPT), part)?;
        let refuse = |reason: &dyn ToString| DocumentError::Picture { part, reason: reason.to_string() };
        let (width, height) = (picture.width(), picture.height());
        let pixels = match format {
            ImageFormat::Jpeg => jpeg(&picture).map_err(|error| refuse(&error))?,
            _ => plain(&picture),
        };
        Ok(Self { width, height, pixels })
    }

    /// The same of a picture that fills a page: opaque, and no larger than `kept` pixels on a side.
    pub(crate) fn whole(bytes: &[u8], kept: u32, part: Part) -> Result<Self, DocumentError> {
        let (_, picture) = decoded(bytes, (WHOLE, kept), part)?;
        let refuse = |error: image::ImageError| DocumentError::Picture { part, reason: error.to_string() };
        let (width, height) = (picture.width(), picture.height());
        Ok(Self { width, height, pixels: jpeg(&picture).map_err(refuse)? })
    }
}

/// A picture no larger than `kept` pixels on a side, of no more than `read`, with its format.
fn decoded(
    bytes: &[u8],
    (read, kept): (u32, u32),
    part: Part,
) -> Result<(ImageFormat, DynamicImage), DocumentError> {
    let refuse = |reason: &dyn ToString| DocumentError::Picture { part, reason: reason.to_string() };
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| refuse(&error))?;
    let format = reader.format().filter(|f| matches!(f, ImageFormat::Png | ImageFormat::Jpeg));
    let format = format.ok_or_else(|| refuse(&"neither PNG nor JPEG"))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(read);
    limits.max_image_height = Some(read);
    limits.max_alloc = Some(UNPACKED);
    reader.limits(limits);
    let mut picture = reader.decode().map_err(|error| refuse(&error))?;
    if picture.width() > kept || picture.height() > kept {
        picture = picture.resize(kept, kept, FilterType::Triangle);
    }
    Ok((format, picture))
}

fn jpeg(picture: &DynamicImage) -> Result<Pixels, image::ImageError> {
    let mut bytes = Vec::new();
    picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 88))?;
    Ok(Pixels::Jpeg(bytes))
}

fn plain(picture: &DynamicImage) -> Pixels {
    let rgba = picture.to_rgba8();
    let opaque = rgba.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    Pixels::Plain {
        rgb: rgba.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect(),
        alpha: (!opaque).then(|| rgba.pixels().map(|pixel| pixel.0[3]).collect()),
    }
}
