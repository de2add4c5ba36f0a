//! Boxes that are filled in by hand.

use crate::error::DocumentError;
use crate::fonts::Weight;
use crate::layout::{Align, Column, Desk};
use crate::length::Length;
use crate::page::{Item, LINE, MUTED, Role};

/// The gap between boxes, beside and below.
pub(crate) fn gap(desk: &Desk<'_>) -> Length {
    desk.grid.unit * 3
}

/// The height of a box for a signature.
pub(crate) fn signature_height(desk: &Desk<'_>) -> Length {
    desk.grid.unit * 12
}

/// Puts boxes side by side, of `across` that would fill the width, the label of each small in its upper corner.
pub(crate) fn put(
    desk: &mut Desk<'_>,
    labels: &[String],
    across: i64,
    height: Length,
    top: Length,
) -> Result<(), DocumentError> {
    let (grid, gap) = (desk.grid, gap(desk));
    let across = across.max(1);
    let width = (grid.whole().width - gap * (across - 1)) / across;
    for (place, label) in (0_i64..).zip(labels) {
        let column = Column { start: (width + gap) * place, width };
        let area = desk.area(column, top, height);
        desk.canvas.put(None, Item::Frame { area, thickness: Length::milli(500), color: LINE });
        let inner = Column { start: column.start + grid.unit * 2, width: width - grid.unit * 4 };
        let line = desk.fit(label, Weight::Regular, grid.fine.size, inner.width)?;
        let block = desk.canvas.block(Role::Paragraph);
        desk.put_line(block, line, (inner, Align::Start), top + grid.fine.leading, MUTED);
    }
    Ok(())
}
