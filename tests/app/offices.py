"""Whole offices to play with: vaults made once and copied, files between them, disks that are copied.

Nobody derives a key here: a copied vault is opened with the keys in hand, as `open_unlocked` does it.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import select

from ethnomed_desktop.app import exchange, vault
from ethnomed_desktop.app.backups import back_up, restore
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import Report, receive
from ethnomed_desktop.app.seeds import seeds
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.erased_lines import is_erased, line_hash
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.store import incarnation
from ethnomed_desktop.store.exchange_state import own_uids
from ethnomed_desktop.store.instance_lock import InstanceLock
from ethnomed_desktop.store.key_file import KeyFile
from ethnomed_desktop.store.tables import digest, log, replica, stream
from ethnomed_desktop.store.vault import open_unlocked
from ethnomed_desktop.store.vault_folder import VaultFolder
from ethnomed_desktop.store.vault_keys import Unlocked
from tests import oracle

from .conftest import CHEAP, COUNCIL, PASSPHRASE

MOMENT = datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN)
MOST = 7
Line = tuple[bytes, bytes, bytes]
"""Stream, replica and bytes of a line."""


@dataclass
class Computer:
    """One computer with its vault; ``machine`` is what its operating system says it is."""

    folder: Path
    keys: KeyFile
    unlocked: Unlocked
    clock: FixedClock
    machine: str
    put_back_by_hand: bool = False
    _open: AppContext | None = field(default=None, repr=False)

    @property
    def ctx(self) -> AppContext:
        if self._open is None:
            place = VaultFolder(self.folder)
            lock = InstanceLock.acquire(place.lock, who="", program="command", clock=self.clock)
            with patch.object(incarnation, "machine_mark", lambda salt: self.machine):
                opened = open_unlocked(place, self.keys, self.unlocked, seeds(), clock=self.clock, lock=lock)
            self._open = AppContext(opened, self.clock)
        return self._open

    @property
    def replica(self) -> bytes:
        return self.ctx.vault.store.office.replica

    def had(self) -> frozenset[bytes]:
        """Return all ids that this computer has had."""
        with self.ctx.reading() as connection:
            return own_uids(connection)

    def close(self) -> None:
        if self._open is not None:
            vault.close(self._open)
            self._open = None

    def copy(self, folder: Path, machine: str) -> Computer:
        """Copy the disk, as it lies, into another computer."""
        self.close()
        shutil.copytree(self.folder, folder)
        clock = FixedClock(MOMENT)
        clock.advance(self.clock.now_ms() - clock.now_ms())
        return Computer(folder, self.keys, self.unlocked, clock, machine)

    def back_up(self, file: Path) -> None:
        back_up(self.ctx, file)

    def restore(self, file: Path) -> None:
        self.close()
        with patch.object(incarnation, "machine_mark", lambda salt: self.machine):
            kept = restore(file, self.folder, PASSPHRASE, program="command", clock=self.clock, minimum=CHEAP)
        if kept is not None:
            shutil.rmtree(kept)

    def put_back(self, folder: Path) -> None:
        """Put an old copy of the folder back by hand: nobody tells the program."""
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(folder, self.folder)
        self.put_back_by_hand = True

    def receive(self, file: Path) -> Report:
        with patch.object(incarnation, "machine_mark", lambda salt: self.machine):
            return receive(self.ctx, file, "kk", root_confirmed=True)

    def total(self) -> bytes:
        with self.ctx.reading() as connection:
            return bytes(connection.execute(select(digest.c.total)).scalar_one())

    def lines(self, office: bytes) -> set[Line]:
        """Return all lines of the office's stream that are here."""
        return lines_of(self.ctx, office)

    def require_sound(self) -> None:
        """An old folder that was put back by hand is told, and nothing else is."""
        told = {"newest"} if self.put_back_by_hand else set()
        unsound = [one for one in vault.check(self.ctx) if not one.sound and one.code not in told]
        assert not unsound, unsound
        assert self.ctx.vault.store.rebuild() == {}


def lines_of(ctx: AppContext, office: bytes) -> set[Line]:
    """Return all lines of the office's stream that are in a vault."""
    query = select(log.c.raw, stream.c.uid, replica.c.uid.label("who")).join(stream, stream.c.sid == log.c.sid)
    query = query.join(replica, replica.c.rep == log.c.rep).where(stream.c.uid == office)
    with ctx.reading() as connection:
        return {(bytes(row.uid), bytes(row.who), bytes(row.raw)) for row in connection.execute(query)}


@cache
def _templates() -> tuple[Path, tuple[tuple[KeyFile, Unlocked], ...]]:
    """Make a hub and its laptops once per process; the first one is the hub."""
    folder = Path(tempfile.mkdtemp(prefix="em-offices-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    stick = folder / "stick"
    stick.mkdir()
    made = []
    for number in range(MOST):
        clock = FixedClock(MOMENT)
        body = {**COUNCIL["bodies"][0], "name_kk": f"Кеңсе {number}"}
        council = {**COUNCIL, "bodies": [body]}
        with patch.object(incarnation, "machine_mark", lambda salt, number=number: f"machine {number}"):
            new = vault.create_council(
                folder / str(number),
                council,
                PASSPHRASE,
                program="command",
                clock=clock,
                params=CHEAP,
                minimum=CHEAP,
            )
        made.append(new.ctx)
    hub, *laptops = made
    for laptop in laptops:
        join(hub, laptop, stick)
    keys = tuple((one.vault.keys, one.vault.unlocked) for one in made)
    for one in made:
        vault.close(one)
    return folder, keys


def join(hub: AppContext, laptop: AppContext, stick: Path) -> None:
    exchange.write_request(laptop, stick / "request")
    for file in exchange.enrol(hub, stick / "request", stick).files:
        receive(laptop, file, "kk", root_confirmed=True)


def offices(folder: Path, count: int) -> list[Computer]:
    """Return a hub and laptops that have joined it, fresh copies in ``folder``."""
    source, keys = _templates()
    made = []
    for number in range(count):
        shutil.copytree(source / str(number), folder / str(number))
        made.append(Computer(folder / str(number), *keys[number], FixedClock(MOMENT), f"machine {number}"))
    return made


def pass_on(giver: Computer, taker: Computer, stick: Path) -> list[Report]:
    """Send all that is owed and take it in."""
    stick.mkdir(exist_ok=True)
    return [taker.receive(file) for file in exchange.send(giver.ctx, taker.replica, stick).files]


def enrol_again(hub: Computer, laptop: Computer, stick: Path) -> None:
    stick.mkdir(exist_ok=True)
    join(hub.ctx, laptop.ctx, stick)


def meet(hub: Computer, laptops: list[Computer], stick: Path) -> None:
    """Let everybody exchange with the hub until nobody has anything to say."""
    for _ in range(8):
        for laptop in laptops:
            hand_over(hub, laptop, stick)
        everybody = [hub, *laptops]
        if len({one.total() for one in everybody}) == 1 and not any(owes(one, hub, laptops) for one in everybody):
            return
    office = hub.ctx.vault.store.office.stream
    told = [
        (one.replica.hex()[-4:], one.total().hex()[:6], len(one.lines(office)), owes(one, hub, laptops))
        for one in [hub, *laptops]
    ]
    raise AssertionError(f"they do not come to an end: {told}")


def hand_over(hub: Computer, laptop: Computer, stick: Path) -> None:
    """The laptop sends, the hub answers; whoever has become another is made known first."""
    for _ in range(4):
        try:
            pass_on(laptop, hub, stick)
            pass_on(hub, laptop, stick)
            return
        except EthnomedError as error:
            if error.code == "exchange.recipient_unknown" and knows(hub, laptop):
                pass_on(hub, laptop, stick)
            elif error.code in {"exchange.recipient_unknown", "exchange.enrol_again"}:
                enrol_again(hub, laptop, stick)
            else:
                raise
    raise AssertionError("made known again and again")


def knows(hub: Computer, laptop: Computer) -> bool:
    return laptop.replica in {one.replica for one in exchange.partners(hub.ctx)}


def owes(giver: Computer, hub: Computer, laptops: list[Computer]) -> bool:
    """Say whether the computer still has something for those it meets."""
    takers = {one.replica for one in (laptops if giver is hub else [hub])}
    return any(one.owed_lines for one in exchange.partners(giver.ctx) if one.replica in takers)


def hashes(lines: set[Line]) -> set[Line]:
    """Return what stands for lines, whether they were erased or not."""
    return {(one, who, line_hash(raw)) for one, who, raw in lines}


def require_agreement(hub: Computer, laptops: list[Computer], written: set[Line]) -> None:
    """Everybody has the same, whole, and as the oracle says; nothing of ``written`` is missing."""
    office = hub.ctx.vault.store.office.stream
    for one in (hub, *laptops):
        lines = one.lines(office)
        lost = hashes(written) - hashes(lines)
        assert not lost, f"lost: {len(lost)}"
        left = [line for line in sorted(lines) if not is_erased(line[2])]
        assert oracle.total(oracle.expected(left).values()) == hub.total()
        one.require_sound()
