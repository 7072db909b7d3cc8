"""What a record is, as a function of the set of its lines: order, repetition and clocks do not matter.

Every key is a multi-value register: a write replaces the dots it saw; writes that did not see each
other stay side by side as a visible conflict. Stamps only choose which one is shown first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ethnomed_desktop.domain.changes import ERASED_KEY, WITHDRAWN_KEY, Dot, Line, Op, taken_back
from ethnomed_desktop.domain.compact_json import compact
from ethnomed_desktop.domain.fieldtypes import Value

_NOTHING: frozenset[Dot] = frozenset()
_CANONICAL = compact(sort_keys=True)


class LiveWrite(NamedTuple):
    """One value of a key that no later write has replaced."""

    dot: Dot
    stamp: int
    value: Value
    saw: frozenset[Dot] = _NOTHING

    def rank(self) -> tuple[int, bytes, int, bytes]:
        """Order in which live values are shown; the greatest first."""
        return self.stamp, self.dot.replica, self.dot.seq, self.dot.tag


@dataclass
class RecordState:
    """The live writes of one record by key, and the dots replaced before they arrived."""

    uid: bytes
    kind: int
    replaced_early: set[tuple[str, Dot]] = field(default_factory=set)
    created: bool = False
    erased: bool = False
    only: Line | None = field(default=None, init=False, compare=False)
    """The one line that all live values come from, as long as nobody asked for them one by one."""
    _only_values: Mapping[str, Value] = field(default_factory=dict, init=False, compare=False)
    _live: dict[str, tuple[LiveWrite, ...]] = field(default_factory=dict, init=False)

    @property
    def live(self) -> dict[str, tuple[LiveWrite, ...]]:
        """The live writes by key.

        Most records are written once and never met by another line; for them this is made only when
        asked for, which saves a batch of new records a sixth of its time.
        """
        if self.only is not None:
            dot, stamp = self.only.dot, self.only.stamp
            self._live = {key: (LiveWrite(dot, stamp, value),) for key, value in self._only_values.items()}
            self.only, self._only_values = None, {}
        return self._live

    def holds_only(self, line: Line) -> None:
        """Let all that is live be what the line says; nothing was live before."""
        values = line.change.values
        if None in values.values():
            values = {key: value for key, value in values.items() if not _is_removal(key, value)}
        self.only, self._only_values = line, values

    def all_shown(self) -> Mapping[str, Value]:
        """Return the values to show by key."""
        if self.only is not None:
            return self._only_values
        return {key: ws[0].value if len(ws) == 1 else self.shown(key) for key, ws in self._live.items()}

    def shown(self, key: str) -> Value:
        """Return the value to show for ``key``."""
        writes = self.live.get(key)
        return max(writes, key=LiveWrite.rank).value if writes else None

    def dots(self, key: str) -> tuple[Dot, ...]:
        """Return the live dots of ``key``: what a write of it now replaces."""
        return tuple(write.dot for write in self.live.get(key, ()))

    def all_dots(self) -> frozenset[Dot]:
        """Return the live dots of all keys but the withdrawal."""
        return frozenset(w.dot for key, ws in self.live.items() if key != WITHDRAWN_KEY for w in ws)

    def conflicts(self) -> tuple[str, ...]:
        """Return the keys where live values differ; equal concurrent values are no conflict."""
        return tuple(
            sorted(
                key
                for key, writes in self.live.items()
                if len(writes) > 1
                and key != WITHDRAWN_KEY
                and len({json.dumps(write.value, sort_keys=True) for write in writes}) > 1
            )
        )

    @property
    def withdrawal(self) -> LiveWrite | None:
        """The withdrawal in force: one that saw everything that is live now."""
        if self.only is not None or WITHDRAWN_KEY not in self.live:
            return None
        dots = self.all_dots()
        standing = [w for w in self.live[WITHDRAWN_KEY] if w.value is not None and dots <= w.saw]
        return max(standing, key=LiveWrite.rank) if standing else None

    @property
    def takes_back(self) -> bool:
        """Some of its lines, here or still to come, were lawfully erased, while the record stays."""
        return any(key == ERASED_KEY for key, _ in self.replaced_early)

    @property
    def edited_while_withdrawn(self) -> bool:
        """Somebody withdrew the record while somebody else went on writing: it stays alive."""
        withdrawn = any(write.value is not None for write in self.live.get(WITHDRAWN_KEY, ()))
        return withdrawn and self.withdrawal is None


def apply_line(state: RecordState, line: Line) -> None:
    """Apply one line; any order gives the same state. The log hands each line over only once."""
    change = line.change
    if change.op is Op.LATER:
        return
    if change.op is Op.CREATE:
        state.created = True
    elif change.op is Op.ERASE:
        state.erased = True
        state.live.clear()
        state.replaced_early.clear()
    if state.erased:
        return
    if change.op is Op.REDACT:
        _take_back(state, taken_back(change))
        return
    if state.replaced_early and (ERASED_KEY, line.dot) in state.replaced_early:
        return
    if not (state.only or state.live or state.replaced_early or change.saw or WITHDRAWN_KEY in change.values):
        state.holds_only(line)  # meets nothing and replaces nothing, as nearly every creation does
        return
    for key in {*change.values, *change.saw}:
        writes = _without(state, key, change.saw.get(key, ()))
        value = change.values.get(key)
        early = (key, line.dot)
        if early in state.replaced_early:
            state.replaced_early.discard(early)
        elif key in change.values and not _is_removal(key, value) and all(w.dot != line.dot for w in writes):
            saw = frozenset(change.saw.get(key, ())) if key == WITHDRAWN_KEY else frozenset()
            writes = (*writes, LiveWrite(line.dot, line.stamp, value, saw))
        if writes:
            state.live[key] = writes
        else:
            state.live.pop(key, None)


def _take_back(state: RecordState, dots: Iterable[Dot]) -> None:
    """Let lines never have been, whether they came or are still to come; what has replaced them stays."""
    gone = set(dots)
    for key, writes in list(state.live.items()):
        rest = tuple(write for write in writes if write.dot not in gone)
        if rest:
            state.live[key] = rest
        else:
            del state.live[key]
    state.replaced_early = {one for one in state.replaced_early if one[1] not in gone}
    state.replaced_early |= {(ERASED_KEY, dot) for dot in gone}


def _is_removal(key: str, value: Value) -> bool:
    """Taking an element out of a set leaves nothing behind, so a concurrent adding wins."""
    return "/" in key and value is None


def _without(state: RecordState, key: str, dots: Iterable[Dot]) -> tuple[LiveWrite, ...]:
    writes = state.live.get(key, ())
    if key == WITHDRAWN_KEY:  # its dots also say which values it saw; those it does not replace
        dots = set(dots) - state.all_dots()
    for dot in dots:
        rest = tuple(write for write in writes if write.dot != dot)
        if len(rest) == len(writes) and (ERASED_KEY, dot) not in state.replaced_early:
            state.replaced_early.add((key, dot))
        writes = rest
    return writes


def state_hash(state: RecordState) -> bytes:
    """Return the SHA-256 over uid, kind, keys, live dots and values, unknown keys included.

    Independent of the tables, so two programs of different age agree. The digest of a stream is
    the sum of these numbers modulo 2**256.
    """
    by_dot: dict[Dot, Mapping[str, Value]]
    if state.only is not None and state.all_shown():
        by_dot = {state.only.dot: state.all_shown()}
    else:
        by_dot = _live_by_dot(state)
    values = sorted((dot.text(), values) for dot, values in by_dot.items())
    canonical = _CANONICAL([state.uid.hex(), state.kind, state.erased, values])
    return hashlib.sha256(canonical.encode("utf-8")).digest()


def _live_by_dot(state: RecordState) -> dict[Dot, Mapping[str, Value]]:
    by_dot: dict[Dot, dict[str, Value]] = {}
    for key, writes in state.live.items():
        for write in writes:
            by_dot.setdefault(write.dot, {})[key] = write.value
    return dict(by_dot)
