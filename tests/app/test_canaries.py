"""Words of the highest level, typed everywhere, stand in no file that the program makes by itself.

Looked through are the data folder, exchange files, backups, the folders for temporary files, the log and
the crash notes, while the program runs, after a crash and after closing. What a person saves or prints on
purpose is readable: that is told before.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.app import (
    attachments,
    backups,
    documents,
    drafts,
    exchange,
    lists,
    opened_copies,
    print_memory,
    private_notes,
    records,
    vault,
    viewing,
)
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.crash_notes import record_crash
from ethnomed_desktop.app.printing import print_by_lp
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.fieldtypes import LongText, Tags, Text, Value
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.store import Written
from tests.store.test_privacy import ASCII_CANARY, CANARY, leaks

from .conftest import CHEAP, COUNCIL, PASSPHRASE
from .test_exchange import join

BOTH = f"{CANARY} {ASCII_CANARY}"
WORDS = Catalog.load("kk")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds every place where the program could leave something."""
    root = tmp_path / "places"
    for name in ("memory", "temporary", "stick", "logs"):
        (root / name).mkdir(parents=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(root / "memory"))
    monkeypatch.setattr("tempfile.tempdir", str(root / "temporary"))
    monkeypatch.setenv("TMPDIR", str(root / "temporary"))
    return root


def founded(folder: Path) -> AppContext:
    chair = {**COUNCIL, "user": {**COUNCIL["user"], "role": "chair"}}
    return vault.create_council(folder, chair, PASSPHRASE, program="command", params=CHEAP, minimum=CHEAP).ctx


def type_everywhere(ctx: AppContext) -> dict[str, bytes]:
    """A record of every kind with the words in every text of level 3; returns their ids by kind."""
    made: dict[str, bytes] = {}
    with ctx.unit_of_work(Action.SETUP, Written()) as work:
        for kind in KINDS.values():
            values: dict[str, Value] = {}
            for one in kind.all_fields:
                if one.level >= Level.IDENTITY and isinstance(one.type, (Text, LongText)):
                    values[one.name] = BOTH[: one.type.limit]
                elif one.level >= Level.IDENTITY and isinstance(one.type, Tags):
                    values[one.name] = [CANARY, ASCII_CANARY]
            if values and kind.name not in {"user", "private_note", "attachment"}:
                made[kind.name] = work.create(kind, values)
    return made


def use_everything(ctx: AppContext, places: Path, made: dict[str, bytes]) -> None:
    """What a day brings: forms, notes, files, lists, papers, faults of our own."""
    drafts.keep_draft(ctx, "person", {"surname": BOTH}, uid=made["person"])
    private_notes.confide(ctx, {"text": BOTH, "said_by": CANARY})
    file = attachments.attach_bytes(
        ctx, made["person"], BOTH.encode() * 500, attachments.Wish(name=f"{CANARY}.txt")
    )
    assert search(ctx, CANARY.lower(), WORDS, limit=5)
    assert lists.list_records(ctx, lists.ListQuestion("person"), limit=5).rows
    viewing.note_view(ctx, made["person"])
    meeting = records.record(
        ctx, "meeting", {"starts": "2026-11-20T10:00", "heading": CANARY, "chair": uid_text(made["person"])}
    ).value.uid
    printed = documents.lay_out(documents.gather_minutes(ctx, meeting), documents.Order("kk"), ctx)
    documents.page_picture(printed, 0, 200)
    print_by_lp(printed.pdf, "Canon", 1, "Хаттама")
    documents.note_printing(ctx, meeting, documents.Order("kk"), printed, "printer")
    print_memory.remember(ctx, meeting, print_memory.PrintChoices("kk"))
    opened_copies.open_copy(ctx, file.value.uid)
    opened_copies.wipe_copies(ctx)
    for fault in (lambda: 1 // len(BOTH[:0]), lambda: records.record(ctx, "person", {"surname": 7, CANARY: 1})):
        note_fault(fault, places / "logs")
    backups.back_up_by_itself(ctx)


def note_fault(fault: Callable[[], object], logs: Path) -> None:
    try:
        fault()
    except Exception as error:
        record_crash(error, logs)


@pytest.fixture
def deaf_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A print service that takes what it is given and keeps nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("lp", "lpstat"):
        (folder / name).write_text("#!/bin/sh\ncat > /dev/null\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_nothing_stands_in_clear_anywhere(places: Path, deaf_printer: None) -> None:
    hub, laptop = founded(places / "hub"), founded(places / "laptop")
    join(hub, laptop, places / "stick")
    made = type_everywhere(laptop)
    assert len(made) > 5
    use_everything(laptop, places, made)
    sent = exchange.send(laptop, hub.vault.store.office.replica, places / "stick")
    assert sent.files
    assert list((places / "logs").rglob("*.*"))
    assert leaks(places, (CANARY, ASCII_CANARY, PASSPHRASE)) == []
    vault.close(laptop)
    vault.close(hub)
    assert leaks(places, (CANARY, ASCII_CANARY, PASSPHRASE)) == []


def test_a_crash_in_the_midst_leaves_nothing_in_clear(places: Path, deaf_printer: None) -> None:
    vault.close(founded(places / "vault"))
    child = os.fork()
    if child == 0:
        try:
            ctx = vault.open_council(places / "vault", PASSPHRASE, program="command", minimum=CHEAP)
            use_everything(ctx, places, type_everywhere(ctx))
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert leaks(places, (CANARY, ASCII_CANARY, PASSPHRASE)) == []
    ctx = vault.open_council(places / "vault", PASSPHRASE, program="command", minimum=CHEAP)
    assert search(ctx, CANARY.lower(), WORDS, limit=5), "they are there, for whoever has the password"
    vault.close(ctx)
