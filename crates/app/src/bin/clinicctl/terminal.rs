//! Standard output and standard error. A reader that goes away ends the program without a word.

use std::io::{self, BufWriter, Stdout, Write};

use serde::Serialize;

use crate::stop::Stop;

/// Where answers go.
pub(crate) struct Terminal {
    out: BufWriter<Stdout>,
    /// Whether the answer is wanted as JSON.
    pub(crate) json: bool,
}

impl Terminal {
    pub(crate) fn new(json: bool) -> Self {
        Self { out: BufWriter::new(io::stdout()), json }
    }

    /// One line of text. What somebody typed into a record cannot steer the terminal.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Stop> {
        let plain = |sign: char| if sign.is_control() && sign != '\t' { ' ' } else { sign };
        let plain: String = text.chars().map(plain).collect();
        Ok(writeln!(self.out, "{plain}")?)
    }

    /// One line of JSON.
    pub(crate) fn value(&mut self, value: &impl Serialize) -> Result<(), Stop> {
        let text = serde_json::to_string(value).unwrap_or_default();
        Ok(writeln!(self.out, "{text}")?)
    }

    /// Hands on what was kept back.
    pub(crate) fn flush(&mut self) -> Result<(), Stop> {
        Ok(self.out.flush()?)
    }

    /// Tells standard error why nothing more comes.
    pub(crate) fn complain(&mut self, stop: &Stop) {
        drop(self.out.flush());
        if let Some(words) = stop.words() {
            self.remark(&words);
        }
    }

    /// A line for the person, beside the answer.
    pub(crate) fn remark(&mut self, words: &str) {
        remark(words);
    }
}

/// A line for the person, where no answer is under way.
pub(crate) fn remark(words: &str) {
    // There is nowhere left to complain about a closed standard error.
    drop(writeln!(io::stderr(), "{words}"));
}
