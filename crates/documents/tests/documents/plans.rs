use documents::blocks::{Block, Head, Table};
use documents::sheets::{Document, Pages, render};
use documents::teeth::{Cell, Odontogram, Outline, Paint, Sign};
use documents::{DocumentError, Emblem, Format, Letterhead, Paper, Part};

use crate::readers::Kept;
use crate::samples;

fn tooth(label: &str, outline: Outline) -> Option<Cell> {
    Some(Cell { label: label.to_owned(), outline, ..Cell::default() })
}

/// A plan of so many rows, with teeth in every state.
fn plan(rows: usize) -> Document {
    let mut painted = tooth("36", Outline::Tooth).unwrap();
    painted.centre = vec![Paint::Decay, Paint::Filled, Paint::Planned];
    painted.top = vec![Paint::Temporary];
    (painted.left, painted.right) = (vec![Paint::Filled], vec![Paint::Sealed]);
    painted.signs = vec![
        Sign::Crown,
        Sign::Root,
        Sign::Bridge,
        Sign::Broken,
        Sign::Other,
        Sign::CrownAhead,
        Sign::RootAhead,
        Sign::LossAhead,
        Sign::OtherAhead,
    ];
    let teeth = vec![
        vec![tooth("18", Outline::NotCome), tooth("17", Outline::Gone), tooth("38", Outline::Impacted), None],
        vec![
            tooth("55", Outline::Shed),
            tooth("54", Outline::Unknown),
            tooth("64", Outline::NotSeen),
            Some(painted),
        ],
        vec![tooth("48", Outline::RootRemains)],
    ];
    plan_of(rows, teeth)
}

fn plan_of(rows: usize, teeth: Vec<Vec<Option<Cell>>>) -> Document {
    let head = |label: &str, share| Head { label: label.to_owned(), share };
    let row =
        |number: usize| vec![format!("Tooth{number}"), "Filling, composite".to_owned(), "850.00".to_owned()];
    let title = "Dental treatment plan".to_owned();
    let table = Table {
        heads: vec![head("Tooth", 1), head("Treatment", 3), head("Fee", 1)],
        rows: (0..rows).map(row).collect(),
    };
    let agreement = Block::Agreement {
        words: "I agree to it.".to_owned(),
        boxes: ["Name", "Signature", "Date"].map(ToOwned::to_owned).to_vec(),
    };
    Document {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        letterhead: Letterhead {
            name: "University Clinic".to_owned(),
            lines: vec!["Main Campus".to_owned()],
            emblem: Emblem::None,
        },
        title: title.clone(),
        blocks: vec![
            Block::Space(5),
            Block::Title(title),
            Block::Space(1),
            Block::Small("VILLAMOR, Bea, born 19-May-2017".to_owned()),
            Block::Space(2),
            Block::Teeth(Odontogram { words: "The teeth".to_owned(), rows: teeth }),
            Block::Note("Dots: decay".to_owned()),
            Block::Space(3),
            Block::Table(table),
            Block::Space(4),
            agreement,
        ],
        foot: "Printed 10:41".to_owned(),
        pages: Pages::Counted("{page}".to_owned()),
        author: "University Clinic".to_owned(),
        subject: "Dental treatment plan".to_owned(),
        created: samples::moment(),
    }
}

/// A plan of so many rows.
pub fn pdf(rows: usize) -> Vec<u8> {
    render(&plan(rows)).unwrap()
}

#[test]
fn a_plan_shows_its_teeth_its_rows_once_and_the_line_to_sign_on() {
    for rows in [1, 60] {
        let pdf = render(&plan(rows)).unwrap();
        let text = Kept::new(&pdf).text();
        for said in ["36", "55", "×", "Dots: decay", "I agree to it.", "Signature", "Printed 10:41 · 1"] {
            assert!(text.contains(said), "{said}");
        }
        for number in 0..rows {
            let words = text.split_whitespace();
            assert_eq!(words.filter(|word| *word == format!("Tooth{number}")).count(), 1, "{number}");
        }
    }
    assert_eq!(render(&plan(7)), render(&plan(7)));
}

#[test]
fn more_teeth_in_a_row_than_the_paper_is_wide_are_refused() {
    let wide = plan_of(1, vec![vec![tooth("11", Outline::Tooth); 60]]);
    assert_eq!(render(&wide), Err(DocumentError::DoesNotFit { part: Part::Text }));
}
