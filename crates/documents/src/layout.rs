//! The measures of a sheet and the ways text is put on it.

use crate::error::{DocumentError, Part};
use crate::fonts::Weight;
use crate::length::{Area, Length};
use crate::page::{Canvas, Color, Item};
use crate::paper::{Orientation, Paper};
use crate::text::{self, Language, Line, Setting, Span};

/// Margins and type of a paper. Small sheets are held in the hand, large ones lie on a desk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    pub left: Length,
    pub right: Length,
    pub top: Length,
    /// The lower end of text; the foot stands below it.
    pub bottom: Length,
    /// The baseline of the foot.
    pub foot: Length,
    pub unit: Length,
    pub emblem: Length,
    pub body: Type,
    pub name: Type,
    pub title: Type,
    pub small: Type,
    pub fine: Type,
}

/// A size of type with the distance from line to line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Type {
    pub size: Length,
    pub leading: Length,
}

/// Where lines stand in their column; start is the side at which reading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    Centre,
    End,
}

/// A stretch of the page's width, counted from the side at which reading begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub start: Length,
    pub width: Length,
}

/// A document being laid out.
pub(crate) struct Desk<'a> {
    pub canvas: Canvas,
    pub grid: Grid,
    pub language: &'a Language,
}

const fn of(size: i64, leading: i64) -> Type {
    Type { size: Length::milli(size), leading: Length::milli(leading) }
}

impl Type {
    /// From the upper edge of a line to its baseline: capitals stand in the middle of the line.
    pub(crate) fn drop(self) -> Length {
        self.leading / 2 + self.size.times(364, 1000)
    }

    pub(crate) fn height(self, lines: &[Line]) -> Length {
        self.leading * i64::try_from(lines.len()).unwrap_or(i64::MAX)
    }
}

impl Grid {
    pub(crate) fn new(paper: Paper) -> Self {
        let (width, height) = paper.size();
        let lying = paper.orientation == Orientation::Landscape;
        if width.min(height) < Length::mm(170) {
            let side = Length::mm(if lying { 24 } else { 14 });
            let grid = Self {
                left: side,
                right: width - side,
                top: Length::mm(12),
                bottom: height - Length::mm(14),
                foot: height - Length::mm(7),
                unit: Length::mm(1),
                emblem: Length::mm(14),
                body: of(10_600, 16_000),
                name: of(13_000, 16_500),
                title: of(15_500, 20_000),
                small: of(9_000, 12_800),
                fine: of(7_400, 10_000),
            };
            return if lying { grid.lower() } else { grid };
        }
        let side = Length::mm(if lying { 46 } else { 24 });
        Self {
            left: side,
            right: width - side,
            top: Length::mm(if lying { 14 } else { 20 }),
            bottom: height - Length::mm(22),
            foot: height - Length::mm(12),
            unit: Length::micrometres(1300),
            emblem: Length::mm(17),
            body: of(11_500, 17_800),
            name: of(15_000, 19_000),
            title: of(18_500, 24_000),
            small: of(9_600, 13_800),
            fine: of(8_000, 10_800),
        }
    }

    /// Closer together, for a sheet of which there is much width and little height.
    fn lower(self) -> Self {
        Self {
            top: Length::mm(9),
            unit: Length::micrometres(750),
            emblem: Length::mm(12),
            body: of(10_400, 15_200),
            title: of(14_500, 18_000),
            ..self
        }
    }

    /// The whole width of the text.
    pub(crate) fn whole(&self) -> Column {
        Column { start: Length::ZERO, width: self.right - self.left }
    }
}

impl<'a> Desk<'a> {
    pub(crate) fn new(paper: Paper, language: &'a Language) -> Self {
        Self { canvas: Canvas::new(paper.size()), grid: Grid::new(paper), language }
    }

    /// Sets a text of one weight in a column.
    pub(crate) fn set(
        &self,
        text: &str,
        weight: Weight,
        kind: Type,
        width: Length,
    ) -> Result<Vec<Line>, DocumentError> {
        text::lines(&[Span::new(text, weight)], &self.setting(kind.size, width))
    }

    /// Sets a text in one line, smaller where it would be wider than `width`.
    pub(crate) fn fit(
        &self,
        text: &str,
        weight: Weight,
        size: Length,
        width: Length,
    ) -> Result<Line, DocumentError> {
        const SMALLEST: Length = Length::pt(5);
        let line = text::line(text, weight, &self.setting(size, width))?;
        if line.width <= width {
            return Ok(line);
        }
        let smaller = size.times(width.thousandths(), line.width.thousandths()) - Length::milli(1);
        if smaller < SMALLEST {
            return Err(DocumentError::DoesNotFit { part: Part::Heading });
        }
        text::line(text, weight, &self.setting(smaller, width))
    }

    pub(crate) fn setting(&self, size: Length, width: Length) -> Setting<'a> {
        Setting { size, width, tracking: Length::ZERO, language: self.language }
    }

    /// Puts lines under each other and gives the lower edge of the last.
    pub(crate) fn put_lines(
        &mut self,
        block: Option<usize>,
        lines: Vec<Line>,
        (column, align): (Column, Align),
        top: Length,
        (kind, color): (Type, Color),
    ) -> Length {
        let mut top = top;
        for line in lines {
            self.put_line(block, line, (column, align), top + kind.drop(), color);
            top += kind.leading;
        }
        top
    }

    /// Puts one line on a baseline.
    pub(crate) fn put_line(
        &mut self,
        block: Option<usize>,
        line: Line,
        (column, align): (Column, Align),
        baseline: Length,
        color: Color,
    ) {
        let area = self.area(column, baseline, Length::ZERO);
        let spare = area.width() - line.width;
        let left = match (align, self.language.right_to_left) {
            (Align::Centre, _) => area.left + spare / 2,
            (Align::Start, false) | (Align::End, true) => area.left,
            (Align::Start, true) | (Align::End, false) => area.left + spare,
        };
        self.canvas.put(block, Item::Text { line, left, baseline, color });
    }

    /// A column's place on the page, mirrored where reading begins at the right.
    pub(crate) fn area(&self, column: Column, top: Length, height: Length) -> Area {
        let left = if self.language.right_to_left {
            self.grid.right - column.start - column.width
        } else {
            self.grid.left + column.start
        };
        Area::sized(left, top, column.width, height)
    }
}
