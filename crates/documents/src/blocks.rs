//! What a document is made of.

use domain::scene::Scene;

use crate::fonts::Weight;
use crate::secret::Secret;
use crate::teeth::Odontogram;
use crate::text::Span;

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The heading of the document.
    Title(String),
    /// The heading of a part; it never stands alone at the end of a page.
    Heading(String),
    /// A paragraph of running text.
    Paragraph(Vec<Run>),
    /// A paragraph in small type.
    Small(String),
    /// A paragraph that stands beside what is read: what signs mean, what is not said.
    Note(String),
    /// What is known, each with what it is called.
    Facts(Vec<(String, String)>),
    /// Points, one below the other.
    List(Vec<String>),
    /// Rows under heads, which are repeated on each page.
    Table(Table),
    /// The same, where a column that is narrower than a word in it takes room from the others. A certificate has none: it is drawn as
    /// it was issued.
    Fitted(Table),
    /// A picture of the teeth.
    Teeth(Odontogram),
    /// A drawing, as wide as the text.
    Drawing(Scene),
    /// Boxes side by side that are filled in by hand.
    Boxes(Boxes),
    /// What somebody agrees to, and boxes in which they sign: all of it on one page.
    Agreement {
        /// The words.
        words: String,
        /// Labels of the boxes, two a row.
        boxes: Vec<String>,
    },
    /// A secret for a hand and for a camera.
    Secret(Secret),
    /// Room between two blocks, in the paper's own units of about a millimetre.
    Space(u8),
}

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Set in semibold.
    pub bold: bool,
    /// Not broken over two lines, as a date is not.
    pub keep_together: bool,
}

/// Rows under heads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns, from the side at which reading begins.
    pub heads: Vec<Head>,
    /// The rows: a text for each column; what is missing stays empty.
    pub rows: Vec<Vec<String>>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its words.
    pub label: String,
    /// Its part of the width, against the parts of the others.
    pub share: u16,
}

/// Boxes side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boxes {
    /// Their labels.
    pub labels: Vec<String>,
    /// Of how many boxes one is as wide.
    pub across: usize,
    /// How high they are.
    pub hand: Hand,
}

/// How high a box is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// As high as a signature.
    Signature,
    /// So many lines of handwriting below the label: lower ones on a full page, as far as a hand can still write in them.
    Lines(u16),
}

impl Run {
    /// Running text.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), bold: false, keep_together: false }
    }

    pub(crate) fn span(&self) -> Span<'_> {
        let weight = if self.bold { Weight::SemiBold } else { Weight::Regular };
        Span { text: &self.text, weight, keep_together: self.keep_together }
    }
}

impl Block {
    /// A paragraph of plain words.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::Paragraph(vec![Run::plain(text)])
    }

    /// How many bytes of running text it has.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Paragraph(runs) => runs.iter().map(|run| run.text.len()).sum(),
            Self::Title(text) | Self::Heading(text) | Self::Small(text) | Self::Note(text) => text.len(),
            Self::Facts(facts) => facts.iter().map(|(label, value)| label.len() + value.len()).sum(),
            Self::List(points) => points.iter().map(String::len).sum(),
            Self::Table(table) | Self::Fitted(table) => table.rows.iter().flatten().map(String::len).sum(),
            Self::Teeth(_)
            | Self::Drawing(_)
            | Self::Boxes(_)
            | Self::Agreement { .. }
            | Self::Secret(_)
            | Self::Space(_) => 0,
        }
    }
}

impl Boxes {
    /// Boxes that fill the width, of so many lines of handwriting.
    #[must_use]
    pub fn lines(labels: &[&str], lines: u16) -> Self {
        let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
        Self { across: labels.len(), labels, hand: Hand::Lines(lines) }
    }

    /// Boxes for signatures and dates, two a row.
    #[must_use]
    pub fn signatures(labels: &[&str]) -> Vec<Block> {
        let row = |pair: &[&str]| {
            let labels = pair.iter().map(|label| (*label).to_owned()).collect();
            Block::Boxes(Self { labels, across: 2, hand: Hand::Signature })
        };
        labels.chunks(2).map(row).collect()
    }
}
