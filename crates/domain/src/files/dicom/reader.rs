//! The elements of a DICOM file, little endian (PS3.5, section 7).

/// Where the elements begin.
const BEGINS: usize = 132;
/// Sequences within sequences deeper than this are nobody's.
const DEEPEST: usize = 16;
/// A length that is told by an end.
pub(super) const OPEN: u32 = u32::MAX;

pub(super) const IMPLICIT: &str = "1.2.840.10008.1.2";
/// Big endian, and compressed as a whole.
pub(super) const UNREADABLE: [&str; 2] = ["1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"];

pub(super) const TRANSFER_SYNTAX: (u16, u16) = (0x0002, 0x0010);
pub(super) const ITEM: (u16, u16) = (0xfffe, 0xe000);
pub(super) const ITEM_END: (u16, u16) = (0xfffe, 0xe00d);
pub(super) const SEQUENCE_END: (u16, u16) = (0xfffe, 0xe0dd);

/// An element.
pub(super) struct Element<'b> {
    pub(super) tag: (u16, u16),
    pub(super) value: &'b [u8],
}

/// A place in a file.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    is_explicit: bool,
}

impl<'b> Reader<'b> {
    /// Before the first element of a file.
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self { bytes, at: BEGINS, is_explicit: true }
    }

    /// The next element; its value is empty where it is a sequence.
    pub(super) fn element(&mut self, syntax: &str) -> Option<Element<'b>> {
        let (tag, length) = self.head(syntax)?;
        let value: &[u8] = if length == OPEN {
            self.skip_items(DEEPEST)?;
            &[]
        } else {
            self.take(length)?
        };
        Some(Element { tag, value })
    }

    /// The tag of the next element and the length of its value, which comes next.
    pub(super) fn head(&mut self, syntax: &str) -> Option<((u16, u16), u32)> {
        let tag = self.tag()?;
        // The group of the file itself is explicit, whatever the rest is.
        self.is_explicit = tag.0 == TRANSFER_SYNTAX.0 || syntax != IMPLICIT;
        Some((tag, self.length()?))
    }

    /// The next item of a value of open length; none behind the last.
    pub(super) fn item(&mut self) -> Option<&'b [u8]> {
        match self.tag()? {
            ITEM => {
                let length = self.long()?;
                self.take(length)
            }
            _ => None,
        }
    }

    /// Goes back to where `before` was.
    pub(super) fn back_to(&mut self, before: usize) {
        self.at = before;
    }

    /// Where it is.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn take(&mut self, length: u32) -> Option<&'b [u8]> {
        let end = self.at.checked_add(usize::try_from(length).ok()?)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn long(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn tag(&mut self) -> Option<(u16, u16)> {
        Some((self.number()?, self.number()?))
    }

    /// The length of a value; an explicit element says first what it holds (PS3.5, table 7.1-1).
    fn length(&mut self) -> Option<u32> {
        const LONG: [&[u8]; 13] =
            [b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"];
        if !self.is_explicit {
            return self.long();
        }
        let holds = self.take(2)?;
        if LONG.contains(&holds) {
            self.take(2)?;
            return self.long();
        }
        self.number().map(u32::from)
    }

    /// Skips the items of a sequence to its end.
    fn skip_items(&mut self, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        loop {
            match self.tag()? {
                SEQUENCE_END => return self.take(4).map(drop),
                ITEM => match self.long()? {
                    OPEN => self.skip_elements(depth)?,
                    length => drop(self.take(length)?),
                },
                _ => return None,
            }
        }
    }

    /// Skips the elements of an item to its end.
    fn skip_elements(&mut self, depth: usize) -> Option<()> {
        loop {
            if self.tag()? == ITEM_END {
                return self.take(4).map(drop);
            }
            match self.length()? {
                OPEN => self.skip_items(depth)?,
                length => drop(self.take(length)?),
            }
        }
    }
}
