//! Founding a clinic on an empty workstation: its root, its first site, workstation and administrator,
//! and the papers from which everything can be opened again.

use crypto::keys::{Bundle, seal_bundle};
use crypto::root::{Fingerprint, Root};
use crypto::sheet::Sheet;
use crypto::slot::{clinic_slot, sheet_slot, user_slot};
use crypto::{Entropy, SealingKey, Secret, SigningKey, StoreKey, random};
use domain::access::{Role, User};
use domain::clinic::{Clinic, Site, Workstation};
use domain::record::{Hex, Record, Verb};
use domain::wire::Bytes;
use domain::{ClinicId, Incarnation, RecordId, Scope, SessionId, Zone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Context, Draft, Folder, Person, Store, write_person};
use ts_rs::TS;

use super::papers;
use crate::access::{Session, key, require_strong};
use crate::command::Nothing;
use crate::desk::{Desk, Phase};
use crate::door::{Door, device_key};
use crate::people::{CLINIC_SLOT, SHEET_SLOT};
use crate::place::{self, Ids};
use crate::refusal::{Code, Refusal};
use crate::seat::Seat;
use crate::sitting::Moment;
use crate::{certificates, trust};

/// A clinic to set up.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundClinic {
    /// The clinic's name as it is printed.
    pub clinic: String,
    /// The first site's name.
    pub site: String,
    /// The letters that begin the site's numbers, two to six; none takes them from its name.
    pub site_code: Option<String>,
    /// The IANA time zone that decides the site's day.
    pub time_zone: String,
    /// The administrator's name as it is printed.
    pub name: String,
    /// The name typed to sign in.
    pub sign_in: String,
    /// The administrator's password.
    pub password: String,
}

/// What the founding leaves to print and to keep.
#[derive(Clone, Serialize, Deserialize, TS, JsonSchema)]
pub struct Founded {
    /// The administrator's session.
    pub session: Session,
    /// The clinic's fingerprint, to compare by eye.
    pub fingerprint: String,
    /// This workstation's recovery sheet, line by line.
    pub sheet: Vec<String>,
    /// Three shares of the clinic's root, of which two together open everything, line by line.
    pub shares: Vec<Vec<String>>,
    /// The characters of the printed sheet that are asked back.
    pub asked: Vec<Asked>,
}

/// A character of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Asked {
    /// The line, from 1.
    pub line: u32,
    /// The character in it, from 1, without spaces.
    pub character: u32,
}

/// The characters that were asked back.
#[derive(Clone, Debug, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmSheet {
    /// One character for each that was asked, in order.
    pub characters: String,
}

/// Sets up a clinic.
pub(crate) fn found_clinic(desk: &mut Desk, input: FoundClinic) -> Result<Founded, Refusal> {
    let checked = Checked::of(input)?;
    let Phase::Door(folder) = &desk.phase else { return Err(Refusal::new(Code::ClinicExists)) };
    if folder.read("door")?.is_some() {
        return Err(Refusal::new(Code::ClinicExists));
    }
    // Before the door's memory is written nobody can have entered anything: what lies there is the
    // remains of a founding that was cut off.
    folder.set_aside_unfinished()?;
    folder.begin_founding()?;
    let device = match device_key(folder)? {
        Some(device) => device,
        None => Secret::random(&mut *desk.world.entropy),
    };
    folder.write("device", device.expose())?;
    let made = Made::new(desk);
    let bundle = Bundle {
        sealing: SealingKey::random(&mut *desk.world.entropy),
        signing: SigningKey::random(&mut *desk.world.entropy),
        second_factor: None,
        epoch: 1,
    };
    let cost = desk.world.cost();
    let sealed = seal_bundle(&mut *desk.world.entropy, &checked.input.password, cost, made.user, &bundle)
        .map_err(|_| Refusal::new(Code::StoreFailed))?;
    let store_key = StoreKey::random(&mut *desk.world.entropy);
    let Phase::Door(folder) = std::mem::replace(&mut desk.phase, Phase::Gone) else {
        return Err(Refusal::new(Code::StoreFailed));
    };
    let founded = fill(desk, folder, &store_key, &made, &checked, &bundle, &sealed);
    let (store, sheet) = match founded {
        Ok(founded) => founded,
        Err(refusal) => {
            desk.phase = Phase::Door(Folder::take(&desk.world.folder)?);
            return Err(refusal);
        }
    };
    let shares = made.root.shares(&mut *desk.world.entropy);
    let written = write_keys(desk, &store, &device, &store_key, &made, &checked, &bundle, sealed, &sheet);
    if let Err(refusal) = written {
        desk.phase = Phase::Door(store.close());
        return Err(refusal);
    }
    let fingerprint = Fingerprint::of(made.root.signing().public()).to_string();
    desk.begin(store, made.user, bundle, "found_clinic")?;
    let sheet: Vec<String> = sheet.lines().iter().map(|line| line.to_string()).collect();
    let shares: Vec<Vec<String>> =
        shares.iter().map(|share| share.lines().iter().map(|line| line.to_string()).collect()).collect();
    let asked = desk.quietly(|seat| {
        papers::keep(seat, sheet.clone(), shares.clone())?;
        asked(seat.act)
    })?;
    Ok(Founded { session: desk.session_or_close()?, fingerprint, sheet, shares, asked })
}

struct Checked {
    input: FoundClinic,
    code: String,
    zone: Zone,
}

impl Checked {
    fn of(input: FoundClinic) -> Result<Self, Refusal> {
        let given = [
            ("clinic", &input.clinic),
            ("site", &input.site),
            ("name", &input.name),
            ("sign_in", &input.sign_in),
        ];
        for (field, text) in given {
            if text.trim().is_empty() {
                return Err(Refusal::missing(field));
            }
        }
        let zone = Zone::named(&input.time_zone).map_err(|_| Refusal::invalid("time_zone"))?;
        require_strong(&input.password, &[&input.name, &input.sign_in, &input.clinic])?;
        let letters = |text: &str| {
            domain::patients::plain(text)
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .take(4)
                .collect::<String>()
        };
        let code = input.site_code.clone().unwrap_or_else(|| letters(&input.site)).to_uppercase();
        let fits = (2..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits { Ok(Self { input, code, zone }) } else { Err(Refusal::invalid("site_code")) }
    }
}

/// Everything that a new clinic is known by.
struct Made {
    root: Root,
    ids: Ids,
    user: RecordId,
    workstation: SigningKey,
    workstation_seed: Secret<32>,
    clinic_key: Secret<32>,
}

impl Made {
    fn new(desk: &mut Desk) -> Self {
        let now = desk.world.clock.now();
        let entropy: &mut dyn Entropy = &mut *desk.world.entropy;
        let mut record = || RecordId::new(now, &random(entropy));
        let (clinic_record, site, workstation, user) = (record(), record(), record(), record());
        let ids = Ids {
            clinic: ClinicId::new(now, &random(entropy)),
            clinic_record,
            clinic_scope: Scope::new(now, &random(entropy)),
            site,
            site_scope: Scope::new(now, &random(entropy)),
            workstation,
            incarnation: Incarnation::new(now, &random(entropy)),
        };
        let seed = Secret::random(entropy);
        Self {
            root: Root::random(entropy),
            ids,
            user,
            workstation: SigningKey::from_seed(seed.clone()),
            workstation_seed: seed,
            clinic_key: Secret::random(entropy),
        }
    }
}

/// Makes the store and writes the first records into it.
fn fill(
    desk: &mut Desk,
    folder: Folder,
    store_key: &StoreKey,
    made: &Made,
    checked: &Checked,
    bundle: &Bundle,
    sealed: &[u8],
) -> Result<(Store, Sheet), Refusal> {
    let mut store = Store::open(folder, store_key, &mut *desk.world.progress)?;
    let sheet = Sheet::random(&mut *desk.world.entropy);
    let moment = Moment::at(desk.world.clock.now(), &checked.zone);
    let session = SessionId::new(moment.now, &random(&mut *desk.world.entropy));
    let act = store.act()?;
    place::write(&act, &made.ids, &made.workstation_seed)?;
    // Inside the store that it opens the key tells nobody anything; it lets a new colleague in later.
    act.set_local("store_key", &store_key.to_bytes())?;
    act.set_local("clinic_key", made.clinic_key.expose())?;
    let context = Context {
        clinic: made.ids.clinic,
        incarnation: made.ids.incarnation,
        clinic_scope: made.ids.clinic_scope,
        site_scope: made.ids.site_scope,
        site: made.ids.site,
        author: made.user,
        session,
        key: Some(&bundle.signing),
        now: moment.now,
        wall: moment.wall,
        app: desk.world.version,
    };
    let drafts = drafts(made, checked, bundle, sealed, &mut *desk.world.entropy, moment.now);
    act.write(&context, &mut *desk.world.entropy, drafts)?;
    let lines: Vec<String> = sheet
        .lines()
        .iter()
        .map(|line| line.chars().filter(|sign| sign.is_alphanumeric()).collect())
        .collect();
    ask(&act, &lines, &mut *desk.world.entropy)?;
    act.commit()?;
    Ok((store, sheet))
}

fn drafts(
    made: &Made,
    checked: &Checked,
    bundle: &Bundle,
    sealed: &[u8],
    entropy: &mut dyn Entropy,
    now: u64,
) -> Vec<Draft> {
    let root = made.root.signing();
    let input = &checked.input;
    let clinic = Clinic {
        name: Some(input.clinic.trim().to_owned()),
        root: Some(Hex::of(root.public())),
        recovery: Some(Hex::of(made.root.recovery().public())),
        ..Clinic::default()
    };
    let site = Site {
        name: Some(input.site.trim().to_owned()),
        code: Some(checked.code.clone()),
        time_zone: Some(input.time_zone.clone()),
        scope: Some(made.ids.site_scope.to_string()),
    };
    let mut workstation = Workstation {
        name: Some("1".to_owned()),
        site: Some(made.ids.site),
        signs_with: Some(Hex::of(made.workstation.public())),
        incarnation: Some(made.ids.incarnation.to_string()),
        block: Some(domain::certificates::numbers::FIRST_BLOCK.to_owned()),
        active: Some(true),
        ..Workstation::default()
    };
    let mut user = User {
        sign_in: Some(key(&input.sign_in)),
        name: Some(input.name.trim().to_owned()),
        role: Some(Role::Administrator),
        active: Some(true),
        signs_with: Some(Hex::of(bundle.signing.public())),
        seals_with: Some(Hex::of(bundle.sealing.public())),
        bundle: Some(trust::wrap_bundle(&made.clinic_key, entropy, made.user, sealed)),
        ..User::default()
    };
    trust::certify_user(&root, None, made.ids.clinic, made.user, &mut user, now);
    trust::certify_workstation(&root, None, made.ids.clinic, made.ids.workstation, &mut workstation, now);
    let mut drafts = vec![
        Draft::make(Verb::Create, made.ids.clinic_record, None, &clinic),
        Draft::make(Verb::Create, made.ids.site, None, &site),
        Draft::make(Verb::Create, made.ids.workstation, None, &workstation),
        Draft::make(Verb::Create, made.user, None, &user),
    ];
    drafts.extend(
        certificates::seeded_templates()
            .into_iter()
            .map(|template| Draft::make(Verb::Create, RecordId::new(now, &random(entropy)), None, &template)),
    );
    let derived = certificates::derived_templates(made.ids.clinic).into_iter();
    drafts.extend(derived.map(|(id, template)| Draft::make(Verb::Create, id, None, &template)));
    debug_assert_eq!(drafts.first().map(|draft| draft.kind.name), Some(Clinic::KIND.name));
    drafts
}

/// Writes the slots, the person's file and, last, the door's memory: from then on the clinic exists.
#[expect(clippy::too_many_arguments, reason = "everything that a founding makes comes together here once")]
fn write_keys(
    desk: &mut Desk,
    store: &Store,
    device: &Secret<32>,
    store_key: &StoreKey,
    made: &Made,
    checked: &Checked,
    bundle: &Bundle,
    sealed: Vec<u8>,
    sheet: &Sheet,
) -> Result<(), Refusal> {
    let failed = |_| Refusal::new(Code::StoreFailed);
    let (folder, workstation) = (store.folder(), made.ids.workstation);
    let entropy = &mut *desk.world.entropy;
    folder.write(SHEET_SLOT, &sheet_slot(entropy, sheet, workstation, store_key, 1))?;
    let recovery = made.root.recovery();
    folder.write(
        CLINIC_SLOT,
        &clinic_slot(entropy, recovery.public(), workstation, store_key, 1).map_err(failed)?,
    )?;
    let slot = user_slot(entropy, device, bundle.sealing.public(), (made.user, workstation), store_key, 1)
        .map_err(failed)?;
    let person = Person {
        v: 1,
        user: made.user,
        sign_in: key(&checked.input.sign_in),
        name: checked.input.name.trim().to_owned(),
        role: Role::Administrator.word().to_owned(),
        bundle: Bytes(sealed),
        slot: Bytes(slot),
    };
    write_person(folder, device, entropy, &person)?;
    let door = Door::new(checked.input.clinic.trim(), checked.input.site.trim(), workstation);
    door.write(folder, device, entropy)?;
    Ok(folder.end_founding()?)
}

/// Chooses two characters of the sheet to ask back, and remembers them and nothing else of it.
pub(crate) fn ask(act: &store::Act, lines: &[String], entropy: &mut dyn Entropy) -> Result<(), Refusal> {
    let mut asked = Vec::new();
    while asked.len() < 6 {
        let [line, character] = random::<2>(entropy);
        let at = usize::from(line) % lines.len().max(1);
        let text = lines.get(at).map(String::as_bytes).unwrap_or_default();
        let place = usize::from(character) % text.len().max(1);
        let known = asked.chunks(3).any(|known: &[u8]| usize::from(known[0]) == at);
        if let (Some(sign), false) = (text.get(place), known) {
            asked.extend([
                u8::try_from(at).unwrap_or_default(),
                u8::try_from(place).unwrap_or_default(),
                *sign,
            ]);
        }
    }
    Ok(act.set_local("sheet", &asked)?)
}

/// The characters of the sheet that are asked back.
pub(crate) fn asked(act: &store::Act) -> Result<Vec<Asked>, Refusal> {
    let kept = act.local("sheet")?.unwrap_or_default();
    let asked = kept.as_chunks::<3>().0.iter();
    Ok(asked
        .map(|[line, character, _]| Asked {
            line: u32::from(*line) + 1,
            character: u32::from(*character) + 1,
        })
        .collect())
}

/// Checks that the sheet was printed.
pub(crate) fn confirm_sheet(seat: &mut Seat, input: ConfirmSheet) -> Result<Nothing, Refusal> {
    let kept = seat.act.local("sheet")?.unwrap_or_default();
    let wanted: Vec<u8> =
        kept.as_chunks::<3>().0.iter().map(|[_, _, sign]| sign.to_ascii_uppercase()).collect();
    let typed: Vec<u8> = input
        .characters
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| byte.to_ascii_uppercase())
        .collect();
    if wanted.is_empty() || typed != wanted {
        return Err(Refusal::new(Code::WrongSheet));
    }
    seat.act.forget_local("sheet")?;
    papers::forget(seat)?;
    seat.act.set_local("sheet_confirmed", &seat.moment.now.to_be_bytes())?;
    Ok(Nothing {})
}
