//! What is on paper opens a backup: the recovery sheet of the workstation, or two of the clinic's shares.

use crypto::StoreKey;
use crypto::paper::Mistyped;
use crypto::root::Root;
use crypto::shares::Share;
use crypto::sheet::Sheet;
use crypto::slot::{open_clinic_slot, open_sheet_slot};
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

/// What opens the store of `workstation`, by what is on paper: each of its `slots` that opens gives a key.
pub(super) fn by_papers(
    papers: &str,
    workstation: RecordId,
    slots: impl Fn(&str) -> Result<Vec<Vec<u8>>, Refusal>,
) -> Result<Vec<Opened>, Refusal> {
    let mut opened = Vec::new();
    match Sheet::parse(papers) {
        Ok(sheet) => {
            for slot in slots(SHEET_SLOT)? {
                if let Ok((key, _)) = open_sheet_slot(&sheet, workstation, &slot) {
                    opened.push(Opened { key, sheet: Some(slot) });
                }
            }
        }
        Err(mistyped) => {
            let root = by_shares(papers).ok_or_else(|| wrong_line(mistyped))?;
            for slot in slots(CLINIC_SLOT)? {
                if let Ok((key, _)) = open_clinic_slot(&root.recovery(), workstation, &slot) {
                    opened.push(Opened { key, sheet: None });
                }
            }
        }
    }
    if opened.is_empty() { Err(Refusal::new(Code::WrongSheet)) } else { Ok(opened) }
}

/// What opens a store that was set aside, by what is on paper.
pub(super) fn aside_key(folder: &Folder, papers: &str) -> Result<StoreKey, Refusal> {
    let workstation = workstation_here(folder)?.ok_or_else(|| refused("damaged"))?;
    let slots = |name: &str| Ok(vec![folder.read(name)?.ok_or_else(|| refused("damaged"))?]);
    let opened = by_papers(papers, workstation, slots)?.into_iter().next();
    opened.map(|opened| opened.key).ok_or_else(|| Refusal::new(Code::WrongSheet))
}

fn wrong_line(mistyped: Mistyped) -> Refusal {
    match mistyped {
        Mistyped::Line(line) | Mistyped::Length(line) => Refusal::new(Code::WrongSheet).with("line", line),
        _ => Refusal::new(Code::WrongSheet),
    }
}

/// The clinic's root, where these are two of its shares: four lines each.
fn by_shares(papers: &str) -> Option<Root> {
    let lines: Vec<&str> = papers.lines().filter(|line| !line.trim().is_empty()).collect();
    let (one, other) = lines.split_at_checked(4)?;
    let [one, other] = [one, other].map(|lines| Share::parse(&lines.join("\n")).ok());
    Root::of_shares(&one?, &other?).ok()
}
