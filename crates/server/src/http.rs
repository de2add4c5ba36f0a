//! The routes, what every answer carries, and the life of the server.

use std::future::Future;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::routing::{get, post, put};
use deadpool_postgres::Pool;
use domain::sync::{LARGEST, LARGEST_ABOUT_BLOBS, LARGEST_CHUNK_MESSAGE, LARGEST_INTRODUCTION};
use tokio::net::TcpListener;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::anonymous::Anonymous;
use crate::clock::Clock;
use crate::media::Media;
use crate::settings::{A_DAY, AN_HOUR, LOCAL, ROOM};
use crate::{Problem, backups, blobs, clinic, epoch, health, introduce, lines, sync, ticket, verify};

/// A slow line is fine; one on which nothing comes for so long is dead.
pub(crate) const STANDSTILL: Duration = Duration::from_secs(30);

/// What every request is answered from.
#[derive(Clone)]
pub struct Server {
    pub(crate) pool: Pool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) anonymous: Arc<Anonymous>,
    pub(crate) media: Option<Arc<Media>>,
    /// How many megabytes of files each workstation may send and fetch a day.
    pub(crate) files_a_day: NonZeroU32,
    /// How many bytes the backups of each installation may have.
    pub(crate) backup_room: u64,
}

impl Server {
    /// A server of the migrated database behind `pool`.
    #[must_use]
    pub fn new(pool: Pool, clock: Arc<dyn Clock>) -> Self {
        let anonymous = Arc::new(Anonymous::new(Arc::clone(&clock), AN_HOUR, LOCAL.to_vec()));
        Self { pool, clock, anonymous, media: None, files_a_day: A_DAY, backup_room: megabytes(ROOM) }
    }

    /// The same, which keeps files in `media`, of each workstation so many megabytes a day.
    #[must_use]
    pub fn media(mut self, media: Option<Media>, files_a_day: NonZeroU32) -> Self {
        self.media = media.map(Arc::new);
        self.files_a_day = files_a_day;
        self
    }

    /// The same, where the backups of each installation have so many megabytes of room.
    #[must_use]
    pub fn backup_room(mut self, room: NonZeroU32) -> Self {
        self.backup_room = megabytes(room);
        self
    }

    /// The same, where everybody who does not say who they are may ask `an_hour` times an hour, and
    /// `proxies` are believed when they name who asks.
    #[must_use]
    pub fn anonymous(mut self, an_hour: NonZeroU32, proxies: Vec<IpAddr>) -> Self {
        self.anonymous = Arc::new(Anonymous::new(Arc::clone(&self.clock), an_hour, proxies));
        self
    }

    /// Looks whether the database is a restored copy, and begins a new epoch if so.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check_epoch(&self) -> Result<(), Problem> {
        let connection = self.pool.get().await?;
        if epoch::check(&connection, self.clock.now()).await? {
            tracing::warn!("the database was moved or restored: a new epoch begins");
        }
        let clinic = clinic::read(&connection).await?;
        tracing::info!(claimed = clinic.is_some(), "ready");
        Ok(())
    }
}

fn megabytes(number: NonZeroU32) -> u64 {
    u64::from(number.get()) * 1_000_000
}

/// A layer that sets a header of every answer that has none of that name.
pub(crate) fn set(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// All routes.
pub fn router(server: Server) -> Router {
    // Programs ask these, often over a dear line: they get no header that only a browser reads.
    let machines = Router::new()
        .route("/introduce", post(introduce::introduce))
        .route("/ticket", post(ticket::deposit))
        .route("/ticket/{id}", post(ticket::fetch))
        .layer(DefaultBodyLimit::max(LARGEST_INTRODUCTION))
        .merge(Router::new().route("/sync", post(sync::sync)).layer(DefaultBodyLimit::max(LARGEST)))
        .merge(file_routes())
        .merge(backups::router(&server))
        .layer(RequestBodyTimeoutLayer::new(STANDSTILL));
    let pages = Router::new()
        .route("/api/utils/health/quick/", get(health::quick))
        .merge(verify::router(&server))
        .layer(set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .layer(set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"));
    machines
        .merge(pages)
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::CACHE_CONTROL, "no-store"))
        .with_state(server)
}

/// The routes of files' bytes.
fn file_routes() -> Router<Server> {
    let have = post(blobs::have).layer(DefaultBodyLimit::max(LARGEST_ABOUT_BLOBS));
    let chunks = put(blobs::put).layer(DefaultBodyLimit::max(LARGEST_CHUNK_MESSAGE)).get(blobs::get);
    Router::new().route("/blob/have", have).route("/blob/{sha256}", chunks)
}

/// Answers until `stop`, then finishes what was begun.
pub async fn serve(listener: TcpListener, server: Server, stop: impl Future<Output = ()>) {
    lines::answer(listener, router(server), stop).await;
}
