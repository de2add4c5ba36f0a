//! Backups: what each object is sealed as, and the sort under which a point is signed.

use domain::backup::{EPOCH, Point, Stream};
use domain::{Digest, Incarnation, hex};
use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::seal::{About, NotOpened, open, seal};
use crate::secret::Secret;
use crate::signed::Signs;

impl Signs for Point {
    const SORT: &'static str = "clinicdesk/point/1";
}

/// What an object of a backup is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object<'a> {
    /// What was added to a stream from this place on.
    Segment(Stream, u64),
    /// What no log has, as of the point with this number.
    Local(u64),
    /// The row of a blob.
    Blob(&'a Digest),
}

impl Object<'_> {
    /// Has `then` say what becomes of it, of the installation `incarnation`.
    fn about<T>(self, incarnation: Incarnation, then: impl FnOnce(About) -> T) -> T {
        let own = incarnation.0.as_bytes().as_slice();
        let about = |kind, ids: &[&[u8]]| then(About { kind, ids, epoch: EPOCH });
        match self {
            Self::Segment(stream, from) => {
                about("backup/segment", &[own, stream.word().as_bytes(), &from.to_be_bytes()])
            }
            Self::Local(number) => about("backup/local", &[own, &number.to_be_bytes()]),
            Self::Blob(sha256) => about("backup/blob", &[own, sha256]),
        }
    }

    /// Seals `plain` under `key`, the backups' key of the store.
    #[must_use]
    pub fn seal(
        self,
        entropy: &mut dyn Entropy,
        key: &Secret<32>,
        incarnation: Incarnation,
        plain: &[u8],
    ) -> Vec<u8> {
        self.about(incarnation, |about| seal(entropy, key, about, plain))
    }

    /// What was sealed as just this.
    ///
    /// # Errors
    /// [`NotOpened`] for another key, another object, another installation, or damage.
    pub fn open(
        self,
        key: &Secret<32>,
        incarnation: Incarnation,
        bytes: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        self.about(incarnation, |about| open(key, about, bytes))
    }
}

/// How every sealed segment begins, whatever is in it: by this it is told from what somebody else wrote over it. It is
/// the beginning of `Sealed` in its one encoding.
pub const BEGINS: &[u8] = b"\xa4\x61v\x01\x64kind\x6ebackup/segment";

/// The name of the object of the blob with this digest: `blobs/ab/…`. Who does not have the key learns nothing by it, not
/// even whether a file that they know is among them.
#[must_use]
pub fn blob_name(key: &Secret<32>, sha256: &Digest) -> String {
    let name = hex::encode(key.derive(&format!("backup/name/{}", hex::encode(sha256))).expose());
    format!("blobs/{}/{name}", name.get(..2).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestEntropy;

    #[test]
    fn an_object_opens_as_what_it_was_sealed_as_and_as_nothing_else() {
        let entropy = &mut TestEntropy::new(1);
        let (key, own) = (Secret::random(entropy), Incarnation::derived(b"own"));
        let segment = Object::Segment(Stream::Log, 7);
        let sealed = segment.seal(entropy, &key, own, b"rows");
        assert!(sealed.starts_with(BEGINS));
        assert_eq!(segment.open(&key, own, &sealed).unwrap().as_slice(), b"rows");
        for other in [Object::Segment(Stream::Log, 8), Object::Segment(Stream::Trail, 7), Object::Local(7)] {
            assert!(other.open(&key, own, &sealed).is_err(), "{other:?}");
        }
        assert!(segment.open(&key, Incarnation::derived(b"other"), &sealed).is_err());
        assert!(segment.open(&Secret::random(entropy), own, &sealed).is_err());
    }

    #[test]
    fn a_blobs_name_follows_from_key_and_digest() {
        let [one, other] = [1, 2].map(|seed| Secret::random(&mut TestEntropy::new(seed)));
        let name = blob_name(&one, &[7; 32]);
        assert_eq!((name.len(), &name[..6]), (6 + 3 + 64, "blobs/"));
        assert_ne!(name, blob_name(&other, &[7; 32]));
        assert_ne!(name, blob_name(&one, &[8; 32]));
    }
}
