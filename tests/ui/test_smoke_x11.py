"""One path through the real program on a real display: a window manager, real keys, a real mouse."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ethnomed_desktop.app import lists, practice
from ethnomed_desktop.app.vault import close, open_council
from ethnomed_desktop.store.kdf import FLOOR

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = ("Xvfb", "openbox", "xdotool")
TIMEOUT = 90
GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
picture = app.primaryScreen().grabWindow(0).toImage()
picture.save(sys.argv[1])
print(len({picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}))
"""

pytestmark = pytest.mark.x11


@pytest.fixture
def display() -> Iterator[dict[str, str]]:
    """The environment of a display of our own with a window manager; Xvfb chooses a free number."""
    if any(shutil.which(name) is None for name in PROGRAMS):
        pytest.skip("Xvfb, openbox and xdotool are not installed")
    with ExitStack() as stack:
        reader, writer = os.pipe()
        server = stack.enter_context(
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
                pass_fds=[writer],
                stderr=subprocess.DEVNULL,
            )
        )
        stack.callback(server.terminate)
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        settings = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        settings.pop("WAYLAND_DISPLAY", None)
        manager = stack.enter_context(
            subprocess.Popen(["openbox"], env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        stack.callback(manager.terminate)
        yield settings


@pytest.fixture
def xdo(display: dict[str, str]) -> Callable[..., str]:
    """Run xdotool on the display; it waits by itself (``--sync``)."""

    def run(*words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=display, capture_output=True, text=True, timeout=TIMEOUT, check=True
        )
        return done.stdout.strip()

    return run


def test_unlock_record_and_close_with_real_keys(
    display: dict[str, str], xdo: Callable[..., str], tmp_path: Path
) -> None:
    folder = tmp_path / "vault"
    made, known = practice.create_practice(folder, "en", program="command", params=FLOOR)
    close(made.ctx)
    with subprocess.Popen(
        [sys.executable, "-m", "ethnomed_desktop", "--data-dir", str(folder), "--lang", "en"],
        env=display,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as program:
        try:
            door = xdo("search", "--sync", "--onlyvisible", "--name", "^Ethnomed Desktop$").split()[0]
            xdo("windowfocus", "--sync", door)
            xdo("type", "--delay", "15", practice.PASSPHRASE)
            xdo("key", "Return")
            xdo("search", "--sync", "--onlyvisible", "--name", "^Home")
            xdo("key", "ctrl+shift+i")
            xdo("search", "--sync", "--onlyvisible", "--name", "^Incidents")
            xdo("type", "--delay", "15", "14:20")
            xdo("key", "--delay", "30", *["Return"] * 9)
            xdo("type", "--delay", "15", "Two families quarrel over a ditch")
            xdo("key", "ctrl+Return")
            xdo("key", "ctrl+6")
            people = xdo("search", "--sync", "--onlyvisible", "--name", "^People").split()[0]
            xdo("mousemove", "--window", people, "90", "55", "click", "1")  # Home in the side bar
            xdo("search", "--sync", "--onlyvisible", "--name", "^Home")
            picture = tmp_path / "screen.png"
            colours = subprocess.run(
                [sys.executable, "-c", GRAB, str(picture)], env=display, capture_output=True, text=True, check=True
            )
            assert int(colours.stdout) > 20
            xdo("key", "ctrl+q")
            assert program.wait(timeout=TIMEOUT) == 0
        finally:
            program.kill()
    incidents = sum(one.kind == "incident" for one in known)
    ctx = open_council(folder, practice.PASSPHRASE, program="command")
    try:
        assert lists.count(ctx, lists.ListQuestion("incident")) == incidents + 1
        newest = lists.list_records(ctx, lists.ListQuestion("incident", text="ditch")).rows
        assert [one.values["what_happened"] for one in newest][:1] == ["Two families quarrel over a ditch"]
        assert newest[0].values["time"] == "14:20"
    finally:
        close(ctx)
