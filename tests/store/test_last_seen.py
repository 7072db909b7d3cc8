"""An older file put back is noticed; a power cut, a migration and a restored backup are not taken for one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.store.backup import write_backup
from ethnomed_desktop.store.last_seen import Reached, is_older, reached, recall, remember, seen_file
from ethnomed_desktop.store.restore import restore_backup
from ethnomed_desktop.store.vault import Vault, open_vault
from tests.store.conftest import CHEAP, PASSPHRASE, MakeVault
from tests.store.hands import MOMENT, SEEDS

CLOCK = FixedClock(MOMENT)
KEY = bytes(range(32))
PLACE = Reached(7, bytes(32), 12)


def opened(root: Path, marks: Path | None = None) -> Vault:
    return open_vault(root, PASSPHRASE, SEEDS, clock=CLOCK, program="command", minimum=CHEAP, marks=marks)


def actions(vault: Vault) -> list[str]:
    with vault.store.reading() as connection:
        return list(connection.exec_driver_sql("SELECT action FROM audit ORDER BY aid").scalars())


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "killed"])
def test_the_next_opening_finds_nothing_to_say(make_vault: MakeVault, tmp_path: Path, closed: bool) -> None:
    vault = make_vault(tmp_path / "vault")
    root = vault.folder.root
    vault.note(CLOCK, "document.printed", {"pages": 2})
    if not closed:  # the process dies: nothing more is written down
        kept = seen_file(root).read_bytes() if seen_file(root).exists() else None
    vault.close()
    if not closed:
        seen_file(root).unlink()
        if kept is not None:
            seen_file(root).write_bytes(kept)
    again = opened(root)
    assert not again.was_rolled_back
    again.close()


def test_an_older_store_put_back_is_noticed_and_goes_on_as_a_new_computer(
    make_vault: MakeVault, tmp_path: Path
) -> None:
    vault = make_vault(tmp_path / "vault")
    root = vault.folder.root
    before = bytes(vault.store.office.replica)
    vault.close()
    shutil.copyfile(root / "store.db", tmp_path / "older.db")
    later = opened(root)
    later.note(CLOCK, "document.printed", {"pages": 2})
    later.close()
    shutil.copyfile(tmp_path / "older.db", root / "store.db")
    again = opened(root)
    assert again.was_rolled_back
    assert "vault.rolled_back" in actions(again)
    assert bytes(again.store.office.replica) != before
    again.close()
    once_more = opened(root)
    assert not once_more.was_rolled_back
    once_more.close()


def test_folder_and_mark_put_back_together_are_noticed_by_the_second_mark(
    make_vault: MakeVault, tmp_path: Path
) -> None:
    make_vault(tmp_path / "vault").close()
    root, marks = tmp_path / "vault", tmp_path / "settings" / "seen"
    opened(root, marks).close()
    for name in ("vault", "vault.seen"):
        _copy(tmp_path / name, tmp_path / f"kept-{name}")
    later = opened(root, marks)
    later.note(CLOCK, "document.printed", {"pages": 2})
    later.close()
    shutil.rmtree(root)
    for name in ("vault", "vault.seen"):
        _copy(tmp_path / f"kept-{name}", tmp_path / name)
    without = opened(tmp_path / "vault")
    assert not without.was_rolled_back, "the mark beside the folder is as old as the folder"
    without.close()
    shutil.rmtree(root)
    for name in ("vault", "vault.seen"):
        _copy(tmp_path / f"kept-{name}", tmp_path / name)
    again = opened(root, marks)
    assert again.was_rolled_back
    again.close()
    once_more = opened(root, marks)
    assert not once_more.was_rolled_back
    once_more.close()


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)


def test_a_copy_elsewhere_has_a_mark_of_its_own(make_vault: MakeVault, tmp_path: Path) -> None:
    make_vault(tmp_path / "vault").close()
    marks = tmp_path / "seen"
    shutil.copytree(tmp_path / "vault", tmp_path / "copy")
    opened(tmp_path / "vault", marks).close()
    copy = opened(tmp_path / "copy", marks)
    assert not copy.was_rolled_back
    copy.close()
    again = opened(tmp_path / "vault", marks)
    assert not again.was_rolled_back
    again.close()
    assert len(list(marks.iterdir())) == 2


def test_a_restored_backup_is_not_taken_for_an_old_file(make_vault: MakeVault, tmp_path: Path) -> None:
    root, marks = tmp_path / "vault", tmp_path / "seen"
    make_vault(root).close()
    vault = opened(root, marks)
    keys, unlocked = vault.keys, vault.unlocked
    write_backup(vault.folder, vault.store.database, keys, unlocked, tmp_path / "a.emb", clock=CLOCK, practice=True)
    vault.note(CLOCK, "document.printed", {"pages": 2})
    vault.close()
    restore_backup(tmp_path / "a.emb", root, PASSPHRASE, SEEDS, clock=CLOCK, program="command", minimum=CHEAP)
    again = opened(root, marks)
    assert not again.was_rolled_back
    again.close()


def test_another_history_of_the_same_length_is_noticed(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    with vault.store.reading() as connection:
        place = reached(connection)
        assert not is_older(connection, place)
        assert not is_older(connection, Reached(0, bytes(32), 0))
        assert is_older(connection, Reached(place.entry, bytes(32), place.transactions))
        assert is_older(connection, Reached(place.entry + 1, place.hash, place.transactions))
        assert is_older(connection, Reached(place.entry, place.hash, place.transactions + 1))
    vault.close()


def test_only_the_vault_itself_can_write_it(tmp_path: Path) -> None:
    path = tmp_path / "vault.seen"
    assert recall(path, KEY) is None
    assert remember(path, KEY, PLACE)
    assert recall(path, KEY) == PLACE
    assert recall(path, bytes(32)) is None
    text = path.read_text()
    path.write_text(text.replace("[7,", "[1,"))
    assert recall(path, KEY) is None
    for damaged in ("", "[]", "{}", '{"v": 1, "reached": 5, "mac": 3}', "x" * 5000, "[" * 4000):
        path.write_text(damaged)
        assert recall(path, KEY) is None


def test_a_place_that_cannot_be_written_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "nowhere").write_text("a file, not a folder")
    assert not remember(tmp_path / "nowhere" / "vault.seen", KEY, PLACE)
