//! Copies of files on paper.

use documents::copies::{Content, Copy, MOST_PAGES, render};
use documents::{DocumentError, Format, Moment, Paper, pixels};
use image::{DynamicImage, ImageFormat, RgbImage};

use crate::readers::Kept;

fn copy(content: Content) -> Copy {
    Copy {
        paper: Paper::portrait(Format::A4),
        language: "en".to_owned(),
        mark: "COPY".to_owned(),
        facts: vec!["MEJÍA, Gustavo, born 14-Jul-1999".to_owned(), "X-ray: Chest, PA".to_owned()],
        content,
        foot: "Main Campus, printed 10:31 by Ana Lim · page {page} of {pages}".to_owned(),
        author: "Main Campus clinic".to_owned(),
        subject: "A copy of a file".to_owned(),
        created: Moment {
            year: 2026,
            month: 11,
            day: 22,
            hour: 10,
            minute: 31,
            second: 0,
            offset_minutes: 480,
        },
    }
}

fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(width, height)).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn each_page_says_that_it_is_a_copy_whose_it_is_and_which_of_how_many() {
    let pictures = Content::Pictures(vec![picture(400, 300), picture(30, 400)], "The scan".to_owned());
    let text = Content::Text(format!("Haemoglobin 131 g/l\n\n{}", "Normal.\n".repeat(70)));
    for content in [pictures, text] {
        let pdf = render(&copy(content.clone())).unwrap();
        assert_eq!(pixels::pages(&pdf).unwrap(), 2);
        for page in [1, 2] {
            let (from, to) = (page.to_string(), page.to_string());
            let words = Kept::new(&pdf).ask("pdftotext", &["-raw", "-f", &from, "-l", &to, "@", "-"]);
            for said in ["COPY", "MEJÍA, Gustavo", "X-ray: Chest, PA", &format!("page {page} of 2")] {
                assert!(words.contains(said), "{words}");
            }
        }
        assert_eq!(pdf, render(&copy(content)).unwrap(), "the same value, the same bytes");
    }
}

#[test]
fn what_has_too_many_pages_or_is_no_picture_is_refused() {
    let many = Content::Pictures(vec![picture(10, 10); MOST_PAGES + 1], String::new());
    assert_eq!(render(&copy(many)), Err(DocumentError::TooLong { limit: MOST_PAGES }));
    let none = Content::Pictures(vec![b"GIF89a".to_vec()], String::new());
    assert!(matches!(render(&copy(none)), Err(DocumentError::Picture { .. })));
}
