"""A new incarnation: the installation goes on under a new id and new keys, its old log is closed.

Needed wherever two computers could write one log: after a restored backup, on another computer than
the one the vault was last open on, and when a file shows that our log went on elsewhere. Nothing is
lost by it; the office certifies the new id like a new computer's.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.machine import machine_mark, volume_mark
from ethnomed_desktop.store.medium import medium_of
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.store import Store, Written
from ethnomed_desktop.store.tables import KIND_TABLES, partner, replica
from ethnomed_desktop.store.uow import Author
from ethnomed_desktop.store.vault_keys import public_key, sign

CERTIFIED_AS = b"em/incarnation/1"
_SERIES_OF = "series_of"


def begin_incarnation(connection: Connection, clock: Clock) -> bytes:
    """Make a new own replica, certified by the old one's key; return the old one's id.

    The series of numbers are taken over by `take_over_series`, in a transaction of its own: until
    that has been done, a note in the store says so.
    """
    old = connection.execute(select(replica).where(replica.c.is_own)).one()
    seed, uid = secrets.token_bytes(32), bytes(new_uid(clock.now_ms()))
    connection.execute(replica.update().values(is_own=False))
    number = connection.execute(select(replica.c.rep).order_by(replica.c.rep.desc()).limit(1)).scalar_one() + 1
    connection.execute(
        replica.insert().values(rep=number, uid=uid, is_own=True, verify_key=public_key(seed), sign_seed=seed)
    )
    certificate = sign(bytes(old.sign_seed), CERTIFIED_AS + uid + public_key(seed))
    schema.set_meta(connection, f"incarnation:{uid.hex()}", f"{bytes(old.uid).hex()}:{certificate.hex()}")
    waiting = schema.get_meta(connection, _SERIES_OF)
    schema.set_meta(connection, _SERIES_OF, f"{waiting or ''} {bytes(old.uid).hex()}".strip())
    # Others count the files of the new id from 1, and ours to them too.
    connection.execute(partner.update().values(sent=0, got="[]"))
    note_machine(connection)
    return bytes(old.uid)


def take_over_series(store: Store, author: Author, clock: Clock) -> None:
    """Go on giving the numbers that earlier incarnations gave; doubles are shown, never refused."""
    table = KIND_TABLES["number_series"]
    with store.reading() as connection:
        earlier = (schema.get_meta(connection, _SERIES_OF) or "").split()
        if not earlier:
            return
        query = select(table.c.rid).where(table.c.holder.in_(earlier), table.c.withdrawn.is_(False))
        held = records_by(connection, "rid", list(connection.execute(query).scalars()))
    with store.unit_of_work(author, clock, Action.SETUP, Written()) as work:
        for one in held:
            assert one.kind is KINDS["number_series"]
            work.write(work.state(one.uid), {"holder": store.office.replica.hex()})
        work.flush()
        schema.set_meta(work.connection, _SERIES_OF, "")


def note_machine(connection: Connection) -> None:
    """Keep the mark of this computer."""
    mark = _mark(connection)
    if mark is not None:
        schema.set_meta(connection, "machine", mark)


def came_to_another_machine(connection: Connection) -> bool:
    """Say whether the vault was last open on another computer; where nothing is known, it was not."""
    known, mark = schema.get_meta(connection, "machine"), _mark(connection)
    return known is not None and mark is not None and known != mark


def _mark(connection: Connection) -> str | None:
    if connection.dialect.name != "sqlite":
        return None  # one server, many computers
    salt = schema.get_meta(connection, "machine_salt")
    if salt is None:
        salt = secrets.token_hex(16)
        schema.set_meta(connection, "machine_salt", salt)
    volume = _volume(connection)
    return volume_mark(bytes.fromhex(salt), volume) if volume else machine_mark(bytes.fromhex(salt))


def _volume(connection: Connection) -> str:
    """Return the name of the stick that the store lies on: it goes from computer to computer, and stays itself."""
    files = connection.exec_driver_sql("PRAGMA database_list").all()
    medium = medium_of(Path(str(files[0][2])).parent)
    return medium.volume if medium.removable else ""
