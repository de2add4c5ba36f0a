//! Opening without a password, by the sheet that was printed when this workstation was set up: what lies at the door is
//! made again from the store, and everybody signs in with their own password as before. No chart is shown.

use crypto::sheet::Sheet;
use crypto::slot::open_sheet_slot;
use crypto::{Entropy, Secret};
use domain::Hlc;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Folder, FolderError, Store};
use ts_rs::TS;

use crate::desk::{Desk, Phase};
use crate::door::{Door, device_key};
use crate::findings;
use crate::people::{SHEET_SLOT, refresh_people, refresh_slots, workstation_here};
use crate::place;
use crate::refusal::{Code, Refusal};
use crate::sitting::{Moment, floor, unseated};

/// The sheet of this workstation, typed back.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenBySheet {
    /// Its lines, in whatever spacing.
    pub sheet: String,
}

/// What was made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Reopened {
    /// The small files, by their names.
    pub mended: Vec<String>,
}

/// Makes what lies at the door again, for whoever holds the sheet.
pub(crate) fn open_by_sheet(desk: &mut Desk, input: OpenBySheet) -> Result<Reopened, Refusal> {
    let sheet = Sheet::parse(&input.sheet).map_err(|fault| Refusal::of_paper(1, fault))?;
    let Phase::Door(folder) = &desk.phase else { return Err(Refusal::new(Code::SomebodySitsHere)) };
    let slot = folder.read(SHEET_SLOT)?.ok_or_else(|| nothing_to_open(folder))?;
    let of_the_door =
        || device_key(folder).ok().flatten().and_then(|key| Door::read(folder, &key).ok().flatten());
    let workstation = match workstation_here(folder) {
        Ok(Some(workstation)) => workstation,
        _ => of_the_door().ok_or_else(|| Refusal::damaged("slots/workstation"))?.workstation,
    };
    let (key, _) = open_sheet_slot(&sheet, workstation, &slot).map_err(|_| Refusal::new(Code::WrongSheet))?;
    let Phase::Door(folder) = std::mem::replace(&mut desk.phase, Phase::Gone) else {
        return Err(Refusal::new(Code::StoreFailed));
    };
    let mut store = match Store::open(folder, &key, &mut *desk.world.progress) {
        Ok(store) => store,
        Err(error) => {
            desk.phase = Phase::Door(Folder::take(&desk.world.folder)?);
            return Err(error.into());
        }
    };
    let mended = mend(desk, &mut store);
    desk.phase = Phase::Door(store.close());
    mended
}

fn nothing_to_open(folder: &Folder) -> Refusal {
    match folder.lacks(SHEET_SLOT) {
        Ok(true) => Refusal::damaged(SHEET_SLOT),
        _ => Refusal::new(Code::NoClinic),
    }
}

fn mend(desk: &mut Desk, store: &mut Store) -> Result<Reopened, Refusal> {
    let opened = store.opened();
    let (act, folder) = store.act_and_folder()?;
    let place = place::read(&act)?;
    let entropy = &mut *desk.world.entropy;
    let mut mended = Vec::new();
    let device = match device_key(folder) {
        Ok(Some(device)) => device,
        Ok(None) | Err(FolderError::Damaged(_) | FolderError::Missing(_)) => {
            new_device(folder, entropy, &mut mended)?
        }
        Err(error) => return Err(error.into()),
    };
    let memory = Door::read(folder, &device);
    match &memory {
        Ok(Some(_)) => {}
        Ok(None) | Err(FolderError::Damaged(_) | FolderError::Missing(_)) => {
            Door::new(&place.clinic_name, &place.site_name, place.door).write(folder, &device, entropy)?;
            mended.push("door".to_owned());
        }
        Err(_) => return memory.map(|_| Reopened { mended }).map_err(Refusal::from),
    }
    mended.extend(refresh_slots(&act, folder, &place, entropy)?.into_iter().map(ToOwned::to_owned));
    if refresh_people(&act, folder, &place, entropy)? > 0 {
        mended.push("people".to_owned());
    }
    let moment = Moment::at(floor(&act, desk.world.clock.now())?, &place.zone);
    findings::enter(&act, &place, &mut desk.world, &moment, opened)?;
    let entropy = &mut *desk.world.entropy;
    act.audit(&place.key, entropy, unseated(&moment, "open_by_sheet"))?;
    act.sign_audit(&place.key, Hlc::at(moment.now))?;
    act.commit()?;
    Ok(Reopened { mended })
}

fn new_device(
    folder: &Folder,
    entropy: &mut dyn Entropy,
    mended: &mut Vec<String>,
) -> Result<Secret<32>, Refusal> {
    let device = Secret::random(entropy);
    folder.write("device", device.expose())?;
    mended.push("device".to_owned());
    Ok(device)
}
