"""The state of a record from the set of its ops: docs/formats/fold.md.

An op is a dict: `id` (incarnation, scope, seq), `verb`, `hlc`, and perhaps `clamp`, `patch`, `base`.
A kind is a dict: `nature`, and `fields` by name with `holds`, `class` and perhaps `moves`.
"""

from .code import last_day
from .ids import derived, show, show_op
from .record import accepts, field_of, moves

#: The path in a settling's base under which it names the signature that it keeps.
KEEPS = "/"


class History:
    """Ops in the order of what is shown, and who saw whom."""

    def __init__(self, ops):
        unique = {op["id"]: op for op in ops}
        self.ops = sorted(unique.values(), key=lambda op: (stamp(op), op["id"]))
        self.by_id = unique
        self.seen = {op["id"]: self.past(op, None) for op in self.ops}

    def past(self, op, path):
        """The ids of all that the author of `op` had seen, of one path or of any."""
        reached, wave = set(), {op["id"]}
        while wave:
            named = {base for name in wave for base in bases(self.by_id[name], path)}
            wave = {base for base in named if base in self.by_id} - reached
            reached |= wave
        return reached

    def with_verb(self, verb):
        return [op["id"] for op in self.ops if op["verb"] == verb]

    def settling(self):
        """The resolves of a clash about the whole record."""
        return [op["id"] for op in self.ops if op["verb"] == "resolve" and not op.get("patch")]


def stamp(op):
    return min(op["hlc"], op.get("clamp", op["hlc"]))


def bases(op, path):
    base = op.get("base") or {}
    return base.get(path, []) if path is not None else [name for names in base.values() for name in names]


def fold(kind, record, ops):
    """The state, as JSON holds it."""
    history = History(ops)
    document = kind["nature"] == "document"
    signature, rivals = signatures(history)
    frozen = history.seen[signature] | {signature} if signature and document else None
    state = {"fields": {}, "unknown": {}, "heads": [], "late": [], "conflicts": []}
    for path in sorted({path for op in history.ops for path in op.get("patch") or {}}):
        writers = [op for op in history.ops if path in (op.get("patch") or {})]
        if frozen is not None and not moves(kind, path):
            state["late"] += [op["id"] for op in writers if op["id"] not in frozen]
            writers = [op for op in writers if op["id"] in frozen]
        heads, shown, clash = settle(history, kind, path, writers)
        if clash:
            state["conflicts"].append(conflict(record, path, clash, heads))
        known = field_of(kind, path)
        place = "fields" if known and accepts(known[1], shown) else "unknown"
        state[place][path] = {"value": shown, "heads": list(map(show_op, heads))}
    if len(rivals) > 1:
        state["conflicts"].append(conflict(record, "", "signatures", rivals))
    voided, removal = withdrawn(history, kind)
    if removal:
        state["conflicts"].append(conflict(record, "", "removal", removal))
    everything = set().union(*(bases(op, None) for op in history.ops)) if history.ops else set()
    state["heads"] = [show_op(name) for name in sorted(history.by_id) if name not in everything]
    state["late"] = [show_op(op["id"]) for op in history.ops if op["id"] in state["late"]]
    state["signed"] = show_op(signature) if signature else None
    state["voided"] = show_op(voided) if voided else None
    state["made"] = stamp(history.ops[0]) if history.ops else 0
    state["last"] = stamp(history.ops[-1]) if history.ops else 0
    optional = ("unknown", "late", "conflicts", "signed", "voided")
    return {name: part for name, part in state.items() if part or name not in optional}


def conflict(record, path, clash, contenders):
    names = list(map(show_op, sorted(contenders)))
    name = f"conflict {show(record)} {path} [{', '.join(names)}]"
    return {"id": show(derived(name)), "path": path, "clash": clash, "contenders": names}


def signatures(history):
    """The signature that holds, and all that stand against each other."""
    signs = history.with_verb("sign")
    settling = history.settling()
    seen, kept = set(), set()
    for resolve in settling:
        if any(resolve in history.seen[other] for other in settling):
            continue
        before = [sign for sign in signs if sign in history.seen[resolve]]
        named = [sign for sign in before if sign in bases(history.by_id[resolve], KEEPS)]
        seen.update(before)
        kept.update((named or before)[:1])
    standing = [sign for sign in signs if sign in kept or sign not in seen]
    return (standing[0] if standing else None), standing


def withdrawn(history, kind):
    """The void that holds, and the contenders where somebody who had not seen one went on."""
    undone = set().union(*(history.seen[resolve] for resolve in history.settling()))
    voids = [void for void in history.with_verb("void") if void not in undone]
    if not voids:
        return None, None
    known = set(voids).union(*(history.seen[void] for void in voids))
    unaware = [name for name in history.by_id if name not in known and not history.seen[name] & set(voids)]
    if not unaware:
        return voids[0], None
    return (None if kind["nature"] == "claim" else voids[0]), voids + unaware


def settle(history, kind, path, writers):
    """The heads of a path, what is shown, and the clash if there is one."""
    heads = unseen(path, writers)
    offers = [op["patch"][path] for op in heads]
    names = [op["id"] for op in heads]
    if not offers or all(same(offer, offers[-1]) for offer in offers):
        return names, (offers[-1] if offers else None), None
    known = field_of(kind, path)
    rule = known[0]["class"] if known else "ordinary"
    if rule == "ordinary":
        return names, offers[-1], "values"
    if rule == "narrowing":
        return names, narrowest(offers), "values"
    if rule == "state":
        ends = [end for end in offers if all(reaches(known[0]["moves"], offer, end) for offer in offers)]
        if ends and all(end == ends[0] for end in ends):
            return names, ends[0], None
        return names, agreed(history, path, heads), "moves"
    return names, agreed(history, path, heads), "values"


def unseen(path, writers):
    """Those of the writers that no other one overwrote."""
    overwritten = {base for op in writers for base in bases(op, path)}
    return [op for op in writers if op["id"] not in overwritten]


def agreed(history, path, heads):
    """The last value on which all heads rest."""
    lines = [history.past(op, path) | {op["id"]} for op in heads]
    common = set.intersection(*lines) if lines else set()
    last = unseen(path, [op for op in history.ops if op["id"] in common and path in (op.get("patch") or {})])
    if not last:
        return None
    offers = [op["patch"][path] for op in last]
    if all(same(offer, offers[0]) for offer in offers):
        return offers[0]
    return agreed(history, path, last)


def same(one, other):
    """Equal in value and in sort: in Python True is 1."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other


def narrowest(offers):
    """The narrower of several rights; nothing where none is."""
    if all(isinstance(offer, bool) for offer in offers):
        return all(offers)
    if all(isinstance(offer, list) for offer in offers):
        return [word for word in offers[0] if all(any(same(word, other) for other in rest) for rest in offers)]
    dates = [offer for offer in offers if offer is not None]
    if all(isinstance(offer, str) and last_day(offer) for offer in dates):
        return min(dates, key=last_day)
    return None


def reaches(moves, start, end):
    """Whether a word leads to another by any number of moves."""
    if not (isinstance(start, str) and isinstance(end, str)):
        return False
    reached = {start}
    while True:
        further = {to for come, to in moves if come in reached} - reached
        if not further:
            return end in reached
        reached |= further
