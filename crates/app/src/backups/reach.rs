//! The way to a target: a folder where it was, a stick wherever it is plugged in, or the clinic's server. It may never answer:
//! jobs ask it without the desk, and an order of a person, who is told at once, holds the desk for a [`LOOK`] at most.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crypto::StoreKey;
use domain::clinic::Workstation;
use domain::{ClinicId, Incarnation, RecordId};
use store::Act;
use store::backup::{Backup, BackupFault, Target};

use super::kept::Kept;
use super::remote::{Line, Remote, Writes};
use crate::patience::{begin, within};
use crate::people::store_key;
use crate::place::Place;
use crate::refusal::Refusal;
use crate::sync;
use crate::world::World;

/// Where this machine shows what is plugged into it.
pub(crate) type Mounts = Arc<dyn Fn() -> Vec<PathBuf> + Send + Sync>;

/// Nobody waits longer until a place says whose it is.
pub(crate) const LOOK: Duration = Duration::from_secs(3);

/// What the target `about` of the desk of this data folder is called while it hangs.
pub(crate) fn called(folder: &Path, about: &str) -> String {
    format!("{} {about}", folder.display())
}

/// The way to one target.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "there is one a run")]
pub(crate) enum Way {
    /// A folder or a stick.
    Place(Kept, Mounts),
    /// The server.
    Server(Box<ToServer>),
    /// The clinic has no server any more.
    NoServer,
}

/// What is needed to reach the backups of this installation at the server.
#[derive(Clone)]
pub(crate) struct ToServer {
    line: Line,
    key: StoreKey,
    writes: Writes,
    /// The last point that is known to be there.
    since: u64,
}

/// A target that was found.
pub(crate) enum Found {
    /// In this place.
    Place(Target, PathBuf),
    /// At the server.
    Server(Box<ToServer>),
}

impl Way {
    /// The way to the target `kept` from here, where the data folder is `root`.
    ///
    /// # Errors
    /// [`Refusal`].
    pub(crate) fn to(
        act: &Act,
        place: &Place,
        world: &mut World,
        root: &Path,
        kept: Kept,
    ) -> Result<Self, Refusal> {
        if !kept.is_server() {
            return Ok(Self::Place(kept, Arc::clone(&world.mounts)));
        }
        let Some(line) = line(act, world, root)? else { return Ok(Self::NoServer) };
        let workstation: Option<Workstation> =
            act.record(place.workstation)?.map(|record| record.state.record());
        let writes = Writes {
            key: place.key.clone(),
            workstation: place.workstation,
            door: place.door,
            name: workstation.and_then(|workstation| workstation.name).unwrap_or_default(),
        };
        let since = kept.last_of(place.incarnation).map_or(0, |last| last.point.number);
        Ok(Self::Server(Box::new(ToServer { line, key: store_key(act)?, writes, since })))
    }

    /// Whether bytes go over a line there.
    pub(crate) fn is_far(&self) -> bool {
        !matches!(self, Self::Place(..))
    }

    /// Where it is now.
    ///
    /// # Errors
    /// [`BackupFault::Gone`], [`BackupFault::Hangs`].
    pub(crate) fn find(&self) -> Result<Found, BackupFault> {
        match self {
            Self::Place(kept, mounts) => {
                let seen = Seen::look([kept], mounts);
                let place = seen.place(kept)?;
                Ok(Found::Place(Target::at(&place), place))
            }
            Self::Server(to) => Ok(Found::Server(to.clone())),
            Self::NoServer => Err(BackupFault::Gone),
        }
    }
}

/// The way to the clinic's server, where it has one.
pub(crate) fn line(act: &Act, world: &mut World, root: &Path) -> Result<Option<Line>, Refusal> {
    let Some(url) = sync::server(act)? else { return Ok(None) };
    let server = sync::known_server(act)?;
    Ok(Some(Line::to(Arc::clone(&world.transport), url, root, server, &mut *world.entropy)))
}

impl Found {
    /// The backup of the installation `own` of `clinic`, which is begun where it is missing.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub(crate) fn backup(
        &self,
        clinic: ClinicId,
        own: Incarnation,
        name: &str,
    ) -> Result<Backup, BackupFault> {
        match self {
            Self::Place(target, _) => target.backup(clinic, own, name),
            Self::Server(to) => to.open(clinic, own, to.since)?.begin(),
        }
    }

    /// The backup of the installation `own` of `clinic`, where there is one, with all its points.
    ///
    /// # Errors
    /// [`BackupFault`].
    pub(crate) fn find(&self, clinic: ClinicId, own: Incarnation) -> Result<Option<Backup>, BackupFault> {
        match self {
            Self::Place(target, _) => Ok(target.find(clinic, own)),
            Self::Server(to) => Ok(Some(Backup::on(to.open(clinic, own, 0)?))),
        }
    }

    /// Whether it lies on the disk of the data folder.
    pub(crate) fn is_on_the_disk_of(&self, folder: &Path) -> bool {
        match self {
            Self::Place(target, _) => target.is_on_the_disk_of(folder),
            Self::Server(_) => false,
        }
    }

    /// Where it is, in a word.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Place(_, place) => place.to_string_lossy().into_owned(),
            Self::Server(to) => to.line.url.clone(),
        }
    }
}

impl ToServer {
    fn open(&self, clinic: ClinicId, own: Incarnation, since: u64) -> Result<Remote, BackupFault> {
        Remote::open(self.line.clone(), (clinic, own), (&self.key, Some(self.writes.clone())), None, since)
    }
}

/// What is found in the places in which targets may be.
pub(crate) struct Seen {
    /// Where each target is.
    places: BTreeMap<RecordId, PathBuf>,
    /// The places that do not answer.
    hanging: Vec<PathBuf>,
}

impl Seen {
    /// Looks where the targets `of` are now: at each place on a thread of its own, and no longer than [`LOOK`].
    pub(crate) fn look<'a>(of: impl IntoIterator<Item = &'a Kept>, mounts: &Mounts) -> Self {
        let of: Vec<&Kept> = of.into_iter().collect();
        let mut places: Vec<PathBuf> = of.iter().map(|kept| PathBuf::from(&kept.path)).collect();
        let mounts = Arc::clone(mounts);
        let all = format!("mounts {:p}", Arc::as_ptr(&mounts));
        places.extend(within(&all, LOOK, move || mounts()).unwrap_or_default());
        let asked: Vec<_> = places
            .into_iter()
            .map(|place| {
                let there = place.clone();
                (begin(&place.to_string_lossy(), move || Target::at(&there).mark()), place)
            })
            .collect();
        let mut seen = Self { places: BTreeMap::new(), hanging: Vec::new() };
        let mut left = LOOK;
        for (begun, place) in asked {
            let Some(begun) = begun else {
                seen.hanging.push(place);
                continue;
            };
            match begun.within(left) {
                Some(Some(mark)) => {
                    seen.places.entry(mark.target).or_insert(place);
                }
                Some(None) => {}
                None => {
                    // The others have had as long to answer.
                    left = AT_ONCE;
                    seen.hanging.push(place);
                }
            }
        }
        seen
    }

    /// Where the target `kept` is.
    ///
    /// # Errors
    /// [`BackupFault::Hangs`] where the place at which it was does not answer, [`BackupFault::Gone`].
    pub(crate) fn place(&self, kept: &Kept) -> Result<PathBuf, BackupFault> {
        match self.places.get(&kept.id) {
            Some(place) => Ok(place.clone()),
            None if self.hanging.contains(&PathBuf::from(&kept.path)) => Err(BackupFault::Hangs),
            None => Err(BackupFault::Gone),
        }
    }
}

/// For whoever has had time to answer.
const AT_ONCE: Duration = Duration::from_millis(50);
