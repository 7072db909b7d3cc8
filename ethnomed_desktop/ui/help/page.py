"""The section Help: the list of pages with a search, and the page itself in large print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer, QUrl
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ethnomed_desktop.app import help_pages
from ethnomed_desktop.domain.fieldtypes import Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.back_button import BackButton
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.kit.text_field import TextField
from ethnomed_desktop.ui.kit.wrapped_rows import wrap_rows

if TYPE_CHECKING:
    from ethnomed_desktop.ui.session import Session

TOPICS = {
    "home": "start",
    "incidents": "incidents",
    "meetings": "meetings",
    "people": "people",
    "exchange": "exchange",
    "tiers": "exchange",
    "trash": "incidents",
    "notes": "users",
    "users": "users",
    "audit": "vault",
    "personal": "personal-data",
    "settings": "vault",
}
"""The page that tells of a section."""

BESIDE_UNITS = 210
"""From this width on the list stands beside the page, else a button shows it in the place of the page."""

LARGE = 1.25
SEARCH_MS = 250


class HelpPage(QWidget):
    """Reads files of the program only; the vault is not asked, so that it serves at the door too."""

    def __init__(self, session: Session | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_page")
        self.setProperty("role", "page")
        self._name = help_pages.PAGES[0]
        self._session = session
        self._from = ""
        self._wait = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._wait.timeout.connect(self.search)
        self.title = QLabel(self)
        sized_font(self.title, 1.5, bold=True)
        self.words = TextField(Field("help_words", 1, Text(200), N_("Search in the help")), self)
        self.words.edited.connect(lambda _name: self._wait.start())
        self.words.entered.connect(lambda _name: self.search())
        self.nothing = QLabel(self)
        self.nothing.setWordWrap(True)
        self.pages = QListWidget(self)
        self.pages.setObjectName("help_pages")
        wrap_rows(self.pages)
        self.pages.currentItemChanged.connect(self._on_chosen)
        self.pages.itemClicked.connect(self._on_taken)
        self.pages.itemActivated.connect(self._on_taken)
        self.text = QTextBrowser(self)
        self.text.setObjectName("help_text")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._on_link)
        sized_font(self.text, LARGE)
        self.contents = PushButton(self)
        self.contents.setObjectName("help_contents")
        self.contents.setCheckable(True)
        self.contents.toggled.connect(self._fit)
        self.back = BackButton(self)
        self.back.setObjectName("help_back")
        self.back.clicked.connect(self.go_back)
        self.back.hide()
        self._build()
        appearance().changed.connect(self._show_again)
        self.retranslate()

    def _build(self) -> None:
        self.side = QWidget(self)
        column = QVBoxLayout(self.side)
        spaced(column, 2)
        for widget in (self.words, self.nothing):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        self._row = QHBoxLayout()
        spaced(self._row, 3)
        self._row.addWidget(self.side, 2)
        self._row.addWidget(self.text, 5)
        outer = QVBoxLayout(self)
        spaced(outer, 2, (6, 4, 6, 4))
        head = QHBoxLayout()
        spaced(head, 3)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.contents)
        outer.addLayout(head)
        outer.addLayout(self._row, 1)

    def open_record(self, uid: str) -> None:
        """Show the help: no kind of record opens here."""
        self.text.setFocus()

    def show_topic(self, section: str) -> None:
        """Show the page that tells of a section; of the help itself, the page shown last."""
        if section in TOPICS:
            self._from = section
            self.back.show()
        self.show_page(TOPICS.get(section, self._name))

    def go_back(self) -> None:
        """Go back to the section from which help was asked for, as it was left."""
        if self._from and self._session is not None:
            self._session.hub.act_requested.emit(f"section:{self._from}")

    def show_page(self, name: str) -> None:
        """Show one of `help_pages.PAGES`, the list whole again."""
        self._name = name
        self.words.set_value(None)
        self.search()
        self.text.setFocus()

    def search(self) -> None:
        """List the pages that hold the words; without words all of them."""
        self._wait.stop()
        language, words = current().language, str(self.words.draft() or "")
        found = help_pages.search(language, words) if words.strip() else help_pages.list_pages(language)
        self.pages.blockSignals(True)
        self.pages.clear()
        for one in found:
            item = QListWidgetItem(one.title, self.pages)
            item.setData(256, one.name)
            if one.name == self._name:
                self.pages.setCurrentItem(item)
        if found and self.pages.currentItem() is None:
            self.pages.setCurrentRow(0)
        self.pages.blockSignals(False)
        self.nothing.setVisible(not found)
        self._on_chosen()

    def retranslate(self) -> None:
        self.title.setText(_("Help"))
        self.back.lead(_("Back"))
        self.nothing.setText(_("No page holds these words."))
        self.pages.setAccessibleName(_("Pages of the help"))
        self.contents.setText(_("Pages of the help"))
        self.search()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_row"):
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.width() >= BESIDE_UNITS * unit()
        before = self.text.font()
        sized_font(self.text, LARGE if beside else 1.0)  # where there is little room the text is large already
        if self.text.font() != before:
            self._show_again()
        self.contents.setVisible(not beside)
        self.side.setVisible(beside or self.contents.isChecked())
        self.text.setVisible(beside or not self.contents.isChecked())

    def minimumSizeHint(self) -> QSize:
        return QSize(60 * unit(), 60 * unit())

    def _on_chosen(self) -> None:
        item = self.pages.currentItem()
        if item is not None:
            self._name = str(item.data(256))
            self._show_page()

    def _on_taken(self) -> None:
        self.contents.setChecked(False)

    def _show_page(self) -> None:
        text = help_pages.page(current().language, self._name)
        self.text.setMarkdown(text)
        self.text.setAccessibleName(text.partition("\n")[0].removeprefix("# "))

    def _show_again(self) -> None:
        """Show the page in another size or other colours, where it was being read: gaps follow the text only so."""
        bar = self.text.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum())
        self._show_page()
        bar.setValue(round(place * bar.maximum()))

    def _on_link(self, link: QUrl) -> None:
        name = link.path().removesuffix(".md")
        if name in help_pages.PAGES:
            self._name = name
            self.words.set_value(None)
            self.search()
