"""What records said when minutes were closed: a paper that was signed does not change with the card of a person.

The log has every value there was, with the stamp of its writing; stamps are alike on every computer, so
closed minutes print alike everywhere. What the law took out of the log is not sought there: then the record
speaks as it stands now, if it was there.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from ethnomed_desktop.domain.changes import Action, read_line
from ethnomed_desktop.domain.clock import stamp_ms
from ethnomed_desktop.domain.erased_lines import is_erased
from ethnomed_desktop.domain.merging import RecordState, apply_line
from ethnomed_desktop.store.erasing import lines_held
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.outgoing import Outgoing
from ethnomed_desktop.store.queries.records import StoredRecord
from ethnomed_desktop.store.queries.veil import hidden_fields
from ethnomed_desktop.store.rows import row_of
from ethnomed_desktop.store.statements import run


def closed_at(connection: Connection, meeting: bytes) -> int | None:
    """Return the stamp at which minutes got their number; None where no line of theirs says so."""
    lines = LogReader(connection).of_record(meeting)
    return max((line.stamp for _lid, line in lines if line.action == Action.NUMBER), default=None)


def as_at(connection: Connection, record: StoredRecord, stamp: int) -> StoredRecord | None:
    """Return a record that is in the log as it stood at a stamp; None if it was not there yet, or in the trash."""
    if record.changed_ms is None or record.changed_ms < stamp_ms(stamp):
        return None if record.withdrawn else record
    held = lines_held(connection, record.uid)
    if any(is_erased(one.raw) for one in held):
        return None if record.withdrawn or _first_written(connection, record.uid) > stamp else record
    state = RecordState(record.uid, record.kind.number)
    for one in held:
        line = read_line(one.raw, one.dot.stream, one.dot.replica)
        if line.stamp < stamp:
            apply_line(state, line)
    seed = _seed(connection, record.uid)
    row = row_of(record.rid, state, seed, Outgoing(connection).ceiling(one.dot for one in held))
    if row is None or row.withdrawn or not (state.created or seed):
        return None
    hidden = hidden_fields(connection, record.kind)
    values = {name: value for name, value in row.values.items() if value is not None and name not in hidden}
    return replace(record, values=values, withdrawn=False)


def _seed(connection: Connection, uid: bytes) -> dict[str, Any]:
    """Return what the program brought along of a record; the log has only what people changed about it."""
    (seed,) = run(connection, "SELECT seed FROM record WHERE uid = ?", (uid,)).fetchone()
    return dict(json.loads(seed)) if seed else {}


def _first_written(connection: Connection, uid: bytes) -> int:
    """Return the stamp of a record's first line; of an emptied line its transaction still tells it."""
    query = "SELECT MIN(txn.stamp) FROM log JOIN txn ON txn.tid = log.tid WHERE log.uid = ?"
    return int(run(connection, query, (uid,)).fetchone()[0])
