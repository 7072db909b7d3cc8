"""In a low window (1366 × 768 from 150 % on) heads, margins and foot give their room to the content."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QMainWindow, QMenuBar, QToolButton, QVBoxLayout, QWidget

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.back_button import BackButton
from ethnomed_desktop.ui.kit.form_page import FormPage
from ethnomed_desktop.ui.kit.practice_band import PracticeBand
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.kit.side_bar import Section, SideBar

WINDOW = 740
"""What a screen of 768 pixels leaves of a window's height."""


@pytest.mark.parametrize(("size", "low"), [(100, False), (125, False), (150, True), (175, True), (200, True)])
def test_a_window_is_low_by_the_size_of_its_text(qapp, size, low) -> None:
    qapp.use_window_height(WINDOW)
    qapp.use_text_size(size)
    assert appearance().low is low


def test_no_window_is_not_a_low_one(qapp) -> None:
    qapp.use_text_size(200)
    assert not appearance().low


def test_margins_and_headings_shrink_and_come_back(qtbot, qapp) -> None:
    page, heading = QWidget(), QLabel("Отырыс")
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    spaced(column, 4, (6, 4, 6, 4))
    column.addWidget(heading)
    sized_font(heading, 1.5, bold=True)
    qapp.use_text_size(200)
    page.show()
    high = heading.font().pointSizeF()
    qapp.use_window_height(WINDOW)
    assert column.contentsMargins().top() == 2 * unit()
    assert column.contentsMargins().left() == 6 * unit()
    assert column.spacing() == 2 * unit()
    assert qapp.font().pointSizeF() < heading.font().pointSizeF() < high
    qapp.use_window_height(1100)
    assert column.contentsMargins().top() == 4 * unit()
    assert heading.font().pointSizeF() == high


def test_the_way_back_is_an_arrow_with_its_words_to_be_read(qtbot, qapp) -> None:
    back = BackButton()
    qtbot.addWidget(back)
    back.lead("Тізімге оралу")
    assert (back.text(), back.accessibleName()) == ("Тізімге оралу", "Тізімге оралу")
    qapp.use_window_height(WINDOW)
    qapp.use_text_size(200)
    assert (back.text(), back.accessibleName(), back.toolTip()) == ("", "Тізімге оралу", "Тізімге оралу")


def test_all_sections_are_in_sight_at_two_hundred_per_cent(qtbot, qapp) -> None:
    names = ("home", "incidents", "meetings", "people", "exchange", "trash")
    sections = [Section(name, "Home", name) for name in names]
    more = [Section(f"more_{number}", "Help", "help") for number in range(5)]
    bar = SideBar(sections, more)
    qtbot.addWidget(bar)
    qapp.use_window_height(WINDOW)
    qapp.use_text_size(200)
    bar.fit_to(1366)
    bar.resize(120, WINDOW - 100)
    bar.show()
    assert bar._scroll.verticalScrollBar().maximum() == 0
    assert min(button.height() for button in bar.buttons.values()) >= 6 * unit()


def test_seldom_sections_stand_by_name_behind_more(qtbot, qapp) -> None:
    sections = [Section(f"often_{number}", "Home", "home") for number in range(7)]
    seldom = [Section(name, label, name, seldom=True) for name, label in (("users", "Users"), ("notes", "Help"))]
    bar = SideBar(sections, [*seldom, Section("help", "Help", "help"), Section("trash", "Trash", "trash")])
    qtbot.addWidget(bar)
    qapp.use_window_height(WINDOW)
    qapp.use_text_size(200)
    bar.fit_to(1366)
    bar.resize(120, WINDOW - 140)
    bar.show()
    assert bar.more.isVisible()
    assert not bar.buttons["users"].isVisible()
    assert bar._scroll.verticalScrollBar().maximum() == 0
    bar.choose("users")
    assert bar.more.isChecked()
    assert bar.more.accessibleName().endswith("Пайдаланушылар")
    with qtbot.wait_signal(bar.chosen, timeout=1000) as chosen:
        bar._more_actions["notes"].trigger()
    assert chosen.args == ["notes"]
    bar.resize(120, 2000)
    assert bar.buttons["users"].isVisible()
    assert not bar.more.isVisible()


def test_the_practice_sign_says_the_word_and_reads_the_sentence(qtbot) -> None:
    sign, band = PracticeBand(short=True), PracticeBand()
    qtbot.addWidget(sign)
    qtbot.addWidget(band)
    assert sign.accessibleName() == band.text()
    assert len(sign.text()) < len(band.text())
    assert sign.grab().toImage() != band.grab().toImage()


def test_the_practice_sign_takes_the_room_of_its_words(qtbot, qapp) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    sign = PracticeBand(bar, short=True)
    bar.setCornerWidget(sign)
    bar.addMenu("Menu")
    bar.resize(1366, bar.sizeHint().height())
    bar.show()
    for language, size in (("en", 100), ("ru", 100), ("kk", 200), ("en", 150), ("ru", 200)):
        qapp.use_language(language)
        qapp.use_text_size(size)
        words = QFontMetrics(sign.font()).horizontalAdvance(sign.text())
        assert sign.width() >= words + 4 * sign.height(), (language, size)


def test_the_title_of_a_form_leaves_its_line_to_the_inputs(qtbot, qapp, needs) -> None:
    form = FormPage(KINDS["incident"], needs)
    qtbot.addWidget(form)
    qapp.use_text_size(200)
    form.resize(1000, 400)
    form.show()
    assert form.title.isVisible()
    qapp.use_window_height(WINDOW)
    assert not form.title.isVisible()
    assert form.tabs.isVisible()


def test_menus_that_do_not_fit_are_reached_beside_the_practice_sign(qtbot, qapp) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    for number in range(9):
        window.menuBar().addMenu(f"Басып шығару {number}")
    window.menuBar().setCornerWidget(PracticeBand(window.menuBar(), short=True))
    window.resize(700, 300)
    window.show()
    qapp.use_text_size(200)
    qapp.processEvents()
    more = window.menuBar().findChild(QToolButton, "qt_menubar_ext_button")
    assert more.isVisible()
    assert more.visibleRegion().boundingRect() == more.rect()
