"""Record states from the log: only what is live is read, however long the history.

`record.live` names, per key, the local numbers of the lines that hold live writes; keys it does not
name are live in the creating line. A record that nobody edited needs no list at all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Dot, Line
from ethnomed_desktop.domain.merging import LiveWrite, RecordState
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.statements import select_in

RECORD_FIELDS = "rid, uid, kind, created_ms, created_lid, live, early, seed, state, changed_ms"
ERASED = '"erased"'
"""Stands in `record.early` of an erased record: nothing is live, and nothing that arrives will be."""


@dataclass
class Known:
    """A record as it stands: its row number, its state, and where its live writes lie in the log."""

    rid: int
    state: RecordState
    created_ms: int | None = None
    created_lid: int | None = None
    seed: Mapping[str, Any] = field(default_factory=dict)
    old_hash: bytes | None = None
    lids: dict[Dot, int] = field(default_factory=dict)
    created: Line | None = None
    is_new: bool = False
    changed_ms: int | None = None

    @property
    def is_stub(self) -> bool:
        """Whether nothing is known of it but that others refer to it."""
        return not (self.lids or self.seed or self.old_hash)


def _keys_made(line: Line | None) -> frozenset[str]:
    """Return the keys of which a creating line leaves a value."""
    if line is None:
        return frozenset()
    return frozenset(key for key, value in line.change.values.items() if value is not None or "/" not in key)


def load_states(connection: Connection, uids: Sequence[bytes], reader: LogReader) -> dict[bytes, Known]:
    """Return the records that exist, by uid, ready for more lines to be applied."""
    query = f"SELECT {RECORD_FIELDS} FROM record WHERE uid"
    rows = list(select_in(connection, query, list(uids)))
    wanted: set[int] = set()
    for row in rows:
        wanted.update(_lids_of(row[5]))
        if row[4] is not None:
            wanted.add(row[4])
    lines = reader.by_numbers(sorted(wanted))
    return {bytes(row[1]): _known(row, lines) for row in rows}


def _lids_of(live: str | None) -> set[int]:
    return {lid for lids in json.loads(live).values() for lid in lids} if live else set()


def _known(row: tuple[Any, ...], lines: Mapping[int, Line]) -> Known:
    rid, uid, kind, created_ms, created_lid, live_text, early_text, seed_text, old_hash, changed_ms = row
    live: dict[str, list[int]] = json.loads(live_text) if live_text else {}
    state = RecordState(bytes(uid), kind, created=created_lid is not None, erased=early_text == ERASED)
    lids = {lines[lid].dot: lid for lid in _lids_of(live_text)}
    created = lines[created_lid] if created_lid is not None else None
    if created is not None:
        lids[created.dot] = created_lid
        for key in _keys_made(created):
            live.setdefault(key, [created_lid])
    for key, numbers in live.items():
        writes = tuple(_write(lines[lid], key) for lid in numbers)
        if writes:
            state.live[key] = writes
    if early_text and not state.erased:
        state.replaced_early = {(key, Dot.parse(dot)) for key, dot in json.loads(early_text)}
    seed = json.loads(seed_text) if seed_text else {}
    hashed = bytes(old_hash) if old_hash is not None else None
    return Known(rid, state, created_ms, created_lid, seed, hashed, lids, created, False, changed_ms)


def _write(line: Line, key: str) -> LiveWrite:
    saw = frozenset(line.change.saw.get(key, ())) if key == WITHDRAWN_KEY else frozenset()
    return LiveWrite(line.dot, line.stamp, line.change.values[key], saw)


def live_text(known: Known) -> str | None:
    """Return `record.live`: only the keys that the creating line does not explain by itself."""
    if known.is_new and len(known.lids) == 1 and known.created_lid is not None:
        return None
    created_keys = _keys_made(known.created)
    live: dict[str, list[int]] = {}
    for key, writes in known.state.live.items():
        numbers = [known.lids[write.dot] for write in writes]
        if key not in created_keys or numbers != [known.created_lid]:
            live[key] = numbers
    live.update({key: [] for key in created_keys if key not in known.state.live})
    return json.dumps(live, separators=(",", ":"), sort_keys=True) if live else None


def early_text(state: RecordState) -> str | None:
    """Return `record.early`: dots replaced before they arrived, or that the record is erased."""
    if state.erased:
        return ERASED
    if not state.replaced_early:
        return None
    early = sorted([key, dot.text()] for key, dot in state.replaced_early)
    return json.dumps(early, separators=(",", ":"))
