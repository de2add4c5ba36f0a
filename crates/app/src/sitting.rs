//! Who sits here, at which moment, and what both give to every op and every entry.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;

use crypto::issuing::IssuingKey;
use crypto::keys::{SealingKey, SigningKey};
use domain::access::Role;
use domain::sync::{Ask, Looked as Told};
use domain::{Instant, RecordId, SessionId, TOLERANCE, Zone};
use jiff::civil::Date;
use serde::Serialize;
use store::{Act, AuditNote, Context, Outcome};

use crate::place::Place;
use crate::refusal::Refusal;

/// Who sits here.
pub(crate) struct Sitting {
    pub(crate) id: SessionId,
    pub(crate) user: RecordId,
    pub(crate) role: Option<Role>,
    pub(crate) key: SigningKey,
    /// Opens what is sealed to them.
    pub(crate) opens: SealingKey,
    /// What issues certificates, of whoever may.
    pub(crate) issuing: Option<Issuing>,
    pub(crate) since: Instant,
    pub(crate) locked: bool,
    /// The chart that was opened last: reading it again is the same opening.
    pub(crate) opened: Option<RecordId>,
    /// What they asked the server, and what it told.
    pub(crate) looking: RefCell<Option<Looking>>,
    /// Whether the server was asked in this sitting who sat where something was written that is held for that.
    pub(crate) asked_who_sat: Cell<bool>,
}

/// A question to the server that somebody here waits for.
pub(crate) struct Looking {
    pub(crate) ask: Ask,
    pub(crate) told: Option<Told>,
}

impl Sitting {
    /// What the server is to be asked with the next round.
    pub(crate) fn asks(&self) -> Option<Ask> {
        self.looking
            .borrow()
            .as_ref()
            .filter(|looking| looking.told.is_none())
            .map(|looking| looking.ask.clone())
    }

    /// Keeps what the server told, where it is what was asked.
    pub(crate) fn hears(&self, told: Told) {
        if let Some(looking) = &mut *self.looking.borrow_mut()
            && (looking.ask.patient, looking.ask.entry) == (told.patient, told.entry)
        {
            looking.told = Some(told);
        }
    }
}

/// The key with which a person issues certificates here.
pub(crate) struct Issuing {
    /// Its record.
    pub(crate) record: RecordId,
    pub(crate) key: IssuingKey,
}

/// One moment, in the three forms that a command needs.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub(crate) now: u64,
    pub(crate) wall: Instant,
    pub(crate) today: Date,
}

impl Moment {
    pub(crate) fn at(now: u64, zone: &Zone) -> Self {
        let wall = zone.instant(now);
        Self { now, today: zone.day(&wall), wall }
    }

    /// Whether the wall clock, which says `now`, is behind what was already written down.
    pub(crate) fn is_ahead_of(&self, now: u64) -> bool {
        now + TOLERANCE < self.now
    }
}

/// Where a person chose, in the system's own dialog, to keep a file, and the id that stands for it.
pub(crate) struct Chosen {
    pub(crate) id: String,
    pub(crate) place: PathBuf,
}

/// The same place as the page knows it.
#[derive(Debug, Serialize)]
pub struct ChosenPlace {
    /// What stands for it.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// The time to write down: the wall clock's, or what this workstation wrote down last where the wall clock fell behind
/// it. What others wrote moves no clock here.
pub(crate) fn floor(act: &Act, now: u64) -> Result<u64, Refusal> {
    Ok(now.max(act.clock()?))
}

/// What all ops of an act have in common.
pub(crate) fn context<'a>(
    place: &Place,
    sitting: &'a Sitting,
    moment: &Moment,
    app: &'static str,
) -> Context<'a> {
    Context {
        clinic: place.clinic,
        incarnation: place.incarnation,
        clinic_scope: place.clinic_scope,
        site_scope: place.site_scope,
        site: place.site,
        author: sitting.user,
        session: sitting.id,
        key: Some(&sitting.key),
        now: moment.now,
        wall: moment.wall.clone(),
        app,
    }
}

/// An entry about `action` by the person who sits here.
pub(crate) fn note(sitting: &Sitting, moment: &Moment, action: &str, refusal: Option<&Refusal>) -> AuditNote {
    AuditNote {
        session: Some(sitting.id),
        user: Some(sitting.user),
        role: sitting.role.map(|role| role.word().to_owned()),
        outcome: refusal.map_or(Outcome::Done, |refusal| Outcome::Refused(refusal.code.word().to_owned())),
        ..unseated(moment, action)
    }
}

/// An entry about `action`, which this workstation did by itself.
pub(crate) fn unseated(moment: &Moment, action: &str) -> AuditNote {
    AuditNote {
        now: moment.now,
        wall: moment.wall.clone(),
        session: None,
        user: None,
        role: None,
        action: action.to_owned(),
        object: None,
        patient: None,
        outcome: Outcome::Done,
        reason: None,
        detail: None,
    }
}
