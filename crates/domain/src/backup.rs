//! Backups: an append-only folder beside an append-only log. What lies in it, which points of it are kept, and when
//! somebody has to be told. `docs/formats/backup.md` is the format page.
//!
//! A *target* is a place to which backups go. A *segment* holds what was added to one stream, from one place in it
//! through another. A *point* says how far each stream was backed up at one moment, and what it amounted to.

use std::collections::{BTreeMap, BTreeSet};

use crate::wire::{Bytes, Wire};
use crate::{ClinicId, Digest, Hlc, Incarnation, Instant, RecordId, Scope, Value, choice, record, wire};

/// The version of every message here.
pub const FORMAT: u64 = 1;
/// The rows of a segment have together at most so many bytes before they are compressed, but for a single longer row.
pub const LARGEST_SEGMENT: usize = 4 << 20;
/// No object has more bytes, sealed or opened.
pub const LARGEST_OBJECT: usize = 32 << 20;
/// No place and no point has a higher number: the one behind it is still a whole number of 63 bits.
pub const LARGEST_NUMBER: u64 = i64::MAX.unsigned_abs() - 1;
/// The purpose of the key under which everything here is sealed, under the store's key.
pub const KEY: &str = "backup";
/// The epoch of the store's key: the first, until there is a second.
pub const EPOCH: u64 = 1;

choice! {
    /// What a backup takes.
    pub enum BackupSort {
        /// What came since the point before, of everything.
        Quick = "quick",
        /// Records, trail and what belongs to this workstation.
        Database = "database",
        /// The files.
        Media = "media",
        /// All of it; then every object is read whole.
        Complete = "complete",
    }
}

choice! {
    /// What is only ever added to, and so is backed up by what was added.
    pub enum Stream {
        /// The transactions of everybody, in the order in which they came.
        Log = "log",
        /// The audit trail of this workstation.
        Trail = "trail",
        /// Who sat where, in their own signed words.
        Sessions = "sessions",
    }
}

impl Stream {
    /// The stream of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stream| stream.word() == word)
    }
}

impl Wire for Stream {
    fn to_value(&self) -> Value {
        Value::text(self.word())
    }

    fn from_value(value: &Value) -> Option<Self> {
        Self::named(value.as_text()?)
    }
}

wire! {
    /// What a segment holds, before it is compressed and sealed.
    pub struct Segment {
        /// The format's version.
        v: u64,
        /// Which stream.
        stream: Stream,
        /// The first place that it covers.
        from: u64,
        /// The last place that it covers.
        through: u64,
        /// [`LogRow`], [`TrailRow`] or [`SessionRow`] by the stream, in the order of their places.
        rows: Vec<Bytes>,
    }
}

wire! {
    /// A transaction as it came into the log.
    pub struct LogRow {
        /// Its place.
        place: u64,
        /// The local position of its first op; the others follow it.
        position: u64,
        /// When it came, in milliseconds since 1970; none for what came before that was kept.
        arrived: Option<u64>,
        /// The entry as it is sent (`EntryBytes::to_sent`).
        entry: Bytes,
    }
}

wire! {
    /// An entry of the audit trail.
    pub struct TrailRow {
        /// Its place: entries of installations before this one come first.
        place: u64,
        /// The entry.
        entry: Bytes,
        /// What stands beside it, where that was not erased.
        detail: Option<Bytes>,
        /// The signed head over the trail as far as this entry, where there is one.
        head: Option<Bytes>,
    }
}

wire! {
    /// A message about who sat there, as it was told to one log.
    pub struct SessionRow {
        /// Its place.
        place: u64,
        /// The scope of the log.
        scope: Scope,
        /// How long that log was.
        size: u64,
        /// The signed message.
        said: Bytes,
    }
}

wire! {
    /// How the ops of a transaction stand, where that is not as they were written: limited, quarantined, held, or let in
    /// later.
    pub struct Standing {
        /// The transaction's place.
        place: u64,
        /// Its ops in order.
        ops: Vec<StandingOp>,
    }
}

wire! {
    /// How an op stands.
    pub struct StandingOp {
        /// Its local position.
        position: u64,
        /// The limit of its stamp.
        clamp: Option<Hlc>,
        /// Why it does not count.
        quarantine: Option<String>,
        /// Its author's signature, as it is here now.
        signature: Option<[u8; 64]>,
    }
}

/// Rows of a table, by the names of their columns.
pub type Rows = Vec<BTreeMap<String, Value>>;

wire! {
    /// What no log has, sealed in each point.
    pub struct Local {
        /// The format's version.
        v: u64,
        /// The transactions that do not stand as they were written.
        standing: Vec<Standing>,
        /// What belongs to this workstation alone, by table. No private key is among it.
        tables: BTreeMap<String, Rows>,
    }
}

wire! {
    /// A kept blob: its row, sealed in an object of its own.
    pub struct BlobRow {
        /// The format's version.
        v: u64,
        /// The row, by the names of its columns.
        row: BTreeMap<String, Value>,
    }
}

wire! {
    /// A segment, as a point names it.
    pub struct Stored {
        /// The stream.
        stream: Stream,
        /// The first place that it covers.
        from: u64,
        /// The last place that it covers.
        through: u64,
        /// How many bytes the object has.
        bytes: u64,
        /// Its digest.
        sha256: Digest,
    }
}

wire! {
    /// How long a log was and what it amounted to.
    pub struct LogEnd {
        /// Whose.
        incarnation: Incarnation,
        /// The scope of its ops; none of an audit trail.
        scope: Option<Scope>,
        /// How many entries.
        size: u64,
        /// The root over them (RFC 9162, section 2.1.1).
        root: Digest,
    }
}

wire! {
    /// What all records of one kind amounted to.
    pub struct KindSum {
        /// The kind.
        kind: String,
        /// How many there were.
        count: u64,
        /// The sum of the digests of their rows, as whole numbers of 256 bits.
        sum: Digest,
    }
}

wire! {
    /// Objects that each have a name of their own.
    pub struct Held {
        /// How many.
        count: u64,
        /// Their bytes.
        bytes: u64,
        /// The digest of their names, in order.
        names: Digest,
    }
}

wire! {
    /// A point: signed by the workstation.
    pub struct Point {
        /// The format's version.
        v: u64,
        /// The clinic.
        clinic: ClinicId,
        /// The workstation, as what it was set up: its slots name it so.
        workstation: RecordId,
        /// The installation.
        incarnation: Incarnation,
        /// From 1, one more each time.
        number: u64,
        /// When, in milliseconds since 1970.
        at: u64,
        /// What was taken ([`BackupSort`]).
        sort: String,
        /// The epoch of the store's key.
        epoch: u64,
        /// The version of the declared kinds.
        schema: u64,
        /// The program's version.
        app: String,
        /// How many ops the log had.
        entries: u64,
        /// How many entries of the trail are of installations before this one.
        former: u64,
        /// How far each stream is covered.
        through: BTreeMap<String, u64>,
        /// The segments that cover it.
        segments: Vec<Stored>,
        /// What each log amounted to; the trail last.
        logs: Vec<LogEnd>,
        /// What each kind amounted to; only where all was taken.
        kinds: Option<Vec<KindSum>>,
        /// The blobs.
        blobs: Held,
        /// The large files, which lie as they lie on the disk.
        files: Held,
        /// [`Local`], compressed and sealed.
        local: Bytes,
        /// The digest of the point before, in this folder.
        before: Option<Digest>,
    }
}

wire! {
    /// What stands in the root of a target: by it a stick is known again, whatever it is called today.
    pub struct TargetMark {
        /// The format's version.
        v: u64,
        /// The target.
        target: RecordId,
        /// Whose it is.
        clinic: ClinicId,
    }
}

impl Held {
    /// Nothing.
    pub const NONE: Self = Self { count: 0, bytes: 0, names: [0; 32] };
}

impl Point {
    /// How far `stream` is covered.
    #[must_use]
    pub fn through(&self, stream: Stream) -> u64 {
        self.through.get(stream.word()).copied().unwrap_or_default()
    }

    /// The segments of `stream`, in the order of their places.
    pub fn segments(&self, stream: Stream) -> impl Iterator<Item = &Stored> {
        self.segments.iter().filter(move |segment| segment.stream == stream)
    }
}

impl Stored {
    /// The name of its object below the folder.
    #[must_use]
    pub fn name(&self) -> String {
        segment_name(self.stream, self.from, self.through)
    }
}

/// The name of the object that covers these places of `stream`: `log/00048001-00048215`.
#[must_use]
pub fn segment_name(stream: Stream, from: u64, through: u64) -> String {
    format!("{}/{from:08}-{through:08}", stream.word())
}

/// Stream and places of the object of this name; none where no segment is called so.
#[must_use]
pub fn read_segment_name(name: &str) -> Option<(Stream, u64, u64)> {
    let (stream, places) = name.split_once('/')?;
    let (from, through) = places.split_once('-')?;
    let (stream, from, through) = (Stream::named(stream)?, from.parse().ok()?, through.parse().ok()?);
    let covers = (1..=through).contains(&from) && through <= LARGEST_NUMBER;
    (covers && segment_name(stream, from, through) == name).then_some((stream, from, through))
}

/// Whether this is the name of a folder of objects, `log`, and not of one of them, `log/00000001-00000015`.
#[must_use]
pub fn is_folder(name: &str) -> bool {
    !name.contains('/')
}

/// The name of the point with this number: `points/0001742`.
#[must_use]
pub fn point_name(number: u64) -> String {
    format!("points/{number:07}")
}

/// The number of the point of this name; none where no point is called so.
#[must_use]
pub fn read_point_name(name: &str) -> Option<u64> {
    let number = name.strip_prefix("points/")?.parse().ok()?;
    ((1..=LARGEST_NUMBER).contains(&number) && point_name(number) == name).then_some(number)
}

/// Whether a server takes an object of this name: what a backup has, and nothing else.
#[must_use]
pub fn is_object_name(name: &str) -> bool {
    let named = |text: &str| {
        let hex = |text: &str| text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        let place =
            text.split_once('/').filter(|(folder, name)| name.len() == 64 && name.starts_with(folder));
        place.is_some_and(|(folder, name)| folder.len() == 2 && hex(name))
    };
    match name.split_once('/') {
        Some(("slots", slot)) => ["workstation", "sheet", "clinic", "name"].contains(&slot),
        Some(("blobs" | "files", place)) => named(place),
        _ => read_point_name(name).is_some() || read_segment_name(name).is_some(),
    }
}

/// The object at a server that says what the workstation is called.
pub const NAME: &str = "slots/name";

/// The segments among `names` that cover `stream` up to `through`, first to last: of two that begin alike the longer one,
/// for short ones are merged. What is missing is told by its first place.
///
/// # Errors
/// The first place that no segment covers.
pub fn covering(
    names: impl IntoIterator<Item = (Stream, u64, u64)>,
    stream: Stream,
    through: u64,
) -> Result<Vec<(u64, u64)>, u64> {
    let mut longest: BTreeMap<u64, u64> = BTreeMap::new();
    for (_, from, to) in names.into_iter().filter(|(of, ..)| *of == stream) {
        let known = longest.entry(from).or_default();
        *known = to.max(*known);
    }
    let (mut found, mut next) = (Vec::new(), 1);
    while next <= through {
        let to = *longest.get(&next).filter(|to| **to >= next).ok_or(next)?;
        found.push((next, to));
        let Some(after) = to.checked_add(1) else { break };
        next = after;
    }
    Ok(found)
}

/// So many short segments in a row are made into one.
const MANY: usize = 16;

/// The first run of short segments of `stream` that together make at most one of full length: its first and last place.
/// Only what is worth rewriting is named.
#[must_use]
pub fn mergeable(segments: &[Stored], stream: Stream) -> Option<(u64, u64)> {
    let mut run: Vec<&Stored> = Vec::new();
    let worth = |run: &[&Stored]| {
        let [first, .., last] = run else { return None };
        (run.len() >= MANY).then_some((first.from, last.through))
    };
    for segment in segments.iter().filter(|segment| segment.stream == stream) {
        let bytes = run.iter().fold(segment.bytes, |sum, one| sum.saturating_add(one.bytes));
        // What is sealed is compressed: a quarter is what 4 MB of rows come to.
        if bytes > LARGEST_SEGMENT as u64 / 4 {
            if let Some(found) = worth(&run) {
                return Some(found);
            }
            run.clear();
        }
        run.push(segment);
    }
    worth(&run)
}

const DAY: u64 = 86_400_000;

/// The points that are let go at `now`: all of the last 30 days stay, of the last year the last of each day, of before that
/// the last of each 30 days. The newest always stays. What they were about is never thinned.
#[must_use]
pub fn thinned(points: &[(u64, u64)], now: u64) -> Vec<u64> {
    let mut sorted = points.to_vec();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    let mut seen = BTreeSet::new();
    let mut gone = Vec::new();
    for (at_place, (number, at)) in sorted.into_iter().enumerate() {
        let age = now.saturating_sub(at) / DAY;
        let kept = match age {
            _ if at_place == 0 => true,
            0..30 => true,
            30..366 => seen.insert((0, at / DAY)),
            _ => seen.insert((1, at / (30 * DAY))),
        };
        if !kept {
            gone.push(number);
        }
    }
    gone
}

choice! {
    /// How loudly somebody is told that something is in no backup.
    pub enum BackupAlarm {
        /// It is so since yesterday.
        Late = "late",
        /// It is so for three days.
        Overdue = "overdue",
        /// There is no target at all.
        NoTarget = "no_target",
    }
}

const HOUR: u64 = 3_600_000;
/// From this age of the oldest entry outside every verified backup on somebody is told, in milliseconds.
pub const LATE: u64 = 26 * HOUR;
/// From this age on it is said aloud.
pub const OVERDUE: u64 = 72 * HOUR;
/// A target that was not seen for so long is told, in milliseconds.
pub const UNSEEN: u64 = 14 * DAY;

/// What is told of an entry that came at `oldest` and is in no verified backup at `now`. It is its age that counts, not how
/// long ago a backup ran: nothing new needs none.
#[must_use]
pub fn alarm(oldest: Option<u64>, now: u64) -> Option<BackupAlarm> {
    match now.saturating_sub(oldest?) {
        age if age >= OVERDUE => Some(BackupAlarm::Overdue),
        age if age >= LATE => Some(BackupAlarm::Late),
        _ => None,
    }
}

/// Whether so many known objects that changed or went away look like somebody who encrypts what they find, and nothing is
/// to be written there.
#[must_use]
pub fn looks_attacked(known: usize, changed: usize) -> bool {
    changed > 1 && changed * 10 > known * 3
}

choice! {
    /// What was rehearsed.
    pub enum RehearsalSort {
        /// Bringing the records back from a backup.
        Restore = "restore",
        /// Opening by the recovery papers.
        Papers = "papers",
        /// The server at a moment of the past.
        Pitr = "pitr",
        /// The server's standby.
        Standby = "standby",
        /// An upgrade.
        Upgrade = "upgrade",
        /// A day on paper.
        Downtime = "downtime",
    }
}

choice! {
    /// How a rehearsal went.
    pub enum RehearsalOutcome {
        /// As it should.
        Passed = "passed",
        /// As it should, and something is to be known.
        PassedWithNotes = "passed_with_notes",
        /// Not as it should.
        Failed = "failed",
    }
}

record! {
    /// A rehearsal, signed off by a person.
    pub struct Rehearsal: "rehearsal", Fact, Clinic;
    verbs { Create: RehearsalSign, }
    seen { RehearsalSign, }
    signed_by_author { Create, }
    fields {
        /// What was rehearsed.
        what: RehearsalSort, Fixed;
        /// What it was about: the workstation.
        of: RecordId, Fixed;
        /// When it began.
        began: Instant, Fixed;
        /// How many seconds it took.
        seconds: i64, Fixed;
        /// How many entries came back.
        entries: i64, Fixed;
        /// How many records they made.
        records: i64, Fixed;
        /// How many files were opened.
        files: i64, Fixed;
        /// How many kinds or logs were not as they were.
        differences: i64, Fixed;
        /// From where: the target's name.
        source: String, Fixed;
        /// How it went.
        outcome: RehearsalOutcome, Fixed;
        /// What was wrong.
        fault: String, Fixed;
        /// What whoever signs says of it.
        note: String, Fixed;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: u64 = 1_795_314_660_000;

    fn stored(from: u64, through: u64, bytes: u64) -> Stored {
        Stored { stream: Stream::Log, from, through, bytes, sha256: [0; 32] }
    }

    #[test]
    fn a_name_of_a_segment_reads_back_and_nothing_else_is_taken_for_one() {
        let name = segment_name(Stream::Log, 48_001, 48_215);
        assert_eq!(name, "log/00048001-00048215");
        assert_eq!(read_segment_name(&name), Some((Stream::Log, 48_001, 48_215)));
        for other in ["log/1-2", "log/00000001", "logs/00000001-00000002", "log/00000001-00000002.new"] {
            assert_eq!(read_segment_name(other), None, "{other}");
        }
    }

    #[test]
    fn a_name_of_a_point_reads_back_and_one_whose_number_nobody_can_go_on_from_is_none() {
        assert_eq!(read_point_name("points/0001742"), Some(1742));
        assert_eq!(read_point_name(&point_name(LARGEST_NUMBER)), Some(9_223_372_036_854_775_806));
        for other in [
            "points/0000000",
            "points/1742",
            "points/+000026",
            "points/00000030",
            "points/0000026.new",
            "points/9223372036854775807",
            "points/18446744073709551615",
            "points/9999999999999999999999999",
        ] {
            assert_eq!(read_point_name(other), None, "{other}");
            assert!(!is_object_name(other), "{other}");
        }
        for other in [
            "log/00000000-00000002",
            "log/00000003-00000002",
            "log/00000001-9223372036854775807",
            "log/00000001-18446744073709551615",
            "log/18446744073709551615-18446744073709551615",
        ] {
            assert_eq!(read_segment_name(other), None, "{other}");
        }
    }

    /// Numbers at which sums go wrong, and others.
    fn numbers() -> impl Strategy<Value = u64> {
        let edges = [0, 1, 2, LARGEST_NUMBER, LARGEST_NUMBER + 1, u64::MAX - 1, u64::MAX];
        prop_oneof![proptest::sample::select(edges.to_vec()), 0..12_u64, any::<u64>()]
    }

    proptest! {
        /// Whatever lies in a folder under whatever name: what is taken for a name has one that follows it, and what covers a
        /// stream is found or its gap is.
        #[test]
        fn no_name_goes_beyond_what_can_be_counted(
            named in proptest::collection::vec((numbers(), numbers()), 0..8),
            text in "(points|log|trail|sessions)/[-+ 0-9]{0,44}",
            through in numbers(),
        ) {
            let names = named.iter().flat_map(|(from, to)| {
                [segment_name(Stream::Log, *from, *to), point_name(*from), format!("log/{from}-{to}")]
            });
            let mut segments = Vec::new();
            for name in names.chain([text]) {
                if let Some(number) = read_point_name(&name) {
                    prop_assert_eq!(&point_name(number), &name);
                    prop_assert!(number > 0 && i64::try_from(number + 1).is_ok());
                }
                if let Some((stream, from, to)) = read_segment_name(&name) {
                    prop_assert_eq!(segment_name(stream, from, to), name);
                    prop_assert!(from > 0 && from <= to && i64::try_from(to + 1).is_ok());
                    segments.push((stream, from, to));
                }
            }
            let unread = named.iter().map(|(from, to)| (Stream::Log, *from, *to));
            for all in [segments, unread.collect()] {
                match covering(all, Stream::Log, through) {
                    Ok(found) => prop_assert!(found.last().map_or(0, |(_, to)| *to) >= through),
                    Err(gap) => prop_assert!((1..=through).contains(&gap)),
                }
            }
        }
    }

    #[test]
    fn a_server_takes_what_a_backup_has_and_no_other_name() {
        let blob = format!("blobs/ab/ab{}", "0".repeat(62));
        for name in [NAME, "slots/sheet", "points/0001742", "log/00048001-00048215", &blob] {
            assert!(is_object_name(name), "{name}");
        }
        let elsewhere = blob.replace("blobs/ab", "blobs/ac");
        for name in [
            "",
            "name",
            "slots/../sheet",
            "points/1",
            "points/..",
            "log/1-2",
            "files/sums",
            "other",
            &elsewhere,
        ] {
            assert!(!is_object_name(name), "{name}");
        }
    }

    #[test]
    fn segments_cover_a_stream_also_where_short_ones_were_merged_and_a_gap_is_named() {
        let names = |all: &[(u64, u64)]| all.iter().map(|(a, b)| (Stream::Log, *a, *b)).collect::<Vec<_>>();
        let merged = names(&[(1, 4), (5, 6), (7, 9), (1, 9), (10, 12)]);
        assert_eq!(covering(merged.clone(), Stream::Log, 12), Ok(vec![(1, 9), (10, 12)]));
        // An older point ends within a merged one.
        assert_eq!(covering(merged.clone(), Stream::Log, 6), Ok(vec![(1, 9)]));
        assert_eq!(covering(merged, Stream::Log, 13), Err(13));
        assert_eq!(covering(names(&[(1, 4), (6, 9)]), Stream::Log, 9), Err(5));
        assert_eq!(covering(names(&[(1, 4)]), Stream::Trail, 1), Err(1));
    }

    #[test]
    fn short_segments_are_merged_once_there_are_many_of_them_and_full_ones_are_left() {
        let full = LARGEST_SEGMENT as u64 / 4;
        let mut segments = vec![stored(1, 100, full)];
        for number in 0..MANY as u64 - 1 {
            segments.push(stored(101 + number, 101 + number, 500));
        }
        assert_eq!(mergeable(&segments, Stream::Log), None);
        segments.push(stored(116, 118, 500));
        assert_eq!(mergeable(&segments, Stream::Log), Some((101, 118)));
        assert_eq!(mergeable(&segments, Stream::Trail), None);
    }

    #[test]
    fn points_thin_out_with_age_and_the_newest_stays_however_old() {
        let at = |days: u64, hours: u64| NOW - days * DAY - hours * HOUR;
        let recent = [(9, at(0, 1)), (8, at(0, 2)), (7, at(29, 1))];
        assert_eq!(thinned(&recent, NOW), [0; 0]);
        let day = at(40, 0) / DAY * DAY;
        let older = [(9, at(0, 1)), (3, day + 5 * HOUR), (2, day + 4 * HOUR), (1, day + 3 * HOUR)];
        assert_eq!(thinned(&older, NOW), [2, 1]);
        let month = at(800, 0) / (30 * DAY) * (30 * DAY);
        let oldest = [(9, at(0, 1)), (2, month + 9 * DAY), (1, month + DAY)];
        assert_eq!(thinned(&oldest, NOW), [1]);
        assert_eq!(thinned(&[(1, at(900, 0))], NOW), [0; 0]);
    }

    #[test]
    fn it_is_the_age_of_what_is_in_no_backup_that_is_told() {
        assert_eq!(alarm(None, NOW), None);
        assert_eq!(alarm(Some(NOW - LATE + 1), NOW), None);
        assert_eq!(alarm(Some(NOW - LATE), NOW), Some(BackupAlarm::Late));
        assert_eq!(alarm(Some(NOW - OVERDUE), NOW), Some(BackupAlarm::Overdue));
        assert_eq!(alarm(Some(NOW + HOUR), NOW), None);
    }

    #[test]
    fn one_lost_object_is_mended_and_a_third_of_them_is_an_attack() {
        assert!(!looks_attacked(2, 1));
        assert!(!looks_attacked(10, 3));
        assert!(looks_attacked(10, 4));
        assert!(looks_attacked(2, 2));
    }
}
