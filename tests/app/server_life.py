"""The life of a council on a server and a laptop that meet only by files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from ethnomed_desktop.app import exchange, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import may_undo, receive, undo_receive
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import EthnomedError
from tests import oracle

from .keys import Elsewhere
from .offices import MOMENT, lines_of
from .tiers import council, join


def id_of(ctx: AppContext) -> bytes:
    """Return the id a computer has now: on a server another one may have replaced the key meanwhile."""
    ctx.vault.store.reload_office()
    return ctx.vault.store.office.replica


def hand_over(giver: AppContext, taker: AppContext, stick: Path) -> None:
    stick.mkdir(parents=True, exist_ok=True)
    for file in exchange.send(giver, id_of(taker), stick).files:
        receive(taker, file, "kk", root_confirmed=True)


def require_sound(ctx: AppContext) -> None:
    unsound = [one for one in vault.check(ctx) if not one.sound]
    assert not unsound, unsound
    assert ctx.vault.store.rebuild() == {}


STEPS = (
    "record",
    "record",
    "revise",
    "revise",
    "revise",
    "send",
    "send",
    "deliver",
    "deliver",
    "lose",
    "trash",
    "key",
)
REPLACED = {"exchange.revoked_sender", "exchange.not_for_us", "exchange.old_key"}


class Life:
    """A server with two computers and a laptop that meet only by files, lost, repeated, mixed up and given back."""

    def __init__(self, seed: int, writers: list[AppContext], stick: Path, elsewhere: AppContext) -> None:
        self.rng = Random(seed)
        self.person = Elsewhere(elsewhere, stick.parent / "keys")
        self.named = False
        self.writers = writers
        self.region, self.second, self.district = writers
        self.stick = stick
        self.mail: list[tuple[Path, AppContext]] = []
        self.uids: list[bytes] = []
        self.turn = 0

    def step(self) -> None:
        who = self.rng.choice(self.writers)
        match self.rng.choice(STEPS):
            case "key":
                self.replace_the_key(self.rng.choice((self.region, self.second)), stolen=self.rng.random() < 0.5)
            case "record":
                self.uids.append(records.record(who, "person", {"surname": f"Адам {len(self.uids)}"}).value.uid)
            case "revise" if self.uids:
                name = self.rng.choice(("given_name", "note", "tags"))
                value: object = [self.rng.choice("аб")] if name == "tags" else self.rng.choice(["Ия", "Ән", None])
                self._try(lambda: records.revise(who, self.rng.choice(self.uids), {name: value}))
            case "trash" if self.uids:
                self._try(lambda: records.withdraw(who, self.rng.choice(self.uids), "қате"))
            case "send":
                self.send(who)
            case "deliver" if self.mail:
                file, taker = self.mail[self.rng.randrange(len(self.mail))]
                if self.delivered(taker, file) and self.rng.random() < 0.2 and may_undo(taker):
                    undo_receive(taker)
            case "lose" if self.mail:
                del self.mail[self.rng.randrange(len(self.mail))]

    def replace_the_key(self, hub: AppContext, *, stolen: bool) -> None:
        """By a person at the server and one elsewhere; after a theft the server is another for the laptop."""
        if not self.named:
            self.person.named_by(hub)
            self.named = True
        assert self.person.replaces(hub, stolen=stolen).done

    def delivered(self, taker: AppContext, file: Path) -> bool:
        try:
            receive(taker, file, "kk", root_confirmed=True)
        except EthnomedError as error:
            if error.code not in REPLACED:
                raise
            return False
        return True

    def send(self, who: AppContext) -> None:
        taker = self.region if who is self.district else self.district
        self.turn += 1
        folder = self.stick / str(self.turn)
        folder.mkdir(parents=True)
        to = id_of(taker)
        try:
            self.mail += [(file, taker) for file in exchange.send(who, to, folder).files]
        except EthnomedError as error:
            if error.code not in {"exchange.recipient_unknown"}:  # the laptop has not heard of the server's new id
                raise

    @staticmethod
    def _try(work: Callable[[], object]) -> None:
        try:
            work()
        except EthnomedError as error:  # not here yet, or in the trash
            if not error.code.startswith("record."):
                raise

    def settle(self) -> None:
        """Let both meet until neither owes anything; then both are equal, whole and as the oracle says."""
        office = self.region.vault.store.office.stream
        written = lines_of(self.region, office) | lines_of(self.district, office)
        for _turn in range(3):
            for giver, taker in ((self.second, self.district), (self.district, self.region)):
                self.turn += 1
                hand_over(giver, taker, self.stick / str(self.turn))
        total = oracle.total(oracle.expected(sorted(written)).values()).hex()
        for one in self.writers:
            assert written <= lines_of(one, office)
            assert exchange.state_digest(one) == total
            require_sound(one)


def live(seed: int, steps: int, writers: list[AppContext], folder: Path) -> None:
    region, _second, district = writers
    join(region, district, folder / "joining", "laptop")
    elsewhere = council(folder / "elsewhere", "Көрші", FixedClock(MOMENT))
    try:
        life = Life(seed, writers, folder / "stick", elsewhere)
        for _ in range(steps):
            life.step()
        life.settle()
    finally:
        vault.close(elsewhere)
