//! A workstation that goes on from an old copy of its folder, or after it was ended. The server has other entries under its
//! numbers, or hears nothing more of it, so that it has to become another installation: an administrator gives leave, it joins anew where it stands, and what the server never had
//! is set apart and written again by its authors as they sit down.

use std::collections::{BTreeMap, BTreeSet};

use ::sync::pack;
use crypto::exchange::digest_of;
use crypto::{Secret, Signed, SigningKey, random, sha256};
use domain::access::User;
use domain::admit::Fault;
use domain::certificates::{Issuer, numbers};
use domain::clinic::Workstation;
use domain::op::Op;
use domain::record::{Record, Verb};
use domain::sync::{Answer, Cursor, Question, Received};
use domain::wire::{Bytes, Message};
use domain::{Incarnation, RecordId, Value, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, AuditNote, Context, Draft, Signer, Stranded, WriteError};
use ts_rs::TS;

use crate::certificates;
use crate::command::Tag;
use crate::desk::{Desk, Open, Phase};
use crate::findings;
use crate::people::refresh_people;
use crate::place::{self, Ids};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sitting::{Moment, context, floor, note};
use crate::sync::doubt::{self, doubted};
use crate::sync::report::TOO_LARGE;
use crate::sync::round::{TROUBLE, of_nothing, of_trail, trouble};
use crate::sync::{HOLDS, introduced, introductions, key, needed, server, welcomed};
use crate::trust;
use crate::world::World;

/// How a workstation goes on.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rejoin {
    /// What people will call it; none to keep its name, unless another computer works on under that.
    #[serde(default)]
    #[ts(optional)]
    pub name: Option<String>,
    /// Whether another computer works on under the former name: one of the two is a copy of the other. Else what it was
    /// has ended.
    pub other_runs: bool,
}

/// A workstation that has gone on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Rejoined {
    /// Its record.
    pub id: RecordId,
    /// The name of its block of numbers; none where it had none.
    pub block: Option<String>,
    /// Entries that the server never had and that wait for their authors.
    pub stranded: u64,
    /// Whether the clinic's server was out of reach: it is told with the next exchange.
    pub server_waits: bool,
}

/// Set until the server's feeds were read once to their ends: only then it is known what the server lacks.
const READING: &str = "rejoining";
/// So many names are tried: copies of one folder that went on before.
const MOST_COPIES: u64 = 50;
/// What the server calls a workstation that was ended.
const ENDED: &str = "revoked";
/// What it calls a name that another copy has, and one that another copy had and that was ended since.
const TAKEN: [&str; 2] = ["workstation_exists", ENDED];

/// Goes on as another installation, by the leave of the administrator who sits here. The server is told the rest of the
/// trail first.
pub(crate) fn rejoin(seat: &mut Seat, input: Rejoin) -> Result<Rejoined, Refusal> {
    let name = input.name.as_deref().map(str::trim);
    if name == Some("") {
        return Err(Refusal::missing("name"));
    }
    let former: Workstation = seat.read::<Workstation>(seat.place.workstation)?.state.record();
    // Two computers of one name could not be told apart.
    if input.other_runs && name.is_none_or(|name| former.name.as_deref() == Some(name)) {
        return Err(Refusal::invalid("name"));
    }
    if seat.place.restored {
        return let_in(seat, &input);
    }
    let url = server(seat.act)?.ok_or_else(|| Refusal::new(Code::NotAttached))?;
    let stopped = trouble(seat.act)?.ok_or_else(|| Refusal::new(Code::NotForked))?;
    let ended = stopped.reason.as_deref() == Some(ENDED);
    if !ended && stopped.code != Code::Forked.word() {
        return Err(Refusal::new(Code::NotForked));
    }
    key::follow(seat.act, seat.place)?;
    let behind = || Refusal::new(Code::ServerRefused).with("reason", "behind");
    // From one that was ended the server hears nothing, its trail neither: that stays here to be read.
    if !ended {
        let received = tell_trail(seat, &url)?;
        if !reaches(seat, &received)? {
            return Err(behind());
        }
    }
    let own =
        trust::own_certificate(seat.act, seat.place)?.ok_or_else(|| Refusal::new(Code::StoreDamaged))?;
    let incarnation = Incarnation::new(seat.moment.now, &random(&mut *seat.world.entropy));
    let key = Secret::random(&mut *seat.world.entropy);
    let joined = Joined::at(seat, &url, incarnation, key)?;
    // A copy from before its first exchange: what the server has of it is seen entry by entry, else nobody would be left
    // here who could sit down.
    if !is_known_there(seat)? {
        compare(seat, &url, &joined)?;
        if !is_known_there(seat)? {
            return Err(behind());
        }
    }
    let scopes = BTreeSet::from([seat.place.clinic_scope, seat.place.site_scope]);
    let stranded = seat.act.set_apart(&signer(seat), &scopes)?;
    seat.act.keep_peer(seat.place.incarnation, &own.to_bytes())?;
    seat.act.set_local(READING, &[1])?;
    go_on(seat, &input, &joined, stranded, false)
}

/// Lets a workstation in that was made from a backup: it keeps the log that it has begun, and gets its place among the others.
/// What the backup held of the installation before it stays that one's, and is carried to the server. Patients come while the server
/// is out of reach too, so that it is told later then.
fn let_in(seat: &mut Seat, input: &Rejoin) -> Result<Rejoined, Refusal> {
    let key = seat.act.local("workstation_key")?.and_then(|bytes| Secret::from_slice(&bytes));
    let key = key.ok_or_else(|| Refusal::new(Code::StoreDamaged))?;
    let url = server(seat.act)?;
    let (joined, server_waits) = Joined::restored(seat, url.as_deref(), key)?;
    if url.is_some() {
        seat.act.set_local(READING, &[1])?;
    }
    seat.act.forget_local(place::RESTORED)?;
    go_on(seat, input, &joined, 0, server_waits)
}

/// Goes on as what has `joined`, in a record of its own.
fn go_on(
    seat: &mut Seat,
    input: &Rejoin,
    joined: &Joined,
    stranded: u64,
    server_waits: bool,
) -> Result<Rejoined, Refusal> {
    let before = seat.place.workstation;
    let former: Workstation = seat.read::<Workstation>(before)?.state.record();
    let name = input.name.as_deref().map(str::trim);
    joined.remember(seat)?;
    let workstation = joined.ids.workstation;
    let block = joined.block.clone();
    let record = Workstation {
        name: name.map(ToOwned::to_owned).or(former.name),
        site: Some(seat.place.site),
        block: block.clone(),
        active: Some(true),
        follows: Some(before),
        ..Workstation::default()
    };
    let mut drafts = vec![Draft::make(Verb::Create, workstation, None, &record)];
    if !input.other_runs {
        let ended = [("active".to_owned(), Value::Bool(false))].into();
        drafts.push(Draft::patch::<Workstation>(before, None, ended, None));
    }
    let context = Context {
        incarnation: joined.ids.incarnation,
        ..context(seat.place, seat.sitting, &seat.moment, seat.world.version)
    };
    seat.act.write(&context, &mut *seat.world.entropy, drafts)?;
    seat.about(Some(workstation), None);
    seat.detail = Some(Value::Map(
        [
            ("former".to_owned(), Value::text(seat.place.incarnation.to_string())),
            ("stranded".to_owned(), Value::Int(stranded.cast_signed())),
        ]
        .into(),
    ));
    seat.went_on = true;
    Ok(Rejoined { id: workstation, block, stranded, server_waits })
}

/// A place among the clinic's workstations.
struct Joined {
    ids: Ids,
    /// The name of its block of numbers.
    block: Option<String>,
    key: Secret<32>,
    chain: Vec<Bytes>,
}

impl Joined {
    /// Introduces the installation to be under the first name that no other copy of this folder has.
    fn at(seat: &mut Seat, url: &str, incarnation: Incarnation, key: Secret<32>) -> Result<Self, Refusal> {
        let mut ids = Ids { incarnation, ..place::ids(seat.act, seat.place)? };
        let former: Workstation = seat.read::<Workstation>(seat.place.workstation)?.state.record();
        for nth in 1..=MOST_COPIES {
            ids.workstation = Workstation::after(seat.place.workstation, nth);
            let introduction = introduced(seat, &ids, &SigningKey::from_seed(key.clone()), HOLDS)?;
            match welcomed(&*seat.world.transport, url, &introduction) {
                Ok(welcome) if key::known(seat.act)? == Some(welcome.server) => {
                    let block = former.block.as_deref().map(|block| numbers::block_after(block, nth));
                    return Ok(Self { ids, block, key, chain: introduction.chain });
                }
                Ok(_) => return Err(doubted("other_key")),
                Err(refusal) if is_taken(&refusal) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        let [taken, _] = TAKEN;
        Err(Refusal::new(Code::ServerRefused).with("reason", taken))
    }

    /// The place of what was made from a backup: the administrator who sits here vouches for it, and it is introduced to the server
    /// at `url`, or as soon as that is reached, which is the second that this returns. Nobody may tell of another computer that
    /// was restored too, so that chance names it, and no two papers get one number. That chance lies in the installation itself:
    /// whoever asks again because an answer was lost asks for the same.
    fn restored(seat: &mut Seat, url: Option<&str>, key: Secret<32>) -> Result<(Self, bool), Refusal> {
        let mut ids = place::ids(seat.act, seat.place)?;
        let workstations = seat.act.records(Workstation::KIND.name, None)?;
        let workstations: BTreeMap<RecordId, Workstation> =
            workstations.into_iter().map(|record| (record.id, record.state.record())).collect();
        let first = first_block(&workstations, seat.place.workstation);
        for turn in 1..=MOST_COPIES {
            let nth = apart(ids.incarnation, turn);
            let block = first.as_deref().map(|first| numbers::block_apart(first, nth));
            ids.workstation = Workstation::after(seat.place.workstation, nth);
            let taken = |known: &Workstation| block.is_some() && known.block == block;
            if workstations.contains_key(&ids.workstation) || workstations.values().any(taken) {
                continue;
            }
            let waits = match url.map(|url| introduced_or_kept(seat, url, &ids, &key)) {
                Some(Err(refusal)) if is_taken(&refusal) => continue,
                waits => waits.transpose()?.unwrap_or_default(),
            };
            let (leave, by) = (&seat.sitting.key, seat.sitting.user);
            let above = trust::chain_of(seat.act, by)?;
            let mut chain: Vec<_> = above.iter().map(|certificate| Bytes(certificate.to_bytes())).collect();
            let public = SigningKey::from_seed(key.clone());
            chain.push(trust::certify_installation(leave, by, &ids, public.public(), seat.moment.now));
            return Ok((Self { ids, block, key, chain }, waits));
        }
        Err(Refusal::new(Code::StoreFailed))
    }

    /// Remembers what this workstation is from here on. What opens its store stays as it was set up.
    fn remember(&self, seat: &Seat) -> Result<(), Refusal> {
        place::write(seat.act, &self.ids, &self.key)?;
        seat.act.set_local(place::DOOR, seat.place.door.0.as_bytes())?;
        trust::keep_chain(seat.act, &self.chain)?;
        certificates::numbers_of_another(seat.act)?;
        Ok(seat.act.forget_local(TROUBLE)?)
    }
}

/// Introduces the installation `ids` to the server; where that is out of reach, its introduction is kept. Returns whether it was.
fn introduced_or_kept(seat: &mut Seat, url: &str, ids: &Ids, key: &Secret<32>) -> Result<bool, Refusal> {
    let key = SigningKey::from_seed(key.clone());
    let introduction = introduced(seat, ids, &key, introductions::HOLDS)?;
    match welcomed(&*seat.world.transport, url, &introduction) {
        Ok(welcome) if key::known(seat.act)? == Some(welcome.server) => Ok(false),
        Ok(_) => Err(doubted("other_key")),
        Err(refusal) if refusal.code == Code::Offline => {
            introductions::keep(seat.act, &introduction)?;
            Ok(true)
        }
        Err(refusal) => Err(refusal),
    }
}

/// Which of the names that stand apart the installation `incarnation` tries at this turn; the first of them are those that a
/// server gives to copies of a folder.
fn apart(incarnation: Incarnation, turn: u64) -> u64 {
    let digest = sha256(&[incarnation.0.as_bytes(), &turn.to_be_bytes()]);
    let chance = digest.iter().take(8).fold(0, |chance, byte| chance << 8 | u64::from(*byte));
    MOST_COPIES + 1 + chance % (numbers::APART - MOST_COPIES)
}

/// The block of the first of the `workstations` that `last` goes on from.
fn first_block(workstations: &BTreeMap<RecordId, Workstation>, last: RecordId) -> Option<String> {
    let (mut seen, mut first) = (BTreeSet::new(), last);
    while let Some(before) = workstations.get(&first).and_then(|known| known.follows)
        && seen.insert(before)
    {
        first = before;
    }
    workstations.get(&first)?.block.clone()
}

fn is_taken(refusal: &Refusal) -> bool {
    let reason = refusal.fields.get("reason").and_then(serde_json::Value::as_str);
    reason.is_some_and(|reason| TAKEN.contains(&reason))
}

fn signer<'a>(seat: &Seat<'a>) -> Signer<'a> {
    let place = seat.place;
    Signer { clinic: place.clinic, incarnation: place.incarnation, key: &place.key, now: seat.moment.now }
}

/// Tells the server the rest of the trail, which it keeps beside the one that it has, and nothing else; returns what it has
/// of this workstation's records.
fn tell_trail(seat: &mut Seat, url: &str) -> Result<Vec<Received>, Refusal> {
    let mut before: Option<u64> = None;
    loop {
        let question = of_trail(seat.act, seat.place, &signer(seat), seat.world)?;
        let from = question.audit.as_ref().map(|push| push.from);
        if before.zip(from).is_some_and(|(before, from)| from <= before) {
            // A server that takes nothing in, or gives it back, would be told without end.
            return Err(doubted("left_out"));
        }
        before = from;
        let sent = question.audit.as_ref().map_or(0, |push| push.through());
        let answer = asked(seat, url, &seat.place.key, &question)?;
        seat.act.acknowledge_audit(answer.audit, sent)?;
        if from.is_none() {
            return Ok(answer.received);
        }
    }
}

/// The server's own answer to `question`, which the holder of `key` signs.
fn asked(seat: &Seat, url: &str, key: &SigningKey, question: &Question) -> Result<Answer, Refusal> {
    let signed = Signed::new(key, question);
    let body = seat.world.transport.post(&format!("{url}/sync"), pack::pack_briefly(&signed)?);
    let body = body.map_err(needed)?;
    let opened = doubt::opened(seat.act, &digest_of(&signed), &body)?;
    opened.prove(seat.act, seat.place, &digest_of(&signed))?;
    Ok(opened.answer)
}

/// Takes the server's word on what it has of the log of this installation, as far as its feeds tell it as it stands here.
/// What has `joined` asks.
fn compare(seat: &mut Seat, url: &str, joined: &Joined) -> Result<(), Refusal> {
    let (own, key) = (seat.place.incarnation, SigningKey::from_seed(joined.key.clone()));
    let mut epoch = 0;
    for scope in [seat.place.clinic_scope, seat.place.site_scope] {
        let (mut position, mut through) = (0, 0);
        loop {
            let question = Question {
                workstation: joined.ids.workstation,
                incarnation: joined.ids.incarnation,
                epoch,
                cursors: vec![Cursor { scope, position }],
                budget: ::sync::plan::FIRST_BUDGET,
                ..of_nothing(seat.place, seat.world)
            };
            let answer = asked(seat, url, &key, &question)?;
            epoch = answer.epoch;
            let Some(page) = answer.pages.into_iter().find(|page| page.scope == scope) else { break };
            let alike = seat.act.told_alike(own, &page)?;
            through = through.max(alike.through);
            if alike.differs || !page.more || page.next <= position {
                break;
            }
            position = page.next;
        }
        if through > seat.act.acknowledged(scope)?.0
            && let Some(root) = seat.act.root_at((own, scope), through)?
        {
            let received = Received { scope, through, root };
            seat.act.acknowledge(own, &received)?.map_err(|_| Refusal::new(Code::Forked))?;
        }
    }
    Ok(())
}

/// Whether the server has all that it acknowledged, so that this workstation can go on from there. Where it has as much it
/// has the same; what it has more of was the same when it acknowledged it.
fn reaches(seat: &Seat, received: &[Received]) -> Result<bool, Refusal> {
    for scope in [seat.place.clinic_scope, seat.place.site_scope] {
        let has = received.iter().find(|received| received.scope == scope);
        let through = has.map_or(0, |has| has.through);
        let (acknowledged, frontier) = seat.act.acknowledged(scope)?;
        let differs = has.is_some_and(|has| has.through == acknowledged && has.root != frontier.root());
        if through < acknowledged || (acknowledged > 0 && differs) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the server has the record of this workstation, as far as is known here: what it has not is set apart.
fn is_known_there(seat: &Seat) -> Result<bool, Refusal> {
    let clinics = seat.act.acknowledged(seat.place.clinic_scope)?.0;
    let own = seat.act.first_said(seat.place.workstation)?;
    Ok(own.is_some_and(|said| {
        let id = said.op.id();
        id.incarnation != seat.place.incarnation || id.seq <= clinics
    }))
}

/// What was written again.
#[derive(Default)]
pub(crate) struct Again {
    /// Whether anything was.
    pub(crate) written: bool,
    /// What became stale.
    pub(crate) stales: BTreeSet<Tag>,
}

/// Whether the server's feeds were not read to their ends yet since this workstation went on.
pub(crate) fn is_reading(act: &Act) -> Result<bool, Refusal> {
    Ok(act.local(READING)?.is_some())
}

/// What is done once a round has brought all that there was: what the server had after all is settled, what was missing and
/// nobody has is told, and whoever sits here writes again what is theirs.
pub(crate) fn after_round(open: &mut Open, world: &mut World) -> Result<Again, Refusal> {
    let act = open.store.act()?;
    if is_reading(&act)? {
        act.compare_stranded()?;
        if let Some(lost) = act.lost_before()? {
            findings::settle(&act, &open.place, world, lost)?;
        }
        act.forget_local(READING)?;
        act.commit()?;
    } else {
        drop(act);
    }
    write_again(open, world, |stranded| stranded.fault.is_none())
}

/// The same for whoever has just signed in: what was refused once may be permitted by now.
pub(crate) fn at_sign_in(desk: &mut Desk) {
    if desk.bars_writing().is_some() {
        return;
    }
    if let Phase::Open(open) = &mut desk.phase
        && let Err(refusal) = write_again(open, &mut desk.world, |_| true)
    {
        // What cannot be written now is tried after the next round; that the store is damaged is told at once.
        desk.heard(refusal);
    }
}

/// Writes again what waits for whoever sits here, each entry by itself. What somebody wrote again elsewhere is settled.
fn write_again(
    open: &mut Open,
    world: &mut World,
    which: impl Fn(&Stranded) -> bool,
) -> Result<Again, Refusal> {
    let Open { store, place, sitting, .. } = open;
    let (act, folder) = store.act_and_folder()?;
    if is_reading(&act)? {
        return Ok(Again::default());
    }
    let repeated = act.settle_repeated()?;
    let mut waiting = Vec::new();
    if !sitting.locked {
        waiting.extend(act.waiting(Some(sitting.user))?.into_iter().filter(which));
    }
    if waiting.is_empty() {
        if repeated > 0 {
            act.commit()?;
        }
        return Ok(Again::default());
    }
    let moment = Moment::at(floor(&act, world.clock.now())?, &place.zone);
    let context = context(place, sitting, &moment, world.version);
    let mut written = 0;
    for stranded in waiting {
        if is_of_its_place(&stranded) {
            act.let_stranded_go(stranded.place)?;
        } else if !stranded.is_of(sitting.key.public()) {
            bar(&act, &stranded, &Fault::NoSession)?;
        } else {
            match act.repeat(&context, &mut *world.entropy, &stranded, own_words(&stranded)) {
                Ok(done) => written += i64::from(done.is_some()),
                Err(WriteError::Refused(fault)) => bar(&act, &stranded, &fault)?,
                Err(WriteError::TooLarge) => act.bar_stranded(stranded.place, TOO_LARGE)?,
                Err(WriteError::Store(error)) => return Err(error.into()),
            }
        }
    }
    if written > 0 {
        let detail = Value::Map([("transactions".to_owned(), Value::Int(written))].into());
        let said = AuditNote { detail: Some(detail), ..note(sitting, &moment, "write_again", None) };
        act.audit(&place.key, &mut *world.entropy, said)?;
        act.note_clock(moment.now)?;
    }
    let kinds = act.touched().written;
    if kinds.contains(User::KIND.name) {
        refresh_people(&act, folder, place, &mut *world.entropy)?;
    }
    act.commit()?;
    let stales = kinds.iter().filter_map(|kind| kinds::kind(kind)).map(Tag::of).chain([Tag::STATUS]);
    Ok(Again { written: written > 0, stales: stales.collect() })
}

/// Whether it speaks of the former installation alone: a key of somebody to issue with there.
fn is_of_its_place(stranded: &Stranded) -> bool {
    stranded.ops.iter().all(|op| op.header.kind == Issuer::KIND.name)
}

/// The values as their author wrote them.
fn own_words(stranded: &Stranded) -> Vec<BTreeMap<String, Value>> {
    let patch = |op: &Op| op.body.as_ref().map(|body| body.patch.clone()).unwrap_or_default();
    stranded.ops.iter().map(patch).collect()
}

fn bar(act: &Act, stranded: &Stranded, fault: &Fault) -> Result<(), Refusal> {
    let fault = serde_json::to_string(fault).map_err(|_| Refusal::new(Code::StoreFailed))?;
    Ok(act.bar_stranded(stranded.place, &fault)?)
}
