"""Standard phrases of minutes, offered in the language of the document. Words stand in the catalogs."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.catalogs import Catalog

PHRASES = (
    N_("The information was taken note of."),
    N_("The agenda was approved."),
    N_("The speaker told about the work done."),
    N_("The members discussed the matter and supported the proposal."),
    N_("Control over the execution of the decision is placed on the secretary."),
    N_("The consideration of the matter is put off to the next meeting."),
    N_("The sides were advised to turn to mediation."),
    N_("There were no other proposals."),
)


def phrases(language: str) -> list[str]:
    """Return the phrases in a language of documents (``kk+ru`` and ``kk|ru`` give the Kazakh ones)."""
    catalog = Catalog.load(language[:2])
    return [catalog.gettext(phrase) for phrase in PHRASES]
