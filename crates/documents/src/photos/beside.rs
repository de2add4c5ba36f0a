//! What a picture holds beside its pixels, by the standards under which cameras and programs write it: Exif 2.32 (which is
//! a TIFF 6.0 directory), XMP (ISO 16684-1), IPTC-IIM 4.2, the comments of JPEG and PNG.

use image::ImageFormat;

/// What stood beside the pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Where it was taken.
    pub location: bool,
    /// What took it.
    pub camera: bool,
    /// Who took it, or whose it is.
    pub author: bool,
    /// When it was taken and changed.
    pub times: bool,
    /// What somebody or some program wrote into it.
    pub comments: bool,
    /// The day on which it was taken: year, month, day.
    pub day: Option<(i16, i8, i8)>,
}

/// What a reader found beside the pixels.
pub(crate) struct Notes {
    pub exif: Option<Vec<u8>>,
    pub xmp: Option<Vec<u8>>,
    pub has_iptc: bool,
}

const MAKE: u16 = 0x010f;
const MODEL: u16 = 0x0110;
const DESCRIPTION: u16 = 0x010e;
const CHANGED: u16 = 0x0132;
const ARTIST: u16 = 0x013b;
const COPYRIGHT: u16 = 0x8298;
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;
const TAKEN: u16 = 0x9003;
const DIGITISED: u16 = 0x9004;
const COMMENT: u16 = 0x9286;
/// Windows notes: title, comment, author, keywords, subject.
const XP: std::ops::RangeInclusive<u16> = 0x9c9b..=0x9c9f;
const XP_AUTHOR: u16 = 0x9c9d;
/// Owner, serial numbers, lens.
const BODY: std::ops::RangeInclusive<u16> = 0xa430..=0xa435;
const OWNER: u16 = 0xa430;
/// That a directory is a smaller picture of another one.
const SUBFILE: u16 = 0x00fe;
/// No more directories than this are looked at.
const MOST: usize = 8;

/// What stands beside the pixels of `file`.
pub(crate) fn read(file: &[u8], format: ImageFormat, notes: &Notes) -> Beside {
    let mut found = Beside::default();
    if let Some(exif) = &notes.exif {
        from_exif(exif, &mut found);
    }
    let xmp = notes.xmp.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| xmp.contains(word));
    found.location |= has(&["GPSL", "Location", "photoshop:City"]);
    found.camera |= has(&["tiff:Make", "tiff:Model", "aux:Lens", "SerialNumber"]);
    found.author |= has(&["dc:creator", "dc:rights", "photoshop:Credit"]);
    found.times |= has(&["CreateDate", "ModifyDate", "DateCreated", "DateTimeOriginal"]);
    found.comments |= has(&["dc:description", "dc:title", "dc:subject", "UserComment"]) || notes.has_iptc;
    match format {
        ImageFormat::Png => from_png(file, &mut found),
        // What Exif has beside a picture stands in a TIFF file itself.
        ImageFormat::Tiff => from_exif(file, &mut found),
        ImageFormat::Jpeg => found.comments |= has_jpeg_comment(file),
        _ => {}
    }
    found
}

/// Whether a TIFF file holds several pictures that are none of each other.
pub(crate) fn has_pages(file: &[u8]) -> bool {
    let Some(tiff) = Tiff::of(file) else { return false };
    let mut pages = 0;
    let mut next = tiff.first();
    for _ in 0..MOST {
        let Some(at) = next.filter(|at| *at > 0) else { break };
        let Some((entries, behind)) = tiff.directory(at) else { break };
        let is_smaller = entries.iter().any(|entry| entry.tag == SUBFILE && entry.value & 1 == 1);
        pages += usize::from(!is_smaller);
        next = behind;
    }
    pages > 1
}

fn from_exif(exif: &[u8], found: &mut Beside) {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let Some(tiff) = Tiff::of(exif) else { return };
    let mut open: Vec<usize> = tiff.first().into_iter().collect();
    let mut looked = 0;
    while let Some(at) = open.pop().filter(|_| looked < MOST) {
        looked += 1;
        for entry in tiff.directory(at).map(|(entries, _)| entries).unwrap_or_default() {
            match entry.tag {
                GPS => found.location = true,
                MAKE | MODEL => found.camera = true,
                ARTIST | COPYRIGHT | XP_AUTHOR | OWNER => found.author = true,
                CHANGED | TAKEN | DIGITISED => {
                    found.times = true;
                    if entry.tag == TAKEN {
                        found.day = tiff.text(&entry).and_then(day);
                    }
                }
                DESCRIPTION | COMMENT => found.comments = true,
                tag if XP.contains(&tag) => found.comments = true,
                tag if BODY.contains(&tag) => found.camera = true,
                EXIF => open.extend(usize::try_from(entry.value)),
                _ => {}
            }
        }
    }
}

/// A day of `2026:11:25 10:31:05`.
fn day(text: &[u8]) -> Option<(i16, i8, i8)> {
    let text = std::str::from_utf8(text).ok()?;
    let mut parts = text.get(..10)?.split(':');
    let day = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (day.0 > 1800 && (1..=12).contains(&day.1) && (1..=31).contains(&day.2)).then_some(day)
}

struct Tiff<'b> {
    bytes: &'b [u8],
    is_little: bool,
}

struct TiffEntry {
    tag: u16,
    count: u32,
    /// Its value, or where that stands.
    value: u32,
}

impl<'b> Tiff<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        match bytes.get(..4)? {
            b"II*\0" => Some(Self { bytes, is_little: true }),
            b"MM\0*" => Some(Self { bytes, is_little: false }),
            _ => None,
        }
    }

    fn first(&self) -> Option<usize> {
        usize::try_from(self.long(4)?).ok()
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// The entries of the directory at `at`, and where the next directory stands.
    fn directory(&self, at: usize) -> Option<(Vec<TiffEntry>, Option<usize>)> {
        const SHORT: u16 = 3;
        let count = usize::from(self.short(at)?);
        let mut entries = Vec::new();
        for number in 0..count {
            let at = at.checked_add(2 + number * 12)?;
            let Some(tag) = self.short(at) else { break };
            let value = if self.short(at + 2)? == SHORT {
                u32::from(self.short(at + 8)?)
            } else {
                self.long(at + 8)?
            };
            entries.push(TiffEntry { tag, count: self.long(at + 4)?, value });
        }
        let next = self.long(at.checked_add(2 + count * 12)?).and_then(|next| usize::try_from(next).ok());
        Some((entries, next))
    }

    /// A text that is too long to stand in its entry.
    fn text(&self, entry: &TiffEntry) -> Option<&'b [u8]> {
        let from = usize::try_from(entry.value).ok()?;
        self.bytes.get(from..from.checked_add(usize::try_from(entry.count).ok()?)?)
    }
}

/// What the chunks of a PNG file say (PNG third edition, sections 11.3.3 and 11.3.5).
fn from_png(file: &[u8], found: &mut Beside) {
    let mut at = 8_usize;
    while let Some((head, kind)) = file.get(at..at.saturating_add(8)).map(|head| head.split_at(4)) {
        match kind {
            b"tEXt" | b"zTXt" => found.comments = true,
            // XMP stands in one of these too, and says for itself what it holds.
            b"iTXt"
                if !file
                    .get(at.saturating_add(8)..)
                    .is_some_and(|text| text.starts_with(b"XML:com.adobe.xmp")) =>
            {
                found.comments = true;
            }
            b"tIME" => found.times = true,
            b"IEND" => break,
            _ => {}
        }
        let length = head.try_into().map_or(0, u32::from_be_bytes);
        at = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(at).saturating_add(12);
    }
}

/// Whether a WebP file lost nothing when it was made: its picture stands in a `VP8L` chunk (RFC 9649, section 2.6).
pub(crate) fn is_lossless_webp(file: &[u8]) -> bool {
    let mut at = 12_usize;
    while let Some((kind, length)) = file.get(at..at.saturating_add(8)).map(|head| head.split_at(4)) {
        if kind == b"VP8L" {
            return true;
        }
        // A chunk has an even number of bytes.
        let length = length.try_into().map_or(0, u32::from_le_bytes);
        let Ok(length) = usize::try_from(length.saturating_add(length & 1)) else { return false };
        at = at.saturating_add(8).saturating_add(length);
    }
    false
}

/// Whether a JPEG file has a comment before its picture begins (ITU-T T.81, table B.1).
fn has_jpeg_comment(file: &[u8]) -> bool {
    let mut at = 2_usize;
    while let Some([0xff, marker, high, low]) = file.get(at..at + 4).and_then(|head| head.first_chunk::<4>())
    {
        match marker {
            0xfe => return true,
            // The picture itself, or what is no segment.
            0xd0..=0xda => return false,
            _ => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
        }
    }
    false
}
