"""Clocks that are wrong: told to people, never obeyed, and never a reason to refuse or to lose anything.

A clock decides only which of two contradicting values is shown first. But dates that forms fill in follow it,
so a clock that was reset (an empty battery: 1970) is told before somebody signs minutes of another year.
"""

from __future__ import annotations

import json

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import stamp_ms
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.home import last_own_stamp

DAY_MS = 86_400_000
DIFFERENCE_MS = 10 * 60_000
"""Clocks of laptops without a network differ by minutes; that is nobody's business."""

_BELIEVED = "clock_believed"


def set_back(connection: Reading, now_ms: int) -> int | None:
    """Return when (ms UTC) work was last done here, if by the clock that is still more than a day ahead.

    None when all is well, or when somebody has said since that the clock is right.
    """
    last = stamp_ms(last_own_stamp(connection))
    believed = int(schema.get_meta(connection, _BELIEVED) or "0")
    return last if now_ms < last - DAY_MS and last > believed else None


def believe(ctx: AppContext) -> None:
    """Remember that the clock is right now, and was wrong when work was last done."""
    with ctx.writing(None) as connection:
        schema.set_meta(connection, _BELIEVED, str(stamp_ms(last_own_stamp(connection))))


def ahead(created_ms: int, now_ms: int) -> bool:
    """Say whether a file was made later than now: the clock there is ahead, or the one here is behind."""
    return created_ms > now_ms + DIFFERENCE_MS


def went_back(connection: Reading, sender: bytes, number: int, created_ms: int) -> bool:
    """Say whether an earlier file of this sender was made later: its clock was set back meanwhile.

    Remembers the newest file; needs a write transaction.
    """
    name = f"made:{sender.hex()}"
    kept: list[int] = json.loads(schema.get_meta(connection, name) or "[0, 0]")
    if number > kept[0]:
        schema.set_meta(connection, name, json.dumps([number, created_ms]))
    return number > kept[0] and created_ms < kept[1] - DIFFERENCE_MS
