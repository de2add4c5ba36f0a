use documents::tables::{Head, Table, render};
use documents::{DocumentError, Emblem, Format, Letterhead, Paper, Part};

use crate::readers::Kept;
use crate::samples;

/// A list of so many rows.
fn list(rows: usize) -> Table {
    let head = |label: &str, share| Head { label: label.to_owned(), share };
    let row = |number: usize| {
        vec![
            format!("10:{:02}", number % 60),
            format!("PEÑA, Number{number}"),
            "A cough for a week".to_owned(),
        ]
    };
    Table {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        letterhead: Letterhead {
            name: "University Clinic".to_owned(),
            lines: vec!["Main Campus".to_owned()],
            emblem: Emblem::None,
        },
        title: "Day sheet".to_owned(),
        heads: vec![head("Time", 1), head("Name", 3), head("Reason", 3)],
        rows: (0..rows).map(row).collect(),
        foot: "Printed 10:41".to_owned(),
        author: "University Clinic".to_owned(),
        subject: "Day sheet".to_owned(),
        created: samples::moment(),
    }
}

#[test]
fn a_list_has_every_row_once_and_its_heads_on_every_page() {
    let pdf = render(&list(120)).unwrap();
    let pages = documents::pixels::pages(&pdf).unwrap();
    let text = Kept::new(&pdf).text();
    assert!(pages > 1);
    assert_eq!(text.matches("Reason").count(), pages);
    for number in 0..120 {
        let words = text.split_whitespace();
        assert_eq!(words.filter(|word| *word == format!("Number{number}")).count(), 1, "{number}");
    }
    assert!(text.contains(&format!("Printed 10:41 · {pages}")));
}

#[test]
fn a_list_without_rows_is_a_page_and_the_same_list_gives_the_same_bytes() {
    let pdf = render(&list(0)).unwrap();
    assert_eq!(documents::pixels::pages(&pdf), Ok(1));
    assert_eq!(render(&list(7)), render(&list(7)));
}

#[test]
fn a_row_that_no_page_holds_and_a_sign_that_no_face_has_are_refused() {
    let mut long = list(1);
    long.rows[0][2] = "cough ".repeat(2_000);
    assert_eq!(render(&long), Err(DocumentError::DoesNotFit { part: Part::Text }));
    let mut strange = list(1);
    strange.rows[0][1] = "ᚠ".to_owned();
    assert_eq!(render(&strange), Err(DocumentError::NoGlyph { character: 'ᚠ' }));
}
