"""One secretary, several bodies: what is made belongs to the body worked for now, wherever it is begun."""

from __future__ import annotations

from typing import Any

from ethnomed_desktop.app import records
from ethnomed_desktop.domain.ids import parse_uid, uid_text

MOTHERS = {
    "body_kind": "council_of_mothers",
    "name_kk": "Аналар кеңесі",
    "name_en": "Council of mothers",
    "is_ours": True,
    "place": "kato:314800000",
}


def in_lane(desk: Any, job: Any) -> Any:
    done: list[Any] = []
    desk.work.session.command(job, done.append)
    desk.settle()
    return done[0]


def shown(desk: Any, uid: str) -> Any:
    done: list[Any] = []
    desk.work.session.query(lambda ctx: records.show(ctx, parse_uid(uid)).values, done.append)
    desk.settle()
    return done[0]


def incident(desk: Any) -> Any:
    desk.work.act("incident")
    desk.settle()
    form = desk.incidents.form.form
    form.boxes["what_happened"].set_value("Су дауы")
    form.submit()
    desk.settle()
    return shown(desk, desk.incidents.card.uid)


def switch(desk: Any, name: str) -> None:
    """Choose the body in the menu at the foot of the window."""
    desk.work.status.parts["body"].click()
    menu = desk.work.status.findChildren(type(desk.work.recent).__base__)[-1]
    next(action for action in menu.actions() if action.text() == name).trigger()
    menu.close()
    desk.settle()


def test_what_is_made_belongs_to_the_body_worked_for(desk: Any) -> None:
    desk.unlocked("en")
    first = incident(desk)
    second = uid_text(in_lane(desk, lambda ctx: records.record(ctx, "organisation", MOTHERS)).uid)
    assert len(desk.work.status.frame_known.bodies) == 2
    switch(desk, "Council of mothers")
    assert desk.work.status.parts["body"].text() == "Council of mothers"
    other = incident(desk)
    assert other["organisation"] == second != first["organisation"]
    assert other["number"] == first["number"]  # each body counts for itself
    desk.incidents.meet.click()
    desk.settle()
    assert shown(desk, desk.work.page("meetings").workspace.uid)["organisation"] == second
    desk.work.page("settings").reload()
    desk.settle()
    assert desk.work.page("settings").look.body.buttons[second].isChecked()
    desk.window.lock()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    desk.unlock()
    desk.settle()
    assert desk.work.status.parts["body"].text() == "Council of mothers"


def test_a_body_no_longer_ours_is_left_for_another(desk: Any) -> None:
    desk.unlocked("en")
    second = in_lane(desk, lambda ctx: records.record(ctx, "organisation", MOTHERS)).uid
    switch(desk, "Council of mothers")
    in_lane(desk, lambda ctx: records.revise(ctx, second, {"is_ours": False}))
    assert desk.work.status.parts["body"].text() == "Council of elders"
    assert incident(desk)["organisation"] != uid_text(second)
