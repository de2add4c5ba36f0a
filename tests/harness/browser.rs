use std::path::PathBuf;

use anyhow::Result;
use tests::browser::Browser;
use tests::leash::runs;
use tests::shot::{self, Scheme};
use tests::{axe, root};
use thirtyfour::By;

use crate::page::serve;

const CLEAN: &str = r#"<!doctype html>
<html lang="en"><head><title>Clinic</title><link rel="icon" href="data:,"><style>
  body { color: #111; background: #fff }
  @media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } }
</style></head><body><main><h1>Clinic</h1>
<label>Name <input></label> <button>Find</button></main></body></html>"#;

/// A picture without words, a field without a label, grey on white.
const BROKEN: &str = r#"<!doctype html>
<html lang="en"><head><title>Clinic</title></head><body style="background: #fff"><main><h1>Clinic</h1>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><input id="field"><p id="grey" style="color: #ccc">Faint</p>
</main><script>console.error("seeded"); fetch("/missing")</script></body></html>"#;

fn pictures() -> PathBuf {
    root().join("target/shots/harness")
}

#[tokio::test]
async fn a_clean_page_has_no_violation_in_either_colours() -> Result<()> {
    let browser = Browser::open().await?;
    browser.driver().goto(serve(CLEAN)?).await?;
    for scheme in Scheme::BOTH {
        browser.wear(scheme).await?;
        assert_eq!(axe::violations(browser.driver()).await?, []);
    }
    assert_eq!(browser.errors().await?, [""; 0]);
    browser.close().await
}

#[tokio::test]
async fn seeded_violations_are_found_where_they_are() -> Result<()> {
    let browser = Browser::open().await?;
    browser.driver().goto(serve(BROKEN)?).await?;
    let found = axe::violations(browser.driver()).await?;
    let rules: Vec<_> = found.iter().map(|violation| violation.rule.as_str()).collect();
    assert_eq!(rules, ["color-contrast", "image-alt", "label"], "{found:?}");
    assert_eq!(found[0].places, ["#grey"]);
    assert_eq!(found[2].places, ["#field"]);
    browser.close().await
}

#[tokio::test]
async fn an_error_on_the_console_and_a_request_are_heard() -> Result<()> {
    let browser = Browser::open().await?;
    let page = serve(BROKEN)?;
    browser.driver().goto(&page).await?;
    let script = "const done = arguments[0]; fetch('/again').then(() => setTimeout(done, 100))";
    browser.driver().execute_async(script, vec![]).await?;
    let errors = browser.errors().await?;
    assert!(errors.iter().any(|error| error.contains("seeded")), "{errors:?}");
    assert!(errors.iter().any(|error| error.contains("404")), "{errors:?}");
    let requests = browser.requests().await?;
    for path in ["", "missing", "again"] {
        assert!(requests.contains(&format!("{page}{path}")), "{path}: {requests:?}");
    }
    browser.close().await
}

#[tokio::test]
async fn no_name_leads_to_another_machine() -> Result<()> {
    let browser = Browser::open().await?;
    let error = browser.driver().goto("http://clinic.example/").await.unwrap_err();
    assert!(error.to_string().contains("ERR_NAME_NOT_RESOLVED"), "{error}");
    browser.close().await
}

#[tokio::test]
async fn a_picture_is_a_full_screen_and_light_differs_from_dark() -> Result<()> {
    let browser = Browser::open().await?;
    browser.driver().goto(serve(CLEAN)?).await?;
    let mut pictures_taken = vec![];
    for scheme in Scheme::BOTH {
        browser.wear(scheme).await?;
        let path = shot::take(browser.driver(), &pictures(), &format!("page-{}", scheme.name())).await?;
        let png = std::fs::read(path)?;
        assert_eq!(shot::size(&png), Some((shot::WIDTH, shot::HEIGHT)));
        pictures_taken.push(png);
    }
    assert_ne!(pictures_taken[0], pictures_taken[1]);
    browser.close().await
}

#[tokio::test]
async fn a_browser_forgotten_by_a_failed_test_ends_all_the_same() -> Result<()> {
    let browser = Browser::open().await?;
    browser.driver().goto(serve(CLEAN)?).await?;
    assert_eq!(browser.driver().find(By::Tag("h1")).await?.text().await?, "Clinic");
    let (program, folder) = (browser.leash().pid(), browser.leash().folder().to_owned());
    let profile = folder.join("profile");
    assert!(holders(&profile) > 0);
    drop(browser);
    assert!(!runs(program) && !folder.exists());
    tests::wait::until("every process of the browser ends", std::time::Duration::from_secs(5), || {
        Ok((holders(&profile) == 0).then_some(()))
    })
}

/// How many processes name this folder on their command line.
fn holders(folder: &std::path::Path) -> usize {
    let folder = folder.to_string_lossy();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let lines = processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok());
    lines.filter(|line| String::from_utf8_lossy(line).contains(&*folder)).count()
}
