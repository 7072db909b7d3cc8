"""Another language and another text size while minutes are being written, against painting the same window."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from paper import minutes_sheet
from PySide6.QtCore import QEventLoop, QTimer
from samples import clock
from timing import FEWEST_ROUNDS, Ratio, arguments, profiled, seconds, show, side_by_side

from ethnomed_desktop.app.meeting_saving import save_sheet
from ethnomed_desktop.app.practice import PASSPHRASE, create_practice
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.application import DesktopApplication, make_application
from ethnomed_desktop.ui.kit.layout_keys import LayoutKeys
from ethnomed_desktop.ui.kit.rest import keeper_of_rest
from ethnomed_desktop.ui.kit.scale import refresh
from ethnomed_desktop.ui.main_window import MainWindow
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

SCREEN = (1366, 740)
NOTES = (
    "The window of 1366 × 740 with ten items of minutes open; all pages visited before stand behind it.",
    "ours: switch, let every layout of what is seen settle, paint. other: paint the same window once more.",
    "Each paints the window once (a picture grabbed after the events of a switch were done would be a second one).",
    "What is scrolled out of sight follows in the pauses; it is waited for before the next round begins.",
    "Questions to the store begin when the picture stands (their answers never belonged to it): on one interpreter",
    "their threads would only make the window wait.",
)
LANGUAGES = ("kk", "ru")
ONE_STEP, TWO_STEPS = (100, 125), (100, 150)
"""By A+ once, and twice: the second moves the agenda from its column into a tab of its own."""


class Desk:
    """The window over a practice council, with minutes open in the workspace."""

    def __init__(self, app: DesktopApplication, root: Path) -> None:
        self.app = app
        made = create_practice(root, "kk", program="command", clock=clock(), params=FLOOR)[0]
        uid = save_sheet(made.ctx, minutes_sheet(made.ctx), "").value.meeting
        made.ctx.vault.close()
        door = Door(root, clock=clock(), params=FLOOR)
        self.window = MainWindow(app, door, WindowSettings(language="kk", text_size=100), root / "settings")
        self.window.resize(*SCREEN)
        self.window.show()
        self.settle()
        unlock = self.window.door_pages.unlock
        unlock.secret.line.setText(PASSPHRASE)
        unlock._submit()
        self.until(lambda: self.window.work is not None)
        for section in ("incidents", "people", "meetings"):
            self.window.act(f"section:{section}")
            self.settle()
        LayoutKeys(app).listen()  # as `ui.start.furnish` does
        work: Any = self.window.work
        work.open_record("meeting", uid)
        self.settle()
        workspace = work.page("meetings").workspace
        self.until(workspace.isVisible)
        workspace.show_tab("minutes")
        self.settle()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that signals bring about."""
        while not true():
            loop = QEventLoop()
            QTimer.singleShot(10, loop.quit)
            loop.exec()

    def settle(self) -> None:
        """Wait until all lanes are idle, what is out of sight has caught up, and everything was drawn."""
        for _round in range(3):
            self.app.processEvents()
            work = self.window.work
            lanes = [self.window.door_pages.tasks, *([work.session.tasks] if work is not None else [])]
            self.until(keeper_of_rest(refresh).is_idle)
            self.until(partial(_all_idle, lanes))

    def painted(self) -> None:
        """Let every layout settle and paint the whole window, once."""
        self.window.update()
        self.app.processEvents()

    def language(self, number: int) -> float:
        """Return the seconds of a switch of the language."""
        self.settle()

        def switch() -> None:
            self.app.use_language(LANGUAGES[number % 2])
            self.painted()

        return seconds(switch)

    def text_size(self, sizes: tuple[int, int], number: int) -> float:
        """Return the seconds of a change of the text size."""
        self.settle()

        def change() -> None:
            self.app.use_text_size(sizes[number % 2])
            self.painted()

        return seconds(change)

    def repaint(self, _number: int) -> float:
        """Return the seconds of painting once more."""
        self.settle()
        return seconds(self.painted)


def _all_idle(lanes: list[Any]) -> bool:
    return all(lane.is_idle() for lane in lanes)


def measure(desk: Desk, rounds: int) -> list[Ratio]:
    """Compare the changes with painting."""
    return [
        side_by_side("another language", desk.language, desk.repaint, rounds, 3.0),
        side_by_side("text size, one step", partial(desk.text_size, ONE_STEP), desk.repaint, rounds, 3.0),
        side_by_side("text size, two steps", partial(desk.text_size, TWO_STEPS), desk.repaint, rounds, 3.0),
    ]


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    app = make_application(["benchmark"], language="kk", text_size=100, theme="light")
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(app, Path(folder))
        if options.profile:
            profiled(lambda: [desk.language(number) for number in range(6)])
            profiled(lambda: [desk.text_size(TWO_STEPS, number) for number in range(6)])
        else:
            show("Switching", measure(desk, max(options.rounds, FEWEST_ROUNDS)), NOTES)
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
