"""The way from the command line to the window: what is needed for the first picture, and nothing more."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon

from ethnomed_desktop import __version__, paths
from ethnomed_desktop.i18n.catalogs import LANGUAGES
from ethnomed_desktop.ui.application import DesktopApplication, load_other_fonts, make_application
from ethnomed_desktop.ui.errors import catch_unhandled, note_refusals_in
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.main_window import MainWindow
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

if TYPE_CHECKING:
    from ethnomed_desktop.domain.clock import Clock


def run_window(
    argv: Sequence[str],
    *,
    data_dir: Path | None = None,
    language: str = "",
    text_size: int = 0,
    theme: str = "",
    clock: Clock | None = None,
    files: Sequence[Path] = (),
) -> int:
    """Show the window until it is closed; returns the exit code of the process.

    ``data_dir`` holds the vault; left out, the person's own folder (or the one beside a portable
    program). ``language``, ``text_size`` and ``theme`` stand over what the window remembers.
    ``clock`` is for practice and tests. ``files`` are shown on the exchange page; where a window has the
    vault open already, it gets them, and this process ends at once.
    """
    places = paths.places(data=data_dir)
    if files:
        from ethnomed_desktop.ui.opening import hand_over

        if hand_over(places.data, files):
            return 0
    settings = WindowSettings.read(places.settings)
    settings.language = language or (settings.language if settings.language in LANGUAGES else "kk")
    settings.text_size = text_size or settings.text_size
    settings.theme = theme or settings.theme
    app = make_application(argv, language=settings.language, text_size=settings.text_size, theme=settings.theme)
    appearance().letter_palette = settings.letters

    def on_unhandled(error: BaseException) -> None:
        from ethnomed_desktop.app.crash_notes import record_crash

        reference = record_crash(error, places.logs / "crashes")
        log("fault", reference=reference)
        QTimer.singleShot(0, window, lambda: window.tell_fault(reference))

    def log(event: str, **facts: str) -> None:
        from ethnomed_desktop.app.program_log import note_event

        note_event(places.logs, event, **facts)

    note_refusals_in(places.logs)
    window = MainWindow(app, Door(places.data, clock=clock), settings, places.settings)
    catch_unhandled(on_unhandled)
    app.setQuitOnLastWindowClosed(False)
    window.closed.connect(app.quit)
    window.furnished.connect(lambda: furnish(app))
    window.furnished.connect(lambda: _listen(window, places.data, files))
    window.furnished.connect(lambda: log("window.opened", version=__version__, language=settings.language))
    window.closed.connect(lambda: log("window.closed"))
    window.report_requested.connect(lambda: _report(window, places))
    window.show()
    return int(app.exec())


def _listen(window: MainWindow, data: Path, files: Sequence[Path]) -> None:
    """Take files: those given to this start, later ones of other starts, and dropped ones."""
    from ethnomed_desktop.ui.opening import Doorbell, Opener

    opener, bell = Opener(window), Doorbell(data, window)
    bell.rung.connect(opener.open)
    window.closed.connect(bell.close)
    if files:
        opener.open(files)


def _report(window: MainWindow, places: paths.Places) -> None:
    """Show the problem report, which the person may save."""
    from ethnomed_desktop.ui.problem_report import ProblemReport

    ProblemReport(places, window.door_pages.tasks, window).open()


def furnish(app: DesktopApplication) -> None:
    """Give the application what the first picture did without: its icon, other fonts, keys by their place, Enter.

    What was made so far stays for good: it is kept out of every later search for waste.
    """
    from ethnomed_desktop.ui.kit.enter_presses import EnterPresses
    from ethnomed_desktop.ui.kit.layout_keys import LayoutKeys

    gc.freeze()
    gc.enable()
    load_other_fonts()
    app.setWindowIcon(QIcon(str(paths.resource("icons", "kz.ethnomed.desktop.svg"))))
    LayoutKeys(app).listen()
    EnterPresses(app).listen()
