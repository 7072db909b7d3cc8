"""One window, walked through in one language, text size and theme."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.main_window import MainWindow
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

from .faults import faults_of

SCREEN = (1366, 740)
LAYOUT_PASSES = 4
"""A flow inside a scroll area inside a window settles after so many rounds."""

MOMENT = datetime(2026, 11, 21, 14, 32, tzinfo=KAZAKHSTAN)


class Walk:
    """Opens the window over an empty folder; `shoot` saves it as it is and notes what is wrong."""

    def __init__(self, app: DesktopApplication, language: str, size: int, theme: str, folder: Path) -> None:
        app.use_language(language)
        app.use_theme(theme)
        app.use_text_size(size)
        self._app = app
        self.mark = f"{language}-{size}-{theme}"
        self._folder = folder
        self.pictures: list[Path] = []
        self.faults: list[str] = []
        self._known: set[str] = set()
        root = Path(tempfile.mkdtemp(prefix="em-screens-"))
        door = Door(root, clock=FixedClock(MOMENT), params=FLOOR)
        settings = WindowSettings(language=language, text_size=size)
        self.window = MainWindow(app, door, settings, root / "settings")
        self.window.resize(*SCREEN)
        self.window.show()
        self.settle()

    @property
    def work(self) -> Any:
        """The open vault."""
        return self.window.work

    def settle(self) -> None:
        """Wait until all lanes are idle and everything was drawn."""
        for _round in range(3):
            self._app.processEvents()
            work = self.window.work
            lanes = [self.window.door_pages.tasks, *([work.session.tasks] if work is not None else [])]
            self.until(partial(_all_idle, lanes))
            for _pass in range(LAYOUT_PASSES):
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self._app.processEvents()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that signals bring about."""
        while not true():
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()

    def in_lane(self, job: Callable[[AppContext], Any]) -> Any:
        """Return what a job on the write lane returns, as another program beside the window would do it."""
        done: list[Any] = []
        failed: list[Exception] = []
        session = self.work.session
        session.tasks.write(lambda progress: job(session.ctx), done.append, failed.append)
        self.settle()
        if failed:
            raise failed[0]
        return done[0]

    def shoot(self, name: str, window: QWidget | None = None) -> None:
        """Save the window (or a dialog) as it is, and note each fault where it is seen first."""
        self.settle()
        shown = window or self.window
        path = self._folder / f"{self.mark}-{len(self.pictures) + 1:02d}-{name}.png"
        shown.grab().save(str(path))
        self.pictures.append(path)
        for fault in dict.fromkeys(faults_of(shown)):
            if fault not in self._known:
                self._known.add(fault)
                self.faults.append(f"{path.name}: {fault}")

    def close(self) -> None:
        """Close the window and wait for its vault."""
        gone: list[bool] = []
        self.window.closed.connect(lambda: gone.append(True))
        self.window.close()
        self.until(lambda: bool(gone))
        self.window.deleteLater()
        self._app.processEvents()


def _all_idle(lanes: list[Any]) -> bool:
    return all(lane.is_idle() for lane in lanes)
