"""Who sat where: a session speaks of what its person wrote in it, and of nothing else."""

import unittest

from formats import op, session, signed
from vectors.files import load


def data(text):
    return bytes.fromhex(text)


class Sessions(unittest.TestCase):
    def setUp(self):
        self.vectors = load("session")

    def test_each_message_opens_for_its_person(self):
        key = data(self.vectors["signer"]["public"])
        for sample, encoded in zip(self.vectors["messages"], self.vectors["signed"], strict=True):
            said = signed.open_signed(key, session.SORT, session.Session, data(encoded))
            self.assertEqual(session.Session.encode(said), data(sample["bytes"]))

    def test_each_transaction_is_of_whoever_sat_there(self):
        for case in self.vectors["judged"]:
            with self.subTest(case["why"]):
                told = [(data(item["to"]), data(item["signed"])) for item in case["told"]]
                transaction = op.Transaction.decode(data(case["transaction"]))
                self.assertEqual(session.seated(told, transaction, data(case["author"])), case["seated"])
