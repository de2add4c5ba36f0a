#![doc = include_str!("../README.md")]

mod anonymous;
mod arrived;
mod audit;
mod backups;
mod blobs;
mod body;
pub mod claim;
mod clinic;
pub mod clock;
pub mod database;
mod decide;
mod epoch;
pub mod feed;
mod health;
pub mod http;
mod intake;
mod introduce;
pub mod key;
mod known;
mod lines;
mod log;
mod looked;
mod measures;
pub mod media;
mod network;
mod openings;
mod peer;
pub mod problem;
mod receive;
mod records;
pub mod settings;
mod shelf;
pub mod sweep;
mod sync;
mod ticket;
mod verify;

pub use http::{Server, router, serve};
pub use problem::Problem;
pub use settings::Settings;

/// Brings the database up to date; how many migrations that took. What follows from the records by other declarations than
/// today's is made again.
///
/// # Errors
/// When the database does not answer, or a migration fails; then nothing of that migration was done.
pub async fn migrate(pool: &deadpool_postgres::Pool) -> anyhow::Result<usize> {
    let applied = database::migrate(pool).await?;
    measures::make_again(pool).await?;
    Ok(applied)
}
