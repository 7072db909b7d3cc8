"""What the store keeps for exchange: identity, authority, partners (segments: `store.sealed`).

Everything runs inside the caller's transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.statements import run
from ethnomed_desktop.store.tables import head, partner, replica, statement, stream


@dataclass(frozen=True)
class Partner:
    """What is known of another installation: what it confirmed, numbers sent to it and got from it."""

    replica: bytes
    have: tuple[tuple[str, str, int, str], ...] = ()
    sent: int = 0
    sent_ms: int | None = None
    got: tuple[int, ...] = field(default=())
    heard_ms: int | None = None


def own_replica(connection: Connection) -> tuple[int, bytes, bytes]:
    """Return (number, uid, signing seed) of this installation."""
    row = connection.execute(select(replica).where(replica.c.is_own)).one()
    return row.rep, bytes(row.uid), bytes(row.sign_seed)


def hold(connection: Connection) -> None:
    """Let no other computer of a server write until the transaction ends; alone on a file, nobody else can.

    Sealing, numbering of files and taking in rest on what is there not changing meanwhile. It is the lock
    that every unit of work takes (`log.lock_heads`).
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(replica.c.rep).where(replica.c.is_own).with_for_update())


def own_uids(connection: Connection) -> frozenset[bytes]:
    """Return all ids this installation has had, one per incarnation (see `store.incarnation`)."""
    query = select(replica.c.uid).where(replica.c.sign_seed.is_not(None))
    return frozenset(bytes(uid) for uid in connection.execute(query).scalars())


def writers(connection: Connection, office: bytes) -> list[tuple[bytes, bytes]]:
    """Return (uid, signing seed) of all ids of this installation that wrote into the stream, newest first."""
    query = (
        select(replica.c.uid, replica.c.sign_seed)
        .join(head, head.c.rep == replica.c.rep)
        .join(stream, stream.c.sid == head.c.sid)
        .where(stream.c.uid == office, replica.c.sign_seed.is_not(None))
    )
    rows = connection.execute(query.order_by(replica.c.rep.desc()))
    return [(bytes(row.uid), bytes(row.sign_seed)) for row in rows]


def secret(connection: Connection, name: str) -> str | None:
    """Return a secret of this installation; it lies in the encrypted store and never leaves it."""
    return schema.get_meta(connection, f"secret:{name}")


def keep_secret(connection: Connection, name: str, value: str) -> None:
    """Keep a secret of this installation."""
    schema.set_meta(connection, f"secret:{name}", value)


def pins(connection: Connection) -> list[bytes]:
    """Return the roots that are trusted, the own one first."""
    return [bytes.fromhex(one) for one in json.loads(schema.get_meta(connection, "pins") or "[]")]


def add_pin(connection: Connection, pin: bytes) -> None:
    """Trust a root from now on."""
    known = pins(connection)
    if pin not in known:
        schema.set_meta(connection, "pins", json.dumps([one.hex() for one in [*known, pin]]))


def statements(connection: Connection) -> list[bytes]:
    """Return what roots have said, as it came."""
    # By the driver: every file asks, and there are as many as the office has computers.
    rows = run(connection, f'SELECT raw FROM "{statement.name}" ORDER BY received_ms, hash')
    return [bytes(raw) for (raw,) in rows.fetchall()]


def keep_statements(connection: Connection, raws: Iterable[tuple[bytes, bytes]], clock: Clock) -> None:
    """Keep (hash of the body, raw) of statements that are new.

    One body may be signed anew by others (a key was changed): the second envelope of it is kept under
    its own hash.
    """
    said = list(raws)
    if not said:
        return
    rows = run(connection, f'SELECT hash, raw FROM "{statement.name}"').fetchall()
    known = {bytes(key): bytes(raw) for key, raw in rows}
    for mark, raw in said:
        key = mark if mark not in known else hashlib.sha256(raw).digest()
        if key not in known and known.get(mark) != raw:
            known[key] = raw
            connection.execute(statement.insert().values(hash=key, raw=raw, received_ms=clock.now_ms()))


def followed(connection: Connection) -> list[bytes]:
    """Return the changes of keys of roots that were followed here: nothing said later takes them back."""
    return [bytes.fromhex(one) for one in json.loads(schema.get_meta(connection, "followed") or "[]")]


def follow(connection: Connection, marks: Iterable[bytes]) -> None:
    """Remember changes of keys that are followed from now on."""
    known = followed(connection)
    new = [one for one in sorted(marks) if one not in known]
    if new:
        schema.set_meta(connection, "followed", json.dumps([one.hex() for one in [*known, *new]]))


def told(connection: Connection, uid: bytes) -> tuple[frozenset[bytes], dict[bytes, int]]:
    """Return what a partner's last file showed that it knows: who is shut out, how often keys were changed."""
    kept = json.loads(schema.get_meta(connection, f"told:{uid.hex()}") or '{"revoked":[],"keys":{}}')
    keys = {bytes.fromhex(root): int(count) for root, count in kept["keys"].items()}
    return frozenset(bytes.fromhex(one) for one in kept["revoked"]), keys


def keep_told(connection: Connection, uid: bytes, revoked: Iterable[bytes], keys: Mapping[bytes, int]) -> None:
    """Keep what a partner knows; of two files the more knowing counts, whichever came last."""
    before, counts = told(connection, uid)
    kept = {
        "revoked": sorted(one.hex() for one in {*before, *revoked}),
        "keys": {root.hex(): max(counts.get(root, 0), keys.get(root, 0)) for root in {*counts, *keys}},
    }
    schema.set_meta(connection, f"told:{uid.hex()}", json.dumps(kept, sort_keys=True))


def known_by(connection: Connection, uid: bytes) -> dict[bytes, bytes]:
    """Return, by root, the hash over the statements that a partner knew when it wrote its last file."""
    kept = json.loads(schema.get_meta(connection, f"known:{uid.hex()}") or "{}")
    return {bytes.fromhex(root): bytes.fromhex(digest) for root, digest in kept.items()}


def keep_known(connection: Connection, uid: bytes, known: Mapping[bytes, bytes]) -> None:
    """Keep what statements a partner knows: those need not be sent to it again."""
    kept = {root.hex(): digest.hex() for root, digest in sorted(known.items())}
    schema.set_meta(connection, f"known:{uid.hex()}", json.dumps(kept))


def anchor_of(connection: Connection, uid: bytes) -> tuple[int, int, bytes] | None:
    """Return what a partner's newest file said of its audit trail: number of the file, last entry, its hash."""
    kept = schema.get_meta(connection, f"anchor:{uid.hex()}")
    if not kept:
        return None
    number, entry, digest = json.loads(kept)
    return int(number), int(entry), bytes.fromhex(digest)


def keep_anchor(connection: Connection, uid: bytes, anchor: tuple[int, int, bytes]) -> None:
    """Keep what a partner's newest file said of its audit trail."""
    number, entry, digest = anchor
    schema.set_meta(connection, f"anchor:{uid.hex()}", json.dumps([number, entry, digest.hex()]))


def partner_of(connection: Connection, uid: bytes) -> Partner:
    """Return what is known of a partner; an empty one for a new one."""
    row = connection.execute(select(partner).where(partner.c.replica == uid)).first()
    if row is None:
        return Partner(uid)
    have = tuple((one[0], one[1], int(one[2]), one[3]) for one in json.loads(row.have))
    return Partner(uid, have, row.sent, row.sent_ms, tuple(json.loads(row.got)), row.heard_ms)


def keep_partner(connection: Connection, one: Partner) -> None:
    """Keep what is known of a partner."""
    connection.execute(partner.delete().where(partner.c.replica == one.replica))
    connection.execute(
        partner.insert().values(
            replica=one.replica,
            have=json.dumps(one.have),
            sent=one.sent,
            sent_ms=one.sent_ms,
            got=json.dumps(one.got),
            heard_ms=one.heard_ms,
        )
    )


@dataclass(frozen=True)
class Asked:
    """What a partner's newest file asks for again: runs of file numbers, SHA-256 of attached files."""

    number: int = 0
    lacks: tuple[tuple[int, int], ...] = ()
    wants: tuple[bytes, ...] = ()


def asked(connection: Connection, uid: bytes) -> Asked:
    """Return what a partner asks for again."""
    kept = json.loads(schema.get_meta(connection, f"asked:{uid.hex()}") or "[0,[],[]]")
    lacks = tuple((int(first), int(last)) for first, last in kept[1])
    return Asked(int(kept[0]), lacks, tuple(bytes.fromhex(one) for one in kept[2]))


def keep_asked(connection: Connection, uid: bytes, one: Asked) -> None:
    """Keep what a partner asks for, unless a newer file of it has said so already."""
    if one.number >= asked(connection, uid).number:
        kept = [one.number, one.lacks, [sha.hex() for sha in one.wants]]
        schema.set_meta(connection, f"asked:{uid.hex()}", json.dumps(kept))


def choose_office(connection: Connection, uid: bytes) -> None:
    """Write into another office stream from now on: the one of the hub that was joined."""
    sid = connection.execute(select(stream.c.sid).where(stream.c.uid == uid)).scalar()
    if sid is None:
        sid = connection.execute(select(stream.c.sid).order_by(stream.c.sid.desc()).limit(1)).scalar_one() + 1
        connection.execute(stream.insert().values(sid=sid, uid=uid, letter="D"))
    schema.set_meta(connection, "office", uid.hex())


def own_streams(connection: Connection) -> dict[str, bytes]:
    """Return the streams this vault was founded with, by letter."""
    query = select(stream.c.letter, stream.c.uid).order_by(stream.c.sid)
    found: dict[str, bytes] = {}
    for row in connection.execute(query):
        found.setdefault(row.letter, bytes(row.uid))
    return found
