"""From the start of the process to the first painted window, against a bare PySide6 window; no display needed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from samples import clock
from timing import FEWEST_ROUNDS, Ratio, arguments, seconds, show, side_by_side

from ethnomed_desktop.app.seeds import seeds
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.store.vault import Founding, create_vault

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


def make_vault(root: Path) -> None:
    """Put a vault into the folder, so that the first page is the one to unlock."""
    founding = Founding("one long passphrase of ours", "Office", bytes(16), "chair", practice=True)
    vault, _code = create_vault(root, founding, FLOOR, seeds(), clock=clock(), program="command")
    vault.close()


def compared(name: str, folder: str, rounds: int) -> Ratio:
    """Compare our start on the folder with the bare one."""
    return side_by_side(
        name,
        lambda _: seconds(lambda: process(OURS, folder)),
        lambda _: seconds(lambda: process(BARE, folder)),
        rounds,
        1.6,
    )


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    rounds = max(options.rounds, FEWEST_ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        if options.profile:
            make_vault(Path(folder))
            import_times(folder)
            return
        without = compared("no vault yet", folder, rounds)
        make_vault(Path(folder))
        show("First window", [compared("a vault to unlock", folder, rounds), without], NOTES)


if __name__ == "__main__":
    main()
