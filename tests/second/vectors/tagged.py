"""Values of CBOR in JSON: bytes are {"bytes": hex} and maps {"map": {...}}, all else is itself."""

from formats.ids import derived


def tagged(value):
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, list):
        return [tagged(item) for item in value]
    if isinstance(value, dict):
        return {"map": {key: tagged(value[key]) for key in sorted(value)}}
    return value


def plain(value):
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        if "bytes" in value:
            return bytes.fromhex(value["bytes"])
        return {key: plain(member) for key, member in value["map"].items()}
    return value


def sample(shape, name, message):
    """One message: its declared sort, its value and its bytes."""
    return {"sort": name, "value": tagged(shape.plain(message)), "bytes": shape.encode(message).hex()}


CLINIC, SITE, WORKSTATION = derived("clinic"), derived("site"), derived("workstation")
INCARNATION, SCOPE, CLINIC_SCOPE = derived("incarnation"), derived("scope"), derived("clinic scope")
ADMINISTRATOR, DOCTOR, PATIENT = derived("administrator"), derived("doctor"), derived("patient")
SESSION, NOTE = derived("session"), derived("note")
