"""What a patient comes for: a visit from the front desk to the signed note, and a certificate on paper."""

import datetime

from clinic import must
from programs import BIN, Running


def visit(desk, patient):
    """A visit from its beginning to its end, as three people do it; its id."""
    started = desk.call(
        "start_visit",
        {"patient": patient, "kind": "consultation", "concern": "Fever since yesterday", "status": "arrived"},
        user="ben",
    )
    here = desk.call("open_visits", user="ben")["rows"]
    must([row["visit"] for row in here] == [started["id"]], "Who arrived does not wait for anybody.")
    must(here[0]["concern"] == "Fever since yesterday", "The front desk does not read what it wrote.")
    measured = desk.call("record_vitals", vitals(patient, started["id"]), user="liza")
    levels = {row["sign"]: row["level"] for row in measured["levels"]}
    must(levels["temperature"] == "high", f"38.4 is {levels['temperature']}.")
    must(levels["pulse"] == "normal", f"A pulse of 84 is {levels['pulse']}.")
    begun = desk.call(
        "step_visit", {"visit": started["id"], "version": started["version"], "to": "in_progress"}, user="maria"
    )
    note = {"visit": started["id"], "note": None, "version": None, "details": note_text()}
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


def note_text():
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
            "1": {"name": "Acute upper respiratory infection", "code": "J06.9", "primary": True, "certainty": "confirmed"}
        },
        "plan": "Rest, fluids. Review in three days if fever continues.",
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
