//! Bytes that records name: what is here, what is coming, what is elsewhere. Up to 64 kB lie in the row, more in a file
//! beside the store. A file that nothing names, because its act was never done, goes at the next opening.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::ops::Range;

use crypto::stream::CHUNK;
use crypto::{Entropy, random, sha256};
use domain::record::{Hex, Kind, Type};
use domain::{BlobRef, Digest, RecordId, files};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row as SqlRow, params};

use crate::act::Act;
use crate::files::{FileSalt, Files, Unread};
use crate::projection::{Projection, Shown};
use crate::row::{Col, blob};
use crate::table::{Pen, Row, Table};
use crate::{Store, StoreError};

/// Where the bytes of a blob are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlobState {
    /// Here, whole.
    Here,
    /// So many of them are here.
    Coming(u64),
    /// Not here.
    Elsewhere,
    /// Here, and not as they were written; they are fetched again.
    Damaged,
    /// Erased for good.
    Erased,
}

/// What is known of a blob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Which.
    pub blob: BlobRef,
    /// Where its bytes are.
    pub state: BlobState,
    /// When somebody looked at it last, in milliseconds since 1970; 0 where nobody did.
    pub used: u64,
    /// When somebody asked for its bytes, likewise, until they are here.
    pub asked: u64,
    /// Whether the server has signed that it has them.
    pub received: bool,
}

/// What became of bytes that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// More are awaited, from here on.
    From(u64),
    /// All are here, and they are what was named.
    Whole,
    /// They were not what was named; they are begun again.
    Damaged,
}

/// How soon a blob is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// The small picture of one.
    Thumbnail,
    /// Somebody waits for it.
    Asked,
    /// A person has it who is in a visit under way.
    Present,
    /// Any other.
    Rest,
}

/// A blob that a record names and whose bytes are not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub blob: BlobRef,
    /// So many bytes of it are here.
    pub through: u64,
    /// How soon.
    pub urgency: Urgency,
}

/// A blob that should be here whole and is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultyBlob {
    /// Which.
    pub sha256: Digest,
    /// A record that names it; none where none does.
    pub record: Option<RecordId>,
    /// Whether it is gone, and not only changed.
    pub missing: bool,
}

/// What no more bytes than this have lies in the row.
const IN_ROW: u64 = CHUNK;

/// The row of a blob.
struct Kept {
    blob: Blob,
    salt: Option<FileSalt>,
    bytes: Option<Vec<u8>>,
}

const COLUMNS: &str = "sha256, size, media_type, state, through, used, asked, received, salt, bytes";

impl Kept {
    fn read(row: &SqlRow) -> rusqlite::Result<Self> {
        let number = |at: usize| -> rusqlite::Result<u64> { Ok(row.get::<_, i64>(at)?.unsigned_abs()) };
        let state = match row.get_ref(3)?.as_str()? {
            "here" => BlobState::Here,
            "coming" => BlobState::Coming(number(4)?),
            "damaged" => BlobState::Damaged,
            "erased" => BlobState::Erased,
            _ => BlobState::Elsewhere,
        };
        let blob = Blob {
            blob: blob_ref(row.get_ref(0)?.as_blob()?, number(1)?, row.get(2)?),
            state,
            used: number(5)?,
            asked: number(6)?,
            received: row.get(7)?,
        };
        Ok(Self { blob, salt: row.get(8)?, bytes: row.get(9)? })
    }

    fn is_in_row(&self) -> bool {
        self.blob.blob.size <= IN_ROW
    }
}

fn blob_ref(sha256: &[u8], size: u64, media_type: String) -> BlobRef {
    BlobRef { sha256: Hex::of(sha256), size, media_type }
}

impl Act<'_> {
    /// Keeps `bytes`: on return they are on the disk, and with the end of this act they are known. The same bytes twice
    /// are kept once.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Full`] where the disk has no room for them.
    pub fn keep_blob(
        &self,
        entropy: &mut dyn Entropy,
        media_type: &str,
        bytes: &[u8],
    ) -> Result<BlobRef, StoreError> {
        let digest = sha256(&[bytes]);
        let size = bytes.len() as u64;
        let kept = self.kept_blob(&digest)?;
        if let Some(kept) = kept.filter(|kept| kept.blob.state == BlobState::Here)
            && (kept.is_in_row() || self.beside_files()?.stands(&digest, size))
        {
            return Ok(kept.blob.blob);
        }
        let (salt, in_row) = if size <= IN_ROW {
            (None, Some(bytes))
        } else {
            let salt: FileSalt = random(entropy);
            self.beside_files()?.write(&digest, &salt, bytes)?;
            (Some(salt), None)
        };
        let state = "here";
        self.transaction
            .prepare_cached(
                "insert into blob (sha256, size, media_type, state, salt, through, bytes)
                 values (?1, ?2, ?3, ?4, ?5, ?2, ?6)
                 on conflict (sha256) do update set state = ?4, salt = ?5, through = ?2, bytes = ?6, asked = 0",
            )?
            .execute(params![digest, size.cast_signed(), media_type, state, salt, in_row])?;
        Ok(blob_ref(&digest, size, media_type.to_owned()))
    }

    /// What is known of the blob with this digest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blob(&self, digest: &[u8]) -> Result<Option<Blob>, StoreError> {
        let columns = COLUMNS.replace(", bytes", ", null");
        let mut statement =
            self.transaction.prepare_cached(&format!("select {columns} from blob where sha256 = ?1"))?;
        Ok(statement.query_row([digest], Kept::read).optional()?.map(|kept| kept.blob))
    }

    /// The bytes in `range` of the blob with this digest; `None` where they are not here. A file that is gone or damaged is
    /// known as that from then on, and is fetched again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blob_bytes(&self, digest: &[u8], range: Range<u64>) -> Result<Option<Vec<u8>>, StoreError> {
        let Ok(digest) = Digest::try_from(digest) else { return Ok(None) };
        let Some(kept) = self.kept_blob(&digest)?.filter(|kept| kept.blob.state == BlobState::Here) else {
            return Ok(None);
        };
        let size = kept.blob.blob.size;
        if let Some(bytes) = &kept.bytes {
            let place = |at: u64| usize::try_from(at.min(size)).unwrap_or(usize::MAX);
            return Ok(bytes.get(place(range.start)..place(range.end)).map(<[u8]>::to_vec));
        }
        let Some(salt) = kept.salt else { return Ok(None) };
        match self.beside_files()?.read(&digest, &salt, size, range) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Unread::Io(error)) => Err(error.into()),
            Err(fault) => {
                self.give_up(&digest, matches!(fault, Unread::Missing))?;
                Ok(None)
            }
        }
    }

    /// All bytes of the blob with this digest, as [`Act::blob_bytes`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn whole_blob(&self, digest: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.blob_bytes(digest, 0..u64::MAX)
    }

    /// Forgets the bytes with this digest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget_blob(&self, digest: &Digest) -> Result<(), StoreError> {
        self.transaction.prepare_cached("delete from blob where sha256 = ?1")?.execute([digest])?;
        Ok(())
    }

    /// Notes that somebody looked at the blob with this digest at `now`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn use_blob(&self, digest: &[u8], now: u64) -> Result<(), StoreError> {
        let sql = "update blob set used = ?2 where sha256 = ?1";
        self.transaction.prepare_cached(sql)?.execute(params![digest, now.cast_signed()])?;
        Ok(())
    }

    /// Notes that somebody waits since `now` for the bytes with this digest; returns whether they are awaited.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn ask_blob(&self, digest: &[u8], now: u64) -> Result<bool, StoreError> {
        let sql = "update blob set asked = ?2
                   where sha256 = ?1 and state in ('coming', 'elsewhere', 'damaged')";
        Ok(self.transaction.prepare_cached(sql)?.execute(params![digest, now.cast_signed()])? > 0)
    }

    /// The records that name the blob with this digest and were not withdrawn, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn naming_blob(&self, digest: &[u8]) -> Result<Vec<RecordId>, StoreError> {
        self.reads_blobs();
        let sql = "select distinct record from named_blob where sha256 = ?1 and voided = 0 order by record";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let records = statement.query_map([digest], |row| row.get::<_, Col<RecordId>>(0))?;
        Ok(records.map(|record| record.map(|record| record.0)).collect::<Result<_, _>>()?)
    }

    /// At most `limit` blobs that records name and whose bytes are not here, in the order in which they are fetched:
    /// thumbnails, what somebody waits for, what those have who are in a visit, and then the latest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn wanted_blobs(&self, limit: u32) -> Result<Vec<Wanted>, StoreError> {
        self.reads_blobs();
        let mut statement = self.transaction.prepare_cached(
            "select blob.sha256, blob.size, blob.media_type,
                    case when blob.state = 'coming' then blob.through else 0 end,
                    case when max(named_blob.field = 'thumb') then 0
                         when blob.asked > 0 then 1
                         when max(exists (select 1 from listing join record on record.id = listing.record
                                          where listing.list = 'visit.status' and listing.voided = 0
                                            and listing.key in ('arrived', 'triaged', 'in_progress')
                                            and record.patient = named_blob.patient)) then 2
                         else 3 end as urgency
             from blob join named_blob on named_blob.sha256 = blob.sha256 and named_blob.voided = 0
             where blob.state in ('coming', 'elsewhere', 'damaged')
             group by blob.sha256
             order by urgency, blob.asked desc, blob.state = 'coming' desc, max(named_blob.position) desc
             limit ?1",
        )?;
        let wanted = statement.query_map([limit], |row| {
            Ok(Wanted {
                blob: blob_ref(row.get_ref(0)?.as_blob()?, row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?),
                through: row.get::<_, i64>(3)?.unsigned_abs(),
                urgency: match row.get(4)? {
                    0 => Urgency::Thumbnail,
                    1 => Urgency::Asked,
                    2 => Urgency::Present,
                    _ => Urgency::Rest,
                },
            })
        })?;
        Ok(wanted.collect::<Result<_, _>>()?)
    }

    /// At most `limit` blobs that records name, that are here, and that the server has not signed for: thumbnails first,
    /// then the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unsent_blobs(&self, limit: u32) -> Result<Vec<BlobRef>, StoreError> {
        self.reads_blobs();
        let mut statement = self.transaction.prepare_cached(
            "select blob.sha256, blob.size, blob.media_type
             from blob join named_blob on named_blob.sha256 = blob.sha256
             where blob.state = 'here' and blob.received = 0
             group by blob.sha256
             order by max(named_blob.field = 'thumb') desc, min(named_blob.position) limit ?1",
        )?;
        let unsent = statement.query_map([limit], |row| {
            Ok(blob_ref(row.get_ref(0)?.as_blob()?, row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?))
        })?;
        Ok(unsent.collect::<Result<_, _>>()?)
    }

    /// Takes `bytes` of an awaited blob, which stand in it from `offset` on. Those that are here already change nothing, and
    /// a gap is not bridged: the answer says from where more are awaited.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn take_blob(
        &self,
        entropy: &mut dyn Entropy,
        digest: &Digest,
        offset: u64,
        bytes: &[u8],
    ) -> Result<Taken, StoreError> {
        let Some(kept) = self.kept_blob(digest)? else { return Ok(Taken::From(0)) };
        let size = kept.blob.blob.size;
        let through = match kept.blob.state {
            BlobState::Here | BlobState::Erased => return Ok(Taken::Whole),
            BlobState::Coming(through) => through,
            BlobState::Elsewhere | BlobState::Damaged => 0,
        };
        let is_next = offset == through;
        let fits = through.saturating_add(bytes.len() as u64) <= size;
        if !is_next || bytes.is_empty() {
            return Ok(Taken::From(through));
        }
        if !fits {
            return self.begin_again(digest);
        }
        let now_through = through + bytes.len() as u64;
        // What came before and is no whole chunk, and what has come now.
        let mut tail = kept.bytes.filter(|_| through > 0).unwrap_or_default();
        tail.extend_from_slice(bytes);
        if kept.blob.blob.size <= IN_ROW {
            return self.take_in_row(digest, size, now_through, &tail);
        }
        let salt = kept.salt.filter(|_| through > 0).unwrap_or_else(|| random(entropy));
        let files = self.beside_files()?;
        let mut number = (now_through - tail.len() as u64) / CHUNK;
        let mut rest = tail.as_slice();
        while let Some((chunk, more)) = first_chunk(rest, size, number) {
            match files.append(digest, &salt, size, number, chunk) {
                // What had come is gone: it was put in its place and nobody noted it, or the power went first.
                Err(error) if error.kind() == ErrorKind::NotFound => return self.begin_again(digest),
                written => written?,
            }
            (rest, number) = (more, number + 1);
        }
        if now_through == size {
            return match files.settle(digest, &salt, size) {
                Ok(true) => self.settled(digest, Some(&salt), None),
                Err(Unread::Io(error)) => Err(error.into()),
                Ok(false) | Err(Unread::Missing | Unread::Damaged) => self.begin_again(digest),
            };
        }
        self.coming(digest, Some(&salt), now_through, rest)
    }

    /// Notes that the server has signed that it has the bytes with this digest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blob_received(&self, digest: &Digest) -> Result<(), StoreError> {
        let sql = "update blob set received = 1 where sha256 = ?1";
        self.transaction.prepare_cached(sql)?.execute([digest])?;
        Ok(())
    }

    /// How many blobs are here and not at the server, and how many records name whose bytes are not here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn blob_counts(&self) -> Result<(u64, u64), StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            let count: i64 = self.transaction.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        };
        let named = "exists (select 1 from named_blob where named_blob.sha256 = blob.sha256";
        let unsent = count(&format!(
            "select count(*) from blob where blob.state = 'here' and blob.received = 0 and {named})"
        ))?;
        let wanted = count(&format!(
            "select count(*) from blob
             where blob.state in ('coming', 'elsewhere', 'damaged') and {named} and named_blob.voided = 0)"
        ))?;
        Ok((unsent, wanted))
    }

    /// Reads every blob that should be here, and names those that are gone or not as they were written. They are fetched
    /// again from then on; one that reads again is here again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn check_blobs(&self) -> Result<Vec<FaultyBlob>, StoreError> {
        let mut faulty = Vec::new();
        let mut statement = self.transaction.prepare(
            "select sha256 from blob
             where state = 'here' or (state in ('elsewhere', 'damaged') and coalesce(salt, bytes) is not null)
             order by sha256",
        )?;
        let digests = statement.query_map([], |row| row.get::<_, Digest>(0))?;
        let digests: Vec<Digest> = digests.collect::<Result<_, _>>()?;
        for digest in digests {
            let Some(kept) = self.kept_blob(&digest)? else { continue };
            let found = match (&kept.bytes, kept.salt) {
                (Some(bytes), _) if sha256(&[bytes]) == digest => Ok(()),
                (None, Some(salt)) => self.beside_files()?.check(&digest, &salt, kept.blob.blob.size),
                _ => Err(Unread::Damaged),
            };
            let missing = match found {
                Ok(()) if kept.blob.state == BlobState::Here => continue,
                Ok(()) => {
                    self.settled(&digest, kept.salt.as_ref(), kept.bytes.as_deref())?;
                    continue;
                }
                Err(Unread::Io(error)) => return Err(error.into()),
                Err(fault) => matches!(fault, Unread::Missing),
            };
            self.give_up(&digest, missing)?;
            let record = self.naming_blob(&digest)?.first().copied();
            faulty.push(FaultyBlob { sha256: digest, record, missing });
        }
        Ok(faulty)
    }

    /// Looks which files beside the store are not there as long as they should be; those are fetched from then on. None is
    /// opened.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn look_for_files(&self) -> Result<(), StoreError> {
        let mut statement = self
            .transaction
            .prepare("select sha256, size from blob where state = 'here' and salt is not null")?;
        let files = statement.query_map([], |row| Ok((row.get::<_, Digest>(0)?, row.get::<_, i64>(1)?)))?;
        for (digest, size) in files.collect::<Result<Vec<_>, _>>()? {
            if !self.beside_files()?.stands(&digest, size.unsigned_abs()) {
                self.give_up(&digest, true)?;
            }
        }
        Ok(())
    }

    fn kept_blob(&self, digest: &Digest) -> Result<Option<Kept>, StoreError> {
        let mut statement =
            self.transaction.prepare_cached(&format!("select {COLUMNS} from blob where sha256 = ?1"))?;
        Ok(statement.query_row([digest], Kept::read).optional()?)
    }

    /// Keeps what has come of a blob that lies in its row.
    fn take_in_row(
        &self,
        digest: &Digest,
        size: u64,
        through: u64,
        bytes: &[u8],
    ) -> Result<Taken, StoreError> {
        if through < size {
            return self.coming(digest, None, through, bytes);
        }
        if sha256(&[bytes]) == *digest {
            return self.settled(digest, None, Some(bytes));
        }
        self.begin_again(digest)
    }

    fn coming(
        &self,
        digest: &Digest,
        salt: Option<&FileSalt>,
        through: u64,
        rest: &[u8],
    ) -> Result<Taken, StoreError> {
        let sql = "update blob set state = 'coming', salt = ?2, through = ?3, bytes = ?4 where sha256 = ?1";
        self.transaction.prepare_cached(sql)?.execute(params![digest, salt, through.cast_signed(), rest])?;
        Ok(Taken::From(through))
    }

    /// What came is whole.
    fn settled(
        &self,
        digest: &Digest,
        salt: Option<&FileSalt>,
        bytes: Option<&[u8]>,
    ) -> Result<Taken, StoreError> {
        let sql = "update blob set state = 'here', salt = ?2, through = size, bytes = ?3, asked = 0
                   where sha256 = ?1";
        self.transaction.prepare_cached(sql)?.execute(params![digest, salt, bytes])?;
        Ok(Taken::Whole)
    }

    /// What came is worth nothing; it is awaited from its beginning.
    fn begin_again(&self, digest: &Digest) -> Result<Taken, StoreError> {
        let sql =
            "update blob set state = 'damaged', salt = null, through = 0, bytes = null where sha256 = ?1";
        self.transaction.prepare_cached(sql)?.execute([digest])?;
        Ok(Taken::Damaged)
    }

    /// What should be here does not read. It is awaited again, and what would open it stays: a disk that was away may come
    /// back.
    fn give_up(&self, digest: &Digest, missing: bool) -> Result<(), StoreError> {
        let state = if missing { "elsewhere" } else { "damaged" };
        let sql = "update blob set state = ?2, through = 0 where sha256 = ?1";
        self.transaction.prepare_cached(sql)?.execute(params![digest, state])?;
        Ok(())
    }

    fn beside_files(&self) -> Result<&Files, StoreError> {
        self.files.ok_or(StoreError::Damaged("files"))
    }

    /// Notes that the kinds that name blobs were looked for.
    fn reads_blobs(&self) {
        domain::kinds::KINDS.iter().filter(|kind| names_blobs(kind)).for_each(|kind| self.reads(kind.name));
    }
}

/// The first whole chunk of `rest`, where it begins with the chunk `number` of `size` bytes, and what is behind it.
fn first_chunk(rest: &[u8], size: u64, number: u64) -> Option<(&[u8], &[u8])> {
    let length = size.saturating_sub(number.saturating_mul(CHUNK)).min(CHUNK);
    rest.split_at_checked(usize::try_from(length).ok().filter(|length| *length > 0)?)
}

impl Store {
    /// Removes the files that no row knows: what was kept for an act that was never done. Where the store itself is not as
    /// it was left nothing is removed, for what names them may come back.
    pub(crate) fn sweep_files(&self) {
        let known = || -> Result<BTreeSet<Digest>, StoreError> {
            let sql = "select sha256 from blob where salt is not null";
            let mut statement = self.connection.prepare(sql)?;
            let digests = statement.query_map([], |row| row.get(0))?;
            Ok(digests.collect::<Result<_, _>>()?)
        };
        if self.opened.is_as_left()
            && let Ok(known) = known()
        {
            // What cannot be removed now is removed another time.
            self.files.sweep(&known).ok();
        }
    }
}

fn names_blobs(kind: &Kind) -> bool {
    kind.fields.iter().any(|field| field.holds == Type::Blob)
}

/// The table of which record names which blob.
pub(crate) struct NamedBlobs;

impl Projection for NamedBlobs {
    fn tables(&self) -> &'static [Table] {
        &[Table {
            name: "named_blob",
            key: "record",
            columns: &["field", "sha256", "size", "media_type", "patient", "position", "voided"],
        }]
    }

    fn shows(&self, kind: &Kind) -> bool {
        names_blobs(kind)
    }

    fn rows(&self, shown: &Shown) -> Result<Vec<Vec<Row>>, StoreError> {
        let row = |(field, named): (&str, BlobRef)| -> Row {
            vec![
                field.to_owned().into(),
                named.sha256.bytes().into(),
                i64::try_from(named.size).unwrap_or(i64::MAX).into(),
                named.media_type.into(),
                shown.patient.map_or(Value::Null, blob),
                shown.version.into(),
                shown.state.voided.is_some().into(),
            ]
        };
        let mut named: Vec<(&str, BlobRef)> = files::blobs(shown.kind, shown.state).collect();
        // As the table has them.
        named.sort_unstable_by_key(|(field, _)| *field);
        Ok(vec![named.into_iter().map(row).collect()])
    }

    fn follow(&self, pen: &mut Pen, _: &Table, changed: &[Row]) -> Result<(), StoreError> {
        if !pen.writes() {
            return Ok(());
        }
        let mut known = pen.connection.prepare_cached(
            "insert or ignore into blob (sha256, size, media_type, state) values (?1, ?2, ?3, 'elsewhere')",
        )?;
        for row in changed {
            if let [_, sha256, size, media_type, ..] = row.as_slice() {
                known.execute(params![sha256, size, media_type])?;
            }
        }
        Ok(())
    }

    fn finish(&self, pen: &mut Pen) -> Result<(), StoreError> {
        let sql = "select exists (select 1 from named_blob
                   where not exists (select 1 from blob where blob.sha256 = named_blob.sha256))";
        if pen.connection.query_row(sql, [], |row| row.get(0))? {
            pen.differing.insert("blob");
            if pen.writes() {
                // What nobody knows more of is elsewhere.
                let sql = "insert or ignore into blob (sha256, size, media_type, state)
                           select sha256, size, media_type, 'elsewhere' from named_blob";
                pen.connection.execute(sql, [])?;
            }
        }
        Ok(())
    }
}
