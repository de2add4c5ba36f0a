//! Bytes that a record names and does not hold: a picture, a PDF, a DICOM file. The op carries the digest, and the bytes
//! travel by themselves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Hex, Holds, Type};
use crate::{Digest, Value, hex};

/// No blob has more bytes.
pub const LARGEST_BLOB: u64 = 100_000_000;

/// What a blob may be (IANA media types). None is ever removed.
pub const MEDIA_TYPES: [&str; 5] =
    ["application/dicom", "application/pdf", "image/jpeg", "image/png", "text/plain"];

/// Bytes by their digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlobRef {
    /// Their SHA-256.
    pub sha256: Hex,
    /// How many there are, from 1 to [`LARGEST_BLOB`].
    pub size: u64,
    /// What they are: one of [`MEDIA_TYPES`].
    pub media_type: String,
}

impl BlobRef {
    /// The digest; none where it is no digest.
    #[must_use]
    pub fn digest(&self) -> Option<Digest> {
        self.sha256.bytes().try_into().ok()
    }

    /// What a field of type [`Type::Blob`] says; none where that is no blob.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let Value::Map(members) = value else { return None };
        let (sha256, media_type) = (value.get("sha256")?.as_text()?, value.get("media_type")?.as_text()?);
        let Some(Value::Int(size)) = value.get("size") else { return None };
        let size = u64::try_from(*size).ok().filter(|size| (1..=LARGEST_BLOB).contains(size))?;
        let is_digest = hex::decode(sha256).is_some_and(|digest| digest.len() == size_of::<Digest>());
        let is_known = MEDIA_TYPES.contains(&media_type);
        (members.len() == 3 && is_digest && is_known).then(|| Self {
            sha256: Hex(sha256.to_owned()),
            size,
            media_type: media_type.to_owned(),
        })
    }
}

impl Holds for BlobRef {
    const TYPE: Type = Type::Blob;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(sha256: &str, size: i64, media_type: &str) -> Value {
        let members =
            [("sha256", Value::text(sha256)), ("size", Value::Int(size)), ("media_type", media_type.into())];
        Value::Map(members.map(|(name, value)| (name.to_owned(), value)).into())
    }

    #[test]
    fn a_blob_is_a_digest_a_size_and_a_media_type_that_is_known() {
        let digest = hex::encode(&[7; 32]);
        let whole = blob(&digest, 20_000, "image/jpeg");
        let read = BlobRef::read(&whole).unwrap();
        assert_eq!((read.digest(), read.size), (Some([7; 32]), 20_000));
        assert!(Type::Blob.accepts(&whole) && Type::Blob.accepts(&Value::Null));
        for wrong in [
            blob(&digest[2..], 20_000, "image/jpeg"),
            blob(&digest.to_uppercase().replace('0', "G"), 20_000, "image/jpeg"),
            blob(&digest, 0, "image/jpeg"),
            blob(&digest, -1, "image/jpeg"),
            blob(&digest, 100_000_001, "image/jpeg"),
            blob(&digest, 20_000, "application/x-msdownload"),
            Value::text(&digest),
            Value::Map([("sha256".to_owned(), Value::text(&digest))].into()),
        ] {
            assert!(!Type::Blob.accepts(&wrong), "{wrong:?}");
        }
        let Value::Map(mut more) = whole else { return };
        more.insert("name".to_owned(), "scan.jpg".into());
        assert!(!Type::Blob.accepts(&Value::Map(more)), "a name is none of its business");
    }
}
