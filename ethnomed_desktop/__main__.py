"""The program's one entrance: the window without a command, else the command line.

A call that only opens the window passes the command line by, whose tables would keep it waiting; what goes
wrong on the way is told by the command line all the same.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from ethnomed_desktop.cli.window_call import window_call

if TYPE_CHECKING:
    from ethnomed_desktop.cli.session import OpenWindow
    from ethnomed_desktop.domain.clock import Clock

_OWNER_ONLY = 0o077
_TRIAL_ROUNDS = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; ``argv`` is that of the process when left out."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.umask(_OWNER_ONLY)  # the database engine makes its side files by itself
    call = window_call(words, os.environ)
    if call is None:
        return _run(words, partial(open_window, files=_opened(words)))
    try:
        return open_window(call.folder, call.language, None, call.files)
    except Exception as error:
        return _run(words, _failing(error))


def _opened(words: Sequence[str]) -> list[Path]:
    """Return the file after ``--open`` of a call that says more than that."""
    return [Path(file) for word, file in pairwise(words) if word == "--open"]


def _failing(error: Exception) -> OpenWindow:
    """Return a window that fails as one did already, so that the command line words it."""

    def window(folder: Path | None, language: str, clock: Clock | None) -> int:
        raise error

    return window


def _run(words: Sequence[str], window: OpenWindow) -> int:
    """Give the words to the command line."""
    from ethnomed_desktop.cli import main as command_line

    stdout, stderr = _utf8(sys.stdout), _utf8(sys.stderr)
    try:
        return command_line.main(
            words,
            stdin=_binary(sys.stdin),
            stdout=stdout,
            stderr=stderr,
            environment=os.environ,
            window=window,
            trial=try_window,
        )
    except BrokenPipeError:
        return 0  # the reader had enough (`… | head`): what was done is done
    finally:
        _let_go(stdout)


def _let_go(stream: TextIO) -> None:
    """Leave nothing for the interpreter to write at its end where writing fails: it would complain aloud."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _utf8(stream: TextIO | None) -> TextIO:
    """Return the stream speaking UTF-8 whatever the system's code page; a sink where there is none."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return stream
    return stream if stream is not None else io.StringIO()


def _binary(stream: TextIO | None) -> BinaryIO:
    buffer = getattr(stream, "buffer", None)
    return buffer if buffer is not None else io.BytesIO()


def open_window(folder: Path | None, language: str, clock: Clock | None, files: Sequence[Path] = ()) -> int:
    """Open the window, with files to look at, and return its exit code when it is closed."""
    gc.disable()  # nothing made before the first picture is waste; `ui.start.furnish` lets it be collected again
    try:
        from ethnomed_desktop.app.system_libraries import named_when_missing

        _keep_caches_beside()
        with named_when_missing():
            from ethnomed_desktop.ui.start import run_window
        return run_window(sys.argv[:1], data_dir=folder, language=language, clock=clock, files=files)
    finally:
        gc.enable()


def _keep_caches_beside() -> None:
    """Let the system's list of fonts lie on the stick when we came on one: nothing is left on the computer."""
    from ethnomed_desktop.paths import places

    own = places()
    if own.portable:
        os.environ["XDG_CACHE_HOME"] = str(own.data / "cache")


def try_window(folder: Path, language: str) -> None:
    """Open the window over an empty folder without a display, draw it and close it again."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")  # a trial leaves nothing elsewhere
    from ethnomed_desktop.app.system_libraries import named_when_missing

    with named_when_missing():
        from ethnomed_desktop.ui.application import make_application
        from ethnomed_desktop.ui.main_window import MainWindow
        from ethnomed_desktop.ui.opening import Doorbell
        from ethnomed_desktop.ui.settings_file import WindowSettings
        from ethnomed_desktop.ui.start import furnish
        from ethnomed_desktop.ui.vault.door import Door

    application = make_application(sys.argv[:1], language=language)
    settings = folder / "settings"
    window = MainWindow(application, Door(folder), WindowSettings.read(settings), settings)
    window.show()
    for _round in range(_TRIAL_ROUNDS):
        application.processEvents()
    furnish(application)
    bell = Doorbell(folder, window)
    hears = bell.server.isListening()
    bell.close()
    drawn = window.grab()
    window.close()
    application.processEvents()
    if drawn.isNull() or not drawn.width():
        raise RuntimeError("the window was not drawn")
    if not hears:
        raise RuntimeError("the window would not hear of files that are opened")


if __name__ == "__main__":
    sys.exit(main())
