"""What is sealed opens for its owner alone; papers and chains are taken or refused by their reason."""

import unittest

from cryptography.hazmat.primitives import serialization

from formats import certify, code, hpke, keys, paper, seal
from formats.ids import sha256
from vectors.files import load
from vectors.tagged import DOCTOR, INCARNATION, WORKSTATION, plain


def data(text):
    return bytes.fromhex(text)


class Hpke(unittest.TestCase):
    """RFC 9180, appendix A.2.1, the first message."""

    ENC = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
    TEXT = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"

    def test_the_example_of_the_standard_comes_out(self):
        sender = data("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b")
        private = hpke.derive_private(data("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df"))
        info, aad = b"Ode on a Grecian Urn", b"Count-0"
        words = b"Beauty is truth, truth beauty"
        enc, text = hpke.seal(sender, hpke.public(private), info, aad, words)
        self.assertEqual((enc.hex(), text.hex()), (self.ENC, self.TEXT))
        self.assertEqual(hpke.unseal(private, enc, info, aad, text), words)


class Seals(unittest.TestCase):
    def setUp(self):
        self.vectors = load("seal")

    def opened(self, form, sealed, kind, ids, epoch):
        if form == "shared":
            return seal.unseal(data(self.vectors["key"]), kind, ids, epoch, data(sealed))
        return seal.unseal_with(data(self.vectors["private"]), kind, ids, epoch, data(sealed))

    def test_what_is_sealed_opens_as_what_it_is(self):
        for form in ("shared", "to"):
            for case in self.vectors[form]:
                about = case["kind"], list(map(data, case["ids"])), case["epoch"]
                self.assertEqual(self.opened(form, case["sealed"], *about), data(case["plain"]))

    def test_what_was_sealed_otherwise_does_not_open(self):
        for case in self.vectors["refused"]:
            with self.subTest(case["why"]), self.assertRaises(seal.NotOpened):
                self.opened(case["form"], case["sealed"], "bundle", [DOCTOR], 3)

    def test_nothing_is_sealed_to_a_point_of_small_order(self):
        for point in self.vectors["small_order"]:
            with self.assertRaises(ValueError):
                hpke.seal(bytes(32), data(point), b"", b"", b"plain")


class Issuing(unittest.TestCase):
    def test_a_key_to_issue_with_opens_to_its_person_at_its_installation_alone(self):
        made = load("keys")["issuing"]
        opened = lambda sealed: seal.unseal_with(data(made["sealing"]), "issuing", [DOCTOR, INCARNATION], 0, data(sealed))
        key = serialization.load_der_private_key(opened(made["sealed"]), None)
        self.assertEqual(code.public(key.private_numbers().private_value).hex(), made["public"])
        for case in made["refused"]:
            with self.subTest(case["why"]), self.assertRaises(seal.NotOpened):
                opened(case["sealed"])


class Bundles(unittest.TestCase):
    def setUp(self):
        self.vectors = load("keys")

    def test_a_password_is_the_same_from_every_keyboard(self):
        made = {case["password"]: case["key"] for case in self.vectors["stretched"]}
        plain_word, wide, composed = made
        self.assertEqual(made[wide], made[composed])
        self.assertNotEqual(made[wide], made[plain_word])

    def test_a_bundle_opens_with_its_password(self):
        for case in self.vectors["bundles"]:
            floor = min(keys.FLOOR, (case["memory"], case["passes"]))
            sealing, signing, factor, epoch = keys.open_bundle(case["password"], data(case["bytes"]), DOCTOR, floor)
            self.assertEqual((sealing.hex(), signing.hex()), (case["sealing"], case["signing"]))
            self.assertEqual((factor.hex() if factor else None, epoch), (case["factor"], case["epoch"]))

    def test_a_bundle_that_was_sealed_otherwise_does_not_open(self):
        password = self.vectors["bundles"][0]["password"]
        for case in self.vectors["bundles_refused"]:
            with self.subTest(case["why"]), self.assertRaises(seal.NotOpened):
                keys.open_bundle(password, data(case["bytes"]), DOCTOR, tuple(case["floor"]))


class Slots(unittest.TestCase):
    def setUp(self):
        self.vectors = load("keys")
        self.slots = self.vectors["slots"]

    def opened(self, kind, slot):
        key = lambda name: data(self.slots[name])
        if kind == "user":
            return keys.open_user_slot(key("device"), key("sealing"), DOCTOR, WORKSTATION, slot)
        if kind == "sheet":
            return keys.open_sheet_slot(key("sheet"), WORKSTATION, slot)
        return keys.open_clinic_slot(key("recovery"), WORKSTATION, slot)

    def test_each_slot_opens_to_the_store_key(self):
        for kind, name in (("user", "user"), ("sheet", "by_sheet"), ("clinic", "by_clinic")):
            self.assertEqual(self.opened(kind, data(self.slots[name])), (data(self.slots["store"]), 4))

    def test_a_slot_that_was_changed_does_not_open(self):
        for case in self.vectors["slots_refused"]:
            with self.subTest(f"{case['kind']}: {case['why']}"), self.assertRaises(seal.NotOpened):
                self.opened(case["kind"], data(case["bytes"]))


class Papers(unittest.TestCase):
    def setUp(self):
        self.vectors = load("keys")

    def test_a_paper_reads_back_however_it_is_typed(self):
        for case in self.vectors["papers"]:
            typed = ["\n".join(case["lines"]), " ".join(case["lines"]).lower(), "\n\n".join(case["lines"])]
            typed += [text.replace("0", "o").replace("1", "L").replace("-", "") for text in typed]
            for text in typed:
                self.assertEqual(paper.read(text), (case["tag"], data(case["secret"])))

    def test_a_mistyped_paper_is_refused(self):
        for case in self.vectors["papers_refused"]:
            if case["fault"] == "kind":
                self.assertNotEqual(paper.read(case["text"])[0], 0)
            else:
                with self.assertRaisesRegex(paper.Mistyped, f"^{case['fault']}$"):
                    paper.read(case["text"])

    def test_every_wrong_character_and_every_swap_in_a_line_is_found(self):
        lines = [list(line.replace("-", "")) for line in self.vectors["papers"][2]["lines"]]
        text = lambda: "\n".join("".join(line) for line in lines)
        for number, line in enumerate(lines, 1):
            for place in range(15):
                right = line[place]
                for wrong in set(paper.LETTERS) - {right}:
                    line[place] = wrong
                    self.assertRaisesRegex(paper.Mistyped, f"line {number}", paper.read, text())
                line[place] = right
                for other in range(place):
                    if line[other] != right:
                        line[place], line[other] = line[other], line[place]
                        self.assertRaisesRegex(paper.Mistyped, f"line {number}", paper.read, text())
                        line[place], line[other] = line[other], line[place]

    def test_any_two_shares_give_the_root_back(self):
        root = self.vectors["root"]
        shares = [paper.read("\n".join(lines)) for lines in root["shares"]]
        for one in shares:
            for two in shares:
                if one == two:
                    self.assertRaises(ValueError, paper.combine, one, two)
                else:
                    self.assertEqual(paper.combine(one, two).hex(), root["secret"])
        self.assertEqual(sha256(data(root["public"]))[:16].hex(), root["fingerprint"])


class Chains(unittest.TestCase):
    def test_chains_are_trusted_or_refused_for_their_reason(self):
        for case in load("keys")["chains"]:
            link = list(map(data, case["chain"]))
            trust = lambda: certify.trust(data(case["root"]), data(case["clinic"]), link)
            with self.subTest(case["why"]):
                if case["result"] == "trusted":
                    self.assertEqual(certify.KeyCertificate.plain(trust()), plain(case["says"]))
                    continue
                with self.assertRaises(certify.NotTrusted) as caught:
                    trust()
                self.assertEqual((caught.exception.why, caught.exception.place), (case["result"], case["place"]))
