//! Signing in and out, locking and unlocking, and one's own password.

use crypto::derive::{Cost, is_same};
use crypto::keys::{Bundle, bundle_cost, open_bundle_above, seal_bundle};
use crypto::slot::open_user_slot;
use crypto::{Entropy, Secret, random};
use domain::access::{
    NotAllowed, Permission, Role, Subject, Throttle, User, allowed, check_password, grants,
};
use domain::patients::plain;
use domain::record::Record;
use domain::session::Turn;
use domain::{Hlc, RecordId, SessionId, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, AuditNote, Draft, Folder, Outcome, Person, Store, people};
use ts_rs::TS;

use crate::backups::before_leaving;
use crate::certificates;
use crate::command::Nothing;
use crate::desk::{Desk, Open, Phase};
use crate::door::{self, RefusedTry, UNANSWERED, device_key};
use crate::findings;
use crate::issuer;
use crate::people::{is_dismissed, mend_people, refresh_after, refresh_people, refresh_slots};
use crate::place::{self, Place};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sitting::{Moment, Sitting, context, floor, note};
use crate::sync;
use crate::trust;
use crate::trust::Vouched;

/// Where the desk is between closed and working.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoorState {
    /// No clinic was set up here.
    Empty,
    /// Nobody is signed in.
    Locked,
    /// Somebody is.
    Open,
    /// Somebody is, and their screen is locked.
    ScreenLocked,
    /// The clinic's store is here, and what opens its door is damaged or gone.
    Damaged,
}

/// A person who may sign in here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Tile {
    /// The person.
    pub user: RecordId,
    /// The name typed to sign in.
    pub sign_in: String,
    /// Their name with the title.
    pub name: String,
    /// Their role's word.
    pub role: String,
    /// Seconds until their next try is taken.
    pub wait: u64,
    /// Whether only an administrator switches the sign-in on again: no wait helps.
    pub off: bool,
}

/// What the door shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Door {
    /// Where the desk is.
    pub state: DoorState,
    /// The clinic's name.
    pub clinic: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// Who may sign in here, by name.
    pub people: Vec<Tile>,
    /// Whose screen is locked.
    pub user: Option<RecordId>,
    /// The small files that are damaged or gone, by their names; `people` where somebody lacks theirs.
    pub damaged: Vec<String>,
}

/// A try to sign in.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The name typed to sign in.
    pub who: String,
    /// The password.
    pub password: String,
}

/// A try to open the locked screen.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// The password.
    pub password: String,
}

/// A new password.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    pub old: String,
    /// The one from now on.
    pub new: String,
}

/// A sign-in to switch on again at this workstation.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseSignIn {
    /// The person.
    pub user: RecordId,
}

/// Who is signed in, and what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Session {
    /// The person.
    pub user: RecordId,
    /// Their name.
    pub name: String,
    /// Their title.
    pub title: Option<String>,
    /// Their role.
    pub role: Role,
    /// What they may do.
    pub permissions: Vec<Permission>,
    /// The clinic's name.
    pub clinic: String,
    /// The site's name.
    pub site: String,
    /// The site's time zone.
    pub time_zone: String,
    /// Since when, with offset.
    pub since: String,
    /// Whether the password was made by somebody else and has to be changed first.
    pub must_change_password: bool,
    /// Whether the recovery sheet still has to be read back.
    pub must_confirm_sheet: bool,
}

/// What the door shows.
pub(crate) fn door(desk: &mut Desk, _: Nothing) -> Result<Door, Refusal> {
    let (folder, state, user) = match &desk.phase {
        Phase::Door(folder) => (folder, DoorState::Locked, None),
        Phase::Open(open) if open.sitting.locked => {
            (open.store.folder(), DoorState::ScreenLocked, Some(open.sitting.user))
        }
        Phase::Open(open) => (open.store.folder(), DoorState::Open, Some(open.sitting.user)),
        Phase::Gone => return Err(Refusal::new(Code::StoreFailed)),
    };
    let empty = Door {
        state: DoorState::Empty,
        clinic: None,
        site: None,
        people: Vec::new(),
        user: None,
        damaged: Vec::new(),
    };
    let read = device_key(folder).and_then(|device| match device {
        Some(device) => Ok(door::Door::read(folder, &device)?.map(|memory| (device, memory))),
        None => Ok(None),
    });
    let (device, mut memory) = match read {
        Ok(Some(read)) => read,
        Ok(None) => return Ok(empty),
        Err(error) => {
            let refusal = Refusal::from(error);
            let file = refusal.fields.get("file").and_then(|file| file.as_str());
            let Some(file) = file.filter(|_| state == DoorState::Locked) else { return Err(refusal) };
            return Ok(Door { state: DoorState::Damaged, damaged: vec![file.to_owned()], ..empty });
        }
    };
    memory.pass(&desk.world.clock.uptime());
    let people = people(folder, &device)?;
    let damaged = memory.lacks_somebody(&people).then(|| "people".to_owned()).into_iter().collect();
    let tiles = people.into_iter().map(|person| {
        let throttle = memory.throttle(&key(&person.sign_in));
        Tile {
            wait: if throttle.is_disabled() { 0 } else { throttle.wait.div_ceil(1000) },
            off: throttle.is_disabled(),
            user: person.user,
            sign_in: person.sign_in,
            name: person.name,
            role: person.role,
        }
    });
    let (clinic, site) = (Some(memory.clinic.clone()), Some(memory.site.clone()));
    Ok(Door { state, people: tiles.collect(), clinic, site, user, damaged })
}

/// Signs a person in. Unknown name and wrong password take the same time and get the same answer.
pub(crate) fn sign_in(desk: &mut Desk, input: SignIn) -> Result<Session, Refusal> {
    if matches!(desk.phase, Phase::Open(_)) {
        sign_out(desk, Nothing {})?;
    }
    let Phase::Door(folder) = &desk.phase else { return Err(Refusal::new(Code::StoreFailed)) };
    let no_clinic = || Refusal::new(Code::NoClinic);
    let device = device_key(folder)?.ok_or_else(no_clinic)?;
    let mut memory = door::Door::read(folder, &device)?.ok_or_else(no_clinic)?;
    let who = key(&input.who);
    let people = people(folder, &device)?;
    let usual = people.first().and_then(|person| bundle_cost(desk.world.floor, &person.bundle.0));
    let known: Vec<String> = people.iter().map(|person| key(&person.sign_in)).collect();
    if !known.contains(&who) {
        memory.forget_strangers(&known);
    }
    let lacks_somebody = memory.lacks_somebody(&people);
    let person = people.into_iter().find(|person| key(&person.sign_in) == who);
    let user = person.as_ref().map(|person| person.user);
    desk.begin_try(&mut memory, &device, &who, user)?;
    let opened = match &person {
        Some(person) => desk.try_password(person, &input.password),
        // Nobody's password takes as long as somebody's.
        None => desk.stretch_for_nobody(&input.password, usual),
    };
    if person.is_none() && lacks_somebody {
        // This may be whose file was lost: their password was not looked at, and is not wrong.
        desk.lift(&mut memory, &device, &who);
        return Err(Refusal::damaged("people"));
    }
    let (Some(person), Some(bundle)) = (person, opened) else {
        return Err(desk.refuse_try(&mut memory, &device, &who)?);
    };
    let lifted = desk.lift(&mut memory, &device, &who);
    let slot = open_user_slot(&device, &bundle.sealing, (person.user, memory.workstation), &person.slot.0);
    let (store_key, _) = slot.map_err(|_| Refusal::new(Code::StoreDamaged))?;
    let Phase::Door(folder) = std::mem::replace(&mut desk.phase, Phase::Gone) else {
        return Err(Refusal::new(Code::StoreFailed));
    };
    let before = Some(folder.before()).filter(|before| before.exists());
    let store = match Store::open(folder, &store_key, &mut *desk.world.progress) {
        Ok(store) => store,
        Err(error) => {
            desk.phase = Phase::Door(Folder::take(&desk.world.folder)?);
            let refusal = Refusal::from(error);
            let copy = before.filter(|_| refusal.code == Code::StoreNewer);
            return Err(copy.into_iter().fold(refusal, |refusal, copy| {
                refusal.with("reason", "copied").with("copy", copy.display().to_string())
            }));
        }
    };
    desk.begin(store, person.user, bundle, "sign_in")?;
    issuer::at_sign_in(desk);
    certificates::at_sign_in(desk);
    sync::at_sign_in(desk);
    let session = desk.session_or_close()?;
    desk.welcome(&device, lifted)?;
    Ok(session)
}

/// Opens the locked screen for the person who locked it.
pub(crate) fn unlock(desk: &mut Desk, input: Unlock) -> Result<Session, Refusal> {
    let Phase::Open(open) = &desk.phase else { return Err(Refusal::new(Code::NotSignedIn)) };
    let (user, folder) = (open.sitting.user, open.store.folder());
    let no_clinic = || Refusal::new(Code::NoClinic);
    let device = device_key(folder)?.ok_or_else(no_clinic)?;
    let mut memory = door::Door::read(folder, &device)?.ok_or_else(no_clinic)?;
    let person = people(folder, &device)?.into_iter().find(|person| person.user == user);
    let who = person.as_ref().map(|person| key(&person.sign_in)).unwrap_or_default();
    desk.begin_try(&mut memory, &device, &who, Some(user))?;
    let opened = person.as_ref().and_then(|person| desk.try_password(person, &input.password));
    if opened.is_none() {
        return Err(desk.refuse_try(&mut memory, &device, &who)?);
    }
    let lifted = desk.lift(&mut memory, &device, &who);
    desk.welcome(&device, lifted)?;
    let Phase::Open(open) = &mut desk.phase else { return Err(Refusal::new(Code::NotSignedIn)) };
    open.sitting.locked = false;
    open.sitting.asked_who_sat.set(false);
    // The session ended with the lock, and none is opened twice.
    open.sitting.id = SessionId::new(desk.world.clock.now(), &random(&mut *desk.world.entropy));
    desk.note("unlock", Turn::Open)?;
    desk.session_or_close()
}

/// Locks the screen; the key stays, so that what is under way goes on.
pub(crate) fn lock(desk: &mut Desk, _: Nothing) -> Result<Nothing, Refusal> {
    // Locked first: a full disk that takes no entry must not leave the screen open.
    if let Phase::Open(open) = &mut desk.phase {
        open.sitting.locked = true;
        open.pictures.forget();
        open.chosen = None;
    }
    desk.note("lock", Turn::End)?;
    Ok(Nothing {})
}

/// Signs out: the store closes and its key is wiped.
pub(crate) fn sign_out(desk: &mut Desk, _: Nothing) -> Result<Nothing, Refusal> {
    let noted = desk.note("sign_out", Turn::End);
    before_leaving(desk);
    desk.close();
    noted.map(|()| Nothing {})
}

/// Who is signed in.
pub(crate) fn session(seat: &mut Seat, _: Nothing) -> Result<Session, Refusal> {
    let user: User = seat.read::<User>(seat.sitting.user)?.state.record();
    let role = user.role.ok_or_else(|| Refusal::new(Code::NotPermitted))?;
    Ok(Session {
        user: seat.sitting.user,
        name: user.name.unwrap_or_default(),
        title: user.title,
        role,
        permissions: Permission::ALL.iter().copied().filter(|permission| grants(role, *permission)).collect(),
        clinic: seat.place.clinic_name.clone(),
        site: seat.place.site_name.clone(),
        time_zone: seat.place.zone_name.clone(),
        since: seat.sitting.since.to_string(),
        must_change_password: user.first_password == Some(true),
        must_confirm_sheet: seat.act.local("sheet")?.is_some(),
    })
}

/// Changes one's own password: only the sealed bundle changes.
pub(crate) fn change_password(seat: &mut Seat, input: ChangePassword) -> Result<Nothing, Refusal> {
    let record = seat.read::<User>(seat.sitting.user)?;
    let user: User = record.state.record();
    let clinic_key = trust::clinic_key(seat.act)?;
    let sealed = trust::unwrap_bundle(&clinic_key, seat.sitting.user, &user)?;
    // Somebody else at an open desk guesses no faster here than at the door.
    let who = key(user.sign_in.as_deref().unwrap_or_default());
    let device = device_key(seat.folder)?.ok_or_else(|| Refusal::new(Code::NoClinic))?;
    let mut memory = door::Door::read(seat.folder, &device)?.ok_or_else(|| Refusal::new(Code::NoClinic))?;
    memory.pass(&seat.world.clock.uptime());
    memory.may_try(&who)?;
    // Where a wrong one could not be counted none is looked at.
    memory.write(seat.folder, &device, &mut *seat.world.entropy)?;
    let opened = open_bundle_above(seat.world.floor, &input.old, &sealed, seat.sitting.user);
    let wrong = if opened.is_err() { Some(memory.refuse(&who)) } else { None };
    if wrong.is_none() {
        memory.set_throttle(&who, Throttle::default());
    }
    memory.write(seat.folder, &device, &mut *seat.world.entropy)?;
    let bundle = opened.map_err(|_| wrong.unwrap_or_else(|| Refusal::new(Code::NotRecognised)))?;
    let names = [
        user.name.as_deref().unwrap_or_default(),
        user.sign_in.as_deref().unwrap_or_default(),
        &seat.place.clinic_name,
    ];
    require_strong(&input.new, &names)?;
    if is_same(&input.old, &input.new) {
        return Err(Refusal::new(Code::WeakPassword).with("fault", "same"));
    }
    let cost = seat.world.cost();
    let sealed = seal_bundle(&mut *seat.world.entropy, &input.new, cost, seat.sitting.user, &bundle);
    let sealed = sealed.map_err(|_| Refusal::new(Code::StoreFailed))?;
    let wrapped = trust::wrap_bundle(&clinic_key, &mut *seat.world.entropy, seat.sitting.user, &sealed);
    let patch = [("bundle".to_owned(), Value::Text(wrapped.0)), ("first_password".to_owned(), Value::Null)];
    seat.about(Some(seat.sitting.user), None);
    seat.write(vec![Draft::patch::<User>(seat.sitting.user, None, patch.into(), None)])?;
    seat.afterwards(|store, place, world| refresh_after(store, place, world));
    Ok(Nothing {})
}

/// Switches a sign-in on again that too many wrong tries have switched off at this workstation. Nobody's own: whoever
/// guesses at an open desk would release themselves.
pub(crate) fn release_sign_in(seat: &mut Seat, input: ReleaseSignIn) -> Result<Nothing, Refusal> {
    if input.user == seat.sitting.user {
        return Err(Refusal::invalid("user"));
    }
    let user: User = seat.read::<User>(input.user)?.state.record();
    seat.about(Some(input.user), None);
    let who = key(user.sign_in.as_deref().unwrap_or_default());
    if !at_the_door(seat.folder)?.throttle(&who).is_disabled() {
        return Err(Refusal::new(Code::NotSwitchedOff));
    }
    seat.afterwards(move |store, _, world| release(store.folder(), &mut *world.entropy, &who));
    Ok(Nothing {})
}

/// The door's memory where a clinic is.
pub(crate) fn at_the_door(folder: &Folder) -> Result<door::Door, Refusal> {
    let device = device_key(folder)?.ok_or_else(|| Refusal::new(Code::NoClinic))?;
    door::Door::read(folder, &device)?.ok_or_else(|| Refusal::new(Code::NoClinic))
}

/// Forgets the refusals of `who` at this workstation, and nobody else's.
fn release(folder: &Folder, entropy: &mut dyn Entropy, who: &str) -> Result<(), Refusal> {
    let device = device_key(folder)?.ok_or_else(|| Refusal::new(Code::NoClinic))?;
    let mut memory = at_the_door(folder)?;
    memory.set_throttle(who, Throttle::default());
    Ok(memory.write(folder, &device, entropy)?)
}

/// That `password` may be used by somebody with these names.
pub(crate) fn require_strong(password: &str, names: &[&str]) -> Result<(), Refusal> {
    check_password(password, names).map_err(|fault| {
        let fault = serde_json::to_value(fault).unwrap_or_default();
        Refusal::new(Code::WeakPassword).with("fault", fault)
    })
}

/// Makes the small files again that are not whole or not as the records say. A disk that is full takes none of them, and
/// keeps nobody from signing in.
fn mend_files(act: &Act, folder: &Folder, place: &Place, entropy: &mut dyn Entropy) -> Result<(), Refusal> {
    let mended = refresh_slots(act, folder, place, entropy)
        .and_then(|_| mend_people(act, folder, place, entropy))
        .and_then(|()| Ok(folder.end_founding()?));
    folder.keep_reserve();
    match mended {
        Err(refusal) if refusal.code != Code::DiskFull => Err(refusal),
        _ => Ok(()),
    }
}

/// Under what a person's tries are counted: their name as anybody would type it.
pub(crate) fn key(who: &str) -> String {
    plain(who.trim())
}

impl Desk {
    /// Notes on the disk that a password of `who` is about to be looked at, where one may be now. Where that cannot be
    /// noted a wrong one could not be counted either, and none is looked at.
    fn begin_try(
        &mut self,
        memory: &mut door::Door,
        device: &Secret<32>,
        who: &str,
        user: Option<RecordId>,
    ) -> Result<(), Refusal> {
        memory.pass(&self.world.clock.uptime());
        let may = memory.may_try(who);
        let code = may.as_ref().err().map_or(UNANSWERED, |early| early.code.word()).to_owned();
        memory.remember(RefusedTry { at: self.world.clock.now(), user, code, times: None });
        let noted = self.keep_memory(memory, device);
        may.and(noted)
    }

    /// Counts a wrong password on the disk before anybody hears of it; returns what they hear.
    fn refuse_try(
        &mut self,
        memory: &mut door::Door,
        device: &Secret<32>,
        who: &str,
    ) -> Result<Refusal, Refusal> {
        let refusal = memory.refuse(who);
        if let Some(tried) = memory.answered() {
            memory.remember(RefusedTry { code: refusal.code.word().to_owned(), ..tried });
        }
        self.keep_memory(memory, device)?;
        Ok(refusal)
    }

    /// The password was right: whatever stands in the way from here on is not counted as a wrong one, and what was
    /// counted before counts no more. A disk that does not take that in now keeps nobody from their work.
    /// Returns whether it did.
    fn lift(&mut self, memory: &mut door::Door, device: &Secret<32>, who: &str) -> bool {
        memory.answered();
        memory.set_throttle(who, Throttle::default());
        self.keep_memory(memory, device).is_ok()
    }

    fn keep_memory(&mut self, memory: &door::Door, device: &Secret<32>) -> Result<(), Refusal> {
        let folder = match &self.phase {
            Phase::Door(folder) => folder,
            Phase::Open(open) => open.store.folder(),
            Phase::Gone => return Err(Refusal::new(Code::StoreFailed)),
        };
        Ok(memory.write(folder, device, &mut *self.world.entropy)?)
    }

    /// The person's keys, if this is their password.
    fn try_password(&self, person: &Person, password: &str) -> Option<Bundle> {
        open_bundle_above(self.world.floor, password, &person.bundle.0, person.user).ok()
    }

    /// No keys, after the time that a person's would take.
    fn stretch_for_nobody(&mut self, password: &str, usual: Option<Cost>) -> Option<Bundle> {
        let salt = random(&mut *self.world.entropy);
        let _ = crypto::derive::stretch(password, &salt, usual.unwrap_or(Cost::FLOOR));
        None
    }

    /// Seats `user` at the opened store.
    pub(crate) fn begin(
        &mut self,
        mut store: Store,
        user: RecordId,
        bundle: Bundle,
        action: &str,
    ) -> Result<(), Refusal> {
        store.folder().spend_reserve();
        let opened = store.opened();
        let begun = (|| {
            let (act, folder) = store.act_and_folder()?;
            let place = place::read(&act)?;
            // What an older program took in without reading it may be about whoever signs in.
            if !act.judge_held(&Vouched { place: &place })?.is_empty() {
                refresh_people(&act, folder, &place, &mut *self.world.entropy)?;
            }
            mend_files(&act, folder, &place, &mut *self.world.entropy)?;
            let moment = Moment::at(floor(&act, self.world.clock.now())?, &place.zone);
            let record = act.record(user)?.filter(|record| record.kind == User::KIND.name);
            let record: User = record.ok_or_else(|| Refusal::new(Code::NotRecognised))?.state.record();
            trust::check_user(&act, &place, user, &record)?;
            let subject = Subject::of(user, &record, moment.today);
            allowed(&subject, Permission::SessionUse, Default::default()).map_err(|reason| match reason {
                NotAllowed::Role => Refusal::new(Code::NotPermitted),
                reason => reason.into(),
            })?;
            if is_dismissed(&act, user)? {
                return Err(Refusal::new(Code::AccountInactive));
            }
            let sitting = Sitting {
                id: SessionId::new(moment.now, &random(&mut *self.world.entropy)),
                user,
                role: record.role,
                key: bundle.signing,
                opens: bundle.sealing,
                issuing: None,
                since: moment.wall.clone(),
                locked: false,
                opened: None,
                looking: Default::default(),
                asked_who_sat: Default::default(),
            };
            findings::enter(&act, &place, &mut self.world, &moment, opened)?;
            if sync::mend_server(&act, &place)? {
                findings::server_key(&act, &place, &mut self.world, &moment)?;
            }
            let said = AuditNote { object: Some(user), ..note(&sitting, &moment, action, None) };
            act.audit(&place.key, &mut *self.world.entropy, said)?;
            act.say(&context(&place, &sitting, &moment, self.world.version), Turn::Open)?;
            act.note_clock(moment.now)?;
            let attached = act.local("server")?.is_some();
            act.commit()?;
            // What only the server could still have is waited for, and nothing else.
            if !attached || opened.missing == 0 {
                store.look_again(true)?;
            }
            Ok((place, sitting))
        })();
        match begun {
            Ok((place, sitting)) => {
                let (pictures, brought, offers) = Default::default();
                let (chosen, codebook, damage) = (None, None, None);
                let carrying = Default::default();
                self.phase = Phase::Open(Box::new(Open {
                    store,
                    place,
                    sitting,
                    pictures,
                    chosen,
                    brought,
                    offers,
                    codebook,
                    damage,
                    carrying,
                }));
                Ok(())
            }
            Err(refusal) => {
                self.phase = Phase::Door(store.close());
                Err(refusal)
            }
        }
    }

    /// After a right password the trail gets what the door remembered.
    fn welcome(&mut self, device: &Secret<32>, lifted: bool) -> Result<(), Refusal> {
        let Phase::Open(open) = &mut self.phase else { return Ok(()) };
        let Open { store, place, sitting, .. } = &mut **open;
        let Some(mut memory) = door::Door::read(store.folder(), device)? else { return Ok(()) };
        if !lifted {
            memory.answered();
        }
        if memory.refused.is_empty() {
            return Ok(());
        }
        let act = store.act()?;
        for refused in memory.refused.drain(..) {
            let moment = Moment::at(refused.at, &place.zone);
            let times = refused.times.map(|times| Value::Int(times.cast_signed()));
            let said = AuditNote {
                session: None,
                user: refused.user,
                role: None,
                outcome: Outcome::Refused(refused.code),
                detail: times.map(|times| Value::Map([("times".to_owned(), times)].into())),
                ..note(sitting, &moment, "sign_in", None)
            };
            act.audit(&place.key, &mut *self.world.entropy, said)?;
        }
        act.commit()?;
        self.keep_memory(&memory, device)
    }

    /// Writes an entry about the session itself, which begins or ends with it, and signs the trail's head over it.
    fn note(&mut self, action: &str, turn: Turn) -> Result<(), Refusal> {
        let Phase::Open(open) = &mut self.phase else { return Err(Refusal::new(Code::NotSignedIn)) };
        let Open { store, place, sitting, .. } = &mut **open;
        let act = store.act()?;
        let moment = Moment::at(floor(&act, self.world.clock.now())?, &place.zone);
        act.audit(&place.key, &mut *self.world.entropy, note(sitting, &moment, action, None))?;
        act.say(&context(place, sitting, &moment, self.world.version), turn)?;
        act.note_clock(moment.now)?;
        act.sign_audit(&place.key, Hlc::at(moment.now))?;
        act.commit()?;
        // What lies beside the store is on the disk before anybody leaves.
        store.sync_beside();
        Ok(())
    }

    pub(crate) fn close(&mut self) {
        self.phase = match std::mem::replace(&mut self.phase, Phase::Gone) {
            Phase::Open(open) => Phase::Door(open.store.close()),
            closed => closed,
        };
    }

    /// The session that has just begun; without one nothing stays open.
    pub(crate) fn session_or_close(&mut self) -> Result<Session, Refusal> {
        let answer = self.quietly(|seat| session(seat, Nothing {}));
        if answer.is_err() {
            self.close();
        }
        answer
    }
}
