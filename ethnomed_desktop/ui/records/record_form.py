"""The form of a record: draft kept as one types, saved against the revision it was opened at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ethnomed_desktop.app import records
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.drafts import Draft, keep_draft, throw_draft_away
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.changes import ChangeSet
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error, words_of
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.chooser import Choice
from ethnomed_desktop.ui.kit.form_page import FormPage
from ethnomed_desktop.ui.kit.reference_field import ReferenceField
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.records.quick_form import QuickForm
from ethnomed_desktop.ui.records.reading import CardRow, Opened, differences, opened, place_of_work
from ethnomed_desktop.ui.records.view import MADE_ON_THE_WAY, KindView
from ethnomed_desktop.ui.session import Session

ANOTHER_FROM_UNITS = 165
"""Narrower (large text on a small screen) the second button to save stands in the menu only."""


class RecordForm(QWidget):
    """One form, used again and again. ``saved(uid)``, ``left`` (draft kept), ``thrown_away``.

    ``begun(uid)`` when another record (empty: a new one) stands in the form.

    ``parent_field`` names the reference to the record this one is a part of; it is not shown.
    """

    saved = Signal(str)
    begun = Signal(str)
    left = Signal()
    thrown_away = Signal()

    def __init__(
        self, view: KindView, session: Session, parent: QWidget | None = None, *, parent_field: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{view.kind_name}_form_page")
        self.setProperty("role", "page")
        self.view = view
        self._session = session
        self._parent_field = parent_field
        self._fixed: dict[str, Value] = {}
        self._opened: Opened | None = None
        self._draft_id = b""
        self._busy = False
        self._again = False
        self.quick: QuickForm | None = None
        hidden = (parent_field,) if parent_field else ()
        self.form = FormPage(
            view.kind, session.needs, self, fields=view.form_fields(hidden), required=view.required
        )
        for box in self.form.boxes.values():
            if isinstance(box, ReferenceField) and box.kind not in MADE_ON_THE_WAY:
                box.allow_new(False)
        self.form.draft_changed.connect(self._on_draft)
        self.form.submitted.connect(self._on_submitted)
        self.form.left.connect(self.left)
        self.form.thrown_away.connect(self._on_thrown_away)
        self.form.new_requested.connect(self._on_new)
        self.another = PushButton(self)
        self.another.setObjectName("form_save_another")
        self.another.clicked.connect(self.save_and_add_another)
        self.form.bar.add_button(self.another)
        for button in (self.another, self.form.bar.save):
            button.setAutoDefault(True)  # Enter presses it: the last field's Enter leads here
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(self.form)
        self.retranslate()

    # -- opening --------------------------------------------------------------

    def start_new(self, fixed: Mapping[str, Value] | None = None) -> None:
        """Show an empty form; today and the place of one's body are filled in."""
        self._begin(None, dict(fixed or {}))
        values: dict[str, Value] = {}
        if self.view.today:
            values[self.view.today] = self._session.needs.today().isoformat()
        self.form.set_values(values)
        self._focus_first()
        if self.view.place_of_body:
            self._session.query(place_of_work, self._on_place, owner=self)

    def edit(self, uid: str) -> None:
        """Show a record to be changed."""
        words = self._session.catalog
        self._session.query(lambda ctx: opened(ctx, uid, words), self._on_opened, self._on_failed, owner=self)

    def resume(self, draft: Draft) -> None:
        """Show the form as it was typed."""
        body: Mapping[str, Any] = draft.body
        known = None
        if draft.uid is not None:
            before = body.get("before") or {}
            known = Opened(draft.kind, uid_text(draft.uid), "", before, str(body.get("revision", "")), False)
        self._begin(known, dict(body.get("fixed") or {}))
        self._draft_id = draft.draft
        self.form.set_values({**(known.values if known else {}), **_only_typed(known, body.get("values") or {})})
        if body.get("focus") in self.form.boxes:
            self.form.go_to(str(body["focus"]))
        else:
            self._focus_first()

    def keep(self) -> None:
        """Hand on what is typed and not kept yet."""
        self.form.clock.flush()

    def is_new(self) -> bool:
        """Whether the record does not exist yet."""
        return self._opened is None

    def retranslate(self) -> None:
        self.another.setText(_("Save and add another"))
        self._show_title()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.another.setVisible(self._opened is None and self.width() >= ANOTHER_FROM_UNITS * unit())

    def _begin(self, known: Opened | None, fixed: dict[str, Value]) -> None:
        self._opened, self._fixed = known, fixed
        self._draft_id = self._session.new_draft_id()
        self._busy = self._again = False
        self.form.clock.forget()
        self.form.messages.dismiss()
        self.form.bar.draft_kept("")
        self.form.stack.setCurrentIndex(0)
        self.form.tabs.setCurrentIndex(0)
        self._fit()
        self._close_quick()
        self._show_title()
        self.begun.emit(known.uid if known is not None else "")

    def _show_title(self) -> None:
        known = self._opened
        if known is not None and known.title:
            self.form.set_title(_("Edit: {title}").format(title=known.title))
        elif known is None:
            self.form.set_title(_(self.view.action))
        else:
            self.form.set_title("")
            self.form.retranslate()

    def _focus_first(self) -> None:
        first = next((name for name, box in self.form.boxes.items() if box.draft() is None), "")
        self.form.go_to(first or next(iter(self.form.boxes)))

    def _on_opened(self, one: Opened) -> None:
        self._begin(one, {})
        self.form.set_values(one.values)
        self.form.go_to(next(iter(self.form.boxes)))

    def _on_place(self, uid: str | None) -> None:
        box = self.form.boxes[self.view.place_of_body]
        if uid and self._opened is None and box.draft() is None:
            box.set_value(uid)

    # -- drafts ---------------------------------------------------------------

    def _on_draft(self, values: dict[str, Value]) -> None:
        one, kind, known = self._draft_id, self.view.kind_name, self._opened
        body: dict[str, Any] = {"values": values, "fixed": self._fixed, "focus": self._focused()}
        if known is not None:
            body |= {"revision": known.revision, "before": dict(known.values)}
        uid = parse_uid(known.uid) if known is not None else None
        self._session.keep(
            lambda ctx, progress: keep_draft(ctx, kind, body, draft_id=one, uid=uid), self._on_draft_kept
        )

    def _focused(self) -> str:
        return next((name for name, box in self.form.boxes.items() if box.isAncestorOf(self.focusWidget())), "")

    def _on_draft_kept(self, _draft: bytes) -> None:
        self.form.bar.draft_kept(self._session.now_words())

    def _on_thrown_away(self) -> None:
        one = self._draft_id
        self._session.keep(lambda ctx, progress: throw_draft_away(ctx, one))
        self.thrown_away.emit()

    # -- saving ---------------------------------------------------------------

    def save_and_add_another(self) -> None:
        """Save, then show an empty form; a record that existed before is simply saved."""
        self._again = self._opened is None
        self.form.submit()
        if not self._busy:
            self._again = False

    def _on_submitted(self, values: dict[str, Value]) -> None:
        if self._busy:
            return
        self._busy = True
        one, known, kind = self._draft_id, self._opened, self.view.kind_name
        given = {name: value for name, value in values.items() if value not in (None, [])} | self._fixed

        def record(ctx: AppContext) -> Done[Any]:
            done = records.record(ctx, kind, given)
            throw_draft_away(ctx, one)
            return done

        if known is None:
            self._session.command(record, self._on_recorded, self._on_failed, origin=self)
            return
        changed = {name: value for name, value in values.items() if not _same(value, known.values.get(name))}

        def revise(ctx: AppContext) -> Done[Any]:
            uid = parse_uid(known.uid)
            done: Done[Any] = Done(None, ChangeSet(b"", "", frozenset()))
            if changed:
                done = records.revise(ctx, uid, changed, revision=known.revision)
            throw_draft_away(ctx, one)
            return done

        self._session.command(revise, lambda _value: self._on_revised(known.uid), self._on_failed, origin=self)

    def _on_recorded(self, recorded: Recorded) -> None:
        self._busy = False
        self.form.clock.forget()
        if self._again:
            self.start_new(self._fixed)
            self.form.bar.saved(self._session.now_words())
        else:
            self.saved.emit(uid_text(recorded.uid))

    def _on_revised(self, uid: str) -> None:
        self._busy = False
        self.form.clock.forget()
        self.saved.emit(uid)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        known = self._opened
        if isinstance(error, EthnomedError) and error.code == "record.changed_meanwhile" and known is not None:
            words, uid, before = self._session.catalog, known.uid, known.values
            self._session.query(
                lambda ctx: differences(ctx, uid, before, words),
                lambda found: self._on_others(error, *found),
                owner=self,
            )
        elif isinstance(error, EthnomedError):
            self.form.refuse(error)
        else:
            show_error(self.form.messages, error)

    def _on_others(self, error: EthnomedError, now: Opened, theirs: list[CardRow]) -> None:
        """Show what others wrote meanwhile; what I did not touch follows them, saving again is possible."""
        assert self._opened is not None
        before, mine = self._opened.values, self.form.draft_values()
        lines = [words_of(error)]
        for row in theirs:
            shown = row.text or _("(empty)")
            lines.append(_("{label}: now {value}").format(label=row.label, value=shown))
            box = self.form.boxes.get(row.field)
            if box is None:
                continue
            if _same(mine.get(row.field), before.get(row.field)):
                box.set_value(now.values.get(row.field))
            else:
                box.set_error(_("Somebody else wrote here: {value}").format(value=shown))
        self._opened = now
        self._show_title()
        self.form.messages.warn("\n".join(lines))

    # -- a record made on the way ---------------------------------------------

    def _on_new(self, name: str, kind: str, text: str) -> None:
        self._close_quick()
        self.quick = QuickForm(kind, text, self._session, self)
        self.quick.made.connect(lambda choice: self._on_made(name, choice))
        self.quick.given_up.connect(lambda: self._on_given_up(name))
        self.form.setEnabled(False)
        self.quick.start()

    def _on_made(self, name: str, choice: Choice) -> None:
        self._close_quick()
        box = self.form.boxes[name]
        assert isinstance(box, ReferenceField)
        box.choose(choice)
        self.form.go_to(name)

    def _on_given_up(self, name: str) -> None:
        self._close_quick()
        self.form.go_to(name)

    def _close_quick(self) -> None:
        self.form.setEnabled(True)
        if self.quick is not None:
            self.quick.hide()
            self.quick.deleteLater()
            self.quick = None


def _same(mine: Value, stored: Value) -> bool:
    if isinstance(mine, list) or isinstance(stored, list):
        return sorted(mine or []) == sorted(stored or []) if not isinstance(mine, str) else False  # type: ignore[arg-type]
    return mine == stored or (mine in (None, "", False) and stored in (None, "", False))


def _only_typed(known: Opened | None, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the draft's values; a field of a known record that the draft lacks was emptied by the person."""
    emptied = dict.fromkeys(known.values if known else {})
    return {**emptied, **values}
