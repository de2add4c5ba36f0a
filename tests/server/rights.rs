//! What a program that is none of ours may gain by its steps: it settles nothing that nobody disputes, and no clock that is
//! turned back gives a right back.

use crypto::log::Draft;
use domain::access::{Licence, NotAllowed, Role, User};
use domain::addenda::Addendum;
use domain::admit::Fault;
use domain::certificates::{Certificate, CertificateStatus};
use domain::codes::CodePack;
use domain::dental::{Mark, Procedure, ProcedureStatus, Tooth, ToothExam, ToothMark, Treated, Treatment};
use domain::files::{Attachment, CameBy, FileSort};
use domain::fold::Clash;
use domain::forms::{Answer, Filled, Given};
use domain::patients::{Allergy, Consent, Patient};
use domain::record::{Entries, Hex, Quantity, Record, Verb};
use domain::visits::{
    Call, ExamFinding, Examined, Note, NoteSet, NoteSetStatus, Observation, SetSystem, Snippet, Ticket,
    TicketStatus, Visit, VisitStatus,
};
use domain::{BlobRef, Hlc, OpId, RecordId, Value};

use crate::desk::{Desk, patch_of, step};
use crate::world::{Person, World, person};

/// A clinic with a clerk and a doctor.
struct Story {
    world: World,
    desk: Desk,
    clerk: Person,
    doctor: Person,
}

fn id(name: &str) -> RecordId {
    RecordId::derived(name.as_bytes())
}

fn set(
    kind: &'static domain::record::Kind,
    record: RecordId,
    verb: Verb,
    path: &str,
    value: Value,
    base: &[OpId],
) -> Draft {
    patch_of(kind, record, verb, [(path.to_owned(), value)].into(), base)
}

impl Story {
    async fn begin() -> Self {
        let (world, mut desk) = World::founded().await;
        let clerk = world.employ(&mut desk, "clerk", Role::FrontDesk);
        let by = &world.administrator;
        let mut doctor = person("doctor", Role::Doctor, &by.key, Some(by.id));
        let until = "2026-11-21".parse().ok();
        let licence = Licence { number: Some("7".to_owned()), until, ..Licence::default() };
        doctor.user.licences = Some(Entries([("1".to_owned(), licence)].into()));
        desk.write(
            by,
            vec![patch_of(User::KIND, doctor.id, Verb::Create, store::patch_of(&doctor.user), &[])],
        );
        let mut story = Self { world, desk, clerk, doctor };
        assert_eq!(story.fault().await, None);
        story
    }

    /// What the server finds against the last transaction.
    async fn fault(&mut self) -> Option<Fault> {
        let answer = self.desk.sync(&self.world).await;
        let fault = answer.verdicts.last().unwrap().fault.as_ref();
        fault.map(|fault| serde_json::from_str(fault).unwrap())
    }

    /// What becomes of a step of the clerk.
    async fn settled(&mut self, draft: Draft) -> Option<Fault> {
        self.settled_by(&self.clerk.clone(), draft).await
    }

    /// What becomes of a step of `by`.
    async fn settled_by(&mut self, by: &Person, draft: Draft) -> Option<Fault> {
        self.desk.write(by, vec![draft]);
        self.fault().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_settles_what_nobody_disputes_nor_what_is_written_once() {
    let mut story = Story::begin().await;
    let doctor = story.doctor.clone();
    let allergy = |name: &str| Allergy {
        patient: Some(id("patient")),
        substance: Some(name.to_owned()),
        ..Allergy::default()
    };
    let made = story.desk.write(&doctor, vec![step(id("held"), Verb::Create, &allergy("Penicillin"), &[])]);
    let other = story.desk.write(&doctor, vec![step(id("gone"), Verb::Create, &allergy("Aspirin"), &[])]);
    let withdrawn = patch_of(Allergy::KIND, id("gone"), Verb::Void, Default::default(), &other);
    let gone =
        story.desk.write(&doctor, vec![Draft { reason: Some("wrong person".to_owned()), ..withdrawn }]);
    let measured = Observation {
        patient: Some(id("patient")),
        quantity: Some(Quantity { value: "39.5".parse().unwrap(), unit: None, system: None, code: None }),
        ..Observation::default()
    };
    let observed = story.desk.write(&doctor, vec![step(id("seen"), Verb::Create, &measured, &[])]);
    assert_eq!(story.fault().await, None);
    let undisputed = |path: &str| Some(Fault::IllegalMove(path.to_owned()));
    let resolve = Verb::Resolve;
    let none = set(Allergy::KIND, id("held"), resolve, "substance", Value::text("none"), &made);
    assert_eq!(story.settled(none).await, undisputed("substance"), "about which nobody disagrees");
    let back = patch_of(Allergy::KIND, id("gone"), resolve, Default::default(), &gone);
    assert_eq!(story.settled(back).await, undisputed(""), "brings back what was withdrawn");
    let value = [("value".to_owned(), Value::text("36.5"))].into();
    let cooler = set(Observation::KIND, id("seen"), resolve, "quantity", Value::Map(value), &observed);
    assert_eq!(story.settled(cooler).await, Some(Fault::Fixed("quantity".to_owned())), "a measured value");
    let moved = id("another").to_string();
    let moved = set(Allergy::KIND, id("held"), resolve, "patient", Value::text(moved), &made);
    assert_eq!(story.settled(moved).await, Some(Fault::Fixed("patient".to_owned())), "whose it is");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_of_this_clinic_is_cancelled_and_never_withdrawn() {
    let mut story = Story::begin().await;
    let clerk = story.clerk.clone();
    let arrived =
        Visit { patient: Some(id("patient")), status: Some(VisitStatus::Arrived), ..Visit::default() };
    let made = story.desk.write(&clerk, vec![step(id("visit"), Verb::Create, &arrived, &[])]);
    assert_eq!(story.fault().await, None);
    let gone = patch_of(Visit::KIND, id("visit"), Verb::Void, Default::default(), &made);
    let gone = Draft { reason: Some("a mistake".to_owned()), ..gone };
    assert_eq!(story.settled(gone).await, Some(Fault::IllegalMove("status".to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_settles_a_clash_names_its_contenders_and_takes_one_of_their_values() {
    let mut story = Story::begin().await;
    let doctor = story.doctor.clone();
    let allergy = Allergy { patient: Some(id("patient")), ..Allergy::default() };
    let made = story.desk.write(&doctor, vec![step(id("held"), Verb::Create, &allergy, &[])]);
    let says =
        |name: &str| set(Allergy::KIND, id("held"), Verb::Patch, "substance", Value::text(name), &made);
    let one = story.desk.write(&doctor, vec![says("Penicillin")]);
    let two = story.desk.write(&doctor, vec![says("Amoxicillin")]);
    assert_eq!(story.fault().await, None);
    let settle = |name: &str, named: &[OpId]| {
        let mut draft = set(Allergy::KIND, id("held"), Verb::Resolve, "substance", Value::text(name), named);
        draft.base.insert(String::new(), [&one[..], &two].concat());
        draft
    };
    let both = [&one[..], &two].concat();
    let illegal = Some(Fault::IllegalMove("substance".to_owned()));
    for (name, named, why) in [
        ("Aspirin", &both, "what nobody said"),
        ("Penicillin", &vec![], "without naming who"),
        ("Penicillin", &made, "naming another step"),
        ("Penicillin", &two, "naming the other one alone"),
    ] {
        assert_eq!(story.settled_by(&doctor, settle(name, named)).await, illegal, "{why}");
    }
    let unseen = Some(Fault::NotAllowed(NotAllowed::Role));
    assert_eq!(story.settled(settle("Penicillin", &both)).await, unseen, "who may not see it");
    assert_eq!(story.settled_by(&doctor, settle("Penicillin", &both)).await, None);
    let state = story.world.sql().await;
    let row = state.query_one("select state from record where id = $1", &[&id("held").0]).await.unwrap();
    let state: domain::fold::State = serde_json::from_value(row.get("state")).unwrap();
    assert_eq!(state.value("substance"), &Value::text("Penicillin"));
    assert!(state.conflicts.iter().all(|conflict| conflict.clash != Clash::Values));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_without_its_words_is_let_in_neither_at_first_nor_by_a_change() {
    let mut story = Story::begin().await;
    let doctor = story.doctor.clone();
    let note = Note { patient: Some(id("patient")), author: Some(doctor.id), ..Note::default() };
    let examined = |finding: ExamFinding, text: &str| {
        let seen = Examined { finding: Some(finding), text: Some(text.to_owned()) };
        Note { exam: Some(Entries([("skin".to_owned(), seen)].into())), ..note.clone() }
    };
    let made =
        |name: &str, note: &Note| patch_of(Note::KIND, id(name), Verb::Create, store::patch_of(note), &[]);
    let lacks = Some(Fault::Lacking("exam/skin/text".to_owned()));
    story.desk.write(&doctor, vec![made("wordless", &examined(ExamFinding::Finding, " "))]);
    assert_eq!(story.fault().await, lacks);
    let made = story.desk.write(&doctor, vec![made("note", &examined(ExamFinding::Finding, "Rash"))]);
    assert_eq!(story.fault().await, None);
    let cleared = set(Note::KIND, id("note"), Verb::Patch, "exam/skin/text", Value::Null, &made);
    story.desk.write(&doctor, vec![cleared]);
    assert_eq!(story.fault().await, lacks);
    // A system that nobody here knows is let in as it is told.
    let tail = set(Note::KIND, id("note"), Verb::Patch, "exam/tail/finding", Value::text("normal"), &made);
    story.desk.write(&doctor, vec![tail]);
    assert_eq!(story.fault().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snippet_is_its_owners_and_one_of_the_clinic_is_written_by_who_may_edit_templates() {
    let mut story = Story::begin().await;
    let (doctor, world) = (story.doctor.clone(), story.world.administrator.clone());
    let nurse = story.world.employ(&mut story.desk, "nurse", Role::Nurse);
    assert_eq!(story.fault().await, None);
    let snippet =
        |owner: Option<RecordId>| Snippet { owner, key: Some("walk".to_owned()), ..Snippet::default() };
    let role = Some(Fault::NotAllowed(NotAllowed::Role));
    let author = Some(Fault::NotAllowed(NotAllowed::Author));
    for (name, by, owner, fault) in [
        ("clinics", &nurse, None, &role),
        ("anothers", &nurse, Some(doctor.id), &author),
        ("own", &nurse, Some(nurse.id), &None),
        ("doctors", &doctor, None, &None),
        ("administrators", &world, None, &role),
    ] {
        story.desk.write(by, vec![step(id(name), Verb::Create, &snippet(owner), &[])]);
        assert_eq!(&story.fault().await, fault, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_is_published_by_a_signature_of_who_may_with_all_that_it_needs_and_ended_with_a_reason() {
    let mut story = Story::begin().await;
    let (lapsed, administrator) = (story.doctor.clone(), story.world.administrator.clone());
    let mut doctor = person("licensed", Role::Doctor, &administrator.key, Some(administrator.id));
    let licence = Licence { number: Some("8".to_owned()), ..Licence::default() };
    doctor.user.licences = Some(Entries([("1".to_owned(), licence)].into()));
    let hired = store::patch_of(&doctor.user);
    story.desk.write(&administrator, vec![patch_of(User::KIND, doctor.id, Verb::Create, hired, &[])]);
    assert_eq!(story.fault().await, None);
    let normal = SetSystem { place: Some(0), normal: None };
    let whole = NoteSet {
        status: Some(NoteSetStatus::Draft),
        name: Some("Sports".to_owned()),
        systems: Some(Entries([("skin".to_owned(), normal)].into())),
        ..NoteSet::default()
    };
    let status = |record: &str, verb, to: NoteSetStatus, base: &[OpId]| {
        set(NoteSet::KIND, id(record), verb, "status", Value::text(to.word()), base)
    };
    let publish = |record: &str, base: &[OpId]| status(record, Verb::Sign, NoteSetStatus::Published, base);
    let illegal = Some(Fault::IllegalMove("status".to_owned()));
    let lacks = |field: &str| Some(Fault::Lacking(field.to_owned()));
    for (record, lacking, field) in [
        ("nameless", NoteSet { name: None, ..whole.clone() }, "name"),
        ("empty", NoteSet { systems: None, ..whole.clone() }, "systems"),
    ] {
        let made = story.desk.write(&doctor, vec![step(id(record), Verb::Create, &lacking, &[])]);
        assert_eq!(story.fault().await, None);
        assert_eq!(story.settled_by(&doctor, publish(record, &made)).await, lacks(field));
    }
    let made = story.desk.write(&doctor, vec![step(id("set"), Verb::Create, &whole, &[])]);
    assert_eq!(story.fault().await, None);
    let unsigned = status("set", Verb::Patch, NoteSetStatus::Published, &made);
    assert_eq!(story.settled_by(&doctor, unsigned).await, illegal, "only a signature publishes");
    let bare = patch_of(NoteSet::KIND, id("set"), Verb::Sign, Default::default(), &made);
    assert_eq!(story.settled_by(&doctor, bare).await, illegal, "and it does nothing else");
    let role = Some(Fault::NotAllowed(NotAllowed::Role));
    assert_eq!(story.settled_by(&administrator, publish("set", &made)).await, role);
    let licence = Some(Fault::NotAllowed(NotAllowed::Licence));
    assert_eq!(story.settled_by(&lapsed, publish("set", &made)).await, licence);
    let published = story.desk.write(&doctor, vec![publish("set", &made)]);
    assert_eq!(story.fault().await, None);
    let renamed = set(NoteSet::KIND, id("set"), Verb::Patch, "name", Value::text("Athletes"), &published);
    assert_eq!(story.settled_by(&doctor, renamed).await, Some(Fault::Frozen));
    let ended = status("set", Verb::Patch, NoteSetStatus::Retired, &published);
    assert_eq!(story.settled_by(&doctor, ended).await, lacks("status_reason"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_is_signed_only_where_it_says_what_was_agreed_to_and_stands_then() {
    let mut story = Story::begin().await;
    let clerk = story.clerk.clone();
    let today = "2026-11-22".parse().unwrap();
    let whole = Patient::noticed(id("patient"), "2026-01".to_owned(), today);
    let signed = |base: &[OpId]| patch_of(Consent::KIND, id("notice"), Verb::Sign, Default::default(), base);
    let unsaid = Consent { text: None, ..whole.clone() };
    let made = story.desk.write(&clerk, vec![step(id("unsaid"), Verb::Create, &unsaid, &[])]);
    assert_eq!(story.fault().await, None);
    let sign = patch_of(Consent::KIND, id("unsaid"), Verb::Sign, Default::default(), &made);
    assert_eq!(story.settled(sign).await, Some(Fault::Lacking("text".to_owned())));
    let made = story.desk.write(&clerk, vec![step(id("notice"), Verb::Create, &whole, &[])]);
    assert_eq!(story.settled(signed(&made)).await, None);
    let taken = set(Consent::KIND, id("notice"), Verb::Patch, "answer", Value::text("refused"), &made);
    assert_eq!(story.settled(taken).await, Some(Fault::UnknownStep));
}

#[tokio::test(flavor = "multi_thread")]
async fn teeth_are_charted_and_treated_by_who_may_of_teeth_that_there_are_and_none_is_lost_unsaid() {
    let mut story = Story::begin().await;
    let nurse = story.world.employ(&mut story.desk, "nurse", Role::Nurse);
    assert_eq!(story.fault().await, None);
    let dentist = story.world.employ(&mut story.desk, "dentist", Role::Dentist);
    assert_eq!(story.fault().await, None);
    let (doctor, role) = (story.doctor.clone(), Some(Fault::NotAllowed(NotAllowed::Role)));
    let patient = Some(id("patient"));
    let wrong = |field: &str| Some(Fault::WrongType(field.to_owned()));
    let lacks = |field: &str| Some(Fault::Lacking(field.to_owned()));
    let exam = |teeth: &[&str]| ToothExam {
        patient,
        sound: Some(teeth.iter().map(|tooth| (*tooth).to_owned()).collect()),
        ..ToothExam::default()
    };
    for (name, by, exam, fault) in [
        ("doctors", &doctor, exam(&["36"]), &role),
        ("nineteen", &nurse, exam(&["36", "19"]), &wrong("sound")),
        ("twice", &nurse, exam(&["36", "36"]), &wrong("sound")),
        ("fallen", &nurse, ToothExam { shed: Some(vec!["36".to_owned()]), ..exam(&[]) }, &wrong("shed")),
        ("seen", &nurse, exam(&["36", "55"]), &None),
    ] {
        story.desk.write(by, vec![step(id(name), Verb::Create, &exam, &[])]);
        assert_eq!(&story.fault().await, fault, "{name}");
    }
    let on = "2026-11-22".parse().ok();
    let mark = |mark: Mark| ToothMark {
        patient,
        tooth: Some(Tooth::T36),
        on,
        mark: Some(mark),
        ..ToothMark::default()
    };
    let mut none = store::patch_of(&mark(Mark::Caries));
    none.insert("tooth".to_owned(), Value::text("19"));
    story.desk.write(&nurse, vec![patch_of(ToothMark::KIND, id("none"), Verb::Create, none, &[])]);
    assert_eq!(story.fault().await, wrong("tooth"));
    for (name, mark, fault) in [
        ("crown", mark(Mark::Crown), lacks("for_caries")),
        ("grade", ToothMark { grade: Some(9), ..mark(Mark::Fluorosis) }, wrong("grade")),
        ("caries", mark(Mark::Caries), None),
    ] {
        story.desk.write(&nurse, vec![step(id(name), Verb::Create, &mark, &[])]);
        assert_eq!(story.fault().await, fault, "{name}");
    }
    let treated = Treated { tooth: Some(Tooth::T36), surfaces: None };
    let planned = Procedure {
        patient,
        treatment: Some(Treatment::Extraction),
        teeth: Some(Entries([("36".to_owned(), treated)].into())),
        for_caries: Some(true),
        status: Some(ProcedureStatus::Planned),
        ..Procedure::default()
    };
    story.desk.write(&nurse, vec![step(id("nurses"), Verb::Create, &planned, &[])]);
    assert_eq!(story.fault().await, role, "a nurse charts and plans nothing");
    let made = story.desk.write(&dentist, vec![step(id("planned"), Verb::Create, &planned, &[])]);
    assert_eq!(story.fault().await, None);
    let clerk = story.clerk.clone();
    let agree = |to: &str| {
        let said = [("agreed_as", "patient"), ("agreed_treatment", to)];
        let said = said.map(|(path, value)| (path.to_owned(), Value::text(value)));
        let teeth = ("agreed_teeth".to_owned(), Value::List(vec![Value::text("36")]));
        said.into_iter().chain([teeth]).collect()
    };
    let change = |patch, base: &[OpId]| patch_of(Procedure::KIND, id("planned"), Verb::Patch, patch, base);
    let done = |says: &[(&str, &str)], base: &[OpId]| {
        let all = says.iter().chain(&[("status", "done")]);
        change(all.map(|(path, value)| ((*path).to_owned(), Value::text(*value))).collect(), base)
    };
    let whole = [("said", "36"), ("xray", "none")];
    assert_eq!(story.settled_by(&dentist, done(&whole, &made)).await, lacks("agreed_as"), "nobody agreed");
    let mut base = made.clone();
    base.extend(story.desk.write(&clerk, vec![change(agree("filling"), &made)]));
    assert_eq!(story.fault().await, None);
    let fault = story.settled_by(&dentist, done(&whole, &base)).await;
    assert_eq!(fault, lacks("agreed_as"), "to a filling alone");
    base.extend(story.desk.write(&clerk, vec![change(agree("extraction"), &base)]));
    assert_eq!(story.fault().await, None);
    for (says, by, fault) in [
        (&[][..], &dentist, lacks("said")),
        (&[("said", "37"), ("xray", "yes")][..], &dentist, lacks("said")),
        (&[("said", "36")][..], &dentist, lacks("xray")),
        (&whole[..], &nurse, role.clone()),
    ] {
        assert_eq!(story.settled_by(by, done(says, &base)).await, fault, "{says:?}");
    }
    base.extend(story.desk.write(&dentist, vec![done(&whole, &base)]));
    assert_eq!(story.fault().await, None);
    let over = Some(Fault::IllegalMove("status".to_owned()));
    for (path, value) in [("treatment", "filling"), ("text", "another"), ("agreed_by", "somebody")] {
        let later = change([(path.to_owned(), Value::text(value))].into(), &base);
        assert_eq!(story.settled_by(&dentist, later).await, over, "{path} of what is done");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_done_to_a_minor_but_what_their_guardian_agreed_to() {
    let mut story = Story::begin().await;
    let dentist = story.world.employ(&mut story.desk, "dentist", Role::Dentist);
    let clerk = story.clerk.clone();
    let lacks = Some(Fault::Lacking("agreed_as".to_owned()));
    for (child, born, treatment, by, fault) in [
        ("eight", "2018-05-19", Treatment::Extraction, "patient", &lacks),
        ("nine", "2017-05-19", Treatment::Filling, "patient", &lacks),
        ("ten", "2016-05-19", Treatment::Extraction, "guardian", &None),
        ("grown", "1990-05-19", Treatment::Extraction, "patient", &None),
    ] {
        let of = Patient { birth_date: born.parse().ok(), ..Patient::default() };
        story.desk.write(&clerk, vec![step(id(child), Verb::Create, &of, &[])]);
        let treated = Treated { tooth: Some(Tooth::T55), surfaces: "O".parse().ok() };
        let planned = Procedure {
            patient: Some(id(child)),
            treatment: Some(treatment),
            teeth: Some(Entries([("55".to_owned(), treated)].into())),
            for_caries: Some(true),
            status: Some(ProcedureStatus::Planned),
            ..Procedure::default()
        };
        let name = format!("{child} planned");
        let mut base = story.desk.write(&dentist, vec![step(id(&name), Verb::Create, &planned, &[])]);
        let says = |says: &[(&str, Value)], base: &[OpId]| {
            let patch = says.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect();
            patch_of(Procedure::KIND, id(&name), Verb::Patch, patch, base)
        };
        let teeth = Value::List(vec![Value::text("55")]);
        let agreed = [("agreed_as", Value::text(by)), ("agreed_teeth", teeth)];
        base.extend(story.desk.write(&clerk, vec![says(&agreed, &base)]));
        assert_eq!(story.fault().await, None, "{child}");
        let done = [("status", "done"), ("said", "55"), ("xray", "none")]
            .map(|(path, value)| (path, Value::text(value)));
        assert_eq!(&story.settled_by(&dentist, says(&done, &base)).await, fault, "{child}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_is_judged_by_the_day_of_the_logs_clock_which_nobody_turns_back() {
    let mut story = Story::begin().await;
    let doctor = story.doctor.clone();
    let draft = Certificate { status: Some(CertificateStatus::Draft), ..Certificate::default() };
    let made = story.desk.write(&story.clerk.clone(), vec![step(id("paper"), Verb::Create, &draft, &[])]);
    let moves = |status: &str, base: &[OpId]| {
        let draft = set(Certificate::KIND, id("paper"), Verb::Patch, "status", Value::text(status), base);
        Draft { reason: Some("unreadable".to_owned()), ..draft }
    };
    let submitted = story.desk.write(&story.clerk.clone(), vec![moves("submitted", &made)]);
    assert_eq!(story.fault().await, None);
    let lapsed = Some(Fault::NotAllowed(NotAllowed::Licence));
    let returns = moves("returned", &submitted);
    for (wall, fault) in [
        ("2026-11-22T09:00:00+01:00", &lapsed),
        ("2026-11-21T09:30:00+01:00", &lapsed),
        ("2026-11-20T09:00:00+01:00", &Some(Fault::Clock)),
        ("2027-11-22T09:00:00+01:00", &Some(Fault::Clock)),
    ] {
        story.desk.wall = wall.to_owned();
        story.desk.write(&doctor, vec![returns.clone()]);
        assert_eq!(&story.fault().await, fault, "{wall}");
    }
    // The log's own clock with it: what came before in the log, and what was seen, is later.
    story.desk.wall = "2026-11-20T09:00:00+01:00".to_owned();
    story.desk.now -= 2 * 86_400_000;
    story.desk.last = Hlc::default();
    story.desk.write(&doctor, vec![returns]);
    assert_eq!(story.fault().await, Some(Fault::Clock));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_while_the_servers_clock_ran_ahead_too_binds_nobody_once_it_is_right() {
    const AHEAD: u64 = 3650 * 86_400_000;
    let mut story = Story::begin().await;
    let doctor = story.doctor.clone();
    let mut second = story.world.join("second", story.world.ids.site).await;
    let (now, wall) = (story.desk.now, story.desk.wall.clone());
    story.world.pass(AHEAD);
    (story.desk.now, story.desk.wall) = (now + AHEAD, "2036-11-19T09:00:00+01:00".to_owned());
    let allergy = Allergy { patient: Some(id("patient")), ..Allergy::default() };
    let made = story.desk.write(&doctor, vec![step(id("held"), Verb::Create, &allergy, &[])]);
    assert_eq!(story.fault().await, None);
    // Both are set right.
    story.world.pass(AHEAD.wrapping_neg());
    (story.desk.now, story.desk.wall, story.desk.last) = (now + 1000, wall, Hlc::default());
    second.sync(&story.world).await;
    second.last = Hlc::default();
    let says = |name: &str, base: &[OpId]| {
        set(Allergy::KIND, id("held"), Verb::Patch, "substance", Value::text(name), base)
    };
    let edited = second.write(&doctor, vec![says("Penicillin", &made)]);
    let answer = second.sync(&story.world).await;
    assert_eq!(answer.verdicts.last().unwrap().fault, None, "an edit of it elsewhere");
    story.desk.write(&doctor, vec![says("Amoxicillin", &[&made[..], &edited].concat())]);
    assert_eq!(story.fault().await, None, "the log itself goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_a_pack_of_codes_in_confirms_its_licence_themselves() {
    let mut story = Story::begin().await;
    let (administrator, doctor) = (story.world.administrator.clone(), story.doctor.clone());
    let pack = |by: Option<RecordId>, licence: Option<&str>| CodePack {
        system: Some("urn:own".to_owned()),
        licence: licence.map(ToOwned::to_owned),
        confirmed_by: by,
        active: Some(true),
        ..CodePack::default()
    };
    let mut tried = async |name: &str, by: &Person, pack: &CodePack| {
        story.desk.write(by, vec![step(id(name), Verb::Create, pack, &[])]);
        story.fault().await
    };
    let not_allowed = |why| Some(Fault::NotAllowed(why));
    let own = Some(administrator.id);
    let others = tried("others", &administrator, &pack(Some(doctor.id), Some("ours"))).await;
    assert_eq!(others, not_allowed(NotAllowed::Author));
    assert_eq!(
        tried("nobodys", &administrator, &pack(None, Some("ours"))).await,
        not_allowed(NotAllowed::Author)
    );
    assert_eq!(tried("without", &administrator, &pack(own, None)).await, Some(Fault::Empty));
    assert_eq!(tried("blank", &administrator, &pack(own, Some("  "))).await, Some(Fault::Empty));
    let doctors = tried("doctors", &doctor, &pack(Some(doctor.id), Some("ours"))).await;
    assert_eq!(doctors, not_allowed(NotAllowed::Role));
    assert_eq!(tried("right", &administrator, &pack(own, Some("ours"))).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_run_the_queue_gives_and_calls_no_ticket_at_the_server_either() {
    let mut story = Story::begin().await;
    let by = story.world.administrator.clone();
    let ticket = Ticket { status: Some(TicketStatus::Waiting), ..Ticket::default() };
    let call = Call { ticket: Some(id("ticket")), to: Some("Room 1".to_owned()), ..Call::default() };
    let refused = Some(Fault::NotAllowed(NotAllowed::Role));
    story.desk.write(&by, vec![step(id("theirs"), Verb::Create, &ticket, &[])]);
    assert_eq!(story.fault().await, refused);
    story.desk.write(&by, vec![step(id("their call"), Verb::Create, &call, &[])]);
    assert_eq!(story.fault().await, refused);
    let given = step(id("ticket"), Verb::Create, &ticket, &[]);
    assert_eq!(story.settled(given).await, None);
    assert_eq!(story.settled(step(id("call"), Verb::Create, &call, &[])).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_says_where_its_bytes_are_and_keeps_to_it_and_only_who_may_withdraws_it() {
    let mut story = Story::begin().await;
    let (clerk, doctor) = (story.clerk.clone(), story.doctor.clone());
    let of = |media_type: &str| {
        let sha256 = Hex::of(&[7; 32]);
        let file = BlobRef { sha256, size: 20_000, media_type: media_type.to_owned() };
        Attachment {
            patient: Some(id("patient")),
            file: Some(file),
            came_by: Some(CameBy::Scan),
            sort: Some(FileSort::Identity),
            title: Some("Student card".to_owned()),
            ..Attachment::default()
        }
    };
    let card = of("image/jpeg");
    let made = story.desk.write(&clerk, vec![step(id("card"), Verb::Create, &card, &[])]);
    assert_eq!(story.fault().await, None, "whoever is at the front desk files");
    let withdrawn = patch_of(Attachment::KIND, id("card"), Verb::Void, Default::default(), &made);
    let withdrawn = Draft { reason: Some("another's".to_owned()), ..withdrawn };
    let by_role = Some(Fault::NotAllowed(NotAllowed::Role));
    assert_eq!(story.settled_by(&clerk, withdrawn.clone()).await, by_role);
    let other = store::patch_of(&of("image/png"))["file"].clone();
    let changed = set(Attachment::KIND, id("card"), Verb::Patch, "file", other, &made);
    assert_eq!(story.settled_by(&doctor, changed).await, Some(Fault::Fixed("file".to_owned())));
    let program = step(id("program"), Verb::Create, &of("application/x-msdownload"), &[]);
    assert_eq!(story.settled_by(&clerk, program).await, Some(Fault::WrongType("file".to_owned())));
    let bare = step(id("bare"), Verb::Create, &Attachment { file: None, ..card }, &[]);
    assert_eq!(story.settled_by(&clerk, bare).await, Some(Fault::Lacking("file".to_owned())));
    assert_eq!(story.settled_by(&doctor, withdrawn).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_filled_and_signed_by_the_roles_that_it_names_and_holds_only_answers_that_can_be() {
    let mut story = Story::begin().await;
    let nurse = story.world.employ(&mut story.desk, "nurse", Role::Nurse);
    assert_eq!(story.fault().await, None);
    let dentist = story.world.employ(&mut story.desk, "dentist", Role::Dentist);
    assert_eq!(story.fault().await, None);
    let optometrist = story.world.employ(&mut story.desk, "optometrist", Role::Optometrist);
    assert_eq!(story.fault().await, None);
    let role = Some(Fault::NotAllowed(NotAllowed::Role));
    let form = |form: &str, path: &str, number: &str| {
        let given = Given { v: Some(Answer { n: number.parse().ok(), ..Answer::default() }) };
        Filled {
            patient: Some(id("patient")),
            form: Some(form.to_owned()),
            at: "2026-11-22T09:38:00+08:00".parse().ok(),
            answers: Some(Entries([(path.to_owned(), given)].into())),
            ..Filled::default()
        }
    };
    let wrong = |path: &str| Some(Fault::WrongType(path.to_owned()));
    let unknown = |path: &str| Some(Fault::UnknownField(path.to_owned()));
    let lacks = |path: &str| Some(Fault::Lacking(path.to_owned()));
    let disc = "eye.disc@1";
    for (name, by, filled, fault) in [
        ("dentists", &dentist, form(disc, "cd_v:R", "0.5"), role.clone()),
        (
            "later",
            &nurse,
            form("eye.disc@9", "cd_v:R", "0.5"),
            Some(Fault::UnknownKind("eye.disc@9".to_owned())),
        ),
        ("too-much", &nurse, form(disc, "cd_v:R", "1.2"), wrong("cd_v:R")),
        ("off-step", &nurse, form(disc, "cd_v:R", "0.33"), wrong("cd_v:R")),
        ("no-item", &nurse, form(disc, "iop:R", "16"), unknown("answers/iop:R/v")),
        ("no-side", &nurse, form(disc, "cd_v", "0.5"), unknown("answers/cd_v/v")),
        // A critical item stands among the critical ones alone.
        ("wrong-room", &nurse, form("eye.pressure@1", "target:R", "16"), unknown("answers/target:R/v")),
        ("no-time", &nurse, Filled { at: None, ..form(disc, "cd_v:R", "0.5") }, lacks("at")),
    ] {
        story.desk.write(by, vec![step(id(name), Verb::Create, &filled, &[])]);
        assert_eq!(story.fault().await, fault, "{name}");
    }
    let made =
        story.desk.write(&nurse, vec![step(id("disc"), Verb::Create, &form(disc, "cd_v:R", "0.5"), &[])]);
    assert_eq!(story.fault().await, None);
    let sign = |base: &[OpId]| patch_of(Filled::KIND, id("disc"), Verb::Sign, Default::default(), base);
    assert_eq!(story.settled_by(&nurse, sign(&made)).await, role, "a nurse fills and signs nothing");
    assert_eq!(story.settled_by(&optometrist, sign(&made)).await, lacks("cd_v:L"));
    let left = Answer { n: "0.4".parse().ok(), ..Answer::default() };
    let left = set(Filled::KIND, id("disc"), Verb::Patch, "answers/cd_v:L/v", left.value(), &made);
    let whole = story.desk.write(&nurse, vec![left]);
    assert_eq!(story.fault().await, None);
    assert_eq!(story.settled_by(&optometrist, sign(&whole)).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_is_let_in_from_the_roles_that_it_names_and_from_no_other() {
    let mut story = Story::begin().await;
    let clinical =
        [Role::Doctor, Role::Dentist, Role::Nurse, Role::FrontDesk, Role::Optometrist, Role::Pharmacist];
    let people = clinical.map(|role| {
        let by = story.world.employ(&mut story.desk, &format!("another {}", role.word()), role);
        (role, by)
    });
    for spec in domain::forms::specs() {
        let form = Filled {
            patient: Some(id("patient")),
            form: Some(spec.form()),
            at: "2026-11-20T09:00:00+08:00".parse().ok(),
            ..Filled::default()
        };
        for (role, by) in &people {
            let name = format!("{} {}", spec.form(), role.word());
            story.desk.write(by, vec![step(id(&name), Verb::Create, &form, &[])]);
            let fault = Some(Fault::NotAllowed(NotAllowed::Role)).filter(|_| !spec.fill.contains(role));
            assert_eq!(story.fault().await, fault, "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_only_a_newer_program_knows_is_let_in_from_that_program_alone() {
    let mut story = Story::begin().await;
    let nurse = story.world.employ(&mut story.desk, "nurse", Role::Nurse);
    assert_eq!(story.fault().await, None);
    let given = Given { v: Some(Answer { n: "16".parse().ok(), ..Answer::default() }) };
    let form = Filled {
        patient: Some(id("patient")),
        form: Some("eye.pressure@9".to_owned()),
        at: "2026-11-20T09:00:00+08:00".parse().ok(),
        answers: Some(Entries(
            [("iop:R:a".to_owned(), given.clone()), ("later:T36".to_owned(), given)].into(),
        )),
        ..Filled::default()
    };
    let refused = step(id("ours"), Verb::Create, &form, &[]);
    let unknown = Some(Fault::UnknownKind("eye.pressure@9".to_owned()));
    assert_eq!(
        story.settled_by(&nurse, refused).await,
        unknown,
        "of this version of the declarations there is none"
    );
    story.desk.write(&nurse, vec![step(id("theirs"), Verb::Create, &form, &[])]);
    let scope = story.desk.site_scope;
    story.desk.written_by(domain::kinds::SCHEMA + 1, &nurse, scope);
    assert_eq!(story.fault().await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_to_a_form_names_a_signed_one_of_the_same_person_by_who_may_sign_it() {
    let mut story = Story::begin().await;
    let optometrist = story.world.employ(&mut story.desk, "optometrist", Role::Optometrist);
    let nurse = story.world.employ(&mut story.desk, "nurse", Role::Nurse);
    let form = || Some("eye.disc@1".to_owned());
    let number = |number: &str| Answer { n: number.parse().ok(), ..Answer::default() };
    let answers = |said: &[(&str, &str)]| {
        let given = said.iter().map(|(path, value)| ((*path).to_owned(), Given { v: Some(number(value)) }));
        Some(Entries(given.collect()))
    };
    let disc = Filled {
        patient: Some(id("patient")),
        form: form(),
        at: "2026-11-20T09:00:00+08:00".parse().ok(),
        answers: answers(&[("cd_v:R", "0.3"), ("cd_v:L", "0.3")]),
        ..Filled::default()
    };
    story.desk.write(&nurse, vec![step(id("open"), Verb::Create, &disc, &[])]);
    let made = story.desk.write(&nurse, vec![step(id("signed"), Verb::Create, &disc, &[])]);
    let sign = patch_of(Filled::KIND, id("signed"), Verb::Sign, Default::default(), &made);
    story.desk.write(&optometrist, vec![sign]);
    assert_eq!(story.fault().await, None);
    let whole = Addendum {
        patient: Some(id("patient")),
        document: Some(id("signed")),
        form: form(),
        reason: Some("a slip".to_owned()),
        answers: answers(&[("cd_v:R", "0.4")]),
        ..Addendum::default()
    };
    let role = Some(Fault::NotAllowed(NotAllowed::Role));
    let wrong = |field: &str| Some(Fault::WrongType(field.to_owned()));
    let cases = [
        ("by a nurse", &nurse, whole.clone(), role.clone()),
        (
            "to an open one",
            &optometrist,
            Addendum { document: Some(id("open")), ..whole.clone() },
            Some(Fault::IllegalMove("document".to_owned())),
        ),
        (
            "to none",
            &optometrist,
            Addendum { document: Some(id("nowhere")), ..whole.clone() },
            Some(Fault::NoRecord),
        ),
        (
            "of another person",
            &optometrist,
            Addendum { patient: Some(id("other")), ..whole.clone() },
            wrong("patient"),
        ),
        (
            "by another form",
            &optometrist,
            Addendum { form: Some("eye.fundus@1".to_owned()), ..whole.clone() },
            wrong("form"),
        ),
        ("to a note too", &optometrist, Addendum { note: Some(id("note")), ..whole.clone() }, wrong("note")),
        (
            "without a reason",
            &optometrist,
            Addendum { reason: None, ..whole.clone() },
            Some(Fault::Lacking("reason".to_owned())),
        ),
        (
            "that says nothing",
            &optometrist,
            Addendum { answers: None, ..whole.clone() },
            Some(Fault::Lacking("text".to_owned())),
        ),
        (
            "that cannot be",
            &optometrist,
            Addendum { answers: answers(&[("cd_v:R", "1.2")]), ..whole.clone() },
            wrong("cd_v:R"),
        ),
        (
            "elsewhere",
            &optometrist,
            Addendum { answers: answers(&[("pulse:R", "72")]), ..whole.clone() },
            Some(Fault::UnknownField("answers/pulse:R/v".to_owned())),
        ),
        ("rightly", &optometrist, whole.clone(), None),
    ];
    for (name, by, addendum, fault) in cases {
        story.desk.write(by, vec![step(id(name), Verb::Append, &addendum, &[])]);
        assert_eq!(story.fault().await, fault, "{name}");
    }
    // Whoever says that their program is newer keeps the rules of a form that is known.
    for (name, form, fault) in [
        ("newer", "eye.disc@1", role.clone()),
        ("newer, by a form that nobody knows", "eye.disc@9", wrong("form")),
    ] {
        let addendum = Addendum { form: Some(form.to_owned()), ..whole.clone() };
        let scope = story.desk.site_scope;
        story.desk.write(&nurse, vec![step(id(name), Verb::Append, &addendum, &[])]);
        story.desk.written_by(domain::kinds::SCHEMA + 1, &nurse, scope);
        assert_eq!(story.fault().await, fault, "{name}");
    }
    let clerk = story.clerk.clone();
    let blind = set(Filled::KIND, id("open"), Verb::Patch, "answers/cd_v:R/v", Value::Null, &[]);
    let scope = story.desk.site_scope;
    story.desk.write(&clerk, vec![blind]);
    story.desk.written_by(domain::kinds::SCHEMA + 1, &clerk, scope);
    assert_eq!(story.fault().await, role, "who saw nothing of it");
    let made = story.desk.write(&optometrist, vec![step(id("withdrawn"), Verb::Append, &whole, &[])]);
    let void = || {
        let void = patch_of(Addendum::KIND, id("withdrawn"), Verb::Void, Default::default(), &made);
        Draft { reason: Some("another person's".to_owned()), ..void }
    };
    assert_eq!(story.settled_by(&nurse, void()).await, role);
    assert_eq!(story.settled_by(&optometrist, void()).await, None);
}
