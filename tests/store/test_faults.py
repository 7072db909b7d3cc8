"""Damaged files, wrong keys, failing programs: plain codes, nothing half written, never wrong data."""

from __future__ import annotations

import errno
import os
import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from ethnomed_desktop.domain.errors import EthnomedError, StorageError, VaultError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.check import page_faults
from ethnomed_desktop.store.engine import open_connection, open_postgresql, open_sqlite
from ethnomed_desktop.store.queries.lists import Question, skeleton
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.rebuild import contents
from ethnomed_desktop.store.store import Store, is_empty
from ethnomed_desktop.store.tables import digest
from tests.store.conftest import MakeVault
from tests.store.hands import KEY, SEEDS, Hand, new_database
from tests.store.lives import require_truth, run

DAMAGED = {"vault.damaged", "vault.foreign", "vault.newer", "vault.store_missing", "storage.failed", "storage.gone"}
"""What a damaged file may be called; each says that nothing was lost by the program's doing."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with a life in it."""
    path = tmp_path_factory.mktemp("sound") / "store.db"
    store = Store(new_database(path), SEEDS)
    run(store, 3, 60)
    Hand(store).record_many("incident", [{"happened": "2026", "what_happened": "дау " * 300} for _ in range(60)])
    store.close()
    return path


def everything(store: Store) -> dict[str, list[tuple[bytes, object]]]:
    """Read all that lists and cards read."""
    with store.reading() as connection:
        return {
            kind.name: [
                (one.uid, (dict(one.values), one.conflicts, one.withdrawn))
                for withdrawn in (False, True)
                for one in records_by(
                    connection, "rid", list(skeleton(connection, Question(kind, withdrawn=withdrawn)))
                )
            ]
            for kind in KINDS.values()
        }


def outcome(path: Path, key: bytes = KEY) -> dict[str, list[tuple[bytes, object]]] | str:
    """Open and read everything: what is shown, or the code of the refusal."""
    database = None
    try:
        database = open_sqlite(path, key)
        if is_empty(database):
            return "vault.store_missing"
        return everything(Store(database, SEEDS))
    except EthnomedError as error:
        return error.code
    finally:
        if database is not None:
            database.abandon()


def test_every_flipped_byte_is_noticed_or_harmless(sound: Path, tmp_path: Path) -> None:
    whole, shown = sound.read_bytes(), outcome(sound)
    assert not isinstance(shown, str)
    chance = random.Random(20261121)
    places = [*range(0, 120, 7), *(chance.randrange(len(whole)) for _ in range(110))]
    noticed = 0
    for number, place in enumerate(places):
        path = tmp_path / f"{number}.db"
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        seen = outcome(path)
        assert seen == shown or seen in DAMAGED, (place, seen)
        noticed += isinstance(seen, str) or faults_of(path) > 0
        for rest in tmp_path.glob(f"{number}.db*"):
            rest.unlink()
    assert noticed == len(places), "what reading does not meet, the full check does"


def faults_of(path: Path) -> int:
    connection = open_connection(path, KEY, read_only=True)
    found = page_faults(connection)
    connection.close()
    return found


@pytest.mark.parametrize("share", [0.999, 0.9, 0.5, 0.1, 0.01])
def test_a_truncated_file_is_noticed(share: float, sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(sound.read_bytes()[: int(sound.stat().st_size * share)])
    assert outcome(path) in DAMAGED


@pytest.mark.parametrize("pages", [1, 3, 40])
def test_a_file_cut_between_pages_is_noticed(pages: int, sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(sound.read_bytes()[: -4096 * pages])
    assert outcome(path) in DAMAGED


@pytest.mark.parametrize(
    "content", [b"\0" * 4096, b"SQLite format 3\0" + bytes(4080), b"x" * 600, os.urandom(9000)]
)
def test_other_content_is_damage(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    assert outcome(path) == "vault.damaged"
    assert path.read_bytes() == content


def test_a_wrong_key_is_refused_and_changes_nothing(sound: Path, tmp_path: Path) -> None:
    path = shutil.copy(sound, tmp_path / "store.db")
    before = path.read_bytes()
    assert outcome(path, b"x" * 32) == "vault.damaged"
    assert path.read_bytes() == before


def test_an_empty_file_is_an_empty_store(tmp_path: Path) -> None:
    (tmp_path / "store.db").touch()
    assert outcome(tmp_path / "store.db") == "vault.store_missing"


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    assert outcome(tmp_path / "store.db") in DAMAGED


def test_a_damaged_write_ahead_log_shows_an_earlier_state(sound: Path, tmp_path: Path) -> None:
    """What a torn log loses are whole last savings; what is shown is what once was."""
    source = tmp_path / "source.db"
    shutil.copy(sound, source)
    store = Store(open_sqlite(source, KEY), SEEDS)
    states = [everything(store)]
    hand = Hand(store)
    for number in range(6):
        hand.record("person", {"surname": f"Сақталған {number}", "tags": ["a", "b"]})
        states.append(everything(store))
    log = Path(f"{source}-wal").read_bytes()
    chance = random.Random(5)
    seen = set()
    for number in range(40):
        path = tmp_path / f"copy-{number}.db"
        shutil.copy(source, path)
        torn = bytearray(log)
        torn[chance.randrange(len(torn))] ^= 0xFF
        Path(f"{path}-wal").write_bytes(torn if number % 2 else log[: chance.randrange(len(log))])
        shown = outcome(path)
        assert shown in states or shown in DAMAGED, number
        seen.add(states.index(shown) if not isinstance(shown, str) else -1)
    store.close()
    assert len(seen) > 2


def test_nothing_is_half_written_when_the_program_fails(store: Store, hand: Hand) -> None:
    hand.record("person", {"surname": "Бұрын"})
    with store.reading() as connection:
        before = contents(connection), connection.execute(select(digest.c.total)).scalar()
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("ethnomed_desktop.store.search.put_words", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            hand.record("person", {"surname": "Жартылай"})
    with store.reading() as connection:
        assert (contents(connection), connection.execute(select(digest.c.total)).scalar()) == before
    hand.record("person", {"surname": "Кейін"})
    require_truth(store)
    assert store.rebuild() == {}


# --- vaults ---------------------------------------------------------------------------------------


def test_a_second_instance_is_told_who_is_there(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    with pytest.raises(VaultError) as caught:
        make_vault.open(tmp_path / "vault")
    assert caught.value.code == "vault.open_elsewhere"
    assert caught.value.facts["who"] == "Айгүл"
    vault.close()
    make_vault.open(tmp_path / "vault").close()


def test_an_upgrade_keeps_a_copy_that_opens(
    make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(tmp_path / "vault")
    uid = Hand(vault.store).record("person", {"surname": "Ахметова"})
    vault.close()
    with monkeypatch.context() as newer:
        newer.setattr("ethnomed_desktop.store.schema.fingerprint", lambda: "newer")
        upgraded = make_vault.open(tmp_path / "vault")
        assert Hand(upgraded.store).show(uid) is not None
        upgraded.close()
    copies = list((tmp_path / "vault" / "backups").iterdir())
    assert len(copies) == 1
    copy = make_vault.open(copies[0])
    stored = Hand(copy.store).show(uid)
    assert stored is not None
    assert stored.values == {"surname": "Ахметова"}
    copy.close()


def test_a_copy_that_cannot_be_made_leaves_nothing_and_the_old_vault(
    make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "vault"
    make_vault(root).close()
    with monkeypatch.context() as newer:
        newer.setattr("ethnomed_desktop.store.schema.fingerprint", lambda: "newer")
        newer.setattr("ethnomed_desktop.store.vault_files.sync_file", no_answer)
        with pytest.raises(StorageError) as caught:
            make_vault.open(root)
        assert caught.value.code == "storage.failed"
    assert list((root / "backups").iterdir()) == []
    make_vault.open(root).close()


def no_answer(handle: int) -> None:
    raise OSError(errno.EIO, "Input/output error")


def test_what_a_killed_program_left_beside_the_backups_is_swept(make_vault: MakeVault, tmp_path: Path) -> None:
    root = tmp_path / "vault"
    make_vault(root).close()
    kept = {"em-20261121.emb", "before-upgrade-1", "own"}
    for name in (".verify-0011", ".before-upgrade-1.part", "before-upgrade-1"):
        (root / "backups" / name).mkdir()
        (root / "backups" / name / "store.db").write_bytes(b"x" * 5000)
    for name in (".em-20261121.emb.00112233.part", "em-20261121.emb", "own"):
        (root / "backups" / name).write_bytes(b"x")
    make_vault.open(root).close()
    assert {path.name for path in (root / "backups").iterdir()} == kept


@pytest.mark.parametrize("damage", ["truncate", "empty", "gone", "folder", "noise"])
def test_a_vault_with_a_damaged_store_is_refused_and_let_go(
    damage: str, make_vault: MakeVault, tmp_path: Path
) -> None:
    root = tmp_path / "vault"
    make_vault(root).close()
    path, whole = root / "store.db", (root / "store.db").read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage != "gone":
        path.write_bytes({"truncate": whole[:5000], "empty": b"", "noise": os.urandom(8192)}[damage])
    with pytest.raises(EthnomedError) as caught:
        make_vault.open(root)
    assert caught.value.code in DAMAGED
    if path.is_dir():
        path.rmdir()
    for rest in root.glob("store.db-*"):
        rest.unlink()
    path.write_bytes(whole)
    make_vault.open(root).close()


def test_two_people_on_one_server_save_at_once(new_postgresql: Callable[[], Store]) -> None:
    """Two clients of one PostgreSQL store: numbers stay without gaps, nothing is lost."""
    first = new_postgresql()
    second = Store(open_postgresql(first.database.writer.url.render_as_string(hide_password=False)), SEEDS)
    uid = Hand(first).record("person", {"surname": "Ортақ"})
    failed: list[BaseException] = []

    def work(store: Store, name: str) -> None:
        hand = Hand(store)
        try:
            for number in range(25):
                hand.record("person", {"surname": f"{name} {number}"})
                hand.change(uid, {"given_name": f"{name} {number}"})
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(one, name)) for one, name in ((first, "А"), (second, "Б"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    second.close()
    assert failed == []
    assert len(Hand(first).listed(Question(KINDS["person"]))) == 51
    stored = Hand(first).show(uid)
    assert stored is not None
    assert stored.conflicts == ()
    require_truth(first)
    assert first.rebuild() == {}
