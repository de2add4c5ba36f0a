//! Pictures: upright, made anew, without what a camera notes.

use image::{GenericImageView, ImageFormat};
use serde_json::{Value, json};

use super::Story;
use super::samples::{exif, phone, photograph, png, written};

fn is_red(pixel: image::Rgba<u8>) -> bool {
    pixel[0] > 150 && pixel[2] < 100
}

#[test]
fn a_phones_photograph_comes_out_upright_and_without_what_it_noted_and_the_chart_says_so() {
    let mut story = Story::begin();
    let photograph = phone(&exif());
    let looked = story.bring(&photograph);
    let looked = json!({"file": {"brought": looked}, "patient": story.patient, "sort": "photo"});
    let looked = story.clinic.ok("look_at_file", looked);
    let removed = json!(["location", "camera", "author", "times", "comments"]);
    assert_eq!((&looked["removed"], &looked["taken_on"]), (&removed, &json!("2026-11-20")));
    let added = story.add(&photograph, "photo");
    let file = story.file(&added);
    assert_eq!((&file["removed"], &file["reduced"]), (&removed, &json!(false)));
    assert_eq!(file["original_bytes"], json!(photograph.len()));
    let kept = story.saved(&added);
    for noted in [&b"Exif"[..], b"Canaria", b"2026:11"] {
        assert!(!kept.windows(noted.len()).any(|window| window == noted));
    }
    let picture = image::load_from_memory(&kept).unwrap();
    assert_eq!(picture.dimensions(), (20, 40));
    // What was above is to the right, once it is turned by a quarter clockwise.
    assert!(is_red(picture.get_pixel(17, 20)) && !is_red(picture.get_pixel(2, 20)));
    let pages = story.clinic.ok("file_pages", json!({"file": added["id"], "from": 1, "width": 400}));
    let page = pages["pages"][0].clone();
    assert_eq!((&page["width"], &page["height"]), (&json!(20), &json!(40)));
    assert_eq!(story.picture(&page["picture"]), kept);
}

#[test]
fn a_large_picture_is_made_smaller_but_for_what_is_measured_and_what_came_without_loss_stays_so() {
    let mut story = Story::begin();
    let large = photograph(3_200, 64, &[]);
    let size = |story: &mut Story, added: &Value| {
        let kept = story.saved(added);
        (image::load_from_memory(&kept).unwrap().dimensions(), kept)
    };
    let scan = story.add(&large, "laboratory");
    assert_eq!((size(&mut story, &scan).0, &story.file(&scan)["reduced"]), ((3_000, 60), &json!(true)));
    let measured = story.add(&large, "photo");
    assert_eq!(size(&mut story, &measured).0, (3_200, 64));
    let lossless = story.add(&png(60, 40), "xray");
    let (_, kept) = size(&mut story, &lossless);
    let (before, after) = [png(60, 40), kept].map(|bytes| image::load_from_memory(&bytes).unwrap()).into();
    assert_eq!(before, after);
}

#[test]
fn tiff_and_webp_are_converted() {
    let mut story = Story::begin();
    for (format, name) in [(ImageFormat::Tiff, "image/tiff"), (ImageFormat::WebP, "image/webp")] {
        let added = story.add(&written(30, 20, format), "other");
        let file = story.file(&added);
        assert_eq!((&file["media_type"], &file["original_type"]), (&json!("image/png"), &json!(name)));
    }
}
