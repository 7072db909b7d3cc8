"""A file of version 1 that was made once: every later program opens it, and so does another team's."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ethnomed_desktop.exchange.authority import Authority
from ethnomed_desktop.exchange.identity import Identity, Signer
from ethnomed_desktop.exchange.joining import fingerprint_of, fingerprint_of_root
from ethnomed_desktop.exchange.reader import open_file
from ethnomed_desktop.exchange.statements import read_statement

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "exchange"


def test_the_file_made_in_2026_opens() -> None:
    told = json.loads((FOLDER / "v1.json").read_text(encoding="utf-8"))
    hub = Identity(bytes.fromhex(told["replica"]), Signer(bytes.fromhex(told["seed"])), told["age"])
    root = read_statement(told["root"].encode("utf-8"))
    pin = bytes.fromhex(told["pin"])
    found = open_file(FOLDER / "v1.emx", hub, Authority([pin], [root]), practice=True)
    lines = [line for one in found.segments for _, line in one.lines()]
    assert [hashlib.sha256(line).hexdigest() for line in lines if b"erased" not in line] == told["lines"]
    assert len(lines) == 3
    assert found.number == {hub.replica: 46}
    assert {one.type for one in found.statements} == {"root", "cert"}
    assert list(fingerprint_of_root(pin, "kk")) == told["words_of_root"]
    assert list(fingerprint_of(hub.public, "kk")) == told["words_of_hub"]
