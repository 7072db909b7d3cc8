"""The one writer of tables: lines of the log become rows, sort keys, search words and the digest.

Editing, taking in a file, undo, import, practice data and rebuild all come through `apply`, in the
same transaction as the log; therefore rebuilt tables equal the live ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from ethnomed_desktop.domain.clock import stamp_ms
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.kinds import KINDS, KINDS_BY_NUMBER
from ethnomed_desktop.domain.merging import RecordState, apply_line, state_hash
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.store import search
from ethnomed_desktop.store.erasing import purge
from ethnomed_desktop.store.erasure_ledger import Ledger, told
from ethnomed_desktop.store.log import BATCH, LogReader, Placed
from ethnomed_desktop.store.outgoing import Outgoing
from ethnomed_desktop.store.rows import Row, layout_of, row_of
from ethnomed_desktop.store.statements import delete_many, insert_many, run, select_in, update_many
from ethnomed_desktop.store.states import Known, early_text, live_text, load_states

RECORD_COLUMNS = (
    "uid",
    "kind",
    "created_ms",
    "changed_ms",
    "withdrawn",
    "created_lid",
    "live",
    "early",
    "conflicts",
    "unknown",
    "seed",
    "state",
    "rid",
)
DIGEST_MODULUS = 1 << 256


class Projector:
    """Applies lines within one write transaction. Not shared between transactions or threads."""

    def __init__(self, connection: Connection, reader: LogReader) -> None:
        self._connection = connection
        self._reader = reader
        self._outgoing = Outgoing(connection)
        self._next_rid: int | None = None

    @cached_property
    def _told(self) -> Ledger:
        return told(self._connection)

    def apply(self, placed: Sequence[Placed]) -> frozenset[tuple[str, bytes]]:
        """Project the lines; returns (kind, uid) of the records touched."""
        uids = list(dict.fromkeys(line.change.uid for _, line in placed))
        found = load_states(self._connection, uids, self._reader)
        # In the order of the lines, not of the engine: row numbers decide how equal rows are listed.
        known = {uid: found[uid] for uid in uids if uid in found}
        for lid, line in placed:
            uid = line.change.uid
            entry = known.get(uid) or self._new(known, uid, line.change.kind)
            self._agree_on_kind(entry, line.change.kind)
            entry.lids[line.dot] = lid
            apply_line(entry.state, line)
            if line.change.op == "c" and entry.created_lid is None:
                entry.created_lid = lid
                entry.created = line
                entry.created_ms = stamp_ms(line.stamp)
            entry.changed_ms = max(entry.changed_ms or 0, stamp_ms(line.stamp))
        self._write(known)
        emptied = purge(self._connection, [entry.state for entry in known.values()], lambda: self._told.named)
        if emptied:
            self.derive_anew(emptied)
        return frozenset((_kind_name(entry.state.kind), uid) for uid, entry in known.items())

    def derive_anew(self, uids: Sequence[bytes]) -> None:
        """Derive records once more from the lines that are here now, after some were taken out of the log.

        A record without any line left stays as a stub: others may refer to it.
        """
        query = "SELECT uid, rid, kind, seed, state FROM record WHERE uid"
        bare: dict[bytes, Known] = {}
        difference = 0
        for uid, rid, kind, seed, hashed in select_in(self._connection, query, list(uids)):
            bare[bytes(uid)] = Known(rid, self._bare(bytes(uid), kind), seed=json.loads(seed) if seed else {})
            difference += _number(bytes(hashed) if hashed is not None else None)
        self.take_out({entry.rid: entry.state.kind for entry in bare.values()})
        self._write(bare)
        self._add_to_digest(-difference)
        for start in range(0, len(uids), BATCH):
            lines = self._reader.of_records(uids[start : start + BATCH])
            if lines:
                self.apply(lines)

    def plant(self, kind: Kind, seeds: Iterable[tuple[bytes, Mapping[str, Any]]]) -> None:
        """Put seed records (places, …) into the tables; seeds are not logged, edits of them are."""
        known: dict[bytes, Known] = {}
        for uid, values in seeds:
            self._new(known, uid, kind.number).seed = dict(values)
        self._write(known)

    def _agree_on_kind(self, entry: Known, kind: int) -> None:
        """Let lines of several kinds (nobody honest writes them) mean one kind, in whatever order they come."""
        if kind == entry.state.kind:
            return
        if entry.is_stub:  # until now its kind was only what a reference said
            entry.state.kind = kind
        elif kind < entry.state.kind and not entry.seed:
            if not entry.is_new:
                self.take_out({entry.rid: entry.state.kind})
            entry.state.kind = kind

    def take_out(self, rids: Mapping[int, int]) -> None:
        """Take rows (with the numbers of their kinds) out of everything that is derived but `record`."""
        for rid, number in rids.items():
            kind = KINDS_BY_NUMBER.get(number)
            if kind is not None:
                delete_many(self._connection, kind.name, "rid", [rid])
        delete_many(self._connection, "element", "rid", list(rids))
        search.put_words(self._connection, [], list(rids))

    def _new(self, known: dict[bytes, Known], uid: bytes, kind: int) -> Known:
        entry = Known(self._take_rid(), self._bare(uid, kind), is_new=True)
        known[uid] = entry
        return entry

    def _bare(self, uid: bytes, kind: int) -> RecordState:
        """Return a record of which no line was applied; one that this copy was told to forget stays erased."""
        return RecordState(uid, kind, erased=uid in self._told.erased)

    def _take_rid(self) -> int:
        if self._next_rid is None:
            self._next_rid = run(self._connection, "SELECT max(rid) FROM record").fetchone()[0] or 0
        self._next_rid += 1
        return self._next_rid

    def _write(self, known: Mapping[bytes, Known]) -> None:
        rows: list[tuple[Known, Row]] = []
        new: list[tuple[Any, ...]] = []
        old: list[tuple[Any, ...]] = []
        difference = 0
        for uid, entry in known.items():
            for_others = self._outgoing.holds(entry.lids)
            stands = (entry.lids or entry.seed) and not for_others and not entry.state.erased
            ceiling = self._outgoing.ceiling(entry.lids) if stands else 0
            row = row_of(entry.rid, entry.state, entry.seed, ceiling) if stands else None
            if row is not None:
                rows.append((entry, row))
            hashed = state_hash(entry.state) if entry.lids and not for_others else None
            difference += _number(hashed) - _number(entry.old_hash)
            (new if entry.is_new else old).append(_record_row(uid, entry, row, hashed))
        insert_many(self._connection, "record", RECORD_COLUMNS, new)
        update_many(self._connection, "record", "rid", RECORD_COLUMNS[:-1], old)
        self._write_rows(rows, self._resolve(known, rows))
        erased = [entry for entry in known.values() if entry.state.erased and not entry.is_new]
        self.take_out({entry.rid: entry.state.kind for entry in erased})
        self._add_to_digest(difference)

    def _resolve(self, known: Mapping[bytes, Known], rows: Sequence[tuple[Known, Row]]) -> dict[str, int]:
        """Return row numbers of all records referred to; what has not come yet gets a stub."""
        wanted = {uid: kind for _, row in rows for uid, kind in row.references()}
        texts = {bytes(parse_uid(text)): text for text in wanted}
        rids = {text: known[uid].rid for uid, text in texts.items() if uid in known}
        missing = [uid for uid in texts if uid not in known]
        for uid, rid in select_in(self._connection, "SELECT uid, rid FROM record WHERE uid", missing):
            rids[texts[bytes(uid)]] = rid
        stubs = []
        for text in [text for text in wanted if text not in rids]:
            rids[text] = self._take_rid()
            stub = Known(rids[text], RecordState(parse_uid(text), KINDS[wanted[text]].number))
            stubs.append(_record_row(parse_uid(text), stub, None, None))
        insert_many(self._connection, "record", RECORD_COLUMNS, stubs)
        return rids

    def _write_rows(self, rows: Sequence[tuple[Known, Row]], rids: Mapping[str, int]) -> None:
        by_kind: dict[str, list[tuple[Known, Row]]] = {}
        for entry, row in rows:
            by_kind.setdefault(row.kind.name, []).append((entry, row))
        for name, group in by_kind.items():
            # A row is replaced whole: a stub that becomes a record has no row yet.
            delete_many(self._connection, name, "rid", [row.rid for entry, row in group if not entry.is_new])
            names = layout_of(group[0][1].kind).names
            insert_many(self._connection, name, names, [row.cells(rids) for _, row in group])
        seen = [row.rid for entry, row in rows if not entry.is_new]
        delete_many(self._connection, "element", "rid", seen)
        elements = [
            (row.rid, number, value)
            for _, row in rows
            for number, values in row.elements.items()
            for value in values
        ]
        insert_many(self._connection, "element", ("rid", "field", "value"), elements)
        search.put_words(self._connection, [(row.rid, *row.words()) for _, row in rows], seen)

    def _add_to_digest(self, difference: int) -> None:
        if not difference:
            return
        total = _number(run(self._connection, "SELECT total FROM digest WHERE name = 'all'").fetchone()[0])
        value = ((total + difference) % DIGEST_MODULUS).to_bytes(32, "big")
        run(self._connection, "UPDATE digest SET total = ? WHERE name = 'all'", (value,))


def _record_row(uid: bytes, entry: Known, row: Row | None, hashed: bytes | None) -> tuple[Any, ...]:
    shown = hashed is not None
    conflicts = entry.state.conflicts() if shown and len(entry.lids) > 1 else ()
    unknown = row.unknown if row is not None else dict(entry.state.all_shown()) if shown else {}
    return (
        uid,
        entry.state.kind,
        entry.created_ms,
        entry.changed_ms,
        entry.state.withdrawal is not None or entry.state.erased,
        entry.created_lid,
        live_text(entry),
        early_text(entry.state),
        json.dumps(conflicts) if conflicts else None,
        json.dumps(unknown, ensure_ascii=False, sort_keys=True) if unknown else None,
        json.dumps(entry.seed, ensure_ascii=False, sort_keys=True) if entry.seed else None,
        hashed,
        entry.rid,
    )


def _number(hashed: bytes | None) -> int:
    return int.from_bytes(hashed, "big") if hashed else 0


def _kind_name(number: int) -> str:
    kind = KINDS_BY_NUMBER.get(number)
    return kind.name if kind is not None else str(number)
