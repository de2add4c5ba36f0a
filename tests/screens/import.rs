//! An administrator takes in files of another system.

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tests::desk::{Clinic, PASSWORD};

use crate::bridge::Bridge;
use crate::clinic::bundle;
use crate::visitor::Visitor;

async fn status(bridge: &Bridge, field: &str) -> Result<Value> {
    Ok(bridge.asks("main", "status", json!({})).await?[field].clone())
}

#[tokio::test]
async fn bundles_are_looked_at_taken_in_without_the_damaged_one_and_change_nothing_the_second_time()
-> Result<()> {
    let mut clinic = Clinic::found();
    clinic.ok("sign_out", json!({}));
    clinic.stop();
    let bridge = Bridge::over(clinic.folder())?;
    bridge.seats("maria.reyes", PASSWORD).await?;
    let mut visitor = Visitor::to(bridge.address()).await?;
    visitor.opens("/admin/import").await?;
    visitor.reads("Choose files").await?;

    let folder = tempfile::tempdir()?;
    let file = |name: &str, text: &str| -> Result<String> {
        let path = folder.path().join(name);
        fs::write(&path, text)?;
        Ok(path.to_str().context("a path in Unicode")?.to_owned())
    };
    let liz = bundle("Liz");
    let cut = liz.get(..liz.len() - 700).context("a long text")?.to_owned();
    let files = [
        file("Liz.json", &liz)?,
        file("cut-short.json", &cut)?,
        file("Luigi.json", &bundle("Luigi"))?,
        file("letter.json", "Dear colleague")?,
    ];
    let before = status(&bridge, "waiting").await?;
    visitor.offers("input[type=file]", &files).await?;
    visitor.reads(" would be imported.").await?;
    visitor.reads("2 files cannot be imported; nothing of them will be.").await?;
    visitor.reads("It is not whole, or no JSON at all. At line ").await?;
    visitor.looks("import-looked", "administrator", true).await?;
    assert_eq!(status(&bridge, "waiting").await?, before);

    visitor.presses("Import 2 files").await?;
    visitor.reads(" were imported.").await?;
    visitor.looks("import-taken", "administrator", true).await?;
    assert_eq!(status(&bridge, "patients").await?, 2);

    let after = status(&bridge, "waiting").await?;
    visitor.offers("input[type=file]", &files[..1]).await?;
    visitor
        .reads("about 1 person (1 known already), is here already: importing them changes nothing.")
        .await?;
    visitor.looks("import-again", "administrator", true).await?;
    assert_eq!(status(&bridge, "waiting").await?, after);
    visitor.leaves().await
}
