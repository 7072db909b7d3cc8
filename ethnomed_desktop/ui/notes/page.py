"""Notes in confidence: the list of one's own, and the sheet on which one is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QWidget

from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.private_notes import PrivateNote, confide, list_notes, release, throw_away
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.kinds.notes import NOTE
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.domain.values import PartialDate
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import partial_date
from ethnomed_desktop.i18n.labels import code_label
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.fields import make_field
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import at_least, spaced
from ethnomed_desktop.ui.kit.titled_page import ScrollPage
from ethnomed_desktop.ui.kit.wrapped_rows import wrap_rows
from ethnomed_desktop.ui.session import Session

NAMES = ("text", "said_by", "note_kind", "noted_on", "incident")
_SHOWN = 80


class NotesPage(ScrollPage):
    """What is typed and not kept yet is kept as a note when the program locks: no draft holds it in clear."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("notes_page", N_("Notes in confidence"), parent)
        self._session = session
        self.notes: list[PrivateNote] = []
        self._open: bytes | None = None
        self.explain = QLabel(self)
        self.explain.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setObjectName("own_notes")
        wrap_rows(self.list)
        at_least(self.list, height=36)
        self.sheet = Card(self)
        self.fields: dict[str, FieldBox] = {
            name: make_field(NOTE.field(name), session.needs, self.sheet) for name in NAMES
        }
        self.save, self.new = PushButton(self.sheet), PushButton(self.sheet)
        self.release, self.drop = PushButton(self.sheet), PushButton(self.sheet)
        self.save.setProperty("role", "primary")
        for name in ("save", "new", "release", "drop"):
            getattr(self, name).setObjectName(f"note_{name}")
        self._build()
        self.list.currentRowChanged.connect(self._on_chosen)
        self.save.clicked.connect(self._keep)
        self.new.clicked.connect(self.start_new)
        self.release.clicked.connect(self._on_release)
        self.drop.clicked.connect(self._on_drop)
        self.retranslate()

    def _build(self) -> None:
        buttons = QWidget(self.sheet)
        row = FlowLayout(buttons)
        spaced(row, 2)
        for button in (self.save, self.new, self.release, self.drop):
            row.addWidget(button)
        for field in self.fields.values():
            self.sheet.column.addWidget(field)
        self.sheet.column.addWidget(buttons)
        self.fill((self.title, self.explain, self.messages, self.list, self.sheet))

    def open_record(self, uid: str) -> None:
        """Show the list: notes in confidence are opened from nowhere else."""

    def start_new(self) -> None:
        """Empty the sheet for another note."""
        self.list.setCurrentRow(-1)
        self._show(None)
        self.fields["text"].setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_drafts(self) -> None:
        """Keep what is typed and differs from what was kept: the program locks."""
        typed = self._typed()
        known = next((one for one in self.notes if one.uid == self._open), None)
        before = {name: known.values.get(name) for name in NAMES} if known is not None else {}
        if typed.get("text") and any(typed.get(name) != before.get(name) for name in NAMES if typed.get(name)):
            self._keep()

    def reload(self) -> None:
        """Ask anew for the own notes."""
        self._session.query(list_notes, self._on_listed, self.show_failure, owner=self)

    def retranslate(self) -> None:
        super().retranslate()
        self.explain.setText(
            _(
                "What somebody told you in confidence. It is sealed with your own key: colleagues, search, print "
                "and exchange never see it. If you lose both your password and your recovery sheet, it is lost. "
                "Others see it only when you release it."
            )
        )
        self.list.setAccessibleName(_("Notes in confidence"))
        self.save.setText(_("Keep the note"))
        self.new.setText(_("Another note"))
        self.release.setText(_("Release…"))
        self.drop.setText(_("Throw away…"))
        self._show_list()

    def _on_listed(self, notes: list[PrivateNote]) -> None:
        self.notes = notes
        self._show_list()

    def _show_list(self) -> None:
        may = self._session.ctx.may(Act.CONFIDE)
        self.sheet.setEnabled(may)
        if not may:
            newer = sentence(NotAllowed("vault.reading_only"), current()) if self._session.ctx.reading_only else ""
            self.sheet.setToolTip(newer or _("Your role keeps no notes in confidence."))
        self.list.blockSignals(True)
        self.list.clear()
        for one in self.notes:
            kind = one.values.get("note_kind")
            parts = [
                _day(one),
                code_label("note_kind", str(kind), self._session.catalog) if kind else "",
                str(one.values.get("said_by", "")),
                str(one.values.get("text", "")).split("\n", 1)[0][:_SHOWN],
            ]
            self.list.addItem(" · ".join(part for part in parts if part))
        place = next((at for at, one in enumerate(self.notes) if one.uid == self._open), -1)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._show_buttons()

    def _on_chosen(self, row: int) -> None:
        self._show(self.notes[row] if 0 <= row < len(self.notes) else None)

    def _show(self, one: PrivateNote | None) -> None:
        self._open = one.uid if one is not None else None
        for name, field in self.fields.items():
            field.set_error("")
            field.set_value(one.values.get(name) if one is not None else None)
        self._show_buttons()

    def _show_buttons(self) -> None:
        for button in (self.release, self.drop):
            button.setEnabled(self._open is not None)

    def _typed(self) -> dict[str, object]:
        return {name: field.draft() for name, field in self.fields.items() if field.draft() not in (None, "", [])}

    def _keep(self) -> None:
        wrong = {name: field.problem() for name, field in self.fields.items()}
        for name, text in wrong.items():
            self.fields[name].set_error(text)
        if any(wrong.values()):
            return
        values = {name: field.value() for name, field in self.fields.items() if field.value() not in (None, "", [])}
        uid = self._open
        self._session.command(lambda ctx: confide(ctx, values, uid), self._on_kept, self.show_failure)

    def _on_kept(self, uid: bytes) -> None:
        self._open = uid
        self.messages.succeed(_("The note is kept, for you alone."))
        self.reload()

    def _on_release(self) -> None:
        text = _("Release the note? It becomes a record that colleagues see and find. This cannot be undone.")
        uid = self._open
        if uid is not None and ask(self, text, do=_("Release"), keep=_("Keep it to myself")):
            self._session.command(lambda ctx: release(ctx, uid), self._on_released, self.show_failure)

    def _on_released(self, _uid: object) -> None:
        self.start_new()
        self.messages.succeed(_("The note is a record of the office now."))
        self.reload()

    def _on_drop(self) -> None:
        uid = self._open
        if uid is not None and ask(self, _("Throw the note away for good?"), do=_("Throw away"), keep=_("Keep")):
            self._session.command(lambda ctx: throw_away(ctx, uid), self._on_dropped, self.show_failure)

    def _on_dropped(self, _nothing: object) -> None:
        self.start_new()
        self.reload()


def _day(one: PrivateNote) -> str:
    text = one.values.get("noted_on")
    return partial_date(PartialDate.parse(str(text)), current().language) if text else ""
