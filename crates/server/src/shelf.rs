//! Which objects of backups are here, by installation and folder, and who may read them.

use std::collections::BTreeMap;

use deadpool_postgres::{GenericClient, Pool};
use domain::sync::{
    BackupDoor, BackupObject, BackupPart, BlobName, LARGEST_SLOT, MOST_DOORS, MOST_OBJECTS, MOST_SLOTS,
};
use domain::wire::Bytes;
use domain::{Incarnation, RecordId};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::Problem;
use crate::arrived::{self, name_of};
use crate::database::{column, execute, number, query};

/// So many bytes of room and of the day each new object takes at least, for its row takes some too.
pub(crate) const ROW: u64 = 4096;
/// The last folder of an installation: whoever restores looks through each.
pub(crate) const MOST_LINES: u64 = 999;

/// Makes place for the object of `part` among those of its installation, of which all have `room` bytes. Folders are begun
/// one after the other.
pub(crate) async fn begin(pool: &Pool, part: &BackupPart, room: u64) -> Result<(), Problem> {
    let mut connection = pool.get().await?;
    let transaction = connection.transaction().await?;
    let (own, reader) = (part.incarnation.0, part.reader.as_slice());
    let known = "insert into backup (incarnation, door, reader) values ($1, $2, $3) on conflict do nothing";
    execute(&transaction, known, &[&own, &part.door.0, &reader]).await?;
    if self::reader(&transaction, part.incarnation).await? != Some(part.reader) {
        return Err(Problem::OtherReader);
    }
    if part.line > next_line(&transaction, part.incarnation).await? {
        return Err(Problem::Malformed);
    }
    let fresh = "insert into blob (scope, sha256, size) values ($1, $2, $3) on conflict do nothing";
    let (digest, size) = (part.blob.sha256.as_slice(), number(part.blob.size));
    let costs = if execute(&transaction, fresh, &[&own, &digest, &size]).await? == 1 {
        part.blob.size.max(ROW)
    } else if !has(&transaction, part).await?
        && arrived::find(&transaction, [own, own], &part.blob, true).await?.is_some_and(|row| row.whole)
    {
        // The same bytes under another name, or in another folder.
        ROW
    } else {
        0
    };
    if costs > 0 {
        let grows = "update backup set bytes = bytes + $2 where incarnation = $1 and bytes + $2 <= $3";
        if execute(&transaction, grows, &[&own, &number(costs), &number(room)]).await? == 0 {
            return Err(Problem::NoRoom);
        }
    }
    Ok(transaction.commit().await?)
}

/// Whether the object of `part` is known under its name in its folder.
pub(crate) async fn has(client: &impl GenericClient, part: &BackupPart) -> Result<bool, Problem> {
    let sql = "select from backup_object
               where incarnation = $1 and line = $2 and name = $3 and sha256 = $4 and size = $5";
    let (own, digest, size) = (part.incarnation.0, part.blob.sha256.as_slice(), number(part.blob.size));
    let rows = query(client, sql, &[&own, &number(part.line), &part.name, &digest, &size]).await?;
    Ok(!rows.is_empty())
}

/// Notes that the object of `part` is here whole, as the last of its name. Slots and points keep the place at which they came
/// first: of these the earlier is believed.
pub(crate) async fn came(client: &impl GenericClient, part: &BackupPart) -> Result<(), Problem> {
    let sql = "insert into backup_object as known (incarnation, line, name, sha256, size)
               values ($1, $2, $3, $4, $5)
               on conflict (incarnation, line, name, sha256, size) do update set place = excluded.place
               where known.name not in ('slots/sheet', 'slots/clinic') and known.name not like 'points/%'
                     and exists (select from backup_object as later
                                 where later.incarnation = $1 and later.line = $2 and later.name = $3
                                       and later.place > known.place)";
    let (own, digest, size) = (part.incarnation.0, part.blob.sha256.as_slice(), number(part.blob.size));
    execute(client, sql, &[&own, &number(part.line), &part.name, &digest, &size]).await?;
    let is_all = part.offset == 0 && part.bytes.0.len() as u64 == part.blob.size;
    if !is_all || part.bytes.0.len() > LARGEST_SLOT {
        return Ok(());
    }
    let slot = match part.name.as_str() {
        "slots/sheet" => "update backup set sheet = $2 where incarnation = $1",
        "slots/clinic" => "update backup set clinic = $2 where incarnation = $1",
        _ => return Ok(()),
    };
    execute(client, slot, &[&own, &part.bytes.0]).await?;
    Ok(())
}

/// The public key of whoever may read the backup of this installation.
pub(crate) async fn reader(
    client: &impl GenericClient,
    of: Incarnation,
) -> Result<Option<[u8; 32]>, Problem> {
    let rows = query(client, "select reader from backup where incarnation = $1", &[&of.0]).await?;
    let key = |row: &Row| {
        let key: &[u8] = row.try_get("reader")?;
        key.try_into().map_err(|_| Problem::Damaged("reader"))
    };
    rows.first().map(key).transpose()
}

/// The last of the folders of this installation, from 0.
pub(crate) async fn last_line(client: &impl GenericClient, of: Incarnation) -> Result<u64, Problem> {
    let sql = "select coalesce(max(line), 0) as line from backup_object where incarnation = $1";
    query(client, sql, &[&of.0]).await?.first().map_or(Ok(0), |row| column(row, "line"))
}

/// The folder behind the last of this installation, from 0.
async fn next_line(client: &impl GenericClient, of: Incarnation) -> Result<u64, Problem> {
    let sql = "select coalesce(max(line) + 1, 0) as line from backup_object where incarnation = $1";
    query(client, sql, &[&of.0]).await?.first().map_or(Ok(0), |row| column(row, "line"))
}

/// The objects of a folder that are whole, whose names are between two, behind a place; and whether there are more.
pub(crate) async fn objects(
    client: &impl GenericClient,
    (of, line): (Incarnation, u64),
    (from, to): (&str, &str),
    after: u64,
) -> Result<(Vec<BackupObject>, bool), Problem> {
    let sql = "select o.name, o.sha256, o.size, o.place from backup_object o
               join blob b on b.scope = o.incarnation and b.sha256 = o.sha256 and b.size = o.size and b.whole
               where o.incarnation = $1 and o.line = $2 and o.name >= $3 and o.name < $4 and o.place > $5
               order by o.place limit $6";
    let most = number(MOST_OBJECTS as u64 + 1);
    let rows = query(client, sql, &[&of.0, &number(line), &from, &to, &number(after), &most]).await?;
    let object = |row: &Row| {
        let (name, blob) = (row.try_get("name")?, name_of(row)?);
        Ok::<_, Problem>(BackupObject { name, blob, place: column(row, "place")? })
    };
    let mut objects = rows.iter().map(object).collect::<Result<Vec<_>, _>>()?;
    let more = objects.len() > MOST_OBJECTS;
    objects.truncate(MOST_OBJECTS);
    Ok((objects, more))
}

/// Whether these bytes are an object of this installation.
pub(crate) async fn is_object(
    client: &impl GenericClient,
    of: Incarnation,
    blob: &BlobName,
) -> Result<bool, Problem> {
    let sql = "select from backup_object where incarnation = $1 and sha256 = $2 and size = $3 limit 1";
    let (digest, size) = (blob.sha256.as_slice(), number(blob.size));
    Ok(!query(client, sql, &[&of.0, &digest, &size]).await?.is_empty())
}

/// The installations that have backups here, behind `after`, with what opens their stores; and whether there are more.
pub(crate) async fn doors(
    client: &impl GenericClient,
    after: Option<Incarnation>,
) -> Result<(Vec<BackupDoor>, bool), Problem> {
    let sql = "select incarnation, door, sheet, clinic from backup
               where $1::uuid is null or incarnation > $1 order by incarnation limit $2";
    let after: Option<Uuid> = after.map(|after| after.0);
    let rows = query(client, sql, &[&after, &number(MOST_DOORS as u64 + 1)]).await?;
    let door = |row: &Row| {
        let slot = |column: &str, name: &str| -> Result<_, Problem> {
            let bytes: Option<Vec<u8>> = row.try_get(column)?;
            Ok(bytes.map(|bytes| (name.to_owned(), Bytes(bytes))))
        };
        let slots = [slot("sheet", "slots/sheet")?, slot("clinic", "slots/clinic")?];
        Ok::<_, Problem>(BackupDoor {
            incarnation: Incarnation(row.try_get("incarnation")?),
            workstation: RecordId(row.try_get("door")?),
            slots: slots.into_iter().flatten().collect(),
            earlier: None,
        })
    };
    let mut doors = rows.iter().map(door).collect::<Result<Vec<_>, _>>()?;
    let more = doors.len() > MOST_DOORS;
    doors.truncate(MOST_DOORS);
    Ok((doors, more))
}

/// A slot by its name.
pub(crate) type Slot = (String, BlobName);

/// The first slots that came of these installations, in whichever of their folders, in order.
pub(crate) async fn first_slots(
    client: &impl GenericClient,
    of: &[Incarnation],
) -> Result<BTreeMap<Incarnation, Vec<Slot>>, Problem> {
    // Each folder is asked by its number: a backup has very many other objects.
    let sql = "select incarnation, name, sha256, size from (
                   select o.incarnation, o.name, o.sha256, o.size, min(o.place) as first,
                          row_number() over (partition by o.incarnation, o.name order by min(o.place)) as nth
                   from unnest($1::uuid[]) as asked (incarnation)
                   cross join lateral (select coalesce(max(line), 0) as line from backup_object
                                       where incarnation = asked.incarnation) as last
                   cross join lateral generate_series(0, last.line) as folder (line)
                   cross join unnest(array['slots/sheet', 'slots/clinic']) as slot (name)
                   join backup_object o on o.incarnation = asked.incarnation and o.line = folder.line
                                           and o.name = slot.name
                   where o.size <= $2
                   group by o.incarnation, o.name, o.sha256, o.size
               ) as slots where nth <= $3 order by incarnation, name, nth";
    let of: Vec<Uuid> = of.iter().map(|of| of.0).collect();
    let (largest, most) = (number(LARGEST_SLOT as u64), number(MOST_SLOTS as u64));
    let mut slots = BTreeMap::<_, Vec<_>>::new();
    for row in query(client, sql, &[&of, &largest, &most]).await? {
        let slot = (row.try_get("name")?, name_of(&row)?);
        slots.entry(Incarnation(row.try_get("incarnation")?)).or_default().push(slot);
    }
    Ok(slots)
}
