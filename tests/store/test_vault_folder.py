"""The layout of a vault's folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.store.vault_folder import VaultFolder, use_owner_only_umask


def test_folders_are_made_for_the_owner_alone(tmp_path: Path) -> None:
    root = tmp_path / "деректер" / "vault"
    folder = VaultFolder(root)
    assert not root.exists()
    folder.prepare()
    folder.root.chmod(0o755)
    folder.prepare()
    for made in (folder.root, folder.backups, folder.inbox, folder.outbox):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    files = {folder.keys, folder.store, folder.blobs, folder.lock, folder.failed_unlocks}
    assert {path.name for path in files} == {
        "keys.json",
        "store.db",
        "blobs.db",
        "store.lock",
        "failed-unlocks.json",
    }
    assert {path.parent for path in files} == {root}


@pytest.mark.parametrize("left", ["keys.json", "store.db"])
def test_half_a_vault_is_never_taken_for_an_empty_folder(left: str, tmp_path: Path) -> None:
    folder = VaultFolder(tmp_path)
    assert not folder.has_vault()
    (tmp_path / left).write_bytes(b"")
    assert folder.has_vault()


def test_a_place_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        VaultFolder(tmp_path / "file" / "vault").prepare()


def test_new_files_are_the_owners_alone(tmp_path: Path) -> None:
    before = use_owner_only_umask()
    try:
        (tmp_path / "side.db-wal").write_bytes(b"")
        assert stat.S_IMODE((tmp_path / "side.db-wal").stat().st_mode) == 0o600
    finally:
        os.umask(before)
