//! A secret in large letters, and as a code: what is kept in an envelope.

use crate::code::{self, Code};
use crate::error::{DocumentError, Part};
use crate::fonts::Weight;
use crate::layout::{Align, Column, Desk, Type};
use crate::length::{Area, Length};
use crate::page::{BRAND, BRAND_SOFT, INK, Item, MUTED, Role, WHITE};
use crate::text::{self, Line};

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

/// The secret, set: numbered lines at the start, the code at the end, on a tinted panel. Letters and digits run from left to
/// right in every language.
pub(crate) struct SecretPanel {
    label: Vec<Line>,
    table: Groups,
    column: Column,
    code: Code,
    code_words: String,
    text: Length,
    pub height: Length,
}

const SIDE: Length = Length::mm(code::SIDE_MM);

impl SecretPanel {
    pub(crate) fn set(desk: &Desk<'_>, secret: &Secret) -> Result<Self, DocumentError> {
        let grid = desk.grid;
        let pad = grid.unit * 5;
        let column = Column { start: pad, width: grid.whole().width - SIDE - pad * 3 };
        let label = desk.set(&secret.label, Weight::SemiBold, grid.small, column.width)?;
        let table = Groups::set(desk, &secret.lines, column.width)?;
        let text = grid.small.height(&label) + grid.unit * 2 + table.height();
        let height = text.max(SIDE) + pad * 2;
        let (code, code_words) = (Code::new(&secret.code)?, secret.code_words.clone());
        Ok(Self { label, table, column, code, code_words, text, height })
    }

    pub(crate) fn put(self, desk: &mut Desk<'_>, top: Length) {
        let grid = desk.grid;
        let (whole, pad) = (grid.whole(), grid.unit * 5);
        let panel = desk.area(whole, top, self.height);
        desk.canvas.put(None, Item::Fill { area: panel, color: BRAND_SOFT });
        let edge = Area { right: panel.left + Length::milli(2000), ..panel };
        desk.canvas.put(None, Item::Fill { area: edge, color: BRAND });
        let block = desk.canvas.block(Role::Paragraph);
        let middle = top + (self.height - self.text) / 2;
        let start = (self.column, Align::Start);
        let below = desk.put_lines(block, self.label, start, middle, (grid.small, BRAND));
        let left = desk.area(self.column, below, Length::ZERO).left;
        self.table.put(desk, left, below + grid.unit * 2);
        let place = Column { start: whole.width - SIDE - pad, width: SIDE };
        let area = desk.area(place, top + (self.height - SIDE) / 2, SIDE);
        desk.canvas.put(None, Item::Fill { area, color: WHITE });
        let block = desk.canvas.block(Role::Figure(self.code_words));
        desk.canvas.put(block, Item::Code { area, code: self.code });
    }
}

/// Groups in columns, one width of type for all.
struct Groups {
    kind: Type,
    gutter: Length,
    step: Length,
    rows: Vec<(Line, Vec<Line>)>,
}

impl Groups {
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
