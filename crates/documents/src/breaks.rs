//! Where lines end: the breaks that leave a paragraph's edge calmest, not the first that fit.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

use crate::length::Length;

/// Widths of a text, collected by the byte at which a glyph's text starts.
pub(crate) struct Measured<'a> {
    text: &'a str,
    widths: Vec<Length>,
}

/// A text with the sum of all widths before each byte.
pub(crate) struct Sums<'a> {
    text: &'a str,
    before: Vec<Length>,
}

impl<'a> Measured<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, widths: vec![Length::ZERO; text.len()] }
    }

    pub(crate) fn add(&mut self, byte: usize, width: Length) {
        if let Some(sum) = self.widths.get_mut(byte) {
            *sum += width;
        }
    }

    pub(crate) fn finish(self) -> Sums<'a> {
        let mut before = Vec::with_capacity(self.widths.len() + 1);
        let mut sum = Length::ZERO;
        before.push(sum);
        for width in self.widths {
            sum += width;
            before.push(sum);
        }
        Sums { text: self.text, before }
    }
}

impl Sums<'_> {
    /// The width of a stretch without the space at its end.
    fn width(&self, range: Range<usize>) -> Length {
        let end = range.start + self.text[range.clone()].trim_end().len();
        self.before[end] - self.before[range.start]
    }
}

/// The lines of a text, each no wider than `width` unless a single letter is.
pub(crate) fn lines(sums: &Sums<'_>, kept: &[Range<usize>], width: Length) -> Vec<Range<usize>> {
    let stops = stops(sums, kept, width);
    let mut best = vec![(0_i64, 0_usize); stops.len()];
    for end in 1..stops.len() {
        let mut choice = (i64::MAX, end - 1);
        for start in (0..end).rev() {
            let taken = sums.width(stops[start]..stops[end]);
            if taken > width && start + 1 < end {
                break;
            }
            let cost = best[start].0 + cost(taken, width, end + 1 == stops.len());
            if cost <= choice.0 {
                choice = (cost, start);
            }
        }
        best[end] = choice;
    }
    let mut lines = Vec::new();
    let mut end = stops.len() - 1;
    while end > 0 {
        let start = best[end].1;
        lines.push(stops[start]..stops[end]);
        end = start;
    }
    lines.reverse();
    lines
}

/// The square of the part left empty, and a fee for each line; a last line may be short, but a
/// lone short word looks lost.
fn cost(taken: Length, width: Length, last: bool) -> i64 {
    const LINE: i64 = 40_000;
    const LONE: i64 = 60_000;
    let width = width.thousandths().max(1);
    let part = (width - taken.thousandths()).max(0) * 1000 / width;
    match last {
        false => LINE + part * part,
        true if part > 800 => LINE + LONE,
        true => LINE,
    }
}

/// All places at which a line may end, the text's start and end among them. A kept stretch, then
/// a single word, is opened only when it is wider than a whole line.
fn stops(sums: &Sums<'_>, kept: &[Range<usize>], width: Length) -> Vec<usize> {
    let natural: Vec<usize> = linebreaks(sums.text).map(|(place, _)| place).collect();
    let is_open = |place: usize| {
        let next = kept.partition_point(|stretch| stretch.end <= place);
        kept.get(next).is_none_or(|stretch| place <= stretch.start)
    };
    let loose: Vec<usize> = natural.iter().copied().filter(|place| is_open(*place)).collect();
    let mut stops = vec![0];
    refine(sums, &loose, width, &mut stops, |start, end, stops| {
        let inner: Vec<usize> =
            natural.iter().copied().filter(|place| start < *place && *place <= end).collect();
        refine(sums, &inner, width, stops, |start, end, stops| {
            stops.extend(
                sums.text[start..end].grapheme_indices(true).skip(1).map(|(offset, _)| start + offset),
            );
        });
    });
    if stops.last() != Some(&sums.text.len()) {
        stops.push(sums.text.len());
    }
    stops
}

fn refine(
    sums: &Sums<'_>,
    places: &[usize],
    width: Length,
    stops: &mut Vec<usize>,
    open: impl Fn(usize, usize, &mut Vec<usize>),
) {
    for &place in places {
        let start = stops.last().copied().unwrap_or(0);
        if place <= start {
            continue;
        }
        if sums.width(start..place) > width {
            open(start, place, stops);
        }
        if stops.last().is_none_or(|last| *last < place) {
            stops.push(place);
        }
    }
}
