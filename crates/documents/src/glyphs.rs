//! Glyph runs as PDF text operators that give the text back when it is copied or read out.

use std::collections::BTreeMap;

use printpdf::{Codepoint, DictItem, Op, TextItem};
use ttf_parser::GlyphId;

use crate::error::DocumentError;
use crate::fonts::Face;
use crate::pdf::points;
use crate::text::{Glyph, GlyphRun};

/// Corrections smaller than this, in thousandths of an em, are left to gather.
const NOTICEABLE: i64 = 3;

/// What each glyph says. A face's table gives one text to a glyph, so the first one counts and
/// any other meaning is written beside the glyph.
#[derive(Debug, Default)]
pub(crate) struct Meanings(BTreeMap<(Face, u16), String>);

/// Writes a run at the pen's place; the font is already chosen.
pub(crate) fn show(run: &GlyphRun, meanings: &mut Meanings, ops: &mut Vec<Op>) -> Result<(), DocumentError> {
    let mut pen = Pen::new(run)?;
    let mut glyphs = run.glyphs.as_slice();
    while let Some(first) = glyphs.first() {
        let count = glyphs.iter().take_while(|glyph| glyph.cluster == first.cluster).count();
        let (cluster, rest) = glyphs.split_at(count);
        glyphs = rest;
        let text = cluster_text(run, first.cluster);
        if meanings.say(run.face, cluster, text) {
            pen.write(cluster, meanings, ops);
        } else {
            pen.flush(ops);
            ops.push(begin_actual_text(text));
            pen.write(cluster, meanings, ops);
            pen.close(cluster);
            pen.flush(ops);
            ops.push(Op::EndMarkedContent);
        }
    }
    pen.flush(ops);
    Ok(())
}

impl Meanings {
    /// Whether these glyphs by themselves give back `text`.
    fn say(&mut self, face: Face, cluster: &[Glyph], text: &str) -> bool {
        if let [glyph] = cluster {
            let plain = text.replace('\u{a0}', " ");
            return *self.0.entry((face, glyph.id)).or_insert_with(|| plain.clone()) == plain;
        }
        self.spell(face, cluster, text);
        false
    }

    /// Deals the characters of a cluster out to its glyphs, for readers that look at glyphs alone:
    /// to each its own character, what is left over to the first glyph that has none.
    fn spell(&mut self, face: Face, cluster: &[Glyph], text: &str) {
        const NOTHING: &str = "\u{200b}";
        let own = |glyph: &Glyph| text.chars().find(|character| face.glyph(*character) == Some(glyph.id));
        let taken: Vec<char> = cluster.iter().filter_map(own).collect();
        let mut rest: String = text.chars().filter(|character| !taken.contains(character)).collect();
        for glyph in cluster {
            let said = own(glyph).map_or_else(|| std::mem::take(&mut rest), String::from);
            let said = if said.is_empty() { NOTHING.to_owned() } else { said };
            self.0.entry((face, glyph.id)).or_insert(said);
        }
    }

    fn of(&self, face: Face, glyph: u16) -> String {
        self.0.get(&(face, glyph)).cloned().unwrap_or_default()
    }
}

/// Where the reader's pen is, and what is still to be written there.
struct Pen<'a> {
    run: &'a GlyphRun,
    units: i64,
    widths: &'static rustybuzz::Face<'static>,
    /// Where the next glyph belongs, in the face's units.
    wanted: i64,
    /// Where a reader's pen stands, in thousandths of an em.
    stands: i64,
    waiting: Vec<TextItem>,
}

impl<'a> Pen<'a> {
    fn new(run: &'a GlyphRun) -> Result<Self, DocumentError> {
        let widths = run.face.shaper()?;
        let units = i64::from(widths.units_per_em().max(1));
        Ok(Self { run, units, widths, wanted: 0, stands: 0, waiting: Vec::new() })
    }

    fn write(&mut self, cluster: &[Glyph], meanings: &Meanings, ops: &mut Vec<Op>) {
        // The letter before its marks, on whichever side they stand.
        let mut places = Vec::with_capacity(cluster.len());
        for glyph in cluster {
            places.push((glyph, self.wanted + i64::from(glyph.right)));
            self.wanted += i64::from(glyph.advance);
        }
        places.sort_by_key(|(glyph, _)| glyph.advance == 0);
        for (glyph, place) in places {
            self.step_to(place);
            let said = meanings.of(self.run.face, glyph.id);
            let item = TextItem::GlyphIds(vec![Codepoint::with_cid(glyph.id, 0.0, said)]);
            if glyph.up == 0 {
                self.waiting.push(item);
            } else {
                self.flush(ops);
                let rise = self.run.size.times(i64::from(glyph.up), self.units);
                ops.push(Op::SetLineOffset { multiplier: points(rise) });
                ops.push(Op::ShowText { items: vec![item] });
                ops.push(Op::SetLineOffset { multiplier: 0.0 });
            }
            self.stands += self.stated_width(glyph.id);
        }
    }

    /// Ends a cluster whose last glyph is a mark with a space that reaches to the cluster's end:
    /// without it readers see a gap after the mark and take it for the end of a word.
    fn close(&mut self, cluster: &[Glyph]) {
        let is_mark = cluster.iter().any(|glyph| glyph.advance == 0);
        if let Some(space) = self.run.face.glyph(' ').filter(|_| is_mark) {
            let width = self.stated_width(space);
            self.step_to(self.wanted - width * self.units / 1000);
            self.waiting.push(TextItem::GlyphIds(vec![Codepoint::with_cid(space, 0.0, " ".to_owned())]));
            self.stands += width;
        }
    }

    /// The width that the document's own table states, which a reader's pen follows.
    fn stated_width(&self, glyph: u16) -> i64 {
        let advance = self.widths.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
        i64::from(advance) * 1000 / self.units
    }

    fn step_to(&mut self, place: i64) {
        let correction = self.stands - place * 1000 / self.units;
        if correction.abs() >= NOTICEABLE {
            self.waiting.push(TextItem::Offset(thousandths(correction)));
            self.stands -= correction;
        }
    }

    fn flush(&mut self, ops: &mut Vec<Op>) {
        if !self.waiting.is_empty() {
            ops.push(Op::ShowText { items: std::mem::take(&mut self.waiting) });
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "corrections are far below the 24 bits that are exact")]
fn thousandths(correction: i64) -> f32 {
    correction as f32
}

/// From a cluster's first byte to the next cluster's.
fn cluster_text(run: &GlyphRun, start: usize) -> &str {
    let next = run.glyphs.iter().map(|glyph| glyph.cluster).filter(|cluster| *cluster > start).min();
    run.text.get(start..next.unwrap_or(run.text.len())).unwrap_or_default()
}

fn begin_actual_text(text: &str) -> Op {
    let mut data = vec![0xfe, 0xff];
    data.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    let actual = DictItem::String { data, literal: false };
    let map = BTreeMap::from([("ActualText".to_owned(), actual)]);
    Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties: DictItem::Dict { map } }
}
