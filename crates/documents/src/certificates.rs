//! A certificate as it is printed.

use crate::blocks::Block;
use crate::error::{DocumentError, Part};
use crate::file::{self, About};
use crate::flow;
use crate::fonts::Weight;
use crate::layout::{Align, Column, Desk};
use crate::length::{Area, Length};
use crate::letterhead::{self, Letterhead};
use crate::moment::Moment;
use crate::page::{BRAND, GHOST, INK, Item, MUTED, Role};
use crate::paper::Paper;
use crate::pdf::RISE;
use crate::rows;
use crate::signing::Signing;
use crate::text::{self, Language, Line, Setting, Span};

/// A certificate's page, every word of it a value: the document's language is not the program's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificatePage {
    /// The frame.
    pub paper: Paper,
    /// The language of the text, a BCP 47 tag; a language written from right to left mirrors the page.
    pub language: String,
    /// The clinic.
    pub letterhead: Letterhead,
    /// Form code and effective date, as they stand in the foot.
    pub form: Option<String>,
    /// The number, with the word before it; `None` before issue.
    pub number: Option<String>,
    /// The date of issue, written out.
    pub date: String,
    /// The heading.
    pub title: String,
    /// To whom it is addressed.
    pub addressee: Option<String>,
    /// What it states.
    pub body: Vec<Block>,
    /// Who answers for it.
    pub signer: Signer,
    /// The signed payload for the square code; `None` before issue.
    pub code: Option<String>,
    /// How anybody checks it.
    pub check_line: String,
    /// The word in the circle kept free for a seal; `None` keeps no place.
    pub seal: Option<String>,
    /// What is marked on the sheet as a whole.
    pub mark: Mark,
    /// The words that the page itself needs.
    pub words: Words,
    /// Who is named as author in the file's metadata.
    pub author: String,
    /// What the file's metadata say it is about; no patient's name belongs here.
    pub subject: String,
    /// When it was made.
    pub created: Moment,
}

/// Who signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Name and title.
    pub name: String,
    /// Profession.
    pub qualification: String,
    /// Licence, with the word before it.
    pub licence: String,
    /// The bytes of a PNG or JPEG file; without it the place stays free for a hand.
    pub signature: Option<Vec<u8>>,
}

/// What is marked on the sheet as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    None,
    /// These words in grey across each page, under the text.
    Draft(String),
    /// These words in the foot: that it is the original, or which copy.
    Foot(String),
}

/// Words of the page itself, in the document's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Stands where the number will.
    pub number_at_issue: String,
    /// Stands where the code will.
    pub code_at_issue: String,
    /// What the code is, for readers who cannot see it.
    pub code: String,
    /// Page count in the foot of several pages: `{page}` and `{pages}` are filled in.
    pub page: String,
}

/// A finished document and the places that differ before and after issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The PDF file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The number on each page, the code's box, and the draft's mark on each page.
    pub regions: Vec<Region>,
}

/// A place on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The page, from 1.
    pub page: usize,
    /// What stands there.
    pub content: Content,
    /// Where.
    pub area: Area,
}

/// What stands in a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The number, or the words in its stead.
    Number,
    /// The code, or its empty box.
    Code,
    /// The mark.
    Mark,
}

/// The most pages a certificate may have.
pub const MOST_PAGES: usize = 20;

/// The most text a certificate may have, in bytes; far more than [`MOST_PAGES`] hold.
const MOST_TEXT: usize = 200_000;

/// Renders a certificate; the same value gives the same bytes.
///
/// # Errors
/// [`DocumentError`] names the character, picture, code or part that cannot be printed.
pub fn render(certificate: &CertificatePage) -> Result<Rendered, DocumentError> {
    let text: usize = certificate.body.iter().map(Block::weight).sum();
    if text > MOST_TEXT {
        return Err(DocumentError::TooLong { limit: MOST_PAGES });
    }
    let language = Language::new(&certificate.language);
    let mut desk = Desk::new(certificate.paper, &language);
    let signing = Signing::set(&desk, certificate)?;
    let rows = rows::of_body(&desk, &certificate.body, desk.grid.body.leading.times(55, 100))?;
    let mut frame = Frame { certificate, regions: Vec::new(), mark: None };
    let first = frame.head(&mut desk)?;
    let next = frame.running_head_bottom(&desk)?;
    let gap = desk.grid.unit * 6;
    let bottom = desk.grid.bottom;
    let signed = bottom - signing.height - gap;
    if signed - next < desk.grid.body.leading * 3 {
        return Err(DocumentError::DoesNotFit { part: Part::Signature });
    }
    if bottom - first < desk.grid.body.leading * 3 {
        return Err(DocumentError::DoesNotFit { part: Part::Heading });
    }
    if rows.iter().any(|row| row.height > signed - next || row.height > bottom - first) {
        return Err(DocumentError::DoesNotFit { part: Part::Text });
    }
    let pages = flow::signed_pages(&rows, [bottom - first, bottom - next], [signed - first, signed - next]);
    if pages.len() > MOST_PAGES {
        return Err(DocumentError::TooLong { limit: MOST_PAGES });
    }
    // All of the text is read before the foot of its first page.
    let (mut rows, mut last) = (rows, None);
    rows.iter_mut().for_each(|row| row.reserve(&mut desk, &mut last));
    let mut rows = rows.into_iter();
    let count = pages.len();
    for (index, taken) in pages.into_iter().enumerate() {
        let mut top = first;
        if index > 0 {
            desk.canvas.turn();
            top = next;
            frame.running_head(&mut desk)?;
        }
        let page = rows.by_ref().take(taken).collect();
        rows::put_page(&mut desk, page, index, top, &mut last)?;
        frame.foot(&mut desk, index + 1, count)?;
    }
    let area = signing.put(&mut desk);
    frame.regions.push(Region { page: count, content: Content::Code, area });
    let bytes = file::write(&desk.canvas, &certificate.about())?;
    Ok(Rendered { bytes, pages: count, regions: frame.regions })
}

impl CertificatePage {
    fn about(&self) -> About<'_> {
        About {
            language: &self.language,
            title: &self.title,
            author: &self.author,
            subject: &self.subject,
            created: self.created,
        }
    }
}

/// What stands round the text of each page.
struct Frame<'a> {
    certificate: &'a CertificatePage,
    regions: Vec<Region>,
    mark: Option<usize>,
}

impl Frame<'_> {
    /// The first page down to where its text begins.
    fn head(&mut self, desk: &mut Desk<'_>) -> Result<Length, DocumentError> {
        self.draft(desk)?;
        let grid = desk.grid;
        let top = letterhead::put(desk, &self.certificate.letterhead)? + grid.unit * 3;
        let below = self.number_and_date(desk, top)?;
        let mut top = below + grid.unit * 7;
        let tracked = Setting {
            tracking: grid.title.size.times(2, 100),
            ..desk.setting(grid.title.size, grid.whole().width)
        };
        let title = text::lines(&[Span::new(&self.certificate.title, Weight::SemiBold)], &tracked)?;
        let block = desk.canvas.block(Role::Title);
        top = desk.put_lines(block, title, (grid.whole(), Align::Centre), top, (grid.title, INK));
        top += grid.unit * 5;
        if let Some(addressee) = &self.certificate.addressee {
            let lines = desk.set(addressee, Weight::Regular, grid.body, grid.whole().width)?;
            let block = desk.canvas.block(Role::Paragraph);
            top = desk.put_lines(block, lines, (grid.whole(), Align::Start), top, (grid.body, INK));
            top += grid.body.leading.times(55, 100);
        }
        Ok(top)
    }

    /// The number's place never depends on the number, so that nothing moves at issue.
    fn number_and_date(&mut self, desk: &mut Desk<'_>, top: Length) -> Result<Length, DocumentError> {
        let grid = desk.grid;
        let whole = grid.whole().width;
        let column = Column { start: Length::ZERO, width: whole.times(62, 100) };
        let block = desk.canvas.block(Role::Paragraph);
        self.number(desk, block, (column, Align::Start), top)?;
        let column = Column { start: whole.times(64, 100), width: whole.times(36, 100) };
        let date = desk.fit(&self.certificate.date, Weight::Regular, grid.small.size, column.width)?;
        let block = desk.canvas.block(Role::Paragraph);
        desk.put_line(block, date, (column, Align::End), top + grid.small.drop(), MUTED);
        Ok(top + grid.small.leading)
    }

    fn number(
        &mut self,
        desk: &mut Desk<'_>,
        block: Option<usize>,
        place: (Column, Align),
        top: Length,
    ) -> Result<(), DocumentError> {
        let kind = desk.grid.small;
        let words = self.certificate.number.as_ref().unwrap_or(&self.certificate.words.number_at_issue);
        let line = desk.fit(words, Weight::Regular, kind.size, place.0.width)?;
        desk.put_line(block, line, place, top + kind.drop(), MUTED);
        let area = desk.area(place.0, top, kind.leading);
        self.regions.push(Region { page: desk.canvas.pages.len(), content: Content::Number, area });
        Ok(())
    }

    /// The clinic's name, small, as it heads each page after the first.
    fn running_name(&self, desk: &Desk<'_>) -> Result<(Vec<Line>, Column), DocumentError> {
        let column = Column { start: Length::ZERO, width: desk.grid.whole().width.times(54, 100) };
        let name = &self.certificate.letterhead.name;
        Ok((desk.set(name, Weight::SemiBold, desk.grid.small, column.width)?, column))
    }

    fn running_head_bottom(&self, desk: &Desk<'_>) -> Result<Length, DocumentError> {
        let (name, _) = self.running_name(desk)?;
        Ok(desk.grid.top + desk.grid.small.height(&name) + desk.grid.unit * 8)
    }

    /// The head of each page after the first: whose paper and which certificate it belongs to.
    fn running_head(&mut self, desk: &mut Desk<'_>) -> Result<(), DocumentError> {
        self.draft(desk)?;
        let grid = desk.grid;
        let whole = grid.whole().width;
        let (name, column) = self.running_name(desk)?;
        let below = desk.put_lines(None, name, (column, Align::Start), grid.top, (grid.small, INK));
        let column = Column { start: whole.times(56, 100), width: whole.times(44, 100) };
        self.number(desk, None, (column, Align::End), grid.top)?;
        let rule = below + grid.unit * 2;
        let area = Area { left: grid.left, right: grid.right, top: rule, bottom: rule + Length::milli(700) };
        desk.canvas.put(None, Item::Fill { area, color: BRAND });
        Ok(())
    }

    fn foot(&mut self, desk: &mut Desk<'_>, page: usize, pages: usize) -> Result<(), DocumentError> {
        let grid = desk.grid;
        let third = grid.whole().width / 3;
        let column = |index: i64| Column { start: third * index, width: third };
        if let Some(form) = &self.certificate.form {
            let block = if page == 1 { desk.canvas.block(Role::Paragraph) } else { None };
            let line = desk.fit(form, Weight::Regular, grid.fine.size, third)?;
            desk.put_line(block, line, (column(0), Align::Start), grid.foot, MUTED);
        }
        if let Mark::Foot(words) = &self.certificate.mark {
            let block = if page == 1 { desk.canvas.block(Role::Paragraph) } else { None };
            let line = desk.fit(words, Weight::SemiBold, grid.fine.size, third)?;
            let area = desk.area(column(1), grid.foot - grid.fine.size, grid.fine.leading);
            desk.put_line(block, line, (column(1), Align::Centre), grid.foot, BRAND);
            self.regions.push(Region { page, content: Content::Mark, area });
        }
        if pages > 1 {
            let words = self.certificate.words.page.replace("{pages}", &pages.to_string());
            let words = words.replace("{page}", &page.to_string());
            let line = desk.fit(&words, Weight::Regular, grid.fine.size, third)?;
            desk.put_line(None, line, (column(2), Align::End), grid.foot, MUTED);
        }
        Ok(())
    }

    /// Across the page and under its text, as large as the sheet allows.
    fn draft(&mut self, desk: &mut Desk<'_>) -> Result<(), DocumentError> {
        let Mark::Draft(words) = &self.certificate.mark else { return Ok(()) };
        let (width, height) = (desk.canvas.width, desk.canvas.height);
        let margin = desk.grid.left * 2;
        let room = (width - margin).times(1000, RISE.0).min((height - margin).times(1000, RISE.1));
        let size = Length::pt(100);
        let probe = text::line(words, Weight::SemiBold, &desk.setting(size, room))?;
        // The height of the letters also takes room across the frame.
        let length = (probe.width + size.times(700, 1000)).max(Length::milli(1));
        let size = size.times(room.thousandths(), length.thousandths()).min(Length::pt(64));
        let line = text::line(words, Weight::SemiBold, &desk.setting(size, room))?;
        let middle = (width / 2, height / 2);
        let (along, across) = (line.width / 2, size * 2 / 3);
        let half_width = along.times(RISE.0, 1000) + across.times(RISE.1, 1000);
        let half_height = along.times(RISE.1, 1000) + across.times(RISE.0, 1000);
        let area =
            Area::sized(middle.0 - half_width, middle.1 - half_height, half_width * 2, half_height * 2);
        if self.mark.is_none() {
            self.mark = desk.canvas.block(Role::Paragraph);
        }
        self.regions.push(Region { page: desk.canvas.pages.len(), content: Content::Mark, area });
        desk.canvas.put(self.mark, Item::Rising { line, middle, color: GHOST });
        Ok(())
    }
}
