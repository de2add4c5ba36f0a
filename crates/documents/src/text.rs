//! Text to lines: faces, shaping, direction and breaks.

use std::ops::Range;

use crate::breaks::{self, Measured};
use crate::directions::Directions;
use crate::error::DocumentError;
use crate::fonts::{Face, Weight};
use crate::itemise::{self, Item};
use crate::length::Length;
use crate::shape;

/// A stretch of text in one voice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span<'a> {
    pub text: &'a str,
    pub weight: Weight,
    /// Never broken over two lines while it fits on one.
    pub keep_together: bool,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'a> {
    pub size: Length,
    /// The widest a line may be.
    pub width: Length,
    /// Added after each letter of scripts whose letters stand apart.
    pub tracking: Length,
    pub language: &'a Language,
}

/// The language of a document: it decides the base direction and the local forms of letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    pub tag: String,
    pub right_to_left: bool,
}

/// One line, its runs from left to right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub runs: Vec<GlyphRun>,
    /// Without the space at its end.
    pub width: Length,
}

/// Glyphs of one face in the order in which they stand on paper, from left to right.
#[derive(Clone, Debug)]
pub(crate) struct GlyphRun {
    pub face: Face,
    pub size: Length,
    pub text: String,
    pub glyphs: Vec<Glyph>,
}

/// A placed glyph; measures in the face's own units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    pub id: u16,
    pub advance: i32,
    pub right: i32,
    pub up: i32,
    /// Where the text it stands for starts in its run's text.
    pub cluster: usize,
}

impl<'a> Span<'a> {
    pub(crate) fn new(text: &'a str, weight: Weight) -> Self {
        Self { text, weight, keep_together: false }
    }
}

impl Language {
    /// From a BCP 47 tag; a script subtag decides the direction, else the language.
    pub(crate) fn new(tag: &str) -> Self {
        const LANGUAGES: [&str; 11] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur"];
        const SCRIPTS: [&str; 5] = ["arab", "hebr", "nkoo", "syrc", "thaa"];
        let lower = tag.to_ascii_lowercase();
        let mut parts = lower.split('-');
        let primary = parts.next().unwrap_or_default();
        let script = parts.find(|part| part.len() == 4 && part.chars().all(char::is_alphabetic));
        let right_to_left = match script {
            Some(script) => SCRIPTS.contains(&script),
            None => LANGUAGES.contains(&primary),
        };
        Self { tag: tag.to_owned(), right_to_left }
    }
}

/// Sets a text in as many lines as it needs; a text of nothing but spaces gives none.
pub(crate) fn lines(spans: &[Span<'_>], setting: &Setting<'_>) -> Result<Vec<Line>, DocumentError> {
    let mut lines = Vec::new();
    for paragraph in itemise::paragraphs(spans)? {
        lines.extend(paragraph_lines(&paragraph, setting)?);
    }
    Ok(lines)
}

/// Sets a text in one line, however long.
pub(crate) fn line(text: &str, weight: Weight, setting: &Setting<'_>) -> Result<Line, DocumentError> {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let unbounded = Setting { width: Length::pt(1_000_000), ..*setting };
    let lines = lines(&[Span::new(&one_line, weight)], &unbounded)?;
    Ok(lines.into_iter().next().unwrap_or_default())
}

fn paragraph_lines(
    paragraph: &itemise::Paragraph,
    setting: &Setting<'_>,
) -> Result<Vec<Line>, DocumentError> {
    let text = paragraph.text.as_str();
    let directions = Directions::new(text, &paragraph.kept, setting.language.right_to_left);
    let items = itemise::items(paragraph, &directions.levels)?;
    let mut measured = Measured::new(text);
    for item in &items {
        let run = shape::run(text, item.range.clone(), item, setting)?;
        for glyph in &run.glyphs {
            measured.add(item.range.start + glyph.cluster, run.width_of(glyph)?);
        }
    }
    breaks::lines(&measured.finish(), &paragraph.kept, setting.width)
        .into_iter()
        .map(|range| set_line(text, range, &directions, &items, setting))
        .collect()
}

fn set_line(
    text: &str,
    range: Range<usize>,
    directions: &Directions,
    items: &[Item],
    setting: &Setting<'_>,
) -> Result<Line, DocumentError> {
    let trimmed = range.start + text[range.clone()].trim_end().len();
    // A space at the end of a line is kept where it hangs past the margin, so that copied text
    // does not run two words together; from right to left it would push the line inwards.
    let end = if setting.language.right_to_left { trimmed } else { range.end };
    let mut line = Line::default();
    for part in directions.visual(text, range.start..end) {
        let mut pieces = items
            .iter()
            .map(|item| (item, item.range.start.max(part.start)..item.range.end.min(part.end)))
            .filter(|(_, piece)| !piece.is_empty())
            .collect::<Vec<_>>();
        if !directions.is_rightwards(part.start) {
            pieces.reverse();
        }
        for (item, piece) in pieces {
            let run = shape::run(text, piece.clone(), item, setting)?;
            for glyph in &run.glyphs {
                if piece.start + glyph.cluster < trimmed {
                    line.width += run.width_of(glyph)?;
                }
            }
            line.runs.push(run);
        }
    }
    Ok(line)
}

impl GlyphRun {
    /// How far the pen moves after this glyph.
    pub(crate) fn width_of(&self, glyph: &Glyph) -> Result<Length, DocumentError> {
        Ok(self.size.times(i64::from(glyph.advance), i64::from(self.face.shaper()?.units_per_em())))
    }
}
