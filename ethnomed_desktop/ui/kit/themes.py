"""The stylesheet and the Qt palette, made from the colours and the font in force.

No font size stands in the stylesheet: fonts come from the application's font, and every length is a
multiple of `unit()`, so text size works live.
"""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette

from ethnomed_desktop.paths import resource
from ethnomed_desktop.ui.kit.palettes import Colours, contrast

STYLE_FILE = "kit.qss"


def stylesheet(colours: Colours, step: int) -> str:
    """Return the stylesheet for a theme; ``step`` is the spacing unit in pixels."""
    lengths = {
        "u1": step,
        "u2": 2 * step,
        "u3": 3 * step,
        "u4": 4 * step,
        "u5": 5 * step,
        "pad": max(1, step + step // 2),
        "pad_focus": max(0, step + step // 2 - 1),
        "side_focus": max(0, 2 * step - 1),
        "radius": step + step // 2,
        "target": 8 * step,
        "inner": 8 * step - 4,
        "box": 5 * step - 2,
        "half_box": (5 * step) // 2,
        "dot": max(2, step + step // 2),
        # With its thick border a chosen radio button is as large as the others (box and two hairlines).
        "dot_inner": 5 * step - 2 * max(2, step + step // 2),
        "head": 2 * step + 3,  # cells have a text margin of 3 of their own
    }
    shade = "white" if contrast("#FFFFFF", colours.accent) > contrast("#000000", colours.accent) else "black"
    check = resource("icons", f"check-{shade}.svg").as_posix()
    text = resource("styles", STYLE_FILE).read_text(encoding="utf-8")
    return Template(text).substitute({**colours._asdict(), **lengths, "check": check})


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
