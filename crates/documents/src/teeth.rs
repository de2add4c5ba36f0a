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
    /// What is drawn of the whole tooth.
    pub signs: Vec<Sign>,
}

/// A sign of a whole tooth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It is crowned, or replaced: a thick frame.
    Crown,
    /// Its root was treated: a bar below.
    Root,
    /// It is part of a bridge: a line across.
    Bridge,
    /// It is broken: a zigzag.
    Broken,
    /// Something else was found: a diamond.
    Other,
    /// A crown, a bridge or an implant is planned: a dashed frame.
    CrownAhead,
    /// Its root is to be treated: a dashed bar below.
    RootAhead,
    /// It is to be taken out: a dashed cross.
    LossAhead,
    /// Something else is planned: a striped diamond.
    OtherAhead,
}

/// How a tooth stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outline {
    /// It is there.
    #[default]
    Tooth,
    /// It is gone.
    Gone,
    /// Its root is left.
    RootRemains,
    /// It has not come through.
    NotCome,
    /// It lies in the jaw and cannot come through.
    Impacted,
    /// It has fallen out.
    Shed,
    /// The last look could not see it.
    NotSeen,
    /// Nobody has looked at it.
    Unknown,
}

/// What is on a surface: patterns that are told apart without colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Decay: dots.
    Decay,
    /// Filled: solid; with decay in the midst of it.
    Filled,
    /// Filled for a time: hollow.
    Temporary,
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
const LINE_OF_A_SIGN: Length = Length::milli(1_200);
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
    let low = area.top + SIDE / 2 + fine.size.times(364, 1000);
    let faint = Item::Frame { area, thickness: THIN, color: LINE };
    let ring = |thickness, color| Item::Ring { middle: middle(area), radius: SIDE / 3, thickness, color };
    match cell.outline {
        Outline::Tooth => put_crown(desk, cell, area)?,
        Outline::Gone => put_sign(desk, "×", desk.grid.small.size, (area, low), INK)?,
        Outline::Shed => put_sign(desk, "–", desk.grid.small.size, (area, low), MUTED)?,
        Outline::NotCome => desk.canvas.put(None, ring(THIN, LINE)),
        Outline::Impacted => desk.canvas.put(None, ring(THICK, INK)),
        Outline::Unknown => desk.canvas.put(None, faint),
        Outline::NotSeen => {
            desk.canvas.put(None, faint);
            put_sign(desk, "?", desk.grid.small.size, (area, low), INK)?;
        }
        Outline::RootRemains => {
            desk.canvas.put(None, faint);
            put_line(desk, &[at(area, 3, 2), at(area, 7, 8)], LINE_OF_A_SIGN, INK);
        }
    }
    for sign in &cell.signs {
        put_whole(desk, *sign, area);
    }
    Ok(())
}

/// A crown with what is on its surfaces.
fn put_crown(desk: &mut Desk<'_>, cell: &Cell, area: Area) -> Result<(), DocumentError> {
    let inner = SIDE / EDGE;
    let (left, right) = (area.left + inner, area.right - inner);
    let (top, bottom) = (area.top + inner, area.bottom - inner);
    let centre = Area { left, right, top, bottom };
    let zones = [
        (Area { left: area.left, right: left, top, bottom }, &cell.left),
        (Area { left: right, right: area.right, top, bottom }, &cell.right),
        (Area { left, right, top: area.top, bottom: top }, &cell.top),
        (Area { left, right, top: bottom, bottom: area.bottom }, &cell.bottom),
        (centre, &cell.centre),
    ];
    desk.canvas.put(None, Item::Frame { area: centre, thickness: THIN, color: LINE });
    for (zone, paints) in zones {
        let decayed = paints.contains(&Paint::Decay);
        for paint in paints {
            let filling = matches!(paint, Paint::Filled | Paint::Temporary);
            put_paint(desk, if filling && decayed { midst(zone) } else { zone }, *paint)?;
        }
    }
    desk.canvas.put(None, Item::Frame { area, thickness: THIN, color: INK });
    Ok(())
}

/// The midst of an area: decay stands round it.
fn midst(area: Area) -> Area {
    let (across, down) = (area.width() / 4, area.height() / 4);
    Area {
        left: area.left + across,
        right: area.right - across,
        top: area.top + down,
        bottom: area.bottom - down,
    }
}

/// A sign of the whole tooth.
fn put_whole(desk: &mut Desk<'_>, sign: Sign, area: Area) {
    let bar = [at(area, 2, 11), at(area, 8, 11)];
    let corners = [at(area, 0, 0), at(area, 10, 0), at(area, 10, 10), at(area, 0, 10), at(area, 0, 0)];
    match sign {
        Sign::Crown => desk.canvas.put(None, Item::Frame { area, thickness: THICK, color: INK }),
        Sign::Root => put_line(desk, &bar, THICK, INK),
        Sign::Bridge => put_line(desk, &[at(area, -2, 5), at(area, 12, 5)], THICK, INK),
        Sign::Broken => {
            let zigzag = [(1, 6), (3, 4), (5, 6), (7, 4), (9, 6)].map(|(x, y)| at(area, x, y));
            put_line(desk, &zigzag, LINE_OF_A_SIGN, DECAY);
        }
        Sign::Other => put_diamond(desk, at(area, 2, 2), INK),
        Sign::CrownAhead => {
            for side in corners.windows(2) {
                put_dashes(desk, side);
            }
        }
        Sign::RootAhead => put_dashes(desk, &bar),
        Sign::LossAhead => {
            put_dashes(desk, &[at(area, 1, 1), at(area, 9, 9)]);
            put_dashes(desk, &[at(area, 9, 1), at(area, 1, 9)]);
        }
        Sign::OtherAhead => put_diamond(desk, at(area, 8, 8), PLANNED),
    }
}

/// A place of a tooth, in tenths of its side.
fn at(area: Area, x: i64, y: i64) -> (Length, Length) {
    (area.left + SIDE.times(x, 10), area.top + SIDE.times(y, 10))
}

fn middle(area: Area) -> (Length, Length) {
    at(area, 5, 5)
}

fn put_line(desk: &mut Desk<'_>, points: &[(Length, Length)], thickness: Length, color: Color) {
    desk.canvas.put(None, Item::Path { points: points.to_vec(), thickness, color });
}

fn put_diamond(desk: &mut Desk<'_>, (x, y): (Length, Length), color: Color) {
    let half = SIDE / 7;
    let points = vec![(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
    desk.canvas.put(None, Item::Polygon { points, color });
}

/// A dashed line: what is planned.
fn put_dashes(desk: &mut Desk<'_>, ends: &[(Length, Length)]) {
    let [(x, y), (to_x, to_y)] = ends else { return };
    let dashes = 5;
    let part = |of: i64| {
        let way = |from: Length, to: Length| from + (to - from).times(of, 2 * dashes - 1);
        (way(*x, *to_x), way(*y, *to_y))
    };
    for dash in 0..dashes {
        put_line(desk, &[part(2 * dash), part(2 * dash + 1)], THICK, PLANNED);
    }
}

fn put_paint(desk: &mut Desk<'_>, area: Area, paint: Paint) -> Result<(), DocumentError> {
    let fine = desk.grid.fine;
    match paint {
        Paint::Filled => desk.canvas.put(None, Item::Fill { area, color: MUTED }),
        Paint::Temporary => {
            desk.canvas.put(None, Item::Fill { area, color: WHITE });
            desk.canvas.put(None, Item::Frame { area, thickness: Length::milli(900), color: MUTED });
        }
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
