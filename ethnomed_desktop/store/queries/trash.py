"""What lies in the trash, what was written beside it, and what was put there but stays alive."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from ethnomed_desktop.domain.changes import WITHDRAWN_KEY
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.store.statements import select_in


def with_a_withdrawal(connection: Connection, uids: Sequence[bytes]) -> list[bytes]:
    """Return those of the records that are alive although a withdrawal, or taking one back, stands in them."""
    rows = select_in(
        connection, "SELECT uid, live FROM record WHERE live IS NOT NULL AND NOT withdrawn AND uid", uids
    )
    return [bytes(uid) for uid, live in rows if json.loads(live).get(WITHDRAWN_KEY)]


def parts_in_trash(connection: Connection, kind: Kind, uids: Sequence[bytes]) -> list[bytes]:
    """Return, for each of the records of a kind that is alive and part of one in the trash, that whole's uid."""
    head = (
        f'SELECT whole.uid FROM record JOIN "{kind.name}" AS part ON part.rid = record.rid '
        f'JOIN record AS whole ON whole.rid = part."{kind.parent}" '
        "WHERE whole.withdrawn AND NOT record.withdrawn AND record.uid"
    )
    return [bytes(uid) for (uid,) in select_in(connection, head, uids)]
