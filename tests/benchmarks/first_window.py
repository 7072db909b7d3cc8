"""From the start of the process to the first painted window, against a bare PySide6 window; no display needed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import FEWEST_ROUNDS, arguments, seconds, show, side_by_side

ROOT = Path(__file__).resolve().parents[2]
BARE = """
import os, sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("Window"))
window.show()
app.processEvents()
window.grab()
os._exit(0)
"""
OURS = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ethnomed_desktop.ui import application, start
def paint_and_leave(*_):
    app = QApplication.instance()
    app.processEvents()
    for window in app.topLevelWidgets():
        if window.isVisible():
            window.grab()
    sys.stderr.flush()
    os._exit(0)
application.DesktopApplication.exec = staticmethod(paint_and_leave)
sys.exit(start.run_window(sys.argv, data_dir=Path(sys.argv[1]), language="kk"))
"""
NOTES = (
    "ours: interpreter, imports, fonts, style, catalogs, the window with the page to unlock or to make a vault.",
    "other: interpreter, PySide6, a main window with one label. Both paint once and stop dead.",
)


def process(code: str, folder: str, *options: str) -> str:
    """Run the code in a process of its own, with its own settings; returns what it wrote to standard error."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "HOME": folder}
    command = [sys.executable, *options, "-c", code, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT)
    return done.stderr


def import_times(folder: str) -> None:
    """Print the slowest imports of our start."""
    lines = process(OURS, folder, "-X", "importtime").splitlines()
    rows = [line.removeprefix("import time:").split("|") for line in lines if line.count("|") == 2]
    numbered = [(int(own), name) for own, _total, name in rows if own.strip().isdigit()]
    for own, name in sorted(numbered, reverse=True)[:40]:
        print(f"{own / 1000:8.1f} ms  {name.strip()}")


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.profile:
            import_times(folder)
            return
        rounds = max(options.rounds, FEWEST_ROUNDS)
        ratio = side_by_side(
            "first window",
            lambda _: seconds(lambda: process(OURS, folder)),
            lambda _: seconds(lambda: process(BARE, folder)),
            rounds,
            1.6,
        )
    show("First window", [ratio], NOTES)


if __name__ == "__main__":
    main()
