"""Push and tool buttons that measure themselves, so that another text size asks nothing of the style sheet.

A window shows forty buttons. Were their lengths written in the style sheet, Qt would have to dress each of them
anew with every text size, which takes longer than all the rest of the change. Here the sheet gives colours and
lines only; a button adds its room to what Qt says of its words. Buttons that Qt makes (dialogs, calendars) go on
taking theirs from the sheet.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from ethnomed_desktop.ui.kit.themes import pixels_of


class Room(NamedTuple):
    """Lengths of a button, by their names in `LENGTHS`; an empty one is nothing."""

    beside: str
    above: str
    least_width: str
    least_height: str
    sheet: int = 0
    """Pixels on both sides together that the style sheet keeps from words which stand on the left."""


_EDGE = 4
"""Pixels of line and margin on both sides together, which Qt has counted; the same with and without the focus."""

_QT_ADDS = 3
"""So many pixels Qt adds to every tool button."""

_PUSH = Room("u3", "u1", "target", "button")
_TOOL = Room("pad_focus", "pad_focus", "u5", "u5")


def _push_room(signs: dict[str, Any]) -> Room:
    room = _PUSH
    if signs.get("role") == "link":
        room = room._replace(beside="u1", above="", sheet=8)
    if signs.get("tall"):
        room = room._replace(least_height="tall")
    if signs.get("slim"):
        room = room._replace(beside="u2", above="", least_height="u5")
    if signs.get("narrow"):
        room = room._replace(beside="u2")
    return room


def _tool_room(signs: dict[str, Any]) -> Room:
    role, tight = signs.get("role"), signs.get("tight")
    if role == "letter":
        return Room("" if tight else "u1", "hair", "u4", "u5")
    if role == "section":
        return Room("u3", "" if tight else "u1", "u5", "u5", sheet=24)
    if signs.get("slim"):
        return _TOOL._replace(beside="u2", above="")
    return _TOOL


@cache
def _pixels(room: Room, line: int) -> tuple[int, int, int, int]:
    """Return the lengths in pixels for a line so many pixels high, rounded as Qt rounds those of a sheet."""
    beside, above, width, height = (pixels_of(name, line) for name in room[:4])
    return 2 * beside + _EDGE, 2 * above + _EDGE, width, height


def _bounded(button: QWidget, width: int, height: int, least: int) -> tuple[int, int, int]:
    """Return the sizes within those that somebody set for the button."""
    narrow, wide = button.minimumWidth(), button.maximumWidth()
    return (
        max(min(width, wide), narrow),
        max(min(height, button.maximumHeight()), button.minimumHeight()),
        narrow or min(least, wide),
    )


class PushButton(QPushButton):
    """A button with words. Marks: ``role`` (primary, danger, plain, link), ``tall``, ``slim``, ``narrow``.

    A mark is set by `setProperty`; a narrow place may squeeze it.
    """

    _room = _PUSH

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._signs: dict[str, Any] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setProperty(self, name: str, value: Any) -> bool:
        self._signs[name] = value
        self._room = _push_room(self._signs)
        self.updateGeometry()
        return bool(super().setProperty(name, value))

    def sizeHint(self) -> QSize:
        return QSize(*self._wanted()[:2])

    def measures(self) -> tuple[int, int, int]:
        """Return width, height and least width in pixels, as a layout takes them."""
        return _bounded(self, *self._wanted())

    def _wanted(self) -> tuple[int, int, int]:
        beside, above, width, height = _pixels(self._room, self.fontMetrics().height())
        words = super().sizeHint()
        return (
            max(words.width() - _EDGE - self._room.sheet, width) + beside,
            max(words.height() - _EDGE, height) + above,
            width + beside,
        )

    def minimumSizeHint(self) -> QSize:
        beside, above, width, height = _pixels(self._room, self.fontMetrics().height())
        return QSize(width + beside, height + above)


class ToolButton(QToolButton):
    """A small button: a sign, or a word. Marks: ``role`` (plain, side, letter, section), ``tight``, ``slim``."""

    _room = _TOOL

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._signs: dict[str, Any] = {}
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def setProperty(self, name: str, value: Any) -> bool:
        self._signs[name] = value
        self._room = _tool_room(self._signs)
        self.updateGeometry()
        return bool(super().setProperty(name, value))

    def sizeHint(self) -> QSize:
        return QSize(*self._wanted()[:2])

    def measures(self) -> tuple[int, int, int]:
        """Return width, height and least width in pixels, as a layout takes them."""
        return _bounded(self, *self._wanted())

    def _wanted(self) -> tuple[int, int, int]:
        beside, above, width, height = _pixels(self._room, self.fontMetrics().height())
        if self._signs.get("role") == "side":
            return width + beside, height + above, width + beside
        words = super().sizeHint()
        counted = _EDGE + _QT_ADDS
        return (
            max(words.width() - counted - self._room.sheet, width) + _QT_ADDS + beside,
            max(words.height() - counted, height) + _QT_ADDS + above,
            width + beside,
        )

    def minimumSizeHint(self) -> QSize:
        beside, above, width, height = _pixels(self._room, self.fontMetrics().height())
        return QSize(width + beside, height + above)
