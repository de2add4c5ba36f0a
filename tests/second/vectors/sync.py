"""Every message between a workstation and the server."""

from formats import cbor, signed, sync
from formats.ids import at, sha256

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
BUSY = IDLE | {"epoch": 2, "pushes": [PUSH], "cursors": [{"scope": SCOPE, "position": 6}], "budget": 1 << 20,
               "audit": {"from": 3, "entries": [b"audit"], "head": b"head"}}
ANSWER = {"v": 1, "epoch": 2, "now": 1_795_000_000_000, "received": [RECEIVED], "verdicts": JUDGED, "pages": [PAGE],
          "present": [{"incarnation": INCARNATION, "chain": [b"one"]},
                      {"incarnation": WORKSTATION, "chain": [], "ticket": b"ticket"}], "audit": 3, "receipt": b"receipt",
          "forks": [{"incarnation": INCARNATION, "seq": 2, "known": b"head", "told": b"other"}]}
QUIET = ANSWER | {"received": [], "verdicts": [], "pages": [], "present": [], "audit": 0, "receipt": None, "forks": None}
RECEIPT = {"v": 1, "clinic": CLINIC, "incarnation": INCARNATION, "received": [RECEIVED], "now": 1_795_000_000_000}
INTRODUCTION = {"v": 1, "clinic": CLINIC, "root": sha256(b"key"), "clinic_scope": CLINIC_SCOPE,
                "workstation": WORKSTATION, "site_scope": SCOPE, "chain": [b"one", b"two"]}
TICKET = {"v": 1, "clinic": CLINIC, "root": sha256(b"key"), "clinic_scope": CLINIC_SCOPE, "site": SITE,
          "site_scope": SCOPE, "workstation": WORKSTATION, "seed": sha256(b"seed"), "clinic_key": b"sealed",
          "by": ADMINISTRATOR, "until": 1_795_000_600_000}
WELCOME = {"v": 1, "clinic": CLINIC, "server": sha256(b"server"), "epoch": 1, "now": 1_795_000_000_000}
DEPOSIT = {"v": 1, "clinic": CLINIC, "workstation": WORKSTATION, "incarnation": INCARNATION,
           "leave": {"ticket": b"ticket", "chain": [b"one"]}}
MESSAGES = [
    ("Question", IDLE), ("Question", BUSY), ("Answer", QUIET), ("Answer", ANSWER), ("Receipt", RECEIPT),
    ("Introduction", INTRODUCTION | {"claim": sha256(b"code")}), ("Introduction", INTRODUCTION | {"ticket": b"ticket"}),
    ("Ticket", TICKET), ("Welcome", WELCOME), ("Deposit", DEPOSIT),
]
SIGNED = {"Question": IDLE, "Deposit": DEPOSIT, "Receipt": RECEIPT, "Ticket": TICKET}


def make():
    return {
        "signer": {"seed": SEED.hex(), "public": signed.public(SEED).hex()},
        "signed": [
            {"sort": name, "signed": signed.sign(SEED, sync.SORTS[name], getattr(sync, name).encode(message)).hex()}
            for name, message in SIGNED.items()
        ],
        "messages": [sample(getattr(sync, name), name, message) for name, message in MESSAGES],
        "newer": [newer("Question", BUSY), newer("Answer", QUIET), newer("Receipt", RECEIPT)],
        "refused": refused(),
    }


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
        ("Receipt", "no map", ["v", 1]),
        ("Deposit", "a ticket without a chain", DEPOSIT | {"leave": {"ticket": b"ticket"}}),
        ("Ticket", "text for a key", TICKET | {"root": "a" * 32}),
    ]
    return [{"sort": name, "why": why, "bytes": cbor.encode(value).hex()} for name, why, value in cases]
