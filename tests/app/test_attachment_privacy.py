"""No clear byte of an attached file stays anywhere after closing: data folder, temporary folders, logs."""

from __future__ import annotations

import base64
import os
import signal
from pathlib import Path

import pytest

from ethnomed_desktop.app import attachments, backups, opened_copies, records, vault
from ethnomed_desktop.app.attachments import Wish
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.crash_notes import record_crash

from .conftest import CHEAP, PASSPHRASE
from .files import Put, whole

CANARY, NAME = b"blackmountainbird-0f3a", "қаратауқұс-0f3a"
CONTENT = b"%PDF-1.7 " + CANARY * 200_000


def leaks(*places: Path) -> list[str]:
    """Return the files that hold the content or the name, as they are or coded in a usual way."""
    name = NAME.encode()
    forms = [CANARY, name, NAME.encode("utf-16-le"), CANARY.hex().encode(), base64.b64encode(CANARY)[:24]]
    found = []
    for place in places:
        for path in place.rglob("*"):
            if path.is_file() and any(form in path.read_bytes() for form in forms):
                found.append(path.name)
            if NAME in path.name:
                found.append(f"name: {path.name}")
    return found


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """The data folder, the place in memory, the folder for temporary files."""
    memory, temporary = tmp_path / "memory", tmp_path / "temporary"
    memory.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(memory))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    return tmp_path / "vault", memory, temporary


def test_the_search_for_leaks_finds_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"before" + CONTENT)
    (tmp_path / f"{NAME}.pdf").write_bytes(b"")
    assert set(leaks(tmp_path)) == {"a", f"name: {NAME}.pdf"}


def test_nothing_stays_in_clear_after_closing(
    council: AppContext, put: Put, tmp_path: Path, places: tuple[Path, Path, Path]
) -> None:
    made = put(CONTENT, f"{NAME}.pdf", note=NAME)
    (tmp_path / f"{NAME}.pdf").unlink()
    assert leaks(*places) == [], "while it is open, nothing but an opened copy is in clear"
    copy = opened_copies.open_copy(council, made.uid)
    assert leaks(*places) != []
    attachments.thumbnail(council, made.uid, 64)
    backups.back_up_by_itself(council)
    with pytest.raises(Exception, match=r"record\.unknown") as caught:
        attachments.attach(council, b"x" * 16, copy)
    record_crash(caught.value, places[0] / "crashes")
    records.withdraw(council, made.uid, "қате")
    council.blobs.remove([bytes.fromhex(attachments.held(council, made.uid).sha256)])
    vault.close(council)
    assert leaks(*places) == []


def test_a_crash_leaves_at_most_the_opened_copy_and_the_next_start_wipes_it(
    council: AppContext, put: Put, tmp_path: Path, places: tuple[Path, Path, Path]
) -> None:
    made = put(CONTENT, f"{NAME}.pdf")
    (tmp_path / f"{NAME}.pdf").unlink()
    root = council.vault.folder.root
    vault.close(council)
    child = os.fork()
    if child == 0:
        try:
            ctx = vault.open_council(root, PASSPHRASE, program="command", minimum=CHEAP)
            opened_copies.open_copy(ctx, made.uid)
            attachments.attach_bytes(ctx, bytes.fromhex(_bearer(ctx, made.uid)), CONTENT + b"2", Wish(name=NAME))
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    data, memory, temporary = places
    assert leaks(data, temporary) == []
    assert leaks(memory) != []
    again = vault.open_council(root, PASSPHRASE, program="command", minimum=CHEAP)
    assert leaks(*places) == []
    assert whole(again, made.uid) == CONTENT
    vault.close(again)


def _bearer(ctx: AppContext, uid: bytes) -> str:
    return attachments.bearer_of(ctx, uid)[1].replace("-", "")
