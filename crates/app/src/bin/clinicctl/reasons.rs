//! What a refusal says where its reason makes a difference to what is done: what happened, what is safe, what to do.

use app::{Code, Refusal};
use serde_json::Value;

use crate::words::{self, fill};

/// What to do where part of a backup does not read.
const WHOLE_BEFORE: &str = "The point {whole_point} of {whole_at} is whole: take it with --point {whole_point}, or take another stick or folder.";
/// Of an object that has no name.
const SOMETHING: &str = "something that it needs";
const NO_OLDER: &str = "No older point there comes back either: take another stick or folder.";
const OTHER_PLACE: &str = "Take an older point with --point NUMBER, or another stick or folder.";

/// The sentences of a refusal.
pub(crate) fn sentence(refusal: &Refusal) -> String {
    let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let fields: Vec<(&str, String)> =
        refusal.fields.iter().map(|(name, value)| (name.as_str(), said(value))).collect();
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if !refusal.fields.contains_key("object") {
        fields.push(("object", SOMETHING));
    }
    let next = match (refusal.fields.contains_key("whole_point"), refusal.fields.get("older")) {
        (true, _) => fill(WHOLE_BEFORE, &fields),
        (false, Some(none)) if none == "none" => NO_OLDER.to_owned(),
        (false, _) => OTHER_PLACE.to_owned(),
    };
    let next = match (refusal.code, refusal.fields.get("object")) {
        (Code::NotBackedUp, Some(object)) => words::next_backup(&said(object)),
        _ => next,
    };
    fields.push(("next", &next));
    let reason = fields.iter().find(|(name, _)| *name == "reason").map(|(_, reason)| *reason);
    let own = match (refusal.code, reason) {
        (Code::NotBackedUp, Some(reason)) if refusal.fields.contains_key("name") => {
            Some(words::backup_fault(reason))
        }
        (Code::BackupRefused, Some("missing")) if is_point(&fields) => {
            Some("There is no such point there: {object}. Nothing was changed, here or there. {next}")
        }
        (Code::BackupRefused, Some(reason)) => Some(not_brought_back(reason)),
        // Where something was checked and found so, its field says what.
        (Code::StoreDamaged, Some("page")) => Some(words::RECORDS_DAMAGED),
        (Code::StoreDamaged, None) if refusal.fields.is_empty() => Some(words::RECORDS_DAMAGED),
        (Code::StoreDamaged, _) if refusal.fields.contains_key("file") => Some(words::DOOR_DAMAGED),
        (Code::WrongSheet, Some(reason)) => wrong_papers(reason),
        (Code::WrongSheet, None) if refusal.fields.contains_key("paper") => Some(
            "Line {line} of paper {paper} is not what that paper says. Nothing was opened or changed. Compare it letter by letter.",
        ),
        (Code::WrongSheet, None) if refusal.fields.contains_key("line") => Some(
            "Line {line} is not what the paper says. Nothing was opened or changed. Compare it letter by letter.",
        ),
        (Code::NotFound, _) if refusal.fields.contains_key("target") => {
            Some("There is no target called {target}. `clinicctl backup targets` lists them.")
        }
        (Code::NotFound, _) if refusal.fields.contains_key("nobody") => Some(
            "Nobody fits {nobody}. Say a name in any order, a number, a phone or a birth date, as to `clinicctl find`.",
        ),
        _ => None,
    };
    own.map_or_else(|| words::sentence(refusal.code).to_owned(), |own| fill(own, &fields))
}

/// Whether a point is what is not there: its number may be mistyped.
fn is_point(fields: &[(&str, &str)]) -> bool {
    fields.iter().any(|(name, object)| *name == "object" && object.starts_with("points/"))
}

/// Why a backup is not brought back.
fn not_brought_back(reason: &str) -> &'static str {
    match reason {
        "empty" => {
            "There is no backup there. Nothing was changed. Name the folder or stick that holds the folder ClinicDesk."
        }
        "nowhere" => {
            "There is no folder, stick or set-aside store called {from} here, and it is no server's address. Nothing was changed. Plug the stick in, or look how its folder is called."
        }
        "no_access" => {
            "It may not be read by whoever runs this: {place}. Whether a backup lies there is not known, and nothing was changed. Ask for the right to read it, or run this as its owner."
        }
        "gone" => {
            "The place of this backup is not there: a stick that is not plugged in, a share or a server that is not reached. Nothing was changed. Plug it in, look at the line or the address, and try once more."
        }
        "hangs" => {
            "The place of this backup does not answer. Nothing was changed. Look whether the share or stick opens elsewhere, and try once more."
        }
        "gap" => {
            "Part of this backup is missing: {object}, the places {from} to {to}. Nothing was changed, here or there. {next}"
        }
        "damaged" | "missing" => {
            "Part of this backup is damaged or gone: {object}. Nothing was changed, here or there. {next}"
        }
        "slot" => {
            "What the paper opens is damaged in this backup: {object}. The paper may be right, and nothing was changed. Use the other papers - two of the clinic's shares in place of the sheet, or the sheet in place of the shares - or another stick or folder."
        }
        "changed" => {
            "This backup is not as its computer signed it. Nothing was changed, here or there. Keep it as it is. {next}"
        }
        "not_signed" => {
            "The computer that this backup is of did not sign it. Nothing was changed, here or there. Keep it as it is, and restore from another stick or folder."
        }
        "other_clinic" => {
            "This is the backup of another clinic. Nothing was changed, here or there. To take over records of another clinic, have it export them and import the files."
        }
        "newer" => {
            "A newer version of ClinicDesk wrote this backup: it needs declarations {schema}, this one knows {here}. Nothing was changed. Install the newest ClinicDesk and restore again."
        }
        "differs" => {
            "This backup holds something else under numbers that are known here: one of the two computers went on from an old copy. Nothing was taken in. Take the backup of the computer that worked on last, or ask whoever looks after ClinicDesk."
        }
        "older" => {
            "This computer has entries that the backup does not have: {lacking}. Nothing was changed. To set them aside with the records here, add --older; they can be taken in again from there."
        }
        "store_opens" => {
            "The records here still open, so nothing takes their place unasked. Nothing was changed. Sign in and use --replace instead of --here."
        }
        "set_aside" => {
            "What was set aside comes back without --replace: the store that somebody did not want takes no other one's place. Nothing was changed."
        }
        "unknown_workstation" => {
            "This computer does not know the computer that the backup is of yet. Nothing was taken in. Run sync, so that the clinic's computers become known here, and try again."
        }
        "no_head" | "not_believed" => {
            "The backup does not show that its entries are what their authors wrote. Nothing was taken in. {next}"
        }
        _ => "The backup is not brought back; nothing was changed, here or there.",
    }
}

/// What is wrong with the papers that were brought.
fn wrong_papers(reason: &str) -> Option<&'static str> {
    Some(match reason {
        "lines" => {
            "The four lines of a paper are not there: each has three groups of five letters and figures. Nothing was opened or changed. Give the whole sheet, or two whole shares."
        }
        "not_one" => {
            "These lines are of several papers: each is right by itself, and together they are none. Nothing was opened or changed. Give the four lines of one paper."
        }
        "no_sheet" => {
            "This is another paper than a recovery sheet or a share. Nothing was opened or changed. Give the sheet, or two of the clinic's shares."
        }
        "one_share" => {
            "This is one share, and one alone opens nothing. Nothing was opened or changed. Add another of the clinic's three shares below it."
        }
        "same_share" => {
            "This is the same share twice. Nothing was opened or changed. Add another of the clinic's three shares."
        }
        "mixed" => {
            "The sheet and a share stand together. Nothing was opened or changed. Give the sheet alone, or two shares."
        }
        "too_many" => {
            "These are too many papers. Nothing was opened or changed. Give one sheet alone, or two shares."
        }
        "others" => {
            "These papers are right in themselves and do not open this backup: they are of another computer or clinic, or newer ones were printed since. Nothing was opened or changed. Look for the paper of that computer, or for two shares of that clinic."
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use app::{Code, Refusal};

    use super::{NO_OLDER, OTHER_PLACE, sentence};

    #[test]
    fn an_older_point_is_advised_only_where_one_may_help() {
        let damaged =
            Refusal::new(Code::BackupRefused).with("reason", "damaged").with("object", "slots/workstation");
        assert!(sentence(&damaged).ends_with(OTHER_PLACE));
        assert!(sentence(&damaged.with("older", "none")).ends_with(NO_OLDER));
    }
}
