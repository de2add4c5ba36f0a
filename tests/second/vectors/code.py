"""Codes of certificates, genuine ones and others."""

from formats import base45, cbor, code
from formats.ids import sha256

PRIVATE, STRANGER = (int.from_bytes(sha256(name), "big") % code.ORDER for name in (b"an issuing key", b"a stranger"))
FULL = {
    "issuer": "University Clinic", "number": "A1-000042", "name": "Reyes, Ana Ñ.", "birth_date": "~1999-07",
    "identifier": "2021-00123", "verdict": "fit_with_limits", "from": "2026-11-22", "until": "2027",
    "signer": "Dr. L. Cruz", "licence": "0077123", "text_digest": sha256(b"the printed text"),
    "issued_at": 1_795_000_000, "kind": "Medical certificate",
}
SHORT = {name: FULL[name] for name in ("issuer", "number", "name", "verdict", "signer", "text_digest", "kind")}
CLAIMS = [FULL, SHORT | {"issued_at": 0, "verdict": "fit"}, SHORT | {"issued_at": -1, "verdict": "not_fit", "name": ""},
          SHORT | {"issued_at": 1_795_000_000, "verdict": "prescribed", "until": "2027-11-22", "kind": "SPECTACLES"}]


def make():
    texts = [code.issue(claims, PRIVATE) for claims in CLAIMS]
    return {
        "base45": [
            {"bytes": data.hex(), "text": base45.encode(data)}
            for data in (b"", b"AB", b"Hello!!", b"base-45", b"ietf!", b"\x00", b"\xff\xff", b"\x00\x00\x00")
        ],
        "key": code.public(PRIVATE).hex(),
        "codes": [
            {"claims": claims | {"text_digest": claims["text_digest"].hex()}, "payload": code.payload(claims).hex(),
             "text": text, "signature": parts(text)[3].hex()}
            for claims, text in zip(CLAIMS, texts)
        ],
        "refused": refused(texts[0]),
    }


def parts(text):
    return cbor.decode(base45.decode(text.removeprefix(code.PREFIX)), cose=True).value


def refused(text):
    protected, _, body, signature = parts(text)
    r, s = signature[:32], int.from_bytes(signature[32:], "big")
    upper = r + (code.ORDER - s).to_bytes(32, "big")
    claims = cbor.decode(body, cose=True)
    said = lambda change: code.wrap(protected, cbor.encode(claims | change), signature)
    inner = claims[code.PRIVATE]
    kid = cbor.decode(protected, cose=True)[4]
    headed = lambda header: code.wrap(cbor.encode(header), body, signature)
    bare = lambda value: code.PREFIX + base45.encode(cbor.encode(value))
    cases = [
        ("another name", said({2: "Reyes, Ben"})),
        ("another claim", said({3: "anybody"})),
        ("another private member", said({code.PRIVATE: inner | {10: "x"}})),
        ("a verdict that is none", said({code.PRIVATE: inner | {3: "maybe"}})),
        ("a day that is none", said({code.PRIVATE: inner | {4: "2026-13"}})),
        ("a missing digest", said({code.PRIVATE: {key: inner[key] for key in inner if key != 8}})),
        ("a short digest", said({code.PRIVATE: inner | {8: b"\x00" * 31}})),
        ("a number for a name", said({2: 7})),
        ("the other s", code.wrap(protected, body, upper)),
        ("a flipped signature", code.wrap(protected, body, bytes([signature[0] ^ 1]) + signature[1:])),
        ("a signature of nothing", code.wrap(protected, body, bytes(64))),
        ("a short signature", code.wrap(protected, body, signature[:-1])),
        ("another algorithm", headed({1: -8, 4: kid})),
        ("no algorithm", headed({4: kid})),
        ("a header more", headed({1: -7, 4: kid, 3: 0})),
        ("an unprotected header", bare(cbor.Tag(18, [protected, {4: kid}, body, signature]))),
        ("no tag", bare([protected, {}, body, signature])),
        ("another tag", bare(cbor.Tag(17, [protected, {}, body, signature]))),
        ("another prefix", "CD2:" + text[4:]), ("no prefix", text[4:]), ("lower case", text.lower()),
        ("a space after it", text + " "), ("a sign that is none", text[:-1] + "_"), ("cut", text[:-3]), ("nothing", ""),
    ]
    made = [{"why": why, "fault": "not genuine", "text": text} for why, text in cases]
    return made + [{"why": "a stranger's", "fault": "unknown issuer", "text": code.issue(FULL, STRANGER)}]
