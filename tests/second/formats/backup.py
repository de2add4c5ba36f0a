"""Backups: docs/formats/backup.md. From the recovery sheet and the folder to every record of a chart.

python -m formats.backup FOLDER SHEET [PATIENT], in tests/second: FOLDER is that of one installation, SHEET a file with the
four lines of its recovery sheet. Without a patient the patients are listed.
"""

import json
import re
import sys
from pathlib import Path

import zstandard

from . import audit, keys, merkle, op, paper, seal, session, signed
from .fold import fold
from .ids import sha256, show
from .wire import Malformed, Maybe, Message, anything, data, digest, each, raw, table, text, u64, uid, word

STREAMS = ("log", "trail", "sessions")
LARGEST = 32 << 20
POINT = "clinicdesk/point/1"
LARGEST_NUMBER = 2**63 - 2

Segment = Message(v=u64, stream=word(*STREAMS), **{"from": u64}, through=u64, rows=each(data))
LogRow = Message(place=u64, position=u64, arrived=Maybe(u64), entry=data)
TrailRow = Message(place=u64, entry=data, detail=Maybe(data), head=Maybe(data))
SessionRow = Message(place=u64, scope=uid, size=u64, said=data)
StandingOp = Message(position=u64, clamp=Maybe(u64), quarantine=Maybe(text), signature=Maybe(raw(64)))
Standing = Message(place=u64, ops=each(StandingOp))
Local = Message(v=u64, standing=each(Standing), tables=table(each(table(anything))))
BlobRow = Message(v=u64, row=table(anything))
Stored = Message(stream=word(*STREAMS), **{"from": u64}, through=u64, bytes=u64, sha256=digest)
LogEnd = Message(incarnation=uid, scope=Maybe(uid), size=u64, root=digest)
KindSum = Message(kind=text, count=u64, sum=digest)
Held = Message(count=u64, bytes=u64, names=digest)
Point = Message(
    v=u64, clinic=uid, workstation=uid, incarnation=uid, number=u64, at=u64, sort=text, epoch=u64, schema=u64,
    app=text, entries=u64, former=u64, through=table(u64), segments=each(Stored), logs=each(LogEnd),
    kinds=Maybe(each(KindSum)), blobs=Held, files=Held, local=data, before=Maybe(digest),
)
TargetMark = Message(v=u64, target=uid, clinic=uid)
ROWS = {"log": LogRow, "trail": TrailRow, "sessions": SessionRow}


class Refused(ValueError):
    """Why a backup is not read, in words."""


def n(number):
    return number.to_bytes(8, "big")


def unpack(compressed):
    """What one zstd frame holds (RFC 8878)."""
    if len(compressed) > LARGEST:
        raise Refused("too large")
    try:
        with zstandard.ZstdDecompressor().stream_reader(compressed) as reader:
            plain = reader.read(LARGEST + 1)
    except zstandard.ZstdError as error:
        raise Refused("not compressed") from error
    if len(plain) > LARGEST:
        raise Refused("too large")
    return plain


def opened(key, kind, ids, encoded):
    """What was sealed as just this, under the backups' key."""
    try:
        return unpack(seal.unseal(key, kind, ids, 1, encoded))
    except seal.NotOpened as error:
        raise Refused(f"{kind} does not open") from error


def covering(names, stream, through):
    """The segments that cover a stream: of two that begin alike the longer one."""
    longest = {}
    for name in names:
        found = re.fullmatch(rf"{stream}/([0-9]{{8,}})-([0-9]{{8,}})", name)
        start, end = map(int, found.groups()) if found else (0, 0)
        if 1 <= start <= end <= LARGEST_NUMBER and name == f"{stream}/{start:08}-{end:08}":
            longest[start] = max(end, longest.get(start, 0))
    place, found = 1, []
    while place <= through:
        if longest.get(place, 0) < place:
            raise Refused(f"gap in {stream} at {place}")
        found.append((place, longest[place]))
        place = longest[place] + 1
    return found


class Backup:
    """The folder of one installation, opened by the recovery sheet; `files` are bytes by name."""

    def __init__(self, files, lines):
        self.files = files
        tag, secret = paper.read("\n".join(lines))
        if tag != 0:
            raise Refused("no recovery sheet")
        self.workstation = files["slots/workstation"]
        try:
            store, _epoch = keys.open_sheet_slot(secret, self.workstation, files["slots/sheet"])
        except seal.NotOpened as error:
            raise Refused("the sheet of another computer") from error
        self.key = seal.derive(store[:32], "backup")

    def points(self):
        """The numbers of the points by their names; nobody has looked into them."""
        numbers = [int(name.split("/")[1]) for name in self.files if re.fullmatch(r"points/[0-9]{7,}", name)]
        return sorted(n for n in numbers if 1 <= n <= LARGEST_NUMBER and f"points/{n:07}" in self.files)

    def point(self, number=None):
        """A point as it says itself, the newest that opens where none is named; its signature is looked at in `read`."""
        for later in reversed(self.points() if number is None else []):
            try:
                point = self.point(later)
                self.local(point)
                return point
            except Refused as error:
                print(f"points/{later:07} is passed over: {error}", file=sys.stderr)
        if number is None:
            raise Refused("no point")
        try:
            point = Point.decode(signed.Parts.decode(self.files[f"points/{number:07}"])["message"])
        except (KeyError, Malformed) as error:
            raise Refused("no point") from error
        if point["number"] != number:
            raise Refused("another point")
        return point

    def rows(self, point, stream):
        """The rows of a stream through the end of a point."""
        through = point["through"].get(stream, 0)
        last = 0
        for start, end in covering(self.files, stream, through):
            encoded = self.files[f"{stream}/{start:08}-{end:08}"]
            plain = opened(self.key, "backup/segment", [point["incarnation"], stream.encode(), n(start)], encoded)
            segment = Segment.decode(plain)
            if (segment["stream"], segment["from"], segment["through"]) != (stream, start, end):
                raise Refused("another segment")
            for encoded_row in segment["rows"]:
                row = ROWS[stream].decode(encoded_row)
                if not max(last + 1, start) <= row["place"] <= end:
                    raise Refused("rows out of order")
                last = row["place"]
                if last <= through:
                    yield row

    def local(self, point):
        return Local.decode(opened(self.key, "backup/local", [point["incarnation"], n(point["number"])], point["local"]))

    def read(self, number=None):
        """The point, what no log has, and the ops that count by record: checked against the roots that were signed."""
        point = self.point(number)
        local = self.local(point)
        standing = {item["place"]: item["ops"] for item in local["standing"]}
        leaves, records, people = {}, {}, {}
        for row in self.rows(point, "log"):
            entry = op.whole(row["entry"])
            parts = op.EntryBytes.decode(entry)["ops"]
            _transaction, ops, _signers = op.check(entry)
            for place, (header, body) in enumerate(ops):
                leaves.setdefault((header["incarnation"], header["scope"]), []).append(merkle.leaf(parts[place]["header"]))
                how = standing[row["place"]][place] if row["place"] in standing else {}
                if how.get("quarantine") is None and body is not None:
                    records.setdefault(header["record"], []).append(as_step(header, body, how.get("clamp")))
                    people.setdefault(header["record"], (header["kind"], header["patient"]))
        trail = [merkle.leaf(row["entry"]) for row in self.rows(point, "trail")][point["former"] :]
        for end in point["logs"]:
            scope = end.get("scope")
            known = leaves.get((end["incarnation"], scope), []) if scope else trail
            if (len(known), merkle.root(known)) != (end["size"], end["root"]):
                raise Refused("the log is not the one that was signed")
        return point, local, records, people

    def told(self, point):
        """Who sat where, in their own words: pairs of a scope and a signed message."""
        return [(row["scope"], row["said"]) for row in self.rows(point, "sessions")]

    def trail(self, point):
        """The workstation's audit entries."""
        return [audit.AuditEntry.decode(row["entry"]) for row in self.rows(point, "trail")][point["former"] :]

    def blob(self, point, sha):
        name = seal.derive(self.key, f"backup/name/{sha.hex()}").hex()
        encoded = self.files[f"blobs/{name[:2]}/{name}"]
        row = BlobRow.decode(opened(self.key, "backup/blob", [point["incarnation"], sha], encoded))["row"]
        if row.get("bytes") is not None and sha256(row["bytes"]) != sha:
            raise Refused("another blob")
        return row


def as_step(header, body, clamp):
    step = {
        "id": (header["incarnation"], header["scope"], header["seq"]), "verb": header["verb"], "hlc": header["hlc"],
        "patch": body["patch"], "base": {path: list(map(tuple, names)) for path, names in body["base"].items()},
    }
    return step if clamp is None else step | {"clamp": clamp}


def check_signature(backup, number, key):
    """That the workstation whose key is `key` signed the point."""
    signed.open_signed(key, POINT, Point, backup.files[f"points/{number:07}"])


def chart(backup, kinds, patient, number=None):
    """Every record about a patient, their own first, as JSON holds it."""
    _point, _local, records, people = backup.read(number)
    about = [name for name, (_kind, whom) in people.items() if whom == patient or name == patient]
    states = []
    for name in sorted(about, key=lambda name: (name != patient, name)):
        kind = people[name][0]
        if kind in kinds:
            states.append({"record": show(name), "kind": kind, "state": fold(kinds[kind], name, records[name])})
    return states


def declared(lines):
    """The kinds of a file of declarations, as the fold wants them."""
    kinds = {}
    for line in lines:
        head, _, rest = line.partition(" ")
        if head.endswith(":"):
            kinds[head[:-1]] = {"nature": rest.split(",")[0], "fields": {}}
            continue
        name, _, path = head.partition(".")
        if name not in kinds or not path:
            continue
        path, _, part = path.partition("/*/")
        field = kinds[name]["fields"].setdefault(path, {"holds": "text", "class": "ordinary", "moves": []})
        said, _, what = rest.partition(" ")
        if part:
            if not isinstance(field["holds"], dict):
                field["holds"] = {"entries": {}}
            parts = field["holds"]["entries"]
            known = parts.get(part)
            parts[part] = what if said == "holds" else {"choice": [*(known["choice"] if known else []), what]}
        elif rest in ("fixed", "ordinary", "critical", "narrowing", "state"):
            field["class"] = rest
        elif said == "holds":
            field["holds"] = what
        elif said == "is":
            words = field["holds"]["choice"] if isinstance(field["holds"], dict) else []
            field["holds"] = {"choice": [*words, what]}
        elif said == "from":
            start, end = re.fullmatch(r'"(.*)" to ([a-z_]+): .*', what).groups()
            field["moves"].append([start, end])
    return kinds


class Folder(dict):
    """A folder's files by name: their bytes are read when somebody asks."""

    def __init__(self, root):
        self.root = Path(root)
        names = (path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())
        super().__init__({name: None for name in names if not name.endswith(".new")})

    def __getitem__(self, name):
        if name not in self:
            raise Refused(f"{name} is missing")
        return (self.root / name).read_bytes()


def main(arguments):
    root, sheet, *patient = arguments
    lines = Path(sheet).read_text().strip().split("\n")
    backup = Backup(Folder(root), lines)
    point = backup.point()
    where = Path(__file__).parents[2] / "vectors" / "declarations" / f"{point['schema']}.json"
    kinds = declared(json.loads(where.read_text())["declared"])
    if patient:
        states = chart(backup, kinds, bytes.fromhex(patient[0].replace("-", "")))
        print(json.dumps(states, ensure_ascii=False, indent=1, default=str))
        return
    _point, _local, _records, people = backup.read()
    for name in sorted(name for name, (kind, _whom) in people.items() if kind == "patient"):
        print(show(name))


if __name__ == "__main__":
    main(sys.argv[1:])
