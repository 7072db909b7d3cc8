"""The Qt application: style, fonts, theme, text size and language. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from ethnomed_desktop import paths
from ethnomed_desktop.ui.kit.appearance import TEXT_SIZES, appearance, measure_unit
from ethnomed_desktop.ui.kit.palettes import THEMES
from ethnomed_desktop.ui.kit.picture import picture
from ethnomed_desktop.ui.kit.scale import refresh
from ethnomed_desktop.ui.kit.themes import qt_palette, stylesheet
from ethnomed_desktop.ui.translator import use_language

if TYPE_CHECKING:
    from ethnomed_desktop.ui.kit.rest import Rest

UI_FAMILY = "Arimo"
FIRST_FONTS = ("Arimo-Regular.ttf", "Arimo-Bold.ttf")
"""What the first picture is written in; the other fonts of resources/fonts follow it."""


class DesktopApplication(QApplication):
    """Our `QApplication`. Dressing it again is live: windows, texts and unsaved input stay."""

    language_changed = Signal(str)
    appearance_changed = Signal()

    def __init__(self, argv: Sequence[str], *, text_size: int = 100, theme: str = "light") -> None:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        # The style is named to Qt: handing it over as an object makes Python classes of a dozen of its tables.
        super().__init__([*argv, "-style", "fusion"])
        self.setApplicationName("Ethnomed Desktop")
        self.setDesktopFileName("kz.ethnomed.desktop")
        self._language = ""
        self._rest: Rest | None = None
        look = appearance()
        look.family = load_fonts(FIRST_FONTS)
        look.theme, look.text_size = theme, nearest_size(text_size)
        self.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._dress()

    @property
    def language(self) -> str:
        """The interface language in use; empty until one was chosen."""
        return self._language

    def use_language(self, language: str) -> None:
        """Switch the interface language; raises as `Catalog.load`.

        Hidden pages are worded when they are shown, or soon in the pauses. Called with the language in use
        (names are hidden or shown) it reaches everything at once.
        """
        keeper = self._keeper() if self._language not in ("", language) else None
        with picture().coming():
            if keeper is not None:
                keeper.lay_words()
            use_language(self, language)
            self._language = language
            self.language_changed.emit(language)
            if keeper is not None:
                keeper.settle()

    def use_theme(self, theme: str) -> None:
        """Use ``light``, ``dark``, ``contrast`` or ``system``; raises `ValueError` for others."""
        if theme != "system" and theme not in THEMES:
            raise ValueError(f"no such theme: {theme[:20]}")
        appearance().theme = theme
        self._dress()

    def use_text_size(self, percent: int) -> None:
        """Use one of `TEXT_SIZES`, or the nearest to ``percent``."""
        appearance().text_size = nearest_size(percent)
        self._measure()

    def use_window_height(self, pixels: int) -> None:
        """Note the height of the main window; it is laid out anew where it gets low or ceases to be."""
        look = appearance()
        before = look.low
        look.window_height = pixels
        if look.low != before:
            self._measure()

    def step_text_size(self, steps: int) -> None:
        """Make the text larger (``steps`` above 0) or smaller by steps of the scale."""
        place = TEXT_SIZES.index(appearance().text_size) + steps
        self.use_text_size(TEXT_SIZES[max(0, min(place, len(TEXT_SIZES) - 1))])

    def use_letter_palette(self, shown: bool) -> None:
        """Show or hide the palette of Kazakh letters under text fields."""
        appearance().letter_palette = shown
        appearance().changed.emit()

    def _dress(self) -> None:
        """Exchange colours and style sheet, and measure everything."""
        look = appearance()
        with picture().coming(), self._sizes_kept():
            keeper = self._keeper()
            awake = keeper.undress() if keeper is not None else []
            self.setStyleSheet("")  # to dress bare widgets takes a fifth of the time of changing their clothes
            self.setFont(look.font())
            measure_unit()
            self.setPalette(qt_palette(look.colours))
            self.setStyleSheet(stylesheet(look.colours))
            self._tell(keeper, awake)

    def _measure(self) -> None:
        """Measure what is seen anew: the style sheet stays, its lengths follow the font."""
        look = appearance()
        with picture().coming(), self._sizes_kept():
            keeper = self._keeper()
            font, before = look.font(), self.font()
            reach = before.pointSizeF() / font.pointSizeF()
            awake = keeper.lay_looks(reach) if keeper is not None else []
            self.setFont(font)
            measure_unit()
            self._tell(keeper, awake, sizes_only=True)

    def _tell(self, keeper: Rest | None, awake: list[QWidget], *, sizes_only: bool = False) -> None:
        look = appearance()
        if keeper is None:
            look.changing.emit()
            look.changed.emit()
        else:
            with keeper.held(awake):
                look.dressing = True
                look.changing.emit()
                look.dressing = False
                keeper.dress(awake, sizes_only=sizes_only)
                look.changed.emit()
            keeper.settle()
        self.appearance_changed.emit()

    def _keeper(self) -> Rest | None:
        """Return who lets unseen parts rest; nobody is needed before there is a window."""
        if self._rest is None and self.topLevelWidgets():
            from ethnomed_desktop.ui.kit.rest import keeper_of_rest

            self._rest = keeper_of_rest(refresh)
        return self._rest

    @contextmanager
    def _sizes_kept(self) -> Iterator[None]:
        """Bring windows back to their size: while lines are wrapped anew, layouts ask for more for a moment."""
        sizes = [(window, window.size()) for window in self.topLevelWidgets() if window.isVisible()]
        yield
        for window, size in sizes:
            if shiboken6.isValid(window) and window.isVisible() and window.size() != size:
                window.resize(size)

    def _on_system_changed(self) -> None:
        if appearance().theme == "system":
            self._dress()


def nearest_size(percent: int) -> int:
    """Return the one of `TEXT_SIZES` nearest to ``percent``."""
    return min(TEXT_SIZES, key=lambda size: abs(size - percent))


def load_fonts(names: Sequence[str]) -> str:
    """Load files of resources/fonts and return the family to use; empty: the system's own."""
    try:
        folder = paths.resource("fonts")
    except FileNotFoundError:
        return ""
    known = [QFontDatabase.addApplicationFont(str(folder / name)) for name in names]
    return UI_FAMILY if any(UI_FAMILY in QFontDatabase.applicationFontFamilies(one) for one in known) else ""


def load_other_fonts() -> None:
    """Load the fonts that the first picture did without: italics, and those of printed pages."""
    names = {file.name for file in paths.resource("fonts").glob("*.ttf")} - set(FIRST_FONTS)
    load_fonts(sorted(names))


def make_application(
    argv: Sequence[str], *, language: str = "kk", text_size: int = 125, theme: str = "system"
) -> DesktopApplication:
    """Return the application, dressed and speaking ``language``; raises as `Catalog.load`."""
    app = DesktopApplication(argv, text_size=text_size, theme=theme)
    app.use_language(language)
    return app
