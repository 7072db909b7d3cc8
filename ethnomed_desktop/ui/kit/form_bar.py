"""The bar under a form: how safe the text is, in words, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.field_box import announce
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import spaced


class FormBar(QFrame):
    """Stays outside the scrolled part. Never a bare Cancel: leaving keeps the draft."""

    worded_whole = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setObjectName("form_bar")
        self._state = ("", "")
        self.status = QLabel(self)
        self.status.setObjectName("form_status")
        self.status.setProperty("role", "secondary")
        self.leave = PushButton(self)
        self.leave.setObjectName("form_leave")
        self.throw_away = PushButton(self)
        self.throw_away.setObjectName("form_throw_away")
        self.throw_away.setProperty("role", "plain")
        self.save = PushButton(self)
        self.save.setObjectName("form_save")
        self.save.setProperty("role", "primary")
        self._row = FlowLayout(self, to_right=True)
        spaced(self._row, 2, (6, 2, 6, 2))
        self.status.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for widget in (self.status, self.throw_away, self.leave, self.save):
            self._row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def add_button(self, button: PushButton) -> None:
        """Put another button before Save ("Save and add another")."""
        self._row.removeWidget(self.save)
        self._row.addWidget(button)
        self._row.addWidget(self.save)
        self.setTabOrder(button, self.save)

    def only_leave(self, only: bool) -> None:
        """Offer nothing but leaving and throwing away where nothing may be saved."""
        for button in self.findChildren(PushButton):
            if button not in (self.leave, self.throw_away):
                button.setEnabled(not only)

    def draft_kept(self, time: str) -> None:
        """Say that the draft was kept at ``time`` (``14:32``; empty: nothing was typed yet, say nothing)."""
        self._state = ("draft" if time else "", time)
        self._show_state()

    def saved(self, time: str) -> None:
        """Say that the record was saved at ``time``; spoken, since a grey button is read as "saved"."""
        self._state = ("saved", time)
        self._show_state()
        announce(self, self.status.text())

    def retranslate(self) -> None:
        self.leave.setText(_("Leave (draft kept)"))
        self.throw_away.setText(_("Throw draft away"))
        self.save.setText(_("Save"))
        self.save.setToolTip(_("Save and close the form: Ctrl+Enter or Ctrl+S"))
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tighten()

    def _tighten(self) -> None:
        """Leave the state out where it would push Save into a second line: the foot of the window says it too."""
        margins = self._row.contentsMargins()
        shown = [self.status, *(one for one in self.findChildren(PushButton) if not one.isHidden())]
        needed = sum(one.sizeHint().width() for one in shown) + self._row.spacing() * (len(shown) - 1)
        self.status.setVisible(needed <= self.width() - margins.left() - margins.right())

    def _show_state(self) -> None:
        state, time = self._state
        if state == "draft":
            self.status.setText(_("Draft kept {time}").format(time=time))
        elif state == "saved":
            self.status.setText(_("Saved {time}").format(time=time))
        else:
            self.status.clear()
        self._tighten()
