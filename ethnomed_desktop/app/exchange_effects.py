"""What a file does to the records here, in numbers: how they stood before it, and how they stand after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ethnomed_desktop.app.exchange_minutes import changed_since
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.queries.conflicts import PLAIN, Standing, standing_of
from ethnomed_desktop.store.queries.meetings import closed_minutes
from ethnomed_desktop.store.queries.trash import parts_in_trash, with_a_withdrawal
from ethnomed_desktop.store.states import load_states


@dataclass(frozen=True)
class Before:
    """How things stood: the records that are about to be touched, those kept alive, the closed minutes."""

    standing: dict[bytes, Standing]
    revived: frozenset[bytes]
    closed: frozenset[int]


def look_before(connection: Reading, uids: Sequence[bytes]) -> Before:
    """Note how things stand before lines about these records are taken in."""
    standing = standing_of(connection, uids)
    return Before(standing, _revived(connection, list(standing)), closed_minutes(connection))


def effects(
    connection: Reading, before: Before, lid: int, touched: Iterable[tuple[str, bytes]], office: bytes
) -> dict[str, Any]:
    """Return what became of the records that lines after ``lid`` touched, by the names of the report."""
    named = list(touched)
    uids = [uid for _, uid in named]
    now = standing_of(connection, uids)
    old = {uid: before.standing.get(uid, PLAIN) for uid in now}
    return {
        "new": sum(uid not in before.standing for uid in now),
        "changed": sum(uid in before.standing for uid in now),
        "withdrawn": sum(one.withdrawn and not old[uid].withdrawn for uid, one in now.items()),
        "conflicts": sum(one.conflicted and not old[uid].conflicted for uid, one in now.items()),
        "newer": sum(one.newer for one in now.values()),
        "revived": len(_revived(connection, [uid for uid in uids if uid in before.standing]) - before.revived),
        "under_trash": _under_trash(connection, before, named),
        "closed_minutes": changed_since(connection, before.closed, lid, named, office),
    }


def _revived(connection: Reading, uids: Sequence[bytes]) -> frozenset[bytes]:
    """Return the records that somebody put into the trash while somebody else went on writing: they stay."""
    candidates = with_a_withdrawal(connection, uids)
    states = load_states(connection, candidates, LogReader(connection)) if candidates else {}
    return frozenset(uid for uid, known in states.items() if known.state.edited_while_withdrawn)


def _under_trash(connection: Reading, before: Before, touched: Sequence[tuple[str, bytes]]) -> int:
    """Count the parts, written by somebody who did not know it, of records that lay in the trash already."""
    there_now = {uid for _, uid in touched if not before.standing.get(uid, PLAIN).withdrawn}
    by_kind: dict[str, list[bytes]] = {}
    for name, uid in touched:
        if name in KINDS and KINDS[name].parent:
            by_kind.setdefault(name, []).append(uid)
    wholes = [one for name, uids in by_kind.items() for one in parts_in_trash(connection, KINDS[name], uids)]
    return sum(whole not in there_now for whole in wholes)
