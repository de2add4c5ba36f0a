//! Plans of treatment: who, a picture of the teeth, what is to be done, and a line on which somebody agrees.

use crate::boxes;
use crate::error::{DocumentError, Part};
use crate::file::{self, About};
use crate::fonts::Weight;
use crate::layout::{Align, Desk};
use crate::length::{Area, Length};
use crate::letterhead::{self, Letterhead};
use crate::moment::Moment;
use crate::page::{Color, INK, Item, LINE, MUTED, Role, WHITE};
use crate::paper::Paper;
use crate::tables::{self, Head};
use crate::text::Language;

/// A plan, every word of it a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The paper.
    pub paper: Paper,
    /// The language of the text, a BCP 47 tag.
    pub language: String,
    /// The clinic.
    pub letterhead: Letterhead,
    /// The heading.
    pub title: String,
    /// Who it is for and of when, a line each.
    pub facts: Vec<String>,
    /// The teeth.
    pub teeth: Odontogram,
    /// What the patterns of the picture mean.
    pub key: String,
    /// The columns, from the side at which reading begins.
    pub heads: Vec<Head>,
    /// The rows: a text for each column.
    pub rows: Vec<Vec<String>>,
    /// What somebody agrees to by their signature.
    pub agreement: String,
    /// Labels of the boxes filled in by hand.
    pub boxes: Vec<String>,
    /// What stands in the foot of each page, before the page's number.
    pub foot: String,
    /// Who is named as author in the file's metadata.
    pub author: String,
    /// What the file's metadata say it is about.
    pub subject: String,
    /// When it was made.
    pub created: Moment,
}

/// A picture of teeth in rows of equal length, from left to right in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odontogram {
    /// The words for readers who cannot see it.
    pub words: String,
    /// The rows from top to bottom; nothing where no tooth has its place.
    pub rows: Vec<Vec<Option<Cell>>>,
}

/// A tooth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its name.
    pub label: String,
    /// How it stands.
    pub outline: Outline,
    /// What is on its surfaces as they lie in the picture, what lies below first.
    pub left: Vec<Paint>,
    /// At the right.
    pub right: Vec<Paint>,
    /// At the top.
    pub top: Vec<Paint>,
    /// At the bottom.
    pub bottom: Vec<Paint>,
    /// In the middle.
    pub centre: Vec<Paint>,
    /// Whether it is crowned, or replaced.
    pub crown: bool,
    /// Whether its root was treated.
    pub root: bool,
}

/// How a tooth stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outline {
    /// It is there.
    #[default]
    Tooth,
    /// It is gone.
    Gone,
    /// It has not come through.
    NotCome,
    /// It has fallen out.
    Shed,
    /// Nobody has seen it.
    Unknown,
}

/// What is on a surface: patterns that are told apart without colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Decay: dots.
    Decay,
    /// Filled: solid.
    Filled,
    /// Sealed: S in a frame.
    Sealed,
    /// Planned: stripes.
    Planned,
}

/// The side of a tooth in the picture.
const SIDE: Length = Length::micrometres(6_400);
/// A surface at the edge takes this part of the side: a quarter.
const EDGE: i64 = 4;
const THIN: Length = Length::milli(500);
const THICK: Length = Length::milli(1_600);
/// Decay on paper, dark enough for a printer without colours.
const DECAY: Color = Color(0x9a, 0x5b, 0x00);
/// What is planned.
const PLANNED: Color = Color(0x0b, 0x70, 0x79);

/// Renders a plan; the same value gives the same bytes.
///
/// # Errors
/// [`DocumentError`] names the character or part that cannot be printed.
pub fn render(plan: &Plan) -> Result<Vec<u8>, DocumentError> {
    let language = Language::new(&plan.language);
    let mut desk = Desk::new(plan.paper, &language);
    let grid = desk.grid;
    let start = (grid.whole(), Align::Start);
    let top = letterhead::put(&mut desk, &plan.letterhead)? + grid.unit * 5;
    let title = desk.set(&plan.title, Weight::SemiBold, grid.title, grid.whole().width)?;
    let block = desk.canvas.block(Role::Title);
    let mut top = desk.put_lines(block, title, start, top, (grid.title, INK)) + grid.unit;
    for fact in &plan.facts {
        let lines = desk.set(fact, Weight::Regular, grid.small, grid.whole().width)?;
        let block = desk.canvas.block(Role::Paragraph);
        top = desk.put_lines(block, lines, start, top, (grid.small, INK));
    }
    top = put_teeth(&mut desk, &plan.teeth, top + grid.unit * 2)?;
    let key = desk.set(&plan.key, Weight::Regular, grid.fine, grid.whole().width)?;
    let block = desk.canvas.block(Role::Paragraph);
    top = desk.put_lines(block, key, start, top, (grid.fine, MUTED)) + grid.unit * 3;
    top = tables::put_rows(&mut desk, &plan.heads, &plan.rows, &plan.foot, top)? + grid.unit * 4;
    let agreement = desk.set(&plan.agreement, Weight::Regular, grid.small, grid.whole().width)?;
    let height = grid.unit * 12;
    let needed = grid.small.height(&agreement) + grid.unit * 2 + height * 2 + boxes::gap(&desk);
    if top + needed > grid.bottom {
        tables::put_foot(&mut desk, &plan.foot)?;
        desk.canvas.turn();
        top = grid.top;
    }
    let block = desk.canvas.block(Role::Paragraph);
    top = desk.put_lines(block, agreement, start, top, (grid.small, INK)) + grid.unit * 2;
    for pair in plan.boxes.chunks(2) {
        boxes::put(&mut desk, pair, 2, height, top)?;
        top += height + boxes::gap(&desk);
    }
    tables::put_foot(&mut desk, &plan.foot)?;
    let about = About {
        language: &plan.language,
        title: &plan.title,
        author: &plan.author,
        subject: &plan.subject,
        created: plan.created,
    };
    file::write(&desk.canvas, &about)
}

/// The picture, and the lower edge of it.
fn put_teeth(desk: &mut Desk<'_>, teeth: &Odontogram, top: Length) -> Result<Length, DocumentError> {
    let grid = desk.grid;
    let count = teeth.rows.iter().map(Vec::len).max().unwrap_or(0);
    let across = i64::try_from(count.max(1)).unwrap_or(i64::MAX);
    let step = (grid.right - grid.left) / across;
    if step < SIDE {
        return Err(DocumentError::DoesNotFit { part: Part::Text });
    }
    let row = SIDE + grid.fine.leading + grid.unit * 2;
    let down = i64::try_from(teeth.rows.len()).unwrap_or(i64::MAX);
    let block = desk.canvas.block(Role::Figure(teeth.words.clone()));
    let whole = Area { left: grid.left, right: grid.right, top, bottom: top + row * down };
    // What is painted with the figure's own block tells a reader where it stands.
    desk.canvas.put(block, Item::Frame { area: whole, thickness: THIN, color: WHITE });
    let half = grid.left + step * (across / 2);
    let middle = Area { left: half - THIN / 2, right: half + THIN / 2, ..whole };
    desk.canvas.put(None, Item::Fill { area: middle, color: LINE });
    let mut above = top;
    for cells in &teeth.rows {
        for (at, cell) in (0_i64..).zip(cells) {
            let Some(cell) = cell else { continue };
            let left = grid.left + step * at + (step - SIDE) / 2;
            put_cell(desk, cell, Area::sized(left, above + grid.fine.leading, SIDE, SIDE))?;
        }
        above += row;
    }
    Ok(above + grid.unit)
}

fn put_cell(desk: &mut Desk<'_>, cell: &Cell, area: Area) -> Result<(), DocumentError> {
    let fine = desk.grid.fine;
    put_sign(desk, &cell.label, fine.size, (area, area.top - fine.leading / 4), MUTED)?;
    let inner = SIDE / EDGE;
    let low = area.top + SIDE / 2 + fine.size.times(364, 1000);
    match cell.outline {
        Outline::Gone => return put_sign(desk, "×", desk.grid.small.size, (area, low), INK),
        Outline::Shed => return put_sign(desk, "–", desk.grid.small.size, (area, low), MUTED),
        Outline::NotCome => {
            let middle = (area.left + SIDE / 2, area.top + SIDE / 2);
            let ring = Item::Ring { middle, radius: SIDE / 3, thickness: THIN, color: LINE };
            desk.canvas.put(None, ring);
            return Ok(());
        }
        Outline::Unknown => {
            desk.canvas.put(None, Item::Frame { area, thickness: THIN, color: LINE });
            return Ok(());
        }
        Outline::Tooth => {}
    }
    let (left, right) = (area.left + inner, area.right - inner);
    let (top, bottom) = (area.top + inner, area.bottom - inner);
    let zones = [
        (Area { left: area.left, right: left, top, bottom }, &cell.left),
        (Area { left: right, right: area.right, top, bottom }, &cell.right),
        (Area { left, right, top: area.top, bottom: top }, &cell.top),
        (Area { left, right, top: bottom, bottom: area.bottom }, &cell.bottom),
        (Area { left, right, top, bottom }, &cell.centre),
    ];
    for (zone, paints) in zones {
        for paint in paints {
            put_paint(desk, zone, *paint)?;
        }
    }
    let thickness = if cell.crown { THICK } else { THIN };
    desk.canvas.put(None, Item::Frame { area, thickness, color: INK });
    let centre = Area { left, right, top, bottom };
    desk.canvas.put(None, Item::Frame { area: centre, thickness: THIN, color: LINE });
    if cell.root {
        let bar = Area { left, right, top: area.bottom + THICK, bottom: area.bottom + THICK * 2 };
        desk.canvas.put(None, Item::Fill { area: bar, color: INK });
    }
    Ok(())
}

fn put_paint(desk: &mut Desk<'_>, area: Area, paint: Paint) -> Result<(), DocumentError> {
    let fine = desk.grid.fine;
    match paint {
        Paint::Filled => desk.canvas.put(None, Item::Fill { area, color: MUTED }),
        Paint::Decay => {
            let (step, radius) = (Length::milli(2_600), Length::milli(800));
            let across = area.width().thousandths() / step.thousandths();
            let down = area.height().thousandths() / step.thousandths();
            for at in 0..across.max(1) * down.max(1) {
                let (column, row) = (at % across.max(1), at / across.max(1));
                let middle = (area.left + step * column + step / 2, area.top + step * row + step / 2);
                desk.canvas.put(None, Item::Disc { middle, radius, color: DECAY });
            }
        }
        Paint::Planned => {
            let step = Length::milli(2_000);
            for at in 0..area.width().thousandths() / step.thousandths() {
                let left = area.left + step * at + step / 4;
                let stripe = Area { left, right: left + step / 2, ..area };
                desk.canvas.put(None, Item::Fill { area: stripe, color: PLANNED });
            }
        }
        Paint::Sealed => {
            desk.canvas.put(None, Item::Frame { area, thickness: Length::milli(900), color: INK });
            let baseline = area.top + area.height() / 2 + fine.size.times(364, 1000);
            put_sign(desk, "S", fine.size, (area, baseline), INK)?;
        }
    }
    Ok(())
}

/// Puts a sign in the middle of an area's width, as part of the picture.
fn put_sign(
    desk: &mut Desk<'_>,
    sign: &str,
    size: Length,
    (area, baseline): (Area, Length),
    color: Color,
) -> Result<(), DocumentError> {
    let line = desk.fit(sign, Weight::SemiBold, size, desk.grid.whole().width)?;
    let left = area.left + (area.width() - line.width) / 2;
    desk.canvas.put(None, Item::Text { line, left, baseline, color });
    Ok(())
}
