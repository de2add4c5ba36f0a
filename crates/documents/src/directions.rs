//! Directions of letters by the Unicode Bidirectional Algorithm (UAX #9).

use std::ops::Range;

use unicode_bidi::{Level, ParagraphBidiInfo};

/// The directions in one paragraph.
pub(crate) struct Directions {
    base: Level,
    /// One a byte.
    pub levels: Vec<Level>,
}

impl Directions {
    /// Resolves a paragraph; `kept` is in order. A kept stretch is isolated from what stands round it: a date amid
    /// Arabic would else be printed with its day and year exchanged.
    pub(crate) fn new(text: &str, kept: &[Range<usize>], right_to_left: bool) -> Self {
        const OPEN: char = '\u{2068}';
        const CLOSE: char = '\u{2069}';
        let base = if right_to_left { Level::rtl() } else { Level::ltr() };
        let mut isolated = String::with_capacity(text.len() + kept.len() * 6);
        let mut own = Vec::with_capacity(text.len());
        let mut opened = kept.iter().map(|stretch| stretch.start).peekable();
        let mut closed = kept.iter().map(|stretch| stretch.end).peekable();
        for (byte, character) in text.char_indices() {
            if closed.next_if_eq(&byte).is_some() {
                isolated.push(CLOSE);
            }
            if opened.next_if_eq(&byte).is_some() {
                isolated.push(OPEN);
            }
            own.extend(isolated.len()..isolated.len() + character.len_utf8());
            isolated.push(character);
        }
        let resolved = ParagraphBidiInfo::new(&isolated, Some(base)).levels;
        let levels = own.into_iter().map(|byte| resolved.get(byte).copied().unwrap_or(base)).collect();
        Self { base, levels }
    }

    /// The stretches of one line in the order in which they stand on paper, from left to right.
    pub(crate) fn visual(&self, text: &str, line: Range<usize>) -> Vec<Range<usize>> {
        let trimmed = line.start + text[line.clone()].trim_end().len();
        // Space at a line's end goes with the paragraph (rule L1).
        let level = |byte: usize| match self.levels.get(byte) {
            Some(level) if byte < trimmed => *level,
            _ => self.base,
        };
        let mut runs: Vec<Range<usize>> = Vec::new();
        for byte in line {
            match runs.last_mut() {
                Some(run) if level(run.start) == level(byte) => run.end = byte + 1,
                _ => runs.push(byte..byte + 1),
            }
        }
        let levels: Vec<Level> = runs.iter().map(|run| level(run.start)).collect();
        let order = ParagraphBidiInfo::reorder_visual(&levels);
        order.into_iter().filter_map(|index| runs.get(index).cloned()).collect()
    }

    pub(crate) fn is_rightwards(&self, byte: usize) -> bool {
        self.levels.get(byte).is_none_or(Level::is_ltr)
    }
}
