//! Whoever tampers with the trail is found, and what they touched is named.

use crypto::audit::AuditEntry;
use crypto::testing::TestEntropy;
use crypto::{Frontier, Head, Signed, random};
use domain::wire::Message;
use domain::{Digest, Hlc};
use rusqlite::{Connection, params};
use store::Tampered;

use crate::clinic::Clinic;

const ENTRIES: i64 = 45;
/// A head is signed over so many; the entries after the last one hang on the log's own frontier.
const HEADS: i64 = 10;
const LAST_HEAD: i64 = 40;

struct Trail {
    clinic: Clinic,
    intruder: Connection,
    /// The last head, as it is kept outside the store.
    outside: (u64, Digest),
}

impl Trail {
    fn new() -> Self {
        let mut clinic = Clinic::found();
        let mut outside = (0, Digest::default());
        for number in 1..=ENTRIES {
            clinic.note(&format!("act {number}"));
            if number % HEADS == 0 {
                let (hlc, signs) = (Hlc::at(clinic.tick()), clinic.signs.clone());
                let head = clinic.act(|act, _| act.sign_audit(&signs, hlc).unwrap());
                let head = Signed::<Head>::from_bytes(&head).unwrap().open(signs.public()).unwrap();
                outside = (head.size, head.root);
            }
        }
        let intruder = clinic.intruder();
        let triggers = ["audit_insert", "audit_update", "audit_delete"];
        triggers
            .iter()
            .for_each(|trigger| intruder.execute_batch(&format!("drop trigger {trigger}")).unwrap());
        for table in ["audit", "audit_head", "audit_log"] {
            intruder
                .execute_batch(&format!("create temp table true_{table} as select * from {table}"))
                .unwrap();
        }
        Self { clinic, intruder, outside }
    }

    fn restore(&self) {
        for table in ["audit", "audit_head", "audit_log"] {
            let sql =
                format!("delete from main.{table}; insert into main.{table} select * from true_{table}");
            self.intruder.execute_batch(&sql).unwrap();
        }
    }

    fn verify(&mut self) -> Result<(u64, u64), Tampered> {
        let (public, outside) = (*self.clinic.signs.public(), self.outside);
        self.clinic.act(|act, _| act.verify_audit(&public, Some(outside)).unwrap())
    }

    fn entry(&self, seq: i64) -> Vec<u8> {
        self.intruder.query_row("select entry from audit where seq = ?1", [seq], |row| row.get(0)).unwrap()
    }

    fn set(&self, seq: i64, column: &str, value: &dyn rusqlite::ToSql) {
        self.intruder
            .execute(&format!("update audit set {column} = ?2 where seq = ?1"), params![seq, value])
            .unwrap();
    }

    /// Writes the log's frontier as somebody would who knows how it is made.
    fn set_frontier(&self) {
        let mut log = Frontier::default();
        let mut entries = self.intruder.prepare("select entry from audit order by seq").unwrap();
        let entries = entries.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        entries.for_each(|entry| log.append(&entry.unwrap()));
        let update = "update audit_log set size = ?1, frontier = ?2";
        self.intruder.execute(update, params![log.size().cast_signed(), log.to_bytes()]).unwrap();
    }
}

fn at(seq: i64) -> u64 {
    seq.unsigned_abs()
}

/// The heads between which an entry stands.
fn between(seq: i64) -> Tampered {
    let from = (seq - 1) / HEADS * HEADS;
    Tampered::Between { from: at(from), to: at((from + HEADS).min(ENTRIES)) }
}

/// One act of tampering and what has to be said of it.
fn tamper(trail: &Trail, kind: u8, chance: &mut TestEntropy) -> Vec<Tampered> {
    let mut pick = |end: i64| i64::from_be_bytes(random(chance)).rem_euclid(end) + 1;
    let seq = pick(ENTRIES);
    match kind {
        // Removed.
        0 => {
            trail.intruder.execute("delete from audit where seq = ?1", [seq]).unwrap();
            vec![if seq == ENTRIES { Tampered::Short(at(ENTRIES - 1)) } else { Tampered::Entry(at(seq)) }]
        }
        // A column that says something else than the entry.
        1 => {
            let columns = ["user", "action", "object", "patient", "outcome", "hlc"];
            let column = columns[usize::try_from(pick(6) - 1).unwrap()];
            let id = [7_u8; 16];
            let value: &dyn rusqlite::ToSql = match column {
                "hlc" => &7_i64,
                "action" | "outcome" => &"other",
                _ => &id,
            };
            trail.set(seq, column, value);
            vec![Tampered::Changed(at(seq))]
        }
        // A byte of the entry itself: it reads no more, or as another, or as itself under another digest.
        2 => {
            let mut bytes = trail.entry(seq);
            let place = usize::try_from(pick(i64::try_from(bytes.len()).unwrap()) - 1).unwrap();
            bytes[place] ^= 1 << (pick(8) - 1);
            trail.set(seq, "entry", &bytes);
            vec![
                Tampered::Entry(at(seq)),
                Tampered::Entry(at(seq) + 1),
                Tampered::Changed(at(seq)),
                Tampered::Detail(at(seq)),
                between(seq),
            ]
        }
        // Two entries exchanged.
        3 => {
            let other = if seq == ENTRIES { 1 } else { seq + pick(ENTRIES - seq) };
            let swap = "update audit set seq = case seq when ?1 then -?2 else -?1 end where seq in (?1, ?2)";
            trail.intruder.execute(swap, [seq, other]).unwrap();
            trail.intruder.execute("update audit set seq = -seq where seq < 0", []).unwrap();
            vec![Tampered::Entry(at(seq.min(other)))]
        }
        // Cut off, with a frontier that fits, and with the heads beyond or without.
        4 | 5 => {
            let left = pick(LAST_HEAD - 1);
            trail.intruder.execute("delete from audit where seq > ?1", [left]).unwrap();
            if kind == 5 {
                trail.intruder.execute("delete from audit_head where size > ?1", [left]).unwrap();
            }
            trail.set_frontier();
            vec![Tampered::Short(at(left))]
        }
        // The detail beside an entry.
        6 => {
            trail.set(seq, "detail", &[1_u8, 2, 3].as_slice());
            vec![Tampered::Detail(at(seq))]
        }
        // Rewritten by somebody who knows every format and has every key but the workstation's.
        7 => {
            let seq = pick(LAST_HEAD);
            let mut entry = AuditEntry::from_bytes(&trail.entry(seq)).unwrap();
            "innocent".clone_into(&mut entry.action);
            trail.set(seq, "entry", &entry.to_bytes());
            trail.set(seq, "action", &"innocent");
            trail.set_frontier();
            vec![between(seq)]
        }
        // An entry that nobody wrote.
        8 => {
            let mut entry = AuditEntry::from_bytes(&trail.entry(ENTRIES)).unwrap();
            (entry.seq, entry.hlc) = (at(ENTRIES) + 1, Hlc::tick(entry.hlc, 0));
            trail.intruder.execute_batch("insert into audit select seq + 1, entry, hlc, user, action, object, patient, outcome, detail from audit order by seq desc limit 1").unwrap();
            trail.set(ENTRIES + 1, "entry", &entry.to_bytes());
            vec![Tampered::Entry(at(ENTRIES) + 1), Tampered::Changed(at(ENTRIES) + 1)]
        }
        // A head that was not signed here.
        _ => {
            let size = pick(LAST_HEAD / HEADS) * HEADS;
            let other = "update audit_head set bytes = (select bytes from true_audit_head where size <> ?1 order by random() limit 1) where size = ?1";
            trail.intruder.execute(other, [size]).unwrap();
            vec![Tampered::Head(at(size))]
        }
    }
}

#[test]
fn a_thousand_tamperings_are_each_found_and_named() {
    let mut trail = Trail::new();
    let mut chance = TestEntropy::new(11);
    assert_eq!(trail.verify(), Ok((at(ENTRIES), at(LAST_HEAD / HEADS))));
    for round in 0..1000_u32 {
        let kind = u8::try_from(round % 10).unwrap();
        let named = tamper(&trail, kind, &mut chance);
        let found = trail.verify();
        assert!(
            found.as_ref().is_err_and(|found| named.contains(found)),
            "{round}: {found:?} is none of {named:?}"
        );
        trail.restore();
    }
    assert!(trail.verify().is_ok());
}

#[test]
fn an_erased_detail_leaves_the_trail_whole() {
    let mut trail = Trail::new();
    trail.set(7, "detail", &rusqlite::types::Null);
    assert!(trail.verify().is_ok());
}

#[test]
fn without_the_head_outside_a_trail_cut_at_a_head_looks_whole() {
    // Why a head is kept outside the store at all.
    let mut trail = Trail::new();
    trail
        .intruder
        .execute_batch("delete from audit where seq > 20; delete from audit_head where size > 20")
        .unwrap();
    trail.set_frontier();
    let public = *trail.clinic.signs.public();
    let alone = trail.clinic.act(|act, _| act.verify_audit(&public, None).unwrap());
    assert_eq!(alone, Ok((20, 2)));
    assert_eq!(trail.verify(), Err(Tampered::Short(20)));
}

#[test]
fn a_server_is_believed_about_the_trail_as_far_as_it_was_told() {
    let mut clinic = Clinic::found();
    ["one", "two", "three"].into_iter().for_each(|action| clinic.note(action));
    let key = clinic.signs.clone();
    let (clinic_id, incarnation) = (domain::ClinicId::derived(b"c"), domain::Incarnation::derived(b"i"));
    let signer = store::Signer { clinic: clinic_id, incarnation, key: &key, now: 1_795_314_670_000 };
    let next = clinic.act(|act, _| {
        act.acknowledge_audit(9, 2).unwrap();
        act.unsent_audit(&signer, 9, 1 << 20).unwrap().map(|push| push.from)
    });
    assert_eq!(next, Some(3), "the third was never sent");
}
