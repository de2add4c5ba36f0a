//! What the operator decides: a file of settings, and the environment, which wins.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use domain::hex;

/// What the operator decided.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// `database_url`: where the database is, with its password.
    pub database_url: String,
    /// `listen`: address and port; `127.0.0.1:8471` where nothing is said.
    pub listen: SocketAddr,
    /// `connections`: the most connections to the database, 1 to 500; 16 where nothing is said.
    pub connections: usize,
    /// `log`: what is logged, as `info` or `server=debug`; `info` where nothing is said.
    pub log: String,
    /// `anonymous_an_hour`: how often an hour each address may ask the public pages; [`AN_HOUR`] where
    /// nothing is said.
    pub anonymous_an_hour: NonZeroU32,
    /// `proxies`: the addresses of reverse proxies, with commas between, that are believed when they name
    /// who asks; [`LOCAL`] where nothing is said.
    pub proxies: Vec<IpAddr>,
    /// Where files lie; without it the server takes none.
    pub media: Option<MediaSettings>,
    /// `files_a_day`: how many megabytes of files each workstation may send and fetch a day; [`A_DAY`] where nothing is
    /// said.
    pub files_a_day: NonZeroU32,
    /// `backup_room`: how many megabytes the backups of each installation may have; [`ROOM`] where nothing is said.
    pub backup_room: NonZeroU32,
}

/// Where files lie, and under which key.
#[derive(Clone, PartialEq, Eq)]
pub struct MediaSettings {
    /// `media`: the place.
    pub place: MediaPlace,
    /// `media_key`: what names and seals hang on, as 64 hexadecimal digits.
    pub key: [u8; 32],
}

/// The place where files lie.
#[derive(Clone, PartialEq, Eq)]
pub enum MediaPlace {
    /// A folder that is there.
    Folder(PathBuf),
    /// A bucket of a store that speaks S3: `s3://bucket` or `s3://bucket/prefix`.
    S3 {
        /// The bucket.
        bucket: String,
        /// What stands before every name in it; nothing where that is empty.
        prefix: String,
        /// `media_endpoint`: the store's address, where it is not Amazon's.
        endpoint: Option<String>,
        /// `media_region`; `us-east-1` where nothing is said.
        region: String,
        /// `media_access_key`: the name of the key that may read and write there.
        access_key: String,
        /// `media_secret_key`: that key.
        secret_key: String,
    },
}

/// How many megabytes of files a workstation may send and fetch a day.
pub const A_DAY: NonZeroU32 = NonZeroU32::MIN.saturating_add(4_999);

/// How many megabytes the backups of an installation may have.
pub const ROOM: NonZeroU32 = NonZeroU32::MIN.saturating_add(99_999);

/// How often an hour somebody may ask who does not say who they are.
pub const AN_HOUR: NonZeroU32 = NonZeroU32::MIN.saturating_add(99);

/// This machine itself.
pub const LOCAL: [IpAddr; 2] = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// A setting that is missing or wrong, by its name; never by its value, which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unset {
    /// The file cannot be read.
    #[error("the settings file {0} cannot be read")]
    Unreadable(PathBuf),
    /// The file is no TOML from this line on.
    #[error("the settings file {0} is no TOML: line {1}")]
    NotToml(PathBuf, usize),
    /// A setting that there is not.
    #[error("there is no setting {0}")]
    Unknown(String),
    /// A setting without which nothing goes.
    #[error("the setting {0} is missing: write it in the settings file or set {env}", env = variable(.0))]
    Missing(&'static str),
    /// A setting with a value that it cannot have.
    #[error("the setting {0} is wrong: it is {1}")]
    Wrong(&'static str, &'static str),
}

const NAMES: [&str; 14] = [
    "database_url",
    "listen",
    "connections",
    "log",
    "anonymous_an_hour",
    "proxies",
    "files_a_day",
    "backup_room",
    "media",
    "media_key",
    "media_endpoint",
    "media_region",
    "media_access_key",
    "media_secret_key",
];
const PREFIX: &str = "CLINICDESK_";
/// Variables of the other programs, which may be set where this one starts too.
const OTHERS: [&str; 3] = ["data", "password", "first_password"];

impl Settings {
    /// Reads the settings of `file` and of `environment`, as [`std::env::vars`] gives it.
    ///
    /// # Errors
    /// [`Unset`] names the first that is missing or wrong.
    pub fn read(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Unset> {
        let mut given = file.map(table).transpose()?.unwrap_or_default();
        for (variable, value) in environment {
            let Some(name) = variable.strip_prefix(PREFIX).map(str::to_ascii_lowercase) else { continue };
            if OTHERS.contains(&name.as_str()) {
                continue;
            }
            given.insert(known(&name).ok_or(Unset::Unknown(variable))?, value);
        }
        let mut take = |name: &'static str| given.remove(name).filter(|value| !value.is_empty());
        let media = media(&mut take)?;
        let url = take("database_url").ok_or(Unset::Missing("database_url"))?;
        if url.parse::<tokio_postgres::Config>().is_err() {
            return Err(Unset::Wrong("database_url", "postgres://user:password@host:port/database"));
        }
        let listen = take("listen").unwrap_or_else(|| "127.0.0.1:8471".to_owned());
        let listen = listen.parse().map_err(|_| Unset::Wrong("listen", "an address and a port"))?;
        let connections = take("connections").map_or(Ok(16), |number| number.parse());
        let connections = connections.ok().filter(|number| (1..=500).contains(number));
        let connections = connections.ok_or(Unset::Wrong("connections", "a number from 1 to 500"))?;
        let log = take("log").unwrap_or_else(|| "info".to_owned());
        if log.parse::<tracing_subscriber::EnvFilter>().is_err() {
            return Err(Unset::Wrong("log", "a level, or target=level"));
        }
        let an_hour = take("anonymous_an_hour").map_or(Ok(AN_HOUR), |number| number.parse());
        let anonymous_an_hour =
            an_hour.map_err(|_| Unset::Wrong("anonymous_an_hour", "a number from 1 on"))?;
        let proxies = take("proxies").map_or_else(
            || Ok(LOCAL.to_vec()),
            |list| list.split(',').map(|address| address.trim().parse()).collect(),
        );
        let proxies = proxies.map_err(|_| Unset::Wrong("proxies", "addresses with commas between"))?;
        let a_day = take("files_a_day").map_or(Ok(A_DAY), |number| number.parse());
        let files_a_day = a_day.map_err(|_| Unset::Wrong("files_a_day", "megabytes, a number from 1 on"))?;
        let room = take("backup_room").map_or(Ok(ROOM), |number| number.parse());
        let backup_room = room.map_err(|_| Unset::Wrong("backup_room", "megabytes, a number from 1 on"))?;
        Ok(Self {
            database_url: url,
            listen,
            connections,
            log,
            anonymous_an_hour,
            proxies,
            media,
            files_a_day,
            backup_room,
        })
    }
}

/// Where files lie, of the settings that `take` gives away.
fn media(take: &mut impl FnMut(&'static str) -> Option<String>) -> Result<Option<MediaSettings>, Unset> {
    let Some(place) = take("media") else { return Ok(None) };
    let key = take("media_key").ok_or(Unset::Missing("media_key"))?;
    let key = hex::decode(&key.to_lowercase()).and_then(|key| key.try_into().ok());
    let key = key.ok_or(Unset::Wrong("media_key", "64 hexadecimal digits"))?;
    if let Some(bucket) = place.strip_prefix("s3://") {
        let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
        let (bucket, prefix) = (bucket.to_owned(), prefix.trim_matches('/').to_owned());
        if bucket.is_empty() {
            return Err(Unset::Wrong("media", "a folder from / on, or s3://bucket"));
        }
        let endpoint = take("media_endpoint");
        if endpoint.as_ref().is_some_and(|endpoint| !is_address(endpoint)) {
            return Err(Unset::Wrong("media_endpoint", "an address that begins with https://"));
        }
        let region = take("media_region").unwrap_or_else(|| "us-east-1".to_owned());
        let access_key = take("media_access_key").ok_or(Unset::Missing("media_access_key"))?;
        let secret_key = take("media_secret_key").ok_or(Unset::Missing("media_secret_key"))?;
        let place = MediaPlace::S3 { bucket, prefix, endpoint, region, access_key, secret_key };
        return Ok(Some(MediaSettings { place, key }));
    }
    let folder = PathBuf::from(place);
    if !folder.is_absolute() {
        return Err(Unset::Wrong("media", "a folder from / on, or s3://bucket"));
    }
    Ok(Some(MediaSettings { place: MediaPlace::Folder(folder), key }))
}

/// A store on this machine may be spoken to in the clear: contents are sealed, the key to the bucket is not.
fn is_address(endpoint: &str) -> bool {
    let local = |rest: &str| {
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|host| {
            rest.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        })
    };
    endpoint.starts_with("https://") || endpoint.strip_prefix("http://").is_some_and(local)
}

fn known(name: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|known| *known == name)
}

fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.to_ascii_uppercase())
}

fn table(file: &Path) -> Result<BTreeMap<&'static str, String>, Unset> {
    let text = std::fs::read_to_string(file).map_err(|_| Unset::Unreadable(file.to_owned()))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| {
        // The error's own text quotes the line, which may hold a password.
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        Unset::NotToml(file.to_owned(), before.matches('\n').count() + 1)
    })?;
    let mut given = BTreeMap::new();
    for (name, value) in table {
        let known = known(&name).ok_or(Unset::Unknown(name))?;
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            _ => return Err(Unset::Wrong(known, "text or a number")),
        };
        given.insert(known, text);
    }
    Ok(given)
}

impl fmt::Debug for Settings {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "Settings {{ listen: {}, connections: {}, .. }}", self.listen, self.connections)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Result<Settings, Unset> {
        Settings::read(None, pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    const URL: (&str, &str) = ("CLINICDESK_DATABASE_URL", "postgres://desk:hunter2@db/clinic");

    #[test]
    fn a_missing_setting_is_refused_by_name_and_by_its_variable() {
        let error = environment(&[("PATH", "/bin")]).unwrap_err();
        assert_eq!(error, Unset::Missing("database_url"));
        assert!(error.to_string().contains("CLINICDESK_DATABASE_URL"), "{error}");
    }

    #[test]
    fn a_wrong_setting_is_refused_by_name_and_without_its_value() {
        for (name, value) in [
            ("listen", "here"),
            ("connections", "0"),
            ("connections", "many"),
            ("log", "server=shouting"),
            ("anonymous_an_hour", "0"),
            ("proxies", "localhost"),
            ("database_url", "hunter2 is no address"),
            ("files_a_day", "0"),
            ("backup_room", "0"),
            ("media", "hunter2"),
            ("media", "s3://"),
            ("media_key", "hunter2"),
            ("media_endpoint", "http://store.example"),
            ("media_endpoint", "http://127.0.0.1.evil.example"),
        ] {
            let variable = variable(name);
            let key = "7".repeat(64);
            let place = if name == "media_endpoint" { "s3://files/clinic" } else { "/srv/files" };
            let given = [
                URL,
                ("CLINICDESK_MEDIA", place),
                ("CLINICDESK_MEDIA_KEY", key.as_str()),
                ("CLINICDESK_MEDIA_ACCESS_KEY", "desk"),
                ("CLINICDESK_MEDIA_SECRET_KEY", "hunter2"),
                (variable.as_str(), value),
            ];
            let error = environment(&given).unwrap_err();
            assert!(matches!(error, Unset::Wrong(wrong, _) if wrong == name), "{error:?}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
        let error = environment(&[URL, ("CLINICDESK_LISTN", "x")]).unwrap_err();
        assert_eq!(error, Unset::Unknown("CLINICDESK_LISTN".to_owned()));
    }

    #[test]
    fn a_place_for_files_needs_its_key_and_a_bucket_what_opens_it() {
        let key = "7".repeat(64);
        let mut given = vec![URL, ("CLINICDESK_MEDIA", "/srv/files")];
        assert!(environment(&given[..1]).unwrap().media.is_none());
        assert_eq!(environment(&given).unwrap_err(), Unset::Missing("media_key"));
        given.push(("CLINICDESK_MEDIA_KEY", key.as_str()));
        let folder = environment(&given).unwrap();
        let expected = MediaSettings { place: MediaPlace::Folder("/srv/files".into()), key: [0x77; 32] };
        assert!(folder.media == Some(expected) && folder.files_a_day == A_DAY);
        given[1].1 = "s3://files/clinic/";
        assert_eq!(environment(&given).unwrap_err(), Unset::Missing("media_access_key"));
        given.push(("CLINICDESK_MEDIA_ACCESS_KEY", "desk"));
        assert_eq!(environment(&given).unwrap_err(), Unset::Missing("media_secret_key"));
        given.push(("CLINICDESK_MEDIA_SECRET_KEY", "hunter2"));
        given.push(("CLINICDESK_MEDIA_ENDPOINT", "http://127.0.0.1:9000"));
        let settings = environment(&given).unwrap();
        assert!(!format!("{settings:?}").contains("hunter2"));
        let Some(MediaPlace::S3 { bucket, prefix, region, .. }) = settings.media.map(|media| media.place)
        else {
            panic!("a bucket");
        };
        assert_eq!((bucket.as_str(), prefix.as_str(), region.as_str()), ("files", "clinic", "us-east-1"));
    }

    #[test]
    fn what_another_program_is_told_by_the_environment_is_no_setting() {
        let settings = environment(&[URL, ("CLINICDESK_PASSWORD", "hunter2"), ("CLINICDESK_DATA", "/a")]);
        assert_eq!(settings.unwrap().connections, 16);
    }

    #[test]
    fn the_file_is_read_and_the_environment_wins() {
        let folder = std::env::temp_dir().join(format!("clinicdesk-settings-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("settings.toml");
        let read = |text: &str, pairs: &[(&str, &str)]| {
            std::fs::write(&file, text).unwrap();
            let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            Settings::read(Some(&file), pairs.collect::<Vec<_>>())
        };
        let text = "database_url = \"postgres://desk@db/clinic\"\nconnections = 4\n";
        let settings = read(text, &[("CLINICDESK_LISTEN", "0.0.0.0:80")]).unwrap();
        assert_eq!((settings.connections, settings.listen.to_string().as_str()), (4, "0.0.0.0:80"));
        assert!(!format!("{settings:?}").contains("desk@db"));
        assert_eq!((settings.anonymous_an_hour, settings.proxies), (AN_HOUR, LOCAL.to_vec()));
        let behind = read(text, &[("CLINICDESK_PROXIES", "10.0.0.2, ::1")]).unwrap();
        assert_eq!(behind.proxies, ["10.0.0.2".parse::<IpAddr>().unwrap(), LOCAL[1]]);
        assert_eq!(read("host = \"x\"", &[]), Err(Unset::Unknown("host".to_owned())));
        let broken = read("log = \"info\"\ndatabase_url = \"postgres://u:hunter2", &[]).unwrap_err();
        assert_eq!(broken, Unset::NotToml(file.clone(), 2));
        assert!(!broken.to_string().contains("hunter2"));
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(Settings::read(Some(&file), []), Err(Unset::Unreadable(file)));
    }
}
