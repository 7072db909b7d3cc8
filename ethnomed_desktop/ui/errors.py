"""How a failure reaches the person: known ones in a sentence, unknown ones with a local note."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol

from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.i18n.current import _


class Bar(Protocol):
    """What `show_error` speaks through; `kit.message_bar.MessageBar` is one."""

    def warn(self, text: str) -> None: ...

    def fail(self, text: str) -> None: ...


_LOGS: list[Path] = []


def note_refusals_in(logs: Path | None) -> None:
    """Have what the window refuses noted by its code in this log folder; None ends it."""
    _LOGS[:] = [logs] if logs is not None else []


def words_of(error: EthnomedError) -> str:
    """Return the sentence for a known refusal, in the interface language; the log gets its code."""
    from ethnomed_desktop.app.messages import sentence
    from ethnomed_desktop.app.refusal_notes import note_refusal
    from ethnomed_desktop.i18n.current import current

    for logs in _LOGS:
        note_refusal(error, "window", logs)
    return sentence(error, current())


def show_error(bar: Bar, error: BaseException, folder: Path | None = None) -> None:
    """Tell the person: a known refusal as a warning, anything else as a failure with a note's number."""
    if isinstance(error, EthnomedError):
        bar.warn(words_of(error))
        return
    from ethnomed_desktop.app.crash_notes import record_crash

    bar.fail(fault_words(record_crash(error, folder)))


def fault_words(reference: str) -> str:
    """Return what is said of our own fault; ``reference`` is the number of its note."""
    return _(
        "The program met an unexpected problem and nothing was saved by this step. "
        "What was saved before is kept. Number of the note: {reference}"
    ).format(reference=reference)


def catch_unhandled(tell: Callable[[BaseException], None]) -> None:
    """Have ``tell`` called (on the thread it happened) for what nobody caught, instead of a silent exit."""

    def on_unhandled(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        tell(error)

    sys.excepthook = on_unhandled
