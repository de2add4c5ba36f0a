"""Marks, and the entries that follow a commit."""

from formats import cbor, marks, seal, signed
from formats.entropy import Entropy
from formats.ids import sha256

from .tagged import CLINIC, CLINIC_SCOPE, INCARNATION, SCOPE, sample

SEED = sha256(b"a signer's key")
TRAIL = {"size": 40, "root": sha256(b"trail")}
MARKS = {"v": 1, "clinic": CLINIC, "incarnation": INCARNATION, "number": 7, "position": 113,
         "logs": [TRAIL, {"scope": CLINIC_SCOPE, "size": 12, "root": sha256(b"clinic")},
                  {"scope": SCOPE, "size": 80, "root": sha256(b"site")}]}
FIRST = MARKS | {"number": 1, "logs": [TRAIL], "position": 0}
ENTRY = {"v": 1, "entry": b"entry"}
DONE = {"v": 1, "trail": b"trail", "detail": b"detail"}
REFUSED = [("Marks", "no number", {key: MARKS[key] for key in MARKS if key != "number"}),
           ("Marks", "a root of 31 bytes", MARKS | {"logs": [TRAIL | {"root": bytes(31)}]}),
           ("Last", "text for an entry", ENTRY | {"entry": "entry"})]


def make():
    key = sha256(b"a key for the last entries")
    content = signed.sign(SEED, marks.MARKS, marks.Marks.encode(MARKS))
    lasts = [marks.Last.encode(last) for last in (ENTRY, DONE)]
    sealed = [seal.seal(Entropy(place), key, "unsent", [], 0, last) for place, last in enumerate(lasts)]
    return {
        "signer": {"seed": SEED.hex(), "public": signed.public(SEED).hex()},
        "copy": marks.copy(content, sha256).hex(),
        "key": key.hex(),
        "file": ((3).to_bytes(8, "big") + marks.frames(sealed)).hex(),
        "messages": [sample(marks.Marks, "Marks", MARKS), sample(marks.Marks, "Marks", FIRST),
                     sample(marks.Last, "Last", ENTRY), sample(marks.Last, "Last", DONE)],
        "refused": [{"sort": name, "why": why, "bytes": cbor.encode(value).hex()} for name, why, value in REFUSED],
    }
