"""What stands over the window: dialogs, questions, open lists. None of it may outlive the records that it shows."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QWidget

_MOST_POPUPS = 10
"""More lists than this are not open within each other; one that will not close must not hold up the lock."""


def close_over(window: QWidget) -> None:
    """Close what stands over the window; a question is answered with its safe choice."""
    for _round in range(_MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
    for one in QApplication.topLevelWidgets():
        if one is not window and isinstance(one, QDialog) and one.isVisible():
            one.reject()
