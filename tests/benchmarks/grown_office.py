"""An office's store of a million records whose log is whole and sealed, made faster than by saving.

Log, heads and segments come from the program's own functions; the rows of `record` and `incident` are
put beside them by the driver, and words to search by are left out, since sending reads neither.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from ethnomed_desktop.app import exchange_logs
from ethnomed_desktop.domain.changes import Change, Op, Placement
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.merging import RecordState, apply_line, state_hash
from ethnomed_desktop.domain.registry import SCHEMA_VERSION
from ethnomed_desktop.store import exchange_state
from ethnomed_desktop.store.log import Placed, append
from ethnomed_desktop.store.projector import DIGEST_MODULUS
from ethnomed_desktop.store.statements import insert_many, run
from tests.app.offices import Computer

AT_ONCE = 20_000
INCIDENT = KINDS["incident"]
RECORD = ("rid", "uid", "kind", "created_ms", "changed_ms", "withdrawn", "created_lid", "state")
TXN = ("tid", "uid", "user", "action", "stamp")


def grow(computer: Computer, texts: list[str], count: int) -> list[bytes]:
    """Write ``count`` incidents and seal their lines; returns the uids of the last ones."""
    uids: list[bytes] = []
    for start in range(0, count, AT_ONCE):
        with computer.ctx.vault.store.database.writing() as connection:
            some = [texts[number % len(texts)] for number in range(start, min(start + AT_ONCE, count))]
            uids = _write(computer, connection, some)
            exchange_logs.seal_own(connection)
    return uids


def _write(computer: Computer, connection: Connection, texts: list[str]) -> list[bytes]:
    at, now_ms = computer.ctx.vault.store.office, computer.clock.now_ms()
    transaction, user = bytes(new_uid(now_ms)), computer.ctx.user
    tid = (run(connection, "SELECT max(tid) FROM txn").fetchone()[0] or 0) + 1
    keys = [INCIDENT.field(name).key for name in ("settlement", "what_happened")]
    changes = []
    for text in texts:
        values: dict[str, Value] = dict(zip(keys, ("Масанчи", text), strict=True))
        changes.append(Change(new_uid(now_ms), INCIDENT.number, Op.CREATE, values))
    placement = Placement(at.stream, at.replica, transaction, user, "import", SCHEMA_VERSION)
    placed = append(connection, changes, at, placement, now_ms, tid)
    insert_many(connection, "txn", TXN, [(tid, transaction, user, "import", placed[-1][1].stamp)])
    _put_rows(connection, placed, now_ms)
    return [change.uid for change in changes]


def _put_rows(connection: Connection, placed: list[Placed], now_ms: int) -> None:
    last = run(connection, "SELECT max(rid) FROM record").fetchone()[0] or 0
    records, rows, total = [], [], 0
    for rid, (lid, line) in enumerate(placed, start=last + 1):
        state = RecordState(line.change.uid, line.change.kind)
        apply_line(state, line)
        hashed = state_hash(state)
        total += int.from_bytes(hashed, "big")
        records.append((rid, line.change.uid, INCIDENT.number, now_ms, now_ms, False, lid, hashed))
        rows.append((rid, False, *line.change.values.values()))
    insert_many(connection, "record", RECORD, records)
    insert_many(connection, "incident", ("rid", "withdrawn", "settlement", "what_happened"), rows)
    known = int.from_bytes(run(connection, "SELECT total FROM digest WHERE name = 'all'").fetchone()[0], "big")
    value = ((known + total) % DIGEST_MODULUS).to_bytes(32, "big")
    run(connection, "UPDATE digest SET total = ? WHERE name = 'all'", (value,))


def confirmed(computer: Computer, partner: bytes) -> None:
    """Note that the partner has all that is sealed here, as if a file of it had said so."""
    with computer.ctx.vault.store.database.writing() as connection:
        exchange_logs.seal_own(connection)
        have = tuple(
            (log.stream.hex(), log.replica.hex(), place.seq, place.head.hex())
            for log, places in exchange_logs.all_ends(connection).items()
            for place in places
        )
        known = exchange_state.partner_of(connection, partner)
        exchange_state.keep_partner(connection, replace(known, have=have))
