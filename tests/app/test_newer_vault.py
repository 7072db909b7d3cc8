"""A vault that a newer program wrote: read, searched, printed, exported, backed up – and never written to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ethnomed_desktop.app import (
    attachments,
    audit,
    backup_place,
    backups,
    councils,
    documents,
    drafts,
    exchange,
    history,
    list_files,
    lists,
    opened_copies,
    print_memory,
    private_notes,
    recent,
    records,
    users,
    vault,
    viewing,
)
from ethnomed_desktop.app.attachment_check import mend_contents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.open_export import export_all
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed, VaultError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

from .conftest import CHEAP, COUNCIL, PASSPHRASE
from .newer_program import STRANGE_FIELD, make_newer, write_strangely

CHAIR = {**COUNCIL, "user": {**COUNCIL["user"], "role": "chair"}}
FILE = b"%PDF-1.7 " + b"x" * 5000


@dataclass
class Newer:
    """What stands in the vault, and how to open it."""

    root: Path
    clock: FixedClock
    key: bytes
    person: bytes
    meeting: bytes
    file: bytes
    letter: bytes

    def open(self) -> AppContext:
        return vault.open_council(self.root, PASSPHRASE, program="command", clock=self.clock, minimum=CHEAP)


@pytest.fixture
def newer(tmp_path: Path, clock: FixedClock) -> Newer:
    """A council with a person, a meeting, an attached file and a private note, last written by a newer program."""
    root = tmp_path / "vault"
    ctx = vault.create_council(
        root, CHAIR, PASSPHRASE, program="command", clock=clock, params=CHEAP, minimum=CHEAP
    ).ctx
    person = records.record(ctx, "person", {"surname": "Жаңабаева", "given_name": "Айгүл"}).value.uid
    meeting = records.record(ctx, "meeting", {"starts": "2026-11-20T10:00", "heading": "Су"}).value.uid
    file = attachments.attach_bytes(ctx, meeting, FILE, attachments.Wish(name="scan.pdf")).value.uid
    private_notes.confide(ctx, {"text": "Өзіме ғана"})
    letter = write_strangely(ctx, person)
    key = ctx.vault.unlocked.vault_key
    vault.close(ctx)
    make_newer(root, key)
    return Newer(root, clock, key, person, meeting, file, letter)


@pytest.fixture
def opened(newer: Newer) -> Iterator[AppContext]:
    ctx = newer.open()
    yield ctx
    vault.close(ctx)


def files_of(root: Path) -> dict[str, str]:
    """The files that are the vault itself, by hash; side files of the engine are empty when it is closed."""
    names = ("store.db", "blobs.db", "keys.json")
    return {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}


def test_everything_known_can_be_read(opened: AppContext, newer: Newer) -> None:
    assert opened.reading_only
    shown = records.show(opened, newer.person)
    assert dict(shown.values) == {"surname": "Жаңабаева", "given_name": "Айгүл"}
    assert shown.unknown == {STRANGE_FIELD: "Құрдас"}
    listed = lists.list_records(opened, lists.ListQuestion("person"), limit=10).rows
    assert [one.uid for one in listed] == [newer.person]
    assert [hit.uid for hit in search(opened, "жанаб", Catalog.load("kk"), limit=5)] == [newer.person]
    assert [one.values["text"] for one in private_notes.list_notes(opened)] == ["Өзіме ғана"]
    assert b"".join(attachments.content(opened, newer.file)) == FILE
    assert len(history.history(opened, newer.person)) == 2
    with pytest.raises(EthnomedError):  # of a kind that only the newer program knows
        records.show(opened, newer.letter)


def test_it_can_be_printed_exported_and_looked_over(opened: AppContext, newer: Newer, tmp_path: Path) -> None:
    words = Catalog.load("kk")
    assert documents.write_minutes(opened, newer.meeting, documents.Order("kk"), tmp_path / "m.pdf") >= 1
    assert export_all(opened, tmp_path / "all.jsonl", words).records > 2
    list_files.write_list(opened, lists.ListQuestion("person"), words, tmp_path / "list.xlsx")
    copy = opened_copies.open_copy(opened, newer.file)
    assert copy.read_bytes() == FILE
    assert opened_copies.wipe_copies(opened) == 1
    assert viewing.note_view(opened, newer.person)
    recent.note_opened(opened, uid_text(newer.person))
    print_memory.remember(opened, newer.meeting, print_memory.PrintChoices("ru"))
    assert [one.code for one in vault.check(opened) if not one.sound] == []


def test_it_can_be_backed_up_by_hand_and_by_itself(opened: AppContext, newer: Newer, tmp_path: Path) -> None:
    assert backups.back_up(opened, tmp_path / "one.emb").size > 0
    assert backups.back_up_by_itself(opened) is not None
    vault.close(opened)
    elsewhere = tmp_path / "elsewhere"
    with pytest.raises(VaultError) as caught:  # restoring writes, so it is left to the newer program
        backups.restore(tmp_path / "one.emb", elsewhere, PASSPHRASE, program="command", minimum=CHEAP)
    assert caught.value.code == "vault.newer"
    assert not elsewhere.exists()


WRITES: dict[str, Callable[[AppContext, Newer], object]] = {
    "record": lambda ctx, one: records.record(ctx, "person", {"surname": "Әлиев"}),
    "revise": lambda ctx, one: records.revise(ctx, one.person, {"surname": "Әлиев"}),
    "withdraw": lambda ctx, one: records.withdraw(ctx, one.person, "қате"),
    "undo": lambda ctx, one: history.undo(ctx),
    "attach": lambda ctx, one: attachments.attach_bytes(ctx, one.meeting, b"new", attachments.Wish(name="n")),
    "keep a content": lambda ctx, one: ctx.blobs.put(lambda: [b"new"], 0),
    "let a content go": lambda ctx, one: ctx.blobs.remove([b"x" * 32]),
    "mend": lambda ctx, one: mend_contents(ctx),
    "draft": lambda ctx, one: drafts.keep_draft(ctx, "person", {"surname": "Ә"}),
    "note": lambda ctx, one: private_notes.confide(ctx, {"text": "жаңа"}),
    "passphrase": lambda ctx, one: vault.change_passphrase(ctx, "бес бұлақ басында бір терек", CHEAP, CHEAP),
    "recovery": lambda ctx, one: vault.renew_recovery(ctx, CHEAP, CHEAP),
    "add a user": lambda ctx, one: users.add_user(
        ctx, "Екінші", "viewer", "бес түп алма ағаш тұр", label="е", params=CHEAP, minimum=CHEAP
    ),
    "new key": lambda ctx, one: users.change_key(ctx),
    "rebuild": lambda ctx, one: vault.rebuild(ctx),
    "backup place": lambda ctx, one: backup_place.choose_backup_place(ctx, None),
    "body": lambda ctx, one: councils.work_for(ctx, one.person),
    "exchange": lambda ctx, one: exchange.write_request(ctx, one.root.parent / "request"),
    "past the rules": lambda ctx, one: ctx.vault.store.database.writing().__enter__(),
}


@pytest.mark.parametrize("what", WRITES)
def test_every_writing_is_refused_with_one_sentence(what: str, opened: AppContext, newer: Newer) -> None:
    with pytest.raises(NotAllowed) as caught:
        WRITES[what](opened, newer)
    assert caught.value.code == "vault.reading_only"
    assert not opened.vault.is_closed


def test_nothing_of_the_vault_is_changed(newer: Newer, tmp_path: Path) -> None:
    before = files_of(newer.root)
    for _ in range(2):
        ctx = newer.open()
        for what in WRITES.values():
            with pytest.raises(NotAllowed):
                what(ctx, newer)
        documents.write_minutes(ctx, newer.meeting, documents.Order("kk"), tmp_path / "m.pdf")
        backups.back_up_by_itself(ctx)
        vault.close(ctx)
        assert files_of(newer.root) == before


def test_the_engine_itself_refuses_to_write(opened: AppContext) -> None:
    raw = opened.vault.store.database.writer.raw_connection()
    try:
        with pytest.raises(Exception, match="readonly database"):
            raw.cursor().execute("DELETE FROM person")
    finally:
        raw.close()


def test_what_was_done_meanwhile_comes_into_the_audit_trail_later(newer: Newer, tmp_path: Path) -> None:
    ctx = newer.open()
    vault_key = ctx.vault.unlocked.vault_key
    newer.clock.advance(60_000)
    documents.write_minutes(ctx, newer.meeting, documents.Order("kk"), tmp_path / "m.pdf")
    printed_ms = newer.clock.now_ms()
    vault.close(ctx)
    aside = newer.root / "noted-aside"
    content = aside.read_bytes()
    assert uid_text(newer.meeting).encode() not in content
    assert b"printed" not in content
    with aside.open("ab") as torn:
        torn.write(content.splitlines()[0][:20])
    newer.clock.advance(60_000)
    as_it_was(newer, vault_key)
    ctx = newer.open()
    assert not ctx.reading_only
    listed = audit.page(ctx, Catalog.load("en"), limit=20)
    assert not aside.exists()
    by_code = {one.code: one for one in reversed(listed)}
    assert by_code["document.printed"].at_ms == printed_ms
    assert by_code["document.printed"].details["aside"] is True
    assert by_code["vault.aside_altered"].details == {"count": 1}
    assert [one.code for one in vault.check(ctx) if not one.sound] == []
    vault.close(ctx)


def as_it_was(newer: Newer, vault_key: bytes) -> None:
    """Let the vault be of this program's version again."""
    from ethnomed_desktop.domain.registry import SCHEMA_VERSION
    from ethnomed_desktop.store import schema
    from ethnomed_desktop.store.engine import open_connection
    from ethnomed_desktop.store.vault_keys import subkeys

    connection = open_connection(newer.root / "store.db", subkeys(vault_key).db)
    connection.execute("UPDATE alembic_version SET version_num = ?", (schema.NEWEST,))
    connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (str(SCHEMA_VERSION),))
    connection.close()


@pytest.mark.parametrize(
    "more",
    [
        "INSERT OR REPLACE INTO meta VALUES ('reads_from', '2')",
        "INSERT OR REPLACE INTO meta VALUES ('reads_from', 'all')",
        "ALTER TABLE record RENAME COLUMN live TO alive",
        "ALTER TABLE person RENAME TO people",
        "DROP TABLE search_index",
    ],
)
def test_what_cannot_be_read_rightly_is_refused_plainly(more: str, tmp_path: Path, clock: FixedClock) -> None:
    root = tmp_path / "vault"
    ctx = vault.create_council(
        root, CHAIR, PASSPHRASE, program="command", clock=clock, params=CHEAP, minimum=CHEAP
    ).ctx
    key = ctx.vault.unlocked.vault_key
    vault.close(ctx)
    make_newer(root, key, more)
    before = (root / "store.db").read_bytes()
    with pytest.raises(VaultError) as caught:
        vault.open_council(root, PASSPHRASE, program="command", clock=clock, minimum=CHEAP)
    assert caught.value.code == "vault.newer"
    assert (root / "store.db").read_bytes() == before


def test_new_vaults_say_who_can_read_them(council: AppContext) -> None:
    with council.reading() as connection:
        rows = connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'reads_from'").scalars().all()
    assert list(rows) == ["1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_is_said_in_every_language(language: str) -> None:
    words = Catalog.load(language)
    said = {sentence(NotAllowed("vault.reading_only"), words), sentence(VaultError("vault.newer"), words)}
    assert len(said) == 2
    assert all(len(one) > 60 for one in said)
    assert json.dumps(sorted(said))
