"""Consent to the collection and processing of personal data: the eight items of article 8(4), law No 94-V.

What is not recorded yet stays a line to be filled in by hand, so that the form also serves on paper.
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
from ethnomed_desktop.documents.two_columns import two_columns
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date

_DEFAULT = Theme(size=12, page_numbers="foot")
_EMPTY = "______________________________"
_PERSON = 1  # the row of the surname, name and patronymic


@dataclass(frozen=True)
class ConsentForm:
    """One consent; ``None`` for a yes-or-no item that nobody decided yet."""

    person: str
    body: Trio = NOWHERE
    bin: str = ""
    purpose: str = ""
    data: str = ""
    given: date | None = None
    until: date | None = None
    to_others: bool | None = None
    abroad: bool | None = None
    published: bool | None = None
    other: str = ""
    practice: bool = False
    code: str = ""


def consent_pdf(
    data: ConsentForm, languages: Sequence[str], theme: Theme = _DEFAULT, *, beside: bool = False
) -> bytes:
    """Return the form as PDF bytes, one after the other in the languages given, or one in two languages.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    if not languages or not set(languages) <= set(LANGUAGES) or (beside and len(set(languages)) != 2):
        raise UsageError("usage.wrong_value", field="language")
    texts = [_text(data, Catalog.load(language)) for language in languages]
    whole: list[Flowable] = two_columns(texts[0], texts[1], theme) if beside else []
    for text in () if beside else texts:
        whole += [PageBreak()] if whole else []
        whole += one_column(text, theme)
    return pdf.build(whole, title=texts[0].title, language=languages[0], theme=theme)


def _text(form: ConsentForm, catalog: Catalog) -> Text:
    _ = catalog.gettext
    operator = form.body.of(catalog.language) or _EMPTY
    number = form.bin or "____________"
    given = long_date(form.given, catalog.language) if form.given else "____________"
    items = (
        (_("Operator: name, BIN"), f"{operator}, {number}"),
        (_("Surname, name, patronymic of the person"), form.person or _EMPTY),
        (_("Term or period of the consent"), _term(form, catalog)),
        (_("Handing over to third parties"), _yes_no(form.to_others, catalog)),
        (_("Handing over abroad"), _yes_no(form.abroad, catalog)),
        (_("Publication in open sources"), _yes_no(form.published, catalog)),
        (_("List of data collected"), form.data or _EMPTY),
        (_("Other particulars"), form.other or "—"),
    )
    rows = tuple((str(place), label, value) for place, (label, value) in enumerate(items, 1))
    head = (catalog.pgettext("number of a row", "No"), _("Item"), _("What the person agrees to"))
    content: list[Piece] = [
        Line(operator, "organisation"),
        Line(_("CONSENT TO THE COLLECTION AND PROCESSING OF PERSONAL DATA"), "kind"),
        Requisites(given, "", ""),
        Line(_("I agree that my personal data are collected and processed on the terms below."), "body"),
        Line(_("Purpose: "), "body", form.purpose or _EMPTY),
        Grid(head, rows, (1, 5, 8), own=frozenset({2}), named=frozenset({_PERSON})),
        Line(
            _(
                "I may withdraw this consent. Use of the data then stops within 15 working days, or a reasoned "
                "refusal is given to me (law of 21 May 2013 No 94-V, article 8)."
            ),
            "body",
        ),
    ]
    ending: list[Piece] = [Signatures(((_("Signature of the person"), form.person),))]
    watermark = _("PRACTICE") if form.practice else ""
    title = _("Consent to the processing of personal data")
    return Text(title, catalog.language, _("Page {page} of {pages}"), watermark, content, ending, code=form.code)


def _term(form: ConsentForm, catalog: Catalog) -> str:
    if form.until is None:
        return catalog.gettext("Until the purpose is reached")
    return catalog.gettext("Until {date}").format(date=long_date(form.until, catalog.language))


def _yes_no(value: bool | None, catalog: Catalog) -> str:
    _ = catalog.gettext
    if value is None:
        return _("yes / no (underline)")
    return _("yes") if value else _("no")
