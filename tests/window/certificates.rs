//! A certificate from the front desk over a doctor's stack to its number, and one from the open chart.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::cups::LoopbackCups;
use tests::desk::FIRST_PASSWORD;
use tests::person::Person;
use tests::shot::Scheme;
use thirtyfour::Key;

use crate::clinic::{read_back, set_up, signs_in};

const OWN: &str = "a heron counts blue umbrellas twice";

/// Waits until a page is in sight whose picture came through the window's own scheme.
const PAGE: &str = "const [done] = arguments;
    const end = Date.now() + 20000;
    const came = (page) => page.naturalWidth > 200 && /^(clinicdesk:|http:..clinicdesk)/.test(page.src);
    (function look() {
      if ([...document.querySelectorAll('main img[data-shown=true]')].some(came)) done(true);
      else if (Date.now() > end) done(false);
      else setTimeout(look, 50);
    })();";

/// The person at the window adds a colleague.
async fn adds(person: &Person, name: &str, role: &str, licence: Option<&str>) -> Result<()> {
    let sign_in = name.split(' ').next().unwrap_or_default().to_lowercase();
    let title = licence.map(|_| "Dr");
    let until = licence.map(|_| "2099-12-31");
    let input = json!({
        "sign_in": sign_in, "name": name, "title": title, "qualification": null, "position": null,
        "role": role, "licence": licence, "licence_until": until, "password": FIRST_PASSWORD,
    });
    let added = person.asks("main", "add_user", input).await?;
    ensure!(added.is_ok(), "{added:?}");
    Ok(())
}

/// The one at work signs out, and a colleague signs in for the first time.
async fn hands_over(person: &Person, from: &str, to: &str) -> Result<()> {
    person.presses(from).await?;
    person.presses("Sign out").await?;
    person.sees("Who is it?").await?;
    signs_in(person, to, FIRST_PASSWORD).await?;
    person.sees("Choose a password of your own").await?;
    for (label, text) in [("Current password", FIRST_PASSWORD), ("New password", OWN), ("Repeat it", OWN)] {
        person.types(label, text).await?;
    }
    person.presses("Change password").await?;
    person.sees("Today").await
}

async fn sees_the_page(person: &Person) -> Result<()> {
    let came = person.driver().execute_async(PAGE, vec![]).await?;
    ensure!(came.json() == true, "no page came");
    Ok(())
}

#[tokio::test]
async fn a_certificate_goes_from_the_front_desk_over_the_stack_to_its_number() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let spooler = LoopbackCups::start()?;
    let person = Person::beside(folder.path(), Scheme::Light, &[("CUPS_SERVER", &spooler.address())]).await?;
    set_up(&person).await?;
    read_back(&person).await?;
    adds(&person, "Lina Ocampo", "front_desk", None).await?;
    adds(&person, "Ana Lim", "doctor", Some("0104417")).await?;

    hands_over(&person, "Maria Reyes", "Lina Ocampo").await?;
    person.presses("Patients").await?;
    person.presses("Register").await?;
    person.types("Family name", "Mejía").await?;
    person.types("Given names", "Gustavo").await?;
    person.types("Birth date", "14 jul 1999").await?;
    person.presses("Male").await?;
    person.presses("Student").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.sees("Details").await?;
    person.presses("Certificate").await?;
    person.types("Reason for the verdict", "Acute febrile illness; contagious for 48 hours.").await?;
    person.types("Recommendation", "Rest, fluids, and review at the clinic if fever continues.").await?;
    person.types("Until", "3d").await?;
    person.reads("3 days").await?;
    sees_the_page(&person).await?;
    person.looks_at("certificate-form").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("written by Lina Ocampo").await?;
    sees_the_page(&person).await?;
    person.looks_at("certificate-submitted").await?;

    hands_over(&person, "Lina Ocampo", "Ana Lim").await?;
    person.reads("1 certificate to approve").await?;
    person.looks_at("today-approvals").await?;
    person.presses("Certificates").await?;
    person.looks_at("certificates").await?;
    person.presses("Review 1").await?;
    person.reads("1 of 1 to approve").await?;
    // A key that comes before the page decides nothing.
    person.keys(Key::Enter + "").await?;
    sees_the_page(&person).await?;
    person.looks_at("certificate-stack").await?;
    person.presses("Issue & print").await?;
    person.reads("That was the last one.").await?;
    ensure!(spooler.printed()?.starts_with(b"%PDF"), "the printer got no PDF");
    person.presses("Issued 1").await?;
    person.reads("MAIN-").await?;
    person.script("document.querySelector('tbody tr').focus()").await?;
    person.keys(Key::Enter + "").await?;
    person.reads("History").await?;
    sees_the_page(&person).await?;
    person.looks_at("certificate-issued").await?;

    // From the open chart to paper in three actions: the button, the reason, the keys.
    person.presses("Patients").await?;
    person.reads("MEJÍA, Gustavo").await?;
    person.keys(Key::Enter + "").await?;
    person.sees("Details").await?;
    person.presses("Certificate").await?;
    person.types("Reason for the verdict", "Migraine.").await?;
    person.keys(Key::Control + Key::Shift + Key::Enter).await?;
    person.reads("Issued by Dr Ana Lim").await?;
    sees_the_page(&person).await?;
    person.looks_at("certificate-three-actions").await?;
    let input = json!({"list": "issued", "text": "", "before": null});
    let listed = person.asks("main", "certificates", input).await?.unwrap_or_default();
    let numbers: Vec<&Value> =
        listed["rows"].as_array().into_iter().flatten().map(|row| &row["number"]).collect();
    ensure!(numbers.len() == 2 && numbers[0] != numbers[1], "{numbers:?}");
    person.leaves().await
}
