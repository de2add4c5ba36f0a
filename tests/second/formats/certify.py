"""Certificates of keys: docs/formats/keys.md."""

from .signed import Refused, open_signed
from .wire import Maybe, Message, raw, text, u64, uid, word

SORT = "clinicdesk/key-certificate/1"
KeyCertificate = Message(
    v=u64, clinic=uid, kind=word("user", "workstation", "recovery", "issuer"), subject=uid, signs_with=Maybe(raw(32)),
    seals_with=Maybe(raw(32)), issues_with=Maybe(raw(65)), incarnation=Maybe(uid), block=Maybe(text), role=Maybe(text),
    issued=u64, by=Maybe(uid),
)
ROLES = (
    "administrator", "doctor", "dentist", "nurse", "front_desk", "optometrist", "pharmacist", "auditor",
)
APPROVERS = ("doctor", "dentist", "nurse", "optometrist")
LONGEST = 32


class NotTrusted(ValueError):
    """Why, and the place in the chain, from 0."""

    def __init__(self, why, place=None):
        super().__init__(why, place)
        self.why, self.place = why, place


def trust(root, clinic, chain):
    """What the last certificate of a chain says."""
    if not 1 <= len(chain) <= LONGEST:
        raise NotTrusted("length")
    signer = None
    for place, encoded in enumerate(chain):
        key = root if signer is None else signer["signs_with"]
        if key is None:
            raise NotTrusted("unfit", place)
        try:
            said = open_signed(key, SORT, KeyCertificate, encoded)
        except Refused as error:
            raise NotTrusted(str(error), place) from error
        named = None if signer is None else signer["subject"]
        if said["clinic"] != clinic or said["by"] != named or not _whole(said):
            raise NotTrusted("unfit", place)
        if signer is not None and not _may_certify(signer, said["kind"]):
            raise NotTrusted("not allowed", place)
        signer = said
    return signer


def _whole(said):
    needs = {
        "user": said["signs_with"] and said["seals_with"] and said["role"] in ROLES,
        "workstation": said["signs_with"] and said["incarnation"],
        "recovery": said["seals_with"],
        "issuer": said["by"] == said["subject"] and said["issues_with"] and said["incarnation"] and said["block"],
    }
    return said["v"] == 1 and bool(needs[said["kind"]])


def _may_certify(signer, kind):
    if signer["kind"] != "user" or kind == "recovery":
        return False
    return signer["role"] in APPROVERS if kind == "issuer" else signer["role"] == "administrator"
