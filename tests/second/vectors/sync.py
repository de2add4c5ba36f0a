"""Every message between a workstation and the server."""

from formats import cbor, op, signed, sync
from formats.ids import at, sha256

from .op import make as log_of_op
from .tagged import (
    ADMINISTRATOR, CLINIC, CLINIC_SCOPE, INCARNATION, SCOPE, SITE, WORKSTATION, sample,
)

SEED = sha256(b"a signer's key")
RECEIVED = {"scope": SCOPE, "through": 41, "root": sha256(b"root")}
PUSH = {"scope": SCOPE, "from": 42, "entries": [b"entry", b""], "head": b"head"}
FED = {"position": 7, "entry": b"entry", "verdict": "accepted", "clamp": at(5)}
PAGE = {"scope": CLINIC_SCOPE, "entries": [FED, FED | {"verdict": "quarantined", "fault": "not_allowed"}],
        "heads": [b"head"], "next": 9, "more": True}
JUDGED = [{"incarnation": INCARNATION, "scope": SCOPE, "first": 42, "verdict": verdict}
          for verdict in ("accepted", "accepted-with-conflict", "quarantined")]
IDLE = {"v": 1, "clinic": CLINIC, "workstation": WORKSTATION, "incarnation": INCARNATION, "schema": 1, "epoch": 0,
        "pushes": [], "cursors": [], "budget": 0}
IDLE_2 = IDLE | {"v": 2, "act": bytes(range(16)), "known": bytes(range(8))}
CARRIED = PUSH | {"incarnation": WORKSTATION, "openings": [b"opened", b"ended"]}
BUSY_2 = IDLE_2 | {"epoch": 2, "pushes": [PUSH, CARRIED], "report": b"report",
                   "looked": {"patient": WORKSTATION, "entry": 12},
                   "disputed": [{"incarnation": INCARNATION, "scope": SCOPE, "first": 7}]}
BUSY = IDLE | {"epoch": 2, "pushes": [PUSH], "cursors": [{"scope": SCOPE, "position": 6}], "budget": 1 << 20,
               "audit": {"from": 3, "entries": [b"audit"], "head": b"head"}}
ANSWER = {"v": 1, "epoch": 2, "now": 1_795_000_000_000, "received": [RECEIVED], "verdicts": JUDGED, "pages": [PAGE],
          "present": [{"incarnation": INCARNATION, "chain": [b"one"]},
                      {"incarnation": WORKSTATION, "chain": [], "ticket": b"ticket"}], "audit": 3, "receipt": b"receipt",
          "forks": [{"incarnation": INCARNATION, "seq": 2, "known": b"head", "told": b"other"}]}
QUIET = ANSWER | {"received": [], "verdicts": [], "pages": [], "present": [], "audit": 0, "receipt": None, "forks": None}
QUIET_2 = QUIET | {"v": 2, "question": sha256(b"question")}
ANSWER_2 = ANSWER | {"v": 2, "question": sha256(b"question"), "pages": [PAGE | {"openings": [b"opened"]}],
                     "carried": [{"incarnation": WORKSTATION, "received": [RECEIVED]}],
                     "notes": [{"sort": "proposal", "about": WORKSTATION}, {"sort": "bundle"}],
                     "looked": {"patient": WORKSTATION, "entry": 12, "entries": [b"entry"], "more": True, "trails": [
                         {"workstation": WORKSTATION, "entries": 41, "until": "2026-11-22T10:31:00+08:00"}]}}
RECEIPT = {"v": 1, "clinic": CLINIC, "incarnation": INCARNATION, "received": [RECEIVED], "now": 1_795_000_000_000}
INTRODUCTION = {"v": 1, "clinic": CLINIC, "root": sha256(b"key"), "clinic_scope": CLINIC_SCOPE,
                "workstation": WORKSTATION, "site_scope": SCOPE, "chain": [b"one", b"two"]}
TICKET = {"v": 1, "clinic": CLINIC, "root": sha256(b"key"), "clinic_scope": CLINIC_SCOPE, "site": SITE,
          "site_scope": SCOPE, "workstation": WORKSTATION, "seed": sha256(b"seed"), "clinic_key": b"sealed",
          "by": ADMINISTRATOR, "until": 1_795_000_600_000}
WELCOME = {"v": 1, "clinic": CLINIC, "server": sha256(b"server"), "epoch": 1, "now": 1_795_000_000_000}
DEPOSIT = {"v": 1, "clinic": CLINIC, "workstation": WORKSTATION, "incarnation": INCARNATION,
           "leave": {"ticket": b"ticket", "chain": [b"one"]}}
BLOB = {"sha256": sha256(b"a file"), "size": 100_000}
HAVE_BLOBS = {"v": 1, "clinic": CLINIC, "workstation": WORKSTATION, "incarnation": INCARNATION,
              "act": bytes(range(16)), "blobs": [BLOB]}
BLOB_CHUNK = {key: HAVE_BLOBS[key] for key in HAVE_BLOBS if key != "blobs"} | {"blob": BLOB, "offset": 4, "bytes": b"file"}
WANT_BLOB = {key: BLOB_CHUNK[key] for key in BLOB_CHUNK if key not in ("act", "bytes")} | {"length": 65_536}
BLOBS_HELD = {"v": 1, "clinic": CLINIC, "question": sha256(b"question"), "now": 1_795_000_000_000, "blobs": [
    {"blob": BLOB, "through": 4, "whole": False}, {"blob": BLOB | {"size": 6}, "through": 6, "whole": True}]}
BACKUP_PART = BLOB_CHUNK | {
    "door": WORKSTATION, "reader": sha256(b"reader"), "line": 0, "name": "points/0000001"}
ASK_BACKUP = {"v": 1, "clinic": CLINIC, "incarnation": INCARNATION, "act": bytes(range(16)), "from": "points/",
              "to": "points0", "after": 0}
BACKUP_HELD = {"v": 1, "clinic": CLINIC, "question": sha256(b"question"), "now": 1_795_000_000_000, "line": 1, "objects": [
    {"name": "points/0000001", "blob": BLOB, "place": 7}, {"name": "points/0000001", "blob": BLOB | {"size": 6}, "place": 9}],
    "more": True}
WANT_OBJECT = {key: WANT_BLOB[key] for key in WANT_BLOB if key != "workstation"}
DOOR = {"incarnation": INCARNATION, "workstation": WORKSTATION, "slots": {"slots/sheet": b"the last"}}
EARLIER = {"slots/sheet": [b"the first", b"the second"], "slots/clinic": [b"another"]}
BACKUP_DOORS = {"v": 1, "clinic": CLINIC, "rows": [DOOR, DOOR | {"slots": {}, "earlier": EARLIER}], "more": False}
MESSAGES = [
    ("Question", IDLE), ("Question", BUSY), ("Answer", QUIET), ("Answer", ANSWER), ("Receipt", RECEIPT),
    ("Introduction", INTRODUCTION | {"claim": sha256(b"code")}), ("Introduction", INTRODUCTION | {"ticket": b"ticket"}),
    ("Ticket", TICKET), ("Ticket", TICKET | {"server": sha256(b"server")}), ("Welcome", WELCOME), ("Deposit", DEPOSIT),
    ("Question", IDLE_2), ("Question", BUSY_2),
    ("Answer", QUIET_2), ("Answer", ANSWER_2),
    ("HaveBlobs", HAVE_BLOBS), ("HaveBlobs", HAVE_BLOBS | {"blobs": []}), ("BlobChunk", BLOB_CHUNK),
    ("WantBlob", WANT_BLOB), ("BlobsHeld", BLOBS_HELD), ("BlobsHeld", BLOBS_HELD | {"blobs": []}),
    ("BackupPart", BACKUP_PART), ("AskBackup", ASK_BACKUP), ("AskBackup", ASK_BACKUP | {"line": 3}),
    ("BackupHeld", BACKUP_HELD), ("BackupHeld", BACKUP_HELD | {"objects": [], "more": False}), ("WantObject", WANT_OBJECT),
    ("AskDoors", {"v": 1}), ("AskDoors", {"v": 1, "after": INCARNATION}), ("BackupDoors", BACKUP_DOORS),
    ("BackupDoors", BACKUP_DOORS | {"rows": []}),
]
SIGNED = {"Question": IDLE, "Deposit": DEPOSIT, "Receipt": RECEIPT, "Ticket": TICKET, "Answer": QUIET_2,
          "HaveBlobs": HAVE_BLOBS, "BlobChunk": BLOB_CHUNK, "WantBlob": WANT_BLOB, "BlobsHeld": BLOBS_HELD,
          "BackupPart": BACKUP_PART, "AskBackup": ASK_BACKUP, "WantObject": WANT_OBJECT, "BackupHeld": BACKUP_HELD}


def make():
    return {
        "signer": {"seed": SEED.hex(), "public": signed.public(SEED).hex()},
        "signed": [
            {"sort": name, "signed": signed.sign(SEED, sync.SORTS[name], getattr(sync, name).encode(message)).hex()}
            for name, message in SIGNED.items()
        ],
        "messages": [sample(getattr(sync, name), name, message) for name, message in MESSAGES],
        "newer": [newer("Question", BUSY), newer("Question", BUSY_2), newer("Answer", QUIET), newer("Answer", ANSWER_2), newer("Receipt", RECEIPT),
                  newer("HaveBlobs", HAVE_BLOBS), newer("BlobsHeld", BLOBS_HELD),
                  newer("BackupHeld", BACKUP_HELD), newer("BackupDoors", BACKUP_DOORS)],
        "refused": refused(),
        "answered": answered(),
        "held": held("HaveBlobs", HAVE_BLOBS, "BlobsHeld", BLOBS_HELD),
        "shelved": held("AskBackup", ASK_BACKUP, "BackupHeld", BACKUP_HELD),
        "entries": entries(),
        "dictionary": sync.DICTIONARY.hex(),
        "known": [{"received": [sync.Received.encode(log).hex() for log in logs], "known": sync.known(logs).hex()}
                  for logs in ([], [RECEIVED], [RECEIVED, RECEIVED | {"scope": CLINIC_SCOPE, "through": 7}])],
    }


def entries():
    """Entries whole and as they are sent, and what is no entry that was sent."""
    made = log_of_op()
    whole = [bytes.fromhex(made["entry"]), bytes.fromhex(made["erased"])]
    first = op.EntryBytes.decode(op.sent(whole[0]))
    header = cbor.decode(first["ops"][0]["header"])
    first["ops"][0]["header"] = cbor.encode(header | {"tx": sha256(first["transaction"])})
    list_for_header = op.EntryBytes.decode(op.sent(whole[0]))
    list_for_header["ops"][0]["header"] = cbor.encode(["v", 1])
    cases = [
        ("whole", whole[0]),
        ("with a digest that follows", op.EntryBytes.encode(first)),
        ("a header that is no map", op.EntryBytes.encode(list_for_header)),
    ]
    return {"sent": [{"entry": entry.hex(), "sent": op.sent(entry).hex()} for entry in whole],
            "refused": [{"why": why, "sent": encoded.hex()} for why, encoded in cases]}


def answered():
    """A signed question, its answer, and what passes for none."""
    asked = signed.sign(SEED, sync.SORTS["Question"], sync.Question.encode(IDLE_2))
    other = signed.sign(SEED, sync.SORTS["Question"], sync.Question.encode(IDLE_2 | {"act": bytes(16)}))
    answer = QUIET | {"v": 2, "question": sha256(asked)}
    told = lambda message, seed=SEED, sort="Answer": signed.sign(
        seed, sync.SORTS[sort], sync.Answer.encode(message)).hex()
    cases = [
        ("of another server", told(answer, sha256(b"another key"))),
        ("to another question", told(answer | {"question": sha256(other)})),
        ("to none", told(answer | {"question": None})),
        ("of protocol 1", told(answer | {"v": 1})),
        ("signed as something else", told(answer, sort="Receipt")),
        ("not signed", sync.Answer.encode(answer).hex()),
    ]
    return {"question": asked.hex(), "answer": told(answer),
            "refused": [{"why": why, "answer": encoded} for why, encoded in cases]}


def held(question, ask, name, answer):
    """A signed question about files or a backup, the server's word on it, and what passes for none."""
    asked = signed.sign(SEED, sync.SORTS[question], getattr(sync, question).encode(ask))
    told = lambda message, seed=SEED, sort=name: signed.sign(
        seed, sync.SORTS[sort], getattr(sync, name).encode(message)).hex()
    word = answer | {"question": sha256(asked)}
    cases = [
        ("of another server", told(word, sha256(b"another key"))),
        ("to another question", told(answer)),
        ("of another clinic", told(word | {"clinic": WORKSTATION})),
        ("of another version", told(word | {"v": 2})),
        ("signed as something else", told(word, sort="Receipt")),
    ]
    return {"clinic": CLINIC.hex(), "question": asked.hex(), "answer": told(word),
            "refused": [{"why": why, "answer": encoded} for why, encoded in cases]}


def newer(name, message):
    """A message with a member of a newer version, and with one that is null: both are read past."""
    shape = getattr(sync, name)
    told = shape.plain(message) | {"zeal": {"more": 1}, "zest": None}
    if name == "Question":
        told["audit"] = None
    known = {key: member for key, member in told.items() if key in shape.members and member is not None}
    return {"sort": name, "newer": cbor.encode(told).hex(), "bytes": shape.encode(known).hex()}


def refused():
    without = lambda message, member: {key: message[key] for key in message if key != member}
    cases = [
        ("Question", "no clinic", without(IDLE, "clinic")),
        ("Question", "no list of pushes", without(IDLE, "pushes")),
        ("Question", "a clinic of 15 bytes", IDLE | {"clinic": CLINIC[:15]}),
        ("Question", "a negative budget", IDLE | {"budget": -1}),
        ("Question", "text for a number", IDLE | {"budget": "1"}),
        ("Question", "a push that is none", IDLE | {"pushes": [{"scope": SCOPE}]}),
        ("Answer", "a verdict that is none", ANSWER | {"verdicts": [JUDGED[0] | {"verdict": "perhaps"}]}),
        ("Answer", "a digest of 31 bytes", ANSWER | {"received": [RECEIVED | {"root": bytes(31)}]}),
        ("Answer", "one for more", ANSWER | {"pages": [PAGE | {"more": 1}]}),
        ("Question", "an act of 15 bytes", IDLE_2 | {"act": bytes(15)}),
        ("Question", "a push whose openings are no list", IDLE_2 | {"pushes": [PUSH | {"openings": b"one"}]}),
        ("Answer", "a question of 31 bytes", QUIET_2 | {"question": bytes(31)}),
        ("Answer", "a note without its sort", QUIET_2 | {"notes": [{"about": WORKSTATION}]}),
        ("Receipt", "no map", ["v", 1]),
        ("Deposit", "a ticket without a chain", DEPOSIT | {"leave": {"ticket": b"ticket"}}),
        ("HaveBlobs", "a digest of 31 bytes", HAVE_BLOBS | {"blobs": [BLOB | {"sha256": bytes(31)}]}),
        ("BlobChunk", "no file", without(BLOB_CHUNK, "blob")),
        ("WantBlob", "a negative offset", WANT_BLOB | {"offset": -1}),
        ("BlobsHeld", "one for whole", BLOBS_HELD | {"blobs": [{"blob": BLOB, "through": 4, "whole": 1}]}),
        ("BackupPart", "a reader of 31 bytes", BACKUP_PART | {"reader": bytes(31)}),
        ("AskBackup", "no name to begin with", without(ASK_BACKUP, "from")),
        ("BackupHeld", "an object without its place", BACKUP_HELD | {"objects": [{"name": "points/0000001", "blob": BLOB}]}),
        ("WantObject", "a negative length", WANT_OBJECT | {"length": -1}),
        ("BackupDoors", "an earlier slot that is no list", BACKUP_DOORS | {"rows": [DOOR | {"earlier": {"slots/sheet": b"one"}}]}),
        ("Ticket", "text for a key", TICKET | {"root": "a" * 32}),
    ]
    return [{"sort": name, "why": why, "bytes": cbor.encode(value).hex()} for name, why, value in cases]
