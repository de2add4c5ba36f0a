//! Short texts that a key opens into: one's own, the clinic's, and those that every clinic begins with.

use domain::access::{Object, Permission, allowed};
use domain::record::{Record, Verb};
use domain::visits::{LONGEST_SNIPPET, NoteSection, SHIPPED_SNIPPETS, Snippet, SnippetText, is_snippet_key};
use domain::{RecordId, choice};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, said_of};
use ts_rs::TS;

use crate::answer::{ANSWER_BYTES, within};
use crate::records::{Kept, require};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

choice! {
    /// Whose a snippet is; the first of the same key and section holds.
    pub enum SnippetOf {
        /// Of the person who asks.
        Own = "own",
        /// Of the clinic.
        Clinic = "clinic",
        /// One that every clinic begins with.
        Shipped = "shipped",
    }
}

/// A page of the snippets.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSnippets {
    /// The end of the page before.
    pub before: Option<u32>,
}

/// A snippet.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct SnippetRow {
    /// The record; none of one that is shipped.
    pub id: Option<RecordId>,
    /// The version to send back with a change; none of one that is shipped.
    pub version: Option<i64>,
    /// Whose it is.
    pub of: SnippetOf,
    /// Whether this person may change it.
    pub may_edit: bool,
    /// What is typed for it, without its dot.
    pub key: String,
    /// What it opens into.
    pub text: String,
    /// Where it opens; everywhere, where nothing is said.
    pub section: Option<NoteSection>,
}

/// A page of the snippets, by key; those that hold come before what they overrule.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Snippets {
    /// The rows.
    pub rows: Vec<SnippetRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<u32>,
}

/// A snippet as it was written.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteSnippet {
    /// The snippet, where there is one already.
    pub id: Option<RecordId>,
    /// The version of it that was seen.
    pub version: Option<i64>,
    /// Whether a new one is the clinic's.
    pub clinic: bool,
    /// What it says.
    pub details: SnippetText,
}

/// A page of the snippets that open for the person who asks.
pub(crate) fn snippets(seat: &mut Seat, input: ListSnippets) -> Result<Snippets, Refusal> {
    let mut rows = all(seat)?;
    rows.sort_by(|one, other| {
        (&one.key, one.section, one.of, one.id).cmp(&(&other.key, other.section, other.of, other.id))
    });
    let begin = input.before.unwrap_or_default();
    let rest = rows.split_off(rows.len().min(begin as usize));
    let (rows, more) = within(rest, ANSWER_BYTES);
    let next = u32::try_from(rows.len()).unwrap_or_default().saturating_add(begin);
    Ok(Snippets { rows, next: Some(next).filter(|_| more > 0) })
}

/// Writes a snippet, new or changed.
pub(crate) fn write_snippet(seat: &mut Seat, input: WriteSnippet) -> Result<Kept, Refusal> {
    let WriteSnippet { id, version, clinic, details } = input;
    let mut snippet = Snippet {
        key: details.key.flatten().map(|key| key.trim().trim_start_matches('.').to_owned()),
        text: details.text.flatten().map(|text| text.trim().to_owned()),
        section: details.section.flatten(),
        owner: None,
    };
    require(&snippet.key, "key")?;
    require(&snippet.text, "text")?;
    if !snippet.key.as_deref().is_some_and(is_snippet_key) {
        return Err(Refusal::invalid("key"));
    }
    if snippet.text.as_deref().is_some_and(|text| text.chars().count() > LONGEST_SNIPPET) {
        return Err(Refusal::invalid("text"));
    }
    let stands = id.map(|id| seat.read::<Snippet>(id)).transpose()?;
    snippet.owner = match &stands {
        Some(record) => record.state.record::<Snippet>().owner,
        None => (!clinic).then_some(seat.sitting.user),
    };
    may_write(seat, snippet.owner)?;
    // Two of one key in one place, and nobody knows which opens.
    let of = if snippet.owner.is_some() { SnippetOf::Own } else { SnippetOf::Clinic };
    let same = |row: &SnippetRow| {
        row.of == of
            && row.id != id
            && Some(&row.key) == snippet.key.as_ref()
            && row.section == snippet.section
    };
    if all(seat)?.iter().any(same) {
        return Err(Refusal::invalid("key").with("why", "used"));
    }
    let (id, draft) = match stands {
        None => {
            let id = seat.new_id();
            (id, Draft::make(Verb::Create, id, None, &snippet))
        }
        Some(record) => {
            let seen = version.ok_or_else(|| Refusal::missing("version"))?;
            let said = seat.act.record_at(Snippet::KIND.name, record.id, seen)?;
            let mut patch = said_of(Snippet::KIND, &snippet);
            patch.entry("section".to_owned()).or_default();
            patch.retain(|path, value| said.value(path) != value);
            if patch.is_empty() {
                return Ok(Kept { id: record.id, version: seen, conflict: false });
            }
            (record.id, Draft::patch::<Snippet>(record.id, None, patch, Some(seen)))
        }
    };
    seat.about(Some(id), None);
    Ok(Kept::of(id, seat.write(vec![draft])?))
}

/// Takes a snippet away.
pub(crate) fn void_snippet(seat: &mut Seat, input: crate::records::VoidClaim) -> Result<Kept, Refusal> {
    let snippet: Snippet = seat.read::<Snippet>(input.id)?.state.record();
    may_write(seat, snippet.owner)?;
    crate::records::void::<Snippet>(seat, input)
}

/// That this person may write a snippet of this owner.
fn may_write(seat: &Seat, owner: Option<RecordId>) -> Result<(), Refusal> {
    match owner {
        Some(owner) if owner == seat.sitting.user => Ok(()),
        Some(_) => Err(Refusal::new(Code::NotAuthor)),
        None => Ok(allowed(&seat.subject, Permission::TemplateEdit, Object::default())?),
    }
}

/// Every snippet that opens for the person who sits here, in no order.
fn all(seat: &Seat) -> Result<Vec<SnippetRow>, Refusal> {
    let shipped = SHIPPED_SNIPPETS.iter().map(|(key, section, text)| SnippetRow {
        id: None,
        version: None,
        of: SnippetOf::Shipped,
        may_edit: false,
        key: (*key).to_owned(),
        text: (*text).to_owned(),
        section: Some(*section),
    });
    let may_clinics = may_write(seat, None).is_ok();
    let user = seat.sitting.user;
    let written = seat.act.records(Snippet::KIND.name, None)?.into_iter().filter_map(|record| {
        let snippet: Snippet = record.state.record();
        let own = snippet.owner.is_some();
        snippet.owner.is_none_or(|owner| owner == user).then(|| SnippetRow {
            id: Some(record.id),
            version: Some(record.version),
            of: if own { SnippetOf::Own } else { SnippetOf::Clinic },
            may_edit: own || may_clinics,
            key: snippet.key.unwrap_or_default(),
            text: snippet.text.unwrap_or_default(),
            section: snippet.section,
        })
    });
    Ok(written.chain(shipped).collect())
}
