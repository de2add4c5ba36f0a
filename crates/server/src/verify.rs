//! `GET /verify`, `POST /verify`: whether a certificate that somebody holds is genuine and still holds.
//! Anybody may ask. Nothing of a person is answered to whoever does not hold the code.

mod answer;
mod html;
mod known;
mod offline;
mod page;
mod words;

use axum::extract::{DefaultBodyLimit, Form, FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router, middleware};
use crypto::cose::{self, PREFIX};
use crypto::verify::{Knows, as_read, verify};
use deadpool_postgres::GenericClient;
use domain::certificates::numbers::canonical;
use domain::verify::Outcome;
use tower_http::timeout::RequestBodyTimeoutLayer;

use self::answer::{Answer, Asked, Checked, Numbered};
use crate::anonymous;
use crate::http::{STANDSTILL, Server, set};
use crate::{Problem, clinic};

/// A code has at most 4,296 characters, each of at most three bytes in a form.
const MOST_BYTES: usize = 16 << 10;

/// Neither script nor anything of another site; the form leads here and nowhere else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// The public routes. What they show of themselves is not counted, every question is.
pub(crate) fn router(server: &Server) -> Router<Server> {
    let counted = middleware::from_fn_with_state(server.clone(), anonymous::count);
    let asked = Router::new()
        .route("/verify", get(form).post(ask))
        .layer(set(header::CONTENT_SECURITY_POLICY, POLICY))
        .route("/verify/offline", get(offline::file))
        .layer(RequestBodyTimeoutLayer::new(STANDSTILL))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(counted);
    let shown = Router::new()
        .route("/verify/verify.css", get(style))
        .route("/verify/mark.svg", get(mark))
        .layer(set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"));
    asked.merge(shown).layer(set(header::X_FRAME_OPTIONS, "DENY"))
}

async fn form(State(server): State<Server>) -> Response {
    let name = async {
        let connection = server.pool.get().await?;
        known::name(&connection).await
    };
    match name.await {
        Ok(name) => Html(page::form(name.as_deref())).into_response(),
        Err(problem) => refused(&problem),
    }
}

async fn ask(State(server): State<Server>, request: Request) -> Response {
    let wants = wants_html(request.headers());
    match answered(&server, request).await {
        Ok((_, answer)) if !wants => Json(answer).into_response(),
        Ok((clinic, answer)) => Html(page::answer(clinic.as_deref(), &answer)).into_response(),
        Err(problem) if wants => refused(&problem),
        Err(problem) => problem.into_response(),
    }
}

/// The page that tells a person why they got no answer.
pub(crate) fn refused(problem: &Problem) -> Response {
    let mut response = (problem.status(), Html(page::refused(problem))).into_response();
    problem.tell(&mut response);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// Whether a person with a browser asks rather than a program.
pub(crate) fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

async fn answered(server: &Server, request: Request) -> Result<(Option<String>, Answer), Problem> {
    let typed = as_read(&read(request).await?);
    if typed.is_empty() {
        return Err(Problem::Malformed);
    }
    let connection = server.pool.get().await?;
    let name = known::name(&connection).await?;
    let answer = match typed.starts_with(PREFIX) {
        true => Answer::Code(Box::new(check(&connection, &typed, server.clock.now()).await?)),
        false => Answer::Number(look_up(&connection, &typed).await?),
    };
    match &answer {
        Answer::Code(checked) => tracing::info!(outcome = checked.outcome.word(), "verified"),
        Answer::Number(numbered) => tracing::info!(state = ?numbered.state, "looked up"),
    }
    Ok((name, answer))
}

async fn read(request: Request) -> Result<String, Problem> {
    let refused = |status: StatusCode| match status {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Malformed,
    };
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("application/json")) {
        let read = Json::<Asked>::from_request(request, &()).await;
        return read.map(|Json(asked)| asked.text).map_err(|rejection| refused(rejection.status()));
    }
    let read = Form::<Asked>::from_request(request, &()).await;
    read.map(|Form(asked)| asked.text).map_err(|rejection| refused(rejection.status()))
}

async fn check(client: &impl GenericClient, text: &str, now: u64) -> Result<Checked, Problem> {
    let place = known::place(client).await?;
    let today = place.day(now);
    let (mut issuing, mut recorded, mut names) = (Vec::new(), None, Vec::new());
    if let (Some(claims), Some(kid)) = (cose::claimed(text), cose::issuer_of(text)) {
        let clinic = clinic::require(client).await?;
        issuing = known::issuing(client, &clinic, Some(kid)).await?;
        names = known::names(client).await?;
        // What nobody has signed yet is anybody's text; the database takes no zero byte.
        if !claims.number.contains('\0') {
            recorded = known::recorded(client, &claims.number, Some(text)).await?;
        }
    }
    let issuers: Vec<_> = issuing.iter().map(|issuing| issuing.issuer.clone()).collect();
    let knows = Knows { recorded: recorded.as_ref(), names: &names, now, today };
    let verified = verify(text, &issuers, &knows);
    let held = recorded.is_some() && verified.outcome != Outcome::NotGenuine;
    let revocations_as_of = match issuing.first() {
        _ if held => Some(today),
        Some(issuing) => {
            let heard = issuing.heard(client).await?;
            heard.map(|received| place.day(received))
        }
        None => None,
    };
    Ok(Checked {
        outcome: verified.outcome,
        superseded_by: verified.superseded_by,
        revocations_as_of,
        recorded: held,
        claims: verified.claims.map(|claims| claims.said(&place.zone)),
    })
}

async fn look_up(client: &impl GenericClient, typed: &str) -> Result<Numbered, Problem> {
    let number = typed.to_uppercase().replace(' ', "-");
    // A mistyped number is known as such without a look at the records.
    let number = canonical(&number).map(|_| number);
    let recorded = match &number {
        Some(number) => known::recorded(client, number, None).await?,
        None => None,
    };
    Ok(Numbered::new(number, recorded))
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], page::STYLE)
}

async fn mark() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml")], page::MARK)
}
