//! Rows to pages: no page ends or begins with a lone line of a paragraph, and the signature never
//! stands on a page without text.

use crate::length::Length;
use crate::rows::Row;

/// Rows that stay with the signature.
const WITH_SIGNATURE: usize = 2;

/// How many rows stand on each page; nothing where one of them is higher than a page. `open` is the room of the first and of
/// each further page.
pub(crate) fn pages(rows: &[Row], open: [Length; 2]) -> Option<Vec<usize>> {
    let mut pages = Vec::new();
    let mut rest = rows;
    loop {
        let further = usize::from(!pages.is_empty());
        let most = fitting(rest, open[further], further == 1);
        if most == rest.len() {
            pages.push(most);
            return Some(pages);
        }
        let taken = whole_lines(rest, most);
        if taken == 0 {
            return None;
        }
        pages.push(taken);
        rest = &rest[taken..];
    }
}

/// The same of what is signed at the end of its last page; `signed` is the room of a page that also bears the signature.
pub(crate) fn signed_pages(rows: &[Row], open: [Length; 2], signed: [Length; 2]) -> Vec<usize> {
    let mut pages = Vec::new();
    let mut rest = rows;
    loop {
        let further = usize::from(!pages.is_empty());
        if fitting(rest, signed[further], further == 1) == rest.len() {
            pages.push(rest.len());
            return pages;
        }
        let fits = fitting(rest, open[further], further == 1);
        let most = fits.min(rest.len().saturating_sub(WITH_SIGNATURE));
        // Only a first page can be too full for two lines; they go on with the signature.
        let taken = whole_lines(rest, most).max(usize::from(rest.len() > WITH_SIGNATURE));
        pages.push(taken);
        rest = &rest[taken..];
    }
}

/// How many rows a room holds, with the heads that a `further` page repeats.
fn fitting(rows: &[Row], room: Length, further: bool) -> usize {
    let heads = rows.first().and_then(|row| row.heads.as_ref()).filter(|_| further);
    let mut used = heads.map_or(Length::ZERO, |heads| heads.height);
    let mut after = Length::ZERO;
    rows.iter()
        .enumerate()
        .take_while(|(place, row)| {
            used += after + row.height + if *place == 0 { Length::ZERO } else { row.before };
            after = row.after;
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
