//! What we print is read back, from the file, from a scan and from a photograph, and nothing else is.

use std::io::Cursor;

use documents::certificates::{CertificatePage, render};
use documents::scan::{MOST_BYTES, Unread, code};
use documents::{Format, Paper};
use image::{DynamicImage, GrayImage, ImageFormat, Luma, RgbaImage};
use proptest::prelude::*;

use crate::samples;

const PREFIX: &str = "CD1:";

fn with_code(code: &str, paper: Paper) -> Vec<u8> {
    let page = CertificatePage { code: Some(code.to_owned()), ..samples::on(paper, samples::sick_leave()) };
    render(&page).unwrap().bytes
}

fn picture(pdf: &[u8], width: u32) -> DynamicImage {
    let last = documents::pixels::pages(pdf).unwrap();
    image::load_from_memory(&documents::pixels::page(pdf, last, width).unwrap()).unwrap()
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_printed_is_read_back(text in "CD1:[0-9A-Z $%*+./:-]{40,700}", a4 in any::<bool>()) {
        let paper = Paper::portrait(if a4 { Format::A4 } else { Format::A5 });
        prop_assert_eq!(code(&with_code(&text, paper), PREFIX), Ok(text));
    }
}

#[test]
fn every_sort_of_certificate_is_read_from_its_file_whatever_page_its_code_stands_on() {
    for page in [samples::sick_leave(), samples::many_scripts(), samples::arabic(), samples::long()] {
        assert_eq!(code(&render(&page).unwrap().bytes, PREFIX), Ok(samples::payload()));
    }
}

#[test]
fn a_scan_or_a_photograph_is_read_as_png_and_as_jpeg_turned_grey_and_small() {
    let pdf = render(&samples::sick_leave()).unwrap().bytes;
    for (width, turn) in [(1_000, 0), (1_300, 1), (1_700, 2)] {
        let page = picture(&pdf, width);
        let page = match turn {
            0 => page,
            1 => page.rotate90(),
            _ => page.rotate180(),
        };
        let dim = DynamicImage::ImageRgb8(page.to_rgb8()).brighten(-60);
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            assert_eq!(code(&file(&dim, format), PREFIX), Ok(samples::payload()), "{width} {format:?}");
        }
    }
}

#[test]
fn what_is_see_through_is_no_ink() {
    let page = picture(&render(&samples::sick_leave()).unwrap().bytes, 1_200).to_luma8();
    let ink = RgbaImage::from_fn(page.width(), page.height(), |x, y| {
        image::Rgba([0, 0, 0, 255 - page.get_pixel(x, y).0[0]])
    });
    let bytes = file(&DynamicImage::ImageRgba8(ink), ImageFormat::Png);
    assert_eq!(code(&bytes, PREFIX), Ok(samples::payload()));
}

#[test]
fn two_different_codes_are_refused_and_the_same_one_twice_is_one() {
    let page = |text: &str| picture(&with_code(text, Paper::portrait(Format::A5)), 1_050).to_luma8();
    let beside = |left: &GrayImage, right: &GrayImage| {
        let mut both = GrayImage::from_pixel(left.width() * 2, left.height(), Luma([255]));
        image::imageops::replace(&mut both, left, 0, 0);
        image::imageops::replace(&mut both, right, i64::from(left.width()), 0);
        file(&DynamicImage::ImageLuma8(both), ImageFormat::Png)
    };
    let (one, two) = (format!("CD1:{}", "A1".repeat(100)), format!("CD1:{}", "B2".repeat(100)));
    assert_eq!(code(&beside(&page(&one), &page(&two)), PREFIX), Err(Unread::Several(2)));
    assert_eq!(code(&beside(&page(&one), &page(&one)), PREFIX), Ok(one));
}

#[test]
fn a_file_without_our_code_says_so() {
    let draft = render(&samples::draft()).unwrap().bytes;
    assert_eq!(code(&draft, PREFIX), Err(Unread::NoCode));
    let other = with_code("HTTPS://EXAMPLE.EDU/A", Paper::portrait(Format::A5));
    assert_eq!(code(&other, PREFIX), Err(Unread::NoCode));
    let white = DynamicImage::ImageLuma8(GrayImage::from_pixel(1, 1, Luma([255])));
    assert_eq!(code(&file(&white, ImageFormat::Png), PREFIX), Err(Unread::NoCode));
}

#[test]
fn a_file_of_another_kind_or_beyond_all_measure_is_refused() {
    for bytes in [&b""[..], b"CD1:", b"GIF89a and so on", b"<svg/>", &[0; 5000]] {
        assert_eq!(code(bytes, PREFIX), Err(Unread::Kind));
    }
    assert_eq!(code(&vec![0; MOST_BYTES + 1], PREFIX), Err(Unread::TooLarge));
    assert_eq!(code(b"%PDF-1.7 and nothing", PREFIX), Err(Unread::Damaged));
}

/// A picture of 60,000 by 60,000 pixels in 70 bytes: what it claims is refused before it is unpacked.
#[test]
fn a_picture_that_would_fill_the_memory_is_refused_by_its_header() {
    let mut bytes = file(&DynamicImage::new_luma8(1, 1), ImageFormat::Png);
    for at in [16, 20] {
        bytes[at..at + 4].copy_from_slice(&60_000_u32.to_be_bytes());
    }
    let sum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(code(&bytes, PREFIX), Err(Unread::TooLarge));
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    })
}

#[test]
fn damaged_files_are_refused_and_never_read_as_another_code() {
    let pdf = render(&samples::sick_leave()).unwrap().bytes;
    let page = DynamicImage::ImageLuma8(picture(&pdf, 700).to_luma8());
    let files = [pdf, file(&page, ImageFormat::Png), file(&page, ImageFormat::Jpeg)];
    let mut state = 1_u64;
    let mut below = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from((state >> 33) % limit as u64).unwrap()
    };
    for round in 0..45 {
        let mut bytes = files[round % files.len()].clone();
        match round % 5 {
            0 => bytes.truncate(below(bytes.len())),
            1 => {
                let at = below(bytes.len() - 100);
                bytes.drain(at..at + 100);
            }
            _ => {
                for _ in 0..=below(20) {
                    let at = below(bytes.len());
                    bytes[at] = u8::try_from(below(256)).unwrap();
                }
            }
        }
        if let Ok(text) = code(&bytes, PREFIX) {
            assert_eq!(text, samples::payload(), "round {round}");
        }
    }
}
