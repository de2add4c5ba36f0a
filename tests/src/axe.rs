//! What axe-core finds wrong with a page, by WCAG 2.2 level A and AA.

use std::fmt;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::WebDriver;

/// axe-core's tags: a rule carries the version that brought it and its level.
const TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// The rule that colours alone can break.
const COLOURS: [&str; 1] = ["color-contrast"];

const RUN: &str = r"
const [type, values, done] = arguments;
axe.run(document, { runOnly: { type, values }, resultTypes: ['violations'] })
   .then((result) => done(result.violations), (error) => done(String(error)));
";

/// A rule that the page breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// axe-core's name of the rule, such as `color-contrast`.
    pub rule: String,
    /// What to do.
    pub help: String,
    /// CSS selectors of the elements that break it.
    pub places: Vec<String>,
}

/// Runs axe-core in the page as it stands now.
///
/// # Errors
/// When axe-core is not installed in `ui`, or the driver or axe-core fails.
pub async fn violations(driver: &WebDriver) -> Result<Vec<Violation>> {
    run(driver, "tag", &TAGS).await
}

/// Runs the one rule whose answer changes with the colours alone, on a page that [`violations`] looked at
/// in other ones.
///
/// # Errors
/// As [`violations`].
pub async fn contrasts(driver: &WebDriver) -> Result<Vec<Violation>> {
    run(driver, "rule", &COLOURS).await
}

async fn run(driver: &WebDriver, kind: &str, values: &[&str]) -> Result<Vec<Violation>> {
    // The page keeps it until it is loaded anew.
    if *driver.execute("return typeof axe", vec![]).await?.json() == "undefined" {
        let path = crate::root().join("ui/node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(&path)
            .with_context(|| format!("{}: run npm ci in ui", path.display()))?;
        driver.execute(source, vec![]).await?;
    }
    let answer = driver.execute_async(RUN, vec![json!(kind), json!(values)]).await?;
    let found = answer.json().as_array().with_context(|| format!("axe: {}", answer.json()))?;
    Ok(found.iter().map(violation).collect())
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} ({})", self.rule, self.help, self.places.join(", "))
    }
}

fn violation(value: &Value) -> Violation {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let nodes = value["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let places = nodes.iter().map(|node| node["target"][0].as_str().unwrap_or("?").to_owned()).collect();
    Violation { rule: text("id"), help: text("help"), places }
}
