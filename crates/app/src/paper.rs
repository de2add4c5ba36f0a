//! What every paper of this clinic has: its letterhead, its foot, the moment at which it was made.

use documents::blocks::Block;
use documents::sheets::{Document, Pages, render};
use documents::{DocumentError, Emblem, Format, Letterhead, Moment, Paper};
use domain::Instant;

use crate::records::Names;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

const FOOT: &str = "{site}, printed {time} by {name}. Patients' data: keep it locked away.";
const COUNT: &str = "page {page} of {pages}";

/// The PDF of a sheet of this site, on A4: who printed it and when stands in its foot, and the code of the form.
pub(crate) fn sheet(
    seat: &Seat,
    title: &str,
    form: Option<&str>,
    blocks: Vec<Block>,
) -> Result<Vec<u8>, Refusal> {
    let by = Names::default().of(seat, Some(seat.sitting.user))?.unwrap_or_default();
    let time = seat.moment.wall.as_str().get(11..16).unwrap_or_default();
    let foot = FOOT.replace("{site}", &seat.place.site_name).replace("{time}", time).replace("{name}", &by);
    let (clinic, site) = (&seat.place.clinic_name, &seat.place.site_name);
    let counted = form.into_iter().chain([COUNT]).collect::<Vec<_>>().join(" · ");
    let pages = Pages::Counted(counted);
    let document = Document { foot, pages, ..plain(clinic, site, title, &seat.moment.wall, blocks) };
    render(&document).map_err(unprintable)
}

/// A sheet of `site` without a foot, of one page.
pub(crate) fn plain(clinic: &str, site: &str, title: &str, at: &Instant, blocks: Vec<Block>) -> Document {
    Document {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        letterhead: Letterhead {
            name: clinic.to_owned(),
            lines: vec![site.to_owned()],
            emblem: Emblem::None,
        },
        title: title.to_owned(),
        blocks,
        foot: String::new(),
        pages: Pages::One,
        author: clinic.to_owned(),
        subject: title.to_owned(),
        created: moment(at),
    }
}

/// An instant as the clock on the wall showed it.
pub(crate) fn moment(at: &Instant) -> Moment {
    let text = at.as_str();
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u16>().ok());
    let small = |from: usize, to: usize| part(from, to).and_then(|part| u8::try_from(part).ok());
    let offset =
        text.get(text.len().saturating_sub(6)..).filter(|tail| !tail.ends_with('Z')).unwrap_or_default();
    let number = |from: usize, to: usize| offset.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let minutes = number(1, 3).unwrap_or_default() * 60 + number(4, 6).unwrap_or_default();
    Moment {
        year: part(0, 4).unwrap_or_default(),
        month: small(5, 7).unwrap_or(1),
        day: small(8, 10).unwrap_or(1),
        hour: small(11, 13).unwrap_or_default(),
        minute: small(14, 16).unwrap_or_default(),
        second: small(17, 19).unwrap_or_default(),
        offset_minutes: if offset.starts_with('-') { -minutes } else { minutes },
    }
}

/// Why a page cannot be made, without the words that were to stand on it.
pub(crate) fn unprintable(error: DocumentError) -> Refusal {
    let refusal = |reason: &str| Refusal::new(Code::Unprintable).with("reason", reason);
    match error {
        DocumentError::NoGlyph { character } => {
            refusal("no_glyph").with("character", format!("U+{:04X}", u32::from(character)))
        }
        DocumentError::TooLong { .. } | DocumentError::DoesNotFit { .. } => refusal("too_long"),
        DocumentError::CodeTooDense { .. } => refusal("code_too_dense"),
        DocumentError::Picture { .. } | DocumentError::Writer { .. } => refusal("writer"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_the_clock_on_the_wall_and_its_offset() {
        let read = |text: &str| {
            let moment = moment(&text.parse().unwrap());
            (moment.year, moment.day, moment.hour, moment.second, moment.offset_minutes)
        };
        assert_eq!(read("2026-11-22T10:31:05+08:00"), (2026, 22, 10, 5, 480));
        assert_eq!(read("2026-11-22T10:31:05-03:30"), (2026, 22, 10, 5, -210));
        assert_eq!(read("2026-11-22T10:31:05Z"), (2026, 22, 10, 5, 0));
        assert_eq!(read("2026-11-22T10:31:05.125Z"), (2026, 22, 10, 5, 0));
    }
}
