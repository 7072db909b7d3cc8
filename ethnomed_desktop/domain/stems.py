"""Stems of Kazakh and Russian words, cut at query time only: the index keeps whole words.

Rules can therefore change without re-indexing, and surnames are never spoilt in the index. The input is
folded (`domain.folding`), so the endings stand here as they fold: «ға» is «га», «дің» is «дин».
"""

from __future__ import annotations

SHORTEST_STEM = 3
SHORTEST_AFTER_SEVERAL = 4
LONG_WORD = 5
"""Words from this length on are stemmed even while they are still being typed."""

# Kazakh stacks its endings: plural, possessive, case; then person and the participles that cards use.
# The order within a row does not matter: the longest that fits is cut, again and again.
_KAZAKH = tuple(
    sorted(
        (
            "лар лер дар дер тар тер "  # plural
            "ымыз имиз ыныз иниз мыз миз ныз низ "  # our, your
            "сы си ым им ын ин ы и "  # his, my, thy
            "нын нин дын дин тын тин "  # of
            "га ге ка ке на не а е "  # to
            "ны ни ды ди ты ти "  # object
            "да де та те нда нде "  # in
            "нан нен дан ден тан тен "  # from
            "мен бен пен "  # with
            "дагы деги тагы теги ндагы ндеги"  # that is in
        ).split(),
        key=len,
        reverse=True,
    )
)
_RUSSIAN = tuple(
    sorted(
        (
            "иями ями ами иях ях ах иям ям ам ием ем ом иеи еи ои ии ов ев "
            "ого его ому ему ыми ими ых их ую юю ая яя ое ее ые ие ыи ия ию ью "
            "остью остеи ости ост а я о е у ю ы и"
        ).split(),
        key=len,
        reverse=True,
    )
)
_SOFTENED = "бг"
"""Kazakh voices a final п, к, қ before a vowel (кітап, кітабы): such a stem loses that letter too."""


def kazakh_stems(word: str) -> list[str]:
    """Return the folded ``word`` without its last Kazakh ending and without all of them; empty if none fits."""
    first = before = _cut(word, _KAZAKH, SHORTEST_STEM)
    while (shorter := _cut(before, _KAZAKH, SHORTEST_AFTER_SEVERAL)) != before:
        before = shorter
    if before != word and before[-1] in _SOFTENED and len(before) > SHORTEST_STEM:
        before = before[:-1]
    return [stem for stem in dict.fromkeys((first, before)) if stem != word]


def russian_stem(word: str) -> str:
    """Return the folded ``word`` without a Russian ending; itself when none fits."""
    return _cut(word, _RUSSIAN, SHORTEST_AFTER_SEVERAL)


def _cut(word: str, endings: tuple[str, ...], shortest: int) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


def stems(word: str, *, finished: bool = True) -> list[str]:
    """Return the stems to search for besides the folded ``word`` itself, longest first.

    ``finished`` is false for the word still being typed: a short one is then left alone, because it
    is a beginning already.
    """
    if word.isdigit() or (not finished and len(word) < LONG_WORD):
        return []
    found = {*kazakh_stems(word), russian_stem(word)} - {word}
    return sorted(found, key=lambda stem: (-len(stem), stem))
