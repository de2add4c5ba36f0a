//! The connections to PostgreSQL and its migrations.

use std::time::Duration;

use deadpool_postgres::{GenericClient, Manager, Pool, Runtime};
use tokio_postgres::types::ToSql;
use tokio_postgres::{NoTls, Row};

use crate::Problem;

mod embedded {
    refinery::embed_migrations!("../../migrations/central");
}

/// Nobody waits longer for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// A pool of at most `size` connections to the database at `url`. None is made yet.
///
/// # Errors
/// A database's address that does not read.
pub fn pool(url: &str, size: usize) -> anyhow::Result<Pool> {
    // The text of the error would quote the address, and with it a password.
    let config: tokio_postgres::Config =
        url.parse().map_err(|_| anyhow::anyhow!("CLINICDESK_DATABASE_URL is not a database's address"))?;
    let pool = Pool::builder(Manager::new(config, NoTls))
        .max_size(size)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE))
        .build()?;
    Ok(pool)
}

/// Brings the tables up to date; how many migrations that took. What follows from the records is not looked at: see
/// [`migrate`](crate::migrate).
///
/// # Errors
/// When the database does not answer, or a migration fails; then nothing of it was done.
pub(crate) async fn migrate(pool: &Pool) -> anyhow::Result<usize> {
    let mut connection = pool.get().await?;
    let report = embedded::migrations::runner().run_async(&mut **connection.as_mut()).await?;
    Ok(report.applied_migrations().len())
}

/// The rows of `sql`, which is prepared once a connection.
pub(crate) async fn query(
    client: &impl GenericClient,
    sql: &str,
    values: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Row>, Problem> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.query(&statement, values).await?)
}

/// How many rows `sql` changed.
pub(crate) async fn execute(
    client: &impl GenericClient,
    sql: &str,
    values: &[&(dyn ToSql + Sync)],
) -> Result<u64, Problem> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.execute(&statement, values).await?)
}

/// A number as PostgreSQL has it; ours stay far below 2^63.
pub(crate) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A column's number as ours: none is negative.
pub(crate) fn column(row: &Row, name: &str) -> Result<u64, Problem> {
    u64::try_from(row.try_get::<_, i64>(name)?).map_err(|_| Problem::Damaged("number"))
}
