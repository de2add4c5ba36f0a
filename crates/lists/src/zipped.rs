//! Workbooks that are ZIP archives: which they are, and how much they unpack to.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Format, LARGEST_UNPACKED, Unreadable};

/// Parts in one archive; no workbook has so many.
const MOST_PARTS: usize = 10_000;

/// Which workbook it is, once all that it holds was unpacked and counted: what an archive says of itself may be wrong.
pub(crate) fn what(bytes: &[u8]) -> Result<Format, Unreadable> {
    let mut archive = open(bytes)?;
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::Unpacked);
    }
    let mut room = LARGEST_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(refused)?;
        let unpacked = copy(&mut part.take(room + 1), &mut sink()).map_err(|_| Unreadable::Damaged)?;
        room = room.checked_sub(unpacked).ok_or(Unreadable::Unpacked)?;
    }
    if archive.index_for_name("content.xml").is_some() {
        Ok(Format::Ods)
    } else if archive.index_for_name("[Content_Types].xml").is_some() {
        Ok(Format::Xlsx)
    } else {
        Err(Unreadable::NoList)
    }
}

pub(crate) fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unreadable> {
    ZipArchive::new(Cursor::new(bytes)).map_err(refused)
}

pub(crate) fn refused(error: ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Locked,
        _ => Unreadable::Damaged,
    }
}
