"""Full and forbidden disks: a plain refusal, everything saved before is kept, work goes on afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ethnomed_desktop.domain.errors import EthnomedError, StorageError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import open_sqlite
from ethnomed_desktop.store.queries.lists import Question, skeleton
from ethnomed_desktop.store.store import Store
from tests.store.conftest import MakeVault
from tests.store.hands import KEY, SEEDS, Hand, new_database
from tests.store.lives import require_truth


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A medium that is really full when it is full; needs the right to mount."""
    folder = Path(tempfile.mkdtemp(prefix="em-small-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


def fill(hand: Hand, prefix: str) -> tuple[dict[bytes, str], StorageError]:
    """Save until the disk refuses; returns what was saved, and the refusal."""
    saved: dict[bytes, str] = {}
    for number in range(2000):
        text = f"{prefix} {number} " + "толық " * 700
        try:
            saved[hand.record("incident", {"happened": "2026", "what_happened": text})] = text.strip()
        except StorageError as error:
            return saved, error
    raise AssertionError("the disk never became full")


def require_all_there(store: Store, saved: dict[bytes, str]) -> None:
    hand = Hand(store)
    for uid, text in saved.items():
        stored = hand.show(uid)
        assert stored is not None
        assert stored.values["what_happened"] == text
    with store.reading() as connection:
        rows = skeleton(connection, Question(KINDS["incident"]))
    assert len(rows) == len(saved)
    require_truth(store)


def test_a_store_that_may_not_grow_keeps_what_it_has(sqlcipher: Store) -> None:
    with sqlcipher.database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit(sqlcipher, pages + 200)
    saved, refusal = fill(Hand(sqlcipher), "бірінші")
    assert refusal.code == "storage.full"
    assert len(saved) > 5
    require_all_there(sqlcipher, saved)
    limit(sqlcipher, 1 << 20)
    hand = Hand(sqlcipher)
    uid = hand.record("incident", {"happened": "2026", "what_happened": "енді орын бар"})
    require_all_there(sqlcipher, {**saved, uid: "енді орын бар"})
    assert sqlcipher.rebuild() == {}


def limit(store: Store, pages: int) -> None:
    raw = store.database.writer.raw_connection()
    raw.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]
    raw.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_keeps_what_was_saved() -> None:
    with small_disk(4) as folder:
        store = Store(new_database(folder / "store.db"), SEEDS)
        ballast = folder / "ballast"
        ballast.write_bytes(bytes(600_000))
        saved, refusal = fill(Hand(store), "бірінші")
        assert refusal.code == "storage.full"
        assert len(saved) > 5
        require_all_there(store, saved)
        ballast.unlink()
        uid = Hand(store).record("incident", {"happened": "2026", "what_happened": "орын бар"})
        saved[uid] = "орын бар"
        require_all_there(store, saved)
        store.close()
        again = Store(open_sqlite(folder / "store.db", KEY), SEEDS)
        require_all_there(again, saved)
        again.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_vault_is_made_or_not_on_a_small_disk(make_vault: MakeVault) -> None:
    refused = made = 0
    with small_disk(4) as folder:
        for free in range(8, 1400, 58):
            (folder / "ballast").write_bytes(bytes((4096 - free) * 1024))
            root = folder / "vault"
            code = made_or_refused(make_vault, root)
            (folder / "ballast").unlink()
            if code is None:
                made += 1
                make_vault.open(root).close()
            else:
                refused += 1
                assert code == "storage.full"
                assert {rest.name for rest in root.glob("*") if rest.is_file()} <= {"store.lock"}
                make_vault(root).close()
            shutil.rmtree(root)
    assert refused > 5
    assert made > 2


def made_or_refused(make_vault: MakeVault, root: Path) -> str | None:
    try:
        make_vault(root).close()
    except StorageError as error:
        return error.code
    return None


def as_nobody(doing: Callable[[], str]) -> str:
    """Run in a child without rights; returns what it says."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        said = "nothing"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            said = doing()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(write, said.encode()[:4000])
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o644, 0o555), (0o444, 0o777), (0, 0o777)])
def test_a_store_that_may_not_be_written_says_so(file_mode: int, folder_mode: int, template: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="em-ro-"))
    path = folder / "store.db"
    shutil.copy(template, path)
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    try:
        said = as_nobody(lambda: written_by(path))
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)
    assert said == "storage.read_only"


def written_by(path: Path) -> str:
    try:
        store = Store(open_sqlite(path, KEY), SEEDS)
        Hand(store).record("person", {"surname": "Ахметова"})
    except EthnomedError as error:
        return error.code
    return "written"
