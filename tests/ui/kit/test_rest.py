"""Hidden parts hear of another language, theme and text size when they are shown, and look no different then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QSize
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.date_field import DateField
from ethnomed_desktop.ui.kit.language_buttons import LanguageButtons
from ethnomed_desktop.ui.kit.rest import CATCH_UP_AFTER_MS, keeper_of_rest
from ethnomed_desktop.ui.kit.scale import refresh, spaced
from ethnomed_desktop.ui.kit.secret_line import SecretLine
from ethnomed_desktop.ui.kit.view_buttons import ViewButtons


class Spoken(QLabel):
    """Says the language in use, and how often it was asked to dress."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(current().language, parent)
        self.dressed = 0

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange:
            self.setText(current().language)
        if event.type() == event.Type.StyleChange:
            self.dressed += 1
        super().changeEvent(event)


class Pages(QStackedWidget):
    """Two pages, each with a label, a bar that is closed, and a line."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.closed, self.lines = [], [], []
        for _number in range(2):
            page = QWidget(self)
            column = QVBoxLayout(page)
            spaced(column, 2, (2, 2, 2, 2))
            for kept, made in ((self.words, Spoken), (self.closed, Spoken), (self.lines, QLineEdit)):
                kept.append(made(page))
                column.addWidget(kept[-1])
            self.closed[-1].hide()
            self.addWidget(page)


@pytest.fixture
def pages(qtbot) -> Pages:
    made = Pages()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    QApplication.processEvents()
    made.setCurrentIndex(1)
    made.setCurrentIndex(0)
    return made


def test_what_is_seen_is_worded_at_once_and_the_rest_when_shown(pages, qapp) -> None:
    qapp.use_language("ru")
    assert [one.text() for one in pages.words] == ["ru", "kk"]
    assert pages.closed[0].text() == "kk"
    pages.setCurrentIndex(1)
    assert pages.words[1].text() == "ru"
    assert pages.closed[1].text() == "kk"  # closed within the page shown: still at rest
    for bar in pages.closed:
        bar.show()
    assert pages.closed[1].text() == "ru"
    pages.setCurrentIndex(0)
    assert pages.closed[0].text() == "ru"


def test_hidden_pages_are_worded_in_the_pauses(pages, qapp, qtbot) -> None:
    qapp.use_language("ru")
    hidden = (pages.words[1], *pages.closed)
    assert {one.text() for one in hidden} == {"kk"}
    qtbot.wait_until(lambda: {one.text() for one in hidden} == {"ru"}, timeout=20 * CATCH_UP_AFTER_MS)


def test_the_same_language_again_reaches_everything(pages, qapp) -> None:
    for one in (pages.words[1], *pages.closed):
        one.setText("a name to be hidden")
    qapp.use_language(qapp.language)
    assert {one.text() for one in (*pages.words, *pages.closed)} == {"kk"}


def test_hidden_pages_are_dressed_when_shown_once(pages, qapp) -> None:
    before = [one.dressed for one in pages.words]
    qapp.use_text_size(200)
    qapp.use_theme("dark")
    assert pages.words[0].dressed > before[0]
    assert pages.words[1].dressed == before[1]
    pages.setCurrentIndex(1)
    assert pages.words[1].dressed == before[1] + 1
    pages.setCurrentIndex(0)
    pages.setCurrentIndex(1)
    assert pages.words[1].dressed == before[1] + 1


@pytest.mark.parametrize(("size", "theme"), [(200, "dark"), (150, "contrast")])
def test_a_page_that_rested_looks_as_one_that_did_not(pages, qapp, size, theme) -> None:
    qapp.use_text_size(size)
    qapp.use_theme(theme)
    pages.setCurrentIndex(1)
    qapp.processEvents()
    rested = pages.grab().toImage()
    qapp.use_theme(theme)
    qapp.processEvents()
    assert pages.grab().toImage() == rested
    assert pages.lines[1].sizeHint() == pages.lines[1].sizeHint().expandedTo(pages.lines[0].sizeHint())


def test_what_is_being_typed_stays(pages, qapp) -> None:
    line = pages.lines[0]
    line.setText("Айгүл айтты")
    line.setSelection(2, 5)
    qapp.use_language("en")
    qapp.use_text_size(150)
    assert (line.text(), line.selectionStart(), line.selectedText()) == ("Айгүл айтты", 2, "гүл а")


def test_a_window_not_shown_yet_hears_of_everything(qtbot, qapp) -> None:
    pages = Pages()
    qtbot.addWidget(pages)
    qapp.use_language("en")
    assert {one.text() for one in (*pages.words, *pages.closed)} == {"en"}


def test_a_calendar_that_was_closed_opens_in_the_language_and_size_in_force(qtbot, qapp) -> None:
    def opened(field: DateField) -> tuple[QSize, QLocale]:
        field.show()
        field.open_calendar()
        calendar = field._calendar
        size, locale = calendar.size(), calendar.findChild(QCalendarWidget).locale()
        calendar.hide()
        return size, locale

    kept = DateField(KINDS["meeting"].field("starts"))
    qtbot.addWidget(kept)
    small, _kazakh = opened(kept)
    qapp.use_language("ru")
    qapp.use_text_size(200)
    new = DateField(KINDS["meeting"].field("starts"))
    qtbot.addWidget(new)
    large, locale = opened(kept)
    assert (large, locale) == opened(new)
    assert large.width() > small.width()
    assert locale.name().startswith("ru")


def test_parts_of_the_kit_at_rest_catch_up(qtbot, qapp) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    parts = [made(window) for made in (LanguageButtons, SecretLine, ViewButtons)]
    for part in parts:
        column.addWidget(part)
    window.show()
    heights = [part.sizeHint().height() for part in parts]
    for part in parts:
        part.hide()
    qapp.use_text_size(200)
    for part in parts:
        part.show()
    qapp.processEvents()
    assert appearance().text_size == 200
    assert all(part.sizeHint().height() > 1.5 * height for part, height in zip(parts, heights, strict=True))


def test_menus_follow_in_the_pauses(pages, qapp, qtbot) -> None:
    menu = QMenu(pages)
    menu.addAction("Хаттаманы басып шығару")
    menu.ensurePolished()
    small = menu.sizeHint().height()
    qapp.use_text_size(200)
    qtbot.waitUntil(keeper_of_rest(refresh).is_idle, timeout=5000)
    new = QMenu(pages)
    new.addAction("Хаттаманы басып шығару")
    new.ensurePolished()
    assert small < menu.sizeHint().height() == new.sizeHint().height()


def test_what_is_put_away_by_a_change_of_size_rests_and_looks_right_later(pages, qapp, qtbot) -> None:
    page = pages.widget(0)
    words, line = pages.words[0], pages.lines[0]

    def make_room() -> None:
        line.setVisible(appearance().text_size < 150)

    appearance().changing.connect(make_room)
    try:
        seen = line.height()
        qapp.use_text_size(200)
        assert line.isHidden()
        assert words.font().pointSizeF() > 20
        line.show()
        QApplication.processEvents()
        assert line.font() == words.font()
        assert line.height() > 1.5 * seen
        assert line.geometry().bottom() <= page.height()
    finally:
        appearance().changing.disconnect(make_room)
