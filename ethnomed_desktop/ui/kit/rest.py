"""Parts of windows that nobody sees rest while language, theme or text size change, and catch up later.

Most widgets stand on pages nobody looks at, or are scrolled out of sight: to dress and word only what is seen
is what makes a change feel immediate. A part rests when it was hidden on purpose (another page of a stack, a
closed bar or list) in a window that is shown: what it owes is noted at its topmost widget and done in that
widget's Show event, which Qt sends before it lays the part out and paints it. A part scrolled out of sight
rests until the picture stands or somebody scrolls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QFont, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.sight import area_around, kept_in_place, lay_out, sight_of
from ethnomed_desktop.ui.kit.themes import takes_lengths

_KEPT_AS = "em_rest"
_POLISHED = Qt.WidgetAttribute.WA_WState_Polished
_OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle
_OWN_FONT = Qt.WidgetAttribute.WA_SetFont
_FONT_OF_ALL = QFont()
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly

CATCH_UP_AFTER_MS = 400
"""After a change of language: later than the picture a person waits for, sooner than the next press."""

UNSEEN_AFTER_MS = 100
"""What is scrolled out of sight comes first: the scroll bar shows how long it is."""

PAUSE_MS = 20
"""Between two parts that catch up the window has this long for keys."""

LOOKS = 8
"""So often new parts may come into sight when others shrank."""

FITS_ITSELF = "_fit"
"""The method (of no arguments) by which widgets of the window take row heights and the like from the text.

Called when the widget was dressed anew: at once, or when it is shown."""


WORDED_WHOLE = "worded_whole"
"""Widgets with this true, and those of `_WORDED_WHOLE`, are worded whole while they are seen.

Nothing within them is worth laying to rest, and to look for it takes longer than to word it."""

_WORDED_WHOLE = (
    *(QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QListView),
    *(QMenuBar, QMenu, QScrollBar, QTabBar),
)

LOOK, LANGUAGE = 1, 2
"""What a resting part has not heard of; plain numbers, because hundreds are asked for at each change."""


class Rest(QObject):
    """The one keeper of resting parts, child of the application; to be used on the window's thread."""

    def __init__(self, parent: QObject, freshen: Callable[[QWidget], None]) -> None:
        super().__init__(parent)
        self._freshen = freshen
        self._debts: dict[QWidget, int] = {}
        self._waiting: list[QWidget] = []
        self._unseen: list[QWidget] = []
        self._watched: list[QWidget] = []
        self._leaving, self._reach = False, 1.0
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._catch_up)

    # -- a change -------------------------------------------------------------

    def undress(self) -> list[QWidget]:
        """Lay to rest all that is hidden and keep Qt from dressing the others; `dress` takes what this returns.

        Between the two the style sheet and palette of the application are exchanged. Widget by widget
        afterwards takes half of Qt's time, which dresses all of them twice.
        """
        awake = self._lain(LOOK)
        for one in QApplication.allWidgets():
            if one.testAttribute(_POLISHED):
                _undress(one)
        return awake

    def lay_looks(self, reach: float) -> list[QWidget]:
        """Lay to rest what is not seen before the font changes; `dress` takes what this returns.

        ``reach`` is the old size of the text in new ones: so much more of a page will be in sight.
        """
        self._reach = max(1.0, reach)
        return self._lain(LOOK, leaving=True)

    def dress(self, awake: list[QWidget], *, sizes_only: bool = False) -> None:
        """Dress widgets in the style sheet and font in force: parents before their children.

        ``sizes_only`` says that the style sheet is the same: who takes no length from it needs the font only.
        """
        style, changed = QApplication.style(), QEvent(QEvent.Type.StyleChange)
        dressed = [one for one in awake if shiboken6.isValid(one)]
        restyled: list[QWidget] = []
        for one in dressed:
            undressed = one.testAttribute(_OWN_STYLE)
            if undressed:
                one.setAttribute(_OWN_STYLE, False)
            elif sizes_only and not takes_lengths(one):
                if not one.testAttribute(_OWN_FONT):
                    one.setFont(_FONT_OF_ALL)
                continue
            if undressed or one.testAttribute(_POLISHED):
                style.polish(one)
                one.setAttribute(_POLISHED, True)
            restyled.append(one)
        for one in restyled:
            if shiboken6.isValid(one):
                QCoreApplication.sendEvent(one, changed)
        for one in dressed:
            if shiboken6.isValid(one):
                self._freshen(one)
        for one in dressed:
            fit = getattr(type(one), FITS_ITSELF, None)  # of the class: what an object has not is sought in Qt, too
            if callable(fit) and shiboken6.isValid(one):
                fit(one)

    @contextmanager
    def held(self, awake: list[QWidget]) -> Iterator[None]:
        """Keep the layouts still: each widget that is shown meanwhile would have all around it laid out at once."""
        layouts = [layout for layout in (one.layout() for one in awake) if layout is not None]
        for layout in layouts:
            layout.setEnabled(False)
        yield
        for layout in layouts:
            if shiboken6.isValid(layout):
                layout.setEnabled(True)
                _lay_anew(layout)

    def lay_words(self) -> None:
        """Lay to rest what is not seen before the language changes; it is worded when shown, or in pauses."""
        self._reach = 1.0
        self._lain(LANGUAGE, leaving=True)
        self._timer.start(CATCH_UP_AFTER_MS)

    def settle(self) -> None:
        """Have the layouts settle after a change, and all of it reach what came into sight by that."""
        lay_out()
        for _look in range(LOOKS):
            if not self._see():
                break
            lay_out()
        if self._unseen:
            self._watch()
            self._timer.start(UNSEEN_AFTER_MS)

    # -- catching up ----------------------------------------------------------

    def is_idle(self) -> bool:
        """Whether nothing waits for a pause; what is hidden may still owe its looks."""
        return not self._timer.isActive()

    def wake(self, root: QWidget, *, whole: bool = False) -> None:
        """Do what the part owes, at once; parts not seen within it take the debt on unless it is woken whole."""
        debt = self._debts.pop(root, 0)
        root.removeEventFilter(self)
        if root in self._unseen:
            self._unseen.remove(root)
            _still(root, False)
        if not debt:
            return
        awake: list[QWidget] = [root]
        self._leaving = not whole
        seen = root.visibleRegion().boundingRect()
        self._look_below(root, debt, awake, seen if self._leaving and not seen.isEmpty() else None)
        if debt & LOOK:
            self.dress(awake)
        if debt & LANGUAGE:
            QCoreApplication.sendEvent(root, QEvent(QEvent.Type.LanguageChange))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The class is asked first: to ask for the type takes longer.
        if isinstance(event, QShowEvent):
            if isinstance(watched, QWidget):
                self.wake(watched, whole=True)  # its places are of old: what will be in sight is not known yet
        elif isinstance(event, (QMoveEvent, QResizeEvent)):
            if watched in self._watched:
                self._see()
        elif type(event) is QEvent and event.type() == QEvent.Type.LanguageChange:
            return isinstance(watched, QWidget) and bool(self._debts.get(watched, 0) & LANGUAGE)
        return False

    def _see(self) -> bool:
        """Have catch up what has come into sight; say whether anything has."""
        come = [one for one in self._unseen if shiboken6.isValid(one) and not one.visibleRegion().isEmpty()]
        for one in come:
            self.wake(one)
        return bool(come)

    # -- who rests ------------------------------------------------------------

    def _lain(self, debt: int, *, leaving: bool = False) -> list[QWidget]:
        self._clear(debt)
        self._debts = {one: owed for one, owed in self._debts.items() if shiboken6.isValid(one)}
        self._leaving = leaving
        awake: list[QWidget] = []
        for window in QApplication.topLevelWidgets():
            if window.parent() is None:
                self._look_through(window, debt, awake)
        return awake

    def _clear(self, debt: int) -> None:
        """Take back what the last change left out of sight: the next one decides anew."""
        unseen, self._unseen = self._unseen, []
        for one in unseen:
            if not shiboken6.isValid(one):
                continue
            if self._debts.get(one, 0) & ~debt:
                self.wake(one, whole=True)
            else:
                self._debts.pop(one, None)
                one.removeEventFilter(self)
                _still(one, False)

    def _look_through(self, widget: QWidget, debt: int, awake: list[QWidget]) -> None:
        awake.append(widget)
        if widget.isVisible():
            self._look_below(widget, debt, awake, None)
        else:  # never shown yet: hidden and shown are not told apart there
            awake.extend(widget.findChildren(QWidget))

    def _look_below(self, widget: QWidget, debt: int, awake: list[QWidget], sight: QRect | None) -> None:
        for child in widget.findChildren(QWidget, options=_DIRECT):
            if _is_hidden(child):
                self._owe(child, debt)
                continue
            seen = sight_of(widget, child, sight, self._reach) if self._leaving else None
            if seen is not None and seen.isEmpty():
                self._unseen.append(child)
                self._note(child, debt)
                _still(child, True)
            else:
                awake.append(child)
                if debt & LOOK or not (isinstance(child, _WORDED_WHOLE) or getattr(child, WORDED_WHOLE, False)):
                    self._look_below(child, debt, awake, seen)

    def _owe(self, root: QWidget, debt: int) -> None:
        fresh = debt & ~self._debts.get(root, 0)
        if fresh:
            self._note(root, debt)
        if fresh & LANGUAGE:
            self._waiting.append(root)

    def _note(self, root: QWidget, debt: int) -> None:
        self._debts[root] = self._debts.get(root, 0) | debt
        root.installEventFilter(self)

    # -- in the pauses --------------------------------------------------------

    def _watch(self) -> None:
        """See when somebody scrolls or the page gets larger before the rest has caught up."""
        areas = {area_around(one) for one in self._unseen if shiboken6.isValid(one)}
        for area in areas:
            content = area.widget() if area is not None else None
            if area is not None and content is not None:
                for one in (content, area.viewport()):
                    one.installEventFilter(self)
                    self._watched.append(one)

    def _see_all(self) -> None:
        """Have all that is out of sight catch up, area by area; what is seen stays in its place."""
        watched, self._watched = self._watched, []
        for one in watched:
            if shiboken6.isValid(one) and not self._debts.get(one):
                one.removeEventFilter(self)
        unseen = [one for one in self._unseen if shiboken6.isValid(one)]
        areas: dict[QScrollArea | None, list[QWidget]] = {}
        for one in unseen:
            areas.setdefault(area_around(one), []).append(one)
        for area, parts in areas.items():
            with kept_in_place(area):
                for one in parts:
                    self.wake(one, whole=True)
        self._unseen = []

    def _catch_up(self) -> None:
        if self._unseen:
            self._timer.setInterval(CATCH_UP_AFTER_MS - UNSEEN_AFTER_MS)
            self._see_all()
            return
        self._timer.setInterval(PAUSE_MS)
        while self._waiting:
            root = self._waiting.pop(0)
            if shiboken6.isValid(root) and self._debts.get(root, 0) & LANGUAGE:
                self._word(root)
                return
        self._timer.stop()

    def _word(self, root: QWidget) -> None:
        """Word a part that stays hidden; parts hidden within it come later."""
        self._debts[root] = self._debts.get(root, 0) & ~LANGUAGE
        self._leaving = False
        self._look_below(root, LANGUAGE, [], None)
        QCoreApplication.sendEvent(root, QEvent(QEvent.Type.LanguageChange))


def keeper_of_rest(freshen: Callable[[QWidget], None]) -> Rest:
    """Return the application's keeper, made on first use; ``freshen`` is what a dressed widget still needs."""
    found = _found()
    if found is None:
        app = QCoreApplication.instance()
        if app is None:
            raise RuntimeError("no application runs: nothing can rest yet")
        found = Rest(app, freshen)
        setattr(app, _KEPT_AS, found)
    return found


def wake(part: QWidget) -> None:
    """Have a hidden part catch up before it is shown: its size is asked for."""
    found = _found()
    if found is not None:
        found.wake(part, whole=True)


@contextmanager
def moved(part: QWidget) -> Iterator[None]:
    """Give a part another parent; Qt dresses what it takes over, which a change of looks does anyway."""
    undressed = [one for one in (part, *part.findChildren(QWidget)) if one.testAttribute(_POLISHED)]
    if not appearance().dressing:
        undressed = []
    for one in undressed:
        one.setAttribute(_POLISHED, False)
    yield
    for one in undressed:
        one.setAttribute(_POLISHED, True)


def _found() -> Rest | None:
    found = getattr(QCoreApplication.instance(), _KEPT_AS, None)
    return found if isinstance(found, Rest) else None


def _is_hidden(widget: QWidget) -> bool:
    """Whether it was hidden on purpose; menus and calendars are measured before they are shown and never rest."""
    hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return hidden and widget.windowType() != Qt.WindowType.Popup


def _still(part: QWidget, still: bool) -> None:
    """Leave what stands in a part that is out of sight where it is, or have it laid out again."""
    layout = part.layout()
    if layout is not None:
        layout.setEnabled(not still)
        if not still:
            _lay_anew(layout)


def _lay_anew(layout: QLayout) -> None:
    """Lay out what was still: Qt passed over what was asked for meanwhile, and `QLayout.update` asks once only."""
    layout.update()
    around = layout.parentWidget()
    if around is not None:
        QCoreApplication.postEvent(around, QEvent(QEvent.Type.LayoutRequest))


def _undress(widget: QWidget) -> None:
    """Have Qt pass the widget over: it dresses polished ones, and tells those without a style of their own."""
    widget.setAttribute(_POLISHED, False)
    widget.setAttribute(_OWN_STYLE, True)
