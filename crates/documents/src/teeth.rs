//! A picture of the teeth.

use crate::error::{DocumentError, Part};
use crate::fonts::Weight;
use crate::layout::Desk;
use crate::length::{Area, Length};
use crate::page::{Color, INK, Item, LINE, MUTED, Role, WHITE};

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

impl Odontogram {
    /// Its height; the paper must be wide enough for it.
    pub(crate) fn height(&self, desk: &Desk<'_>) -> Result<Length, DocumentError> {
        if self.step(desk) < SIDE {
            return Err(DocumentError::DoesNotFit { part: Part::Text });
        }
        Ok(Self::row(desk) * i64::try_from(self.rows.len()).unwrap_or(i64::MAX))
    }

    /// From one tooth to the next.
    fn step(&self, desk: &Desk<'_>) -> Length {
        (desk.grid.right - desk.grid.left) / self.across()
    }

    fn across(&self) -> i64 {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        i64::try_from(count.max(1)).unwrap_or(i64::MAX)
    }

    /// From one row to the next.
    fn row(desk: &Desk<'_>) -> Length {
        SIDE + desk.grid.fine.leading + desk.grid.unit * 2
    }

    pub(crate) fn put(&self, desk: &mut Desk<'_>, top: Length) -> Result<(), DocumentError> {
        let grid = desk.grid;
        let (step, row) = (self.step(desk), Self::row(desk));
        let whole = Area { left: grid.left, right: grid.right, top, bottom: top + self.height(desk)? };
        let block = desk.canvas.block(Role::Figure(self.words.clone()));
        // What is painted with the figure's own block tells a reader where it stands.
        desk.canvas.put(block, Item::Frame { area: whole, thickness: THIN, color: WHITE });
        let half = grid.left + step * (self.across() / 2);
        let middle = Area { left: half - THIN / 2, right: half + THIN / 2, ..whole };
        desk.canvas.put(None, Item::Fill { area: middle, color: LINE });
        let mut above = top;
        for cells in &self.rows {
            for (at, cell) in (0_i64..).zip(cells) {
                let Some(cell) = cell else { continue };
                let left = grid.left + step * at + (step - SIDE) / 2;
                put_cell(desk, cell, Area::sized(left, above + grid.fine.leading, SIDE, SIDE))?;
            }
            above += row;
        }
        Ok(())
    }
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
