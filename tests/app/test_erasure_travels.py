"""An erasure made in the office reaches its laptops and the tiers above, and nothing brings the words back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ethnomed_desktop.app import exchange, exchange_logs, records
from ethnomed_desktop.app.erasure import Order, erase, ledger
from ethnomed_desktop.app.erasure_plan import plan
from ethnomed_desktop.app.exchange_receiving import may_undo
from ethnomed_desktop.app.history import history
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.naming import stand_in
from ethnomed_desktop.exchange.bodies import inflate
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store import sealed
from tests.erased_words import everything

from .offices import Computer, meet, pass_on, require_agreement

KK = Catalog.load("kk")
SURNAME = "Жұмбақтасов"


def erased(computer: Computer, uid: bytes, mode: Mode = Mode.ERASE) -> None:
    word = plan(computer.ctx, uid, mode, KK).confirm
    erase(computer.ctx, Order(uid, mode, "persons_request", confirm=word), KK)


@pytest.fixture
def known(three: list[Computer], tmp_path: Path) -> bytes:
    """A person whom everybody knows, recorded on a laptop."""
    hub, first, second = three
    uid = records.record(first.ctx, "person", {"surname": SURNAME, "note": "бір"}).value.uid
    records.record(first.ctx, "incident", {"settlement": "Ауыл", "what_happened": f"{SURNAME} келді"})
    pass_on(first, hub, tmp_path / "a")
    pass_on(hub, second, tmp_path / "b")
    return uid


def words_on(computer: Computer) -> bool:
    return SURNAME.lower() in everything(computer.ctx.vault.store)


@pytest.mark.parametrize("mode", list(Mode))
def test_it_reaches_everybody(three: list[Computer], known: bytes, mode: Mode, tmp_path: Path) -> None:
    hub, *laptops = three
    assert all(words_on(one) for one in three)
    erased(hub, known, mode)
    for number, laptop in enumerate(laptops):
        (report,) = pass_on(hub, laptop, tmp_path / f"c{number}")
        assert report.erased == 2
    assert not any(words_on(one) for one in three)
    assert [len(ledger(one.ctx)) for one in three] == [1, 1, 1]
    meet(hub, laptops, tmp_path / "d")
    require_agreement(hub, laptops, set())


def test_what_a_laptop_writes_meanwhile_goes_too(three: list[Computer], known: bytes, tmp_path: Path) -> None:
    hub, first, second = three
    records.revise(first.ctx, known, {"note": f"{SURNAME} туралы жаңа сөз"})
    erased(hub, known)
    pass_on(first, hub, tmp_path / "c")
    assert not words_on(hub)
    pass_on(hub, second, tmp_path / "d")
    assert not words_on(second)
    meet(hub, [first, second], tmp_path / "e")
    require_agreement(hub, [first, second], set())
    assert not words_on(first)


def test_a_laptop_that_hears_of_it_before_it_sends_goes_on(
    three: list[Computer], known: bytes, tmp_path: Path
) -> None:
    """Its own line is hidden until the office has named it: of an emptied one nobody could tell what it was."""
    hub, first, second = three
    records.revise(first.ctx, known, {"note": f"{SURNAME} туралы жаңа сөз"})
    other = records.record(first.ctx, "person", {"surname": "Әлиев"}).value.uid
    erased(hub, known)
    pass_on(hub, first, tmp_path / "c")
    assert may_undo(first.ctx) is False
    with pytest.raises(UserError, match=r"record\.unknown"):
        records.show(first.ctx, known)
    assert SURNAME not in str(history(first.ctx, known))
    first.require_sound()
    pass_on(first, hub, tmp_path / "d")
    assert not words_on(hub)
    assert records.show(hub.ctx, other).values["surname"] == "Әлиев"
    (report,) = pass_on(hub, first, tmp_path / "e")
    assert (report.erased, report.emptied) == (0, 1)
    assert not words_on(first)
    assert may_undo(first.ctx) is False
    meet(hub, [first, second], tmp_path / "f")
    require_agreement(hub, [first, second], set())


def test_a_laptop_put_back_to_before_it_goes_on(three: list[Computer], known: bytes, tmp_path: Path) -> None:
    """It remembers what it heard, shows nothing of it, and tells the office of its own line."""
    hub, first, second = three
    records.revise(first.ctx, known, {"note": f"{SURNAME} туралы жаңа сөз"})
    first.back_up(tmp_path / "old.emb")
    erased(hub, known)
    pass_on(hub, first, tmp_path / "c")
    first.restore(tmp_path / "old.emb")
    with pytest.raises(UserError, match=r"record\.unknown"):
        records.show(first.ctx, known)
    first.require_sound()
    meet(hub, [first, second], tmp_path / "d")
    require_agreement(hub, [first, second], set())
    assert not any(words_on(one) for one in three)


def test_what_waits_for_an_earlier_file_is_named_too(
    three: list[Computer], known: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, first, second = three
    records.record(first.ctx, "person", {"surname": "Әлиев"})
    (tmp_path / "lost").mkdir()
    lost = exchange.send(first.ctx, hub.replica, tmp_path / "lost").files
    records.revise(first.ctx, known, {"note": f"{SURNAME} туралы жаңа сөз"})
    whole = exchange_logs.runs_owed
    with monkeypatch.context() as only_the_last:
        only_the_last.setattr(exchange_logs, "runs_owed", lambda *given: whole(*given)[-1:])
        (report,) = pass_on(first, hub, tmp_path / "c")
    assert report.waiting
    erased(hub, known)
    with hub.ctx.reading() as connection:
        (waits,) = sealed.waiting_runs(connection)
    assert SURNAME not in inflate(waits.body).decode()
    for file in lost:
        hub.receive(file)
    meet(hub, [first, second], tmp_path / "d")
    require_agreement(hub, [first, second], set())


def test_an_older_file_that_comes_late_brings_nothing_back(
    three: list[Computer], known: bytes, tmp_path: Path
) -> None:
    hub, first, second = three
    records.revise(first.ctx, known, {"given_name": "Серік"})
    late = tmp_path / "late"
    late.mkdir()
    (old,) = exchange.send(first.ctx, hub.replica, late).files
    erased(hub, known)
    pass_on(hub, second, tmp_path / "c")
    hub.receive(old)
    with pytest.raises(UserError, match=r"record\.unknown"):
        records.show(hub.ctx, known)
    assert not words_on(hub)
    meet(hub, [first, second], tmp_path / "d")
    require_agreement(hub, [first, second], set())


def test_who_joins_later_gets_lines_without_words(three: list[Computer], known: bytes, tmp_path: Path) -> None:
    """The second laptop has heard nothing yet of what the first one wrote before it was erased."""
    hub, first, second = three
    other = records.record(first.ctx, "person", {"surname": f"{SURNAME}а", "note": "екі"}).value.uid
    pass_on(first, hub, tmp_path / "c")
    erased(hub, other)
    pass_on(hub, second, tmp_path / "d")
    with pytest.raises(UserError, match=r"record\.unknown"):
        records.show(second.ctx, other)
    second.require_sound()
    meet(hub, [first, second], tmp_path / "e")
    require_agreement(hub, [first, second], set())


def test_a_laptop_of_an_office_asks_the_office(three: list[Computer], known: bytes) -> None:
    _hub, first, _second = three
    with pytest.raises(NotAllowed, match=r"erasure\.office_only"):
        erased(first, known)


def test_the_code_is_the_same_everywhere(three: list[Computer], known: bytes, tmp_path: Path) -> None:
    hub, first, _ = three
    task = records.record(hub.ctx, "task", {"text": "Хабарласу", "assignee": uid_text(known)}).value.uid
    erased(hub, known, Mode.ANONYMISE)
    pass_on(hub, first, tmp_path / "c")
    from ethnomed_desktop.app.titles import titles

    with first.ctx.reading() as connection:
        assert stand_in(known) in titles(connection, [uid_text(known)], KK)[uid_text(known)]
    assert records.show(first.ctx, task).values["assignee"] == uid_text(known)


@pytest.mark.parametrize("who", [0, 1])
def test_a_cleaned_backup_put_back_goes_on(three: list[Computer], known: bytes, who: int, tmp_path: Path) -> None:
    """The words were taken out of it meanwhile; the office says so anew, a laptop hears it again."""
    hub, first, second = three
    computer = three[who]
    records.revise(first.ctx, known, {"note": f"{SURNAME} туралы жаңа сөз"})
    backup = computer.ctx.vault.folder.backups / "em-20261121-100000.emb"
    computer.back_up(backup)
    before = backup.read_bytes()
    erased(hub, known)
    pass_on(hub, first, tmp_path / "c")
    assert backup.read_bytes() != before, "cleaned"
    computer.restore(shutil.copy(backup, tmp_path / "old.emb"))
    with pytest.raises(UserError, match=r"record\.unknown"):
        records.show(computer.ctx, known)
    computer.require_sound()
    meet(hub, [first, second], tmp_path / "d")
    require_agreement(hub, [first, second], set())
    assert not any(words_on(one) for one in three)
