"""Icons of resources/icons, drawn in a colour of the theme; they never stand without words."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
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


APART = 1.4
"""How much wider an icon is that keeps the word beside it apart; Qt alone leaves four pixels at every size."""


def picture(name: str, role: str = "text", side: int = 20, ratio: float = 1.0, width: float = 1.0) -> QPixmap:
    """Return the icon ``side`` pixels high in the theme colour ``role`` (a field of `Colours`).

    ``width`` (of the height) leaves room on its right.
    """
    colour: str = getattr(appearance().colours, role)
    key = f"em:{name}:{colour}:{side}:{ratio}:{width}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    renderer = QSvgRenderer(QByteArray(_source(name).replace(DRAWN_IN, colour.encode())))
    high = round(side * ratio)
    pixmap = QPixmap(round(high * width), high)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, high, high))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def icon(name: str, role: str = "text", checked: str = "", *, apart: bool = False) -> QIcon:
    """Return the icon in several sizes, in the colour ``checked`` while its button is pressed in.

    ``apart`` keeps the word beside it at a distance that grows with the text. Raises `FileNotFoundError`
    for a name we did not draw.
    """
    look = appearance()
    colour, chosen = getattr(look.colours, role), getattr(look.colours, checked) if checked else ""
    known = look.icons.get((name, colour, chosen + "|" * apart))
    if known is not None:
        return known
    made, width = QIcon(), APART if apart else 1.0
    for side in _SIDES:
        made.addPixmap(picture(name, role, side, width=width))
        if checked:
            made.addPixmap(picture(name, checked, side, width=width), QIcon.Mode.Normal, QIcon.State.On)
    look.icons[name, colour, chosen + "|" * apart] = made
    return made
