"""The laws of the fold, on the same histories that the vectors hold."""

import unittest

from formats.fold import fold
from formats.ids import show_op
from vectors.fold import by_hand
from vectors.histories import RECORD, history
from vectors.kinds import KINDS

SEEDS = range(220)


class Laws(unittest.TestCase):
    def test_the_order_of_arrival_and_arriving_twice_change_nothing(self):
        for seed in SEEDS:
            name, ops = history(seed)
            state = fold(KINDS[name], RECORD, ops)
            self.assertEqual(fold(KINDS[name], RECORD, ops[::-1]), state, seed)
            self.assertEqual(fold(KINDS[name], RECORD, ops[1:] + ops), state, seed)

    def test_every_value_is_shown_overwritten_or_handed_back(self):
        for seed in SEEDS:
            name, ops = history(seed)
            state = fold(KINDS[name], RECORD, ops)
            parts = state["fields"] | state.get("unknown", {})
            for op in ops:
                for path in op.get("patch", {}):
                    over = any(op["id"] in other.get("base", {}).get(path, []) and path in other["patch"]
                               for other in ops)
                    kept = show_op(op["id"]) in parts[path]["heads"] + state.get("late", [])
                    self.assertTrue(over or kept, (seed, path))

    def test_a_clash_points_at_ops_that_are_there_and_has_one_name(self):
        for seed in SEEDS:
            name, ops = history(seed)
            conflicts = fold(KINDS[name], RECORD, ops).get("conflicts", [])
            there = {show_op(op["id"]) for op in ops}
            self.assertEqual(len({conflict["id"] for conflict in conflicts}), len(conflicts))
            for conflict in conflicts:
                self.assertLessEqual(set(conflict["contenders"]), there)
                self.assertGreater(len(conflict["contenders"]), 1)

    def test_the_histories_by_hand_show_what_their_names_say(self):
        states = {why: fold(KINDS[kind], RECORD, ops) for why, kind, ops in by_hand()}
        shown = lambda why, path: states[why]["fields"][path]["value"]
        clashes = lambda why: [conflict["clash"] for conflict in states[why].get("conflicts", [])]
        self.assertIsNone(shown("of two clashing roles neither holds", "role"))
        self.assertEqual(shown("of two clashing ends the earlier holds", "until"), "2026-12")
        self.assertEqual(shown("an end is narrower than none", "until"), "2027")
        self.assertEqual(shown("words that both name hold", "approvers"), ["nurse"])
        self.assertIs(shown("no is narrower than yes", "active"), False)
        nothing = "where no value is narrower nothing holds"
        self.assertEqual((shown(nothing, "active"), shown(nothing, "approvers")), (None, None))
        reason = "a signed document goes on through its states with the reason"
        self.assertEqual((shown(reason, "status"), shown(reason, "status_reason")), ("dropped", "wrong person"))
        self.assertNotIn("late", states[reason])
        self.assertEqual(len(states["a late edit is handed back"]["late"]), 1)
        self.assertEqual(clashes("two signatures clash"), ["signatures"])
        self.assertEqual(clashes("a settled clash of signatures is over"), [])
        self.assertEqual(clashes("a third signature clashes with the one that was settled on"), ["signatures"])
        self.assertEqual(clashes("a third signature with an earlier stamp does too"), ["signatures"])
        named = "of two signatures the one holds that whoever settled it named"
        self.assertEqual((shown(named, "phone"), clashes(named)), ("2", []))
        again = "a settling that saw another overrules it"
        self.assertEqual((shown(again, "phone"), clashes(again)), ("1", []))
        differently = "two who settle it differently at the same time leave both"
        self.assertEqual(clashes(differently), ["signatures"])
        self.assertEqual(shown("a settling that names what is no signature keeps the first", "phone"), "3")
        behind = "the last agreed value is found behind an op that does not set the field"
        self.assertEqual(shown(behind, "family"), "Reyes")
        withdrawn = "a claim withdrawn by one and edited by another stays"
        self.assertEqual((clashes(withdrawn), "voided" in states[withdrawn]), (["removal"], False))
        back = "a resolve without values takes the withdrawal back"
        self.assertEqual((clashes(back), "voided" in states[back]), ([], False))
        entries = states["an entry whose id is none leads to no field"]
        self.assertEqual((len(entries["fields"]), len(entries["unknown"])), (2, 5))
        self.assertEqual(states["nothing amounts to nothing"]["heads"], [])
