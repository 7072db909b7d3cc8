"""A change of language or text size in the open window: what is said at once, what follows its picture."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.picture import picture
from ethnomed_desktop.ui.tasks import Tasks


def test_the_foot_of_the_window_is_worded_at_once_from_what_is_known(desk, monkeypatch) -> None:
    desk.unlocked("kk")
    desk.settle()
    asked, submit = [], Tasks._submit

    def begin(self, lane, task) -> None:
        asked.append(task)
        submit(self, lane, task)

    monkeypatch.setattr(Tasks, "_submit", begin)
    desk.window.use_language("ru")
    parts = desk.work.status.parts
    assert parts["backup"].text() == _("No backup yet") == "Резервной копии ещё нет"
    assert asked == []  # the lanes begin when the picture stands
    desk.settle()
    assert asked != []


def test_the_entries_of_the_menus_follow_the_picture_or_the_opening_of_a_menu(desk, qtbot) -> None:
    window = desk.unlocked("kk")
    incident = window.actions_.by_key["incident"]
    window.use_language("ru")
    window.actions_.menus["file"].aboutToShow.emit()
    assert incident.text() == _("Record incident") != "Record incident"
    window.use_language("en")
    qtbot.wait_until(lambda: not picture().is_coming(), timeout=5000)
    assert incident.text() == "Record incident"
    desk.settle()


def test_no_part_of_the_foot_is_cut_off_after_large_text(desk, qapp) -> None:
    window = desk.unlocked("kk")
    window.resize(1366, 740)
    desk.settle()
    for size in (200, 100, 150, 100):
        qapp.use_text_size(size)
        desk.settle()
        shown = [part for part in desk.work.status.parts.values() if part.isVisible()]
        assert shown
        for part in shown:
            assert isinstance(part, QPushButton)
            assert part.width() >= part.sizeHint().width(), (size, part.text())
