"""Vaults of every version of the tables, made by the programs of their time, open today with all they hold."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import attachments, drafts, history, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store import schema, slots
from ethnomed_desktop.store.check import page_faults
from ethnomed_desktop.store.engine import open_connection
from ethnomed_desktop.store.key_file import read_keys
from ethnomed_desktop.store.vault_keys import subkeys
from tests.store.kept_vaults.laid_out import CHEAP, kept, lay_out
from tests.store.kept_vaults.make import LAST_COMMITS, PASSPHRASE

VERSIONS = sorted(LAST_COMMITS)
OLDER = [one for one in VERSIONS if one != schema.NEWEST]


def opened(root: Path, clock: FixedClock) -> AppContext:
    return vault.open_council(root, PASSPHRASE, program="command", clock=clock, minimum=CHEAP)


def require_all(ctx: AppContext, shown: Mapping[str, Any]) -> None:
    """Everything that the old program showed is shown, and the vault is sound."""
    for uid, was in shown.items():
        stored = records.show(ctx, parse_uid(uid))
        assert (stored.kind.name, stored.withdrawn) == (was["kind"], was["withdrawn"])
        assert {name: stored.values.get(name) for name in was["values"]} == was["values"]
    assert [one.code for one in vault.check(ctx) if not one.sound] == []


def test_every_version_there_was_is_kept() -> None:
    assert set(VERSIONS) | {schema.NEWEST} == schema.KNOWN_VERSIONS
    for version in VERSIONS:
        assert f"INSERT INTO \"alembic_version\" VALUES ('{version}')" in kept(version)["store"]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_kept_vault_opens_with_all_it_holds(version: str, tmp_path: Path, clock: FixedClock) -> None:
    shown = lay_out(version, tmp_path / "vault")
    ctx = opened(tmp_path / "vault", clock)
    require_all(ctx, shown)
    with ctx.reading() as connection:
        assert schema.version_of(connection) == schema.NEWEST
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    incident = next(parse_uid(uid) for uid, one in shown.items() if one["kind"] == "incident")
    assert [hit.uid for hit in search(ctx, "арық", Catalog.load("kk"), limit=5)] == [incident]
    assert len(history.history(ctx, incident)) == 2
    assert [one.body for one in drafts.list_drafts(ctx)] == [{"surname": "Сақталма"}]
    for file in attachments.attached_to(ctx, incident):
        assert b"".join(attachments.content(ctx, file.uid)) == b"%PDF-1.7 kept " * 500
    assert vault.rebuild(ctx).sound
    records.revise(ctx, incident, {"settlement": "Сортөбе"})
    vault.close(ctx)
    again = opened(tmp_path / "vault", clock)
    assert records.show(again, incident).values["settlement"] == "Сортөбе"
    vault.close(again)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_vault_that_nobody_opened_for_ten_years_opens_and_is_written_to(version: str, tmp_path: Path) -> None:
    shown = lay_out(version, tmp_path / "vault")
    later = FixedClock(datetime(2036, 11, 22, 10, 0, tzinfo=KAZAKHSTAN))
    ctx = opened(tmp_path / "vault", later)
    require_all(ctx, shown)
    incident = next(parse_uid(uid) for uid, one in shown.items() if one["kind"] == "incident")
    records.revise(ctx, incident, {"settlement": "Сортөбе"})
    assert [one.body for one in drafts.list_drafts(ctx)] == [{"surname": "Сақталма"}]
    vault.close(ctx)
    again = opened(tmp_path / "vault", later)
    assert records.show(again, incident).values["settlement"] == "Сортөбе"
    vault.close(again)


@pytest.mark.parametrize("version", OLDER)
def test_the_copy_made_first_is_the_old_vault(version: str, tmp_path: Path, clock: FixedClock) -> None:
    shown = lay_out(version, tmp_path / "vault")
    vault.close(opened(tmp_path / "vault", clock))
    copies = list((tmp_path / "vault" / "backups").glob("before-upgrade-*"))
    assert len(copies) == 1
    connection = open_connection(copies[0] / "store.db", _key(copies[0]))
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(version,)]
    connection.close()
    contents = tmp_path / "vault" / "blobs.db"  # no upgrade touches attached files: they are not copied with it
    if contents.exists():
        shutil.copy(contents, copies[0])
    ctx = opened(copies[0], clock)
    require_all(ctx, shown)
    vault.close(ctx)


def _key(root: Path) -> bytes:
    return subkeys(slots.unlock(read_keys(root / "keys.json", CHEAP), PASSPHRASE).vault_key).db


@pytest.mark.parametrize("version", OLDER)
def test_a_full_disk_in_the_midst_leaves_the_old_vault(
    version: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine itself finds no room: none at all, none after some pages, enough in the end."""
    shown = lay_out(version, tmp_path / "vault")
    key = _key(tmp_path / "vault")
    met = []
    for room in (0, 3, 30, 3000):
        with monkeypatch.context() as full:
            full.setattr(schema, "migrate", _within(schema.migrate, room))
            code = refusal_of(tmp_path / "vault", clock)
        met.append(code)
        if code is not None:
            require_old(tmp_path / "vault" / "store.db", key, version)
    assert met == ["storage.full", "storage.full", "storage.full", None]
    ctx = opened(tmp_path / "vault", clock)
    require_all(ctx, shown)
    vault.close(ctx)


def refusal_of(root: Path, clock: FixedClock) -> str | None:
    try:
        vault.close(opened(root, clock))
    except StorageError as error:
        return error.code
    return None


def _within(migrate: Callable[[Any], None], room: int) -> Callable[[Any], None]:
    """Let the file grow by so many pages only, from the first step of the migration on."""

    def limited(connection: Any) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + room}")
        migrate(connection)

    return limited


def require_old(path: Path, key: bytes, version: str) -> None:
    connection = open_connection(path, key)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(version,)]
    assert page_faults(connection) == 0
    connection.close()


def open_and_die(root: Path, seconds: float, clock: FixedClock) -> None:
    """Open in a child that is killed so long after it began."""
    child = os.fork()
    if child == 0:
        try:
            opened(root, clock)
        finally:
            os._exit(0)
    time.sleep(seconds)  # the moment of the kill is what is tried; nothing is waited for
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.parametrize("version", OLDER)
def test_a_kill_in_the_midst_leaves_the_old_vault_or_the_new_one(
    version: str, tmp_path: Path, clock: FixedClock
) -> None:
    chance = random.Random(version)
    for number in range(3):
        root = tmp_path / f"vault-{number}"
        shown = lay_out(version, root)
        for _ in range(3):
            open_and_die(root, chance.uniform(0.02, 0.7), clock)
            connection = open_connection(root / "store.db", _key(root))
            assert page_faults(connection) == 0
            (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            assert found[0] in {version, schema.NEWEST}
            connection.close()
        ctx = opened(root, clock)
        require_all(ctx, shown)
        vault.close(ctx)
