"""What a patient comes for: a visit from the front desk to the signed note."""

from clinic import must


def visit(desk, patient):
    """A visit from its beginning to its end, as three people do it; its id."""
    started = desk.call(
        "start_visit",
        {"patient": patient, "kind": "consultation", "concern": "Fever since yesterday", "status": "arrived"},
        user="ben",
    )
    here = desk.call("open_visits", user="ben")["rows"]
    must([row["visit"] for row in here] == [started["id"]], "Who arrived does not wait for anybody.")
    must(here[0]["concern"] is None, "The front desk reads why somebody came.")
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
        "examination": "Throat red, no exudate. Chest clear.",
        "diagnoses": {
            "1": {"name": "Acute upper respiratory infection", "code": "J06.9", "primary": True, "certainty": "confirmed"}
        },
        "plan": "Rest, fluids. Review in three days if fever continues.",
    }
