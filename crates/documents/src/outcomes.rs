//! The outcome of treatments on paper: who, the course of a measure with all that was done, before and after, and every
//! reading as a row.

use domain::scene::Scene;

use crate::error::DocumentError;
use crate::file::{self, About};
use crate::fonts::Weight;
use crate::layout::{Align, Desk};
use crate::length::Length;
use crate::letterhead::{self, Letterhead};
use crate::moment::Moment;
use crate::page::{INK, MUTED, Role};
use crate::paper::Paper;
use crate::scenes;
use crate::tables::{self, Head};
use crate::text::Language;

/// An outcome, every word of it a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The paper.
    pub paper: Paper,
    /// The language of the text, a BCP 47 tag.
    pub language: String,
    /// The clinic.
    pub letterhead: Letterhead,
    /// The heading.
    pub title: String,
    /// Whom it is about and what was measured, a line each.
    pub facts: Vec<String>,
    /// The course.
    pub scene: Scene,
    /// What is to be known of how it was counted.
    pub notes: Vec<String>,
    /// The tables below it.
    pub tables: Vec<Listed>,
    /// What stands in the foot of each page, before the page's number.
    pub foot: String,
    /// Who is named as author in the file's metadata.
    pub author: String,
    /// What the file's metadata say it is about.
    pub subject: String,
    /// When it was made.
    pub created: Moment,
}

/// A table under its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The heading.
    pub title: String,
    /// The columns, from the side at which reading begins.
    pub heads: Vec<Head>,
    /// The rows: a text for each column.
    pub rows: Vec<Vec<String>>,
}

/// Renders an outcome; the same value gives the same bytes.
///
/// # Errors
/// [`DocumentError`] names the character or part that cannot be printed.
pub fn render(outcome: &Outcome) -> Result<Vec<u8>, DocumentError> {
    let language = Language::new(&outcome.language);
    let mut desk = Desk::new(outcome.paper, &language);
    let grid = desk.grid;
    let top = letterhead::put(&mut desk, &outcome.letterhead)? + grid.unit * 5;
    let mut top = put(&mut desk, &outcome.title, Role::Title, top)? + grid.unit;
    for fact in &outcome.facts {
        top = put(&mut desk, fact, Role::Paragraph, top)?;
    }
    top = scenes::put(&mut desk, &outcome.scene, top + grid.unit * 3)? + grid.unit * 2;
    for note in &outcome.notes {
        let lines = desk.set(note, Weight::Regular, grid.fine, grid.whole().width)?;
        let block = desk.canvas.block(Role::Paragraph);
        top = desk.put_lines(block, lines, (grid.whole(), Align::Start), top, (grid.fine, MUTED));
    }
    for listed in outcome.tables.iter().filter(|listed| !listed.rows.is_empty()) {
        top += grid.unit * 4;
        // A heading stands on no page without a row.
        if top + grid.small.leading * 6 > grid.bottom {
            tables::put_foot(&mut desk, &outcome.foot)?;
            desk.canvas.turn();
            top = grid.top;
        }
        let lines = desk.set(&listed.title, Weight::SemiBold, grid.body, grid.whole().width)?;
        let block = desk.canvas.block(Role::Paragraph);
        top = desk.put_lines(block, lines, (grid.whole(), Align::Start), top, (grid.body, INK));
        top = tables::put_rows(&mut desk, &listed.heads, &listed.rows, &outcome.foot, top + grid.unit)?;
    }
    tables::put_foot(&mut desk, &outcome.foot)?;
    let about = About {
        language: &outcome.language,
        title: &outcome.title,
        author: &outcome.author,
        subject: &outcome.subject,
        created: outcome.created,
    };
    file::write(&desk.canvas, &about)
}

fn put(desk: &mut Desk<'_>, text: &str, role: Role, top: Length) -> Result<Length, DocumentError> {
    let (weight, kind) = match role {
        Role::Title => (Weight::SemiBold, desk.grid.title),
        _ => (Weight::Regular, desk.grid.small),
    };
    let whole = desk.grid.whole();
    let lines = desk.set(text, weight, kind, whole.width)?;
    let block = desk.canvas.block(role);
    Ok(desk.put_lines(block, lines, (whole, Align::Start), top, (kind, INK)))
}
