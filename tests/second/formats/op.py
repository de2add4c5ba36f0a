"""Ops and transactions: docs/formats/op.md."""

from . import cbor, signed
from .ids import sha256
from .wire import Malformed, Maybe, Message, anything, data, digest, each, op_id, raw, table, text, u64, uid, word

VERBS = ("create", "patch", "append", "link", "void", "sign", "resolve")
SORT = "clinicdesk/op/1"

Header = Message(
    v=u64, clinic=uid, incarnation=uid, scope=uid, seq=u64, tx=digest, kind=text, record=uid,
    patient=Maybe(uid), verb=word(*VERBS), hlc=u64, body=digest,
)
Body = Message(salt=raw(16), patch=table(anything), base=table(each(op_id)), reason=Maybe(text))
Repeated = Message(incarnation=uid, first=u64, author=uid, wall=text)
Transaction = Message(
    v=u64, incarnation=uid, scope=uid, first=u64, size=u64, author=uid, session=uid, site=uid,
    wall=text, app=text, schema=u64, repeats=Maybe(Repeated),
)
OpBytes = Message(header=data, body=Maybe(data), signature=Maybe(raw(64)))
EntryBytes = Message(transaction=data, ops=each(OpBytes))


class NotGenuine(ValueError):
    """Bytes that are not what they claim to be."""


def sent(encoded):
    """An entry in the form in which it is sent (docs/formats/sync.md): without digests that follow."""
    entry = EntryBytes.decode(encoded)
    for part in entry["ops"]:
        header = cbor.decode(part["header"])
        follows = {"tx": sha256(entry["transaction"])}
        if part.get("body") is not None:
            follows["body"] = sha256(part["body"])
        kept = {name: value for name, value in header.items() if follows.get(name) != value}
        part["header"] = cbor.encode(kept)
    return EntryBytes.encode(entry)


def whole(encoded):
    """The entry that was sent in these bytes."""
    entry = EntryBytes.decode(encoded)
    for part in entry["ops"]:
        header = cbor.decode(part["header"])
        if not isinstance(header, dict):
            raise Malformed("a header is a map")
        header.setdefault("tx", sha256(entry["transaction"]))
        if part.get("body") is not None:
            header.setdefault("body", sha256(part["body"]))
        part["header"] = cbor.encode(header)
    back = EntryBytes.encode(entry)
    if sent(back) != encoded:
        raise Malformed("not the one form of an entry")
    return back


def build(transaction, ops, author=None):
    """The entry of a transaction; `ops` are pairs of a header without digests and a body."""
    written = Transaction.encode(transaction)
    entry = {"transaction": written, "ops": []}
    for header, body, weighty in ops:
        values = Body.encode(body)
        header = Header.encode(header | {"tx": sha256(written), "body": sha256(values)})
        op = {"header": header, "body": values}
        if weighty and author:
            op["signature"] = signed.sign_as(author, SORT, header)
        entry["ops"].append(op)
    return EntryBytes.encode(entry)


def check(encoded, author=None):
    """The transaction, its ops as (header, body) and which of them the author signed."""
    try:
        entry = EntryBytes.decode(encoded)
        transaction = Transaction.decode(entry["transaction"])
        ops, signers = [], set()
        for op in entry["ops"]:
            header = Header.decode(op["header"])
            body = op.get("body")
            if body is not None and sha256(body) != header["body"]:
                raise NotGenuine("digest")
            values = Body.decode(body) if body is not None else None
            if sha256(entry["transaction"]) != header["tx"]:
                raise NotGenuine("digest")
            if author and op.get("signature"):
                if not signed.verify_as(author, SORT, op["header"], op["signature"]):
                    raise NotGenuine("signature")
                signers.add(header["seq"])
            ops.append((header, values))
    except Malformed as error:
        raise NotGenuine("bytes") from error
    return transaction, ops, signers
