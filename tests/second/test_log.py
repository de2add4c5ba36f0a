"""Ops, heads, proofs and audit logs: what belongs together is taken, anything else is refused by its reason."""

import unittest

from formats import audit, merkle, op, signed
from vectors.files import load
from vectors.log import leaves


def data(text):
    return bytes.fromhex(text)


class Ops(unittest.TestCase):
    def setUp(self):
        self.vectors = load("op")
        self.author = data(self.vectors["author"]["public"])

    def test_an_entry_is_genuine_and_only_its_weighty_op_is_signed(self):
        transaction, ops, signers = op.check(data(self.vectors["entry"]), self.author)
        self.assertEqual((transaction["size"], len(ops), signers), (3, 3, {10}))

    def test_without_the_authors_key_no_signature_counts(self):
        self.assertEqual(op.check(data(self.vectors["entry"]))[2], set())

    def test_an_erased_body_leaves_the_op_genuine(self):
        self.assertIsNone(op.check(data(self.vectors["erased"]))[1][0][1])

    def test_what_does_not_belong_together_is_refused(self):
        for case in self.vectors["refused"]:
            with self.subTest(case["why"]), self.assertRaisesRegex(op.NotGenuine, case["fault"]):
                op.check(data(case["entry"]), self.author)


class Proofs(unittest.TestCase):
    def test_a_proof_that_a_leaf_is_in_holds_for_it_alone(self):
        for case in load("log")["inclusion"]:
            index, size, proof = case["index"], case["size"], list(map(data, case["proof"]))
            root, leaf = merkle.root(leaves(size)), leaves(size)[index]
            self.assertTrue(merkle.included(leaf, index, size, root, proof))
            self.assertFalse(merkle.included(leaf, index + 1, size, root, proof))
            self.assertFalse(merkle.included(leaf, index, size, root, [*proof, leaf]))
            self.assertFalse(merkle.included(merkle.leaf(b"other"), index, size, root, proof))

    def test_a_proof_that_a_log_grew_holds_for_it_alone(self):
        for case in load("log")["consistency"]:
            first, size, proof = case["first"], case["size"], list(map(data, case["proof"]))
            old, root = merkle.root(leaves(first)), merkle.root(leaves(size))
            self.assertTrue(merkle.consistent(first, old, size, root, proof))
            self.assertFalse(merkle.consistent(first, bytes(32), size, root, proof))
            self.assertFalse(merkle.consistent(first, old, size, root, [*proof, old]))
            if proof:
                self.assertFalse(merkle.consistent(first, old, size, root, proof[:-1]))


class Heads(unittest.TestCase):
    def setUp(self):
        self.vectors = load("log")
        self.key = data(self.vectors["signer"]["public"])

    def test_a_signed_head_opens_for_its_signer(self):
        for sample, encoded in zip(self.vectors["heads"], self.vectors["signed"], strict=True):
            head = signed.open_signed(self.key, signed.HEAD, signed.Head, data(encoded))
            self.assertEqual(signed.Head.encode(head), data(sample["bytes"]))

    def test_a_head_that_is_not_genuine_is_refused(self):
        for case in self.vectors["refused"]:
            with self.subTest(case["why"]), self.assertRaisesRegex(signed.Refused, case["fault"]):
                signed.open_signed(self.key, signed.HEAD, signed.Head, data(case["signed"]))


class Audit(unittest.TestCase):
    def setUp(self):
        self.vectors = load("audit")
        self.points = [(point["size"], data(point["root"])) for point in self.vectors["checkpoints"]]

    def check(self, entries):
        return audit.check(data(self.vectors["workstation"]), map(data, entries), self.points)

    def test_a_whole_log_has_its_root(self):
        entries = [sample["bytes"] for sample in self.vectors["entries"]]
        self.assertEqual(self.check(entries), ("whole", data(self.vectors["root"])))

    def test_each_damage_is_found_at_its_place(self):
        for case in self.vectors["damaged"]:
            with self.subTest(case["why"]):
                self.assertEqual(list(self.check(case["entries"])), case["damage"])
