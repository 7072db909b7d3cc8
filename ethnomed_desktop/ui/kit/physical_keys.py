"""Which physical key was pressed, whatever layout is on.

The Kazakh layout has no digits on the top row (2→ә 3→і 4→ң 5→ғ 6→, 7→. 8→ү 9→ұ 0→қ), and Ctrl+letter
dies when no Latin layout is installed; both are mended by asking for the key itself. Scan codes are
those of set 1; X11 and Wayland add 8 (measured under the layouts us, ru and kz).
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

X11_OFFSET = 8
_ROWS = ((0x02, "1234567890-="), (0x10, "QWERTYUIOP[]"), (0x1E, "ASDFGHJKL;'"), (0x2C, "ZXCVBNM,./"))
_BY_SCAN = {first + place: char for first, row in _ROWS for place, char in enumerate(row)}

DIGITS_BY_LETTER = dict(zip("әіңғүұқӘІҢҒҮҰҚ", "23458902345890", strict=True))
"""What the top row of the Kazakh layout types, by value: for pasted or simulated input."""


def physical_key(event: QKeyEvent) -> str:
    """Return the key's engraving in the US layout (``A`` … ``Z``, ``0`` … ``9``); empty when unknown."""
    scan = event.nativeScanCode()
    if not sys.platform.startswith("win") and QGuiApplication.platformName() != "windows":
        scan -= X11_OFFSET
    return _BY_SCAN.get(scan, "")


def digit_of(event: QKeyEvent) -> str:
    """Return the digit meant by a key press of the top row; empty when it is no digit.

    ``,`` and ``.`` count only by physical key (they are 6 and 7 in the Kazakh layout).
    """
    plain = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier
    if event.modifiers() & ~plain:
        return ""
    text = event.text()
    if len(text) != 1 or (text.isascii() and text.isdigit()):
        return ""
    key = physical_key(event)
    if key.isdigit():
        return key
    return DIGITS_BY_LETTER.get(text, "")


def with_digits(text: str) -> str:
    """Return text with letters of the Kazakh top row read as digits."""
    return "".join(DIGITS_BY_LETTER.get(char, char) for char in text)
