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
from ethnomed_desktop.ui.settings_file import WindowSettings

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
from PySide6.QtWidgets import QApplication
def paint_and_leave(*_):
    app = QApplication.instance()
    app.processEvents()
    for window in app.topLevelWidgets():
        if window.isVisible():
            window.grab()
    sys.stderr.flush()
    os._exit(0)
QApplication.exec = staticmethod(paint_and_leave)
from ethnomed_desktop.__main__ import main
sys.exit(main(["--data-dir", sys.argv[1]]))
"""
NOTES = (
    "ours: the command without words: interpreter, imports, fonts, style, catalog, remembered settings, and the",
    "window with the page to unlock, or with the head of the page to make a vault (its form follows the picture).",
    "other: interpreter, PySide6, a main window with one label. Both paint once and stop dead; both find their",
    "modules compiled, as an installed program does.",
)


def process(code: str, folder: str, *options: str) -> str:
    """Run the code in a process of its own, with its own settings; returns what it wrote to standard error."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled"),
        "PYTHONPATH": str(ROOT),
        "HOME": folder,
        "DISPLAY": ":none",
        "QT_QPA_PLATFORM": "offscreen",
    }
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
    """Put a vault into the folder, so that the first page is the one to unlock, and settings of a day before."""
    settings = WindowSettings(language="kk")
    settings.user = "chair"
    settings.write(root / "settings")
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
