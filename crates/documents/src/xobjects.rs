//! Pictures and codes as PDF image objects (ISO 32000-1, 8.9).

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject};

use crate::code::Code;
use crate::pictures::{Picture, Pixels};

/// The number that ties a stretch of content to its place in the document's structure.
pub(crate) fn marked(number: usize) -> DictItem {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    DictItem::Dict { map: BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]) }
}

/// A code as a stencil: each dark module is painted in the colour of the moment.
pub(crate) fn code(code: &Code) -> XObject {
    let mut dict = image(code.side, code.side, 1);
    dict.insert("ImageMask".to_owned(), DictItem::Bool(true));
    dict.insert("Decode".to_owned(), DictItem::Array(vec![DictItem::Int(1), DictItem::Int(0)]));
    object(dict, code.rows.clone(), true)
}

/// A picture, with its opacity where it has any.
pub(crate) fn picture(picture: &Picture) -> XObject {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut dict = image(width, height, 8);
    dict.insert("ColorSpace".to_owned(), name("DeviceRGB"));
    match &picture.pixels {
        Pixels::Jpeg(bytes) => {
            dict.insert("Filter".to_owned(), name("DCTDecode"));
            object(dict, bytes.clone(), false)
        }
        Pixels::Plain { rgb, alpha } => {
            if let Some(alpha) = alpha {
                let mut mask = image(width, height, 8);
                mask.insert("ColorSpace".to_owned(), name("DeviceGray"));
                let stream = ExternalStream { dict: mask, content: alpha.clone(), compress: true };
                dict.insert("SMask".to_owned(), DictItem::Stream { stream });
            }
            object(dict, rgb.clone(), true)
        }
    }
}

fn image(width: usize, height: usize, bits: i64) -> BTreeMap<String, DictItem> {
    let number = |value: usize| DictItem::Int(i64::try_from(value).unwrap_or(i64::MAX));
    BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Image")),
        ("Width".to_owned(), number(width)),
        ("Height".to_owned(), number(height)),
        ("BitsPerComponent".to_owned(), DictItem::Int(bits)),
    ])
}

fn name(text: &str) -> DictItem {
    DictItem::Name(text.as_bytes().to_vec())
}

fn object(dict: BTreeMap<String, DictItem>, content: Vec<u8>, compress: bool) -> XObject {
    let stream = ExternalStream { dict, content, compress };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}
