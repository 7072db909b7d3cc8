"""Two columns of text that stay side by side, over as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.platypus import Flowable

_TOLERANCE = 1e-6


class Beside(Flowable):
    """One row: what stands on the left begins at the height of what stands on the right.

    A row may break over pages, each side where it must; it is not torn so that one side begins a page
    later than the other. A long side does not hold up the short one.
    """

    def __init__(self, left: Iterable[Flowable], right: Iterable[Flowable], width: float, gap: float) -> None:
        """``width`` is that of one column, ``gap`` the room between the two, in points."""
        super().__init__()
        self._sides = (list(left), list(right))
        self._column, self._gap = width, gap
        self._measured: list[list[float]] | None = None
        last = [side[-1] for side in self._sides if side]
        self.keepWithNext = int(any(one.getKeepWithNext() for one in last))  # type: ignore[no-untyped-call]

    def getSpaceBefore(self) -> float:
        """Return the larger of what both sides ask for."""
        return max((side[0].getSpaceBefore() for side in self._sides if side), default=0.0)

    def getSpaceAfter(self) -> float:
        """Return the larger of what both sides ask for."""
        return max((side[-1].getSpaceAfter() for side in self._sides if side), default=0.0)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Take two columns and the height of the higher one; measured once, whoever asks how often."""
        heights = [sum(_steps(side, own)) for side, own in zip(self._sides, self._heights(), strict=True)]
        self.width, self.height = 2 * self._column + self._gap, max(heights)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """Return what fits into the height and the rest; nothing when a side could not begin here."""
        heights, self._measured = self._heights(), None  # a paragraph split in vain forgets its lines
        halves = [self._split_side(side, own, aH) for side, own in zip(self._sides, heights, strict=True)]
        if any(rest and not first for first, rest in halves) or not any(rest for _first, rest in halves):
            return []
        return [Beside(halves[0][side], halves[1][side], self._column, self._gap) for side in (0, 1)]

    def draw(self) -> None:
        """Draw both sides from the top."""
        for place, (side, heights) in enumerate(zip(self._sides, self._heights(), strict=True)):
            x, y = place * (self._column + self._gap), self.height
            for one, step in zip(side, _steps(side, heights), strict=True):
                y -= step
                one.drawOn(self.canv, x, y)

    def _heights(self) -> list[list[float]]:
        if self._measured is None:
            self._measured = [[one.wrap(self._column, 1e7)[1] for one in side] for side in self._sides]
        return self._measured

    def _split_side(
        self, side: Sequence[Flowable], heights: Sequence[float], room: float
    ) -> tuple[list[Flowable], list[Flowable]]:
        used = 0.0
        for place, (one, step) in enumerate(zip(side, _steps(side, heights), strict=True)):
            if used + step <= room + _TOLERANCE:
                used += step
                continue
            gap = step - heights[place]
            parts = one.split(self._column, room - used - gap)
            first, rest = (parts[:1], parts[1:]) if len(parts) > 1 else ([], [one])
            return [*side[:place], *first], [*rest, *side[place + 1 :]]
        return list(side), []


def _steps(side: Sequence[Flowable], heights: Sequence[float]) -> list[float]:
    """Return how far each piece takes the pen down: its height and the gap to the one before it."""
    steps: list[float] = []
    for place, height in enumerate(heights):
        gap = max(side[place - 1].getSpaceAfter(), side[place].getSpaceBefore()) if place else 0.0
        steps.append(height + gap)
    return steps
