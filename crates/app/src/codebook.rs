//! The names of illnesses at hand: put together when somebody first looks for one, and again when the clinic's packs change.

use std::sync::Arc;

use ::codes::{Index, Set, Term, starter};
use domain::codes::CodePack;
use domain::record::{Hex, Record};
use store::{Act, StoreError};

/// The names, and of which packs they are.
pub(crate) struct Codebook {
    packs: Vec<Hex>,
    pub(crate) index: Index,
}

impl Codebook {
    /// The one of the packs that are in use and were given to this workstation: `known`, where it is of the same.
    pub(crate) fn of(act: &Act, known: Option<Arc<Self>>) -> Result<Arc<Self>, StoreError> {
        let mut packs = in_use(act)?;
        packs.sort_by(|one, other| one.0.0.cmp(&other.0.0));
        packs.dedup_by(|one, other| one.0 == other.0);
        let digests: Vec<Hex> = packs.iter().map(|(digest, _)| digest.clone()).collect();
        if let Some(known) = known.filter(|known| known.packs == digests) {
            return Ok(known);
        }
        let mut sets = Vec::new();
        for (digest, pack) in packs {
            let terms = act.code_terms(&digest.bytes())?.into_iter();
            let terms = terms.map(|term| Term { name: term.name, code: Some(term.code), also: term.also });
            sets.push(Set {
                system: pack.system.unwrap_or_default(),
                version: pack.version.unwrap_or_default(),
                terms: terms.collect(),
            });
        }
        Ok(Arc::new(Self { packs: digests, index: Index::of(starter::set(), sets) }))
    }
}

/// The packs that are in use and whose names are here.
fn in_use(act: &Act) -> Result<Vec<(Hex, CodePack)>, StoreError> {
    let mut packs = Vec::new();
    for record in act.records(CodePack::KIND.name, None)? {
        let pack: CodePack = record.state.record();
        let Some(digest) = pack.sha256.clone().filter(|_| pack.active == Some(true)) else { continue };
        if act.has_code_terms(&digest.bytes())? {
            packs.push((digest, pack));
        }
    }
    Ok(packs)
}
