"""Pictures of every page of the window: ``python tests/screens.py FOLDER [LANGUAGE …] [--sizes 100,200]``.

Walks through a practice council without a display, saves each page, joins them into contact sheets
and names what does not fit: labels and buttons narrower than their words, pages that would scroll
sideways. Exit code 1 when something does not fit.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QScrollArea, QToolButton, QWidget

from ethnomed_desktop.app import exchange, exchange_receiving, records
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.practice import PASSPHRASE, create_practice
from ethnomed_desktop.app.vault import close as close_vault
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.i18n.catalogs import LANGUAGES
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.application import DesktopApplication, make_application
from ethnomed_desktop.ui.exchange import media
from ethnomed_desktop.ui.main_window import MainWindow
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

SCREEN = (1366, 740)
MOMENT = datetime(2026, 11, 21, 14, 32, tzinfo=KAZAKHSTAN)
SHEET_COLUMNS, SHEET_WIDTH = 3, 900


class Walk:
    """One window, walked through in one language and text size."""

    def __init__(self, app: DesktopApplication, language: str, size: int, theme: str, folder: Path) -> None:
        app.use_language(language)
        app.use_theme(theme)
        app.use_text_size(size)
        self._app = app
        self._mark = f"{language}-{size}"
        self._folder = folder
        self.pictures: list[Path] = []
        self.faults: list[str] = []
        root = Path(tempfile.mkdtemp(prefix="em-screens-"))
        door = Door(root, clock=FixedClock(MOMENT), params=FLOOR)
        self.window = MainWindow(app, door, WindowSettings(language=language, text_size=size), root / "settings")
        self.window.resize(*SCREEN)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Wait until all lanes are idle and everything was drawn."""
        for _round in range(3):
            self._app.processEvents()
            work = self.window.work
            lanes = [self.window.door_pages.tasks, *([work.session.tasks] if work is not None else [])]
            self.until(lambda lanes=lanes: all(lane.is_idle() for lane in lanes))

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that signals bring about."""
        while not true():
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()

    def shoot(self, name: str) -> None:
        """Save the window as it is, and note what does not fit."""
        self.settle()
        path = self._folder / f"{self._mark}-{len(self.pictures) + 1:02d}-{name}.png"
        self.window.grab().save(str(path))
        self.pictures.append(path)
        self.faults += [f"{path.name}: {fault}" for fault in does_not_fit(self.window)]

    def walk(self) -> None:
        """Go through all pages."""
        window = self.window
        founding: Any = window.door_pages.founding
        self.shoot("create")
        for place, name in ((1, "create-who"), (2, "create-password")):
            founding.show_step(place)
            self.shoot(name)
        founding._on_practice()
        self.until(lambda: window.work is not None)
        self.shoot("home")
        window.act("section:incidents")
        self.shoot("incidents")
        self._incidents(window.work)
        for section in ("people", "trash", "audit"):
            window.act(f"section:{section}")
            self.shoot(section)
        people: Any = window.work.page("people") if window.work else None
        for kind in ("organisation", "place"):
            window.act("section:people")
            people._choose(kind)
            self.shoot(kind)
        people.open_current()
        self.shoot("place-card")
        window.act("section:meetings")
        self.shoot("meetings")
        self._meetings(window.work)
        self._exchange(window.work)
        self._home(window.work)
        self._settings(window.work)
        window.lock()
        self.until(lambda: window.stack.count() == 1)
        self.shoot("unlock")
        window.door_pages.show_restore()
        self.shoot("restore")
        window.door_pages.begin()
        unlock = window.door_pages.unlock
        unlock.secret.line.setText("?")
        unlock._submit()
        self.shoot("wrong-password")
        unlock.secret.line.setText(PASSPHRASE)
        unlock._submit()
        self.until(lambda: window.work is not None)
        self.shoot("drafts-kept")

    def _home(self, work: Any) -> None:
        home = work.page("home")
        self.window.act("section:home")
        self.shoot("home-again")
        home.front.verticalScrollBar().setValue(10_000)
        self.shoot("home-end")
        if home.attention.lines:
            home.attention.lines[0].click()
            self.shoot("home-list")
            self.window.act("back")

    def _settings(self, work: Any) -> None:
        self.window.act("section:settings")
        self.shoot("settings")
        area = work.page("settings").area
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum() // 2)
        self.shoot("settings-middle")
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
        self.shoot("settings-end")
        self.window.act("check")
        self.shoot("checked")
        self.window.act("section:home")
        self.window.act("section:help")
        self.shoot("help")

    def _incidents(self, work: Any) -> None:
        pages = work.page("incidents")
        self.window.act("incident")
        self.shoot("form")
        pages.form.form.submit()
        self.shoot("form-missing")
        pages.form.form.go_to("what_happened")
        pages.form.form.boxes["what_happened"].editor.insertPlainText("…")
        for tab in (1, 2, 3):
            pages.form.form.tabs.setCurrentIndex(tab)
            self.shoot(f"form-page-{tab + 1}")
        pages.form._on_new("reported_by", "person", "")
        self.shoot("form-new-person")
        pages.form._close_quick()
        pages.go_back()
        self.settle()
        pages.open_current()
        self.shoot("card")
        pages.card.area.verticalScrollBar().setValue(10_000)
        self.shoot("card-end")
        pages.show_history()
        self.shoot("history")
        pages.go_back()
        pages.card.part_requested.emit("incident_party", "")
        self.shoot("party")
        pages.go_back()
        self.settle()
        pages.withdraw_current()
        self.shoot("reason")
        pages.card.reason.usual[0].click()
        self.shoot("undo")

    def _meetings(self, work: Any) -> None:
        """The workspace tab by tab, what stands behind its buttons, and the pages beside a meeting."""
        page = work.page("meetings")
        page.show_register()
        self.shoot("register")
        page.show_list()
        self.settle()
        page.open_current()
        self.settle()
        if page.currentWidget() is page.closed:
            self.shoot("meeting-closed")
            page.show_versions()
            self.shoot("versions")
            page.go_back()
        page.start_new()
        self.settle()
        writing = page.workspace
        for tab in ("meeting", "attendance"):
            writing.show_tab(tab)
            self.shoot(f"meeting-{tab}")
        writing.add_item()
        editor = writing.minutes.editor
        editor.form.boxes["title"].editor.insert("Ағын су")
        editor.recusal.button.click()
        editor.speakers.button.click()
        for name in ("А. Қонақов", "Б. Тұрғынов"):
            editor.queue.person.editor.setText(name)
            editor.queue.add()
        page.workspace.next_speaker()
        editor.add_speech("proposal")
        editor.add_decision().more.button.click()
        bar = writing.minutes.area.verticalScrollBar()
        for part in range(5):
            bar.setValue(bar.maximum() * part // 4)
            self.shoot(f"meeting-item-{part + 1}")
        writing.show_tab("check")
        self.shoot("meeting-check")
        writing.save()
        self.settle()
        page.show_history()
        self.shoot("meeting-history")
        page.go_back()
        writing.throw_away()
        page.show_list()
        self.settle()

    def _exchange(self, work: Any) -> None:
        """Another practice council joins, both change one field, and files go to and fro."""
        stick = Path(tempfile.mkdtemp(prefix="em-stick-"))
        found = media.Medium(stick, "KINGSTON", 7_200_000_000)
        media.look_around = lambda: media.Plugged((found,), tuple(media.exchange_files(stick)))
        page = work.page("exchange")
        self.window.act("section:exchange")
        self.shoot("exchange-alone")
        clock = FixedClock(MOMENT)
        other = create_practice(stick / "other", "kk", program="command", clock=clock, params=FLOOR)[0].ctx
        request = stick / "em-join-request.json"
        exchange.write_request(other, request)
        page.receive_files([request])
        self.shoot("let-join")
        page.computers.let_join.same_button.click()
        self.settle()
        page.computers.own.office_button.click()
        page.computers.findChild(QScrollArea).verticalScrollBar().setValue(10_000)
        self.shoot("computers")
        (answer,) = stick.glob("*.emx")
        exchange_receiving.receive(other, answer, "kk", root_confirmed=True)
        known: list[Any] = []
        question = ListQuestion("incident")
        work.session.query(lambda ctx: list_records(ctx, question, limit=1), known.append)
        self.settle()
        first = known[0].rows[0].uid
        told = "Арықтағы су бөлісі бойынша дау: екі ауылдың тұрғындары кезекті сақтамаған."
        records.revise(other, first, {"what_happened": told, "severity": "3"})
        work.session.command(lambda ctx: records.revise(ctx, first, {"what_happened": told[:40], "severity": "1"}))
        self.settle()
        page.tabs.setCurrentIndex(0)
        page.send.write_button.click()
        self.shoot("sent")
        exchange.send(other, work.session.ctx.vault.store.office.replica, stick)
        page.receive_files([max(stick.glob("*.emx"), key=lambda path: path.stat().st_mtime_ns)])
        self.shoot("preview")
        page.receive.take_button.click()
        self.shoot("taken-in")
        page.receive.conflicts_button.click()
        self.shoot("conflicts")
        page.conflicts.open_buttons[first].click()
        self.shoot("conflict")
        page.conflicts.fields[-1].own_button.click()
        self.shoot("conflict-own")
        page.go_back()
        close_vault(other)

    def close(self) -> None:
        """Close the window and wait for its vault."""
        gone: list[bool] = []
        self.window.closed.connect(lambda: gone.append(True))
        self.window.close()
        self.until(lambda: bool(gone))
        self.window.deleteLater()
        self._app.processEvents()


def does_not_fit(window: QWidget) -> Iterator[str]:
    """Yield the visible labels and buttons narrower than their words, and pages wider than their room."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not widget.visibleRegion().boundingRect().isValid():
            continue
        if isinstance(widget, QScrollArea):
            inside = widget.widget()
            if inside is not None and inside.width() > widget.viewport().width():
                yield f"{widget.objectName() or type(widget.parent()).__name__} scrolls sideways"
        words = ""
        if (isinstance(widget, QLabel) and not widget.wordWrap()) or isinstance(widget, (QPushButton, QToolButton)):
            words = widget.text()
        icon_only = isinstance(widget, QToolButton) and (
            widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly and not widget.icon().isNull()
        )
        if words and not icon_only and widget.width() < widget.fontMetrics().horizontalAdvance(words.strip()):
            yield f"“{words[:40]}” needs {widget.sizeHint().width()} px, has {widget.width()}"
        if (
            isinstance(widget, QLabel)
            and widget.wordWrap()
            and widget.height() < widget.heightForWidth(widget.width())
        ):
            yield f"“{widget.text()[:40]}” needs more lines than it has"
        if words and isinstance(widget, QAbstractButton) and widget.height() < widget.minimumSizeHint().height():
            yield f"“{words[:40]}” is cut in height"


def contact_sheet(pictures: list[Path], target: Path) -> None:
    """Join pictures into one, to be looked over at once."""
    small = [
        QImage(str(path)).scaledToWidth(SHEET_WIDTH, Qt.TransformationMode.SmoothTransformation)
        for path in pictures
    ]
    high = max(picture.height() for picture in small)
    rows = math.ceil(len(small) / SHEET_COLUMNS)
    sheet = QImage(SHEET_COLUMNS * (SHEET_WIDTH + 8), rows * (high + 8), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.darkGray)
    painter = QPainter(sheet)
    for number, picture in enumerate(small):
        left, top = number % SHEET_COLUMNS * (SHEET_WIDTH + 8), number // SHEET_COLUMNS * (high + 8)
        painter.drawImage(left, top, picture)
    painter.end()
    sheet.save(str(target))


def main() -> int:
    """Walk in each language and size; returns 1 when something does not fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("languages", nargs="*", default=list(LANGUAGES))
    parser.add_argument("--sizes", default="100,200")
    parser.add_argument("--theme", default="light")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    app = make_application([], language="kk", text_size=100, theme=given.theme)
    app.setQuitOnLastWindowClosed(False)
    faults: list[str] = []
    for language in given.languages:
        for size in (int(one) for one in given.sizes.split(",")):
            walk = Walk(app, language, size, given.theme, given.folder)
            walk.walk()
            walk.close()
            contact_sheet(walk.pictures, given.folder / f"sheet-{language}-{size}.png")
            faults += walk.faults
    sys.stdout.write("\n".join([*faults, f"things that do not fit: {len(faults)}"]) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
