"""Merkle logs with their proofs, and signed heads."""

from formats import merkle, signed
from formats.ids import at, sha256
from formats.wire import Message, each, digest, u64

from .tagged import CLINIC, INCARNATION, SCOPE, sample

SIZES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 17, 31]
Frontier = Message(size=u64, nodes=each(digest))


def leaves(size):
    """Leaf hashes of the numbers below `size`, each one byte."""
    return [merkle.leaf(bytes([number])) for number in range(size)]


def shown(proof):
    return [step.hex() for step in proof]


def make():
    seed, stranger = sha256(b"a workstation's key"), sha256(b"a stranger's key")
    heads = [head("ops", SCOPE, 17), head("audit", None, 5), head("audit", None, 0)]
    return {
        "roots": [{"size": size, "root": merkle.root(leaves(size)).hex()} for size in SIZES],
        "inclusion": [
            {"index": index, "size": size, "proof": shown(merkle.inclusion(leaves(size), index))}
            for size in SIZES for index in range(size) if size < 12 or index % 5 == 0
        ],
        "consistency": [
            {"first": first, "size": size, "proof": shown(merkle.consistency(leaves(size), first))}
            for size in SIZES for first in range(size + 1) if size < 12 or first % 5 == 1
        ],
        "frontiers": [
            sample(Frontier, "Frontier", {"size": size, "nodes": merkle.frontier(leaves(size))}) for size in SIZES
        ],
        "heads": [sample(signed.Head, "Head", head) for head in heads],
        "signer": {"seed": seed.hex(), "public": signed.public(seed).hex()},
        "signed": [signed.sign(seed, signed.HEAD, signed.Head.encode(head)).hex() for head in heads],
        "refused": refused(seed, stranger, heads[0]),
    }


def head(kind, scope, size):
    return {
        "v": 1, "clinic": CLINIC, "incarnation": INCARNATION, "scope": scope, "kind": kind, "size": size,
        "root": merkle.root(leaves(size)), "hlc": at(1_795_000_000_000) + size,
    }


def refused(seed, stranger, head):
    """Signed heads that are not genuine, and why."""
    message = signed.Head.encode(head)
    genuine = signed.Parts.decode(signed.sign(seed, signed.HEAD, message))
    longer = signed.Head.encode(head | {"size": head["size"] + 1})
    renamed = genuine | {"signature": signed.Parts.decode(signed.sign(stranger, signed.HEAD, message))["signature"]}
    cases = [
        ("another signer", "signer", signed.sign(stranger, signed.HEAD, message)),
        ("another signer under this name", "signature", signed.Parts.encode(renamed)),
        ("another message", "signature", signed.Parts.encode(genuine | {"message": longer})),
        ("signed as an op", "signature", signed.sign(seed, "clinicdesk/op/1", message)),
        ("signed nonsense", "bytes", signed.sign(seed, signed.HEAD, b"\xff")),
    ]
    return [{"why": why, "fault": fault, "signed": encoded.hex()} for why, fault, encoded in cases]
