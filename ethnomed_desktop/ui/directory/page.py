"""People, bodies and places, one tab each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app.drafts import Draft
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.records.kind_tabs import KindTabs
from ethnomed_desktop.ui.records.view import CONSENT, HANDOVER, ORGANISATION, PERSON, PLACE
from ethnomed_desktop.ui.session import Session

SHORT = {"organisation": N_("Bodies"), "place": N_("Territories"), "handover": N_("Handed over")}
"""Names of tabs where the kind's own is long; the whole name is shown on hovering. At 200 % all five fit."""


class PeoplePage(KindTabs):
    """The section People."""

    short = SHORT

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("people", (PERSON, ORGANISATION, PLACE, CONSENT, HANDOVER), session, parent)

    def side_of(self, draft: Draft) -> str:
        """A membership is shown on the side it was begun from."""
        side = "organisation" if "organisation" in (draft.body.get("fixed") or {}) else "person"
        return side if draft.kind == "membership" else super().side_of(draft)

    def heading(self) -> str:
        return _("People, bodies, places")
