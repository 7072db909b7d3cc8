"""Everything that is kept about one person, for the person who asks (law No 94-V, article 24)."""

from __future__ import annotations

from collections.abc import Sequence

from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.titles import name_in, person_title, references_in, shown_value, title_of, titles
from ethnomed_desktop.documents.person_report import Kept, PersonReport
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.labels import field_label, kind_label
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid, records_by
from ethnomed_desktop.store.queries.references import referring

_WITHOUT_PEOPLE = frozenset({"person", "user"})
"""References to these stay out of a record's title: they are other people."""


def person_report(connection: Reading, uid: bytes, practice: bool) -> PersonReport:
    """Read everything about the person, worded in each language; raises `UserError` (``record.unknown``)."""
    person = record_by_uid(connection, uid)
    if person is None or person.kind.name != "person":
        raise UserError("record.unknown")
    links = referring(connection, uid)
    records = records_by(connection, "rid", list(links))
    changes = len(list(LogReader(connection).of_record(uid)))
    made = {
        language: _kept(connection, person, records, links, changes, practice, Catalog.load(language))
        for language in LANGUAGES
    }
    return PersonReport(made)


def _kept(
    connection: Reading,
    person: StoredRecord,
    records: Sequence[StoredRecord],
    links: dict[int, list[Field]],
    changes: int,
    practice: bool,
    catalog: Catalog,
) -> Kept:
    referred = titles(connection, references_in([person]), catalog)
    own = tuple(
        (field_label(field, catalog), shown_value(field, person.values[field.name], catalog, referred))
        for field in person.kind.all_fields
        if person.values.get(field.name) not in (None, "", [])
    )
    bodies = own_bodies(connection)
    return Kept(
        name=person_title(person.values),
        body=name_in(bodies[0].values, "name", catalog.language) if bodies else "",
        own=own,
        named=tuple(_named(connection, one, links[one.rid], person, catalog) for one in records),
        changes=changes,
        withdrawn=person.withdrawn,
        practice=practice,
    )


def _named(
    connection: Reading, record: StoredRecord, fields: Sequence[Field], person: StoredRecord, catalog: Catalog
) -> tuple[str, str, str, str]:
    """Name a record that names the person: with what it is a part of, without the names of others."""
    open_names = [
        name
        for name in record.kind.title
        if name in record.kind.by_name and getattr(record.kind.field(name).type, "kind", "") not in _WITHOUT_PEOPLE
    ]
    referred = titles(connection, references_in([record], open_names), catalog)
    referred[uid_text(person.uid)] = person_title(person.values)
    whole = record.values.get(record.kind.parent) if record.kind.parent else None
    above = titles(connection, [str(whole)], catalog).get(str(whole), "") if whole else ""
    title = title_of(record, catalog, referred)
    entered = f"{local_time(record.created_ms):%d.%m.%Y}" if record.created_ms is not None else ""
    named_as = ", ".join(field_label(one, catalog) for one in fields)
    return (
        kind_label(record.kind, catalog),
        f"{above} · {title}" if above and above not in title else title,
        named_as,
        entered,
    )
