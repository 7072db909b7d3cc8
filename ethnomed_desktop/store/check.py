"""The full check: what the engine says of its pages, and what the log says of itself and of the tables."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from ethnomed_desktop.domain.changes import Dot, read_line, tag_of
from ethnomed_desktop.domain.erased_lines import is_erased
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.audit import first_broken
from ethnomed_desktop.store.engine import open_connection
from ethnomed_desktop.store.erasing import Justified
from ethnomed_desktop.store.erasure_ledger import all_justified
from ethnomed_desktop.store.faults import translated_faults
from ethnomed_desktop.store.projector import DIGEST_MODULUS
from ethnomed_desktop.store.queries.records import values_of
from ethnomed_desktop.store.tables import KIND_TABLES, digest, head, log, record, replica, segment, stream, txn
from ethnomed_desktop.store.uow import SIGNED_AS
from ethnomed_desktop.store.users import users_of
from ethnomed_desktop.store.vault_keys import verify


@dataclass(frozen=True)
class Checked:
    """One finding: a stable code, whether it is sound, and counts for the sentence."""

    code: str
    sound: bool
    facts: Mapping[str, object] = field(default_factory=dict)


def check_store(connection: Connection) -> list[Checked]:
    """Return the findings in the order of weight; nothing is changed."""
    findings = check_pages(connection)
    if not all(one.sound for one in findings):
        return findings
    return [*findings, _chain(connection), _signatures(connection), _audit(connection), _digest(connection)]


def check_pages(connection: Connection) -> list[Checked]:
    """Return what the engine says of its pages; nothing where a server keeps them."""
    return [_pages(connection)] if connection.dialect.name == "sqlite" else []


def page_faults(connection: Any) -> int:
    """Return how many faults the engine finds in an open SQLCipher connection (the driver's or a transaction's)."""
    run = connection.exec_driver_sql if isinstance(connection, Connection) else connection.execute
    damaged = list(run("PRAGMA cipher_integrity_check"))
    if damaged:  # further questions would only fail on these pages
        return len(damaged)
    quick = [row for row in run("PRAGMA quick_check(20)") if row[0] != "ok"]
    foreign = list(run("PRAGMA foreign_key_check"))
    return len(damaged) + len(quick) + len(foreign)


def page_faults_of(path: Path, key: bytes) -> int:
    """Return how many faults the engine finds in a file, by a connection of its own; whoever works is not held up.

    A file that cannot be read at all counts as one.
    """
    try:
        connection = open_connection(path, key, read_only=True)
    except EthnomedError:
        return 1
    try:
        with translated_faults():
            return page_faults(connection)
    except EthnomedError:
        return 1
    finally:
        connection.close()


def _pages(connection: Connection) -> Checked:
    count = page_faults(connection)
    return Checked("pages", count == 0, {"count": count})


def _is_its_line(row: Any, stream_uid: bytes, replica_uid: bytes, named: Justified) -> bool:
    try:
        if is_erased(bytes(row.raw)):  # lawfully: a signed erasure names the line, or the whole record
            dot = Dot(stream_uid, replica_uid, row.seq, tag_of(bytes(row.raw)))
            about = bytes(row.uid)
            return dot.tag == bytes(row.tag) and (named.of(dot) == about or about in named.records)
        line = read_line(bytes(row.raw), stream_uid, replica_uid)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return False  # whatever stands there, it is not what was written
    same = line.dot.tag == bytes(row.tag) and line.change.uid == bytes(row.uid)
    return same and line.dot.seq == row.seq


def _chain(connection: Connection) -> Checked:
    """Every line must hash to its tag, stand without gaps, and chain up to the head."""
    broken = lines = 0
    named = all_justified(connection)
    streams = {row.sid: bytes(row.uid) for row in connection.execute(select(stream))}
    replicas = {row.rep: bytes(row.uid) for row in connection.execute(select(replica))}
    for one in connection.execute(select(head)):
        chain, expected = b"", 1
        query = select(log.c.seq, log.c.tag, log.c.raw, log.c.uid)
        query = query.where(log.c.sid == one.sid, log.c.rep == one.rep).order_by(log.c.seq, log.c.tag)
        for row in connection.execute(query):
            lines += 1
            right = _is_its_line(row, streams[one.sid], replicas[one.rep], named)
            # A copied disk gives one number two lines; none may be left out.
            broken += not right or row.seq not in {expected, expected - 1} or row.seq == 0
            expected = row.seq + 1
            chain = hashlib.sha256(chain + bytes(row.tag)).digest()
        if chain != bytes(one.chain) or expected != one.seq + 1:
            broken += 1
    return Checked("log", broken == 0, {"count": broken, "lines": lines})


def _signatures(connection: Connection) -> Checked:
    """Every transaction written here must carry its user's signature; others' logs are sealed by them.

    What came back by a file (of the time before a backup was restored, of a copied disk) is under our
    own id and sealed, but not signed anew.
    """
    keys = _user_keys(connection)
    came = _came_back(connection)
    own = set(connection.execute(select(replica.c.rep).where(replica.c.sign_seed.is_not(None))).scalars())
    broken = count = _without_transaction(connection, own, came)
    for one in connection.execute(select(txn).order_by(txn.c.tid)):
        lines = list(
            connection.execute(select(log.c.tag, log.c.rep).where(log.c.tid == one.tid).order_by(log.c.lid))
        )
        if not own.intersection(line.rep for line in lines):
            continue
        if one.signature is None and all(bytes(line.tag) in came for line in lines):
            continue
        count += 1
        key = keys.get(bytes(one.user))
        signed = hashlib.sha256(bytes(one.uid) + b"".join(bytes(line.tag) for line in lines)).digest()
        if key is None or not verify(key, SIGNED_AS + signed, bytes(one.signature or b"")):
            broken += 1
    return Checked("signatures", broken == 0, {"count": broken, "transactions": count})


def _without_transaction(connection: Connection, own: set[int], came: set[bytes]) -> int:
    """Count what was written into our logs, or left there, without a transaction that somebody signed.

    What came back by a file may have been erased meanwhile: nothing but its hash says what it belonged to.
    """
    known = select(txn.c.tid).where(txn.c.tid == log.c.tid).exists()
    query = select(log.c.tid, log.c.tag).where(log.c.rep.in_(own), ~known)
    return len({row.tid for row in connection.execute(query) if bytes(row.tag) not in came})


def _came_back(connection: Connection) -> set[bytes]:
    """Return the tags of lines of own logs that came by a file."""
    query = select(segment.c.tags).join(replica, replica.c.rep == segment.c.rep)
    query = query.where(segment.c.intake.is_not(None), replica.c.sign_seed.is_not(None))
    runs = [bytes(tags or b"") for tags in connection.execute(query).scalars()]
    return {tags[at : at + 8] for tags in runs for at in range(0, len(tags), 8)}


def _user_keys(connection: Connection) -> dict[bytes, bytes]:
    rids = {row.rid: bytes(row.uid) for row in connection.execute(_of_kind("user"))}
    values = values_of(connection, KINDS["user"], list(rids))
    known = {rids[rid]: bytes.fromhex(str(one["verify_key"])) for rid, one in values.items() if "verify_key" in one}
    # A row may have been written past the program; what the founder and the stewards signed was not.
    return known | {uid: one.verify_key for uid, one in users_of(connection).by_uid.items()}


def _of_kind(name: str):  # type: ignore[no-untyped-def]  # SQLAlchemy's select type is not worth spelling
    table = KIND_TABLES[name]
    return select(record.c.rid, record.c.uid).join(table, table.c.rid == record.c.rid)


def _audit(connection: Connection) -> Checked:
    broken = first_broken(connection)
    return Checked("audit", broken is None, {"entry": broken or 0})


def _digest(connection: Connection) -> Checked:
    total = 0
    for row in connection.execute(select(record.c.state).where(record.c.state.is_not(None))):
        total += int.from_bytes(bytes(row.state), "big")
    kept = connection.execute(select(digest.c.total).where(digest.c.name == "all")).scalar_one()
    records = connection.execute(select(func.count()).select_from(record)).scalar_one()
    same = total % DIGEST_MODULUS == int.from_bytes(bytes(kept), "big")
    return Checked("digest", same, {"records": records})
