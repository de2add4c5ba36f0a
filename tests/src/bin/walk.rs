//! Walks through the screens of a data folder as one person and keeps a picture of each:
//! `walk --data DIR --out DIR --before WORD --name NAME --patient TEXT [--patient TEXT]...`, with the
//! password from CLINICDESK_PASSWORD. Each picture's path is printed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tests::person::Person;
use tests::shot::Scheme;
use thirtyfour::Key;

#[tokio::main]
async fn main() -> Result<()> {
    let walk = Walk {
        out: PathBuf::from(option("--out")?),
        before: option("--before")?,
        name: option("--name")?,
        patients: options("--patient"),
        password: std::env::var("CLINICDESK_PASSWORD").context("CLINICDESK_PASSWORD is missing")?,
    };
    let person = Person::at(Path::new(&option("--data")?), Scheme::Light).await?;
    walk.through(&person).await?;
    person.leaves().await
}

/// What stands behind each `name`.
fn options(name: &str) -> Vec<String> {
    let words: Vec<String> = std::env::args().collect();
    words.windows(2).filter(|pair| pair[0] == name).map(|pair| pair[1].clone()).collect()
}

fn option(name: &str) -> Result<String> {
    options(name).pop().with_context(|| format!("{name} is missing"))
}

struct Walk {
    out: PathBuf,
    before: String,
    name: String,
    patients: Vec<String>,
    password: String,
}

impl Walk {
    async fn through(&self, person: &Person) -> Result<()> {
        person.sees("Who is it?").await?;
        self.keep(person, "names").await?;
        person.presses(&self.name).await?;
        person.types("Password", &self.password).await?;
        person.presses("Sign in").await?;
        person.sees("Today").await?;
        self.keep(person, "today").await?;
        for (patient, number) in self.patients.iter().zip(1..) {
            person.finds(patient).await?;
            self.keep(person, &format!("find-{number}")).await?;
            person.keys(Key::Enter + "").await?;
            person.sees("Timeline").await?;
            self.keep(person, &format!("chart-{number}")).await?;
        }
        Ok(())
    }

    async fn keep(&self, person: &Person, screen: &str) -> Result<()> {
        let name = format!("{}{screen}", self.before);
        person.keeps(&self.out, &name).await?;
        #[expect(clippy::print_stdout, reason = "whoever started it reads which pictures there are")]
        {
            println!("{}", self.out.join(format!("{name}.png")).display());
        }
        Ok(())
    }
}
