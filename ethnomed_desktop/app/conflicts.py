"""Conflicts: fields in which people wrote different things without seeing each other's. Both are kept."""

from __future__ import annotations

from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.records import revise
from ethnomed_desktop.app.titles import references_in, shown_value, title_of, titles
from ethnomed_desktop.domain.changes import split_key
from ethnomed_desktop.domain.clock import stamp_ms
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Ref, Value
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.merging import LiveWrite
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.queries.conflicts import conflicted
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.states import load_states

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Side:
    """One of the values: as kept, as shown, who wrote it and when (ms UTC), and whether on this computer."""

    value: Value
    shown: str
    by: str
    at_ms: int
    own: bool


@dataclass(frozen=True)
class Conflict:
    """One field of one record; the value shown in lists and prints comes first."""

    kind: str
    uid: bytes
    title: str
    field: str
    label: str
    sides: tuple[Side, ...]


def list_conflicts(ctx: AppContext, catalog: Catalog) -> list[Conflict]:
    """Return all open conflicts."""
    with ctx.reading() as connection:
        return [one for uid in conflicted(connection) for one in _of_record(ctx, connection, uid, catalog)]


def _of_record(ctx: AppContext, connection: Reading, uid: bytes, catalog: Catalog) -> list[Conflict]:
    record = next(iter(records_by(connection, "uid", [uid])), None)
    if record is None:  # of a kind that only a newer program can show
        return []
    known = load_states(connection, [uid], LogReader(connection))[uid]
    lines = LogReader(connection).find(list(known.state.all_dots()))
    referred = titles(connection, references_in([record]), catalog)
    found = []
    for key in known.state.conflicts():
        number, _element = split_key(key)
        field = record.kind.by_number.get(number)
        if field is None or not ctx.rights.sees(record.kind, field.name):
            continue
        writes = sorted(known.state.live[key], key=LiveWrite.rank, reverse=True)
        if isinstance(field.type, Ref):
            named = [str(write.value) for write in writes if write.value]
            referred.update(titles(connection, named, catalog))
        users = titles(connection, {uid_text(lines[write.dot].user) for write in writes}, catalog)
        sides = tuple(
            Side(
                write.value,
                shown_value(field, write.value, catalog, referred),
                users.get(uid_text(lines[write.dot].user), "?"),
                stamp_ms(write.stamp),
                write.dot.replica == ctx.vault.store.office.replica,
            )
            for write in writes
        )
        title = title_of(record, catalog, referred)
        found.append(Conflict(record.kind.name, uid, title, field.name, field_label(field, catalog), sides))
    return found


def keep(ctx: AppContext, uid: bytes, field: str, which: str) -> Done[bool]:
    """Settle a field by one of the values there: ``mine`` (of this computer) or ``theirs``.

    Raises `UserError` (``conflict.unknown``, ``conflict.no_such_side``).
    """
    sides = _sides(ctx, uid, field)
    chosen = next((side for side in sides if side.own == (which == MINE)), None)
    if chosen is None or which not in {MINE, THEIRS}:
        raise UserError("conflict.no_such_side")
    return resolve(ctx, uid, field, chosen.value)


def resolve(ctx: AppContext, uid: bytes, field: str, value: object) -> Done[bool]:
    """Settle a field by a value: an ordinary change that has seen all sides, so it travels and ends it."""
    _sides(ctx, uid, field)
    return revise(ctx, uid, {field: value})


def _sides(ctx: AppContext, uid: bytes, field: str) -> tuple[Side, ...]:
    found = [one for one in list_conflicts(ctx, Catalog.load("kk")) if one.uid == uid and one.field == field]
    if not found:
        raise UserError("conflict.unknown", field=field)
    return found[0].sides
