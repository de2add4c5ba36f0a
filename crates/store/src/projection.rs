//! What shows records in tables of its own.

use domain::RecordId;
use domain::fold::State;
use domain::record::Kind;

use crate::StoreError;
use crate::table::{Pen, Row, Table};

/// A record as the tables show it.
pub(crate) struct Shown<'a> {
    /// Its id.
    pub(crate) id: RecordId,
    /// Its kind.
    pub(crate) kind: &'static Kind,
    /// The patient whom it concerns.
    pub(crate) patient: Option<RecordId>,
    /// Its state.
    pub(crate) state: &'a State,
    /// The local position of its last op.
    pub(crate) version: i64,
    /// Whether it has a single op, from which it is read.
    pub(crate) is_one_op: bool,
}

/// Tables whose rows follow each from one record: to keep it, to forget it and to make the tables again knows all.
pub(crate) trait Projection: Sync {
    /// The tables; their keys are ids of records.
    fn tables(&self) -> &'static [Table];

    /// Whether they show records of `kind`.
    fn shows(&self, kind: &Kind) -> bool;

    /// The rows of a record, table by table.
    fn rows(&self, shown: &Shown) -> Result<Vec<Vec<Row>>, StoreError>;

    /// Brings in line what hangs on the rows of `table` that changed.
    fn follow(&self, _pen: &mut Pen, _table: &Table, _changed: &[Row]) -> Result<(), StoreError> {
        Ok(())
    }

    /// Brings in line all that hangs on rows, once every record is put.
    fn finish(&self, _pen: &mut Pen) -> Result<(), StoreError> {
        Ok(())
    }
}
