"""Kinds of record for the fold's vectors: each class and type once, in each nature."""

STEPS = [["", "draft"], ["draft", "sent"], ["sent", "back"], ["back", "sent"], ["sent", "done"], ["sent", "dropped"],
         ["draft", "dropped"], ["done", "ended"]]
FIELDS = {
    "source": {"holds": "text", "class": "fixed"},
    "phone": {"holds": "text", "class": "ordinary"},
    "family": {"holds": "text", "class": "critical"},
    "born": {"holds": "date", "class": "critical"},
    "weight": {"holds": "decimal", "class": "ordinary"},
    "count": {"holds": "int", "class": "critical"},
    "seen_at": {"holds": "instant", "class": "ordinary"},
    "other": {"holds": "record", "class": "fixed"},
    "key": {"holds": "hex", "class": "critical"},
    "finding": {"holds": "coding", "class": "ordinary"},
    "amount": {"holds": "quantity", "class": "ordinary"},
    "status": {"holds": {"choice": ["draft", "sent", "back", "done", "dropped", "ended"]}, "class": "state",
               "moves": STEPS},
    "status_reason": {"holds": "text", "class": "ordinary"},
    "role": {"holds": {"choice": ["doctor", "nurse"]}, "class": "narrowing"},
    "active": {"holds": "bool", "class": "narrowing"},
    "until": {"holds": "date", "class": "narrowing"},
    "approvers": {"holds": "words", "class": "narrowing"},
    "contacts": {"holds": {"entries": {"value": "text", "rank": "int"}}, "class": "critical"},
}
KINDS = {nature: {"nature": nature, "fields": FIELDS} for nature in ("ordinary", "fact", "claim", "document")}

#: Values by path: right ones, nothing, and some of another type, as a newer version may write them.
VALUES = {
    "source": ["a", "b"],
    "phone": ["1", "2", "ü", None, "bell\u0007", "line\nline"],
    "family": ["Reyes", "Cruz", "Lim", None],
    "born": ["1999", "~1999-07", "1999-07-14", "1999-02-30", "99"],
    "weight": ["37.10", "37.1", "-0.5e+3", "07", "1."],
    "count": [1, 2, -3, True, "1"],
    "seen_at": ["2026-11-22T10:31:00+08:00", "2026-11-22T02:31:00Z", "2026-11-22", "2026-11-22T25:00:00Z"],
    "other": ["0190b6a0-0000-7000-8000-000000000001", "none"],
    "key": ["00ff", "", "0", "FF"],
    "finding": [{"code": "1", "system": "s"}, {"display": "d"}, {"code": 1}, {"size": "x"}, {}],
    "amount": [{"value": "1.0", "unit": "kg"}, {"value": "2"}, {"unit": "kg"}, {"value": 1}],
    "status": ["draft", "sent", "back", "done", "dropped", "ended", "draft", "sent", None, "newer"],
    "status_reason": ["late", "wrong", None],
    "role": ["doctor", "nurse", None, "newer"],
    "active": [True, False, True, None],
    "until": ["2026-12-31", "2026-12", "2026", "~2027", None, "2028-02"],
    "approvers": [["doctor", "nurse"], ["nurse", "doctor", "nurse"], ["dentist"], [], None, "doctor"],
    "contacts/a/value": ["1", "2", None, 3],
    "contacts/b/rank": [1, 2],
    "contacts/a/colour": ["red", "blue"],
    "contacts": [{"a": {"value": "1"}}],
    "shoe_size": [41, 42, [1, {"a": None}], None],
    "phone/a": ["1", "2"],
}
