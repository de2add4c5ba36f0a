//! Why a request is refused: problem details (RFC 9457) with a code that a program can read.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Scope;
use serde_json::{Value, json};
use tokio_postgres::error::SqlState;

/// Why a request is refused.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Not the message that belongs here.
    #[error("the body is not the expected message")]
    Malformed,
    /// More bytes than are taken, before or after decompression.
    #[error("the body is too large")]
    TooLarge,
    /// Another version of the protocol.
    #[error("this server speaks another version of the protocol")]
    WrongVersion,
    /// No clinic has taken possession of this server.
    #[error("this server belongs to no clinic yet")]
    NoClinic,
    /// Another clinic's.
    #[error("this server belongs to another clinic")]
    WrongClinic,
    /// Nobody introduced this workstation.
    #[error("nobody introduced this workstation")]
    UnknownWorkstation,
    /// The workstation is known by another installation, or pushes what another one wrote.
    #[error("another installation than the one that was introduced")]
    ForeignIncarnation,
    /// Not signed by the workstation's key.
    #[error("the workstation did not sign this")]
    FalseSignature,
    /// The workstation may not sync any more.
    #[error("this workstation was revoked")]
    Revoked,
    /// A scope that is not the workstation's.
    #[error("the scope is not this workstation's")]
    ForgedScope,
    /// Ops that do not form the transactions that they name.
    #[error("the ops do not belong together")]
    Torn,
    /// Two logs under one name: a clone, or a copy that was put back.
    #[error("the log differs from what is known of it")]
    Fork {
        /// The log's scope.
        scope: Scope,
        /// The first op that differs.
        seq: u64,
    },
    /// What is carried lacks the word of who sat there when it was written.
    #[error("what is carried lacks the word of who sat there")]
    NotTold,
    /// A signed head that does not lead over the ops.
    #[error("the signed head does not fit the log")]
    FalseHead,
    /// A clinic has this server already.
    #[error("a clinic has taken possession of this server already")]
    AlreadyClaimed,
    /// Neither a one-time code nor a ticket.
    #[error("neither a one-time code nor a ticket")]
    NoLeave,
    /// A one-time code that was not given out, was used or has run out.
    #[error("the one-time code is not valid")]
    WrongCode,
    /// Too many wrong codes.
    #[error("too many wrong codes: ask for a new one")]
    Throttled,
    /// Too many questions of somebody who does not say who they are.
    #[error("too many questions: ask again later")]
    TooMany {
        /// When the next one is answered.
        seconds: u64,
    },
    /// The certificates do not lead to the clinic's root.
    #[error("the certificates do not lead to the clinic's root")]
    NotTrusted,
    /// Who gave the ticket may not.
    #[error("who gave the ticket may not enrol workstations")]
    NotAllowed,
    /// No such ticket.
    #[error("there is no such ticket")]
    NoTicket,
    /// The ticket has run out.
    #[error("the ticket has run out")]
    TicketExpired,
    /// The ticket was used.
    #[error("the ticket was used")]
    TicketUsed,
    /// Another installation is known as this workstation.
    #[error("this workstation was introduced before")]
    WorkstationExists,
    /// The operator named no place for files.
    #[error("this server keeps no files")]
    NoMedia,
    /// No op of the asker's feeds names this file.
    #[error("no record that this workstation follows names this file")]
    UnnamedBlob,
    /// Bytes of a file that do not follow what is here, or lie beyond its end.
    #[error("the bytes do not follow what is here of this file")]
    WrongOffset {
        /// How many of its bytes are here.
        through: u64,
    },
    /// All bytes of a file came, and they are others than those that were named.
    #[error("the bytes are not those of this file: they begin again")]
    WrongDigest,
    /// A file that has not arrived whole yet.
    #[error("this file has not arrived here yet")]
    NotWhole,
    /// So many bytes of files went over this workstation's line today.
    #[error("enough bytes of files for today: ask again later")]
    Enough {
        /// When the next ones go.
        seconds: u64,
    },
    /// No backup of this installation is here.
    #[error("no backup of this installation is here")]
    NoBackup,
    /// A backup that is read under another key.
    #[error("this backup is read under another key")]
    OtherReader,
    /// The backups of an installation have no more room.
    #[error("there is no more room for backups of this workstation")]
    NoRoom,
    /// Others write the same records; the question may be asked again.
    #[error("busy: ask again")]
    Busy,
    /// The database cannot be reached or refuses.
    #[error("the database does not answer")]
    Database(#[source] tokio_postgres::Error),
    /// No connection to the database.
    #[error("the database does not answer")]
    Pool(#[from] deadpool_postgres::PoolError),
    /// The store of files cannot be reached or refuses.
    #[error("the store of files does not answer")]
    Media(#[source] object_store::Error),
    /// What is stored does not read back.
    #[error("what is stored does not read back: {0}")]
    Damaged(&'static str),
}

impl Problem {
    /// The code that a program reads.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind().1
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.kind().0
    }

    fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            Self::WrongVersion => (StatusCode::BAD_REQUEST, "wrong_version"),
            Self::NoClinic => (StatusCode::CONFLICT, "no_clinic"),
            Self::WrongClinic => (StatusCode::FORBIDDEN, "wrong_clinic"),
            Self::UnknownWorkstation => (StatusCode::FORBIDDEN, "unknown_workstation"),
            Self::ForeignIncarnation => (StatusCode::FORBIDDEN, "foreign_incarnation"),
            Self::FalseSignature => (StatusCode::FORBIDDEN, "false_signature"),
            Self::Revoked => (StatusCode::FORBIDDEN, "revoked"),
            Self::ForgedScope => (StatusCode::FORBIDDEN, "forged_scope"),
            Self::Torn => (StatusCode::BAD_REQUEST, "torn"),
            Self::Fork { .. } => (StatusCode::CONFLICT, "fork"),
            Self::NotTold => (StatusCode::BAD_REQUEST, "not_told"),
            Self::FalseHead => (StatusCode::BAD_REQUEST, "false_head"),
            Self::AlreadyClaimed => (StatusCode::CONFLICT, "already_claimed"),
            Self::NoLeave => (StatusCode::FORBIDDEN, "no_leave"),
            Self::WrongCode => (StatusCode::FORBIDDEN, "wrong_code"),
            Self::Throttled => (StatusCode::TOO_MANY_REQUESTS, "throttled"),
            Self::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many"),
            Self::NotTrusted => (StatusCode::FORBIDDEN, "not_trusted"),
            Self::NotAllowed => (StatusCode::FORBIDDEN, "not_allowed"),
            Self::NoTicket => (StatusCode::NOT_FOUND, "no_ticket"),
            Self::TicketExpired => (StatusCode::FORBIDDEN, "ticket_expired"),
            Self::TicketUsed => (StatusCode::CONFLICT, "ticket_used"),
            Self::WorkstationExists => (StatusCode::CONFLICT, "workstation_exists"),
            Self::NoMedia => (StatusCode::SERVICE_UNAVAILABLE, "no_media"),
            Self::UnnamedBlob => (StatusCode::NOT_FOUND, "unnamed_blob"),
            Self::WrongOffset { .. } => (StatusCode::RANGE_NOT_SATISFIABLE, "wrong_offset"),
            Self::WrongDigest => (StatusCode::CONFLICT, "wrong_digest"),
            Self::NotWhole => (StatusCode::CONFLICT, "not_whole"),
            Self::Enough { .. } => (StatusCode::TOO_MANY_REQUESTS, "enough"),
            Self::NoBackup => (StatusCode::NOT_FOUND, "no_backup"),
            Self::OtherReader => (StatusCode::CONFLICT, "other_reader"),
            Self::NoRoom => (StatusCode::INSUFFICIENT_STORAGE, "no_room"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Self::Database(_) | Self::Pool(_) => (StatusCode::SERVICE_UNAVAILABLE, "database_unavailable"),
            Self::Media(_) => (StatusCode::SERVICE_UNAVAILABLE, "media_unavailable"),
            Self::Damaged(_) => (StatusCode::INTERNAL_SERVER_ERROR, "damaged"),
        }
    }

    /// Tells the log what only the operator has to know, and a client when to come back.
    pub(crate) fn tell(&self, response: &mut Response) {
        match self {
            // The text of a database's error may quote a value.
            Self::Database(error) => {
                tracing::error!(state = error.code().map(SqlState::code), "the database refuses");
            }
            Self::Pool(_) => tracing::error!("no connection to the database"),
            // Its names are HMACs and its contents sealed.
            Self::Media(error) => tracing::error!(%error, "the store of files does not answer"),
            Self::Damaged(what) => tracing::error!(what, "what is stored does not read back"),
            refused => tracing::info!(code = refused.code(), "refused"),
        }
        if let Self::TooMany { seconds } | Self::Enough { seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
    }

    fn body(&self) -> Value {
        let (status, code) = self.kind();
        let mut body = json!({
            "type": "about:blank", "title": self.to_string(), "status": status.as_u16(), "code": code,
        });
        if let Self::Fork { scope, seq } = self {
            body["scope"] = json!(scope.to_string());
            body["seq"] = json!(seq);
        }
        if let Self::WrongOffset { through } = self {
            body["through"] = json!(through);
        }
        body
    }
}

impl From<tokio_postgres::Error> for Problem {
    /// Two who wait for each other may ask again.
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            Some(&SqlState::T_R_DEADLOCK_DETECTED | &SqlState::T_R_SERIALIZATION_FAILURE) => Self::Busy,
            _ => Self::Database(error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(self.body())).into_response();
        let content = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, content);
        self.tell(&mut response);
        response
    }
}
