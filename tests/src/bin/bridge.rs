//! The command list over loopback HTTP, so that a headless browser drives the real backend:
//! `bridge --data DIR [--ui DIR] [--copies DIR] [--port N] [--cheap]`. It prints the address that it listens on.
//! With `--cheap` a password costs nothing to try, as in the clinics that tests make. Whoever is asked where to
//! keep a file, or for a folder, chooses the folder of copies, or none where there is none.
//!
//! It is a test's tool: whoever reaches the port is at the desk, so it listens on loopback alone.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use app::command::Tag;
use app::commands::stales;
use app::jobs::{self, JobEvent, job_event};
use app::sync::rounds::{self, Event as Heard, Shell};
use app::verify::code_in;
use app::{Code, Desk, Picture, Refusal, Window, World};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use crypto::testing::{COST, FLOOR};
use tokio::sync::broadcast;

#[derive(Clone)]
struct Bridge {
    desk: Arc<Mutex<Desk>>,
    news: broadcast::Sender<Event>,
    rounds: Sender<Heard>,
    jobs: Sender<JobEvent>,
    ui: Arc<PathBuf>,
    copies: Option<PathBuf>,
}

/// What the threads beside the pages' are lent.
struct Lent {
    desk: Arc<Mutex<Desk>>,
    news: broadcast::Sender<Event>,
}

impl Shell for Lent {
    fn lend<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> Option<T> {
        Some(work(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn tell(&self, tags: &[Tag]) {
        tell(&self.news, tags);
    }
}

/// Spreads news; nobody listening is no failure.
fn tell(news: &broadcast::Sender<Event>, tags: &[Tag]) {
    if !tags.is_empty() {
        let _ = news.send(Event::default().data(serde_json::to_string(tags).unwrap_or_default()));
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let option = |name: &str| {
        let mut words = std::env::args().skip_while(|word| word != name);
        words.nth(1)
    };
    let data = option("--data").context("--data DIR names the data folder")?;
    let ui = option("--ui").unwrap_or_else(|| "ui/dist".to_owned());
    let port = option("--port").unwrap_or_else(|| "0".to_owned());
    let mut world = World::real(data.into());
    if std::env::args().any(|word| word == "--cheap") {
        (world.cost, world.floor) = (Some(COST), FLOOR);
    }
    let spread = broadcast::channel(64).0;
    let told = spread.clone();
    world.progress = Box::new(move |done, of| {
        let _ = told.send(Event::default().event("progress").data(format!("[{done},{of}]")));
    });
    let desk = Arc::new(Mutex::new(Desk::take(world)?));
    let rounds = rounds::start(Lent { desk: Arc::clone(&desk), news: spread.clone() })?;
    let jobs = jobs::start(Lent { desk: Arc::clone(&desk), news: spread.clone() })?;
    let copies = option("--copies").map(PathBuf::from);
    let bridge = Bridge { desk, news: spread, rounds, jobs, ui: Arc::new(ui.into()), copies };
    let router = Router::new()
        .route("/call/{window}/{name}", post(call))
        .route("/place", post(place))
        .route("/folder", post(folder))
        .route("/bring", post(bring))
        .route("/code", post(code))
        .route("/news", get(news))
        .route("/picture/{id}", get(picture))
        .route("/", get(index))
        .route("/{*path}", get(file))
        // The window's own border has no limit either: a bundle is one input.
        .layer(DefaultBodyLimit::disable())
        .with_state(bridge);
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    #[expect(clippy::print_stdout, reason = "the test that started it reads the address")]
    {
        println!("http://{}", listener.local_addr()?);
    }
    Ok(axum::serve(listener, router).await?)
}

async fn call(
    State(bridge): State<Bridge>,
    Path((window, name)): Path<(String, String)>,
    input: String,
) -> Response {
    let window = match window.as_str() {
        "lock" => Window::Lock,
        "main" => Window::Main,
        "display" => Window::Display,
        _ => return refused(&Refusal::new(Code::UnknownCommand)),
    };
    let (desk, command) = (Arc::clone(&bridge.desk), name.clone());
    let answered = tokio::task::spawn_blocking(move || {
        let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
        app::call(&mut desk, window, &command, &input)
    });
    match answered.await {
        Ok(Ok(answer)) => {
            if let Some(event) = rounds::event(&name, stales(&name)) {
                let _ = bridge.rounds.send(event);
            }
            if let Some(event) = job_event(&name) {
                let _ = bridge.jobs.send(event);
            }
            tell(&bridge.news, &stales(&name).iter().collect::<Vec<_>>());
            ([(header::CONTENT_TYPE, "application/json")], answer).into_response()
        }
        Ok(Err(refusal)) => refused(&refusal),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refused(refusal: &Refusal) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(refusal)).into_response()
}

async fn place(State(bridge): State<Bridge>, name: String) -> Response {
    let place = bridge.copies.as_ref().map(|folder| folder.join(name));
    chosen(&bridge, place)
}

async fn folder(State(bridge): State<Bridge>) -> Response {
    // Beside the files that a person keeps.
    let place = bridge.copies.as_ref().map(|folder| folder.join("backups"));
    if place.as_ref().is_some_and(|place| std::fs::create_dir_all(place).is_err()) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let Some(place) = place else { return axum::Json(None::<String>).into_response() };
    handed(bridge.desk.lock().unwrap_or_else(PoisonError::into_inner).chose_named(place))
}

fn chosen(bridge: &Bridge, place: Option<PathBuf>) -> Response {
    let Some(place) = place else { return axum::Json(None::<String>).into_response() };
    handed(bridge.desk.lock().unwrap_or_else(PoisonError::into_inner).chose(place))
}

/// A file that was chosen, dropped or pasted, under the name that stands percent-encoded in a header.
async fn bring(State(bridge): State<Bridge>, headers: header::HeaderMap, file: Bytes) -> Response {
    let name = headers.get("name").and_then(|name| name.to_str().ok()).unwrap_or_default();
    let mut desk = bridge.desk.lock().unwrap_or_else(PoisonError::into_inner);
    handed(desk.bring(app::files::called(name), file.to_vec()))
}

fn handed(answer: Result<impl serde::Serialize, Refusal>) -> Response {
    match answer {
        Ok(answer) => axum::Json(answer).into_response(),
        Err(refusal) => refused(&refusal),
    }
}

async fn code(file: Bytes) -> Response {
    match tokio::task::spawn_blocking(move || code_in(&file)).await {
        Ok(Ok(paper)) => axum::Json(paper).into_response(),
        Ok(Err(refusal)) => refused(&refusal),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn news(State(bridge): State<Bridge>) -> impl IntoResponse {
    let mut news = bridge.news.subscribe();
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Event, Infallible>>(16);
    tokio::spawn(async move {
        while let Ok(event) = news.recv().await {
            if sender.send(Ok(event)).await.is_err() {
                break;
            }
        }
    });
    Sse::new(tokio_stream::wrappers::ReceiverStream::new(receiver))
}

async fn picture(State(bridge): State<Bridge>, Path(id): Path<String>) -> Response {
    let picture = bridge.desk.lock().unwrap_or_else(PoisonError::into_inner).picture(&id);
    match picture {
        Some(Picture { media_type, bytes }) => {
            ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")], bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn index(state: State<Bridge>) -> Response {
    file(state, Path("index.html".to_owned())).await
}

async fn file(State(bridge): State<Bridge>, Path(path): Path<String>) -> Response {
    if path.split('/').any(|part| part == "..") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    match tokio::fs::read(bridge.ui.join(path)).await {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
