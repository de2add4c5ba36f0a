use documents::sheets::{Document, render};
use documents::{DocumentError, Format, Paper, Part};

use crate::readers::Kept;
use crate::samples;

/// The recovery sheet.
pub fn pdf() -> Vec<u8> {
    render(&samples::recovery()).unwrap()
}

#[test]
fn a_sheet_gives_its_words_and_its_secret_line_by_line() {
    let kept = Kept::new(&render(&samples::recovery()).unwrap());
    let text = kept.text();
    for words in ["Recovery sheet", "7K4QD M2XWA", "HT4RC 9B7FV", "Received by", "sheet 1 no longer works"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(kept.ask("pdffonts", &["@"]).contains("JetBrainsMono"));
}

#[test]
fn a_camera_reads_the_secret_from_the_sheet() {
    let sheet = samples::recovery();
    assert_eq!(Kept::scan(&render(&sheet).unwrap(), 1240), samples::secret().code);
}

#[test]
fn the_same_sheet_gives_the_same_bytes_again() {
    assert_eq!(render(&samples::recovery()).unwrap(), render(&samples::recovery()).unwrap());
}

#[test]
fn a_sheet_has_one_page_on_every_large_paper() {
    for format in [Format::A4, Format::Letter, Format::Legal, Format::Folio] {
        let sheet = Document { paper: Paper::portrait(format), ..samples::recovery() };
        assert_eq!(documents::pixels::pages(&render(&sheet).unwrap()), Ok(1));
    }
}

#[test]
fn a_sheet_that_needs_more_than_one_page_is_refused() {
    let after = vec![samples::plain(&"Keep it under lock. ".repeat(200))];
    let sheet = samples::recovery_of(samples::secret(), after);
    assert_eq!(render(&sheet), Err(DocumentError::DoesNotFit { part: Part::Text }));
}

#[test]
fn a_secret_that_would_be_too_small_to_read_is_refused() {
    let mut secret = samples::secret();
    secret.lines = vec![vec!["ABCDE".to_owned(); 20]];
    let sheet = samples::recovery_of(secret, Vec::new());
    assert_eq!(render(&sheet), Err(DocumentError::DoesNotFit { part: Part::Code }));
}

#[test]
fn a_sign_that_the_fixed_face_lacks_is_refused() {
    let mut secret = samples::secret();
    secret.lines[0][0] = "É".to_owned();
    let sheet = samples::recovery_of(secret, Vec::new());
    assert_eq!(render(&sheet), Err(DocumentError::NoGlyph { character: 'É' }));
}
