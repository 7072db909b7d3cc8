"""A file that is clicked, named, handed over by a second start or dropped comes to the exchange page."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QMainWindow

from ethnomed_desktop.cli.window_call import window_call
from ethnomed_desktop.ui.opening import Doorbell, Opener, socket_name

SCREEN = {"DISPLAY": ":0"}


@pytest.fixture
def bell(qapp: Any, tmp_path: Path) -> Iterator[Doorbell]:
    made = Doorbell(tmp_path)
    yield made
    made.close()


def second_start(data: Path, *files: Path) -> subprocess.Popen[str]:
    """Start another process that hands files over; it prints whether somebody took them."""
    code = (
        "import sys; from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication; app = QCoreApplication([])\n"
        "from ethnomed_desktop.ui.opening import hand_over\n"
        "print(hand_over(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]]))"
    )
    words = [sys.executable, "-c", code, str(data), *map(str, files)]
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=around)


def until(heard: list[Any], process: subprocess.Popen[str]) -> str:
    """Let the event loop run until the other process has ended."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if process.poll() is not None else None)
    timer.start(20)
    loop.exec()
    return str(process.communicate()[0]).strip()


def test_a_second_start_hands_its_files_over(bell: Doorbell, tmp_path: Path) -> None:
    heard: list[list[Path]] = []
    bell.rung.connect(heard.append)
    file = tmp_path / "Алматы мен Шу.emx"
    assert until(heard, second_start(tmp_path, file)) == "True"
    assert heard == [[file]]
    assert until(heard, second_start(tmp_path / "elsewhere", file)) == "False"


def test_what_a_broken_program_left_is_no_hindrance(qapp: Any, tmp_path: Path) -> None:
    first = Doorbell(tmp_path)
    second = Doorbell(tmp_path)
    assert not second.server.isListening(), "the first one is alive and keeps its place"
    first.close()
    third = Doorbell(tmp_path)
    assert third.server.isListening()
    third.close()


@pytest.mark.parametrize("said", [b"{", b"[1,null]\n", b"[" * 5000 + b"\n", b'["a\\u0000b"]\n', b"x" * 70_000])
def test_strange_words_do_nothing(bell: Doorbell, tmp_path: Path, said: bytes) -> None:
    heard: list[list[Path]] = []
    bell.rung.connect(heard.append)
    visitor = QLocalSocket()
    visitor.connectToServer(socket_name(tmp_path))
    assert visitor.waitForConnected(2000)
    visitor.write(said)
    visitor.flush()
    for _ in range(20):
        QCoreApplication.processEvents()
    assert heard == []
    visitor.abort()


class Window(QMainWindow):
    """A window with a door and, once opened, an exchange page."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[list[Path]] = []
        self.sections: list[str] = []
        self.work: Any = None

        class Door(QObject):
            opened = Signal(object)

        self.door_pages = Door(self)

    def unlock(self) -> None:
        page = SimpleNamespace(receive_files=self.received.append)
        self.work = SimpleNamespace(show_section=self.sections.append, page=lambda key: page)
        self.door_pages.opened.emit(None)


def drop(window: QMainWindow, *files: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), *how)
    entering.setAccepted(False)
    QCoreApplication.sendEvent(window, entering)
    if not entering.isAccepted():
        return False
    event = QDropEvent(QPointF(5, 5), *how)
    return QCoreApplication.sendEvent(window, event) and event.isAccepted()


def test_files_wait_for_the_door_and_are_shown_once(qapp: Any, tmp_path: Path) -> None:
    window = Window()
    opener = Opener(window)  # type: ignore[arg-type]
    file = tmp_path / "a.emx"
    opener.open([file])
    opener.open([file])
    assert window.received == []
    assert not drop(window, file), "nothing is taken while the door is locked"
    window.unlock()
    assert (window.received, window.sections) == ([[file]], ["exchange"])
    window.door_pages.opened.emit(None)
    assert window.received == [[file]]
    assert drop(window, file)
    assert window.received == [[file], [file]]


def test_the_window_is_called_with_a_file(tmp_path: Path) -> None:
    file = tmp_path / "em-20261121-1a2b3c4d.emx"
    file.write_bytes(b"x")
    for words in ([str(file)], ["--open", str(file)], [f"--open={file}"]):
        call = window_call(words, SCREEN)
        assert call is not None
        assert call.files == (file,)
    assert window_call(["exchange"], SCREEN) is None
    assert window_call(["none.emx"], SCREEN) is None
