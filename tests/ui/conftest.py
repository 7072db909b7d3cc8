"""Windows are tested offscreen, with our application class; nothing waits for time, only for signals."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.fields import FieldNeeds
from ethnomed_desktop.ui.kit.rows import Question, TableRow
from ethnomed_desktop.ui.tasks import Tasks

TODAY = date(2026, 11, 21)

# What X11 reports for the top row, by digit (measured under the layouts us, ru and kz).
SCAN_OF_DIGIT = {"1": 10, "2": 11, "3": 12, "4": 13, "5": 14, "6": 15, "7": 16, "8": 17, "9": 18, "0": 19}
# What the Kazakh layout types there.
KAZAKH_TOP_ROW = {
    "1": '"',
    "2": "ә",
    "3": "і",
    "4": "ң",
    "5": "ғ",
    "6": ",",
    "7": ".",
    "8": "ү",
    "9": "ұ",
    "0": "қ",
}


@pytest.fixture(scope="session")
def qapp_cls() -> type[DesktopApplication]:
    return DesktopApplication


@pytest.fixture(autouse=True)
def fresh_look(qapp: DesktopApplication) -> None:
    """Every test begins in Kazakh, light, 100 %, whatever the one before did (order is random)."""
    look = appearance()
    if (look.theme, look.text_size) != ("light", 100):
        look.text_size = 100
        qapp.use_theme("light")
    if not look.letter_palette:
        qapp.use_letter_palette(True)
    if qapp.language != "kk" or current().language != "kk":
        qapp.use_language("kk")


@pytest.fixture
def tasks(qapp: DesktopApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def type_text() -> Callable[[QWidget, str], None]:
    """Type as an input method does: `keyClicks` with Cyrillic aborts the whole process."""

    def type_(widget: QWidget, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    return type_


@pytest.fixture
def press() -> Callable[..., None]:
    """Press one key as a given layout reports it: key, text and scan code."""

    def press_(
        widget: QWidget,
        key: int,
        text: str = "",
        scan: int = 0,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, scan, 0, 0, text))

    return press_


@pytest.fixture
def type_top_row(press: Callable[..., None]) -> Callable[[QWidget, str], None]:
    """Type digits on the top row while the Kazakh layout is on."""

    def type_(widget: QWidget, digits: str) -> None:
        for digit in digits:
            text = KAZAKH_TOP_ROW[digit]
            press(widget, ord(text.upper()), text, SCAN_OF_DIGIT[digit])

    return type_


class KnownPeople:
    """A source of references with two people; notes what it was asked."""

    CHOICES = (
        Choice("01900000-0000-7000-8000-000000000001", "Асқаров Б. М.", "Қордай"),
        Choice("01900000-0000-7000-8000-000000000002", "Исмаилов А.", "Сортөбе"),
    )

    def __init__(self) -> None:
        self.asked: list[str] = []

    def search(self, kind: str, text: str) -> Sequence[Choice]:
        self.asked.append(text)
        return [choice for choice in self.CHOICES if text.lower() in choice.title.lower()]

    def named(self, kind: str, uids: Sequence[str]) -> Sequence[Choice]:
        return [choice for choice in self.CHOICES if choice.key in uids]


@pytest.fixture
def people() -> KnownPeople:
    return KnownPeople()


@pytest.fixture
def needs(tasks: Tasks, people: KnownPeople) -> FieldNeeds:
    return FieldNeeds(tasks, people, lambda: TODAY)


class FakeRows:
    """A list of any length that is computed, not stored; notes what was fetched."""

    def __init__(self, count: int) -> None:
        self.size = count
        self.fetched: list[int] = []
        self.questions: list[Question] = []

    def count(self, question: Question) -> int:
        self.questions.append(question)
        return self.size

    def first_page(self, question: Question, limit: int) -> Sequence[TableRow]:
        return [self.row(rid) for rid in self._order(question)[:limit]]

    def ids(self, question: Question) -> array[int]:
        return array("q", self._order(question))

    def rows_by_ids(self, ids: Sequence[int]) -> Sequence[TableRow]:
        self.fetched += ids
        return [self.row(rid) for rid in ids]

    def _order(self, question: Question) -> range:
        return range(self.size - 1, -1, -1) if question.descending else range(self.size)

    def row(self, rid: int) -> TableRow:
        return TableRow(rid, f"uid-{rid}", (f"2026-{rid}", "Масаншы"))


@pytest.fixture
def fake_rows() -> type[FakeRows]:
    return FakeRows
