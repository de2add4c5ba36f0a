//! The epoch changes when this database is a restored copy, so that workstations offer again what the
//! copy lacks and read its feeds from their beginning.

use deadpool_postgres::GenericClient;
use tokio_postgres::Row;

use crate::Problem;
use crate::database::{execute, number, query};

/// Where a database lives: another cluster or database is a copy that was loaded, another timeline one
/// that was recovered to a point in time (PostgreSQL, "Timelines"). A copy of all files together, put
/// back as it was, tells nothing: that one shows as a feed that is shorter than a cursor.
pub(crate) async fn home(client: &impl GenericClient) -> Result<String, Problem> {
    let sql = "select format('%s/%s/%s', system_identifier, timeline_id, oid) as home
               from pg_control_system(), pg_control_checkpoint(), pg_database
               where datname = current_database()";
    let rows = query(client, sql, &[]).await?;
    let row: &Row = rows.first().ok_or(Problem::Damaged("home"))?;
    Ok(row.try_get("home")?)
}

/// Begins a new epoch where the database was moved or restored.
pub(crate) async fn check(client: &impl GenericClient, now: u64) -> Result<bool, Problem> {
    let home = home(client).await?;
    let sql = "update clinic set home = $1, epoch = greatest(epoch + 1, $2) where home <> $1";
    Ok(execute(client, sql, &[&home, &number(now)]).await? > 0)
}
