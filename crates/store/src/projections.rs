//! Everything that shows records in tables, kept and forgotten together.

use domain::RecordId;

use crate::StoreError;
use crate::blobs::NamedBlobs;
use crate::codes::Diagnoses;
use crate::enrolments::Enrolments;
use crate::listing::Listing;
use crate::measures::Measures;
use crate::patients::People;
use crate::projection::{Projection, Shown};
use crate::records::Records;
use crate::row::blob;
use crate::table::Pen;

/// All of them.
pub(crate) const PROJECTIONS: [&dyn Projection; 7] =
    [&Records, &Listing, &People, &Diagnoses, &Enrolments, &Measures, &NamedBlobs];

/// Has the tables show a record, or nothing of it.
pub(crate) fn put(
    pen: &mut Pen,
    projection: &dyn Projection,
    id: RecordId,
    shown: Option<&Shown>,
) -> Result<(), StoreError> {
    let rows = shown.map_or_else(|| Ok(Vec::new()), |shown| projection.rows(shown))?;
    let mut rows = rows.into_iter();
    for table in projection.tables() {
        let changed = pen.put(table, &blob(id), rows.next().unwrap_or_default())?;
        projection.follow(pen, table, &changed)?;
    }
    Ok(())
}

/// Keeps a record in all tables that show it.
pub(crate) fn keep(pen: &mut Pen, shown: &Shown) -> Result<(), StoreError> {
    let showing = PROJECTIONS.into_iter().filter(|projection| projection.shows(shown.kind));
    showing.into_iter().try_for_each(|projection| put(pen, projection, shown.id, Some(shown)))
}

/// Removes a record, none of whose ops count any more, from all tables that showed it.
pub(crate) fn forget(pen: &mut Pen, id: RecordId) -> Result<(), StoreError> {
    PROJECTIONS.into_iter().try_for_each(|projection| put(pen, projection, id, None))
}
