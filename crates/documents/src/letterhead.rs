//! The head of a clinic's paper.

use crate::error::{DocumentError, Part};
use crate::fonts::Weight;
use crate::layout::{Align, Column, Desk};
use crate::length::{Area, Length};
use crate::page::{BRAND, INK, Item, MUTED, Role, WHITE};
use crate::pictures::Picture;

/// Who speaks on this paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letterhead {
    /// The clinic.
    pub name: String,
    /// What stands under the name: services, address, telephone.
    pub lines: Vec<String>,
    /// What stands beside the name.
    pub emblem: Emblem,
}

/// What stands beside a clinic's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Emblem {
    /// Nothing.
    None,
    /// One to three letters on a disc of the brand's colour.
    Initials(String),
    /// The bytes of a PNG or JPEG file.
    Picture(Vec<u8>),
}

/// Puts the letterhead at the top of the page and gives the lower edge of its rule.
pub(crate) fn put(desk: &mut Desk<'_>, head: &Letterhead) -> Result<Length, DocumentError> {
    let grid = desk.grid;
    let beside = match head.emblem {
        Emblem::None => Length::ZERO,
        _ => grid.emblem + grid.unit * 4,
    };
    let column = Column { start: beside, width: grid.whole().width - beside };
    let name = desk.set(&head.name, Weight::SemiBold, grid.name, column.width)?;
    let set = |line: &String| desk.set(line, Weight::Regular, grid.small, column.width);
    let lines = head.lines.iter().map(set).collect::<Result<Vec<_>, _>>()?;
    let small = lines.iter().map(|line| grid.small.height(line)).sum();
    let text = grid.name.height(&name) + small;
    let height = if beside == Length::ZERO { text } else { text.max(grid.emblem) };
    put_emblem(desk, &head.emblem, height)?;
    let block = desk.canvas.block(Role::Paragraph);
    let top = grid.top + (height - text) / 2;
    let mut top = desk.put_lines(block, name, (column, Align::Start), top, (grid.name, INK));
    for line in lines {
        let block = desk.canvas.block(Role::Paragraph);
        top = desk.put_lines(block, line, (column, Align::Start), top, (grid.small, MUTED));
    }
    let rule = grid.top + height + grid.unit * 4;
    let area = Area { left: grid.left, right: grid.right, top: rule, bottom: rule + Length::milli(1300) };
    desk.canvas.put(None, Item::Fill { area, color: BRAND });
    Ok(area.bottom)
}

fn put_emblem(desk: &mut Desk<'_>, emblem: &Emblem, height: Length) -> Result<(), DocumentError> {
    let side = desk.grid.emblem;
    let top = desk.grid.top + (height - side) / 2;
    let area = desk.area(Column { start: Length::ZERO, width: side }, top, side);
    match emblem {
        Emblem::None => {}
        Emblem::Initials(initials) => {
            let radius = side / 2;
            let middle = (area.left + radius, area.top + radius);
            desk.canvas.put(None, Item::Disc { middle, radius, color: BRAND });
            let size = side.times(36, 100);
            let line = desk.fit(initials, Weight::SemiBold, size, side.times(72, 100))?;
            let set = line.runs.first().map_or(size, |run| run.size);
            let left = middle.0 - line.width / 2;
            let baseline = middle.1 + set.times(364, 1000);
            desk.canvas.put(None, Item::Text { line, left, baseline, color: WHITE });
        }
        Emblem::Picture(bytes) => {
            let picture = Picture::read(bytes, Part::Heading)?;
            desk.canvas.put_picture(None, area, picture);
        }
    }
    Ok(())
}
