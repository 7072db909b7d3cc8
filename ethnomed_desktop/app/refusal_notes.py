"""Refusals in the log: what the program said no to and where, by codes; never what was typed or chosen.

Noted is what somebody who helps from afar asks about: data that would not open, disks, damaged or foreign files,
updates, a computer that lacks something. What a person mistyped in a form is their own affair. See
`.ci/installer/linux/start` for what keeps the program from starting at all; it writes lines of the same form.
"""

from __future__ import annotations

import re
from pathlib import Path
from weakref import WeakSet

from ethnomed_desktop import paths
from ethnomed_desktop.app.program_log import FILE, note_event
from ethnomed_desktop.domain.errors import EthnomedError

EVENT = "refused"
FAMILIES = frozenset(
    {"backup", "exchange", "internal", "recovery", "rekey", "storage", "trustees", "update", "vault"}
)
"""What codes begin with; each of their codes is noted."""

CODES = frozenset(
    {"attachment.damaged", "attachment.store_damaged", "attachment.unreadable", "attachment.vanished"}
    | {"usage.library_missing", "usage.no_window"}
)
"""Single codes of families whose others tell of typing."""

_OURS = ("keys.json", "server.json", "store.db", f"logs/{FILE}")
_told: WeakSet[EthnomedError] = WeakSet()


def is_noted(error: EthnomedError) -> bool:
    """Say whether a refusal of this code stands in the log."""
    return error.code in CODES or error.code.partition(".")[0] in FAMILIES


def note_refusal(error: EthnomedError, at: str, logs: Path) -> None:
    """Note a refusal once, however often it is worded; ``at`` is a window or a command, like ``record.list``.

    A disk that refuses loses the line and nothing else. Reads no fact of the refusal but the number of a note.
    """
    if not is_noted(error) or error in _told:
        return
    _told.add(error)
    facts: dict[str, str | int] = {"code": error.code, "at": re.sub("[^a-z0-9_.-]", "-", at.lower()) or "call"}
    if error.code == "internal":
        facts["note"] = str(error.facts.get("reference", "none"))
    note_event(logs, EVENT, **facts, exit=error.exit_code)


def logs_for(data: Path | None) -> Path:
    """Return the log folder for a data folder that was asked for; nothing is ever put into a folder not ours.

    A mistyped folder, or one of other people's, must not get a folder ``logs``: the person's own log is taken.
    """
    if data is not None and any((data / name).exists() for name in _OURS):
        return paths.places(data=data).logs
    return paths.places().logs
