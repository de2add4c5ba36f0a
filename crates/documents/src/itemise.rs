//! Text cut into items: stretches of one face, script, weight and direction.

use std::ops::Range;

use unicode_bidi::Level;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use crate::error::DocumentError;
use crate::fonts::{Face, Weight};
use crate::text::Span;

/// A text up to a hard line end, canonically composed.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    pub text: String,
    /// Stretches of one weight, in order.
    pub weights: Vec<(Range<usize>, Weight)>,
    /// Stretches that stay on one line.
    pub kept: Vec<Range<usize>>,
}

/// A stretch that is shaped at once.
#[derive(Debug)]
pub(crate) struct Item {
    pub range: Range<usize>,
    pub face: Face,
    pub script: Script,
    pub level: Level,
}

/// Joins spans and cuts them at hard line ends.
pub(crate) fn paragraphs(spans: &[Span<'_>]) -> Result<Vec<Paragraph>, DocumentError> {
    let mut paragraphs = vec![Paragraph::default()];
    for span in spans {
        for (index, piece) in span.text.split(['\n', '\u{2028}', '\u{2029}']).enumerate() {
            if index > 0 {
                paragraphs.push(Paragraph::default());
            }
            let Some(paragraph) = paragraphs.last_mut() else { continue };
            let start = paragraph.text.len();
            for character in piece.nfc() {
                paragraph.text.extend(printable(character)?);
            }
            let range = start..paragraph.text.len();
            if range.is_empty() {
                continue;
            }
            if span.keep_together {
                paragraph.kept.push(range.clone());
            }
            paragraph.weights.push((range, span.weight));
        }
    }
    paragraphs.retain(|paragraph| !paragraph.text.trim().is_empty());
    Ok(paragraphs)
}

/// Cuts a paragraph into items; `levels` has one entry a byte.
pub(crate) fn items(paragraph: &Paragraph, levels: &[Level]) -> Result<Vec<Item>, DocumentError> {
    let mut items: Vec<Item> = Vec::new();
    for (weighed, weight) in &paragraph.weights {
        let mut first = true;
        for (offset, grapheme) in paragraph.text[weighed.clone()].grapheme_indices(true) {
            let start = weighed.start + offset;
            let range = start..start + grapheme.len();
            let level = levels.get(start).copied().unwrap_or(Level::ltr());
            let before = items.last().filter(|_| !first);
            let face = face_for(grapheme, *weight, before.map(|item| item.face))?;
            let script = script_of(grapheme);
            first = false;
            match items.last_mut() {
                Some(item)
                    if item.range.end == start
                        && item.face == face
                        && item.level == level
                        && weighed.contains(&item.range.start)
                        && (item.script == script || is_common(script) || is_common(item.script)) =>
                {
                    if is_common(item.script) {
                        item.script = script;
                    }
                    item.range.end = range.end;
                }
                _ => items.push(Item { range, face, script, level }),
            }
        }
    }
    Ok(items)
}

/// What a character becomes on paper; `None` leaves it out because it has no ink by its nature.
fn printable(character: char) -> Result<Option<char>, DocumentError> {
    match character {
        '\t' => Ok(Some(' ')),
        // A soft hyphen asks for a hyphenation that is not done here.
        '\r' | '\u{AD}' => Ok(None),
        // An override would print a name in another order than the one that is signed.
        '\u{202D}' | '\u{202E}' => Err(DocumentError::NoGlyph { character }),
        _ if character.is_control() => Err(DocumentError::NoGlyph { character }),
        _ => Ok(Some(character)),
    }
}

/// The signs of `text` that no face can draw on paper, each once, in their order.
#[must_use]
pub fn undrawn(text: &str) -> Vec<char> {
    let mut found: Vec<char> = Vec::new();
    let mut add = |refused: Result<(), DocumentError>| {
        if let Err(DocumentError::NoGlyph { character }) = refused
            && !found.contains(&character)
        {
            found.push(character);
        }
    };
    let mut kept = String::new();
    for character in text.nfc().filter(|character| !['\n', '\u{2028}', '\u{2029}'].contains(character)) {
        match printable(character) {
            Ok(character) => kept.extend(character),
            Err(error) => add(Err(error)),
        }
    }
    for grapheme in kept.graphemes(true) {
        for weight in [Weight::Regular, Weight::SemiBold] {
            add(face_for(grapheme, weight, None).map(drop));
        }
    }
    found
}

fn face_for(grapheme: &str, weight: Weight, before: Option<Face>) -> Result<Face, DocumentError> {
    let covers = |face: &Face| grapheme.chars().all(|c| is_invisible(c) || face.glyph(c).is_some());
    let follows = grapheme.chars().all(|c| c.is_whitespace() || is_invisible(c));
    if let Some(face) = before.filter(|face| follows && covers(face)) {
        return Ok(face);
    }
    if let Some(face) = weight.chain().iter().copied().find(|face| covers(face)) {
        return Ok(face);
    }
    let known = |c: &char| is_invisible(*c) || weight.chain().iter().any(|face| face.glyph(*c).is_some());
    let mut characters = grapheme.chars();
    let character = characters.find(|c| !known(c)).or(grapheme.chars().last());
    Err(DocumentError::NoGlyph { character: character.unwrap_or(char::REPLACEMENT_CHARACTER) })
}

fn script_of(grapheme: &str) -> Script {
    grapheme.chars().map(|c| c.script()).find(|script| !is_common(*script)).unwrap_or(Script::Common)
}

fn is_common(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// Characters that steer joining, breaking or direction and have no ink.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202C}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}
