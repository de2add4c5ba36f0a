use documents::blocks::{Block, Head, Table};
use documents::sheets::{Document, Pages, render};
use documents::{DocumentError, Emblem, Format, Letterhead, Paper, Part};

use crate::readers::Kept;
use crate::samples;

/// A list of so many rows.
fn list(rows: usize) -> Document {
    list_of((0..rows).map(row).collect())
}

fn row(number: usize) -> Vec<String> {
    vec![format!("10:{:02}", number % 60), format!("PEÑA, Number{number}"), "A cough for a week".to_owned()]
}

/// A list of these rows.
fn list_of(rows: Vec<Vec<String>>) -> Document {
    let head = |label: &str, share| Head { label: label.to_owned(), share };
    let heads = vec![head("Time", 1), head("Name", 3), head("Reason", 3)];
    let title = "Day sheet".to_owned();
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
            Block::Space(6),
            Block::Title(title),
            Block::Space(3),
            Block::Table(Table { heads, rows }),
        ],
        foot: "Printed 10:41".to_owned(),
        pages: Pages::Counted("{page}".to_owned()),
        author: "University Clinic".to_owned(),
        subject: "Day sheet".to_owned(),
        created: samples::moment(),
    }
}

/// A list of so many rows.
pub fn pdf(rows: usize) -> Vec<u8> {
    render(&list(rows)).unwrap()
}

#[test]
fn a_word_is_not_parted_where_another_column_can_spare_the_room() {
    let heads = [("Method", 1), ("Equivalent", 1), ("Meanwhile", 20)];
    let heads = heads.map(|(label, share)| Head { label: label.to_owned(), share }).to_vec();
    let rows = vec![vec!["autorefractor".to_owned(), "-1.50".to_owned(), "none".to_owned()]];
    let mut list = list(0);
    list.blocks.push(Block::Fitted(Table { heads, rows }));
    let text = Kept::new(&render(&list).unwrap()).text();
    for word in ["autorefractor", "Equivalent"] {
        assert!(text.split_whitespace().any(|other| other == word), "{word}: {text}");
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
    let mut cells = row(0);
    cells[2] = "cough ".repeat(2_000);
    let long = list_of(vec![cells]);
    assert_eq!(render(&long), Err(DocumentError::DoesNotFit { part: Part::Text }));
    let mut cells = row(0);
    cells[1] = "ᚠ".to_owned();
    let strange = list_of(vec![cells]);
    assert_eq!(render(&strange), Err(DocumentError::NoGlyph { character: 'ᚠ' }));
}

#[test]
fn a_table_amid_the_text_of_a_certificate_is_read_where_it_stands_and_lies_above_the_signature() {
    let page = samples::spectacles();
    let rendered = documents::certificates::render(&page).unwrap();
    assert_eq!(rendered.pages, 1);
    let text = Kept::new(&rendered.bytes).ask("pdftotext", &["-raw", "@", "-"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let places = [
        "prescribed for distance",
        "Sphere",
        "Right −2.25 −0.75 90",
        "Left −2.50",
        "From pupil",
        "Maria Reyes",
    ];
    let found: Vec<usize> = places.iter().map(|words| text.find(words).expect(words)).collect();
    assert!(found.is_sorted(), "{found:?} {text}");
}

#[test]
fn a_table_of_a_certificate_that_goes_on_has_its_heads_again_and_a_row_higher_than_a_page_is_refused() {
    let mut page = samples::spectacles();
    let row = |number: usize| vec![format!("Row{number}"), "−2.25".to_owned()];
    let head = |label: &str| Head { label: label.to_owned(), share: 1 };
    let table = |rows| Block::Table(Table { heads: vec![head("Eye"), head("Sphere")], rows });
    page.body[1] = table((0..40).map(row).collect());
    let rendered = documents::certificates::render(&page).unwrap();
    let text = Kept::new(&rendered.bytes).text();
    assert!(rendered.pages > 1);
    assert_eq!(text.matches("Sphere").count(), rendered.pages);
    page.body[1] = table(vec![vec!["cough ".repeat(900), String::new()]]);
    let refused = documents::certificates::render(&page).map(|rendered| rendered.pages);
    assert_eq!(refused, Err(DocumentError::DoesNotFit { part: Part::Text }));
}
