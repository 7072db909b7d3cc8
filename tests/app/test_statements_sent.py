"""Statements of an office go to a computer until it has said that it knows them, and again when it does not."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.app import exchange, records
from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.exchange import archive
from ethnomed_desktop.exchange.authority import Authority
from ethnomed_desktop.exchange.intake import decrypt
from ethnomed_desktop.store import exchange_state as state

from .offices import Computer, join, pass_on

WHO_SENDS = 2
"""The root and the certificate of the sender are always told: a copied disk has not heard of them."""


def said_in(file: Path, taker: Computer) -> int:
    with taker.ctx.vault.store.database.writing() as connection:
        me = identity.standing(taker.ctx, connection).me
    return sum(name.startswith("auth/") for name in archive.walk(decrypt(file.read_bytes(), me)))


def sent(giver: Computer, taker: Computer, folder: Path, again: tuple[int, ...] = ()) -> Path:
    giver.clock.advance(1000)
    (file,) = exchange.send(giver.ctx, taker.replica, folder, again=again).files
    return file


def test_what_a_computer_knows_is_not_sent_to_it(three: list[Computer], tmp_path: Path) -> None:
    hub, one, other = three
    stick = tmp_path / "stick"
    stick.mkdir()
    assert said_in(sent(hub, one, stick), one) > WHO_SENDS, "nothing was heard of it yet"
    pass_on(hub, one, stick)
    pass_on(one, hub, stick)
    records.record(hub.ctx, "person", {"surname": "Ли"})
    assert said_in(sent(hub, one, stick), one) == WHO_SENDS
    assert said_in(sent(hub, one, stick, again=(1,)), one) > WHO_SENDS, "somebody says by phone that a file is lost"
    exchange.revoke(hub.ctx, other.replica)
    file = sent(hub, one, stick)
    assert said_in(file, one) > WHO_SENDS, "there is something new to know"
    one.receive(file)
    assert {view.name: view.revoked for view in exchange.partners(one.ctx)}[exchange_name(hub, other)]


def exchange_name(hub: Computer, other: Computer) -> str:
    with hub.ctx.reading() as connection:
        return identity.known_authority(connection).name_of(other.replica)


def test_who_forgot_is_told_again(three: list[Computer], tmp_path: Path) -> None:
    """A computer that says it knows something else – an old state put back – gets everything."""
    hub, one, _other = three
    stick = tmp_path / "stick"
    pass_on(hub, one, stick)
    pass_on(one, hub, stick)
    assert said_in(sent(hub, one, stick), one) == WHO_SENDS
    with hub.ctx.vault.store.database.writing() as connection:
        known = state.known_by(connection, one.replica)
        assert len(known) == 1
        state.keep_known(connection, one.replica, dict.fromkeys(known, bytes(32)))
    assert said_in(sent(hub, one, stick), one) > WHO_SENDS


def test_a_computer_enrolled_again_gets_everything(three: list[Computer], tmp_path: Path) -> None:
    hub, one, _other = three
    stick = tmp_path / "stick"
    pass_on(hub, one, stick)
    pass_on(one, hub, stick)
    one.back_up(tmp_path / "backup.emb")
    one.restore(tmp_path / "backup.emb")
    join(hub.ctx, one.ctx, stick)
    pass_on(one, hub, stick)
    assert exchange.send(hub.ctx, one.replica, stick).lines >= 0


def test_a_copied_disk_that_asks_again_gets_everything(three: list[Computer], tmp_path: Path) -> None:
    """It asks under an id that was heard of: what the other copy knew, this one may not."""
    hub, one, _other = three
    stick = tmp_path / "stick"
    pass_on(hub, one, stick)
    pass_on(one, hub, stick)
    exchange.write_request(one.ctx, stick / "request")
    (file,) = exchange.enrol(hub.ctx, stick / "request", stick).files
    assert said_in(file, one) > WHO_SENDS


def test_two_states_of_an_office_are_judged_apart_and_once(three: list[Computer], tmp_path: Path) -> None:
    hub, one, _other = three
    older = hub.copy(tmp_path / "older", hub.machine)
    exchange.revoke(hub.ctx, one.replica)

    def judged(computer: Computer) -> Authority:
        with computer.ctx.reading() as connection:
            return identity.known_authority(connection)

    now, before = judged(hub), judged(older)
    assert [one.replica in known.revoked_by(known.pins[0]) for known in (now, before)] == [True, False]
    assert judged(hub) is now, "the other state has the same root and must not take its place"
    assert judged(older) is before
    older.close()
