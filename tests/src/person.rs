//! A person at the window: reads, presses and types by name, and looks with both eyes and axe-core.

use std::cell::RefCell;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::error::{WebDriverError, WebDriverErrorInner};
use thirtyfour::{By, Key, WebDriver, WebElement};

use crate::display::Display;
use crate::leash::running;
use crate::shot::{self, Scheme};
use crate::window::Window;
use crate::{axe, program};

const PAGE: &str = include_str!("page.js");
/// How long a person waits for the window to answer, in milliseconds.
const PATIENCE: u64 = 15_000;
/// How often a person presses what did not let itself be pressed.
const PRESSES: usize = 20;
/// How often it looks whether what it typed is kept.
const LOOKS: usize = 60;

/// Keeps whatever goes wrong in the page from now on.
const LISTEN: &str = r"
const heard = window.heard = [];
const say = (what) => heard.push(String(what));
addEventListener('error', (event) => say(event.message), true);
addEventListener('unhandledrejection', (event) => say(event.reason));
addEventListener('securitypolicyviolation', (event) => say(event.violatedDirective + ' ' + event.blockedURI));
const error = console.error;
console.error = (...words) => { say(words.join(' ')); error(...words); };
";

/// Ends when everything that moves for a while has stopped and was painted.
const STILL: &str = r"
const [done] = arguments;
const moves = () => document.getAnimations()
  .some((each) => each.playState === 'running' && each.effect.getComputedTiming().endTime < 2000);
const fades = () => [...document.querySelectorAll('[role=menu], [role=dialog], [role=tooltip]')]
  .some((each) => getComputedStyle(each).opacity < 1);
const painted = () => performance.getEntriesByName('first-contentful-paint').length > 0;
// What stands in the document is on the screen some frames later, and a picture when it is decoded.
const frames = (left) => new Promise((on) => left === 0 ? on() : requestAnimationFrame(() => on(frames(left - 1))));
const decoded = () => Promise.all([...document.images].map((each) => each.decode().catch(() => null)));
const late = new Promise((on) => setTimeout(on, 5000));
const shown = () => Promise.race([decoded().then(() => frames(4)), late]).then(() => done(true));
const look = (calm) => setTimeout(() => {
  if (!painted() || moves() || fades()) look(0);
  else if (calm === 3) shown();
  else look(calm + 1);
}, 40);
look(0);
";

/// What lies at the middle of an element, from the top.
const ABOVE: &str = r"
const box = arguments[0].getBoundingClientRect();
const lie = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
return [JSON.stringify(box), ...lie.slice(0, 4).map((each) => each.outerHTML.slice(0, 200))];
";

const CALL: &str = r"
const [entry, name, input, done] = arguments;
window.__TAURI_INTERNALS__.invoke(entry, { name, input })
  .then((answer) => done({ answer }), (refusal) => done({ refusal }));
";

/// A person before a window of their own.
pub struct Person {
    window: Window,
    scheme: Scheme,
    flaws: RefCell<Vec<String>>,
}

impl Person {
    /// Opens the window over the data folder.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn at(folder: &Path, scheme: Scheme) -> Result<Self> {
        Self::beside(folder, scheme, &[]).await
    }

    /// The same with these variables around it, such as where its printers are.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn beside(folder: &Path, scheme: Scheme, variables: &[(&str, &str)]) -> Result<Self> {
        let folder = folder.to_str().context("a folder in Unicode")?;
        let window = Window::open(&program("clinicdesk")?, &["--data", folder], variables, scheme).await?;
        let person = Self { window, scheme, flaws: RefCell::default() };
        person.driver().execute(LISTEN, vec![]).await?;
        Ok(person)
    }

    /// The session.
    pub fn driver(&self) -> &WebDriver {
        self.window.driver()
    }

    /// The screen it stands on.
    pub fn screen(&self) -> &Display {
        self.window.display()
    }

    /// Where the window keeps what is not in the data folder.
    pub fn folder(&self) -> &Path {
        self.window.leash().folder()
    }

    /// Waits for these words, in whatever letters the look writes them.
    pub async fn reads(&self, words: &str) -> Result<()> {
        self.find("text", words).await.map(drop)
    }

    /// Waits until these words are not there any more.
    pub async fn loses(&self, words: &str) -> Result<()> {
        self.find("lost", words).await.map(drop)
    }

    /// Waits for a heading, or for a button that may be waiting itself, of this name.
    pub async fn sees(&self, name: &str) -> Result<()> {
        self.find("sign", name).await.map(drop)
    }

    /// Presses the button, link, tile or choice of this name, once what is closing above it is gone.
    pub async fn presses(&self, name: &str) -> Result<()> {
        self.press("control", name).await.map(drop)
    }

    /// Types into the field with this label, over what it held.
    pub async fn types(&self, label: &str, text: &str) -> Result<()> {
        let field = self.press("field", label).await?;
        field.send_keys(Key::Control + "a").await?;
        Ok(field.send_keys(text).await?)
    }

    /// Opens the box that finds anything, types and waits for what is found.
    ///
    /// # Errors
    /// When nothing is.
    pub async fn finds(&self, text: &str) -> Result<()> {
        self.keys("/").await?;
        self.types("Find a patient, certificate or command", text).await?;
        // People are counted, not the commands that stand below them.
        self.reads("1 result").await
    }

    /// Chooses from the short list with this label.
    pub async fn chooses(&self, label: &str, option: &str) -> Result<()> {
        let list = self.find("field", label).await?;
        Ok(list.find(By::XPath(format!("./option[normalize-space() = '{option}']"))).await?.click().await?)
    }

    /// Presses keys wherever the focus is. Where that was drawn anew before the first key, it is looked for again.
    pub async fn keys(&self, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
        let keys = keys.into().to_string();
        loop {
            match self.driver().active_element().await?.send_keys(keys.as_str()).await {
                Err(gone) if is_stale(&gone) => {}
                pressed => return Ok(pressed?),
            }
        }
    }

    /// Looks at the screen and keeps a picture. What axe-core finds, and a screen that scrolls sideways,
    /// is remembered until the story ends, so that one run tells of every screen.
    pub async fn looks_at(&self, screen: &str) -> Result<()> {
        self.driver().execute_async(STILL, vec![]).await?;
        let name = format!("window-{screen}-{}", self.scheme.name());
        shot::take(self.driver(), &shot::folder(), &name).await?;
        let violations = axe::violations(self.driver()).await?;
        let found = violations.iter().map(|violation| format!("{name}: {violation}"));
        self.flaws.borrow_mut().extend(found);
        if self.script("return document.documentElement.scrollWidth > innerWidth").await? == true {
            self.flaws.borrow_mut().push(format!("{name} scrolls sideways"));
        }
        Ok(())
    }

    /// Keeps a picture of the screen as it stands.
    ///
    /// # Errors
    /// When the driver fails.
    pub async fn keeps(&self, folder: &Path, name: &str) -> Result<()> {
        self.driver().execute_async(STILL, vec![]).await?;
        shot::take(self.driver(), folder, name).await.map(drop)
    }

    /// Waits until what is typed is kept here with these words in it, so that a kill costs none of them.
    pub async fn is_kept(&self, words: &str) -> Result<()> {
        for _ in 0..LOOKS {
            let Ok(left) = self.asks("main", "scratches", json!({})).await? else { break };
            if left["rows"]
                .as_array()
                .into_iter()
                .flatten()
                .any(|row| row["text"].to_string().contains(words))
            {
                return Ok(());
            }
            self.driver().execute_async(STILL, vec![]).await?;
        }
        bail!("“{words}” is not kept")
    }

    /// Gives a command as the page does: its answer, or its refusal.
    pub async fn asks(&self, entry: &str, name: &str, input: Value) -> Result<Result<Value, Value>> {
        let said = self.driver().execute_async(CALL, vec![json!(entry), json!(name), input]).await?;
        Ok(match said.json().get("refusal") {
            Some(refusal) => Err(refusal.clone()),
            None => Ok(said.json()["answer"].clone()),
        })
    }

    /// Gives a command as the page does and is refused: with what.
    pub async fn is_refused(&self, entry: &str, name: &str, input: Value) -> Result<Value> {
        match self.asks(entry, name, input).await? {
            Ok(answer) => bail!("{entry} {name} was answered: {answer}"),
            Err(refusal) => Ok(refusal),
        }
    }

    /// Runs a script in the page.
    pub async fn script(&self, script: &str) -> Result<Value> {
        Ok(self.driver().execute(script, vec![]).await?.json().clone())
    }

    /// Closes the window. Nothing went wrong in the page since it was opened, and no screen had a flaw.
    pub async fn leaves(self) -> Result<()> {
        self.is_content().await?;
        self.window.close().await
    }

    /// The program's process id.
    pub fn pid(&self, folder: &Path) -> Result<u32> {
        let running = running("clinicdesk", &folder.to_string_lossy())?;
        running.first().copied().context("the program runs")
    }

    /// The program dies in the middle of whatever it does; until then the person was content.
    pub async fn kills(self, folder: &Path) -> Result<()> {
        self.is_content().await?;
        let pid = self.pid(folder)?.to_string();
        ensure!(Command::new("kill").args(["-KILL", &pid]).status()?.success());
        Ok(())
    }

    async fn is_content(&self) -> Result<()> {
        let heard = self.script("return window.heard").await?;
        ensure!(heard == json!([]), "the page complained: {heard}");
        let flaws = self.flaws.borrow();
        ensure!(flaws.is_empty(), "{}", flaws.join("\n"));
        Ok(())
    }

    /// Presses what has this name. What something that closes still covers, has moved away under the pointer, or was
    /// drawn anew is looked for again.
    async fn press(&self, kind: &str, name: &str) -> Result<WebElement> {
        let mut tries = 0;
        loop {
            let found = self.find(kind, name).await?;
            // What lies beyond the end of a part that scrolls is scrolled to, as by a wheel.
            let scroll = "arguments[0].scrollIntoView({ block: 'nearest' })";
            let pressed = match self.driver().execute(scroll, vec![found.to_json()?]).await {
                Ok(_) => found.click().await,
                Err(gone) => Err(gone),
            };
            let Err(missed) = pressed else { return Ok(found) };
            tries += 1;
            if is_stale(&missed) && tries < PRESSES {
                continue;
            }
            if tries == PRESSES {
                let above = self.driver().execute(ABOVE, vec![found.to_json()?]).await?;
                shot::take(self.driver(), &shot::folder(), "window-last-failure").await?;
                return Err(missed).context(format!("{kind} “{name}” lies under {}", above.json()));
            }
            self.driver().execute_async(STILL, vec![]).await?;
        }
    }

    async fn find(&self, kind: &str, name: &str) -> Result<WebElement> {
        let sought = vec![json!(kind), json!(name), json!(PATIENCE)];
        let found = self.driver().execute_async(PAGE, sought).await?;
        if found.json().is_null() {
            let seen = self.script("return document.body.innerText").await?;
            shot::take(self.driver(), &shot::folder(), "window-last-failure").await?;
            bail!("no {kind} “{name}” in:\n{}", seen.as_str().unwrap_or_default());
        }
        Ok(found.element()?)
    }
}

/// Whether an element is no longer in the page: it was drawn anew since it was found.
fn is_stale(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_))
}
