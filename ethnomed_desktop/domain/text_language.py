"""In which language a text is written, told by its letters."""

from __future__ import annotations

KAZAKH_ONLY = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
"""Letters that Kazakh has and Russian lacks."""

_RUSSIAN_MOSTLY = frozenset("вфхцчщъьэюёВФХЦЧЩЪЬЭЮЁ")
"""Letters that Kazakh has in borrowed words only."""

_CYRILLIC = ("\u0400", "\u04ff")


def written_in(text: str) -> str:
    """Return ``kk``, ``ru`` or ``en`` for a text of some length; ``kk`` for one without letters.

    Every tenth letter of either language is one that the other has in names and borrowed words only.
    """
    letters = [letter for letter in text if letter.isalpha()]
    if not any(_CYRILLIC[0] <= letter <= _CYRILLIC[1] for letter in letters):
        return "en" if letters else "kk"
    kazakh = sum(letter in KAZAKH_ONLY for letter in letters)
    russian = sum(letter in _RUSSIAN_MOSTLY for letter in letters)
    return "kk" if kazakh >= russian else "ru"
