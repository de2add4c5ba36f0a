//! Lists: the records of a kind by the value of one of their fields, latest change first.

use domain::record::Kind;
use domain::{RecordId, Scope, listing};
use rusqlite::{Connection, params};
use serde_json::json;

use crate::act::Act;
use crate::projection::{Projection, Shown};
use crate::records::{COLUMNS, read_all, read_row};
use crate::row::Col;
use crate::table::{Row, Table};
use crate::{Page, Record, StoreError};

/// The table of the lists.
pub(crate) struct Listing;

impl Projection for Listing {
    fn tables(&self) -> &'static [Table] {
        &[Table { name: "listing", key: "record", columns: &["list", "voided", "key", "position"] }]
    }

    fn shows(&self, kind: &Kind) -> bool {
        !kind.lists.is_empty()
    }

    fn rows(&self, shown: &Shown) -> Result<Vec<Vec<Row>>, StoreError> {
        let listed = listing::listed(shown.kind, shown.state);
        let row = |(field, key): (&str, &str)| {
            vec![
                name(shown.kind.name, field).into(),
                shown.state.voided.is_some().into(),
                key.to_owned().into(),
                shown.version.into(),
            ]
        };
        Ok(vec![listed.map(row).collect()])
    }
}

/// The certificates that bear this printed number.
pub(crate) fn borne(connection: &Connection, number: &str) -> Result<Vec<RecordId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "select record from listing where list = ?1 and voided in (0, 1) and key = ?2 order by record",
    )?;
    let certificates =
        statement.query_map((name("certificate", "number"), number), |row| row.get::<_, Col<RecordId>>(0))?;
    Ok(certificates.map(|column| column.map(|column| column.0)).collect::<Result<_, _>>()?)
}

fn name(kind: &str, field: &str) -> String {
    format!("{kind}.{field}")
}

/// Where a page of a list ends: version and id of its last record.
pub type End = (i64, RecordId);

/// Which records a list shows: those of `kind` whose `field` is one of `keys`, none of them withdrawn.
#[derive(Clone, Debug)]
pub struct List {
    /// The kind.
    pub kind: &'static str,
    /// The field.
    pub field: &'static str,
    /// The values.
    pub keys: Vec<String>,
    /// Only those of which this field is this too.
    pub also: Option<(&'static str, String)>,
    /// Only those of these people, or with this in that field.
    pub about: Option<(Vec<RecordId>, &'static str, String)>,
    /// Only those of this patient.
    pub patient: Option<RecordId>,
    /// Only those that were begun in this scope.
    pub scope: Option<Scope>,
    /// Whether the one that waits longest comes first.
    pub oldest_first: bool,
}

impl List {
    /// The records of `kind` whose `field` is one of `keys`.
    #[must_use]
    pub fn of(kind: &'static str, field: &'static str, keys: &[&str]) -> Self {
        Self {
            kind,
            field,
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            also: None,
            about: None,
            patient: None,
            scope: None,
            oldest_first: false,
        }
    }

    fn also(&self) -> (Option<String>, Option<&str>) {
        self.also.as_ref().map(|(field, key)| (name(self.kind, field), key.as_str())).unzip()
    }
}

/// Of the records with one key those that a list shows: of the list ?1 with the key ?2, in the list ?3 with ?4 too.
const SHOWN: &str = "listing.list = ?1 and listing.voided = 0 and listing.key = ?2
    and (?3 is null or exists
         (select 1 from listing as also where also.record = listing.record and also.list = ?3 and also.key = ?4))";

impl Act<'_> {
    /// At most `limit` records of `list` behind `after`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn list(&self, list: &List, after: Option<End>, limit: u32) -> Result<Page<Record, End>, StoreError> {
        self.reads(list.kind);
        let (behind, order) = if list.oldest_first { (">", "") } else { ("<", " desc") };
        let sql = format!(
            "select {COLUMNS} from listing join record on record.id = listing.record
             where {SHOWN}
               and (?5 is null or lower(hex(record.patient)) in (select value from json_each(?5))
                    or exists (select 1 from listing as named where named.record = listing.record
                                and named.list = ?6 and named.key like '%' || ?7 || '%'))
               and (?8 is null or record.patient = ?8)
               and (?9 is null or ?9 = (select op.scope from op where op.record = listing.record
                                        and op.quarantine is null order by op.position limit 1))
               and (listing.position, listing.record) {behind} (?10, ?11)
             order by listing.position{order}, listing.record{order} limit ?12"
        );
        let (also, also_key) = list.also();
        let about = list.about.as_ref();
        let people =
            about.map(|(people, ..)| people.iter().map(|id| id.0.simple().to_string()).collect::<Vec<_>>());
        let (named, text) = about.map(|(_, field, text)| (name(list.kind, field), text)).unzip();
        let first = if list.oldest_first { i64::MIN } else { i64::MAX };
        let (version, record) = after.unzip();
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let mut rows: Vec<Record> = Vec::new();
        for key in &list.keys {
            let mut found = statement.query(params![
                name(list.kind, list.field),
                key,
                also,
                also_key,
                people.as_ref().map(|people| json!(people).to_string()),
                named,
                text.filter(|text| !text.is_empty()),
                list.patient.map(Col),
                list.scope.map(Col),
                version.unwrap_or(first),
                record.map(Col),
                limit,
            ])?;
            while let Some(row) = found.next()? {
                rows.push(read_row(&self.transaction, row)?);
            }
        }
        rows.sort_by_key(|record| (record.version, record.id));
        if !list.oldest_first {
            rows.reverse();
        }
        rows.truncate(limit as usize);
        let last = rows.last().filter(|_| rows.len() == limit as usize);
        let next = last.map(|record| (record.version, record.id));
        Ok(Page { rows, next })
    }

    /// How many records of its kind have the keys of `list`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn list_count(&self, list: &List) -> Result<u64, StoreError> {
        self.reads(list.kind);
        let sql = format!("select count(*) from listing where {SHOWN}");
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let (also, also_key) = list.also();
        let mut count = 0_i64;
        for key in &list.keys {
            let of = params![name(list.kind, list.field), key, also, also_key];
            count += statement.query_row(of, |row| row.get::<_, i64>(0))?;
        }
        Ok(count.unsigned_abs())
    }

    /// The records of `kind` whose `field` is `key`, those withdrawn among them, in the order of their ids.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn listed(&self, kind: &str, field: &str, key: &str) -> Result<Vec<Record>, StoreError> {
        self.reads(kind);
        let sql = "from listing join record on record.id = listing.record
                   where listing.list = ?1 and listing.voided in (0, 1) and listing.key = ?2 order by record.id";
        read_all(&self.transaction, sql, (name(kind, field), key))
    }
}
