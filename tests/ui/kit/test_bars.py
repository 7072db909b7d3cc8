from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QStatusBar

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.ui.kit.empty_state import EmptyState
from ethnomed_desktop.ui.kit.filter_bar import CodeFilter, FilterBar
from ethnomed_desktop.ui.kit.form_page import FormPage
from ethnomed_desktop.ui.kit.icons import icon
from ethnomed_desktop.ui.kit.language_buttons import LanguageButtons
from ethnomed_desktop.ui.kit.list_page import ListPage
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.page_view import PageView
from ethnomed_desktop.ui.kit.paged_table import PagedTable
from ethnomed_desktop.ui.kit.practice_band import PracticeBand
from ethnomed_desktop.ui.kit.rows import Column
from ethnomed_desktop.ui.kit.side_bar import Section, SideBar
from ethnomed_desktop.ui.kit.status_parts import StatusParts
from ethnomed_desktop.ui.kit.view_buttons import ViewButtons

SECTIONS = (
    Section("incidents", "Incidents", "incidents", "Ctrl+2"),
    Section("people", "People", "people", "Ctrl+6"),
)


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_message_has_words_icon_and_a_way_back(qtbot) -> None:
    bar = shown(qtbot, MessageBar())
    undone = []
    bar.succeed("Жойылды", action="Қайтару", on_action=lambda: undone.append(True))
    assert bar.isVisible()
    assert bar.accessibleName() == "Жойылды"
    assert not bar._icon.pixmap().isNull()
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not bar.isVisible()


def test_good_news_goes_and_bad_news_stays(qtbot) -> None:
    bar = shown(qtbot, MessageBar(stays_ms=10))
    bar.inform("Дайын")
    qtbot.wait_until(lambda: not bar.isVisible(), timeout=2000)
    bar.fail("Қате")
    assert not bar._timer.isActive()
    assert bar.isVisible()


def test_filters_wait_for_the_last_key(qtbot, type_text) -> None:
    bar = shown(qtbot, FilterBar([CodeFilter("severity", "Severity", "severity")], debounce_ms=10))
    told = []
    bar.changed.connect(told.append)
    with qtbot.wait_signal(bar.changed, timeout=2000):
        for letter in "дау":
            type_text(bar.text.line, letter)
    assert told == [(("text", "дау"),)]
    bar.set_filters((("severity", "2"),))
    assert told[-1] == (("severity", "2"),)
    qtbot.mouseClick(bar.clear_button, Qt.MouseButton.LeftButton)
    assert told[-1] == ()


def test_filters_fold_away_where_there_is_no_room(qtbot) -> None:
    codes = [CodeFilter("severity", "Severity", "severity"), CodeFilter("trend", "Trend", "trend")]
    bar = FilterBar(codes)
    bar.resize(1300, 100)
    shown(qtbot, bar)
    assert bar.boxes[2].isVisible()
    bar.resize(420, 100)
    QApplication.processEvents()
    assert not bar.boxes[2].isVisible()
    bar.boxes[2].set_value("rising")
    bar._fold()
    assert bar.boxes[2].isVisible()
    assert not bar.boxes[1].isVisible()
    bar.fold_button.click()
    assert bar.boxes[1].isVisible()


def test_the_side_bar_names_its_sections_in_both_shapes(qtbot, qapp) -> None:
    bar = shown(qtbot, SideBar(SECTIONS))
    wide = bar.sizeHint().width()
    with qtbot.wait_signal(bar.chosen, timeout=1000) as chosen:
        qtbot.mouseClick(bar.buttons["people"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["people"]
    qapp.use_language("ru")
    assert bar.buttons["people"].accessibleName() == "Люди"
    bar.fit_to(400)
    assert bar.sizeHint().width() < wide
    assert bar.buttons["people"].toolTip() == "Люди · Ctrl+6"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("size", [100, 200])
def test_no_section_is_cut_off(qtbot, qapp, language, size) -> None:
    qapp.use_language(language)
    qapp.use_text_size(size)
    bar = SideBar(SECTIONS)
    bar.resize(bar.sizeHint().width(), 600)
    shown(qtbot, bar)
    for button in bar.buttons.values():
        assert button.sizeHint().width() <= button.width()


def test_languages_are_three_words(qtbot, qapp) -> None:
    buttons = shown(qtbot, LanguageButtons())
    buttons.chosen.connect(qapp.use_language)
    assert [button.text() for button in buttons.buttons.values()] == ["ҚАЗ", "РУС", "ENG"]
    qtbot.mouseClick(buttons.buttons["en"], Qt.MouseButton.LeftButton)
    assert qapp.language == "en"
    assert buttons.buttons["en"].isChecked()
    with qtbot.assert_not_emitted(buttons.chosen):
        qtbot.mouseClick(buttons.buttons["en"], Qt.MouseButton.LeftButton)


def test_text_size_buttons_stop_at_the_ends(qtbot, qapp) -> None:
    buttons = shown(qtbot, ViewButtons())
    buttons.text_stepped.connect(qapp.step_text_size)
    assert not buttons.smaller.isEnabled()
    for _step in range(4):
        qtbot.mouseClick(buttons.larger, Qt.MouseButton.LeftButton)
    assert not buttons.larger.isEnabled()
    assert buttons.smaller.isEnabled()
    with qtbot.wait_signal(buttons.locked, timeout=1000):
        qtbot.mouseClick(buttons.lock, Qt.MouseButton.LeftButton)


def test_parts_of_the_status_are_buttons(qtbot) -> None:
    bar = shown(qtbot, StatusParts())
    bar.set_part("saved", "Сақталды: 14:32")
    bar.set_part("unsent", "Жіберілмеген: 3", "Алмасу")
    with qtbot.wait_signal(bar.pressed, timeout=1000) as pressed:
        qtbot.mouseClick(bar.parts["unsent"], Qt.MouseButton.LeftButton)
    assert pressed.args == ["unsent"]
    bar.set_part("unsent", "")
    assert not bar.parts["unsent"].isVisible()


def test_practice_is_said_in_words(qtbot, qapp) -> None:
    band = shown(qtbot, PracticeBand())
    assert "ЖАТТЫҒУ" in band.text()
    qapp.use_language("en")
    assert "PRACTICE" in band.accessibleName()
    assert not band.grab().isNull()


def test_icons_take_the_colour_of_the_theme(qapp) -> None:
    def ink() -> str:
        image = icon("lock").pixmap(64, 64).toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(64)
            for y in range(64)
            if image.pixelColor(x, y).alpha() == 255
        }
        return "".join(sorted(colours))

    light = ink()
    qapp.use_theme("contrast")
    assert "#ffffff" in ink()
    assert "#1b1b1b" in light


def list_page(tasks, source):
    model = PagedTable((Column("number", "Number", 10, True), Column("place", "Place")), source, tasks)
    page = ListPage("Incidents", "Save", model, FilterBar(debounce_ms=5), EmptyState("incidents", "Nothing found"))
    page.resize(900, 600)
    return page


def test_a_list_counts_filters_and_reloads(qtbot, tasks, fake_rows, type_text) -> None:
    source = fake_rows(1250)
    page = list_page(tasks, source)
    qtbot.addWidget(page)
    page.start("number", descending=True)
    qtbot.waitUntil(lambda: "1\u00a0250" in page.count.text(), timeout=5000)  # the rows are painted first
    qtbot.waitUntil(tasks.is_idle, timeout=5000)
    with qtbot.wait_signal(tasks.idle, timeout=5000):
        type_text(page.filters.text.line, "су")
    assert source.questions[-1].filters == (("text", "су"),)
    assert source.questions[-1].descending
    asked = len(source.questions)
    page.changed()
    assert len(source.questions) == asked
    with qtbot.wait_signal(tasks.idle, timeout=5000):
        page.show()
    assert len(source.questions) == asked + 1


def test_an_empty_list_says_what_will_be_here(qtbot, tasks, fake_rows) -> None:
    page = list_page(tasks, fake_rows(0))
    qtbot.addWidget(page)
    page.show()
    with qtbot.wait_signal(tasks.idle, timeout=5000):
        page.start()
    assert page.empty.isVisible()
    assert not page.table.isVisible()


class Pages:
    def __init__(self, count: int) -> None:
        self.count, self.drawn = count, []

    def sizes(self):
        return [(595.0, 842.0)] * self.count

    def picture(self, page, width):
        self.drawn.append(page)
        height = width * 842 // 595
        return bytes([200]) * (3 * width * height), width, height

    def text(self, page):
        return f"бет {page + 1}"


def test_only_pages_that_are_seen_are_drawn(qtbot, tasks) -> None:
    view = PageView(tasks)
    view.resize(400, 500)
    shown(qtbot, view)
    source = Pages(300)
    with qtbot.wait_signal(view.drawn, timeout=5000):
        view.show_pages(source)
        view.grab()
    with qtbot.wait_signal(view.page_changed, timeout=5000) as changed:
        view.go_to_page(200)
        view.grab()
    assert changed.args == [200]
    assert view.accessibleDescription() == "бет 200"
    with qtbot.wait_signal(tasks.idle, timeout=5000):
        view.grab()
    assert 199 in source.drawn
    assert len(set(source.drawn)) < 8


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("what", ["list", "form"])
def test_a_small_screen_keeps_its_size_at_every_text_size(
    qtbot, qapp, tasks, fake_rows, needs, language, what
) -> None:
    """Top bar, status and page within 1366x768, also with a message shown."""
    window = QMainWindow()
    qtbot.addWidget(window)
    content = list_page(tasks, fake_rows(5)) if what == "list" else FormPage(KINDS["incident"], needs)
    window.setMenuWidget(LanguageButtons())
    window.setCentralWidget(content)
    status = StatusParts()
    status.set_part("saved", "Сақталды: 14:32")
    window.setStatusBar(QStatusBar())
    window.statusBar().addWidget(status, 1)
    window.resize(1366, 768)
    window.show()
    qapp.use_language(language)
    content.messages.warn("Жазба табылмады")
    for size in (200, 100, 175):
        qapp.use_text_size(size)
        qapp.processEvents()
        assert window.size() == QSize(1366, 768)


def test_a_tight_message_takes_one_line_and_tells_all_in_its_tooltip(qtbot) -> None:
    bar = shown(qtbot, MessageBar())
    bar.resize(300, 60)
    text = "Отырыс жазылды: ауыл ақсақалдар кеңесі, " * 4
    bar.succeed(text)
    bar.tighten(True)
    QApplication.processEvents()
    assert bar.label.text().endswith("…")
    assert bar.label.toolTip() == text
    assert bar.accessibleName() == text
    bar.tighten(False)
    assert bar.label.text() == text
