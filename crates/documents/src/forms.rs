//! Blank forms: a page of boxes that are filled in by hand.

use crate::boxes;
use crate::error::{DocumentError, Part};
use crate::file::{self, About};
use crate::fonts::Weight;
use crate::layout::{Align, Desk};
use crate::length::Length;
use crate::letterhead::{self, Letterhead};
use crate::moment::Moment;
use crate::page::{INK, MUTED, Role};
use crate::paper::Paper;
use crate::text::Language;

/// A blank form of one page, every word of it a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The paper.
    pub paper: Paper,
    /// The language of the text, a BCP 47 tag.
    pub language: String,
    /// The clinic.
    pub letterhead: Letterhead,
    /// The heading.
    pub title: String,
    /// The boxes, from top to bottom.
    pub rows: Vec<Boxes>,
    /// What stands in the foot.
    pub foot: String,
    /// Who is named as author in the file's metadata.
    pub author: String,
    /// What the file's metadata say it is about.
    pub subject: String,
    /// When it was made.
    pub created: Moment,
}

/// Boxes side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boxes {
    /// Their labels.
    pub labels: Vec<String>,
    /// How many lines of handwriting they hold.
    pub lines: u16,
}

/// A line of handwriting below the label; on a full page lines are lower, as far as a hand can still write in them.
const HAND: Length = Length::mm(8);
const LOWEST_HAND: Length = Length::mm(6);

/// Renders a form; the same value gives the same bytes.
///
/// # Errors
/// [`DocumentError`] names the character or part that cannot be printed.
pub fn render(form: &Form) -> Result<Vec<u8>, DocumentError> {
    let language = Language::new(&form.language);
    let mut desk = Desk::new(form.paper, &language);
    let grid = desk.grid;
    let top = letterhead::put(&mut desk, &form.letterhead)? + grid.unit * 6;
    let title = desk.set(&form.title, Weight::SemiBold, grid.title, grid.whole().width)?;
    let block = desk.canvas.block(Role::Title);
    let start = (grid.whole(), Align::Start);
    let mut top = desk.put_lines(block, title, start, top, (grid.title, INK)) + grid.unit * 3;
    let gap = boxes::gap(&desk);
    let labels: Length = form.rows.iter().map(|_| grid.fine.leading + gap).sum();
    let lines: i64 = form.rows.iter().map(|row| i64::from(row.lines)).sum();
    let hand = HAND.min((grid.bottom + gap - top - labels) / lines.max(1));
    if hand < LOWEST_HAND {
        return Err(DocumentError::DoesNotFit { part: Part::Text });
    }
    for row in &form.rows {
        let height = grid.fine.leading + hand * i64::from(row.lines);
        let across = i64::try_from(row.labels.len()).unwrap_or(i64::MAX);
        boxes::put(&mut desk, &row.labels, across, height, top)?;
        top += height + gap;
    }
    let line = desk.fit(&form.foot, Weight::Regular, grid.fine.size, grid.whole().width)?;
    let block = desk.canvas.block(Role::Paragraph);
    desk.put_line(block, line, start, grid.foot, MUTED);
    let about = About {
        language: &form.language,
        title: &form.title,
        author: &form.author,
        subject: &form.subject,
        created: form.created,
    };
    file::write(&desk.canvas, &about)
}
