//! Ids and stamps as SQLite columns.

use domain::{Hlc, Incarnation, RecordId, Scope};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use uuid::Uuid;

/// An id as a blob of 16 bytes.
pub(crate) struct Col<T>(pub(crate) T);

macro_rules! id_column {
    ($($name:ident),*) => {$(
        impl ToSql for Col<$name> {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.0.as_bytes())))
            }
        }

        impl FromSql for Col<$name> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let id = Uuid::from_slice(value.as_blob()?).map_err(|error| FromSqlError::Other(error.into()))?;
                Ok(Self($name(id)))
            }
        }
    )*};
}

id_column!(RecordId, Incarnation, Scope);

/// The id of a record as a value of a row.
pub(crate) fn blob(id: RecordId) -> Value {
    Value::Blob(id.0.as_bytes().to_vec())
}

/// A stamp as a whole number.
pub(crate) fn stamp(hlc: Hlc) -> i64 {
    use domain::wire::Wire;
    match hlc.to_value() {
        domain::Value::Int(number) => number,
        _ => 0,
    }
}

/// The stamp of a whole number.
pub(crate) fn unstamp(number: i64) -> Hlc {
    use domain::wire::Wire;
    Hlc::from_value(&domain::Value::Int(number)).unwrap_or_default()
}
