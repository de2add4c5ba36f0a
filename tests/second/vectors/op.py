"""An entry with a signed op, its messages, derived identifiers and the clock."""

from formats import ids, op, signed
from formats.entropy import Entropy

from .tagged import CLINIC, DOCTOR, INCARNATION, NOTE, PATIENT, SCOPE, SESSION, SITE, sample, tagged

TRANSACTION = {
    "v": 1, "incarnation": INCARNATION, "scope": SCOPE, "first": 8, "size": 3, "author": DOCTOR, "session": SESSION,
    "site": SITE, "wall": "2026-11-22T10:31:00+08:00", "app": "0.1.0", "schema": 1,
}
SEEN = [[INCARNATION, SCOPE, 2], [ids.derived("elsewhere"), SCOPE, 300]]


def ops(entropy):
    """Headers without digests, bodies, and whether the author signs."""
    clock, made = ids.at(1_795_000_000_000), []
    steps = [
        ("patient", PATIENT, "create", {"family": "Reyes", "birth_date": "~1999"}, {}, None, False),
        ("note", NOTE, "patch", {"plan": None, "diagnoses/a/primary": True}, {"plan": SEEN, "": SEEN}, None, False),
        ("note", NOTE, "sign", {}, {"": [[INCARNATION, SCOPE, 9]]}, "done", True),
    ]
    for seq, (kind, record, verb, patch, base, reason, weighty) in enumerate(steps, TRANSACTION["first"]):
        clock = ids.tick(clock, 1_795_000_000_000)
        body = {"salt": entropy.take(16), "patch": patch, "base": base, "reason": reason}
        header = {
            "v": 1, "clinic": CLINIC, "incarnation": INCARNATION, "scope": SCOPE, "seq": seq, "kind": kind,
            "record": record, "patient": PATIENT if kind == "note" else None, "verb": verb, "hlc": clock,
        }
        made.append((header, body, weighty))
    return made


def make():
    seed = ids.sha256(b"a doctor's key")
    author = signed.public(seed)
    encoded = op.build(TRANSACTION, ops(Entropy(1)), seed)
    entry = op.EntryBytes.decode(encoded)
    messages = [sample(op.Transaction, "Transaction", TRANSACTION)]
    for written in entry["ops"]:
        messages.append(sample(op.Header, "Header", op.Header.decode(written["header"])))
        messages.append(sample(op.Body, "Body", op.Body.decode(written["body"])))
    messages += [sample(op.OpBytes, "OpBytes", written) for written in entry["ops"]]
    messages += [sample(op.Header, "Header", messages_of_each_verb(entry, verb)) for verb in op.VERBS]
    digests = [ids.sha256(bytes.fromhex(message["bytes"])).hex() for message in messages]
    return {
        "author": {"seed": seed.hex(), "public": author.hex()},
        "entry": encoded.hex(),
        "erased": op.EntryBytes.encode(entry | {"ops": [{"header": entry["ops"][0]["header"]}]}).hex(),
        "messages": [message | {"digest": digest} for message, digest in zip(messages, digests)],
        "refused": refused(entry),
        "derived": [{"name": name, "id": ids.show(ids.derived(name))} for name in ("", "a", "conflict", "ü")],
        "timed": [
            {"milliseconds": time, "random": random.hex(), "id": ids.show(ids.timed(time, random))}
            for time, random in ((0, bytes(10)), (1_795_000_000_000, bytes(range(10))), (2**48 - 1, b"\xff" * 10))
        ],
        "ticks": ticks(),
    }


def messages_of_each_verb(entry, verb):
    return op.Header.decode(entry["ops"][0]["header"]) | {"verb": verb}


def refused(entry):
    """Entries that do not belong together, and what is wrong with each."""
    first, second, third = entry["ops"]
    bad_header = first | {"header": b"\xa0"}
    other = op.Transaction.encode(TRANSACTION | {"author": PATIENT})
    flipped = bytes([third["signature"][0] ^ 1]) + third["signature"][1:]
    unseen = op.Header.encode(op.Header.decode(first["header"]) | {"body": ids.sha256(b"\xff")})
    cases = [
        ("another body", "digest", {"ops": [first | {"body": second["body"]}]}),
        ("another transaction", "digest", {"transaction": other}),
        ("a flipped signature", "signature", {"ops": [third | {"signature": flipped}]}),
        ("a signature moved to another op", "signature", {"ops": [first | {"signature": third["signature"]}]}),
        ("a header that is none", "bytes", {"ops": [bad_header]}),
        ("a transaction that is none", "bytes", {"transaction": b"\xff"}),
        ("a body that is none", "bytes", {"ops": [{"header": unseen, "body": b"\xff"}]}),
        ("an unknown verb", "bytes", {"ops": [first | {"header": renamed(first["header"])}]}),
    ]
    return [
        {"why": why, "fault": fault, "entry": op.EntryBytes.encode(entry | change).hex()}
        for why, fault, change in cases
    ]


def renamed(header):
    return header.replace(b"create", b"forget")


def ticks():
    cases = [(0, 0), (0, 5), (ids.at(5), 5), (ids.at(5) + 65535, 5), (ids.at(9), 5), (ids.at(5), 9), (1, 2**60)]
    return [{"previous": last, "now": now, "next": ids.tick(last, now)} for last, now in cases]
