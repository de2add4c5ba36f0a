//! Paper in blocks: a document is a letterhead, blocks from top to bottom, and a foot on each page. What needs more room than
//! a page has flows on to the next.

use crate::blocks::Block;
use crate::error::{DocumentError, Part};
use crate::file::{self, About};
use crate::flow;
use crate::fonts::Weight;
use crate::layout::{Align, Desk};
use crate::letterhead::{self, Letterhead};
use crate::moment::Moment;
use crate::page::{MUTED, Role};
use crate::paper::Paper;
use crate::rows;
use crate::text::Language;

/// A document, every word of it a value: the document's language is not the program's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The paper.
    pub paper: Paper,
    /// The language of the text, a BCP 47 tag; a language written from right to left mirrors the page.
    pub language: String,
    /// The clinic.
    pub letterhead: Letterhead,
    /// What the file's metadata call it.
    pub title: String,
    /// What stands on it, from top to bottom.
    pub blocks: Vec<Block>,
    /// What stands in the foot of each page; nothing where it is empty.
    pub foot: String,
    /// How many pages it may have, and how they are counted.
    pub pages: Pages,
    /// Who is named as author in the file's metadata.
    pub author: String,
    /// What the file's metadata say it is about; no patient's name belongs here.
    pub subject: String,
    /// When it was made.
    pub created: Moment,
}

/// How many pages a document may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pages {
    /// One: what does not fit on it is refused.
    One,
    /// As many as it needs, these words behind the foot: `{page}` and `{pages}` are filled in.
    Counted(String),
}

/// A document of more pages is several documents.
const MOST_PAGES: usize = 100;

/// Renders a document; the same value gives the same bytes.
///
/// # Errors
/// [`DocumentError`] names the character, code or part that cannot be printed.
pub fn render(document: &Document) -> Result<Vec<u8>, DocumentError> {
    let language = Language::new(&document.language);
    let mut desk = Desk::new(document.paper, &language);
    let grid = desk.grid;
    let head = letterhead::put(&mut desk, &document.letterhead)?;
    let (before, rows) = rows::of_document(&desk, &document.blocks, head, document.pages == Pages::One)?;
    let first = head + before;
    let rooms = [grid.bottom - first, grid.bottom - grid.top];
    let pages = flow::pages(&rows, rooms).ok_or(DocumentError::DoesNotFit { part: Part::Text })?;
    let most = if document.pages == Pages::One { 1 } else { MOST_PAGES };
    match pages.len() {
        count if count <= most => {}
        _ if most == 1 => return Err(DocumentError::DoesNotFit { part: Part::Text }),
        _ => return Err(DocumentError::TooLong { limit: MOST_PAGES }),
    }
    let (mut rows, mut last) = (rows.into_iter(), None);
    let count = pages.len();
    for (index, taken) in pages.into_iter().enumerate() {
        let mut top = first;
        if index > 0 {
            desk.canvas.turn();
            top = grid.top;
        }
        let page = rows.by_ref().take(taken).collect();
        rows::put_page(&mut desk, page, index, top, &mut last)?;
        document.put_foot(&mut desk, index + 1, count)?;
    }
    let about = About {
        language: &document.language,
        title: &document.title,
        author: &document.author,
        subject: &document.subject,
        created: document.created,
    };
    file::write(&desk.canvas, &about)
}

impl Document {
    fn put_foot(&self, desk: &mut Desk<'_>, page: usize, pages: usize) -> Result<(), DocumentError> {
        let counted = match &self.pages {
            Pages::One => None,
            Pages::Counted(words) => {
                Some(words.replace("{pages}", &pages.to_string()).replace("{page}", &page.to_string()))
            }
        };
        let foot = Some(self.foot.clone()).filter(|foot| !foot.is_empty());
        let text = foot.into_iter().chain(counted).collect::<Vec<_>>().join(" · ");
        if text.is_empty() {
            return Ok(());
        }
        let grid = desk.grid;
        let line = desk.fit(&text, Weight::Regular, grid.fine.size, grid.whole().width)?;
        let block = desk.canvas.block(Role::Paragraph);
        desk.put_line(block, line, (grid.whole(), Align::Start), grid.foot, MUTED);
        Ok(())
    }
}
