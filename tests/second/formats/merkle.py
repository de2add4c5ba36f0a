"""Merkle logs, by the recursive definitions of RFC 9162, section 2.1: docs/formats/log.md."""

from .ids import sha256


def leaf(data):
    return sha256(b"\x00", data)


def node(left, right):
    return sha256(b"\x01", left, right)


def cut(size):
    """The largest power of two smaller than `size`, which is above one."""
    return 1 << (size - 1).bit_length() - 1


def root(leaves):
    """The Merkle tree hash over leaf hashes (2.1.1)."""
    if not leaves:
        return sha256()
    if len(leaves) == 1:
        return leaves[0]
    k = cut(len(leaves))
    return node(root(leaves[:k]), root(leaves[k:]))


def inclusion(leaves, index):
    """PATH(index, leaves) of 2.1.3.1, nearest to the leaf first."""
    if len(leaves) == 1:
        return []
    k = cut(len(leaves))
    if index < k:
        return inclusion(leaves[:k], index) + [root(leaves[k:])]
    return inclusion(leaves[k:], index - k) + [root(leaves[:k])]


def consistency(leaves, first):
    """PROOF(first, leaves) of 2.1.4.1."""
    return [] if first == 0 else _subproof(leaves, first, True)


def _subproof(leaves, first, whole):
    if first == len(leaves):
        return [] if whole else [root(leaves)]
    k = cut(len(leaves))
    if first <= k:
        return _subproof(leaves[:k], first, whole) + [root(leaves[k:])]
    return _subproof(leaves[k:], first - k, False) + [root(leaves[:k])]


def included(hashed, index, size, expected, proof):
    """Whether a proof leads from a leaf to the root: the path is walked from the top."""
    rest = list(proof)

    def climb(index, size):
        if size == 1:
            return hashed
        k = cut(size)
        if not rest:
            raise IndexError
        sibling = rest.pop()
        return node(climb(index, k), sibling) if index < k else node(sibling, climb(index - k, size - k))

    try:
        return 0 <= index < size and climb(index, size) == expected and not rest
    except IndexError:
        return False


def consistent(first, first_root, size, expected, proof):
    """Whether the log of `first` leaves grew into that of `size` leaves."""
    if first == 0:
        return not proof and first_root == sha256() and (size > 0 or expected == sha256())
    if first >= size:
        return first == size and not proof and first_root == expected
    rest = list(proof)

    def climb(first, size, whole):
        """The old and the new hash of this subtree."""
        if first == size:
            known = first_root if whole else rest.pop()
            return known, known
        k = cut(size)
        other = rest.pop()
        if first <= k:
            old, new = climb(first, k, whole)
            return old, node(new, other)
        old, new = climb(first - k, size - k, False)
        return node(other, old), node(other, new)

    try:
        return climb(first, size, True) == (first_root, expected) and not rest
    except IndexError:
        return False


def frontier(leaves):
    """The roots of the full subtrees, largest first."""
    nodes, at = [], 0
    for bit in reversed(range(len(leaves).bit_length())):
        if len(leaves) >> bit & 1:
            nodes.append(root(leaves[at : at + (1 << bit)]))
            at += 1 << bit
    return nodes
