"""The power is cut, a file is lost, a page is damaged: the next opening knows it and says what is safe."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.app import attachments, records, vault
from ethnomed_desktop.app.attachment_check import check_contents
from ethnomed_desktop.app.checks import finding_sentence
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

from .conftest import CHEAP, PASSPHRASE
from .files import Put


def opened(root: Path, secret: str = PASSPHRASE) -> AppContext:
    return vault.open_council(root, secret, program="command", minimum=CHEAP)


def killed_while_at_work(root: Path, work: Callable[[AppContext], object]) -> None:
    """Let a child open the vault and work, and end it as a power cut does."""
    child = os.fork()
    if child == 0:
        try:
            work(opened(root))
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


@pytest.fixture
def root(council: AppContext) -> Path:
    """The folder of a closed council."""
    vault.close(council)
    return council.vault.folder.root


def save(ctx: AppContext) -> None:
    records.record(ctx, "person", {"surname": "Сақталған"})


def codes(ctx: AppContext) -> list[tuple[str, bool]]:
    return [(one.code, one.sound) for one in vault.look_after_cut_off(ctx)]


def test_a_vault_that_was_closed_is_not_looked_over(root: Path) -> None:
    ctx = opened(root)
    assert not ctx.vault.was_cut_off
    assert codes(ctx) == []
    vault.close(ctx)


def test_after_a_power_cut_it_is_looked_over_once(root: Path) -> None:
    killed_while_at_work(root, save)
    with pytest.raises(VaultError):
        opened(root, "бұл басқа құпиясөз еді ғой")
    ctx = opened(root)
    assert codes(ctx) == [("cut_off", True)]
    assert not ctx.vault.was_rolled_back
    for language in LANGUAGES:
        words = Catalog.load(language)
        assert len(finding_sentence(vault.look_after_cut_off(ctx)[0], words)) > 60
    vault.close(ctx)
    again = opened(root)
    assert codes(again) == []
    vault.close(again)


def test_a_page_damaged_meanwhile_is_found(root: Path) -> None:
    ctx = opened(root)
    records.record_many(
        ctx, [("person", {"surname": f"Адам {number}", "note": "сөз " * 200}) for number in range(60)]
    )
    vault.close(ctx)
    killed_while_at_work(root, lambda ctx: None)
    data = bytearray((root / "store.db").read_bytes())
    data[-6000] ^= 1
    (root / "store.db").write_bytes(data)
    ctx = opened(root)
    assert codes(ctx) == [("pages", False)]
    assert "backup" in finding_sentence(vault.look_after_cut_off(ctx)[0], Catalog.load("en"))
    vault.close(ctx)


def test_a_lost_write_ahead_log_is_taken_for_an_older_file(root: Path) -> None:
    killed_while_at_work(root, save)
    assert (root / "store.db-wal").stat().st_size > 0
    (root / "store.db-wal").unlink()
    (root / "store.db-shm").unlink(missing_ok=True)
    ctx = opened(root)
    (found,) = [one for one in vault.put_back(ctx) if not one.sound]
    assert found.code == "newest"
    assert "backups" in finding_sentence(found, Catalog.load("en"))
    vault.close(ctx)


def test_a_lost_file_of_contents_is_found(council: AppContext, incident: bytes, put: Put) -> None:
    put(b"%PDF-1.7 " * 3000, "scan.pdf")
    root = council.vault.folder.root
    vault.close(council)
    (root / "blobs.db").unlink()
    ctx = opened(root)
    (found,) = [one for one in check_contents(ctx) if not one.sound]
    assert (found.code, found.facts["count"]) == ("contents_lost", 1)
    assert "scan.pdf" in finding_sentence(found, Catalog.load("en"))
    assert [one.state for one in attachments.attached_to(ctx, incident)] == ["lost"]
    vault.close(ctx)
