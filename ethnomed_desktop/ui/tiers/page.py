"""Requests, recommendations and own code lists, one tab each: what offices above and below say to each other."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app.tiers import own_called
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.records.kind_tabs import KindTabs
from ethnomed_desktop.ui.records.reading import Opened
from ethnomed_desktop.ui.records.view import CODE_ENTRY, RECOMMENDATION, REQUEST
from ethnomed_desktop.ui.session import Session


class TiersPage(KindTabs):
    """The section Requests."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("tiers", (REQUEST, RECOMMENDATION, CODE_ENTRY), session, parent)

    def heading(self) -> str:
        return _("Requests, recommendations, code lists")

    def open_whole(self, one: Opened) -> None:
        """Feedback names a recommendation as it is called above: here it stands under its own name."""
        if one.kind != "feedback":
            super().open_whole(one)
            return
        named = str(one.values.get("recommendation") or "")
        self._session.query(lambda ctx: own_called(ctx, named), self.open_record, self._on_failed, owner=self)
