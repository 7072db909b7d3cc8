"""Closed minutes print as they were closed, whatever becomes of the people, bodies and tasks they name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ethnomed_desktop.app import meetings, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.documents import Order as Printing
from ethnomed_desktop.app.documents import gather_minutes, lay_out, read_back
from ethnomed_desktop.app.erasure import Order, erase
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.minutes import minutes_data
from ethnomed_desktop.documents.wishes import Wishes
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.naming import stand_in
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.queries.veil import veiled

from .offices import Computer, pass_on

Add = Callable[..., records.Recorded]
KK = Catalog.load("kk")
OTHER = "Жұмбақтасов"


class Closed(NamedTuple):
    meeting: bytes
    person: bytes
    body: bytes
    decision: bytes
    task: bytes


@pytest.fixture
def closed(council: AppContext, add: Add) -> Closed:
    """Numbered minutes with a chair, a decision and a task."""
    person = add("person", surname="Серікұлы", given_name="Асқар", post="мұғалім").uid
    with council.reading() as connection:
        body = own_bodies(connection)[0].uid
    chair = {"chair": uid_text(person), "secretary_words": "Б. Хатшы", "venue": "Клуб", "entitled": 1}
    meeting = add("meeting", organisation=uid_text(body), starts="2026-11-20T10:00", **chair).uid
    add("attendance", meeting=uid_text(meeting), person=uid_text(person), capacity="member")
    item = add("agenda_item", meeting=uid_text(meeting), title="Су", position=1).uid
    decision = add("decision", agenda_item=uid_text(item), position=1, text="Бекітілсін.").uid
    task = add("task", decision=uid_text(decision), text="Кестені ілу", assignee=uid_text(person)).uid
    meetings.finish_meeting(council, meeting)
    return Closed(meeting, person, body, decision, task)


def test_a_card_changed_later_does_not_change_the_paper(council: AppContext, closed: Closed) -> None:
    before = gather_minutes(council, closed.meeting)
    records.revise(council, closed.person, {"surname": "Ерланұлы", "post": "директор"})
    records.revise(council, closed.body, {"name_kk": "Жаңа кеңес"})
    assert gather_minutes(council, closed.meeting) == before
    assert before.chair is not None
    assert (before.chair.name, before.chair.post) == ("Серікұлы Асқар", "мұғалім")


def test_a_task_moved_added_or_taken_away_later_does_not_change_the_paper(
    council: AppContext, add: Add, closed: Closed
) -> None:
    before = gather_minutes(council, closed.meeting)
    records.revise(council, closed.task, {"text": "Басқа іс", "due": "2027-01-01", "state": "done"})
    add("task", decision=uid_text(closed.decision), text="Кейінгі іс")
    assert gather_minutes(council, closed.meeting) == before
    records.withdraw(council, closed.task, "керек емес")
    assert gather_minutes(council, closed.meeting) == before
    assert [one.text for one in before.tasks] == ["Кестені ілу"]


def test_a_correction_prints_what_is_true_when_it_is_closed(council: AppContext, closed: Closed) -> None:
    records.revise(council, closed.person, {"surname": "Ерланұлы"})
    second = meetings.correct_meeting(council, closed.meeting, "Тегі қате").value
    records.revise(council, closed.task, {"text": "Түзетілген іс"})
    meetings.finish_meeting(council, second)
    records.revise(council, closed.person, {"surname": "Асанұлы"})
    first, newer = gather_minutes(council, closed.meeting), gather_minutes(council, second)
    assert first.chair is not None
    assert newer.chair is not None
    assert (first.chair.name, newer.chair.name) == ("Серікұлы Асқар", "Ерланұлы Асқар")
    assert [first.tasks[0].text, newer.tasks[0].text] == ["Кестені ілу", "Түзетілген іс"]


def test_a_draft_follows_the_cards(council: AppContext, add: Add, closed: Closed) -> None:
    draft = meetings.correct_meeting(council, closed.meeting, "Тегі қате").value
    records.revise(council, closed.person, {"surname": "Ерланұлы"})
    data = gather_minutes(council, draft)
    assert data.chair is not None
    assert data.chair.name == "Ерланұлы Асқар"


def test_what_a_reader_is_not_shown_does_not_come_from_the_log(council: AppContext, closed: Closed) -> None:
    records.revise(council, closed.person, {"surname": "Ерланұлы"})
    names = frozenset({"surname", "given_name", "patronymic"})
    with (
        council.reading() as connection,
        veiled(connection, lambda kind: names if kind is KINDS["person"] else frozenset()),
    ):
        data = minutes_data(connection, closed.meeting, False)
    assert data.chair is not None
    assert "Серікұлы" not in data.chair.name


@pytest.mark.parametrize("mode", list(Mode))
def test_an_erasure_wins_over_what_the_paper_said(council: AppContext, closed: Closed, mode: Mode) -> None:
    records.revise(council, closed.person, {"surname": "Ерланұлы", "post": "директор"})
    records.revise(council, closed.task, {"text": "Серікұлы Асқар емес, басқасы"})
    erase(council, Order(closed.person, mode, "persons_request", confirm="Ерланұлы"), KK)
    data = gather_minutes(council, closed.meeting)
    code = f"[{stand_in(closed.person)}]"
    assert data.chair is not None
    assert (data.chair.name, data.present[0].name, data.tasks[0].who) == (code, code, code)
    assert not any(name in str(data) for name in ("Ерланұлы", "Асқар", "мұғалім"))


def test_an_erasure_brings_no_task_onto_the_paper(council: AppContext, add: Add, closed: Closed) -> None:
    """What is left of its lines says nothing any more, not even when it was made or thrown away."""
    other = add("person", surname=OTHER, given_name="Серік").uid
    draft = meetings.correct_meeting(council, closed.meeting, "қате").value
    add("task", decision=uid_text(closed.decision), text=f"{OTHER} кейін айтылды")
    thrown = add("task", decision=uid_text(closed.decision), text=f"{OTHER} қате жазылды").uid
    records.withdraw(council, thrown, "керек емес")
    records.revise(council, closed.task, {"text": f"{OTHER} кестені ілсін"})
    meetings.finish_meeting(council, draft)
    erase(council, Order(other, Mode.ANONYMISE, "persons_request", confirm=OTHER), KK)
    code = f"[{stand_in(other)}]"
    said = [one.text.replace("\u00a0", " ") for one in gather_minutes(council, closed.meeting).tasks]
    assert said == [f"{code} кестені ілсін"], "as it stands now: what it said then is nowhere"
    newer = [one.text for one in gather_minutes(council, draft).tasks]
    assert newer == [f"{code} кестені ілсін", f"{code} кейін айтылды"]


def test_minutes_closed_on_another_computer_print_alike_here(three: list[Computer], tmp_path: Path) -> None:
    hub, first, second = three
    person = records.record(first.ctx, "person", {"surname": "Серікұлы", "given_name": "Асқар"}).value.uid
    with first.ctx.reading() as connection:
        body = uid_text(own_bodies(connection)[0].uid)
    values = {
        "organisation": body,
        "starts": "2026-11-20T10:00",
        "chair": uid_text(person),
        "secretary_words": "Б.",
    }
    meeting = records.record(first.ctx, "meeting", {**values, "venue": "Клуб", "entitled": 1}).value.uid
    guest = {"meeting": uid_text(meeting), "person": uid_text(person), "capacity": "member"}
    records.record(first.ctx, "attendance", guest)
    records.record(first.ctx, "agenda_item", {"meeting": uid_text(meeting), "title": "Су", "position": 1})
    meetings.finish_meeting(first.ctx, meeting)
    paper = gather_minutes(first.ctx, meeting)
    pass_on(first, hub, tmp_path / "a")
    hub.clock.advance(60_000)
    records.revise(hub.ctx, person, {"surname": "Ерланұлы"})
    pass_on(hub, second, tmp_path / "b")
    pass_on(hub, first, tmp_path / "c")
    assert [gather_minutes(one.ctx, meeting) for one in three] == [paper] * 3
    erase(hub.ctx, Order(person, Mode.ANONYMISE, "persons_request", confirm="Ерланұлы"), KK)
    pass_on(hub, second, tmp_path / "d")
    chair = gather_minutes(second.ctx, meeting).chair
    assert chair is not None
    assert chair.name == f"[{stand_in(person)}]"


def test_without_names_who_is_called_otherwise_by_now_stands_under_the_code(
    council: AppContext, add: Add, closed: Closed
) -> None:
    draft = meetings.correct_meeting(council, closed.meeting, "қате").value
    add("agenda_item", meeting=uid_text(draft), title="Мектеп", position=2, heard="Серікұлы баяндады.")
    meetings.finish_meeting(council, draft)
    records.revise(council, closed.person, {"surname": "Ерланұлы", "hidden_name": "А-7"})
    order = Printing("kk", wishes=Wishes(hide_names=True))
    text = read_back(lay_out(gather_minutes(council, draft, order), order, council).pdf).replace("\u00a0", " ")
    assert "А-7 баяндады." in text
    assert "Төраға: А-7" in text
    assert not any(said in text for said in ("Серікұлы", "Ерланұлы", "С. А."))


def test_a_body_that_came_with_the_program_keeps_its_name_on_the_paper(
    council: AppContext, add: Add, closed: Closed
) -> None:
    bodies = list_records(council, ListQuestion("organisation")).rows
    with council.reading() as connection:
        known = records_by(connection, "uid", [one.uid for one in bodies])
    body = next(one.uid for one in known if one.changed_ms is None)
    draft = meetings.correct_meeting(council, closed.meeting, "қате").value
    item = add("agenda_item", meeting=uid_text(draft), title="Хат", position=2).uid
    add("decision", agenda_item=uid_text(item), position=1, text="Жіберілсін.", addressee_body=uid_text(body))
    records.revise(council, body, {"name_ru": "Прежнее имя"})
    meetings.finish_meeting(council, draft)
    before = gather_minutes(council, draft)
    addressee = before.agenda[-1].decisions[0].addressee
    assert addressee is not None
    assert (addressee.ru, bool(addressee.kk)) == ("Прежнее имя", True)
    records.revise(council, body, {"name_ru": "Новое имя", "name_kk": "Жаңа атауы"})
    assert gather_minutes(council, draft) == before
