"""Alt+↑ and Alt+↓: what is moved follows from where the cursor is."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.meetings.workspace_view import WorkspaceView


def move_part(work: WorkspaceView, steps: int) -> None:
    """Move the speech or decision being written, in the list of the agenda the item; say it where there is none."""
    if QApplication.focusWidget() is work.agenda.list:
        work.agenda.move_item(steps)
        return
    editor = work.minutes.editor
    if work.tab() == "minutes" and editor is not None and editor.block_in_hand() is not None:
        editor.move_part(steps)
        return
    work.messages.inform(_("Put the cursor into a speech or a decision first; then Alt+↑ and Alt+↓ move it."))
