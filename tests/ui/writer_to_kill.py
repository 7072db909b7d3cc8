"""The real window, written into without a pause until it is killed. Arguments: folder, password, life.

Says on standard output what a person would be sure of: ``T token number time`` for each word typed,
``S token uid`` when the window has said that it was saved.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.application import make_application
from ethnomed_desktop.ui.main_window import MainWindow
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

TICK_MS = 20
FEWEST_WORDS, MOST_WORDS = 20, 400
"""Words of one incident or item before it is saved: half a second to eight seconds of typing."""


class Writer:
    """Turns from an incident to a meeting and back; each has a token that no other life has."""

    def __init__(self, window: MainWindow, life: str) -> None:
        self.window: Any = window
        self.life = life
        self.phase = 0
        self.count = 0
        self.begun = False
        self.saving = False
        self.done_uid = ""

    @property
    def token(self) -> str:
        return f"{self.life}x{self.phase}"

    @property
    def words(self) -> int:
        return random.Random(self.token).randint(FEWEST_WORDS, MOST_WORDS)

    def tick(self) -> None:
        """Do the next thing, if the window is ready for it."""
        if self.window.work is None:
            return
        (self._meeting if self.phase % 2 else self._incident)()

    def _incident(self) -> None:
        pages = self.window.work.page("incidents")
        if not self.begun:
            self.begun = True
            pages.form.saved.connect(self._note)
            self.window.act("incident")
        elif self.saving:
            if self.done_uid:
                pages.form.saved.disconnect(self._note)
                self._saved(self.done_uid)
        elif self.count < self.words:
            self._type(pages.form.form.boxes["what_happened"].editor)
        else:
            self.saving = True
            pages.form.form.submit()

    def _note(self, uid: str) -> None:
        self.done_uid = uid

    def _meeting(self) -> None:
        page = self.window.work.page("meetings")
        writing = page.workspace
        if not self.begun:
            self.begun = True
            self.window.act("section:meetings")
            page.show_list()
            page.start_new()
        elif self.saving:
            if not writing.keeper.unsaved and writing.uid:
                self._saved(writing.uid)
        elif page.currentWidget() is writing:
            self._item(writing)

    def _item(self, writing: Any) -> None:
        if not self.count:
            writing.add_item()
            writing.minutes.editor.form.boxes["title"].editor.insert("Су")
        if self.count < self.words:
            self._type(writing.minutes.editor.form.boxes["heard"].editor)
        else:
            self.saving = True
            writing.save()

    def _type(self, editor: QWidget) -> None:
        words = f"{self.token} " if not self.count else ""
        event = QInputMethodEvent()
        event.setCommitString(f"{words}w{self.count} ")
        QApplication.sendEvent(editor, event)
        say(f"T {self.token} {self.count} {time.monotonic()}")
        self.count += 1

    def _saved(self, uid: str) -> None:
        say(f"S {self.token} {uid}")
        self.phase += 1
        self.count, self.begun, self.saving, self.done_uid = 0, False, False, ""


def say(line: str) -> None:
    """Write a line at once: what was said stands before the kill."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Open the window, unlock, write until killed."""
    folder, password, life = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    app = make_application(["x"], language="kk", text_size=100, theme="light")
    window = MainWindow(app, Door(folder, params=FLOOR), WindowSettings(language="kk"), folder / "settings")
    window.show()
    writer = Writer(window, life)
    timer = QTimer(interval=TICK_MS)
    timer.timeout.connect(writer.tick)
    timer.start()

    def unlock() -> None:
        page: Any = window.door_pages.unlock
        if page is None:
            QTimer.singleShot(TICK_MS, unlock)
            return
        page.secret.line.setText(password)
        page._submit()

    QTimer.singleShot(0, unlock)
    app.exec()


if __name__ == "__main__":
    main()
