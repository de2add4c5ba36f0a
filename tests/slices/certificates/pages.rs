//! The page before and after issue, and pictures that are fetched once.

use app::{Code, Picture};
use domain::access::Role;
use image::GrayImage;
use serde_json::{Value, json};
use tests::desk::text;

use super::Story;
use super::issue::step_of;

const WIDTH: u32 = 600;

impl Story {
    /// The pages of a certificate as pictures.
    fn pages(&mut self, certificate: &Value) -> Vec<GrayImage> {
        let input = json!({"certificate": certificate["id"], "width": WIDTH});
        let shown = self.clinic.ok("certificate_pages", input);
        self.fetched(&shown)
    }

    fn fetched(&mut self, shown: &Value) -> Vec<GrayImage> {
        let pages = shown["pages"].as_array().unwrap().iter();
        let fetched = pages.map(|page| {
            let Picture { media_type, bytes } = self.clinic.desk().picture(&text(&page["picture"])).unwrap();
            let picture = image::load_from_memory(&bytes).unwrap().to_luma8();
            assert_eq!(
                (media_type, json!(picture.dimensions())),
                ("image/png", json!([page["width"], page["height"]]))
            );
            picture
        });
        fetched.collect()
    }
}

/// Where the number and the code's box stand on an A5 page, in hundredths of its width.
fn may_differ(x: u32, y: u32) -> bool {
    let (x, y) = (x * 100 / WIDTH, y * 100 / WIDTH);
    let number = (8..66).contains(&x) && (20..30).contains(&y);
    let code = (6..34).contains(&x) && (100..132).contains(&y);
    number || code
}

#[test]
fn the_page_before_issue_is_the_page_after_but_for_number_code_and_mark() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    story.clinic.seat(Role::Doctor);
    let before = story.pages(&draft);
    let issued = story.clinic.ok("issue_certificate", step_of(&draft));
    let after = story.pages(&issued);
    assert_eq!((before.len(), after.len()), (1, 1));
    let (mut differing, mut mark) = (0, 0);
    for (x, y, pixel) in after[0].enumerate_pixels() {
        let (after, before) = (pixel.0[0], before[0].get_pixel(x, y).0[0]);
        if may_differ(x, y) {
            differing += u32::from(after != before);
        } else {
            // The mark is a light grey under the text: it makes white less white and ink no darker.
            mark += u32::from(after != before);
            assert!(after >= before && after - before <= 26, "pixel {x}, {y}: {before} became {after}");
        }
    }
    assert!(differing > 1_000 && mark > 1_000, "{differing} {mark}");
}

#[test]
fn what_was_typed_is_shown_before_anything_is_written() {
    let mut story = Story::begin();
    let typed = story.drafting(json!({}));
    let input =
        json!({"patient": typed["patient"], "visit": null, "details": typed["details"], "width": WIDTH});
    let shown = story.clinic.ok("preview_certificate", input);
    assert_eq!(shown["draft"], true);
    assert!(text(&shown["shown"]).contains("Gustavo Mejía") && shown.to_string().len() < 32_000);
    let preview = story.fetched(&shown);
    let draft = story.draft(json!({}));
    assert_eq!(story.pages(&draft), preview);
    let mut wrong = story.drafting(json!({"until": "2026-11-20"}));
    wrong
        .as_object_mut()
        .unwrap()
        .retain(|field, _| ["patient", "visit", "details"].contains(&field.as_str()));
    wrong["width"] = json!(WIDTH);
    assert_eq!(story.refused("preview_certificate", wrong), (Code::Invalid, json!("until")));
    for width in [0, 199, 2_401] {
        let input = json!({"certificate": draft["id"], "width": width});
        assert_eq!(story.refused("certificate_pages", input), (Code::Invalid, json!("width")));
    }
}

#[test]
fn a_picture_is_fetched_once_and_goes_with_lock_and_sign_out() {
    let mut story = Story::begin();
    let draft = story.draft(json!({}));
    let ids = |story: &mut Story| -> String {
        let input = json!({"certificate": draft["id"], "width": 200});
        text(&story.clinic.ok("certificate_pages", input)["pages"][0]["picture"])
    };
    let once = ids(&mut story);
    assert!(story.clinic.desk().picture(&once).is_some());
    assert_eq!(story.clinic.desk().picture(&once), None);
    let locked = ids(&mut story);
    story.clinic.ok("lock", json!({}));
    assert_eq!(story.clinic.desk().picture(&locked), None);
    story.clinic.ok("unlock", json!({"password": tests::desk::password(Role::FrontDesk)}));
    assert_eq!(story.clinic.desk().picture(&locked), None);
    let left = ids(&mut story);
    story.clinic.seat(Role::Doctor);
    assert_eq!(story.clinic.desk().picture(&left), None);
    let late = ids(&mut story);
    story.clinic.time.pass(121);
    assert_eq!(story.clinic.desk().picture(&late), None);
}

#[test]
fn where_the_bytes_are_not_the_page_is_made_again_as_it_was_issued() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let before = story.file(&issued);
    let digest = crypto::sha256(&[&before]);
    story.in_store(|act| act.forget_blob(&digest).unwrap());
    story.clinic.time.pass(86_400);
    assert_eq!(story.file(&issued), before);
    assert!(
        story.in_store(|act| act.whole_blob(&digest).unwrap()).is_some(),
        "what was made again is kept again"
    );
}

#[test]
fn what_is_not_as_it_was_issued_is_not_shown() {
    let mut story = Story::begin();
    let issued = story.issued(json!({}));
    let digest = crypto::sha256(&[&story.file(&issued)]);
    story.tamper("update blob set bytes = x'00', salt = null where sha256 = ?1", &digest);
    for command in ["certificate_pages", "certificate_file"] {
        let mut input = json!({"certificate": issued["id"]});
        if command == "certificate_pages" {
            input["width"] = json!(WIDTH);
        }
        assert_eq!(story.refused(command, input).0, Code::NotAsIssued, "{command}");
    }
}
