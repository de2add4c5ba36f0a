use documents::certificates::render;
use documents::pixels::{PixelError, page, pages};

use crate::samples;

#[test]
fn a_page_is_shown_at_the_width_asked_for_and_in_the_papers_shape() {
    let bytes = render(&samples::sick_leave()).unwrap().bytes;
    for (width, height) in [(1, 1), (440, 624), (874, 1240)] {
        let picture = image::load_from_memory(&page(&bytes, 1, width).unwrap()).unwrap();
        assert_eq!(picture.width(), width);
        assert!(picture.height().abs_diff(height) <= 1, "{}", picture.height());
    }
}

#[test]
fn pages_are_counted_and_each_is_shown() {
    let rendered = render(&samples::long()).unwrap();
    assert_eq!(pages(&rendered.bytes), Ok(rendered.pages));
    let first = page(&rendered.bytes, 1, 300).unwrap();
    let last = page(&rendered.bytes, rendered.pages, 300).unwrap();
    assert_ne!(first, last);
}

#[test]
fn a_page_that_is_not_there_is_refused_with_the_count() {
    let bytes = render(&samples::sick_leave()).unwrap().bytes;
    for number in [0, 2, usize::MAX] {
        assert_eq!(page(&bytes, number, 100), Err(PixelError::NoSuchPage { page: number, pages: 1 }));
    }
}

#[test]
fn a_picture_of_no_size_or_of_too_great_a_size_is_refused() {
    let bytes = render(&samples::sick_leave()).unwrap().bytes;
    for width in [0, 12_000, u32::MAX] {
        assert_eq!(page(&bytes, 1, width), Err(PixelError::Size { width }));
    }
}

#[test]
fn bytes_that_are_no_pdf_are_refused() {
    for bytes in [&b""[..], b"%PDF-1.7", b"no pdf at all", &[0xff; 400]] {
        assert_eq!(page(bytes, 1, 100), Err(PixelError::Unreadable));
        assert_eq!(pages(bytes), Err(PixelError::Unreadable));
    }
}
