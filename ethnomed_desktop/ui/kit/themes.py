"""The stylesheet and the Qt palette, made from the colours and the font in force.

No font size stands in the stylesheet: fonts come from the application's font, and every length follows its
height, so that a change of the text size needs no other stylesheet: each widget is only measured anew.
"""

from __future__ import annotations

import re
from functools import cache
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.paths import resource
from ethnomed_desktop.ui.kit.palettes import Colours, contrast

STYLE_FILE = "kit.qss"

LENGTHS = {
    "hair": 0.03,
    "u1": 0.2352,
    "u2": 0.475,
    "u3": 0.7344,
    "u4": 0.9532,
    "u5": 1.18,
    "pad": 0.3401,
    "pad_focus": 0.3,
    "side_focus": 0.4251,
    "radius": 0.3401,
    "target": 1.89,
    "inner": 1.68,
    "button": 1.61,
    "box": 1.1,
    "half_box": 0.55,
    "tab": 0.64,
    "tall": 2.3,
    "head": 0.59,
}
"""Multiples of the height of a line (17 pixels at 100 %), rounded to pixels by Qt: ``u1`` is `unit()`.

The padding beside the thick border of a line's focus is one pixel less than the usual one at every text size;
the other thick borders grow into a margin (kit.qss)."""


def stylesheet(colours: Colours) -> str:
    """Return the stylesheet of a theme; it stays the same when the text size changes."""
    shade = "white" if contrast("#FFFFFF", colours.accent) > contrast("#000000", colours.accent) else "black"
    check = resource("icons", f"check-{shade}.svg").as_posix()
    text = resource("styles", STYLE_FILE).read_text(encoding="utf-8")
    lengths = {name: f"{length}em" for name, length in LENGTHS.items()}
    return Template(text).substitute({**colours._asdict(), **lengths, "check": check})


@cache
def pixels_of(name: str, line: int) -> int:
    """Return a length of `LENGTHS` for a line ``line`` pixels high, rounded as Qt rounds those of the sheet."""
    return int(line * LENGTHS[name] + 0.5) if name else 0


def takes_lengths(widget: QWidget) -> bool:
    """Whether a rule for its class gives a length that follows the text: it is dressed anew with every text size.

    Marks of rules (``[role="…"]``) are passed over: to ask each of a hundred widgets for them takes longer.
    """
    kind = type(widget)
    known = _TAKES.get(kind)
    if known is None:
        names = {f".{kind.__name__}", *(above.__name__ for above in kind.__mro__)}
        known = _TAKES[kind] = not names.isdisjoint(_measured_kinds())
    return known


_TAKES: dict[type[QWidget], bool] = {}
"""What `takes_lengths` found so far."""


@cache
def _measured_kinds() -> frozenset[str]:
    """Return the classes of rules with lengths; a dot before the name, as in the sheet, means just this class."""
    text = resource("styles", STYLE_FILE).read_text(encoding="utf-8")
    text = re.sub(
        r"\$\{(\w+)\}", lambda found: "@" if found[1] in LENGTHS else "", re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    )
    kinds: set[str] = set()
    for selectors, block in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        for selector in selectors.split(",") if "@" in block else ():
            kinds.add(re.split(r"[\[:#]", re.split(r"[\s>]+", selector.strip())[-1])[0])
    return frozenset(kinds)


def qt_palette(colours: Colours) -> QPalette:
    """Return the palette for what the stylesheet does not reach: calendars, standard dialogs, selection."""
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in (
        (roles.Window, colours.window),
        (roles.WindowText, colours.text),
        (roles.Base, colours.surface),
        (roles.AlternateBase, colours.window),
        (roles.Text, colours.text),
        (roles.PlaceholderText, colours.placeholder),
        (roles.Button, colours.surface),
        (roles.ButtonText, colours.text),
        (roles.BrightText, colours.error),
        (roles.Highlight, colours.accent),
        (roles.HighlightedText, colours.on_accent),
        (roles.Link, colours.accent),
        (roles.LinkVisited, colours.accent),
        (roles.ToolTipBase, colours.surface),
        (roles.ToolTipText, colours.text),
        (roles.Light, colours.surface),
        (roles.Midlight, colours.line),
        (roles.Mid, colours.border),
        (roles.Dark, colours.border),
        (roles.Shadow, colours.border),
        (roles.Accent, colours.accent),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.placeholder))
    return palette
