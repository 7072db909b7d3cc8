"""Asking where to save: the file gets its ending, and what stands there is never written over unasked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.ask import ask


def ask_where(parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
    """Return where to save, None when nothing is to be saved. ``start`` proposes folder, name and ending.

    A name typed without the ending gets it; the dialog asked about the name as typed, so that a file that
    stands under the whole name is asked about here.
    """
    name, _kind = QFileDialog.getSaveFileName(parent, title, str(start), kinds)
    if not name:
        return None
    if name.lower().endswith(start.suffix.lower()):
        return Path(name)
    whole = Path(name + start.suffix)
    if whole.exists():
        text = _("There is a file of this name already: {name}. Write over it?").format(name=whole.name)
        if not ask(parent, text, do=_("Write over it"), keep=_("Keep the file")):
            return None
    return whole
