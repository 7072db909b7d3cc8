"""A meeting about an incident: one new sheet with the incident on its agenda, undone as one."""

from __future__ import annotations

from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.meeting_saving import save_sheet
from ethnomed_desktop.app.meeting_sheets import new_sheet
from ethnomed_desktop.app.titles import titles
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.records import record_by_uid

MATTER = N_("About the incident: {title}")


def meeting_about(ctx: AppContext, incident: str, catalog: Catalog) -> Done[str]:
    """Record a meeting of the body worked for with the incident (UUID text) as an item; returns its uid text.

    Members, place and hour come from the last meeting, as for every new one; the item is worded in the language
    or languages in which the body keeps its minutes, else in that of the catalog. One transaction. Raises
    `UserError` (``record.unknown``, ``record.withdrawn``, ``field.…``), `NotAllowed`.
    """
    opened = new_sheet(ctx, catalog)
    sheet, languages = opened.sheet, _languages(opened.language) or (catalog.language,)
    with ctx.reading() as connection:
        found = record_by_uid(connection, parse_uid(incident))
        if found is None or found.kind.name != "incident":
            raise UserError("record.unknown")
        if found.withdrawn:
            raise UserError("record.withdrawn")
        matters = [_matter(connection, incident, Catalog.load(language)) for language in languages[:2]]
    sheet.meeting.values["incidents"] = [incident]
    sheet.meeting.add(Part("agenda_item", dict(zip(("title", "title_second"), matters, strict=False))))
    done = save_sheet(ctx, sheet, "")
    return Done(done.value.meeting, done.changes)


def _languages(minutes: str) -> tuple[str, ...]:
    """Return the languages that a choice of languages for minutes names, in their order."""
    return tuple(part for part in minutes.replace("|", "+").split("+") if part)


def _matter(connection: Reading, incident: str, catalog: Catalog) -> str:
    return catalog.gettext(MATTER).format(title=titles(connection, [incident], catalog)[incident])
