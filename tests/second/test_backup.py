"""Backups: the recovery sheet and the folder give the chart, by the page of the format alone."""

import unittest

from formats import backup, signed
from vectors.files import load


def data(text):
    return bytes.fromhex(text)


class Backups(unittest.TestCase):
    def setUp(self):
        self.vectors = load("backup")
        self.files = {item["name"]: data(item["bytes"]) for item in self.vectors["folder"]}

    def read(self, files):
        opened = backup.Backup(files, self.vectors["sheet"])
        return backup.chart(opened, self.vectors["kinds"], data(self.vectors["patient"].replace("-", "")))

    def test_sheet_and_folder_give_the_chart(self):
        chart = self.read(self.files)
        self.assertEqual(chart, self.vectors["chart"])
        said = [(item["kind"], *item["state"]["fields"].values()) for item in chart]
        self.assertEqual([(kind, field["value"]) for kind, field in said], [("patient", "Reyes"), ("allergy", "Penicillin")])

    def test_what_stands_beside_the_log_comes_back_too(self):
        opened = backup.Backup(self.files, self.vectors["sheet"])
        point = opened.point()
        self.assertEqual(opened.trail(point)[0]["action"], "back_up_now")
        self.assertEqual(len(opened.told(point)), 1)
        self.assertTrue(opened.blob(point, data(self.vectors["blob"]))["bytes"].startswith(b"%PDF"))

    def test_the_workstation_signed_the_point_and_nobody_else(self):
        opened = backup.Backup(self.files, self.vectors["sheet"])
        backup.check_signature(opened, 1, data(self.vectors["signer"]["public"]))
        with self.assertRaises(signed.Refused):
            backup.check_signature(opened, 1, signed.public(bytes(32)))

    def test_each_change_of_a_file_is_refused_for_what_it_is(self):
        for case in self.vectors["refused"]:
            files = {name: encoded for name, encoded in self.files.items() if name != case["file"]}
            if case["bytes"] is not None:
                files[case["file"]] = data(case["bytes"])
            with self.subTest(case["why"]), self.assertRaisesRegex(backup.Refused, case["fault"]):
                self.read(files)

    def test_a_file_whose_writing_was_cut_off_counts_for_nothing(self):
        self.assertEqual(self.read(self.files | {"log/00000004-00000009.new": b"half"}), self.vectors["chart"])

    def test_a_name_that_is_no_point_keeps_none_back(self):
        strays = {f"points/{number}": b"" for number in ("0000002", "9223372036854775807", "18446744073709551615", "00000005")}
        segments = {f"log/{places}": b"" for places in ("00000001-18446744073709551615", "00000000-00000003")}
        copied = {"points/9999999": self.files["points/0000001"]}
        self.assertEqual(self.read(self.files | strays | segments | copied), self.vectors["chart"])
        opened = backup.Backup(self.files | strays | copied, self.vectors["sheet"])
        self.assertEqual((opened.points(), opened.point()["number"]), ([1, 2, 9999999], 1))
        for number in (2, 3, 9999999):
            with self.assertRaises(backup.Refused):
                opened.point(number)

    def test_the_declared_kinds_are_read_as_the_fold_wants_them(self):
        kinds = backup.declared([
            "allergy: claim, site", "allergy.substance ordinary", "allergy.substance holds text",
            "ticket: document, site", "ticket.status state", "ticket.status is waiting", "ticket.status is done",
            'ticket.status from "" to waiting: queue.run', "calendar: ordinary, clinic", "calendar.years ordinary",
            "calendar.years/*/name holds text",
        ])
        self.assertEqual(kinds["allergy"]["nature"], "claim")
        self.assertEqual(kinds["ticket"]["fields"]["status"]["holds"], {"choice": ["waiting", "done"]})
        self.assertEqual(kinds["ticket"]["fields"]["status"]["moves"], [["", "waiting"]])
        self.assertEqual(kinds["calendar"]["fields"]["years"]["holds"], {"entries": {"name": "text"}})
