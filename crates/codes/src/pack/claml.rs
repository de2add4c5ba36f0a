//! ClaML: a class a code, its preferred label the name, its inclusions other words for it.
//!
//! Entities are those of XML alone. A file that defines some itself is refused, and what lies outside of it is never
//! looked for.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::{Format, Pack, Taken, Unreadable};

/// Elements in one another that a file may have.
const DEEPEST: usize = 64;

/// The class that is being read.
#[derive(Default)]
struct Class {
    code: String,
    is_category: bool,
    /// It has finer ones: nobody writes it.
    is_parted: bool,
    name: String,
    also: Vec<String>,
    line: u64,
}

/// What the text that is being read is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    Name,
    Also,
}

/// Reads one.
pub(super) fn read(text: &str) -> Result<Pack, Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut taken = Taken::default();
    let mut lines = Lines::new(text);
    let (mut system, mut version) = (None, None);
    let (mut class, mut says): (Option<Class>, Says) = (None, Says::Nothing);
    let (mut depth, mut aside, mut is_claml) = (0_usize, 0_usize, false);
    let mut label = String::new();
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event().map_err(|_| Unreadable::NotCodes)? {
            Event::DocType(said) if said.contains('[') => return Err(Unreadable::Entities),
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Unreadable::NotCodes);
                }
                match start.local_name().as_ref() {
                    "ClaML" => is_claml = true,
                    "Title" => {
                        (system, version) = (attribute(&start, "name")?, attribute(&start, "version")?)
                    }
                    "Class" => class = Some(begin(&start, lines.at(at))?),
                    "Rubric" => {
                        says = match attribute(&start, "kind")?.as_deref() {
                            Some("preferred") => Says::Name,
                            Some("inclusion") => Says::Also,
                            _ => Says::Nothing,
                        }
                    }
                    "Label" => label.clear(),
                    // Where it points is no part of the name.
                    "Reference" => aside += 1,
                    _ => {}
                }
            }
            Event::Empty(start) => match (start.local_name().as_ref(), class.as_mut()) {
                ("Title", _) => {
                    (system, version) = (attribute(&start, "name")?, attribute(&start, "version")?)
                }
                ("SubClass", Some(class)) => class.is_parted = true,
                _ => {}
            },
            Event::Text(said) if aside == 0 => label.push_str(&said.xml10_content()),
            Event::CData(said) if aside == 0 => label.push_str(&said.xml10_content()),
            Event::GeneralRef(named) => {
                let sign = named.resolve_char_ref().map_err(|_| Unreadable::NotCodes)?;
                let known = sign.map(String::from);
                let known = known.or_else(|| resolve_predefined_entity(&named).map(ToOwned::to_owned));
                label.push_str(&known.ok_or(Unreadable::Entities)?);
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                match (end.local_name().as_ref(), class.as_mut()) {
                    ("Label", Some(class)) => match says {
                        Says::Name if class.name.is_empty() => class.name = std::mem::take(&mut label),
                        Says::Also => class.also.push(std::mem::take(&mut label)),
                        _ => label.clear(),
                    },
                    ("Rubric", _) => says = Says::Nothing,
                    ("Reference", _) => aside = aside.saturating_sub(1),
                    ("Class", _) => {
                        if let Some(class) =
                            class.take().filter(|class| class.is_category && !class.is_parted)
                        {
                            taken.take(class.line, &class.code, &class.name, class.also)?;
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof if depth > 0 || !is_claml => return Err(Unreadable::NotCodes),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(taken.pack(Format::Claml, system, version))
}

fn begin(start: &BytesStart, line: u64) -> Result<Class, Unreadable> {
    let is_category = attribute(start, "kind")?.as_deref() == Some("category");
    Ok(Class { code: attribute(start, "code")?.unwrap_or_default(), is_category, line, ..Class::default() })
}

fn attribute(start: &BytesStart, name: &str) -> Result<Option<String>, Unreadable> {
    let found = start.try_get_attribute(name).map_err(|_| Unreadable::NotCodes)?;
    let value = found.map(|found| found.normalized_value(XmlVersion::Implicit1_0)).transpose();
    Ok(value.map_err(|_| Unreadable::Entities)?.map(std::borrow::Cow::into_owned))
}

/// The lines of a text, counted as it is read on.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0, line: 1 }
    }

    /// The line in which the byte at `to` stands, from 1; never before the one that was asked for last.
    fn at(&mut self, to: usize) -> u64 {
        let read = self.text.get(self.at..to).unwrap_or_default();
        self.line += read.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = self.at.max(to);
        self.line
    }
}
