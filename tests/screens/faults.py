"""What is wrong with a page as it is painted: cut, overlapping, empty boxes, untranslated, sideways, faint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QImage, QRawFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.ui.kit.kazakh_letters import LetterPalette
from ethnomed_desktop.ui.kit.palettes import MARK_PAIRS, TEXT_PAIRS, THEMES, contrast

TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0
"""WCAG 2.2, 1.4.3 and 1.4.11."""
LARGE_POINTS = 18.0
OVERLAP = 2
"""So many pixels may frames of neighbours share."""
LARGEST = QSize(1366, 768)
"""The smallest screen the program is for: a box beyond it has its buttons out of reach."""
CELLS_LOOKED_AT = 120
FOREIGN = set("Ethnomed Desktop Word Excel JSON XLSX KINGSTON Ctrl Shift Enter Delete English practice".split())
"""Words in Latin letters that are right in every language."""

ENGLISH_FIELDS = ("name_en", "centre_en", "text_en")
"""What a person wrote in English stands there in English, whatever the language of the window."""

_TAGS = re.compile(r"<[^>]*>")
_PLACEHOLDER = re.compile(r"\{\w*\}|%[1sd]\b")
_LATIN_WORD = re.compile(r"(?<![\w./\\@-])[A-Za-z]{4,}(?![\w./\\@-])")


def faults_of(window: QWidget) -> Iterator[str]:
    """Yield every fault of what is visible in a window, in words."""
    shown = [one for one in window.findChildren(QWidget) if _is_seen(one, window)]
    if window.isWindow() and (window.width() > LARGEST.width() or window.height() > LARGEST.height()):
        yield f"larger than the screen: {_name(window)}, {window.width()} × {window.height()}"
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    for widget in shown:
        yield from _cut(widget)
        yield from _sideways(widget)
        yield from _overlapping(widget)
        for text in texts_of(widget):
            yield from _empty_boxes(text, widget.font())
            if not widget.objectName().removesuffix("_input").endswith(ENGLISH_FIELDS):
                yield from _untranslated(text)
        yield from _faint(widget, window, picture)
        yield from _half_seen(widget, window)
    yield from _covered([one for one in shown if isinstance(one, LetterPalette)], shown)
    for action in window.findChildren(QAction):
        yield from _untranslated(action.text())
        yield from _untranslated(action.toolTip())


def faults_of_palettes() -> Iterator[str]:
    """Yield the pairs of colours of the themes that cannot be told apart well enough."""
    for colours in THEMES.values():
        for pairs, least in ((TEXT_PAIRS, TEXT_CONTRAST), (MARK_PAIRS, MARK_CONTRAST)):
            for front, back in pairs:
                found = contrast(getattr(colours, front), getattr(colours, back))
                if found < least:
                    yield f"theme {colours.name}: {front} on {back} has a contrast of {found:.1f}"


def texts_of(widget: QWidget) -> Iterator[str]:
    """Yield the words a widget shows or says: its own, its tool tip, its tabs, headings and cells."""
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from (str(index.data() or "") for index in _cells(widget))
    if isinstance(widget, QHeaderView):
        yield from (text for _place, text in _headings(widget))
    yield widget.toolTip()
    yield widget.accessibleName()


def _is_seen(widget: QWidget, window: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.window() is window
        and widget.visibleRegion().boundingRect().isValid()
        and not widget.size().isEmpty()
    )


def _cells(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model = view.model()
    if model is None:
        return
    columns = 1 if isinstance(view, QListView) else max(1, model.columnCount(QModelIndex()))
    for row in range(min(model.rowCount(QModelIndex()), CELLS_LOOKED_AT // columns)):
        for column in range(columns):
            yield model.index(row, column)


def _headings(header: QHeaderView) -> Iterator[tuple[int, str]]:
    model = header.model()
    if model is None or header.orientation() != Qt.Orientation.Horizontal:
        return
    for place in range(header.count()):
        if not header.isSectionHidden(place):
            yield place, str(model.headerData(place, Qt.Orientation.Horizontal) or "")


# -- clipped --------------------------------------------------------------------------------------


def _cut(widget: QWidget) -> Iterator[str]:
    room = widget.width()
    if isinstance(widget, QLabel):
        yield from _cut_label(widget)
    elif isinstance(widget, (QCheckBox, QRadioButton)):
        if widget.text() and room < widget.sizeHint().width():
            yield f"“{widget.text()[:40]}” needs {widget.sizeHint().width()} px, has {room}"
    elif isinstance(widget, (QPushButton, QToolButton)):
        yield from _cut_button(widget)
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            needed = widget.fontMetrics().horizontalAdvance(widget.tabText(place).replace("&&", "&"))
            if widget.isTabVisible(place) and widget.tabRect(place).width() < needed:
                yield f"the tab “{widget.tabText(place)}” needs {needed} px, has {widget.tabRect(place).width()}"
    elif isinstance(widget, QLineEdit) and not widget.text():
        needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        if room < needed:
            yield f"the hint “{widget.placeholderText()[:40]}” needs {needed} px, has {room}"
    elif isinstance(widget, QHeaderView):
        for place, text in _headings(widget):
            longest = max((_width(word, widget.font()) for word in text.split()), default=0)
            if widget.sectionSize(place) < longest:
                yield f"the heading “{text}” needs {longest} px, has {widget.sectionSize(place)}"


def _width(text: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(text)


def _cut_label(label: QLabel) -> Iterator[str]:
    words = _plain(label.text())
    if not words.strip():
        return
    if not label.wordWrap():
        longest = max(_width(line, label.font()) for line in words.splitlines() or [""])
        if label.textFormat() != Qt.TextFormat.RichText and label.width() < longest:
            yield f"“{words[:40]}” needs {longest} px, has {label.width()}"
        return
    if label.height() < label.heightForWidth(label.width()):
        yield f"“{words[:40]}” needs more lines than it has"
    longest = max((_width(word, label.font()) for word in words.split()), default=0)
    if label.textFormat() != Qt.TextFormat.RichText and label.width() < longest and len(words) < 400:
        yield f"a word of “{words[:40]}” needs {longest} px, has {label.width()}"


def _cut_button(button: QPushButton | QToolButton) -> Iterator[str]:
    words = button.text()
    icon_only = isinstance(button, QToolButton) and (
        button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly and not button.icon().isNull()
    )
    if not words or icon_only:
        return
    needed = button.fontMetrics().horizontalAdvance(words.strip().replace("&&", "&"))
    room = _room_for_words(button)
    if room < needed:
        yield f"“{words[:40]}” needs {needed} px, has {room}"
    if button.height() < button.minimumSizeHint().height():
        yield f"“{words[:40]}” is cut in height"


def _room_for_words(button: QPushButton | QToolButton) -> int:
    """Return the width that padding and icon leave; of a tool button, which Qt does not tell, the whole."""
    if not isinstance(button, QPushButton):
        return button.width()
    option = QStyleOptionButton()
    button.initStyleOption(option)
    inner = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button).width()
    return inner - (0 if button.icon().isNull() else button.iconSize().width())


# -- places ---------------------------------------------------------------------------------------


def _sideways(widget: QWidget) -> Iterator[str]:
    if not isinstance(widget, QAbstractScrollArea):
        return
    name = widget.objectName() or type(widget.parent()).__name__
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        if inside is not None and inside.width() > widget.viewport().width():
            yield f"{name} scrolls sideways"
    elif widget.horizontalScrollBar().maximum() > 0 and widget.horizontalScrollBar().isVisible():
        yield f"{name} scrolls sideways by {widget.horizontalScrollBar().maximum()} px"


def _managed(layout: QLayout, parent: QWidget) -> Iterator[QWidget]:
    """Widgets in sight that the layout places, also those of layouts within it.

    Never by `QLayout.itemAt`: the binding keeps what it returns after Qt has freed the item, and whatever Qt
    puts at that address next is then taken for an item (AttributeError, or the end of the process).
    """
    layouts = [layout, *layout.findChildren(QLayout)]
    for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isVisible() and any(one.indexOf(child) >= 0 for one in layouts):
            yield child


def _overlapping(parent: QWidget) -> Iterator[str]:
    layout = parent.layout()
    if layout is None or type(layout).__name__ == "QStackedLayout":
        return
    placed = [(one, one.geometry()) for one in _managed(layout, parent)]
    for number, (one, place) in enumerate(placed):
        for other, second in placed[number + 1 :]:
            both = place.intersected(second)
            if both.width() > OVERLAP and both.height() > OVERLAP:
                yield f"{_name(one)} overlaps {_name(other)} by {both.width()} × {both.height()} px"
        outside = max(place.right() - parent.width(), place.bottom() - parent.height())
        if outside > OVERLAP and texts_shown(one):
            yield f"{_name(one)} stands out of its parent by {outside} px"


def texts_shown(widget: QWidget) -> bool:
    """Say whether a widget or one of its children shows words."""
    family = [widget, *widget.findChildren(QWidget)]
    return any(isinstance(one, (QLabel, QAbstractButton)) and one.text() and one.isVisible() for one in family)


def _name(widget: QWidget) -> str:
    text = widget.text()[:30] if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"“{_plain(text)}”" if text else widget.objectName() or type(widget).__name__


def _half_seen(widget: QWidget, window: QWidget) -> Iterator[str]:
    """What is to be pressed is wholly in sight, or can be scrolled there."""
    if not isinstance(widget, (QPushButton, QToolButton)):
        return
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QAbstractScrollArea):
            return
        above = above.parentWidget()
    seen = widget.visibleRegion().boundingRect()
    lacks = max(widget.width() - seen.width(), widget.height() - seen.height())
    if lacks > OVERLAP:
        yield f"{_name(widget)} is seen in part: {lacks} px are hidden"


def _covered(floating: Sequence[QWidget], shown: Sequence[QWidget]) -> Iterator[str]:
    """What floats over the page covers no input, or the lower half of one: its own label is read meanwhile."""
    for one in floating:
        place = QRect(one.mapToGlobal(QPoint(0, 0)), one.size())
        for other in shown:
            if isinstance(other, (QLineEdit, QPlainTextEdit)):
                own = QRect(other.mapToGlobal(QPoint(0, 0)), other.size())
                both = place.intersected(own)
                lower_half = both.top() > own.center().y() and both.bottom() == own.bottom()
                if both.width() > OVERLAP and both.height() > OVERLAP and not lower_half:
                    yield f"the letters cover {_name(other)} by {both.height()} px"


# -- words ----------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return unescape(_TAGS.sub(" ", text)) if _TAGS.search(text) else text


@cache
def _raw(family: str, bold: bool) -> QRawFont:
    font = QFont(family)
    font.setBold(bold)
    return QRawFont.fromFont(font)


def _empty_boxes(text: str, font: QFont) -> Iterator[str]:
    """Letters must be in the font that comes with the program, signs at least in one that Qt finds."""
    raw, metrics = _raw(font.family(), font.bold()), QFontMetrics(font)
    for sign in sorted(set(_plain(text))):
        if sign.isspace() or not sign.isprintable():
            continue
        known = raw.supportsCharacter(ord(sign)) or (not sign.isalpha() and metrics.inFontUcs4(ord(sign)))
        if not known:
            yield f"{font.family()} has no “{sign}” (U+{ord(sign):04X})"


def _untranslated(text: str) -> Iterator[str]:
    left = _PLACEHOLDER.search(text)
    if left:
        yield f"“{text[:40]}” has a placeholder left: {left.group()}"
    words = current()
    if words.language == "en" or not text.strip():
        return
    for one in {text, text.replace("&&", "&"), text.replace("&", "")}:
        if words.gettext(one) != one and one not in FOREIGN:
            yield f"“{one[:40]}” is not translated"
            return
    foreign = [word for word in _LATIN_WORD.findall(_plain(text)) if word not in FOREIGN]
    if foreign:
        yield f"“{text[:60]}” has words in English: {', '.join(foreign)}"


# -- contrast -------------------------------------------------------------------------------------


def _faint(widget: QWidget, window: QWidget, picture: QImage) -> Iterator[str]:
    """Compare the commonest colour of a widget with the one that differs most from it: its letters."""
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from _faint_rows(widget, window, picture)
    if not isinstance(widget, (QLabel, QPushButton, QToolButton, QCheckBox, QRadioButton)):
        return
    if not widget.isEnabled() or not _plain(widget.text()).strip():
        return
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return
    area = widget.visibleRegion().boundingRect()
    if area.height() < widget.fontMetrics().height():
        return
    area.translate(widget.mapTo(window, QPoint(0, 0)))
    yield from _faint_words(picture, area, _plain(widget.text())[:40], widget.font())


def _faint_rows(view: QAbstractItemView, window: QWidget, picture: QImage) -> Iterator[str]:
    corner = view.viewport().mapTo(window, QPoint(0, 0))
    room = view.viewport().visibleRegion().boundingRect()
    for index in {index.row(): index for index in (*_cells(view), view.currentIndex()) if index.data()}.values():
        place = view.visualRect(index)
        if not room.contains(place) or not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            continue
        area = place.adjusted(2, 2, -2, -2).translated(corner)
        yield from _faint_words(picture, area, str(index.data())[:40], view.font())


def _faint_words(picture: QImage, area: QRect, words: str, font: QFont) -> Iterator[str]:
    area = area.intersected(picture.rect())
    part = picture.copy(area)
    if part.isNull():
        return
    counted = Counter(memoryview(part.constBits()).cast("I"))
    back = QColor.fromRgb(counted.most_common(1)[0][0]).name()
    found = max(contrast(QColor.fromRgb(one).name(), back) for one in counted)
    large = font.pointSizeF() >= LARGE_POINTS or (font.bold() and font.pointSizeF() >= LARGE_POINTS * 14 / 18)
    least = MARK_CONTRAST if large else TEXT_CONTRAST
    if found < least:
        yield f"“{words}” has a contrast of {found:.1f}, needs {least}"
