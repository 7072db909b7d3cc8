"""What every widget of a window measures, by its path: to compare two windows that must look the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTextBrowser,
    QWidget,
)

Measures = dict[str, object]

PASSED_OVER = ("paper", "form_status")
"""Drawn from the record by the clock, whatever the text: the preview follows a pause, a draft its time."""


def looks_of(window: QWidget) -> dict[str, Measures]:
    """Return place, size, least size, font, icon, words and layout of all that is visible."""
    return dict(_below(window, ""))


def differences(new: dict[str, Measures], changed: dict[str, Measures]) -> list[str]:
    """Say, line by line, what is not the same."""
    found = [f"only in the {name}: {path}" for name, path in _alone(new, changed)]
    for path in sorted(new.keys() & changed.keys()):
        other = changed[path]
        found += [
            f"{path[-100:]}: {name} {value} when new, {other.get(name)} when changed"
            for name, value in new[path].items()
            if value != other.get(name)
        ]
    return found


def _alone(new: dict[str, Measures], changed: dict[str, Measures]) -> Iterator[tuple[str, str]]:
    for path in sorted(new.keys() ^ changed.keys()):
        yield ("new" if path in new else "changed"), path


def _below(widget: QWidget, path: str) -> Iterator[tuple[str, Measures]]:
    counted: Counter[str] = Counter()
    for child in widget.children():
        if not isinstance(child, QWidget) or child.isWindow() or not child.isVisible():
            continue
        name = child.objectName()
        if name in PASSED_OVER:
            continue
        named = "line" if name.startswith("line_") else name  # a line's name holds the draft's own id
        kind = f"{type(child).__name__}.{named}"
        counted[kind] += 1
        own = f"{path}/{kind}-{counted[kind]}"
        yield own, _measures(child)
        yield from _below(child, own)


def _measures(widget: QWidget) -> Measures:
    found: Measures = {
        "place": widget.geometry().getRect(),
        "least": widget.minimumSize().toTuple(),
        "most": widget.maximumSize().toTuple(),
    }
    if not widget.objectName().startswith("qt_scrollarea"):  # these write nothing
        font = widget.font()
        found["font"] = (font.family(), round(font.pointSizeF(), 2), font.bold())
    layout = widget.layout()
    if layout is not None:
        margins = layout.contentsMargins()
        found["gaps"] = (layout.spacing(), margins.left(), margins.top(), margins.right(), margins.bottom())
    if isinstance(widget, (QAbstractButton, QLineEdit)):
        found["wanted"] = widget.sizeHint().toTuple()
    if isinstance(widget, (QAbstractButton, QAbstractItemView)):
        found["icon"] = widget.iconSize().toTuple()
    if isinstance(widget, (QAbstractButton, QLabel)):
        found["words"] = widget.text()
        found["colour"] = widget.palette().color(widget.foregroundRole()).name()
    if isinstance(widget, QLabel):
        found["picture"] = widget.pixmap().size().toTuple()
    if isinstance(widget, QTextBrowser):
        found["text"] = widget.document().size().toTuple()
    elif isinstance(widget, QAbstractScrollArea):
        found["scrolls"] = widget.verticalScrollBar().maximum()
    if isinstance(widget, QHeaderView):
        found["columns"] = tuple(widget.sectionSize(place) for place in range(min(widget.count(), 20)))
    return found
