"""Icons of resources/icons, drawn in a colour of the theme; they never stand without words."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from ethnomed_desktop.paths import resource
from ethnomed_desktop.ui.kit.appearance import appearance

DRAWN_IN = b"#1B1B1B"
"""The colour every file is drawn in; it is replaced by that of the theme."""

_SIDES = (16, 24, 32, 48, 64)


@cache
def _source(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


def picture(name: str, role: str = "text", side: int = 20, ratio: float = 1.0) -> QPixmap:
    """Return the icon ``side`` pixels high in the theme colour ``role`` (a field of `Colours`)."""
    colour: str = getattr(appearance().colours, role)
    key = f"em:{name}:{colour}:{side}:{ratio}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    renderer = QSvgRenderer(QByteArray(_source(name).replace(DRAWN_IN, colour.encode())))
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def icon(name: str, role: str = "text", checked: str = "") -> QIcon:
    """Return the icon in several sizes, in the colour ``checked`` while its button is pressed in.

    Raises `FileNotFoundError` for a name we did not draw.
    """
    look = appearance()
    colour, chosen = getattr(look.colours, role), getattr(look.colours, checked) if checked else ""
    known = look.icons.get((name, colour, chosen))
    if known is not None:
        return known
    made = QIcon()
    for side in _SIDES:
        made.addPixmap(picture(name, role, side))
        if checked:
            made.addPixmap(picture(name, checked, side), QIcon.Mode.Normal, QIcon.State.On)
    look.icons[name, colour, chosen] = made
    return made
