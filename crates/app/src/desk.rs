//! The desk: what is open now, and the one place where a command meets the person who gives it.

use std::path::PathBuf;
use std::sync::Arc;

use crypto::random;
use domain::access::{NotAllowed, Object, Permission, Subject, User, allowed};
use store::{Folder, Store, StoreError, Touched};

use crate::brought::Brought;
use crate::carrying::Carrying;
use crate::codebook::Codebook;
use crate::command::Audit;
use crate::offered::{Offer, Offered, Offers};
use crate::pictures::{Picture, Pictures};
use crate::place::{self, Place};
use crate::refusal::{Code, Refusal};
use crate::running::Running;
use crate::seat::Seat;
use crate::sitting::{Chosen, ChosenPlace, Moment, Sitting, floor};
use crate::world::World;

/// The folder for bytes from a server, in the data folder.
pub(crate) const SCRATCH: &str = "fetched";

/// All that a person can do with a password that somebody else made.
const WITH_FIRST_PASSWORD: [&str; 2] = ["session", "change_password"];

/// The command that says what is damaged.
const TELLS_DAMAGE: &str = "check_store";

/// What the trail calls the first read of a person's chart, by whichever of its parts it came.
const OPENS: &str = "chart";

/// The desk of one data folder.
pub struct Desk {
    pub(crate) world: World,
    pub(crate) phase: Phase,
    /// The job that is under way.
    pub(crate) running: Option<Running>,
    /// When somebody typed or did something last, by the clock that only runs forward, in milliseconds.
    pub(crate) typed: u64,
    touched: Touched,
    /// Where whoever stands at the door chose to restore from.
    at_the_door: Option<Chosen>,
}

pub(crate) enum Phase {
    /// Nobody is signed in; the store's key is nowhere in memory.
    Door(Folder),
    /// Somebody is.
    Open(Box<Open>),
    /// Between the two, and after a failure between the two: the folder was let go.
    Gone,
}

pub(crate) struct Open {
    pub(crate) store: Store,
    pub(crate) place: Place,
    pub(crate) sitting: Sitting,
    pub(crate) pictures: Pictures,
    pub(crate) chosen: Option<Chosen>,
    /// Files that were handed over and are not filed yet.
    pub(crate) brought: Brought,
    /// Files that were dropped or pasted.
    pub(crate) offers: Offers,
    /// The names of illnesses, once somebody has looked for one.
    pub(crate) codebook: Option<Arc<Codebook>>,
    /// A page of the store was met that is not as it was written: how much of what was written here is elsewhere too,
    /// and how much is not, as far as that can still be counted.
    pub(crate) damage: Option<Damage>,
    /// The bytes of files on their way.
    pub(crate) carrying: Carrying,
}

/// What is known once a page of the store was found to be damaged.
#[derive(Clone, Copy)]
pub(crate) struct Damage {
    received: u64,
    waiting: u64,
}

impl Desk {
    /// The desk of the world's data folder, with nobody signed in.
    ///
    /// # Errors
    /// [`Code::StoreInUse`] while another process holds the folder.
    pub fn take(world: World) -> Result<Self, Refusal> {
        let folder = Folder::take(&world.folder)?;
        folder.end_swap()?;
        // What a program that was cut off fetched from a server is nobody's any more.
        std::fs::remove_dir_all(world.folder.join(SCRATCH)).ok();
        let typed = world.clock.monotonic();
        let (touched, at_the_door) = (Touched::default(), None);
        Ok(Self { world, phase: Phase::Door(folder), running: None, typed, touched, at_the_door })
    }

    /// Gives the picture or file of this id away, which a command has made for the person who sits here:
    /// once, and not after the screen was locked.
    pub fn picture(&mut self, id: &str) -> Option<Picture> {
        let Phase::Open(open) = &mut self.phase else { return None };
        open.pictures.take(self.world.clock.monotonic(), id)
    }

    /// The kinds of record that the body of the last command read and wrote.
    #[must_use]
    pub fn touched(&self) -> &Touched {
        &self.touched
    }

    /// Remembers where the person who sits here chose to keep a file, or whoever stands at the door to restore from; returns
    /// the id that stands for that place. So a page never names a place itself.
    ///
    /// # Errors
    /// When the screen is locked.
    pub fn chose(&mut self, place: PathBuf) -> Result<String, Refusal> {
        let id = domain::hex::encode(&random::<16>(&mut *self.world.entropy));
        let chosen = Some(Chosen { id: id.clone(), place });
        match &mut self.phase {
            Phase::Open(open) if open.sitting.locked => return Err(Refusal::new(Code::ScreenLocked)),
            Phase::Open(open) => open.chosen = chosen,
            Phase::Door(_) => self.at_the_door = chosen,
            Phase::Gone => return Err(Refusal::new(Code::NotSignedIn)),
        }
        Ok(id)
    }

    /// The same, with what the place is called.
    ///
    /// # Errors
    /// When the screen is locked.
    pub fn chose_named(&mut self, place: PathBuf) -> Result<ChosenPlace, Refusal> {
        // A whole disk has no name but its place.
        let name = place.file_name().unwrap_or(place.as_os_str()).to_string_lossy().into_owned();
        self.chose(place).map(|id| ChosenPlace { id, name })
    }

    /// Keeps a file that the person who sits here handed over under `name`, until it is filed; returns the id that stands
    /// for it.
    ///
    /// # Errors
    /// When nobody sits here, the screen is locked, or it is larger than any file.
    pub fn bring(&mut self, name: String, bytes: Vec<u8>) -> Result<String, Refusal> {
        let id = domain::hex::encode(&random::<16>(&mut *self.world.entropy));
        self.sat_at()?.brought.keep(id.clone(), name, bytes)?;
        Ok(id)
    }

    /// Remembers what the person who sits here dropped on the window or pasted into it, so that the page reads it by an id and
    /// never names a place itself.
    ///
    /// # Errors
    /// When nobody sits here, or the screen is locked.
    pub fn offer(&mut self, files: Vec<Offer>) -> Result<Vec<Offered>, Refusal> {
        let named = files.into_iter().map(|offer| {
            let id = domain::hex::encode(&random::<16>(&mut *self.world.entropy));
            Ok(self.sat_at()?.offers.keep(id, offer))
        });
        named.collect()
    }

    /// What the person who sits here dropped or pasted, by its id.
    ///
    /// # Errors
    /// When there is none of this id, nobody sits here, or the screen is locked.
    pub fn offered(&mut self, id: &str) -> Result<Offer, Refusal> {
        self.sat_at()?.offers.get(id).cloned().ok_or_else(|| Refusal::new(Code::NotFound))
    }

    /// What is open for the person who sits here.
    fn sat_at(&mut self) -> Result<&mut Open, Refusal> {
        match &mut self.phase {
            Phase::Open(open) if open.sitting.locked => Err(Refusal::new(Code::ScreenLocked)),
            Phase::Open(open) => Ok(open),
            _ => Err(Refusal::new(Code::NotSignedIn)),
        }
    }

    /// Where whoever stands at the door chose to restore from, under this id.
    pub(crate) fn chosen_at_the_door(&self, id: &str) -> Option<PathBuf> {
        self.at_the_door.as_ref().filter(|chosen| chosen.id == id).map(|chosen| chosen.place.clone())
    }

    /// Why nothing that writes a record is done now: the disk is short of room, a page of the store is damaged, nobody has
    /// let a restored workstation in yet, or entries that were written here are missing and may come back. What is written
    /// onto a damaged store may be lost with it, and what takes the place of missing entries could never be told from them.
    pub(crate) fn bars_writing(&self) -> Option<Refusal> {
        let Phase::Open(open) = &self.phase else { return None };
        if let Some(Damage { received, waiting }) = open.damage {
            let refusal = Refusal::new(Code::StoreDamaged).with("reason", "page");
            return Some(refusal.with("received", received).with("waiting", waiting));
        }
        let missing = open.store.missing();
        if missing > 0 {
            return Some(Refusal::new(Code::StoreBehind).with("missing", missing));
        }
        if open.place.restored {
            return Some(Refusal::new(Code::Restored));
        }
        open.store.folder().is_short().then(|| Refusal::new(Code::DiskFull))
    }

    /// Hears how a command ended: a damaged page stops whatever would write from then on.
    pub(crate) fn heard(&mut self, refusal: Refusal) -> Refusal {
        let Phase::Open(open) = &mut self.phase else { return refusal };
        if refusal.code != Code::StoreDamaged || refusal.fields.contains_key("file") {
            return refusal;
        }
        let counted = open.store.act().and_then(|act| act.counters(open.place.incarnation));
        let counted = counted.map(|counters| (counters.received, counters.waiting)).unwrap_or_default();
        open.damage = Some(Damage { received: counted.0, waiting: counted.1 });
        self.bars_writing().unwrap_or(refusal)
    }

    /// Runs `body` for the person who sits here without an entry of its own in the trail.
    pub(crate) fn quietly<O>(
        &mut self,
        body: impl FnOnce(&mut Seat) -> Result<O, Refusal>,
    ) -> Result<O, Refusal> {
        self.seated("session", Some(Permission::SessionUse), Audit::Never, body)
    }

    /// Runs the body of the command `name` for the person who sits here, if they may, and leaves the entry that
    /// `keeps` asks for in the same transaction. A refusal leaves no trace but its own entry. Whoever knows
    /// somebody's first password can do nothing with it but change it, which that person then finds out.
    pub(crate) fn seated<O>(
        &mut self,
        name: &str,
        permission: Option<Permission>,
        keeps: Audit,
        body: impl FnOnce(&mut Seat) -> Result<O, Refusal>,
    ) -> Result<O, Refusal> {
        let Phase::Open(open) = &mut self.phase else { return Err(Refusal::new(Code::NotSignedIn)) };
        let Open { store, place, sitting, pictures, chosen, brought, codebook, .. } = &mut **open;
        if sitting.locked {
            return Err(Refusal::new(Code::ScreenLocked));
        }
        store.folder().spend_reserve();
        let (act, folder) = store.act_and_folder()?;
        let moment = Moment::at(floor(&act, self.world.clock.now())?, &place.zone);
        let user: User = act.record(sitting.user)?.map(|record| record.state.record()).unwrap_or_default();
        let subject = Subject::of(sitting.user, &user, moment.today);
        let opened = sitting.opened;
        let mut seat = Seat::new(&act, folder, &mut self.world, place, sitting, subject, moment);
        seat.chosen = chosen.take();
        seat.brought = std::mem::take(brought);
        seat.codebook = codebook.take();
        seat.running = self.running.clone();
        let foreign = user.first_password == Some(true) && !WITH_FIRST_PASSWORD.contains(&name);
        act.touched();
        let permitted = match permission {
            _ if foreign => Err(Refusal::new(Code::PasswordNotChanged)),
            Some(permission) => allowed(&seat.subject, permission, Object::default()).map_err(|reason| {
                // The day by which it was judged is one that a wrong clock wrote down.
                let by_day = matches!(reason, NotAllowed::Licence | NotAllowed::Expired);
                let behind = by_day && seat.moment.is_ahead_of(seat.world.clock.now());
                if behind { Refusal::new(Code::ClockBehind) } else { reason.into() }
            }),
            None => Ok(()),
        };
        let result = permitted.and_then(|()| body(&mut seat));
        self.touched = seat.act.touched();
        let now = seat.moment.now;
        let opens = keeps == Audit::Opening && permission == Some(Permission::ChartRead) && result.is_ok();
        let audit = seat.note(if opens { OPENS } else { name }, result.as_ref().err());
        let patient = seat.patient;
        let (shown, after) = (std::mem::take(&mut seat.shown), std::mem::take(&mut seat.after));
        *chosen = seat.chosen.take();
        *brought = std::mem::take(&mut seat.brought);
        let went_on = seat.went_on;
        let replaces = seat.replaces.take();
        *codebook = seat.codebook.take();
        match result {
            Ok(answer) => {
                let tells_damage = name == TELLS_DAMAGE;
                let due = match keeps {
                    Audit::Never => false,
                    Audit::Always => true,
                    Audit::Opening => patient != opened,
                };
                let noted = (|| {
                    if due {
                        act.audit(&place.key, &mut *self.world.entropy, audit)?;
                        act.note_clock(now)?;
                    }
                    act.commit()
                })();
                match noted {
                    // What is wrong with the store is told, also where its trail is what is damaged.
                    Err(StoreError::Damaged(_) | StoreError::NotOpened) if tells_damage => {}
                    noted => noted?,
                }
                pictures.keep(self.world.clock.monotonic(), shown);
                if keeps == Audit::Opening {
                    sitting.opened = patient;
                }
                if let Some(stage) = replaces {
                    self.close();
                    if let Phase::Door(folder) = &self.phase {
                        folder.swap(stage)?;
                    }
                    return Ok(answer);
                }
                if went_on {
                    let follows = store.went_on().map_err(Refusal::from);
                    match follows.and_then(|()| place::read(&store.act()?)) {
                        Ok(here) => *place = here,
                        // It has gone on. Nothing more is written here as what it was: whoever signs in next opens it anew.
                        Err(_) => {
                            self.close();
                            return Ok(answer);
                        }
                    }
                    sitting.issuing = None;
                }
                for work in after {
                    work(store, place, &mut self.world)?;
                }
                Ok(answer)
            }
            Err(refusal) => {
                drop(act);
                let barred = [Code::NotPermitted, Code::PasswordNotChanged].contains(&refusal.code);
                if keeps != Audit::Never || barred {
                    let act = store.act()?;
                    act.audit(&place.key, &mut *self.world.entropy, audit)?;
                    act.commit()?;
                }
                Err(refusal)
            }
        }
    }
}
