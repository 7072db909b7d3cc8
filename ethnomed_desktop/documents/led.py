"""A label and the text that it leads: the label never ends a page, and a long text begins right under it.

reportlab keeps a label together with the whole of what follows, so that a speech longer than the rest of the
page would leave that rest blank.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, Paragraph

from ethnomed_desktop.documents.beside import Beside


class Led(Flowable):
    """Pieces that stay with the beginning of the text after them; only that text breaks over pages."""

    def __init__(self, leads: Sequence[Flowable], led: Flowable) -> None:
        super().__init__()
        self._pieces = [*leads, led]
        self._heights: list[float] = []

    def getSpaceBefore(self) -> float:
        """Return what the first piece asks for."""
        return float(self._pieces[0].getSpaceBefore())

    def getSpaceAfter(self) -> float:
        """Return what the text asks for."""
        return float(self._pieces[-1].getSpaceAfter())

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Take the height of all pieces and the gaps between them."""
        self._heights = [one.wrap(aW, 1e7)[1] for one in self._pieces]
        self.width, self.height = aW, sum(self._steps())
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """Return the pieces with the beginning of the text, and its rest; nothing when it cannot begin here."""
        self.wrap(aW, aH)
        parts = self._pieces[-1].split(aW, aH - self.height + self._heights[-1])
        self._heights = []
        return [Led(self._pieces[:-1], parts[0]), *parts[1:]] if len(parts) > 1 else []

    def draw(self) -> None:
        """Draw the pieces from the top."""
        y = self.height
        for one, step in zip(self._pieces, self._steps(), strict=True):
            y -= step
            one.drawOn(self.canv, 0, y)

    def _steps(self) -> list[float]:
        steps: list[float] = []
        for place, height in enumerate(self._heights):
            one = self._pieces[place]
            gap = max(self._pieces[place - 1].getSpaceAfter(), one.getSpaceBefore()) if place else 0.0
            steps.append(height + gap)
        return steps


def with_leads(story: Sequence[Flowable]) -> list[Flowable]:
    """Return the story with labels and the paragraphs that follow them as one piece each."""
    made: list[Flowable] = []
    leads: list[Flowable] = []
    for one in story:
        if one.getKeepWithNext():  # type: ignore[no-untyped-call]
            leads.append(one)
        elif leads and isinstance(one, (Paragraph, Beside)):
            made.append(Led(leads, one))
            leads = []
        else:
            made += [*leads, one]
            leads = []
    return made + leads
