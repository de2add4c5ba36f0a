//! Lines to pages: no page ends or begins with a lone line of a paragraph, and the signature never
//! stands on a page without text.

use crate::length::Length;
use crate::text::Line;

/// A line of running text.
#[derive(Debug)]
pub(crate) struct Row {
    pub line: Line,
    /// Which paragraph it belongs to.
    pub paragraph: usize,
    /// Kept free above it unless it is the first of its page.
    pub before: Length,
    pub height: Length,
    /// Its place in its paragraph, from 0.
    pub index: usize,
    /// How many lines its paragraph has from here on, itself among them.
    pub left: usize,
}

/// Lines that stay with the signature.
const WITH_SIGNATURE: usize = 2;

/// How many rows stand on each page. `open` is the room of the first and of each further page,
/// `signed` the room when the page also bears the signature.
pub(crate) fn pages(rows: &[Row], open: [Length; 2], signed: [Length; 2]) -> Vec<usize> {
    let mut pages = Vec::new();
    let mut rest = rows;
    loop {
        let further = usize::from(!pages.is_empty());
        if fitting(rest, signed[further]) == rest.len() {
            pages.push(rest.len());
            return pages;
        }
        let most = fitting(rest, open[further]).min(rest.len().saturating_sub(WITH_SIGNATURE));
        // Only a first page can be too full for two lines; they go on with the signature.
        let taken = whole_lines(rest, most).max(usize::from(rest.len() > WITH_SIGNATURE));
        pages.push(taken);
        rest = &rest[taken..];
    }
}

/// How many rows a room holds.
fn fitting(rows: &[Row], room: Length) -> usize {
    let mut used = Length::ZERO;
    rows.iter()
        .enumerate()
        .take_while(|(place, row)| {
            used += row.height + if *place == 0 { Length::ZERO } else { row.before };
            used <= room
        })
        .count()
}

/// At most `most` rows, fewer where the cut would leave one line of a paragraph alone.
fn whole_lines(rows: &[Row], most: usize) -> usize {
    let mut taken = most;
    while taken > 1 {
        let (Some(last), Some(next)) = (rows.get(taken - 1), rows.get(taken)) else { break };
        let lone_below = next.index > 0 && next.left == 1;
        let lone_above = last.index == 0 && last.left > 1;
        if !lone_below && !lone_above {
            break;
        }
        taken -= 1;
    }
    taken
}
