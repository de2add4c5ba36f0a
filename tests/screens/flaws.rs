//! The visitor sees what is wrong.

use anyhow::Result;

use crate::bridge::Bridge;
use crate::visitor::Visitor;

/// Grey letters, a wide box, a page longer than its window, a focus that nobody sees, words on the console and a
/// question to another address.
const SPOIL: &str = "
const style = document.createElement('style');
style.textContent = '*:focus-visible { outline: none !important } label { color: #ccc !important }';
const wide = document.createElement('div');
wide.style.cssText = 'position: absolute; width: 3000px; height: 3000px';
document.body.append(style, wide, document.createElement('nav'));
console.warn('seeded');
fetch('http://clinic.example/').catch(() => 0);";

#[tokio::test]
async fn every_sort_of_flaw_is_told_with_its_screen() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let bridge = Bridge::over(folder.path())?;
    let mut visitor = Visitor::to(bridge.address()).await?;
    visitor.opens("/today").await?;
    visitor.reads("Set up a clinic").await?;
    visitor.script(SPOIL, vec![]).await?;
    visitor.looks("spoilt", "anybody", false).await?;
    let told = visitor.leaves().await.expect_err("a spoilt screen").to_string();
    for flaw in [
        "spoilt (anybody) in light: color-contrast",
        "spoilt (anybody) in light scrolls sideways",
        "spoilt (anybody) in light scrolls as a whole",
        "spoilt (anybody) in large scrolls sideways",
        "spoilt (anybody): the focus is not seen on <",
        "spoilt (anybody): the console says ",
        "spoilt (anybody): the page asked http://clinic.example/",
    ] {
        assert!(told.contains(flaw), "{flaw} is not in:\n{told}");
    }
    Ok(())
}
