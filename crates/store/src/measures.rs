//! What was measured of somebody, number by number.

use std::collections::BTreeSet;

use domain::RecordId;
use domain::forms::{Filled, spec};
use domain::measure::{Flag, Measure, MeasuredSide};
use domain::measures::{has_measures, measures};
use domain::record::{Kind, Record};
use domain::visits::Observation;
use rusqlite::types::Value;
use rusqlite::{Row as SqlRow, params};

use crate::act::Act;
use crate::projection::{Projection, Shown};
use crate::row::{Col, blob};
use crate::table::{Row, Table};
use crate::{Page, StoreError};

/// The table of measures.
pub(crate) struct Measures;

impl Projection for Measures {
    fn tables(&self) -> &'static [Table] {
        &[Table {
            name: "measure",
            key: "record",
            columns: &["entry", "code", "patient", "side", "at", "number", "unit", "word", "rank", "flags"],
        }]
    }

    fn shows(&self, kind: &Kind) -> bool {
        has_measures(kind)
    }

    fn rows(&self, shown: &Shown) -> Result<Vec<Vec<Row>>, StoreError> {
        let Some(patient) = shown.patient else { return Ok(vec![Vec::new()]) };
        let form = shown.state.value("form").as_text().and_then(spec);
        let row = |measure: Measure| -> Row {
            let flags = measure.flag_words();
            vec![
                measure.entry.into(),
                measure.code.into(),
                blob(patient),
                measure.side.map(MeasuredSide::word).unwrap_or_default().to_owned().into(),
                measure.at.into(),
                measure.number.map_or(Value::Null, Value::from),
                measure.unit.into(),
                measure.word.map_or(Value::Null, Value::from),
                measure.rank.map_or(Value::Null, Value::from),
                flags.into(),
            ]
        };
        Ok(vec![measures(shown.kind, shown.state, form).into_iter().map(row).collect()])
    }
}

/// A measure with the record that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The record.
    pub record: RecordId,
    /// The measure.
    pub measure: Measure,
}

/// The key of a measure among those of a person: its time, record, entry and code.
pub type MeasureKey = (i64, RecordId, String, String);

/// Which measures.
#[derive(Clone, Copy, Debug)]
pub struct MeasuresOf<'a> {
    /// Whose.
    pub patient: RecordId,
    /// Of this code alone.
    pub code: Option<&'a str>,
    /// Of this side alone.
    pub side: Option<MeasuredSide>,
}

impl Measured {
    fn read(row: &SqlRow) -> rusqlite::Result<Self> {
        let side: String = row.get(3)?;
        let flags: String = row.get(9)?;
        let flag = |word: &str| Flag::ALL.iter().copied().find(|flag| flag.word() == word);
        Ok(Self {
            record: row.get::<_, Col<RecordId>>(0)?.0,
            measure: Measure {
                entry: row.get(1)?,
                code: row.get(2)?,
                side: MeasuredSide::of(&side),
                at: row.get(4)?,
                number: row.get(5)?,
                unit: row.get(6)?,
                word: row.get(7)?,
                rank: row.get(8)?,
                flags: flags.split(' ').filter_map(flag).collect::<BTreeSet<_>>(),
            },
        })
    }

    /// Its key.
    #[must_use]
    pub fn key(&self) -> MeasureKey {
        let Measure { at, entry, code, .. } = &self.measure;
        (*at, self.record, entry.clone(), code.clone())
    }
}

impl Act<'_> {
    /// At most `limit` measures, latest first, behind the key `after`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn measures(
        &self,
        of: MeasuresOf<'_>,
        after: Option<&MeasureKey>,
        limit: u32,
    ) -> Result<Page<Measured, MeasureKey>, StoreError> {
        self.read_measures();
        // The two texts differ by what an index can serve.
        let one = "and code = ?2";
        let sql = format!(
            "select record, entry, code, side, at, number, unit, word, rank, flags from measure
             where patient = ?1 {} and (?3 is null or side = ?3)
               and (?4 is null or (at, record, entry, code) < (?4, ?5, ?6, ?7))
             order by at desc, record desc, entry desc, code desc limit ?8",
            if of.code.is_some() { one } else { "and ?2 is null" }
        );
        let mut statement = self.transaction.prepare_cached(&sql)?;
        let key = after.map(|(at, record, entry, code)| (*at, Col(*record), entry, code));
        let rows = statement.query_map(
            params![
                Col(of.patient),
                of.code,
                of.side.map(MeasuredSide::word),
                key.as_ref().map(|key| key.0),
                key.as_ref().map(|key| &key.1),
                key.as_ref().map(|key| key.2),
                key.as_ref().map(|key| key.3),
                limit,
            ],
            Measured::read,
        )?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let next = rows.last().filter(|_| rows.len() == limit as usize).map(Measured::key);
        Ok(Page { rows, next })
    }

    /// How many measures of each code somebody has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn measure_counts(&self, patient: RecordId) -> Result<Vec<(String, u64)>, StoreError> {
        self.read_measures();
        let mut statement = self.transaction.prepare_cached(
            "select code, count(*) from measure where patient = ?1 group by code order by code",
        )?;
        let counts = statement
            .query_map([Col(patient)], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(counts.collect::<Result<_, _>>()?)
    }

    fn read_measures(&self) {
        self.reads(Filled::KIND.name);
        self.reads(Observation::KIND.name);
    }
}
