//! Pictures of DICOM files, drawn as their headers say.

use std::io::Cursor;

use documents::dicom::picture;
use domain::files::Undrawn;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

const EXPLICIT: &str = "1.2.840.10008.1.2.1\0";
const JPEG: &str = "1.2.840.10008.1.2.4.50";
const WIDTH: u16 = 16;
const HEIGHT: u16 = 8;

/// A colour picture that is red above and blue below.
fn colours() -> RgbImage {
    RgbImage::from_fn(u32::from(WIDTH), u32::from(HEIGHT), |_, y| {
        if y < u32::from(HEIGHT) / 2 { Rgb([200, 30, 30]) } else { Rgb([30, 30, 200]) }
    })
}

/// A DICOM file of these colours; `pixels` is what stands behind the tag of the pixels.
fn file(syntax: &str, of: &str, samples: u16, planes: u16, pixels: &[u8]) -> Vec<u8> {
    let mut bytes = [&[0; 128][..], b"DICM"].concat();
    let mut element = |group: u16, part: u16, holds: &str, value: &[u8]| {
        bytes.extend([group.to_le_bytes(), part.to_le_bytes()].concat());
        bytes.extend(holds.as_bytes());
        bytes.extend(u16::try_from(value.len()).unwrap().to_le_bytes());
        bytes.extend(value);
    };
    element(0x0002, 0x0010, "UI", syntax.as_bytes());
    element(0x0028, 0x0002, "US", &samples.to_le_bytes());
    element(0x0028, 0x0004, "CS", of.as_bytes());
    element(0x0028, 0x0006, "US", &planes.to_le_bytes());
    element(0x0028, 0x0010, "US", &HEIGHT.to_le_bytes());
    element(0x0028, 0x0011, "US", &WIDTH.to_le_bytes());
    element(0x0028, 0x0100, "US", &8_u16.to_le_bytes());
    bytes.extend(b"\xe0\x7f\x10\0OB\0\0");
    bytes.extend(pixels);
    bytes
}

fn plain(pixels: &[u8]) -> Vec<u8> {
    [&u32::try_from(pixels.len()).unwrap().to_le_bytes()[..], pixels].concat()
}

fn in_parts(file: &[u8]) -> Vec<u8> {
    let mut parts = u32::MAX.to_le_bytes().to_vec();
    for part in [&[][..], file] {
        parts.extend(b"\xfe\xff\x00\xe0");
        parts.extend(u32::try_from(part.len()).unwrap().to_le_bytes());
        parts.extend(part);
    }
    parts.extend(b"\xfe\xff\xdd\xe0\0\0\0\0");
    parts
}

fn drawn(file: &[u8]) -> DynamicImage {
    image::load_from_memory_with_format(&picture(file).unwrap().png, ImageFormat::Png).unwrap()
}

#[test]
fn colours_come_out_as_they_are_however_their_parts_lie() {
    let raw = colours().into_raw();
    let plane = |number: usize| raw.iter().skip(number).step_by(3).copied().collect::<Vec<u8>>();
    let apart = [plane(0), plane(1), plane(2)].concat();
    for (planes, pixels) in [(0, &raw), (1, &apart)] {
        assert_eq!(drawn(&file(EXPLICIT, "RGB ", 3, planes, &plain(pixels))).into_rgb8(), colours());
    }
}

#[test]
fn a_jpeg_within_is_drawn_in_grey_and_in_colours_and_nothing_else_that_is_packed() {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 95).encode_image(&colours()).unwrap();
    let shown = drawn(&file(JPEG, "YBR_FULL_422", 3, 0, &in_parts(&jpeg))).into_rgb8();
    let [red, _, blue] = shown.get_pixel(2, 1).0;
    assert!(red > 180 && blue < 60, "{red} {blue}");
    let mut grey = Vec::new();
    let light = DynamicImage::ImageRgb8(colours()).into_luma8();
    JpegEncoder::new_with_quality(&mut grey, 95).encode_image(&light).unwrap();
    assert_eq!(drawn(&file(JPEG, "MONOCHROME2 ", 1, 0, &in_parts(&grey))).width(), u32::from(WIDTH));
    // A JPEG that says that it is red, green and blue would be drawn in other colours than it has.
    assert_eq!(picture(&file(JPEG, "RGB ", 3, 0, &in_parts(&jpeg))), Err(Undrawn::Unknown));
    let other = file("1.2.840.10008.1.2.4.70", "MONOCHROME2 ", 1, 0, &in_parts(&grey));
    assert_eq!(picture(&other), Err(Undrawn::Unknown));
}

#[test]
fn a_jpeg_that_is_damaged_of_another_size_or_none_at_all_is_not_drawn() {
    let mut small = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(image::GrayImage::new(4, 4)).write_to(&mut small, ImageFormat::Jpeg).unwrap();
    let mut png = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(colours()).write_to(&mut png, ImageFormat::Png).unwrap();
    for within in [small.into_inner(), png.into_inner(), vec![0xff, 0xd8, 0xff, 0xd9], Vec::new()] {
        assert_eq!(picture(&file(JPEG, "MONOCHROME2 ", 1, 0, &in_parts(&within))), Err(Undrawn::Without));
    }
}
