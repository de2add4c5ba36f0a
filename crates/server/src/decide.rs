//! What becomes of a transaction: the domain's admission, asked again with the server's own knowledge.

use std::collections::BTreeMap;

use crypto::log::check_entry;
use crypto::papers::admitted;
use domain::admit::{Admission, Change, Fault, Verdict};
use domain::sync::Ruling;
use domain::{Hlc, RecordId};

use crate::Problem;
use crate::intake::{Item, Whose};
use crate::known::{Known, array};
use crate::receive::Settled;

/// Decides about one transaction after all before it; `changes` gains the states of its records. The server's time
/// is the limit of a stamp that lies far ahead of it. What a workstation wrote that was ended before it came counts no
/// more.
pub(crate) fn decide(
    known: &mut Known,
    mut item: Item,
    whose: Whose,
    now: u64,
    changes: &mut BTreeMap<RecordId, Change>,
) -> Result<Settled, Problem> {
    let far = item.entry.ops.iter().any(|op| op.header.hlc.is_far_ahead_of(now));
    let clamp = far.then(|| Hlc::at(now));
    item.entry.ops.iter_mut().for_each(|op| op.clamp = clamp);
    let refused = |fault| Admission { verdict: Verdict::Quarantined(fault), states: BTreeMap::new() };
    let admission = if whose == Whose::Ended {
        refused(Fault::Ended)
    } else if has_true_signatures(known, &mut item) {
        admitted(known, &item.entry)
    } else {
        refused(Fault::NotSigned)
    };
    let (verdict, fault) = match admission.verdict {
        Verdict::Accepted => (Ruling::Accepted, None),
        Verdict::AcceptedWithConflict => (Ruling::AcceptedWithConflict, None),
        // Whoever carries it may have left out who sat there.
        Verdict::Quarantined(Fault::NoSession) if whose == Whose::Carried => return Err(Problem::NotTold),
        Verdict::Quarantined(fault) => (Ruling::Quarantined, Some(fault)),
    };
    if verdict != Ruling::Quarantined {
        known.add(&item.entry.ops);
    }
    if !far {
        known.goes_on(&item.entry);
    }
    changes.extend(admission.states);
    let fault = fault.map(|fault| serde_json::to_string(&fault)).transpose();
    Ok(Settled { item, verdict, fault: fault.map_err(|_| Problem::Damaged("fault"))?, clamp })
}

/// Whether each signature that the ops carry is their author's; those then count, and so does the session that the author
/// opened. One that nobody's
/// key can check does not: without a key admission finds no author.
fn has_true_signatures(known: &mut Known, item: &mut Item) -> bool {
    let author = item.entry.transaction.author;
    let key = match known.trust(author) {
        Some(user) => array(user.signs_with.as_ref()),
        None => known.founder(&item.entry).and_then(|user| array(user.signs_with.as_ref())),
    };
    item.entry.told = known.told(&item.entry.transaction, key.as_ref());
    let signed = item.bytes.ops.iter().any(|op| op.signature.is_some());
    match check_entry(&item.bytes, key.as_ref()) {
        Ok(checked) => item.entry.signed = checked.signed,
        Err(_) => return !signed,
    }
    true
}
