"""Sizes that follow the text: spacing, fonts, icons and least sizes are noted and applied again.

Call these once where a widget is built; `refresh` repeats them after the text size or the theme
changed, so no widget needs code of its own for that.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLayout, QVBoxLayout, QWidget

from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout

LOW_HEADINGS = 0.35
"""In a low window so much is left of what a heading is larger than running text."""

_SPACING, _FONT, _ICON, _LEAST = "em_spacing", "em_font", "em_icon", "em_least"
_SHOWN = "em_icon_shown"
_NOTED = "em_noted"
"""Whether font, icon or least size is noted at a widget: most have none, and one question is enough.

Plain attributes: what is noted was made in Python and lives as long as its widget, while Qt looks for a
property of its own among eighty names first. Asked in `vars`: a name an object has not is sought in Qt, too.
"""

_QT_KEEPS_FONT = "_q_styleSheetWidgetFont"
"""Where Qt notes the font of what it dresses, once; it puts that on again when the widget gets another parent."""


def spaced(layout: QLayout, spacing: int = 2, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> None:
    """Space a layout in units (4 px at 100 %); margins are left, top, right, bottom.

    In a low window (`Appearance.low`) there is half as much above, below and between the rows.
    """
    setattr(layout, _SPACING, (spacing, *margins))
    _space(layout)


def sized_font(widget: QWidget, scale: float = 1.0, *, bold: bool = False) -> None:
    """Give the widget the application's font times ``scale``."""
    setattr(widget, _FONT, (scale, bold))
    setattr(widget, _NOTED, True)
    _set_font(widget)


def with_icon(
    widget: QAbstractButton | QLabel,
    name: str,
    role: str = "text",
    scale: int = 5,
    *,
    checked: str = "",
    apart: bool = False,
) -> None:
    """Show an icon of resources/icons in the theme's colour ``role``, ``scale`` units high.

    ``checked`` is the colour while a checkable button is pressed in; ``apart`` keeps the button's word
    at a distance that grows with the text.
    """
    setattr(widget, _ICON, (name, role, scale, checked, apart))
    setattr(widget, _NOTED, True)
    _set_icon(widget)


def at_least(widget: QWidget, *, width: int = 0, height: int = 0) -> None:
    """Keep the widget at least so many units wide and high; 8 units are the least target (32 px).

    Not for what takes a least size from the style sheet (buttons; the height of lines): whoever sets it last wins,
    so that a new widget would have one size and one that saw another text size the other. A test looks.
    """
    setattr(widget, _LEAST, (width, height))
    setattr(widget, _NOTED, True)
    _set_least(widget)


def refresh(widget: QWidget) -> None:
    """Apply the sizes, fonts and icons noted at one widget again; called where it is dressed anew only."""
    noted = vars(widget)
    if _NOTED in noted:
        if _FONT in noted:
            _set_font(widget)
        if _ICON in noted:
            _set_icon(widget)
        if _LEAST in noted:
            _set_least(widget)
    outer = widget.layout()
    if outer is not None:
        _space_all(outer)


def _space_all(layout: QLayout) -> None:
    if _SPACING in vars(layout):
        _space(layout)
    for inner in layout.children():
        if isinstance(inner, QLayout):
            _space_all(inner)


def _space(layout: QLayout) -> None:
    spacing, left, top, right, bottom = getattr(layout, _SPACING)
    step = unit()
    spacing, left, top, right, bottom = spacing * step, left * step, top * step, right * step, bottom * step
    if appearance().low:
        top, bottom = (top + 1) // 2, (bottom + 1) // 2
        spacing = (spacing + 1) // 2 if isinstance(layout, (QVBoxLayout, FlowLayout)) else spacing
    layout.setSpacing(spacing)
    layout.setContentsMargins(left, top, right, bottom)


def _set_font(widget: QWidget) -> None:
    scale, bold = getattr(widget, _FONT)
    if appearance().low and float(scale) > 1:
        scale = 1 + (float(scale) - 1) * LOW_HEADINGS
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * float(scale))
    font.setBold(bool(bold))
    widget.setFont(font)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.setProperty(_QT_KEEPS_FONT, font)


@cache
def _icons() -> ModuleType:
    """Return the module of icons: the first window is painted without any, and to import often is slow."""
    from ethnomed_desktop.ui.kit import icons

    return icons


def _set_icon(widget: QWidget) -> None:
    icons = _icons()
    name, role, scale, checked, apart = getattr(widget, _ICON)
    side = unit() * scale
    if isinstance(widget, QLabel):
        widget.setPixmap(icons.picture(name, role, side, widget.devicePixelRatioF()))
    elif isinstance(widget, QAbstractButton):
        drawn = icons.icon(name, role, checked, apart=bool(apart))
        if vars(widget).get(_SHOWN) is not drawn:  # one drawing serves all sizes
            setattr(widget, _SHOWN, drawn)
            widget.setIcon(drawn)
        widget.setIconSize(QSize(round(side * icons.APART) if apart else side, side))


def _set_least(widget: QWidget) -> None:
    width, height = getattr(widget, _LEAST)
    if width:
        widget.setMinimumWidth(int(width) * unit())
    if height:
        widget.setMinimumHeight(int(height) * unit())
