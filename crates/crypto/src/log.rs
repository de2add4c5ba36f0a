//! Ops as bytes: written with their digests and signatures, and checked when they come from elsewhere.
//!
//! A header names its transaction and its body by digest; the Merkle log hashes the header. An op
//! whose verb its kind wants signed by its author also carries that signature over the header's bytes.

use std::collections::{BTreeMap, BTreeSet};

use domain::admit::Entry;
use domain::op::{Body, FORMAT, Header, Op, Repeated, Transaction};
use domain::record::Verb;
use domain::wire::{Bytes, Malformed, Message};
use domain::{
    ClinicId, Digest, Hlc, Incarnation, OpId, RecordId, Scope, SessionId, Value, cbor, kinds, wire,
};

use crate::digest::sha256;
use crate::entropy::{Entropy, random};
use crate::keys::{NotGenuine, SigningKey};
use crate::signed::{sign_as, verify_as};

/// The sort of message that an author signs, as [`crate::Signs::SORT`].
pub const SORT: &str = "clinicdesk/op/1";

/// A step that somebody takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The record's kind.
    pub kind: String,
    /// The record.
    pub record: RecordId,
    /// The patient whom it concerns.
    pub patient: Option<RecordId>,
    /// The step.
    pub verb: Verb,
    /// The fields that change, by path.
    pub patch: BTreeMap<String, Value>,
    /// By path, the ops whose values they saw.
    pub base: BTreeMap<String, Vec<OpId>>,
    /// Why, in their words.
    pub reason: Option<String>,
}

/// Who takes the steps, where and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The clinic.
    pub clinic: ClinicId,
    /// The workstation's incarnation.
    pub incarnation: Incarnation,
    /// The scope that the steps belong to.
    pub scope: Scope,
    /// The person.
    pub author: RecordId,
    /// Their session.
    pub session: SessionId,
    /// The site of the workstation.
    pub site: RecordId,
    /// Wall time with offset, RFC 3339.
    pub wall: String,
    /// The program's version.
    pub app: String,
    /// What the steps repeat.
    pub repeats: Option<Repeated>,
}

/// Where the log stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// The sequence number of the first op, from 1.
    pub seq: u64,
    /// The last stamp given or seen here.
    pub last: Hlc,
    /// Milliseconds since 1970.
    pub now: u64,
}

wire! {
    /// An op as it is kept and sent.
    pub struct OpBytes {
        /// The header's bytes: the leaf of the Merkle log.
        header: Bytes,
        /// The body's bytes; none after erasure.
        body: Option<Bytes>,
        /// The author's own signature over the header's bytes.
        signature: Option<[u8; 64]>,
    }
}

wire! {
    /// A transaction as it is kept and sent.
    pub struct EntryBytes {
        /// The transaction's bytes.
        transaction: Bytes,
        /// Its ops in order.
        ops: Vec<OpBytes>,
    }
}

impl EntryBytes {
    /// The one form in which it is sent: an entry whose headers leave out the digests that follow from what stands beside
    /// them, `tx` and, where the body is there, `body`.
    #[must_use]
    pub fn to_sent(&self) -> Vec<u8> {
        let tx = sha256(&[&self.transaction.0]);
        let lean = |op: &OpBytes| {
            let Ok(Value::Map(mut header)) = cbor::decode(&op.header.0) else { return op.clone() };
            leave_out(&mut header, TX, &tx);
            if let Some(body) = &op.body {
                leave_out(&mut header, BODY, &sha256(&[&body.0]));
            }
            OpBytes { header: Bytes(cbor::encode(&Value::Map(header))), ..op.clone() }
        };
        Self { transaction: self.transaction.clone(), ops: self.ops.iter().map(lean).collect() }.to_bytes()
    }

    /// The entry that was sent in these bytes.
    ///
    /// # Errors
    /// [`Malformed`] when they are not the one form of an entry.
    pub fn from_sent(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut entry = Self::from_bytes(bytes)?;
        if entry.to_bytes() != bytes {
            return Err(Malformed::Member("entry"));
        }
        let tx = sha256(&[&entry.transaction.0]);
        for op in &mut entry.ops {
            let Value::Map(mut header) = cbor::decode(&op.header.0)? else {
                return Err(Malformed::Member("header"));
            };
            fill_in(&mut header, TX, &tx)?;
            if let Some(body) = &op.body {
                fill_in(&mut header, BODY, &sha256(&[&body.0]))?;
            }
            op.header = Bytes(cbor::encode(&Value::Map(header)));
        }
        Ok(entry)
    }
}

/// Members of a header that follow from what stands beside it.
const TX: &str = "tx";
const BODY: &str = "body";

/// Removes a digest where it is the one that follows.
fn leave_out(header: &mut BTreeMap<String, Value>, member: &str, follows: &Digest) {
    if matches!(header.get(member), Some(Value::Bytes(digest)) if digest.as_slice() == follows) {
        header.remove(member);
    }
}

/// Puts the digest that follows where none stands. Another one stays, for the checks of the entry to refuse.
///
/// # Errors
/// [`Malformed`] where the one that follows was sent.
fn fill_in(
    header: &mut BTreeMap<String, Value>,
    member: &'static str,
    follows: &Digest,
) -> Result<(), Malformed> {
    match header.get(member) {
        None => drop(header.insert(member.to_owned(), Value::Bytes(follows.to_vec()))),
        Some(Value::Bytes(sent)) if sent.as_slice() == follows => return Err(Malformed::Member(member)),
        Some(_) => {}
    }
    Ok(())
}

/// A transaction that was just written.
#[derive(Clone, Debug)]
pub struct Written {
    /// As it is kept and sent.
    pub bytes: EntryBytes,
    /// As admission reads it.
    pub entry: Entry,
    /// The stamp of its last op.
    pub last: Hlc,
}

/// The digest that a header names its body by.
#[must_use]
pub fn digest_body(body: &Body) -> Digest {
    sha256(&[&body.to_bytes()])
}

/// The digest that a header names its transaction by.
#[must_use]
pub fn digest_transaction(transaction: &Transaction) -> Digest {
    sha256(&[&transaction.to_bytes()])
}

/// Writes `drafts` down as one transaction. `author` signs those that their author has to sign; without it they stay
/// unsigned, and admission refuses them.
pub fn build(
    entropy: &mut dyn Entropy,
    context: &Context,
    author: Option<&SigningKey>,
    next: Next,
    drafts: Vec<Draft>,
) -> Written {
    let transaction = Transaction {
        v: FORMAT,
        incarnation: context.incarnation,
        scope: context.scope,
        first: next.seq,
        size: drafts.len() as u64,
        author: context.author,
        session: context.session,
        site: context.site,
        wall: context.wall.clone(),
        app: context.app.clone(),
        schema: kinds::SCHEMA,
        repeats: context.repeats.clone(),
    };
    let tx = digest_transaction(&transaction);
    let mut written = Written {
        bytes: EntryBytes {
            transaction: Bytes(transaction.to_bytes()),
            ops: Vec::with_capacity(drafts.len()),
        },
        entry: Entry {
            transaction,
            ops: Vec::with_capacity(drafts.len()),
            signed: BTreeSet::new(),
            told: None,
        },
        last: next.last,
    };
    for (draft, seq) in drafts.into_iter().zip(next.seq..) {
        written.last = Hlc::tick(written.last, next.now);
        let key = author.filter(|_| is_signed_by_author(&draft.kind, draft.verb));
        let body = Body { salt: random(entropy), patch: draft.patch, base: draft.base, reason: draft.reason };
        let header = Header {
            v: FORMAT,
            clinic: context.clinic,
            incarnation: context.incarnation,
            scope: context.scope,
            seq,
            tx,
            kind: draft.kind,
            record: draft.record,
            patient: draft.patient,
            verb: draft.verb,
            hlc: written.last,
            body: digest_body(&body),
        };
        let bytes = header.to_bytes();
        let signature = key.map(|key| sign_as(key, SORT, &bytes));
        if signature.is_some() {
            written.entry.signed.insert(header.id());
        }
        written.bytes.ops.push(OpBytes {
            header: Bytes(bytes),
            body: Some(Bytes(body.to_bytes())),
            signature,
        });
        written.entry.ops.push(Op { header, body: Some(body), clamp: None });
    }
    written
}

/// The transaction of these bytes, when all of it belongs together. `author` is their public key, as a
/// certificate vouches for it; without it no signature counts, and ops that their author has to sign are not let in.
///
/// # Errors
/// [`NotGenuine::Bytes`] for bytes that are not the one encoding, [`NotGenuine::Digest`] for another
/// transaction or body than a header names, [`NotGenuine::Signature`] for a false signature.
pub fn check_entry(bytes: &EntryBytes, author: Option<&[u8; 32]>) -> Result<Entry, NotGenuine> {
    let transaction = Transaction::from_bytes(&bytes.transaction.0).map_err(|_| NotGenuine::Bytes)?;
    let tx = sha256(&[&bytes.transaction.0]);
    let mut entry =
        Entry { transaction, ops: Vec::with_capacity(bytes.ops.len()), signed: BTreeSet::new(), told: None };
    for op in &bytes.ops {
        let checked = check_op(op)?;
        if checked.header.tx != tx {
            return Err(NotGenuine::Digest);
        }
        entry.ops.push(checked);
    }
    if let Some(author) = author {
        check_signatures(&mut entry, bytes, author)?;
    }
    Ok(entry)
}

/// That each signature which the ops of `entry`, whose bytes are `bytes`, bear is that of `author`; those count.
///
/// # Errors
/// [`NotGenuine::Signature`] for a false one.
pub fn check_signatures(entry: &mut Entry, bytes: &EntryBytes, author: &[u8; 32]) -> Result<(), NotGenuine> {
    for (op, bytes) in entry.ops.iter().zip(&bytes.ops) {
        if let Some(signature) = &bytes.signature {
            verify_as(author, SORT, &bytes.header.0, signature)?;
            entry.signed.insert(op.id());
        }
    }
    Ok(())
}

/// Whether each op of `entry` that its author has to sign, whose bytes are `bytes`, carries a signature. Whose it is says
/// [`check_entry`], wherever the author's key is known.
#[must_use]
pub fn bears_signatures(entry: &Entry, bytes: &EntryBytes) -> bool {
    let bears = |(op, bytes): (&Op, &OpBytes)| {
        bytes.signature.is_some() || !is_signed_by_author(&op.header.kind, op.header.verb)
    };
    entry.ops.iter().zip(&bytes.ops).all(bears)
}

/// The op of these bytes, when header and body belong together. Signatures are not looked at.
///
/// # Errors
/// [`NotGenuine::Bytes`] and [`NotGenuine::Digest`], as [`check_entry`].
pub fn check_op(bytes: &OpBytes) -> Result<Op, NotGenuine> {
    let header = Header::from_bytes(&bytes.header.0).map_err(|_| NotGenuine::Bytes)?;
    let body = match &bytes.body {
        Some(body) if sha256(&[&body.0]) != header.body => return Err(NotGenuine::Digest),
        Some(body) => Some(Body::from_bytes(&body.0).map_err(|_| NotGenuine::Bytes)?),
        None => None,
    };
    Ok(Op { header, body, clamp: None })
}

fn is_signed_by_author(kind: &str, verb: Verb) -> bool {
    kinds::kind(kind).is_some_and(|kind| kind.signed_by_author.contains(&verb))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestEntropy;

    fn context() -> Context {
        Context {
            clinic: ClinicId::derived(b"clinic"),
            incarnation: Incarnation::derived(b"incarnation"),
            scope: Scope::derived(b"scope"),
            author: RecordId::derived(b"author"),
            session: SessionId::derived(b"session"),
            site: RecordId::derived(b"site"),
            wall: "2026-11-22T09:00:00+01:00".to_owned(),
            app: "0.1.0".to_owned(),
            repeats: None,
        }
    }

    fn draft(kind: &str, verb: Verb) -> Draft {
        Draft {
            kind: kind.to_owned(),
            record: RecordId::derived(kind.as_bytes()),
            patient: None,
            verb,
            patch: [("name".to_owned(), Value::text("Ada"))].into(),
            base: BTreeMap::new(),
            reason: None,
        }
    }

    fn key(seed: u64) -> SigningKey {
        SigningKey::random(&mut TestEntropy::new(seed))
    }

    /// A registration, which nobody signs, and a change of rights, which its author signs.
    fn written(author: Option<&SigningKey>) -> Written {
        let next = Next { seq: 8, last: Hlc::at(1000), now: 900 };
        let drafts = vec![draft("patient", Verb::Create), draft("user", Verb::Patch)];
        build(&mut TestEntropy::new(9), &context(), author, next, drafts)
    }

    #[test]
    fn what_is_written_reads_back_alike_and_only_what_its_author_has_to_sign_is_signed() {
        let author = key(1);
        let written = written(Some(&author));
        let sent = EntryBytes::from_bytes(&written.bytes.to_bytes()).unwrap();
        let read = check_entry(&sent, Some(author.public())).unwrap();
        assert_eq!(read.transaction, written.entry.transaction);
        assert_eq!(read.ops, written.entry.ops);
        assert_eq!(read.signed, written.entry.signed);
        assert_eq!(read.signed, [read.ops[1].id()].into());
        assert_eq!((read.transaction.first, read.transaction.size), (8, 2));
        let seqs: Vec<u64> = read.ops.iter().map(|op| op.header.seq).collect();
        assert_eq!(seqs, [8, 9]);
    }

    #[test]
    fn what_is_sent_leaves_out_the_digests_that_follow_and_comes_back_to_the_byte() {
        let mut written = written(Some(&key(1))).bytes;
        for erased in [false, true] {
            if erased {
                written.ops[0].body = None;
            }
            let sent = written.to_sent();
            assert_eq!(EntryBytes::from_sent(&sent).unwrap(), written);
            assert!(sent.len() < written.to_bytes().len() - 64 * 2 + if erased { 32 } else { 0 });
            for (what, other) in other_forms(&written) {
                assert!(EntryBytes::from_sent(&other).is_err(), "there is one form, and not {what}");
            }
        }
    }

    /// The bytes of an entry as it is kept, and as it is sent but for one more member.
    fn other_forms(entry: &EntryBytes) -> Vec<(&'static str, Vec<u8>)> {
        let Ok(Value::Map(sent)) = cbor::decode(&entry.to_sent()) else { panic!("an entry is a map") };
        let with = |change: &dyn Fn(&mut BTreeMap<String, Value>)| {
            let mut form = sent.clone();
            change(&mut form);
            cbor::encode(&Value::Map(form))
        };
        let op = |change: &dyn Fn(&mut BTreeMap<String, Value>)| {
            with(&|form| {
                let Some(Value::List(ops)) = form.get_mut("ops") else { panic!("ops are a list") };
                let Value::Map(last) = ops.last_mut().unwrap() else { panic!("an op is a map") };
                change(last);
            })
        };
        let header = |member: &str, digest: Digest| {
            op(&|op| {
                let Some(Value::Bytes(header)) = op.get_mut("header") else { panic!("a header is bytes") };
                let Ok(Value::Map(mut inner)) = cbor::decode(header) else { panic!("a header is a map") };
                inner.insert(member.to_owned(), Value::Bytes(digest.to_vec()));
                *header = cbor::encode(&Value::Map(inner));
            })
        };
        let body = entry.ops.last().unwrap().body.as_ref().unwrap();
        let more = |form: &mut BTreeMap<String, Value>| drop(form.insert("more".to_owned(), Value::Int(1)));
        vec![
            ("as it is kept", entry.to_bytes()),
            ("with its transaction's digest", header(TX, sha256(&[&entry.transaction.0]))),
            ("with its body's digest", header(BODY, sha256(&[&body.0]))),
            ("with more in the entry", with(&more)),
            ("with more in an op", op(&more)),
        ]
    }

    #[test]
    fn another_digest_than_the_one_that_follows_is_kept_and_refused_by_the_check() {
        let mut exchanged = written(None).bytes;
        exchanged.ops[0].body = exchanged.ops[1].body.clone();
        let sent = EntryBytes::from_sent(&exchanged.to_sent()).unwrap();
        assert_eq!(sent, exchanged);
        assert_eq!(check_entry(&sent, None).unwrap_err(), NotGenuine::Digest);
    }

    #[test]
    fn stamps_rise_even_when_the_clock_was_set_back() {
        let written = written(None);
        let stamps: Vec<Hlc> = written.entry.ops.iter().map(|op| op.header.hlc).collect();
        assert!(stamps[0] > Hlc::at(1000) && stamps[1] > stamps[0]);
        assert_eq!(written.last, stamps[1]);
    }

    #[test]
    fn no_signature_counts_without_the_authors_key_and_a_false_one_is_an_error() {
        let author = key(1);
        let written = written(Some(&author));
        assert!(check_entry(&written.bytes, None).unwrap().signed.is_empty());
        let checked = check_entry(&written.bytes, Some(key(2).public()));
        assert_eq!(checked.unwrap_err(), NotGenuine::Signature);
        let mut moved = written.bytes.clone();
        moved.ops[0].signature = moved.ops[1].signature;
        let checked = check_entry(&moved, Some(author.public()));
        assert_eq!(checked.unwrap_err(), NotGenuine::Signature);
    }

    #[test]
    fn what_an_author_has_to_sign_stays_unsigned_without_their_key() {
        let written = written(None);
        assert!(written.entry.signed.is_empty());
        assert!(written.bytes.ops.iter().all(|op| op.signature.is_none()));
    }

    #[test]
    fn an_exchanged_body_or_transaction_is_found() {
        let one = written(None);
        let mut bodies = one.bytes.clone();
        bodies.ops[0].body = one.bytes.ops[1].body.clone();
        assert_eq!(check_entry(&bodies, None).unwrap_err(), NotGenuine::Digest);
        let mut elsewhere = one.bytes.clone();
        let transaction =
            Transaction { author: RecordId::derived(b"somebody else"), ..one.entry.transaction };
        elsewhere.transaction = Bytes(transaction.to_bytes());
        assert_eq!(check_entry(&elsewhere, None).unwrap_err(), NotGenuine::Digest);
    }

    #[test]
    fn every_flipped_byte_of_a_signed_op_is_found() {
        let author = key(1);
        let written = written(Some(&author));
        let refused = |change: &dyn Fn(&mut OpBytes)| {
            let mut bytes = written.bytes.clone();
            change(&mut bytes.ops[1]);
            check_entry(&bytes, Some(author.public())).is_err()
        };
        let op = &written.bytes.ops[1];
        for place in 0..op.header.0.len() {
            assert!(refused(&|op| op.header.0[place] ^= 1), "header {place}");
        }
        for place in 0..op.body.as_ref().unwrap().0.len() {
            assert!(refused(&|op| op.body.as_mut().unwrap().0[place] ^= 1), "body {place}");
        }
        for place in 0..64 {
            assert!(refused(&|op| op.signature.as_mut().unwrap()[place] ^= 1), "signature {place}");
        }
    }

    #[test]
    fn bytes_that_are_no_op_are_refused() {
        let written = written(None);
        let mut bytes = written.bytes.clone();
        bytes.transaction = Bytes(vec![0xff]);
        assert_eq!(check_entry(&bytes, None).unwrap_err(), NotGenuine::Bytes);
        let mut bytes = written.bytes.clone();
        bytes.ops[0].header = Bytes(vec![0xa0]);
        assert_eq!(check_entry(&bytes, None).unwrap_err(), NotGenuine::Bytes);
        let nonsense = vec![0xff];
        let header = Header { body: sha256(&[&nonsense]), ..written.entry.ops[0].header.clone() };
        let op = OpBytes { header: Bytes(header.to_bytes()), body: Some(Bytes(nonsense)), signature: None };
        assert_eq!(check_op(&op).unwrap_err(), NotGenuine::Bytes);
    }

    #[test]
    fn an_erased_body_leaves_an_op_that_still_belongs_to_its_transaction() {
        let mut bytes = written(None).bytes;
        bytes.ops[0].body = None;
        assert_eq!(check_entry(&bytes, None).unwrap().ops[0].body, None);
    }

    #[test]
    fn equal_values_have_different_digests() {
        let bodies = |seed| {
            let drafts = vec![draft("patient", Verb::Create)];
            let next = Next { seq: 1, last: Hlc::at(1), now: 1 };
            build(&mut TestEntropy::new(seed), &context(), None, next, drafts).entry.ops[0].header.body
        };
        assert_ne!(bodies(1), bodies(2));
    }
}
