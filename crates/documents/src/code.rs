//! The square code (ISO/IEC 18004) that a telephone reads from the paper.

use fast_qr::{ECL, QRBuilder};

use crate::error::DocumentError;

/// The side of the code's box with its quiet zone.
pub(crate) const SIDE_MM: i64 = 30;

/// Light modules on each side, as the standard asks.
const QUIET: usize = 4;

/// The most modules on a 30 mm side, quiet zone included: 0.3 mm each, three dots of a 300 dpi
/// printer or more.
const MOST: usize = 100;

/// A code as rows of modules, quiet zone included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// Modules on a side.
    pub side: usize,
    /// One bit a module, 1 for dark, each row padded to whole bytes.
    pub rows: Vec<u8>,
}

impl Code {
    /// Encodes at error correction level M.
    pub(crate) fn new(payload: &str) -> Result<Self, DocumentError> {
        let too_dense = || DocumentError::CodeTooDense { characters: payload.chars().count() };
        let code = QRBuilder::new(payload).ecl(ECL::M).build().map_err(|_| too_dense())?;
        let side = code.size + 2 * QUIET;
        if side > MOST {
            return Err(too_dense());
        }
        let stride = side.div_ceil(8);
        let mut rows = vec![0; stride * side];
        for y in 0..code.size {
            for x in 0..code.size {
                let (across, down) = (x + QUIET, y + QUIET);
                if code[y].get(x).is_some_and(|module| module.value())
                    && let Some(byte) = rows.get_mut(down * stride + across / 8)
                {
                    *byte |= 0x80 >> (across % 8);
                }
            }
        }
        Ok(Self { side, rows })
    }
}
