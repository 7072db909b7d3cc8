"""Who may only read is offered nothing to write: no New, no Save, and one plain line says why."""

from __future__ import annotations

from typing import Any

import pytest

from ethnomed_desktop.app import drafts, records
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.domain.ids import uid_text
from tests.ui.test_users import add, as_second, users

INCIDENT = {"happened": "2026-11-01", "settlement": "Масаншы", "what_happened": "Су кезегі бойынша дау"}


@pytest.fixture
def viewer(desk: Any) -> Any:
    """The window of a viewer over a vault with an incident, a meeting and a body; a secretary made them."""
    desk.unlocked("en")
    page = users(desk)
    session = desk.work.session

    def write(ctx: Any) -> None:
        body = list_records(ctx, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid
        records.record(ctx, "incident", INCIDENT)
        records.record(ctx, "meeting", {"organisation": uid_text(body), "starts": "2026-11-20T10:00"})

    failed: list[Exception] = []
    session.tasks.write(lambda progress: write(session.ctx), None, failed.append)
    desk.settle()
    assert not failed
    add(desk, page, "Қараушы", "екінші", "viewer")
    as_second(desk)
    desk.settle()
    return desk


def test_home_and_lists_offer_nothing_to_write(viewer: Any) -> None:
    home = viewer.work.page("home")
    assert not home.record.isVisible()
    assert not home.meeting.isVisible()
    assert not home.print_last.isVisible()
    for section in ("incidents", "meetings", "people"):
        viewer.window.act(f"section:{section}")
        viewer.settle()
        page = viewer.work.page(section)
        shown = page.current().list if section == "people" else page.list
        assert not shown.action.isVisible()
        assert not shown.empty.button.isVisible()


def test_a_card_is_read_with_a_line_why(viewer: Any) -> None:
    viewer.window.act("section:incidents")
    viewer.settle()
    pages = viewer.incidents
    pages.open_current()
    viewer.settle()
    card = pages.card
    assert pages.page_name() == "card"
    assert card.why_not.isVisible()
    assert "role" in card.why_not.text()
    assert not any(card.buttons[name].isVisible() for name in ("edit", "trash", "restore"))
    assert card.findChild(type(card.buttons["edit"]), "add_incident_party") is None
    assert card.buttons["history"].isVisible()


def test_keys_open_no_form_and_say_why(viewer: Any) -> None:
    viewer.window.act("section:incidents")
    viewer.settle()
    pages = viewer.incidents
    for act in (pages.start_new, pages.edit_current, pages.withdraw_current):
        pages.list.messages.dismiss()
        act()
        viewer.settle()
        assert pages.page_name() == "list"
        assert pages.list.messages.isVisible()


def test_minutes_that_are_not_numbered_are_shown_as_paper(viewer: Any) -> None:
    viewer.window.act("section:meetings")
    viewer.settle()
    page = viewer.work.page("meetings")
    page.start_new()
    viewer.settle()
    assert page.currentWidget() is page.list
    page.open_current()
    viewer.settle()
    assert page.currentWidget() is page.closed
    assert page.closed.card.heading.text() == "Draft minutes"
    assert "role" in page.closed.words.text()
    assert not page.closed.correct.isVisible()
    assert not page.closed.print_button.isVisible()


def test_a_draft_from_another_role_opens_to_be_read(viewer: Any) -> None:
    pages = viewer.incidents
    session = viewer.work.session
    kept: list[Any] = []
    body = {"values": {"what_happened": "Бұрын терілген"}}

    def keep(ctx: Any) -> Any:
        drafts.keep_draft(ctx, "incident", body)
        return drafts.list_drafts(ctx, "incident")

    session.tasks.write(lambda progress: keep(session.ctx), kept.append)
    viewer.settle()
    viewer.work.open_draft(kept[0][0])
    viewer.settle()
    form = pages.form.form
    assert form.boxes["what_happened"].text.isReadOnly()
    assert form.boxes["phone"].editor.isReadOnly()
    assert not form.bar.save.isEnabled()
    assert form.bar.leave.isEnabled()
    assert form.messages.isVisible()
    form.submit()
    viewer.settle()
    assert pages.page_name() == "form"


def test_who_may_write_is_offered_everything(desk: Any) -> None:
    desk.unlocked("en")
    home = desk.work.page("home")
    assert home.record.isVisible()
    assert home.meeting.isVisible()
    desk.window.act("section:incidents")
    desk.settle()
    assert desk.incidents.list.action.isVisible()
    desk.incidents.start_new()
    desk.settle()
    form = desk.incidents.form.form
    assert form.bar.save.isEnabled()
    assert not form.boxes["what_happened"].text.isReadOnly()
