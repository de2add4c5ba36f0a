//! One more workstation. An administrator's signed ticket waits at the server; the code that they read
//! out holds the seed that the ticket names and the clinic's fingerprint. So the server can enrol nobody,
//! and nobody's server can pass for the clinic's.

use ::sync::pack;
use crypto::certify::{KeyCertificate, trust};
use crypto::enrol::EnrolmentCode as Code128;
use crypto::root::Fingerprint;
use crypto::seal::{About, open, seal};
use crypto::sheet::Sheet;
use crypto::signed::key_id;
use crypto::slot::sheet_slot;
use crypto::{Secret, Signed, SigningKey, StoreKey, random};
use domain::clinic::{Clinic, Workstation};
use domain::record::{Record, Verb};
use domain::sync::{Deposit, Introduction, Leave, Ticket, VERSION};
use domain::wire::Message;
use domain::{Incarnation, Zone, hex};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Act, Draft, Folder, Store};
use ts_rs::TS;

use crate::clinic::{Asked, ask, asked};
use crate::desk::{Desk, Phase};
use crate::door::{Door, device_key};
use crate::people::{SHEET_SLOT, refresh_people, refresh_slots};
use crate::place::Place;
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sync::{HOLDS, address, answer, doubted, introduce, introduction, leave, question};
use crate::{place, trust as vouch};

/// A workstation to come.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentCode {
    /// What people will call it.
    pub name: String,
}

/// The code to type at the new workstation.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct CodeGiven {
    /// The code, line by line.
    pub lines: Vec<String>,
    /// The server's address to type with it.
    pub server: String,
    /// Until when it holds, `10:42`.
    pub until: String,
    /// For how many seconds from now.
    pub seconds: u64,
}

/// A clinic to join.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The server's address.
    pub server: String,
    /// The code, in whatever lines.
    pub code: String,
}

/// A workstation that has joined.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct Enrolled {
    /// The clinic's name.
    pub clinic: String,
    /// The site's name.
    pub site: String,
    /// This workstation's own recovery sheet, line by line.
    pub sheet: Vec<String>,
    /// The characters of the printed sheet that are asked back.
    pub asked: Vec<Asked>,
}

const CLINIC_KEY: &str = "clinic-key";

/// Gives leave for one more workstation.
pub(crate) fn enrolment_code(seat: &mut Seat, input: EnrolmentCode) -> Result<CodeGiven, Refusal> {
    if input.name.trim().is_empty() {
        return Err(Refusal::missing("name"));
    }
    let server = seat.act.local("server")?.and_then(|bytes| String::from_utf8(bytes).ok());
    let server = server.ok_or_else(|| Refusal::new(Code::NotAttached))?;
    let code = Code128::random(&mut *seat.world.entropy, Fingerprint::of(&seat.place.root));
    let workstation = seat.new_id();
    seat.about(Some(workstation), None);
    let record = Workstation {
        name: Some(input.name.trim().to_owned()),
        site: Some(seat.place.site),
        block: Some(crate::certificates::next_block(seat)?),
        active: Some(true),
        ..Workstation::default()
    };
    if seat.act.counters(seat.place.incarnation)?.received == 0 {
        return Err(Refusal::new(Code::NotSent));
    }
    seat.write(vec![Draft::make(Verb::Create, workstation, None, &record)])?;
    let clinic_key = vouch::clinic_key(seat.act)?;
    let ids: &[&[u8]] = &[seat.place.clinic.0.as_bytes()];
    let about = About { kind: CLINIC_KEY, ids, epoch: 0 };
    let sealed = seal(&mut *seat.world.entropy, &code.sealing(), about, clinic_key.expose());
    let deposit = Deposit {
        v: VERSION,
        clinic: seat.place.clinic,
        workstation: seat.place.workstation,
        incarnation: seat.place.incarnation,
        leave: leave(seat, workstation, code.signing().public(), sealed, HOLDS)?,
    };
    let body = pack::pack(&Signed::new(&seat.place.key, &deposit))?;
    seat.world.transport.post(&format!("{server}/ticket"), body)?;
    let until = seat.place.zone.instant(seat.moment.now + HOLDS);
    Ok(CodeGiven {
        lines: code.lines().iter().map(|line| line.to_string()).collect(),
        server,
        until: until.as_str().get(11..16).unwrap_or_default().to_owned(),
        seconds: HOLDS / 1000,
    })
}

/// Turns an empty computer into a workstation.
pub(crate) fn enrol(desk: &mut Desk, input: Enrol) -> Result<Enrolled, Refusal> {
    let server = address(&input.server)?;
    let code = Code128::parse(&input.code).map_err(|mistyped| {
        let refusal = Refusal::new(Code::WrongCode);
        match mistyped {
            crypto::paper::Mistyped::Line(line) | crypto::paper::Mistyped::Length(line) => {
                refusal.with("line", line)
            }
            _ => refusal,
        }
    })?;
    let Phase::Door(folder) = &desk.phase else { return Err(Refusal::new(Code::ClinicExists)) };
    if folder.read("door")?.is_some() {
        return Err(Refusal::new(Code::ClinicExists));
    }
    folder.set_aside_unfinished()?;
    let joining = Joining::fetch(desk, &server, &code)?;
    folder.begin_founding()?;
    let device = match device_key(folder)? {
        Some(device) => device,
        None => Secret::random(&mut *desk.world.entropy),
    };
    folder.write("device", device.expose())?;
    let Phase::Door(folder) = std::mem::replace(&mut desk.phase, Phase::Gone) else {
        return Err(Refusal::new(Code::StoreFailed));
    };
    match joining.join(desk, folder, &device, &server, &code) {
        Ok((folder, enrolled)) => {
            desk.phase = Phase::Door(folder);
            Ok(enrolled)
        }
        Err(refusal) => {
            desk.phase = Phase::Door(Folder::take(&desk.world.folder)?);
            Err(refusal)
        }
    }
}

/// A ticket that was checked, and what it lets in.
struct Joining {
    ticket: Ticket,
    leave: Leave,
    clinic_key: Secret<32>,
}

impl Joining {
    /// Fetches the ticket of `code` and checks it down to the fingerprint that the code itself holds.
    fn fetch(desk: &Desk, server: &str, code: &Code128) -> Result<Self, Refusal> {
        let not_trusted = || Refusal::new(Code::NotTrusted);
        let id = hex::encode(&key_id(code.signing().public()));
        let body = desk.world.transport.post(&format!("{server}/ticket/{id}"), Vec::new())?;
        let leave: Leave = pack::unpack(&body)?;
        let signed = Signed::<Ticket>::from_bytes(&leave.ticket.0).map_err(|_| not_trusted())?;
        let claimed = signed.claimed().map_err(|_| not_trusted())?;
        if Fingerprint::of(&claimed.root) != code.clinic() {
            return Err(not_trusted());
        }
        let chain: Option<Vec<Signed<KeyCertificate>>> =
            leave.chain.iter().map(|bytes| Signed::from_bytes(&bytes.0).ok()).collect();
        let giver = trust(&claimed.root, claimed.clinic, &chain.ok_or_else(not_trusted)?)
            .map_err(|_| not_trusted())?;
        let key = giver.signs_with.ok_or_else(not_trusted)?;
        let ticket = signed.open(&key).map_err(|_| not_trusted())?;
        let ids: &[&[u8]] = &[ticket.clinic.0.as_bytes()];
        let about = About { kind: CLINIC_KEY, ids, epoch: 0 };
        let opened = open(&code.sealing(), about, &ticket.clinic_key.0).map_err(|_| not_trusted())?;
        let clinic_key = Secret::from_slice(&opened).ok_or_else(not_trusted)?;
        if ticket.by != giver.subject || ticket.seed != *code.signing().public() {
            return Err(not_trusted());
        }
        Ok(Self { ticket, leave, clinic_key })
    }

    /// Makes the store, introduces itself and takes in everything that a workstation of its site holds.
    fn join(
        &self,
        desk: &mut Desk,
        folder: Folder,
        device: &Secret<32>,
        server: &str,
        code: &Code128,
    ) -> Result<(Folder, Enrolled), Refusal> {
        let store_key = StoreKey::random(&mut *desk.world.entropy);
        let mut store = Store::open(folder, &store_key, &mut *desk.world.progress)?;
        let act = store.act()?;
        let place = self.place(desk, &act, code)?;
        act.set_local("store_key", &store_key.to_bytes())?;
        act.set_local("clinic_key", self.clinic_key.expose())?;
        let introduction =
            Introduction { ticket: Some(self.leave.ticket.clone()), ..introduction(&act, &place, None)? };
        let welcome = introduce(&act, &*desk.world.transport, server, &introduction)?;
        // Who gave the ticket knows the server.
        if self.ticket.server.is_some_and(|known| known != welcome.server) {
            return Err(doubted("other_key"));
        }
        act.commit()?;
        self.pull(desk, &mut store, &place)?;
        let sheet = Sheet::random(&mut *desk.world.entropy);
        let (act, folder) = store.act_and_folder()?;
        let clinic = act.records(Clinic::KIND.name, None)?.into_iter().next();
        let clinic = clinic.ok_or_else(|| Refusal::new(Code::ServerNotBelieved))?;
        act.set_local("clinic_record", clinic.id.0.as_bytes())?;
        let place = place::read(&act)?;
        let lines = sheet.lines();
        let plain: Vec<String> =
            lines.iter().map(|line| line.chars().filter(|sign| sign.is_alphanumeric()).collect()).collect();
        ask(&act, &plain, &mut *desk.world.entropy)?;
        folder.write(
            SHEET_SLOT,
            &sheet_slot(&mut *desk.world.entropy, &sheet, place.workstation, &store_key, 1),
        )?;
        refresh_slots(&act, folder, &place, &mut *desk.world.entropy)?;
        refresh_people(&act, folder, &place, &mut *desk.world.entropy)?;
        let asked = asked(&act)?;
        act.commit()?;
        let door = Door::new(&place.clinic_name, &place.site_name, place.workstation);
        door.write(store.folder(), device, &mut *desk.world.entropy)?;
        store.folder().end_founding()?;
        let sheet = lines.iter().map(|line| line.to_string()).collect();
        Ok((store.close(), Enrolled { clinic: place.clinic_name, site: place.site_name, sheet, asked }))
    }

    /// This workstation's keys and ids, remembered in its store.
    fn place(&self, desk: &mut Desk, act: &Act, code: &Code128) -> Result<Place, Refusal> {
        let now = desk.world.clock.now();
        let entropy = &mut *desk.world.entropy;
        let ids = place::Ids {
            clinic: self.ticket.clinic,
            clinic_record: self.ticket.workstation,
            clinic_scope: self.ticket.clinic_scope,
            site: self.ticket.site,
            site_scope: self.ticket.site_scope,
            workstation: self.ticket.workstation,
            incarnation: Incarnation::new(now, &random(entropy)),
        };
        let seed = Secret::random(entropy);
        place::write(act, &ids, &seed)?;
        let key = SigningKey::from_seed(seed);
        let mut chain = self.leave.chain.clone();
        chain.push(vouch::certify_installation(&code.signing(), self.ticket.by, &ids, key.public(), now));
        vouch::keep_chain(act, &chain)?;
        Ok(Place {
            clinic: ids.clinic,
            clinic_name: String::new(),
            root: self.ticket.root,
            incarnation: ids.incarnation,
            workstation: ids.workstation,
            door: ids.workstation,
            clinic_scope: ids.clinic_scope,
            site_scope: ids.site_scope,
            site: ids.site,
            site_name: String::new(),
            zone: Zone::named("UTC").map_err(|_| Refusal::new(Code::StoreFailed))?,
            zone_name: "UTC".to_owned(),
            key,
            restored: false,
        })
    }

    fn pull(&self, desk: &mut Desk, store: &mut Store, place: &Place) -> Result<(), Refusal> {
        loop {
            let Some(asked) = question(store, place, &mut desk.world, None)? else {
                return Err(Refusal::new(Code::NotAttached));
            };
            let body = desk.world.transport.post(&asked.url, asked.body)?;
            if !answer(store, place, &mut desk.world, &asked.asked, &body)?.more {
                return Ok(());
            }
        }
    }
}
