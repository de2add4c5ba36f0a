//! What a command's body has at hand: the act, the place, the person and the moment.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crypto::random;
use domain::access::Subject;
use domain::record::{Record, Verb};
use domain::{RecordId, Value};
use store::{Act, AuditNote, Draft, Folder, Store, Written};

use crate::brought::Brought;
use crate::codebook::Codebook;
use crate::pictures::Picture;
use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::running::Running;
use crate::sitting::{Chosen, Moment, Sitting, context, note};
use crate::world::World;

/// Work outside of the store's tables that follows an act: a file beside it that has to agree.
pub(crate) type After = Box<dyn FnOnce(&mut Store, &mut Place, &mut World) -> Result<(), Refusal>>;

/// The seat of a person who may do what they ask.
pub struct Seat<'a> {
    pub(crate) act: &'a Act<'a>,
    pub(crate) folder: &'a Folder,
    pub(crate) world: &'a mut World,
    pub(crate) place: &'a Place,
    pub(crate) sitting: &'a Sitting,
    pub(crate) subject: Subject,
    pub(crate) moment: Moment,
    /// The record that the audit entry will name.
    pub(crate) object: Option<RecordId>,
    /// The patient whom the audit entry will name.
    pub(crate) patient: Option<RecordId>,
    /// The reason that the audit entry will give.
    pub(crate) reason: Option<String>,
    /// More that the audit entry will keep.
    pub(crate) detail: Option<Value>,
    /// What is to be done once the act, with its entry, is done.
    pub(crate) after: Vec<After>,
    /// The pictures that the window may fetch once the act is done.
    pub(crate) shown: Vec<(String, Picture)>,
    /// Where the person chose to keep a file.
    pub(crate) chosen: Option<Chosen>,
    /// Files that were handed over and are not filed yet.
    pub(crate) brought: Brought,
    /// Whether this workstation is another installation once the act is done.
    pub(crate) went_on: bool,
    /// The folder of the store that takes the place of this one once the act is done.
    pub(crate) replaces: Option<Folder>,
    /// The names of illnesses, once somebody has looked for one.
    pub(crate) codebook: Option<Arc<Codebook>>,
    /// The job that is under way.
    pub(crate) running: Option<Running>,
}

impl<'a> Seat<'a> {
    pub(crate) fn new(
        act: &'a Act<'a>,
        folder: &'a Folder,
        world: &'a mut World,
        place: &'a Place,
        sitting: &'a Sitting,
        subject: Subject,
        moment: Moment,
    ) -> Self {
        Self {
            act,
            folder,
            world,
            place,
            sitting,
            subject,
            moment,
            object: None,
            patient: None,
            reason: None,
            detail: None,
            after: Vec::new(),
            shown: Vec::new(),
            chosen: None,
            brought: Brought::default(),
            went_on: false,
            replaces: None,
            codebook: None,
            running: None,
        }
    }

    /// The entry that the trail will keep.
    pub(crate) fn note(&self, action: &str, refusal: Option<&Refusal>) -> AuditNote {
        AuditNote {
            object: self.object,
            patient: self.patient,
            reason: self.reason.clone(),
            detail: self.detail.clone(),
            ..note(self.sitting, &self.moment, action, refusal)
        }
    }

    /// Names what the command is about, for the audit trail.
    pub(crate) fn about(&mut self, object: Option<RecordId>, patient: Option<RecordId>) {
        self.object = object;
        self.patient = patient;
    }

    /// Has `work` done once the act, with its entry, is done.
    pub(crate) fn afterwards(
        &mut self,
        work: impl FnOnce(&mut Store, &mut Place, &mut World) -> Result<(), Refusal> + 'static,
    ) {
        self.after.push(Box::new(work));
    }

    /// A new id.
    pub(crate) fn new_id(&mut self) -> RecordId {
        RecordId::new(self.moment.now, &random(&mut *self.world.entropy))
    }

    /// Keeps `picture` for the window; returns the id by which it is fetched once.
    pub(crate) fn show(&mut self, picture: Picture) -> String {
        let id = domain::hex::encode(&random::<16>(&mut *self.world.entropy));
        self.shown.push((id.clone(), picture));
        id
    }

    /// The place that was chosen under this id, once.
    pub(crate) fn chosen(&mut self, id: &str) -> Option<PathBuf> {
        self.chosen.take_if(|chosen| chosen.id == id).map(|chosen| chosen.place)
    }

    /// The place that was chosen under this id, which may be asked for again.
    pub(crate) fn chosen_still(&self, id: &str) -> Option<PathBuf> {
        self.chosen.as_ref().filter(|chosen| chosen.id == id).map(|chosen| chosen.place.clone())
    }

    /// Writes `drafts`.
    pub(crate) fn write(&mut self, drafts: Vec<Draft>) -> Result<Written, Refusal> {
        let context = context(self.place, self.sitting, &self.moment, self.world.version);
        Ok(self.act.write(&context, &mut *self.world.entropy, drafts)?)
    }

    /// The record `id` of kind `T`, if there is one that was not withdrawn.
    pub(crate) fn read<T: Record>(&self, id: RecordId) -> Result<store::Record, Refusal> {
        let record = self
            .act
            .record(id)?
            .filter(|record| record.kind == T::KIND.name && record.state.voided.is_none());
        record.ok_or_else(|| Refusal::new(Code::NotFound))
    }

    /// Makes a record about `patient`.
    pub(crate) fn make<T: Record>(
        &mut self,
        patient: RecordId,
        value: &T,
    ) -> Result<(RecordId, Written), Refusal> {
        let id = self.new_id();
        self.about(Some(id), Some(patient));
        let written = self.write(vec![Draft::make(Verb::Create, id, Some(patient), value)])?;
        Ok((id, written))
    }

    /// Changes fields of a record that the person saw in version `seen`.
    pub(crate) fn change<T: Record>(
        &mut self,
        id: RecordId,
        patient: Option<RecordId>,
        patch: BTreeMap<String, Value>,
        seen: i64,
    ) -> Result<Written, Refusal> {
        self.about(Some(id), patient);
        self.write(vec![Draft::patch::<T>(id, patient, patch, Some(seen))])
    }
}
