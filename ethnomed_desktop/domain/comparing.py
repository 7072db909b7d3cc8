"""What differs between two texts and two lists: words marked, parts paired."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

Part = TypeVar("Part")

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?]+|\n+|$)\s*")
MOST_WORDS = 4_000
"""Longer texts (that differ in so much) are compared by sentences: comparing words takes time by its square."""

MOST_LETTERS = 300
"""So much of two texts tells whether they are alike."""

_ALIKE = 0.5
"""Least likeness of two texts that are taken for one text that was changed."""


@dataclass(frozen=True)
class Span:
    """A stretch of a text; ``changed`` says that the other text does not have it there."""

    text: str
    changed: bool = False


def marked(before: str, after: str) -> tuple[list[Span], list[Span]]:
    """Return both texts as spans; joined, the spans of each give the text."""
    old, new = _tokens(before, after)
    left: list[Span] = []
    right: list[Span] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for spans, text in ((left, "".join(old[a:b])), (right, "".join(new[c:d]))):
            if text:
                spans.append(Span(text, kind != "equal"))
    return left, right


def _tokens(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) <= MOST_WORDS:
        return old, new
    return _sentences(before), _sentences(after)


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCES.findall(text) if one]


def paired(
    old: Sequence[Part],
    new: Sequence[Part],
    words: Callable[[Part], str],
    known: Callable[[Part, Part], bool] = lambda one, other: False,
) -> list[tuple[Part | None, Part | None]]:
    """Return pairs in the order of ``new``; what has no counterpart stands alone, where it stood.

    ``known`` says that two belong together whatever they say. Else equal ``words`` find each other, then
    texts that are alike at least by half, the most alike first.
    """
    partner: dict[int, int] = {}
    for place, one in enumerate(new):
        found = next((n for n, other in enumerate(old) if n not in partner and known(other, one)), None)
        if found is not None:
            partner[found] = place
    _join(partner, old, new, lambda a, b: 1.0 if words(a) == words(b) else 0.0)
    _join(partner, old, new, lambda a, b: _likeness(words(a)[:MOST_LETTERS], words(b)[:MOST_LETTERS]))
    back = {place: found for found, place in partner.items()}
    pairs: list[tuple[Part | None, Part | None]] = [
        (old[back[place]] if place in back else None, one) for place, one in enumerate(new)
    ]
    for gone in [n for n in range(len(old)) if n not in partner]:
        before = [partner[n] for n in range(gone) if n in partner]
        at = next((i + 1 for i, pair in enumerate(pairs) if before and pair[1] is new[before[-1]]), 0)
        while at < len(pairs) and pairs[at][1] is None:
            at += 1
        pairs.insert(at, (old[gone], None))
    return pairs


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _join(
    partner: dict[int, int], old: Sequence[Part], new: Sequence[Part], likeness: Callable[[Part, Part], float]
) -> None:
    """Pair what is free on both sides, the most alike first; neighbours in order where equally alike."""
    taken = set(partner.values())
    left = [n for n in range(len(old)) if n not in partner]
    right = [n for n in range(len(new)) if n not in taken]
    found = sorted((-likeness(old[a], new[b]), abs(a - b), a, b) for a in left for b in right)
    for score, _distance, a, b in found:
        if -score >= _ALIKE and a not in partner and b not in taken:
            partner[a] = b
            taken.add(b)
