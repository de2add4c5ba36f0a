//! Copies of files on paper: each page says that it is a copy, of whose file, and which page of how many it is.

use crate::error::{DocumentError, Part};
use crate::file::{self, About};
use crate::fonts::Weight;
use crate::layout::{Align, Column, Desk};
use crate::length::{Area, Length};
use crate::moment::Moment;
use crate::page::{INK, Item, LINE, MUTED, Role};
use crate::paper::Paper;
use crate::pictures::Picture;
use crate::text::{Language, Line};

/// A copy, every word of it a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The paper.
    pub paper: Paper,
    /// The language of the text, a BCP 47 tag.
    pub language: String,
    /// The word that says that it is a copy.
    pub mark: String,
    /// Whose file it is, and which, a line each.
    pub facts: Vec<String>,
    /// What it shows.
    pub content: Content,
    /// What stands in the foot of each page; `{page}` and `{pages}` are its number and how many there are.
    pub foot: String,
    /// Who is named as author in the file's metadata.
    pub author: String,
    /// What the file's metadata say it is about.
    pub subject: String,
    /// When it was made.
    pub created: Moment,
}

/// What a copy shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Pictures as PNG or JPEG files, a page each, with the words that stand for them.
    Pictures(Vec<Vec<u8>>, String),
    /// A text.
    Text(String),
}

/// A file of more pages is kept as a copy and printed by another program.
pub const MOST_PAGES: usize = 60;
/// The longer side of a picture on paper, in pixels: 300 dots an inch on A4.
const KEPT: u32 = 3_300;

/// Renders a copy; the same value gives the same bytes.
///
/// # Errors
/// [`DocumentError`] names the character or part that cannot be printed.
pub fn render(copy: &Copy) -> Result<Vec<u8>, DocumentError> {
    let language = Language::new(&copy.language);
    let mut desk = Desk::new(copy.paper, &language);
    match &copy.content {
        Content::Pictures(pictures, words) => put_pictures(&mut desk, copy, pictures, words)?,
        Content::Text(text) => put_text(&mut desk, copy, text)?,
    }
    let about = About {
        language: &copy.language,
        title: &copy.mark,
        author: &copy.author,
        subject: &copy.subject,
        created: copy.created,
    };
    file::write(&desk.canvas, &about)
}

fn put_pictures(
    desk: &mut Desk<'_>,
    copy: &Copy,
    pictures: &[Vec<u8>],
    words: &str,
) -> Result<(), DocumentError> {
    for (at, bytes) in pictures.iter().enumerate() {
        let top = begin(desk, copy, at, pictures.len())?;
        let picture = Picture::whole(bytes, KEPT, Part::Text)?;
        let area = Area { left: desk.grid.left, right: desk.grid.right, top, bottom: desk.grid.bottom };
        let block = desk.canvas.block(Role::Figure(words.to_owned()));
        desk.canvas.put_picture(block, area, picture);
    }
    Ok(())
}

fn put_text(desk: &mut Desk<'_>, copy: &Copy, text: &str) -> Result<(), DocumentError> {
    let (kind, whole) = (desk.grid.small, desk.grid.whole());
    let mut lines: Vec<Option<Line>> = Vec::new();
    for line in text.lines() {
        match line.trim_end() {
            "" => lines.push(None),
            line => lines.extend(desk.set(line, Weight::Regular, kind, whole.width)?.into_iter().map(Some)),
        }
    }
    let top = head_bottom(desk, copy)?;
    let room = (desk.grid.bottom - top).thousandths() / kind.leading.thousandths().max(1);
    let room = usize::try_from(room).unwrap_or_default().max(1);
    let pages = lines.len().div_ceil(room).max(1);
    let mut lines = lines.into_iter();
    for at in 0..pages {
        let mut top = begin(desk, copy, at, pages)?;
        for line in lines.by_ref().take(room) {
            if let Some(line) = line {
                let block = desk.canvas.block(Role::Paragraph);
                desk.put_line(block, line, (whole, Align::Start), top + kind.drop(), INK);
            }
            top += kind.leading;
        }
    }
    Ok(())
}

/// Begins the page `at` of `pages` with what stands on each, and gives the upper edge of what it shows.
fn begin(desk: &mut Desk<'_>, copy: &Copy, at: usize, pages: usize) -> Result<Length, DocumentError> {
    if pages > MOST_PAGES {
        return Err(DocumentError::TooLong { limit: MOST_PAGES });
    }
    if at > 0 {
        desk.canvas.turn();
    }
    let grid = desk.grid;
    let bottom = head_bottom(desk, copy)?;
    let whole = grid.whole();
    let mark = desk.fit(&copy.mark, Weight::SemiBold, grid.title.size, whole.width / 3)?;
    let block = desk.canvas.block(if at == 0 { Role::Title } else { Role::Paragraph });
    desk.put_line(block, mark, (whole, Align::End), grid.top + grid.title.drop(), INK);
    let mut top = grid.top;
    for fact in &copy.facts {
        let lines = desk.set(fact, Weight::Regular, grid.small, facts_of(desk).width)?;
        let block = desk.canvas.block(Role::Paragraph);
        top = desk.put_lines(block, lines, (facts_of(desk), Align::Start), top, (grid.small, INK));
    }
    let rule = Area {
        left: grid.left,
        right: grid.right,
        top: bottom - grid.unit * 2,
        bottom: bottom - grid.unit * 2 + Length::milli(400),
    };
    desk.canvas.put(None, Item::Fill { area: rule, color: LINE });
    let foot = copy.foot.replace("{pages}", &pages.to_string()).replace("{page}", &(at + 1).to_string());
    let line = desk.fit(&foot, Weight::Regular, grid.fine.size, whole.width)?;
    let block = desk.canvas.block(Role::Paragraph);
    desk.put_line(block, line, (whole, Align::Start), grid.foot, MUTED);
    Ok(bottom)
}

/// Where whose file it is stands; the mark has the rest.
fn facts_of(desk: &Desk<'_>) -> Column {
    Column { width: desk.grid.whole().width.times(2, 3) - desk.grid.unit, ..desk.grid.whole() }
}

/// The lower edge of what stands above each page.
fn head_bottom(desk: &Desk<'_>, copy: &Copy) -> Result<Length, DocumentError> {
    let grid = desk.grid;
    let mut height = Length::ZERO;
    for fact in &copy.facts {
        height += grid.small.height(&desk.set(fact, Weight::Regular, grid.small, facts_of(desk).width)?);
    }
    Ok(grid.top + height.max(grid.title.leading) + grid.unit * 4)
}
