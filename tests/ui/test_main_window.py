"""The frame: every action in the menu, every input named, search, sections, what is remembered."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTextBrowser,
    QWidget,
)

from ethnomed_desktop.app import records
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.ui.actions import ACTIONS, as_printed_on_keys
from ethnomed_desktop.ui.features import FEATURES, FeaturePage
from ethnomed_desktop.ui.settings_file import WindowSettings

SECTIONS = ("home", "incidents", "people", "trash", "settings", "help")
CTRL = Qt.KeyboardModifier.ControlModifier
QT_OWN = ("qt_", "ScrollLeftButton", "ScrollRightButton")


def entries(menu: QMenu) -> list[QAction]:
    found = []
    for action in menu.actions():
        inner = action.menu()
        found += entries(inner) if isinstance(inner, QMenu) else [action]
    return found


def test_every_action_stands_in_the_menu_bar(desk: Any) -> None:
    window = desk.unlocked("en")
    in_menus = [action for menu in window.actions_.menus.values() for action in entries(menu)]
    assert {act.key for act in ACTIONS} == set(window.actions_.by_key)
    for action in window.actions_.by_key.values():
        assert action in in_menus
        assert action.text()
    with_keys = [action for action in window.findChildren(QAction) if action.shortcuts()]
    assert [action.objectName() for action in with_keys if action not in in_menus] == []


def test_no_key_is_given_twice_and_the_menu_bar_keeps_f10(desk: Any) -> None:
    window = desk.unlocked("en")
    keys = [key.toString() for action in window.actions_.by_key.values() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert "F10" not in keys
    assert "Ins" not in keys
    begin_forms(desk)
    own = {key.toString() for one in window.findChildren(QShortcut) for key in QShortcut.keys(one)}
    assert own & set(keys) == set()


def begin_forms(desk: Any) -> None:
    desk.work.start_new("incidents")
    desk.settle()
    for tab in ("person", "organisation", "place"):
        page = desk.work.page("people").pages(tab)
        page.start_new()
    desk.settle()


def test_every_input_has_a_name_to_be_read_aloud(desk: Any) -> None:
    window = desk.unlocked("kk")
    begin_forms(desk)
    desk.work.show_section("trash")
    desk.incidents.start_new()
    desk.incidents.form._on_new("place", "place", "")
    desk.settle()
    nameless = []
    for widget in window.findChildren(QWidget):
        if (
            widget.objectName().startswith(QT_OWN)
            or widget.objectName() == "message_action"
            or (widget.parent() and is_inside_qt(widget))
        ):
            continue
        if isinstance(widget, (QLineEdit, QPlainTextEdit, QAbstractItemView, QTabBar)):
            named = bool(widget.accessibleName())
        elif isinstance(widget, QAbstractButton):
            named = bool(widget.accessibleName() or widget.text() or widget.isHidden())
        else:
            continue
        if not named:
            nameless.append(f"{type(widget).__name__} {widget.objectName()} in {widget.parent().objectName()}")
    assert "\n".join(nameless) == ""


def is_inside_qt(widget: QWidget) -> bool:
    """Whether Qt made the widget for itself: the buttons of tab bars, calendars, corners of tables."""
    around = widget.parent()
    while isinstance(around, QWidget):
        if type(around).__name__ in {"QCalendarWidget", "QTabBar", "QTableView", "QTableWidget", "TableView"}:
            return True
        around = around.parent()
    return (
        type(widget).__name__ in {"QListWidget", "QHeaderView"} and widget.windowFlags() & Qt.WindowType.ToolTip > 0
    )


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_keeps_to_the_seam(desk: Any, section: str) -> None:
    desk.unlocked("ru")
    desk.work.show_section(section)
    desk.settle()
    assert isinstance(desk.work.page(section), FeaturePage)
    assert desk.work.stack.currentWidget() is desk.work.page(section)
    assert desk.work.side_bar.buttons[section].isChecked()


def test_a_kind_opens_in_one_section_only() -> None:
    kinds = [kind for feature in FEATURES for kind in feature.kinds]
    assert len(kinds) == len(set(kinds))


def test_three_letters_find_a_record_and_enter_opens_it(desk: Any) -> None:
    desk.unlocked("ru")
    made: list[Any] = []
    desk.work.session.command(
        lambda ctx: records.record(ctx, "person", {"surname": "Асқаров", "given_name": "Болат"}), made.append
    )
    desk.settle()
    desk.key(Qt.Key.Key_F3)
    search = desk.work.top_bar.search
    assert QApplication.focusWidget() is search.chooser.line
    desk.type("аск")
    desk._bot.waitUntil(lambda: search.chooser.list.count() > 0, timeout=20_000)
    desk.key(Qt.Key.Key_Return)
    desk._bot.waitUntil(lambda: desk.work.section == "people", timeout=20_000)
    desk.settle()
    card = desk.work.page("people").current().card
    assert card.uid == uid_text(made[0].uid)
    assert card.title.text() == "Асқаров Болат"


def test_the_trash_gives_back(desk: Any) -> None:
    desk.unlocked("ru")
    made: list[Any] = []
    session = desk.work.session
    session.command(lambda ctx: records.record(ctx, "person", {"surname": "Асқаров"}), made.append)
    desk.settle()
    session.command(lambda ctx: records.withdraw(ctx, made[0].uid, "екі рет"))
    desk.settle()
    desk.work.show_section("trash")
    desk.settle()
    page = desk.work.page("trash")
    assert page.model.row(0).cells[:3] == ("Человек", "Асқаров", "екі рет")
    page.restore_button.click()
    desk.settle()
    assert page.empty.isVisible()
    assert desk.work.undo_bar.label.text() == "Возвращено из корзины: Человек Асқаров"


def test_language_size_and_user_are_remembered(desk: Any) -> None:
    window = desk.unlocked("ru")
    window.act("language:kk")
    window.act("larger")
    desk.settle()
    known = WindowSettings.read(desk.folder / "settings")
    assert (known.language, known.text_size, known.user) == ("kk", 125, "Раушан")
    assert desk.work.side_bar.buttons["incidents"].text().strip() == "Оқиғалар"


def test_the_title_of_the_window_speaks_the_language_chosen(desk: Any) -> None:
    window = desk.unlocked("ru")
    desk.work.show_section("incidents")
    for language, title in (("kk", "Оқиғалар"), ("en", "Incidents"), ("ru", "Инциденты")):
        window.act(f"language:{language}")
        desk.settle()
        assert window.windowTitle() == f"{title} – Ethnomed Desktop"


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"language": 5, "text_size": "big", "other": 1}'])
def test_broken_settings_are_passed_over(tmp_path: Any, text: str) -> None:
    (tmp_path / "window.json").write_text(text, encoding="utf-8")
    assert WindowSettings.read(tmp_path) == WindowSettings()


def test_ctrl_digits_go_to_the_sections(desk: Any) -> None:
    desk.unlocked("ru")
    desk.incidents.list.setFocus()
    desk.key(Qt.Key.Key_6, CTRL)
    assert desk.work.section == "people"
    desk.key(Qt.Key.Key_2, CTRL)
    assert desk.work.section == "incidents"


def test_locked_actions_do_nothing(desk: Any) -> None:
    window = desk.open("ru")
    assert not window.actions_.by_key["incident"].isEnabled()
    assert window.actions_.by_key["language:kk"].isEnabled()
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    assert window.work is None


def test_the_list_of_keys_names_every_shortcut(desk: Any) -> None:
    window = desk.open("en")
    window.act("keys")
    box = window.findChild(QWidget, "told")
    said = box.findChild(QTextBrowser, "told_words").toPlainText()
    for act in ACTIONS:
        for key in act.keys:
            assert QKeySequence(key).toString() or key
        assert not act.keys or as_printed_on_keys(act.keys[:1]) in said
    box.close()


def test_the_list_of_keys_names_those_of_the_page_and_no_record(desk: Any) -> None:
    window = desk.unlocked("ru")
    desk.work.session.command(lambda ctx: records.record(ctx, "person", {"surname": "Асқаров"}))
    desk.work.show_section("meetings")
    desk.settle()
    assert "Асқаров" in window.actions_.by_key["undo"].text()
    window.act("keys")
    box = window.findChild(QWidget, "told")
    said = box.findChild(QTextBrowser, "told_words").toPlainText()
    box.close()
    assert "Асқаров" not in said
    for words, keys in (("Создать поручение из решения", "F9"), ("Следующий вопрос повестки", "Ctrl+↓")):
        assert words in said
        assert keys in said


@pytest.mark.parametrize("size", [100, 200])
def test_boxes_are_no_higher_than_the_window_and_scroll(desk: Any, qapp: Any, size: int) -> None:
    window = desk.open("kk")
    window.resize(1366, 740)
    qapp.use_text_size(size)
    for told in ("keys", "about"):
        window.act(told)
        box = window.findChild(QWidget, "told")
        assert box.height() <= window.height()
        ok = box.findChild(QPushButton)
        assert box.rect().contains(ok.geometry())
        words = box.findChild(QTextBrowser, "told_words")
        assert words.horizontalScrollBar().maximum() == 0
        assert words.verticalScrollBar().maximum()
        assert ("SIL Open Font License" in words.toPlainText()) == (told == "about"), "licences ask to be shown"
        QTest.mouseClick(ok, Qt.MouseButton.LeftButton)
        desk.settle()
        assert window.findChild(QWidget, "told") is None


def test_two_bodies_are_a_choice_at_the_foot(desk: Any) -> None:
    desk.unlocked("ru")
    made: list[Any] = []
    body = {
        "body_kind": "council_of_mothers",
        "name_kk": "Аналар кеңесі",
        "name_ru": "Совет матерей",
        "is_ours": True,
    }
    desk.work.session.command(lambda ctx: records.record(ctx, "organisation", body), made.append)
    desk.settle()
    assert len(desk.work.status.frame_known.bodies) == 2
    desk.work.status._work_for(uid_text(made[0].uid))
    desk.settle()
    assert desk.work.status.parts["body"].text() == "Совет матерей"
