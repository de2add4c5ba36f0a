"""Whether a paper is genuine: asked by a stranger with a public key, by a colleague, and by anybody on the web."""

import json
import subprocess
import urllib.request

from clinic import Refused, clinicctl, must


def scanned(pdf):
    """The picture of a paper's first page, and the text of the code on it, read by other programs."""
    picture = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-png", "-r", "200", "-singlefile", pdf, picture], check=True)
    picture = picture.with_suffix(".png")
    # Other kinds of code than the page has are read out of its noise now and then.
    only = ["--set", "disable", "--set", "qrcode.enable"]
    read = subprocess.run(["zbarimg", "--quiet", "--raw", *only, picture], capture_output=True, text=True, check=True)
    return picture, read.stdout.rstrip("\n")


def verify(desk, second, server, number, pdf, key):
    """Everybody who may ask is told the same of the paper, and that a changed code is not genuine."""
    picture, code = scanned(pdf)
    for what in (pdf, picture, code):
        must(refused(what, key) == "unrecorded", "A key alone says that a paper was recorded.")
    asked = [at.run("verify", what, user="maria") for at in (desk, second) for what in (pdf, number)]
    for answer in [*asked, on_the_web(server, code)]:
        must(answer["outcome"] == "genuine", f"The certificate is {answer['outcome']}.")
        must(answer["claims"]["number"] == number, f"The code says {answer['claims']['number']}.")
    named = on_the_web(server, number)
    must(named["number"] == number and "claims" not in named, "A number alone tells whose it is.")
    # Another sign of the code's own alphabet in the middle.
    at = len(code) // 2
    changed = code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1 :]
    must(refused(changed, key) == "not_genuine", "A changed code is taken for genuine.")
    return True


def refused(what, key):
    """Why a stranger with nothing but the key does not take a paper."""
    try:
        clinicctl("verify", what, "--key", key)
    except Refused as refusal:
        return refusal.code
    return None


def on_the_web(server, text):
    """What the server's public page answers a program."""
    body = json.dumps({"text": text}).encode()
    asked = urllib.request.Request(f"{server.url}/verify", body, {"content-type": "application/json"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.load(answer)
