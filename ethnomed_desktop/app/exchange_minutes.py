"""Closed minutes that a file changes: somebody wrote into them before he knew that they were closed.

Nothing of that is lost or refused, as everywhere; but the paper was signed without it, so people are told.
"""

from __future__ import annotations

from collections.abc import Iterable

from ethnomed_desktop.domain.changes import Action, Line, Op
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.queries.meetings import minutes_of_parts
from ethnomed_desktop.store.queries.records import records_by

PARTS = frozenset({"meeting", "agenda_item", "attendance", "speech", "decision"})
_NOT_A_CHANGE = frozenset({Action.ERASE.value, Action.ANONYMISE.value})
_STAY_OPEN = frozenset(KINDS["meeting"].field(name).key for name in ("anonymised_on", "not_carried"))


def changed_since(
    connection: Reading, closed: frozenset[int], lid: int, touched: Iterable[tuple[str, bytes]], office: bytes
) -> tuple[str, ...]:
    """Return the numbers of minutes that were ``closed`` and that lines after ``lid`` of the office change.

    What was erased or anonymised by law is no change of that kind.
    """
    parts = [uid for kind, uid in touched if kind in PARTS] if closed else []
    if not parts:
        return ()
    written = LogReader(connection).of_records(parts)
    changed = {line.change.uid for at, line in written if at > lid and _changes(line, office)}
    found = sorted(minutes_of_parts(connection, changed) & closed)
    return tuple(str(one.values.get("number") or "?") for one in records_by(connection, "rid", found))


def _changes(line: Line, office: bytes) -> bool:
    if line.dot.stream != office or line.action in _NOT_A_CHANGE or line.change.op is Op.LATER:
        return False
    return line.change.kind != KINDS["meeting"].number or not _STAY_OPEN.issuperset(line.change.values)
