"""The open export as a workbook and as a book to read: the same records as its lines of JSON, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.list_files import cell
from ethnomed_desktop.app.titles import references_in, shown_value, title_of, titles
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.progress import Progress
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import yes_no
from ethnomed_desktop.i18n.labels import field_label, kind_label
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.records import StoredRecord, records_by, rids_of_kind

_AT_ONCE = 500
_IDENTIFIER, _IN_TRASH = N_("Identifier"), N_("In the trash")
_TITLE = N_("Everything that is kept")

Batch = tuple[list[StoredRecord], dict[str, str]]


def workbook(ctx: AppContext, connection: Reading, catalog: Catalog, progress: Progress) -> tuple[bytes, int]:
    """Return the bytes of a workbook with a sheet for each kind that has records, and how many there are."""
    from ethnomed_desktop.documents.list_sheet import Cell, Table, lists_xlsx

    def rows(kind: Kind, fields: list[Field]) -> Iterator[list[Cell]]:
        for found, referred in _batches(connection, kind, catalog, progress):
            for one in found:
                own = [cell(field, one, catalog, referred) for field in fields]
                trash = yes_no(True, catalog.language) if one.withdrawn else None
                yield [title_of(one, catalog, referred), *own, trash, uid_text(one.uid)]

    tables = []
    for kind in _kinds(connection):
        fields = [kind.by_name["number"], *kind.fields] if "number" in kind.by_name else list(kind.fields)
        fields = list(dict.fromkeys(fields))
        labels = [field_label(one, catalog) for one in fields]
        head = [kind_label(kind, catalog), *labels, catalog.gettext(_IN_TRASH), catalog.gettext(_IDENTIFIER)]
        tables.append(Table(kind_label(kind, catalog, plural=True), head, rows(kind, fields)))
    made = lists_xlsx(catalog.gettext(_TITLE), tables)
    return made.data, made.rows


def book(ctx: AppContext, connection: Reading, catalog: Catalog, progress: Progress) -> tuple[bytes, int]:
    """Return the bytes of a PDF that says everything in words, and how many records it tells of."""
    from ethnomed_desktop.documents.open_book import Chapter, Entry, open_book_pdf

    chapters = []
    for kind in _kinds(connection):
        entries = [
            Entry(
                title_of(one, catalog, referred),
                tuple(_worded(one, catalog, referred)),
                uid_text(one.uid),
                one.withdrawn,
            )
            for found, referred in _batches(connection, kind, catalog, progress)
            for one in found
        ]
        chapters.append(Chapter(kind_label(kind, catalog, plural=True), entries))
    made = open_book_pdf(chapters, today(ctx.clock), catalog, practice=ctx.practice)
    return made, sum(len(chapter.entries) for chapter in chapters)


def _kinds(connection: Reading) -> list[Kind]:
    return [kind for kind in KINDS.values() if rids_of_kind(connection, kind)]


def _batches(connection: Reading, kind: Kind, catalog: Catalog, progress: Progress) -> Iterator[Batch]:
    rids = rids_of_kind(connection, kind)
    for start in range(0, len(rids), _AT_ONCE):
        found = records_by(connection, "rid", rids[start : start + _AT_ONCE])
        yield found, titles(connection, references_in(found), catalog)
        progress(start + len(found), len(rids))


def _worded(one: StoredRecord, catalog: Catalog, referred: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in one.values.items():
        field = one.kind.field(name)
        words = shown_value(field, value, catalog, referred)
        if words:
            yield field_label(field, catalog), words
