//! The central server's program.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Parser, Subcommand};
use crypto::SystemEntropy;
use deadpool_postgres::GenericClient;
use server::clock::{Clock, SystemClock};
use server::media::Media;
use server::settings::MediaSettings;
use server::sweep::{self, Swept};
use server::{Server, Settings, claim, database, key};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// The central server of ClinicDesk.
#[derive(Parser)]
#[command(name = "clinicdesk-server", version, about)]
struct Arguments {
    /// A TOML file of settings; CLINICDESK_* variables win over it.
    #[arg(long, global = true, value_name = "FILE")]
    settings: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Brings the tables up to date and answers requests.
    Serve,
    /// Brings the tables up to date.
    Migrate,
    /// Prints a code with which a clinic takes possession of this server, once and within ten minutes.
    ClaimCode,
    /// Prints the fingerprint of the key that signs this server's answers.
    Fingerprint,
    /// Tells how much lies in the media that no record names, since 30 days at least, and removes nothing.
    Sweep {
        /// Removes it, for ever.
        #[arg(long)]
        remove: bool,
    },
    /// Gives this server a new key and prints its fingerprint. No workstation believes it until an administrator has
    /// compared that.
    NewKey,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Err(error) = run(Arguments::parse()).await else { return ExitCode::SUCCESS };
    // One line with its causes: whoever runs a server reads no stack, wherever RUST_BACKTRACE is set.
    writeln!(std::io::stderr(), "clinicdesk-server: {error:#}").ok();
    ExitCode::FAILURE
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let settings = Settings::read(arguments.settings.as_deref(), std::env::vars())?;
    let filter: tracing_subscriber::EnvFilter = settings.log.parse().unwrap_or_default();
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    let pool = database::pool(&settings.database_url, settings.connections)?;
    let migrations = server::migrate(&pool).await.context("the database cannot be brought up to date")?;
    tracing::info!(migrations, "the tables are up to date");
    match arguments.verb {
        Verb::Serve => {
            let media = match &settings.media {
                Some(media) => Some(media_of(media, &pool.get().await?).await?),
                None => {
                    tracing::warn!("no setting media: this server keeps no files");
                    None
                }
            };
            let server = Server::new(pool, Arc::new(SystemClock))
                .anonymous(settings.anonymous_an_hour, settings.proxies)
                .media(media, settings.files_a_day)
                .backup_room(settings.backup_room);
            server.check_epoch().await?;
            let listener = TcpListener::bind(settings.listen)
                .await
                .with_context(|| format!("cannot listen at {}", settings.listen))?;
            tracing::info!(listen = %settings.listen, "listening");
            server::serve(listener, server, stop()?).await;
            tracing::info!("stopped");
        }
        Verb::Migrate => {}
        Verb::Sweep { remove } => {
            let settings = settings.media.as_ref().context("no setting media: this server keeps no files")?;
            let media = media_of(settings, &pool.get().await?).await?;
            let Swept { parts, bytes } = sweep::sweep(&pool, &media, SystemClock.now(), remove).await?;
            let megabytes = bytes.div_ceil(1_000_000);
            let what =
                if remove { "removed" } else { "that no record names; sweep --remove removes them for ever" };
            writeln!(std::io::stdout(), "{parts} parts of files, {megabytes} MB, {what}")?;
        }
        Verb::ClaimCode => {
            let connection = pool.get().await?;
            let code = claim::give_out(&connection, &mut SystemEntropy::new(), SystemClock.now()).await?;
            writeln!(std::io::stdout(), "{code}")?;
        }
        Verb::Fingerprint => writeln!(std::io::stdout(), "{}", key::fingerprint(&pool.get().await?).await?)?,
        Verb::NewKey => {
            let fingerprint = key::renew(&pool.get().await?, &mut SystemEntropy::new()).await?;
            writeln!(std::io::stdout(), "{fingerprint}")?;
        }
    }
    Ok(())
}

/// The media of these settings. A store that does not answer now may do so later; nothing but files waits for it.
async fn media_of(settings: &MediaSettings, client: &impl GenericClient) -> anyhow::Result<Media> {
    // The store of files is spoken to over TLS by ring, as everything is.
    drop(rustls::crypto::ring::default_provider().install_default());
    let media = Media::new(settings)?;
    media.check_key(client).await?;
    if let Err(error) = media.check_answers().await {
        tracing::warn!(%error, "the store of files does not answer");
    }
    Ok(media)
}

/// Ends at the first request to stop, of the keyboard or the system.
fn stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
