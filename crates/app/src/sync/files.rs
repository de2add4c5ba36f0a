//! Files' bytes on their way, one errand after another: a question how much the server has, or one chunk. An errand takes the
//! desk only to be put together and to be taken in, as a round does, and between two of them records go first. What goes
//! next says [`::sync::lane`].

use std::ops::Range;

use ::sync::lane::{Next, Rank, Waiting, Way};
use ::sync::{Transport, Unreached, pack};
use crypto::exchange::{digest_of, held};
use crypto::{Signed, Signs, random};
use domain::settings::FILES_ROOM;
use domain::sync::{BlobChunk, BlobName, BlobsHeld, HaveBlobs, MOST_BLOBS, VERSION, WantBlob};
use domain::wire::{Bytes, Message};
use domain::{BlobRef, Digest, hex};
use store::{Act, StoreError, Taken, Urgency};

use crate::carrying::Carrying;
use crate::command::Tag;
use crate::desk::{Desk, Open, Phase};
use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::settings;
use crate::sync::{Synced, key, report};
use crate::world::World;

/// An errand on its way.
pub struct Errand {
    url: String,
    sends: Sends,
    does: Does,
    /// When it began, by the clock that only runs forward.
    began: u64,
}

/// What goes over the line.
enum Sends {
    Post(Vec<u8>),
    Put(Vec<u8>),
    Get(Vec<u8>, Range<u64>),
}

/// What the answer is taken for.
enum Does {
    /// How much the server has of these.
    Ask(Digest, Vec<BlobName>),
    /// The same of those that would make room here.
    Tidy(Digest),
    /// So many bytes were sent.
    Send(Digest, BlobName, u64),
    /// Bytes from this offset on were fetched.
    Fetch(BlobName, u64),
}

/// What an errand changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Bytes of files that went or came.
    pub bytes: u64,
    /// The tags that went stale.
    pub stales: Vec<Tag>,
}

/// So many files are looked at, each way.
const MOST_WAITING: u32 = 2_000;
/// Whatever is no larger goes up as soon as a thumbnail does: most are.
const SMALL: u64 = 32 << 10;
/// The hours of the night.
const NIGHT: [Range<u8>; 2] = [20..24, 0..6];
/// A file that nobody has looked at for so long makes room, in milliseconds, if the server has it.
const UNUSED: u64 = 90 * 24 * 3_600_000;
const GIGABYTE: u64 = 1_000_000_000;
/// A sync by command runs no more errands.
const MOST_ERRANDS: u64 = 100_000;

impl Desk {
    /// The next errand for files' bytes; `None` while nothing waits, nobody is signed in or there is no server.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn errand(&mut self) -> Result<Option<Errand>, Refusal> {
        let takes = self.bars_writing().is_none();
        let Phase::Open(open) = &mut self.phase else { return Ok(None) };
        open.errand(&mut self.world, takes)
    }

    /// Takes in what came of an errand.
    ///
    /// # Errors
    /// [`Code::NotSignedIn`] when whoever was signed in left meanwhile, and the refusals of a server that is not reached or
    /// not believed. What had arrived before stays, and what the server itself refuses waits.
    pub fn ran(&mut self, errand: Errand, answered: Result<Vec<u8>, Unreached>) -> Result<Ran, Refusal> {
        let Phase::Open(open) = &mut self.phase else { return Err(Refusal::new(Code::NotSignedIn)) };
        open.ran(&mut self.world, errand, answered)
    }

    /// Has every file asked for anew: a person waits.
    pub(crate) fn hurry(&mut self) {
        let Phase::Open(open) = &mut self.phase else { return };
        open.carrying.lane.hurry();
        open.carrying.look_again();
    }
}

impl Errand {
    /// Goes over the line, without the desk.
    ///
    /// # Errors
    /// [`Unreached`].
    pub fn run(&mut self, transport: &dyn Transport) -> Result<Vec<u8>, Unreached> {
        match &mut self.sends {
            Sends::Post(body) => transport.post(&self.url, std::mem::take(body)),
            Sends::Put(body) => transport.put(&self.url, std::mem::take(body)),
            Sends::Get(asks, range) => transport.get(&self.url, asks, range.clone()),
        }
    }

    /// The file whose bytes it moves.
    fn blob(&self) -> Option<&BlobName> {
        match &self.does {
            Does::Send(_, blob, _) | Does::Fetch(blob, _) => Some(blob),
            Does::Ask(..) | Does::Tidy(_) => None,
        }
    }
}

impl Open {
    fn errand(&mut self, world: &mut World, takes: bool) -> Result<Option<Errand>, Refusal> {
        let Self { store, place, carrying, .. } = self;
        let (act, folder) = store.act_and_folder()?;
        let Some(server) = report::server(&act)? else { return Ok(None) };
        let room = room_of(&act, place, world, folder.disk_size())?;
        if carrying.waiting.is_none() {
            // What made room for others does not come back by itself.
            carrying.room = act.blob_room()? < room / 10 * 9;
        }
        let waiting = match &mut carrying.waiting {
            Some(waiting) => waiting,
            none => none.insert(waiting_files(&act, takes)?),
        };
        let began = world.clock.monotonic();
        let errand = loop {
            break match carrying.lane.next(waiting, began, carrying.room, is_night(place, world)) {
                Some(Next::Ask(blobs)) => Some(have(place, world, &server, blobs)?),
                Some(Next::Fetch(blob, offset, length)) => Some(fetch(place, &server, blob, offset, length)),
                Some(Next::Send(blob, offset, length)) => {
                    let bytes = match act.blob_bytes(&blob.sha256, offset..offset + length) {
                        // The disk does not give it.
                        Err(StoreError::Io(_)) => None,
                        read => read?,
                    };
                    let Some(bytes) = bytes.filter(|bytes| bytes.len() as u64 == length) else {
                        // It is gone, damaged or does not read: the others go on.
                        waiting.retain(|waits| waits.blob != blob);
                        continue;
                    };
                    Some(send(place, world, &server, blob, offset, bytes)?)
                }
                None if carrying.tidied || !takes => None,
                None => {
                    carrying.tidied = true;
                    let spare = spare_files(&act, room, world.clock.now())?;
                    if spare.is_empty() { None } else { Some(tidy(have(place, world, &server, spare)?)) }
                }
            };
        };
        act.commit()?;
        Ok(errand.map(|errand| Errand { began, ..errand }))
    }

    fn ran(
        &mut self,
        world: &mut World,
        errand: Errand,
        answered: Result<Vec<u8>, Unreached>,
    ) -> Result<Ran, Refusal> {
        let Self { store, place, carrying, .. } = self;
        let now = world.clock.monotonic();
        let body = match answered {
            Ok(body) => body,
            // One file that is refused lets the others pass.
            Err(Unreached::Refused(reason)) => {
                carrying.lane.refused(&reason, errand.blob(), now);
                return Ok(Ran::default());
            }
            Err(unreached) => {
                carrying.lane.broke(errand.blob());
                return Err(unreached.into());
            }
        };
        let act = store.act()?;
        let took = now.saturating_sub(errand.began);
        let mut changed = false;
        let mut ran = Ran::default();
        match errand.does {
            Does::Ask(question, blobs) => {
                let told = believed(&act, place, carrying, now, &question, &body)?;
                let waiting = carrying.waiting.as_deref().unwrap_or_default();
                carrying.lane.told(&blobs, &told.blobs, waiting, now);
                for held in &told.blobs {
                    changed |= note(&act, &held.blob.sha256, held.whole)?;
                }
                let is_up = |waits: &Waiting| waits.way == Way::Up;
                let arrived =
                    |waits: &Waiting| told.blobs.iter().any(|held| held.whole && held.blob == waits.blob);
                if let Some(waiting) = &mut carrying.waiting {
                    waiting.retain(|waits| !(is_up(waits) && arrived(waits)));
                }
            }
            Does::Tidy(question) => {
                // Only what the server has signed for just now is given up here.
                for held in believed(&act, place, carrying, now, &question, &body)?.blobs {
                    changed |= note(&act, &held.blob.sha256, held.whole)?;
                    if held.whole {
                        act.give_room(&held.blob.sha256)?;
                    }
                }
                carrying.look_again();
            }
            Does::Send(question, blob, length) => {
                let told = believed(&act, place, carrying, now, &question, &body)?;
                ran.bytes = length;
                carrying.lane.moved(length, took);
                let waiting = carrying.waiting.as_deref().unwrap_or_default();
                carrying.lane.told(std::slice::from_ref(&blob), &told.blobs, waiting, now);
                if told.blobs.iter().any(|held| held.whole && held.blob == blob) {
                    changed |= note(&act, &blob.sha256, true)?;
                    carrying.done(&blob.sha256);
                }
            }
            Does::Fetch(blob, offset) => {
                ran.bytes = body.len() as u64;
                carrying.lane.moved(ran.bytes, took);
                let taken = act.take_blob(&mut *world.entropy, &blob.sha256, offset, &body);
                if let Err(StoreError::Io(_)) = taken {
                    // The disk does not take this one: the others go on.
                    carrying.done(&blob.sha256);
                    return Ok(ran);
                }
                match taken? {
                    Taken::From(through) => carrying.came(&blob.sha256, through),
                    Taken::Whole => {
                        act.use_blob(&blob.sha256, world.clock.now())?;
                        carrying.done(&blob.sha256);
                    }
                    Taken::Damaged => {
                        carrying.came(&blob.sha256, 0);
                        carrying.lane.refused("wrong_digest", Some(&blob), now);
                    }
                }
                changed = true;
            }
        }
        act.commit()?;
        ran.stales.extend(changed.then_some(Tag::FILES));
        Ok(ran)
    }
}

/// Runs errands until nothing is left to do now; what breaks off goes on another time. Records were exchanged before.
pub(super) fn carry(desk: &mut Desk, transport: &dyn Transport, synced: &mut Synced) {
    desk.hurry();
    for _ in 0..MOST_ERRANDS {
        let Ok(Some(mut errand)) = desk.errand() else { return };
        let answered = errand.run(transport);
        let Ok(ran) = desk.ran(errand, answered) else { return };
        synced.file_bytes += ran.bytes;
    }
}

/// Every file whose bytes wait here, to go or to come.
fn waiting_files(act: &Act, takes: bool) -> Result<Vec<Waiting>, Refusal> {
    let mut waiting = Vec::new();
    for blob in act.unsent_blobs(MOST_WAITING)? {
        let rank = if blob.size <= SMALL { Rank::Thumb } else { Rank::Today };
        waiting.extend(name(&blob).map(|blob| Waiting { blob, rank, way: Way::Up }));
    }
    if takes {
        for wanted in act.wanted_blobs(MOST_WAITING)? {
            let rank = match wanted.urgency {
                Urgency::Thumbnail => Rank::Thumb,
                Urgency::Asked => Rank::Asked,
                Urgency::Present => Rank::Queue,
                Urgency::Rest => Rank::Rest,
            };
            let way = Way::Down { through: wanted.through };
            waiting.extend(name(&wanted.blob).map(|blob| Waiting { blob, rank, way }));
        }
    }
    Ok(waiting)
}

/// Files that would make room, where they take more than `room`.
fn spare_files(act: &Act, room: u64, now: u64) -> Result<Vec<BlobName>, Refusal> {
    let over = act.blob_room()?.saturating_sub(room);
    if over == 0 {
        return Ok(Vec::new());
    }
    act.note_unused(now)?;
    let mut freed = 0;
    let spare = act.spare_blobs(now.saturating_sub(UNUSED), MOST_BLOBS as u32)?;
    let names = spare.iter().filter_map(name).take_while(|blob| {
        let needed = freed < over;
        freed += blob.size;
        needed
    });
    Ok(names.collect())
}

/// How many bytes of files stay here that nobody asks for: what was chosen, else no more than a fifth of the disk.
fn room_of(act: &Act, place: &Place, world: &World, disk: Option<u64>) -> Result<u64, Refusal> {
    Ok(match settings::nearest(act, place, &FILES_ROOM)? {
        Some(gigabytes) => gigabytes * GIGABYTE,
        None => disk.map_or(world.room, |disk| world.room.min(disk / 5)),
    })
}

fn name(blob: &BlobRef) -> Option<BlobName> {
    Some(BlobName { sha256: blob.digest()?, size: blob.size })
}

fn is_night(place: &Place, world: &World) -> bool {
    let at = place.zone.instant(world.clock.now());
    let hour = at.as_str().get(11..13).and_then(|hour| hour.parse::<u8>().ok());
    hour.is_some_and(|hour| NIGHT.iter().any(|night| night.contains(&hour)))
}

fn have(place: &Place, world: &mut World, server: &str, blobs: Vec<BlobName>) -> Result<Errand, Refusal> {
    let asked = HaveBlobs {
        v: VERSION,
        clinic: place.clinic,
        workstation: place.workstation,
        incarnation: place.incarnation,
        act: random(&mut *world.entropy),
        blobs: blobs.clone(),
    };
    let (digest, body) = signed(place, &asked)?;
    let url = format!("{server}/blob/have");
    Ok(Errand { url, sends: Sends::Post(body), does: Does::Ask(digest, blobs), began: 0 })
}

/// The same question, whose answer makes room here.
fn tidy(errand: Errand) -> Errand {
    let does = match errand.does {
        Does::Ask(digest, _) => Does::Tidy(digest),
        does => does,
    };
    Errand { does, ..errand }
}

fn send(
    place: &Place,
    world: &mut World,
    server: &str,
    blob: BlobName,
    offset: u64,
    bytes: Vec<u8>,
) -> Result<Errand, Refusal> {
    let (url, length) = (address(server, &blob), bytes.len() as u64);
    let chunk = BlobChunk {
        v: VERSION,
        clinic: place.clinic,
        workstation: place.workstation,
        incarnation: place.incarnation,
        act: random(&mut *world.entropy),
        blob: blob.clone(),
        offset,
        bytes: Bytes(bytes),
    };
    let (digest, body) = signed(place, &chunk)?;
    Ok(Errand { url, sends: Sends::Put(body), does: Does::Send(digest, blob, length), began: 0 })
}

fn fetch(place: &Place, server: &str, blob: BlobName, offset: u64, length: u64) -> Errand {
    let wanted = WantBlob {
        v: VERSION,
        clinic: place.clinic,
        workstation: place.workstation,
        incarnation: place.incarnation,
        blob: blob.clone(),
        offset,
        length,
    };
    let asks = Signed::new(&place.key, &wanted).to_bytes();
    let sends = Sends::Get(asks, offset..offset + length);
    Errand { url: address(server, &blob), sends, does: Does::Fetch(blob, offset), began: 0 }
}

fn signed<T: Signs>(place: &Place, message: &T) -> Result<(Digest, Vec<u8>), Refusal> {
    let signed = Signed::new(&place.key, message);
    Ok((digest_of(&signed), pack::pack(&signed)?))
}

fn address(server: &str, blob: &BlobName) -> String {
    format!("{server}/blob/{}", hex::encode(&blob.sha256))
}

/// What the clinic's server says of files, if it says it and to this question. Whoever else answers is not asked again at
/// once.
fn believed(
    act: &Act,
    place: &Place,
    carrying: &mut Carrying,
    now: u64,
    question: &Digest,
    body: &[u8],
) -> Result<BlobsHeld, Refusal> {
    let signed = pack::unpack::<Signed<BlobsHeld>>(body).ok();
    let server = key::known(act)?;
    let told = server.zip(signed).and_then(|(key, signed)| held(&key, place.clinic, question, &signed).ok());
    told.ok_or_else(|| {
        carrying.lane.refused("not_believed", None, now);
        Unreached::Answer.into()
    })
}

/// Keeps whether the server has a file; whether that is news.
fn note(act: &Act, digest: &Digest, whole: bool) -> Result<bool, Refusal> {
    if act.blob(digest)?.is_none_or(|known| known.received == whole) {
        return Ok(false);
    }
    if whole {
        act.blob_received(digest)?
    } else {
        act.blob_not_received(digest)?
    }
    Ok(true)
}
