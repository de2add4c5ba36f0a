//! The way to the server, as far as anybody else has to know.

use std::ops::Range;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreached {
    /// The address is not one.
    #[error("the server's address is not valid")]
    Address,
    /// No connection, or it broke off.
    #[error("the server cannot be reached")]
    Offline,
    /// The server refused; the code of its problem.
    #[error("the server refused: {0}")]
    Refused(String),
    /// The answer is not one of ours, or too large.
    #[error("the answer is not the server's")]
    Answer,
}

/// Brings a message to the server and its answer back.
pub trait Transport: Send + Sync {
    /// Posts `body` to `url`; the body of the answer.
    ///
    /// # Errors
    /// [`Unreached`].
    fn post(&self, url: &str, body: Vec<u8>) -> Result<Vec<u8>, Unreached>;

    /// Puts `body` to `url`; the body of the answer.
    ///
    /// # Errors
    /// [`Unreached`].
    fn put(&self, url: &str, body: Vec<u8>) -> Result<Vec<u8>, Unreached>;

    /// The bytes `range` of what is at `url`, and no others, for whoever has signed `asks`.
    ///
    /// # Errors
    /// [`Unreached`].
    fn get(&self, url: &str, asks: &[u8], range: Range<u64>) -> Result<Vec<u8>, Unreached>;
}
