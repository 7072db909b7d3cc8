"""Notes given in confidence: read by one, sealed against all others who have the key of the vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop.app import exchange, lists, private_notes, records, users, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import receive
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import Catalog

from .conftest import CHEAP, COUNCIL, PASSPHRASE

SECOND = "бес түп алма ағаш тұр"
CANARY = "Қанарейка айтты"


@pytest.fixture
def incident(council: AppContext) -> str:
    made = records.record(council, "incident", {"settlement": "Мысалбұлақ", "what_happened": "Су дауы"})
    return uid_text(made.value.uid)


def keep(ctx: AppContext, incident: str | None = None) -> bytes:
    given = {"text": CANARY, "said_by": "Бірінші тарап", "note_kind": "concern"}
    return private_notes.confide(ctx, given if incident is None else {**given, "incident": incident}).value


def lines_of_the_log(ctx: AppContext) -> bytes:
    with ctx.reading() as connection:
        return b"".join(bytes(row[0]) for row in connection.exec_driver_sql("SELECT raw FROM log"))


def test_a_note_is_kept_changed_and_thrown_away(council: AppContext, incident: str) -> None:
    uid = keep(council, incident)
    keep(council)
    found = private_notes.list_notes(council, incident)
    assert [one.values["text"] for one in found] == [CANARY]
    assert found[0].values["noted_on"] == "2026-11-21"
    private_notes.confide(council, {"text": "Басқаша", "incident": incident}, uid)
    assert [one.values["text"] for one in private_notes.list_notes(council, incident)] == ["Басқаша"]
    private_notes.throw_away(council, uid)
    assert private_notes.list_notes(council, incident) == []
    assert len(private_notes.list_notes(council)) == 1


def test_it_stands_nowhere_in_clear(council: AppContext, incident: str, tmp_path: Path) -> None:
    """Not in the log, no table, no search, no list, no digest: those who have the vault's key read cipher."""
    before = exchange.state_digest(council)
    keep(council, incident)
    assert CANARY.encode() not in lines_of_the_log(council)
    with council.reading() as connection:
        for (table,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').fetchall():
                assert CANARY not in str(row)
                assert CANARY.encode() not in b"".join(cell for cell in row if isinstance(cell, bytes))
    assert search(council, "Қанарейка", Catalog.load("kk")) == []
    assert exchange.state_digest(council) == before
    with pytest.raises(EthnomedError):
        lists.list_records(council, lists.ListQuestion("private_note"))
    assert all(one.sound for one in vault.check(council))
    assert vault.rebuild(council).sound
    assert len(private_notes.list_notes(council)) == 1


def test_another_user_reads_changes_and_releases_nothing(council: AppContext, incident: str) -> None:
    root, uid = council.vault.folder.root, keep(council, incident)
    users.add_user(council, "Төрайым", "chair", SECOND, label="екінші", params=CHEAP, minimum=CHEAP)
    vault.close(council)
    chair = vault.open_council(root, SECOND, program="command", minimum=CHEAP)
    assert private_notes.list_notes(chair) == []
    for attempt in (
        lambda: private_notes.confide(chair, {"text": "өзгертілді"}, uid),
        lambda: private_notes.throw_away(chair, uid),
        lambda: private_notes.release(chair, uid),
    ):
        with pytest.raises(NotAllowed) as refused:
            attempt()
        assert refused.value.code == "notes.not_mine"
    keep(chair)
    assert len(private_notes.list_notes(chair)) == 1
    vault.close(chair)
    again = vault.open_council(root, PASSPHRASE, program="command", label="Раушан", minimum=CHEAP)
    assert [one.uid for one in private_notes.list_notes(again)] == [uid]
    vault.close(again)


def test_released_it_is_a_record_like_others(council: AppContext, incident: str) -> None:
    uid = keep(council, incident)
    made = private_notes.release(council, uid).value
    shown = records.show(council, made)
    assert (shown.kind.name, shown.values["text"], shown.values["incident"]) == ("note", CANARY, incident)
    assert shown.values["released_by"] == uid_text(council.user)
    assert [hit.uid for hit in search(council, "Қанарейка", Catalog.load("kk"))] == [made]
    assert private_notes.list_notes(council) == []
    with pytest.raises(NotAllowed):
        private_notes.release(council, uid)
    assert all(one.sound for one in vault.check(council))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": " "},
        {"text": "х", "number": "1"},
        {"text": "х", "incident": "00000000-0000-7000-8000-000000000000"},
    ],
)
def test_a_wrong_note_is_not_written(council: AppContext, given: dict[str, object]) -> None:
    before = lines_of_the_log(council)
    with pytest.raises(EthnomedError):
        private_notes.confide(council, given)
    assert lines_of_the_log(council) == before


@pytest.mark.parametrize("role", ["viewer", "administrator"])
def test_who_keeps_no_notes_is_refused(council: AppContext, role: str) -> None:
    root = council.vault.folder.root
    users.add_user(council, "Қызметкер", role, SECOND, label="екінші", params=CHEAP, minimum=CHEAP)
    vault.close(council)
    other = vault.open_council(root, SECOND, program="command", minimum=CHEAP)
    with pytest.raises(NotAllowed) as refused:
        keep(other)
    assert refused.value.code == "rights.act"
    vault.close(other)


def test_a_seal_fits_one_note_and_one_user() -> None:
    from ethnomed_desktop.store.private_notes import seal, unseal

    sealed = seal(b"s" * 32, b"u" * 16, {"text": CANARY})
    assert unseal(b"s" * 32, b"u" * 16, sealed) == {"text": CANARY}
    assert unseal(b"t" * 32, b"u" * 16, sealed) is None
    assert unseal(b"s" * 32, b"v" * 16, sealed) is None
    assert unseal(b"s" * 32, b"u" * 16, sealed[:-4] + "AAA=") is None
    assert unseal(b"s" * 32, b"u" * 16, "no base64") is None


def test_it_leaves_by_no_exchange_file(council: AppContext, tmp_path: Path) -> None:
    """The office's other computers get what was written beside it, and nothing of it – joined before or after."""
    hub = vault.create_council(
        tmp_path / "hub", COUNCIL, PASSPHRASE, program="command", clock=council.clock, params=CHEAP, minimum=CHEAP
    ).ctx
    keep(council)
    exchange.write_request(council, tmp_path / "request.json")
    stick = tmp_path / "stick"
    stick.mkdir()
    for file in exchange.enrol(hub, tmp_path / "request.json", stick).files:
        receive(council, file, "kk", root_confirmed=True)
    second = keep(council)
    person = records.record(council, "person", {"surname": "Әбілов"}).value
    for file in exchange.send(council, exchange.who_am_i(hub, "kk").replica, stick).files:
        receive(hub, file, "kk")
    assert records.show(hub, person.uid).values["surname"] == "Әбілов"
    with council.reading() as connection:
        own = {
            bytes(row[0]) for row in connection.exec_driver_sql("SELECT uid FROM stream WHERE owner IS NOT NULL")
        }
    with hub.reading() as connection:
        known = {bytes(row[0]) for row in connection.exec_driver_sql("SELECT uid FROM stream")}
        uids = {bytes(row[0]) for row in connection.exec_driver_sql("SELECT uid FROM log")}
    assert own
    assert not own & known
    assert second not in uids
    assert exchange.state_digest(hub) == exchange.state_digest(council)
    assert len(private_notes.list_notes(council)) == 2
    vault.close(hub)
