"""Forms to fill in by hand where no computer is at hand: an incident told by telephone, a sitting.

Each is one page. What the record knows already is printed into the boxes; a blank one has none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, PageBreak, Spacer

from ethnomed_desktop.documents import blocks, pdf
from ethnomed_desktop.documents.hand_sheet import Ask, AskRow, Tick, TickBox
from ethnomed_desktop.documents.minutes_data import NOWHERE, Trio
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.paper_codes import paper_code
from ethnomed_desktop.domain.values import PartialDate
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date, partial_date
from ethnomed_desktop.i18n.labels import code_labels

_DEFAULT = Theme(size=12, right=12, top=10, bottom=20, page_numbers="foot")
_MOST_MATTERS = 3


@dataclass(frozen=True)
class IncidentForm:
    """What is known of an incident before the notes are taken; empty where nothing is."""

    body: Trio = NOWHERE
    number: str = ""
    happened: PartialDate | None = None
    place: Trio = NOWHERE
    settlement: str = ""
    practice: bool = False
    code: str = ""


@dataclass(frozen=True)
class MeetingForm:
    """What is known of a sitting before the notes are taken; ``matters`` are those of the agenda."""

    body: Trio = NOWHERE
    held: date | None = None
    begins: str = ""
    place: Trio = NOWHERE
    matters: tuple[str, ...] = ()
    practice: bool = False
    code: str = ""


HandForm = IncidentForm | MeetingForm
Row = Sequence[Ask] | Tick


def hand_form_pdf(data: HandForm, languages: Sequence[str], theme: Theme = _DEFAULT) -> bytes:
    """Return the form as PDF bytes, a page per language.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise UsageError("usage.wrong_value", field="language")
    whole: list[Flowable] = []
    for language in languages:
        whole += [PageBreak()] if whole else []
        whole += _page(data, Catalog.load(language), theme)
    title = _title(data, Catalog.load(languages[0]))
    return pdf.build(whole, title=title, language=languages[0], theme=theme)


def _title(data: HandForm, catalog: Catalog) -> str:
    _ = catalog.gettext
    return _("Incident: notes by hand") if isinstance(data, IncidentForm) else _("Sitting: notes by hand")


def _page(data: HandForm, catalog: Catalog, theme: Theme) -> list[Flowable]:
    _ = catalog.gettext
    watermark = _("PRACTICE") if data.practice else ""
    paper = "incident-form" if isinstance(data, IncidentForm) else "meeting-form"
    start = blocks.TextStart(_("Page {page} of {pages}"), watermark, data.code or paper_code(paper))
    rows = _incident(data, catalog) if isinstance(data, IncidentForm) else _meeting(data, catalog)
    story: list[Flowable] = [start]
    story += theme.text(data.body.of(catalog.language), "caption", catalog.language)
    story += theme.text(_title(data, catalog).upper(), "organisation", catalog.language)
    story += [TickBox(row, theme) if isinstance(row, Tick) else AskRow(row, theme) for row in rows]
    story.append(Spacer(0, 4))
    return story + theme.text(_advice(data, catalog), "remark", catalog.language)


def _advice(data: HandForm, catalog: Catalog) -> str:
    _ = catalog.gettext
    if data.code:
        return _(
            "Enter it into the program the same day and attach a photograph or a scan of this sheet: the code "
            "below finds the record. Then lock the sheet away or destroy it."
        )
    return _(
        "Enter it into the program the same day and attach a photograph or a scan of this sheet to the record. "
        "Then lock the sheet away or destroy it."
    )


def _incident(data: IncidentForm, catalog: Catalog) -> list[Row]:
    _ = catalog.gettext
    happened = partial_date(data.happened, catalog.language) if data.happened else ""
    severities = [f"{code} {words}" for code, words in code_labels("severity", catalog)]
    return [
        (
            Ask(_("Number"), data.number),
            Ask(_("When it happened: day and hour"), happened, share=2),
            Ask(_("When it was told: day and hour"), share=2),
        ),
        (
            Ask(_("Who tells it (may stay unnamed)"), share=3),
            Ask(_("Telephone"), share=2),
        ),
        Tick(_("How we learned"), tuple(words for _code, words in code_labels("channel", catalog))),
        (
            Ask(_("District or place"), data.place.of(catalog.language), share=3),
            Ask(_("Village or town"), data.settlement, share=2),
            Ask(_("Exact spot"), share=2),
        ),
        (Ask(_("What happened: who did what, in what order, in the words of the one who tells it"), lines=10),),
        (Ask(_("The sides, as they call themselves"), lines=2),),
        (
            Ask(_("People involved")),
            Ask(_("Injured")),
            Ask(_("Dead")),
            Ask(_("Displaced")),
        ),
        Tick(_("What it was first"), tuple(words for _code, words in code_labels("origin_type", catalog))),
        Tick(_("Severity"), tuple(severities)),
        (
            Ask(_("Who else knows: police, akimat, elders"), share=1),
            Ask(_("What was promised, who does it and when"), share=1),
        ),
        (Ask(_("Written down by"), share=3), Ask(_("Signature"), share=2)),
    ]


def _meeting(data: MeetingForm, catalog: Catalog) -> list[Row]:
    _ = catalog.gettext
    held = long_date(data.held, catalog.language) if data.held else ""
    rows: list[Row] = [
        (
            Ask(_("Day"), held, share=3),
            Ask(_("Beginning"), data.begins),
            Ask(_("End")),
            Ask(_("Members present")),
        ),
        (Ask(_("Place of the meeting"), data.place.of(catalog.language), share=3),),
        (Ask(_("Chair")), Ask(_("Secretary"))),
        (Ask(_("Invited and what they are"), lines=2),),
    ]
    matters = (*data.matters, *("",) * _MOST_MATTERS)[:_MOST_MATTERS]
    for number, matter in enumerate(matters, 1):
        rows += [
            (Ask(_("Matter {number} and who reports").format(number=number), matter),),
            (Ask(_("Who spoke and what was proposed"), lines=2),),
            (Ask(_("What was decided, who is responsible, by which day"), lines=2),),
            (Ask(_("Votes for")), Ask(_("Votes against")), Ask(_("Votes abstained"))),
        ]
    rows.append((Ask(_("Written down by"), share=3), Ask(_("Signature"), share=2)))
    return rows
