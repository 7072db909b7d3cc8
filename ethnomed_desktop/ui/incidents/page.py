"""Incidents, in the order of a telephone talk: when, how we learned, where, what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app.incident_meetings import meeting_about
from ethnomed_desktop.app.summary_approval import stale
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.incidents.similar_panel import SimilarPanel
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.records.approving import approve_again
from ethnomed_desktop.ui.records.kind_pages import KindPages
from ethnomed_desktop.ui.records.record_card import RecordCard
from ethnomed_desktop.ui.records.record_form import RecordForm
from ethnomed_desktop.ui.records.view import KindView
from ethnomed_desktop.ui.session import Session

FIRST_PAGE = (
    "happened",
    "time",
    "learned_channel",
    "reported_by",
    "place",
    "phone",
    "settlement",
    "people_involved",
    "origin_type",
    "severity",
    "what_happened",
    "positive",
)
"""Twelve fields; three are asked for: where, when, what."""

INCIDENT = KindView(
    "incident",
    N_("Record incident"),
    "incidents",
    N_("No incidents yet"),
    N_("Incidents of tension and signs of peace will stand here. Record the first one."),
    fields=FIRST_PAGE,
    required=frozenset({"happened", "what_happened"}),
    filters=("severity", "origin_type", "state"),
    columns=("number", "happened", "place", "severity", "origin_type", "state", "settlement"),
    parts=("incident_party", "note"),
    today="happened",
    place_of_body="place",
)


class IncidentsPage(KindPages):
    """The section Incidents: similar ones beside the form, a meeting about one from card and list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(INCIDENT, session, parent)
        self._similar: SimilarPanel | None = None
        self._meet = QAction(self)
        self._meet.setObjectName("action_meeting_about")
        self._meet.triggered.connect(self.open_meeting)
        self.shown.connect(self._enable)
        self.shown.connect(self._look_at_summary)
        session.hub.published.connect(self._look_at_summary)
        self.list.table.selectionModel().currentChanged.connect(self._enable)
        self._retranslate()
        self._enable()

    @cached_property
    def card(self) -> RecordCard:
        """The card of an incident, with the way to a meeting about it."""
        card = super().card
        button = card.add_button("meeting_about")
        button.clicked.connect(self.open_meeting)
        self._name(button)
        approve = card.add_button("approve_summary")
        approve.clicked.connect(self._approve)
        approve.setText(_("Approve the text again…"))
        approve.hide()
        return card

    @property
    def meet(self) -> PushButton:
        """The button of the card that opens a meeting about the incident."""
        return self.card.buttons["meeting_about"]

    @property
    def similar(self) -> SimilarPanel:
        """The offers beside the form."""
        self._form_of("incident")
        assert self._similar is not None
        return self._similar

    def _look_at_summary(self, *_changed: object) -> None:
        """Offer to approve the summary again where it was changed after its approval."""
        if self.page_name() != "card" or not self.card.uid:
            return
        uid, words = bytes(parse_uid(self.card.uid)), self._session.catalog
        button = self.card.buttons["approve_summary"]
        self._session.query(
            lambda ctx: stale(ctx, words, uid), lambda found: button.setVisible(bool(found)), owner=button
        )

    def _approve(self) -> None:
        uid = bytes(parse_uid(self.card.uid))
        approve_again(self, self._session, self.card.messages, uid, self._look_at_summary)

    def record_actions(self) -> Sequence[QAction]:
        """Return what can be done with an incident, for the menu."""
        return (self._meet,)

    def open_meeting(self) -> None:
        """Record a meeting about the incident shown (or the current row), and show it."""
        uid, words = self._current_uid(), self._session.catalog
        if not uid:
            return
        self._session.command(
            lambda ctx: meeting_about(ctx, uid, words),
            lambda meeting: self._session.hub.open("meeting", meeting),
            self._on_not_made,
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_meet"):
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._meet.setText(_("Open a meeting about it"))
        if "card" in vars(self):
            self._name(self.meet)
            self.card.buttons["approve_summary"].setText(_("Approve the text again…"))

    def _name(self, button: PushButton) -> None:
        button.setText(_("Open a meeting about it"))
        button.setToolTip(_("A new meeting with this incident on the agenda; Ctrl+Z takes it back"))

    def _enable(self, *_changed: object) -> None:
        self._meet.setEnabled(bool(self._current_uid()) and self.page_name() in {"list", "card"})

    def _on_not_made(self, error: Exception) -> None:
        show_error(self.card.messages if self.page_name() == "card" else self.list.messages, error)

    def _form_of(self, kind: str) -> RecordForm:
        known = kind in self._forms
        form = super()._form_of(kind)
        if kind == "incident" and not known:
            self._similar = panel = SimilarPanel(self._session, form.form.draft_values, form)
            form.form.add_beside(panel)
            form.begun.connect(panel.begin)
            panel.opened.connect(self._on_similar)
            panel.grown.connect(form.form.keep_in_sight)
            for box in form.form.boxes.values():
                box.edited.connect(panel.look)
        return form

    def _on_similar(self, uid: str) -> None:
        self.form.keep()
        self._to_card(uid)
