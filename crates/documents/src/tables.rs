//! Lists on paper: rows under heads that are repeated on every page.

use crate::error::{DocumentError, Part};
use crate::file::{self, About};
use crate::fonts::Weight;
use crate::layout::{Align, Column, Desk, Type};
use crate::length::{Area, Length};
use crate::letterhead::{self, Letterhead};
use crate::moment::Moment;
use crate::page::{Color, INK, Item, LINE, MUTED, Role};
use crate::paper::Paper;
use crate::text::{Language, Line};

/// A list, every word of it a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The paper.
    pub paper: Paper,
    /// The language of the text, a BCP 47 tag.
    pub language: String,
    /// The clinic.
    pub letterhead: Letterhead,
    /// The heading.
    pub title: String,
    /// The columns, from the side at which reading begins.
    pub heads: Vec<Head>,
    /// The rows: a text for each column; what is missing stays empty.
    pub rows: Vec<Vec<String>>,
    /// What stands in the foot of each page, before the page's number.
    pub foot: String,
    /// Who is named as author in the file's metadata.
    pub author: String,
    /// What the file's metadata say it is about.
    pub subject: String,
    /// When it was made.
    pub created: Moment,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its words.
    pub label: String,
    /// Its part of the width, against the parts of the others.
    pub share: u16,
}

/// A list of more pages is several lists.
const MOST_PAGES: usize = 100;

/// Renders a list; the same value gives the same bytes.
///
/// # Errors
/// [`DocumentError`] names the character or part that cannot be printed.
pub fn render(table: &Table) -> Result<Vec<u8>, DocumentError> {
    let language = Language::new(&table.language);
    let mut desk = Desk::new(table.paper, &language);
    let grid = desk.grid;
    let top = letterhead::put(&mut desk, &table.letterhead)? + grid.unit * 6;
    let title = desk.set(&table.title, Weight::SemiBold, grid.title, grid.whole().width)?;
    let block = desk.canvas.block(Role::Title);
    let start = (grid.whole(), Align::Start);
    let top = desk.put_lines(block, title, start, top, (grid.title, INK)) + grid.unit * 3;
    put_rows(&mut desk, &table.heads, &table.rows, &table.foot, top)?;
    put_foot(&mut desk, &table.foot)?;
    let about = About {
        language: &table.language,
        title: &table.title,
        author: &table.author,
        subject: &table.subject,
        created: table.created,
    };
    file::write(&desk.canvas, &about)
}

/// Puts rows under their heads, which each page repeats, and gives the lower edge of the last.
pub(crate) fn put_rows(
    desk: &mut Desk<'_>,
    heads: &[Head],
    rows: &[Vec<String>],
    foot: &str,
    top: Length,
) -> Result<Length, DocumentError> {
    let grid = desk.grid;
    let columns = columns(desk, heads);
    let heads: Vec<String> = heads.iter().map(|head| head.label.clone()).collect();
    let mut top = put_heads(desk, &columns, &heads, top)?;
    for row in rows {
        let cells = set(desk, &columns, row, Weight::Regular, grid.small)?;
        let height = height(&cells, grid.small) + grid.unit * 3;
        if top + height > grid.bottom {
            put_foot(desk, foot)?;
            if desk.canvas.pages.len() == MOST_PAGES {
                return Err(DocumentError::TooLong { limit: MOST_PAGES });
            }
            desk.canvas.turn();
            top = put_heads(desk, &columns, &heads, grid.top)?;
        }
        if top + height > grid.bottom {
            return Err(DocumentError::DoesNotFit { part: Part::Text });
        }
        put(desk, &columns, cells, top + grid.unit, (grid.small, INK));
        top += height;
        put_rule(desk, top);
    }
    Ok(top)
}

/// The columns by their shares of the width, a gap apart.
fn columns(desk: &Desk<'_>, heads: &[Head]) -> Vec<Column> {
    let (gap, whole) = (desk.grid.unit * 2, desk.grid.whole().width);
    let all: i64 = heads.iter().map(|head| i64::from(head.share)).sum();
    let mut start = Length::ZERO;
    let column = |head: &Head| {
        let share = whole.times(i64::from(head.share), all.max(1));
        let column = Column { start, width: share - gap };
        start += share;
        column
    };
    heads.iter().map(column).collect()
}

fn set(
    desk: &Desk<'_>,
    columns: &[Column],
    texts: &[String],
    weight: Weight,
    kind: Type,
) -> Result<Vec<Vec<Line>>, DocumentError> {
    let cells = columns.iter().zip(texts);
    cells
        .map(|(column, text)| match text.trim() {
            "" => Ok(Vec::new()),
            text => desk.set(text, weight, kind, column.width),
        })
        .collect()
}

fn height(cells: &[Vec<Line>], kind: Type) -> Length {
    cells.iter().map(|lines| kind.height(lines)).max().unwrap_or_default().max(kind.leading)
}

fn put(
    desk: &mut Desk<'_>,
    columns: &[Column],
    cells: Vec<Vec<Line>>,
    top: Length,
    (kind, color): (Type, Color),
) {
    for (column, lines) in columns.iter().zip(cells).filter(|(_, lines)| !lines.is_empty()) {
        let block = desk.canvas.block(Role::Paragraph);
        desk.put_lines(block, lines, (*column, Align::Start), top, (kind, color));
    }
}

fn put_heads(
    desk: &mut Desk<'_>,
    columns: &[Column],
    heads: &[String],
    top: Length,
) -> Result<Length, DocumentError> {
    let kind = desk.grid.small;
    let cells = set(desk, columns, heads, Weight::SemiBold, kind)?;
    let bottom = top + height(&cells, kind) + desk.grid.unit;
    put(desk, columns, cells, top, (kind, MUTED));
    put_rule(desk, bottom);
    Ok(bottom)
}

fn put_rule(desk: &mut Desk<'_>, top: Length) {
    let area = Area { left: desk.grid.left, right: desk.grid.right, top, bottom: top + Length::milli(400) };
    desk.canvas.put(None, Item::Fill { area, color: LINE });
}

/// Puts the foot of the last page with its number.
pub(crate) fn put_foot(desk: &mut Desk<'_>, foot: &str) -> Result<(), DocumentError> {
    let grid = desk.grid;
    let text = format!("{foot} · {}", desk.canvas.pages.len());
    let line = desk.fit(&text, Weight::Regular, grid.fine.size, grid.whole().width)?;
    let block = desk.canvas.block(Role::Paragraph);
    desk.put_line(block, line, (grid.whole(), Align::Start), grid.foot, MUTED);
    Ok(())
}
