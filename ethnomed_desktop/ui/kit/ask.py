"""The one door for questions that stop the work: only for what cannot be undone."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def ask(parent: QWidget, text: str, *, do: str, keep: str, danger: bool = True) -> bool:
    """Ask with two verbs ("Empty trash" / "Keep"); the safe one is the default and Esc. Words are ready.

    Modal; tests replace this function where it is used.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question)
    box.setText(text)
    yes = box.addButton(do, QMessageBox.ButtonRole.AcceptRole)
    yes.setProperty("role", "danger" if danger else "primary")
    no = box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    for button in (yes, no):  # the box reckons without the padding of the style and would cut the words
        button.ensurePolished()
        button.setMinimumWidth(button.sizeHint().width())
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes
