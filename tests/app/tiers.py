"""Three levels of offices that meet only by files: a field laptop, its district, the region, the republic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.app import exchange, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import Report, receive
from ethnomed_desktop.domain.clock import FixedClock

from .conftest import CHEAP, COUNCIL, PASSPHRASE

NAMES = {"republic": "Республика", "region": "Жамбыл облысы", "district": "Қордай ауданы", "laptop": "Дала"}


@dataclass
class Tiers:
    """The open councils, and the stick that is carried between them."""

    republic: AppContext
    region: AppContext
    district: AppContext
    laptop: AppContext
    stick: Path
    clock: FixedClock
    _turn: int = 0

    def sent(self, giver: AppContext, taker: AppContext) -> tuple[Path, ...]:
        """Write what is owed into a folder of its own."""
        self._turn += 1
        self.clock.advance(60_000)
        folder = self.stick / f"{self._turn:03d}"
        folder.mkdir(parents=True)
        return exchange.send(giver, taker.vault.store.office.replica, folder).files

    def pass_on(self, giver: AppContext, taker: AppContext) -> Report:
        """Send and take in; returns the report of the last part."""
        return [receive(taker, file, "kk", root_confirmed=True) for file in self.sent(giver, taker)][-1]

    def up(self) -> None:
        """Let everything go up as far as it goes."""
        self.pass_on(self.laptop, self.district)
        self.pass_on(self.district, self.region)
        self.pass_on(self.region, self.republic)


def join(hub: AppContext, newcomer: AppContext, stick: Path, role: str) -> None:
    """Let an installation join by files."""
    stick.mkdir(parents=True, exist_ok=True)
    exchange.write_request(newcomer, stick / "request")
    for file in exchange.enrol(hub, stick / "request", stick, role=role).files:
        receive(newcomer, file, "kk", root_confirmed=True)


def council(folder: Path, name: str, clock: FixedClock) -> AppContext:
    """Make a council that has joined nobody; the caller closes it."""
    said = {**COUNCIL, "bodies": [{**COUNCIL["bodies"][0], "name_kk": name}]}
    return vault.create_council(
        folder, said, PASSPHRASE, program="command", clock=clock, params=CHEAP, minimum=CHEAP
    ).ctx


@contextmanager
def tiers(folder: Path, clock: FixedClock) -> Iterator[Tiers]:
    """Make four councils of which each has joined the one above."""
    made = {where: council(folder / where, name, clock) for where, name in NAMES.items()}
    try:
        join(made["republic"], made["region"], folder / "stick" / "1", "region")
        join(made["region"], made["district"], folder / "stick" / "2", "district")
        join(made["district"], made["laptop"], folder / "stick" / "3", "laptop")
        yield Tiers(made["republic"], made["region"], made["district"], made["laptop"], folder / "stick", clock)
    finally:
        for one in made.values():
            vault.close(one)
