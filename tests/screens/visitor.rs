//! Somebody who looks at one screen after the other and notes down every flaw.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::{Result, bail, ensure};
use serde_json::{Value, json};
use tests::axe::{self, Violation};
use tests::browser::Browser;
use tests::shot::{self, Scheme};
use thirtyfour::{By, Key, TypingData, WebElement};

const PAGE: &str = include_str!("../src/page.js");
const STOPS: &str = include_str!("stops.js");
/// How long a person waits for the page to answer, in milliseconds.
const PATIENCE: u64 = 15_000;

/// Ends when the letters are there, nothing is being fetched and two frames were painted.
const STILL: &str = r#"
const [done] = arguments;
const busy = () => document.querySelector('[aria-busy="true"]') !== null;
const look = (left) => requestAnimationFrame(() =>
  left === 0 ? done(true) : setTimeout(look, busy() ? 30 : 0, busy() ? 2 : left - 1));
document.fonts.ready.then(() => look(2));
"#;

/// The screen as it would be for anybody: without the frame around it, which is a role's, and without the names
/// that the library makes up.
const LIKE: &str = r#"
const copy = document.body.cloneNode(true);
copy.querySelectorAll('header:not(main header), nav:not(main nav)').forEach((part) => part.remove());
return copy.innerHTML.replace(/(mantine-|_r_|:r)\w*:?/g, '');
"#;

/// A browser, the address of the page, and what was found wrong so far.
pub struct Visitor {
    browser: Browser,
    address: String,
    flaws: Vec<String>,
    seen: BTreeSet<u64>,
    screens: BTreeSet<String>,
}

impl Visitor {
    /// Opens a browser for the page at `address`, which is not loaded yet.
    pub async fn to(address: &str) -> Result<Self> {
        let browser = Browser::open().await?;
        browser.wear(Scheme::Light).await?;
        let (seen, screens) = (BTreeSet::new(), BTreeSet::new());
        Ok(Self { browser, address: address.to_owned(), flaws: vec![], seen, screens })
    }

    /// Goes to another page, such as that of another bridge.
    pub fn turns_to(&mut self, address: &str) {
        address.clone_into(&mut self.address);
    }

    /// Loads the page anew at the place behind the `#`.
    pub async fn opens(&self, place: &str) -> Result<()> {
        self.browser.driver().goto("about:blank").await?;
        Ok(self.browser.driver().goto(format!("{}/#{place}", self.address)).await?)
    }

    /// Goes to another place of the page that is loaded.
    pub async fn goes(&self, place: &str) -> Result<()> {
        self.browser.driver().execute("location.hash = arguments[0]", vec![json!(place)]).await?;
        Ok(())
    }

    /// Waits for these words, in whatever letters the look writes them.
    pub async fn reads(&self, words: &str) -> Result<()> {
        self.find("text", words).await.map(drop)
    }

    /// Presses the button, link, tile or choice of this name.
    pub async fn presses(&self, name: &str) -> Result<()> {
        Ok(self.find("control", name).await?.click().await?)
    }

    /// Opens the row of a list in which these words stand.
    pub async fn opens_row(&self, words: &str) -> Result<()> {
        let rows = "[...document.querySelectorAll('tbody tr')].find((row) => row.textContent.includes(arguments[0])).click()";
        self.script(rows, vec![Value::from(words)]).await.map(drop)
    }

    /// Types into the field with this label, over what it held.
    pub async fn types(&self, label: &str, text: &str) -> Result<()> {
        let field = self.find("field", label).await?;
        field.send_keys(Key::Control + "a").await?;
        Ok(field.send_keys(text).await?)
    }

    /// Offers these files to the page, as the system's window does once they are chosen.
    pub async fn offers(&self, css: &str, files: &[String]) -> Result<()> {
        Ok(self.browser.driver().find(By::Css(css)).await?.send_keys(files.join("\n")).await?)
    }

    /// Presses keys wherever the focus is.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Result<()> {
        Ok(self.browser.driver().active_element().await?.send_keys(keys).await?)
    }

    /// Runs a script in the page.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.browser.driver().execute(script, arguments).await?.json().clone())
    }

    /// Looks at the screen in light and in dark, twice as large, and along its tab stops; each flaw is noted, so
    /// that one run tells of every screen. What looks as something before did is not looked at again; a screen
    /// that `who` sees in another way than those before is looked at in both colours. Where an answer was
    /// `refused`, the browser's own line about it is no flaw.
    pub async fn looks(&mut self, screen: &str, who: &str, refused: bool) -> Result<()> {
        let name = format!("{screen} ({who})");
        self.still().await?;
        if self.is_new().await? {
            let first = self.screens.insert(screen.to_owned());
            let light = axe::violations(self.browser.driver()).await?;
            self.notes(&name, "light", light);
            self.scrolls(&name, "light").await?;
            if first {
                self.pictures(screen, "light").await?;
            }
            self.browser.wear(Scheme::Dark).await?;
            let dark = axe::contrasts(self.browser.driver()).await?;
            self.notes(&name, "dark", dark);
            if first {
                self.pictures(screen, "dark").await?;
            }
            self.browser.wear(Scheme::Light).await?;
            if first {
                self.browser.zoom(2).await?;
                self.still().await?;
                self.scrolls(&name, "large").await?;
                self.pictures(screen, "large").await?;
                self.browser.zoom(1).await?;
                self.stops(&name).await?;
            }
        }
        self.hears(&name, refused).await
    }

    /// Notes down what is wrong beside what [`Visitor::looks`] finds.
    pub fn flaw(&mut self, flaw: String) {
        self.flaws.push(flaw);
    }

    /// Closes the browser. No screen had a flaw.
    pub async fn leaves(self) -> Result<()> {
        self.browser.close().await?;
        ensure!(self.flaws.is_empty(), "{} flaws:\n{}", self.flaws.len(), self.flaws.join("\n"));
        Ok(())
    }

    async fn is_new(&mut self) -> Result<bool> {
        let like = self.script(LIKE, vec![]).await?;
        let mut hasher = DefaultHasher::new();
        like.as_str().unwrap_or_default().hash(&mut hasher);
        Ok(self.seen.insert(hasher.finish()))
    }

    async fn still(&self) -> Result<()> {
        Ok(self.browser.driver().execute_async(STILL, vec![]).await.map(drop)?)
    }

    fn notes(&mut self, name: &str, look: &str, violations: Vec<Violation>) {
        self.flaws.extend(violations.iter().map(|violation| format!("{name} in {look}: {violation}")));
    }

    async fn pictures(&self, name: &str, look: &str) -> Result<()> {
        let folder = shot::folder().join("screens");
        shot::take(self.browser.driver(), &folder, &format!("{name}-{look}")).await.map(drop)
    }

    /// The frame fills the window; what does not fit scrolls inside it, and never sideways.
    async fn scrolls(&mut self, name: &str, look: &str) -> Result<()> {
        let script = "const page = document.documentElement;
            return [page.scrollWidth > innerWidth, page.scrollHeight > innerHeight && !!document.querySelector('nav')]";
        let over = self.script(script, vec![]).await?;
        for (way, over) in ["sideways", "as a whole"].iter().zip(over.as_array().into_iter().flatten()) {
            if *over == true {
                self.flaws.push(format!("{name} in {look} scrolls {way}"));
            }
        }
        Ok(())
    }

    /// Goes once around the tab stops, by the key itself.
    async fn stops(&mut self, name: &str) -> Result<()> {
        let count = self.script(STOPS, vec![]).await?.as_u64().unwrap_or_default();
        let strikes = usize::try_from(count)?.clamp(1, 60);
        self.keys(String::from(Key::Tab.value()).repeat(strikes)).await?;
        let told = self.script(STOPS, vec![]).await?;
        if told["reached"] == 0 {
            self.flaws.push(format!("{name}: no key leads anywhere"));
        }
        let unseen = told["unseen"].as_array().cloned().unwrap_or_default();
        self.flaws.extend(
            unseen.iter().map(|stop| {
                format!("{name}: the focus is not seen on {}", stop.as_str().unwrap_or_default())
            }),
        );
        Ok(())
    }

    async fn hears(&mut self, name: &str, refused: bool) -> Result<()> {
        let said = self.browser.errors().await?;
        let said = said.into_iter().filter(|line| !(refused && line.contains("status of 422")));
        self.flaws.extend(said.map(|line| format!("{name}: the console says {line}")));
        // The last one is what the browser itself opens with; no page may ask there.
        let own = [self.address.as_str(), "data:", "blob:", "about:", "chrome:"];
        let asked = self.browser.requests().await?;
        let asked = asked.into_iter().filter(|address| !own.iter().any(|own| address.starts_with(own)));
        self.flaws.extend(asked.map(|address| format!("{name}: the page asked {address}")));
        Ok(())
    }

    async fn find(&self, kind: &str, name: &str) -> Result<WebElement> {
        let sought = vec![json!(kind), json!(name), json!(PATIENCE)];
        let found = self.browser.driver().execute_async(PAGE, sought).await?;
        if found.json().is_null() {
            let seen = self.script("return document.body.innerText", vec![]).await?;
            self.pictures("last-failure", "light").await?;
            bail!("no {kind} “{name}” in:\n{}", seen.as_str().unwrap_or_default());
        }
        Ok(found.element()?)
    }
}
