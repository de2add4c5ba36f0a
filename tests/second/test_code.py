"""A genuine code says what it says, and no other text is taken for one."""

import random
import unittest

from formats import base45, code
from vectors.files import load

KEYS = [b"\x04" * 65]


class Codes(unittest.TestCase):
    def setUp(self):
        self.vectors = load("certificate-code")
        self.key = bytes.fromhex(self.vectors["key"])

    def test_base45_is_that_of_the_standard(self):
        known = {b"AB": "BB8", b"Hello!!": "%69 VD92EX0", b"base-45": "UJCLQE7W581", b"ietf!": "QED8WEX0"}
        for data, text in known.items():
            self.assertEqual((base45.encode(data), base45.decode(text)), (text, data))
        for text in (":::", "::", "A", "bb8", "=00"):
            self.assertRaises(ValueError, base45.decode, text)

    def test_a_genuine_code_says_its_claims(self):
        for case in self.vectors["codes"]:
            digest = bytes.fromhex(case["claims"]["text_digest"])
            self.assertEqual(code.verify(case["text"], [*KEYS, self.key]), case["claims"] | {"text_digest": digest})

    def test_every_other_text_is_refused(self):
        for case in self.vectors["refused"]:
            with self.subTest(case["why"]), self.assertRaisesRegex(code.Refused, case["fault"]):
                code.verify(case["text"], [self.key])

    def test_no_text_with_one_sign_changed_is_genuine(self):
        text, chance = self.vectors["codes"][0]["text"], random.Random(1)
        for place in range(len(text)):
            sign = chance.choice([sign for sign in base45.LETTERS if sign != text[place]])
            self.assertRaises(code.Refused, code.verify, text[:place] + sign + text[place + 1 :], [self.key])
