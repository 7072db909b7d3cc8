"""How widgets are dressed in the style sheet and font in force, one by one.

Qt dresses all widgets of a program, seen or not, and most of them twice. Here who is seen is dressed, once; with
another text size only who takes a length from the style sheet is dressed, the others get the font.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.themes import takes_lengths

_POLISHED = Qt.WidgetAttribute.WA_WState_Polished
_OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle
_OWN_FONT = Qt.WidgetAttribute.WA_SetFont
_FONT_OF_ALL = QFont()

FITS_ITSELF = "_fit"
"""The method (of no arguments) by which widgets of the window take row heights and the like from the text.

Called when the widget was dressed anew: at once, or when it is shown."""


def undress_all() -> None:
    """Have Qt pass over every widget when the style sheet is exchanged.

    It dresses polished ones, and tells those without a style of their own.
    """
    for one in QApplication.allWidgets():
        if one.testAttribute(_POLISHED):
            one.setAttribute(_POLISHED, False)
            one.setAttribute(_OWN_STYLE, True)


def dress(widgets: Sequence[QWidget], freshen: Callable[[QWidget], None], *, sizes_only: bool = False) -> None:
    """Dress widgets, parents before their children; ``freshen`` does what each of them still needs.

    ``sizes_only`` says that the style sheet is the one they wear.
    """
    dressed = [one for one in widgets if shiboken6.isValid(one)]
    restyled = _take_sizes(dressed) if sizes_only else _take_all(dressed)
    changed = QEvent(QEvent.Type.StyleChange)
    for one in restyled:
        if not shiboken6.isValid(one):
            continue
        if sizes_only and isinstance(one, QAbstractItemView):
            one.scheduleDelayedItemsLayout()  # the event would lay out all rows, in the width of before
        else:
            QCoreApplication.sendEvent(one, changed)
    for one in dressed:
        if shiboken6.isValid(one):
            freshen(one)
    for one in dressed:
        fit = getattr(type(one), FITS_ITSELF, None)  # of the class: what an object has not is sought in Qt, too
        if callable(fit) and shiboken6.isValid(one):
            fit(one)


def _take_all(widgets: Sequence[QWidget]) -> Sequence[QWidget]:
    """Dress all in the new style sheet; return those that must be told."""
    style = QApplication.style()
    for one in widgets:
        undressed = one.testAttribute(_OWN_STYLE)
        if undressed:
            one.setAttribute(_OWN_STYLE, False)
        if undressed or one.testAttribute(_POLISHED):
            style.polish(one)
            one.setAttribute(_POLISHED, True)
    return widgets


def _take_sizes(widgets: Sequence[QWidget]) -> Sequence[QWidget]:
    """Give the new font to all; dress, and return, those that take lengths from it."""
    style = QApplication.style()
    measured: list[QWidget] = []
    for one in widgets:
        if takes_lengths(one):
            if one.testAttribute(_POLISHED):
                style.polish(one)
            measured.append(one)
        elif not one.testAttribute(_OWN_FONT):
            one.setFont(_FONT_OF_ALL)
    return measured


@contextmanager
def moved(part: QWidget) -> Iterator[None]:
    """Give a part another parent; Qt dresses what it takes over, which a change of looks does anyway."""
    undressed = [one for one in (part, *part.findChildren(QWidget)) if one.testAttribute(_POLISHED)]
    if not appearance().dressing:
        undressed = []
    for one in undressed:
        one.setAttribute(_POLISHED, False)
    yield
    for one in undressed:
        one.setAttribute(_POLISHED, True)
