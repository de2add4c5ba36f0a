"""Openings and endings of sessions, and who sat where."""

from formats import op, session, signed
from formats.ids import derived, sha256

from .tagged import CLINIC, CLINIC_SCOPE, DOCTOR, INCARNATION, SCOPE, SESSION, SITE, sample

DOCTORS, NURSES = sha256(b"a doctor's key"), sha256(b"a nurse's key")
NURSE, LATER = derived("nurse"), derived("later session")


def said(number, turn, sizes, **other):
    """A message of the doctor, at a place in the clinic's and in the site's log."""
    logs = [{"scope": scope, "size": size} for scope, size in zip((CLINIC_SCOPE, SCOPE), sizes, strict=True)]
    return {"v": 1, "clinic": CLINIC, "incarnation": INCARNATION, "number": number, "session": SESSION, "user": DOCTOR,
            "turn": turn, "logs": logs} | other


#: The doctor sits down behind 2 and 10 ops, and leaves behind 3 and 14; the nurse follows, writes 2, and nobody ends it.
OPENS, ENDS = said(1_795_000_000_000, "open", (2, 10)), said(1_795_000_060_000, "end", (3, 14))
NURSE_OPENS = said(1_795_000_060_001, "open", (3, 14), session=LATER, user=NURSE)
DOCTOR_AGAIN = said(1_795_000_099_000, "open", (3, 16), session=derived("third session"))
BARE = OPENS | {"logs": []}


def sign(message, key=DOCTORS):
    return signed.sign(key, session.SORT, session.Session.encode(message))


def both(*messages):
    """Messages that were told to both logs."""
    return [(scope, encoded) for encoded in messages for scope in (CLINIC_SCOPE, SCOPE)]


def wrote(first, scope=SCOPE, **other):
    return {"v": 1, "incarnation": INCARNATION, "scope": scope, "first": first, "size": 1, "author": DOCTOR,
            "session": SESSION, "site": SITE, "wall": "2026-11-22T09:00:00+01:00", "app": "0.1.0", "schema": 1} | other


def make():
    day = both(sign(OPENS), sign(ENDS), sign(NURSE_OPENS, NURSES), sign(DOCTOR_AGAIN))
    nurse = {"session": LATER, "author": NURSE}
    cases = [
        ("nothing was told", [], wrote(11), DOCTORS),
        ("before the first opening", day, wrote(10), DOCTORS),
        ("the first of the session", day, wrote(11), DOCTORS),
        ("the last of the session", day, wrote(14), DOCTORS),
        ("the clinic's log", day, wrote(3, CLINIC_SCOPE), DOCTORS),
        ("after its end", day, wrote(15), DOCTORS),
        ("after its end, and nobody has come yet", both(sign(OPENS), sign(ENDS)), wrote(15), DOCTORS),
        ("whoever came next", day, wrote(15, **nurse), NURSES),
        ("the key of somebody else", day, wrote(15, **nurse), DOCTORS),
        ("an older session in somebody's name", day, wrote(16), DOCTORS),
        ("nobody ended it, and somebody came", day, wrote(17, **nurse), NURSES),
        ("a session that nobody opened", day, wrote(12, session=LATER), DOCTORS),
        ("another author", day, wrote(12, author=NURSE), NURSES),
        ("signed by somebody else", both(sign(OPENS, NURSES)), wrote(11), DOCTORS),
        ("a session of another installation", both(sign(OPENS | {"incarnation": derived("other")})), wrote(11), DOCTORS),
        ("told to the other log alone", [(CLINIC_SCOPE, sign(OPENS))], wrote(11), DOCTORS),
        ("told to the other log alone, by somebody else", [(CLINIC_SCOPE, sign(NURSE_OPENS, NURSES))], wrote(15), DOCTORS),
        ("told to the other log alone, after it", [(CLINIC_SCOPE, sign(OPENS))], wrote(10), DOCTORS),
        ("the logs were empty", both(sign(BARE)), wrote(1), DOCTORS),
    ]
    messages = [OPENS, ENDS, BARE]
    return {
        "signer": {"seed": DOCTORS.hex(), "public": signed.public(DOCTORS).hex()},
        "messages": [sample(session.Session, "Session", message) for message in messages],
        "signed": [sign(message).hex() for message in messages],
        "judged": [judged(*case) for case in cases],
    }


def judged(why, told, transaction, key):
    author = signed.public(key)
    return {
        "why": why, "told": [{"to": to.hex(), "signed": encoded.hex()} for to, encoded in told],
        "transaction": op.Transaction.encode(transaction).hex(), "author": author.hex(),
        "seated": session.seated(told, transaction, author),
    }
