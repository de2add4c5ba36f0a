use std::process::Command;
use std::time::Instant;

use documents::certificates::{CertificatePage, render};
use documents::{Emblem, Format, Paper};

use crate::readers::Kept;
use crate::samples;

const PAPERS: [Paper; 7] = [
    Paper::portrait(Format::A4),
    Paper::portrait(Format::A5),
    Paper::portrait(Format::Letter),
    Paper::portrait(Format::Legal),
    Paper::portrait(Format::Folio),
    Paper::landscape(Format::A4),
    Paper::landscape(Format::A5),
];

#[test]
fn the_same_certificate_gives_the_same_bytes_again() {
    for page in [samples::sick_leave(), samples::draft(), samples::many_scripts(), samples::long()] {
        assert_eq!(render(&page).unwrap(), render(&page).unwrap());
    }
}

const HANDED_OVER: &str = "DOCUMENTS_TEST_FILE";

#[test]
fn the_same_certificate_gives_the_same_bytes_in_a_fresh_process() {
    let bytes = render(&samples::many_scripts()).unwrap().bytes;
    if let Some(path) = std::env::var_os(HANDED_OVER) {
        std::fs::write(path, &bytes).unwrap();
        return;
    }
    let other = Kept::new(&[]);
    let this = "files::the_same_certificate_gives_the_same_bytes_in_a_fresh_process";
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", this])
        .env(HANDED_OVER, other.path())
        .output()
        .unwrap();
    assert!(child.status.success());
    assert_eq!(std::fs::read(other.path()).unwrap(), bytes);
}

#[test]
fn two_certificates_have_two_file_names() {
    let id = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.rsplit("/ID[").next().unwrap().split(']').next().unwrap().to_owned()
    };
    let one = render(&samples::sick_leave()).unwrap().bytes;
    let other = render(&CertificatePage { date: "23-Nov-2026".to_owned(), ..samples::sick_leave() });
    assert_eq!(id(&one).len(), 2 * 34);
    assert_ne!(id(&one), id(&other.unwrap().bytes));
}

#[test]
fn the_usual_certificate_stays_under_twenty_thousand_bytes_on_one_page_of_every_paper() {
    for paper in PAPERS {
        let rendered = render(&samples::on(paper, samples::sick_leave())).unwrap();
        assert_eq!(rendered.pages, 1, "{paper:?}");
        assert!(rendered.bytes.len() <= 20_000, "{paper:?}: {}", rendered.bytes.len());
    }
}

#[test]
fn the_paper_is_the_paper_that_was_asked_for() {
    for (paper, points) in PAPERS.into_iter().zip([
        "595.276 x 841.89 pts (A4)",
        "419.528 x 595.276 pts",
        "612 x 792 pts (letter)",
        "612 x 1008 pts",
        "612 x 936 pts",
        "841.89 x 595.276 pts (A4)",
        "595.276 x 419.528 pts",
    ]) {
        let rendered = render(&samples::on(paper, samples::sick_leave())).unwrap();
        let info = Kept::new(&rendered.bytes).ask("pdfinfo", &["@"]);
        assert!(info.contains(points), "{info}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the time it takes is what is tried")]
fn a_certificate_is_made_in_less_than_a_second() {
    let page = samples::sick_leave();
    let start = Instant::now();
    render(&page).unwrap();
    assert!(start.elapsed().as_millis() < 1000, "{:?}", start.elapsed());
}

#[test]
fn every_face_is_embedded_subset_and_gives_its_text_back() {
    let rendered = render(&samples::many_scripts()).unwrap();
    let fonts = Kept::new(&rendered.bytes).ask("pdffonts", &["@"]);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(rows.len() >= 6, "{fonts}");
    for row in rows {
        let cells: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(cells[cells.len() - 5..cells.len() - 2], ["yes", "yes", "yes"], "{row}");
        assert_eq!(cells[0].find('+'), Some(6), "{row}");
    }
}

#[test]
fn the_file_says_what_it_is_and_claims_no_standard() {
    let rendered = render(&samples::sick_leave()).unwrap();
    let kept = Kept::new(&rendered.bytes);
    let info = kept.ask("pdfinfo", &["-rawdates", "@"]);
    for line in [
        "Title:           MEDICAL CERTIFICATE",
        "Subject:         Sick leave, student",
        "Author:          University Clinic, Main Campus",
        "CreationDate:    D:20261122104105+08'00'",
        "ModDate:         D:20261122104105+08'00'",
        "Tagged:          yes",
    ] {
        assert!(info.contains(line), "{line} in {info}");
    }
    for claim in ["PDF/X", "PDF/A", "PDF/UA", "subtype"] {
        assert!(!info.contains(claim), "{info}");
    }
    let document = lopdf::Document::load_mem(&rendered.bytes).unwrap();
    let catalog = document.catalog().unwrap();
    let language = lopdf::decode_text_string(catalog.get(b"Lang").unwrap()).unwrap();
    assert_eq!(language, "en");
    assert!(catalog.get(b"OutputIntents").is_err() && catalog.get(b"Metadata").is_err());
}

#[test]
fn the_structure_names_the_title_the_paragraphs_and_the_code() {
    let rendered = render(&samples::sick_leave()).unwrap();
    let structure = Kept::new(&rendered.bytes).ask("pdfinfo", &["-struct-text", "@"]);
    let place = |words: &str| structure.find(words).unwrap_or_else(|| panic!("{words} in {structure}"));
    let order = ["University Clinic", "H1", "MEDICAL CERTIFICATE", "This certifies", "Maria Reyes", "Figure"];
    let places: Vec<usize> = order.map(place).to_vec();
    assert!(places.is_sorted(), "{structure}");
}

#[test]
fn what_is_not_text_has_words_that_stand_for_it() {
    let mut page = samples::sick_leave();
    page.signer.signature = Some(samples::picture(image::ImageFormat::Png, 300, 100));
    let document = lopdf::Document::load_mem(&render(&page).unwrap().bytes).unwrap();
    let mut words: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok())
        .map(|words| lopdf::decode_text_string(words).unwrap())
        .collect();
    words.sort();
    assert_eq!(words, ["Code that verifies this certificate", "Maria Reyes, MD"]);
}

#[test]
fn pictures_of_a_clinic_are_printed() {
    let mut page = samples::sick_leave();
    page.letterhead.emblem = Emblem::Picture(samples::picture(image::ImageFormat::Jpeg, 200, 120));
    page.signer.signature = Some(samples::picture(image::ImageFormat::Png, 1200, 300));
    let rendered = render(&page).unwrap();
    let images = Kept::new(&rendered.bytes).ask("pdfimages", &["-list", "@"]);
    for row in
        ["200   120  rgb     3   8  jpeg", "480   120  rgb     3   8  image", "480   120  gray    1   8"]
    {
        assert!(images.contains(row), "{images}");
    }
    assert!(rendered.bytes.len() <= 20_000, "{}", rendered.bytes.len());
}

#[test]
fn what_a_camera_noted_in_a_picture_is_not_passed_on() {
    let mut jpeg = samples::picture(image::ImageFormat::Jpeg, 100, 100);
    let note = b"GPS of the photographer's home";
    let mut comment = vec![0xff, 0xfe, 0, u8::try_from(note.len() + 2).unwrap()];
    comment.extend_from_slice(note);
    jpeg.splice(2..2, comment);
    let mut page = samples::sick_leave();
    page.letterhead.emblem = Emblem::Picture(jpeg);
    let bytes = render(&page).unwrap().bytes;
    assert!(!bytes.windows(note.len()).any(|window| window == note));
}
