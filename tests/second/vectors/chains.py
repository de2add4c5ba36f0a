"""Chains of certificates of keys, those that hold and those that do not."""

from formats import certify, signed
from formats.ids import at, derived, sha256

from .tagged import ADMINISTRATOR, CLINIC, DOCTOR, INCARNATION, WORKSTATION, tagged

ROOT, ADMIN, DOC = (sha256(name) for name in (b"a root key", b"an administrator's key", b"a doctor's own key"))


def user(subject, seed, role, by=None, **changes):
    return {
        "v": 1, "clinic": CLINIC, "kind": "user", "subject": subject, "signs_with": signed.public(seed),
        "seals_with": sha256(b"sealing", seed), "role": role, "issued": at(1_795_000_000_000), "by": by,
    } | changes


def workstation(by, **changes):
    return {
        "v": 1, "clinic": CLINIC, "kind": "workstation", "subject": WORKSTATION, "incarnation": INCARNATION,
        "signs_with": signed.public(sha256(b"a workstation's own key")), "issues_with": b"\x04" + bytes(range(64)),
        "issued": at(1_795_000_000_001), "by": by,
    } | changes


def recovery(by=None, **changes):
    return {
        "v": 1, "clinic": CLINIC, "kind": "recovery", "subject": derived("recovery"),
        "seals_with": sha256(b"a recovery key's public part"), "issued": at(1), "by": by,
    } | changes


def issuer(by):
    return {
        "v": 1, "clinic": CLINIC, "kind": "issuer", "subject": by, "issues_with": b"\x04" + bytes(range(64)),
        "incarnation": INCARNATION, "block": "MAIN-01", "issued": at(1_795_000_000_002), "by": by,
    }


def signed_by(seed, said):
    return signed.sign(seed, certify.SORT, certify.KeyCertificate.encode(said))


def chains():
    admin = signed_by(ROOT, user(ADMINISTRATOR, ADMIN, "administrator"))
    by_admin = lambda said: [admin, signed_by(ADMIN, said)]
    doctor = by_admin(user(DOCTOR, DOC, "doctor", ADMINISTRATOR))
    by_doctor = lambda **changes: [*doctor, signed_by(DOC, issuer(DOCTOR) | changes)]
    clerk = by_admin(user(DOCTOR, DOC, "front_desk", ADMINISTRATOR))
    genuine, unfit, not_allowed = "trusted", "unfit", "not allowed"
    cases = [
        ("the first administrator", genuine, None, [admin]),
        ("a doctor", genuine, None, doctor),
        ("a workstation", genuine, None, by_admin(workstation(ADMINISTRATOR))),
        ("the recovery key", genuine, None, [signed_by(ROOT, recovery())]),
        ("a workstation that the root signed", genuine, None, [signed_by(ROOT, workstation(None))]),
        ("a doctor's key to issue with", genuine, None, by_doctor()),
        ("a key to issue with of the front desk", not_allowed, 2, [*clerk, signed_by(DOC, issuer(DOCTOR))]),
        ("a key to issue with that an administrator signed", unfit, 1, by_admin(issuer(DOCTOR) | {"by": ADMINISTRATOR})),
        ("a key to issue with for somebody else", unfit, 2, by_doctor(subject=ADMINISTRATOR)),
        ("a key to issue with without a block", unfit, 2, by_doctor(block=None)),
        ("a key to issue with without a key", unfit, 2, by_doctor(issues_with=None)),
        ("a key to issue with that certifies", unfit, 3, [*by_doctor(), signed_by(DOC, workstation(DOCTOR))]),
        ("no certificate", "length", None, []),
        ("33 certificates", "length", None, [admin] * 33),
        ("a doctor who certifies", not_allowed, 2, [*doctor, signed_by(DOC, workstation(DOCTOR))]),
        ("an administrator who names a recovery key", not_allowed, 1, by_admin(recovery(ADMINISTRATOR))),
        ("another root", "signer", 0, [signed_by(DOC, user(ADMINISTRATOR, ADMIN, "administrator"))]),
        ("a stranger in the middle", "signer", 1, [admin, signed_by(DOC, workstation(DOCTOR))]),
        ("another clinic", unfit, 0, [signed_by(ROOT, user(ADMINISTRATOR, ADMIN, "administrator", clinic=DOCTOR))]),
        ("another signer named", unfit, 1, by_admin(user(DOCTOR, DOC, "doctor", DOCTOR))),
        ("a role that is none", unfit, 1, by_admin(user(DOCTOR, DOC, "owner", ADMINISTRATOR))),
        ("a person without a sealing key", unfit, 1, by_admin(user(DOCTOR, DOC, "doctor", ADMINISTRATOR, seals_with=None))),
        ("a workstation without an incarnation", unfit, 1, by_admin(workstation(ADMINISTRATOR, incarnation=None))),
        ("a newer version", unfit, 0, [signed_by(ROOT, user(ADMINISTRATOR, ADMIN, "administrator", v=2))]),
        ("a chain that goes on from the recovery key", unfit, 1, [signed_by(ROOT, recovery()), admin]),
        ("signed as a head", "signature", 0, [signed.sign(ROOT, signed.HEAD, certify.KeyCertificate.encode(recovery()))]),
        ("signed nonsense", "bytes", 0, [signed.sign(ROOT, certify.SORT, b"\xff")]),
    ]
    return [
        {"why": why, "clinic": CLINIC.hex(), "root": signed.public(ROOT).hex(), "result": result, "place": place,
         "chain": [link.hex() for link in chain], "says": says(chain) if result == genuine else None}
        for why, result, place, chain in cases
    ]


def says(chain):
    """The last certificate of the chain."""
    return tagged(certify.KeyCertificate.plain(certify.trust(signed.public(ROOT), CLINIC, chain)))
