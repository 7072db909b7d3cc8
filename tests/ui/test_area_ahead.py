"""The work area made while the password is typed: unseen, without a record, one per unlocking."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.area_ahead import AHEAD
from ethnomed_desktop.ui.work_area import WorkArea

PASSPHRASE = "тау өзен бұлақ дала аспан"


def made(desk: Any, qtbot: Any, monkeypatch: Any) -> WorkArea:
    """Open the window and wait until the area behind the door is made."""
    monkeypatch.setattr(desk, "settle", lambda: None)
    window = desk.open("ru")
    with qtbot.wait_signal(window.ahead.ready, timeout=20_000):
        pass
    monkeypatch.undo()
    desk.settle()
    (area,) = window.findChildren(WorkArea)
    return area


def test_the_area_made_ahead_is_the_one_that_is_shown(desk: Any, qtbot: Any, monkeypatch: Any) -> None:
    area = made(desk, qtbot, monkeypatch)
    assert set(area.pages) == set(AHEAD)
    assert not area.isVisible()
    assert not area.session.is_open
    desk.unlock(PASSPHRASE)
    assert desk.work is area
    assert desk.incidents is area.pages["incidents"]
    assert area.status.parts["user"].text()


def test_what_waits_speaks_the_language_chosen_at_the_door(desk: Any, qtbot: Any, monkeypatch: Any) -> None:
    made(desk, qtbot, monkeypatch)
    with qtbot.wait_signal(desk.window.ahead.ready, timeout=20_000):
        desk.window.use_language("kk")
    desk.unlock(PASSPHRASE)
    assert len(desk.window.findChildren(WorkArea)) == 1
    assert desk.incidents.list.title.text() == _("Incidents")
    assert desk.work.side_bar.buttons["incidents"].accessibleName() == _("Incidents")


def test_after_locking_a_new_area_waits(desk: Any, qtbot: Any, monkeypatch: Any) -> None:
    made(desk, qtbot, monkeypatch)
    desk.unlock(PASSPHRASE)
    first, window = desk.work, desk.window
    with qtbot.wait_signals([window.ahead.ready, first.destroyed], timeout=20_000):
        window.lock()
    (second,) = window.findChildren(WorkArea)
    assert not second.session.is_open
    assert not second.isVisible()
    desk.unlock(PASSPHRASE)
    assert desk.work is second


def test_who_is_quicker_than_the_area_gets_it_all_the_same(desk: Any, qtbot: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("ethnomed_desktop.ui.area_ahead.PAUSE_MS", 3_600_000)
    window = desk.open("ru")
    line = window.door_pages.unlock.secret.line
    desk.type(PASSPHRASE, line)
    QTest.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert set(desk.work.pages) == {"home"}
    desk.work.act("section:incidents")
    desk.settle()
    assert desk.incidents.list.isVisible()
