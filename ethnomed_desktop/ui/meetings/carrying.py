"""What earlier meetings left open: offered beside the agenda until it is put onto one, or closed for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from ethnomed_desktop.app.carry_over import WHY, OpenItem
from ethnomed_desktop.app.meeting_sheets import Opened, items_left_open
from ethnomed_desktop.domain.meeting_sheets import Part, Removal, Sheet
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.typed_dates import show_day
from ethnomed_desktop.ui.meetings.agenda_panel import AgendaPanel
from ethnomed_desktop.ui.session import Session

CLOSED = "not_carried"
_SHOWN = 60
"""Letters of a title that a menu shows."""


class Carrying(QObject):
    """Offers at the button of the agenda; says what becomes of an item that was taken out, and takes it back.

    ``edited()`` after the sheet was written elsewhere than in its agenda.
    """

    edited = Signal()

    def __init__(self, session: Session, agenda: AgendaPanel, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._agenda, self._messages = session, agenda, messages
        self._sheet = Sheet(Part("meeting"))
        self._titles: Sequence[tuple[str, str]] = ()
        self._open: Sequence[OpenItem] = ()
        agenda.take_over.clicked.connect(self._on_button)
        agenda.changed.connect(self.count)
        agenda.removed.connect(self._on_removed)

    def show(self, opened: Opened) -> None:
        """Offer what stands beside this sheet."""
        self._sheet, self._titles = opened.sheet, opened.earlier_titles
        self._offer(opened.open_items)

    def look_again(self) -> None:
        """Offer what is open of another body or on another day: the sheet names it by now."""
        sheet = self._sheet.copy()
        self._session.query(lambda ctx: items_left_open(ctx, sheet), self._offer, owner=self._agenda)

    def _offer(self, items: Sequence[OpenItem]) -> None:
        self._open = items
        self.count()

    def left_out(self) -> list[OpenItem]:
        """Return what is open, not on this agenda and not closed by this meeting."""
        here = {one.text("carried_from") for one in self._sheet.items}
        closed = self._closed()
        return [one for one in self._open if one.uid not in here and one.uid not in closed]

    def count(self) -> None:
        """Show on the button how many items are left out; without anything to offer there is none."""
        self._agenda.offer(len(self.left_out()), bool(self._titles or self._open))

    def menu(self) -> QMenu:
        """Return what can be put onto the agenda, and what can be closed."""
        menu = QMenu(self._agenda)
        menu.setObjectName("carry_over_menu")
        left = self.left_out()
        for one in left:
            _entry(menu, _described(one), partial(self._put_in, [one]))
        if len(left) > 1:
            _entry(menu, _("All open items: {count}").format(count=len(left)), partial(self._put_in, left))
        if left:
            menu.addSeparator()
        if self._titles:
            _entry(menu, _("All titles of the last meeting"), self.take_over_titles)
        if left:
            closing = menu.addMenu(_("Close for good"))
            for one in left:
                _entry(closing, _described(one), partial(self.close_for_good, one))
        return menu

    def take_over_titles(self) -> None:
        """Put the titles of the last meeting onto the agenda."""
        if not self._agenda.add_titles(self._titles):
            self._messages.inform(_("All titles of the last meeting are on the agenda already."))

    def close_for_good(self, item: OpenItem) -> None:
        """Have this meeting say that an item is not carried over any more."""
        self._sheet.meeting.put(CLOSED, [*self._closed(), item.uid])
        self._after_closing()
        words = _("Closed for good, not offered at later meetings any more: {title}").format(title=item.title)
        self._messages.succeed(words, action=_("Undo"), on_action=partial(self._open_again, item))

    def _open_again(self, item: OpenItem) -> None:
        self._sheet.meeting.put(CLOSED, [uid for uid in self._closed() if uid != item.uid])
        self._after_closing()

    def _after_closing(self) -> None:
        self.count()
        self.edited.emit()

    def _closed(self) -> list[str]:
        named = self._sheet.meeting.values.get(CLOSED)
        return named if isinstance(named, list) else []

    def _put_in(self, items: Sequence[OpenItem]) -> None:
        self._agenda.add_parts([one.as_part() for one in items])

    def _on_removed(self, removal: Removal) -> None:
        title = removal.part.text("title").strip() or _("Item without a title")
        words = _("Taken out of the agenda: {title}").format(title=title)
        if any(one.uid == removal.part.text("carried_from") for one in self._open):
            words = _(
                "Taken out of this agenda: {title}. It is still open: “Earlier items” offers it here "
                "and at the next meeting."
            ).format(title=title)
        self._messages.succeed(words, action=_("Put back"), on_action=partial(self._put_back, removal))

    def _put_back(self, removal: Removal) -> None:
        if removal.meeting is self._sheet.meeting:  # else another meeting is shown by now
            self._agenda.put_back(removal)

    def _on_button(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button = self._agenda.take_over
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def _entry(menu: QMenu, words: str, call: Callable[[], object]) -> None:
    menu.addAction(words.replace("&", "&&")).triggered.connect(partial(_do, call))


def _do(call: Callable[[], object], checked: bool = False) -> None:
    call()


def _described(item: OpenItem) -> str:
    title = item.title if len(item.title) <= _SHOWN else f"{item.title[:_SHOWN]}…"
    return " · ".join((title, show_day(item.held), _(WHY[item.why])))
