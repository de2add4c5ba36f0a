"""Keys for a purpose, and sealed bytes."""

from formats import hpke, seal
from formats.entropy import Entropy
from formats.ids import sha256

from .tagged import DOCTOR, WORKSTATION

PLAINS = [b"", b"a", bytes(range(100))]
ABOUT = [("bundle", [DOCTOR], 3), ("slot/user", [DOCTOR, WORKSTATION], 0), ("backup", [], 2**40)]


def make():
    key, private = sha256(b"a shared key"), sha256(b"a private key")
    recipient = hpke.public(private)
    cases = [(plain, *about) for plain in PLAINS for about in ABOUT]
    return {
        "derived": [
            {"secret": key.hex(), "purpose": purpose, "key": seal.derive(key, purpose).hex()}
            for purpose in ("bundle", "sheet", "root", "recovery", "")
        ],
        "key": key.hex(),
        "private": private.hex(),
        "public": recipient.hex(),
        "shared": [
            case(seed, *about, plain, seal.seal(Entropy(seed), key, *about, plain))
            for seed, (plain, *about) in enumerate(cases)
        ],
        "to": [
            case(seed, *about, plain, seal.seal_to(Entropy(seed), recipient, *about, plain))
            for seed, (plain, *about) in enumerate(cases)
        ],
        "refused": refused(key, recipient),
        "small_order": [point.hex() for point in (bytes(32), b"\x01" + bytes(31))],
    }


def case(seed, kind, ids, epoch, plain, sealed):
    ids = [name.hex() for name in ids]
    return {"seed": seed, "kind": kind, "ids": ids, "epoch": epoch, "plain": plain.hex(), "sealed": sealed.hex()}


def refused(key, recipient):
    """What does not open as a bundle of DOCTOR in epoch 3."""
    as_is = ("bundle", [DOCTOR], 3)
    shared = lambda kind, ids, epoch: seal.seal(Entropy(9), key, kind, ids, epoch, b"plain")
    to = lambda kind, ids, epoch: seal.seal_to(Entropy(9), recipient, kind, ids, epoch, b"plain")
    other = [("another kind", ("slot", [DOCTOR], 3)), ("another owner", ("bundle", [WORKSTATION], 3)),
             ("an older epoch", ("bundle", [DOCTOR], 2)), ("one owner more", ("bundle", [DOCTOR, DOCTOR], 3))]
    cases = [("shared", why, shared(*about)) for why, about in other]
    cases += [("to", why, to(*about)) for why, about in other]
    for form, shape, sealed in (("shared", seal.Sealed, shared(*as_is)), ("to", seal.SealedTo, to(*as_is))):
        parts = shape.decode(sealed)
        cases += [
            (form, "another version", shape.encode(parts | {"v": 2})),
            (form, "another kind inside", shape.encode(parts | {"kind": "slot"})),
            (form, "a flipped bit", shape.encode(parts | {"text": bytes([parts["text"][0] ^ 1]) + parts["text"][1:]})),
            (form, "a cut tag", shape.encode(parts | {"text": parts["text"][:-1]})),
            (form, "no text", shape.encode(parts | {"text": b""})),
            (form, "bytes after the end", sealed + b"\x00"),
        ]
    cases.append(("to", "a key of small order", seal.SealedTo.encode(parts | {"enc": bytes(32)})))
    return [{"form": form, "why": why, "sealed": sealed.hex()} for form, why, sealed in cases]
