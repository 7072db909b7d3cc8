"""The program's one entrance: the window without a command, else the command line."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from ethnomed_desktop.cli import main as command_line

_OWNER_ONLY = 0o077


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code; ``argv`` is that of the process when left out."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.umask(_OWNER_ONLY)  # the database engine makes its side files by itself
    stdout, stderr = _utf8(sys.stdout), _utf8(sys.stderr)
    try:
        code = command_line.main(
            words,
            stdin=_binary(sys.stdin),
            stdout=stdout,
            stderr=stderr,
            environment=os.environ,
            window=open_window,
            trial=try_window,
        )
        stdout.flush()
    except BrokenPipeError:
        # The reader had enough (`… | head`): what was done is done. Nothing may be flushed any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _utf8(stream: TextIO | None) -> TextIO:
    """Return the stream speaking UTF-8 whatever the system's code page; a sink where there is none."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return stream
    return stream if stream is not None else io.StringIO()


def _binary(stream: TextIO | None) -> BinaryIO:
    buffer = getattr(stream, "buffer", None)
    return buffer if buffer is not None else io.BytesIO()


def open_window(folder: Path | None, language: str) -> int:
    """Open the window and return when it is closed."""
    raise SystemExit(2)


def try_window(folder: Path, language: str) -> None:
    """Open the window unseen and close it again."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ethnomed_desktop.ui.application import make_application

    application = make_application([], language=language)
    application.processEvents()


if __name__ == "__main__":
    sys.exit(main())
