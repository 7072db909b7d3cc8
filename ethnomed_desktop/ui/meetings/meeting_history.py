"""The history of a meeting: of its record and of everything that belongs to it, the newest first."""

from __future__ import annotations

from dataclasses import replace

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meetings import meeting_part_uids
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.meeting_sheets import LINKS
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label
from ethnomed_desktop.ui.records.reading import HistoryRow, history_rows

MOST_ROWS = 2_000
"""More are not laid out: sixty items with their speeches have some thousand steps."""


def meeting_history_rows(ctx: AppContext, uid: str, catalog: Catalog) -> list[HistoryRow]:
    """Return who changed what in the meeting and its parts; raises `UserError` (``record.unknown``)."""
    found: list[HistoryRow] = []
    for kind, label, part in meeting_part_uids(ctx, parse_uid(uid), catalog):
        own = KINDS[kind].by_name
        left_out = {field_label(own[name], catalog) for name in ("position", LINKS.get(kind, "")) if name in own}
        for row in history_rows(ctx, part, catalog):
            when, who, done, field, before, after = row.cells
            if field in left_out:
                continue  # where it belongs says its label already
            named = f"{label}: {field}" if label else field
            found.append(replace(row, cells=(when, who, done, named, before, after)))
    return sorted(found, key=lambda row: -row.at_ms)[:MOST_ROWS]
