"""Pages of a document as pictures, the width of the view; each is drawn only when it is seen."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.tasks import Tasks

KEPT_PICTURES = 12
Picture = tuple[bytes, int, int]
"""RGB bytes (3 per pixel, rows without padding), width, height."""


class PageSource(Protocol):
    """A document to look at. ``picture`` is called on the free lane."""

    def sizes(self) -> list[tuple[float, float]]:
        """Return width and height of each page in points; quick."""
        ...

    def picture(self, page: int, width: int) -> Picture:
        """Return a page ``width`` pixels wide."""
        ...

    def text(self, page: int) -> str:
        """Return the words of a page, for screen readers; quick."""
        ...


class PageView(QAbstractScrollArea):
    """Show a document by `show_pages`; PageUp, PageDown, arrows scroll. ``page_changed(number)`` from 1."""

    worded_whole = True
    page_changed = Signal(int)
    drawn = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_view")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tasks = tasks
        self._source: PageSource | None = None
        self._sizes: list[tuple[float, float]] = []
        self._pictures: dict[int, QPixmap] = {}
        self._asked: set[tuple[int, int]] = set()
        self._page = 0
        self._resized = QTimer(self, singleShot=True, interval=150)
        self._resized.timeout.connect(self._forget_pictures)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.retranslate()

    def show_pages(self, source: PageSource | None) -> None:
        """Show another document (or nothing), keeping the place if it has as many pages."""
        same = source is not None and len(source.sizes()) == len(self._sizes)
        place = self.verticalScrollBar().value() if same else 0
        self._source = source
        self._sizes = source.sizes() if source else []
        self._asked.clear()
        if not same:
            self._pictures.clear()
        self._measure()
        self.verticalScrollBar().setValue(place)
        self._on_scrolled()
        self.viewport().update()

    def page_count(self) -> int:
        """Return how many pages there are."""
        return len(self._sizes)

    def go_to_page(self, number: int) -> None:
        """Bring page ``number`` (from 1) to the top."""
        if 1 <= number <= len(self._sizes):
            self.verticalScrollBar().setValue(self._place(number - 1).top() - self._gap())

    def retranslate(self) -> None:
        self.setAccessibleName(_("Pages of the document"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self._resized.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(appearance().colours.window))
        offset = self.verticalScrollBar().value()
        for page in range(len(self._sizes)):
            place = self._place(page).translated(0, -offset)
            if place.bottom() < 0 or place.top() > self.viewport().height():
                continue
            painter.fillRect(place, QColor("#FFFFFF"))  # paper is white in every theme
            picture = self._pictures.get(page)
            if picture is not None:
                # A picture of another width stands for a moment only, until its page is drawn anew.
                stands = picture.width() == round(place.width() * self.devicePixelRatioF())
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, stands)
                painter.drawPixmap(place, picture)
            painter.setPen(QColor(appearance().colours.line))
            painter.drawRect(place)
            self._ask(page, place.width())
        painter.end()

    def _gap(self) -> int:
        return 3 * unit()

    def _place(self, page: int) -> QRect:
        width = max(1, self.viewport().width() - 2 * self._gap())
        top = self._gap()
        for wide, high in self._sizes[:page]:
            top += round(width * high / wide) + self._gap()
        wide, high = self._sizes[page]
        return QRect(self._gap(), top, width, round(width * high / wide))

    def _measure(self) -> None:
        total = self._place(len(self._sizes) - 1).bottom() + self._gap() if self._sizes else 0
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, total - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(10 * unit())

    def _ask(self, page: int, width: int) -> None:
        source = self._source
        pixels = round(width * self.devicePixelRatioF())
        if source is None or (page, pixels) in self._asked:
            return
        self._asked.add((page, pixels))
        self._tasks.free(
            lambda progress: source.picture(page, pixels), partial(self._on_picture, source, page), owner=self
        )

    def _on_picture(self, source: PageSource, page: int, picture: Picture) -> None:
        if source is not self._source:
            return
        data, width, height = picture
        image = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self._pictures[page] = QPixmap.fromImage(image)
        if len(self._pictures) > KEPT_PICTURES:
            furthest = max(self._pictures, key=lambda kept: abs(kept - page))
            del self._pictures[furthest]
            self._asked = {asked for asked in self._asked if asked[0] != furthest}
        self.viewport().update()
        self.drawn.emit(page + 1)

    def _forget_pictures(self) -> None:
        """Draw anew at the new width; until then the old pictures are stretched."""
        self._asked.clear()
        self.viewport().update()

    def _on_scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        page = next((p for p in range(len(self._sizes)) if self._place(p).bottom() >= middle), 0)
        if self._sizes and page + 1 != self._page:
            self._page = page + 1
            if self._source is not None:
                self.setAccessibleDescription(self._source.text(page))
            self.page_changed.emit(self._page)
        self.viewport().update()
