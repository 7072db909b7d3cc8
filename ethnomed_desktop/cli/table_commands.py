"""Taking records in from spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.input_files import parse_json, read_bytes, read_text
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n import formatting, labels
from ethnomed_desktop.i18n.current import _, ngettext

if TYPE_CHECKING:
    from ethnomed_desktop.app.table_import import TablePreview
    from ethnomed_desktop.app.table_maps import TableMap

_MOST_SHOWN = 50


def take_in(session: Session, given: Given) -> Answer:
    """Record the rows of a table, or say what would be recorded."""
    from ethnomed_desktop.app import table_import
    from ethnomed_desktop.app.backup_before import back_up_before_import
    from ethnomed_desktop.app.table_maps import LARGEST

    plan = _plan(session, given)
    data = read_bytes(given.text("file"), session.surroundings.stdin, LARGEST + 1)
    kind = given.text("kind")
    ctx = session.council()
    if given.switch("preview"):
        found = table_import.preview_table(ctx, data, kind, plan)
        return Answer(_json(session, found), _text(session, found))
    back_up_before_import(ctx)
    made = table_import.take_table_in(ctx, data, kind, plan, leave_refused=given.switch("leave-refused")).value
    count = formatting.number(len(made), session.language)
    said = ngettext("{count} record was taken in.", "{count} records were taken in.", len(made)).format(count=count)
    return Answer({"kind": kind, "records": [uid_text(one.uid) for one in made]}, said)


def _plan(session: Session, given: Given) -> TableMap:
    from ethnomed_desktop.app.table_maps import TableMap

    source = given.raw("map")
    if source is None:
        return TableMap()
    value = source if isinstance(source, dict) else parse_json(read_text(str(source), session.surroundings.stdin))
    return TableMap.from_json(value)


def _json(session: Session, found: TablePreview) -> dict[str, Any]:
    from ethnomed_desktop.app.messages import sentence

    return {
        "kind": found.kind.name,
        "columns": dict(found.fields),
        "unused": list(found.unused),
        "new": [{"line": line, **raw} for line, raw in found.new],
        "known": found.known,
        "refused": [
            {
                "line": one.line,
                "column": one.column,
                "field": one.error.field,
                "error": one.error.code,
                "message": sentence(one.error, session.catalog),
            }
            for one in found.problems
        ],
    }


def _text(session: Session, found: TablePreview) -> str:
    catalog = session.catalog

    def number(count: int) -> str:
        return formatting.number(count, session.language)

    rows = [[heading, labels.field_label(found.kind.field(name), catalog), name] for heading, name in found.fields]
    parts = [table(rows, most=50)]
    if found.unused:
        parts.append(_("Columns that are not used: {names}").format(names=", ".join(found.unused)))
    parts.append(_("New records: {count}").format(count=number(len(found.new))))
    parts.append(_("Rows that are here already: {count}").format(count=number(found.known)))
    if found.problems:
        parts.append(_("Rows that would be refused: {count}").format(count=number(found.refused)))
        parts += _problem_lines(session, found)
    parts.append(_("Nothing was written."))
    return "\n".join(parts)


def _problem_lines(session: Session, found: TablePreview) -> Iterable[str]:
    from ethnomed_desktop.app.messages import sentence

    for one in found.problems[:_MOST_SHOWN]:
        words = sentence(one.error, session.catalog)
        at = formatting.number(one.line, session.language)
        if one.column:
            yield _("Line {line}, column “{column}”: {words}").format(line=at, column=one.column, words=words)
        else:
            yield _("Line {line}: {words}").format(line=at, words=words)
    if len(found.problems) > _MOST_SHOWN:
        yield _("Only the first rows are shown here; --json gives all.")
