//! Files as they come: a phone's photograph, a scanned page, a letter, an X-ray.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A picture that is red above and blue below.
pub fn colours(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |_, y| if y < height / 2 { Rgb([200, 30, 30]) } else { Rgb([30, 30, 200]) },
    )
}

/// A scanned page without loss.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    written(width, height, ImageFormat::Png)
}

/// The same in another format.
pub fn written(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(colours(width, height)).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A phone's photograph, 40 by 20 pixels, with this Exif directory.
pub fn phone(exif: &[u8]) -> Vec<u8> {
    photograph(40, 20, exif)
}

/// A photograph of this size with this Exif directory.
pub fn photograph(width: u32, height: u32, exif: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    JpegEncoder::new_with_quality(&mut plain, 95).encode_image(&colours(width, height)).unwrap();
    if exif.is_empty() {
        return plain;
    }
    let content = [b"Exif\0\0".as_slice(), exif].concat();
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, &content, &plain[2..]].concat()
}

/// An Exif directory as a phone writes it: turned by a quarter, with camera, author, place and times.
pub fn exif() -> Vec<u8> {
    const ASCII: u16 = 2;
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const ENTRIES: u32 = 6;
    let texts = 8 + 2 + 12 * ENTRIES + 4;
    let within = texts + 16;
    let day = within + 2 + 12 + 4;
    let gps = day + 20;
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    let entry = |bytes: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: u32| {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    };
    bytes.extend(u16::try_from(ENTRIES).unwrap().to_le_bytes());
    entry(&mut bytes, 0x010e, ASCII, 16, texts);
    entry(&mut bytes, 0x010f, ASCII, 16, texts);
    entry(&mut bytes, 0x0112, SHORT, 1, 6);
    entry(&mut bytes, 0x013b, ASCII, 16, texts);
    entry(&mut bytes, 0x8769, LONG, 1, within);
    entry(&mut bytes, 0x8825, LONG, 1, gps);
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend(b"Canaria Dalisay\0");
    bytes.extend(1_u16.to_le_bytes());
    entry(&mut bytes, 0x9003, ASCII, 20, day);
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend(b"2026:11:20 10:31:05\0");
    bytes.extend(1_u16.to_le_bytes());
    entry(&mut bytes, 0x0001, ASCII, 2, u32::from_le_bytes(*b"N\0\0\0"));
    bytes.extend(0_u32.to_le_bytes());
    bytes
}

/// A letter of one page.
pub fn pdf(words: &str) -> Vec<u8> {
    pdf_with(words, "")
}

/// The same with more in its catalogue.
pub fn pdf_with(words: &str, catalogue: &str) -> Vec<u8> {
    let content = format!("BT /F1 24 Tf 72 700 Td ({words}) Tj ET");
    let objects = [
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    places.iter().for_each(|place| file.push_str(&format!("{place:010} 00000 n \n")));
    let size = objects.len() + 1;
    file.push_str(&format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    file.into_bytes()
}

/// An X-ray of this person, taken on 24 November 2026.
pub fn dicom(name: &str, number: &str, born: &str) -> Vec<u8> {
    let mut bytes = [&[0; 128][..], b"DICM"].concat();
    let mut element = |group: u16, part: u16, holds: &str, value: &str| {
        let value = if value.len() % 2 == 1 { format!("{value} ") } else { value.to_owned() };
        bytes.extend([group.to_le_bytes(), part.to_le_bytes()].concat());
        bytes.extend(holds.as_bytes());
        bytes.extend(u16::try_from(value.len()).unwrap().to_le_bytes());
        bytes.extend(value.as_bytes());
    };
    element(0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1\0");
    element(0x0008, 0x0020, "DA", "20261124");
    element(0x0008, 0x1030, "LO", "Chest, PA");
    element(0x0010, 0x0010, "PN", name);
    element(0x0010, 0x0020, "LO", number);
    element(0x0010, 0x0030, "DA", born);
    element(0x0028, 0x0004, "CS", "MONOCHROME2 ");
    bytes
}

/// An X-ray of this person and size with two pictures, darker at the left: 12 bits in 16, with a window in the middle.
pub fn drawable(name: &str, width: u16, height: u16) -> Vec<u8> {
    let mut bytes = dicom(name, "2019-104-883", "19990714");
    let mut element = |part: u16, holds: &str, value: &[u8]| {
        bytes.extend([0x0028_u16.to_le_bytes(), part.to_le_bytes()].concat());
        bytes.extend(holds.as_bytes());
        bytes.extend(u16::try_from(value.len()).unwrap().to_le_bytes());
        bytes.extend(value);
    };
    element(0x0008, "IS", b"2 ");
    element(0x0010, "US", &height.to_le_bytes());
    element(0x0011, "US", &width.to_le_bytes());
    element(0x0100, "US", &16_u16.to_le_bytes());
    element(0x0101, "US", &12_u16.to_le_bytes());
    element(0x0102, "US", &11_u16.to_le_bytes());
    element(0x0103, "US", &0_u16.to_le_bytes());
    element(0x1050, "DS", b"2048");
    element(0x1051, "DS", b"1000");
    let row: Vec<u8> = (0..width).flat_map(|at| (at * (4095 / width)).to_le_bytes()).collect();
    let pixels = row.repeat(usize::from(height) * 2);
    bytes.extend(b"\xe0\x7f\x10\0OW\0\0");
    bytes.extend(u32::try_from(pixels.len()).unwrap().to_le_bytes());
    bytes.extend(pixels);
    bytes
}
