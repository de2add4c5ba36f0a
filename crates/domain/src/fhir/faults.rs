//! One thing wrong leaves out one thing: the element that is damaged, or the resource that cannot stand without
//! it.

use super::draft::{Case, Mapper};
use super::elements::element;
use super::json::Node;
use super::links::Entry;
use super::plan::{Left, LeftOut, Planned};
use super::words::label;
use super::{Reason, Refused, r4};

/// With more than this damaged there is no telling what it meant.
const MOST: usize = 64;

/// Refuses a resource with an element that R4 does not have.
pub(super) fn whole(entry: &Entry<'_>) -> Result<(), Refused> {
    r4::check(&entry.of, &entry.node, &entry.place)
}

/// Maps a resource without those of its elements that are damaged; each is told by its place and its reason, and
/// what stood there in the record's words.
pub(super) fn damaged(case: &Case<'_, '_>, map: Mapper) -> Result<(Planned, Vec<Left>), Refused> {
    let entry = case.links.entry(case.index)?;
    let mut node = case.node.clone();
    let mut cut = Vec::new();
    let mut damage = Vec::new();
    if let Node::Object(members) = &mut node {
        for (key, member) in members.iter_mut().filter(|(key, _)| !r4::has(&entry.of, key)) {
            *member = Node::Taken;
            cut.push(Left { place: format!("{}{}", entry.place, r4::step(key)), reason: LeftOut::NotR4 });
        }
    }
    loop {
        let attempt = Case { node: &node, damage: &damage, ..*case };
        let refused = match obscured(&node, &entry.place).map_or_else(|| map(&attempt), Err) {
            Ok((record, left)) => return Ok((record, [cut, left].concat())),
            Err(refused) => refused,
        };
        let path = refused.place.strip_prefix(&format!("{}.", entry.place)).map(str::to_owned);
        let found = path.as_deref().filter(|_| cut.len() < MOST).and_then(|path| {
            let first = path.split(['.', '[']).next()?;
            element(&entry.of, first).filter(|element| !element.vital)?;
            Some((first, at(&mut node, path)?))
        });
        let Some((first, found)) = found else { return Err(refused) };
        if let Node::Text(text) = found
            && text.chars().count() <= 64
        {
            let why = if refused.reason == Reason::Unlikely { "cannot be so" } else { "cannot be read" };
            damage.push(format!("{}: {text} ({why})", label(first)));
        }
        *found = Node::Taken;
        cut.push(Left { place: refused.place, reason: refused.reason.into() });
    }
}

/// The node at `path`, such as `name[1].family`, where something is there.
fn at<'n, 'a>(node: &'n mut Node<'a>, path: &str) -> Option<&'n mut Node<'a>> {
    let mut node = node;
    for step in path.split(['.', '[']) {
        node = match (node, step.strip_suffix(']')) {
            (Node::List(items), Some(index)) => items.get_mut(index.parse::<usize>().ok()?)?,
            (Node::Object(members), None) => &mut members.iter_mut().find(|(key, _)| key == step)?.1,
            _ => return None,
        };
    }
    Some(node).filter(|node| !matches!(node, Node::Taken))
}

/// A refusal of the first part of an element that says that it may mean something else than it seems to.
fn obscured(node: &Node<'_>, place: &str) -> Option<Refused> {
    match node {
        Node::List(items) => {
            items.iter().enumerate().find_map(|(index, item)| obscured(item, &format!("{place}[{index}]")))
        }
        Node::Object(members) => {
            members.iter().filter(|(key, _)| key != "contained").find_map(|(key, member)| match member {
                Node::Taken => None,
                _ if key == "modifierExtension" => Some(Refused::at(place, Reason::NotUnderstood)),
                member => obscured(member, &format!("{place}{}", r4::step(key))),
            })
        }
        _ => None,
    }
}
