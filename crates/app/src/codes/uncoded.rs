//! What notes and problems say in free words alone. Whose they are is not told.

use domain::Instant;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::answer::{ANSWER_BYTES, within};
use crate::codebook::Codebook;
use crate::refusal::Refusal;
use crate::seat::Seat;

/// Which page.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UncodedAfter {
    /// The key of the last row of the page before; none for the first page.
    pub after: Option<String>,
}

/// A name without a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct UncodedRow {
    /// The name, as one of them writes it.
    pub name: String,
    /// How often it stands in a signed note or a problem.
    pub times: u32,
    /// When it was last.
    pub last: Option<Instant>,
    /// What it may be.
    pub near: Option<String>,
    /// The code of that.
    pub code: Option<String>,
}

/// A page of the names without a code, by their letters.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Uncoded {
    /// The names.
    pub rows: Vec<UncodedRow>,
    /// How many there are.
    pub total: u64,
    /// The key behind which the next page begins.
    pub next: Option<String>,
}

const A_PAGE: u32 = 50;
/// Whatever fits less well is not told: nobody should take it for an answer.
const WORTH_TELLING: f64 = 0.75;

/// A page of the names without a code.
pub(crate) fn uncoded(seat: &mut Seat, input: UncodedAfter) -> Result<Uncoded, Refusal> {
    let book = Codebook::of(seat.act, seat.codebook.take())?;
    let found = seat.act.uncoded_names(input.after.as_deref(), A_PAGE)?;
    let full = found.len() == A_PAGE as usize;
    let keys: Vec<String> = found.iter().map(|name| name.key.clone()).collect();
    let rows = found.into_iter().map(|name| {
        let near = book.index.find(&name.name, 1).into_iter().find(|near| near.fit >= WORTH_TELLING);
        let near = near.and_then(|near| book.index.term(near.term));
        UncodedRow {
            name: name.name,
            times: name.times,
            last: u64::try_from(name.last).ok().map(|last| seat.place.zone.instant(last)),
            near: near.map(|near| near.name.clone()),
            code: near.and_then(|near| near.code.clone()),
        }
    });
    let (rows, more) = within(rows.collect::<Vec<_>>(), ANSWER_BYTES);
    let next = (full || more > 0).then(|| rows.len().checked_sub(1).and_then(|at| keys.get(at).cloned()));
    seat.codebook = Some(book);
    Ok(Uncoded { rows, total: seat.act.uncoded_count()?, next: next.flatten() })
}
