//! What stands on a recovery paper, as text and as a page to print. Each is a paper of its own, because each goes into an
//! envelope of its own.

use documents::blocks::{Block, Boxes};
use documents::secret::Secret;
use documents::sheets::{Document, Pages, render};
use documents::{DocumentError, Emblem, Format, Letterhead, Moment, Paper as Size};

const SHEET_TITLE: &str = "Recovery sheet";
const SHARE_TITLE: &str = "Share {number} of 3";
const SHEET_TEXT: &str = "This sheet opens the records of {clinic} on one workstation of {site} when no password is left \
                          that does. Whoever holds it can read them. Seal it in an envelope and keep it under lock, \
                          away from the workstation.";
const SHARE_TEXT: &str = "Any two of the three shares together open everything of {clinic} and can make a new \
                          administrator; one alone opens nothing. Give the three to different people, in sealed \
                          envelopes, kept in different places.";
const TYPED_BACK: &str =
    "When it is typed back, capitals, spaces and hyphens make no difference; O is read as 0, I and L as 1.";
const SECRET_LABEL: &str = "Secret";
const CODE_WORDS: &str = "The secret for a camera";
const BOXES: [&str; 4] = ["Received by", "Date", "Where it is kept", "Signature"];
const FINGERPRINT: &str = "The clinic's fingerprint: {fingerprint}";
const MADE: &str = "Made {made}";

/// One recovery paper.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Its title.
    pub title: String,
    before: String,
    lines: Vec<String>,
    clinic: String,
    site: String,
    fingerprint: String,
    made: String,
}

/// Whose papers they are, and when they were made.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The clinic's name.
    pub clinic: String,
    /// The site's name.
    pub site: String,
    /// The clinic's fingerprint.
    pub fingerprint: String,
    /// When, `2026-11-22T10:31:00+08:00`.
    pub made: String,
}

impl Paper {
    /// The sheet of a workstation.
    #[must_use]
    pub fn sheet(letter: &Letter, lines: &[String]) -> Self {
        Self::of(letter, SHEET_TITLE.to_owned(), SHEET_TEXT, lines)
    }

    /// The clinic's share of this number, from 1.
    #[must_use]
    pub fn share(letter: &Letter, number: usize, lines: &[String]) -> Self {
        Self::of(letter, SHARE_TITLE.replace("{number}", &number.to_string()), SHARE_TEXT, lines)
    }

    fn of(letter: &Letter, title: String, before: &str, lines: &[String]) -> Self {
        let Letter { clinic, site, fingerprint, made } = letter.clone();
        let before = before.replace("{clinic}", &clinic).replace("{site}", &site);
        Self { title, before, lines: lines.to_vec(), clinic, site, fingerprint, made }
    }

    /// As lines for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { title, before, clinic, site, .. } = self;
        let lines: String =
            self.lines.iter().zip(1..).map(|(line, number)| format!("  {number}  {line}\n")).collect();
        let (fingerprint, made) = (self.fingerprint_line(), self.made_line());
        format!("\n==== {title} ====\n{clinic}, {site}\n\n{before}\n\n{lines}\n{fingerprint}\n{made}\n")
    }

    /// As a PDF of one page.
    ///
    /// # Errors
    /// [`DocumentError`] where a name cannot be drawn.
    pub fn pdf(&self) -> Result<Vec<u8>, DocumentError> {
        let initial = self.clinic.chars().find(|sign| sign.is_alphanumeric());
        let secret = Secret {
            label: SECRET_LABEL.to_owned(),
            lines: self.lines.iter().map(|line| line.split('-').map(str::to_owned).collect()).collect(),
            code: self.lines.concat().replace('-', ""),
            code_words: CODE_WORDS.to_owned(),
        };
        let head = vec![
            Block::Space(8),
            Block::Title(self.title.clone()),
            Block::Space(3),
            Block::plain(&self.before),
            Block::plain(TYPED_BACK),
            Block::Space(4),
            Block::Secret(secret),
            Block::Space(5),
        ];
        let end = vec![Block::Space(3), Block::plain(&self.fingerprint_line())];
        render(&Document {
            paper: Size::portrait(Format::A4),
            language: "en".to_owned(),
            letterhead: Letterhead {
                name: self.clinic.clone(),
                lines: vec![self.site.clone()],
                emblem: initial
                    .map_or(Emblem::None, |sign| Emblem::Initials(sign.to_uppercase().to_string())),
            },
            title: self.title.clone(),
            blocks: [head, Boxes::signatures(&BOXES), end].concat(),
            foot: self.made_line(),
            pages: Pages::One,
            author: self.clinic.clone(),
            subject: self.title.clone(),
            created: moment(&self.made),
        })
    }

    fn fingerprint_line(&self) -> String {
        FINGERPRINT.replace("{fingerprint}", &self.fingerprint)
    }

    fn made_line(&self) -> String {
        MADE.replace("{made}", &self.made)
    }
}

/// The moment of `2026-11-22T10:31:00+08:00`.
fn moment(text: &str) -> Moment {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u8>().ok());
    let hours = number(20, 22).unwrap_or_default();
    let east = i16::from(hours) * 60 + i16::from(number(23, 25).unwrap_or_default());
    Moment {
        year: text.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default(),
        month: number(5, 7).unwrap_or(1),
        day: number(8, 10).unwrap_or(1),
        hour: number(11, 13).unwrap_or_default(),
        minute: number(14, 16).unwrap_or_default(),
        second: number(17, 19).unwrap_or_default(),
        offset_minutes: if text.get(19..20) == Some("-") { -east } else { east },
    }
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_paper_is_dated_by_the_wall_of_its_place() {
        let manila = moment("2026-11-22T10:31:07+08:00");
        assert_eq!((manila.year, manila.hour, manila.second, manila.offset_minutes), (2026, 10, 7, 480));
        assert_eq!(moment("2026-11-22T10:31:07-03:30").offset_minutes, -210);
    }
}
