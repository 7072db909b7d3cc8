"""Records from a spreadsheet: looked through first, then all taken in by one transaction, or none.

A table taken in twice adds nothing the second time: a row is known when a record has the same values in
the fields that tell records apart. Nothing is guessed in silence: what a cell could mean in two ways is
refused with its line and column.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ethnomed_desktop.app.behaviours import behaviour_of
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.records import Recorded, record_many
from ethnomed_desktop.app.table_maps import TableMap, columns_of
from ethnomed_desktop.app.table_references import References
from ethnomed_desktop.app.values import checked_values, refuse, require_fields
from ethnomed_desktop.documents.table_reading import Row, Table, read_table
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import EthnomedError, Problems, UserError
from ethnomed_desktop.domain.fieldtypes import Code, Codes, FieldType, Ref, Refs, Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.domain.table_cells import field_input
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.labels import code_labels

_PAGE = 500


@dataclass(frozen=True)
class RowProblem:
    """Why a row would be refused: its line, the heading of the column (empty: the row as a whole)."""

    line: int
    column: str
    error: UserError


@dataclass(frozen=True)
class TablePreview:
    """What a table holds; nothing was written.

    ``new`` are the rows that would become records, with their lines; ``known`` counts those that are here
    already or stand in the table twice; ``unused`` names the columns that no field was found for.
    """

    kind: Kind
    fields: tuple[tuple[str, str], ...]
    new: tuple[tuple[int, Mapping[str, object]], ...]
    known: int
    problems: tuple[RowProblem, ...]
    unused: tuple[str, ...]

    @property
    def refused(self) -> int:
        """How many rows would be refused."""
        return len({one.line for one in self.problems})


def preview_table(
    ctx: AppContext, data: bytes, kind_name: str, plan: TableMap, progress: Progress = no_progress
) -> TablePreview:
    """Look a table through against the records that are here; writes nothing.

    Raises `UserError`: those of `read_table`, ``table.column_missing``, ``table.nothing_fits``;
    `UsageError` (``kind.unknown``, ``field.unknown``).
    """
    kind = kind_named(kind_name)
    table = read_table(data, plan.sheet)
    return _Reader(ctx, kind, table, plan).preview(progress)


def take_table_in(
    ctx: AppContext,
    data: bytes,
    kind_name: str,
    plan: TableMap,
    *,
    leave_refused: bool = False,
    progress: Progress = no_progress,
) -> Done[list[Recorded]]:
    """Record the new rows of a table in one transaction, which one undo takes back.

    Raises as `preview_table`, and ``table.rows_refused`` (facts ``count``, ``line``) unless refused rows
    are to be left out, and ``table.nothing_new``; then nothing was written.
    """
    found = preview_table(ctx, data, kind_name, plan, progress)
    if found.problems and not leave_refused:
        first = found.problems[0]
        raise UserError("table.rows_refused", count=found.refused, line=first.line, column=first.column)
    if not found.new:
        raise UserError("table.nothing_new", count=found.known)
    lines = _Lines(kind_name, found.new)
    try:
        done = record_many(ctx, lines, progress)
    except EthnomedError as error:
        error.facts.setdefault("line", lines.line)
        raise
    detail = {"kind": kind_name, "rows": str(len(done.value)), "sha256": hashlib.sha256(data).hexdigest()}
    ctx.vault.note(ctx.clock, "table.taken_in", detail)
    return done


class _Lines:
    """The new rows as records, remembering the line of the one at work."""

    def __init__(self, kind_name: str, rows: Sequence[tuple[int, Mapping[str, object]]]) -> None:
        self._kind_name, self._rows = kind_name, rows
        self.line = 0

    def __iter__(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        for line, raw in self._rows:
            self.line = line
            yield self._kind_name, raw


class _Reader:
    """One table on its way to records of one kind."""

    def __init__(self, ctx: AppContext, kind: Kind, table: Table, plan: TableMap) -> None:
        self._ctx, self._kind, self._table = ctx, kind, table
        self._columns = columns_of(kind, table, plan)
        self._always = dict(plan.always or {})
        for name in self._always:
            kind.field(name)
        self._same = tuple(kind.field(name).name for name in plan.same)
        self._references = References(ctx)
        self._behaviour, self._today = behaviour_of(kind), today(ctx.clock)
        self._labels = {field.name: _labels(field.type) for _place, field in self._columns}

    def preview(self, progress: Progress) -> TablePreview:
        known_keys = self._keys_here()
        new: list[tuple[int, Mapping[str, object]]] = []
        problems: list[RowProblem] = []
        known = 0
        for count, row in enumerate(self._table.rows, start=1):
            raw, refused = self._raw(row)
            values = self._checked(row, raw, refused) if not refused else {}
            if refused:
                problems += refused
                continue
            key = self._key(values)
            if key in known_keys:
                known += 1
                continue
            known_keys.add(key)
            new.append((row.line, raw))
            if count % _PAGE == 0:
                progress(count, len(self._table.rows))
        headings = self._table.headings
        used = {place for place, _field in self._columns}
        return TablePreview(
            self._kind,
            tuple((headings[place], field.name) for place, field in self._columns),
            tuple(new),
            known,
            tuple(problems),
            tuple(name for place, name in enumerate(headings) if name and place not in used),
        )

    def _raw(self, row: Row) -> tuple[dict[str, object], list[RowProblem]]:
        raw, refused = dict(self._always), []
        for place, field in self._columns:
            try:
                given = field_input(field.type, row.cells[place], self._labels[field.name])
                if given is not None and isinstance(field.type, Ref | Refs):
                    given = self._references.found(field, given)
            except UserError as error:
                refused.append(RowProblem(row.line, self._table.headings[place], error))
                continue
            if given not in (None, [], ""):
                raw[field.name] = given
        return raw, refused

    def _checked(self, row: Row, raw: Mapping[str, object], refused: list[RowProblem]) -> dict[str, Value]:
        try:
            values = checked_values(self._kind, raw)
            kept: dict[str, Value] = {name: value for name, value in values.items() if value not in (None, [])}
            kept = self._behaviour.completed(kept, self._today)
            require_fields(self._kind, kept, self._kind.all_fields)
            refuse(self._behaviour.problems(kept, self._today))
        except UserError as error:
            columns = {field.name: self._table.headings[place] for place, field in self._columns}
            for one in error.problems if isinstance(error, Problems) else (error,):
                refused.append(RowProblem(row.line, columns.get(one.field or "", ""), one))
            return {}
        return kept

    def _key(self, values: Mapping[str, Value]) -> tuple[object, ...]:
        names = self._same or tuple(sorted({*self._always, *(field.name for _place, field in self._columns)}))
        return tuple(_comparable(values.get(name)) for name in names)

    def _keys_here(self) -> set[tuple[object, ...]]:
        keys: set[tuple[object, ...]] = set()
        after: str | None = None
        while True:
            page = list_records(self._ctx, ListQuestion(self._kind.name), after=after, limit=_PAGE)
            keys.update(self._key(one.values) for one in page.rows)
            after = page.after
            if after is None or not page.rows:
                return keys


def _labels(type_: FieldType) -> dict[str, str]:
    """Return the code for each folded label of a code list, in all languages; ambiguous words are left out."""
    if not isinstance(type_, Code | Codes):
        return {}
    meant: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, words in code_labels(type_.list_name, Catalog.load(language)):
            meant.setdefault(fold(words), set()).add(code)
    return {words: min(codes) for words, codes in meant.items() if len(codes) == 1}


def _comparable(value: Value) -> object:
    if isinstance(value, list):
        return tuple(sorted(value))
    if isinstance(value, str):
        return fold(value)
    return value
