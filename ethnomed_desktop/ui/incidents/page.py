"""Incidents, in the order of a telephone talk: when, how we learned, where, what."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.ui.records.kind_pages import KindPages
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
    parts=("incident_party",),
    today="happened",
    place_of_body="place",
)


class IncidentsPage(KindPages):
    """The section Incidents."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(INCIDENT, session, parent)
