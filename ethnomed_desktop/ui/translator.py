"""Qt's own words (OK, Copy, file dialogs) through our catalogs, switched while windows are open."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication, QCalendarWidget

from ethnomed_desktop.i18n import current
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.languages import signs

_KEPT_AS = "em_translator"


class GettextTranslator(QTranslator):
    """Overlays ``qtbase_<language>.qm`` by our catalog, whose msgctxt is the name of Qt's context."""

    def __init__(self, catalog: Catalog, parent: QObject) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._qt = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._has_qt = self._qt.load(f"qtbase_{catalog.language}", folder)

    def isEmpty(self) -> bool:
        """Say no: Qt passes over a translator that calls itself empty, and ours has no file."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        found = self._catalog.find(context, source)
        if found is not None:
            return found
        if not self._has_qt:
            return None
        return self._qt.translate(context, source, disambiguation, n) or None


def use_language(app: QApplication, language: str) -> None:
    """Switch the whole interface: our words, Qt's words, first day of the week; windows stay open.

    Every widget gets LanguageChange once and answers in ``changeEvent`` with ``retranslate()``.
    Raises as `Catalog.load`.
    """
    catalog = current.use_language(language)
    # ``en_GB``: ``en_KZ`` does not exist and falls to American weeks. Dates never come from here.
    locale = QLocale(signs(language).tag.replace("-", "_"))
    QLocale.setDefault(locale)
    old = getattr(app, _KEPT_AS, None)  # not `findChildren`: it would make Python objects of all Qt keeps there
    if isinstance(old, GettextTranslator):
        QCoreApplication.removeTranslator(old)
        old.deleteLater()
    new = GettextTranslator(catalog, app)
    setattr(app, _KEPT_AS, new)
    QCoreApplication.installTranslator(new)
    for window in app.topLevelWidgets():
        # Living calendars do not hear of the default locale; nothing else of ours asks for one.
        for calendar in (window, *window.findChildren(QCalendarWidget)):
            if isinstance(calendar, QCalendarWidget):
                calendar.setLocale(locale)
    # Installing queues LanguageChange for windows; sent at once, the switch is whole on return.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
