"""The code on a certificate: docs/formats/certificate-code.md."""

import re
from calendar import monthrange
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from . import base45, cbor
from .signed import key_id

PREFIX, LONGEST, PRIVATE = "CD1:", 4296, -65537
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
VERDICTS = ("fit", "fit_with_limits", "not_fit", "prescribed")
MEMBERS = (
    "birth_date", "identifier", "verdict", "from", "until", "signer", "licence", "text_digest", "kind",
)
MUST = ("verdict", "signer", "text_digest", "kind")
DAYS = ("birth_date", "from", "until")
SHA256 = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class Refused(ValueError):
    """`not genuine` or `unknown issuer`."""


def public(private):
    point = ec.derive_private_key(private, ec.SECP256R1()).public_key().public_numbers()
    return b"\x04" + point.x.to_bytes(32, "big") + point.y.to_bytes(32, "big")


def payload(claims):
    members = {1 + place: claims.get(name) for place, name in enumerate(MEMBERS)}
    return cbor.encode({
        1: claims["issuer"],
        2: claims["name"],
        6: claims["issued_at"],
        7: claims["number"].encode(),
        PRIVATE: {key: member for key, member in members.items() if member is not None},
    })


def to_be_signed(protected, body):
    """Sig_structure (RFC 9052, section 4.4)."""
    return cbor.encode(["Signature1", protected, b"", body])


def issue(claims, private):
    """The text for claims under a private P-256 number, signed as RFC 6979 says."""
    protected = cbor.encode({1: -7, 4: key_id(public(private))})
    body = payload(claims)
    key = ec.derive_private_key(private, ec.SECP256R1())
    r, s = utils.decode_dss_signature(key.sign(to_be_signed(protected, body), SHA256))
    signature = r.to_bytes(32, "big") + min(s, ORDER - s).to_bytes(32, "big")
    return wrap(protected, body, signature)


def wrap(protected, body, signature):
    return PREFIX + base45.encode(cbor.encode(cbor.Tag(18, [protected, {}, body, signature])))


def verify(text, keys):
    """The claims of a text, when the owner of one of `keys` signed it."""
    try:
        protected, body, signature, kid, claims = _parts(text)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("not genuine") from error
    known = [key for key in keys if key_id(key) == kid]
    if not known:
        raise Refused("unknown issuer")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    for key in known:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        try:
            point.verify(utils.encode_dss_signature(r, s), to_be_signed(protected, body), SHA256)
        except InvalidSignature:
            continue
        return claims
    raise Refused("not genuine")


def _parts(text):
    if not text.startswith(PREFIX) or len(text) > LONGEST:
        raise ValueError("not a code")
    message = cbor.decode(base45.decode(text[len(PREFIX) :]), cose=True)
    if not isinstance(message, cbor.Tag) or message.number != 18 or len(message.value) != 4:
        raise ValueError("not COSE_Sign1")
    protected, unprotected, body, signature = message.value
    header = cbor.decode(protected, cose=True)
    kid = header.get(4)
    if unprotected != {} or header != {1: -7, 4: kid} or not isinstance(kid, bytes) or len(kid) != 8:
        raise ValueError("other headers")
    if len(signature) != 64 or int.from_bytes(signature[32:], "big") > ORDER // 2:
        raise ValueError("not the smaller s")
    return protected, body, signature, kid, _claims(body)


def _claims(body):
    said = cbor.decode(body, cose=True)
    inner = said[PRIVATE]
    claims = {"issuer": said[1], "name": said[2], "issued_at": said[6], "number": said[7].decode()}
    claims |= {name: inner[1 + place] for place, name in enumerate(MEMBERS) if 1 + place in inner}
    texts = [claims["issuer"], claims["name"]]
    texts += [member for name, member in claims.items() if name in MEMBERS and name != "text_digest"]
    if payload(claims) != body or not all(isinstance(member, str) for member in texts):
        raise ValueError("other claims")
    if any(name not in claims for name in MUST) or claims["verdict"] not in VERDICTS:
        raise ValueError("a claim is missing")
    if not isinstance(claims["text_digest"], bytes) or len(claims["text_digest"]) != 32:
        raise ValueError("not a digest")
    if type(claims["issued_at"]) is not int or not all(last_day(claims[day]) for day in DAYS if day in claims):
        raise ValueError("not a day")
    return claims


def last_day(text):
    """The last day that a date can mean; None where it is none."""
    found = re.fullmatch(r"~?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        month = 12 if month is None else month
        return date(year, month, monthrange(year, month)[1] if day is None else day)
    except ValueError:
        return None
