"""Windows are tested offscreen, with our application class; nothing waits for time, only for signals."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ethnomed_desktop.app.vault import close as close_vault
from ethnomed_desktop.app.vault import create_council
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.store.engine import Database
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.fields import FieldNeeds
from ethnomed_desktop.ui.kit.rows import Question, TableRow
from ethnomed_desktop.ui.main_window import MainWindow
from ethnomed_desktop.ui.records.kind_pages import KindPages
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.tasks import Tasks
from ethnomed_desktop.ui.vault.door import Door
from ethnomed_desktop.ui.work_area import WorkArea

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


@pytest.fixture(scope="session", autouse=True)
def empty_clipboard_at_the_end(qapp: DesktopApplication) -> Iterator[None]:
    """Without a display Qt frees the clipboard after Python is gone: what Python made there would crash it."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def fresh_look(qapp: DesktopApplication) -> None:
    """Every test begins in Kazakh, light, 100 %, whatever the one before did (order is random)."""
    look = appearance()
    look.names_hidden = False
    qapp.use_window_height(0)
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


# --- the window over a real vault -----------------------------------------------------------------

PASSPHRASE = "тау өзен бұлақ дала аспан"
COUNCIL = {
    "user": {"name": "Сейітова Раушан", "role": "secretary", "label": "Раушан"},
    "bodies": [
        {
            "body_kind": "council_of_elders",
            "name_kk": "Ақсақалдар кеңесі",
            "name_ru": "Совет аксакалов",
            "name_en": "Council of elders",
            "place": "kato:314800000",
        }
    ],
}


@pytest.fixture(scope="session")
def council_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A council made once with the cheapest key derivation allowed; its folder and recovery code."""
    folder = tmp_path_factory.mktemp("council") / "vault"
    made = create_council(folder, COUNCIL, PASSPHRASE, program="command", params=FLOOR)
    close_vault(made.ctx)
    return folder, made.recovery_code


@pytest.fixture
def council_folder(council_template: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the council for one test."""
    return Path(shutil.copytree(council_template[0], tmp_path / "vault"))


@pytest.fixture
def no_statement_on_the_window_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the store refuse any work on the thread that draws the window."""
    for name in ("reading", "writing"):
        real = getattr(Database, name)

        def guarded(self: Database, real: Callable[[Database], Any] = real) -> Any:
            assert threading.current_thread() is not threading.main_thread(), "a statement on the window's thread"
            return real(self)

        monkeypatch.setattr(Database, name, guarded)


class Desk:
    """Drives one window over one folder as a person does, and waits for its lanes, never for time."""

    def __init__(self, qtbot: QtBot, app: DesktopApplication, folder: Path) -> None:
        self._bot = qtbot
        self._app = app
        self.folder = folder
        self.windows: list[MainWindow] = []

    def open(self, language: str = "ru") -> MainWindow:
        """Open the window; it shows the door."""
        self._app.use_language(language)
        settings = WindowSettings.read(self.folder / "settings")
        settings.language = language
        window = MainWindow(self._app, Door(self.folder, params=FLOOR), settings, self.folder / "settings")
        self.windows.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        self.settle()
        return window

    def unlocked(self, language: str = "ru") -> MainWindow:
        """Open the window and unlock it."""
        window = self.open(language)
        self.unlock()
        return window

    @property
    def window(self) -> MainWindow:
        """The newest window."""
        return self.windows[-1]

    @property
    def work(self) -> WorkArea:
        """The open vault."""
        assert self.window.work is not None
        return self.window.work

    @property
    def incidents(self) -> KindPages:
        """The pages of the section Incidents."""
        page = self.work.page("incidents")
        assert isinstance(page, KindPages)
        return page

    def unlock(self, secret: str = PASSPHRASE) -> None:
        """Type a password at the door."""
        page = self.window.door_pages.unlock
        self.type(secret, page.secret.line)
        QTest.keyClick(page.secret.line, Qt.Key.Key_Return)
        self.settle()

    def type(self, text: str, widget: QWidget | None = None) -> None:
        """Type into the widget with the focus, as an input method does."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        target = widget or QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QApplication.sendEvent(target, event)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is; shortcuts of the window count."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way on any lane and all answers were shown."""

        def quiet() -> bool:
            self._app.sendPostedEvents()
            self._app.processEvents()
            lanes = [self.window.door_pages.tasks]
            if self.window.work is not None:
                lanes.append(self.window.work.session.tasks)
            return all(lane.is_idle() for lane in lanes)

        for _round in range(3):
            self._bot.waitUntil(quiet, timeout=20_000)

    def close(self) -> None:
        """Close the window and wait until its vault is closed."""
        window = self.window
        work = window.work
        gone: list[bool] = []
        if work is not None:
            work.destroyed.connect(lambda: gone.append(True))
        window.close()
        if work is not None:
            self._bot.waitUntil(lambda: bool(gone), timeout=20_000)
        self._bot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
        self.windows.pop()
        window.deleteLater()


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: DesktopApplication, council_folder: Path, no_statement_on_the_window_thread: None
) -> Iterator[Desk]:
    """A window over a fresh copy of the council; the store refuses statements on its thread."""
    made = Desk(qtbot, qapp, council_folder)
    yield made
    while made.windows:
        made.close()
