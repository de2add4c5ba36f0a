"""Histories of one record, written by chance on several workstations that meet now and then."""

from formats.entropy import Entropy
from formats.fold import KEEPS, fold
from formats.ids import derived, show_op, tick

from .kinds import KINDS, VALUES

SCOPE = derived("scope")
STATIONS = [derived(f"workstation {number}") for number in range(4)]
RECORD = derived("a record")
#: Two that clash most of the time, so that clashes of three and settled clashes are common.
NARROW = [["family", "status"], ["phone", "role"], ["until", "active"], ["approvers", "status_reason", "status"],
          ["contacts/a/value", "shoe_size"], ["born", "count", "family"]]


class Chance:
    """Whole numbers from a seed, the same on every machine."""

    def __init__(self, seed):
        self.entropy = Entropy(seed)

    def below(self, bound):
        return int.from_bytes(self.entropy.take(4), "big") % bound

    def pick(self, items):
        return items[self.below(len(items))]

    def one_in(self, count):
        return self.below(count) == 0


def history(seed):
    """The kind's name and the ops."""
    chance = Chance(seed)
    name = sorted(KINDS)[seed % 4]
    stations = STATIONS[: 2 + chance.below(3)]
    paths = sorted(VALUES) if chance.one_in(4) else chance.pick(NARROW)
    known = {station: [] for station in stations}
    clocks = {station: chance.below(20) for station in stations}
    ops = [write(chance, KINDS[name], stations[0], "create", some(chance, paths), [], clocks)]
    known = {station: [ops[0]] if chance.below(8) else [] for station in stations} | {stations[0]: [ops[0]]}
    for _ in range(3 + chance.below(9)):
        station = chance.pick(stations)
        if chance.one_in(3):
            met = known[chance.pick(stations)]
            known[station] = known[station] + [op for op in met if op not in known[station]]
        verb, patch = step(chance, name, paths)
        op = write(chance, KINDS[name], station, verb, patch, known[station], clocks)
        known[station] = known[station] + [op]
        ops.append(op)
    return name, finish(chance, ops)


def step(chance, nature, paths):
    if chance.one_in(8 if nature != "document" else 16):
        return "void", {}
    if chance.one_in(5 if nature == "document" else 20):
        return "sign", {chance.pick(paths): chance.pick(["1", None])} if chance.one_in(4) else {}
    if chance.one_in(8):
        return "resolve", {}
    return ("resolve" if chance.one_in(6) else "patch"), some(chance, paths)


def some(chance, paths):
    chosen = [chance.pick(paths) for _ in range(1 + chance.below(2))]
    return {path: chance.pick(VALUES[path]) for path in chosen}


def write(chance, kind, station, verb, patch, seen, clocks):
    """One op by somebody who saw the ops `seen`."""
    state = fold(kind, RECORD, seen)
    parse = {show_op(op["id"]): op["id"] for op in seen}
    base = {}
    for path in patch:
        part = state["fields"].get(path) or state.get("unknown", {}).get(path) or {"heads": []}
        base[path] = [parse[name] for name in part["heads"]]
        if chance.one_in(16):
            # A program that names too much: the heads of the record, whether or not they set the path.
            base[path] = [parse[name] for name in state["heads"]]
        if chance.one_in(24):
            base[path] = base[path][:1] + [[STATIONS[3], SCOPE, 900]]
    if seen and not chance.one_in(10):
        base[""] = [parse[name] for name in state["heads"]]
    signs = [op["id"] for op in seen if op["verb"] == "sign"]
    if verb == "resolve" and signs and len(seen) % 2:
        base[KEEPS] = signs[-1:]
    now = clocks[station] = clocks[station] + chance.below(4)
    latest = max((op["hlc"] for op in seen if op["id"][0] == station), default=0)
    seq = 1 + sum(op["id"][0] == station for op in seen)
    op = {"id": (station, SCOPE, seq), "verb": verb, "hlc": tick(latest, now), "patch": patch}
    return op | {"base": {path: [tuple(name) for name in names] for path, names in base.items() if names}}


def finish(chance, ops):
    """A few are erased or clamped, and they arrive in any order."""
    for op in ops:
        if chance.one_in(60):
            del op["patch"], op["base"]
        if chance.one_in(30):
            op["clamp"] = max(op["hlc"] - 3 * 65536, 0)
    return sorted(ops, key=lambda _: chance.below(1 << 30))

