//! Sheets that are kept in an envelope: a secret in large letters, and as a code.

use crate::boxes;
use crate::certificates::{Paragraph, Run};
use crate::code::{self, Code};
use crate::error::{DocumentError, Part};
use crate::file::{self, About};
use crate::fonts::Weight;
use crate::layout::{Align, Column, Desk, Type};
use crate::length::{Area, Length};
use crate::letterhead::{self, Letterhead};
use crate::moment::Moment;
use crate::page::{BRAND, BRAND_SOFT, INK, Item, MUTED, Role, WHITE};
use crate::paper::Paper;
use crate::text::{self, Language, Line, Span};

/// A recovery sheet, every word of it a value. It has one page: a secret is not spread over two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The paper.
    pub paper: Paper,
    /// The language of the text, a BCP 47 tag.
    pub language: String,
    /// The clinic.
    pub letterhead: Letterhead,
    /// The heading.
    pub title: String,
    /// What it is and what to do with it, above the secret.
    pub before: Vec<Paragraph>,
    /// The secret.
    pub secret: Secret,
    /// Labels of the boxes filled in by hand.
    pub boxes: Vec<String>,
    /// What else to know, under the boxes.
    pub after: Vec<Paragraph>,
    /// What stands in the foot.
    pub foot: Option<String>,
    /// Who is named as author in the file's metadata.
    pub author: String,
    /// What the file's metadata say it is about.
    pub subject: String,
    /// When it was made.
    pub created: Moment,
}

/// What is copied from the sheet by hand or by a camera.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The words above it.
    pub label: String,
    /// Lines of groups, as they are typed; letters, digits and signs of ASCII.
    pub lines: Vec<Vec<String>>,
    /// The same for a camera.
    pub code: String,
    /// What the code is, for readers who cannot see it.
    pub code_words: String,
}

/// Renders a sheet; the same value gives the same bytes.
///
/// # Errors
/// [`DocumentError`] names the character, code or part that cannot be printed.
pub fn render(sheet: &Sheet) -> Result<Vec<u8>, DocumentError> {
    let language = Language::new(&sheet.language);
    let mut desk = Desk::new(sheet.paper, &language);
    let grid = desk.grid;
    let top = letterhead::put(&mut desk, &sheet.letterhead)? + grid.unit * 8;
    let title = desk.set(&sheet.title, Weight::SemiBold, grid.title, grid.whole().width)?;
    let block = desk.canvas.block(Role::Title);
    let start = (grid.whole(), Align::Start);
    let top = desk.put_lines(block, title, start, top, (grid.title, INK)) + grid.unit * 3;
    let top = put_text(&mut desk, &sheet.before, top)? + grid.unit * 4;
    let top = put_secret(&mut desk, &sheet.secret, top)? + grid.unit * 5;
    let top = put_boxes(&mut desk, &sheet.boxes, top)? + grid.unit * 3;
    let top = put_text(&mut desk, &sheet.after, top)?;
    if top > grid.bottom {
        return Err(DocumentError::DoesNotFit { part: Part::Text });
    }
    if let Some(foot) = &sheet.foot {
        let line = desk.fit(foot, Weight::Regular, grid.fine.size, grid.whole().width)?;
        let block = desk.canvas.block(Role::Paragraph);
        desk.put_line(block, line, start, grid.foot, MUTED);
    }
    let about = About {
        language: &sheet.language,
        title: &sheet.title,
        author: &sheet.author,
        subject: &sheet.subject,
        created: sheet.created,
    };
    file::write(&desk.canvas, &about)
}

fn put_text(desk: &mut Desk<'_>, text: &[Paragraph], top: Length) -> Result<Length, DocumentError> {
    let (kind, whole) = (desk.grid.body, desk.grid.whole());
    let mut top = top;
    for paragraph in text {
        let spans: Vec<Span<'_>> = paragraph.runs.iter().map(Run::span).collect();
        let lines = text::lines(&spans, &desk.setting(kind.size, whole.width))?;
        let block = desk.canvas.block(Role::Paragraph);
        top = desk.put_lines(block, lines, (whole, Align::Start), top, (kind, INK));
        top += kind.leading.times(45, 100);
    }
    Ok(top)
}

/// The secret on a tinted panel: numbered lines at the start, the code at the end. Letters and
/// digits run from left to right in every language.
fn put_secret(desk: &mut Desk<'_>, secret: &Secret, top: Length) -> Result<Length, DocumentError> {
    let grid = desk.grid;
    let side = Length::mm(code::SIDE_MM);
    let pad = grid.unit * 5;
    let whole = grid.whole();
    let column = Column { start: pad, width: whole.width - side - pad * 3 };
    let label = desk.set(&secret.label, Weight::SemiBold, grid.small, column.width)?;
    let table = Table::set(desk, &secret.lines, column.width)?;
    let text = grid.small.height(&label) + grid.unit * 2 + table.height();
    let height = text.max(side) + pad * 2;
    let panel = desk.area(whole, top, height);
    desk.canvas.put(None, Item::Fill { area: panel, color: BRAND_SOFT });
    let edge = Area { right: panel.left + Length::milli(2000), ..panel };
    desk.canvas.put(None, Item::Fill { area: edge, color: BRAND });
    let block = desk.canvas.block(Role::Paragraph);
    let middle = top + (height - text) / 2;
    let below = desk.put_lines(block, label, (column, Align::Start), middle, (grid.small, BRAND));
    let left = desk.area(column, below, Length::ZERO).left;
    table.put(desk, left, below + grid.unit * 2);
    let place = Column { start: whole.width - side - pad, width: side };
    let area = desk.area(place, top + (height - side) / 2, side);
    desk.canvas.put(None, Item::Fill { area, color: WHITE });
    let block = desk.canvas.block(Role::Figure(secret.code_words.clone()));
    desk.canvas.put(block, Item::Code { area, code: Code::new(&secret.code)? });
    Ok(top + height)
}

/// Groups in columns, one width of type for all.
struct Table {
    kind: Type,
    gutter: Length,
    step: Length,
    rows: Vec<(Line, Vec<Line>)>,
}

impl Table {
    fn set(desk: &Desk<'_>, lines: &[Vec<String>], width: Length) -> Result<Self, DocumentError> {
        const LARGEST: Length = Length::milli(19_000);
        const SMALLEST: Length = Length::milli(8_000);
        let groups = i64::try_from(lines.iter().map(Vec::len).max().unwrap_or(0)).unwrap_or(i64::MAX);
        let letters = lines.iter().flatten().map(|group| group.chars().count()).max().unwrap_or(0);
        let letters = i64::try_from(letters).unwrap_or(i64::MAX);
        // A letter is 0.6 em wide in the fixed face, a gap one letter, the number's gutter 1.6 em.
        let ems = (groups.saturating_mul(letters.saturating_add(1))).saturating_mul(6).saturating_add(16);
        let size = LARGEST.min(width.times(10, ems.max(1)));
        if size < SMALLEST {
            return Err(DocumentError::DoesNotFit { part: Part::Code });
        }
        let kind = Type { size, leading: size.times(17, 10) };
        let fine = desk.grid.fine.size;
        let mut rows = Vec::new();
        for (index, groups) in lines.iter().enumerate() {
            let number = text::line(&(index + 1).to_string(), Weight::Mono, &desk.setting(fine, width))?;
            let set = |group: &String| text::line(group, Weight::Mono, &desk.setting(size, width));
            rows.push((number, groups.iter().map(set).collect::<Result<_, _>>()?));
        }
        Ok(Self { kind, gutter: size.times(16, 10), step: size.times(6 * (letters + 1), 10), rows })
    }

    fn height(&self) -> Length {
        self.kind.leading * i64::try_from(self.rows.len()).unwrap_or(i64::MAX)
    }

    fn put(self, desk: &mut Desk<'_>, left: Length, top: Length) {
        let mut baseline = top + self.kind.drop();
        for (number, groups) in self.rows {
            desk.canvas.put(None, Item::Text { line: number, left, baseline, color: MUTED });
            let block = desk.canvas.block(Role::Paragraph);
            let mut left = left + self.gutter;
            for line in groups {
                desk.canvas.put(block, Item::Text { line, left, baseline, color: INK });
                left += self.step;
            }
            baseline += self.kind.leading;
        }
    }
}

/// Boxes in two columns.
fn put_boxes(desk: &mut Desk<'_>, labels: &[String], top: Length) -> Result<Length, DocumentError> {
    let height = desk.grid.unit * 12;
    let mut top = top;
    for pair in labels.chunks(2) {
        boxes::put(desk, pair, 2, height, top)?;
        top += height + boxes::gap(desk);
    }
    Ok(top)
}
