//! What in a PDF file would do something by itself, for a person to know. Nothing of it is ever run here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, Object};

/// What a PDF file holds that a reader elsewhere might run or open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Active {
    /// A script (`/JS`).
    pub script: bool,
    /// A call of another program (`/Launch`).
    pub launch: bool,
    /// A file within it (`/EmbeddedFile`).
    pub embedded: bool,
}

/// Deeper nesting is nobody's.
const DEEPEST: usize = 64;

/// What is active in `pdf`. A file whose structure does not read is searched by its bytes.
#[must_use]
pub fn active(pdf: &[u8]) -> Active {
    let mut found = Active {
        script: has(pdf, b"/JS") || has(pdf, b"/JavaScript"),
        launch: has(pdf, b"/Launch"),
        embedded: has(pdf, b"/EmbeddedFile"),
    };
    // What stands in compressed objects the bytes do not show. The reader is other people's.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut within = Active::default();
        if let Ok(document) = Document::load_mem(pdf) {
            document.objects.values().for_each(|object| look(object, DEEPEST, &mut within));
        }
        within
    }));
    let within = read.unwrap_or_default();
    found.script |= within.script;
    found.launch |= within.launch;
    found.embedded |= within.embedded;
    found
}

/// Whether a PDF file says that it is locked.
#[must_use]
pub fn is_locked(pdf: &[u8]) -> bool {
    has(pdf, b"/Encrypt")
}

/// Whether a name stands in `pdf`, and not only as the beginning of a longer one of small letters.
fn has(pdf: &[u8], name: &[u8]) -> bool {
    pdf.windows(name.len() + 1).any(|window| {
        window.starts_with(name)
            && window.last().is_some_and(|next| !next.is_ascii_lowercase() || *next == b's')
    })
}

fn look(object: &Object, depth: usize, found: &mut Active) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let dictionary = match object {
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        Object::Array(items) => return items.iter().for_each(|item| look(item, depth, found)),
        Object::Name(name) => return named(name, found),
        _ => return,
    };
    for (key, value) in dictionary.iter() {
        named(key, found);
        look(value, depth, found);
    }
}

fn named(name: &[u8], found: &mut Active) {
    match name {
        b"JS" | b"JavaScript" => found.script = true,
        b"Launch" => found.launch = true,
        b"EmbeddedFile" | b"EmbeddedFiles" => found.embedded = true,
        _ => {}
    }
}
