"""The program is killed at any moment of an erasure: afterwards all of it was done, or nothing of it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from ethnomed_desktop.app import records
from ethnomed_desktop.app.backups import back_up
from ethnomed_desktop.app.erasure import Order, erase, ledger
from ethnomed_desktop.app.erasure_sweep import is_pending, sweep
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.erasure_ledger import ledger_file
from ethnomed_desktop.store.last_seen import seen_file
from tests.erased_words import everything

from .offices import Computer, offices

SURNAME = "Жұмбақтасов"
KK = Catalog.load("kk")


def killed(computer: Computer, uid: bytes, seconds: float | None) -> None:
    """Let a child erase, and kill it after so long (None: never); the parent has the vault closed meanwhile."""
    child = os.fork()
    if child == 0:
        try:
            erase(computer.ctx, Order(uid, Mode.ERASE, "error", confirm=SURNAME), KK)
        finally:
            os._exit(0)
    if seconds is not None:
        time.sleep(seconds)  # the moment of the kill is what is tried; nothing is waited for
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def is_gone(computer: Computer, uid: bytes) -> bool:
    try:
        records.show(computer.ctx, uid)
    except EthnomedError:
        return True
    return False


@pytest.fixture
def victim(tmp_path: Path) -> tuple[Computer, bytes]:
    """A hub with a backup, closed, in which a person is to be erased."""
    (hub,) = offices(tmp_path / "computers", 1)
    uid = records.record(hub.ctx, "person", {"surname": SURNAME, "note": "бір"}).value.uid
    records.record(hub.ctx, "incident", {"settlement": "Ауыл", "what_happened": f"{SURNAME} келді"})
    back_up(hub.ctx, hub.ctx.vault.folder.backups / "em-20261121-100000.emb")
    hub.close()
    return hub, uid


def test_kills_leave_all_of_it_or_nothing(victim: tuple[Computer, bytes], tmp_path: Path) -> None:
    hub, uid = victim
    chance, outcomes = random.Random(4), set()
    whole = tmp_path / "whole"
    shutil.copytree(hub.folder, whole)
    for moment in (0.0, *(chance.uniform(0, 1.5) for _ in range(6)), None):
        shutil.rmtree(hub.folder)
        shutil.copytree(whole, hub.folder)
        for beside in (seen_file(hub.folder), ledger_file(hub.folder)):
            beside.unlink(missing_ok=True)
        killed(hub, uid, moment)
        gone = is_gone(hub, uid)
        outcomes.add(gone)
        assert len(ledger(hub.ctx)) == gone
        assert (SURNAME.lower() in everything(hub.ctx.vault.store)) == (not gone)
        sweep(hub.ctx)
        assert not is_pending(hub.ctx)
        hub.require_sound()
        hub.close()
    assert outcomes == {False, True}
