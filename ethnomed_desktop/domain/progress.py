"""How long work tells how far it is and learns that it shall stop."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (done, total); raises `Cancelled` when the user gave up, so the job rolls back."""


class Cancelled(Exception):
    """The user cancelled; the state before the start is kept."""


def no_progress(done: int, total: int) -> None:
    """Ignore progress."""
