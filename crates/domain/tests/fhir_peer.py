"""Holds what `examples/fhir_plan.rs` made of a bundle against an independent reading of it by the
Python package fhir.resources, whose models are FHIR R4's: `fhir.resources==6.4.0` with `pydantic<2`.

    python fhir_peer.py BUNDLE PLAN
"""

import json
import sys
from collections import Counter
from datetime import datetime
from decimal import Decimal

from fhir.resources.bundle import Bundle


def coding(concept, system=None):
    """The coding that is kept: the first of `system`, else the first."""
    codings = concept.coding or []
    chosen = next((one for one in codings if one.system == system), codings[0] if codings else None)
    return chosen and {name: getattr(chosen, name) for name in ("system", "code", "display") if getattr(chosen, name)}


def quantity(amount):
    """The amount with the digits of the text."""
    members = {"value": str(amount.value), "unit": amount.unit, "system": amount.system, "code": amount.code}
    return {name: text for name, text in members.items() if text}


def same_time(text, time):
    return (text is None and time is None) or datetime.fromisoformat(text) == time


def entries(patch, name):
    found = {}
    for path, value in patch.items():
        parts = path.split("/")
        if parts[0] == name:
            found.setdefault(parts[1], {})[parts[2]] = value
    return list(found.values())


def patient(resource, patch, check):
    official = next(name for name in resource.name if name.use == "official")
    check("family", patch["family"], official.family)
    check("given", patch["given"], " ".join(official.given))
    check("title", patch.get("title"), " ".join(official.prefix or []) or None)
    check("sex", patch["sex"], resource.gender)
    check("birth date", patch["birth_date"], resource.birthDate.isoformat())
    check("language", patch["language"], resource.communication[0].language.coding[0].code)
    numbers = sorted((one.get("system"), one["value"]) for one in entries(patch, "identifiers"))
    check("identifiers", numbers, sorted((one.system, one.value) for one in resource.identifier))
    phones = sorted(one["value"] for one in entries(patch, "contacts"))
    check("contacts", phones, sorted(one.value for one in resource.telecom))
    towns = [(one["line"], one["city"], one["region"], one["postcode"]) for one in entries(patch, "addresses")]
    expected = [(", ".join(one.line), one.city, one.state, one.postalCode) for one in resource.address]
    check("addresses", towns, expected)


def encounter(resource, patch, check):
    check("status", (patch["status"], resource.status), ("completed", "finished"))
    check("code", patch["code"], coding(resource.type[0]))
    check("began", same_time(patch["started_at"], resource.period.start), True)
    check("ended", same_time(patch["ended_at"], resource.period.end), True)
    reason = coding(resource.reasonCode[0]) if resource.reasonCode else None
    check("reason", patch.get("reason"), reason)


def observation(resource, patch, check):
    check("code", patch["code"], coding(resource.code, "http://loinc.org"))
    check("category", patch["category"], resource.category[0].coding[0].code)
    check("time", same_time(patch["at"], resource.effectiveDateTime), True)
    amount = resource.valueQuantity and quantity(resource.valueQuantity)
    check("amount", patch.get("quantity"), amount)
    finding = resource.valueCodeableConcept and coding(resource.valueCodeableConcept)
    check("finding", patch.get("finding"), finding)
    parts = [(one["code"], one["quantity"]) for one in entries(patch, "components")]
    expected = [(coding(one.code), quantity(one.valueQuantity)) for one in resource.component or []]
    check("parts", sorted(parts, key=str), sorted(expected, key=str))


def condition(resource, patch, check):
    check("code", patch["code"], coding(resource.code))
    check("name", patch["name"], resource.code.text)
    check("status", patch["status"], resource.clinicalStatus.coding[0].code)
    check("certainty", patch["certainty"], resource.verificationStatus.coding[0].code)
    check("since", patch["since"], resource.onsetDateTime.date().isoformat())
    until = resource.abatementDateTime and resource.abatementDateTime.date().isoformat()
    check("until", patch.get("until"), until)


def medicine(resource, patch, check):
    check("code", patch["code"], coding(resource.medicationCodeableConcept))
    check("name", patch["name"], resource.medicationCodeableConcept.text)
    check("status", patch["status"], resource.status)
    check("ordered", same_time(patch["at"], resource.authoredOn), True)
    dosage = (resource.dosageInstruction or [None])[0]
    check("as needed", patch.get("as_needed"), dosage and dosage.asNeededBoolean)


def immunisation(resource, patch, check):
    check("code", patch["code"], coding(resource.vaccineCode))
    check("status", patch["status"], resource.status)
    check("given", same_time(patch["at"], resource.occurrenceDateTime), True)


def event(resource, patch, check):
    of = resource.resource_type
    code = resource.category[0] if of == "CarePlan" else resource.code
    check("code", patch["code"], coding(code))
    check("status", patch["status"], resource.status)
    period = {"Procedure": "performedPeriod", "CarePlan": "period"}.get(of)
    span = getattr(resource, period) if period else None
    check("began", same_time(patch["at"], span.start if span else resource.effectiveDateTime), True)
    check("ended", same_time(patch.get("until"), span and span.end), True)


READERS = {
    "Patient": ("patient", patient),
    "Encounter": ("visit", encounter),
    "Observation": ("observation", observation),
    "Condition": ("problem", condition),
    "MedicationRequest": ("medicine", medicine),
    "Immunization": ("immunisation", immunisation),
    "Procedure": ("event", event),
    "CarePlan": ("event", event),
    "DiagnosticReport": ("event", event),
}


def main(bundle_path, plan_path):
    with open(bundle_path, encoding="utf-8") as file:
        bundle = Bundle.parse_obj(json.load(file, parse_float=Decimal))
    with open(plan_path, encoding="utf-8") as file:
        plan = json.load(file)
    records = {record["patch"]["source"]: record for one in plan["patients"] for record in one["records"]}
    counts = Counter(entry.resource.resource_type for entry in bundle.entry)
    planned = {
        of: account["stored"] + account["merged"] + sum(account["left_out"].values())
        for of, account in plan["account"].items()
    }
    faults, compared = [], 0
    if planned != dict(counts):
        faults.append(f"counts: {planned} and {dict(counts)}")
    for entry in bundle.entry:
        resource = entry.resource
        record = records.pop(entry.fullUrl, None)
        kind, reader = READERS.get(resource.resource_type, (None, None))
        if (record and record["kind"]) != kind:
            faults.append(f"{entry.fullUrl}: {kind} expected")
            continue
        if reader is None:
            continue

        def check(what, ours, theirs):
            nonlocal compared
            compared += 1
            if ours != theirs:
                faults.append(f"{entry.fullUrl} {what}: {ours!r} and {theirs!r}")

        reader(resource, record["patch"], check)
    faults.extend(f"{source}: nobody's" for source in records)
    print("\n".join(faults) or f"{sum(counts.values())} resources, {compared} values agree")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
