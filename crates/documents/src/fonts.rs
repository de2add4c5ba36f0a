//! The bundled faces: what each covers, its measures, its bytes.

use std::sync::OnceLock;

use crate::error::DocumentError;

/// One font file of `fonts/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Face {
    Inter,
    InterSemiBold,
    Noto,
    NotoSemiBold,
    Arabic,
    ArabicSemiBold,
    Devanagari,
    DevanagariSemiBold,
    Hebrew,
    HebrewBold,
    Thai,
    ThaiBold,
    Hangul,
    Han,
    Mono,
}

const COUNT: usize = 15;

const BYTES: [&[u8]; COUNT] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-SemiBold.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-SemiBold.ttf"),
    include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
    include_bytes!("../fonts/NotoSansDevanagari-SemiBold.ttf"),
    include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/NotoSansHebrew-Bold.ttf"),
    include_bytes!("../fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../fonts/NotoSansThai-Bold.ttf"),
    include_bytes!("../fonts/NanumSquareR.ttf"),
    include_bytes!("../fonts/DroidSansFallbackFull.ttf"),
    include_bytes!("../fonts/JetBrainsMono-Medium.ttf"),
];

/// Six capitals each: they become the subset tag before the face's name (ISO 32000-1, 9.6.4).
const TAGS: [&str; COUNT] = [
    "CDINTR", "CDINTS", "CDNOTR", "CDNOTS", "CDARAR", "CDARAS", "CDDEVR", "CDDEVS", "CDHEBR", "CDHEBB",
    "CDTHAR", "CDTHAB", "CDHGLR", "CDHANR", "CDMONO",
];

static SHAPERS: [OnceLock<Option<rustybuzz::Face<'static>>>; COUNT] = [const { OnceLock::new() }; COUNT];

/// The voice of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
    Mono,
}

impl Weight {
    /// The faces to try for a character, in order.
    pub(crate) const fn chain(self) -> &'static [Face] {
        match self {
            Self::Regular => &[
                Face::Inter,
                Face::Noto,
                Face::Arabic,
                Face::Devanagari,
                Face::Hebrew,
                Face::Thai,
                Face::Hangul,
                Face::Han,
            ],
            // Hangul, Han and kana have one weight.
            Self::SemiBold => &[
                Face::InterSemiBold,
                Face::NotoSemiBold,
                Face::ArabicSemiBold,
                Face::DevanagariSemiBold,
                Face::HebrewBold,
                Face::ThaiBold,
                Face::Hangul,
                Face::Han,
            ],
            Self::Mono => &[Face::Mono],
        }
    }
}

impl Face {
    /// The font file.
    pub(crate) const fn bytes(self) -> &'static [u8] {
        BYTES[self as usize]
    }

    /// The name under which a document holds this face.
    pub(crate) const fn tag(self) -> &'static str {
        TAGS[self as usize]
    }

    /// The face made ready for shaping, once a process.
    pub(crate) fn shaper(self) -> Result<&'static rustybuzz::Face<'static>, DocumentError> {
        SHAPERS[self as usize]
            .get_or_init(|| rustybuzz::Face::from_slice(self.bytes(), 0))
            .as_ref()
            .ok_or_else(|| DocumentError::Writer { reason: format!("the face {self:?} is damaged") })
    }

    /// The glyph of a character by itself.
    pub(crate) fn glyph(self, character: char) -> Option<u16> {
        self.shaper().ok()?.glyph_index(character).map(|glyph| glyph.0)
    }
}
