"""The order of Tab: what was made last is reached where it stands, not at the end of the window.

Set once, after something was made or moved. Nothing is asked while Tab is pressed or a window is taken down:
Qt walks its own chain then, and a walk of ours would touch widgets that are half gone.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_chain(parts: Iterable[QWidget]) -> None:
    """Let Tab go through the inputs of these parts of one window one after the other, beginning where the first is.

    Within a part the inputs follow each other as they were made. No part may hold a box that hands the cursor
    on to its input (`QWidget.setFocusProxy`): Qt stops at such a box too, and leaves it where it was made.
    """
    before: QWidget | None = None
    for part in parts:
        for one in inputs_of(part):
            if before is not None:
                QWidget.setTabOrder(before, one)
            before = one


def inputs_of(part: QWidget) -> list[QWidget]:
    """Return what Tab stops at within a part, the part itself first; what is hidden now stands among it."""
    window = part.window()
    found = [part, *part.findChildren(QWidget)]
    return [one for one in found if one.window() is window and _stops_tab(one)]


def _stops_tab(one: QWidget) -> bool:
    policy = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return policy == Qt.FocusPolicy.TabFocus and one.focusProxy() is None
