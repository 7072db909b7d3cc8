"""One council under kills: a child does one kind of work again and again and is killed; what is left is looked at.

What the child reported as done must be there; what it was at when it was killed is done or not done.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ethnomed_desktop.app import attachments, backups, records, users, vault
from ethnomed_desktop.app.attachment_check import check_contents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.backup import verify
from ethnomed_desktop.store.check import page_faults
from tests.store.faulty_work import CHEAP, CLOCK, OLD, make_template

WORKS = ("save", "attach", "backup", "migrate", "passphrase", "rekey")
TEXT = "Жайылым, су, шабындық туралы дау. " * 40
Say = Callable[..., None]


def opened(root: Path, secret: str) -> AppContext:
    return vault.open_council(root, secret, program="command", clock=CLOCK, minimum=CHEAP)


class Life:
    """What must be in the vault, and how it may be opened."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.secrets = [OLD]
        self.saved: dict[str, str] = {}
        self.files: dict[str, int] = {}
        self.backups: list[str] = []
        self.kills = dict.fromkeys(WORKS, 0)
        self._chance = random.Random(seed)
        self._round = 0
        self.incident, _file = make_template(root)

    def kill_at(self, work: str, longest: float) -> None:
        """Let a child work, kill it at some moment, look at what is left; raises `AssertionError`."""
        self._round += 1
        self.kills[work] += 1
        for told in self._killed(work, self._chance.uniform(0, longest)):
            self._take_note(told)
        self._look(whole=self._round % 5 == 0)
        self.backups = []

    def _killed(self, work: str, seconds: float) -> Iterator[dict[str, Any]]:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(read)
                self._work(work, lambda **told: os.write(write, json.dumps(told).encode() + b"\n"))
            except BaseException as error:
                os.write(write, json.dumps({"broke": f"{type(error).__name__}: {error}"}).encode() + b"\n")
            finally:
                os._exit(1)
        os.close(write)
        select.select([read], [], [], 60)
        time.sleep(seconds)  # the moment of the kill is what is tried; nothing is waited for
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read, "rb") as pipe:
            lines = pipe.read().splitlines()
        assert lines, "the child never began"
        yield from (json.loads(line) for line in lines)

    def _take_note(self, told: dict[str, Any]) -> None:
        assert "broke" not in told, f"the child stopped by itself: {told}"
        if "trying" in told:
            self.secrets = [told["trying"], self.secrets[-1]]
        if "now" in told:
            self.secrets = [told["now"]]
        if "saved" in told:
            self.saved[told["saved"]] = told["name"]
        if "file" in told:
            self.files[told["file"]] = told["size"]
        if "backup" in told:
            self.backups = [told["backup"]]  # the newest; verified before another key makes it foreign

    # -- in the child -----------------------------------------------------------------------------

    def _work(self, work: str, say: Say) -> None:
        name = f"{self._round}-{work}"
        if work == "migrate":
            self._migrate(say)
        ctx = opened(self.root, self.secrets[-1])
        say(begun=True)
        for number in range(10_000):
            if work == "save":
                done = records.record(ctx, "person", {"surname": f"{name}-{number}", "note": TEXT}).value
                say(saved=done.uid.hex(), name=f"{name}-{number}")
                if number % 3 == 0:
                    records.revise(ctx, done.uid, {"given_name": "Өзгерген"})
            elif work == "attach":
                size = 3000 + 40_000 * (number % 4) + self._round * 101 + number  # none twice
                wish = attachments.Wish(name=f"{name}-{number}.bin")
                made = attachments.attach_bytes(ctx, self.incident, content(size), wish).value
                say(file=made.uid.hex(), size=size)
            elif work == "backup":
                target = self.root.parent / f"{name}-{number}.emb"
                backups.back_up(ctx, target)
                say(backup=str(target))
            elif work == "passphrase":
                fresh = f"бес бұлақ басында {name} {number} терек"
                say(trying=fresh)
                vault.change_passphrase(ctx, fresh, CHEAP, CHEAP)
                say(now=fresh)
            else:
                users.change_key(ctx)
                ctx = opened(self.root, self.secrets[-1])

    def _migrate(self, say: Say) -> None:
        """Be a newer program at every opening: each makes all tables anew."""
        say(begun=True)
        for number in range(10_000):
            schema.fingerprint = lambda number=number: f"{self._round}-{number}"
            vault.close(opened(self.root, self.secrets[-1]))

    # -- afterwards -------------------------------------------------------------------------------

    def _look(self, *, whole: bool) -> None:
        ctx = self._opened_by_one()
        try:
            with ctx.vault.store.database.reading() as connection:
                assert page_faults(connection) == 0
            assert ctx.blobs.page_faults() == 0
            for uid, name in self.saved.items():
                stored = records.show(ctx, bytes.fromhex(uid)).values
                assert (stored["surname"], stored["note"]) == (name, TEXT.strip())
            held = {one.uid.hex(): one for one in attachments.attached_to(ctx, self.incident)}
            assert self.files.keys() <= held.keys()
            for uid, size in self.files.items():
                assert b"".join(attachments.content(ctx, bytes.fromhex(uid))) == content(size)
            for path in self.backups:
                verify(Path(path), ctx.vault.unlocked, ctx.vault.folder.backups)
            if whole:
                unsound = [one for one in (*vault.check(ctx), *check_contents(ctx)) if not one.sound]
                assert not unsound, (self._round, unsound)  # said in words: this module is no test
                assert vault.rebuild(ctx).sound
        finally:
            vault.close(ctx)

    def _opened_by_one(self) -> AppContext:
        """Open with the password in force: the one reported last, or the one that was being put in its place."""
        for secret in self.secrets:
            ctx = _opened_or_wrong(self.root, secret)
            if ctx is not None:
                self.secrets = [secret]
                return ctx
        raise AssertionError("no password opens the vault")


def _opened_or_wrong(root: Path, secret: str) -> AppContext | None:
    try:
        return opened(root, secret)
    except VaultError as error:
        if error.code == "vault.wrong_passphrase":
            return None
        raise


def content(size: int) -> bytes:
    """Bytes of a file of so many, the same each time."""
    return random.Random(size).randbytes(size)


def live(root: Path, seed: int, rounds: int, longest: float) -> Life:
    """Kill so many times, each kind of work in turn; the vault is the same all the time."""
    life = Life(root, seed)
    for number in range(rounds):
        life.kill_at(WORKS[(number + seed) % len(WORKS)], longest)
    life._look(whole=True)
    return life
