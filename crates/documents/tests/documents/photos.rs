//! Pictures from outside: what is kept of each, and what keeps one out.

use std::io::Cursor;

use documents::active::{Active, active};
use documents::photos::{NotTaken, size, take_in};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn grey(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([u8::try_from((x * 7 + y * 13) % 256).unwrap(); 3]))
}

/// The same TIFF file with its one directory once more behind its end, which says of itself that it is `sort`.
fn twice(tiff: &[u8], sort: u32) -> Vec<u8> {
    let long = |at: usize| usize::try_from(u32::from_le_bytes(tiff[at..at + 4].try_into().unwrap())).unwrap();
    let first = long(4);
    let count = usize::from(u16::from_le_bytes(tiff[first..first + 2].try_into().unwrap()));
    let next = first + 2 + count * 12;
    let mut bytes = tiff.to_vec();
    let second = u32::try_from(bytes.len()).unwrap();
    bytes[next..next + 4].copy_from_slice(&second.to_le_bytes());
    bytes.extend(u16::try_from(count + 1).unwrap().to_le_bytes());
    bytes.extend([0xfe, 0, 4, 0, 1, 0, 0, 0]);
    bytes.extend(sort.to_le_bytes());
    bytes.extend(&tiff[first + 2..next]);
    bytes.extend(0_u32.to_le_bytes());
    bytes
}

#[test]
fn a_tiff_of_several_pages_is_refused_and_one_with_its_own_small_picture_is_not() {
    let tiff = written(grey(20, 10), ImageFormat::Tiff);
    assert!(take_in(&tiff, false).is_ok());
    assert_eq!(take_in(&twice(&tiff, 0), false), Err(NotTaken::SeveralPages));
    assert!(take_in(&twice(&tiff, 1), false).is_ok());
}

#[test]
fn what_came_without_loss_keeps_every_pixel_and_its_clear_parts() {
    let clear = RgbaImage::from_fn(9, 9, |x, _| Rgba([10, 200, 30, if x < 4 { 0 } else { 255 }]));
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let photo = take_in(&written(clear.clone(), format), true).unwrap();
        assert_eq!(photo.media_type, "image/png");
        assert_eq!(image::load_from_memory(&photo.bytes).unwrap().to_rgba8(), clear);
        // The thumbnail is a JPEG, on white.
        let small = image::load_from_memory_with_format(&photo.thumb, ImageFormat::Jpeg).unwrap();
        assert!(small.get_pixel(0, 0).0[0] > 240);
    }
}

#[test]
fn a_picture_of_noise_has_a_thumbnail_of_at_most_20_kilobytes_too() {
    let mut seed = 1_u32;
    let noise = RgbImage::from_fn(700, 700, |_, _| {
        Rgb([(); 3].map(|()| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0]
        }))
    });
    let photo = take_in(&written(noise, ImageFormat::Png), false).unwrap();
    assert!(photo.thumb.len() <= 20_000, "{}", photo.thumb.len());
    assert!(size(&photo.thumb).is_some_and(|(width, height)| width == height && width <= 320));
}

#[test]
fn cut_files_are_damaged_and_never_a_panic() {
    let [png, jpeg] = [ImageFormat::Png, ImageFormat::Jpeg].map(|format| written(grey(64, 64), format));
    for whole in [png, jpeg] {
        for end in (0..whole.len()).step_by(97) {
            // Some readers make the best of a cut JPEG: that is a picture too.
            drop(take_in(&whole[..end], false));
        }
        assert!(take_in(&whole, false).is_ok());
    }
    assert_eq!(take_in(b"GIF89a", false), Err(NotTaken::Damaged));
}

#[test]
fn what_would_run_in_a_pdf_is_told_by_its_names_and_longer_ones_are_other_names() {
    let found = |text: &str| active(text.as_bytes());
    assert_eq!(found("<< /S /JavaScript /JS (x) >>"), Active { script: true, ..Active::default() });
    assert_eq!(found("<< /S /Launch /F (calc) >>"), Active { launch: true, ..Active::default() });
    assert_eq!(found("/EmbeddedFiles 6 0 R "), Active { embedded: true, ..Active::default() });
    assert_eq!(found("/JSomething /Launcher (/Page) "), Active::default());
}
