"""Entries that this office and those above have added to code lists."""

from __future__ import annotations

from sqlalchemy import Connection

from ethnomed_desktop.domain.own_codes import NONE, Entries, OwnCode, by_list
from ethnomed_desktop.domain.registry import FOR_BELOW
from ethnomed_desktop.store.statements import run

_ENTRIES = (
    'SELECT one."list", one.code, one.name_kk, one.name_ru, one.name_en, one.retired, one.withdrawn, log.sid '
    "FROM code_entry AS one JOIN record ON record.rid = one.rid "
    "LEFT JOIN log ON log.lid = record.created_lid ORDER BY one.rid"
)
_OURS = "SELECT min(sid) FROM stream WHERE letter = ?"


def own_entries(connection: Connection) -> Entries:
    """Return all entries; those withdrawn are not offered any more, but what was chosen keeps its words."""
    rows = run(connection, _ENTRIES).fetchall()
    if not rows:
        return NONE
    ours = run(connection, _OURS, (FOR_BELOW,)).fetchone()[0]
    return by_list(
        OwnCode(
            str(list_name),
            str(code),
            {"kk": kk or "", "ru": ru or "", "en": en or ""},
            offered=not retired and not withdrawn,
            ours=sid == ours,
        )
        for list_name, code, kk, ru, en, retired, withdrawn, sid in rows
        if list_name and code
    )
