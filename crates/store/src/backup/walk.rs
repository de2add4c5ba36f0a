//! Whether what lies in a backup is whole: the headers of its log and the entries of its trail, from the first on, amount to
//! what its point says.

use std::collections::BTreeMap;

use crypto::Frontier;
use crypto::audit::AuditEntry;
use crypto::log::{EntryBytes, check_entry};
use domain::backup::{LogEnd, LogRow, Point, Segment, SessionRow, Stream, TrailRow};
use domain::op::Transaction;
use domain::wire::Message;
use domain::{Incarnation, Scope};

/// A walk through the segments of a point, stream by stream and in order.
#[derive(Debug)]
pub struct Walk<'a> {
    point: &'a Point,
    logs: BTreeMap<(Incarnation, Scope), Frontier>,
    trail: Frontier,
    place: u64,
    entries: u64,
}

impl<'a> Walk<'a> {
    /// Begins.
    #[must_use]
    pub fn of(point: &'a Point) -> Self {
        Self { point, logs: BTreeMap::new(), trail: Frontier::default(), place: 0, entries: 0 }
    }

    /// How many ops were met.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.entries
    }

    /// Goes on by a segment; rows beyond the point's end are passed over. False where a row is not what it should be.
    #[must_use]
    pub fn segment(&mut self, segment: &Segment) -> bool {
        if segment.from == 1 {
            self.place = 0;
        }
        let through = self.point.through(segment.stream);
        for row in &segment.rows {
            let place = match segment.stream {
                Stream::Log => self.transaction(&row.0, through),
                Stream::Trail => self.trail(&row.0, through),
                Stream::Sessions => SessionRow::from_bytes(&row.0).ok().map(|row| row.place),
            };
            let Some(place) = place.filter(|place| *place > self.place) else { return false };
            self.place = place;
        }
        segment.rows.is_empty() || (segment.from..=segment.through).contains(&self.place)
    }

    fn transaction(&mut self, bytes: &[u8], through: u64) -> Option<u64> {
        let row = LogRow::from_bytes(bytes).ok()?;
        if row.place > through {
            return Some(row.place);
        }
        let entry = EntryBytes::from_sent(&row.entry.0).ok()?;
        let Transaction { incarnation, scope, first, size, .. } = check_entry(&entry, None).ok()?.transaction;
        let log = self.logs.entry((incarnation, scope)).or_default();
        if (first, size) != (log.size() + 1, entry.ops.len() as u64) {
            return None;
        }
        entry.ops.iter().for_each(|op| log.append(&op.header.0));
        self.entries += size;
        Some(row.place)
    }

    fn trail(&mut self, bytes: &[u8], through: u64) -> Option<u64> {
        let row = TrailRow::from_bytes(bytes).ok()?;
        let entry = AuditEntry::from_bytes(&row.entry.0).ok()?;
        if row.place > self.point.former && row.place <= through {
            self.trail.append(&row.entry.0);
            if entry.seq != self.trail.size() {
                return None;
            }
        }
        Some(row.place)
    }

    /// The logs that do not amount to what the point says, the trail among them.
    #[must_use]
    pub fn differing(&self) -> Vec<&'a LogEnd> {
        let amounts = |end: &&LogEnd| {
            let none = Frontier::default();
            let met = match end.scope {
                Some(scope) => self.logs.get(&(end.incarnation, scope)).unwrap_or(&none),
                None => &self.trail,
            };
            (met.size(), met.root()) == (end.size, end.root)
        };
        self.point.logs.iter().filter(|end| !amounts(end)).collect()
    }
}
