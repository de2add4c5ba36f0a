//! The structure of a document (ISO 32000-1, 14.7): what is a title, a paragraph, a picture, and in
//! which order it is read out.

use lopdf::{Dictionary, Document, Object, ObjectId, text_string};

use crate::length::Area;
use crate::page::{Canvas, Role};
use crate::pdf::points;

/// A stretch of one page's content that belongs to a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sequence {
    pub block: usize,
    pub page: usize,
    pub marked: usize,
    /// Where it stands, for pictures.
    pub area: Option<Area>,
}

impl Role {
    /// The standard structure type.
    pub(crate) const fn tag(&self) -> &'static str {
        match self {
            Self::Title => "H1",
            Self::Paragraph => "P",
            Self::Figure(_) => "Figure",
        }
    }
}

/// Adds the structure to a document and gives its root.
pub(crate) fn add(
    document: &mut Document,
    canvas: &Canvas,
    sequences: &[Sequence],
    pages: &[ObjectId],
) -> ObjectId {
    let root = document.new_object_id();
    let whole = document.new_object_id();
    let mut owners = vec![Vec::new(); pages.len()];
    let mut children = Vec::new();
    for (block, role) in canvas.blocks.iter().enumerate() {
        let own: Vec<&Sequence> = sequences.iter().filter(|sequence| sequence.block == block).collect();
        let element = document.new_object_id();
        let Some(dictionary) = describe(canvas, role, &own, pages, whole) else { continue };
        document.set_object(element, dictionary);
        children.push(Object::Reference(element));
        for sequence in own {
            if let Some(owned) = owners.get_mut(sequence.page) {
                owned.push((sequence.marked, element));
            }
        }
    }
    let mut entries = Vec::new();
    for (index, (mut owned, page)) in owners.into_iter().zip(pages).enumerate() {
        owned.sort_unstable();
        let key = i64::try_from(index).unwrap_or(i64::MAX);
        entries.push(Object::Integer(key));
        entries.push(Object::Array(owned.into_iter().map(|(_, id)| Object::Reference(id)).collect()));
        if let Ok(page) = document.get_dictionary_mut(*page) {
            page.set("StructParents", key);
            page.set("Tabs", "S");
        }
    }
    document.set_object(whole, element("Document", root, Object::Array(children)));
    let tree = document.add_object(Dictionary::from_iter([("Nums", Object::Array(entries))]));
    let next = i64::try_from(pages.len()).unwrap_or(i64::MAX);
    document.set_object(
        root,
        Dictionary::from_iter([
            ("Type", Object::from("StructTreeRoot")),
            ("K", Object::Reference(whole)),
            ("ParentTree", Object::Reference(tree)),
            ("ParentTreeNextKey", Object::Integer(next)),
        ]),
    );
    root
}

fn describe(
    canvas: &Canvas,
    role: &Role,
    sequences: &[&Sequence],
    pages: &[ObjectId],
    parent: ObjectId,
) -> Option<Dictionary> {
    let home = sequences.first()?.page;
    let content = sequences.iter().filter_map(|sequence| {
        let number = Object::Integer(i64::try_from(sequence.marked).ok()?);
        if sequence.page == home {
            return Some(number);
        }
        Some(Object::Dictionary(Dictionary::from_iter([
            ("Type", Object::from("MCR")),
            ("Pg", Object::Reference(*pages.get(sequence.page)?)),
            ("MCID", number),
        ])))
    });
    let mut dictionary = element(role.tag(), parent, Object::Array(content.collect()));
    dictionary.set("Pg", Object::Reference(*pages.get(home)?));
    if let Role::Figure(words) = role {
        dictionary.set("Alt", text_string(words));
        if let Some(area) = sequences.iter().find_map(|sequence| sequence.area) {
            dictionary.set("A", Object::Dictionary(placement(canvas, &area)));
        }
    }
    Some(dictionary)
}

fn element(kind: &str, parent: ObjectId, content: Object) -> Dictionary {
    Dictionary::from_iter([
        ("Type", Object::from("StructElem")),
        ("S", Object::from(kind)),
        ("P", Object::Reference(parent)),
        ("K", content),
    ])
}

fn placement(canvas: &Canvas, area: &Area) -> Dictionary {
    let corners = [area.left, canvas.height - area.bottom, area.right, canvas.height - area.top];
    let corners = corners.into_iter().map(|length| Object::Real(points(length))).collect();
    Dictionary::from_iter([
        ("O", Object::from("Layout")),
        ("Placement", Object::from("Block")),
        ("BBox", Object::Array(corners)),
    ])
}
