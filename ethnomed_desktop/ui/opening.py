"""Files given to the program: by a double click, on the command line, by a second start, dropped on the window.

One window has the vault open; a program started with a file hands it to that window and ends. The socket is
the operating system's own between programs of one person (no network), named after the data folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from ethnomed_desktop.ui.main_window import MainWindow

CONNECT_MS, ANSWER_MS = 500, 2_000
MOST_BYTES = 64 << 10
MOST_FILES = 200
_TAKEN = b"taken\n"
_MINIMISED = Qt.WindowState.WindowMinimized


def socket_name(data: Path) -> str:
    """Return the name of the socket for a data folder; it tells nothing about the folder."""
    return f"ethnomed-{hashlib.sha256(str(data.resolve()).encode('utf-8', 'replace')).hexdigest()[:20]}"


def hand_over(data: Path, files: Sequence[Path]) -> bool:
    """Give the files to the window that has this folder open; says whether there is one and it took them."""
    socket = QLocalSocket()
    socket.connectToServer(socket_name(data))
    if not socket.waitForConnected(CONNECT_MS):
        return False
    said = json.dumps([str(file.resolve()) for file in files[:MOST_FILES]]).encode("utf-8")
    socket.write(said + b"\n")
    socket.flush()
    taken = socket.waitForReadyRead(ANSWER_MS) and socket.readAll().data() == _TAKEN
    socket.disconnectFromServer()
    return bool(taken)


class Doorbell(QObject):
    """Listens for files that a second start hands over: ``rung(paths)``."""

    rung = Signal(list)

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: dict[QLocalSocket, bytes] = {}
        self.server = QLocalServer(self)
        self.server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self.server.newConnection.connect(self._on_visitor)
        name = socket_name(data)
        if not _answers(name):  # else it would be taken away from a window that is alive
            QLocalServer.removeServer(name)  # left behind by a program that was ended
            self.server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self.server.close()

    def _on_visitor(self) -> None:
        visitor = self.server.nextPendingConnection()
        self._said[visitor] = b""
        visitor.readyRead.connect(lambda: self._on_words(visitor))
        visitor.disconnected.connect(lambda: self._on_gone(visitor))
        self._on_words(visitor)

    def _on_words(self, visitor: QLocalSocket) -> None:
        if visitor not in self._said:
            return
        self._said[visitor] += visitor.readAll().data()
        words = self._said[visitor]
        if len(words) > MOST_BYTES:
            visitor.abort()
        elif words.endswith(b"\n"):
            self._said[visitor] = b""
            paths = _paths(words)
            visitor.write(_TAKEN)
            visitor.flush()
            if paths:
                self.rung.emit(paths)

    def _on_gone(self, visitor: QLocalSocket) -> None:
        self._said.pop(visitor, None)
        visitor.deleteLater()


def _answers(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket.waitForConnected(CONNECT_MS)


def _paths(words: bytes) -> list[Path]:
    try:
        said = json.loads(words)
    except (ValueError, RecursionError):
        return []
    texts = said if isinstance(said, list) else []
    return [Path(one) for one in texts[:MOST_FILES] if isinstance(one, str) and "\0" not in one]


class Opener(QObject):
    """Shows files: scans with their records, others on the exchange page. They wait while the vault is locked."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.waiting: list[Path] = []
        window.door_pages.opened.connect(lambda _ctx: self._show())
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def open(self, paths: Sequence[Path]) -> None:
        """Show what the files hold, now or after unlocking, and bring the window to the front."""
        self.waiting = [*self.waiting, *(path for path in paths if path not in self.waiting)]
        self._window.setWindowState(self._window.windowState() & ~_MINIMISED)
        self._window.raise_()
        self._window.activateWindow()
        self._show()

    def _show(self) -> None:
        work = self._window.work
        if work is None or not self.waiting:
            return
        paths, self.waiting = self.waiting, []
        from ethnomed_desktop.app.paper_scans import is_paper

        papers = [path for path in paths if is_paper(path)]
        others = [path for path in paths if path not in papers]
        if others:
            work.show_section("exchange")
            work.page("exchange").receive_files(others)  # type: ignore[attr-defined]
        if papers:
            work.scan_papers(papers)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take exchange files that are dropped anywhere on the window and that no page wanted."""
        if isinstance(event, (QDragEnterEvent, QDropEvent)) and watched is self._window:
            files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
            if files and self._window.work is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.open(files)
                return True
        return super().eventFilter(watched, event)
