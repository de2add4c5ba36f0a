//! The world outside: everything that a test or the simulator replaces. Below the shells nothing asks
//! a clock or chance by itself.

use std::path::PathBuf;
use std::sync::Arc;

use crypto::derive::{Cost, Floor, calibrate, stretch};
use crypto::{Entropy, SystemEntropy};
use domain::settings::FILES_ROOM;

use sync::{Http, Transport};

use crate::clock::{Clock, SystemClock};
use crate::mounts;
use crate::spared;
use crate::spooler::{Cups, Spooler};

/// What a desk stands on.
pub struct World {
    /// Time.
    pub clock: Box<dyn Clock>,
    /// Chance.
    pub entropy: Box<dyn Entropy + Send>,
    /// The data folder.
    pub folder: PathBuf,
    /// How dear it is to try a password that is made here; `None` until this computer was measured.
    pub cost: Option<Cost>,
    /// The least cost that is taken from a file.
    pub floor: Floor,
    /// The way to the server.
    pub transport: Arc<dyn Transport>,
    /// What takes documents to print.
    pub spooler: Box<dyn Spooler>,
    /// Hears how many records are made again, and of how many, while a store opens that an older program has written.
    pub progress: Box<dyn FnMut(u64, u64) + Send>,
    /// How many bytes files may take in the data folder before those that the server has too give way, where nobody chose.
    pub room: u64,
    /// Where this machine shows what is plugged into it now.
    pub mounts: Arc<dyn Fn() -> Vec<PathBuf> + Send + Sync>,
    /// Whether this machine is to be spared now: its battery is low, or its line is paid for by what goes over it.
    pub spares: Arc<dyn Fn() -> bool + Send + Sync>,
    /// Nobody who leaves waits longer for backups, in milliseconds; what is left is done the next time.
    pub leaving: u64,
    /// The program's version.
    pub version: &'static str,
}

/// The longest wait of somebody who leaves, in milliseconds.
const LEAVING: u64 = 20_000;

/// Where nobody chose, files take no more room than this, nor than a fifth of the disk.
const ROOM: u64 = FILES_ROOM.default * 1_000_000_000;

impl World {
    /// The machine itself, around the data folder `folder`.
    #[must_use]
    pub fn real(folder: PathBuf) -> Self {
        Self {
            clock: Box::new(SystemClock::new()),
            entropy: Box::new(SystemEntropy::new()),
            folder,
            cost: None,
            floor: Floor::default(),
            transport: Arc::new(Http::default()),
            spooler: Box::new(Cups::here()),
            progress: Box::new(|_, _| {}),
            room: ROOM,
            mounts: Arc::new(mounts::here),
            spares: Arc::new(spared::here),
            leaving: LEAVING,
            version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// The cost of a new password: what this computer takes a quarter to half a second for, measured once.
    pub(crate) fn cost(&mut self) -> Cost {
        let clock = &self.clock;
        *self.cost.get_or_insert_with(|| {
            calibrate(|cost| {
                let began = clock.monotonic();
                // What cannot be paid for is never chosen.
                match stretch("how long does this take", &[0; 16], cost) {
                    Ok(_) => clock.monotonic() - began,
                    Err(_) => u64::MAX,
                }
            })
        })
    }
}
