"""The power goes while minutes are typed: the draft is there, five seconds old at most."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from ethnomed_desktop.app import drafts
from ethnomed_desktop.app import vault as vaults
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.hub import ChangeHub
from ethnomed_desktop.ui.meetings.page import MeetingsPage
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.tasks import Tasks
from tests.ui.meetings.conftest import PASSWORD

WRITER = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from ethnomed_desktop.ui.application import make_application
app = make_application(["x"], language="kk", text_size=100, theme="light")
from ethnomed_desktop.app import vault
from ethnomed_desktop.ui.hub import ChangeHub
from ethnomed_desktop.ui.meetings.page import MeetingsPage
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.tasks import Tasks
tasks = Tasks()
session = Session(vault.open_council(Path(sys.argv[1]), sys.argv[2], program="window"), tasks, ChangeHub())
page = MeetingsPage(session)
page.resize(1180, 640)
page.show()
page.start_new()
count, began = 0, time.monotonic()
def type_one():
    global count
    if page.currentWidget() is not page.workspace:
        return
    if page.workspace.minutes.editor is None:
        page.workspace.add_item()
        page.workspace.minutes.editor.form.boxes["title"].set_value("Су")
        page.workspace.minutes.editor.part.put("title", "Су")
    event = QInputMethodEvent()
    event.setCommitString(f"{count} ")
    app.sendEvent(page.workspace.minutes.editor.form.boxes["heard"].editor, event)
    print(count, time.monotonic(), flush=True)
    count += 1
timer = QTimer(interval=100)
timer.timeout.connect(type_one)
timer.start()
app.exec()
"""
LONGEST_LOSS_S = 5.0


def typed_until_killed(folder: Path, words: int) -> list[float]:
    """Type without a pause in another process, kill it without warning; return when each word was typed."""
    root = Path(__file__).resolve().parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), PASSWORD],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    times: list[float] = []
    with process:
        for line in process.stdout:
            times.append(float(line.split()[1]))
            if len(times) == words:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.stdout.read()
    return times


def test_a_kill_while_typing_loses_five_seconds_at_most(
    qtbot: QtBot, qapp: DesktopApplication, council_folder: Path
) -> None:
    times = typed_until_killed(council_folder, 75)
    tasks = Tasks()
    ctx = vaults.open_council(council_folder, PASSWORD, program="window")
    kept = drafts.list_drafts(ctx, "meeting")
    assert len(kept) == 1
    heard = str(kept[0].body["sheet"]["meeting"]["parts"][-1]["values"]["heard"])
    saved = len(heard.split())
    assert times[-1] - times[saved - 1] <= LONGEST_LOSS_S + 0.5

    page = MeetingsPage(Session(ctx, tasks, ChangeHub()))
    page.show()
    page.show_list()
    qtbot.waitUntil(page.list.messages.isVisible, timeout=20_000)
    page.list.messages.button.click()
    qtbot.waitUntil(lambda: page.currentWidget() is page.workspace, timeout=20_000)
    assert page.workspace.minutes.editor is not None
    assert page.workspace.minutes.editor.part.text("heard") == heard
    qtbot.waitUntil(tasks.is_idle, timeout=20_000)
    page.close()
    page.deleteLater()
    tasks.close()
    vaults.close(ctx)
