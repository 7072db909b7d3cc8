"""The foot of the window: saved when, for which body, who, how many drafts. Each part is a button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from ethnomed_desktop.app.backups import Backup, automatic_backups
from ethnomed_desktop.app.councils import work_for
from ethnomed_desktop.app.data_place import DataPlace, data_place
from ethnomed_desktop.app.drafts import Draft
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.kit.appearance import appearance, unit
from ethnomed_desktop.ui.kit.picture import picture
from ethnomed_desktop.ui.kit.status_parts import StatusParts
from ethnomed_desktop.ui.opened_copies import OpenedCopies
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.standing import Frame, KeptDraft, frame


class StatusLine(StatusParts):
    """``draft_chosen(draft)`` from the list of drafts; ``counted(drafts)`` after each count."""

    worded_whole = True

    draft_chosen = Signal(object)
    counted = Signal(tuple)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._saved = ""
        self.frame_known: Frame | None = None
        self._place: DataPlace | None = None
        self._backups: list[Backup] | None = None
        for key in ("place", "names", "copies", "saved", "body", "user", "backup", "drafts"):
            self.set_part(key, "")
        self.copies = OpenedCopies(session, self)
        self.copies.changed.connect(self._show_copies)
        session.saved.connect(self._on_saved)
        session.kept.connect(self.refresh)
        session.backed_up.connect(self.refresh_backup)
        session.hub.published.connect(self._on_published)
        self.pressed.connect(self._on_pressed)

    def refresh(self) -> None:
        """Ask anew who, for whom, and how many drafts."""
        words = self._session.catalog
        self._session.query(lambda ctx: frame(ctx, words), self._on_frame, owner=self)
        self._session.query(data_place, self._on_place, owner=self)
        self.copies.look()

    def refresh_backup(self) -> None:
        """Ask for the day of the last backup."""
        self._session.query(automatic_backups, self._on_backups, owner=self)

    def show_drafts(self) -> None:
        """Open the list of drafts at the foot of the window."""
        self._menu_of_drafts()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_saved"):
            self._word_known()
            picture().then(self._ask_all, self)
        super().changeEvent(event)

    def _word_known(self) -> None:
        """Say what is known in other words at once; names of records come with the answers."""
        self._show_saved()
        self._show_copies()
        if self.frame_known is not None:
            self._show_frame(self.frame_known)
        if self._place is not None:
            self._on_place(self._place)
        if self._backups is not None:
            self._on_backups(self._backups)

    def _ask_all(self) -> None:
        self.refresh()
        self.refresh_backup()

    def _on_saved(self, time: str) -> None:
        self._saved = time
        self._show_saved()

    def _show_saved(self) -> None:
        self.set_part("saved", _("Saved {time}").format(time=self._saved) if self._saved else "")

    def _show_copies(self) -> None:
        tip = _("Copies of attached files lie readable for other programs; press to wipe them")
        self.set_part("copies", self.copies.words(), tip)

    def _on_published(self, changes: ChangeSet, origin: object) -> None:
        self.refresh()

    def _on_frame(self, known: Frame) -> None:
        self.frame_known = known
        self._show_frame(known)
        self.counted.emit(known.drafts)

    def _show_frame(self, known: Frame) -> None:
        hidden = appearance().names_hidden
        self.set_part("names", _("Names are hidden") if hidden else "", _("Press to show names again: F11"))
        body = dict(known.bodies).get(known.working, "")
        self.set_part("body", body, _("The body you work for now"))
        self.set_part("user", known.user, _("Who is working"))
        count = len(known.drafts)
        self.set_part(
            "drafts", _("Drafts: {count}").format(count=count) if count else "", _("Typed, not saved yet")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_part(self, key: str, text: str, tip: str = "") -> bool:
        changed = super().set_part(key, text, tip)
        if changed:
            self._fit()
        return changed

    def _fit(self) -> None:
        """Leave out the backup where all do not fit: it stands in the settings too."""
        backup = self.parts.get("backup")
        if backup is not None:
            wide = [part.sizeHint().width() + unit() for part in self.parts.values() if part.text()]
            backup.setVisible(bool(backup.text()) and sum(wide) + 4 * unit() <= self.width())

    def _on_place(self, place: DataPlace) -> None:
        self._place = place
        if place.stick:
            tip = _("What is saved lies whole on the stick. Lock the program before you remove the stick.")
            self.set_part("place", _("On a stick"), tip)
        elif place.share:
            tip = _("Open these records on one computer only. Better copy the folder to this computer.")
            self.set_part("place", _("On a network share"), tip)
        else:
            self.set_part("place", "")

    def _on_backups(self, found: list[Backup]) -> None:
        self._backups = found
        day = f"{local_time(found[0].created_ms):%d.%m}" if found else ""
        words = _("Backup {day}").format(day=day) if day else _("No backup yet")
        self.set_part("backup", words, _("The last automatic backup; press for the settings"))

    def _on_pressed(self, key: str) -> None:
        if key == "body":
            self._menu_of_bodies()
        elif key == "names":
            self._session.hub.act_requested.emit("names")
        elif key == "drafts":
            self._menu_of_drafts()
        elif key == "copies":
            menu = QMenu(self)
            self.copies.fill(menu)
            self._pop_up(menu, "copies")
        elif key == "backup":
            self._session.hub.act_requested.emit("back_up")

    def _menu_of_bodies(self) -> None:
        known = self.frame_known
        if known is None or len(known.bodies) < 2:
            return
        menu = QMenu(self)
        for uid, name in known.bodies:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(uid == known.working)
            action.triggered.connect(lambda _checked=False, chosen=uid: self._work_for(chosen))
        self._pop_up(menu, "body")

    def _menu_of_drafts(self) -> None:
        known = self.frame_known
        menu = QMenu(self)
        for kept in known.drafts if known else ():
            action = menu.addAction(f"{kept.title} · {kept.time}".replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, one=kept: self._choose(one))
        if menu.isEmpty():
            menu.addAction(_("There are no drafts")).setEnabled(False)
        self._pop_up(menu, "drafts")

    def _pop_up(self, menu: QMenu, key: str) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        part = self.parts[key]
        at = part if part.isVisible() else self
        menu.popup(at.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _choose(self, kept: KeptDraft) -> None:
        draft: Draft = kept.draft
        self.draft_chosen.emit(draft)

    def _work_for(self, uid: str) -> None:
        self._session.keep(lambda ctx, progress: work_for(ctx, parse_uid(uid)))
