"""Push and tool buttons that measure themselves, so that another text size asks nothing of the style sheet.

A window shows forty buttons. Were their lengths written in the style sheet, Qt would have to dress each of them
anew with every text size, which takes longer than all the rest of the change. Here the sheet gives colours and
lines only; a button adds its room to what Qt says of its words. Buttons that Qt makes (dialogs, calendars) go on
taking theirs from the sheet.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton

from ethnomed_desktop.ui.kit.themes import pixels_of

if TYPE_CHECKING:
    _AnyButton = QAbstractButton
else:
    _AnyButton = object


class Room(NamedTuple):
    """Lengths of a button, by their names in `LENGTHS`; an empty one is nothing."""

    beside: str
    above: str
    least_width: str
    least_height: str
    sheet: int = 0
    """Pixels on both sides together that the style sheet keeps from words which stand on the left."""

    square: bool = False
    """Whether it is as small as it can be, whatever stands on it."""


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
    if role == "side":
        return _TOOL._replace(square=True)
    if signs.get("slim"):
        return _TOOL._replace(beside="u2", above="")
    return _TOOL


@cache
def _pixels(room: Room, line: int) -> tuple[int, int, int, int]:
    """Return the lengths in pixels for a line so many pixels high, rounded as Qt rounds those of a sheet."""
    beside, above, width, height = (pixels_of(name, line) for name in room[:4])
    return 2 * beside + _EDGE, 2 * above + _EDGE, width, height


class _Measured(_AnyButton):
    """What push and tool buttons have in common; stands before Qt's class, whose answers it adds to."""

    _room: Room
    _adds = 0
    _horizontal = QSizePolicy.Policy.Preferred

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._signs: dict[str, Any] = {}
        self.setSizePolicy(self._horizontal, QSizePolicy.Policy.Fixed)

    def setProperty(self, name: str, value: Any) -> bool:
        self._signs[name] = value
        self._room = self._room_for(self._signs)
        self.updateGeometry()
        return bool(super().setProperty(name, value))

    def sizeHint(self) -> QSize:
        return QSize(*self._wanted()[:2])

    def minimumSizeHint(self) -> QSize:
        beside, above, width, height = _pixels(self._room, self.fontMetrics().height())
        return QSize(width + beside, height + above)

    def measures(self) -> tuple[int, int, int]:
        """Return width, height and least width in pixels, within what somebody set, as a layout takes them."""
        width, height, least = self._wanted()
        narrow, wide = self.minimumWidth(), self.maximumWidth()
        return (
            max(min(width, wide), narrow),
            max(min(height, self.maximumHeight()), self.minimumHeight()),
            narrow or min(least, wide),
        )

    def _room_for(self, signs: dict[str, Any]) -> Room:
        raise AssertionError(f"{type(self).__name__} lacks _room_for()")

    def _wanted(self) -> tuple[int, int, int]:
        room, adds = self._room, self._adds
        beside, above, width, height = _pixels(room, self.fontMetrics().height())
        if room.square:
            return width + beside, height + above, width + beside
        words = super().sizeHint()
        counted = _EDGE + adds
        return (
            max(words.width() - counted - room.sheet, width) + adds + beside,
            max(words.height() - counted, height) + adds + above,
            width + beside,
        )


class PushButton(_Measured, QPushButton):
    """A button with words. Marks: ``role`` (primary, danger, plain, link), ``tall``, ``slim``, ``narrow``.

    A mark is set by `setProperty`; a narrow place may squeeze it.
    """

    _room = _PUSH

    def _room_for(self, signs: dict[str, Any]) -> Room:
        return _push_room(signs)


class ToolButton(_Measured, QToolButton):
    """A small button: a sign, or a word. Marks: ``role`` (plain, side, letter, section), ``tight``, ``slim``."""

    _room = _TOOL
    _adds = _QT_ADDS
    _horizontal = QSizePolicy.Policy.Maximum

    def _room_for(self, signs: dict[str, Any]) -> Room:
        return _tool_room(signs)
