//! The first picture of a DICOM file: where its pixels lie, how they are packed, and how grey they are to be shown (PS3.3,
//! sections C.7.6.3 and C.11). What is packed in another way than is known here is kept and not shown: a wrong picture is
//! worse than none.

use super::reader::{OPEN, Reader, TRANSFER_SYNTAX};

/// The first picture of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame<'b> {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// How many pictures the file has.
    pub frames: u32,
    /// What its pixels are.
    pub colours: Colours,
    /// Its bytes.
    pub packed: Packed<'b>,
}

/// How the bytes of a picture lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packed<'b> {
    /// One pixel after the other, from left to right and from top to bottom.
    Plain(&'b [u8]),
    /// A JPEG file of eight bits (ITU-T T.81, baseline), in parts.
    Jpeg(Vec<u8>),
}

/// What the pixels of a picture are.
#[derive(Clone, Debug, PartialEq)]
pub enum Colours {
    /// One value, shown as grey.
    Grey(Grey),
    /// Red, green and blue, eight bits each; `planes` where all red comes before all green.
    Rgb {
        /// Whether each colour lies by itself.
        planes: bool,
    },
    /// Brightness and two differences, eight bits each (`YBR_FULL`), likewise.
    Ybr {
        /// Whether each part lies by itself.
        planes: bool,
    },
}

/// How values become grey.
#[derive(Clone, Debug, PartialEq)]
pub struct Grey {
    /// Bytes of a value: 1 or 2, the lower first.
    pub bytes: usize,
    /// Bits of a value that count.
    pub bits: u32,
    /// Bits below these that do not.
    pub shift: u32,
    /// Whether values may be below zero (two's complement).
    pub signed: bool,
    /// What a value is multiplied by, and what is added then.
    pub rescale: (f64, f64),
    /// The window: centre and width in rescaled values; where there is none, all values are shown from the least to the
    /// largest.
    pub window: Option<(f64, f64)>,
    /// How the window is gone through.
    pub ramp: Ramp,
    /// Whether the least value is white.
    pub inverted: bool,
    /// The value of what is no part of the picture.
    pub padding: Option<i32>,
}

/// How a window is gone through (VOI LUT Function).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ramp {
    /// `LINEAR`: by half a value off, as PS3.3, C.11.2.1.2.1 has it.
    #[default]
    Linear,
    /// `LINEAR_EXACT`.
    Exact,
    /// `SIGMOID`.
    Sigmoid,
}

/// Why there is no picture to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undrawn {
    /// The file holds none, or ends before it.
    Without,
    /// It is packed, or coloured, in a way that is not known here.
    Unknown,
    /// It has more pixels than are looked at.
    TooLarge,
}

const EXPLICIT: &str = "1.2.840.10008.1.2.1";
const IMPLICIT: &str = super::reader::IMPLICIT;
const JPEG_BASELINE: &str = "1.2.840.10008.1.2.4.50";

const PIXELS: (u16, u16) = (0x7fe0, 0x0010);
/// More pixels on a side, and in all, are not looked at.
const WIDEST: u32 = 12_000;
const MOST_PIXELS: u64 = 100_000_000;
/// The end of a JPEG file.
const JPEG_END: [u8; 2] = [0xff, 0xd9];

/// What the header says of the picture.
#[derive(Default)]
struct Said {
    samples: Option<u16>,
    colours: String,
    planes: u16,
    frames: Option<u32>,
    rows: Option<u16>,
    columns: Option<u16>,
    aspect: String,
    allocated: Option<u16>,
    stored: Option<u16>,
    high: Option<u16>,
    signed: u16,
    padding: Option<u16>,
    centre: Option<f64>,
    width: Option<f64>,
    intercept: Option<f64>,
    slope: Option<f64>,
    ramp: String,
}

/// The first picture of the DICOM file `bytes`.
///
/// # Errors
/// [`Undrawn`] says why there is none to show.
pub fn read_frame(bytes: &[u8]) -> Result<Frame<'_>, Undrawn> {
    let mut from = Reader::of(bytes);
    let mut syntax = String::new();
    let mut said = Said::default();
    loop {
        let before = from.at();
        let (tag, length) = from.head(&syntax).ok_or(Undrawn::Without)?;
        if tag == PIXELS {
            let packed = match (syntax.as_str(), length) {
                (JPEG_BASELINE, OPEN) => Packed::Jpeg(jpeg(&mut from)),
                (EXPLICIT | IMPLICIT, length) if length != OPEN => {
                    Packed::Plain(from.take(length).ok_or(Undrawn::Without)?)
                }
                _ => return Err(Undrawn::Unknown),
            };
            return said.frame(packed);
        }
        if tag > PIXELS {
            return Err(Undrawn::Without);
        }
        from.back_to(before);
        let element = from.element(&syntax).ok_or(Undrawn::Without)?;
        if tag == TRANSFER_SYNTAX {
            syntax = text(element.value);
            if ![EXPLICIT, IMPLICIT, JPEG_BASELINE].contains(&syntax.as_str()) {
                return Err(Undrawn::Unknown);
            }
        }
        said.note(tag, element.value);
    }
}

/// The parts of the first picture: those up to the end of a JPEG file.
fn jpeg(from: &mut Reader<'_>) -> Vec<u8> {
    // The first item says where the pictures begin, or nothing.
    from.item();
    let mut file = Vec::new();
    while let Some(part) = from.item() {
        file.extend_from_slice(part);
        let end = file.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        if file.get(..end).is_some_and(|file| file.ends_with(&JPEG_END)) {
            break;
        }
    }
    file
}

impl Said {
    fn note(&mut self, tag: (u16, u16), value: &[u8]) {
        match tag {
            (0x0028, 0x0002) => self.samples = short(value),
            (0x0028, 0x0004) => self.colours = text(value),
            (0x0028, 0x0006) => self.planes = short(value).unwrap_or_default(),
            (0x0028, 0x0008) => self.frames = text(value).parse().ok(),
            (0x0028, 0x0010) => self.rows = short(value),
            (0x0028, 0x0011) => self.columns = short(value),
            (0x0028, 0x0034) => self.aspect = text(value),
            (0x0028, 0x0100) => self.allocated = short(value),
            (0x0028, 0x0101) => self.stored = short(value),
            (0x0028, 0x0102) => self.high = short(value),
            (0x0028, 0x0103) => self.signed = short(value).unwrap_or_default(),
            (0x0028, 0x0120) => self.padding = short(value),
            (0x0028, 0x1050) => self.centre = number(value),
            (0x0028, 0x1051) => self.width = number(value),
            (0x0028, 0x1052) => self.intercept = number(value),
            (0x0028, 0x1053) => self.slope = number(value),
            (0x0028, 0x1056) => self.ramp = text(value),
            _ => {}
        }
    }

    fn frame(self, packed: Packed<'_>) -> Result<Frame<'_>, Undrawn> {
        let side = |side: Option<u16>| side.map(u32::from).filter(|side| *side > 0).ok_or(Undrawn::Without);
        let (width, height) = (side(self.columns)?, side(self.rows)?);
        if width.max(height) > WIDEST || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Undrawn::TooLarge);
        }
        // Pixels that are no squares would make a longer bone of a short one.
        let mut aspect = self.aspect.split('\\');
        if aspect.next() != aspect.next().or(Some("")) {
            return Err(Undrawn::Unknown);
        }
        let colours = self.colours(&packed)?;
        let samples = if matches!(colours, Colours::Grey(_)) { 1 } else { 3 };
        let bytes = match &colours {
            Colours::Grey(grey) => grey.bytes,
            Colours::Rgb { .. } | Colours::Ybr { .. } => 1,
        };
        let packed = match packed {
            Packed::Plain(all) => {
                let length = width as usize * height as usize * samples * bytes;
                Packed::Plain(all.get(..length).ok_or(Undrawn::Without)?)
            }
            packed => packed,
        };
        Ok(Frame { width, height, frames: self.frames.unwrap_or(1).max(1), colours, packed })
    }

    fn colours(&self, packed: &Packed<'_>) -> Result<Colours, Undrawn> {
        let is_plain = matches!(packed, Packed::Plain(_));
        let allocated = self.allocated.ok_or(Undrawn::Without)?;
        let planes = self.planes == 1;
        match (self.colours.as_str(), self.samples.unwrap_or(1)) {
            ("MONOCHROME1" | "MONOCHROME2", 1) => self.grey(allocated, is_plain).map(Colours::Grey),
            ("RGB", 3) if allocated == 8 && is_plain => Ok(Colours::Rgb { planes }),
            ("YBR_FULL", 3) if allocated == 8 && is_plain => Ok(Colours::Ybr { planes }),
            // The reader of JPEG makes red, green and blue of it.
            ("YBR_FULL" | "YBR_FULL_422", 3) if allocated == 8 => Ok(Colours::Rgb { planes: false }),
            _ => Err(Undrawn::Unknown),
        }
    }

    fn grey(&self, allocated: u16, is_plain: bool) -> Result<Grey, Undrawn> {
        let stored = self.stored.unwrap_or(allocated);
        let high = self.high.unwrap_or(stored.saturating_sub(1));
        let fits = (1..=allocated).contains(&stored) && high < allocated && high + 1 >= stored;
        if !fits || !(allocated == 8 || allocated == 16 && is_plain) {
            return Err(Undrawn::Unknown);
        }
        let bits = u32::from(stored);
        let signed = self.signed == 1;
        let window = self.centre.zip(self.width).filter(|(_, width)| *width > 0.0);
        Ok(Grey {
            bytes: usize::from(allocated / 8),
            bits,
            shift: u32::from(high + 1 - stored),
            signed,
            rescale: (self.slope.filter(|slope| *slope != 0.0).unwrap_or(1.0), self.intercept.unwrap_or(0.0)),
            window,
            ramp: match self.ramp.as_str() {
                "SIGMOID" => Ramp::Sigmoid,
                "LINEAR_EXACT" => Ramp::Exact,
                _ => Ramp::Linear,
            },
            inverted: self.colours == "MONOCHROME1",
            padding: self.padding.map(|padding| value(u32::from(padding), 16, signed)),
        })
    }
}

/// The number that `bits` bits say.
fn value(raw: u32, bits: u32, signed: bool) -> i32 {
    let low = raw & (u32::MAX >> (32 - bits));
    let negative = signed && low >> (bits - 1) & 1 == 1;
    if negative { low.wrapping_sub(1 << bits).cast_signed() } else { low.cast_signed() }
}

impl Grey {
    /// The grey of each value that may stand in a picture, from black to white, by the number that stands there; of
    /// `pixels` it depends where there is no window.
    #[must_use]
    pub fn shades(&self, pixels: impl Iterator<Item = u16>) -> Vec<u8> {
        let (slope, intercept) = self.rescale;
        let shown = |raw: u16| value(u32::from(raw) >> self.shift, self.bits, self.signed);
        let rescaled = |raw: u16| f64::from(shown(raw)) * slope + intercept;
        let (centre, width) = self.window.unwrap_or_else(|| {
            let real = pixels.filter(|raw| self.padding != Some(shown(*raw))).map(rescaled);
            let (least, most) =
                real.fold((f64::MAX, f64::MIN), |(least, most), at| (least.min(at), most.max(at)));
            // Half a value off, so that the least is black and the largest white.
            if least > most { (0.5, 1.0) } else { (f64::midpoint(least, most) + 0.5, most - least + 1.0) }
        });
        let part = |at: f64| match self.ramp {
            Ramp::Sigmoid => 1.0 / (1.0 + (-4.0 * (at - centre) / width).exp()),
            Ramp::Exact => (at - centre) / width + 0.5,
            Ramp::Linear if width <= 1.0 => f64::from(u8::from(at > centre - 0.5)),
            Ramp::Linear => (at - (centre - 0.5)) / (width - 1.0) + 0.5,
        };
        let last = if self.bytes == 1 { u16::from(u8::MAX) } else { u16::MAX };
        let shade = |raw: u16| {
            let part = part(rescaled(raw)).clamp(0.0, 1.0);
            let part = if self.inverted { 1.0 - part } else { part };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
            let shade = (part * 255.0).round() as u8;
            shade
        };
        (0..=last).map(shade).collect()
    }
}

fn text(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    text.trim_matches(|sign: char| sign == '\0' || sign.is_whitespace()).to_owned()
}

fn short(value: &[u8]) -> Option<u16> {
    Some(u16::from_le_bytes(value.get(..2)?.try_into().ok()?))
}

/// The first of several numbers.
fn number(value: &[u8]) -> Option<f64> {
    text(value).split('\\').next()?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Part<'p> = ((u16, u16), &'p str, Vec<u8>);

    fn file(syntax: &str, parts: &[Part<'_>], pixels: &[u8]) -> Vec<u8> {
        let mut bytes = [&[0; 128][..], b"DICM"].concat();
        let mut element = |(group, part): (u16, u16), holds: &str, value: &[u8]| {
            bytes.extend([group.to_le_bytes(), part.to_le_bytes()].concat());
            bytes.extend(holds.as_bytes());
            if holds == "OW" {
                bytes.extend([0, 0]);
                bytes.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
            } else {
                bytes.extend(u16::try_from(value.len()).unwrap().to_le_bytes());
            }
            bytes.extend(value);
        };
        element(TRANSFER_SYNTAX, "UI", syntax.as_bytes());
        parts.iter().for_each(|(tag, holds, value)| element(*tag, holds, value));
        element(PIXELS, "OW", pixels);
        bytes
    }

    fn grey_parts(allocated: u16, stored: u16, signed: u16) -> Vec<Part<'static>> {
        let short = |value: u16| value.to_le_bytes().to_vec();
        vec![
            ((0x0028, 0x0002), "US", short(1)),
            ((0x0028, 0x0004), "CS", b"MONOCHROME2 ".to_vec()),
            ((0x0028, 0x0010), "US", short(1)),
            ((0x0028, 0x0011), "US", short(3)),
            ((0x0028, 0x0100), "US", short(allocated)),
            ((0x0028, 0x0101), "US", short(stored)),
            ((0x0028, 0x0102), "US", short(stored - 1)),
            ((0x0028, 0x0103), "US", short(signed)),
        ]
    }

    fn shades(parts: &[Part<'_>], values: &[u16]) -> Vec<u8> {
        let pixels: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        let bytes = file(EXPLICIT, parts, &pixels);
        let frame = read_frame(&bytes).unwrap();
        let Colours::Grey(grey) = &frame.colours else { unreachable!("{frame:?}") };
        let shades = grey.shades(values.iter().copied());
        values.iter().map(|value| shades[usize::from(*value)]).collect()
    }

    #[test]
    fn without_a_window_the_least_is_black_and_the_largest_white() {
        let mut parts = grey_parts(16, 12, 0);
        assert_eq!(shades(&parts, &[100, 300, 200]), [0, 255, 128]);
        parts[1].2 = b"MONOCHROME1 ".to_vec();
        assert_eq!(shades(&parts, &[100, 300, 200]), [255, 0, 128]);
        let short = |value: u16| value.to_le_bytes().to_vec();
        parts.push(((0x0028, 0x0120), "US", short(0)));
        assert_eq!(shades(&parts, &[0, 300, 200])[1..], [0, 255], "what is no part of it does not count");
    }

    #[test]
    fn a_window_is_gone_through_as_the_standard_has_it_on_rescaled_values() {
        let mut parts = grey_parts(16, 16, 1);
        parts.push(((0x0028, 0x1050), "DS", b"40\\500".to_vec()));
        parts.push(((0x0028, 0x1051), "DS", b"400 ".to_vec()));
        parts.push(((0x0028, 0x1052), "DS", b"-1024 ".to_vec()));
        parts.push(((0x0028, 0x1053), "DS", b"1 ".to_vec()));
        // -160 and below is black, above 239 white, and 39.5 is in the middle (C.11.2.1.2.1).
        assert_eq!(shades(&parts, &[863, 1264, 1064]), [0, 255, 128]);
        let below = u16::from_le_bytes((-2000_i16).to_le_bytes());
        assert_eq!(shades(&parts, &[below, 864, 1263])[0], 0, "below zero");
    }

    #[test]
    fn only_the_bits_that_count_are_looked_at() {
        let parts = grey_parts(16, 12, 0);
        assert_eq!(shades(&parts, &[0xf000, 0x0fff, 0x0800]), [0, 255, 128]);
    }

    #[test]
    fn the_first_of_several_pictures_is_shown_and_all_are_counted() {
        let mut parts = grey_parts(8, 8, 0);
        parts.insert(2, ((0x0028, 0x0008), "IS", b"2 ".to_vec()));
        let bytes = file(EXPLICIT, &parts, &[1, 2, 3, 4, 5, 6]);
        let frame = read_frame(&bytes).unwrap();
        assert_eq!((frame.width, frame.height, frame.frames), (3, 1, 2));
        assert_eq!(frame.packed, Packed::Plain(&[1, 2, 3]));
    }

    #[test]
    fn a_jpeg_in_parts_is_put_together_up_to_its_end() {
        let parts = grey_parts(8, 8, 0);
        let whole = file(JPEG_BASELINE, &parts, &[]);
        let mut bytes = whole[..whole.len() - 4].to_vec();
        bytes.extend(OPEN.to_le_bytes());
        for part in [&[][..], &[0xff, 0xd8, 1, 2], &[3, 0xff, 0xd9, 0], &[0xff, 0xd8, 9, 9]] {
            bytes.extend(b"\xfe\xff\x00\xe0");
            bytes.extend(u32::try_from(part.len()).unwrap().to_le_bytes());
            bytes.extend(part);
        }
        bytes.extend(b"\xfe\xff\xdd\xe0\0\0\0\0");
        let frame = read_frame(&bytes).unwrap();
        assert_eq!(frame.packed, Packed::Jpeg(vec![0xff, 0xd8, 1, 2, 3, 0xff, 0xd9, 0]));
    }

    #[test]
    fn what_is_not_known_is_not_drawn() {
        let short = |value: u16| value.to_le_bytes().to_vec();
        let with = |at: usize, value: Vec<u8>| {
            let mut parts = grey_parts(8, 8, 0);
            parts[at].2 = value;
            file(EXPLICIT, &parts, &[1, 2, 3])
        };
        for (bytes, why) in [
            (file("1.2.840.10008.1.2.4.90", &grey_parts(8, 8, 0), &[1, 2, 3]), Undrawn::Unknown),
            (file(JPEG_BASELINE, &grey_parts(8, 8, 0), &[1, 2, 3]), Undrawn::Unknown),
            (with(1, b"PALETTE COLOR ".to_vec()), Undrawn::Unknown),
            (with(4, short(32)), Undrawn::Unknown),
            (with(5, short(9)), Undrawn::Unknown),
            (with(2, short(2)), Undrawn::Without),
            (with(2, short(0)), Undrawn::Without),
            (with(3, short(12_001)), Undrawn::TooLarge),
            (vec![0; 132], Undrawn::Without),
        ] {
            assert_eq!(read_frame(&bytes), Err(why));
        }
        let mut long = grey_parts(8, 8, 0);
        long.insert(4, ((0x0028, 0x0034), "IS", b"1\\2 ".to_vec()));
        assert_eq!(read_frame(&file(EXPLICIT, &long, &[1, 2, 3])), Err(Undrawn::Unknown));
        long[4].2 = b"1\\1 ".to_vec();
        assert!(read_frame(&file(EXPLICIT, &long, &[1, 2, 3])).is_ok());
    }

    proptest! {
        #[test]
        fn no_bytes_keep_it_from_ending(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let file = [&[0; 128][..], b"DICM", &bytes].concat();
            drop(read_frame(&file));
        }

        #[test]
        fn a_file_cut_anywhere_or_with_one_byte_otherwise_is_read_or_not(at in 0..300_usize, byte: u8) {
            let mut bytes = file(EXPLICIT, &grey_parts(8, 8, 0), &[1, 2, 3]);
            let end = at.min(bytes.len());
            drop(read_frame(&bytes[..end]));
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            if let Ok(Frame { colours: Colours::Grey(grey), .. }) = read_frame(&bytes) {
                prop_assert_eq!(grey.shades([1, 2].into_iter()).len(), if grey.bytes == 1 { 256 } else { 65_536 });
            }
        }
    }
}
