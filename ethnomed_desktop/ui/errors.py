"""How a failure reaches the person: known ones in a sentence, unknown ones with a local note."""

from __future__ import annotations

import os
import secrets
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol

from ethnomed_desktop import __version__, paths
from ethnomed_desktop.domain.clock import KAZAKHSTAN
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.i18n.current import _

KEPT_NOTES = 20


class Bar(Protocol):
    """What `show_error` speaks through; `kit.message_bar.MessageBar` is one."""

    def warn(self, text: str) -> None: ...

    def fail(self, text: str) -> None: ...


def words_of(error: EthnomedError) -> str:
    """Return the sentence for a known refusal, in the interface language."""
    from ethnomed_desktop.app.messages import sentence
    from ethnomed_desktop.i18n.current import current

    return sentence(error, current())


def show_error(bar: Bar, error: BaseException, folder: Path | None = None) -> None:
    """Tell the person: a known refusal as a warning, anything else as a failure with a note's number."""
    if isinstance(error, EthnomedError):
        bar.warn(words_of(error))
        return
    bar.fail(
        _(
            "The program met an unexpected problem and nothing was saved by this step. "
            "What was saved before is kept. Number of the note: {reference}"
        ).format(reference=record_crash(error, folder))
    )


def record_crash(error: BaseException, folder: Path | None = None) -> str:
    """Write where it happened – never a value, a message or a name – and return the note's number.

    The file stays on this computer, readable by its owner only. A full disk loses the note, not the
    program.
    """
    now = datetime.now(KAZAKHSTAN)
    reference = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    lines = [f"Ethnomed Desktop {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__
    target = folder or paths.places().logs / "crashes"
    try:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(target / f"{reference}.txt", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        for old in sorted(target.glob("*.txt"))[:-KEPT_NOTES]:
            old.unlink()
    except OSError:
        return reference
    return reference


def catch_unhandled(tell: Callable[[BaseException], None]) -> None:
    """Have ``tell`` called (on the thread it happened) for what nobody caught, instead of a silent exit."""

    def on_unhandled(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        tell(error)

    sys.excepthook = on_unhandled
