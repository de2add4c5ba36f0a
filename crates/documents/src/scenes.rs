//! A drawing on paper.

use domain::scene::{Anchor, Drawn, Fill, Ink, Scene, Shape, Stroke};

use crate::error::DocumentError;
use crate::fonts::Weight;
use crate::layout::Desk;
use crate::length::{Area, Length};
use crate::page::{BRAND, BRAND_SOFT, Color, INK, Item, LINE, MUTED, Role, WHITE};
use crate::text;

const THIN: Length = Length::milli(400);
const PLAIN: Length = Length::milli(800);
/// Thin lines that only guide.
const GRID: Color = Color(0xe2, 0xe7, 0xea);
/// What is usual, so light that all else is read over it.
const USUAL: Color = Color(0xe4, 0xf2, 0xe9);
/// What is aimed at.
const TARGET: Color = Color(0x1f, 0x73, 0x46);
/// Times that count.
const COUNTED: Color = Color(0xcd, 0xe2, 0xe4);
/// What is raised, dark enough for a printer without colours.
const RAISED: Color = Color(0x9a, 0x5b, 0x00);
/// Text in a drawing, in tenths of a point.
const SIZE: i64 = 120;

/// Where a drawing lies on the page: its width becomes the text's.
struct Sheet {
    left: Length,
    top: Length,
    width: Length,
    of: i64,
}

impl Sheet {
    fn of(desk: &Desk<'_>, scene: &Scene, top: Length) -> Self {
        let grid = desk.grid;
        Self { left: grid.left, top, width: grid.right - grid.left, of: scene.width }
    }

    fn length(&self, tenths: i64) -> Length {
        self.width.times(tenths, self.of.max(1))
    }

    fn place(&self, [x, y]: [i64; 2]) -> (Length, Length) {
        (self.left + self.length(x), self.top + self.length(y))
    }

    fn area(&self, at: [i64; 2], [width, height]: [i64; 2]) -> Area {
        let (left, top) = self.place(at);
        Area::sized(left, top, self.length(width), self.length(height))
    }
}

/// How high a drawing is.
pub(crate) fn height(desk: &Desk<'_>, scene: &Scene) -> Length {
    Sheet::of(desk, scene, Length::ZERO).length(scene.height)
}

/// Puts a drawing below `top` as one figure.
pub(crate) fn put(desk: &mut Desk<'_>, scene: &Scene, top: Length) -> Result<(), DocumentError> {
    let sheet = Sheet::of(desk, scene, top);
    let whole = sheet.area([0, 0], [scene.width, scene.height]);
    let block = desk.canvas.block(Role::Figure(scene.words.clone()));
    // What is painted with the figure's own block tells a reader where it stands.
    desk.canvas.put(block, Item::Frame { area: whole, thickness: THIN, color: WHITE });
    for item in &scene.items {
        match item {
            Drawn::Line { ink, stroke, at } => put_line(desk, &sheet, (*ink, *stroke), at),
            Drawn::Band { ink, fill, at, size } => {
                put_band(desk, sheet.area(*at, *size), *ink, *fill);
            }
            Drawn::Marks { ink, shape, at } => {
                at.iter().for_each(|at| put_mark(desk, &sheet, (*ink, *shape), *at));
            }
            Drawn::Text { ink, at, anchor, text } => put_text(desk, &sheet, *ink, (*at, *anchor), text)?,
        }
    }
    Ok(())
}

fn color(ink: Ink) -> Color {
    match ink {
        Ink::Grid => GRID,
        Ink::Axis | Ink::Note | Ink::Reading | Ink::Procedure | Ink::Unsure => MUTED,
        Ink::Title => INK,
        Ink::Usual => USUAL,
        Ink::Target => TARGET,
        Ink::Counted => COUNTED,
        Ink::Raised => RAISED,
        Ink::Course => BRAND,
    }
}

fn put_line(desk: &mut Desk<'_>, sheet: &Sheet, (ink, stroke): (Ink, Stroke), at: &[[i64; 2]]) {
    let color = color(ink);
    let thickness = match ink {
        Ink::Reading | Ink::Target => PLAIN,
        _ => THIN,
    };
    let mut path = |at: &[[i64; 2]]| {
        let points = at.iter().map(|at| sheet.place(*at)).collect();
        desk.canvas.put(None, Item::Path { points, thickness, color });
    };
    let (dash, gap) = match stroke {
        Stroke::Whole => return path(at),
        Stroke::Dashed => (60, 40),
        Stroke::Dotted => (15, 30),
    };
    // Only lines along the paper's edges are broken.
    for pair in at.windows(2) {
        let &[[x, y], [to_x, to_y]] = pair else { continue };
        let length = (to_x - x).abs().max((to_y - y).abs());
        let mut begin = 0;
        while begin < length {
            let end = (begin + dash).min(length);
            let on = |part: i64| [x + (to_x - x) * part / length, y + (to_y - y) * part / length];
            path(&[on(begin), on(end)]);
            begin += dash + gap;
        }
    }
}

fn put_band(desk: &mut Desk<'_>, area: Area, ink: Ink, fill: Fill) {
    let frame = Item::Frame { area, thickness: THIN, color: color(ink) };
    match fill {
        Fill::Even => desk.canvas.put(None, Item::Fill { area, color: color(ink) }),
        Fill::Framed => {
            desk.canvas.put(None, Item::Fill { area, color: BRAND_SOFT });
            desk.canvas.put(None, frame);
        }
        Fill::Hatched => {
            let step = Length::milli(2_500);
            for at in 0..=area.width().thousandths() / step.thousandths() {
                let left = area.left + step * at;
                let stripe = Area { left, right: (left + step / 3).min(area.right), ..area };
                desk.canvas.put(None, Item::Fill { area: stripe, color: LINE });
            }
            desk.canvas.put(None, frame);
        }
    }
}

fn put_mark(desk: &mut Desk<'_>, sheet: &Sheet, (ink, shape): (Ink, Shape), [x, y]: [i64; 2]) {
    let color = color(ink);
    let corners = |corners: &[[i64; 2]]| -> Vec<(Length, Length)> {
        corners.iter().map(|[dx, dy]| sheet.place([x + dx, y + dy])).collect()
    };
    let up = || corners(&[[-46, 36], [46, 36], [0, -44]]);
    let (middle, radius) = (sheet.place([x, y]), sheet.length(36));
    match shape {
        Shape::Disc => desk.canvas.put(None, Item::Disc { middle, radius, color }),
        Shape::Ring => {
            desk.canvas.put(None, Item::Disc { middle, radius, color: WHITE });
            desk.canvas.put(None, Item::Ring { middle, radius, thickness: PLAIN, color });
        }
        Shape::Up => desk.canvas.put(None, Item::Polygon { points: up(), color }),
        Shape::UpOpen => {
            desk.canvas.put(None, Item::Polygon { points: up(), color: WHITE });
            let mut points = up();
            points.extend(points.first().copied());
            desk.canvas.put(None, Item::Path { points, thickness: PLAIN, color });
        }
        Shape::Cross => {
            for points in [corners(&[[-36, -36], [36, 36]]), corners(&[[-36, 36], [36, -36]])] {
                desk.canvas.put(None, Item::Path { points, thickness: PLAIN, color });
            }
        }
        Shape::Down => {
            let points = corners(&[[-40, -60], [40, -60], [0, 0]]);
            desk.canvas.put(None, Item::Polygon { points, color });
        }
        Shape::Onward => {
            let points = corners(&[[-70, -75], [0, 0], [-70, 75]]);
            desk.canvas.put(None, Item::Polygon { points, color });
        }
    }
}

fn put_text(
    desk: &mut Desk<'_>,
    sheet: &Sheet,
    ink: Ink,
    (at, anchor): ([i64; 2], Anchor),
    words: &str,
) -> Result<(), DocumentError> {
    let weight = if ink == Ink::Title { Weight::SemiBold } else { Weight::Regular };
    let line = text::line(words, weight, &desk.setting(sheet.length(SIZE), sheet.width))?;
    let (x, baseline) = sheet.place(at);
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - line.width / 2,
        Anchor::End => x - line.width,
    };
    desk.canvas.put(None, Item::Text { line, left, baseline, color: color(ink) });
    Ok(())
}
