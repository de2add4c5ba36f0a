//! What a file is, by its bytes: neither its name nor what somebody says of it is believed.

use crate::choice;

choice! {
    /// What is taken in.
    pub enum FileFormat {
        /// JPEG.
        Jpeg = "image/jpeg",
        /// PNG.
        Png = "image/png",
        /// WebP.
        Webp = "image/webp",
        /// TIFF.
        Tiff = "image/tiff",
        /// PDF.
        Pdf = "application/pdf",
        /// DICOM.
        Dicom = "application/dicom",
        /// Plain text in UTF-8.
        Text = "text/plain",
    }
}

choice! {
    /// Why a file is not taken in.
    pub enum Unfit {
        /// There is nothing in it.
        Empty = "empty",
        /// A picture as phones of one maker keep it: they give it away as JPEG.
        Heic = "heic",
        /// A document of an office program: it is kept as PDF.
        Office = "office",
        /// Several files in one: they are taken in one by one.
        Archive = "archive",
        /// A program.
        Program = "program",
        /// Records of another system: they are imported.
        Records = "records",
        /// Nothing that is known here.
        Unknown = "unknown",
        /// It begins like what it is and does not read on.
        Damaged = "damaged",
        /// Nobody opens it without its password.
        Locked = "locked",
        /// A picture file of several pages, of which one would be kept: it is kept as PDF.
        SeveralPages = "several_pages",
        /// More pixels than are looked at.
        TooManyPixels = "too_many_pixels",
        /// More bytes than its sort has.
        TooLarge = "too_large",
    }
}

impl FileFormat {
    /// Whether it is a picture, which is made anew.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp | Self::Tiff)
    }
}

/// A PDF file begins within so many bytes (ISO 32000-1, annex H.3).
const PDF_BEGINS: usize = 1024;
/// So many bytes of a text are looked at for what it is.
const LOOKED_AT: usize = 4096;

const PROGRAMS: [&[u8]; 10] = [
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\0asm",
    b"dex\n",
];

const ARCHIVES: [&[u8]; 8] =
    [b"PK", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xfd7zXZ\0", b"BZh", b"\x28\xb5\x2f\xfd", b"MSCF"];

/// What stands in the archive that an office document is.
const OFFICE: [&[u8]; 5] = [b"word/", b"xl/", b"ppt/", b"vnd.oasis.opendocument", b"vnd.openxmlformats"];

/// The brands of the ISO base media file format (ISO/IEC 23008-12) that HEIF and AVIF pictures have.
const HEIF: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"];

/// What `bytes` are.
///
/// # Errors
/// [`Unfit`] says why they are not taken in.
pub fn recognise(bytes: &[u8]) -> Result<FileFormat, Unfit> {
    let begins = |sign: &[u8]| bytes.starts_with(sign);
    let at = |place: usize, sign: &[u8]| bytes.get(place..).is_some_and(|rest| rest.starts_with(sign));
    let within = |length: usize, sign: &[u8]| {
        bytes.get(..length).unwrap_or(bytes).windows(sign.len()).any(|window| window == sign)
    };
    if bytes.is_empty() {
        return Err(Unfit::Empty);
    }
    // A DICOM file has 128 bytes that are anybody's; some make it a TIFF file too, and some a program.
    if at(128, b"DICM") {
        return if PROGRAMS.iter().any(|sign| begins(sign)) {
            Err(Unfit::Program)
        } else {
            Ok(FileFormat::Dicom)
        };
    }
    let pictures = [
        (begins(b"\xff\xd8\xff"), FileFormat::Jpeg),
        (begins(b"\x89PNG\r\n\x1a\n"), FileFormat::Png),
        (begins(b"RIFF") && at(8, b"WEBP"), FileFormat::Webp),
        (begins(b"II*\0") || begins(b"MM\0*"), FileFormat::Tiff),
    ];
    if let Some((_, format)) = pictures.into_iter().find(|(is, _)| *is) {
        return Ok(format);
    }
    if PROGRAMS.iter().any(|sign| begins(sign)) {
        return Err(Unfit::Program);
    }
    if begins(b"PK") && OFFICE.iter().any(|sign| within(LOOKED_AT, sign)) {
        return Err(Unfit::Office);
    }
    if ARCHIVES.iter().any(|sign| begins(sign)) || at(257, b"ustar") {
        return Err(Unfit::Archive);
    }
    if begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") || begins(b"{\\rtf") {
        return Err(Unfit::Office);
    }
    if at(4, b"ftyp") && HEIF.iter().any(|brand| at(8, brand)) {
        return Err(Unfit::Heic);
    }
    if within(PDF_BEGINS, b"%PDF-") {
        return Ok(FileFormat::Pdf);
    }
    text(bytes)
}

fn text(bytes: &[u8]) -> Result<FileFormat, Unfit> {
    let text = std::str::from_utf8(bytes).map_err(|_| Unfit::Unknown)?;
    if text.chars().any(|sign| sign.is_control() && !['\n', '\r', '\t', '\u{c}'].contains(&sign)) {
        return Err(Unfit::Unknown);
    }
    let start: String = text.chars().take(LOOKED_AT).collect();
    let trimmed = start.trim_start_matches('\u{feff}').trim_start();
    let is_fhir = trimmed.starts_with('{') && start.contains("\"resourceType\"");
    let is_xml = trimmed.starts_with('<');
    if is_fhir || (is_xml && (start.contains("ClinicalDocument") || start.contains("http://hl7.org/fhir"))) {
        return Err(Unfit::Records);
    }
    // A page of the web carries script, and nobody reads its bytes.
    if is_xml { Err(Unfit::Unknown) } else { Ok(FileFormat::Text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_in_is_known_by_its_bytes() {
        let dicom = [&[0; 128][..], b"DICM\x02\0\0\0"].concat();
        let known: [(&[u8], FileFormat); 8] = [
            (b"\xff\xd8\xff\xe0", FileFormat::Jpeg),
            (b"\x89PNG\r\n\x1a\n", FileFormat::Png),
            (b"RIFF\x10\0\0\0WEBPVP8L", FileFormat::Webp),
            (b"II*\0\x08", FileFormat::Tiff),
            (b"MM\0*\x08", FileFormat::Tiff),
            (b"\n%PDF-1.7\n", FileFormat::Pdf),
            (&dicom, FileFormat::Dicom),
            ("Haemoglobin\t13,1 g/dl\r\n".as_bytes(), FileFormat::Text),
        ];
        for (bytes, format) in known {
            assert_eq!(recognise(bytes), Ok(format));
        }
    }

    #[test]
    fn what_is_not_taken_in_is_told_apart_so_that_each_has_a_way_on() {
        let twofold = [b"MZ".as_slice(), &[0; 126], b"DICM"].concat();
        let refused: [(&[u8], Unfit); 14] = [
            (b"", Unfit::Empty),
            (b"MZ\x90\0", Unfit::Program),
            (b"#!/bin/sh\nrm -r /\n", Unfit::Program),
            (&twofold, Unfit::Program),
            (b"PK\x03\x04\x14\0word/document.xml", Unfit::Office),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unfit::Office),
            (b"PK\x03\x04\x14\0scan.jpg", Unfit::Archive),
            (b"\x1f\x8b\x08", Unfit::Archive),
            (b"\0\0\0\x18ftypheic", Unfit::Heic),
            (br#"{"resourceType": "Bundle"}"#, Unfit::Records),
            (br#"<?xml version="1.0"?><ClinicalDocument/>"#, Unfit::Records),
            (b"<html><script>alert(1)</script></html>", Unfit::Unknown),
            (b"\xfe\xff\0H", Unfit::Unknown),
            (b"GIF89a\x01\0", Unfit::Unknown),
        ];
        for (bytes, unfit) in refused {
            assert_eq!(recognise(bytes), Err(unfit), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn every_format_but_those_that_are_converted_is_kept_as_what_it_is() {
        let kept =
            FileFormat::ALL.iter().filter(|format| crate::MEDIA_TYPES.contains(&format.word())).count();
        assert_eq!(kept, crate::MEDIA_TYPES.len());
    }
}
