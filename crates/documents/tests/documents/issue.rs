use documents::certificates::{CertificatePage, Content, Mark, Region, Rendered, render};
use documents::{Area, Format, Paper};
use image::RgbImage;

use crate::readers::Kept;
use crate::samples;

const WIDTH: u32 = 600;

fn picture(rendered: &Rendered, page: usize) -> RgbImage {
    let png = documents::pixels::page(&rendered.bytes, page, WIDTH).unwrap();
    image::load_from_memory(&png).unwrap().to_rgb8()
}

/// Whether a pixel lies in an area, one pixel of blur allowed.
fn inside(area: &Area, paper: Paper, (x, y): (u32, u32)) -> bool {
    let scale = |length: documents::Length| length.thousandths() * i64::from(WIDTH);
    let width = paper.size().0.thousandths();
    let (x, y) = (i64::from(x) * width, i64::from(y) * width);
    scale(area.left) - width <= x
        && x <= scale(area.right) + width
        && scale(area.top) - width <= y
        && y <= scale(area.bottom) + width
}

fn issued_and_unissued() -> Vec<(CertificatePage, CertificatePage)> {
    [
        samples::sick_leave(),
        samples::on(Paper::portrait(Format::A4), samples::sick_leave()),
        samples::arabic(),
        samples::long(),
    ]
    .into_iter()
    .map(|issued| {
        let unissued = CertificatePage { number: None, code: None, ..issued.clone() };
        (issued, unissued)
    })
    .collect()
}

#[test]
fn before_issue_only_the_number_and_the_codes_box_differ() {
    for (issued, unissued) in issued_and_unissued() {
        let (after, before) = (render(&issued).unwrap(), render(&unissued).unwrap());
        assert_eq!(after.regions, before.regions);
        assert_eq!(after.pages, before.pages);
        for page in 1..=after.pages {
            let places: Vec<Area> =
                after.regions.iter().filter(|region| region.page == page).map(|region| region.area).collect();
            let (after, before) = (picture(&after, page), picture(&before, page));
            let mut differing = 0;
            for (x, y, pixel) in after.enumerate_pixels() {
                if pixel != before.get_pixel(x, y) {
                    differing += 1;
                    let allowed = places.iter().any(|area| inside(area, issued.paper, (x, y)));
                    assert!(allowed, "page {page}, pixel {x}, {y}");
                }
            }
            assert!(differing > 100, "the number alone changes more than {differing} pixels");
        }
    }
}

#[test]
fn a_drafts_mark_lies_under_the_text_and_changes_nothing_else() {
    for (_, unissued) in issued_and_unissued() {
        let draft = CertificatePage { mark: Mark::Draft("DRAFT - NOT VALID".to_owned()), ..unissued.clone() };
        let (marked, plain) = (render(&draft).unwrap(), render(&unissued).unwrap());
        for page in 1..=marked.pages {
            let mark = marked
                .regions
                .iter()
                .find(|region| region.page == page && region.content == Content::Mark)
                .unwrap();
            let (with, without) = (picture(&marked, page), picture(&plain, page));
            let mut greyed = 0;
            for (x, y, pixel) in with.enumerate_pixels() {
                let before = without.get_pixel(x, y);
                if pixel == before {
                    continue;
                }
                greyed += 1;
                assert!(inside(&mark.area, draft.paper, (x, y)), "page {page}, pixel {x}, {y}");
                let darkened =
                    before.0.iter().zip(pixel.0).map(|(old, new)| i16::from(*old) - i16::from(new));
                assert!(darkened.max().unwrap() <= 28, "the mark covers text at {x}, {y}");
            }
            assert!(greyed > 2_000, "{greyed}");
        }
    }
}

#[test]
fn a_drafts_mark_is_real_text_on_each_page() {
    let draft = CertificatePage { mark: samples::draft().mark, ..samples::long() };
    let rendered = render(&draft).unwrap();
    assert!(rendered.pages >= 2);
    let kept = Kept::new(&rendered.bytes);
    for page in 1..=rendered.pages {
        let page = page.to_string();
        let text = kept.ask("pdftotext", &["-raw", "-f", &page, "-l", &page, "@", "-"]);
        let letters: String = text.split_whitespace().collect();
        assert!(letters.contains("DRAFT-NOTVALID"), "{text}");
    }
}

#[test]
fn an_issued_certificate_bears_no_mark() {
    let text = Kept::new(&render(&samples::sick_leave()).unwrap().bytes).text();
    assert!(!text.contains("DRAFT") && !text.contains("at issue"), "{text}");
    assert!(text.contains("No. MC-26-0000417-K"), "{text}");
}

#[test]
fn original_and_copy_are_marked_in_the_foot_alone() {
    let plain = render(&samples::sick_leave()).unwrap();
    let page = CertificatePage { mark: Mark::Foot("COPY 2".to_owned()), ..samples::sick_leave() };
    let marked = render(&page).unwrap();
    assert!(Kept::new(&marked.bytes).text().contains("COPY 2"));
    let mark = marked.regions.iter().find(|region| region.content == Content::Mark).unwrap();
    let (with, without) = (picture(&marked, 1), picture(&plain, 1));
    for (x, y, pixel) in with.enumerate_pixels() {
        assert!(pixel == without.get_pixel(x, y) || inside(&mark.area, page.paper, (x, y)));
    }
}

#[test]
fn the_codes_box_is_thirty_millimetres_square() {
    for page in [samples::sick_leave(), samples::draft(), samples::many_scripts()] {
        let rendered = render(&page).unwrap();
        let is_code = |region: &&Region| region.content == Content::Code;
        let area = rendered.regions.iter().find(is_code).unwrap().area;
        assert_eq!(area.width(), documents::Length::mm(30));
        assert_eq!(area.height(), documents::Length::mm(30));
    }
}

#[test]
fn the_code_is_read_back_from_the_page() {
    for page in [samples::sick_leave(), samples::many_scripts(), samples::arabic(), samples::long()] {
        let rendered = render(&page).unwrap();
        for width in [1000, 1240] {
            assert_eq!(Kept::scan(&rendered.bytes, width), samples::payload(), "{width}");
        }
    }
}
