"""Making, opening, locking; what is told when it cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import councils, drafts, lists, practice, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.documents import pages
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, VaultError
from ethnomed_desktop.i18n.catalogs import Catalog

from .conftest import CHEAP, COUNCIL, PASSPHRASE


def opened(root: Path, secret: str = PASSPHRASE, label: str | None = None) -> AppContext:
    return vault.open_council(root, secret, program="command", label=label, minimum=CHEAP)


def test_everything_is_there_after_locking(council: AppContext) -> None:
    made = records.record(council, "person", {"surname": "Әбілов"}).value
    root = council.vault.folder.root
    vault.close(council)
    again = opened(root, label="раушан")
    assert records.show(again, made.uid).values["surname"] == "Әбілов"
    assert lists.count(again, lists.ListQuestion("place")) == 248
    assert vault.user_name(again, again.user) == "Сейітова Раушан"
    vault.close(again)


def test_a_second_opener_is_told_who(council: AppContext) -> None:
    with pytest.raises(VaultError) as refused:
        opened(council.vault.folder.root)
    assert refused.value.code == "vault.open_elsewhere"
    assert refused.value.facts["who"] == "Раушан"


def test_wrong_passphrases_are_noted_at_the_next_opening(council: AppContext) -> None:
    root = council.vault.folder.root
    vault.close(council)
    for _ in range(3):
        with pytest.raises(VaultError):
            opened(root, "мүлде басқа сөздер", "Раушан")
    again = opened(root)
    with again.reading() as connection:
        rows = connection.exec_driver_sql("SELECT action, detail FROM audit ORDER BY aid").fetchall()
    assert [row[0] for row in rows][-2:] == ["unlock.failed", "vault.opened"]
    assert '"count":3' in rows[-2][1]
    vault.close(again)


def test_a_new_passphrase_replaces_the_old_one(council: AppContext) -> None:
    vault.change_passphrase(council, "төрт түлік мал жайлауда", CHEAP, CHEAP)
    root = council.vault.folder.root
    vault.close(council)
    with pytest.raises(VaultError):
        opened(root)
    again = opened(root, "төрт түлік мал жайлауда")
    assert not again.vault.keys_were_replaced
    vault.close(again)


def test_an_older_key_file_put_back_is_noticed(council: AppContext) -> None:
    root = council.vault.folder.root
    older = (root / "keys.json").read_bytes()
    vault.change_passphrase(council, "төрт түлік мал жайлауда", CHEAP, CHEAP)
    vault.close(council)
    (root / "keys.json").write_bytes(older)
    again = opened(root)
    assert again.vault.keys_were_replaced
    vault.close(again)


def cut_off(*_: object) -> None:
    """The power goes here."""
    raise KeyboardInterrupt


def test_two_power_cuts_in_a_row_are_no_alarm(council: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first cut after the key file was written, the second before: it is still the one the program wrote."""
    root, first, second = council.vault.folder.root, "төрт түлік мал жайлауда", "бес бұлақ басында терек"

    with monkeypatch.context() as cut:
        cut.setattr("ethnomed_desktop.store.vault.audit.note", cut_off)
        with pytest.raises(KeyboardInterrupt):
            vault.change_passphrase(council, first, CHEAP, CHEAP)
    vault.close(council)
    again = opened(root, first)
    assert not again.vault.keys_were_replaced
    with monkeypatch.context() as cut:
        cut.setattr("ethnomed_desktop.store.vault.write_keys", cut_off)
        with pytest.raises(KeyboardInterrupt):
            vault.change_passphrase(again, second, CHEAP, CHEAP)
    vault.close(again)
    last = opened(root, first)
    assert not last.vault.keys_were_replaced
    vault.close(last)


def test_a_key_file_from_before_a_cut_off_change_is_noticed(
    council: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, first = council.vault.folder.root, "төрт түлік мал жайлауда"
    older = (root / "keys.json").read_bytes()

    with monkeypatch.context() as cut:
        cut.setattr("ethnomed_desktop.store.vault.audit.note", cut_off)
        with pytest.raises(KeyboardInterrupt):
            vault.change_passphrase(council, first, CHEAP, CHEAP)
    vault.close(council)
    vault.close(opened(root, first))
    (root / "keys.json").write_bytes(older)
    again = opened(root)
    assert again.vault.keys_were_replaced
    vault.close(again)


def test_the_recovery_sheet_opens_the_vault(council: AppContext, tmp_path: Path) -> None:
    code = vault.renew_recovery(council, CHEAP, CHEAP)
    vault.write_recovery_sheet(council, code, Catalog.load("kk"), tmp_path / "sheet.pdf")
    text = pages.text((tmp_path / "sheet.pdf").read_bytes(), 0)
    assert all(group in text for group in code.split("-"))
    root = council.vault.folder.root
    vault.close(council)
    vault.close(opened(root, code.replace("-", " ").lower()))


def test_there_is_no_second_vault_in_one_folder(council: AppContext, clock: FixedClock) -> None:
    with pytest.raises(VaultError) as refused:
        vault.create_council(
            council.vault.folder.root,
            COUNCIL,
            PASSPHRASE,
            program="command",
            clock=clock,
            params=CHEAP,
            minimum=CHEAP,
        )
    assert refused.value.code == "vault.exists"


@pytest.mark.parametrize(
    "council_file",
    [
        {},
        {"user": {"name": "А"}},
        {"user": {"name": "А"}, "bodies": []},
        {"user": {"name": "А"}, "bodies": ["кеңес"]},
        {"user": {"name": ""}, "bodies": COUNCIL["bodies"]},
        {"user": {"name": "А", "role": "king"}, "bodies": COUNCIL["bodies"]},
        {"user": {"name": "А"}, "bodies": [{"body_kind": "other"}]},
        {"user": {"name": "А"}, "bodies": [{"body_kind": "other", "name_kk": "К", "place": "kato:999"}]},
        {"user": "А", "bodies": COUNCIL["bodies"]},
    ],
)
def test_a_wrong_council_makes_nothing(tmp_path: Path, council_file: dict[str, Any]) -> None:
    with pytest.raises(EthnomedError):
        vault.create_council(
            tmp_path / "v", council_file, PASSPHRASE, program="command", params=CHEAP, minimum=CHEAP
        )
    assert not (tmp_path / "v").exists()


def test_a_weak_passphrase_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(EthnomedError) as refused:
        vault.create_council(tmp_path / "v", COUNCIL, "қысқа", program="command", params=CHEAP, minimum=CHEAP)
    assert refused.value.code == "passphrase.too_short"
    assert not (tmp_path / "v").exists()


def test_the_check_finds_what_was_altered_behind_our_back(council: AppContext) -> None:
    made = records.record(council, "person", {"surname": "Әбілов"}).value
    assert all(one.sound for one in vault.check(council))
    with council.vault.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE audit SET detail = '{}' WHERE aid = 1")
        connection.exec_driver_sql("UPDATE log SET raw = 'no line at all' WHERE uid = ?", (made.uid,))
    unsound = {one.code for one in vault.check(council) if not one.sound}
    assert {"audit", "log"} <= unsound


def test_a_row_altered_behind_our_back_is_made_right_by_rebuilding(council: AppContext) -> None:
    made = records.record(council, "person", {"surname": "Әбілов"}).value
    with council.vault.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE person SET surname = 'Басқа'")
    finding = vault.rebuild(council)
    assert not finding.sound
    assert finding.facts["tables"] == ["person"]
    assert records.show(council, made.uid).values["surname"] == "Әбілов"
    assert vault.rebuild(council).sound


def test_bodies_and_the_one_worked_for(council: AppContext) -> None:
    second = records.record(
        council, "organisation", {"body_kind": "council_of_mothers", "name_kk": "Аналар кеңесі", "is_ours": True}
    ).value
    with council.reading() as connection:
        first = councils.working_body(connection, council.user)
    councils.work_for(council, second.uid)
    made = records.record(council, "incident", {"settlement": "А", "what_happened": "х"}).value
    assert records.show(council, made.uid).values["organisation"] != first
    assert made.number == "2026/1"
    with pytest.raises(EthnomedError):
        councils.work_for(council, made.uid)


def test_drafts_are_kept_as_typed(council: AppContext) -> None:
    body = {"what_happened": "жартылай\ud800", "happened": "21.1"}
    kept = drafts.keep_draft(council, "incident", body)
    drafts.keep_draft(council, "incident", {**body, "happened": "21.11"}, draft_id=kept)
    root = council.vault.folder.root
    vault.close(council)
    again = opened(root)
    found = drafts.list_drafts(again, "incident")
    assert [one.body["happened"] for one in found] == ["21.11"]
    assert found[0].body["what_happened"] == "жартылай\ud800"
    drafts.throw_draft_away(again, kept)
    assert drafts.list_drafts(again) == []
    vault.close(again)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_practice_council_is_whole(tmp_path: Path, language: str) -> None:
    made, recorded = practice.create_practice(
        tmp_path / "v", language, program="command", params=CHEAP, minimum=CHEAP
    )
    assert made.ctx.practice
    assert {"incident", "meeting", "decision", "task"} <= {one.kind for one in recorded}
    assert all(one.sound for one in vault.check(made.ctx))
    assert vault.rebuild(made.ctx).sound
    vault.close(made.ctx)
