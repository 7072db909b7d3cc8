"""The section Personal data: what is due, the plan of an erasure, the word to be typed, the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from ethnomed_desktop.app import erasure_plan, records
from ethnomed_desktop.app.erasure import ledger
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import parse_uid, uid_text

SURNAME = "Жұмбақтасов"


def write(desk: Any, kind: str, **values: object) -> str:
    """Record one on the write lane, as pages do."""
    made: list[str] = []
    desk.work.session.command(
        lambda ctx: records.record(ctx, kind, values), lambda done: made.append(uid_text(done.uid))
    )
    desk.settle()
    return made[0]


def person_named_in_an_incident(desk: Any) -> tuple[str, str]:
    person = write(desk, "person", surname=SURNAME, given_name="Серік")
    incident = write(
        desk, "incident", settlement="Ауыл", what_happened=f"{SURNAME} келіп кетті", reported_by=person
    )
    return person, incident


def personal(desk: Any) -> Any:
    desk.window.act("section:personal")
    desk.settle()
    return desk.work.page("personal")


def plan_of(desk: Any, uid: str) -> Any:
    desk.work.session.hub.open("erasure", uid)
    desk.settle()
    return desk.work.page("personal").erasure


def asked(desk: Any, job: Callable[[Any], Any]) -> Any:
    """Ask on the read lane; an `EthnomedError` is returned, not raised."""
    found: list[Any] = []
    desk.work.session.query(job, found.append, found.append)
    desk.settle()
    return found[0]


def shown(desk: Any, uid: str) -> Any:
    return asked(desk, lambda ctx: records.show(ctx, parse_uid(uid)))


def test_a_person_is_erased_by_ground_and_word(desk: Any) -> None:
    desk.unlocked("ru")
    person, incident = person_named_in_an_incident(desk)
    view = plan_of(desk, person)
    assert view.plan is not None
    assert view.plan.confirm == SURNAME
    assert len(view.kept) == 1
    assert not view.go.isEnabled()
    view.ground.buttons["withdrawn_consent"].click()
    assert not view.go.isEnabled()
    view.confirm.setText(SURNAME)
    assert view.go.isEnabled()
    view.go.click()
    desk.settle()
    assert isinstance(shown(desk, person), UserError)
    assert SURNAME not in str(shown(desk, incident).values["what_happened"])
    page = desk.work.page("personal")
    assert page.stack.currentWidget() is page.overview
    assert len(page.overview.entries) == 1
    assert page.overview.messages.isVisible()


def test_a_wrong_word_erases_nothing(desk: Any) -> None:
    desk.unlocked("kk")
    person, _incident = person_named_in_an_incident(desk)
    view = plan_of(desk, person)
    view.ground.buttons["error"].click()
    view.confirm.setText("Әлиев")
    view.go.click()
    desk.settle()
    assert view.messages.isVisible()
    assert SURNAME in view.messages.label.text()
    assert shown(desk, person).values["surname"] == SURNAME


def test_what_names_somebody_else_is_left_alone(desk: Any) -> None:
    desk.unlocked("ru")
    person, incident = person_named_in_an_incident(desk)
    view = plan_of(desk, person)
    view.mode.buttons["anonymise"].click()
    desk.settle()
    view.kept[parse_uid(incident)].setChecked(False)
    view.ground.buttons["persons_request"].click()
    view.confirm.setText(SURNAME)
    view.go.click()
    desk.settle()
    assert SURNAME in str(shown(desk, incident).values["what_happened"])
    assert [one.values["how"] for one in asked(desk, ledger)] == ["anonymised"]


def test_the_card_leads_to_the_plan(desk: Any) -> None:
    desk.unlocked("ru")
    person, _incident = person_named_in_an_incident(desk)
    desk.work.session.hub.open("person", person)
    desk.settle()
    card = desk.work.page("people").current().card
    assert card.buttons["erase"].isVisible()
    card.buttons["erase"].click()
    desk.settle()
    page = desk.work.page("personal")
    assert page.stack.currentWidget() is page.erasure
    assert page.erasure.plan.title.startswith(SURNAME)


def test_what_is_due_is_kept_longer_with_a_reason(desk: Any) -> None:
    desk.unlocked("ru")
    person = write(desk, "person", surname="Әлиев", retention_until="2020-01-01")
    page = personal(desk)
    card = page.overview.retention
    assert [one.uid for one in card.rows] == [person]
    card.findChild(type(card.keep), "ended_prolong_0").click()
    card.until.line.setText("01.02.2090")
    card.keep.click()
    desk.settle()
    assert shown(desk, person).values["retention_until"] == "2020-01-01"
    card.reason.setText("Сот ісі аяқталған жоқ")
    card.keep.click()
    desk.settle()
    assert shown(desk, person).values["retention_until"] == "2090-02-01"
    assert card.rows == []


def test_home_leads_to_what_is_due(desk: Any) -> None:
    desk.unlocked("ru")
    write(desk, "person", surname="Әлиев", retention_until="2020-01-01")
    desk.work.page("home")._open_pressing("kept_too_long")
    desk.settle()
    assert desk.work.section == "personal"


def test_the_responsible_person_is_named_in_the_section(desk: Any) -> None:
    desk.unlocked("kk")
    person = write(desk, "person", surname="Жауапты")
    named = write(desk, "responsible_person", person=person, since="2026-01-01", order_number="12")
    page = personal(desk)
    page.overview.responsible.click()
    desk.settle()
    assert page.papers.current().list.model.rowCount() == 1
    page.show_overview()
    desk.work.session.hub.open("responsible_person", named)
    desk.settle()
    assert page.papers.current().card.uid == named


def test_what_an_erasure_cannot_reach_stands_in_its_plan(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes of others and backups under an earlier key: whoever erases reads of them before."""
    monkeypatch.setattr(erasure_plan, "beyond_this_key", lambda ctx: (Path("em-old.emb"),))
    desk.unlocked("ru")
    person, _incident = person_named_in_an_incident(desk)
    monkeypatch.setattr(erasure_plan.private_notes, "owners", lambda connection, user: [person])
    words = [label.text() for label in plan_of(desk, person).findChildren(QLabel)]
    assert "Сделаны под прежним ключом и не очищаются; уничтожьте их сами: em-old.emb" in words
    assert f"Доверительные заметки могут просмотреть только их владельцы: {SURNAME} Серік" in words
