"""Words of level 3 stand in no file for the region or the republic, however they are written."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import quopri
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app import lists, records
from ethnomed_desktop.app.attachments import Wish, attach_bytes
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import receive
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.domain.spelling import readings
from ethnomed_desktop.exchange import archive
from ethnomed_desktop.exchange.bodies import inflate
from ethnomed_desktop.exchange.intake import decrypt

from .test_exchange_tiers import CANARY, INCIDENT
from .tiers import Tiers, tiers

LATIN = dict(zip("жасырнов", ("zh", "a", "s", "y", "r", "n", "o", "v"), strict=True))


@pytest.fixture
def offices(tmp_path: Path, clock: FixedClock) -> Iterator[Tiers]:
    with tiers(tmp_path, clock) as made:
        yield made


def _canaries() -> dict[str, dict[str, object]]:
    """Return for every kind that goes up a value for each field above level 1 that can hold a text."""
    found: dict[str, dict[str, object]] = {}
    for kind in KINDS.values():
        if kind.goes_up is None:
            continue
        for field in (one for one in kind.all_fields if one.page):
            if field.level > Level.OFFICE and field.type.name in {"text", "long_text"}:
                found.setdefault(kind.name, {})[field.name] = f"{CANARY} {field.name}"
            elif field.level > Level.OFFICE and field.type.name == "tags":
                found.setdefault(kind.name, {})[field.name] = [f"{CANARY} {field.name}"]
    return found


def encodings(text: str) -> set[bytes]:
    """Return the bytes in which a word could hide: spellings, character codes, ways of mail and web, hashes."""
    latin = "".join(LATIN.get(letter, letter) for letter in text.lower())
    forms = {text, fold(text), text.lower(), text.upper(), latin, latin.title(), *readings(text)}
    found: set[bytes] = set()
    for form in forms:
        for coding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r"):
            raw = form.encode(coding, errors="ignore")
            found |= {raw, raw.hex().encode(), raw.hex().upper().encode(), quopri.encodestring(raw).strip()}
            for coded in (base64.b64encode, base64.urlsafe_b64encode):
                found |= {coded(b"\0" * shift + raw)[4:-4] for shift in range(3) if len(raw) > 9}
            found |= {base64.b32encode(b"\0" * shift + raw)[8:-8] for shift in range(5) if len(raw) > 9}
        plain = form.encode()
        found |= {form.encode("unicode_escape"), json.dumps(form)[1:-1].encode(), quote(form).encode()}
        found |= {form.encode("ascii", "xmlcharrefreplace"), plain[::-1], form[::-1].encode()}
        for one in (hashlib.sha256, hashlib.sha1, hashlib.md5):  # without a salt they are as good as the word
            found |= {one(plain).digest()[:12], one(plain).hexdigest()[:16].encode()}
    return {one for one in found if len(one) >= 6}


def test_words_hide_in_many_ways() -> None:
    found = encodings(CANARY)
    for known in ("Жасырынов", "жасырынов", "zhasyrynov", "\\u0416\\u0430", "%D0%96%D0%B0"):
        assert any(known.encode() in one for one in found), known
    assert base64.b64encode(CANARY.encode())[4:-4] in found
    assert hashlib.sha256(CANARY.encode()).digest()[:12] in found


def test_no_canary_leaves_for_the_region_or_the_republic(offices: Tiers) -> None:
    canaries = _canaries()
    gone = records.record(offices.district, "incident", INCIDENT).value
    offices.up()  # so that its withdrawal travels later
    assert set(canaries) >= {"incident", "incident_party", "meeting", "recommendation", "request_answer"}
    person = records.record(
        offices.district,
        "person",
        {"surname": CANARY, "given_name": CANARY, "phones": ["+7 701 987 65 43"], "note": CANARY},
    ).value
    incident = records.record(
        offices.district,
        "incident",
        {**INCIDENT, **canaries["incident"], "reported_by": uid_text(person.uid), "phone": "+7 701 987 65 43"},
    ).value
    party = {"incident": uid_text(incident.uid), "side": "A", "person": uid_text(person.uid)}
    records.record(offices.district, "incident_party", {**party, **canaries["incident_party"]})
    body = lists.list_records(offices.district, lists.ListQuestion("organisation", (("is_ours", True),))).rows[0]
    meeting = {"organisation": uid_text(body.uid), "starts": "2026-11-20T10:00", **canaries["meeting"]}
    records.record(offices.district, "meeting", {**meeting, "chair": uid_text(person.uid)})
    request = records.record(offices.region, "request", {"subject": "Есеп"}).value
    offices.pass_on(offices.region, offices.district)
    written = {"approved_by": uid_text(person.uid), "organisation": uid_text(body.uid), "text": "Бәрі тыныш"}
    advised = {**canaries["recommendation"], **written, "subject": "Кесте"}
    answered = {**canaries["request_answer"], **written, "request": uid_text(request.uid), "outcome": "data"}
    own = records.record(offices.district, "recommendation", advised).value
    answer = records.record(offices.district, "request_answer", answered).value
    records.withdraw(offices.district, gone.uid, CANARY)
    photo = f"{CANARY} сурет".encode() * 50
    attach_bytes(offices.district, incident.uid, photo, Wish(name=f"{CANARY}.txt"))
    secret = [*encodings(CANARY), *encodings("701 987 65 43"), *encodings("Масанчи")]
    for uid in (person.uid, incident.uid, own.uid, answer.uid, offices.district.user):
        secret += [uid, uid.hex().encode(), uid_text(uid).encode()]
    above = records.record(offices.region, "person", {"surname": f"Төре{CANARY}"}).value
    records.record(offices.region, "incident", {**INCIDENT, **canaries["incident"]})
    own_advice = {**canaries["recommendation"], "subject": "Облыс кестесі", "approved_by": uid_text(above.uid)}
    records.record(offices.region, "recommendation", own_advice)
    records.record(offices.region, "request", {"subject": "Жылдық есеп"})
    down = [*encodings(CANARY), above.uid.hex().encode(), uid_text(above.uid).encode()]
    for giver, taker in ((offices.district, offices.region), (offices.region, offices.republic)):
        lines = 0
        for file in offices.sent(giver, taker):
            layers = list(_layers(taker, file))
            assert not any(name.startswith("blob/") for name in _names(taker, file))
            lines += sum(layer.count(b"\n") for layer in layers)
            for layer, needle in itertools.product([file.read_bytes(), *layers], secret):
                assert needle not in layer, needle
            receive(taker, file, "kk")
        assert lines >= 4, "something did leave"
    for file in offices.sent(offices.region, offices.district):  # and nothing of the region's goes down
        for layer, needle in itertools.product([file.read_bytes(), *_layers(offices.district, file)], down):
            assert needle not in layer, needle


def _names(taker: AppContext, file: Path) -> list[str]:
    with taker.vault.store.database.writing() as connection:
        me = identity.standing(taker, connection).me
    return list(archive.walk(decrypt(file.read_bytes(), me)))


def _layers(taker: AppContext, file: Path) -> Iterator[bytes]:
    """Yield every layer of a file as its recipient can open it."""
    with taker.vault.store.database.writing() as connection:
        me = identity.standing(taker, connection).me
    plain = decrypt(file.read_bytes(), me)
    yield plain
    for name, member in archive.walk(plain).items():
        yield inflate(member) if name.endswith(".zst") else member
