//! Settings: what holds here, who chose it, and choosing.

use domain::record::Verb;
use domain::settings::{Declared, SETTINGS, Setting, declared};
use domain::{RecordId, choice};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, Draft};
use ts_rs::TS;

use crate::command::Nothing;
use crate::place::{Place, clinic_record};
use crate::records::Kept;
use crate::refusal::Refusal;
use crate::seat::Seat;

choice! {
    /// For whom a setting is chosen, the nearest first.
    pub enum SettingLevel {
        /// This workstation.
        Workstation = "workstation",
        /// This site.
        Site = "site",
        /// The clinic.
        Clinic = "clinic",
    }
}

/// What was chosen on one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ChosenSetting {
    /// The level.
    pub level: SettingLevel,
    /// What was chosen.
    pub value: String,
    /// The version to send back with a change.
    pub version: i64,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SettingRow {
    /// Its name.
    pub name: String,
    /// What holds here.
    pub value: u64,
    /// What holds where nobody chose.
    pub default: u64,
    /// The least that can be chosen.
    pub least: u64,
    /// The most.
    pub most: u64,
    /// What was chosen, the nearest level first.
    pub chosen: Vec<ChosenSetting>,
}

/// The settings that this version knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Settings {
    /// The settings.
    pub rows: Vec<SettingRow>,
}

/// A choice.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSetting {
    /// Which setting.
    pub name: String,
    /// For whom.
    pub level: SettingLevel,
    /// What holds from now on.
    pub value: u64,
    /// The version that was seen, where something was chosen on this level.
    pub version: Option<i64>,
}

/// What `setting` is here: of what was chosen the nearest level.
pub(crate) fn holding(act: &Act, place: &Place, setting: &Declared) -> Result<u64, Refusal> {
    Ok(nearest(act, place, setting)?.unwrap_or(setting.default))
}

/// What was chosen here; `None` where nobody did.
pub(crate) fn nearest(act: &Act, place: &Place, setting: &Declared) -> Result<Option<u64>, Refusal> {
    let chosen = chosen(act, place, setting)?;
    Ok(setting.nearest(chosen.iter().map(|chosen| Some(chosen.value.as_str()))))
}

fn target(act: &Act, place: &Place, level: SettingLevel) -> Result<RecordId, Refusal> {
    match level {
        SettingLevel::Workstation => Ok(place.workstation),
        SettingLevel::Site => Ok(place.site),
        SettingLevel::Clinic => clinic_record(act),
    }
}

fn chosen(act: &Act, place: &Place, setting: &Declared) -> Result<Vec<ChosenSetting>, Refusal> {
    let mut found = Vec::new();
    for level in SettingLevel::ALL {
        let id = Setting::id(setting.name, target(act, place, *level)?);
        let Some(record) = act.record(id)? else { continue };
        if let Some(value) = record.state.record::<Setting>().value {
            found.push(ChosenSetting { level: *level, value, version: record.version });
        }
    }
    Ok(found)
}

/// The settings as they hold here.
pub(crate) fn settings(seat: &mut Seat, _: Nothing) -> Result<Settings, Refusal> {
    let mut rows = Vec::new();
    for setting in SETTINGS {
        rows.push(SettingRow {
            name: setting.name.to_owned(),
            value: holding(seat.act, seat.place, setting)?,
            default: setting.default,
            least: setting.least,
            most: setting.most,
            chosen: chosen(seat.act, seat.place, setting)?,
        });
    }
    Ok(Settings { rows })
}

/// Chooses.
pub(crate) fn set_setting(seat: &mut Seat, input: SetSetting) -> Result<Kept, Refusal> {
    let setting = declared(&input.name).ok_or_else(|| Refusal::invalid("name"))?;
    let value = input.value.to_string();
    setting.read(&value).ok_or_else(|| Refusal::invalid("value"))?;
    let target = target(seat.act, seat.place, input.level)?;
    let id = Setting::id(setting.name, target);
    seat.about(Some(id), None);
    let written = match (seat.act.record(id)?, input.version) {
        (Some(_), version) => {
            let patch = [("value".to_owned(), domain::Value::Text(value))].into();
            seat.write(vec![Draft::patch::<Setting>(id, None, patch, version)])?
        }
        (None, _) => {
            let made =
                Setting { name: Some(setting.name.to_owned()), target: Some(target), value: Some(value) };
            seat.write(vec![Draft::make(Verb::Create, id, None, &made)])?
        }
    };
    Ok(Kept { id, version: written.version, conflict: written.conflict })
}
