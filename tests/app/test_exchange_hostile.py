"""Files of an entitled but hostile sender, and damaged ones: refused whole, or taken in and harmless."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import exchange, exchange_identity, exchange_logs, lists, records
from ethnomed_desktop.app.conflicts import list_conflicts
from ethnomed_desktop.app.exchange_receiving import preview
from ethnomed_desktop.domain.erased_lines import erasure
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.exchange.bundles import Sending, compose
from ethnomed_desktop.exchange.segments import START, Log
from ethnomed_desktop.i18n.catalogs import Catalog
from tests.app.offices import Computer, offices, pass_on
from tests.exchange.bad_lines import all_bad, sealed_anyhow
from tests.exchange.hands import resigned, unpacked, with_segments

PERSON, INCIDENT = KINDS["person"].number, KINDS["incident"].number
SURNAME = str(KINDS["person"].field("surname").number)
TAGS = KINDS["person"].field("tags").number
PLACE = str(KINDS["incident"].field("place").number)
PEOPLE = str(KINDS["incident"].field("people_involved").number)
NEW, OTHER = "ab" * 16, "cd" * 16
DOT = f"{'44' * 16}.{'02' * 16}.7.{'ab' * 8}"

Parts = list[Any]


def line(seq: int, uid: str, op: str, values: dict[str, Any], saw: dict[str, Any] | None = None) -> Parts:
    stamp = f"{1_795_000_000_000 << 16:016x}"
    return [seq, stamp, uid, op, values, saw or {}, "c2FsdHNh", "01" * 16, "02" * 16, "record", 1]


STRANGE: dict[str, Sequence[tuple[str, str, dict[str, Any], dict[str, Any]]]] = {
    "no reference": [(NEW, "c", {"_k": INCIDENT, PLACE: "nowhere"}, {})],
    "to itself": [(NEW, "c", {"_k": INCIDENT, PLACE: "abababab-abab-abab-abab-abababababab"}, {})],
    "a number as text": [(NEW, "c", {"_k": INCIDENT, PEOPLE: "many"}, {})],
    "the largest number": [(NEW, "c", {"_k": INCIDENT, PEOPLE: 2**53}, {})],
    "a text as number": [(NEW, "c", {"_k": PERSON, SURNAME: 1.5}, {})],
    "a list": [(NEW, "c", {"_k": PERSON, SURNAME: ["а", "б"]}, {})],
    "nothing at all": [(NEW, "c", {"_k": PERSON}, {})],
    "long": [(NEW, "c", {"_k": PERSON, SURNAME: "Ә" * 100_000}, {})],
    "a set written as one": [(NEW, "c", {"_k": PERSON, str(TAGS): "а", f"{SURNAME}/x": True}, {})],
    "unknown field": [(NEW, "c", {"_k": PERSON, "999999": "жаңа", "_z": 1}, {})],
    "unknown kind": [
        (NEW, "c", {"_k": 999_999, "1": "жаңа"}, {}),
        (NEW, "w", {"_k": 999_999, "1": "б"}, {"1": [DOT]}),
    ],
    "unknown operation": [(NEW, "zz", {"_k": PERSON, SURNAME: "а"}, {})],
    "written before it was made": [(NEW, "w", {"_k": PERSON, SURNAME: "а"}, {SURNAME: [DOT]})],
    "withdrawn unseen": [(NEW, "d", {"_k": PERSON, "_w": "жоқ"}, {"_w": [DOT]})],
    "two kinds": [(NEW, "c", {"_k": INCIDENT, PLACE: None}, {}), (NEW, "c", {"_k": PERSON, SURNAME: "а"}, {})],
    "two kinds turned": [(NEW, "c", {"_k": PERSON, SURNAME: "а"}, {}), (NEW, "c", {"_k": INCIDENT}, {})],
    "known and unknown kind": [(NEW, "c", {"_k": PERSON, SURNAME: "а"}, {}), (NEW, "c", {"_k": 999_999}, {})],
}


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Computer]]:
    made = offices(tmp_path, 3)
    yield made
    for one in made:
        one.close()


def forged(liar: Computer, to: Computer, raws: Sequence[bytes], folder: Path, number: int = 50) -> Path:
    """Write a file with these lines next in the liar's log, sealed and signed by its own keys."""
    with liar.ctx.vault.store.database.writing() as connection:
        own = exchange_identity.standing(liar.ctx, connection)
        exchange_logs.seal_own(connection)
        stream = liar.ctx.vault.store.office.stream
        (end,) = exchange_logs.all_ends(connection).get(Log(stream, own.me.replica), (START,))
    segment = sealed_anyhow(own.me, stream, raws, end)
    sending = Sending(own.me, own.authority, {to.replica: number}, liar.clock.now_ms(), practice=False)
    honest = compose(sending, [])
    with to.ctx.vault.store.database.writing() as connection:
        members = unpacked(honest, exchange_identity.standing(to.ctx, connection).me)
    file = folder / f"{number}.emx"
    file.write_bytes(resigned(with_segments(members, [segment]), own.me, to_identity(to)))
    return file


def to_identity(computer: Computer) -> Any:
    with computer.ctx.vault.store.database.writing() as connection:
        return exchange_identity.standing(computer.ctx, connection).me


def next_seq(liar: Computer) -> int:
    with liar.ctx.vault.store.database.writing() as connection:
        exchange_logs.seal_own(connection)
        office = liar.ctx.vault.store.office
        (end,) = exchange_logs.all_ends(connection).get(Log(office.stream, office.replica), (START,))
    return end.seq + 1


def raw(parts: Parts) -> bytes:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.mark.parametrize("name", STRANGE)
def test_strange_lines_are_kept_and_forwarded_and_harm_nothing(
    three: list[Computer], tmp_path: Path, name: str
) -> None:
    hub, liar, other = three
    for one in (liar, other):
        pass_on(one, hub, tmp_path / "stick")
    known = records.record(hub.ctx, "person", {"surname": "Бұрынғы"}).value
    first = next_seq(liar)
    lines = [raw(line(first + at, *parts)) for at, parts in enumerate(STRANGE[name])]
    hub.receive(forged(liar, hub, lines, tmp_path))
    for kind in ("person", "incident"):
        lists.count(hub.ctx, lists.ListQuestion(kind))
    list_conflicts(hub.ctx, Catalog.load("kk"))
    assert records.show(hub.ctx, known.uid).values["surname"] == "Бұрынғы"
    pass_on(hub, other, tmp_path / "stick")
    office = hub.ctx.vault.store.office.stream
    assert {one[2] for one in other.lines(office)} >= set(lines)
    assert other.total() == hub.total()
    hub.require_sound()
    other.require_sound()


def test_which_kind_a_record_has_does_not_depend_on_what_came_first(three: list[Computer], tmp_path: Path) -> None:
    hub, one, two = three
    pass_on(one, hub, tmp_path / "stick")
    pass_on(two, hub, tmp_path / "stick")
    person = raw(line(next_seq(one), NEW, "c", {"_k": PERSON, SURNAME: "а"}))
    incident = raw(line(next_seq(two), NEW, "c", {"_k": INCIDENT, PEOPLE: 3}))
    copy = hub.copy(tmp_path / "twin", hub.machine)
    files = [forged(one, hub, [person], tmp_path, 60), forged(two, hub, [incident], tmp_path, 61)]
    for file in files:
        hub.receive(file)
    hub_total = hub.total()
    for file in reversed(files):
        copy.receive(file)
    assert copy.total() == hub_total
    for each in (hub, copy):
        each.require_sound()
    copy.close()


def refused(taker: Computer, file: Path) -> str:
    before = taker.total()
    with pytest.raises(EthnomedError) as error:
        taker.receive(file)
    assert error.value.code.startswith("exchange."), error.value.code
    assert taker.total() == before
    return error.value.code


def test_lines_that_nobody_writes_are_refused(three: list[Computer], tmp_path: Path) -> None:
    hub, liar, _ = three
    pass_on(liar, hub, tmp_path / "stick")
    good = line(next_seq(liar), NEW, "c", {"_k": PERSON, SURNAME: "а"})
    bad = [
        raw([*good[:4], {"_k": PERSON, SURNAME: 2**70}, *good[5:]]),
        *(one for one in all_bad(raw(good)) if one != raw(good)),
    ]
    chosen = random.Random(5).sample(bad[2:], 12)
    for number, one in enumerate([*bad[:2], *chosen], start=70):
        assert refused(hub, forged(liar, hub, [one], tmp_path, number)) == "exchange.altered"
    hub.require_sound()


def test_what_stands_before_a_wrong_line_is_undone_with_it(three: list[Computer], tmp_path: Path) -> None:
    """Lines are checked while they are taken in: the first wrong one takes everything back."""
    hub, liar, _ = three
    pass_on(liar, hub, tmp_path / "stick")
    first, before = next_seq(liar), everything(hub)
    good = [raw(line(first + at, f"{at:032x}", "c", {"_k": PERSON, SURNAME: f"а{at}"})) for at in range(300)]
    wrong = raw(line(first + 300, NEW, "c", {"_k": PERSON, SURNAME: float(2**60)}))
    file = forged(liar, hub, [*good, wrong.replace(b"1.152921504606847e+18", b"1e999")], tmp_path, 60)
    assert refused(hub, file) == "exchange.altered"
    with pytest.raises(EthnomedError):
        preview(hub.ctx, file, "kk")
    assert everything(hub) == before
    hub.require_sound()
    assert hub.receive(forged(liar, hub, good, tmp_path, 61)).new == 300


def everything(computer: Computer) -> dict[str, int]:
    """Return how many rows each table has."""
    with computer.ctx.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in names
            if not name.startswith("search_index_")
        }


def test_a_laptop_erases_nothing(three: list[Computer], tmp_path: Path) -> None:
    hub, liar, _ = three
    known = records.record(hub.ctx, "person", {"surname": "Бұрынғы"}).value
    pass_on(liar, hub, tmp_path / "stick")
    at = next_seq(liar)
    parts = line(at, known.uid.hex(), "e", {"_k": PERSON})
    erasing = raw(parts)
    hidden = erasing.replace(b'"e"', b'"\\u0065"', 1)
    for number, spelled in enumerate((erasing, hidden, json.dumps(parts, indent=1).replace("\n", "").encode())):
        assert json.loads(spelled)[3] == "e"
        assert refused(hub, forged(liar, hub, [spelled], tmp_path, 40 + number)) == "exchange.not_entitled"
    before = hub.total()
    hub.receive(forged(liar, hub, [erasure(erasing)], tmp_path, 51))
    assert hub.total() == before, "a line that nobody says was erased waits for whoever says so"
    assert records.show(hub.ctx, known.uid).values["surname"] == "Бұрынғы"


def test_a_log_with_a_wrong_beginning_is_refused_or_waits(three: list[Computer], tmp_path: Path) -> None:
    hub, liar, _ = three
    pass_on(liar, hub, tmp_path / "stick")
    at = next_seq(liar)
    before = hub.total()
    later = raw(line(at + 7, NEW, "c", {"_k": PERSON, SURNAME: "а"}))
    assert refused(hub, forged(liar, hub, [later], tmp_path)) == "exchange.altered"
    assert hub.total() == before


def test_damaged_files_change_nothing(three: list[Computer], tmp_path: Path) -> None:
    hub, laptop, _ = three
    records.record(laptop.ctx, "person", {"surname": "Әбілов"})
    (file,) = exchange.send(laptop.ctx, hub.replica, tmp_path).files
    whole = file.read_bytes()
    chance = random.Random(7)
    for _ in range(15):
        file.write_bytes(whole[: chance.randrange(len(whole))])
        refused(hub, file)
    for _ in range(25):
        at = chance.randrange(len(whole))
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        refused(hub, file)
    file.write_bytes(whole)
    assert hub.receive(file).new >= 1
    hub.require_sound()
