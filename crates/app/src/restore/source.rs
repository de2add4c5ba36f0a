//! A backup that was opened: the folder of an installation at one of its points, or a store that was set aside here, which is
//! read as its own backup would be.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crypto::backup::blob_name;
use crypto::{Head, Secret, Signed, SigningKey, StoreKey};
use domain::backup::{
    EPOCH, FORMAT, Held, KEY, LARGEST_SEGMENT, Local, LogRow, NAME, Point, Segment, Stored, Stream, covering,
    point_name, segment_name,
};
use domain::restore::{Barred, Source as Said};
use domain::wire::{Bytes, Message, Wire};
use domain::{ClinicId, Digest, Incarnation, RecordId, Value, Zone, kinds};
use store::backup::{Backup, BackupFault, Target, claimed_point, open_local, open_point, open_segment};
use store::{BlobState, Folder, Signer, Store, StoreError, Wanted};
use uuid::Uuid;

use super::older::{no_older, with_older};
use super::papers::{Opened, aside_key, by_papers, open_nothing, others};
use super::{Restore, SourcePoint, refused};
use crate::backups::{Line, Remote};
use crate::patience::within;
use crate::people::SHEET_SLOT;
use crate::refusal::{Code, Refusal};
use crate::trust;

/// The folder of an installation in a place.
#[derive(Clone)]
pub(super) struct Found {
    name: String,
    backup: Backup,
    /// Whose it is, where that is known, and what opened it already.
    opened: Option<(Incarnation, Opened)>,
}

/// A backup, or a store that was set aside.
pub(crate) struct Source {
    /// What its folder is called.
    pub(super) installation: String,
    /// The record of the workstation.
    pub(super) workstation: RecordId,
    /// What the log has not.
    pub(super) local: Local,
    point: Point,
    /// The slot that the sheet opened.
    sheet: Option<Vec<u8>>,
    /// Later points that do not open.
    passed: Vec<String>,
    read: Read,
}

enum Read {
    Backup { backup: Backup, key: StoreKey, point: Vec<u8> },
    Aside(Box<RefCell<Store>>),
}

/// From where a backup comes.
pub(super) enum From {
    /// What holds the folder `ClinicDesk`, that folder, or the folder of one installation.
    Place(PathBuf),
    /// The server, over this line.
    Server(Box<Line>),
}

/// With what the backups at a server are opened.
#[derive(Clone)]
pub(super) enum With<'a> {
    /// The key of the store here, whose workstation its slots name so.
    Own(&'a StoreKey, RecordId),
    /// What is on paper.
    Papers(&'a str),
    /// Nothing yet.
    Nothing,
}

/// Nobody waits longer until a place says what lies there.
const A_LOOK: Duration = Duration::from_secs(20);

/// The object that says of which workstation a backup is.
const OF_WORKSTATION: &str = "slots/workstation";
/// The server's word for a question under a key that is not the reader's.
const OTHERS_KEY: &str = "false_signature";
/// So many folders of one installation are looked at, the latest first, whatever a server says of them.
const MOST_FOLDERS: usize = 10_000;

/// The installations whose backups lie there. Those in a place are found without opening anything, those at a server only
/// with what opens them.
///
/// # Errors
/// [`Code::BackupRefused`] where it does not answer, [`Code::WrongSheet`].
pub(super) fn installed(from: &From, with: &With) -> Result<Vec<Found>, Refusal> {
    match from {
        From::Place(place) => {
            let there = place.clone();
            let found = within(&place.to_string_lossy(), A_LOOK, move || installed_in(&there));
            found.unwrap_or(Err(BackupFault::Hangs)).map_err(fault)
        }
        From::Server(line) => at_server(line, with),
    }
}

fn installed_in(place: &Path) -> Result<Vec<Found>, BackupFault> {
    let found = Target::around(place)?.into_iter();
    Ok(found.map(|found| Found { name: found.name, backup: found.backup, opened: None }).collect())
}

/// Those at the server that `with` opens: each of their folders by itself, as far as it opens a point there.
fn at_server(line: &Line, with: &With) -> Result<Vec<Found>, Refusal> {
    let (clinic, doors) = line.doors().map_err(fault)?;
    let mut found = Vec::new();
    for door in doors {
        // Whoever stole a key may have brought slots behind the true ones.
        let slots = |name: &str| {
            let earlier = door.earlier.iter().filter_map(|earlier| earlier.get(name)).flatten();
            Ok(door.slots.get(name).into_iter().chain(earlier).map(|slot| slot.0.clone()).collect())
        };
        let opened = match with {
            With::Own(key, workstation) if *workstation == door.workstation => {
                Ok(vec![Opened { key: (*key).clone(), sheet: None }])
            }
            With::Own(..) | With::Nothing => continue,
            With::Papers(papers) => by_papers(papers, door.workstation, slots),
        };
        let opened = match opened {
            Err(refusal) if open_nothing(&refusal) => return Err(refusal),
            Err(_) => continue,
            Ok(opened) => opened,
        };
        for opened in opened {
            let open = |number| {
                Remote::open(line.clone(), (clinic, door.incarnation), (&opened.key, None), number, 0)
            };
            let last = match open(None) {
                Ok(last) => last,
                // Another store's key once was this workstation's, or somebody sealed one to the clinic.
                Err(BackupFault::Refused(code)) if code == OTHERS_KEY => continue,
                Err(other) => return Err(fault(other)),
            };
            let number = last.number();
            found.push(Found::at_server(Backup::on(last), &opened, door.incarnation, None));
            for before in (0..number).rev().take(MOST_FOLDERS) {
                let earlier = Backup::on(open(Some(before)).map_err(fault)?);
                found.push(Found::at_server(earlier, &opened, door.incarnation, Some(before + 1)));
            }
            break;
        }
    }
    let mut opening = Vec::new();
    for found in found {
        if found.latest().next().transpose()?.is_some() {
            opening.push(found);
        }
    }
    if opening.is_empty() && matches!(with, With::Papers(_)) {
        return Err(others());
    }
    Ok(opening)
}

fn name_of(place: &Path) -> String {
    place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

impl Found {
    /// One at the server, called as its folder would be.
    fn at_server(backup: Backup, opened: &Opened, of: Incarnation, before: Option<u64>) -> Self {
        let said = backup.read(NAME).ok().and_then(|name| String::from_utf8(name).ok()).unwrap_or_default();
        let name = store::backup::folder_name(&said, of);
        let name = before.map_or_else(|| name.clone(), |number| format!("{name}-before-{number}"));
        Self { name, backup, opened: Some((of, opened.clone())) }
    }

    pub(super) fn name(&self) -> String {
        self.name.clone()
    }

    pub(super) fn points(&self) -> Vec<u64> {
        self.backup.points().unwrap_or_default()
    }

    /// The latest points as they say of themselves, the last first; nobody has looked at their signatures. Where it is known
    /// what opens them these are the ones that open.
    pub(super) fn latest(&self) -> impl Iterator<Item = Result<Point, Refusal>> {
        let numbers = self.points().into_iter().rev();
        numbers.filter_map(|number| match self.point(number) {
            Err(BackupFault::Missing(_) | BackupFault::Damaged(_) | BackupFault::Failed) => None,
            read => Some(read.map(|(point, _)| point).map_err(fault)),
        })
    }

    /// The point with this number, and its bytes: the first that came and opens. Who has the workstation's key signs another
    /// one, and cannot seal what stands in it.
    fn point(&self, number: u64) -> Result<(Point, Vec<u8>), BackupFault> {
        self.backup.first_opened(&point_name(number), |bytes| {
            let point = claimed_point(bytes).filter(|point| point.number == number)?;
            let opens =
                |(of, opened): &(Incarnation, Opened)| *of == point.incarnation && opens(&opened.key, &point);
            self.opened.as_ref().is_none_or(opens).then(|| (point, bytes.to_vec()))
        })
    }

    /// Its point `number`, where it is known what opens it.
    pub(super) fn opened_at(self, number: u64) -> Option<Source> {
        let (_, opened) = self.opened.clone()?;
        Source::of(self, opened, number, || refused("damaged")).ok()
    }

    /// Whether it lies at a server.
    pub(super) fn is_far(&self) -> bool {
        self.backup.keeps_all()
    }

    /// Whether it opens with that.
    fn opens(&self, with: &With) -> Result<(), Refusal> {
        match with {
            With::Papers(papers) => self.by_papers(papers).map(drop),
            With::Own(key, _) => match self.latest().next().transpose()? {
                Some(point) if opens(key, &point) => Ok(()),
                _ => Err(Refusal::missing("papers")),
            },
            With::Nothing => Ok(()),
        }
    }

    /// The bytes of the newest point: what was copied has the same.
    fn newest(&self) -> Option<Vec<u8>> {
        self.backup.point(*self.points().last()?).ok()
    }

    /// The number of the newest point that `key` opens, and the names of the later ones. Where it opens none, the newest is
    /// told as it is.
    fn newest_opening(&self, key: &StoreKey) -> Result<(Option<u64>, Vec<String>), BackupFault> {
        let newest = self.backup.newest(|number, bytes| {
            let point = claimed_point(bytes).filter(|point| point.number == number)?;
            opens(key, &point).then_some(number)
        })?;
        match newest.point {
            Some(number) => Ok((Some(number), newest.passed)),
            None => Ok((self.points().last().copied(), Vec::new())),
        }
    }

    /// What opens it, by what is on paper.
    fn by_papers(&self, papers: &str) -> Result<Opened, Refusal> {
        if let Some((_, opened)) = &self.opened {
            return Ok(opened.clone());
        }
        let slot = |name: &str| self.backup.read(name).map_err(|fault| fault_of(name, fault));
        // Every point needs it.
        let damaged = || no_older(refused("damaged").with("object", OF_WORKSTATION));
        let workstation =
            slot(OF_WORKSTATION).map_err(|refusal| match refusal.fields.contains_key("object") {
                true => no_older(refusal),
                false => refusal,
            })?;
        let workstation = Uuid::from_slice(&workstation).map(RecordId).map_err(|_| damaged())?;
        let opened = by_papers(papers, workstation, |name| Ok(vec![slot(name)?]))?;
        opened.into_iter().next().ok_or_else(|| Refusal::new(Code::WrongSheet))
    }
}

/// Whether the store's key opens what no log has of this point.
pub(super) fn opens(key: &StoreKey, point: &Point) -> bool {
    open_local(&key.derive(KEY), point).is_some()
}

impl Source {
    /// Opens the backup that `input` means, there: with the key of the store here, or with what is on paper.
    ///
    /// # Errors
    /// [`Code::BackupRefused`] with the reason, [`Code::WrongSheet`] with the line.
    pub(super) fn open(
        from: &From,
        input: &Restore,
        (own, door): (&StoreKey, RecordId),
        zone: &Zone,
    ) -> Result<Self, Refusal> {
        let with = input.papers.as_deref().map_or(With::Own(own, door), With::Papers);
        let found = one_of(from, &with, input.installation.as_deref())?;
        let opened = match &input.papers {
            Some(papers) => found.by_papers(papers)?,
            None => Opened { key: own.clone(), sheet: None },
        };
        let lacks = || if input.papers.is_some() { refused("damaged") } else { Refusal::missing("papers") };
        Self::at(found, opened, input.point, zone, lacks)
    }

    /// The same on a computer that knows nothing: what is on paper opens it.
    pub(super) fn by_papers(
        from: &From,
        installation: Option<&str>,
        point: Option<u64>,
        papers: &str,
        zone: &Zone,
    ) -> Result<Self, Refusal> {
        let found = one_of(from, &With::Papers(papers), installation)?;
        let opened = found.by_papers(papers)?;
        Self::at(found, opened, point, zone, || refused("damaged"))
    }

    fn at(
        mut found: Found,
        opened: Opened,
        point: Option<u64>,
        zone: &Zone,
        lacks: impl Fn() -> Refusal,
    ) -> Result<Self, Refusal> {
        let (number, passed) = match (point, &found.opened) {
            (Some(point), _) => (Some(point), Vec::new()),
            (None, Some(_)) => (found.latest().next().transpose()?.map(|point| point.number), Vec::new()),
            (None, None) => found.newest_opening(&opened.key).map_err(fault)?,
        };
        let number = number.ok_or_else(|| refused("empty"))?;
        let source = Self::of(found.clone(), opened.clone(), number, lacks);
        source.map(|source| Self { passed, ..source }).map_err(|refusal| {
            let mut genuine = found.latest().flatten().filter(|point| opens(&opened.key, point));
            let of = genuine.next().map(|point| point.incarnation);
            drop(genuine);
            found.opened = of.map(|of| (of, opened));
            with_older(refusal, &found, number, zone)
        })
    }

    /// The installation at its point `number`.
    fn of(found: Found, opened: Opened, number: u64, lacks: impl Fn() -> Refusal) -> Result<Self, Refusal> {
        let (point, bytes) = found.point(number).map_err(|fault| fault_of(&point_name(number), fault))?;
        let local = open_local(&opened.key.derive(KEY), &point).ok_or_else(lacks)?;
        let workstation = workstation_in(&local).ok_or_else(|| refused("damaged"))?;
        let Opened { key, sheet } = opened;
        let read = Read::Backup { backup: found.backup, key, point: bytes };
        Ok(Self { installation: found.name, workstation, local, point, sheet, passed: Vec::new(), read })
    }

    /// The names of later points that do not open: what was backed up then may be lacking.
    pub(super) fn passed(&self) -> &[String] {
        &self.passed
    }

    /// `refusal` with the newest point before this one that is whole.
    pub(super) fn with_older(&self, refusal: Refusal, zone: &Zone) -> Refusal {
        let Read::Backup { backup, key, .. } = &self.read else { return refusal };
        let opened = Opened { key: key.clone(), sheet: self.sheet.clone() };
        let opened = Some((self.point.incarnation, opened));
        let found = Found { name: self.installation.clone(), backup: backup.clone(), opened };
        with_older(refusal, &found, self.point.number, zone)
    }

    /// A store that was set aside here. It opens with the key of this one, or, where this one is another computer's, by what
    /// is on paper.
    pub(super) fn aside(place: &Path, own: &StoreKey, papers: Option<&str>) -> Result<Self, Refusal> {
        let folder = Folder::take(place)?;
        let key = match papers {
            Some(papers) => aside_key(&folder, papers)?,
            None => own.clone(),
        };
        let mut store = Store::open(folder, &key, &mut |_, _| {}).map_err(|error| match (error, papers) {
            (StoreError::NotOpened, None) => Refusal::missing("papers"),
            _ => refused("damaged"),
        })?;
        let act = store.act()?;
        let id = |name: &str| -> Result<Uuid, Refusal> {
            let kept = act.local(name)?.and_then(|bytes| Uuid::from_slice(&bytes).ok());
            kept.ok_or_else(|| refused("damaged"))
        };
        let (clinic, incarnation) = (ClinicId(id("clinic")?), Incarnation(id("incarnation")?));
        let seed = act.local("workstation_key")?.and_then(|bytes| Secret::from_slice(&bytes));
        let key = SigningKey::from_seed(seed.ok_or_else(|| refused("damaged"))?);
        let now = act.clock()?;
        act.sign_heads(&Signer { clinic, incarnation, key: &key, now })?;
        let through: Vec<_> = Stream::ALL
            .iter()
            .map(|stream| Ok((*stream, act.stream_end(*stream)?)))
            .collect::<Result<_, Refusal>>()?;
        let local = act.backup_local(u64::MAX >> 1)?;
        let workstation = RecordId(id("workstation")?);
        let point = Point {
            v: FORMAT,
            clinic,
            workstation,
            incarnation,
            number: 0,
            at: now,
            sort: String::new(),
            epoch: EPOCH,
            schema: kinds::SCHEMA,
            app: String::new(),
            entries: act.op_count()?,
            former: act.former()?,
            through: through.into_iter().map(|(stream, end)| (stream.word().to_owned(), end)).collect(),
            segments: Vec::new(),
            logs: act.log_ends(incarnation)?,
            kinds: None,
            blobs: Held::NONE,
            files: Held::NONE,
            local: Bytes(Vec::new()),
            before: None,
        };
        drop(act);
        let read = Read::Aside(Box::new(RefCell::new(store)));
        let (installation, passed) = (name_of(place), Vec::new());
        Ok(Self { installation, workstation, local, point, sheet: None, passed, read })
    }

    pub(super) fn incarnation(&self) -> Incarnation {
        self.point.incarnation
    }

    pub(super) fn number(&self) -> u64 {
        self.point.number
    }

    pub(super) fn point(&self) -> &Point {
        &self.point
    }

    pub(super) fn shown(&self, zone: &Zone) -> SourcePoint {
        super::shown(&self.point, zone)
    }

    /// The folder of the backup, and the key of the store that it is of; none of a store that was set aside.
    pub(super) fn backup(&self) -> Option<(&Backup, &StoreKey)> {
        match &self.read {
            Read::Backup { backup, key, .. } => Some((backup, key)),
            Read::Aside(_) => None,
        }
    }

    /// The slot for the sheet: the one that the sheet opened, or the last.
    ///
    /// # Errors
    /// [`Refusal`].
    pub(super) fn sheet(&self) -> Result<Vec<u8>, Refusal> {
        match (&self.sheet, &self.read) {
            (Some(sheet), _) => Ok(sheet.clone()),
            (None, Read::Backup { backup, .. }) => {
                backup.read(SHEET_SLOT).map_err(|fault| fault_of(SHEET_SLOT, fault))
            }
            (None, Read::Aside(_)) => Err(refused("set_aside")),
        }
    }

    /// What it says that it holds, for the plan.
    ///
    /// # Errors
    /// [`Refusal`].
    pub(super) fn said(&self) -> Result<Said, Refusal> {
        let logs = self
            .point
            .logs
            .iter()
            .filter_map(|end| Some(((end.incarnation, end.scope?), (end.size, end.root))));
        Ok(Said {
            clinic: self.point.clinic,
            schema: self.point.schema,
            logs: logs.collect(),
            gap: self.gap().map(|(_, from, to)| (from, to)),
        })
    }

    /// The first places that no object covers, and of which stream.
    fn gap(&self) -> Option<(Stream, u64, u64)> {
        let Read::Backup { backup, .. } = &self.read else { return None };
        let Ok(names) = backup.segments() else { return None };
        Stream::ALL.iter().find_map(|stream| {
            let through = self.point.through(*stream);
            let from = self.covers(&names, *stream).err()?;
            let after = names.iter().filter(|(of, start, _)| of == stream && *start > from);
            let to = after.map(|(_, start, _)| start - 1).min().unwrap_or(through);
            Some((*stream, from, to))
        })
    }

    /// Why `barred`, with what is missing by name.
    pub(super) fn barred(&self, barred: Barred) -> Refusal {
        let refusal = super::barred(barred);
        match self.gap() {
            Some((stream, from, to)) if matches!(barred, Barred::Gap { .. }) => {
                let mut own = self.point.segments(stream);
                let own = own.find(|own| (own.from..=own.through).contains(&from));
                let object = own.map_or_else(|| segment_name(stream, from, to), Stored::name);
                refusal.with("stream", stream.word()).with("object", object)
            }
            _ => refusal,
        }
    }

    /// The names of the segments that it needs.
    ///
    /// # Errors
    /// [`Code::BackupRefused`] where one is missing.
    pub(super) fn needed(&self) -> Result<Vec<String>, Refusal> {
        let Read::Backup { backup, .. } = &self.read else { return Ok(Vec::new()) };
        let names = backup.segments().map_err(fault)?;
        let mut needed = Vec::new();
        for stream in Stream::ALL {
            let covered = self.covers(&names, *stream).map_err(|_| refused("gap"))?;
            needed.extend(covered.iter().map(|(from, to, _)| segment_name(*stream, *from, *to)));
        }
        Ok(needed)
    }

    /// The segments that cover `stream`, with their digests where they are those of the point itself: where these are all
    /// there, nothing that came since stands in their place.
    fn covers(
        &self,
        names: &[(Stream, u64, u64)],
        stream: Stream,
    ) -> Result<Vec<(u64, u64, Option<Digest>)>, u64> {
        let through = self.point.through(stream);
        let own: Vec<&Stored> = self.point.segments(stream).collect();
        let places = || own.iter().map(|stored| (stream, stored.from, stored.through));
        if places().all(|place| names.contains(&place)) && covering(places(), stream, through).is_ok() {
            return Ok(own.iter().map(|own| (own.from, own.through, Some(own.sha256))).collect());
        }
        let covered = covering(names.iter().copied(), stream, through)?;
        Ok(covered.into_iter().map(|(from, to)| (from, to, None)).collect())
    }

    /// Whether the holder of `public` signed the point; what was set aside here was never out of this computer's hands.
    pub(super) fn is_signed_by(&self, public: &[u8; 32]) -> bool {
        match &self.read {
            Read::Backup { point, .. } => open_point(public, point).as_ref() == Some(&self.point),
            Read::Aside(_) => true,
        }
    }

    /// Gives each segment of `stream` to `each`, in order.
    ///
    /// # Errors
    /// [`Code::BackupRefused`] with the name of the first object that is damaged or gone.
    pub(super) fn segments(
        &self,
        stream: Stream,
        each: &mut dyn FnMut(Segment) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let through = self.point.through(stream);
        match &self.read {
            Read::Backup { backup, key, .. } => {
                let key = key.derive(KEY);
                let covered = self.covers(&backup.segments().map_err(fault)?, stream);
                let gap = |from| self.barred(Barred::Gap { from, to: from });
                for (from, to, digest) in covered.map_err(gap)? {
                    let name = segment_name(stream, from, to);
                    let open =
                        |bytes: &[u8]| open_segment(&key, self.point.incarnation, (stream, from, to), bytes);
                    let segment = match digest {
                        Some(digest) => backup
                            .read_as(&name, &digest)
                            .and_then(|bytes| open(&bytes).ok_or_else(|| BackupFault::Damaged(name.clone()))),
                        None => backup.opened(&name, open),
                    };
                    each(segment.map_err(|fault| fault_of(&name, fault))?)?;
                }
            }
            Read::Aside(store) => {
                let mut after = 0;
                loop {
                    let part = {
                        let mut store = store.borrow_mut();
                        let act = store.act()?;
                        act.stream_rows(stream, after, through, LARGEST_SEGMENT)?
                    };
                    let (more, end) = (part.more, part.through);
                    each(Segment { v: FORMAT, stream, from: after + 1, through: end, rows: part.rows })?;
                    if !more {
                        break;
                    }
                    after = end;
                }
            }
        }
        Ok(())
    }

    /// All bytes of the blob with this digest; none where they do not lie there, or not as they were.
    ///
    /// # Errors
    /// [`Code::BackupRefused`] where the whole place is not there any more.
    pub(super) fn blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Refusal> {
        match &self.read {
            Read::Backup { backup, key, .. } => {
                backup.whole_blob(key, self.point.incarnation, digest).map_err(fault)
            }
            Read::Aside(store) => match store.borrow_mut().act()?.whole_blob(digest) {
                Err(StoreError::Io(_)) => Ok(None),
                read => Ok(read?),
            },
        }
    }

    /// How many of these blobs lie here and are none of the `bad` ones.
    ///
    /// # Errors
    /// [`Refusal`].
    pub(super) fn holds(&self, wanted: &[Wanted], bad: &BTreeSet<Digest>) -> Result<u64, Refusal> {
        let digests = wanted.iter().filter_map(|wanted| wanted.blob.digest());
        let digests = digests.filter(|digest| !bad.contains(digest));
        match &self.read {
            Read::Backup { backup, key, .. } => {
                let (key, there) = (key.derive(KEY), backup.blobs().map_err(fault)?);
                let lies = |digest: &Digest| there.contains(&blob_name(&key, digest));
                Ok(digests.filter(lies).count() as u64)
            }
            Read::Aside(store) => {
                let mut store = store.borrow_mut();
                let act = store.act()?;
                let mut held = 0;
                for digest in digests {
                    held += u64::from(act.blob(&digest)?.is_some_and(|blob| blob.state == BlobState::Here));
                }
                Ok(held)
            }
        }
    }

    /// Gives each transaction of the log to `each`, as far as the point reaches.
    ///
    /// # Errors
    /// [`Refusal`].
    pub(super) fn log(&self, each: &mut dyn FnMut(LogRow) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let through = self.point.through(Stream::Log);
        self.segments(Stream::Log, &mut |segment| {
            for bytes in &segment.rows {
                let row = LogRow::from_bytes(&bytes.0).map_err(|_| refused("damaged"))?;
                if row.place <= through {
                    each(row)?;
                }
            }
            Ok(())
        })
    }

    /// The last heads that workstations signed over their logs.
    pub(super) fn heads(&self) -> Vec<Bytes> {
        let rows = self.local.tables.get("local").into_iter().flatten();
        let heads = rows.filter(|row| {
            row.get("name").and_then(Value::as_text).is_some_and(|name| name.starts_with("head/"))
        });
        heads
            .filter_map(|row| match row.get("value") {
                Some(Value::Bytes(bytes)) => Some(Bytes(bytes.clone())),
                _ => None,
            })
            .collect()
    }

    /// The certificates that lead from the clinic's root to the installation, as it kept them itself.
    pub(super) fn chain(&self) -> Option<Vec<Bytes>> {
        Vec::from_value(&domain::cbor::decode(self.kept(trust::CHAIN)?).ok()?)
    }

    /// What the installation kept for itself under `name`.
    pub(super) fn kept(&self, name: &str) -> Option<&[u8]> {
        let mut rows = self.local.tables.get("local").into_iter().flatten();
        let row = rows.find(|row| row.get("name").and_then(Value::as_text) == Some(name))?;
        match row.get("value")? {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Those of the installation itself, with what they say.
    pub(super) fn own_heads(&self) -> Vec<(Head, Bytes)> {
        let claimed =
            |bytes: Bytes| Some((Signed::<Head>::from_bytes(&bytes.0).ok()?.claimed().ok()?, bytes));
        let own = |head: &(Head, Bytes)| head.0.incarnation == self.point.incarnation;
        self.heads().into_iter().filter_map(claimed).filter(own).collect()
    }
}

/// The one installation that is meant there: of several the only one that `with` opens. Where somebody copied its folder any of
/// them is it.
fn one_of(from: &From, with: &With, named: Option<&str>) -> Result<Found, Refusal> {
    let mut found = installed(from, with)?;
    if let Some(named) = named {
        found.retain(|found| found.name == named);
    }
    if found.len() <= 1 {
        return found.pop().ok_or_else(|| refused("empty"));
    }
    let fitting = fitting(found, with)?;
    let newest = fitting.first().and_then(Found::newest);
    let are_one = newest.is_some() && fitting.iter().all(|found| found.newest() == newest);
    let several = fitting.len() > 1 && !are_one;
    let first = fitting.into_iter().next().filter(|_| !several);
    first.ok_or_else(|| Refusal::missing("installation"))
}

/// Those that `with` opens.
///
/// # Errors
/// [`Code::WrongSheet`] where papers open none of them.
pub(super) fn fitting(found: Vec<Found>, with: &With) -> Result<Vec<Found>, Refusal> {
    let mut refusals = Vec::new();
    let mut fits = |found: &Found| found.opens(with).map_err(|refusal| refusals.push(refusal)).is_ok();
    let (fitting, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| fits(found));
    match with {
        With::Papers(_) if fitting.is_empty() => {
            // What is wrong with the papers is told before what is wrong with a backup.
            refusals.sort_by_key(|refusal| (!open_nothing(refusal), refusal.code != Code::BackupRefused));
            Err(refusals.into_iter().next().unwrap_or_else(others))
        }
        _ if fitting.is_empty() => Ok(rest),
        _ => Ok(fitting),
    }
}

/// The record of the workstation, as what no log has names it.
fn workstation_in(local: &Local) -> Option<RecordId> {
    let rows = local.tables.get("local").into_iter().flatten();
    let mut named = rows.filter(|row| row.get("name").and_then(Value::as_text) == Some("workstation"));
    match named.next()?.get("value")? {
        Value::Bytes(bytes) => Uuid::from_slice(bytes).ok().map(RecordId),
        _ => None,
    }
}

/// What it means that the object `name` could not be read.
pub(super) fn fault_of(name: &str, found: BackupFault) -> Refusal {
    match found {
        // The place is there, and the disk does not give this: it is worn.
        BackupFault::Failed => fault(BackupFault::Damaged(name.to_owned())),
        found => fault(found),
    }
}

/// What it means that a place could not be read.
pub(super) fn fault(fault: BackupFault) -> Refusal {
    match fault {
        BackupFault::Damaged(object) => refused("damaged").with("object", object),
        BackupFault::Missing(object) => refused("missing").with("object", object),
        BackupFault::Unreadable(place) => refused("no_access").with("place", place),
        BackupFault::Full => Refusal::new(Code::DiskFull),
        BackupFault::Hangs => refused("hangs"),
        BackupFault::Refused(code) => Refusal::new(Code::ServerRefused).with("reason", code),
        _ => refused("gone"),
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;
    use std::sync::Arc;

    use ::sync::{Transport, Unreached, pack};
    use crypto::testing::TestEntropy;
    use domain::sync::{BackupDoor, BackupDoors, VERSION};

    use super::*;

    /// A server with one backup, of which it says nothing but this.
    struct Says(&'static str);

    impl Transport for Says {
        fn post(&self, url: &str, _: Vec<u8>) -> Result<Vec<u8>, Unreached> {
            if !url.ends_with("/doors") {
                return Err(Unreached::Refused(self.0.to_owned()));
            }
            let (incarnation, workstation) = (Incarnation::derived(b"own"), RecordId::derived(b"door"));
            let rows = vec![BackupDoor { incarnation, workstation, slots: [].into(), earlier: None }];
            pack::pack(&BackupDoors { v: VERSION, clinic: ClinicId::derived(b"clinic"), rows, more: false })
        }

        fn put(&self, _: &str, _: Vec<u8>) -> Result<Vec<u8>, Unreached> {
            Err(Unreached::Offline)
        }

        fn get(&self, _: &str, _: &[u8], _: Range<u64>) -> Result<Vec<u8>, Unreached> {
            Err(Unreached::Offline)
        }
    }

    #[test]
    fn a_server_in_trouble_is_told_as_that_and_only_anothers_key_is_passed_over() {
        let mut entropy = TestEntropy::new(1);
        let key = StoreKey::random(&mut entropy);
        let mut look = |says| {
            let line = Line::to(Arc::new(Says(says)), String::new(), Path::new(""), None, &mut entropy);
            let found = at_server(&line, &With::Own(&key, RecordId::derived(b"door")));
            found.map(|found| found.len()).map_err(|refusal| refusal.code)
        };
        assert_eq!(look("database_unavailable"), Err(Code::ServerRefused));
        assert_eq!(look("too_many"), Err(Code::ServerRefused));
        assert_eq!(look("false_signature"), Ok(0));
    }
}
