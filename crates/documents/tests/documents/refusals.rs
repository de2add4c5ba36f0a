use documents::certificates::{CertificatePage, MOST_PAGES, render};
use documents::{DocumentError, Emblem, Format, Paper, Part, undrawn};

use crate::samples::{self, bold, paragraph, plain, run};

#[test]
fn a_character_that_no_face_has_is_refused_by_name_wherever_it_stands() {
    let usual = samples::sick_leave;
    let mut pages = vec![
        CertificatePage { title: "ᚠ".to_owned(), ..usual() },
        CertificatePage { date: "ᚠ".to_owned(), ..usual() },
        CertificatePage { number: Some("No. ᚠ".to_owned()), ..usual() },
        CertificatePage { check_line: "ᚠ".to_owned(), ..usual() },
        CertificatePage { addressee: Some("To ᚠ".to_owned()), ..usual() },
        CertificatePage { form: Some("ᚠ".to_owned()), ..usual() },
        CertificatePage { seal: Some("ᚠ".to_owned()), ..usual() },
        CertificatePage { body: vec![plain("before ᚠ after")], ..usual() },
        CertificatePage { body: vec![paragraph(&[run("a"), bold("ᚠ")])], ..usual() },
        CertificatePage { words: samples::draft().words, ..samples::draft() },
    ];
    pages[9].words.code_at_issue = "ᚠ".to_owned();
    for change in [
        |page: &mut CertificatePage| page.letterhead.name = "ᚠ".to_owned(),
        |page: &mut CertificatePage| page.letterhead.lines = vec!["ᚠ".to_owned()],
        |page: &mut CertificatePage| page.letterhead.emblem = Emblem::Initials("ᚠ".to_owned()),
        |page: &mut CertificatePage| page.signer.name = "ᚠ".to_owned(),
        |page: &mut CertificatePage| page.signer.licence = "ᚠ".to_owned(),
    ] {
        let mut page = usual();
        change(&mut page);
        pages.push(page);
    }
    for page in pages {
        assert_eq!(render(&page), Err(DocumentError::NoGlyph { character: 'ᚠ' }));
    }
}

#[test]
fn a_refusal_says_the_character_and_its_code_point() {
    let words = DocumentError::NoGlyph { character: 'ᚠ' }.to_string();
    assert!(words.contains('ᚠ') && words.contains("U+16A0"), "{words}");
}

#[test]
fn emoji_and_letters_of_other_scripts_are_refused_by_name() {
    for character in ['😀', 'ა', 'த', 'ᚠ', '\u{e000}', '\u{fffd}'] {
        let page =
            CertificatePage { body: vec![plain(&format!("a {character} b"))], ..samples::sick_leave() };
        let refused = render(&page).unwrap_err();
        assert_eq!(refused, DocumentError::NoGlyph { character });
    }
}

#[test]
fn what_no_face_draws_is_told_sign_by_sign_before_a_page_is_made() {
    assert_eq!(undrawn("王小明, สมชาย ใจดี, לוי דוד, الخوري, 김민준, やまだ, José\nÑ"), [char::MIN; 0]);
    assert_eq!(undrawn("a தமிழ் 😀 த\u{202e}"), ['\u{202e}', 'த', 'ம', 'ழ', '😀']);
}

#[test]
fn signs_that_would_turn_a_name_round_and_control_characters_are_refused() {
    for character in ['\u{202e}', '\u{202d}', '\0', '\u{7}', '\u{1b}', '\u{b}'] {
        let page = CertificatePage { body: vec![plain(&format!("a{character}b"))], ..samples::sick_leave() };
        assert_eq!(render(&page), Err(DocumentError::NoGlyph { character }));
    }
}

#[test]
fn a_code_too_dense_for_paper_is_refused() {
    let page =
        |characters: usize| CertificatePage { code: Some("A".repeat(characters)), ..samples::sick_leave() };
    assert!(render(&page(800)).is_ok());
    assert_eq!(render(&page(1_000)), Err(DocumentError::CodeTooDense { characters: 1_000 }));
    assert_eq!(render(&page(10_000)), Err(DocumentError::CodeTooDense { characters: 10_000 }));
}

#[test]
fn a_picture_that_is_none_is_refused_with_its_place() {
    let png = samples::picture(image::ImageFormat::Png, 40, 40);
    let damaged = png[..png.len() / 2].to_vec();
    for bytes in [b"GIF89a-and-so-on".to_vec(), b"<svg/>".to_vec(), Vec::new(), damaged] {
        let mut page = samples::sick_leave();
        page.signer.signature = Some(bytes.clone());
        let refused = render(&page).unwrap_err();
        assert!(matches!(refused, DocumentError::Picture { part: Part::Signature, .. }), "{refused}");
        let mut page = samples::sick_leave();
        page.letterhead.emblem = Emblem::Picture(bytes);
        let refused = render(&page).unwrap_err();
        assert!(matches!(refused, DocumentError::Picture { part: Part::Heading, .. }), "{refused}");
    }
}

#[test]
fn a_picture_too_large_to_unpack_is_refused() {
    let mut page = samples::sick_leave();
    page.signer.signature = Some(samples::picture(image::ImageFormat::Png, 6_001, 2));
    let refused = render(&page).unwrap_err();
    assert!(matches!(refused, DocumentError::Picture { part: Part::Signature, .. }), "{refused}");
}

#[test]
fn a_text_of_too_many_pages_is_refused() {
    for length in [4_000, 1_000_000] {
        let body = vec![plain(&"rest and fluids ".repeat(length))];
        let page = CertificatePage { body, ..samples::sick_leave() };
        assert_eq!(render(&page), Err(DocumentError::TooLong { limit: MOST_PAGES }));
    }
}

#[test]
fn a_part_that_leaves_no_room_for_the_text_is_refused_by_name() {
    let mut page = samples::sick_leave();
    page.letterhead.lines = vec!["one line more".to_owned(); 60];
    assert_eq!(render(&page), Err(DocumentError::DoesNotFit { part: Part::Heading }));
    let mut page = samples::on(Paper::landscape(Format::A5), samples::sick_leave());
    page.signer.name = "Evangelista ".repeat(60);
    assert_eq!(render(&page), Err(DocumentError::DoesNotFit { part: Part::Signature }));
    let page = CertificatePage { number: Some("9".repeat(200)), ..samples::sick_leave() };
    assert_eq!(render(&page), Err(DocumentError::DoesNotFit { part: Part::Heading }));
}
