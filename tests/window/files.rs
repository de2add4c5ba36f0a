//! A photograph into a chart and looked at, by keys: its bytes go in and come out beside the commands.

use std::fs;

use anyhow::{Result, ensure};
use tests::neighbour::Neighbour;
use tests::person::Person;
use tests::shot::Scheme;
use thirtyfour::Key;

use crate::clinic::at_work;

/// Drops a photograph on the window, as the system does when it is let go of there.
const DROP: &str = "
    const [done] = arguments;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 480];
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#caa58c';
    pen.fillRect(0, 0, 640, 480);
    pen.fillStyle = '#b5695a';
    pen.fillRect(260, 180, 90, 60);
    canvas.toBlob((blob) => {
        const file = new File([blob], 'IMG_2031.png', { type: 'image/png' });
        const drop = new Event('drop', { bubbles: true });
        Object.defineProperty(drop, 'dataTransfer', { value: { files: [file], types: ['Files'] } });
        document.body.dispatchEvent(drop);
        done(true);
    }, 'image/png');";

/// Waits until the photograph is in sight as it came through the window's own scheme.
const SEEN: &str = "
    const [done] = arguments;
    const end = Date.now() + 20000;
    const came = (page) => page.naturalWidth === 640 && /^(clinicdesk:|http:..clinicdesk)/.test(page.src);
    (function look() {
      if ([...document.querySelectorAll('main img[data-shown=true]')].some(came)) done(true);
      else if (Date.now() > end) done(false);
      else setTimeout(look, 50);
    })();";

#[tokio::test]
async fn a_photograph_is_dropped_filed_and_looked_at_by_keys() -> Result<()> {
    let (_folder, person) = at_work(Scheme::Light).await?;
    opens_documents(&person).await?;
    person.looks_at("files-none").await?;

    // The keys are in the title already; a picture is a photograph unless somebody says otherwise. So a photograph is
    // filed by its title and one press.
    person.driver().execute_async(DROP, vec![]).await?;
    person.reads("To fill in").await?;
    person.keys("Rash, left forearm").await?;
    person.looks_at("files-add").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("1 file added.").await?;
    person.reads("Photo").await?;
    person.looks_at("files").await?;

    person.script("document.querySelector('[data-paper]').focus()").await?;
    person.keys(Key::Enter + "").await?;
    person.reads("Came as").await?;
    let seen = person.driver().execute_async(SEEN, vec![]).await?;
    ensure!(seen.json() == true, "no picture came");
    person.keys("++r").await?;
    person.reads("156 %").await?;
    person.looks_at("file").await?;
    person.keys("m").await?;
    person.sees("Move to the right person").await?;
    person.keys(Key::Escape + "").await?;
    person.reads("Came as").await?;
    person.keys(Key::Escape + "").await?;
    person.loses("Came as").await?;
    person.leaves().await
}

#[tokio::test]
async fn files_of_another_program_are_dropped_and_pasted_and_a_text_goes_into_its_field() -> Result<()> {
    let (folder, person) = at_work(Scheme::Light).await?;
    opens_documents(&person).await?;
    let picture = person.driver().screenshot_as_png().await?;
    // A name as a scanner gives it, in letters that an address writes otherwise, and one without an ending.
    fs::write(folder.path().join("Röntgen 1.png"), &picture)?;
    fs::write(folder.path().join("IM000001"), "Blood count: 4.7")?;
    let here = format!("file://{}", folder.path().display());
    let list = format!("{here}/R%C3%B6ntgen%201.png\r\n{here}/IM000001\r\n");

    let dragged = Neighbour::drags(person.screen(), &list)?;
    person.looks_at("files-dragged").await?;
    dragged.let_go()?;
    person.reads("Add 2 files").await?;
    for words in ["Röntgen 1.png", "IM000001", "Picture", "Text"] {
        person.reads(words).await?;
    }
    ensure!(person.script("return document.documentElement.dataset.drop ?? null").await?.is_null());

    // The keys are in the title of the first.
    let paste = || person.keys(Key::Control + "v");
    Neighbour::copies(person.screen(), &[("UTF8_STRING", b"Chest"), ("image/png", &picture)])?;
    paste().await?;
    person.is_kept("Chest").await?;
    Neighbour::copies(person.screen(), &[("image/png", &picture)])?;
    paste().await?;
    person.reads("image.png").await?;
    fs::write(folder.path().join("Sheet.txt"), "Potassium: 4.1")?;
    let sheet = format!("copy\n{here}/Sheet.txt");
    let path = folder.path().join("Sheet.txt").display().to_string();
    let list = format!("{here}/Sheet.txt\r\n");
    let kinds = [("x-special/gnome-copied-files", sheet), ("text/uri-list", list), ("UTF8_STRING", path)];
    let kinds = kinds.each_ref().map(|(kind, text)| (*kind, text.as_bytes()));
    Neighbour::copies(person.screen(), &kinds)?;
    paste().await?;
    person.reads("Sheet.txt").await?;
    person.reads("Add 4 files").await?;
    let title = "return document.querySelector('input[value]').value";
    ensure!(person.script(title).await? == "Chest", "the address came into the field");
    person.looks_at("files-pasted").await?;
    person.leaves().await
}

/// Registers somebody and opens their documents.
async fn opens_documents(person: &Person) -> Result<()> {
    person.presses("Patients").await?;
    person.presses("Register").await?;
    person.types("Family name", "Mejía").await?;
    person.types("Given names", "Gustavo").await?;
    person.types("Birth date", "14 jul 1999").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("Allergies not recorded").await?;
    person.presses("Documents").await?;
    person.reads("No documents yet").await
}
