"""Names of all people, read without making records of them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.queries.veil import hidden_fields
from ethnomed_desktop.store.tables import KIND_TABLES

_NAMES = ("surname", "given_name", "patronymic", "hidden_name")


def named_people(connection: Connection) -> list[tuple[str, str, str, str]]:
    """Return surname, given name, patronymic and the code instead of the name of everybody, withdrawn or not.

    Nobody, where the reader is not shown names.
    """
    if hidden_fields(connection, KINDS["person"]).intersection(_NAMES):
        return []
    table = KIND_TABLES["person"]
    rows = connection.execute(select(*(table.c[name] for name in _NAMES)).where(table.c.surname.is_not(None)))
    return [(row[0] or "", row[1] or "", row[2] or "", row[3] or "") for row in rows]
