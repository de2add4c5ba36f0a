//! The page in a person's browser: its words, its headers, its limits, and how it looks.

use crypto::cose::{Claims, issue};
use reqwest::{RequestBuilder, Response};
use tests::browser::Browser;
use tests::papers::claims;
use tests::shot::Scheme;
use tests::{axe, root};
use thirtyfour::prelude::*;

use super::{NUMBER, Story, checked};
use crate::world::World;

fn browser(request: RequestBuilder) -> RequestBuilder {
    request.header("accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
}

async fn posted(world: &World, text: &str) -> Response {
    let request = world.http.post(format!("{}/verify", world.address));
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    browser(request).body(format!("text={encoded}")).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_of_the_page_carries_its_headers() {
    let world = World::empty().await;
    let shown = browser(world.http.get(format!("{}/verify", world.address))).send().await.unwrap();
    let answered = posted(&world, "CD1:INVENTED").await;
    let refused = posted(&world, "").await;
    assert_eq!([shown.status(), answered.status(), refused.status()], [200, 200, 400]);
    for response in [shown, answered, refused] {
        for (name, value) in [
            (
                "content-security-policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                 frame-ancestors 'none'",
            ),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("strict-transport-security", "max-age=31536000"),
            ("content-type", "text/html; charset=utf-8"),
        ] {
            assert_eq!(response.headers()[name], value, "{name}");
        }
        assert!(!response.text().await.unwrap().contains("<script"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_or_nothing_at_all_is_refused_in_words_and_in_json() {
    let world = World::empty().await;
    let long = "A".repeat(17_000);
    let response = posted(&world, &long).await;
    assert_eq!(response.status(), 413);
    assert!(response.text().await.unwrap().contains("Too long"));
    for (body, status, code) in [
        (format!("{{\"text\": \"{long}\"}}"), 413, "too_large"),
        ("{\"text\": \" \"}".to_owned(), 400, "malformed"),
        ("{\"number\": 1}".to_owned(), 400, "malformed"),
        ("{".to_owned(), 400, "malformed"),
    ] {
        let request = world.http.post(format!("{}/verify", world.address));
        let response = request.header("content-type", "application/json").body(body).send().await.unwrap();
        assert_eq!(response.status(), status, "{code}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let problem: serde_json::Value = response.json().await.unwrap();
        assert_eq!(problem["code"], code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_answered_a_hundred_times_an_hour_and_then_told_when_to_come_back() {
    let world = World::empty().await;
    let ask = async |asker: &str| {
        let request = world.http.get(format!("{}/verify", world.address));
        browser(request).header("x-forwarded-for", asker).send().await.unwrap()
    };
    for _ in 0..100 {
        assert_eq!(ask("203.0.113.7").await.status(), 200);
    }
    let response = ask("203.0.113.7").await;
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["retry-after"], "36");
    assert_eq!(response.headers()["x-frame-options"], "DENY");
    assert!(response.text().await.unwrap().contains("Too many questions"));
    assert_eq!(ask("203.0.113.8").await.status(), 200, "another address");
    assert_eq!(ask("198.51.100.1, 203.0.113.7").await.status(), 429, "whatever is written before it");
    let request =
        world.http.post(format!("{}/verify", world.address)).header("x-forwarded-for", "203.0.113.7");
    let response = request.json(&serde_json::json!({"text": "CD1:A"})).send().await.unwrap();
    assert_eq!(response.json::<serde_json::Value>().await.unwrap()["code"], "too_many");
    let health = format!("{}/api/utils/health/quick/", world.address);
    assert_eq!(world.http.get(health).send().await.unwrap().status(), 200, "the rest is not counted");
    world.pass(36_000);
    assert_eq!(ask("203.0.113.7").await.status(), 200);
    assert_eq!(ask("203.0.113.7").await.status(), 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_the_page_says_so_and_a_server_without_a_clinic_knows_nobody() {
    let world = World::empty().await;
    assert_eq!(posted(&world, "CD1:INVENTED").await.status(), 200);
    let offline = browser(world.http.get(format!("{}/verify/offline", world.address))).send().await.unwrap();
    assert_eq!(offline.status(), 409);
    assert!(offline.text().await.unwrap().contains("No clinic yet"));
    world.sql().await.execute("drop table record", &[]).await.unwrap();
    let response = posted(&world, "CD1:INVENTED").await;
    assert_eq!(response.status(), 503);
    assert!(response.text().await.unwrap().contains("The records cannot be asked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_signed_is_shown_as_text_whatever_it_is() {
    let story = Story::begin().await;
    let name = "<script>alert(1)</script>\u{202e}'\"&".to_owned();
    let code = issue(&Claims { name, ..claims() }, &story.desk.issuing).unwrap();
    let text = posted(&story.world, &code).await.text().await.unwrap();
    assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;U+202E&#39;&quot;&amp;"), "{text}");
    assert!(!text.contains("<script"));
}

/// The code of one paper on another, or two painted days: the code is right and the paper is not.
#[tokio::test(flavor = "multi_thread")]
async fn no_paper_is_called_genuine_and_what_it_must_read_is_told() {
    let mut story = Story::begin().await;
    // One that no record knows yet, and one that is recorded.
    let unrecorded = posted(&story.world, &story.code(&checked("MAIN-01-26-00007"))).await;
    let number = checked("MAIN-01-26-00417");
    let paper = story.issue(&number, None).await;
    let recorded = posted(&story.world, &paper.code).await;
    for (answer, title) in [(unrecorded, "Not in the records"), (recorded, "The code is genuine")] {
        let text = answer.text().await.unwrap();
        assert!(text.contains(&format!("<h2 id=\"outcome\">{title}</h2>")), "{text}");
        assert!(text.contains("The paper must read as follows. Compare each line"));
        assert!(text.contains("class=\"card plain\"") || text.contains("class=\"card care\""), "no tick");
        for line in [
            "<dt>Name</dt><dd>Gustavo Mejía</dd>",
            "<dt>Born</dt><dd>14-Jul-1999</dd>",
            "<dt>Finding</dt><dd>Not fit</dd>",
            "<dt>First day</dt><dd>21-Nov-2026</dd>",
            "<dt>Signed by</dt><dd>Dr. Ana Doctor</dd>",
            "<dt>Licence</dt><dd>0104417</dd>",
            "<dt>Issued</dt><dd>22-Nov-2026</dd>",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
    }
    let answer = posted(&story.world, &number).await.text().await.unwrap();
    assert!(answer.contains("Number in use") && answer.contains("anybody can copy it"), "{answer}");
    assert!(!answer.contains("enuine") && !answer.contains("Gustavo"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_pastes_a_code_and_sees_the_answer_on_a_screen_and_on_a_telephone() {
    let mut story = Story::begin().await;
    let paper = story.issue(NUMBER, None).await;
    let revoked = story.issue(&checked("MAIN-01-26-00002"), None).await;
    story.end(&revoked, "revoked").await;
    let number = checked("MAIN-01-26-00002");
    let browser = Browser::open().await.unwrap();
    let driver = browser.driver();
    let pictures = root().join("target/shots/verify");
    let page = format!("{}/verify", story.world.address);
    let changed = paper.code.replacen("CD1:6", "CD1:7", 1);
    let invented = format!("{}0", &paper.code[..paper.code.len() - 3]);
    let cases = [
        ("form", "", "Check a certificate"),
        ("genuine", paper.code.as_str(), "The code is genuine"),
        ("revoked", revoked.code.as_str(), "Revoked"),
        ("not-genuine", if changed == paper.code { &invented } else { &changed }, "Not genuine"),
        ("number", number.as_str(), "Revoked"),
    ];
    for (name, text, told) in cases {
        for (size, width, height) in [("screen", 1366, 900), ("telephone", 390, 844)] {
            let screen = serde_json::json!({
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
            });
            driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", screen).await.unwrap();
            driver.goto(&page).await.unwrap();
            if !text.is_empty() {
                let paste = "document.getElementById('text').value = arguments[0]";
                driver.execute(paste, vec![text.into()]).await.unwrap();
                driver.find(By::Css("button")).await.unwrap().click().await.unwrap();
                let outcome = driver.query(By::Id("outcome")).first().await.unwrap().text().await.unwrap();
                assert_eq!(outcome, told);
            }
            let fits = "return document.documentElement.scrollWidth <= innerWidth";
            let fits = driver.execute(fits, vec![]).await.unwrap().convert::<bool>().unwrap();
            assert!(fits, "{name} {size}");
            for scheme in Scheme::BOTH {
                browser.wear(scheme).await.unwrap();
                assert_eq!(axe::violations(driver).await.unwrap(), [], "{name} {size}");
                let picture = format!("{name}-{size}-{}", scheme.name());
                let shot = driver.screenshot_as_png().await.unwrap();
                std::fs::create_dir_all(&pictures).unwrap();
                std::fs::write(pictures.join(format!("{picture}.png")), shot).unwrap();
            }
        }
    }
    assert_eq!(browser.errors().await.unwrap(), [""; 0]);
    // The browser's own first page is no page of ours.
    let own = [story.world.address.as_str(), "data:", "chrome://"];
    let asked = browser.requests().await.unwrap();
    let foreign = asked.iter().filter(|url| !own.iter().any(|own| url.starts_with(own)));
    assert_eq!(foreign.collect::<Vec<_>>(), Vec::<&String>::new());
    browser.close().await.unwrap();
}
