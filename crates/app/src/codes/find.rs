//! What somebody may mean by what they type of a name.

use ::codes::rank::{DAYS, ENOUGH, Ranked, Uses, order};
use domain::RecordId;
use domain::codes::key;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::answer::{ANSWER_BYTES, shortened, within};
use crate::codebook::Codebook;
use crate::command::Nothing;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// What was typed.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindCodes {
    /// Words of the name in any order, misspelt or broken off, lay words, a short form or a code.
    pub text: String,
}

/// A name that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CodeFound {
    /// The name.
    pub name: String,
    /// Its code, where one is known.
    pub code: Option<String>,
    /// The code's system.
    pub system: Option<String>,
    /// The version of the system.
    pub version: Option<String>,
    /// The other words for it by which it was found.
    pub also: Option<String>,
    /// Whether a word that was typed is written otherwise.
    pub forgiven: bool,
    /// Whether it has every word that was typed: only such a one is offered before somebody moves to it.
    pub whole: bool,
    /// How often this person wrote it in half a year, counted up to 50.
    pub own: u32,
    /// How often anybody here did.
    pub clinic: u32,
    /// Whether this person pinned it.
    pub pinned: bool,
}

/// A code system that was looked through beside the starter set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CodeSource {
    /// Its URI.
    pub system: String,
    /// Its version.
    pub version: String,
}

/// What may be meant, best first.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct CodesFound {
    /// The names.
    pub rows: Vec<CodeFound>,
    /// The code systems whose names are here.
    pub sources: Vec<CodeSource>,
}

/// A name to keep on top, or not any more.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PinCode {
    /// The name.
    pub name: String,
    /// Whether it stays on top.
    pub pinned: bool,
}

/// As many as are read at one glance, and a few.
const MOST_SHOWN: usize = 8;
/// Of so many that fit best it is asked how often they were written.
const CANDIDATES: usize = 60;
/// Names that one person may pin.
const MOST_PINNED: usize = 50;

/// Finds names.
pub(crate) fn find_codes(seat: &mut Seat, input: FindCodes) -> Result<CodesFound, Refusal> {
    let book = Codebook::of(seat.act, seat.codebook.take())?;
    let pinned = pinned(seat)?;
    let since = i64::try_from(seat.moment.now).unwrap_or(i64::MAX) - DAYS * 86_400_000;
    let found = book.index.find(&input.text, CANDIDATES);
    let keys: Vec<&str> = found.iter().map(|found| book.index.key(found.term)).collect();
    let uses = seat.act.uses_of_names(&keys, seat.sitting.user, since, ENOUGH)?;
    let ranked = found.into_iter().zip(keys).zip(uses).map(|((found, key), (own, clinic))| Ranked {
        found,
        uses: Uses { own, clinic },
        pinned: pinned.iter().any(|pinned| pinned == key),
    });
    let mut ranked: Vec<Ranked> = ranked.collect();
    order(&mut ranked);
    ranked.truncate(MOST_SHOWN);
    let rows = ranked.into_iter().filter_map(|ranked| {
        let term = book.index.term(ranked.found.term)?;
        let system = book.index.system(ranked.found.term);
        Some(CodeFound {
            name: term.name.clone(),
            code: term.code.clone(),
            system: system.map(|(system, _)| system.to_owned()),
            version: system.map(|(_, version)| version.to_owned()),
            also: ranked.found.also.and_then(|at| term.also.get(at)).cloned().map(shortened),
            forgiven: ranked.found.forgiven,
            whole: ranked.found.whole,
            own: ranked.uses.own,
            clinic: ranked.uses.clinic,
            pinned: ranked.pinned,
        })
    });
    let rows = within(rows.collect(), ANSWER_BYTES).0;
    let sources = book.index.packs().take(MOST_SHOWN).map(|(system, version)| CodeSource {
        system: shortened(system.to_owned()),
        version: shortened(version.to_owned()),
    });
    let sources = sources.collect();
    seat.codebook = Some(book);
    Ok(CodesFound { rows, sources })
}

/// Keeps a name on top for this person at this workstation, or not any more.
pub(crate) fn pin_code(seat: &mut Seat, input: PinCode) -> Result<Nothing, Refusal> {
    let key = key(&shortened(input.name));
    if key.is_empty() {
        return Err(Refusal::missing("name"));
    }
    let mut pinned = pinned(seat)?;
    pinned.retain(|known| *known != key);
    if input.pinned {
        // The one that was pinned longest ago gives way.
        pinned.insert(0, key);
        pinned.truncate(MOST_PINNED);
    }
    let kept = serde_json::to_vec(&pinned).unwrap_or_default();
    seat.act.set_local(&place(seat.sitting.user), &kept)?;
    Ok(Nothing {})
}

fn pinned(seat: &Seat) -> Result<Vec<String>, Refusal> {
    let kept = seat.act.local(&place(seat.sitting.user))?;
    Ok(kept.and_then(|kept| serde_json::from_slice(&kept).ok()).unwrap_or_default())
}

fn place(user: RecordId) -> String {
    format!("codes_pinned {user}")
}
