"""Words of the log's actions, for history and undo."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _

_ACTIONS = {
    "record": N_("Recorded"),
    "revise": N_("Changed"),
    "withdraw": N_("Put into the trash"),
    "restore": N_("Restored from the trash"),
    "number": N_("Finished and numbered"),
    "anonymise": N_("Anonymised"),
    "correct": N_("Correction begun"),
    "erase": N_("Erased"),
    "undo": N_("Undone"),
    "setup": N_("Set up"),
    "import": N_("Taken in"),
    "users": N_("Users changed"),
    "confide": N_("Noted in confidence"),
    "release": N_("Released from confidence"),
}


def action_label(action: str) -> str:
    """Return what was done in words; an action of a newer program is named as it is."""
    return _(_ACTIONS[action]) if action in _ACTIONS else action
