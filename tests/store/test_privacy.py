"""No word that was typed stands in any file of the vault's folder, whatever happened to it."""

from __future__ import annotations

import base64
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.domain.fieldtypes import LongText, Tags, Text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.store.queries.lists import Question
from ethnomed_desktop.store.tables import draft
from ethnomed_desktop.store.vault import Vault
from tests.store.conftest import PASSPHRASE, MakeVault
from tests.store.hands import KEY, Hand

CANARY = "Қаратауқұс"
ASCII_CANARY = "blackmountainbird"


def spellings(word: str) -> Iterator[bytes]:
    """Every form in which a word could lie about."""
    for form in (word, word.lower(), word.upper(), "каратаукус" if word == CANARY else word):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251" if form.isascii() else "utf-8"):
            data = form.encode(encoding)
            yield data
            yield data.hex().encode()
            yield data.hex().upper().encode()
            yield base64.b64encode(data).rstrip(b"=")[:-1]
        yield form.encode("unicode_escape")


def leaks(root: Path, words: tuple[str, ...] = (CANARY, ASCII_CANARY, PASSPHRASE)) -> list[tuple[str, bytes]]:
    forms = {form for word in words for form in spellings(word)}
    return [
        (path.name, form)
        for path in sorted(root.rglob("*"))
        if path.is_file()
        for data in [path.read_bytes()]
        for form in forms
        if form in data
    ]


def type_everywhere(vault: Vault) -> list[bytes]:
    """Put both words into every field of text of level 2 and 3, and into a draft."""
    hand = Hand(vault.store)
    uids: list[bytes] = []
    for kind in KINDS.values():
        values: dict[str, object] = {}
        for one in kind.all_fields:
            if one.level >= Level.CASE and isinstance(one.type, (Text, LongText)):
                values[one.name] = f"{CANARY} {ASCII_CANARY}"[: one.type.limit]
            elif one.level >= Level.CASE and isinstance(one.type, Tags):
                values[one.name] = [CANARY, ASCII_CANARY]
        uids.append(hand.record(kind.name, values))
    with vault.store.database.writing() as connection:
        body = f'{{"note": "{CANARY} {ASCII_CANARY}"}}'
        connection.execute(draft.insert().values(draft=b"d", kind="person", user=b"U", body=body, changed_ms=1))
    return uids


def test_the_search_for_leaks_finds_them(tmp_path: Path) -> None:
    for number, form in enumerate(spellings(CANARY)):
        (tmp_path / str(number)).write_bytes(b"before" + form + b"after")
    assert {name for name, _ in leaks(tmp_path)} == {str(one) for one in range(number + 1)}


def test_nothing_is_readable_while_open_and_when_closed(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    uids = type_everywhere(vault)
    names = {path.name for path in tmp_path.iterdir()}
    assert {"keys.json", "store.db", "store.db-wal", "store.db-shm", "store.lock"} <= names
    assert leaks(tmp_path) == []
    hand = Hand(vault.store)
    for uid in uids:
        hand.withdraw(uid, f"{CANARY} {ASCII_CANARY}")
    vault.store.rebuild()
    assert leaks(tmp_path) == []
    vault.close()
    assert leaks(tmp_path) == []
    again = make_vault.open(tmp_path)
    stored = Hand(again.store).show(uids[0])
    assert stored is not None
    assert CANARY in str(stored.values), "they are there, for whoever has the passphrase"
    again.close()


def test_nothing_is_readable_after_an_upgrade(
    make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(tmp_path)
    type_everywhere(vault)
    vault.close()
    monkeypatch.setattr("ethnomed_desktop.store.schema.fingerprint", lambda: "newer")
    make_vault.open(tmp_path).close()
    assert list((tmp_path / "backups").iterdir())
    assert leaks(tmp_path) == []


def test_nothing_is_readable_after_a_crash(make_vault: MakeVault, tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        try:
            vault = make_vault(tmp_path)
            type_everywhere(vault)
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert (tmp_path / "store.db-wal").stat().st_size > 0
    assert leaks(tmp_path) == []
    vault = make_vault.open(tmp_path)
    assert [len(Hand(vault.store).listed(Question(KINDS[name]))) for name in ("person", "incident")] == [1, 1]
    vault.close()
    assert leaks(tmp_path) == []


def test_a_failed_unlocking_leaves_no_passphrase(make_vault: MakeVault, tmp_path: Path) -> None:
    make_vault(tmp_path).close()
    with pytest.raises(VaultError):
        make_vault.open(tmp_path, f"{CANARY} {ASCII_CANARY} 12")
    assert leaks(tmp_path) == []


def test_the_store_looks_like_noise(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    type_everywhere(vault)
    vault.store.database.fold()
    data = (tmp_path / "store.db").read_bytes()
    counts = [data.count(bytes([value])) for value in range(256)]
    expected = len(data) / 256
    assert all(0.8 * expected < count < 1.2 * expected for count in counts)
    assert KEY not in data
    vault.close()


def test_only_the_owner_may_read(make_vault: MakeVault, tmp_path: Path) -> None:
    root = tmp_path / "vault"
    make_vault(root).close()
    assert (root.stat().st_mode & 0o777) == 0o700
    assert ((root / "keys.json").stat().st_mode & 0o777) == 0o600
