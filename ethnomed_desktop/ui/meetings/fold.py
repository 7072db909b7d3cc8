"""What is seldom needed, behind a button: opened by a click or because something stands in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.scale import spaced, with_icon


class Fold(QWidget):
    """``label`` is a catalog id; widgets go into `column`. ``opened()`` when the person opens it."""

    opened = Signal()

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self.button = PushButton(self)
        self.button.setObjectName(name)
        self.button.setProperty("role", "plain")
        self.button.setCheckable(True)
        self.content = QWidget(self)
        self.column = QVBoxLayout(self.content)
        spaced(self.column, 2)
        outer = QVBoxLayout(self)
        spaced(outer, 1)
        outer.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.content)
        self.button.clicked.connect(self._on_clicked)
        self.open(False)
        self.retranslate()

    def is_open(self) -> bool:
        """Whether its content is shown."""
        return self.button.isChecked()

    def open(self, shown: bool = True) -> None:
        """Show or hide the content; nothing is emitted."""
        self.button.setChecked(shown)
        self.content.setVisible(shown)
        with_icon(self.button, "chevron-down" if shown else "plus", "accent", 4, apart=True)

    def retranslate(self) -> None:
        self.button.setText(_(self._label))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_clicked(self, checked: bool) -> None:
        self.open(checked)
        if checked:
            self.opened.emit()
