"""Several users of one vault: who may come in, as whom they sign, and what cannot be changed unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.app import history, private_notes, records, users, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed, UserError, VaultError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store import slots
from ethnomed_desktop.store.rekey import rekey
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.users import users_of

from .conftest import CHEAP, COUNCIL, PASSPHRASE

SECOND = "бес түп алма ағаш тұр"
Reopened = Callable[[AppContext, str | None, str | None], AppContext]


def add(ctx: AppContext, name: str = "Асқаров Бауыржан", role: str = "mediator", label: str = "Бауыржан") -> bytes:
    return users.add_user(ctx, name, role, SECOND, label=label, params=CHEAP, minimum=CHEAP).value


def opened_as(root: Path, secret: str, label: str | None = None) -> AppContext:
    return vault.open_council(root, secret, program="command", label=label, minimum=CHEAP)


def sound(ctx: AppContext) -> set[str]:
    return {one.code for one in vault.check(ctx) if not one.sound}


def test_each_user_signs_with_a_seed_of_his_own(council: AppContext) -> None:
    root, uid = council.vault.folder.root, add(council)
    first = records.record(council, "person", {"surname": "Әбілов"}).value
    vault.close(council)
    second = opened_as(root, SECOND, "бауыржан")
    assert second.user == uid
    records.revise(second, first.uid, {"given_name": "Ерлан"})
    steps = history.history(second, first.uid)
    assert [vault.user_name(second, step.user) for step in steps] == ["Сейітова Раушан", "Асқаров Бауыржан"]
    assert sound(second) == set()
    with second.reading() as connection:
        keys = {one.verify_key for one in users_of(connection).by_uid.values()}
        signed = connection.exec_driver_sql('SELECT "user", signature FROM txn').fetchall()
    assert len(keys) == 2
    assert {bytes(row[0]) for row in signed} == set(second.vault.users.by_uid)
    vault.close(second)


def test_a_transaction_under_another_name_is_found(council: AppContext) -> None:
    uid = add(council)
    made = records.record(council, "person", {"surname": "Әбілов"})
    with council.vault.store.database.writing() as connection:
        connection.exec_driver_sql('UPDATE txn SET "user" = ? WHERE uid = ?', (uid, made.changes.transaction))
    assert "signatures" in sound(council)


def test_the_users_are_listed_with_their_ways_in(council: AppContext) -> None:
    add(council)
    listed = {one.label: one for one in users.list_users(council)}
    assert listed["Раушан"].is_me
    assert set(listed["Раушан"].ways) == {"passphrase", "recovery"}
    assert listed["Бауыржан"].ways == ("passphrase",)
    assert (listed["Бауыржан"].role, listed["Бауыржан"].name) == ("mediator", "Асқаров Бауыржан")


def test_a_changed_role_holds_from_the_next_unlocking_on(council: AppContext) -> None:
    root, uid = council.vault.folder.root, add(council, role="viewer")
    assert users.change_role(council, uid, "secretary").value
    assert not users.change_role(council, uid, "secretary").value
    vault.close(council)
    second = opened_as(root, SECOND)
    assert second.rights.role == "secretary"
    assert sound(second) == set()
    vault.close(second)


def test_a_removed_user_comes_in_no_more(council: AppContext) -> None:
    root, uid = council.vault.folder.root, add(council)
    older = council.vault.folder.keys.read_bytes()
    users.remove_user(council, uid)
    assert [one.active for one in users.list_users(council)] == [True, False]
    vault.close(council)
    with pytest.raises(VaultError) as refused:
        opened_as(root, SECOND)
    assert refused.value.code == "vault.wrong_passphrase"
    (root / "keys.json").write_bytes(older)
    with pytest.raises(VaultError) as refused:
        opened_as(root, SECOND)
    assert refused.value.code == "vault.user_removed"


def test_nobody_locks_himself_out(council: AppContext) -> None:
    uid = add(council, role="chair")
    for attempt in (
        lambda: users.remove_user(council, council.user),
        lambda: users.change_role(council, council.user, "viewer"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert uid in council.vault.users.by_uid


def test_the_secretary_keeps_the_users_only_where_nobody_else_does(council: AppContext) -> None:
    uid = add(council, role="chair")
    with pytest.raises(NotAllowed) as refused:
        add(council, name="Тағы біреу", label="үшінші")
    assert (refused.value.code, refused.value.facts["act"]) == ("rights.act", "users")
    assert len(council.vault.keys.slots) == 3
    with pytest.raises(NotAllowed):
        users.remove_user(council, uid)


def test_the_last_recovery_sheet_stays(council: AppContext) -> None:
    root, _uid = council.vault.folder.root, add(council, role="chair")
    first = council.user
    vault.close(council)
    chair = opened_as(root, SECOND)
    with pytest.raises(UserError) as refused:
        users.remove_user(chair, first)
    assert refused.value.code == "slot.last_recovery"
    assert all(one.active for one in users.list_users(chair))
    vault.renew_recovery(chair, CHEAP, CHEAP)
    users.remove_user(chair, first)
    assert sound(chair) == set()
    vault.close(chair)


@pytest.mark.parametrize(
    ("name", "role", "label", "code"),
    [
        ("", "viewer", "б", "field.required"),
        ("Б", "king", "б", "code.unknown"),
        ("Б", "viewer", "РАУШАН", "slot.label_taken"),
        ("Б", "viewer", "б" * 100, "text.too_long"),
    ],
)
def test_a_wrong_user_changes_nothing(council: AppContext, name: str, role: str, label: str, code: str) -> None:
    before = council.vault.folder.keys.read_bytes()
    with pytest.raises(EthnomedError) as refused:
        add(council, name, role, label)
    assert refused.value.code == code or code in {one.code for one in getattr(refused.value, "problems", ())}
    assert council.vault.folder.keys.read_bytes() == before
    assert len(users.list_users(council)) == 1


def write_past(ctx: AppContext, uid: bytes, values: dict[str, object]) -> None:
    """What somebody with the key can do: append a line signed by himself, past the program's rules."""
    with ctx.vault.store.unit_of_work(ctx.vault.author, ctx.clock, Action.USERS, Written()) as work:
        work.write(work.state(uid), values)  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [{"role": "chair"}, {"active": True, "role": "administrator"}])
def test_a_role_taken_by_oneself_counts_nothing_and_is_found(
    council: AppContext, values: dict[str, object]
) -> None:
    root, uid = council.vault.folder.root, add(council)
    add(council, "Төрайым", "chair", "төрайым")
    vault.close(council)
    second = opened_as(root, SECOND, "Бауыржан")
    write_past(second, uid, values)
    vault.close(second)
    again = opened_as(root, SECOND, "Бауыржан")
    assert again.rights.role == "mediator"
    assert "users" in sound(again)
    vault.close(again)


def test_another_key_in_a_record_is_not_believed(council: AppContext) -> None:
    uid = add(council, role="chair")
    write_past(council, uid, {"verify_key": council.vault.unlocked.public_key.hex()})
    council.vault.know_users()
    assert council.vault.users.by_uid[uid].verify_key != council.vault.unlocked.public_key
    assert "users" in sound(council)


def test_a_slot_without_a_record_is_found(council: AppContext) -> None:
    keys = slots.add_slot(
        council.vault.keys, council.vault.unlocked, SECOND, "біреу", b"x" * 16, "chair", CHEAP, minimum=CHEAP
    ).keys
    council.vault.put_keys(keys, council.clock, "user.added")
    assert "users" in sound(council)
    root = council.vault.folder.root
    vault.close(council)
    stranger = opened_as(root, SECOND)
    assert stranger.rights.role == "viewer"
    vault.close(stranger)


@pytest.mark.parametrize("change", [{"role": "administrator"}, {"label": "Төраға"}, {"user": "00" * 16}])
def test_a_relabelled_slot_does_not_open(council: AppContext, change: dict[str, str]) -> None:
    root = council.vault.folder.root
    add(council)
    vault.close(council)
    content = json.loads((root / "keys.json").read_text())
    content["slots"][-1].update(change)
    content.pop("sum")
    from ethnomed_desktop.store.key_file import _sum

    content["sum"] = _sum(content)
    (root / "keys.json").write_text(json.dumps(content))
    with pytest.raises(VaultError) as refused:
        opened_as(root, SECOND)
    assert refused.value.code == "vault.keys_altered"


def test_users_are_no_ordinary_records(council: AppContext) -> None:
    uid = add(council)
    for attempt in (
        lambda: records.revise(council, uid, {"role": "chair"}),
        lambda: records.withdraw(council, uid, "себеп"),
        lambda: records.record(council, "user", {"name": "Б", "role": "viewer"}),
        lambda: history.undo(council, None),
    ):
        with pytest.raises(EthnomedError):
            attempt()
    assert council.vault.users.by_uid[uid].role == "mediator"
    assert KINDS["user"].name == "user"


def test_rights_changes_stand_in_the_audit_trail(council: AppContext) -> None:
    uid = add(council)
    users.change_role(council, uid, "viewer")
    users.remove_user(council, uid)
    with council.reading() as connection:
        noted = [row[0] for row in connection.exec_driver_sql("SELECT action FROM audit ORDER BY aid")]
    assert [one for one in noted if one.startswith("user.")] == ["user.added", "user.role", "user.removed"]


def test_several_users_on_a_server(tmp_path: Path, postgres_url: str) -> None:
    root = tmp_path / "vault"
    made = vault.create_council(
        root, COUNCIL, PASSPHRASE, program="command", params=CHEAP, minimum=CHEAP, database_url=postgres_url
    )
    add(made.ctx, role="secretary")
    first = records.record(made.ctx, "person", {"surname": "Әбілов"}).value
    private_notes.confide(made.ctx, {"text": "сеніп айтылған"})
    vault.close(made.ctx)
    second = opened_as(root, SECOND, "Бауыржан")
    records.revise(second, first.uid, {"given_name": "Ерлан"})
    assert [step.user for step in history.history(second, first.uid)] == [made.ctx.user, second.user]
    assert private_notes.list_notes(second) == []
    assert sound(second) == set()
    with pytest.raises(UserError) as refused:
        rekey(second.vault, second.clock)
    assert refused.value.code == "rekey.on_server"
