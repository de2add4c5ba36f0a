//! The queue: a ticket for each visit under way, the calls of it, in which order people are called, and how long those
//! who wait will still wait.

use crate::certificates::numbers::in_letters;
use crate::{Instant, PartialDate, RecordId, choice, record};

choice! {
    /// How soon somebody has to be seen.
    pub enum Urgency {
        /// At once.
        Now = "now",
        /// Before all who can wait.
        Urgent = "urgent",
        /// In turn.
        Ordinary = "ordinary",
    }
}

choice! {
    /// For whom somebody waits.
    pub enum Station {
        /// The nurse.
        Nurse = "nurse",
        /// A physician.
        Physician = "physician",
        /// The dentist.
        Dental = "dental",
        /// The optometrist.
        Eye = "eye",
        /// The pharmacy.
        Pharmacy = "pharmacy",
    }
}

choice! {
    /// How far a ticket is.
    pub enum TicketStatus {
        /// Its holder waits.
        Waiting = "waiting",
        /// Its holder was called, or is with somebody.
        Serving = "serving",
        /// The visit is over.
        Done = "done",
        /// Its holder went away.
        Left = "left",
        /// Its holder waits for somebody else now, under a ticket of the same number.
        Moved = "moved",
    }
    moves {
        "" => "waiting": QueueRun,
        "" => "serving": QueueRun,
        "waiting" => "serving": QueueRun,
        "waiting" => "done": QueueRun,
        "waiting" => "left": QueueRun,
        "waiting" => "moved": QueueRun,
        "serving" => "done": QueueRun,
        "serving" => "left": QueueRun,
        "serving" => "moved": QueueRun,
    }
}

record! {
    /// The ticket under which somebody waits for one station; whoever is moved gets one of the same number.
    pub struct Ticket: "ticket", Ordinary, Site;
    verbs { Create: QueueRun, Patch: QueueRun, Resolve: ConflictResolve, }
    lists { day, status, }
    fields {
        /// What is printed, shown and called, `A12`: the workstation's letters and the count of its day.
        number: String, Fixed;
        /// The day of that count, at the site.
        day: PartialDate, Fixed;
        /// The visit.
        visit: RecordId, Fixed;
        /// For whom they wait.
        queue: Station, Ordinary;
        /// How far it is.
        status: TicketStatus, State;
    }
}

record! {
    /// That a ticket was called. It is a fact of its own: a state that went back to "called" could not be merged.
    pub struct Call: "call", Fact, Site;
    verbs { Create: QueueRun, }
    lists { day, }
    fields {
        /// The ticket.
        ticket: RecordId, Fixed;
        /// For whom they waited.
        queue: Station, Fixed;
        /// To which room.
        to: String, Fixed;
        /// When.
        at: Instant, Fixed;
        /// The day of that, at the site.
        day: PartialDate, Fixed;
        /// The last call of this ticket that the caller knew of.
        after: RecordId, Fixed;
    }
}

/// Whoever waits longer, in milliseconds, is called as if they were a step more urgent.
pub const LONG: i64 = 60 * 60_000;

choice! {
    /// Why somebody stands where they stand.
    pub enum Why {
        /// They are urgent.
        Urgency = "urgency",
        /// They have waited for more than an hour.
        Waited = "waited",
        /// They came before those behind them.
        Turn = "turn",
    }
}

/// The place of a ticket among those that wait: the least is called next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    urgency: Urgency,
    due: i64,
    length: usize,
    number: String,
}

impl Turn {
    /// The place, at the time `now`, of somebody who came at `due`, both in milliseconds since 1970. Of two who came at
    /// once the lower number comes first.
    #[must_use]
    pub fn of(urgency: Option<Urgency>, due: i64, number: &str, now: i64) -> Self {
        let urgency = stepped(urgency.unwrap_or(Urgency::Ordinary), now.saturating_sub(due) > LONG);
        Self { urgency, due, length: number.len(), number: number.to_owned() }
    }
}

/// Why somebody of this urgency, who came at `due`, stands where [`Turn::of`] puts them.
#[must_use]
pub fn why(urgency: Option<Urgency>, due: i64, now: i64) -> Why {
    match urgency.unwrap_or(Urgency::Ordinary) {
        Urgency::Now | Urgency::Urgent => Why::Urgency,
        Urgency::Ordinary if now.saturating_sub(due) > LONG => Why::Waited,
        Urgency::Ordinary => Why::Turn,
    }
}

fn stepped(urgency: Urgency, up: bool) -> Urgency {
    match urgency {
        Urgency::Urgent if up => Urgency::Now,
        Urgency::Ordinary if up => Urgency::Urgent,
        urgency => urgency,
    }
}

/// So many of the last calls say how fast a queue goes.
const LAST: usize = 20;
/// Fewer times between two calls say nothing yet.
const ENOUGH: usize = 3;
/// An estimate is rounded up to so many minutes.
const ROUND: i64 = 5;

/// A queue that stood for so many minutes may stand for longer.
const STILL: i64 = 15;

/// How many milliseconds pass from one call of a queue to the next: the median of the last twenty; nothing as long as
/// there are fewer than three, and nothing while the queue stands still, its last call longer ago than any of them and than
/// a quarter of an hour: then nobody can say. `calls` are the first calls of its tickets today, in milliseconds since
/// 1970, as `now` is. Times between calls, unlike the lengths of visits, also tell how many rooms are at work.
#[must_use]
pub fn pace(mut calls: Vec<i64>, now: i64) -> Option<i64> {
    calls.sort_unstable();
    let since = now.saturating_sub(*calls.last()?);
    let mut gaps: Vec<i64> =
        calls.iter().zip(calls.iter().skip(1)).map(|(one, next)| next.saturating_sub(*one)).collect();
    let old = gaps.len().saturating_sub(LAST);
    gaps.drain(..old);
    if gaps.len() < ENOUGH {
        return None;
    }
    gaps.sort_unstable();
    if since > (*gaps.last()?).max(STILL * 60_000) {
        return None;
    }
    let (low, high) = (gaps.get((gaps.len() - 1) / 2)?, gaps.get(gaps.len() / 2)?);
    Some(low.midpoint(*high))
}

/// In how many minutes somebody is called before whom so many people stand, rounded up to five.
#[must_use]
pub fn estimate(before: usize, pace: i64) -> i64 {
    let wait = i64::try_from(before).unwrap_or(i64::MAX).saturating_mul(pace.max(0));
    let step = ROUND * 60_000;
    (wait / step + i64::from(wait % step > 0)) * ROUND
}

/// The room to which a ticket was called by somebody who did not know of its last call, where that was to another one:
/// two rooms wait for the same person. `calls` are those of one ticket.
#[must_use]
pub fn called_elsewhere(calls: &[(RecordId, Call)]) -> Option<&str> {
    let (last, call) = last_call(calls)?;
    let beside = calls.iter().filter(|(id, other)| *id != last && other.after == call.after);
    beside.filter_map(|(_, other)| other.to.as_deref()).find(|room| Some(*room) != call.to.as_deref())
}

/// The last of the calls of a ticket: the one that holds.
#[must_use]
pub fn last_call(calls: &[(RecordId, Call)]) -> Option<(RecordId, &Call)> {
    let at = |call: &Call| call.at.as_ref().map_or(i64::MIN, Instant::milliseconds);
    calls.iter().map(|(id, call)| (*id, call)).max_by_key(|(id, call)| (at(call), *id))
}

/// What stands before the count in the tickets of the workstation with this block of numbers: `A` for `01`, `C` for
/// `02`; behind the letters of a first part the others stand apart, `C-A-` for `02A`. No two blocks share it, so no two
/// workstations make the same ticket, however long they are apart.
#[must_use]
pub fn ticket_letters(block: &str) -> String {
    let end = block.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(block.len());
    let (first, mut rest) = block.split_at(end);
    let mut letters = in_letters(first.parse().unwrap_or_default());
    while let Some(sign) = rest.chars().next() {
        let alike = |other: char| other.is_ascii_digit() == sign.is_ascii_digit();
        let end = rest.find(|other| !alike(other)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        letters = format!("{}-{word}-", letters.trim_end_matches('-'));
        rest = behind;
    }
    letters
}

/// The ticket of this count of the day: `A07`.
#[must_use]
pub fn ticket_number(letters: &str, count: u64) -> String {
    format!("{letters}{count:02}")
}

/// Which count of its day a ticket of these letters has; nothing for those of other letters.
#[must_use]
pub fn ticket_count(letters: &str, number: &str) -> Option<u64> {
    let count = number.strip_prefix(letters)?;
    count.bytes().all(|sign| sign.is_ascii_digit()).then(|| count.parse().ok())?
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::certificates::numbers::{FIRST_BLOCK, block_of};

    const NOW: i64 = 1_800_000_000_000;

    fn urgencies() -> impl Strategy<Value = Option<Urgency>> {
        prop::option::of(prop::sample::select(Urgency::ALL))
    }

    fn id(of: u8) -> RecordId {
        RecordId::derived(&[of])
    }

    fn call(of: u8, to: &str, minute: u8, after: Option<u8>) -> (RecordId, Call) {
        let at = format!("2026-11-22T10:{minute:02}:00+08:00").parse().ok();
        (id(of), Call { to: Some(to.to_owned()), at, after: after.map(id), ..Call::default() })
    }

    #[test]
    fn a_ticket_called_to_two_rooms_by_two_who_did_not_know_of_each_other_is_told_and_the_later_holds() {
        let first = call(1, "Room 1", 1, None);
        assert_eq!(called_elsewhere(&[]), None);
        assert_eq!(called_elsewhere(std::slice::from_ref(&first)), None);
        let apart = [first.clone(), call(2, "Room 2", 2, None)];
        assert_eq!(called_elsewhere(&apart), Some("Room 1"));
        assert_eq!(last_call(&apart).and_then(|(_, call)| call.to.as_deref()), Some("Room 2"));
        // Both called them to one room; one who knows of the first calls them to another: nobody waits in vain.
        assert_eq!(called_elsewhere(&[first.clone(), call(2, "Room 1", 2, None)]), None);
        assert_eq!(called_elsewhere(&[first.clone(), call(2, "Room 2", 2, Some(1))]), None);
        // Whoever has seen both and calls again has settled it.
        let settled = [apart.to_vec(), vec![call(3, "Room 2", 3, Some(2))]].concat();
        assert_eq!(called_elsewhere(&settled), None);
    }

    #[test]
    fn the_reason_for_a_place_is_the_urgency_a_long_wait_or_the_turn() {
        let said = |urgency, minutes: i64| why(urgency, NOW - minutes * 60_000, NOW);
        assert_eq!(said(Some(Urgency::Urgent), 70), Why::Urgency);
        assert_eq!((said(None, 60), said(Some(Urgency::Ordinary), 61)), (Why::Turn, Why::Waited));
    }

    #[test]
    fn an_estimate_is_the_people_before_times_the_median_rounded_up_to_five_minutes() {
        let at = |minutes: i64| NOW + minutes * 60_000;
        let minutes = |calls: &[i64]| {
            pace(calls.iter().copied().map(at).collect(), at(calls.iter().max().copied().unwrap_or_default()))
        };
        assert_eq!(minutes(&[0, 4, 8]), None);
        // Lunch is one long time among others.
        assert_eq!(minutes(&[0, 4, 8, 68, 72]), Some(4 * 60_000));
        assert_eq!(minutes(&[0, 2, 6, 12, 20]), Some(5 * 60_000));
        // Of a long day the last twenty count.
        let day: Vec<i64> = (0..30).map(|at| at * 10).chain((0..21).map(|at| 300 + at * 2)).collect();
        assert_eq!(minutes(&day), Some(2 * 60_000));
        // A queue that stands still promises nothing until it goes on.
        let stood = |now| pace([0, 4, 8, 28, 32].map(at).into(), at(now));
        assert_eq!((stood(52), stood(53)), (Some(4 * 60_000), None));
        assert_eq!(pace([0, 4, 8, 12].map(at).into(), at(27)), Some(4 * 60_000));
        let four = 4 * 60_000;
        assert_eq!([0, 1, 2, 5].map(|before| estimate(before, four)), [0, 5, 10, 20]);
    }

    #[test]
    fn a_workstation_is_a_letter_and_its_tickets_are_counted() {
        let letters = ["01", "02", "03", "22", "02A", "02A1"].map(ticket_letters);
        assert_eq!(letters, ["A", "C", "D", "AA", "C-A-", "C-A-1-"]);
        assert_eq!((ticket_number("A", 7), ticket_number("C-A-", 120)), ("A07".into(), "C-A-120".into()));
        assert_eq!(
            [ticket_count("A", "A07"), ticket_count("A", "AA07"), ticket_count("A", "C07")],
            [Some(7), None, None]
        );
    }

    proptest! {
        #[test]
        fn who_is_more_urgent_comes_first_then_who_came_first(
            one in (urgencies(), 0_i64..60), other in (urgencies(), 0_i64..60)
        ) {
            let turn = |(urgency, minutes): (Option<Urgency>, i64), number| {
                Turn::of(urgency, NOW - minutes * 60_000, number, NOW)
            };
            let key = |(urgency, minutes): (Option<Urgency>, i64)| (urgency.unwrap_or(Urgency::Ordinary), -minutes);
            prop_assert_eq!(turn(one, "A01") < turn(other, "A02"), key(one) <= key(other));
        }

        #[test]
        fn waiting_never_puts_anybody_back_and_after_an_hour_they_stand_before_whoever_is_like_them(
            urgency in urgencies(), came in 0_i64..300, later in 0_i64..300
        ) {
            let turn = |minutes: i64, at: i64| Turn::of(urgency, NOW - minutes * 60_000, "A01", NOW + at * 60_000);
            prop_assert!(turn(came, later) <= turn(came, 0));
            let waited = Turn::of(urgency, NOW - 61 * 60_000, "A02", NOW);
            prop_assert!(waited < Turn::of(urgency, NOW - 60 * 60_000, "A01", NOW));
        }

        #[test]
        fn an_estimate_never_promises_too_little_nor_five_minutes_too_much(before in 0_usize..200, pace in 0_i64..3_600_000) {
            let (minutes, wait) = (estimate(before, pace), i64::try_from(before).unwrap() * pace);
            prop_assert!(minutes % 5 == 0 && minutes * 60_000 >= wait && minutes * 60_000 < wait + 300_000);
        }

        #[test]
        fn two_workstations_never_make_the_same_ticket(
            one in (prop::collection::vec(1_u64..60, 0..4), 1_u64..400),
            other in (prop::collection::vec(1_u64..60, 0..4), 1_u64..400),
        ) {
            let ticket = |(path, count): &(Vec<u64>, u64)| {
                let block = path.iter().fold(FIRST_BLOCK.to_owned(), |giver, nth| block_of(&giver, *nth));
                let letters = ticket_letters(&block);
                let number = ticket_number(&letters, *count);
                (ticket_count(&letters, &number), number)
            };
            let ((counted, a), (_, b)) = (ticket(&one), ticket(&other));
            prop_assert_eq!(counted, Some(one.1));
            prop_assert_eq!(BTreeSet::from([a, b]).len(), if one == other { 1 } else { 2 });
        }
    }
}
