"""What an operator must have by the law: policy documents, and who answers for personal data."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.records.kind_tabs import KindTabs
from ethnomed_desktop.ui.records.view import KindView
from ethnomed_desktop.ui.session import Session

POLICY = KindView(
    "policy_document",
    N_("New policy document"),
    "documents",
    N_("No policy documents yet"),
    N_("The law asks for an approved list of personal data and for documents on the policy of processing."),
    filters=("policy_kind",),
    today="approved_on",
)
RESPONSIBLE = KindView(
    "responsible_person",
    N_("Name a person responsible"),
    "people",
    N_("Nobody is named yet"),
    N_("A legal entity names who organises the processing of personal data: person, since when, order."),
    today="since",
)
KINDS_SHOWN = (POLICY.kind_name, RESPONSIBLE.kind_name)


class OperatorPapers(KindTabs):
    """Two lists of the section Personal data."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("papers_of_operator", (POLICY, RESPONSIBLE), session, parent)

    def heading(self) -> str:
        return _("Papers of the operator")
