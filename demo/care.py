"""What a patient comes for: a visit from the front desk to the signed note, and a certificate on paper."""

import datetime

from clinic import Refused, must
from programs import BIN, Running


def visit(desk, patient):
    """A visit from its beginning to its end, as three people do it; its id."""
    started = desk.call(
        "start_visit",
        {"patient": patient, "kind": "consultation", "concern": "Fever since yesterday", "status": "arrived"},
        user="ben",
    )
    here = desk.call("queue", user="ben")["rows"]
    must([row["visit"] for row in here] == [started["id"]], "Who arrived does not wait for anybody.")
    must(here[0]["concern"] == "Fever since yesterday", "The front desk does not read what it wrote.")
    measured = desk.call("record_vitals", vitals(patient, started["id"]), user="liza")
    levels = {row["sign"]: row["level"] for row in measured["levels"]}
    must(levels["temperature"] == "high", f"38.4 is {levels['temperature']}.")
    must(levels["pulse"] == "normal", f"A pulse of 84 is {levels['pulse']}.")
    begun = desk.call(
        "step_visit", {"visit": started["id"], "version": started["version"], "to": "in_progress"}, user="maria"
    )
    alert(desk, patient)
    note = {"visit": started["id"], "note": None, "version": None, "details": note_text(desk)}
    kept = desk.call("save_note", note, user="maria")
    signed = desk.call("sign_note", {**note, "note": kept["id"], "version": kept["version"]}, user="maria")
    addendum = {"note": signed["id"], "text": "Rapid influenza test negative.", "reason": "Result came later"}
    desk.call("add_addendum", addendum, user="maria")
    desk.call(
        "step_visit", {"visit": started["id"], "version": begun["version"], "to": "completed"}, user="maria"
    )
    seen = desk.call("visit", {"visit": started["id"]}, user="maria")
    must(seen["details"]["status"] == "completed", f"The visit is {seen['details']['status']}.")
    must([bool(row["signed_at"]) for row in seen["notes"]] == [True], "The note is not signed.")
    must([len(row["addenda"]) for row in seen["notes"]] == [1], "The addendum is not there.")
    exam = seen["notes"][0]["details"]["exam"]
    must(exam["throat"]["finding"] == "finding", "The finding of the examination is gone.")
    must(exam["heart"] == {"finding": "not_examined"}, "What was left alone passes for examined.")
    must(len(seen["measured"]) > 0, "The visit shows nothing of what was measured.")
    return started["id"]


# Of the people whom the bundles brought: who comes this morning, and how far each is by half past nine.
MORNING = (
    ("castellanos", "Cough for a week", "waiting"),
    ("lueilwitz", "Short of breath", "urgent"),
    ("gutmann", "Follow-up", "called"),
    ("atencio", "Sore eye", "moved"),
    ("wiegand", "Vaccination", "left"),
    ("conn", "Headache", "with_doctor"),
)


def morning(desk):
    """A morning's queue, with somebody in each state; the tickets that are left in it."""
    for name, concern, _ in MORNING:
        person = desk.call("find_patients", {"text": name}, user="ben")["people"][0]
        begun = {"patient": person["id"], "kind": "consultation", "concern": concern, "status": "arrived"}
        desk.call("start_visit", begun, user="ben")
    for _, concern, state in MORNING:
        rows = desk.call("queue", user="liza")["rows"]
        row = next(row for row in rows if row["concern"] == concern)
        of = {"ticket": row["ticket"]["id"], "version": row["ticket"]["version"]}
        visit = {"visit": row["visit"], "version": row["version"]}
        if state == "urgent":
            urgent = {"id": row["visit"], "version": row["version"], "patch": {"urgency": "urgent", "urgent_for": "SpO₂ 91 %"}}
            desk.call("edit_visit", urgent, user="liza")
        if state == "called":
            desk.call("call", {**of, "to": "Room 2"}, user="liza")
        if state == "moved":
            desk.call("step_ticket", {**of, "to": "moved", "queue": "eye"}, user="liza")
        if state == "left":
            desk.call("step_ticket", {**of, "to": "left", "queue": None}, user="ben")
        if state == "with_doctor":
            desk.call("call", {**of, "to": "Room 1"}, user="maria")
            desk.call("step_visit", {**visit, "to": "in_progress"}, user="maria")
    rows = desk.call("queue", user="ben")["rows"]
    must(rows[0]["concern"] == "Short of breath", "Who is urgent is not called first.")
    board = desk.call("board", user="ben")["rows"]
    must(sorted(row["room"] for row in board) == ["Room 1", "Room 2"], f"The board shows {board}.")
    return [row["ticket"]["number"] for row in rows]


def slip(desk):
    """The nurse signs the slip of somebody who was here, whose visit then says where they went; its number."""
    row = next(row for row in desk.call("queue", user="liza")["rows"] if row["concern"] == "Headache")
    templates = desk.call("templates", user="liza")["rows"]
    template = next(row for row in templates if row["details"]["form_code"] == "MED-03")
    today = desk.call("status", user="liza")["today"]
    details = {
        "template": template["id"],
        "verdict": "fit",
        "examined": today,
        "from": today,
        "until": today,
        "came_at": "08:10",
        "left_at": "08:40",
        "sent_to": "class",
        "reason": "Headache",
    }
    of = {"patient": row["person"]["id"], "visit": row["visit"], "extends": None, "replaces": None}
    kept = desk.call("draft_certificate", {**of, "details": details}, user="liza")
    kept = {"certificate": kept["id"], "version": kept["version"]}
    try:
        desk.call("issue_certificate", kept, user="ben")
        must(False, "The front desk signed a slip.")
    except Refused as refused:
        must(refused.code == "not_permitted", f"A slip of the front desk is refused as {refused.code}.")
    issued = desk.call("issue_certificate", kept, user="liza")
    seen = desk.call("visit", {"visit": row["visit"]}, user="liza")
    must(seen["details"]["disposition"] == "class", "The visit does not say where they went.")
    return issued["number"]


def teeth(desk, patient):
    """A dentist charts a mouth and plans a filling; how many teeth are decayed, missing and filled."""
    permanent = [f"{quadrant}{tooth}" for quadrant in range(1, 5) for tooth in range(1, 9)]
    found = [
        {"tooth": "36", "mark": "caries", "surfaces": "O", "depth": "dentine"},
        {"tooth": "26", "mark": "filled", "surfaces": "MO"},
    ]
    look = {
        "patient": patient, "visit": None, "called_by": None, "unerupted": [], "shed": [], "not_seen": [], "found": found,
        "sound": [tooth for tooth in permanent if tooth not in ("36", "26")],
    }
    desk.call("keep_findings", look, user="lim")
    filling = {"treatment": "filling", "teeth": {"36": {"tooth": "36", "surfaces": "O"}}, "for_caries": True, "plan_order": 1}
    desk.call("plan_treatment", {"patient": patient, "visit": None, "details": filling}, user="lim")
    counted = desk.call("mouth", {"patient": patient}, user="lim")["indices"]["permanent"]
    must(counted == {"decayed": 1, "missing": 0, "filled": 1, "seen": 32, "of": 32}, f"The mouth counts {counted}.")
    return counted


def vitals(patient, of_visit):
    typed = {
        "systolic": "118",
        "diastolic": "76",
        "temperature": "38.4",
        "pulse": "84",
        "respiration": "18",
        "spo2": "98",
        "weight": "54.2",
        "height": "161",
    }
    values = [{"sign": sign, "value": value, "unit": None} for sign, value in typed.items()]
    return {"patient": patient, "visit": of_visit, "values": values, "confirmed": [], "minutes_ago": None}


def alert(desk, patient):
    """What everybody must know of this person: the doctor writes it, the front desk reads it."""
    details = {"text": "Faints when blood is drawn", "act": "Let lie down first"}
    desk.call("add_banner_alert", {"patient": patient, "details": details}, user="maria")
    said = desk.call("banner", {"patient": patient}, user="ben")["alerts"]
    must([row["text"] for row in said] == [details["text"]], f"The front desk reads {said} in the banner.")


def lay_word(desk):
    """The name and code that an everyday word leads to."""
    found = desk.call("find_codes", {"text": "ubo at sipon"}, user="maria")["rows"]
    first = {name: found[0][name] for name in ("name", "code", "system", "version")} if found else None
    must(first and first["code"] == "J06.9", f"The lay word finds {found[:5]} first.")
    return first


def snippet(desk):
    """A snippet of the doctor's own, as it opens in the plan of a note."""
    details = {"key": "review3", "text": "Rest, fluids. Review in three days if fever continues.", "section": "plan"}
    desk.call("write_snippet", {"id": None, "version": None, "clinic": False, "details": details}, user="maria")
    mine = [row for row in all_snippets(desk) if row["key"] == details["key"]]
    must([(row["of"], row["text"]) for row in mine] == [("own", details["text"])], f"Of the snippet there is {mine}.")
    return mine[0]["text"]


def all_snippets(desk):
    rows, before = [], None
    while True:
        page = desk.call("snippets", {"before": before}, user="maria")
        rows += page["rows"]
        before = page["next"]
        if before is None:
            return rows


def note_text(desk):
    return {
        "concern": "Fever and sore throat since yesterday.",
        "set": "respiratory",
        "exam": {
            "general": {"finding": "normal", "text": "Alert, not in distress, speaks in full sentences"},
            "throat": {"finding": "finding", "text": "Red, no exudate"},
            "lungs": {
                "finding": "normal",
                "text": "No retractions, clear on both sides, no wheeze, no crackles",
            },
        },
        "diagnoses": {
            "1": {**lay_word(desk), "primary": True, "certainty": "confirmed"}
        },
        "plan": snippet(desk),
    }


def certificate(desk, patient, of_visit):
    """A sick leave that the front desk prepares and the doctor issues; its record and number."""
    templates = desk.call("templates", user="ben")["rows"]
    template = next(row for row in templates if row["details"]["name"] == "Sick leave, student")
    today = datetime.date.fromisoformat(desk.call("status", user="ben")["today"])
    details = {
        "template": template["id"],
        "verdict": "not_fit",
        "examined": str(today),
        "from": str(today),
        "until": str(today + datetime.timedelta(days=2)),
        "reason": "Fever",
        "recommendation": "Rest, fluids, and review at the clinic if fever continues.",
    }
    draft = {"patient": patient, "visit": of_visit, "extends": None, "replaces": None, "details": details}
    kept = desk.call("draft_certificate", draft, user="ben")
    step = {"certificate": kept["id"], "version": kept["version"], "reason": None}
    submitted = desk.call("submit_certificate", step, user="ben")
    view = desk.call("certificate", {"certificate": kept["id"]}, user="maria")
    must(view["lacking"] == [], f"The certificate lacks {view['lacking']}.")
    must(view["days"]["count"] == 3, f"Three days are counted as {view['days']['count']}.")
    of = {"certificate": kept["id"], "version": submitted["version"]}
    return desk.call("issue_certificate", of, user="maria")


def on_paper(desk, issued, folder):
    """The certificate goes to a printer of its own; the paper is the PDF that was kept, to the byte."""
    pdf, key, paper = folder / "certificate.pdf", folder / "issuing-key.pem", folder / "printed.pdf"
    printer = Running("The printer", [BIN / "printer", paper], folder.parent / "printer.log")
    try:
        address = printer.wait_for(lambda: next(iter(printer.log.read_text().splitlines()), None))
        desk.environment["CUPS_SERVER"] = address
        sent = {"certificate": issued["id"], "printer": None, "copies": 1}
        printed = desk.call("print_certificate", sent, user="maria")
        must(printed["copies"] == 1, f"{printed['copies']} copies were printed.")
        must(printer.process.wait(timeout=120) == 0, "The printer got nothing.")
    finally:
        printer.end()
    desk.run("certificate", "pdf", issued["number"], "--out", pdf, user="maria")
    desk.run("certificate", "key", "--out", key, user="maria")
    must(paper.read_bytes() == pdf.read_bytes(), "What was printed is not what was issued.")
    must(pdf.stat().st_size <= 20_000, f"The certificate has {pdf.stat().st_size} bytes.")
    return pdf, key
