use documents::plans::{Cell, Odontogram, Outline, Paint, Plan, render};
use documents::tables::Head;
use documents::{DocumentError, Emblem, Format, Letterhead, Paper, Part};

use crate::readers::Kept;
use crate::samples;

fn tooth(label: &str, outline: Outline) -> Option<Cell> {
    Some(Cell { label: label.to_owned(), outline, ..Cell::default() })
}

/// A plan of so many rows, with teeth in every state.
fn plan(rows: usize) -> Plan {
    let head = |label: &str, share| Head { label: label.to_owned(), share };
    let row =
        |number: usize| vec![format!("Tooth{number}"), "Filling, composite".to_owned(), "850.00".to_owned()];
    let mut painted = tooth("36", Outline::Tooth).unwrap();
    painted.centre = vec![Paint::Decay, Paint::Planned];
    (painted.left, painted.right) = (vec![Paint::Filled], vec![Paint::Sealed]);
    (painted.crown, painted.root) = (true, true);
    let teeth = vec![
        vec![tooth("18", Outline::NotCome), tooth("17", Outline::Gone), None],
        vec![tooth("55", Outline::Shed), tooth("54", Outline::Unknown), Some(painted)],
    ];
    Plan {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        letterhead: Letterhead {
            name: "University Clinic".to_owned(),
            lines: vec!["Main Campus".to_owned()],
            emblem: Emblem::None,
        },
        title: "Dental treatment plan".to_owned(),
        facts: vec!["VILLAMOR, Bea, born 19-May-2017".to_owned()],
        teeth: Odontogram { words: "The teeth".to_owned(), rows: teeth },
        key: "Dots: decay".to_owned(),
        heads: vec![head("Tooth", 1), head("Treatment", 3), head("Fee", 1)],
        rows: (0..rows).map(row).collect(),
        agreement: "I agree to it.".to_owned(),
        boxes: ["Name", "Signature", "Date"].map(ToOwned::to_owned).to_vec(),
        foot: "Printed 10:41".to_owned(),
        author: "University Clinic".to_owned(),
        subject: "Dental treatment plan".to_owned(),
        created: samples::moment(),
    }
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
    let mut wide = plan(1);
    wide.teeth.rows = vec![vec![tooth("11", Outline::Tooth); 60]];
    assert_eq!(render(&wide), Err(DocumentError::DoesNotFit { part: Part::Text }));
}
