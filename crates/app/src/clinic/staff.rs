//! The people who work here. What gives somebody rights is signed by an administrator's own key; the
//! server alone can give nobody any.

use std::collections::BTreeMap;

use crypto::keys::{Bundle, seal_bundle};
use crypto::{SealingKey, SigningKey};
use domain::access::{Licence, LicenceKind, Role, User};
use domain::record::{Entries, Hex, Record, Verb};
use domain::{PartialDate, RecordId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Draft, patch_of};
use ts_rs::TS;

use crate::access::{at_the_door, key, require_strong};
use crate::answer::fitting;
use crate::clinic::vouching;
use crate::door::Door;
use crate::people::refresh_after;
use crate::records::require;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::trust;

/// A person who works here.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct StaffRow {
    /// Their record.
    pub id: RecordId,
    /// The version to send back with an edit.
    pub version: i64,
    /// The name typed to sign in.
    pub sign_in: String,
    /// Their name.
    pub name: String,
    /// Their title.
    pub title: Option<String>,
    /// Letters after the name.
    pub qualification: Option<String>,
    /// What they do.
    pub position: Option<String>,
    /// Their role; none while two administrators disagree about it.
    pub role: Option<Role>,
    /// The number of their licence to practise.
    pub licence: Option<String>,
    /// The last day of their licence to practise.
    pub licence_until: Option<PartialDate>,
    /// Whether they may work here.
    pub active: bool,
    /// The last day of the account.
    pub valid_until: Option<PartialDate>,
    /// Whether too many wrong tries have switched their sign-in off at this workstation.
    pub switched_off: bool,
}

/// The last person of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffEnd {
    /// Whether their work here has ended.
    pub ended: bool,
    /// Their name.
    pub name: String,
    /// Their record.
    pub id: RecordId,
}

/// Which page of the people who work here.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListStaff {
    /// The end of the page before.
    pub before: Option<StaffEnd>,
}

/// A page of the people who work here, by name; behind them those who have left.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
pub struct Staff {
    /// The people.
    pub people: Vec<StaffRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<StaffEnd>,
}

/// A person to add.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddUser {
    /// The name typed to sign in.
    pub sign_in: String,
    /// Their name as it is printed.
    pub name: String,
    /// Their title.
    pub title: Option<String>,
    /// Letters after the name.
    pub qualification: Option<String>,
    /// What they do.
    pub position: Option<String>,
    /// Their role.
    pub role: Role,
    /// The number of their licence to practise.
    pub licence: Option<String>,
    /// The last day of their licence to practise.
    pub licence_until: Option<PartialDate>,
    /// A first password, which they change when they sign in.
    pub password: String,
}

/// What to change about a person, with the version in which it was seen.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditUser {
    /// Their record.
    pub user: RecordId,
    /// The version that was seen.
    pub version: i64,
    /// The changed fields: `title`, `qualification`, `position`, `role`, `licence`, `licence_until` and `valid_until`;
    /// null clears, but a role is only replaced.
    #[ts(type = "Record<string, string | null>")]
    pub patch: BTreeMap<String, Option<String>>,
}

/// A person whose work here ends.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeactivateUser {
    /// Their record.
    pub user: RecordId,
    /// The version that was seen.
    pub version: i64,
}

/// A person's record as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Added {
    /// Their record.
    pub user: RecordId,
    /// Its version, for the next edit.
    pub version: i64,
}

/// A page of the people who work here.
pub(crate) fn staff(seat: &mut Seat, input: ListStaff) -> Result<Staff, Refusal> {
    let door = at_the_door(seat.folder)?;
    let records = seat.act.records(User::KIND.name, None)?;
    let mut people: Vec<StaffRow> = records.into_iter().map(|record| row(record, &door)).collect();
    people.sort_by_cached_key(StaffRow::end);
    people.retain(|person| input.before.as_ref().is_none_or(|end| *end < person.end()));
    let (people, more) = fitting(people);
    let next = people.last().filter(|_| more).map(StaffRow::end);
    Ok(Staff { people, next })
}

impl StaffRow {
    fn end(&self) -> StaffEnd {
        StaffEnd { ended: !self.active, name: self.name.clone(), id: self.id }
    }
}

fn row(record: store::Record, door: &Door) -> StaffRow {
    let user: User = record.state.record();
    let switched_off = door.throttle(&key(user.sign_in.as_deref().unwrap_or_default())).is_disabled();
    let licences = user.licences.into_iter().flat_map(|licences| licences.0.into_values());
    let licence = licences.into_iter().find(|licence| licence.is(LicenceKind::Practice)).unwrap_or_default();
    StaffRow {
        id: record.id,
        version: record.version,
        sign_in: user.sign_in.unwrap_or_default(),
        name: user.name.unwrap_or_default(),
        title: user.title,
        qualification: user.qualification,
        position: user.position,
        role: user.role,
        licence: licence.number,
        licence_until: licence.until,
        active: user.active == Some(true),
        valid_until: user.valid_until,
        switched_off,
    }
}

/// Adds a person: their keys, their record with the administrator's certificate, and their way in here.
pub(crate) fn add_user(seat: &mut Seat, input: AddUser) -> Result<Added, Refusal> {
    require(&Some(input.sign_in.clone()), "sign_in")?;
    require(&Some(input.name.clone()), "name")?;
    require_strong(&input.password, &[&input.name, &input.sign_in, &seat.place.clinic_name])?;
    let sign_in = key(&input.sign_in);
    let known = seat.act.records(User::KIND.name, None)?;
    if known.iter().any(|user| user.state.value("sign_in").as_text() == Some(sign_in.as_str())) {
        return Err(Refusal::invalid("sign_in"));
    }
    let id = seat.new_id();
    let clinic_key = trust::clinic_key(seat.act)?;
    let cost = seat.world.cost();
    let entropy = &mut *seat.world.entropy;
    let bundle = Bundle {
        sealing: SealingKey::random(entropy),
        signing: SigningKey::random(entropy),
        second_factor: None,
        epoch: 1,
    };
    let sealed = seal_bundle(entropy, &input.password, cost, id, &bundle);
    let sealed = sealed.map_err(|_| Refusal::new(Code::StoreFailed))?;
    let mut user = User {
        sign_in: Some(sign_in.clone()),
        name: Some(input.name.trim().to_owned()),
        title: input.title,
        qualification: input.qualification,
        position: input.position,
        role: Some(input.role),
        licences: licence(input.licence, input.licence_until),
        active: Some(true),
        first_password: Some(true),
        signs_with: Some(Hex::of(bundle.signing.public())),
        seals_with: Some(Hex::of(bundle.sealing.public())),
        bundle: Some(trust::wrap_bundle(&clinic_key, entropy, id, &sealed)),
        ..User::default()
    };
    certify(seat, id, &mut user)?;
    seat.about(Some(id), None);
    let written = seat.write(vec![Draft::make(Verb::Create, id, None, &user)])?;
    seat.afterwards(|store, place, world| refresh_after(store, place, world));
    Ok(Added { user: id, version: written.version })
}

/// Changes a person; a new role is certified anew, and so is everybody whom they vouched for. Nobody changes
/// their own role or end: there might be nobody left to undo it.
pub(crate) fn edit_user(seat: &mut Seat, input: EditUser) -> Result<Added, Refusal> {
    let own = input.user == seat.sitting.user;
    if let Some(field) = ["role", "valid_until"].into_iter().find(|field| input.patch.contains_key(*field))
        && own
    {
        return Err(Refusal::invalid(field));
    }
    let record = seat.read::<User>(input.user)?;
    let before: User = record.state.record();
    let mut user = changed(&before, &input.patch)?;
    let mut drafts = Vec::new();
    if user.role != before.role {
        vouching::check_apart(seat, input.user)?;
        certify(seat, input.user, &mut user)?;
        drafts = vouching::take_over(seat, input.user)?;
    }
    let (old, mut patch) = (patch_of(&before), patch_of(&user));
    let cleared: Vec<String> = old.keys().filter(|path| !patch.contains_key(*path)).cloned().collect();
    patch.retain(|path, value| old.get(path) != Some(value));
    patch.extend(cleared.into_iter().map(|path| (path, Value::Null)));
    drafts.push(Draft::patch::<User>(input.user, None, patch, Some(input.version)));
    seat.about(Some(input.user), None);
    let written = seat.write(drafts)?;
    seat.afterwards(|store, place, world| refresh_after(store, place, world));
    Ok(Added { user: input.user, version: written.version })
}

/// `before` with the fields of `patch`, of which each must be one that an administrator sets by hand.
fn changed(before: &User, patch: &BTreeMap<String, Option<String>>) -> Result<User, Refusal> {
    let mut user = before.clone();
    let mut kept = before.licences.iter().flat_map(|licences| &licences.0);
    let kept = kept.find(|(_, licence)| licence.is(LicenceKind::Practice));
    let (entry, mut licence) = match kept {
        Some((entry, licence)) => (entry.clone(), licence.clone()),
        None => {
            let taken = before.licences.as_ref().map(|licences| &licences.0);
            let free = |entry: &String| taken.is_none_or(|taken| !taken.contains_key(entry));
            ((1..).map(|number: u32| number.to_string()).find(free).unwrap_or_default(), Licence::default())
        }
    };
    for (name, value) in patch {
        let invalid = || Refusal::invalid(name);
        let text = value.clone().map(|text| text.trim().to_owned());
        if text.as_ref().is_some_and(String::is_empty) {
            return Err(invalid());
        }
        let day = || text.as_deref().map(str::parse::<PartialDate>).transpose().map_err(|_| invalid());
        match name.as_str() {
            // A name that was misspelt; the one to sign in with stays, for it seals their password.
            "name" => user.name = Some(text.ok_or_else(invalid)?),
            "title" => user.title = text,
            "qualification" => user.qualification = text,
            "position" => user.position = text,
            "role" => {
                let role = Role::ALL.iter().find(|role| Some(role.word()) == text.as_deref());
                user.role = Some(*role.ok_or_else(invalid)?);
            }
            "valid_until" => user.valid_until = day()?,
            "licence" => licence.number = text,
            "licence_until" => licence.until = day()?,
            _ => return Err(invalid()),
        }
    }
    // An edit of something else leaves every licence as it is, a disputed one too.
    if !["licence", "licence_until"].iter().any(|name| patch.contains_key(*name)) {
        return Ok(user);
    }
    let mut licences = user.licences.take().map(|licences| licences.0).unwrap_or_default();
    if licence.number.is_some() {
        licences.insert(entry, licence);
    } else if patch.get("licence_until").is_some_and(Option::is_some) {
        return Err(Refusal::missing("licence"));
    } else {
        licences.remove(&entry);
    }
    user.licences = (!licences.is_empty()).then_some(Entries(licences));
    Ok(user)
}

/// Ends a person's work here. Nobody ends their own: there would be nobody left to undo it.
pub(crate) fn deactivate_user(seat: &mut Seat, input: DeactivateUser) -> Result<Added, Refusal> {
    if input.user == seat.sitting.user {
        return Err(Refusal::invalid("user"));
    }
    seat.read::<User>(input.user)?;
    let patch = [("active".to_owned(), Value::Bool(false))].into();
    let written = seat.change::<User>(input.user, None, patch, input.version)?;
    seat.afterwards(|store, place, world| refresh_after(store, place, world));
    Ok(Added { user: input.user, version: written.version })
}

fn licence(number: Option<String>, until: Option<PartialDate>) -> Option<Entries<Licence>> {
    let number = number.filter(|number| !number.trim().is_empty())?;
    let licence = Licence { kind: Some(LicenceKind::Practice), number: Some(number), issuer: None, until };
    Some(Entries([("1".to_owned(), licence)].into()))
}

/// Certifies a person; refused where that leads to no root, as behind too many administrators.
fn certify(seat: &Seat, id: RecordId, user: &mut User) -> Result<(), Refusal> {
    let by = Some(seat.sitting.user);
    trust::certify_user(&seat.sitting.key, by, seat.place.clinic, id, user, seat.moment.now);
    trust::check_user(seat.act, seat.place, id, user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_of_a_title_leaves_every_licence_as_it_is() {
        let until = "2030".parse().ok();
        let half = Licence { kind: None, number: None, issuer: Some("PRC".to_owned()), until };
        let whole = Licence { number: Some("77".to_owned()), ..half.clone() };
        let licences = Some(Entries([("1".to_owned(), half), ("2".to_owned(), whole)].into()));
        let before = User { licences, ..User::default() };
        let patch = [("title".to_owned(), Some("Dr".to_owned()))].into();
        let after = changed(&before, &patch).unwrap();
        assert_eq!((after.title.as_deref(), &after.licences), (Some("Dr"), &before.licences));
        let patch = [("licence".to_owned(), Some("78".to_owned()))].into();
        let licences = changed(&before, &patch).unwrap().licences.unwrap().0;
        let numbers: Vec<_> = licences.values().map(|licence| licence.number.as_deref()).collect();
        assert_eq!(numbers, [Some("78"), Some("77")]);
    }
}
