"""Bundles, slots, papers, shares and certificates of keys."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from formats import code, hpke, keys, paper, seal, signed
from formats.entropy import Entropy
from formats.ids import sha256
from formats.seal import derive

from .chains import chains
from .tagged import DOCTOR, INCARNATION, WORKSTATION

SEALING, SIGNING = sha256(b"a doctor's sealing key"), sha256(b"a doctor's signing key")
STORE = sha256(b"a store key") + sha256(b"a store salt")[:16]
CHEAP = (32, 1)
#: Full width, a ligature, and letters with a mark of their own: one password in NFKC.
PASSWORDS = ["correct horse battery", "ｃｏｒｒｅｃｔ ﬁsh Å", "correct fish Å"]


def make():
    device, sheet = sha256(b"a keychain's key"), Entropy(5).take(32)
    recovery = sha256(b"a recovery key")
    user = keys.user_slot(Entropy(2), device, hpke.public(SEALING), DOCTOR, WORKSTATION, STORE, 4)
    by_sheet = keys.sheet_slot(Entropy(3), sheet, WORKSTATION, STORE, 4)
    by_clinic = keys.clinic_slot(Entropy(4), hpke.public(recovery), WORKSTATION, STORE, 4)
    return {
        "stretched": [
            {"password": password, "memory": memory, "passes": passes,
             "key": keys.stretch(password, b"sixteen bytes!!!", memory, passes).hex()}
            for password in PASSWORDS for memory, passes in ((32, 1), (64, 3))
        ],
        "bundles": bundles(),
        "bundles_refused": bundles_refused(),
        "slots": {
            "device": device.hex(), "sealing": SEALING.hex(), "recovery": recovery.hex(), "store": STORE.hex(),
            "sheet": sheet.hex(), "sheet_seed": 5, "epoch": 4, "user": user.hex(), "user_seed": 2,
            "by_sheet": by_sheet.hex(), "by_sheet_seed": 3, "by_clinic": by_clinic.hex(), "by_clinic_seed": 4,
        },
        "slots_refused": slots_refused(user, by_sheet, by_clinic),
        "issuing": issuing(),
        "papers": papers(),
        "papers_refused": papers_refused(),
        "root": root(),
        "enrolment": enrolment(),
        "chains": chains(),
    }


def issuing():
    """A doctor's key to issue with, sealed to them for one installation, and what does not open for them there."""
    private = ec.derive_private_key(int.from_bytes(sha256(b"an issuing key"), "big") % code.ORDER, ec.SECP256R1())
    plain = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    sealed = lambda seed, to, ids: seal.seal_to(Entropy(seed), hpke.public(to), "issuing", ids, 0, plain).hex()
    refused = [
        ("to somebody else", sealed(7, SIGNING, [DOCTOR, INCARNATION])),
        ("of another person", sealed(7, SEALING, [WORKSTATION, INCARNATION])),
        ("of another installation", sealed(7, SEALING, [DOCTOR, WORKSTATION])),
    ]
    return {
        "sealing": SEALING.hex(), "seed": 6, "public": code.public(private.private_numbers().private_value).hex(),
        "sealed": sealed(6, SEALING, [DOCTOR, INCARNATION]),
        "refused": [{"why": why, "sealed": made} for why, made in refused],
    }


def bundle(factor, epoch):
    return SEALING, SIGNING, factor, epoch


def bundles():
    made = []
    for seed, (cost, factor) in enumerate(((CHEAP, None), (CHEAP, b"twenty bytes of seed"), (keys.FLOOR, b"x"))):
        sealed = keys.seal_bundle(Entropy(seed), PASSWORDS[0], cost, DOCTOR, bundle(factor, seed))
        made.append({
            "seed": seed, "password": PASSWORDS[0], "memory": cost[0], "passes": cost[1], "epoch": seed,
            "factor": factor.hex() if factor else None, "sealing": SEALING.hex(), "signing": SIGNING.hex(),
            "signs_with": signed.public(SIGNING).hex(), "seals_with": hpke.public(SEALING).hex(),
            "bytes": sealed.hex(),
        })
    return made


def bundles_refused():
    """What does not open for DOCTOR with the first password, at the floor named."""
    sealed = keys.seal_bundle(Entropy(1), PASSWORDS[0], CHEAP, DOCTOR, bundle(None, 1))
    parts = keys.SealedBundle.decode(sealed)
    cases = [
        ("another password", CHEAP, keys.seal_bundle(Entropy(1), PASSWORDS[1], CHEAP, DOCTOR, bundle(None, 1))),
        ("another person", CHEAP, keys.seal_bundle(Entropy(1), PASSWORDS[0], CHEAP, WORKSTATION, bundle(None, 1))),
        ("an older epoch", CHEAP, keys.SealedBundle.encode(parts | {"epoch": 0})),
        ("another version", CHEAP, keys.SealedBundle.encode(parts | {"v": 2})),
        ("a cost under the floor", keys.FLOOR, sealed),
        ("more memory than is ever opened", CHEAP, keys.SealedBundle.encode(parts | {"memory": 2**20 + 1})),
        ("more passes than are ever opened", CHEAP, keys.SealedBundle.encode(parts | {"passes": 65})),
        ("another salt", CHEAP, keys.SealedBundle.encode(parts | {"salt": bytes(16)})),
    ]
    return [{"why": why, "floor": list(floor), "bytes": made.hex()} for why, floor, made in cases]


def slots_refused(user, by_sheet, by_clinic):
    cases = []
    for kind, slot in (("user", user), ("sheet", by_sheet), ("clinic", by_clinic)):
        parts = keys.Slot.decode(slot)
        flipped = bytes([*parts["sealed"][:-1], parts["sealed"][-1] ^ 1])
        cases += [
            (kind, "another epoch", keys.Slot.encode(parts | {"epoch": 5})),
            (kind, "another version", keys.Slot.encode(parts | {"v": 2})),
            (kind, "another kind", keys.Slot.encode(parts | {"kind": "slot/other"})),
            (kind, "a flipped bit", keys.Slot.encode(parts | {"sealed": flipped})),
            (kind, "a cut slot", slot[:-1]),
        ]
    return [{"kind": kind, "why": why, "bytes": made.hex()} for kind, why, made in cases]


def papers():
    secrets = [(0, bytes(32)), (0, b"\xff" * 32), (0, Entropy(6).take(32)), (2, Entropy(7).take(32))]
    return [{"tag": tag, "secret": secret.hex(), "lines": paper.show(tag, secret)} for tag, secret in secrets]


def papers_refused():
    """Texts that are no recovery sheet, and what is said of them."""
    lines = paper.show(0, Entropy(6).take(32))
    one, two, three, four = lines
    other = paper.show(0, Entropy(8).take(32))
    wrong = ("0" if three[4] != "0" else "1").join([three[:4], three[5:]])
    swapped = two[1] + two[0] + two[2:]
    last = four[:-2] + four[-1] + four[-2]
    cases = [
        ("line 4", [one, two, three, last]), ("line 3", [one, two, wrong, four]), ("line 2", [one, swapped, three, four]),
        ("line 1", [two, one, three, four]), ("line 4", [one, two, three, "U" + four[1:]]),
        ("length 2", [one, two + "0", three, four]), ("lines", [one, two, three]), ("lines", []),
        ("whole", [one, two, three, other[3]]), ("kind", paper.show(1, Entropy(6).take(32))),
    ]
    return [{"fault": fault, "text": "\n".join(lines)} for fault, lines in cases]


def root():
    """A root, its keys and its shares: the secret and then the slope come from one source."""
    entropy = Entropy(11)
    secret, slope = entropy.take(32), entropy.take(32)
    shares = paper.split(secret, slope)
    key = signed.public(derive(secret, "root"))
    return {
        "seed": 11, "secret": secret.hex(), "public": key.hex(), "fingerprint": sha256(key)[:16].hex(),
        "recovery": hpke.public(derive(secret, "recovery")).hex(),
        "shares": [paper.show(number, share) for number, share in enumerate(shares, 1)],
    }


def enrolment():
    """The code with which a computer becomes a workstation of the clinic above."""
    clinic = bytes.fromhex(root()["fingerprint"])
    secret = Entropy(13).take(16) + clinic
    return {
        "seed": 13, "clinic": clinic.hex(), "lines": paper.show(4, secret),
        "signs_with": signed.public(derive(secret, "enrolment/sign")).hex(),
        "seals_under": derive(secret, "enrolment/seal").hex(),
    }
