"""What an operator must have by the law: policy documents, and who answers for personal data."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.records.kind_tabs import KindTabs
from ethnomed_desktop.ui.records.view import POLICY, RESPONSIBLE
from ethnomed_desktop.ui.session import Session

KINDS_SHOWN = (POLICY.kind_name, RESPONSIBLE.kind_name)


class OperatorPapers(KindTabs):
    """Two lists of the section Personal data."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("papers_of_operator", (POLICY, RESPONSIBLE), session, parent)

    def heading(self) -> str:
        return _("Papers of the operator")
