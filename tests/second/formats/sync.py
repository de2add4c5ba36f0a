"""What a workstation and the server say to each other: docs/formats/sync.md."""

from . import cbor, signed
from .ids import sha256
from .wire import Maybe, Message, data, digest, each, flag, raw, table, text, u64, uid, word

ruling = word("accepted", "accepted-with-conflict", "quarantined")

#: The version of questions and answers; of every other message it is 1.
PROTOCOL = 2

Push = Message(**{
    "scope": uid, "from": u64, "entries": each(data), "head": data, "incarnation": Maybe(uid),
    "openings": Maybe(each(data)),
})
Cursor = Message(scope=uid, position=u64)
AuditPush = Message(**{"from": u64, "entries": each(data), "head": data})
Named = Message(incarnation=uid, scope=uid, first=u64)
Ask = Message(patient=uid, entry=u64)
TrailEnd = Message(workstation=uid, entries=u64, until=text)
Looked = Message(patient=uid, entry=u64, entries=each(data), more=flag, trails=each(TrailEnd))
Question = Message(
    v=u64, clinic=uid, workstation=uid, incarnation=uid, schema=u64, epoch=u64, pushes=each(Push),
    cursors=each(Cursor), audit=Maybe(AuditPush), budget=u64, act=Maybe(raw(16)), disputed=Maybe(each(Named)),
    report=Maybe(data), known=Maybe(raw(8)), looked=Maybe(Ask),
)
Received = Message(scope=uid, through=u64, root=digest)
Judged = Message(incarnation=uid, scope=uid, first=u64, verdict=ruling, fault=Maybe(text))
Fed = Message(position=u64, entry=data, verdict=ruling, fault=Maybe(text), clamp=Maybe(u64))
Page = Message(scope=uid, entries=each(Fed), heads=each(data), next=u64, more=flag, openings=Maybe(each(data)))
Present = Message(incarnation=uid, chain=each(data), ticket=Maybe(data))
TrailFork = Message(incarnation=uid, seq=u64, known=data, told=data)
Carried = Message(incarnation=uid, received=each(Received))
Note = Message(sort=text, about=Maybe(uid))
Answer = Message(
    v=u64, epoch=u64, now=u64, received=each(Received), verdicts=each(Judged), pages=each(Page),
    present=each(Present), audit=u64, receipt=Maybe(data), question=Maybe(digest), carried=Maybe(each(Carried)),
    notes=Maybe(each(Note)), forks=Maybe(each(TrailFork)), looked=Maybe(Looked),
)
Receipt = Message(v=u64, clinic=uid, incarnation=uid, received=each(Received), now=u64)
Introduction = Message(
    v=u64, clinic=uid, root=raw(32), clinic_scope=uid, workstation=uid, site_scope=uid, chain=each(data),
    claim=Maybe(digest), ticket=Maybe(data), formers=Maybe(each(each(data))),
)
Ticket = Message(
    v=u64, clinic=uid, root=raw(32), clinic_scope=uid, site=uid, site_scope=uid, workstation=uid,
    seed=raw(32), clinic_key=data, by=uid, until=u64, server=Maybe(raw(32)),
)
Welcome = Message(v=u64, clinic=uid, server=raw(32), epoch=u64, now=u64)
Leave = Message(ticket=data, chain=each(data))
Deposit = Message(v=u64, clinic=uid, workstation=uid, incarnation=uid, leave=Leave)
BlobName = Message(sha256=digest, size=u64)
HaveBlobs = Message(v=u64, clinic=uid, workstation=uid, incarnation=uid, act=raw(16), blobs=each(BlobName))
BlobChunk = Message(
    v=u64, clinic=uid, workstation=uid, incarnation=uid, act=raw(16), blob=BlobName, offset=u64, bytes=data,
)
WantBlob = Message(v=u64, clinic=uid, workstation=uid, incarnation=uid, blob=BlobName, offset=u64, length=u64)
BlobHeld = Message(blob=BlobName, through=u64, whole=flag)
BlobsHeld = Message(v=u64, clinic=uid, question=digest, now=u64, blobs=each(BlobHeld))
BackupPart = Message(
    v=u64, clinic=uid, workstation=uid, incarnation=uid, act=raw(16), door=uid, reader=raw(32), line=u64, name=text,
    blob=BlobName, offset=u64, bytes=data,
)
AskBackup = Message(**{
    "v": u64, "clinic": uid, "incarnation": uid, "act": raw(16), "line": Maybe(u64), "from": text, "to": text, "after": u64,
})
BackupObject = Message(name=text, blob=BlobName, place=u64)
BackupHeld = Message(v=u64, clinic=uid, question=digest, now=u64, line=u64, objects=each(BackupObject), more=flag)
WantObject = Message(v=u64, clinic=uid, incarnation=uid, blob=BlobName, offset=u64, length=u64)
AskDoors = Message(v=u64, after=Maybe(uid))
BackupDoor = Message(incarnation=uid, workstation=uid, slots=table(data), earlier=Maybe(table(each(data))))
BackupDoors = Message(v=u64, clinic=uid, rows=each(BackupDoor), more=flag)

def spelt(*parts):
    """Keys and words as CBOR text, with bytes between them as they are."""
    return b"".join(part if isinstance(part, bytes) else bytes([0x60 + len(part)]) + part.encode() for part in parts)


#: What questions and answers have in common, from which their compression begins (RFC 8878, section 5, a raw one).
DICTIONARY = spelt(
    "create", "patch", "accepted", "reason", "salt", "base", "size", "app", "wall", "site", "session", "author",
    "patient", "record", "verb", "kind", "seq", "hlc", "header", "body", "ops", "transaction", "entry", "first",
    "verdict", "from", "head", "heads", "next", "more", "entries", "openings", "chain", "ticket", "through", "root",
    "receipt",
    b"\xa3", "signer", b"\x48", "message", b"\x58\xa9", "v", b"\x02", "now", b"\x1b\x00\x00\x01\xa2", "audit", b"\x19",
    "epoch", b"\x1b\x00\x00\x01\xa2", "pages", b"\x80", "present", b"\x80", "question", b"\x58\x20", "received", b"\x80",
    "verdicts", b"\x80", "signature", b"\x58\x40",
    b"\xa3", "signer", b"\x48", "message", b"\x59\x01", "v", b"\x02", "act", b"\x50", "epoch", b"\x1b\x00\x00\x01\xa2",
    "known", b"\x48", "budget", b"\x1a\x00\x04\x00\x00", "clinic", b"\x50", "pushes", b"\x80", "schema", b"\x03",
    "cursors", b"\x82\xa2", "scope", b"\x50", "position", b"\x19", "incarnation", b"\x50", "workstation", b"\x50",
    "signature", b"\x58\x40",
)


def known(received):
    """The beginning of the digest over what the server has of a workstation."""
    return sha256(cbor.encode([Received.plain(log) for log in received]))[:8]


#: The sorts under which messages are signed.
SORTS = {
    "Question": "clinicdesk/question/1", "Deposit": "clinicdesk/deposit/1", "Receipt": "clinicdesk/receipt/1",
    "Ticket": "clinicdesk/ticket/1", "Answer": "clinicdesk/answer/2", "HaveBlobs": "clinicdesk/have-blobs/1",
    "BlobChunk": "clinicdesk/blob-chunk/1", "WantBlob": "clinicdesk/want-blob/1",
    "BlobsHeld": "clinicdesk/blobs-held/1", "BackupPart": "clinicdesk/backup-part/1",
    "AskBackup": "clinicdesk/ask-backup/1", "WantObject": "clinicdesk/want-object/1",
    "BackupHeld": "clinicdesk/backup-held/1",
}


def is_word_on_files(key, clinic, asked, encoded):
    """Whether these bytes are the word of the server with `key` on the signed question or chunk `asked`."""
    return is_word(key, clinic, asked, encoded, "BlobsHeld", BlobsHeld)


def is_word_on_backup(key, clinic, asked, encoded):
    """The same of its word on the objects of a backup."""
    return is_word(key, clinic, asked, encoded, "BackupHeld", BackupHeld)


def is_word(key, clinic, asked, encoded, name, shape):
    try:
        held = signed.open_signed(key, SORTS[name], shape, encoded)
    except signed.Refused:
        return False
    return (held["v"], held["clinic"], held["question"]) == (1, clinic, sha256(asked))


def is_answer_to(key, asked, encoded):
    """Whether these bytes are the word of the server with `key` on the signed question `asked`."""
    try:
        answer = signed.open_signed(key, SORTS["Answer"], Answer, encoded)
    except signed.Refused:
        return False
    return answer["v"] == PROTOCOL and answer["question"] == sha256(asked)
