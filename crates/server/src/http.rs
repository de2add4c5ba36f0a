//! The routes, what every answer carries, and the life of the server.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::routing::{get, post};
use deadpool_postgres::Pool;
use domain::sync::LARGEST;
use tokio::net::TcpListener;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::clock::Clock;
use crate::{Problem, clinic, epoch, health, introduce, sync, ticket};

/// A slow line is fine; one on which nothing comes for so long is dead.
const STANDSTILL: Duration = Duration::from_secs(30);

/// What every request is answered from.
#[derive(Clone)]
pub struct Server {
    pub(crate) pool: Pool,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Server {
    /// A server of the migrated database behind `pool`.
    #[must_use]
    pub fn new(pool: Pool, clock: Arc<dyn Clock>) -> Self {
        Self { pool, clock }
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

/// All routes.
pub fn router(server: Server) -> Router {
    let set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    // Programs ask these, often over a dear line: they get no header that only a browser reads.
    let machines = Router::new()
        .route("/sync", post(sync::sync))
        .route("/introduce", post(introduce::introduce))
        .route("/ticket", post(ticket::deposit))
        .route("/ticket/{id}", post(ticket::fetch))
        .layer(RequestBodyTimeoutLayer::new(STANDSTILL))
        .layer(DefaultBodyLimit::max(LARGEST));
    let pages = Router::new()
        .route("/api/utils/health/quick/", get(health::quick))
        .layer(set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .layer(set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"));
    machines
        .merge(pages)
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::CACHE_CONTROL, "no-store"))
        .with_state(server)
}

/// Answers until `stop`, then finishes what was begun.
///
/// # Errors
/// When the socket fails.
pub async fn serve(
    listener: TcpListener,
    server: Server,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    axum::serve(listener, router(server)).with_graceful_shutdown(stop).await?;
    Ok(())
}
