"""What can be done with a meeting, for the menu Record and for the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.marks import N_

ACTIONS: tuple[tuple[str, str, str], ...] = (
    ("save", N_("Save the meeting"), "Ctrl+S"),
    ("save_and_leave", N_("Save and go to the list"), "Ctrl+Return"),
    ("next_item", N_("Next item of the agenda"), "Ctrl+Down"),
    ("previous_item", N_("Previous item of the agenda"), "Ctrl+Up"),
    ("item_down", N_("Move the item down"), "Ctrl+Shift+Down"),
    ("item_up", N_("Move the item up"), "Ctrl+Shift+Up"),
    ("item_under", N_("Make the item part of the one above"), "Ctrl+Shift+Right"),
    ("item_whole", N_("Make the item a whole one again"), "Ctrl+Shift+Left"),
    ("part_down", N_("Move the speech or decision down"), "Alt+Down"),
    ("part_up", N_("Move the speech or decision up"), "Alt+Up"),
    ("make_task", N_("Make a task from the decision"), "F9"),
    ("next_speaker", N_("Give the next speaker the word"), "F8"),
    ("preview", N_("Preview of the minutes"), "F7"),
    ("print_minutes", N_("Print the minutes…"), ""),
    ("extract_item", N_("Extract from the minutes…"), ""),
    ("compare", N_("Compare versions of the minutes"), ""),
    ("register", N_("Register of proposals and dissenting opinions"), ""),
    ("throw_away", N_("Throw draft away"), ""),
)

EVERYWHERE = frozenset({"print_minutes", "extract_item", "compare", "register"})
"""What can be done without a meeting being written."""


def made_actions(page: QWidget, calls: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Return the actions by name, as children of the page; their keys work while the focus is in it."""
    made = {}
    for name, _label, keys in ACTIONS:
        action = QAction(page)
        action.setObjectName(f"meeting_{name}")
        if keys:
            both = ["Ctrl+Return", "Ctrl+Enter"] if keys == "Ctrl+Return" else [keys]
            action.setShortcuts([QKeySequence(one) for one in both])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(partial(_do, calls[name]))
        page.addAction(action)
        made[name] = action
    return made


def _do(call: Callable[[], object], checked: bool = False) -> None:
    call()
