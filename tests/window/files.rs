//! A photograph into a chart and looked at, by keys: its bytes go in and come out beside the commands.

use anyhow::{Result, ensure};
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
    person.presses("Patients").await?;
    person.presses("Register").await?;
    person.types("Family name", "Mejía").await?;
    person.types("Given names", "Gustavo").await?;
    person.types("Birth date", "14 jul 1999").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("Allergies not recorded").await?;
    person.presses("Documents").await?;
    person.reads("No documents yet").await?;
    person.looks_at("files-none").await?;

    // The keys are in the title already; a picture is a photograph unless somebody says otherwise. So a photograph is
    // filed by its title and one press.
    person.driver().execute_async(DROP, vec![]).await?;
    person.reads("Ready").await?;
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
