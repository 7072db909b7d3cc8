"""Similar incidents beside the form, and a meeting about one from card and list."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from ethnomed_desktop.app import records
from ethnomed_desktop.domain.ids import parse_uid
from tests.ui.incident_hands import begin, in_lane, record


def test_a_similar_incident_is_offered_and_compared_while_typing(desk: Any) -> None:
    desk.unlocked("ru")
    first = record(desk, "Су бөлу туралы дау: арық жабылып қалған")
    form = begin(desk)
    panel = desk.incidents.similar
    assert panel.isHidden()
    form.go_to("what_happened")
    desk.type("Арық жабылып, су бөлу тоқтады")
    assert panel.pause.isActive()  # typing does not wait: the question comes after a pause
    panel.pause.timeout.emit()
    desk.settle()
    (button,) = panel.buttons
    assert button.text().startswith("2026/1 ")
    focus = QApplication.focusWidget()
    button.click()
    assert "жабылып қалған" in panel.text.text()
    assert QApplication.focusWidget() is focus
    panel.whole.click()
    desk.settle()
    assert desk.incidents.card.uid == first
    assert len(desk.work.status.frame_known.drafts) == 1


def test_nothing_similar_shows_nothing_and_the_next_form_begins_empty(desk: Any) -> None:
    desk.unlocked("ru")
    record(desk, "Су бөлу туралы дау: арық жабылып қалған")
    form = begin(desk)
    form.go_to("what_happened")
    desk.type("Дүкендегі ұрыс")
    desk.incidents.similar.ask()
    desk.settle()
    assert desk.incidents.similar.isHidden()


def test_a_meeting_about_it_is_one_click_from_the_card(desk: Any) -> None:
    desk.unlocked("ru")
    incident = record(desk)
    desk.incidents.meet.click()
    desk.settle()
    assert desk.work.section == "meetings"
    meeting = desk.work.page("meetings").workspace.uid
    found = in_lane(desk, lambda ctx: records.show(ctx, parse_uid(meeting)))
    assert found.values["incidents"] == [incident]
    assert desk.work.undo_bar.isVisible(), "Ctrl+Z belongs to the date, in which the cursor stands"
    desk.work.undo_bar.button.click()
    desk.settle()
    assert in_lane(desk, lambda ctx: records.show(ctx, parse_uid(meeting))).withdrawn


def test_a_meeting_about_it_from_the_list(desk: Any) -> None:
    desk.unlocked("ru")
    record(desk)
    desk.incidents.show_list()
    desk.settle()
    desk.incidents.list.table.selectRow(0)
    (action,) = desk.incidents.record_actions()
    assert action.isEnabled()
    action.trigger()
    desk.settle()
    assert desk.work.section == "meetings"


def test_an_earlier_value_is_put_back_from_the_history(desk: Any) -> None:
    desk.unlocked("en")
    uid = record(desk, "A quarrel over water")
    revise = {"what_happened": "Nothing"}
    desk.work.session.command(lambda ctx: records.revise(ctx, parse_uid(uid), revise))
    desk.settle()
    desk.incidents.show_history()
    desk.settle()
    history = desk.incidents.history
    assert history.put_back.isEnabled()
    history.put_back.click()
    desk.settle()
    assert (
        in_lane(desk, lambda ctx: records.show(ctx, parse_uid(uid)).values)["what_happened"]
        == "A quarrel over water"
    )
    assert [history.table.item(row, 5).text() for row in (0, 1)] == ["A quarrel over water", "Nothing"]
    assert history.messages.isVisible()
    desk.work.session.hub.act_requested.emit("undo")
    desk.settle()
    assert in_lane(desk, lambda ctx: records.show(ctx, parse_uid(uid)).values)["what_happened"] == "Nothing"
