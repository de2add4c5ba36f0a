//! Settings: what a clinic may choose, declared once with its range and default. Of two levels the nearer one holds. Secrets
//! and places of one computer are no settings.

use crate::record::Verb;
use crate::rule::{Asked, Fault};
use crate::{RecordId, Value, record};

record! {
    /// What was chosen for the clinic, a site, a workstation or a person.
    pub struct Setting: "setting", Ordinary, Clinic;
    verbs { Create: SettingEdit, Patch: SettingEdit, Resolve: SettingEdit, }
    seen { SettingEdit, }
    signed_by_author { Create, Patch, Resolve, }
    fields {
        /// Which setting.
        name: String, Fixed;
        /// For what: the record of the clinic, the site, the workstation or the person.
        target: RecordId, Fixed;
        /// What was chosen.
        value: String, Critical;
    }
}

/// A setting that this version knows. Its sentence stands with the words of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its name.
    pub name: &'static str,
    /// The least that can be chosen.
    pub least: u64,
    /// The most.
    pub most: u64,
    /// What holds where nobody chose.
    pub default: u64,
}

/// How many minutes pass between two backups while there is something new.
pub const BACKUP_EVERY: Declared = Declared { name: "backup.every", least: 5, most: 240, default: 15 };

/// How many gigabytes of files a workstation keeps that the server has too and nobody has looked at for long. Where nobody
/// chose, it is no more than a fifth of the disk.
pub const FILES_ROOM: Declared = Declared { name: "files.room", least: 1, most: 10_000, default: 20 };

/// All of them.
pub const SETTINGS: &[&Declared] = &[&BACKUP_EVERY, &FILES_ROOM];

/// The setting of this name, where this version knows it.
#[must_use]
pub fn declared(name: &str) -> Option<&'static Declared> {
    SETTINGS.iter().find(|setting| setting.name == name).copied()
}

impl Declared {
    /// The number that `value` says, where it may be chosen.
    #[must_use]
    pub fn read(&self, value: &str) -> Option<u64> {
        value.parse().ok().filter(|number| (self.least..=self.most).contains(number))
    }

    /// What was chosen on the nearest level, of all from the nearest to the farthest; what cannot be read counts for nothing.
    #[must_use]
    pub fn nearest<'a>(&self, chosen: impl IntoIterator<Item = Option<&'a str>>) -> Option<u64> {
        chosen.into_iter().flatten().find_map(|value| self.read(value))
    }
}

impl Setting {
    /// The one record of this setting for `target`: two people who choose at once speak of the same.
    #[must_use]
    pub fn id(name: &str, target: RecordId) -> RecordId {
        RecordId::derived(&[b"setting".as_slice(), name.as_bytes(), target.0.as_bytes()].concat())
    }
}

/// The rule of settings: a known one holds what may be chosen. A newer version may know more, and is believed.
pub(crate) fn check_setting(asked: &Asked) -> Result<(), Fault> {
    let Asked { op, seen, .. } = asked;
    let name = if op.header.verb == Verb::Create { op.value("name") } else { Some(seen.value("name")) };
    let Some(setting) = name.and_then(Value::as_text).and_then(declared) else { return Ok(()) };
    match op.value("value").map(|value| value.as_text().and_then(|value| setting.read(value))) {
        Some(None) => Err(Fault::WrongType("value".to_owned())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_level_holds_and_what_cannot_be_chosen_counts_for_nothing() {
        let nearest = |chosen: [Option<&str>; 3]| BACKUP_EVERY.nearest(chosen);
        assert_eq!(nearest([None, None, None]), None);
        assert_eq!(nearest([None, Some("60"), Some("30")]), Some(60));
        assert_eq!(nearest([Some("1"), Some("soon"), Some("30")]), Some(30));
    }

    #[test]
    fn every_setting_has_a_default_that_may_be_chosen_and_a_name_of_its_own() {
        for setting in SETTINGS {
            assert_eq!(setting.read(&setting.default.to_string()), Some(setting.default), "{}", setting.name);
            assert_eq!(declared(setting.name), Some(*setting));
        }
        assert_eq!(declared("nothing.known"), None);
    }
}
