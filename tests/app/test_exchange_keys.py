"""Replacing the key of an office, on real stores: by two people, while files go to and fro."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.app import backups, exchange, exchange_keys, exchange_status, records, vault
from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app import exchange_key_files as key_files
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import preview, receive
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed, UserError
from ethnomed_desktop.exchange.certificates import Certificate
from ethnomed_desktop.exchange.identity import Identity, Signer
from ethnomed_desktop.exchange.statements import make_statement
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store.audit import details_of

from .conftest import CHEAP, PASSPHRASE
from .keys import SECOND, Office, office_of_two
from .test_exchange_tiers import INCIDENT
from .tiers import council, join


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    with office_of_two(tmp_path, clock) as made:
        yield made


def refused(job: object) -> str:
    try:
        job()  # type: ignore[operator]
    except EthnomedError as error:
        return error.code
    return ""


def root_key(ctx: AppContext, pin: bytes) -> bytes | None:
    with ctx.writing(None) as connection:
        return identity.standing(ctx, connection).authority.root_key(pin)


def pin_of(ctx: AppContext) -> bytes:
    with ctx.writing(None) as connection:
        return identity.standing(ctx, connection).root


def audited(ctx: AppContext, action: str) -> list[dict[str, object]]:
    with ctx.reading() as connection:
        return details_of(connection, [action])


def test_two_people_are_named_and_nobody_alone(office: Office) -> None:
    me = office.person()
    assert refused(lambda: exchange_keys.name_persons(office.hub, [me])) == "exchange.key_two_persons"
    assert refused(lambda: exchange_keys.name_persons(office.hub, [me, me])) == "exchange.key_two_persons"
    assert refused(lambda: exchange_keys.change_key(office.hub)) == "exchange.key_no_persons"
    exchange_keys.name_persons(office.hub, office.key().candidates)
    assert refused(lambda: exchange_keys.confirm_change(office.hub)) == "exchange.key_signed_already"
    waiting = office.key().pending
    assert waiting is not None
    assert (waiting.signed, waiting.awaited, waiting.may_confirm) == (
        ("Сейітова Раушан",),
        ("Асқаров Бауыржан",),
        False,
    )
    assert office.key().persons == ()
    office.open_as(SECOND)
    now = office.key().pending
    assert now is not None
    assert (now.words, now.may_confirm) == (waiting.words, True)
    assert exchange_keys.confirm_change(office.hub).done
    assert {one.name for one in office.key().persons} == {"Сейітова Раушан", "Асқаров Бауыржан"}
    assert office.key().words == waiting.words
    assert refused(lambda: exchange_keys.confirm_change(office.hub)) == "exchange.key_nothing_waits"


def test_a_change_reaches_the_laptop_and_work_goes_on(office: Office) -> None:
    office.name_both()
    pin = pin_of(office.hub)
    before = root_key(office.hub, pin)
    written = records.record(office.laptop, "incident", INCIDENT).value
    old_file = office.sent(office.laptop, office.hub)
    assert office.change().done
    after = root_key(office.hub, pin)
    assert after not in {None, before}
    assert root_key(office.laptop, pin) == before
    for file in old_file:
        receive(office.hub, file, "kk")
    assert records.show(office.hub, written.uid).uid == written.uid, "made under the old key and taken in"
    unaware = exchange_status.unaware(office.hub)
    assert [(one.lost, one.computers) for one in unaware] == [("", ("Дала",))]
    report = office.pass_on(office.hub, office.laptop)
    assert report.root_words == ()
    assert root_key(office.laptop, pin) == after
    office.pass_on(office.laptop, office.hub)
    assert exchange_status.unaware(office.hub) == []
    assert exchange.state_digest(office.hub) == exchange.state_digest(office.laptop)
    join_third(office)
    changed = audited(office.hub, "exchange.key_changed")
    assert [one["how"] for one in changed] == ["naming", "planned"]


def join_third(office: Office) -> None:
    third = council(office.stick / "third", "Үшінші", office.clock)
    try:
        join(office.hub, third, office.stick / "join", "laptop")
        assert office.pass_on(third, office.hub)
    finally:
        vault.close(third)


def test_the_words_of_the_office_are_those_that_were_compared(office: Office) -> None:
    office.name_both()
    exchange_keys.change_key(office.hub)
    waiting = office.key().pending
    assert waiting is not None
    assert waiting.words != office.key().words
    office.open_as(PASSPHRASE)
    exchange_keys.confirm_change(office.hub)
    assert office.key().words == waiting.words
    assert exchange.who_am_i(office.hub, "kk").office_words == waiting.words


def test_a_change_can_be_given_up(office: Office) -> None:
    office.name_both()
    exchange_keys.change_key(office.hub)
    exchange_keys.drop_change(office.hub)
    assert office.key().pending is None
    office.open_as(PASSPHRASE)
    assert refused(lambda: exchange_keys.confirm_change(office.hub)) == "exchange.key_nothing_waits"
    assert refused(lambda: exchange_keys.drop_change(office.hub)) == "exchange.key_nothing_waits"


def stolen_from(office: Office) -> Identity:
    """Return keys of a thief who lets himself in with the root's key; the hub does not know."""
    thief = Identity.generate(b"\x66" * 16)
    with office.hub.writing(None) as connection:
        own = identity.standing(office.hub, connection)
        access = {own.streams[identity.StreamClass.DISTRICT]: "rw"}
        said = Certificate(own.root, thief.public, "Thief", "office", bytes(16), access, office.clock.now_ms())
        identity.say(connection, [make_statement(said.body(), [own.root_signer])], office.clock)
    return thief


def test_after_a_theft_words_are_compared_and_the_thief_is_out(office: Office) -> None:
    office.name_both()
    pin, old = pin_of(office.hub), office.hub.vault.store.office.replica
    old_key = root_key(office.hub, pin)
    office.pass_on(office.hub, office.laptop)
    records.record(office.hub, "incident", INCIDENT)
    thief = stolen_from(office)
    done = office.change(stolen=True)
    assert (done.done, done.stolen, done.left_out) == (True, True, ("Thief",))
    assert office.hub.vault.store.office.replica != old
    (file,) = office.sent(office.hub, office.laptop)
    assert preview(office.laptop, file, "kk").key_of == "Орталық"
    assert preview(office.laptop, file, "kk").root_words == office.key().words
    with pytest.raises(UserError) as first:
        receive(office.laptop, file, "kk")
    assert first.value.code == "exchange.root_not_confirmed"
    assert root_key(office.laptop, pin) == old_key
    report = receive(office.laptop, file, "kk", root_confirmed=True)
    assert report.new >= 1
    assert root_key(office.laptop, pin) == root_key(office.hub, pin) != old_key
    assert refused(lambda: exchange.send(office.laptop, old, office.stick)) == "exchange.recipient_revoked"
    with office.laptop.writing(None) as connection:
        assert identity.standing(office.laptop, connection).authority.holder(thief.replica) is None
    office.pass_on(office.laptop, office.hub)
    assert exchange.state_digest(office.hub) == exchange.state_digest(office.laptop)
    assert all(one.sound for one in vault.check(office.hub))


def test_only_a_person_begins_to_replace_a_stolen_key(office: Office) -> None:
    office.name_both()
    third = "үшінші адамның құпиясөзі"
    from ethnomed_desktop.app import users

    users.add_user(office.hub, "Үшінші", "chair", third, label="Үшінші", params=CHEAP, minimum=CHEAP)
    office.open_as(third)
    with pytest.raises(NotAllowed) as said:
        exchange_keys.change_key(office.hub, stolen=True)
    assert said.value.code == "exchange.key_not_person"
    exchange_keys.change_key(office.hub)
    with pytest.raises(NotAllowed):
        exchange_keys.confirm_change(office.hub)
    assert not office.key().pending.may_confirm  # type: ignore[union-attr]


def test_a_forged_change_of_the_thief_moves_nobody(office: Office) -> None:
    """He has the root's key and one person's; the file is signed by a computer that the laptop trusts."""
    from ethnomed_desktop.exchange.bundles import Sending, compose
    from ethnomed_desktop.exchange.roots import Person, Rotation

    office.name_both()
    office.pass_on(office.hub, office.laptop)
    mine = Signer.generate()
    with office.hub.writing(None) as connection:
        own = identity.standing(office.hub, connection)
        said = []
        for number, key in ((1, own.root_signer.public), (2, mine.public), (2, own.root_signer.public)):
            persons = (Person("A", mine.public), Person("B", Signer.generate().public))
            step = Rotation(own.root, number, key, persons, office.clock.now_ms())
            seed = office.hub.vault.unlocked.signing_seed
            said.append(make_statement(step.body(), [own.root_signer, Signer(seed), mine]))
        sending = Sending(
            own.me,
            own.authority,
            {office.laptop.vault.store.office.replica: 99},
            office.clock.now_ms(),
            practice=False,
        )
        data = compose(sending, [], [*own.authority.statements.values(), *said]).data
    forged = office.stick / "forged"
    forged.write_bytes(data)
    pin, before = pin_of(office.hub), root_key(office.laptop, pin_of(office.hub))
    digest = exchange.state_digest(office.laptop)
    assert receive(office.laptop, forged, "kk").root_words == ()
    assert root_key(office.laptop, pin) == before
    with office.laptop.writing(None) as connection:
        chain = identity.standing(office.laptop, connection).authority.chain(pin)
    assert chain is not None
    assert len(chain.steps) == 1
    assert {one.name for one in chain.persons} == {"Сейітова Раушан", "Асқаров Бауыржан"}
    assert exchange.state_digest(office.laptop) == digest


def test_an_older_backup_of_the_hub_is_told_that_its_key_was_replaced(office: Office, tmp_path: Path) -> None:
    office.name_both()
    file = tmp_path / "before.emb"
    backups.back_up(office.hub, file)
    office.change()
    office.pass_on(office.hub, office.laptop)
    root = office.hub.vault.folder.root
    vault.close(office.hub)
    backups.restore(file, root, PASSPHRASE, program="command", clock=office.clock, minimum=CHEAP)
    office.hub = vault.open_council(root, PASSPHRASE, program="command", clock=office.clock, minimum=CHEAP)
    (file_of_old,) = office.sent(office.hub, office.laptop)
    before = exchange.state_digest(office.laptop)
    assert refused(lambda: receive(office.laptop, file_of_old, "kk")) == "exchange.old_key"
    assert exchange.state_digest(office.laptop) == before


def test_what_waits_is_kept_over_a_restart_and_holds_no_secret_in_clear(office: Office) -> None:
    office.name_both()
    exchange_keys.change_key(office.hub)
    with office.hub.reading() as connection:
        kept = json.loads(state.secret(connection, "rotation") or "{}")
    seed = bytes.fromhex(kept["seed"])
    office.open_as(PASSPHRASE)
    assert office.key().pending is not None
    for path in office.hub.vault.folder.root.rglob("*"):
        if path.is_file():
            assert seed not in path.read_bytes()
            assert kept["seed"].encode() not in path.read_bytes()


def test_a_person_of_another_office_confirms_by_file(office: Office, tmp_path: Path) -> None:
    card, change, back = (tmp_path / name for name in ("card.json", "change.json", "back.json"))
    neighbour = council(tmp_path / "neighbour", "Көрші", office.clock)
    try:
        words = key_files.write_card(neighbour, card, "kk")
        assert key_files.is_key_file(card)
        shown = key_files.read_key_file(card, "kk")
        assert shown.words == words
        assert shown.person is not None
        assert shown.person.name.endswith("Көрші")
        exchange_keys.name_persons(office.hub, [office.person(), shown.person])
        key_files.write_change(office.hub, change)
        waiting = office.key().pending
        assert waiting is not None
        seen = key_files.read_key_file(change, "kk")
        assert (seen.words, seen.number, seen.person) == (waiting.words, 1, None)
        key_files.confirm_elsewhere(neighbour, change, back)
        assert refused(lambda: key_files.confirm_elsewhere(neighbour, back, back)) == "exchange.key_signed_already"
        assert refused(lambda: key_files.take_confirmation(office.hub, change)) == "exchange.key_other_file"
        assert key_files.take_confirmation(office.hub, back).done
        assert refused(lambda: key_files.take_confirmation(office.hub, back)) == "exchange.key_nothing_waits"
        exchange_keys.change_key(office.hub)
        assert refused(lambda: key_files.take_confirmation(office.hub, back)) == "exchange.key_other_file", (
            "replayed"
        )
        key_files.write_change(office.hub, change)
        key_files.confirm_elsewhere(neighbour, change, back)
        assert key_files.take_confirmation(office.hub, back).done
        assert [len(audited(neighbour, name)) for name in ("exchange.key_card", "exchange.key_signed")] == [1, 2]
    finally:
        vault.close(neighbour)
    assert office.pass_on(office.hub, office.laptop).root_words == ()
    assert root_key(office.laptop, pin_of(office.hub)) == root_key(office.hub, pin_of(office.hub))


def test_files_about_keys_that_are_none(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "file"
    key_files.write_card(office.hub, file, "ru")
    good = file.read_bytes()
    for spoiled in (good[:-9], good.replace("Орталық".encode(), "Басқа".encode()), b"{}", b"\xff", b"[]"):
        file.write_bytes(spoiled)
        code = refused(lambda: key_files.read_key_file(file, "ru"))
        assert code == "exchange.not_a_key_file", spoiled[:40]
    exchange.write_request(office.laptop, file)
    assert not key_files.is_key_file(file)
    assert refused(lambda: key_files.read_key_file(file, "ru")) == "exchange.not_a_key_file"
