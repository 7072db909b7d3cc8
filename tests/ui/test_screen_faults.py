"""Each check of `make screens` can fail: a page with just that fault, and a sound one."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableWidget,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.ui.kit import palettes
from tests.screens import faults
from tests.screens.faults import faults_of, faults_of_palettes

LONG = "Ақсақалдар кеңесінің кезекті отырысы"
Make = Callable[[QWidget], QWidget | None]


@pytest.fixture
def found(qtbot: Any) -> Callable[[Make], list[str]]:
    """Return what is found wrong with a page that holds what ``make`` puts on it."""

    def look(make: Make) -> list[str]:
        page = QWidget()
        qtbot.addWidget(page)
        page.setObjectName("page")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page.setStyleSheet("#page { background: white; } QLabel { color: black; }")
        page.resize(700, 500)
        made = make(page)
        if made is not None:
            QVBoxLayout(page).addWidget(made)
        with qtbot.waitExposed(page):
            page.show()
        qtbot.wait(1)
        return list(faults_of(page))

    return look


def _as_wide_as_its_words(made: QPushButton) -> QWidget:
    """Padding takes its part of that width."""
    return _narrow(made, made.fontMetrics().horizontalAdvance(made.text()))


def _narrow(made: QWidget, width: int = 60) -> QWidget:
    made.setFixedWidth(width)
    return made


def test_a_sound_page_has_no_fault(found: Any) -> None:
    def make(page: QWidget) -> QWidget:
        inside = QWidget(page)
        column = QVBoxLayout(inside)
        wrapped = QLabel(LONG * 4)
        wrapped.setWordWrap(True)
        for widget in (QLabel(LONG), wrapped, QPushButton(LONG), QCheckBox(LONG), QLineEdit(LONG)):
            column.addWidget(widget)
        column.addStretch(1)
        return inside

    assert found(make) == []


def _low_label(page: QWidget) -> QWidget:
    label = QLabel(LONG * 8, page)
    label.setWordWrap(True)
    label.setFixedSize(300, 20)
    return label


class _HighButton(QPushButton):
    def minimumSizeHint(self) -> QSize:
        return QSize(10, 90)


class _NarrowTabs(QTabBar):
    def tabSizeHint(self, _index: int) -> QSize:
        return QSize(40, 40)


class _Careless(QHBoxLayout):
    """Puts everything in one place."""

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for child in self.parentWidget().findChildren(QWidget):
            child.setGeometry(QRect(rect.x(), rect.y(), 90, 40))


def _low_button(page: QWidget) -> QWidget:
    button = _HighButton(LONG, page)
    button.setMaximumHeight(40)
    return button


def _tabs(page: QWidget) -> QWidget:
    bar = _NarrowTabs(page)
    bar.setExpanding(False)
    bar.addTab(LONG)
    return bar


def _headings(page: QWidget) -> QWidget:
    table = QTableWidget(0, 2, page)
    table.setHorizontalHeaderLabels(["Қатыспағандардың", LONG])
    table.setColumnWidth(0, 30)
    return table


def _hint(page: QWidget) -> QWidget:
    line = QLineEdit(page)
    line.setPlaceholderText(LONG)
    return _narrow(line)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda page: _narrow(QLabel(LONG, page)), "px, has 60"),
        (_low_label, "needs more lines"),
        (lambda page: _narrow(QPushButton(LONG, page)), LONG[:20]),
        (lambda page: _as_wide_as_its_words(QPushButton(LONG, page)), LONG[:20]),
        (_low_button, "is cut in height"),
        (lambda page: _narrow(QCheckBox(LONG, page)), "px, has 60"),
        (_tabs, "the tab “"),
        (_hint, "the hint “"),
        (_headings, "the heading “Қатыспағандардың”"),
    ],
)
def test_what_is_cut_is_found(found: Any, make: Make, words: str) -> None:
    assert any(words in fault for fault in found(make))


def test_a_page_that_scrolls_sideways_is_found(found: Any) -> None:
    def area(page: QWidget) -> QWidget:
        made = QScrollArea(page)
        wide = QWidget()
        wide.setMinimumWidth(2000)
        made.setWidget(wide)
        made.setWidgetResizable(True)
        return made

    def text(page: QWidget) -> QWidget:
        made = QTextEdit(page)
        made.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        made.setText(LONG * 9)
        return made

    assert any("scrolls sideways" in fault for fault in found(area))
    assert any("scrolls sideways by" in fault for fault in found(text))


def test_nothing_of_a_layout_is_kept_after_a_look(found: Any) -> None:
    """Kept items outlive what Qt frees, and are taken for what it puts there next."""

    pages: list[QWidget] = []

    def make(page: QWidget) -> QWidget:
        pages.append(page)
        inside = QWidget(page)
        QVBoxLayout(inside).addWidget(QLabel(LONG))
        return inside

    def items() -> int:
        return sum(isinstance(one, QLayoutItem) and not isinstance(one, QLayout) for one in gc.get_objects())

    before = items()
    assert found(make) == []
    assert items() == before


def test_neighbours_that_overlap_are_found(found: Any) -> None:
    def make(page: QWidget) -> QWidget:
        inside = QWidget(page)
        row = _Careless(inside)
        for words in ("бір", "екі"):
            row.addWidget(QPushButton(words))
        return inside

    assert any("“бір” overlaps “екі”" in fault for fault in found(make))


def test_what_stands_out_of_its_parent_is_found_and_what_is_seen_in_part(found: Any) -> None:
    def make(page: QWidget) -> QWidget:
        inside = QWidget(page)
        inside.setFixedHeight(20)
        row = QHBoxLayout(inside)
        button = QPushButton("Сақтау")
        button.setMinimumHeight(60)
        row.addWidget(button)
        return inside

    wrong = found(make)
    assert any("“Сақтау” stands out of its parent" in fault for fault in wrong)
    assert any("“Сақтау” is seen in part" in fault for fault in wrong)


def test_a_button_that_can_be_scrolled_into_sight_is_sound(found: Any) -> None:
    def make(page: QWidget) -> QWidget:
        area = QScrollArea(page)
        content = QWidget()
        column = QVBoxLayout(content)
        for number in range(30):
            column.addWidget(QPushButton(str(number)))
        area.setWidget(content)
        area.setWidgetResizable(True)
        return area

    assert not [fault for fault in found(make) if "seen in part" in fault]


def test_letters_over_an_input_are_found(found: Any) -> None:
    def make(page: QWidget) -> None:
        line = QLineEdit(page)
        line.setGeometry(QRect(20, 20, 400, 36))
        letters = faults.LetterPalette(line, page)
        letters.setGeometry(QRect(40, 30, 200, 30))

    assert any("the letters cover" in fault for fault in found(make))


def test_letters_over_the_lower_half_of_an_input_are_no_fault(found: Any) -> None:
    """They stand over a label that is long for its place, on the end of the input above."""

    def make(page: QWidget) -> None:
        line = QLineEdit(page)
        line.setGeometry(QRect(20, 20, 400, 36))
        letters = faults.LetterPalette(line, page)
        letters.setGeometry(QRect(40, 44, 200, 30))

    assert not [fault for fault in found(make) if "the letters cover" in fault]


def test_empty_boxes_are_found(found: Any) -> None:
    assert any("U+10348" in fault for fault in found(lambda page: QLabel("\U00010348", page)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Save", "“Save” is not translated"),
        ("Барлығы saved жерде", "has words in English: saved"),
        ("Сақталды: {time}", "has a placeholder left: {time}"),
    ],
)
def test_words_left_in_english_and_placeholders_are_found(found: Any, text: str, words: str) -> None:
    assert any(words in fault for fault in found(lambda page: QLabel(text, page)))


def test_what_was_written_in_english_may_be_english(found: Any) -> None:
    def make(page: QWidget) -> QWidget:
        label = QLabel("Abai District", page)
        label.setObjectName("value_name_en")
        return label

    assert found(make) == []


def test_faint_words_are_found(found: Any) -> None:
    def label(page: QWidget) -> QWidget:
        made = QLabel(LONG, page)
        made.setStyleSheet("color: #bbbbbb;")
        return made

    def rows(page: QWidget) -> QWidget:
        made = QListWidget(page)
        made.setStyleSheet("background: white; color: #bbbbbb;")
        made.addItem(LONG)
        return made

    assert any("has a contrast of" in fault for fault in found(label))
    assert any("has a contrast of" in fault for fault in found(rows))


def test_faint_pairs_of_a_theme_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(faults_of_palettes()) == []
    faint = palettes.THEMES["light"]._replace(text="#cccccc")
    monkeypatch.setattr(faults, "THEMES", {"light": faint})
    assert any("theme light: text on" in fault for fault in faults_of_palettes())


def test_a_box_larger_than_the_screen_is_found(found: Any) -> None:
    def make(page: QWidget) -> QWidget | None:
        page.resize(700, 900)
        return None

    assert any("larger than the screen" in one for one in found(make))
