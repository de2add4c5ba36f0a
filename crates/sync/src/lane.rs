//! Which bytes of files go over the line next, and how many. Ops have the line first; this is about what is left of it.
//! Pure: time, the hour and what happened are arguments.

use std::collections::BTreeMap;

use domain::Digest;
use domain::sync::{BlobHeld, BlobName, LARGEST_CHUNK, MOST_BLOBS};

/// How soon a file's bytes are wanted, soonest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A small picture of a file, shown wherever the file is told of.
    Thumb,
    /// A file that somebody has just opened.
    Asked,
    /// A file that was taken in today.
    Today,
    /// A file of somebody who is here today.
    Queue,
    /// Every other.
    Rest,
}

/// Where a file's bytes have to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From here to the server.
    Up,
    /// From the server here; so many of them are here.
    Down {
        /// How many.
        through: u64,
    },
}

/// A file whose bytes wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub blob: BlobName,
    /// How soon.
    pub rank: Rank,
    /// Where to.
    pub way: Way,
}

/// What is done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// The server is asked how much it has of these.
    Ask(Vec<BlobName>),
    /// So many bytes are sent from this offset on.
    Send(BlobName, u64, u64),
    /// So many bytes are fetched from this offset on.
    Fetch(BlobName, u64, u64),
}

/// The first chunk, before any speed was measured.
pub const FIRST_CHUNK: u64 = 64 << 10;
/// No chunk is smaller.
pub const LEAST_CHUNK: u64 = 16 << 10;
/// A chunk takes about so long, in milliseconds: whatever a person writes meanwhile waits no longer.
const CHUNK: u64 = 2_000;
/// What a name takes in a question.
const NAME: u64 = 64;
/// What the server does not have yet is asked for again after so long, in milliseconds; then after twice as long.
const AGAIN: u64 = 15_000;
const LONGEST: u64 = 10 * 60_000;
/// After a refusal that concerns every file nothing of them is tried for so long.
const REST: u64 = 60_000;
/// The same where enough bytes have gone for this day.
const LONG_REST: u64 = 3_600_000;

/// What is known of the line and of the server's files.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    /// How many bytes go next; none before a speed was measured.
    chunk: Option<u64>,
    /// Whether the largest chunk would take no longer than one should; unknown before a speed was measured.
    quick: Option<bool>,
    known: BTreeMap<Digest, Known>,
    rests: u64,
}

/// What the server said of a file.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// How much it has, if one of its ops names the file.
    held: Option<(u64, bool)>,
    rank: Option<Rank>,
    /// How often it was asked in vain, and when it is asked again.
    vain: u32,
    due: u64,
}

impl Lane {
    /// What is done next for `waiting`, which are in any order. What nobody waits for comes here while there is room, by
    /// night or over a line that is not poor.
    #[must_use]
    pub fn next(&self, waiting: &[Waiting], now: u64, room: bool, night: bool) -> Option<Next> {
        if now < self.rests {
            return None;
        }
        let mut waiting: Vec<&Waiting> = waiting.iter().collect();
        waiting.sort_by_key(|waits| waits.rank);
        let chunk = self.chunk.unwrap_or(FIRST_CHUNK);
        let most = usize::try_from(chunk / NAME).unwrap_or(MOST_BLOBS).min(MOST_BLOBS);
        let asks = waiting.iter().filter(|waits| self.asks(waits, now)).map(|waits| waits.blob.clone());
        let asks: Vec<_> = asks.take(most).collect();
        if !asks.is_empty() {
            return Some(Next::Ask(asks));
        }
        // A line of unknown speed is tried.
        let rest = room && (night || self.quick != Some(false));
        waiting.into_iter().find_map(|waits| self.moves(waits, chunk, rest))
    }

    /// Whether the server has to be asked about it.
    fn asks(&self, waits: &Waiting, now: u64) -> bool {
        let Some(known) = self.known.get(&waits.blob.sha256) else { return true };
        let sooner = known.rank.is_some_and(|rank| waits.rank < rank);
        let moves = match (waits.way, known.held) {
            (_, None) => false,
            (Way::Up, Some((_, whole))) => !whole,
            (Way::Down { .. }, Some((_, whole))) => whole,
        };
        !moves && (sooner || known.due <= now)
    }

    fn moves(&self, waits: &Waiting, chunk: u64, rest: bool) -> Option<Next> {
        let (through, whole) = self.known.get(&waits.blob.sha256)?.held?;
        let blob = waits.blob.clone();
        let length = |offset: u64| chunk.min(blob.size.saturating_sub(offset));
        match waits.way {
            Way::Up if !whole && through < blob.size => {
                let length = length(through);
                Some(Next::Send(blob, through, length))
            }
            Way::Down { through } if whole && through < blob.size && (rest || waits.rank < Rank::Rest) => {
                let length = length(through);
                Some(Next::Fetch(blob, through, length))
            }
            _ => None,
        }
    }

    /// Hears what the server has of the files that it was `asked` about, or that it was just sent bytes of.
    pub fn told(&mut self, asked: &[BlobName], held: &[BlobHeld], waiting: &[Waiting], now: u64) {
        for blob in asked {
            let told = held.iter().find(|held| held.blob == *blob);
            let rank = waiting.iter().find(|waits| waits.blob == *blob).map(|waits| waits.rank);
            let known = self.known.entry(blob.sha256).or_default();
            (known.held, known.rank) = (told.map(|held| (held.through, held.whole)), rank);
            if told.is_some_and(|held| held.whole || held.through > 0) {
                known.vain = 0;
            } else {
                known.again(now);
            }
            known.due = known.due.max(now + AGAIN);
        }
    }

    /// Hears that `bytes` took `milliseconds`.
    pub fn moved(&mut self, bytes: u64, milliseconds: u64) {
        if bytes < LEAST_CHUNK / 4 {
            // Too little to tell a speed by.
            return;
        }
        let before = self.chunk.unwrap_or(FIRST_CHUNK);
        let fits = bytes.saturating_mul(CHUNK) / milliseconds.max(1);
        self.quick = Some(fits >= LARGEST_CHUNK);
        // A small chunk tells less of a quick line than of a slow one.
        self.chunk = Some(fits.clamp(before / 2, before * 2).clamp(LEAST_CHUNK, LARGEST_CHUNK));
    }

    /// Hears that the line broke off under bytes of `blob`: smaller ones go next, once it is known how many arrived.
    pub fn broke(&mut self, blob: Option<&BlobName>) {
        self.chunk = Some((self.chunk.unwrap_or(FIRST_CHUNK) / 2).max(LEAST_CHUNK));
        if let Some(blob) = blob {
            self.known.remove(&blob.sha256);
        }
    }

    /// Hears that the server refused, by the code of its reason: what concerns one file lets the others pass.
    pub fn refused(&mut self, reason: &str, blob: Option<&BlobName>, now: u64) {
        match (reason, blob) {
            ("enough", _) => self.rests = now + LONG_REST,
            ("wrong_offset" | "wrong_digest" | "unnamed_blob" | "not_whole" | "damaged", Some(blob)) => {
                let known = self.known.entry(blob.sha256).or_default();
                known.held = None;
                known.again(now);
            }
            _ => self.rests = now + REST,
        }
    }

    /// Asks about everything anew: a person waits for it.
    pub fn hurry(&mut self) {
        self.known.clear();
        self.rests = 0;
    }
}

impl Known {
    fn again(&mut self, now: u64) {
        self.due = now + AGAIN.saturating_mul(1 << self.vain.min(10)).min(LONGEST);
        self.vain = self.vain.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(name: u8, size: u64) -> BlobName {
        BlobName { sha256: [name; 32], size }
    }

    fn up(name: u8, rank: Rank) -> Waiting {
        Waiting { blob: blob(name, 1 << 20), rank, way: Way::Up }
    }

    fn down(name: u8, rank: Rank) -> Waiting {
        Waiting { blob: blob(name, 1 << 20), rank, way: Way::Down { through: 0 } }
    }

    /// A lane that was told of all of `waiting`: whether each is whole.
    fn lane(waiting: &[(Waiting, bool)]) -> (Lane, Vec<Waiting>) {
        let mut lane = Lane::default();
        let held = |(waits, whole): &(Waiting, bool)| BlobHeld {
            blob: waits.blob.clone(),
            through: if *whole { waits.blob.size } else { 0 },
            whole: *whole,
        };
        let held: Vec<_> = waiting.iter().map(held).collect();
        let waiting: Vec<_> = waiting.iter().map(|(waits, _)| waits.clone()).collect();
        let asked: Vec<_> = waiting.iter().map(|waits| waits.blob.clone()).collect();
        assert_eq!(lane.next(&waiting, 0, true, false).map(|next| matches!(next, Next::Ask(_))), Some(true));
        lane.told(&asked, &held, &waiting, 0);
        (lane, waiting)
    }

    #[test]
    fn thumbnails_go_first_then_what_somebody_opened_and_the_rest_last() {
        let (mut lane, mut waiting) = lane(&[
            (down(1, Rank::Rest), true),
            (down(2, Rank::Queue), true),
            (up(3, Rank::Today), false),
            (down(4, Rank::Asked), true),
            (up(5, Rank::Thumb), false),
        ]);
        let mut order = Vec::new();
        while let Some(next) = lane.next(&waiting, 0, true, true) {
            let (Next::Send(moved, ..) | Next::Fetch(moved, ..)) = next else { panic!("{next:?}") };
            order.push(moved.sha256[0]);
            waiting.retain(|waits| waits.blob != moved);
            lane.moved(1 << 20, 1_000);
        }
        assert_eq!(order, [5, 4, 3, 2, 1]);
    }

    #[test]
    fn over_a_poor_line_the_rest_comes_down_at_night_and_goes_up_by_day_too() {
        let (mut lane, waiting) = lane(&[(down(1, Rank::Rest), true), (up(2, Rank::Rest), false)]);
        lane.moved(FIRST_CHUNK, 8_000);
        assert_eq!(lane.next(&waiting[..1], 0, true, false), None);
        assert!(matches!(lane.next(&waiting[..1], 0, true, true), Some(Next::Fetch(..))));
        assert!(matches!(lane.next(&waiting[1..], 0, true, false), Some(Next::Send(..))));
        (0..10).for_each(|_| lane.moved(LARGEST_CHUNK, 100));
        assert!(
            matches!(lane.next(&waiting[..1], 0, true, false), Some(Next::Fetch(..))),
            "a quick one waits for nothing"
        );
        assert_eq!(
            lane.next(&waiting[..1], 0, false, true),
            None,
            "there is no room for what nobody waits for"
        );
    }

    #[test]
    fn a_chunk_takes_two_seconds_of_the_measured_speed_within_bounds() {
        let length = |lane: &Lane| match lane.next(&[up(1, Rank::Today)], 0, true, false) {
            Some(Next::Send(_, 0, length)) => length,
            next => panic!("{next:?}"),
        };
        let (mut lane, _) = lane(&[(up(1, Rank::Today), false)]);
        assert_eq!(length(&lane), FIRST_CHUNK);
        lane.moved(FIRST_CHUNK, 4_000);
        assert_eq!(length(&lane), FIRST_CHUNK / 2);
        (0..9).for_each(|_| lane.moved(LEAST_CHUNK, 60_000));
        assert_eq!(length(&lane), LEAST_CHUNK);
        (0..9).for_each(|_| lane.moved(LARGEST_CHUNK, 1));
        assert_eq!(length(&lane), LARGEST_CHUNK);
        lane.moved(100, 90_000);
        assert_eq!(length(&lane), LARGEST_CHUNK, "a hundred bytes tell no speed");
    }

    #[test]
    fn after_a_cut_the_server_is_asked_how_much_arrived_and_less_goes_at_once() {
        let (mut lane, waiting) = lane(&[(up(1, Rank::Today), false)]);
        lane.broke(Some(&waiting[0].blob));
        assert!(matches!(lane.next(&waiting, 0, true, false), Some(Next::Ask(_))));
        let held = BlobHeld { blob: waiting[0].blob.clone(), through: 40_000, whole: false };
        lane.told(&[waiting[0].blob.clone()], &[held], &waiting, 0);
        let expected = Next::Send(waiting[0].blob.clone(), 40_000, FIRST_CHUNK / 2);
        assert_eq!(lane.next(&waiting, 0, true, false), Some(expected));
    }

    #[test]
    fn what_the_server_lacks_is_asked_for_again_more_and_more_seldom_and_at_once_when_somebody_opens_it() {
        let (mut lane, mut waiting) = lane(&[(down(1, Rank::Rest), false)]);
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..9 {
            let asked = now;
            while lane.next(&waiting, now, true, true).is_none() {
                now += 1_000;
            }
            waits.push(now - asked);
            lane.told(&[waiting[0].blob.clone()], &[], &waiting, now);
        }
        assert!(waits.is_sorted() && waits[0] == AGAIN && waits[8] == LONGEST, "{waits:?}");
        assert_eq!(lane.next(&waiting, now, true, true), None);
        waiting[0].rank = Rank::Asked;
        assert!(matches!(lane.next(&waiting, now, true, true), Some(Next::Ask(_))));
    }

    #[test]
    fn a_refusal_of_one_file_lets_the_others_pass_and_one_of_all_rests() {
        let (mut lane, waiting) = lane(&[(up(1, Rank::Today), false), (up(2, Rank::Today), false)]);
        lane.refused("wrong_digest", Some(&waiting[0].blob), 0);
        let next = lane.next(&waiting, 0, true, false);
        assert!(matches!(&next, Some(Next::Send(blob, ..)) if *blob == waiting[1].blob), "{next:?}");
        lane.refused("no_media", Some(&waiting[1].blob), 0);
        assert_eq!(lane.next(&waiting, REST - 1, true, false), None);
        assert!(lane.next(&waiting, REST, true, false).is_some());
        lane.refused("enough", None, REST);
        assert_eq!(lane.next(&waiting, LONG_REST, true, false), None);
        lane.hurry();
        assert!(matches!(lane.next(&waiting, LONG_REST, true, false), Some(Next::Ask(_))));
    }
}
