//! The recovery papers after they were shown once: kept, sealed to whoever founded the clinic, until they were read back;
//! printed and saved; and the sheet made anew.

use crypto::root::Fingerprint;
use crypto::seal::{About, open_with, seal_to};
use crypto::sheet::Sheet;
use crypto::slot::sheet_slot;
use domain::choice;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::found::{Asked, ask, asked};
use super::paper::{Letter, Paper};
use crate::certificates::{Printed, SavedCertificate, hand_over, keep_copy};
use crate::command::Nothing;
use crate::paper::unprintable;
use crate::people::{SHEET_SLOT, store_key};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;

choice! {
    /// One of the recovery papers.
    pub enum RecoveryPaper {
        /// The sheet of this workstation.
        Sheet = "sheet",
        /// The clinic's first share.
        Share1 = "share_1",
        /// The second.
        Share2 = "share_2",
        /// The third.
        Share3 = "share_3",
    }
}

/// The papers that open the records when nobody can sign in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS, JsonSchema)]
pub struct RecoveryPapers {
    /// The clinic's fingerprint.
    pub fingerprint: String,
    /// The sheet of this workstation, line by line; none where it is not kept, or not for this person.
    pub sheet: Vec<String>,
    /// The clinic's shares, line by line; none where they are not kept, or not for this person.
    pub shares: Vec<Vec<String>>,
    /// The characters of the sheet that are asked back; none once they were.
    pub asked: Vec<Asked>,
}

/// A paper to print.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintPaper {
    /// Which.
    pub paper: RecoveryPaper,
    /// Where; nothing for the machine's default.
    pub printer: Option<String>,
}

/// A paper to keep as a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SavePaper {
    /// Which.
    pub paper: RecoveryPaper,
    /// The id of the place that the person chose.
    pub place: String,
}

/// Where the sealed papers lie in the store.
const KEPT: &str = "papers";

/// What is kept of the papers: nobody but their owner opens it, whoever can open the store.
#[derive(Serialize, Deserialize)]
struct Kept {
    sheet: Vec<String>,
    shares: Vec<Vec<String>>,
}

/// Keeps the papers for the person who sits here, until the sheet was read back.
pub(super) fn keep(seat: &mut Seat, sheet: Vec<String>, shares: Vec<Vec<String>>) -> Result<(), Refusal> {
    let failed = || Refusal::new(Code::StoreFailed);
    let plain = serde_json::to_vec(&Kept { sheet, shares }).map_err(|_| failed())?;
    let owner = seat.sitting.user;
    let (public, ids) = (*seat.sitting.opens.public(), [owner.0.as_bytes().as_slice()]);
    let sealed = seal_to(&mut *seat.world.entropy, &public, about(&ids), &plain).map_err(|_| failed())?;
    Ok(seat.act.set_local(KEPT, &sealed)?)
}

/// Forgets them: they are on paper.
pub(super) fn forget(seat: &Seat) -> Result<(), Refusal> {
    Ok(seat.act.forget_local(KEPT)?)
}

fn about<'a>(ids: &'a [&'a [u8]]) -> About<'a> {
    About { kind: "papers", ids, epoch: 1 }
}

/// What is kept for the person who sits here.
fn kept(seat: &Seat) -> Result<Option<Kept>, Refusal> {
    let Some(sealed) = seat.act.local(KEPT)? else { return Ok(None) };
    let ids = [seat.sitting.user.0.as_bytes().as_slice()];
    let plain = open_with(&seat.sitting.opens, about(&ids), &sealed).ok();
    Ok(plain.and_then(|plain| serde_json::from_slice(&plain).ok()))
}

fn fingerprint(seat: &Seat) -> String {
    Fingerprint::of(&seat.place.root).to_string()
}

/// The papers that wait to be read back.
pub(crate) fn recovery_papers(seat: &mut Seat, _: Nothing) -> Result<RecoveryPapers, Refusal> {
    let kept = kept(seat)?;
    let (sheet, shares) = kept.map(|kept| (kept.sheet, kept.shares)).unwrap_or_default();
    Ok(RecoveryPapers { fingerprint: fingerprint(seat), sheet, shares, asked: asked(seat.act)? })
}

/// Makes a new sheet of this workstation; the one before opens nothing any more. Shares that wait still stay.
pub(crate) fn new_sheet(seat: &mut Seat, _: Nothing) -> Result<RecoveryPapers, Refusal> {
    let store_key = store_key(seat.act)?;
    let sheet = Sheet::random(&mut *seat.world.entropy);
    let lines: Vec<String> = sheet.lines().iter().map(|line| line.to_string()).collect();
    let signs: Vec<String> =
        lines.iter().map(|line| line.chars().filter(|sign| sign.is_alphanumeric()).collect()).collect();
    ask(seat.act, &signs, &mut *seat.world.entropy)?;
    seat.act.forget_local("sheet_confirmed")?;
    let shares = kept(seat)?.map(|kept| kept.shares).unwrap_or_default();
    keep(seat, lines, shares)?;
    let slot = sheet_slot(&mut *seat.world.entropy, &sheet, seat.place.door, &store_key, 1);
    seat.afterwards(move |store, _, _| Ok(store.folder().write(SHEET_SLOT, &slot)?));
    recovery_papers(seat, Nothing {})
}

/// The page of a paper that is kept.
fn page(seat: &Seat, paper: RecoveryPaper) -> Result<Vec<u8>, Refusal> {
    let none = || Refusal::new(Code::NotFound);
    let kept = kept(seat)?.ok_or_else(none)?;
    let letter = Letter {
        clinic: seat.place.clinic_name.clone(),
        site: seat.place.site_name.clone(),
        fingerprint: fingerprint(seat),
        made: seat.moment.wall.to_string(),
    };
    let number = match paper {
        RecoveryPaper::Sheet => 0,
        RecoveryPaper::Share1 => 1,
        RecoveryPaper::Share2 => 2,
        RecoveryPaper::Share3 => 3,
    };
    let paper = match usize::checked_sub(number, 1) {
        None => Paper::sheet(&letter, &kept.sheet),
        Some(at) => Paper::share(&letter, number, kept.shares.get(at).ok_or_else(none)?),
    };
    paper.pdf().map_err(unprintable)
}

/// Prints a paper.
pub(crate) fn print_paper(seat: &mut Seat, input: PrintPaper) -> Result<Printed, Refusal> {
    let page = page(seat, input.paper)?;
    // The spooler keeps titles where other people of the machine read them.
    hand_over(seat, input.printer, "paper", 1, page)
}

/// Keeps a paper as a PDF where the person chose.
pub(crate) fn save_paper(seat: &mut Seat, input: SavePaper) -> Result<SavedCertificate, Refusal> {
    let page = page(seat, input.paper)?;
    keep_copy(seat, &input.place, &page)
}
