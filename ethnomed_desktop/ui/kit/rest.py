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
from PySide6.QtGui import QMoveEvent, QResizeEvent, QShowEvent
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

from ethnomed_desktop.ui.kit.dressing import dress, undress_all
from ethnomed_desktop.ui.kit.sight import area_around, kept_in_place, lay_out, sight_of

_KEPT_AS = "em_rest"
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly

CATCH_UP_AFTER_MS = 400
"""After a change of language: later than the picture a person waits for, sooner than the next press."""

UNSEEN_AFTER_MS = 100
"""What is scrolled out of sight comes first: the scroll bar shows how long it is."""

PAUSE_MS = 20
"""Between two parts that catch up the window has this long for keys."""

LOOKS = 8
"""So often new parts may come into sight when others shrank."""

WORDED_WHOLE = "worded_whole"
"""Widgets with this true, and those of `_WORDED_WHOLE`, are worded whole while they are seen.

Nothing within them is worth laying to rest, and to look for it takes longer than to word it."""

_WORDED_WHOLE = (
    *(QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QListView),
    *(QMenuBar, QMenu, QScrollBar, QTabBar),
)

LOOK, LANGUAGE, SIZES = 1, 2, 4
"""What a resting part has not heard of; plain numbers, because hundreds are asked for at each change."""

_BARE = (QLabel, QAbstractButton)
"""Widgets that seldom have others within: to ask for any children is quicker than to look for widgets."""

_KINDS: dict[type[QWidget], tuple[bool, bool, bool]] = {}
"""Of each class whether it is bare, a menu, worded whole; to ask each of hundreds of widgets takes longer."""


class Rest(QObject):
    """The one keeper of resting parts, child of the application; to be used on the window's thread."""

    def __init__(self, parent: QObject, freshen: Callable[[QWidget], None]) -> None:
        super().__init__(parent)
        self._freshen = freshen
        self._debts: dict[QWidget, int] = {}
        self._waiting: list[QWidget] = []
        self._unseen: list[QWidget] = []
        self._watched: list[QWidget] = []
        self._held: list[QLayout] = []
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
        undress_all()
        return awake

    def lay_looks(self, reach: float) -> list[QWidget]:
        """Lay to rest what is not seen before the font changes; `dress` takes what this returns.

        ``reach`` is the old size of the text in new ones: so much more of a page will be in sight.
        """
        self._reach = max(1.0, reach)
        return self._lain(SIZES, leaving=True)

    def dress(self, awake: list[QWidget], *, sizes_only: bool = False) -> None:
        """Dress widgets in the style sheet and font in force; those hidden since they were found rest instead."""
        dress(self._still_shown(awake, SIZES if sizes_only else LOOK), self._freshen, sizes_only=sizes_only)

    @contextmanager
    def held(self, awake: list[QWidget]) -> Iterator[None]:
        """Keep the layouts still: each widget that is shown meanwhile would have all around it laid out at once.

        Afterwards windows are laid out before what is in them: inside out, all would be laid out twice.
        """
        self._held = [layout for layout in (one.layout() for one in awake) if layout is not None]
        for layout in self._held:
            layout.setEnabled(False)
        yield
        held = [layout for layout in self._held if shiboken6.isValid(layout)]
        self._held = []
        for layout in held:
            layout.setEnabled(True)
        for layout in held:
            layout.activate()

    def hold(self, part: QWidget) -> None:
        """Keep a part still that is going to be shown while the layouts around it are `held`."""
        layout = part.layout()
        if layout is not None and self._held:
            layout.setEnabled(False)
            self._held.append(layout)

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
        if debt & (LOOK | SIZES):
            dress(awake, self._freshen, sizes_only=not debt & LOOK)
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
        scrolls = self._leaving and (sight is not None or isinstance(widget, QScrollArea))
        for child in widget.findChildren(QWidget, options=_DIRECT):
            bare, menu, whole = _KINDS.get(type(child)) or _kind_of(type(child))
            if child.isHidden():
                if menu and debt == SIZES and self._leaving:
                    self._unseen.append(child)
                    self._note(child, debt)
                    continue
                if self._debts.get(child, 0) & debt:
                    continue
                if _is_put_away(child):
                    self._owe(child, debt)
                    continue
            seen = sight_of(widget, child, sight, self._reach) if scrolls else None
            if seen is not None and seen.isEmpty():
                self._unseen.append(child)
                self._note(child, debt)
                _still(child, True)
            else:
                awake.append(child)
                if not (bare and not child.children()) and not (whole and debt == LANGUAGE):
                    self._look_below(child, debt, awake, seen)

    def _still_shown(self, awake: list[QWidget], debt: int) -> list[QWidget]:
        """Return the widgets without those that were hidden while everything was fitted."""
        shown: list[QWidget] = []
        away: QWidget | None = None
        for one in awake:
            if not shiboken6.isValid(one) or (away is not None and away.isAncestorOf(one)):
                continue
            if one.isHidden() and _is_put_away(one):
                away = one
                self._owe(one, debt)
            else:
                shown.append(one)
        return shown

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


def hold(part: QWidget) -> None:
    """Keep a part still that is about to be shown in the middle of a change: it is laid out with all the others."""
    found = _found()
    if found is not None:
        found.hold(part)


def _found() -> Rest | None:
    found = getattr(QCoreApplication.instance(), _KEPT_AS, None)
    return found if isinstance(found, Rest) else None


def _kind_of(kind: type[QWidget]) -> tuple[bool, bool, bool]:
    whole = issubclass(kind, _WORDED_WHOLE) or bool(getattr(kind, WORDED_WHOLE, False))
    known = _KINDS[kind] = (issubclass(kind, _BARE), issubclass(kind, QMenu), whole)
    return known


def _is_put_away(hidden: QWidget) -> bool:
    """Whether it was hidden on purpose; menus and calendars are measured before they are shown and do not rest."""
    away = hidden.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return away and hidden.windowType() != Qt.WindowType.Popup


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
