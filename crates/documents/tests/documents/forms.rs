use documents::blocks::{Block, Boxes};
use documents::sheets::{Document, Pages, render};
use documents::{DocumentError, Emblem, Format, Letterhead, Paper, Part};

use crate::readers::Kept;
use crate::samples;

fn form(rows: &[(&[&str], u16)]) -> Document {
    let title = "Encounter form".to_owned();
    let head = [Block::Space(6), Block::Title(title.clone()), Block::Space(3)];
    let boxes = rows.iter().map(|(labels, lines)| Block::Boxes(Boxes::lines(labels, *lines)));
    Document {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        letterhead: Letterhead {
            name: "University Clinic".to_owned(),
            lines: Vec::new(),
            emblem: Emblem::None,
        },
        title,
        blocks: head.into_iter().chain(boxes).collect(),
        foot: "Type it in afterwards".to_owned(),
        pages: Pages::One,
        author: "University Clinic".to_owned(),
        subject: "Encounter form".to_owned(),
        created: samples::moment(),
    }
}

/// A form of a few boxes.
pub fn pdf() -> Vec<u8> {
    render(&form(&[(&["Name", "Born"], 1), (&["Reason for coming"], 4)])).unwrap()
}

/// A form that fills its page.
pub fn full_pdf() -> Vec<u8> {
    render(&form(&[(&["Notes"], 30)])).unwrap()
}

#[test]
fn a_blank_form_has_its_labels_on_one_page_and_the_same_form_gives_the_same_bytes() {
    let form = form(&[(&["Name", "Born"], 1), (&["Reason for coming"], 4)]);
    let pdf = render(&form).unwrap();
    assert_eq!(documents::pixels::pages(&pdf), Ok(1));
    let text = Kept::new(&pdf).text();
    for label in ["Encounter form", "Name", "Born", "Reason for coming", "Type it in afterwards"] {
        assert!(text.contains(label), "{label} in {text}");
    }
    assert_eq!(render(&form).unwrap(), pdf);
}

#[test]
fn a_full_page_has_lower_lines_and_names_of_several_lines_still_find_room() {
    let mut full = form(&[(&["Notes"], 30)]);
    full.letterhead.name = "Saint Catherine of Alexandria University Medical and Dental Services ".repeat(2);
    full.letterhead.lines = vec!["Campus of Engineering, Architecture and Fine Arts ".repeat(3)];
    assert_eq!(documents::pixels::pages(&render(&full).unwrap()), Ok(1));
}

#[test]
fn a_form_that_needs_a_second_page_is_refused() {
    let long = form(&[(&["Notes"], 40)]);
    assert_eq!(render(&long), Err(DocumentError::DoesNotFit { part: Part::Text }));
}
