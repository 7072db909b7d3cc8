"""Exchange with one rule broken: each must be noticed, or the machine would prove nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlcipher3.dbapi2 import IntegrityError

from ethnomed_desktop.app import exchange, exchange_keys, exchange_logs, exchange_receiving, records
from ethnomed_desktop.app.erasure import Order, erase
from ethnomed_desktop.app.erasure_marks import Marked
from ethnomed_desktop.app.erasure_plan import plan
from ethnomed_desktop.domain.changes import Op
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.merging import LiveWrite
from ethnomed_desktop.exchange import reader
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store import intake, projector, sealed
from ethnomed_desktop.store.tables import log
from tests.app.keys import Elsewhere
from tests.app.offices import Computer, meet, offices, pass_on, require_agreement

KK = Catalog.load("kk")
Break = Callable[[pytest.MonkeyPatch], object]
NOTICED = (AssertionError, EthnomedError, KeyError, ValueError, IntegrityError)
REAL_APPLY, REAL_TAKE = projector.apply_line, intake.take_lines


def a_life(folder: Path) -> None:
    """Conflicts, an early file, a repetition, a copied disk with unsealed work; then all meet."""
    hub, one, two, neighbour = offices(folder, 4)
    stick = folder / "stick"
    try:
        _work(folder, stick, hub, one, two)
        _keys_replaced(Elsewhere(neighbour.ctx, folder / "keys"), stick, hub, one)
        gone = _erased(stick, hub, one, two)
        copy = one.copy(folder / "copy", one.machine)
        uid = records.record(one.ctx, "person", {"surname": "Түпнұсқа"}).value.uid
        other = records.record(copy.ctx, "person", {"surname": "Көшірме"}).value.uid
        laptops = [one, two, copy]
        try:
            office = hub.ctx.vault.store.office.stream
            written = set().union(*(each.lines(office) for each in (hub, *laptops)))
            pass_on(one, hub, stick)
            pass_on(copy, hub, stick)
            meet(hub, laptops, stick)
            require_agreement(hub, laptops, written)
            assert one.replica != copy.replica
            for each in (hub, *laptops):
                with pytest.raises(EthnomedError):
                    records.show(each.ctx, gone)
                with each.ctx.reading() as connection:
                    assert not knows(connection, "Жұмбақ"), "erased, and written into meanwhile"
            assert {records.show(two.ctx, each).values["surname"] for each in (uid, other)} == {
                "Түпнұсқа",
                "Көшірме",
            }
        finally:
            copy.close()
    finally:
        for each in (hub, one, two, neighbour):
            each.close()


def _work(folder: Path, stick: Path, hub: Computer, one: Computer, two: Computer) -> None:
    uid = records.record(one.ctx, "person", {"surname": "Бірінші", "tags": ["а"]}).value.uid
    pass_on(one, hub, stick)
    pass_on(hub, two, stick)
    records.revise(one.ctx, uid, {"surname": "Екінші"})
    records.revise(two.ctx, uid, {"surname": "Үшінші", "tags": ["а", "б"]})
    (first,) = exchange.send(one.ctx, hub.replica, stick).files
    for laptop in (two, one):
        pass_on(laptop, hub, stick)
    hub.receive(first)
    pass_on(hub, one, stick)
    records.revise(one.ctx, uid, {"surname": "Төртінші"})
    pass_on(one, hub, stick)
    hub.receive(first)
    assert records.show(hub.ctx, uid).values["surname"] == "Төртінші"
    assert not records.show(hub.ctx, uid).conflicts
    _early_files(stick, hub, two)


def _keys_replaced(persons: Elsewhere, stick: Path, hub: Computer, one: Computer) -> None:
    """The hub's key is replaced as a precaution, then stolen twice, before the laptop hears of it."""
    persons.named_by(hub.ctx)
    pass_on(hub, one, stick)
    for stolen in (False, True, True):
        assert persons.replaces(hub.ctx, stolen=stolen).done
    pass_on(hub, one, stick)
    pass_on(one, hub, stick)
    assert exchange.state_digest(hub.ctx) == exchange.state_digest(one.ctx)


def _erased(stick: Path, hub: Computer, one: Computer, two: Computer) -> bytes:
    """A record is erased in the office while a laptop that knows it goes on writing into it."""
    gone = records.record(one.ctx, "person", {"surname": "Жұмбақтасов"}).value.uid
    pass_on(one, hub, stick)
    pass_on(hub, two, stick)
    records.revise(two.ctx, gone, {"note": "Жұмбақтасов туралы"})
    word = plan(hub.ctx, gone, Mode.ERASE, KK).confirm
    erase(hub.ctx, Order(gone, Mode.ERASE, "persons_request", confirm=word), KK)
    return gone


def nothing_is_said_anew_by_the_new_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_keys, "_said_anew", lambda *given, **more: ([], ()))


def a_stolen_key_goes_on_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.Authority, "unconfirmed", lambda self: {})


def a_change_of_key_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_receiving.state, "follow", lambda *given: None)


def knows(connection: Any, text: str) -> bool:
    """Say whether a word stands in any line of the log."""
    return any(text.encode() in bytes(raw) for raw in connection.execute(select(log.c.raw)).scalars())


def _early_files(stick: Path, hub: Computer, two: Computer) -> None:
    """Two sendings, the later one first: it has to wait, not to be lost or taken in."""
    pass_on(two, hub, stick)
    pass_on(hub, two, stick)
    records.record(two.ctx, "person", {"surname": "Ерте"})
    early = exchange.send(two.ctx, hub.replica, stick).files
    late_uid = records.record(two.ctx, "person", {"surname": "Кеш"}).value.uid
    with two.ctx.vault.store.database.writing() as connection:
        exchange_logs.seal_own(connection)
        runs = sealed.runs_of(connection, two.ctx.vault.store.office.stream, two.replica)
        kept = runs[-1]
    original = exchange_logs.runs_owed
    exchange_logs.runs_owed = lambda connection, owed: [kept]
    try:
        late = exchange.send(two.ctx, hub.replica, stick).files
    finally:
        exchange_logs.runs_owed = original
    assert all(hub.receive(file).waiting for file in late)
    for file in early:
        hub.receive(file)
    assert records.show(hub.ctx, late_uid).values["surname"] == "Кеш"


def test_a_whole_life_holds(tmp_path: Path) -> None:
    a_life(tmp_path)


def nothing_is_sealed_before_taking_in(monkeypatch: pytest.MonkeyPatch) -> None:
    receiving = exchange_receiving.logs
    taking = exchange_receiving._take_in

    def unsealed(*given: Any, **more: Any) -> Any:
        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(receiving, "seal_own", lambda connection: None)
            inner.setattr(exchange_receiving, "_went_on_elsewhere", lambda *given: False)
            return taking(*given, **more)

    monkeypatch.setattr(exchange_receiving, "_take_in", unsealed)


def what_waits_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "put_waiting", lambda connection, runs: None)


def what_was_seen_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(state: Any, line: Any) -> None:
        line.change.saw.clear()
        REAL_APPLY(state, line)

    monkeypatch.setattr(projector, "apply_line", blind)


def the_newest_write_drops_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def last_wins(state: Any, line: Any) -> None:
        REAL_APPLY(state, line)
        for key in line.change.values.keys() & state.live.keys():
            state.live[key] = (max(state.live[key], key=LiveWrite.rank),)

    monkeypatch.setattr(projector, "apply_line", last_wins)


def known_lines_are_taken_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_known_tags", lambda *given: set())
    monkeypatch.setattr(sealed, "last_at", lambda *given: None)


def a_copied_disk_goes_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_receiving, "_went_on_elsewhere", lambda *given: False)


def the_other_branch_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def first_only(connection: Any, stream: bytes, replica: bytes, lines: Sequence[Any], **more: Any) -> Any:
        with connection.begin_nested() as inner:
            taken = REAL_TAKE(connection, stream, replica, lines, **more)
            if taken.outcome is intake.Outcome.FORKED:
                inner.rollback()
                return intake.Taken(intake.Outcome.KNOWN)
        return taken

    monkeypatch.setattr(exchange_receiving, "take_lines", first_only)


def branches_share_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    real = sealed.runs_of

    def untagged(*given: Any, **more: Any) -> list[sealed.SealedRun]:
        return [
            sealed.SealedRun(one.stream, one.replica, one.first, one.last, one.place, one.header, one.signature)
            for one in real(*given, **more)
        ]

    monkeypatch.setattr(sealed, "runs_of", untagged)


def an_erasure_counts_only_where_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def keeping(state: Any, line: Any) -> None:
        if line.change.op is not Op.ERASE:
            REAL_APPLY(state, line)

    monkeypatch.setattr(projector, "apply_line", keeping)


def lines_of_what_was_erased_keep_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_receiving, "mark_erased", lambda *given, **more: Marked())
    monkeypatch.setattr(exchange_receiving, "name_late_lines", lambda *given: False)


BROKEN: tuple[Break, ...] = (
    nothing_is_said_anew_by_the_new_key,
    a_stolen_key_goes_on_counting,
    a_change_of_key_is_forgotten,
    an_erasure_counts_only_where_it_was_made,
    lines_of_what_was_erased_keep_their_words,
    what_waits_is_forgotten,
    what_was_seen_is_dropped,
    the_newest_write_drops_the_others,
    known_lines_are_taken_once_more,
    a_copied_disk_goes_unnoticed,
    the_other_branch_is_thrown_away,
    branches_share_their_lines,
    nothing_is_sealed_before_taking_in,
)


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    offices(tmp_path / "warm", 1)[0].close()  # the templates are made by the unbroken rules
    return tmp_path / "life"


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.__name__)
def test_each_broken_rule_is_noticed(ready: Path, monkeypatch: pytest.MonkeyPatch, broken: Break) -> None:
    ready.mkdir()
    broken(monkeypatch)
    with pytest.raises(NOTICED):
        a_life(ready)
