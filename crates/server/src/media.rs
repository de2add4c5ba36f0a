//! Where the bytes of files lie: in a folder, or in any store that speaks S3. Whoever runs it reads nothing, for names are
//! HMACs and contents are sealed, both under the operator's `media_key`. Nothing that lies there is ever written over.

use std::sync::Arc;
use std::time::Duration;

use crypto::seal::{About, open, seal};
use crypto::{Secret, SystemEntropy, sha256};
use deadpool_postgres::GenericClient;
use domain::sync::BlobName;
use domain::{Digest, Scope, hex};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, RetryConfig};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

use crate::Problem;
use crate::database::{execute, query};
use crate::settings::{MediaPlace, MediaSettings};

/// A file is kept in parts of so many bytes; the last has what is left.
pub(crate) const PART: u64 = 1 << 20;
/// What a part takes beside its own bytes, at most.
const AROUND: u64 = 1 << 10;
/// So many parts are on their way at once: a slow store takes no memory without end.
const TURNS: usize = 8;
/// A store that does not answer is asked again so often, and for so long.
const RETRY: (usize, Duration) = (3, Duration::from_secs(20));

/// The media.
pub struct Media {
    store: Arc<dyn ObjectStore>,
    /// What stands before every name.
    prefix: String,
    key: Secret<32>,
    turns: Semaphore,
}

/// A part of a file.
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) scope: Scope,
    pub(crate) blob: &'a BlobName,
    /// The beginning that it belongs to.
    pub(crate) begun: Uuid,
    /// Which, from 0.
    pub(crate) number: u64,
}

/// What lies in the media.
pub(crate) struct Object {
    /// Under which name.
    pub(crate) name: Digest,
    /// How many bytes it has.
    pub(crate) bytes: u64,
}

/// Why a server does not start with these media.
#[derive(Debug, thiserror::Error)]
pub enum NotMedia {
    /// The folder is missing, or an S3 setting is no such thing.
    #[error("media cannot be used: {0}")]
    Place(#[source] Error),
    /// Files are here that another key sealed.
    #[error("media_key is not the key under which this server's files are sealed")]
    OtherKey,
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] Problem),
}

impl Media {
    /// The media of these settings; a folder has to be there.
    ///
    /// # Errors
    /// [`NotMedia::Place`].
    pub fn new(settings: &MediaSettings) -> Result<Self, NotMedia> {
        let (store, prefix): (Arc<dyn ObjectStore>, _) = match &settings.place {
            MediaPlace::Folder(folder) => {
                let store = LocalFileSystem::new_with_prefix(folder).map_err(NotMedia::Place)?;
                (Arc::new(store.with_fsync(true)), String::new())
            }
            MediaPlace::S3 { bucket, prefix, endpoint, region, access_key, secret_key } => {
                let (max_retries, retry_timeout) = RETRY;
                let retry = RetryConfig { max_retries, retry_timeout, ..RetryConfig::default() };
                let mut store = AmazonS3Builder::new()
                    .with_bucket_name(bucket)
                    .with_region(region)
                    .with_access_key_id(access_key)
                    .with_secret_access_key(secret_key)
                    .with_retry(retry);
                if let Some(endpoint) = endpoint {
                    store = store.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
                }
                (Arc::new(store.build().map_err(NotMedia::Place)?), prefix.clone())
            }
        };
        Ok(Self { store, prefix, key: Secret::new(&settings.key), turns: Semaphore::new(TURNS) })
    }

    /// Looks whether the files of this database are sealed under this key: under another none would be found.
    ///
    /// # Errors
    /// [`NotMedia::OtherKey`].
    pub async fn check_key(&self, client: &impl GenericClient) -> Result<(), NotMedia> {
        let known = sha256(&[self.key.derive("media/known").expose()]);
        let sql = "insert into media (key) values ($1) on conflict do nothing";
        execute(client, sql, &[&known.as_slice()]).await?;
        let rows = query(client, "select 1 from media where key = $1", &[&known.as_slice()]).await?;
        if rows.is_empty() { Err(NotMedia::OtherKey) } else { Ok(()) }
    }

    /// Whether the store answers: it is asked for what nobody has put there.
    ///
    /// # Errors
    /// What it answers else.
    pub async fn check_answers(&self) -> Result<(), Error> {
        match self.store.head(&self.path("nothing")).await {
            Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Keeps a part. One that is there already stays as it is.
    pub(crate) async fn keep(&self, part: Part<'_>, plain: &[u8]) -> Result<(), Problem> {
        let _turn = self.turn().await;
        let sealed = part.about(|about| seal(&mut SystemEntropy::new(), &self.seals(), about, plain));
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.store.put_opts(&self.name(part), sealed.into(), options).await {
            Ok(_) | Err(Error::AlreadyExists { .. }) => Ok(()),
            Err(error) => Err(Problem::Media(error)),
        }
    }

    /// The bytes of a part that was kept.
    pub(crate) async fn read(&self, part: Part<'_>) -> Result<Vec<u8>, Problem> {
        let _turn = self.turn().await;
        // What is not found tells of no damage: a disk that is not mounted has nothing either.
        let found = self.store.get(&self.name(part)).await.map_err(Problem::Media)?;
        if found.meta.size > PART + AROUND {
            return Err(Problem::Damaged("file"));
        }
        let sealed = found.bytes().await.map_err(Problem::Media)?;
        let plain = part.about(|about| open(&self.seals(), about, &sealed));
        plain.map(|plain| plain.to_vec()).map_err(|_| Problem::Damaged("file"))
    }

    /// Takes a part away that turned out to be none of its file.
    pub(crate) async fn remove(&self, part: Part<'_>) -> Result<(), Problem> {
        match self.store.delete(&self.name(part)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Problem::Media(error)),
        }
    }

    /// What has lain here since before `before`, in milliseconds since 1970. Of what somebody else put beside it nothing is
    /// told.
    pub(crate) async fn older_than(&self, before: u64) -> Result<Vec<Object>, Problem> {
        let root = Some(Path::from(self.prefix.as_str())).filter(|root| !root.as_ref().is_empty());
        let folders = self.store.list_with_delimiter(root.as_ref()).await.map_err(Problem::Media)?;
        let mut old = Vec::new();
        for folder in folders.common_prefixes {
            let listed = self.store.list_with_delimiter(Some(&folder)).await.map_err(Problem::Media)?;
            for found in listed.objects {
                let place = found.location.as_ref().rsplit('/').take(2).collect::<Vec<_>>();
                let [rest, folder] = place.as_slice() else { continue };
                let name =
                    hex::decode(&format!("{folder}{rest}")).and_then(|name| Digest::try_from(name).ok());
                let is_old =
                    u64::try_from(found.last_modified.timestamp_millis()).is_ok_and(|at| at < before);
                if let Some(name) = name.filter(|_| is_old) {
                    old.push(Object { name, bytes: found.size });
                }
            }
        }
        Ok(old)
    }

    /// Takes away what lies here under a name.
    pub(crate) async fn discard(&self, object: &Object) -> Result<(), Problem> {
        match self.store.delete(&self.path(&hex::encode(&object.name))).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Problem::Media(error)),
        }
    }

    async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // Nobody closes it.
        self.turns.acquire().await.ok()
    }

    fn seals(&self) -> Secret<32> {
        self.key.derive("media/seal")
    }

    fn name(&self, part: Part<'_>) -> Path {
        self.path(&hex::encode(&self.digest_of(part)))
    }

    /// The name of a part: one round of HKDF is an HMAC.
    pub(crate) fn digest_of(&self, part: Part<'_>) -> Digest {
        let Part { scope, blob, begun, number } = part;
        let named =
            format!("media/name/{scope}/{}/{}/{begun}/{number}", hex::encode(&blob.sha256), blob.size);
        *self.key.derive(&named).expose()
    }

    fn path(&self, name: &str) -> Path {
        let (folder, rest) = name.split_at_checked(2).unwrap_or((name, ""));
        Path::from(format!("{}/{folder}/{rest}", self.prefix))
    }
}

impl Part<'_> {
    /// What `with` makes of what is sealed with the bytes.
    fn about<T>(self, with: impl FnOnce(About) -> T) -> T {
        let size = self.blob.size.to_be_bytes();
        let ids: [&[u8]; 4] = [self.scope.0.as_bytes(), &self.blob.sha256, &size, self.begun.as_bytes()];
        with(About { kind: "media", ids: &ids, epoch: self.number })
    }
}
