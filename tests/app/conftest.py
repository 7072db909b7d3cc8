"""A council on a real encrypted store; the key derivation is made cheap by its constructor, nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ethnomed_desktop.app import vault
from ethnomed_desktop.app.attachments import Attached, Wish, attach
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.records import Recorded, record_many
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.store.kdf import KdfParameters

if TYPE_CHECKING:
    from .offices import Computer

CHEAP = KdfParameters(t=1, m_kib=64, p=1)
PASSPHRASE = "жайлауда жеті жылқы"
COUNCIL: dict[str, Any] = {
    "user": {"name": "Сейітова Раушан", "role": "secretary", "label": "Раушан"},
    "bodies": [
        {
            "body_kind": "council_of_elders",
            "name_kk": "Ауыл ақсақалдар кеңесі",
            "name_ru": "Совет аксакалов села",
            "name_en": "Village council of elders",
            "place": "kato:314800000",
        }
    ],
}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))


@pytest.fixture
def council(tmp_path: Path, clock: FixedClock) -> Iterator[AppContext]:
    """An open council of one user and one own body."""
    made = vault.create_council(
        tmp_path / "vault", COUNCIL, PASSPHRASE, program="command", clock=clock, params=CHEAP, minimum=CHEAP
    )
    yield made.ctx
    vault.close(made.ctx)


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Computer]]:
    """A hub and two laptops that it has enrolled."""
    from .offices import offices  # which imports this file

    made = offices(tmp_path / "computers", 3)
    yield made
    for one in made:
        one.close()


@pytest.fixture
def add(council: AppContext) -> Callable[..., Recorded]:
    """Record one: ``add("person", surname="Әлиев")``."""

    def record_one(kind: str, **values: object) -> Recorded:
        return record_many(council, [(kind, values)]).value[0]

    return record_one


@pytest.fixture
def incident(add: Callable[..., Recorded]) -> bytes:
    """An incident to attach files to."""
    return add("incident", settlement="Мысалбұлақ", what_happened="Арық басындағы дау").uid


@pytest.fixture
def put(council: AppContext, incident: bytes, tmp_path: Path) -> Callable[..., Attached]:
    """Attach bytes as a file: ``put(b"…", "name.pdf", note=…)``."""

    def attach_one(data: bytes, name: str = "file.bin", **wish: object) -> Attached:
        path = tmp_path / name
        path.write_bytes(data)
        return attach(council, incident, path, Wish(**wish)).value  # type: ignore[arg-type]

    return attach_one
