"""Values and messages are read back from their bytes, and other bytes are refused."""

import unittest

from formats import audit, cbor, marks, op, session, signed, sync
from formats.wire import Malformed
from vectors.files import load
from vectors.log import Frontier
from vectors.tagged import plain, tagged

SHAPES = {
    "AuditEntry": audit.AuditEntry, "Detail": audit.Detail, "Frontier": Frontier, "Head": signed.Head,
    "Header": op.Header, "Body": op.Body, "Transaction": op.Transaction, "OpBytes": op.OpBytes,
    "Session": session.Session, "Marks": marks.Marks, "Last": marks.Last,
} | {name: getattr(sync, name) for name in
     ("Question", "Answer", "Receipt", "Introduction", "Ticket", "Welcome", "Deposit", "HaveBlobs", "BlobChunk",
      "WantBlob", "BlobsHeld", "BackupPart", "AskBackup", "BackupHeld", "WantObject", "AskDoors", "BackupDoors")}
LISTS = [("op", "messages"), ("log", "heads"), ("log", "frontiers"), ("audit", "entries"), ("audit", "details"), ("session", "messages"), ("marks", "messages"),
         ("sync", "messages")]


class Values(unittest.TestCase):
    def test_every_value_comes_back_from_its_bytes(self):
        for item in load("cbor")["values"]:
            value, data = plain(item["value"]), bytes.fromhex(item["bytes"])
            self.assertEqual(cbor.encode(value), data)
            self.assertEqual(tagged(cbor.decode(data)), item["value"])

    def test_every_other_encoding_is_refused(self):
        for item in load("cbor")["refused"]:
            with self.subTest(item["why"]), self.assertRaises(cbor.NotCanonical):
                cbor.decode(bytes.fromhex(item["bytes"]))

    def test_more_values_than_any_message_has_are_refused(self):
        held = [{"": None}] * ((cbor.MOST - 1) // 2)
        self.assertEqual(cbor.decode(cbor.encode(held)), held)
        for more in (held + [None, None], [None] * cbor.MOST):
            self.assertRaises(cbor.NotCanonical, cbor.decode, cbor.encode(more))

    def test_a_float_has_no_encoding(self):
        with self.assertRaises(TypeError):
            cbor.encode(1.5)


class Messages(unittest.TestCase):
    def test_every_message_comes_back_from_its_bytes(self):
        for name, part in LISTS:
            for sample in load(name)[part]:
                shape, data = SHAPES[sample["sort"]], bytes.fromhex(sample["bytes"])
                self.assertEqual(shape.encode(plain(sample["value"])), data)
                self.assertEqual(shape.encode(shape.decode(data)), data)

    def test_a_message_of_a_newer_version_is_read_past_what_is_not_known(self):
        for sample in load("sync")["newer"]:
            shape = SHAPES[sample["sort"]]
            self.assertEqual(shape.encode(shape.decode(bytes.fromhex(sample["newer"]))).hex(), sample["bytes"])

    def test_a_message_without_its_shape_is_refused(self):
        for sample in load("sync")["refused"]:
            with self.subTest(sample["why"]), self.assertRaises(Malformed):
                SHAPES[sample["sort"]].decode(bytes.fromhex(sample["bytes"]))

    def test_a_member_that_is_not_declared_is_not_written(self):
        with self.assertRaises(Malformed):
            sync.Cursor.encode({"scope": bytes(16), "position": 1, "more": 2})

    def test_an_answer_is_the_servers_word_on_its_own_question_and_nothing_else_passes_for_one(self):
        vectors = load("sync")
        key, told = bytes.fromhex(vectors["signer"]["public"]), vectors["answered"]
        asked = bytes.fromhex(told["question"])
        self.assertTrue(sync.is_answer_to(key, asked, bytes.fromhex(told["answer"])))
        for case in told["refused"]:
            with self.subTest(case["why"]):
                self.assertFalse(sync.is_answer_to(key, asked, bytes.fromhex(case["answer"])))

    def test_only_the_servers_word_on_its_own_question_about_files_is_one(self):
        vectors = load("sync")
        key, told = bytes.fromhex(vectors["signer"]["public"]), vectors["held"]
        clinic, asked = bytes.fromhex(told["clinic"]), bytes.fromhex(told["question"])
        self.assertTrue(sync.is_word_on_files(key, clinic, asked, bytes.fromhex(told["answer"])))
        for case in told["refused"]:
            with self.subTest(case["why"]):
                self.assertFalse(sync.is_word_on_files(key, clinic, asked, bytes.fromhex(case["answer"])))

    def test_only_the_servers_word_on_its_own_question_about_a_backup_is_one(self):
        vectors = load("sync")
        key, told = bytes.fromhex(vectors["signer"]["public"]), vectors["shelved"]
        clinic, asked = bytes.fromhex(told["clinic"]), bytes.fromhex(told["question"])
        self.assertTrue(sync.is_word_on_backup(key, clinic, asked, bytes.fromhex(told["answer"])))
        for case in told["refused"]:
            with self.subTest(case["why"]):
                self.assertFalse(sync.is_word_on_backup(key, clinic, asked, bytes.fromhex(case["answer"])))

    def test_an_entry_is_sent_in_one_form_and_comes_back_whole(self):
        vectors = load("sync")["entries"]
        for case in vectors["sent"]:
            entry, sent = bytes.fromhex(case["entry"]), bytes.fromhex(case["sent"])
            self.assertEqual((op.sent(entry), op.whole(sent)), (sent, entry))
        for case in vectors["refused"]:
            with self.subTest(case["why"]), self.assertRaises(Malformed):
                op.whole(bytes.fromhex(case["sent"]))

    def test_each_signed_message_opens_as_what_it_is_and_as_nothing_else(self):
        vectors = load("sync")
        key = bytes.fromhex(vectors["signer"]["public"])
        for case in vectors["signed"]:
            for name, sort in sync.SORTS.items():
                opened = lambda: signed.open_signed(key, sort, SHAPES[case["sort"]], bytes.fromhex(case["signed"]))
                if name == case["sort"]:
                    self.assertTrue(opened())
                else:
                    self.assertRaises(signed.Refused, opened)
