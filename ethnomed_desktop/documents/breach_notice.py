"""Notice of a breach of personal data to the authorised body (law No 94-V of 21 May 2013, article 25(2)8).

The law asks for it within one working day of finding out, with the contacts of the person responsible. What
is known of the operator is filled in; the rest is written by hand, for it is needed when nothing else works.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, PageBreak

from ethnomed_desktop.documents import pdf
from ethnomed_desktop.documents.content import Grid, Line, Piece, Requisites, Signatures, Text
from ethnomed_desktop.documents.minutes_data import NOWHERE, Trio
from ethnomed_desktop.documents.setting import one_column
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date

_DEFAULT = Theme(size=12, page_numbers="foot")
_EMPTY = "______________________________"
_TALL = "\n______________________________\n______________________________"


@dataclass(frozen=True)
class BreachNotice:
    """What is known of the operator and of the person responsible; empty where nothing is."""

    body: Trio = NOWHERE
    address: str = ""
    phones: str = ""
    responsible: str = ""
    contacts: str = ""
    order: str = ""
    ordered: date | None = None
    practice: bool = False


def breach_pdf(data: BreachNotice, languages: Sequence[str], theme: Theme = _DEFAULT) -> bytes:
    """Return the notice as PDF bytes, one after the other in the languages given.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise UsageError("usage.wrong_value", field="language")
    whole: list[Flowable] = []
    texts = [_text(data, Catalog.load(language)) for language in languages]
    for text in texts:
        whole += [PageBreak()] if whole else []
        whole += one_column(text, theme)
    return pdf.build(whole, title=texts[0].title, language=languages[0], theme=theme)


def _text(notice: BreachNotice, catalog: Catalog) -> Text:
    _ = catalog.gettext
    operator = notice.body.of(catalog.language) or _EMPTY
    head = (catalog.pgettext("number of a row", "No"), _("Item"), _("What is to be said"))
    rows = tuple(
        (str(place), label, said or _EMPTY) for place, (label, said) in enumerate(_items(notice, catalog), 1)
    )
    content: list[Piece] = [
        Line(operator, "organisation"),
        Line(_("NOTICE OF A BREACH OF PERSONAL DATA"), "kind"),
        Requisites("____________", "", ""),
        Line(_("To: the authorised body in the field of protection of personal data"), "plain"),
        Line(
            _(
                "It is sent within one working day from the discovery of the breach, with the contacts of the "
                "person responsible (law of 21 May 2013 No 94-V, article 25, point 2, subparagraph 8)."
            )
        ),
        Grid(head, rows, (1, 5, 8), own=frozenset({2})),
        Line(_("To be checked by a lawyer before use."), "remark"),
    ]
    ending: list[Piece] = [
        Signatures(((_("Head of the body"), ""), (_("Responsible for personal data"), notice.responsible)))
    ]
    watermark = _("PRACTICE") if notice.practice else ""
    title = _("Notice of a breach of personal data")
    return Text(title, catalog.language, _("Page {page} of {pages}"), watermark, content, ending)


def _items(notice: BreachNotice, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    _ = catalog.gettext
    operator = notice.body.of(catalog.language)
    order = notice.order
    if order and notice.ordered is not None:
        order = _("No {number} of {date}").format(number=order, date=long_date(notice.ordered, catalog.language))
    return (
        (_("Operator: name, BIN"), f"{operator}, ____________" if operator else ""),
        (_("Address and telephone of the operator"), ", ".join(filter(None, (notice.address, notice.phones)))),
        (_("Responsible for personal data: name, telephone, e-mail"), _both(notice.responsible, notice.contacts)),
        (_("Order that names the person responsible"), order),
        (_("When the breach was found: day and hour"), ""),
        (_("When it happened, if that is known"), ""),
        (_("What happened: loss, theft, access of strangers, a file sent to a wrong address"), _TALL),
        (_("Which data, and whether they were encrypted"), _TALL),
        (_("How many people are concerned"), ""),
        (_("What was done to limit the harm"), _TALL),
        (_("Whether the people concerned were told, and when"), ""),
    )


def _both(name: str, contacts: str) -> str:
    return f"{name}, {contacts or '____________'}" if name else ""
