"""Tab goes as one reads: what was made last is reached where it stands, not at the end of the window."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget


def step(root: QWidget, units: tuple[type[QWidget], ...], *, forward: bool) -> QWidget | None:
    """Move the focus within ``root`` to what is read next, or out of it; return what has it (None: nobody).

    Widgets of the types ``units`` (a form, a block) keep the order their inputs were made in.
    """
    focus = QApplication.focusWidget()
    if focus is None or not root.isAncestorOf(focus):
        return None
    order = _as_read(root, [one for one in _in_chain(root) if _takes(one)], units)
    place = order.index(focus) + (1 if forward else -1) if focus in order else -1
    found = order[place] if 0 <= place < len(order) else _beyond(root, focus, forward)
    if found is not None:
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        found.setFocus(reason)
    return found


def _takes(one: QWidget) -> bool:
    policy = one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return policy and one.isVisible() and one.isEnabled()


def _in_chain(root: QWidget) -> list[QWidget]:
    found = []
    one = root.nextInFocusChain()
    while one is not None and one is not root:
        if root.isAncestorOf(one):
            found.append(one)
        one = one.nextInFocusChain()
    return found


def _beyond(root: QWidget, focus: QWidget, forward: bool) -> QWidget | None:
    one = focus.nextInFocusChain() if forward else focus.previousInFocusChain()
    while one is not None and one is not focus:
        if not root.isAncestorOf(one) and one.window() is root.window() and _takes(one):
            return one
        one = one.nextInFocusChain() if forward else one.previousInFocusChain()
    return None


def _as_read(root: QWidget, chain: list[QWidget], units: tuple[type[QWidget], ...]) -> list[QWidget]:
    groups: dict[QWidget, list[QWidget]] = {}
    for one in chain:
        groups.setdefault(_unit_of(one, root, units), []).append(one)
    found: list[QWidget] = []
    for unit in sorted(groups, key=lambda unit: unit.mapTo(root, QPoint(0, 0)).y()):
        within = groups[unit]
        nested = any(_unit_of(one, unit, units) is not one for one in within if one is not unit)
        found += _as_read(unit, within, units) if nested else within
    return found


def _unit_of(one: QWidget, root: QWidget, units: tuple[type[QWidget], ...]) -> QWidget:
    """Return the outermost unit below ``root`` that holds the widget, else the widget itself."""
    found, above = one, one.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, units):
            found = above
        above = above.parentWidget()
    return found
