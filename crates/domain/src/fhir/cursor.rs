//! A place in a bundle from which things are taken.

use super::json::Node;
use super::when::When;
use super::{Reason, Refused};
use crate::record::{LONGEST_TEXT, Type};
use crate::{Decimal, Value};

/// A value with the place where it stands. What is missing or was taken reads as nothing.
pub(super) struct Cursor<'n, 'a> {
    node: &'n mut Node<'a>,
    place: String,
}

impl<'n, 'a> Cursor<'n, 'a> {
    pub(super) fn new(node: &'n mut Node<'a>, place: &str) -> Self {
        Self { node, place: place.to_owned() }
    }

    pub(super) fn refuse(&self, reason: Reason) -> Refused {
        Refused::at(self.place.clone(), reason)
    }

    /// Where it stands.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// The value as it stands.
    pub(super) fn node(&self) -> &Node<'a> {
        self.node
    }

    /// The member `name`, if it is there.
    pub(super) fn field(&mut self, name: &str) -> Result<Option<Cursor<'_, 'a>>, Refused> {
        match self.node {
            Node::Taken => Ok(None),
            Node::Object(members) => {
                let member = members.iter_mut().find(|(key, _)| key == name);
                let there = member.filter(|(_, node)| !matches!(node, Node::Taken));
                Ok(there.map(|(_, node)| Cursor { node, place: format!("{}.{name}", self.place) }))
            }
            _ => Err(Refused::at(self.place.clone(), Reason::WrongType)),
        }
    }

    /// The elements of the list `name`; none when it is missing.
    pub(super) fn list(&mut self, name: &str) -> Result<Vec<Cursor<'_, 'a>>, Refused> {
        match self.field(name)? {
            None => Ok(Vec::new()),
            Some(Cursor { node: Node::List(items), place }) => {
                let there = items.iter_mut().enumerate().filter(|(_, node)| !node.is_blank());
                Ok(there.map(|(index, node)| Cursor { node, place: format!("{place}[{index}]") }).collect())
            }
            Some(other) => Err(other.refuse(Reason::WrongType)),
        }
    }

    /// The first element of the list `name`.
    pub(super) fn first(&mut self, name: &str) -> Result<Option<Cursor<'_, 'a>>, Refused> {
        Ok(self.list(name)?.into_iter().next())
    }

    /// The text of the member `name`, which stays where it is; empty text is none.
    pub(super) fn peek(&mut self, name: &str) -> Result<Option<String>, Refused> {
        match self.field(name)? {
            None => Ok(None),
            Some(Cursor { node: Node::Text(text), .. }) => {
                Ok(Some(text.clone().into_owned()).filter(|text| !text.trim().is_empty()))
            }
            Some(other) => Err(other.refuse(Reason::WrongType)),
        }
    }

    /// Takes the text of the member `name`.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(text) = self.peek(name)? else { return Ok(None) };
        self.take(name);
        Ok(Some(text))
    }

    /// Takes all texts of this list.
    pub(super) fn texts(&mut self) -> Result<Vec<String>, Refused> {
        let Node::List(items) = &mut *self.node else { return Err(self.refuse(Reason::WrongType)) };
        let mut texts = Vec::new();
        for (index, item) in items.iter_mut().enumerate().filter(|(_, item)| !item.is_blank()) {
            let refuse = |reason| Refused::at(format!("{}[{index}]", self.place), reason);
            let text = item.as_text().ok_or_else(|| refuse(Reason::WrongType))?.to_owned();
            *item = Node::Taken;
            texts.push(text);
        }
        Ok(texts)
    }

    /// Takes the number `name`, digit for digit.
    pub(super) fn number(&mut self, name: &str) -> Result<Option<Decimal>, Refused> {
        let Some(found) = self.field(name)? else { return Ok(None) };
        let number = match found.node {
            Node::Literal(text) if !matches!(*text, "true" | "false" | "null") => {
                text.parse().map_err(|_| found.refuse(Reason::BadDecimal))?
            }
            _ => return Err(found.refuse(Reason::WrongType)),
        };
        *found.node = Node::Taken;
        Ok(Some(number))
    }

    /// Refuses a number `name` that is none; it stays where it is.
    pub(super) fn checked_number(&mut self, name: &str) -> Result<(), Refused> {
        let Some(Cursor { node, .. }) = self.field(name)? else { return Ok(()) };
        let whole = node.clone();
        let read = self.number(name).map(drop);
        if let Node::Object(members) = self.node
            && let Some((_, node)) = members.iter_mut().find(|(key, _)| key == name)
        {
            *node = whole;
        }
        read
    }

    /// Takes all of it.
    pub(super) fn take_all(&mut self) -> Node<'a> {
        std::mem::replace(self.node, Node::Taken)
    }

    /// Takes the truth value `name`.
    pub(super) fn truth(&mut self, name: &str) -> Result<Option<bool>, Refused> {
        let Some(found) = self.field(name)? else { return Ok(None) };
        let truth = match found.node {
            Node::Literal("true") => true,
            Node::Literal("false") => false,
            _ => return Err(found.refuse(Reason::WrongType)),
        };
        *found.node = Node::Taken;
        Ok(Some(truth))
    }

    /// The date or time `name`, which stays where it is.
    pub(super) fn when(&mut self, name: &str) -> Result<Option<When>, Refused> {
        let text = self.peek(name)?;
        let when = text.map(|text| When::read(&text)).transpose();
        when.map_err(|reason| self.refuse_at(name, reason))
    }

    /// Marks the member `name` as taken.
    pub(super) fn take(&mut self, name: &str) {
        if let Node::Object(members) = self.node
            && let Some((_, node)) = members.iter_mut().find(|(key, _)| key == name)
        {
            *node = Node::Taken;
        }
    }

    /// A refusal at the member `name`.
    pub(super) fn refuse_at(&self, name: &str, reason: Reason) -> Refused {
        Refused::at(format!("{}.{name}", self.place), reason)
    }
}

/// Why a text field cannot hold `text`.
pub(super) fn fault(text: &str) -> Option<Reason> {
    if Type::Text.accepts(&Value::text(text)) {
        None
    } else if text.chars().count() > LONGEST_TEXT {
        Some(Reason::TooLong)
    } else {
        Some(Reason::BadText)
    }
}

impl Node<'_> {
    /// Whether nothing stands here: it was taken, or pads a list.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Node::Taken | Node::Literal("null"))
    }
}
