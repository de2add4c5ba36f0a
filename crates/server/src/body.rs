//! Bodies: deterministic CBOR, compressed with zstd, both ways.

use std::io::{Read, Write};

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::sync::DICTIONARY;
use domain::wire::Message;

use crate::Problem;

/// No window needs more than the largest body: 2^23 bytes.
const WINDOW_LOG: u32 = 23;

/// The bytes of a request's body, as many as are taken.
pub(crate) struct Body(Bytes);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let refused = |rejection: axum::extract::rejection::BytesRejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            _ => Problem::Malformed,
        };
        Bytes::from_request(request, state).await.map(Self).map_err(refused)
    }
}

/// The message in a body; not one byte more than `most` is decompressed.
pub(crate) fn read<T: Message>(body: &Body, most: usize) -> Result<T, Problem> {
    T::from_bytes(&unpack(&body.0, most)?).map_err(|_| Problem::Malformed)
}

/// An answer with this message.
pub(crate) fn answer(message: &impl Message) -> Result<Response, Problem> {
    let packed =
        zstd::encode_all(message.to_bytes().as_slice(), 3).map_err(|_| Problem::Damaged("answer"))?;
    let content = HeaderValue::from_static("application/zstd");
    Ok(([(header::CONTENT_TYPE, content)], packed).into_response())
}

/// The same of protocol 2, whose compression begins from a dictionary.
pub(crate) fn answer_briefly(message: &impl Message) -> Result<Response, Problem> {
    let packed = briefly(&message.to_bytes()).map_err(|_| Problem::Damaged("answer"))?;
    let content = HeaderValue::from_static("application/zstd");
    Ok(([(header::CONTENT_TYPE, content)], packed).into_response())
}

fn briefly(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = zstd::stream::write::Encoder::with_dictionary(Vec::new(), 3, DICTIONARY)?;
    encoder.write_all(plain)?;
    encoder.finish()
}

/// With or without the dictionary: a body that was compressed without it does not refer to it.
fn unpack(body: &[u8], most: usize) -> Result<Vec<u8>, Problem> {
    let decoder = zstd::stream::read::Decoder::with_dictionary(body, DICTIONARY);
    let mut decoder = decoder.map_err(|_| Problem::Malformed)?;
    decoder.window_log_max(WINDOW_LOG).map_err(|_| Problem::Malformed)?;
    let mut plain = Vec::new();
    decoder.take(most as u64 + 1).read_to_end(&mut plain).map_err(|_| Problem::Malformed)?;
    if plain.len() > most { Err(Problem::TooLarge) } else { Ok(plain) }
}

#[cfg(test)]
mod tests {
    use domain::sync::LARGEST;

    use super::Problem;

    fn unpack(body: &[u8]) -> Result<Vec<u8>, Problem> {
        super::unpack(body, LARGEST)
    }

    #[test]
    fn a_small_body_that_grows_beyond_the_limit_is_refused_and_one_at_the_limit_is_not() {
        let packed = |size: usize| zstd::encode_all(vec![0; size].as_slice(), 3).unwrap();
        assert!(packed(1 << 26).len() < LARGEST);
        assert_eq!(unpack(&packed(1 << 26)).unwrap_err().code(), "too_large");
        assert_eq!(unpack(&packed(LARGEST + 1)).unwrap_err().code(), "too_large");
        assert_eq!(unpack(&packed(LARGEST)).unwrap().len(), LARGEST);
    }

    #[test]
    fn a_body_is_read_whether_its_compression_began_from_the_dictionary_or_not() {
        let plain = b"incarnation and workstation".repeat(40);
        let briefly = super::briefly(&plain).unwrap();
        assert_eq!(unpack(&briefly).unwrap(), plain);
        assert_eq!(unpack(&zstd::encode_all(plain.as_slice(), 3).unwrap()).unwrap(), plain);
        assert!(briefly.len() < zstd::encode_all(plain.as_slice(), 3).unwrap().len());
    }

    #[test]
    fn a_body_that_is_not_compressed_or_cut_off_is_malformed() {
        assert_eq!(unpack(b"plain").unwrap_err().code(), "malformed");
        let packed = zstd::encode_all(&[7; 1000][..], 3).unwrap();
        assert_eq!(unpack(&packed[..packed.len() - 1]).unwrap_err().code(), "malformed");
    }
}
