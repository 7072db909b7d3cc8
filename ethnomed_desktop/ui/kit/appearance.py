"""How everything looks now: theme, text size, letter palette; one object, child of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from ethnomed_desktop.ui.kit.palettes import HIGH_CONTRAST, THEMES, Colours

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

TEXT_SIZES = (100, 125, 150, 175, 200)
"""Per cent of the base size, in the order of A− and A+."""

LOW_BELOW = 520
"""Height (pixels at 100 % text) below which a window is low: 1366 × 768 is from 150 % on."""

BASE_POINTS = 11.0
_KEPT_AS = "em_appearance"


class Appearance(QObject):
    """Theme and text size in force; `changed` comes after the application was dressed anew.

    `changing` comes before, with the new font in force: for what depends on the numbers alone (which parts
    there is room for), so that each widget is dressed once, where it is going to stand.
    """

    changing = Signal()
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.dressing = False
        """Whether every widget is going to be dressed at once, or when it is shown."""
        self.theme = "light"
        self.text_size = 100
        self.letter_palette = True
        self.names_hidden = False
        self.family = ""
        self.icons: dict[tuple[str, str, str], QIcon] = {}
        """Icons drawn so far by name and colours, kept no longer than the application."""
        self.window_height = 0
        """Height of the main window in pixels; 0 while there is none."""

    @property
    def colours(self) -> Colours:
        """Colours in force; the theme ``system`` follows the desktop, high contrast first."""
        if self.theme != "system":
            return THEMES[self.theme]
        return THEMES[system_theme()]

    @property
    def low(self) -> bool:
        """Whether the window is low for its text: then heads and margins give their room to the content."""
        return 0 < self.window_height * 100 < LOW_BELOW * self.text_size

    def font(self) -> QFont:
        """Return the font of running text at the chosen size."""
        font = QFont(self.family) if self.family else QFont()
        font.setPointSizeF(BASE_POINTS * self.text_size / 100)
        return font


def restyle(*widgets: QWidget) -> None:
    """Have the style sheet see a property that was changed; in the middle of dressing it is seen anyway."""
    if appearance().dressing:
        return
    for widget in widgets:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # frames take their new width by it


def system_theme() -> str:
    """Return ``contrast``, ``dark`` or ``light`` as the desktop asks."""
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST.name
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def appearance() -> Appearance:
    """Return the application's appearance, made on first use; needs a running application."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application runs: windows cannot be made yet")
    found = getattr(app, _KEPT_AS, None)  # not `findChild`: it would make Python objects of all Qt keeps there
    if not isinstance(found, Appearance):
        found = Appearance(app)
        setattr(app, _KEPT_AS, found)
    return found


class _Step:
    """What `unit` returns. A widget asks for it dozens of times at a change: to measure each time is slow."""

    pixels = 0


def measure_unit() -> None:
    """Take the unit from the application's font; to be called with every new font."""
    _Step.pixels = max(2, round(QFontMetrics(QApplication.font()).height() / 4.25))


def unit() -> int:
    """Return the step of the spacing scale in pixels: 4 at 100 %, taken from the font's height.

    The whole layout is made of multiples of it, so that everything grows with the text.
    """
    if not _Step.pixels:
        measure_unit()
    return _Step.pixels
