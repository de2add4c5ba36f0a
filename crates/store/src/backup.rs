//! What a backup takes of the store, stream by stream, and the sealed objects in which it lies; `shelf.rs` says what keeps
//! them, `place.rs` has the folder on a target, `walk.rs` says whether what lies there is whole, `refill.rs` makes a store of it again.

mod laid;
mod place;
mod refill;
mod shelf;
mod sums;
mod walk;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crypto::backup::{Object, blob_name};
use crypto::log::{EntryBytes, OpBytes};
use crypto::{Entropy, Frontier, Secret, Signed, SigningKey, StoreKey, sha256};
use domain::backup::{
    BlobRow, FORMAT, Held, LARGEST_OBJECT, Local, LogEnd, LogRow, Point, Rows, Segment, SessionRow, Standing,
    StandingOp, Stream, TrailRow,
};
use domain::wire::{Bytes, Message};
use domain::{Digest, Incarnation, Scope, Value};
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, params};

use crate::StoreError;
use crate::act::Act;
use crate::files::{FileSalt, Files, Unread};
use crate::row::{Col, unstamp};

pub use laid::sum_of;
pub use place::{Installed, Target, folder_name};
pub use refill::{Refill, Refilled};
pub use shelf::{Backup, BackupFault, LeftOut, Newest, SUMS, Shelf, sums_line};
pub use sums::Summing;
pub use walk::Walk;

/// The tables of what belongs to this workstation alone.
pub(crate) const TABLES: [&str; 5] = ["local", "opened", "peer", "scratch", "stranded"];
/// The rows of the log. A cross join keeps the order: by transactions they come as they are read, by ops all of them would be
/// sorted first, for each slice anew.
const LOG_ROWS: &str =
    "select tx.position, tx.bytes, tx.arrived, op.position, op.header, op.body, op.signature
             from tx cross join op on op.tx = tx.position
             where tx.position > ?1 and tx.position <= ?2 order by tx.position, op.seq";
/// The ops of the transactions that do not stand as their rows say. These are few: they are found by indices and looked up one
/// by one, so that a large log takes no longer than a small one.
const STANDING: &str = "
    with apart (tx) as (
        select tx from let_in
        union select tx from op indexed by op_quarantine where quarantine is not null
        union select tx from op indexed by op_clamp where clamp is not null)
    select op.tx, position, clamp, quarantine, signature
    from apart cross join op on op.tx = apart.tx where apart.tx <= ?1 order by apart.tx, op.seq";
/// What of the local values goes nowhere: the keys with which this installation signs and opens, and that marks lie beside
/// it. Whoever is restored is another installation, and whoever restores has the store's key already.
const OWN: [&str; 3] = ["workstation_key", "store_key", "marked"];
/// The private keys with which people issue certificates here.
const ISSUING: &str = "issuing/";
/// The beginning of the local values that tell what was left at each target: they are of use here alone.
pub const WROTE: &str = "backup/wrote/";

/// What was read of a stream.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its rows.
    pub rows: Vec<Bytes>,
    /// Their bytes.
    pub bytes: usize,
    /// The last place that they cover.
    pub through: u64,
    /// Whether there is more.
    pub more: bool,
}

impl Part {
    /// Adds a row, unless there is as much as was asked for; returns whether it was added.
    fn add(&mut self, place: u64, row: Vec<u8>, most: usize) -> bool {
        if !self.rows.is_empty() && self.bytes + row.len() > most {
            self.more = true;
            return false;
        }
        self.bytes += row.len();
        self.through = place;
        self.rows.push(Bytes(row));
        true
    }
}

impl Act<'_> {
    /// The last place of `stream`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn stream_end(&self, stream: Stream) -> Result<u64, StoreError> {
        let last = |sql: &str| -> Result<i64, StoreError> {
            Ok(self.transaction.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
        };
        let last = match stream {
            Stream::Log => last("select coalesce(max(position), 0) from tx")?,
            Stream::Trail => {
                last("select coalesce(max(seq), 0) from audit")?.saturating_add_unsigned(self.former()?)
            }
            Stream::Sessions => last("select coalesce(max(place), 0) from session")?,
        };
        Ok(last.max(0).unsigned_abs())
    }

    /// The rows of `stream` behind the place `after` up to `through`: at most `most` bytes, or one longer row by itself.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn stream_rows(
        &self,
        stream: Stream,
        after: u64,
        through: u64,
        most: usize,
    ) -> Result<Part, StoreError> {
        let mut part = Part { through: after, ..Part::default() };
        match stream {
            Stream::Log => self.log_rows(&mut part, after, through, most)?,
            Stream::Trail => self.trail_rows(&mut part, after, through, most)?,
            Stream::Sessions => self.session_rows(&mut part, after, through, most)?,
        }
        if !part.more {
            part.through = through;
        }
        Ok(part)
    }

    fn log_rows(&self, part: &mut Part, after: u64, through: u64, most: usize) -> Result<(), StoreError> {
        let mut statement = self.transaction.prepare_cached(LOG_ROWS)?;
        let mut rows = statement.query([after.cast_signed(), through.cast_signed()])?;
        let mut open: Option<(LogRow, EntryBytes)> = None;
        let finish = |part: &mut Part, (row, entry): (LogRow, EntryBytes)| {
            let row = LogRow { entry: Bytes(entry.to_sent()), ..row };
            part.add(row.place, row.to_bytes(), most)
        };
        while let Some(row) = rows.next()? {
            let place = row.get::<_, i64>(0)?.unsigned_abs();
            if let Some(done) = open.take_if(|(open, _)| open.place != place)
                && !finish(part, done)
            {
                return Ok(());
            }
            let (_, entry) = match &mut open {
                Some(open) => open,
                None => open.insert((
                    LogRow {
                        place,
                        position: row.get::<_, i64>(3)?.unsigned_abs(),
                        arrived: row.get::<_, Option<i64>>(2)?.map(i64::unsigned_abs),
                        entry: Bytes(Vec::new()),
                    },
                    EntryBytes { transaction: Bytes(row.get(1)?), ops: Vec::new() },
                )),
            };
            entry.ops.push(OpBytes {
                header: Bytes(row.get(4)?),
                body: row.get::<_, Option<Vec<u8>>>(5)?.map(Bytes),
                signature: row.get(6)?,
            });
        }
        if let Some(done) = open {
            finish(part, done);
        }
        Ok(())
    }

    /// How many entries of the trail are of installations before this one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn former(&self) -> Result<u64, StoreError> {
        let sql = "select coalesce(min(seq), 1) from audit";
        let least: i64 = self.transaction.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok((1 - least).max(0).unsigned_abs())
    }

    fn trail_rows(&self, part: &mut Part, after: u64, through: u64, most: usize) -> Result<(), StoreError> {
        let former = self.former()?.cast_signed();
        let mut statement = self.transaction.prepare_cached(
            "select seq, entry, detail, (select bytes from audit_head where audit_head.size = audit.seq)
             from audit where seq > ?1 and seq <= ?2 order by seq",
        )?;
        let mut rows = statement.query([after.cast_signed() - former, through.cast_signed() - former])?;
        while let Some(row) = rows.next()? {
            let place = (row.get::<_, i64>(0)? + former).unsigned_abs();
            let row = TrailRow {
                place,
                entry: Bytes(row.get(1)?),
                detail: row.get::<_, Option<Vec<u8>>>(2)?.map(Bytes),
                head: row.get::<_, Option<Vec<u8>>>(3)?.map(Bytes),
            };
            if !part.add(place, row.to_bytes(), most) {
                break;
            }
        }
        Ok(())
    }

    fn session_rows(&self, part: &mut Part, after: u64, through: u64, most: usize) -> Result<(), StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select place, scope, size, bytes from session where place > ?1 and place <= ?2 order by place",
        )?;
        let mut rows = statement.query([after.cast_signed(), through.cast_signed()])?;
        while let Some(row) = rows.next()? {
            let place = row.get::<_, i64>(0)?.unsigned_abs();
            let row = SessionRow {
                place,
                scope: row.get::<_, Col<Scope>>(1)?.0,
                size: row.get::<_, i64>(2)?.unsigned_abs(),
                said: Bytes(row.get(3)?),
            };
            if !part.add(place, row.to_bytes(), most) {
                break;
            }
        }
        Ok(())
    }

    /// How many ops came behind the place `after` of the log, and when the first of them came.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn outside(&self, after: u64) -> Result<(u64, Option<u64>), StoreError> {
        let count = "select count(*) from op where tx > ?1";
        let count: i64 =
            self.transaction.prepare_cached(count)?.query_row([after.cast_signed()], |row| row.get(0))?;
        let first = "select arrived from tx where position > ?1 order by position limit 1";
        let mut first = self.transaction.prepare_cached(first)?;
        let first: Option<Option<i64>> =
            first.query_row([after.cast_signed()], |row| row.get(0)).optional()?;
        Ok((count.unsigned_abs(), first.flatten().map(i64::unsigned_abs)))
    }

    /// When the entries of the log came that came since `since`, in milliseconds since 1970, latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn arrivals(&self, since: u64) -> Result<Vec<(u64, u64)>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "select arrived, (select count(*) from op where op.tx = tx.position) from tx order by position desc",
        )?;
        let mut rows = statement.query([])?;
        let mut arrivals = Vec::new();
        while let Some(row) = rows.next()? {
            match row.get::<_, Option<i64>>(0)?.map(i64::unsigned_abs) {
                Some(at) if at >= since => arrivals.push((at, row.get::<_, i64>(1)?.unsigned_abs())),
                _ => break,
            }
        }
        Ok(arrivals)
    }

    /// What each log amounts to; that of this workstation's trail comes last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn log_ends(&self, own: Incarnation) -> Result<Vec<LogEnd>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("select incarnation, scope, frontier from log order by incarnation, scope")?;
        let mut rows = statement.query([])?;
        let mut ends = Vec::new();
        while let Some(row) = rows.next()? {
            let frontier = Frontier::from_bytes(&row.get::<_, Vec<u8>>(2)?);
            let frontier = frontier.map_err(|_| StoreError::Damaged("frontier"))?;
            if frontier.size() > 0 {
                ends.push(LogEnd {
                    incarnation: row.get::<_, Col<Incarnation>>(0)?.0,
                    scope: Some(row.get::<_, Col<Scope>>(1)?.0),
                    size: frontier.size(),
                    root: frontier.root(),
                });
            }
        }
        let trail = self.audit_frontier()?;
        ends.push(LogEnd { incarnation: own, scope: None, size: trail.size(), root: trail.root() });
        Ok(ends)
    }

    /// What no log has of the transactions as far as the place `through`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn backup_local(&self, through: u64) -> Result<Local, StoreError> {
        let mut tables = BTreeMap::new();
        for table in TABLES {
            let mut rows = self.rows_of(&format!("select * from {table}"))?;
            if table == "local" {
                rows.retain(|row| !row.get("name").and_then(Value::as_text).is_some_and(is_own));
            }
            tables.insert(table.to_owned(), rows);
        }
        Ok(Local { v: FORMAT, standing: self.standing(through)?, tables })
    }

    /// The transactions that do not stand as their rows say.
    fn standing(&self, through: u64) -> Result<Vec<Standing>, StoreError> {
        let mut statement = self.transaction.prepare_cached(STANDING)?;
        let mut rows = statement.query([through.cast_signed()])?;
        let mut standing: Vec<Standing> = Vec::new();
        while let Some(row) = rows.next()? {
            let place = row.get::<_, i64>(0)?.unsigned_abs();
            let op = StandingOp {
                position: row.get::<_, i64>(1)?.unsigned_abs(),
                clamp: row.get::<_, Option<i64>>(2)?.map(unstamp),
                quarantine: row.get(3)?,
                signature: row.get(4)?,
            };
            match standing.last_mut().filter(|last| last.place == place) {
                Some(last) => last.ops.push(op),
                None => standing.push(Standing { place, ops: vec![op] }),
            }
        }
        Ok(standing)
    }

    fn rows_of(&self, sql: &str) -> Result<Rows, StoreError> {
        let mut statement = self.transaction.prepare(sql)?;
        let names: Vec<String> = statement.column_names().map(ToOwned::to_owned).collect();
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(named(&names, row)?);
        }
        Ok(found)
    }

    /// The digests of the blobs that are here, in order, with the bytes that lie in the store.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blob_digests(&self) -> Result<Vec<(Digest, u64)>, StoreError> {
        let sql = "select sha256, coalesce(length(bytes), 0) from blob where state = 'here' order by sha256";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many blobs are here, and how many bytes of them lie in the store: what [`held`] counts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blobs_here(&self) -> Result<(u64, u64), StoreError> {
        let sql = "select count(*), coalesce(sum(length(bytes)), 0) from blob where state = 'here'";
        let read = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        let (count, bytes) = self.transaction.prepare_cached(sql)?.query_row([], read)?;
        Ok((count.unsigned_abs(), bytes.unsigned_abs()))
    }

    /// What the first `size` entries of this installation's trail amount to; none where so many are not here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn trail_root_at(&self, size: u64) -> Result<Option<Digest>, StoreError> {
        let sql = "select entry from audit where seq between 1 and ?1 order by seq";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let mut rows = statement.query([size.cast_signed()])?;
        let mut trail = Frontier::default();
        while let Some(row) = rows.next()? {
            trail.append(&row.get::<_, Vec<u8>>(0)?);
        }
        Ok((trail.size() == size).then(|| trail.root()))
    }

    /// The row of the blob with this digest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blob_row(&self, sha256: &Digest) -> Result<Option<BlobRow>, StoreError> {
        let mut statement = self.transaction.prepare_cached("select * from blob where sha256 = ?1")?;
        let names: Vec<String> = statement.column_names().map(ToOwned::to_owned).collect();
        let mut rows = statement.query(params![sha256])?;
        let row = rows.next()?.map(|row| named(&names, row)).transpose()?;
        Ok(row.map(|row| BlobRow { v: FORMAT, row }))
    }
}

fn is_own(name: &str) -> bool {
    OWN.contains(&name) || name.starts_with(ISSUING) || name.starts_with(WROTE)
}

fn named(names: &[String], row: &rusqlite::Row) -> Result<BTreeMap<String, Value>, StoreError> {
    let mut found = BTreeMap::new();
    for (column, name) in names.iter().enumerate() {
        found.insert(name.clone(), value_of(row.get_ref(column)?));
    }
    Ok(found)
}

/// What a column holds; none of ours holds anything else.
fn value_of(column: ValueRef) -> Value {
    match column {
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
    }
}

/// Objects as a point tells of them: `names` in order, and their bytes.
#[must_use]
pub fn held<'a>(names: impl IntoIterator<Item = (&'a str, u64)>) -> Held {
    let mut all = Vec::new();
    let (mut count, mut bytes) = (0, 0);
    for (name, length) in names {
        all.extend_from_slice(name.as_bytes());
        all.push(0);
        count += 1;
        bytes += length;
    }
    if count == 0 { Held::NONE } else { Held { count, bytes, names: sha256(&[&all]) } }
}

/// So hard is it pressed: what seals takes as long.
const LEVEL: i32 = 3;

/// `rows` of `stream` as a sealed segment.
///
/// # Errors
/// [`StoreError::Full`] where there is no memory to press it in.
pub fn seal_segment(
    entropy: &mut dyn Entropy,
    key: &Secret<32>,
    own: Incarnation,
    (stream, from): (Stream, u64),
    part: Part,
) -> Result<Vec<u8>, StoreError> {
    let segment = Segment { v: FORMAT, stream, from, through: part.through, rows: part.rows };
    Ok(Object::Segment(stream, from).seal(entropy, key, own, &press(&segment.to_bytes())?))
}

/// The segment in these bytes; none where it is another one, or damaged.
#[must_use]
pub fn open_segment(
    key: &Secret<32>,
    own: Incarnation,
    (stream, from, through): (Stream, u64, u64),
    bytes: &[u8],
) -> Option<Segment> {
    let plain = Object::Segment(stream, from).open(key, own, bytes).ok()?;
    let segment = Segment::from_bytes(&unpress(&plain)?).ok()?;
    let said = (segment.v, segment.stream, segment.from, segment.through);
    (said == (FORMAT, stream, from, through)).then_some(segment)
}

/// The name of a blob's object, and the object.
///
/// # Errors
/// [`StoreError`].
pub fn seal_blob(
    entropy: &mut dyn Entropy,
    key: &Secret<32>,
    own: Incarnation,
    sha256: &Digest,
    row: &BlobRow,
) -> Result<(String, Vec<u8>), StoreError> {
    let sealed = Object::Blob(sha256).seal(entropy, key, own, &press(&row.to_bytes())?);
    Ok((blob_name(key, sha256), sealed))
}

/// The blob in these bytes, where its own bytes are those of its digest.
#[must_use]
pub fn open_blob(key: &Secret<32>, own: Incarnation, digest: &Digest, bytes: &[u8]) -> Option<BlobRow> {
    let plain = Object::Blob(digest).open(key, own, bytes).ok()?;
    let blob = BlobRow::from_bytes(&unpress(&plain)?).ok()?;
    let is_it = matches!(blob.row.get("sha256"), Some(Value::Bytes(said)) if said.as_slice() == digest);
    let fits = match blob.row.get("bytes") {
        Some(Value::Bytes(content)) => sha256(&[content]) == *digest,
        _ => true,
    };
    (is_it && fits).then_some(blob)
}

/// The name of a blob's large file below its folder, under the store's `key`; none where the blob lies in its row.
#[must_use]
pub fn large_name(key: &StoreKey, blob: &BlobRow) -> Option<String> {
    let (digest, ..) = sealed_file(blob)?;
    let place = Files::at(PathBuf::new(), key).place(&digest);
    let names: Vec<_> = place.iter().map(|part| part.to_string_lossy()).collect();
    Some(names.join("/"))
}

/// Whether a blob's large file in `backup` opens under the store's `key`, and has the bytes of its digest.
///
/// # Errors
/// [`BackupFault`] where the place does not read.
pub fn opens(backup: &Backup, key: &StoreKey, blob: &BlobRow) -> Result<bool, BackupFault> {
    let Some((digest, salt, size)) = sealed_file(blob) else { return Ok(true) };
    let Some(name) = large_name(key, blob) else { return Ok(true) };
    match Files::at(backup.at_hand(&name)?, key).check(&digest, &salt, size) {
        Ok(()) => Ok(true),
        Err(Unread::Missing | Unread::Damaged) if backup.is_there() => Ok(false),
        Err(Unread::Missing | Unread::Damaged) => Err(BackupFault::Gone),
        Err(Unread::Io(error)) => Err(backup.unread(&format!("files/{name}"), &error)),
    }
}

/// The same of one that lies in the folder `root` of this computer.
#[must_use]
pub fn opens_in(root: PathBuf, key: &StoreKey, blob: &BlobRow) -> bool {
    sealed_file(blob)
        .is_none_or(|(digest, salt, size)| Files::at(root, key).check(&digest, &salt, size).is_ok())
}

/// Digest, salt and size of a blob that lies in a file.
fn sealed_file(blob: &BlobRow) -> Option<(Digest, FileSalt, u64)> {
    let bytes = |name: &str| match blob.row.get(name) {
        Some(Value::Bytes(bytes)) => bytes.as_slice().try_into().ok(),
        _ => None,
    };
    let Some(Value::Int(size)) = blob.row.get("size") else { return None };
    Some((bytes("sha256")?, bytes("salt")?, u64::try_from(*size).ok()?))
}

/// `local` as it lies in the point with this number.
///
/// # Errors
/// [`StoreError`].
pub fn seal_local(
    entropy: &mut dyn Entropy,
    key: &Secret<32>,
    own: Incarnation,
    number: u64,
    local: &Local,
) -> Result<Bytes, StoreError> {
    Ok(Bytes(Object::Local(number).seal(entropy, key, own, &press(&local.to_bytes())?)))
}

/// What no log has, of a point.
#[must_use]
pub fn open_local(key: &Secret<32>, point: &Point) -> Option<Local> {
    let plain = Object::Local(point.number).open(key, point.incarnation, &point.local.0).ok()?;
    Local::from_bytes(&unpress(&plain)?).ok().filter(|local| local.v == FORMAT)
}

/// The bytes of a point's object.
#[must_use]
pub fn sign_point(key: &SigningKey, point: &Point) -> Vec<u8> {
    Signed::new(key, point).to_bytes()
}

/// The point in these bytes, if the holder of `public` signed it.
#[must_use]
pub fn open_point(public: &[u8; 32], bytes: &[u8]) -> Option<Point> {
    Signed::<Point>::from_bytes(bytes).ok()?.open(public).ok().filter(|point| point.v == FORMAT)
}

/// The point in these bytes, whoever signed it: to find the slots and the key by which its signer is known.
#[must_use]
pub fn claimed_point(bytes: &[u8]) -> Option<Point> {
    Signed::<Point>::from_bytes(bytes).ok()?.claimed().ok().filter(|point| point.v == FORMAT)
}

fn press(plain: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(plain, LEVEL).map_err(|_| StoreError::Full)
}

fn unpress(pressed: &[u8]) -> Option<Vec<u8>> {
    use std::io::Read;
    let mut plain = Vec::new();
    let most = LARGEST_OBJECT as u64;
    zstd::stream::read::Decoder::new(pressed).ok()?.take(most + 1).read_to_end(&mut plain).ok()?;
    (plain.len() as u64 <= most).then_some(plain)
}

#[cfg(test)]
mod tests {
    use crypto::testing::TestEntropy;

    use super::*;
    use crate::{Folder, Store};

    /// The steps in which SQLite would answer `sql`.
    fn steps(sql: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let key = StoreKey::random(&mut TestEntropy::new(7));
        let folder = Folder::take(&folder.path().join("data")).unwrap();
        let mut store = Store::open(folder, &key, &mut |_, _| {}).unwrap();
        let act = store.act().unwrap();
        let mut statement = act.transaction.prepare(&format!("explain query plan {sql}")).unwrap();
        let nulls = (1..=statement.parameter_count()).map(|_| rusqlite::types::Null);
        let steps = statement.query_map(rusqlite::params_from_iter(nulls), |row| row.get("detail")).unwrap();
        steps.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn the_rows_of_the_log_are_read_in_their_order_and_not_sorted_for_each_slice() {
        let steps = steps(LOG_ROWS);
        let begins = |step: usize, with: &str| steps[step].starts_with(with);
        assert!(
            begins(0, "SEARCH tx USING INTEGER PRIMARY KEY") && begins(1, "SEARCH op USING"),
            "{steps:?}"
        );
        assert!(!steps.iter().any(|step| step == "USE TEMP B-TREE FOR ORDER BY"), "{steps:?}");
    }

    #[test]
    fn what_stands_apart_is_found_without_reading_the_log() {
        let steps = steps(STANDING);
        let of_op: Vec<_> = steps.iter().filter(|step| step.contains(" op")).collect();
        let is_short = |step: &&String| {
            step.ends_with("INDEX op_quarantine")
                || step.contains("INDEX op_clamp")
                || step.ends_with("op_tx (tx=?)")
        };
        assert!(of_op.len() == 3 && of_op.iter().all(is_short), "{steps:?}");
    }

    #[test]
    fn what_is_pressed_comes_back_and_a_bomb_does_not() {
        assert_eq!(unpress(&press(b"rows").unwrap()).unwrap(), b"rows");
        assert!(unpress(&press(&vec![0; LARGEST_OBJECT + 1]).unwrap()).is_none());
        assert!(unpress(b"no frame").is_none());
    }
}
