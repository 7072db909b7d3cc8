"""Anchors of audit trails outside the vault: each file says how far its sender's trail reached.

Who alters a trail, cuts its end off or puts an old file of it back, does so behind the anchor that partners
hold; the next file then contradicts it. What was added after the last file and cut off before the next is
not seen: an honest limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.exchange.segments import START, Place
from ethnomed_desktop.store import audit
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store.engine import Reading


@dataclass(frozen=True)
class Anchor:
    """How far a sender's trail reached when it wrote the file with this running number."""

    file: int
    entry: int
    hash: bytes

    def fits(self, other: Anchor) -> bool:
        """Whether both can be of one trail that only grows; files come in any order."""
        earlier, later = sorted((self, other), key=lambda one: (one.file, one.entry))
        return earlier.entry < later.entry or (earlier.entry == later.entry and earlier.hash == later.hash)


def own_anchor(connection: Reading) -> Place:
    """Return how far our own trail reaches, for the next file."""
    entry, digest = audit.last_entry(connection)
    return Place(entry, digest) if entry else START


def hear_anchor(connection: Reading, sender: bytes, file: int, said: Place, clock: Clock, user: bytes) -> bool:
    """Compare with what the sender's newest file said and keep the newer; False when they contradict each other.

    What contradicts is noted in our own trail. Files of programs that said nothing fit everything.
    """
    if said == START:
        return True
    new = Anchor(file, said.seq, said.head)
    kept = state.anchor_of(connection, sender)
    known = Anchor(*kept) if kept is not None else None
    fits = known is None or known.fits(new)
    if known is None or new.file > known.file:
        state.keep_anchor(connection, sender, (new.file, new.entry, new.hash))
    if not fits:
        audit.note(connection, clock, user, "exchange.audit_broken", {"from": sender.hex(), "number": file})
    return fits
