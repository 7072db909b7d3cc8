"""Annexes of minutes: the lines that name them, and the list of those present as an annex of its own."""

from __future__ import annotations

from collections.abc import Sequence

from ethnomed_desktop.documents.content import Gap, Grid, Line, NewPage, Piece
from ethnomed_desktop.documents.minutes_data import Annex, Attendee, MinutesData
from ethnomed_desktop.documents.minutes_head import number_of
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import date_before_noun


def all_annexes(data: MinutesData, catalog: Catalog) -> list[Annex]:
    """Return the annexes in the order they are numbered, the list of those present first."""
    own = [Annex(catalog.gettext("List of those present"))] if data.attaches_list else []
    return [*own, *(one if isinstance(one, Annex) else Annex(one) for one in data.annexes)]


def annex_lines(data: MinutesData, catalog: Catalog) -> list[Piece]:
    """Return the lines that name the annexes, with their numbers of pages where these are known."""
    return [Line(_line(number, one, catalog), "plain") for number, one in enumerate(all_annexes(data, catalog), 1)]


def _line(number: int, annex: Annex, catalog: Catalog) -> str:
    if annex.pages is None:
        return catalog.gettext("Annex {number}. {title}").format(number=number, title=annex.title)
    sentence = catalog.ngettext(
        "Annex {number}. {title} ({count} page)", "Annex {number}. {title} ({count} pages)", annex.pages
    )
    return sentence.format(number=number, title=annex.title, count=annex.pages)


def reference(data: MinutesData, catalog: Catalog, annex: int) -> str:
    """Return the mark that stands on an annex: to which minutes it belongs, and as which of its annexes."""
    _ = catalog.gettext
    date = date_before_noun(data.held, catalog.language)
    if any(body.number for body in data.bodies):
        sentence = _("Annex {annex} to the minutes No {number} of {date}")
        return sentence.format(annex=annex, number=number_of(data), date=date)
    return _("Annex {annex} to the minutes of {date}").format(annex=annex, date=date)


def list_of_present(data: MinutesData, catalog: Catalog) -> list[Piece]:
    """Return the annex with those present on a page of its own; nothing when they stand in the text.

    Where somebody took part remotely, a column says of each how they took part. A joint sitting has a
    table for each body; who serves in both stands in both.
    """
    if not data.attaches_list:
        return []
    story: list[Piece] = [
        NewPage(),
        Line(reference(data, catalog, 1), "annex"),
        Line(catalog.gettext("List of those present"), "kind"),
    ]
    if not data.counted_each:
        return [*story, _grid(data.present, data, catalog)]
    for place, body in enumerate(data.bodies):
        if present := data.present_for(place):
            story += [Gap(0.6), Line(body.name.of(catalog.language), "lead"), _grid(present, data, catalog)]
    return story


def _grid(present: Sequence[Attendee], data: MinutesData, catalog: Catalog) -> Grid:
    _ = catalog.gettext
    head = [catalog.pgettext("number of a row", "No"), _("Surname, name, patronymic"), _("Post")]
    shares: tuple[float, ...] = (1, 7, 8)
    rows = [[str(number), one.name, one.post_in(catalog.language)] for number, one in enumerate(present, 1)]
    if any(one.remote for one in data.present):
        head.append(_("Took part"))
        shares = (1, 6, 6, 3)
        for row, one in zip(rows, present, strict=True):
            row.append(_took_part(one, catalog))
    return Grid(tuple(head), tuple(tuple(row) for row in rows), shares)


def _took_part(person: Attendee, catalog: Catalog) -> str:
    return catalog.gettext("remotely") if person.remote else catalog.gettext("in person")
