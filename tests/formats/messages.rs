//! Every message by the name of its sort.

use crypto::audit::{AuditEntry, Detail};
use crypto::log::{EntryBytes, OpBytes};
use crypto::marks::{Last, Marks};
use crypto::{Frontier, Head};
use domain::backup::{Local, LogRow, Point, TargetMark};
use domain::op::{Body, Header, Transaction};
use domain::session::Session;
use domain::sync::{
    Answer, AskBackup, AskDoors, BackupDoors, BackupHeld, BackupPart, BlobChunk, BlobsHeld, Deposit,
    HaveBlobs, Introduction, Question, Receipt, Ticket, WantBlob, WantObject, Welcome,
};
use domain::wire::{Malformed, Message};
use domain::{Value, cbor};
use serde_json::Value as Json;

use crate::vectors::{bytes, text, value};

/// The value of a message and its bytes, when `bytes` are a message of the sort `name`.
pub fn read(name: &str, bytes: &[u8]) -> Result<(Value, Vec<u8>), Malformed> {
    fn of<M: Message>(bytes: &[u8]) -> Result<(Value, Vec<u8>), Malformed> {
        M::from_bytes(bytes).map(|message| (message.to_value(), message.to_bytes()))
    }
    match name {
        "Answer" => of::<Answer>(bytes),
        "AskBackup" => of::<AskBackup>(bytes),
        "AskDoors" => of::<AskDoors>(bytes),
        "AuditEntry" => of::<AuditEntry>(bytes),
        "BackupDoors" => of::<BackupDoors>(bytes),
        "BackupHeld" => of::<BackupHeld>(bytes),
        "BackupPart" => of::<BackupPart>(bytes),
        "BlobChunk" => of::<BlobChunk>(bytes),
        "BlobsHeld" => of::<BlobsHeld>(bytes),
        "Body" => of::<Body>(bytes),
        "Deposit" => of::<Deposit>(bytes),
        "Detail" => of::<Detail>(bytes),
        "EntryBytes" => of::<EntryBytes>(bytes),
        "Frontier" => of::<Frontier>(bytes),
        "Head" => of::<Head>(bytes),
        "HaveBlobs" => of::<HaveBlobs>(bytes),
        "Header" => of::<Header>(bytes),
        "Last" => of::<Last>(bytes),
        "Local" => of::<Local>(bytes),
        "LogRow" => of::<LogRow>(bytes),
        "Marks" => of::<Marks>(bytes),
        "Introduction" => of::<Introduction>(bytes),
        "OpBytes" => of::<OpBytes>(bytes),
        "Point" => of::<Point>(bytes),
        "Question" => of::<Question>(bytes),
        "Receipt" => of::<Receipt>(bytes),
        "Session" => of::<Session>(bytes),
        "TargetMark" => of::<TargetMark>(bytes),
        "Ticket" => of::<Ticket>(bytes),
        "Transaction" => of::<Transaction>(bytes),
        "WantBlob" => of::<WantBlob>(bytes),
        "WantObject" => of::<WantObject>(bytes),
        "Welcome" => of::<Welcome>(bytes),
        _ => panic!("no message is called {name}"),
    }
}

/// Each of `samples` is read as its value and written as its bytes.
pub fn agree(samples: &[Json]) {
    for sample in samples {
        let (name, encoded, expected) =
            (text(&sample["sort"]), bytes(&sample["bytes"]), value(&sample["value"]));
        assert_eq!(cbor::encode(&expected), encoded, "{name}");
        assert_eq!(read(name, &encoded), Ok((expected, encoded)), "{name}");
    }
}
