//! Pages to the PDF library's operators. Upwards from the page's lower edge, as PDF counts.

use std::collections::BTreeSet;

use printpdf::{
    Color as Ink, CurTransMat, FontId, Line as Path, LinePoint, Op, PaintMode, ParsedFont, PdfDocument,
    PdfFont, PdfFontHandle, PdfPage, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextMatrix, WindingOrder,
    XObject, XObjectId, XObjectTransform,
};

use crate::error::DocumentError;
use crate::fonts::Face;
use crate::glyphs::{self, Meanings};
use crate::length::{Area, Length};
use crate::page::{Canvas, Color, Item, Page, Role};
use crate::tags::Sequence;
use crate::text::Line;
use crate::xobjects;

/// A document as the PDF library knows it, and where each block's content stands.
pub(crate) struct Drawn {
    pub document: PdfDocument,
    pub sequences: Vec<Sequence>,
}

/// A length as the PDF library takes it.
#[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "PDF counts in broken points")]
pub(crate) fn points(length: Length) -> f32 {
    length.thousandths() as f32 / 1000.0
}

/// Draws all pages.
pub(crate) fn draw(canvas: &Canvas) -> Result<Drawn, DocumentError> {
    let mut drawing = Drawing {
        canvas,
        document: PdfDocument::new(""),
        meanings: Meanings::default(),
        faces: BTreeSet::new(),
        codes: 0,
        sequences: Vec::new(),
        ops: Vec::new(),
    };
    for (index, picture) in canvas.pictures.iter().enumerate() {
        drawing.keep(picture_name(index), xobjects::picture(picture));
    }
    for (index, page) in canvas.pages.iter().enumerate() {
        drawing.page(index, page)?;
    }
    drawing.finish()
}

struct Drawing<'a> {
    canvas: &'a Canvas,
    document: PdfDocument,
    meanings: Meanings,
    faces: BTreeSet<Face>,
    codes: usize,
    sequences: Vec<Sequence>,
    ops: Vec<Op>,
}

impl Drawing<'_> {
    fn page(&mut self, index: usize, page: &Page) -> Result<(), DocumentError> {
        let mut marked = 0;
        for group in page.items.chunk_by(|one, next| one.block == next.block) {
            let Some(first) = group.first() else { continue };
            match first.block {
                Some(block) => {
                    self.ops.push(begin_block(self.canvas.blocks.get(block), marked));
                    self.sequences.push(Sequence { block, page: index, marked, area: area_of(&first.item) });
                    marked += 1;
                }
                None => self.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() }),
            }
            for placed in group {
                self.item(&placed.item)?;
            }
            self.ops.push(Op::EndMarkedContent);
        }
        let sheet = Rect::from_wh(Pt(points(self.canvas.width)), Pt(points(self.canvas.height)));
        self.document.pages.push(PdfPage {
            media_box: sheet.clone(),
            trim_box: sheet.clone(),
            crop_box: sheet,
            ops: std::mem::take(&mut self.ops),
        });
        Ok(())
    }

    fn item(&mut self, item: &Item) -> Result<(), DocumentError> {
        match item {
            Item::Text { line, left, baseline, color } => {
                let (x, y) = self.place((*left, *baseline));
                self.text(line, *color, [1.0, 0.0, 0.0, 1.0], (x, y))?;
            }
            Item::Rising { line, middle, color } => {
                let (matrix, start) = rising(line, self.place(*middle));
                self.text(line, *color, matrix, start)?;
            }
            Item::Fill { area, color } => {
                let rectangle = self.rectangle(area, PaintMode::Fill);
                self.ops.push(Op::SetFillColor { col: ink(*color) });
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Item::Frame { area, thickness, color } => {
                let rectangle = self.rectangle(area, PaintMode::Stroke);
                self.stroke(*thickness, *color);
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Item::Disc { middle, radius, color } => {
                let ring = circle(self.place(*middle), *radius);
                self.polygon(ring, *color);
            }
            Item::Ring { middle, radius, thickness, color } => {
                let points = circle(self.place(*middle), *radius);
                self.stroke(*thickness, *color);
                self.ops.push(Op::DrawLine { line: Path { points, is_closed: true } });
            }
            Item::Path { points, thickness, color } => {
                let points = points.iter().map(|point| corner(self.place(*point))).collect();
                self.stroke(*thickness, *color);
                self.ops.push(Op::DrawLine { line: Path { points, is_closed: false } });
            }
            Item::Polygon { points, color } => {
                let ring = points.iter().map(|point| corner(self.place(*point))).collect();
                self.polygon(ring, *color);
            }
            Item::Picture { area, index } => self.xobject(picture_name(*index), area),
            Item::Code { area, code } => {
                let name = XObjectId(format!("Q{}", self.codes));
                self.codes += 1;
                self.keep(name.clone(), xobjects::code(code));
                self.ops.push(Op::SetFillColor { col: ink(crate::page::INK) });
                self.xobject(name, area);
            }
        }
        Ok(())
    }

    fn text(
        &mut self,
        line: &Line,
        color: Color,
        [a, b, c, d]: [f32; 4],
        (x, y): (Length, Length),
    ) -> Result<(), DocumentError> {
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFillColor { col: ink(color) });
        // Every run starts where the one before it ended, so what is rounded does not add up.
        let (mut x, mut y) = (x, y);
        for run in &line.runs {
            self.faces.insert(run.face);
            let font = PdfFontHandle::External(FontId(run.face.tag().to_owned()));
            self.ops.push(Op::SetFont { font, size: Pt(points(run.size)) });
            let matrix = TextMatrix::Raw([a, b, c, d, points(x), points(y)]);
            self.ops.push(Op::SetTextMatrix { matrix });
            glyphs::show(run, &mut self.meanings, &mut self.ops)?;
            let mut width = Length::ZERO;
            for glyph in &run.glyphs {
                width += run.width_of(glyph)?;
            }
            if b == 0.0 {
                x += width;
            } else {
                x += width.times(RISE.0, 1000);
                y += width.times(RISE.1, 1000);
            }
        }
        self.ops.push(Op::EndTextSection);
        Ok(())
    }

    fn xobject(&mut self, id: XObjectId, area: &Area) {
        let (x, y) = self.place((area.left, area.bottom));
        let matrix = [points(area.width()), 0.0, 0.0, points(area.height()), points(x), points(y)];
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        self.ops.push(Op::SaveGraphicsState);
        self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        self.ops.push(Op::UseXobject { id, transform });
        self.ops.push(Op::RestoreGraphicsState);
    }

    fn keep(&mut self, id: XObjectId, object: XObject) {
        self.document.resources.xobjects.map.insert(id, object);
    }

    fn polygon(&mut self, ring: Vec<LinePoint>, color: Color) {
        self.ops.push(Op::SetFillColor { col: ink(color) });
        self.ops.push(Op::DrawPolygon {
            polygon: Polygon {
                rings: vec![PolygonRing { points: ring }],
                mode: PaintMode::Fill,
                winding_order: WindingOrder::NonZero,
            },
        });
    }

    fn stroke(&mut self, thickness: Length, color: Color) {
        self.ops.push(Op::SetOutlineColor { col: ink(color) });
        self.ops.push(Op::SetOutlineThickness { pt: Pt(points(thickness)) });
    }

    fn place(&self, (left, top): (Length, Length)) -> (Length, Length) {
        (left, self.canvas.height - top)
    }

    fn rectangle(&self, area: &Area, mode: PaintMode) -> Rect {
        let (x, y) = self.place((area.left, area.bottom));
        Rect {
            x: Pt(points(x)),
            y: Pt(points(y)),
            width: Pt(points(area.width())),
            height: Pt(points(area.height())),
            mode: Some(mode),
            winding_order: None,
        }
    }

    fn finish(mut self) -> Result<Drawn, DocumentError> {
        for face in self.faces {
            let mut warnings = Vec::new();
            let parsed = ParsedFont::from_bytes(face.bytes(), 0, &mut warnings)
                .ok_or_else(|| DocumentError::Writer { reason: format!("the face {face:?} is damaged") })?;
            let id = FontId(face.tag().to_owned());
            self.document.resources.fonts.map.insert(id, PdfFont::new(parsed));
        }
        Ok(Drawn { document: self.document, sequences: self.sequences })
    }
}

/// Cosine and sine of the angle at which a mark rises across the page, in thousandths.
pub(crate) const RISE: (i64, i64) = (848, 530);

#[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "PDF takes a matrix of fractions")]
fn rising(line: &Line, (x, y): (Length, Length)) -> ([f32; 4], (Length, Length)) {
    let size = line.runs.first().map_or(Length::ZERO, |run| run.size);
    // Half the width back along the rise, and half a capital's height down across it.
    let (back, down) = (line.width / 2, size.times(364, 1000));
    let start = (
        x - back.times(RISE.0, 1000) + down.times(RISE.1, 1000),
        y - back.times(RISE.1, 1000) - down.times(RISE.0, 1000),
    );
    let (cos, sin) = (RISE.0 as f32 / 1000.0, RISE.1 as f32 / 1000.0);
    ([cos, sin, -sin, cos], start)
}

fn corner((x, y): (Length, Length)) -> LinePoint {
    LinePoint { p: Point { x: Pt(points(x)), y: Pt(points(y)) }, bezier: false }
}

/// A circle of four Bézier arcs.
fn circle((x, y): (Length, Length), radius: Length) -> Vec<LinePoint> {
    let arm = radius.times(5523, 10_000);
    let at = |dx: Length, dy: Length, bezier: bool| LinePoint {
        p: Point { x: Pt(points(x + dx)), y: Pt(points(y + dy)) },
        bezier,
    };
    let zero = Length::ZERO;
    vec![
        at(radius, zero, false),
        at(radius, arm, true),
        at(arm, radius, true),
        at(zero, radius, false),
        at(-arm, radius, true),
        at(-radius, arm, true),
        at(-radius, zero, false),
        at(-radius, -arm, true),
        at(-arm, -radius, true),
        at(zero, -radius, false),
        at(arm, -radius, true),
        at(radius, -arm, true),
        at(radius, zero, false),
    ]
}

#[expect(clippy::float_arithmetic, reason = "PDF takes colours as fractions")]
fn ink(Color(red, green, blue): Color) -> Ink {
    let part = |value: u8| f32::from(value) / 255.0;
    Ink::Rgb(Rgb { r: part(red), g: part(green), b: part(blue), icc_profile: None })
}

fn begin_block(role: Option<&Role>, marked: usize) -> Op {
    let tag = role.map_or("P", Role::tag).to_owned();
    Op::BeginMarkedContentWithProperties { tag, properties: xobjects::marked(marked) }
}

fn area_of(item: &Item) -> Option<Area> {
    match item {
        Item::Picture { area, .. } | Item::Code { area, .. } | Item::Frame { area, .. } => Some(*area),
        Item::Disc { middle: (x, y), radius, .. } => {
            Some(Area::sized(*x - *radius, *y - *radius, *radius * 2, *radius * 2))
        }
        _ => None,
    }
}

fn picture_name(index: usize) -> XObjectId {
    XObjectId(format!("P{index}"))
}
