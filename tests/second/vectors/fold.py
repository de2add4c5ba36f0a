"""Histories with the states that they amount to: by hand with a name, and by chance."""

from formats.fold import KEEPS, fold
from formats.ids import at, show, show_op

from .histories import RECORD, SCOPE, STATIONS, history
from .kinds import KINDS

A, B, C = STATIONS[:3]


def op(station, seq, verb, time, patch=None, base=None):
    base = {path: list(map(tuple, names)) for path, names in (base or {}).items()}
    return {"id": (station, SCOPE, seq), "verb": verb, "hlc": at(time), "patch": patch or {}, "base": base}


def name(station, seq):
    return station, SCOPE, seq


def by_hand():
    """Each rule that a person would look for, by its sentence."""
    first = [name(A, 1)]
    both = [name(A, 2), name(B, 1)]
    made = lambda patch: op(A, 1, "create", 1, patch)
    signed = [made({"phone": "1", "status": "draft"}), op(A, 2, "sign", 2, {}, {"": first})]
    twice = [*signed, op(B, 1, "sign", 3, {}, {"": first})]
    paper = lambda ours: [
        signed[0], op(A, 2, "sign", 2, {"phone": ours}, {"": first, "phone": first}),
        op(B, 1, "sign", 3, {"phone": "2"}, {"": first, "phone": first}),
    ]
    settled = [*twice, op(A, 3, "resolve", 4, {}, {"": both})]
    chose = lambda seq, sign, seen: op(A, seq, "resolve", seq + 1, {}, {"": seen, KEEPS: [sign]})
    later = [*paper("1"), chose(3, both[1], both)]
    demoted = lambda mine, yours: [
        made({"role": "doctor", "active": True, "approvers": ["doctor", "nurse"], "until": "2030"}),
        op(A, 2, "patch", 2, mine, {path: first for path in mine}),
        op(B, 1, "patch", 3, yours, {path: first for path in yours}),
    ]
    return [
        ("of two clashing roles neither holds", "ordinary", demoted({"role": "nurse"}, {"role": None})),
        ("of two clashing ends the earlier holds", "ordinary", demoted({"until": "2027"}, {"until": "2026-12"})),
        ("an end is narrower than none", "ordinary", demoted({"until": None}, {"until": "2027"})),
        ("no is narrower than yes", "ordinary", demoted({"active": False}, {"active": True})),
        ("where no value is narrower nothing holds", "ordinary",
         demoted({"active": False, "approvers": None}, {"active": None, "approvers": ["nurse"]})),
        ("words that both name hold", "ordinary", demoted({"approvers": ["nurse", "x"]}, {"approvers": ["y", "nurse"]})),
        ("a signed document goes on through its states with the reason", "document",
         [*signed, op(B, 1, "patch", 3, {"status": "dropped", "status_reason": "wrong person"}, {"status": first})]),
        ("a late edit is handed back", "document", [*signed, op(B, 1, "patch", 3, {"phone": "2"}, {"phone": first})]),
        ("two signatures clash", "document", twice),
        ("a settled clash of signatures is over", "document", settled),
        ("a third signature clashes with the one that was settled on", "document",
         [*settled, op(C, 1, "sign", 5, {}, {"": first})]),
        ("a third signature with an earlier stamp does too", "document",
         [*settled, op(C, 1, "sign", 1, {"phone": "3"}, {"": first, "phone": first})]),
        ("of two signatures the one holds that whoever settled it named", "document", later),
        ("a settling that saw another overrules it", "document", [*later, chose(4, both[0], [name(A, 3)])]),
        ("two who settle it differently at the same time leave both", "document",
         [*later, op(C, 1, "resolve", 4, {}, {"": both})]),
        ("a settling that names what is no signature keeps the first", "document",
         [*paper("3"), chose(3, name(A, 1), both)]),
        ("the last agreed value is found behind an op that does not set the field", "ordinary",
         [made({"family": "Reyes"}), op(A, 2, "patch", 2, {"phone": "1"}, {"family": first, "": first}),
          op(A, 3, "patch", 3, {"family": "Cruz"}, {"family": first + [name(A, 2)]}),
          op(B, 1, "patch", 4, {"family": "Lim"}, {"family": first + [name(A, 2)]})]),
        ("a claim withdrawn by one and edited by another stays", "claim",
         [made({"family": "penicillin"}), op(A, 2, "void", 2, {}, {"": first}),
          op(B, 1, "patch", 3, {"phone": "1"}, {"": first})]),
        ("a resolve without values takes the withdrawal back", "claim",
         [made({"family": "penicillin"}), op(A, 2, "void", 2, {}, {"": first}),
          op(B, 1, "patch", 3, {"phone": "1"}, {"": first}), op(A, 3, "resolve", 4, {}, {"": both})]),
        ("an entry whose id is none leads to no field", "ordinary",
         [made({f"contacts/{entry}/value": "1" for entry in ("a.B_0:-", "a" * 64, "a" * 65, "\0", "ü", "a b", "")})]),
        ("nothing amounts to nothing", "ordinary", []),
    ]


def shown(op):
    """An op as JSON: what is missing in an erased one is its body."""
    told = {"id": show_op(op["id"]), "verb": op["verb"], "hlc": op["hlc"]}
    if "clamp" in op:
        told["clamp"] = op["clamp"]
    if "patch" in op:
        told["patch"] = op["patch"]
        told["base"] = {path: list(map(show_op, names)) for path, names in op["base"].items()}
    return told


def case(why, kind, ops):
    return {"why": why, "kind": kind, "ops": list(map(shown, ops)), "state": fold(KINDS[kind], RECORD, ops)}


def make():
    return {
        "record": show(RECORD),
        "fields": KINDS["ordinary"]["fields"],
        "by_hand": [case(*told) for told in by_hand()],
        "by_chance": [case(f"seed {seed}", *history(seed)) for seed in range(220)],
    }
