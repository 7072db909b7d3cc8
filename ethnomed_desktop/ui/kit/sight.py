"""What of a page that scrolls is in sight, and how it stays where it is while the rest changes its size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

LAYOUT_PASSES = 4
"""A flow inside a scroll area inside a window settles after so many rounds."""


def lay_out() -> None:
    """Have all layouts settle now."""
    for _pass in range(LAYOUT_PASSES):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def sight_of(parent: QWidget, child: QWidget, sight: QRect | None, reach: float) -> QRect | None:
    """Return what is seen of ``child`` in its own pixels, of ``parent`` being seen ``sight``.

    ``None`` stands for all: it does not scroll. Empty: it is scrolled out of sight. ``reach`` is how many times
    its height a page shows once it got smaller.
    """
    if sight is None:
        if not isinstance(parent, QScrollArea) or child is not parent.viewport():
            return None
        return QRect(0, 0, child.width(), round(child.height() * reach))
    place = child.geometry()
    return place.intersected(sight).translated(-place.topLeft())


def area_around(widget: QWidget) -> QScrollArea | None:
    """Return the nearest scroll area that the widget scrolls in."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return above
        above = above.parentWidget()
    return None


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to the widget once what was just made has its place: a new block lies below what is seen."""

    def scroll() -> None:
        area = area_around(widget)
        while area is not None:
            lay_out()
            area.ensureWidgetVisible(widget, 0, min(widget.height(), area.viewport().height() // 3))
            area = area_around(area)

    QTimer.singleShot(0, widget, scroll)


@contextmanager
def kept_in_place(area: QScrollArea | None) -> Iterator[None]:
    """Lay out what happens within, and scroll so that what is written or read stays where it is seen."""
    fixed = _fixed_point(area) if area is not None else None
    before = fixed.mapTo(area, QPoint(0, 0)).y() if fixed is not None and area is not None else 0
    yield
    lay_out()
    if area is None or fixed is None or not shiboken6.isValid(fixed) or not area.isAncestorOf(fixed):
        return
    bar = area.verticalScrollBar()
    moved = fixed.mapTo(area, QPoint(0, 0)).y() - before
    if moved:
        bar.setValue(bar.value() + moved)


def _fixed_point(area: QScrollArea) -> QWidget | None:
    """Return the input with the focus if it is seen, else what stands at the top."""
    focus = QApplication.focusWidget()
    content = area.widget()
    if content is None:
        return None
    if focus is not None and content.isAncestorOf(focus) and not focus.visibleRegion().isEmpty():
        return focus
    found = content.childAt(QPoint(content.width() // 2, 1 - content.y()))
    return found if found is not None and not found.visibleRegion().isEmpty() else None
