"""Records as answers: JSON with codes and identifiers, or text with labels and titles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.console import table, width
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n import formatting, labels
from ethnomed_desktop.i18n.current import _

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.i18n.catalogs import Catalog
    from ethnomed_desktop.store.queries.records import StoredRecord


def moment_json(at_ms: int | None) -> str | None:
    """Return milliseconds UTC as an ISO moment in Kazakhstan."""
    return None if at_ms is None else local_time(at_ms).isoformat(timespec="seconds")


def moment_text(at_ms: int, language: str) -> str:
    """Return milliseconds UTC as people read a moment."""
    return formatting.moment(local_time(at_ms).isoformat(timespec="minutes"), language)


def record_json(record: StoredRecord) -> dict[str, Any]:
    """Return a record as the contract of the command line has it: codes, not labels."""
    return {
        "id": uid_text(record.uid),
        "kind": record.kind.name,
        "number": record.values.get("number"),
        "revision": record.revision,
        "created": moment_json(record.created_ms),
        "changed": moment_json(record.changed_ms),
        "withdrawn": record.withdrawn,
        "conflicts": [_conflict_name(record, key) for key in record.conflicts],
        "fields": {name: value for name, value in record.values.items() if name != "number"},
        "newer": dict(record.unknown),
    }


def _conflict_name(record: StoredRecord, key: str) -> str:
    """Return the name of the field that a conflict is about; a field of a newer program by its key."""
    number = key.split("/", 1)[0]
    field = record.kind.by_number.get(int(number)) if number.isdigit() else None
    return field.name if field is not None else key


def titles_of(ctx: AppContext, uids: Iterable[bytes], catalog: Catalog) -> dict[bytes, str]:
    """Return one-line titles; unknown records are left out."""
    from ethnomed_desktop.app.titles import titles

    wanted = list(uids)
    with ctx.reading() as connection:
        named = titles(connection, [uid_text(uid) for uid in wanted], catalog)
    return {uid: named[uid_text(uid)] for uid in wanted if uid_text(uid) in named}


def record_text(ctx: AppContext, record: StoredRecord, catalog: Catalog) -> str:
    """Return a record as a card: title, identity, and every field that is filled in."""
    from ethnomed_desktop.app.titles import references_in, shown_value, title_of, titles

    with ctx.reading() as connection:
        referred = titles(connection, references_in([record]), catalog)
    rows = [
        (labels.field_label(field, catalog), shown_value(field, record.values[field.name], catalog, referred))
        for field in record.kind.all_fields
        if field.name in record.values
    ]
    head = f"{labels.kind_label(record.kind, catalog)}: {title_of(record, catalog, referred)}"
    about = [(_("Identifier"), uid_text(record.uid)), (_("Revision"), record.revision)]
    if record.changed_ms is not None:
        about.append((_("Changed"), moment_text(record.changed_ms, catalog.language)))
    if record.withdrawn:
        about.append((_("In the trash"), formatting.yes_no(True, catalog.language)))
    if record.conflicts:
        about.append((_("Written by two people at once"), ", ".join(_names(record, catalog))))
    if record.unknown:
        about.append((_("Fields of a newer version"), formatting.number(len(record.unknown), catalog.language)))
    return "\n".join([head, "", fields_text(rows), "", fields_text(about)])


def _names(record: StoredRecord, catalog: Catalog) -> list[str]:
    names = dict.fromkeys(_conflict_name(record, key) for key in record.conflicts)
    known = record.kind.by_name
    return [labels.field_label(known[name], catalog) if name in known else name for name in names]


def fields_text(rows: Iterable[tuple[str, str]]) -> str:
    """Return labels and values in two columns; further lines of a value stand under it."""
    pairs = list(rows)
    indent = max((width(label) for label, _value in pairs), default=0) + 2
    lines = []
    for label, value in pairs:
        first, *rest = value.split("\n")
        lines.append(f"{label}{' ' * (indent - width(label))}{first}".rstrip())
        lines += [f"{' ' * indent}{line}".rstrip() for line in rest]
    return "\n".join(lines)


def list_text(ctx: AppContext, kind: str, rids: list[int], catalog: Catalog) -> str:
    """Return rows of a list as an aligned table under the labels of its columns."""
    from ethnomed_desktop.app.lists import list_fields, rows_by_numbers

    summaries = rows_by_numbers(ctx, kind, rids, catalog)
    head = [*(labels.field_label(field, catalog) for field in list_fields(kind)), _("Identifier")]
    rows = [[*one.cells, uid_text(one.uid)] for one in summaries]
    return _table_under(head, rows)


def _table_under(head: list[str], rows: list[list[str]]) -> str:
    filled = [place for place in range(len(head)) if any(row[place] for row in rows)]
    kept = [[row[place] for place in filled] for row in [head, *rows]]
    return table(kept, most=40)
