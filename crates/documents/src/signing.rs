//! The lower end of a certificate: the code, the place for the seal, the signature.

use crate::certificates::{CertificatePage, Signer};
use crate::code::{self, Code};
use crate::error::{DocumentError, Part};
use crate::fonts::Weight;
use crate::layout::{Align, Column, Desk};
use crate::length::{Area, Length};
use crate::page::{INK, Item, LINE, MUTED, Role};
use crate::pictures::Picture;
use crate::text::Line;

/// Everything that stands there, set and measured before a page is chosen for it.
pub(crate) struct Signing {
    code: Option<Code>,
    code_words: String,
    code_waits: Vec<Line>,
    check: Vec<Line>,
    seal: Option<Line>,
    signer: String,
    signature: Option<Picture>,
    name: Vec<Line>,
    office: Vec<Line>,
    signer_column: Column,
    pub height: Length,
}

const SIDE: Length = Length::mm(code::SIDE_MM);
/// About a quiet zone. The box hangs this far over the text's edge, so that the modules, not the
/// white round them, stand flush with the text.
const HANG: Length = Length::micrometres(1600);
/// Room above the signer's line for a signature by hand.
const HAND: Length = Length::mm(16);

impl Signing {
    pub(crate) fn set(desk: &Desk<'_>, certificate: &CertificatePage) -> Result<Self, DocumentError> {
        let grid = desk.grid;
        let whole = grid.whole().width;
        let width = whole.times(48, 100).min(Length::mm(76));
        let signer = &certificate.signer;
        let check = desk.set(&certificate.check_line, Weight::Regular, grid.fine, SIDE + grid.unit * 5)?;
        let name = desk.set(&signer.name, Weight::SemiBold, grid.body, width)?;
        let office = office(desk, signer, width)?;
        let seal = certificate
            .seal
            .as_deref()
            .map(|words| desk.fit(words, Weight::Regular, grid.fine.size, Length::mm(20)))
            .transpose()?;
        let below = grid.unit * 2;
        let signed = HAND + below + grid.body.height(&name) + grid.small.height(&office);
        let coded = SIDE - HANG + grid.unit + grid.fine.height(&check);
        Ok(Self {
            code: certificate.code.as_deref().map(Code::new).transpose()?,
            code_words: certificate.words.code.clone(),
            code_waits: desk.set(
                &certificate.words.code_at_issue,
                Weight::Regular,
                grid.fine,
                SIDE - grid.unit * 8,
            )?,
            check,
            seal,
            signer: signer.name.clone(),
            signature: signer
                .signature
                .as_deref()
                .map(|bytes| Picture::read(bytes, Part::Signature))
                .transpose()?,
            name,
            office,
            signer_column: Column { start: whole - width, width },
            height: signed.max(coded),
        })
    }

    /// Puts it at the lower end of the last page and gives the place of the code's box.
    pub(crate) fn put(self, desk: &mut Desk<'_>) -> Area {
        let grid = desk.grid;
        let top = grid.bottom - self.height;
        let signer_column = self.signer_column;
        let code_end = SIDE - HANG * 2;
        let box_top = grid.bottom - grid.fine.height(&self.check) - grid.unit + HANG - SIDE;
        let code_area = desk.area(Column { start: -HANG, width: SIDE }, box_top, SIDE);
        if let Some(line) = self.seal {
            let gap = signer_column.start - code_end;
            let middle = (code_end + gap / 2, box_top + SIDE / 2);
            put_seal(desk, line, middle, gap - grid.unit * 10);
        }
        let text = grid.body.height(&self.name) + grid.small.height(&self.office);
        let line_top = grid.bottom - text - grid.unit * 2;
        if let Some(picture) = self.signature {
            let block = desk.canvas.block(Role::Figure(self.signer));
            let room = Column {
                start: signer_column.start + signer_column.width / 10,
                width: signer_column.width.times(8, 10),
            };
            let height = HAND.min(line_top - top) - grid.unit;
            let area = desk.area(room, line_top - height - grid.unit / 2, height);
            desk.canvas.put_picture(block, area, picture);
        }
        let rule = desk.area(signer_column, line_top, Length::milli(700));
        desk.canvas.put(None, Item::Fill { area: rule, color: INK });
        let block = desk.canvas.block(Role::Paragraph);
        let centred = (signer_column, Align::Centre);
        let below = desk.put_lines(block, self.name, centred, line_top + grid.unit * 2, (grid.body, INK));
        let block = desk.canvas.block(Role::Paragraph);
        desk.put_lines(block, self.office, centred, below, (grid.small, MUTED));
        put_code(desk, self.code, self.code_words, self.code_waits, code_area);
        let block = desk.canvas.block(Role::Paragraph);
        let column = Column { start: Length::ZERO, width: SIDE + grid.unit * 5 };
        let check_top = grid.bottom - grid.fine.height(&self.check);
        desk.put_lines(block, self.check, (column, Align::Start), check_top, (grid.fine, MUTED));
        code_area
    }
}

/// Qualification and licence on one line where they fit, else each on its own.
fn office(desk: &Desk<'_>, signer: &Signer, width: Length) -> Result<Vec<Line>, DocumentError> {
    let parts = [signer.qualification.as_str(), signer.licence.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    let kind = desk.grid.small;
    let together = desk.set(&parts.join(" · "), Weight::Regular, kind, width)?;
    if together.len() <= 1 {
        return Ok(together);
    }
    desk.set(&parts.join("\n"), Weight::Regular, kind, width)
}

fn put_code(desk: &mut Desk<'_>, code: Option<Code>, words: String, waits: Vec<Line>, area: Area) {
    let grid = desk.grid;
    if let Some(code) = code {
        let block = desk.canvas.block(Role::Figure(words));
        desk.canvas.put(block, Item::Code { area, code });
        return;
    }
    let edge = Area {
        left: area.left + HANG,
        top: area.top + HANG,
        right: area.right - HANG,
        bottom: area.bottom - HANG,
    };
    desk.canvas.put(None, Item::Frame { area: edge, thickness: Length::milli(500), color: LINE });
    let block = desk.canvas.block(Role::Paragraph);
    let top = area.top + (SIDE - grid.fine.height(&waits)) / 2;
    let column = Column { start: -HANG, width: SIDE };
    desk.put_lines(block, waits, (column, Align::Centre), top, (grid.fine, MUTED));
}

fn put_seal(desk: &mut Desk<'_>, line: Line, (start, y): (Length, Length), gap: Length) {
    let radius = gap.min(Length::mm(28)) / 2;
    if radius < Length::mm(8) {
        return;
    }
    let column = Column { start: start - radius, width: radius * 2 };
    let area = desk.area(column, y - radius, radius * 2);
    let middle = (area.left + radius, y);
    desk.canvas.put(None, Item::Ring { middle, radius, thickness: Length::milli(500), color: LINE });
    let block = desk.canvas.block(Role::Paragraph);
    let baseline = y + desk.grid.fine.size.times(364, 1000);
    desk.put_line(block, line, (column, Align::Centre), baseline, MUTED);
}
