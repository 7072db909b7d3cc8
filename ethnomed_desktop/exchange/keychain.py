"""The key of a root through its changes: which one is in force, who may replace it, what was before.

A change (a `Rotation`) is agreed by two people, each with a key of his own; whoever has stolen the key of
the root alone changes nothing. Three kinds count, judged against what was in force before:

- planned: signed by the key in force and by two of the persons. Followed by everybody at once.
- emergency: signed by two of the persons without the key in force, because that is stolen or lost. Followed
  only where two people have compared the six words of the root after it (`confirmed`).
- naming: the key stays, persons are named where fewer than two were: signed by the key in force and by two
  of those named. So a root that began without persons gets them.

A key that was replaced never comes back. Of two changes with one number the one counts that this computer
has followed before (``confirmed`` names it), otherwise that with the smaller hash, on every computer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ethnomed_desktop.exchange.roots import Person, Root, Rotation
from ethnomed_desktop.exchange.statements import LaterStatement, Statement
from ethnomed_desktop.exchange.strict_json import Malformed

NEEDED_PERSONS = 2


class How(StrEnum):
    """How a change of key was agreed."""

    PLANNED = "planned"
    EMERGENCY = "emergency"
    NAMING = "naming"


@dataclass(frozen=True)
class Chain:
    """A root after the changes that were followed.

    ``steps`` are their hashes in order, ``earlier`` the keys that no longer count. ``unconfirmed`` is the
    hash of an emergency change that comes next and waits for two people to compare words.
    """

    public: bytes
    persons: tuple[Person, ...]
    steps: tuple[bytes, ...] = ()
    earlier: frozenset[bytes] = frozenset()
    unconfirmed: bytes | None = None

    @property
    def end(self) -> bytes:
        """The hash of the last change; empty while nothing was changed."""
        return self.steps[-1] if self.steps else b""


def how_agreed(step: Rotation, signers: Collection[bytes], before: Chain) -> How | None:
    """Judge a change by who signed it; None where it does not count."""
    if step.number != len(before.steps) + 1 or step.public in before.earlier:
        return None
    signed = frozenset(signers) - {before.public}
    agreed = signed & {one.public for one in before.persons}
    stays = step.public == before.public
    if len(agreed) >= NEEDED_PERSONS:
        return How.PLANNED if stays or before.public in signers else How.EMERGENCY
    few = len({one.public for one in before.persons}) < NEEDED_PERSONS
    named = signed & {one.public for one in step.persons}
    if few and stays and before.public in signers and len(named) >= NEEDED_PERSONS:
        return How.NAMING
    return None


def followed(root: Root, pin: bytes, known: Iterable[Statement], confirmed: Collection[bytes]) -> Chain:
    """Follow a root through its changes; the order of ``known`` does not matter."""
    steps: dict[bytes, Rotation] = {}
    signers: dict[bytes, frozenset[bytes]] = {}
    for one in known:
        step = _rotation(one, pin)
        if step is not None:
            steps[one.mark] = step
            signers[one.mark] = signers.get(one.mark, frozenset()) | one.signers
    chain = Chain(root.public, root.persons)
    while True:
        agreed = {mark: how_agreed(steps[mark], signers[mark], chain) for mark in sorted(steps)}
        options = [mark for mark, how in agreed.items() if how is not None]
        remembered = [mark for mark in options if mark in confirmed]
        at_once = [mark for mark in options if agreed[mark] is not How.EMERGENCY]
        chosen = next(iter([*remembered, *at_once]), None)
        if chosen is None:
            waiting = options[0] if options else None
            return Chain(chain.public, chain.persons, chain.steps, chain.earlier, waiting)
        chain = after(chain, steps[chosen], chosen)


def after(chain: Chain, step: Rotation, mark: bytes) -> Chain:
    """Return what is in force after one more change."""
    replaced = {chain.public} - {step.public}
    return Chain(step.public, step.persons, (*chain.steps, mark), chain.earlier | replaced)


def _rotation(statement: Statement, pin: bytes) -> Rotation | None:
    """Read a change of this root; None for everything else, also of newer programs."""
    if statement.type != "rotate" or statement.body.get("root") != pin.hex():
        return None
    try:
        return Rotation.of(statement)
    except (Malformed, LaterStatement):
        return None
