"""Hidden parts of windows rest while language, theme or text size change, and catch up when they are shown.

Most widgets stand on pages nobody looks at: to dress and word only what is seen is what makes a change
feel immediate. A part rests when it was hidden on purpose (another page of a stack, a closed bar or list) in
a window that is shown. What it owes is noted at its topmost widget and done in that widget's Show event,
which Qt sends before it lays the part out and paints it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntFlag

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_OWES = "em_owes"
_KEPT_AS = "em_rest"
_POLISHED = Qt.WidgetAttribute.WA_WState_Polished
_OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly

CATCH_UP_AFTER_MS = 400
"""After a change of language: later than the picture a person waits for, sooner than the next press."""

PAUSE_MS = 20
"""Between two parts that catch up the window has this long for keys."""


FITS_ITSELF = "_fit"
"""The method (of no arguments) by which widgets of the window take row heights and the like from the text."""


class Debt(IntFlag):
    """What a resting part has not heard of."""

    LOOK = 1
    LANGUAGE = 2


class Rest(QObject):
    """The one keeper of resting parts, child of the application; to be used on the window's thread."""

    def __init__(self, parent: QObject, freshen: Callable[[QWidget], None]) -> None:
        super().__init__(parent)
        self._freshen = freshen
        self._waiting: list[QWidget] = []
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._catch_up)

    def undress(self) -> list[QWidget]:
        """Lay to rest all that is hidden and keep Qt from dressing the others; `dress` takes what this returns.

        Between the two the style sheet, font and palette of the application are exchanged. Widget by widget
        afterwards takes half of Qt's time, which dresses all of them twice.
        """
        awake = self._lain(Debt.LOOK)
        for one in awake:
            if one.testAttribute(_POLISHED):
                _undress(one)
        return awake

    def dress(self, awake: list[QWidget]) -> None:
        """Dress what `undress` returned in the style sheet in force: parents before their children."""
        dressed = [one for one in awake if shiboken6.isValid(one)]
        for one in dressed:
            if one.testAttribute(_OWN_STYLE):
                one.setAttribute(_OWN_STYLE, False)
                one.style().polish(one)
                one.setAttribute(_POLISHED, True)
        for one in dressed:
            if shiboken6.isValid(one):
                QCoreApplication.sendEvent(one, QEvent(QEvent.Type.StyleChange))
                self._freshen(one)

    def lay_words(self) -> None:
        """Lay to rest all that is hidden before the language changes; it is worded when shown, or in pauses."""
        self._lain(Debt.LANGUAGE)
        self._timer.start(CATCH_UP_AFTER_MS)

    def wake(self, root: QWidget) -> None:
        """Do what the part owes, at once; parts hidden within it take the debt on."""
        debt = _debt(root)
        root.removeEventFilter(self)
        if not debt:
            return
        root.setProperty(_OWES, 0)
        awake: list[QWidget] = [root]
        self._look_below(root, debt, awake)
        if debt & Debt.LOOK:
            self.dress(awake)
            for one in awake:
                _measure(one)
        if debt & Debt.LANGUAGE:
            QCoreApplication.sendEvent(root, QEvent(QEvent.Type.LanguageChange))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(watched, QWidget):
            if kind == QEvent.Type.Show:
                self.wake(watched)
            elif kind == QEvent.Type.LanguageChange and _debt(watched) & Debt.LANGUAGE:
                return True
        return False

    def _lain(self, debt: Debt) -> list[QWidget]:
        awake: list[QWidget] = []
        for window in QApplication.topLevelWidgets():
            if window.parent() is None:
                self._look_through(window, debt, awake)
        return awake

    def _look_through(self, widget: QWidget, debt: Debt, awake: list[QWidget]) -> None:
        awake.append(widget)
        if widget.isVisible():
            self._look_below(widget, debt, awake)
        else:  # never shown yet: hidden and shown are not told apart there
            awake.extend(widget.findChildren(QWidget))

    def _look_below(self, widget: QWidget, debt: Debt, awake: list[QWidget]) -> None:
        for child in widget.findChildren(QWidget, options=_DIRECT):
            if _is_hidden(child):
                self._owe(child, debt)
            else:
                awake.append(child)
                self._look_below(child, debt, awake)

    def _owe(self, root: QWidget, debt: Debt) -> None:
        owed = _debt(root)
        root.setProperty(_OWES, int(owed | debt))
        root.installEventFilter(self)
        if debt & ~owed & Debt.LOOK:
            for one in (root, *root.findChildren(QWidget)):
                _undress(one)
        if debt & Debt.LANGUAGE:
            self._waiting.append(root)

    def _catch_up(self) -> None:
        self._timer.setInterval(PAUSE_MS)
        while self._waiting:
            root = self._waiting.pop(0)
            if shiboken6.isValid(root) and _debt(root) & Debt.LANGUAGE:
                self._word(root)
                return
        self._timer.stop()

    def _word(self, root: QWidget) -> None:
        """Word a part that stays hidden; parts hidden within it come later."""
        root.setProperty(_OWES, int(_debt(root) & ~Debt.LANGUAGE))
        self._look_below(root, Debt.LANGUAGE, [])
        QCoreApplication.sendEvent(root, QEvent(QEvent.Type.LanguageChange))


def keeper_of_rest(freshen: Callable[[QWidget], None]) -> Rest:
    """Return the application's keeper, made on first use; ``freshen`` is what a dressed widget still needs."""
    found = _found()
    if found is None:
        app = QCoreApplication.instance()
        if app is None:
            raise RuntimeError("no application runs: nothing can rest yet")
        found = Rest(app, freshen)
        setattr(app, _KEPT_AS, found)
    return found


def wake(part: QWidget) -> None:
    """Have a hidden part catch up before it is shown: its size is asked for."""
    found = _found()
    if found is not None:
        found.wake(part)


def _found() -> Rest | None:
    found = getattr(QCoreApplication.instance(), _KEPT_AS, None)
    return found if isinstance(found, Rest) else None


def _is_hidden(widget: QWidget) -> bool:
    """Whether it was hidden on purpose; menus and calendars are measured before they are shown and never rest."""
    hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return hidden and widget.windowType() != Qt.WindowType.Popup


def _debt(widget: QWidget) -> Debt:
    return Debt(widget.property(_OWES) or 0)


def _measure(widget: QWidget) -> None:
    """Have the widget take its own measures again: what it took at the change it took in the old clothes."""
    fit = getattr(widget, FITS_ITSELF, None)
    if callable(fit):
        fit()


def _undress(widget: QWidget) -> None:
    """Have Qt pass the widget over: it dresses polished ones, and tells those without a style of their own."""
    widget.setAttribute(_POLISHED, False)
    widget.setAttribute(_OWN_STYLE, True)
