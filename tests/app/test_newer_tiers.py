"""What a newer program writes into the streams between tiers comes through older ones: kept, passed on, told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.app import exchange, records, vault
from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import preview
from ethnomed_desktop.domain.changes import Action, Change, Dot, Op
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.merging import LiveWrite, RecordState
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.exchange.roots import StreamClass
from ethnomed_desktop.store import projector
from ethnomed_desktop.store.outgoing import outgoing_streams, writer_of
from ethnomed_desktop.store.rows import row_of
from ethnomed_desktop.store.store import Written

from .newer_program import STRANGE_FIELD, STRANGE_KIND
from .offices import lines_of
from .test_exchange_tiers import INCIDENT, incidents, require_sound
from .tiers import Tiers, council, join, tiers

DOT = (b"s" * 16, b"r" * 16)


@pytest.fixture
def offices(tmp_path: Path, clock: FixedClock) -> Iterator[Tiers]:
    with tiers(tmp_path, clock) as made:
        yield made


def write_newer(ctx: AppContext, stream: bytes, letter: str, uid: bytes | None = None) -> bytes:
    """Write into a stream, as a newer program there would: a record of its own kind, or a field of a record."""
    made = uid or bytes(new_uid(ctx.clock.now_ms()))
    with ctx.unit_of_work(Action.SEND_UP, Written()) as work:
        work.write_into(writer_of(work.connection, stream, letter))
        if uid is None:
            work._queue(Change(made, STRANGE_KIND, Op.CREATE, {"1": "Өтініш"}))
        else:
            work.write_keys(work.state(uid), {STRANGE_FIELD: "Құрдас"})
    return made


def upward(ctx: AppContext) -> bytes:
    with ctx.reading() as connection:
        return outgoing_streams(connection)[-1]


def test_a_region_takes_in_and_passes_on_what_a_newer_district_sends_up(
    offices: Tiers, clock: FixedClock, tmp_path: Path
) -> None:
    desk = council(tmp_path / "desk", "Облыс, екінші үстел", clock)
    try:
        join(offices.region, desk, tmp_path / "stick" / "desk", "laptop")
        records.record(offices.district, "incident", INCIDENT)
        offices.pass_on(offices.district, offices.region)
        (copy,) = incidents(offices.region)
        stream = upward(offices.district)
        letter = write_newer(offices.district, stream, "R")
        write_newer(offices.district, stream, "R", copy.uid)
        (file,) = offices.sent(offices.district, offices.region)
        before = exchange.state_digest(offices.region)
        assert preview(offices.region, file, "kk").newer == 2, "a record and a field"
        assert exchange.state_digest(offices.region) == before
        offices.pass_on(offices.district, offices.region)
        assert dict(records.show(offices.region, copy.uid).unknown) == {STRANGE_FIELD: "Құрдас"}
        offices.pass_on(offices.region, desk)
        up = lines_of(offices.district, stream)
        assert up == lines_of(offices.region, stream) == lines_of(desk, stream), "byte for byte"
        assert any(letter.hex().encode() in raw for _one, _who, raw in up)
        offices.pass_on(desk, offices.region)
        assert exchange.state_digest(desk) == exchange.state_digest(offices.region)
        offices.pass_on(offices.region, offices.republic)
        assert not any(b"9077" in raw for _one, _who, raw in lines_of(offices.republic, upward(offices.region)))
        require_sound(offices.region, offices.republic, desk)
    finally:
        vault.close(desk)


def test_what_a_newer_region_says_to_all_below_reaches_the_laptops(offices: Tiers) -> None:
    with offices.region.writing(None) as connection:
        stream = identity.standing(offices.region, connection).streams[StreamClass.AUTHORITY]
    letter = write_newer(offices.region, stream, "A")
    assert offices.pass_on(offices.region, offices.district).newer == 1
    assert offices.pass_on(offices.district, offices.laptop).newer == 1
    (line,) = lines_of(offices.laptop, stream)
    assert letter.hex().encode() in line[2]
    assert lines_of(offices.district, stream) == lines_of(offices.laptop, stream) == {line}
    require_sound(offices.district, offices.laptop)


def test_what_is_learned_of_later_is_not_shown_above_the_ceiling_of_its_stream() -> None:
    """A field came in a stream of the region before this program knew it; now it does, and it names a person."""
    kind = KINDS["person"]
    name = kind.field("surname")
    assert name.level > Level.OFFICE
    state = RecordState(bytes(16), kind.number)
    dot = Dot(*DOT, 1, bytes(8))
    state._live = {name.key: (LiveWrite(dot, 1, "Әлиев"),)}
    shown, veiled = row_of(1, state, {}), row_of(1, state, {}, Level.OFFICE)
    assert shown is not None
    assert veiled is not None
    assert (shown.values, shown.unknown) == ({"surname": "Әлиев"}, {})
    assert (veiled.values, veiled.unknown) == ({}, {name.key: "Әлиев"})
    assert veiled.words() == ("", "")


def test_rows_of_the_streams_between_tiers_are_made_below_their_ceiling(
    offices: Tiers, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.record(offices.district, "incident", INCIDENT)
    asked: list[int] = []

    def asking(rid: int, state: RecordState, seed: object, ceiling: int) -> object:
        asked.append(ceiling)
        return row_of(rid, state, {}, ceiling)

    monkeypatch.setattr(projector, "row_of", asking)
    records.record(offices.region, "incident", INCIDENT)
    assert set(asked) == {Level.IDENTITY}
    asked.clear()
    offices.pass_on(offices.district, offices.region)
    assert Level.OFFICE in asked
