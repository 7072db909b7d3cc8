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

Signs = tuple[tuple[str, str], ...]
"""Properties (name, value) by which a rule picks widgets of a class."""


LENGTHS = {
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


def takes_lengths(widget: QWidget) -> bool:
    """Whether a rule of the style sheet gives the widget a length: then it is dressed anew with every text size."""
    wanted = _wanted_by(type(widget))
    if not wanted or () in wanted:
        return bool(wanted)
    signs = {name: widget.property(name) for name in sorted({name for one in wanted for name, _value in one})}
    return any(all(signs[name] == value for name, value in one) for one in wanted)


def _wanted_by(kind: type[QWidget]) -> tuple[Signs, ...]:
    """Return what a widget of a class must be marked with, one of these, to take a length."""
    known = _WANTED.get(kind)
    if known is None:
        measured = _measured_kinds()
        found = {signs for above in kind.__mro__ for signs in measured.get(above.__name__, ())}
        known = _WANTED[kind] = ((),) if () in found else tuple(sorted(found))
    return known


_WANTED: dict[type[QWidget], tuple[Signs, ...]] = {}
"""What `_wanted_by` found so far."""


@cache
def _measured_kinds() -> dict[str, set[Signs]]:
    """Return the classes of rules with lengths, each with the properties its rules ask for."""
    text = resource("styles", STYLE_FILE).read_text(encoding="utf-8")
    text = re.sub(
        r"\$\{(\w+)\}", lambda found: "@" if found[1] in LENGTHS else "", re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    )
    kinds: dict[str, set[Signs]] = {}
    for selectors, block in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        for selector in selectors.split(",") if "@" in block else ():
            last = re.split(r"[\s>]+", selector.strip())[-1]
            signs = tuple(re.findall(r'\[(\w+)="(\w+)"\]', last))
            kinds.setdefault(re.split(r"[\[:#]", last)[0], set()).add(signs)
    return kinds


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
