"""A hub and its laptops, on real stores, meeting only by files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from ethnomed_desktop.app import exchange, lists, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import Report, may_undo, preview, receive, undo_receive
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed
from ethnomed_desktop.store.tables import digest

from .conftest import CHEAP, COUNCIL, PASSPHRASE

Make = Callable[[str], AppContext]


@pytest.fixture
def make(tmp_path: Path, clock: FixedClock) -> Iterator[Make]:
    """Makes councils that are closed at the end."""
    made: list[AppContext] = []

    def make_one(name: str) -> AppContext:
        body = {**COUNCIL["bodies"][0], "name_kk": name}
        one = vault.create_council(
            tmp_path / name,
            {**COUNCIL, "bodies": [body]},
            PASSPHRASE,
            program="command",
            clock=clock,
            params=CHEAP,
            minimum=CHEAP,
        )
        made.append(one.ctx)
        return one.ctx

    yield make_one
    for one in made:
        vault.close(one)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def join(hub: AppContext, laptop: AppContext, stick: Path) -> None:
    request = stick / "request.json"
    exchange.write_request(laptop, request)
    assert exchange.words_of_request(request, "kk")[1] == exchange.who_am_i(laptop, "kk").words
    for file in exchange.enrol(hub, request, stick).files:
        receive(laptop, file, "kk", root_confirmed=True)


def hand_over(giver: AppContext, taker: AppContext, stick: Path) -> list[Report]:
    sent = exchange.send(giver, taker.vault.store.office.replica, stick)
    return [receive(taker, file, "kk") for file in sent.files]


def total(ctx: AppContext) -> bytes:
    with ctx.reading() as connection:
        return bytes(connection.execute(select(digest.c.total)).scalar_one())


@pytest.fixture
def office(make: Make, stick: Path) -> tuple[AppContext, AppContext, AppContext]:
    hub, first, second = make("Орталық"), make("Бірінші"), make("Екінші")
    join(hub, first, stick)
    join(hub, second, stick)
    return hub, first, second


def test_what_one_laptop_writes_reaches_the_other(office: tuple[AppContext, ...], stick: Path) -> None:
    hub, first, second = office
    made = records.record(first, "incident", {"settlement": "Масанчи", "what_happened": "Су дауы"}).value
    report = hand_over(first, hub, stick)[0]
    assert report.new >= 1
    assert report.sender == "Бірінші"
    hand_over(hub, second, stick)
    stored = records.show(second, made.uid)
    assert stored.values["what_happened"] == "Су дауы"
    assert stored.values["number"] == made.number
    for one in office:
        assert all(finding.sound for finding in vault.check(one))
        assert one.vault.store.rebuild() == {}


def test_what_was_written_before_joining_comes_along(make: Make, stick: Path) -> None:
    hub, laptop = make("Орталық"), make("Дала")
    made = records.record(laptop, "person", {"surname": "Әбілов", "tags": ["а", "б"]}).value
    join(hub, laptop, stick)
    hand_over(laptop, hub, stick)
    stored = records.show(hub, made.uid)
    assert (stored.values["surname"], stored.values["tags"]) == ("Әбілов", ["а", "б"])
    assert not stored.conflicts


def test_both_edits_of_one_field_are_kept_and_resolved(office: tuple[AppContext, ...], stick: Path) -> None:
    hub, first, second = office
    made = records.record(first, "incident", {"settlement": "А", "what_happened": "х", "severity": "1"}).value
    hand_over(first, hub, stick)
    hand_over(hub, second, stick)
    records.revise(first, made.uid, {"severity": "2", "settlement": "Масанчи"})
    records.revise(second, made.uid, {"severity": "3", "trend": "rising"})
    hand_over(first, hub, stick)
    report = hand_over(second, hub, stick)[0]
    assert report.conflicts == 1
    stored = records.show(hub, made.uid)
    assert stored.values["settlement"] == "Масанчи"
    assert stored.values["trend"] == "rising"
    assert len(stored.conflicts) == 1
    records.revise(hub, made.uid, {"severity": "3"})
    assert not records.show(hub, made.uid).conflicts
    for laptop in (first, second):
        hand_over(hub, laptop, stick)
        assert records.show(laptop, made.uid).values["severity"] == "3"
        assert not records.show(laptop, made.uid).conflicts


def test_a_preview_writes_nothing_and_taking_in_twice_neither(office: tuple[AppContext, ...], stick: Path) -> None:
    hub, first, _ = office
    records.record(first, "person", {"surname": "Әбілов"})
    sent = exchange.send(first, hub.vault.store.office.replica, stick)
    before = total(hub)
    seen = preview(hub, sent.files[0], "kk")
    assert total(hub) == before
    assert lists.count(hub, lists.ListQuestion("person")) == 0
    done = receive(hub, sent.files[0], "kk")
    assert (seen.new, seen.changed) == (done.new, done.changed)
    after = total(hub)
    again = receive(hub, sent.files[0], "kk")
    assert again.already_known
    assert total(hub) == after


def test_files_may_come_in_any_order(office: tuple[AppContext, ...], stick: Path) -> None:
    hub, first, second = office
    to = hub.vault.store.office.replica
    files = []
    for surname in ("Бір", "Екі", "Үш"):
        records.record(first, "person", {"surname": surname})
        folder = stick / surname
        folder.mkdir()
        files += exchange.send(first, to, folder).files
    late = make_only_new(first, hub, stick)
    assert late.waiting == ()
    for file in reversed(files):
        receive(hub, file, "kk")
    assert lists.count(hub, lists.ListQuestion("person")) == 3
    assert second is not first


def make_only_new(giver: AppContext, taker: AppContext, stick: Path) -> Report:
    folder = stick / "again"
    folder.mkdir()
    sent = exchange.send(giver, taker.vault.store.office.replica, folder)
    return preview(taker, sent.files[0], "kk")


def test_only_what_was_not_confirmed_is_sent(office: tuple[AppContext, ...], stick: Path) -> None:
    hub, first, _ = office
    records.record(first, "person", {"surname": "Әбілов"})
    hand_over(first, hub, stick)
    hand_over(hub, first, stick)
    assert exchange.send(first, hub.vault.store.office.replica, stick).lines == 0
    records.record(first, "person", {"surname": "Бөленов"})
    assert exchange.send(first, hub.vault.store.office.replica, stick).lines == 1


def test_a_file_is_useless_to_others(office: tuple[AppContext, ...], make: Make, stick: Path) -> None:
    hub, first, second = office
    records.record(first, "person", {"surname": "Құпияұлы"})
    file = exchange.send(first, hub.vault.store.office.replica, stick).files[0]
    assert "Құпияұлы".encode() not in file.read_bytes()
    for other in (second, make("Бөтен")):
        before = total(other)
        with pytest.raises(EthnomedError) as refused:
            receive(other, file, "kk")
        assert refused.value.code in {"exchange.not_for_us", "exchange.unknown_sender", "exchange.unreadable"}
        assert total(other) == before


def test_a_lost_laptop_is_shut_out(office: tuple[AppContext, ...], stick: Path) -> None:
    hub, first, second = office
    known = records.record(first, "person", {"surname": "Бұрынғы"}).value
    hand_over(first, hub, stick)
    exchange.revoke(hub, first.vault.store.office.replica)
    records.record(first, "person", {"surname": "Ұрлықшы"})
    file = exchange.send(first, hub.vault.store.office.replica, stick).files[0]
    before = total(hub)
    with pytest.raises(EthnomedError) as refused:
        receive(hub, file, "kk")
    assert refused.value.code == "exchange.revoked_sender"
    assert total(hub) == before
    with pytest.raises(NotAllowed) as not_sent:
        exchange.send(hub, first.vault.store.office.replica, stick)
    assert not_sent.value.code == "exchange.recipient_revoked"
    hand_over(hub, second, stick)
    assert records.show(second, known.uid).values["surname"] == "Бұрынғы"


def test_an_unconfirmed_hub_is_not_joined(make: Make, stick: Path) -> None:
    hub, laptop = make("Орталық"), make("Дала")
    exchange.write_request(laptop, stick / "r.json")
    file = exchange.enrol(hub, stick / "r.json", stick).files[0]
    assert preview(laptop, file, "kk").root_words
    before = total(laptop)
    with pytest.raises(EthnomedError) as refused:
        receive(laptop, file, "kk")
    assert refused.value.code == "exchange.root_not_confirmed"
    assert total(laptop) == before
    assert not exchange.who_am_i(laptop, "kk").joined


@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04zip", b"\x00" * 500])
def test_other_files_change_nothing(make: Make, stick: Path, content: bytes) -> None:
    hub = make("Орталық")
    file = stick / "x.emx"
    file.write_bytes(content)
    before = total(hub)
    with pytest.raises(EthnomedError):
        receive(hub, file, "kk")
    with pytest.raises(EthnomedError) as refused:
        exchange.enrol(hub, file, stick)
    assert refused.value.code == "exchange.not_a_request"
    assert total(hub) == before


def test_partners_show_what_is_owed(office: tuple[AppContext, ...], stick: Path) -> None:
    hub, first, _ = office
    records.record(hub, "person", {"surname": "Әбілов"})
    views = {one.name: one for one in exchange.partners(hub)}
    assert set(views) == {"Бірінші", "Екінші"}
    assert views["Бірінші"].owed_lines >= 1
    assert views["Бірінші"].sent == 1
    assert exchange.partners(first)[0].name == "Орталық"


def test_the_last_file_is_given_back_until_something_is_written(
    office: tuple[AppContext, ...], stick: Path
) -> None:
    hub, first, _ = office
    known = records.record(hub, "person", {"surname": "Бұрынғы"}).value
    hand_over(hub, first, stick)
    records.revise(first, known.uid, {"surname": "Өзгерген"})
    made = records.record(first, "person", {"surname": "Жаңа"}).value
    before = total(hub)
    file = exchange.send(first, hub.vault.store.office.replica, stick).files[0]
    receive(hub, file, "kk")
    after = total(hub)
    assert may_undo(hub)
    assert undo_receive(hub).touches_record(made.uid)
    assert total(hub) == before
    assert records.show(hub, known.uid).values["surname"] == "Бұрынғы"
    assert lists.count(hub, lists.ListQuestion("person")) == 1
    assert all(finding.sound for finding in vault.check(hub))
    assert hub.vault.store.rebuild() == {}
    with pytest.raises(NotAllowed) as nothing:
        undo_receive(hub)
    assert nothing.value.code == "exchange.nothing_to_undo"
    receive(hub, file, "kk")
    assert total(hub) == after
    records.record(hub, "person", {"surname": "Кейінгі"})
    assert not may_undo(hub)
    with pytest.raises(NotAllowed) as late:
        undo_receive(hub)
    assert late.value.code == "exchange.undo_too_late"


def test_after_sending_nothing_is_given_back(office: tuple[AppContext, ...], stick: Path) -> None:
    hub, first, _ = office
    records.record(first, "person", {"surname": "Жаңа"})
    hand_over(first, hub, stick)
    hand_over(hub, first, stick)
    with pytest.raises(NotAllowed) as late:
        undo_receive(hub)
    assert late.value.code == "exchange.undo_too_late"
