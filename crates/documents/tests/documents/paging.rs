use documents::certificates::{CertificatePage, Content, render};
use documents::{Format, Paper};
use proptest::prelude::*;

use crate::readers::Kept;
use crate::samples;

/// The words of a page with their boxes: left, top, right, bottom in points.
fn words(kept: &Kept, page: usize) -> Vec<([f64; 4], String)> {
    let page = page.to_string();
    let listing = kept.ask("pdftotext", &["-bbox", "-f", &page, "-l", &page, "@", "-"]);
    listing
        .lines()
        .filter_map(|line| line.trim().strip_prefix("<word ")?.strip_suffix("</word>"))
        .map(|line| {
            let (attributes, word) = line.split_once('>').unwrap();
            let mut numbers = attributes.split('"').skip(1).step_by(2).map(|number| number.parse().unwrap());
            ([(); 4].map(|()| numbers.next().unwrap()), word.to_owned())
        })
        .collect()
}

/// The part of a line's box in which letters stand.
fn core([left, top, right, bottom]: [f64; 4]) -> [f64; 4] {
    let spare = (bottom - top) * 0.25;
    [left + 0.3, top + spare, right - 0.3, bottom - spare]
}

fn assert_nothing_overlaps(page: &CertificatePage) {
    let rendered = render(page).unwrap();
    let kept = Kept::new(&rendered.bytes);
    let code = rendered.regions.iter().find(|region| region.content == Content::Code).unwrap();
    let points = |length: documents::Length| length.thousandths() as f64 / 1000.0;
    let (width, height) = page.paper.size();
    for number in 1..=rendered.pages {
        let mut boxes = words(&kept, number);
        for (area, word) in &boxes {
            let [left, top, right, bottom] = core(*area);
            let on_paper =
                left > 10.0 && top > 10.0 && right < points(width) - 10.0 && bottom < points(height) - 10.0;
            assert!(on_paper, "{word} runs off page {number}");
        }
        if number == rendered.pages {
            let area = code.area;
            let edges = [area.left, area.top, area.right, area.bottom].map(points);
            boxes.push((edges, "the code".to_owned()));
        }
        for (index, (one, word)) in boxes.iter().enumerate() {
            for (other, other_word) in &boxes[..index] {
                let (a, b) = (core(*one), core(*other));
                let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
                assert!(apart, "{word} and {other_word} on page {number}");
            }
        }
    }
}

#[test]
fn nothing_overlaps_however_long_the_names() {
    for format in [Format::A4, Format::A5, Format::Letter, Format::Legal, Format::Folio] {
        for paper in [Paper::portrait(format), Paper::landscape(format)] {
            assert_nothing_overlaps(&samples::on(paper, samples::sick_leave()));
            assert_nothing_overlaps(&samples::on(paper, samples::long()));
        }
    }
}

#[test]
fn the_signature_and_the_code_go_on_to_the_last_page_with_text_above_them() {
    let rendered = render(&samples::long()).unwrap();
    assert!(rendered.pages >= 2);
    let code = rendered.regions.iter().find(|region| region.content == Content::Code).unwrap();
    assert_eq!(code.page, rendered.pages);
    let kept = Kept::new(&rendered.bytes);
    for page in 1..=rendered.pages {
        let number = page.to_string();
        let text = kept.ask("pdftotext", &["-f", &number, "-l", &number, "-raw", "@", "-"]);
        assert_eq!(text.contains("Theodora"), page == rendered.pages, "{text}");
        assert!(text.contains(&format!("Page {page} of {}", rendered.pages)), "{text}");
        assert!(text.contains("No. MC-26-0000417-K"), "{text}");
        assert!(text.contains("drink enough"), "{text}");
    }
}

#[test]
fn no_line_is_lost_between_pages() {
    for count in 1..60 {
        let sentence =
            (0..count).map(|number| format!("item{number}")).collect::<Vec<_>>().join(" and then ");
        let body = vec![samples::plain(&sentence), samples::plain("The last paragraph.")];
        let page =
            CertificatePage { body, ..samples::on(Paper::landscape(Format::A5), samples::sick_leave()) };
        let rendered = render(&page).unwrap();
        assert!(rendered.pages <= 3);
        let text = Kept::new(&rendered.bytes).text();
        for number in 0..count {
            assert!(text.contains(&format!("item{number}")), "item{number} of {count}");
        }
        assert!(text.contains("The last paragraph."));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_certificate_of_any_length_keeps_its_parts_apart(
        name in "[A-ZÀ-Ý][a-zà-ý]{0,30}( [A-Z][a-z]{1,14}){0,9}",
        paragraphs in prop::collection::vec("([a-z]{1,12} ){1,120}", 0..8),
        title in "[A-Z ]{1,80}",
        landscape in any::<bool>(),
    ) {
        let mut page = samples::sick_leave();
        page.body.extend(paragraphs.iter().map(|text| samples::plain(text)));
        page.title = title;
        page.signer.name = name.clone();
        page.letterhead.name = name;
        if landscape {
            page.paper = Paper::landscape(Format::A4);
        }
        assert_nothing_overlaps(&page);
    }
}
