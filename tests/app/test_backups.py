"""A backup is verified, opens on another computer, and restoring loses nothing."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from ethnomed_desktop.app import backups, lists, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, VaultError
from ethnomed_desktop.store import restore as store_restore

from .conftest import CHEAP, COUNCIL, PASSPHRASE

Add = Callable[..., Recorded]


def opened(root: Path, secret: str = PASSPHRASE) -> AppContext:
    return vault.open_council(root, secret, program="command", minimum=CHEAP)


def restored(file: Path, root: Path, secret: str = PASSPHRASE) -> Path | None:
    return backups.restore(file, root, secret, program="command", minimum=CHEAP)


def test_a_backup_opens_on_another_computer(council: AppContext, add: Add, tmp_path: Path) -> None:
    made = add("incident", settlement="Масанчи", what_happened="Су дауы")
    file = tmp_path / "stick" / "em.emb"
    file.parent.mkdir()
    one = backups.back_up(council, file)
    assert one.size == file.stat().st_size
    assert [path.name for path in file.parent.iterdir()] == ["em.emb"]
    assert restored(file, tmp_path / "elsewhere") is None
    there = opened(tmp_path / "elsewhere")
    assert records.show(there, made.uid).values["what_happened"] == "Су дауы"
    assert all(finding.sound for finding in vault.check(there))
    vault.close(there)


def test_the_recovery_code_opens_a_backup(tmp_path: Path, clock: FixedClock) -> None:
    made = vault.create_council(
        tmp_path / "v", COUNCIL, PASSPHRASE, program="command", clock=clock, params=CHEAP, minimum=CHEAP
    )
    backups.back_up(made.ctx, tmp_path / "em.emb")
    vault.close(made.ctx)
    restored(tmp_path / "em.emb", tmp_path / "new", made.recovery_code.lower())
    vault.close(opened(tmp_path / "new", made.recovery_code))


def test_restoring_keeps_the_present_state(council: AppContext, add: Add, tmp_path: Path) -> None:
    add("person", surname="Бұрынғы")
    backups.back_up(council, tmp_path / "em.emb")
    later = add("person", surname="Кейінгі")
    root = council.vault.folder.root
    vault.close(council)
    kept = restored(tmp_path / "em.emb", root)
    assert kept is not None
    now, before = opened(root), opened(kept)
    assert lists.count(now, lists.ListQuestion("person")) == 1
    assert records.show(before, later.uid).values["surname"] == "Кейінгі"
    vault.close(before)
    vault.close(now)
    council.vault.store.database.abandon()


def test_a_restored_vault_is_a_new_incarnation_and_numbers_on(
    council: AppContext, add: Add, tmp_path: Path
) -> None:
    assert add("incident", settlement="А", what_happened="х").number == "2026/1"
    backups.back_up(council, tmp_path / "em.emb")
    restored(tmp_path / "em.emb", tmp_path / "second")
    second = vault.open_council(
        tmp_path / "second", PASSPHRASE, program="command", minimum=CHEAP, clock=council.clock
    )
    assert second.vault.store.office.replica != council.vault.store.office.replica
    made = records.record(second, "incident", {"settlement": "Б", "what_happened": "у"}).value
    assert made.number == "2026/2"
    assert all(finding.sound for finding in vault.check(second))
    assert second.vault.store.rebuild() == {}
    vault.close(second)


def test_the_wrong_passphrase_changes_nothing(council: AppContext, tmp_path: Path) -> None:
    backups.back_up(council, tmp_path / "em.emb")
    with pytest.raises(VaultError) as refused:
        restored(tmp_path / "em.emb", tmp_path / "new", "басқа құпиясөз мүлде")
    assert refused.value.code == "vault.wrong_passphrase"
    assert not (tmp_path / "new").exists()


def test_an_open_vault_is_not_replaced(council: AppContext, tmp_path: Path) -> None:
    backups.back_up(council, tmp_path / "em.emb")
    with pytest.raises(VaultError) as refused:
        restored(tmp_path / "em.emb", council.vault.folder.root)
    assert refused.value.code == "vault.open_elsewhere"


@pytest.mark.parametrize("place", [0, 300, 700, 2000, 9000, 40_000, -3000, -1500])
def test_damage_is_told_and_nothing_is_put_in_place(
    council: AppContext, add: Add, tmp_path: Path, place: int
) -> None:
    add("person", surname="Біреу")
    file = tmp_path / "em.emb"
    backups.back_up(council, file)
    data = bytearray(file.read_bytes())
    data[place] ^= 0x10
    file.write_bytes(data)
    code = code_of_restoring(file, tmp_path / "new")
    if code:
        assert code.startswith(("backup.", "vault."))
        assert not (tmp_path / "new").exists()
    else:  # a flip in the padding of the container harms nothing
        vault.close(opened(tmp_path / "new"))


def code_of_restoring(file: Path, root: Path) -> str:
    try:
        restored(file, root)
    except EthnomedError as error:
        return error.code
    return ""


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", os.urandom(4096)])
def test_other_files_are_no_backups(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.emb"
    file.write_bytes(content)
    with pytest.raises(EthnomedError) as refused:
        restored(file, tmp_path / "new")
    assert refused.value.code == "backup.not_one"


def test_names_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    file, evil = tmp_path / "x.emb", tmp_path / "evil"
    with tarfile.open(file, "w") as tar:
        evil.write_text("{}")
        tar.add(evil, "../../store.db")
    with pytest.raises(EthnomedError):
        restored(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_one_backup_a_day_and_old_ones_go(council: AppContext, clock: FixedClock) -> None:
    folder = council.vault.folder.backups
    for _ in range(12):
        assert backups.back_up_by_itself(council) is not None
        assert backups.back_up_by_itself(council) is None
        clock.advance(int(timedelta(days=1).total_seconds() * 1000))
    found = backups.list_backups(folder)
    assert 7 <= len(found) <= 9
    assert not list(folder.glob(".*"))


def test_a_full_stick_leaves_no_half_file(
    council: AppContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ethnomed_desktop.store.backup.sync_file", full)
    with pytest.raises(EthnomedError) as refused:
        backups.back_up(council, tmp_path / "em.emb")
    assert refused.value.code == "storage.full"
    assert not list(tmp_path.glob("*.emb"))
    assert not list(tmp_path.glob(".*"))


def test_a_power_cut_between_the_renames_is_finished(
    council: AppContext, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("person", surname="Біреу")
    backups.back_up(council, tmp_path / "em.emb")
    root = council.vault.folder.root
    vault.close(council)

    class PowerCut(BaseException):
        pass

    def cut(coming: Path, target: Path) -> None:
        raise PowerCut

    monkeypatch.setattr(store_restore, "_arrive", cut)
    monkeypatch.setattr(store_restore.shutil, "rmtree", lambda *args, **kwargs: None)
    with pytest.raises(PowerCut):
        restored(tmp_path / "em.emb", root)
    monkeypatch.undo()
    assert not root.exists()
    assert vault.has_council(root)
    again = opened(root)
    assert lists.count(again, lists.ListQuestion("person")) == 1
    vault.close(again)
    council.vault.store.database.abandon()
