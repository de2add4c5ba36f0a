//! Characters to placed glyphs.

use std::ops::Range;
use std::str::FromStr;

use rustybuzz::{Direction, UnicodeBuffer};
use unicode_script::Script;

use crate::error::DocumentError;
use crate::itemise::Item;
use crate::length::Length;
use crate::text::{Glyph, GlyphRun, Setting};

/// Shapes a part of an item; the text around it decides how its letters join.
pub(crate) fn run(
    text: &str,
    range: Range<usize>,
    item: &Item,
    setting: &Setting<'_>,
) -> Result<GlyphRun, DocumentError> {
    let face = item.face.shaper()?;
    let shaped = rustybuzz::shape(face, &[], buffer(text, range.clone(), item, setting));
    let tracking = tracking(item, setting, i64::from(face.units_per_em()));
    let mut glyphs = Vec::with_capacity(shaped.len());
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let cluster = info.cluster as usize;
        let id = u16::try_from(info.glyph_id).unwrap_or(0);
        if id == 0 {
            let character = text[range.clone()].get(cluster..).and_then(|rest| rest.chars().next());
            return Err(DocumentError::NoGlyph {
                character: character.unwrap_or(char::REPLACEMENT_CHARACTER),
            });
        }
        let spread = if position.x_advance > 0 { tracking } else { 0 };
        glyphs.push(Glyph {
            id,
            advance: position.x_advance + spread,
            right: position.x_offset,
            up: position.y_offset,
            cluster,
        });
    }
    Ok(GlyphRun { face: item.face, size: setting.size, text: text[range].to_owned(), glyphs })
}

fn buffer(text: &str, range: Range<usize>, item: &Item, setting: &Setting<'_>) -> UnicodeBuffer {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text[range.clone()]);
    buffer.set_pre_context(&text[..range.start]);
    buffer.set_post_context(&text[range.end..]);
    buffer.set_direction(if item.level.is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight });
    if let Ok(language) = rustybuzz::Language::from_str(&setting.language.tag) {
        buffer.set_language(language);
    }
    buffer.guess_segment_properties();
    buffer
}

/// Letters that join or hang from a line are never spaced apart.
fn tracking(item: &Item, setting: &Setting<'_>, units_per_em: i64) -> i32 {
    let apart = matches!(item.script, Script::Latin | Script::Greek | Script::Cyrillic | Script::Common);
    if !apart || setting.tracking == Length::ZERO || setting.size == Length::ZERO {
        return 0;
    }
    i32::try_from(setting.tracking.thousandths() * units_per_em / setting.size.thousandths()).unwrap_or(0)
}
