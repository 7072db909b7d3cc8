"""Who serves in which body: entered on the card of the body or of the person, current and former apart."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from ethnomed_desktop.app import records
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.meeting_sheets import new_sheet
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import Catalog


def in_lane(desk: Any, job: Any) -> Any:
    done: list[Any] = []
    desk.work.session.tasks.write(lambda progress: job(desk.work.session.ctx), done.append)
    desk.settle()
    return done[0]


def body(ctx: Any) -> str:
    with ctx.reading() as connection:
        return uid_text(own_bodies(connection)[0].uid)


def person(desk: Any, surname: str) -> str:
    values = {"surname": surname, "given_name": "Әлия"}
    return uid_text(in_lane(desk, lambda ctx: records.record(ctx, "person", values)).value.uid)


def shown(desk: Any, kind: str, uid: str) -> Any:
    desk.work.open_record(kind, uid)
    desk.settle()
    return desk.work.page("people").pages(kind)


def texts(card: Any) -> list[str]:
    return [label.text() for label in card.area.widget().findChildren(QLabel)]


def member(pages: Any, desk: Any, **values: str) -> None:
    pages.card.part_requested.emit("membership", "")
    form = pages.stack.currentWidget()
    for name, value in values.items():
        form.form.boxes[name].set_value(value)
    form.form.submit()
    desk.settle()


def test_a_member_is_added_on_the_card_of_the_body(desk: Any) -> None:
    desk.unlocked("en")
    council = in_lane(desk, body)
    uids = [person(desk, surname) for surname in ("Асқарова", "Сейітова")]
    pages = shown(desk, "organisation", council)
    member(pages, desk, person=uids[0], role="chair", from_on="2026-01-10")
    assert pages.page_name() == "card"
    assert "Асқарова Әлия · Chair · 10.01.2026" in texts(pages.card)
    assert "Former" not in texts(pages.card)
    member(pages, desk, person=uids[1], role="member", from_on="2020-01-10", to_on="2024-05-01", end_reason="moved")
    found = texts(pages.card)
    assert "Former" in found
    assert found.index("Former") < found.index("Сейітова Әлия · Member · 10.01.2020 · 01.05.2024 · moved")
    sheet = in_lane(desk, lambda ctx: new_sheet(ctx, Catalog.load("en"))).sheet
    assert [part.values["person"] for part in sheet.attendance] == [uids[0]]


def test_a_membership_is_added_and_ended_on_the_card_of_the_person(desk: Any) -> None:
    desk.unlocked("en")
    council = in_lane(desk, body)
    uid = person(desk, "Асқарова")
    pages = shown(desk, "person", uid)
    pages.card.part_requested.emit("membership", "")
    form = pages.stack.currentWidget()
    assert "person" not in form.form.boxes
    form.form.boxes["organisation"].set_value(council)
    form.form.boxes["role"].set_value("member")
    form.form.submit()
    desk.settle()
    assert "Council of elders · Member" in texts(pages.card)
    (part,) = pages.card.data.parts["membership"]
    pages.card.part_requested.emit("membership", part.uid)
    desk.settle()
    form = pages.stack.currentWidget()
    form.form.boxes["from_on"].set_value("2026-02-01")
    form.form.boxes["to_on"].set_value("2026-01-01")
    form.form.submit()
    desk.settle()
    assert form.form.boxes["to_on"].error()
    form.form.boxes["to_on"].set_value("2026-03-01")
    form.form.boxes["end_reason"].set_value("өз еркімен")
    form.form.submit()
    desk.settle()
    assert "Former" in texts(pages.card)


def test_a_membership_half_typed_goes_on_from_its_draft(desk: Any) -> None:
    desk.unlocked("en")
    council = in_lane(desk, body)
    pages = shown(desk, "organisation", council)
    pages.card.part_requested.emit("membership", "")
    form = pages.stack.currentWidget()
    form.form.go_to("elected_by")
    desk.type("Жалпы жиналыс")
    desk.window.lock()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    desk.unlock()
    desk.settle()
    (kept,) = desk.work.status.frame_known.drafts
    desk.work.open_draft(kept.draft)
    desk.settle()
    people = desk.work.page("people")
    form = people.pages("organisation").stack.currentWidget()
    assert form.form.boxes["elected_by"].draft() == "Жалпы жиналыс"
