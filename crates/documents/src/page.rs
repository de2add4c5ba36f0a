//! Pages as values: what stands where, before any PDF is written.

use crate::code::Code;
use crate::length::{Area, Length};
use crate::pictures::Picture;
use crate::text::Line;

/// A colour of the document's own palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Color(pub u8, pub u8, pub u8);

/// Text that is read.
pub(crate) const INK: Color = Color(0x14, 0x21, 0x2a);
/// Text that stands beside what is read.
pub(crate) const MUTED: Color = Color(0x4b, 0x5c, 0x67);
/// The brand's teal.
pub(crate) const BRAND: Color = Color(0x0b, 0x70, 0x79);
/// The brand's teal as a tint behind what matters most.
pub(crate) const BRAND_SOFT: Color = Color(0xee, 0xf6, 0xf7);
/// Thin lines round what is still empty.
pub(crate) const LINE: Color = Color(0xb4, 0xbf, 0xc5);
/// The mark across a draft: seen at once, read through without effort.
pub(crate) const GHOST: Color = Color(0xe6, 0xe9, 0xeb);
/// The paper.
pub(crate) const WHITE: Color = Color(0xff, 0xff, 0xff);

/// All pages of a document, with its structure.
#[derive(Debug)]
pub(crate) struct Canvas {
    pub width: Length,
    pub height: Length,
    pub pages: Vec<Page>,
    /// The parts of the document in reading order.
    pub blocks: Vec<Role>,
    pub pictures: Vec<Picture>,
}

/// What stands on one page, in the order in which it is painted.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub items: Vec<Placed>,
}

/// Something on a page; without a block it is decoration that is not read out.
#[derive(Debug)]
pub(crate) struct Placed {
    pub block: Option<usize>,
    pub item: Item,
}

/// What a block is to a reader who cannot see it.
#[derive(Clone, Debug)]
pub(crate) enum Role {
    Title,
    Paragraph,
    /// A picture, with the words that stand for it.
    Figure(String),
}

/// Something painted.
#[derive(Debug)]
pub(crate) enum Item {
    Text {
        line: Line,
        left: Length,
        baseline: Length,
        color: Color,
    },
    /// A line of text rising to the right, centred on a point.
    Rising {
        line: Line,
        middle: (Length, Length),
        color: Color,
    },
    Fill {
        area: Area,
        color: Color,
    },
    Frame {
        area: Area,
        thickness: Length,
        color: Color,
    },
    Disc {
        middle: (Length, Length),
        radius: Length,
        color: Color,
    },
    Ring {
        middle: (Length, Length),
        radius: Length,
        thickness: Length,
        color: Color,
    },
    /// A line through points.
    Path {
        points: Vec<(Length, Length)>,
        thickness: Length,
        color: Color,
    },
    /// An area with these corners.
    Polygon {
        points: Vec<(Length, Length)>,
        color: Color,
    },
    /// The canvas's picture of this index.
    Picture {
        area: Area,
        index: usize,
    },
    Code {
        area: Area,
        code: Code,
    },
}

impl Canvas {
    pub(crate) fn new((width, height): (Length, Length)) -> Self {
        Self { width, height, pages: vec![Page::default()], blocks: Vec::new(), pictures: Vec::new() }
    }

    /// Opens a part of the document; what is put down with it is read in this place.
    pub(crate) fn block(&mut self, role: Role) -> Option<usize> {
        self.blocks.push(role);
        Some(self.blocks.len() - 1)
    }

    /// Begins another page.
    pub(crate) fn turn(&mut self) {
        self.pages.push(Page::default());
    }

    /// Puts something on the last page.
    pub(crate) fn put(&mut self, block: Option<usize>, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Placed { block, item });
        }
    }

    /// Puts a picture on the last page, as large as the area allows, in its middle.
    pub(crate) fn put_picture(&mut self, block: Option<usize>, area: Area, picture: Picture) {
        let (across, down) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        let width = area.width().min(area.height().times(across, down));
        let height = width.times(down, across);
        let left = area.left + (area.width() - width) / 2;
        let top = area.top + (area.height() - height) / 2;
        self.pictures.push(picture);
        let index = self.pictures.len() - 1;
        self.put(block, Item::Picture { area: Area::sized(left, top, width, height), index });
    }
}
