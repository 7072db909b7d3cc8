"""Attached files travel with the records that attach them; nothing is lost by lost, repeated or cut files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.app import attachments, exchange, records
from ethnomed_desktop.app.attachment_check import check_contents, let_go
from ethnomed_desktop.app.exchange_receiving import preview, receive, undo_receive
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.store.blobs import piece
from ethnomed_desktop.store.tables import waiting
from tests.app.files import DAY_MS
from tests.app.offices import Computer, meet, offices

SMALL = 1 << 20


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Computer, Computer, Path]]:
    """A hub, a laptop of its office, and the stick between them."""
    stick = tmp_path / "stick"
    stick.mkdir(exist_ok=True)
    hub, laptop = offices(tmp_path, 2)
    meet(hub, [laptop], stick)
    yield hub, laptop, stick
    hub.close()
    laptop.close()


def attached(computer: Computer, data: bytes, name: str = "a.bin") -> tuple[bytes, bytes]:
    """Record an incident and attach bytes to it; returns both uids."""
    uid = records.record(computer.ctx, "incident", {"settlement": "Масанчи", "what_happened": "дау"}).value.uid
    made = attachments.attach_bytes(computer.ctx, uid, data, attachments.Wish(name=name)).value
    return uid, made.uid


def whole(computer: Computer, uid: bytes) -> bytes:
    return b"".join(attachments.content(computer.ctx, uid))


def state(computer: Computer, uid: bytes) -> str:
    return attachments.held(computer.ctx, uid).state


def test_a_file_comes_with_its_record_in_one_file(pair: tuple[Computer, Computer, Path]) -> None:
    hub, laptop, stick = pair
    data = os.urandom(2_500_000)
    incident, made = attached(laptop, data)
    sent = exchange.send(laptop.ctx, hub.replica, stick)
    assert len(sent.files) == 1
    assert preview(hub.ctx, sent.files[0], "ru").new == 3, "the incident, its series of numbers, the file"
    with pytest.raises(UserError):
        attachments.held(hub.ctx, made)
    hub.receive(sent.files[0])
    assert whole(hub, made) == data
    assert [one.name for one in attachments.attached_to(hub.ctx, incident)] == ["a.bin"]
    assert [one.sound for one in check_contents(hub.ctx)] == [True]


def test_a_large_file_comes_in_parts_in_any_order(pair: tuple[Computer, Computer, Path]) -> None:
    hub, laptop, stick = pair
    data = os.urandom(5 * SMALL + 77)
    _, made = attached(laptop, data)
    sent = exchange.send(laptop.ctx, hub.replica, stick, most_bytes=2_400_000)
    assert len(sent.files) >= 3
    assert len(sent.numbers) == len(sent.files)
    for file in reversed(sent.files):
        hub.receive(file)
        hub.receive(file)
    assert whole(hub, made) == data


def test_a_lost_part_is_waited_for_and_sent_again(pair: tuple[Computer, Computer, Path]) -> None:
    hub, laptop, stick = pair
    data = os.urandom(4 * SMALL)
    _, made = attached(laptop, data)
    first, *rest = exchange.send(laptop.ctx, hub.replica, stick, most_bytes=2_400_000).files
    hub.receive(first)
    assert state(hub, made) == "not_come"
    with pytest.raises(UserError, match=r"attachment\.not_come"):
        whole(hub, made)
    (finding,) = check_contents(hub.ctx)
    assert (finding.sound, finding.facts["waiting"]) == (True, 1)
    assert rest
    for file in exchange.send(laptop.ctx, hub.replica, stick).files:
        hub.receive(file)
    assert whole(hub, made) == data, "what was not confirmed is sent again, its files too"


def test_a_content_that_came_before_its_record_waits_for_it(pair: tuple[Computer, Computer, Path]) -> None:
    hub, laptop, stick = pair
    data = os.urandom(3 * SMALL)
    _, made = attached(laptop, data)
    first, *rest = exchange.send(laptop.ctx, hub.replica, stick, most_bytes=4_000_000).files
    for file in rest:
        hub.receive(file)
    hub.receive(first)
    assert whole(hub, made) == data


def test_what_is_damaged_here_does_not_keep_the_records_from_going(pair: tuple[Computer, Computer, Path]) -> None:
    hub, laptop, stick = pair
    _, made = attached(laptop, b"damaged " * 100)
    with laptop.ctx.blobs._writing() as connection:
        connection.execute(piece.update().values(data=b"other"))
    hub.receive(exchange.send(laptop.ctx, hub.replica, stick).files[0])
    assert state(hub, made) == "not_come"


def test_taking_back_a_file_keeps_the_content_until_it_comes_again(pair: tuple[Computer, Computer, Path]) -> None:
    hub, laptop, stick = pair
    _, made = attached(laptop, b"once " * 100)
    (file,) = exchange.send(laptop.ctx, hub.replica, stick).files
    hub.receive(file)
    undo_receive(hub.ctx)
    hub.receive(file)
    assert whole(hub, made) == b"once " * 100


@pytest.mark.parametrize("expecting", [True, False])
def test_a_content_waits_for_its_record_as_long_as_lines_wait(
    pair: tuple[Computer, Computer, Path], expecting: bool
) -> None:
    hub, _, _ = pair
    hub.ctx.blobs.put(lambda: iter((b"nobody names it yet",)), hub.ctx.clock.now_ms())
    if expecting:
        names = ("place", "stream", "replica", "header", "signature", "body")
        row = {**dict.fromkeys(names, b"x"), "first": 5, "last": 6, "received_ms": 1}
        with hub.ctx.vault.store.database.writing() as connection:
            connection.execute(waiting.insert().values(**row))
    hub.clock.advance(8 * DAY_MS)
    assert let_go(hub.ctx) == (0 if expecting else 1)


def test_nothing_is_kept_of_a_file_that_is_refused(pair: tuple[Computer, Computer, Path]) -> None:
    hub, laptop, stick = pair
    attached(laptop, os.urandom(100_000))
    (file,) = exchange.send(laptop.ctx, hub.replica, stick).files
    altered = bytearray(file.read_bytes())
    altered[len(altered) // 2] ^= 1
    (stick / "altered.emx").write_bytes(altered)
    with pytest.raises(UserError):
        receive(hub.ctx, stick / "altered.emx", "ru")
    assert hub.ctx.blobs.kept() == {}


def test_a_content_that_was_lost_is_asked_for_and_sent_again(pair: tuple[Computer, Computer, Path]) -> None:
    hub, laptop, stick = pair
    data = os.urandom(4 * SMALL)
    _, made = attached(laptop, data)
    first, *rest = exchange.send(laptop.ctx, hub.replica, stick, most_bytes=2_400_000).files
    hub.receive(first)
    (asking,) = exchange.send(hub.ctx, laptop.replica, stick).files
    laptop.receive(asking)
    (view,) = [one for one in exchange.partners(laptop.ctx) if one.replica == hub.replica]
    assert (view.owed_lines, view.wanted) == (0, 1), "the records are confirmed, the content is asked for"
    again = exchange.send(laptop.ctx, hub.replica, stick, most_bytes=2_400_000)
    assert len(again.files) >= 2, "in parts of the size that was chosen"
    for file in reversed(again.files):
        hub.receive(file)
    assert whole(hub, made) == data
    laptop.receive(exchange.send(hub.ctx, laptop.replica, stick).files[0])
    (view,) = [one for one in exchange.partners(laptop.ctx) if one.replica == hub.replica]
    assert view.wanted == 0
    (small,) = exchange.send(laptop.ctx, hub.replica, stick).files
    assert small.stat().st_size < 20_000, "nothing is sent for ever"
    assert rest


def test_a_lost_file_is_asked_for_by_number_and_another_takes_its_place(
    pair: tuple[Computer, Computer, Path],
) -> None:
    hub, laptop, stick = pair
    meet(hub, [laptop], stick)

    def gap() -> tuple[tuple[int, int], ...]:
        return next(one.missing for one in exchange.partners(hub.ctx) if one.replica == laptop.replica)

    def asked() -> tuple[tuple[int, int], ...]:
        return next(one.asked for one in exchange.partners(laptop.ctx) if one.replica == hub.replica)

    lost = exchange.send(laptop.ctx, hub.replica, stick)
    attached(laptop, b"after " * 100)
    later = exchange.send(laptop.ctx, hub.replica, stick)
    hub.receive(later.files[0])
    assert gap() == ((lost.numbers[0], lost.numbers[0]),)
    laptop.receive(exchange.send(hub.ctx, laptop.replica, stick).files[0])
    assert asked() == gap()
    hub.receive(exchange.send(laptop.ctx, hub.replica, stick).files[0])
    assert gap() == ()
    laptop.receive(exchange.send(hub.ctx, laptop.replica, stick).files[0])
    assert asked() == ()
    hub.receive(lost.files[0])
    assert gap() == ()


def test_a_file_named_by_phone_is_sent_again(pair: tuple[Computer, Computer, Path]) -> None:
    hub, laptop, stick = pair
    uid, _ = attached(laptop, b"lost " * 100)
    lost = exchange.send(laptop.ctx, hub.replica, stick)
    with pytest.raises(UserError, match=r"exchange\.never_sent"):
        exchange.send(laptop.ctx, hub.replica, stick, again=[lost.numbers[0] + 1])
    hub.receive(exchange.send(laptop.ctx, hub.replica, stick, again=lost.numbers).files[0])
    view = next(one for one in exchange.partners(hub.ctx) if one.replica == laptop.replica)
    assert view.missing == ()
    assert records.show(hub.ctx, uid).uid == uid
