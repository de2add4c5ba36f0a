//! What screens are measured by: the keys that a person strikes.

use std::cell::Cell;

use anyhow::{Result, anyhow};
use serde_json::json;
use tests::person::Person;
use tests::shot::Scheme;
use thirtyfour::{Key, TypingData};

use crate::clinic::{PASSWORD, at_work, at_work_as};

/// Somebody whose strikes are counted: a letter, or a key with those that are held down for it, is one.
struct Counted<'a> {
    person: &'a Person,
    strikes: Cell<usize>,
}

impl<'a> Counted<'a> {
    fn from_now(person: &'a Person) -> Self {
        Self { person, strikes: Cell::new(0) }
    }

    async fn strikes(&self, key: impl Into<TypingData>) -> Result<()> {
        self.strikes.set(self.strikes.get() + 1);
        self.person.keys(key).await
    }

    async fn types(&self, text: &str) -> Result<()> {
        self.strikes.set(self.strikes.get() + text.chars().count());
        self.person.keys(text).await
    }
}

#[tokio::test]
async fn a_locked_screen_is_another_persons_after_at_most_twelve_keys_and_the_password() -> Result<()> {
    let (_folder, person) = at_work(Scheme::Light).await?;
    let keys = Counted::from_now(&person);
    keys.strikes(Key::Control + "l").await?;
    person.sees("Unlock").await?;
    keys.strikes(Key::Tab + "").await?;
    keys.strikes(Key::Tab + "").await?;
    keys.strikes(Key::Enter + "").await?;
    person.sees("Who is it?").await?;
    keys.types("mar").await?;
    keys.strikes(Key::Enter + "").await?;
    person.sees("Sign in").await?;
    person.keys(PASSWORD).await?;
    keys.strikes(Key::Enter + "").await?;
    person.sees("Today").await?;
    person.reads("Maria Reyes").await?;
    assert!(keys.strikes.get() <= 12, "{} keys", keys.strikes.get());
    person.leaves().await
}

#[tokio::test]
async fn a_visit_of_somebody_known_is_started_by_at_most_five_keys_beyond_the_name() -> Result<()> {
    let (_folder, person) = at_work(Scheme::Light).await?;
    let known = json!({"details": {"family": "Mejía", "given": "Gustavo", "birth_date": "1999-07-14"}});
    person.asks("main", "register_patient", known).await?.map_err(|refusal| anyhow!("{refusal}"))?;
    let keys = Counted::from_now(&person);
    keys.strikes("/").await?;
    person.reads("to start a visit").await?;
    person.keys("gustavo mejia").await?;
    person.reads("14-Jul-1999").await?;
    keys.strikes(Key::Control + Key::Enter).await?;
    person.reads("Visit note").await?;
    person.reads("In visit since").await?;
    assert!(keys.strikes.get() <= 5, "{} keys", keys.strikes.get());
    person.leaves().await
}

#[tokio::test]
async fn a_normal_note_with_one_finding_takes_at_most_fourteen_keys_beyond_its_words() -> Result<()> {
    let (_folder, person) = at_work(Scheme::Light).await?;
    let known = json!({"details": {"family": "Mejía", "given": "Gustavo", "birth_date": "1999-07-14"}});
    person.asks("main", "register_patient", known).await?.map_err(|refusal| anyhow!("{refusal}"))?;
    person.keys("/").await?;
    person.reads("to start a visit").await?;
    person.keys("gustavo mejia").await?;
    person.reads("14-Jul-1999").await?;
    person.keys(Key::Control + Key::Enter).await?;
    person.reads("8 not examined").await?;
    let keys = Counted::from_now(&person);
    person.keys("Sore throat for two days").await?;
    keys.strikes(Key::Tab + "").await?;
    person.keys("Swallowing hurts, no cough").await?;
    // Past the set and its one key, to the systems; down to head and throat, where something was found.
    for key in [Key::Tab, Key::Tab, Key::Tab, Key::Down, Key::Down] {
        keys.strikes(key + "").await?;
    }
    keys.strikes("a").await?;
    person.keys("Tonsils enlarged, exudate left").await?;
    keys.strikes(Key::Alt + "n").await?;
    person.reads("7 normal · 1 with a finding · 0 not examined").await?;
    person.looks_at("visit-note-exam").await?;
    keys.strikes(Key::Alt + "d").await?;
    person.keys("Acute tonsillitis").await?;
    keys.strikes(Key::Alt + "p").await?;
    person.keys("Fluids, rest").await?;
    keys.strikes(Key::Control + Key::Enter).await?;
    person.sees("Add to the note").await?;
    person.reads("Tonsils enlarged, exudate left").await?;
    assert!(keys.strikes.get() <= 14, "{} keys", keys.strikes.get());
    person.leaves().await
}

/// Somebody is registered and their chart opened at this tab.
async fn in_a_chart(person: &Person, tab: &str) -> Result<()> {
    let known = json!({"details": {"family": "Mejía", "given": "Gustavo", "birth_date": "1999-07-14"}});
    person.asks("main", "register_patient", known).await?.map_err(|refusal| anyhow!("{refusal}"))?;
    person.keys("/").await?;
    person.reads("to start a visit").await?;
    person.keys("gustavo mejia").await?;
    person.reads("14-Jul-1999").await?;
    person.keys(Key::Enter + "").await?;
    person.presses(tab).await
}

#[tokio::test]
async fn a_mouth_of_thirty_two_teeth_with_five_exceptions_takes_at_most_sixty_keys() -> Result<()> {
    let (_folder, person) = at_work_as("Dentist", Scheme::Light).await?;
    in_a_chart(&person, "Dental").await?;
    person.reads("0 of 32 seen").await?;
    person.types("Tooth, surfaces, code", " ").await?;
    let keys = Counted::from_now(&person);
    keys.strikes(Key::Alt + "a").await?;
    for call in ["36 O 1 D", "16 O 6", "26 MO 3", "46 4", "11 I T"] {
        keys.types(call).await?;
        keys.strikes(Key::Enter + "").await?;
    }
    person.looks_at("teeth").await?;
    keys.strikes(Key::Control + Key::Enter).await?;
    person.reads("32 of 32 seen").await?;
    person.reads("DMFT 3 (D 1, M 1, F 1)").await?;
    // At 200 keys a minute sixty of them are eighteen seconds; the aim is sixty.
    assert!(keys.strikes.get() <= 60, "{} keys", keys.strikes.get());
    person.leaves().await
}

#[tokio::test]
async fn refraction_acuity_and_pressure_of_both_eyes_take_at_most_eighty_keys() -> Result<()> {
    let (_folder, person) = at_work_as("Optometrist", Scheme::Light).await?;
    in_a_chart(&person, "Eye").await?;
    person.reads("Optic disc").await?;
    let keys = Counted::from_now(&person);
    let enter = || keys.strikes(Key::Enter + "");

    person.presses("Refraction").await?;
    person.reads("fills a row").await?;
    keys.types("s").await?;
    enter().await?;
    keys.types("-225-75x90").await?;
    enter().await?;
    keys.types("-250-100x180").await?;
    enter().await?;
    person.reads("−3.00").await?;
    person.looks_at("form-refraction").await?;
    keys.strikes(Key::Control + Key::Enter).await?;
    person.reads("Refraction is kept").await?;
    // At 200 keys a minute forty of them are twelve seconds; the aim is twenty.
    assert!(keys.strikes.get() <= 40, "{} keys", keys.strikes.get());

    person.presses("Visual acuity").await?;
    person.reads("Smallest print").await?;
    keys.types("s").await?;
    enter().await?;
    keys.types("u").await?;
    for _ in 0..2 {
        enter().await?;
    }
    keys.types("6/9-2").await?;
    for _ in 0..2 {
        enter().await?;
    }
    keys.types("6/12").await?;
    keys.strikes(Key::Control + Key::Enter).await?;
    person.reads("Visual acuity is kept").await?;

    person.presses("Eye pressure").await?;
    person.reads("Corneal thickness").await?;
    keys.types("g").await?;
    for _ in 0..3 {
        enter().await?;
    }
    keys.types("22").await?;
    for _ in 0..2 {
        enter().await?;
    }
    keys.types("16").await?;
    keys.strikes(Key::Control + Key::Enter).await?;
    person.reads("Eye pressure is kept").await?;
    person.looks_at("eyes").await?;
    // Eighty keys at that pace are twenty-four seconds; the aims are twenty and twenty-five.
    assert!(keys.strikes.get() <= 80, "{} keys", keys.strikes.get());
    person.leaves().await
}
