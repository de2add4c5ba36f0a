//! What is on paper opens a backup: the recovery sheet of the workstation, or two of the clinic's shares.

use crypto::StoreKey;
use crypto::root::Root;
use crypto::sheet::Sheet;
use crypto::slot::{is_clinic_slot, is_sheet_slot, open_clinic_slot, open_sheet_slot};
use crypto::typed::{Paper, read};
use domain::RecordId;
use store::Folder;

use super::refused;
use crate::people::{CLINIC_SLOT, SHEET_SLOT, workstation_here};
use crate::refusal::{Code, Refusal};

/// What opens a backup.
#[derive(Clone)]
pub(super) struct Opened {
    /// The key of its store.
    pub(super) key: StoreKey,
    /// The slot that gave it to the sheet.
    pub(super) sheet: Option<Vec<u8>>,
}

/// What somebody brought.
enum Papers {
    Sheet(Box<Sheet>),
    Shares(Box<Root>),
}

/// The word for papers that are right in themselves and open nothing here.
const OTHERS: &str = "others";

/// What opens the store of `workstation`, by what is on paper: each of its `slots` that opens gives a key.
pub(super) fn by_papers(
    papers: &str,
    workstation: RecordId,
    slots: impl Fn(&str) -> Result<Vec<Vec<u8>>, Refusal>,
) -> Result<Vec<Opened>, Refusal> {
    let papers = brought(papers)?;
    let name = match &papers {
        Papers::Sheet(_) => SHEET_SLOT,
        Papers::Shares(_) => CLINIC_SLOT,
    };
    let (mut opened, mut is_slot) = (Vec::new(), false);
    // The backup's fault, and not the paper's: the other papers may open it.
    let no_slot = || refused("slot").with("object", name);
    let there = slots(name).map_err(|refusal| match refusal.fields.contains_key("object") {
        true => no_slot(),
        false => refusal,
    });
    for slot in there? {
        let (key, sheet) = match &papers {
            Papers::Sheet(sheet) => {
                is_slot |= is_sheet_slot(&slot);
                (open_sheet_slot(sheet, workstation, &slot).ok(), Some(slot))
            }
            Papers::Shares(root) => {
                is_slot |= is_clinic_slot(&slot);
                (open_clinic_slot(&root.recovery(), workstation, &slot).ok(), None)
            }
        };
        opened.extend(key.map(|(key, _)| Opened { key, sheet }));
    }
    match (opened.is_empty(), is_slot) {
        (false, _) => Ok(opened),
        (true, true) => Err(others()),
        (true, false) => Err(no_slot()),
    }
}

/// Whether these papers open nothing at all, wherever they are tried.
pub(super) fn open_nothing(refusal: &Refusal) -> bool {
    refusal.code == Code::WrongSheet && refusal.fields.get("reason").is_none_or(|reason| reason != OTHERS)
}

/// That these papers are right in themselves and open nothing there.
pub(super) fn others() -> Refusal {
    wrong(OTHERS)
}

/// What opens a store that was set aside, by what is on paper.
pub(super) fn aside_key(folder: &Folder, papers: &str) -> Result<StoreKey, Refusal> {
    let workstation = workstation_here(folder)?.ok_or_else(|| refused("damaged"))?;
    let slots = |name: &str| Ok(vec![folder.read(name)?.ok_or_else(|| refused("damaged"))?]);
    let opened = by_papers(papers, workstation, slots)?.into_iter().next();
    opened.map(|opened| opened.key).ok_or_else(others)
}

/// What is in `text`: one sheet or two shares.
fn brought(text: &str) -> Result<Papers, Refusal> {
    let papers = read(text).map_err(|(paper, fault)| Refusal::of_paper(paper, fault))?;
    let (mut sheets, mut shares, mut others) = (Vec::new(), Vec::new(), 0);
    for paper in papers {
        match paper {
            Paper::Sheet(sheet) => sheets.push(sheet),
            Paper::Share(share) => shares.push(share),
            Paper::Other => others += 1,
        }
    }
    match (sheets.as_slice(), shares.as_slice(), others) {
        ([sheet], [], 0) => Ok(Papers::Sheet(Box::new(sheet.clone()))),
        ([], [one, other], 0) => {
            let root = Root::of_shares(one, other).map_err(|_| wrong("same_share"))?;
            Ok(Papers::Shares(Box::new(root)))
        }
        ([], [_], 0) => Err(wrong("one_share")),
        ([_, ..], [_, ..], 0) => Err(wrong("mixed")),
        (_, _, 0) => Err(wrong("too_many")),
        _ => Err(wrong("no_sheet")),
    }
}

fn wrong(reason: &str) -> Refusal {
    Refusal::new(Code::WrongSheet).with("reason", reason)
}
