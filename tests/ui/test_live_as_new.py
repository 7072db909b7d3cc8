"""A window whose text size, language or theme was changed looks as one that was opened with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pytest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from ethnomed_desktop.app import records
from ethnomed_desktop.domain.clock import SystemClock
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.kit import rest
from ethnomed_desktop.ui.kit.picture import picture
from ethnomed_desktop.ui.kit.rest import keeper_of_rest
from ethnomed_desktop.ui.kit.scale import refresh, sized_font
from ethnomed_desktop.ui.kit.sight import lay_out
from ethnomed_desktop.ui.main_window import MainWindow
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

from .conftest import Desk
from .looks import Measures, differences, looks_of


class Look(NamedTuple):
    """How a window is looked at."""

    size: int = 100
    language: str = "ru"
    theme: str = "light"


CHANGES = [
    (Look(100), Look(200)),
    (Look(200), Look(100)),
    (Look(125), Look(175)),
    (Look(language="ru"), Look(language="kk")),
    (Look(150, "kk"), Look(150, "en", "dark")),
    (Look(theme="dark"), Look(theme="contrast")),
]


class Hand:
    """Opens a window and leads it through its pages; before a look nothing has the focus or is scrolled."""

    def __init__(self, desk: Desk, app: DesktopApplication, qtbot: Any) -> None:
        self.desk, self.app, self.bot = desk, app, qtbot
        self._begun = False

    def open(self, look: Look) -> None:
        self.wear(look)
        settings = WindowSettings(language=look.language, text_size=look.size)
        door = Door(self.desk.folder, params=FLOOR)
        window = MainWindow(self.app, door, settings, self.desk.folder / "settings")
        self.desk.windows.append(window)
        self._begun = False
        window.resize(1366, 740)
        window.show()
        self.settle()

    def wear(self, look: Look) -> None:
        """Change what differs, as the buttons of the window do."""
        if self.app.language != look.language:
            self.app.use_language(look.language)
        self.app.use_theme(look.theme)
        self.app.use_text_size(look.size)

    def settle(self) -> None:
        for _round in range(2):
            self.desk.settle()
            self.bot.waitUntil(keeper_of_rest(refresh).is_idle, timeout=20_000)
            self.bot.waitUntil(lambda: not picture().is_coming(), timeout=20_000)
            lay_out()
        self.desk.settle()

    def look(self) -> dict[str, Measures]:
        self.settle()
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()
        for area in self.desk.window.findChildren(QAbstractScrollArea):
            if area.isVisible():
                area.verticalScrollBar().setValue(0)
        self.settle()
        return looks_of(self.desk.window)

    def go(self, name: str) -> None:
        PAGES[name](self)
        self.settle()

    # -- pages ----------------------------------------------------------------

    def section(self, key: str) -> Any:
        self.desk.window.act(f"section:{key}")
        self.settle()
        return self.desk.work.page(key)

    def incidents(self) -> None:
        self.section("incidents").show_list()

    def card(self) -> None:
        self.incidents()
        self.settle()
        self.desk.incidents.open_current()

    def meetings(self) -> None:
        self.section("meetings").show_list()

    def meeting(self, tab: str) -> None:
        page = self.section("meetings")
        if self._begun:
            page.setCurrentWidget(page.workspace)
        else:
            page.start_new()
            self.settle()
            page.workspace.add_item()
            self.settle()
            page.workspace.minutes.editor.add_decision()
            self._begun = True
        page.workspace.show_tab(tab)


PAGES: dict[str, Callable[[Hand], object]] = {
    "incidents": Hand.incidents,
    "card": Hand.card,
    "form": lambda hand: hand.desk.window.act("incident"),
    "people": lambda hand: hand.section("people"),
    "meeting": lambda hand: hand.meeting("meeting"),
    "attendance": lambda hand: hand.meeting("attendance"),
    "minutes": lambda hand: hand.meeting("minutes"),
    "check": lambda hand: hand.meeting("check"),
    "meetings": Hand.meetings,
    "exchange": lambda hand: hand.section("exchange"),
    "settings": lambda hand: hand.section("settings"),
    "users": lambda hand: hand.section("users"),
    "trash": lambda hand: hand.section("trash"),
    "help": lambda hand: hand.section("help"),
    "home": lambda hand: hand.section("home"),
}
IN_SIGHT = ("home", "form", "minutes", "settings")
"""Pages that are looked at while the change comes; the others hear of it when they are shown."""


@pytest.fixture
def hand(desk: Desk, qapp: DesktopApplication, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Hand:
    moment = SystemClock().now_ms()
    for pause in ("CATCH_UP_AFTER_MS", "UNSEEN_AFTER_MS", "PAUSE_MS"):
        monkeypatch.setattr(rest, pause, 0)
    monkeypatch.setattr(SystemClock, "now_ms", lambda clock: moment)  # what is shown tells of the time
    return Hand(desk, qapp, qtbot)


def unlocked(hand: Hand) -> None:
    """Unlock and go once through the pages, so that each was shown before."""
    hand.desk.unlock()
    for name in PAGES:
        hand.go(name)


@pytest.mark.parametrize(("before", "after"), CHANGES, ids=lambda look: "-".join(map(str, look)))
def test_a_changed_window_looks_as_a_new_one(hand: Hand, before: Look, after: Look) -> None:
    hand.open(after)
    hand.desk.unlock()
    session = hand.desk.work.session
    for settlement in ("Масанчи", "Сортобе"):
        told = {"settlement": settlement, "what_happened": "Су дауы"}
        session.command(partial(records.record, kind_name="incident", raw=told))
    hand.settle()
    hand.desk.close()
    hand.open(after)
    new = {"door": hand.look()}
    unlocked(hand)
    for name in PAGES:
        hand.go(name)
        new[name] = hand.look()
    throw_drafts_away(hand)
    hand.desk.close()

    hand.open(before)
    hand.wear(after)
    found = {"door": differences(new["door"], hand.look())}
    hand.wear(before)
    unlocked(hand)
    for name in IN_SIGHT:
        hand.go(name)
        hand.wear(after)
        found[f"{name}, in sight"] = differences(new[name], hand.look())
        hand.wear(before)
        hand.settle()
    hand.wear(after)
    hand.settle()
    for name in PAGES:
        hand.go(name)
        found[name] = differences(new[name], hand.look())
    throw_drafts_away(hand)
    told_of = [f"{name}: {line}" for name, lines in found.items() for line in lines]
    assert "\n".join(told_of) == ""


def throw_drafts_away(hand: Hand) -> None:
    """Leave nothing typed to the window that comes next."""
    hand.meeting("meeting")
    hand.settle()
    hand.desk.work.page("meetings").workspace.keeper.throw_away()
    hand.settle()


def test_a_font_of_its_own_stays_when_a_widget_moves(qapp: DesktopApplication, qtbot: Any) -> None:
    """Qt puts on what it noted when it first dressed the widget: the text size before."""
    label, homes = QLabel("Хаттама"), [QWidget(), QWidget()]
    for home in homes:
        qtbot.addWidget(home)
        QVBoxLayout(home)
    sized_font(label, 1.5, bold=True)
    homes[0].layout().addWidget(label)
    homes[0].show()
    qapp.use_text_size(200)
    large = label.font().pointSizeF()
    homes[1].layout().addWidget(label)
    homes[1].show()
    qapp.processEvents()
    assert label.font().pointSizeF() == large


@pytest.mark.parametrize("size", [100, 125, 150, 175, 200])
def test_what_has_the_focus_is_no_larger(qapp: DesktopApplication, qtbot: Any, size: int) -> None:
    qapp.use_text_size(size)
    home = QWidget()
    qtbot.addWidget(home)
    column = QVBoxLayout(home)
    buttons = {}
    for role in ("", "primary", "danger", "plain", "link"):
        for scale in (1.0, 1.1):
            button = buttons[role, scale] = QPushButton("Сохранить", home)
            button.setProperty("role", role)
            sized_font(button, scale)
            column.addWidget(button)
    home.show()
    home.activateWindow()
    qtbot.waitUntil(home.isActiveWindow)

    def measured(button: QPushButton) -> object:
        button.setText(button.text() + ".")  # else it answers what it measured before
        button.setText(button.text()[:-1])
        return button.sizeHint()

    for button in buttons.values():
        button.setFocus()
        assert button.hasFocus()
        focused = measured(button)
        button.clearFocus()
        assert measured(button) == focused
