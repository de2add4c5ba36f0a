#![doc = include_str!("../README.md")]

pub mod audit;
pub mod certify;
pub mod cose;
pub mod derive;
pub mod digest;
pub mod enrol;
pub mod entropy;
pub mod exchange;
pub mod head;
pub mod issuing;
pub mod keys;
pub mod log;
pub mod marks;
pub mod merkle;
pub mod paper;
pub mod papers;
mod pem;
pub mod root;
pub mod seal;
pub mod secret;
pub mod session;
pub mod shares;
pub mod sheet;
pub mod signed;
pub mod slot;
pub mod stream;
pub mod testing;
pub mod verify;

pub use digest::{Digesting, sha256};
pub use entropy::{Entropy, SystemEntropy, random};
pub use head::Head;
pub use keys::{NotGenuine, SealingKey, SigningKey};
pub use merkle::Frontier;
pub use seal::NotOpened;
pub use secret::{Secret, StoreKey};
pub use signed::{Signed, Signs};
