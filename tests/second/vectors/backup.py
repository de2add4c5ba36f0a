"""A backup of two entries: the folder of one installation, its recovery sheet, and the chart that comes out of it."""

from formats import audit, backup, keys, merkle, op, paper, seal, session, signed
from formats.entropy import Entropy
from formats.ids import at, derived, sha256, show

from .tagged import ADMINISTRATOR, CLINIC, DOCTOR, INCARNATION, SCOPE, SESSION, SITE, WORKSTATION, sample

SEED = sha256(b"a workstation's key")
AUTHOR = sha256(b"a doctor's key")
STORE = sha256(b"a store key") + sha256(b"a store salt")[:16]
KEY = seal.derive(STORE[:32], "backup")
PATIENT, ALLERGY = derived("a person in a backup"), derived("an allergy in a backup")
WALL = "2026-11-23T10:31:00+08:00"
AT = 1_795_314_660_000
#: The kinds of the two records, as far as they are used.
KINDS = {
    "patient": {"nature": "ordinary", "fields": {"family": {"holds": "text", "class": "critical"}}},
    "allergy": {"nature": "claim", "fields": {"substance": {"holds": "text", "class": "ordinary"}}},
}


def pack(plain):
    """One zstd frame of one raw block: whoever writes vectors compresses nothing."""
    size = len(plain)
    return b"\x28\xb5\x2f\xfd\xa0" + size.to_bytes(4, "little") + (size << 3 | 1).to_bytes(3, "little") + plain


def sealed(seed, kind, ids, plain):
    return seal.seal(Entropy(seed), KEY, kind, ids, 1, pack(plain))


def entry(first, kind, record, patch, time):
    """A transaction of one op that makes a record."""
    transaction = {
        "v": 1, "incarnation": INCARNATION, "scope": SCOPE, "first": first, "size": 1, "author": DOCTOR,
        "session": SESSION, "site": SITE, "wall": WALL, "app": "1.0.0", "schema": 3,
    }
    header = {
        "v": 1, "clinic": CLINIC, "incarnation": INCARNATION, "scope": SCOPE, "seq": first, "kind": kind,
        "record": record, "patient": PATIENT, "verb": "create", "hlc": at(time),
    }
    body = {"salt": Entropy(first).take(16), "patch": patch, "base": {}}
    return op.build(transaction, [(header, body, False)], AUTHOR)


def segment(stream, start, end, rows):
    encoded = [backup.ROWS[stream].encode(row) for row in rows]
    message = {"v": 1, "stream": stream, "from": start, "through": end, "rows": encoded}
    plain = backup.Segment.encode(message)
    ids = [INCARNATION, stream.encode(), backup.n(start)]
    return f"{stream}/{start:08}-{end:08}", sealed(start + len(stream), "backup/segment", ids, plain)


def stored(name, encoded):
    stream, places = name.split("/")
    start, end = map(int, places.split("-"))
    return {"stream": stream, "from": start, "through": end, "bytes": len(encoded), "sha256": sha256(encoded)}


def folder():
    """The files by name, with the messages that are in them."""
    sheet = Entropy(9).take(32)
    entries = [entry(1, "patient", PATIENT, {"family": "Reyes"}, AT),
               entry(2, "allergy", ALLERGY, {"substance": "Penicillin"}, AT + 1)]
    rows = [{"place": place, "position": place, "arrived": AT, "entry": op.sent(encoded)}
            for place, encoded in zip((1, 3), entries)]
    done = audit.AuditEntry.encode({
        "v": 1, "workstation": INCARNATION, "seq": 1, "hlc": at(AT), "wall": WALL, "user": ADMINISTRATOR,
        "role": "administrator", "action": "back_up_now", "outcome": "done",
    })
    said = signed.sign(AUTHOR, session.SORT, session.Session.encode({
        "v": 1, "clinic": CLINIC, "incarnation": INCARNATION, "number": AT, "session": SESSION, "user": DOCTOR,
        "turn": "open", "logs": [{"scope": SCOPE, "size": 0}],
    }))
    blob = b"%PDF of a certificate"
    segments = dict([
        segment("log", 1, 1, rows[:1]), segment("log", 2, 3, rows[1:]),
        segment("trail", 1, 1, [{"place": 1, "entry": done}]),
        segment("sessions", 1, 1, [{"place": 1, "scope": SCOPE, "size": 0, "said": said}]),
    ])
    named = seal.derive(KEY, f"backup/name/{sha256(blob).hex()}").hex()
    blobs = {f"blobs/{named[:2]}/{named}": sealed(
        20, "backup/blob", [INCARNATION, sha256(blob)],
        backup.BlobRow.encode({"v": 1, "row": {"sha256": sha256(blob), "media_type": "application/pdf", "bytes": blob}}),
    )}
    held = lambda names, size: {"count": len(names), "bytes": size,
                                "names": sha256(b"".join(name.encode() + b"\x00" for name in sorted(names)))}
    headers = [op.EntryBytes.decode(encoded)["ops"][0]["header"] for encoded in entries]
    local = {"v": 1, "standing": [], "tables": {"local": [{"name": "site", "value": SITE}]}}
    point = {
        "v": 1, "clinic": CLINIC, "workstation": WORKSTATION, "incarnation": INCARNATION, "number": 1, "at": AT + 2,
        "sort": "complete", "epoch": 1, "schema": 3, "app": "1.0.0", "entries": 2, "former": 0,
        "through": {"log": 3, "trail": 1, "sessions": 1},
        "segments": [stored(name, segments[name]) for name in segments],
        "logs": [
            {"incarnation": INCARNATION, "scope": SCOPE, "size": 2, "root": merkle.root(list(map(merkle.leaf, headers)))},
            {"incarnation": INCARNATION, "size": 1, "root": merkle.root([merkle.leaf(done)])},
        ],
        "blobs": held(blobs, len(blob)), "files": held({}, 0),
        "local": sealed(30, "backup/local", [INCARNATION, backup.n(1)], backup.Local.encode(local)),
    }
    slots = {
        "slots/workstation": WORKSTATION,
        "slots/sheet": keys.sheet_slot(Entropy(40), sheet, WORKSTATION, STORE, 1),
    }
    points = {"points/0000001": signed.sign(SEED, backup.POINT, backup.Point.encode(point))}
    return sheet, slots | segments | blobs | points, point, rows, local, sha256(blob)


def flipped(encoded):
    return bytes([*encoded[:-1], encoded[-1] ^ 1])


def refused(files):
    """What each change of one file is refused for."""
    one, two = files["log/00000001-00000001"], files["log/00000002-00000003"]
    cases = [
        ("a flipped bit", "log/00000002-00000003", flipped(two), "does not open"),
        ("a cut segment", "log/00000002-00000003", two[:-1], "does not open"),
        ("another segment in its place", "log/00000002-00000003", one, "does not open"),
        ("no segment", "log/00000002-00000003", None, "gap in log at 2"),
        ("nothing in it", "trail/00000001-00000001", b"", "does not open"),
        ("the slot of another sheet", "slots/sheet", flipped(files["slots/sheet"]), "another computer"),
    ]
    return [{"why": why, "file": name, "bytes": encoded.hex() if encoded is not None else None, "fault": fault}
            for why, name, encoded, fault in cases]


def make():
    sheet, files, point, rows, local, blob = folder()
    opened = backup.Backup(files, paper.show(0, sheet))
    return {
        "signer": {"seed": SEED.hex(), "public": signed.public(SEED).hex()},
        "sheet": paper.show(0, sheet), "key": KEY.hex(), "patient": show(PATIENT), "blob": blob.hex(),
        "kinds": KINDS,
        "folder": [{"name": name, "bytes": encoded.hex()} for name, encoded in files.items()],
        "chart": backup.chart(opened, KINDS, PATIENT),
        "messages": [
            sample(backup.Point, "Point", point), sample(backup.LogRow, "LogRow", rows[0]),
            sample(backup.Local, "Local", local),
            sample(backup.TargetMark, "TargetMark", {"v": 1, "target": derived("target"), "clinic": CLINIC}),
        ],
        "refused": refused(files),
    }
