//! `GET /api/utils/health/quick/`: whether the server is up and its database answers.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::clock::within;
use crate::database::query;
use crate::http::Server;

/// A database that takes longer is down.
const LIMIT: Duration = Duration::from_secs(2);

#[derive(Serialize)]
struct Health {
    /// `ok` or `unavailable`.
    status: &'static str,
    /// The same of the database alone.
    database: &'static str,
    version: &'static str,
}

pub(crate) async fn quick(State(server): State<Server>) -> Response {
    let ping = async {
        let connection = server.pool.get().await.ok()?;
        query(&connection, "select 1", &[]).await.ok()
    };
    let answers = within(LIMIT, ping).await.flatten().is_some();
    let (status, word) =
        if answers { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "unavailable") };
    (status, Json(Health { status: word, database: word, version: env!("CARGO_PKG_VERSION") }))
        .into_response()
}
