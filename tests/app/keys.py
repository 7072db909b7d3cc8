"""An office with a laptop and two people who open it in turn, to replace its key together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.app import exchange, exchange_keys, users, vault
from ethnomed_desktop.app import exchange_key_files as key_files
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_keys import Confirmed, KeyPerson, OfficeKey
from ethnomed_desktop.app.exchange_receiving import Report, receive
from ethnomed_desktop.domain.clock import FixedClock

from .conftest import CHEAP, PASSPHRASE
from .tiers import council, join

SECOND = "екінші адамның құпиясөзі"


@dataclass
class Office:
    """The hub, opened by the one or the other, a laptop that has joined it, and a stick."""

    hub: AppContext
    laptop: AppContext
    stick: Path
    clock: FixedClock
    _turn: int = 0

    def open_as(self, passphrase: str) -> AppContext:
        """Lock the hub and let the one with this password in."""
        root = self.hub.vault.folder.root
        vault.close(self.hub)
        self.hub = vault.open_council(root, passphrase, program="command", clock=self.clock, minimum=CHEAP)
        return self.hub

    def sent(self, giver: AppContext, to: AppContext) -> list[Path]:
        """Write what is owed into a folder of its own."""
        self._turn += 1
        self.clock.advance(60_000)
        folder = self.stick / f"{self._turn:03d}"
        folder.mkdir(parents=True)
        return list(exchange.send(giver, to.vault.store.office.replica, folder).files)

    def pass_on(self, giver: AppContext, to: AppContext, *, confirmed: bool = False) -> Report:
        """Send and take in; returns the report of the last part."""
        return [receive(to, file, "kk", root_confirmed=confirmed) for file in self.sent(giver, to)][-1]

    def key(self) -> OfficeKey:
        """Return how the hub's key stands."""
        return exchange_keys.office_key(self.hub, "kk")

    def name_both(self) -> None:
        """Let both people be named as those who replace the key."""
        exchange_keys.name_persons(self.hub, self.key().candidates)
        self.open_as(SECOND)
        assert exchange_keys.confirm_change(self.hub).done

    def change(self, *, stolen: bool = False) -> Confirmed:
        """Let the one who is in begin, and the other one confirm."""
        exchange_keys.change_key(self.hub, stolen=stolen)
        mine = self.hub.vault.unlocked.label
        self.open_as(SECOND if mine == "Раушан" else PASSPHRASE)
        return exchange_keys.confirm_change(self.hub)

    def person(self) -> KeyPerson:
        """Return who is in."""
        return next(one for one in self.key().candidates if one.is_me)


@contextmanager
def office_of_two(folder: Path, clock: FixedClock) -> Iterator[Office]:
    """Make the hub with a second person, and its laptop."""
    hub, laptop = council(folder / "hub", "Орталық", clock), council(folder / "laptop", "Дала", clock)
    users.add_user(hub, "Асқаров Бауыржан", "chair", SECOND, label="Бауыржан", params=CHEAP, minimum=CHEAP)
    join(hub, laptop, folder / "stick", "laptop")
    made = Office(hub, laptop, folder / "stick", clock)
    try:
        yield made
    finally:
        vault.close(made.hub)
        vault.close(made.laptop)


@dataclass
class Elsewhere:
    """The second person sits in another office and signs files; nothing else goes to and fro."""

    ctx: AppContext
    folder: Path

    def named_by(self, hub: AppContext) -> None:
        """Let the hub name its own user and this person."""
        card = self._new("card")
        key_files.write_card(self.ctx, card, "kk")
        person = key_files.read_key_file(card, "kk").person
        assert person is not None
        me = next(one for one in exchange_keys.office_key(hub, "kk").candidates if one.is_me)
        exchange_keys.name_persons(hub, [me, person])
        assert self._sign(hub).done

    def replaces(self, hub: AppContext, *, stolen: bool) -> Confirmed:
        """Replace the hub's key together with its user."""
        exchange_keys.change_key(hub, stolen=stolen)
        return self._sign(hub)

    def _sign(self, hub: AppContext) -> Confirmed:
        change, back = self._new("change"), self._new("back")
        key_files.write_change(hub, change)
        key_files.confirm_elsewhere(self.ctx, change, back)
        return key_files.take_confirmation(hub, back)

    def _new(self, name: str) -> Path:
        self.folder.mkdir(exist_ok=True)
        return self.folder / f"{name}-{len(list(self.folder.iterdir()))}"
