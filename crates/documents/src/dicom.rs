//! The first picture of a DICOM file, drawn as its header says.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::files::{Colours, Frame, Grey, Packed, Undrawn, read_frame};
use image::{GrayImage, ImageFormat, RgbImage};

use crate::photos::{decoded, png_of};

/// A picture that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// As PNG.
    pub png: Vec<u8>,
    /// How many pictures the file has; this is the first.
    pub frames: u32,
}

/// Draws the first picture of the DICOM file `file`.
///
/// # Errors
/// [`Undrawn`] says why it cannot be.
pub fn picture(file: &[u8]) -> Result<Drawn, Undrawn> {
    // The reader of JPEG is other people's, and the bytes anybody's.
    catch_unwind(AssertUnwindSafe(|| drawn(file))).unwrap_or(Err(Undrawn::Without))
}

fn drawn(file: &[u8]) -> Result<Drawn, Undrawn> {
    let frame = read_frame(file)?;
    let frames = frame.frames;
    let png = match &frame.colours {
        Colours::Grey(grey) => png_of(&shaded(&frame, grey)?.into()),
        Colours::Rgb { planes } => png_of(&coloured(&frame, *planes, |rgb| rgb)?.into()),
        Colours::Ybr { planes } => png_of(&coloured(&frame, *planes, from_ybr)?.into()),
    };
    png.map(|png| Drawn { png, frames }).map_err(|_| Undrawn::Without)
}

fn shaded(frame: &Frame<'_>, grey: &Grey) -> Result<GrayImage, Undrawn> {
    let unpacked;
    let bytes = match &frame.packed {
        Packed::Plain(bytes) => bytes,
        Packed::Jpeg(file) => {
            unpacked = unpacked_jpeg(frame, file)?.into_luma8().into_raw();
            unpacked.as_slice()
        }
    };
    let values: Vec<u16> = match grey.bytes {
        1 => bytes.iter().map(|byte| u16::from(*byte)).collect(),
        _ => bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect(),
    };
    let shades = grey.shades(values.iter().copied());
    let pixels = values.iter().map(|value| shades.get(usize::from(*value)).copied().unwrap_or_default());
    GrayImage::from_raw(frame.width, frame.height, pixels.collect()).ok_or(Undrawn::Without)
}

fn coloured(frame: &Frame<'_>, planes: bool, of: fn([u8; 3]) -> [u8; 3]) -> Result<RgbImage, Undrawn> {
    let bytes = match &frame.packed {
        Packed::Jpeg(file) => return Ok(unpacked_jpeg(frame, file)?.into_rgb8()),
        Packed::Plain(bytes) => bytes,
    };
    let pixels: Vec<u8> = if planes {
        let plane = bytes.len() / 3;
        let part = |number: usize| bytes.get(number * plane..(number + 1) * plane).unwrap_or_default();
        let pairs = part(0).iter().zip(part(1)).zip(part(2));
        pairs.flat_map(|((one, two), three)| of([*one, *two, *three])).collect()
    } else {
        bytes.as_chunks::<3>().0.iter().flat_map(|pixel| of(*pixel)).collect()
    };
    RgbImage::from_raw(frame.width, frame.height, pixels).ok_or(Undrawn::Without)
}

fn unpacked_jpeg(frame: &Frame<'_>, file: &[u8]) -> Result<image::DynamicImage, Undrawn> {
    let picture = decoded(file, ImageFormat::Jpeg).map_err(|_| Undrawn::Without)?;
    let fits = (picture.width(), picture.height()) == (frame.width, frame.height);
    if fits { Ok(picture) } else { Err(Undrawn::Without) }
}

/// Red, green and blue of brightness and differences (PS3.3, C.7.6.3.1.2).
fn from_ybr([y, blue, red]: [u8; 3]) -> [u8; 3] {
    let (y, blue, red) = (f32::from(y), f32::from(blue) - 128.0, f32::from(red) - 128.0);
    let colour = |value: f32| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
        let colour = value.round().clamp(0.0, 255.0) as u8;
        colour
    };
    [y + 1.402 * red, y - 0.344_136 * blue - 0.714_136 * red, y + 1.772 * blue].map(colour)
}

#[cfg(test)]
mod tests {
    use super::from_ybr;

    #[test]
    fn colours_of_television_are_those_of_the_screen() {
        let pairs = [
            ([0, 128, 128], [0, 0, 0]),
            ([255, 128, 128], [255, 255, 255]),
            ([76, 85, 255], [254, 0, 0]),
            ([29, 255, 107], [0, 0, 254]),
        ];
        for (ybr, rgb) in pairs {
            assert_eq!(from_ybr(ybr), rgb, "{ybr:?}");
        }
    }
}
