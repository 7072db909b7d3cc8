"""What store tests work with: small seeds, an author, and a hand that writes without the rules of `app`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Action
from ethnomed_desktop.domain.clock import KAZAKHSTAN, Clock, FixedClock
from ethnomed_desktop.domain.ids import Uid, seed_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import Database, open_sqlite
from ethnomed_desktop.store.queries.lists import Question, count, page
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid
from ethnomed_desktop.store.rebuild import Seeds
from ethnomed_desktop.store.store import Store, Written, found
from ethnomed_desktop.store.tables import record
from ethnomed_desktop.store.uow import Author

KEY = bytes(range(32))
AUTHOR = Author(b"U" * 16, b"s" * 32)
REPLICA_SEED = b"r" * 32
MOMENT = datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN)


def _place(code: str, kk: str, ru: str, parent: str = "") -> tuple[Uid, dict[str, Any]]:
    values: dict[str, Any] = {"kato": code, "place_kind": "district", "name_kk": kk, "name_ru": ru}
    if parent:
        values["parent"] = uid_text(seed_uid("place", parent))
    return seed_uid("place", code), values


SEEDS: Seeds = {
    "place": [
        _place("610000000", "Түркістан облысы", "Туркестанская область"),
        _place("616400000", "Ордабасы ауданы", "Ордабасинский район", "610000000"),
        _place("614800000", "Келес ауданы", "Келесский район", "610000000"),
    ],
    "organisation": [
        (
            seed_uid("organisation", "council"),
            {
                "body_kind": "council",
                "name_kk": "Қазақстан Халық Кеңесі",
            },
        )
    ],
}


def new_database(path: Path, seeds: Seeds = SEEDS) -> Database:
    """Make an encrypted store file with its raw key: no key derivation."""
    database = open_sqlite(path, KEY)
    found(database, seeds, FixedClock(MOMENT), REPLICA_SEED, practice=True)
    return database


class Hand:
    """Writes and reads in one store; the clock moves a second with every transaction."""

    def __init__(self, store: Store, clock: Clock | None = None) -> None:
        self.store = store
        self.clock = clock or FixedClock(MOMENT)

    def _tick(self) -> None:
        if isinstance(self.clock, FixedClock):
            self.clock.advance(1000)

    def record(self, kind_name: str, values: Mapping[str, object], uid: Uid | None = None) -> Uid:
        return self.record_many(kind_name, [values], [uid])[0]

    def record_many(
        self, kind_name: str, rows: Sequence[Mapping[str, object]], uids: Sequence[Uid | None] | None = None
    ) -> list[Uid]:
        kind = KINDS[kind_name]
        checked = [{name: kind.field(name).type.checked(one) for name, one in row.items()} for row in rows]
        self._tick()
        with self.store.unit_of_work(AUTHOR, self.clock, Action.RECORD, Written()) as work:
            given = uids if uids is not None else [None] * len(checked)
            return [work.create(kind, values, uid) for values, uid in zip(checked, given, strict=True)]

    def change(self, uid: bytes, values: Mapping[str, object]) -> bool:
        self._tick()
        with self.store.unit_of_work(AUTHOR, self.clock, Action.REVISE, Written()) as work:
            known = work.state(uid)
            kind = next(one for one in KINDS.values() if one.number == known.state.kind)
            checked = {
                name: None if one is None else kind.field(name).type.checked(one) for name, one in values.items()
            }
            return work.write(known, checked)

    def withdraw(self, uid: bytes, reason: str = "entered twice") -> None:
        self._tick()
        with self.store.unit_of_work(AUTHOR, self.clock, Action.WITHDRAW, Written()) as work:
            work.withdraw(work.state(uid), reason)

    def restore(self, uid: bytes) -> None:
        self._tick()
        with self.store.unit_of_work(AUTHOR, self.clock, Action.RESTORE, Written()) as work:
            work.write_keys(work.state(uid), {WITHDRAWN_KEY: None})

    def show(self, uid: bytes) -> StoredRecord | None:
        with self.store.reading() as connection:
            return record_by_uid(connection, uid)

    def listed(self, question: Question, limit: int = 10_000) -> list[bytes]:
        """Return the uids of a whole list, and check its count."""
        with self.store.reading() as connection:
            rids, _ = page(connection, question, None, limit)
            uids = {row.rid: bytes(row.uid) for row in connection.execute(select(record.c.rid, record.c.uid))}
            assert count(connection, question) == len(rids)
        return [uids[rid] for rid in rids]
