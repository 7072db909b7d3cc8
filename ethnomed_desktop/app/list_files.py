"""Lists as files for other programs: every field of every record of a list, as anyone can read them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.titles import references_in, shown_value, titles
from ethnomed_desktop.documents.list_sheet import Cell, Sheet
from ethnomed_desktop.domain.fieldtypes import Day, Moment, Real, Value, Whole
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label, kind_label
from ethnomed_desktop.store.queries.records import StoredRecord

XLSX = "xlsx"
_PAGE = 500
_IDENTIFIER = N_("Identifier")


def write_list(
    ctx: AppContext, question: ListQuestion, catalog: Catalog, target: Path, progress: Progress = no_progress
) -> Sheet:
    """Write all records of a list as a spreadsheet that anyone can read, and note it.

    Codes and references stand as words, dates and numbers as such; the last column is the identifier.
    The file appears under its name only when it is whole. On the write lane. Raises `NotAllowed`,
    `StorageError`.
    """
    from ethnomed_desktop.documents.files import put_whole
    from ethnomed_desktop.documents.list_sheet import list_xlsx

    ctx.require(Act.PRINT)
    kind = kind_named(question.kind)
    fields = (kind.by_name["number"], *kind.fields)
    head = [*(field_label(field, catalog) for field in fields), catalog.gettext(_IDENTIFIER)]
    sheet = list_xlsx(kind_label(kind, catalog), head, _rows(ctx, question, fields, catalog, progress))
    put_whole(sheet.data, target)
    detail = {"kind": kind.name, "rows": str(sheet.rows), "sha256": hashlib.sha256(sheet.data).hexdigest()}
    ctx.vault.note(ctx.clock, "list.exported", detail)
    return sheet


def _rows(
    ctx: AppContext, question: ListQuestion, fields: Sequence[Field], catalog: Catalog, progress: Progress
) -> Iterator[list[Cell]]:
    after: str | None = None
    done = 0
    while True:
        page = list_records(ctx, question, after=after, limit=_PAGE)
        with ctx.reading() as connection:
            referred = titles(connection, references_in(page.rows), catalog)
        for record in page.rows:
            yield [*(cell(field, record, catalog, referred) for field in fields), uid_text(record.uid)]
        done += len(page.rows)
        progress(done, done)
        after = page.after
        if after is None or not page.rows:
            return


def cell(field: Field, record: StoredRecord, catalog: Catalog, referred: dict[str, str]) -> Cell:
    """Return what a spreadsheet shows of a field: dates and numbers as such, codes and references as words."""
    value = record.values.get(field.name)
    exact = _exact(field, value)
    if exact is not None:
        return exact
    if isinstance(value, list):  # divided so that a program, ours too, can tell them apart again
        return "; ".join(shown_value(field, [one], catalog, referred) for one in value) or None
    return shown_value(field, value, catalog, referred) or None


def _exact(field: Field, value: Value) -> Cell:
    """Return a value that a spreadsheet can reckon with, or None where words are right."""
    if isinstance(field.type, Whole | Real) and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and isinstance(field.type, Day):
        return date.fromisoformat(value)
    if isinstance(value, str) and isinstance(field.type, Moment):
        return datetime.fromisoformat(value)
    return None
