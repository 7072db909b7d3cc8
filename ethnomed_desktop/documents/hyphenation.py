"""Where words may be broken at a line's end: soft hyphens put in at print time, never stored.

Kazakh: a syllable begins with the last consonant before its vowel (мақ-са-тын-да, қарт-тар-дың).
Russian and English: the patterns that come with pyphen.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import Protocol, cast

from ethnomed_desktop.documents.fonts import SOFT_HYPHEN
from ethnomed_desktop.domain.text_language import KAZAKH_ONLY

_VOWELS = frozenset("аәеёиоөуұүыіэюя")
_SIGNS = frozenset("ьъ")
_SHORTEST = 7
_WORD = re.compile(rf"[^\W\d_]{{{_SHORTEST},}}")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


class _Patterns(Protocol):
    def inserted(self, word: str, hyphen: str) -> str: ...


def language_of(text: str, document: str) -> str:
    """Guess the language of a text by its letters, for breaking words only.

    A Kazakh text of any length holds letters that Russian lacks; without them Cyrillic is taken as
    Russian, unless the text is short and the document Kazakh.
    """
    if not KAZAKH_ONLY.isdisjoint(text):
        return "kk"
    if _CYRILLIC.search(text):
        return document if document == "kk" and len(text) < 40 else "ru"
    return "en"


def hyphenated(text: str, document: str = "kk") -> str:
    """Return ``text`` with soft hyphens where a line may end inside a word.

    Words in capitals are left whole: they are abbreviations or names of acts. So is the last word,
    that no line of a few letters ends a paragraph.
    """
    language = language_of(text, document)
    body, space, last = text.rstrip().rpartition(" ")
    return _WORD.sub(lambda found: _word(found.group(), language), body) + space + last


@lru_cache(maxsize=20_000)
def _word(word: str, language: str) -> str:
    if word.isupper():
        return word
    if language == "kk":
        return SOFT_HYPHEN.join(syllables(word))
    return _patterns(language).inserted(word, SOFT_HYPHEN)


@cache
def _patterns(language: str) -> _Patterns:
    import pyphen

    name = {"ru": "ru_RU", "en": "en_GB"}[language]
    return cast(_Patterns, pyphen.Pyphen(lang=name, left=2, right=2))


def syllables(word: str) -> list[str]:
    """Return a Kazakh word in syllables, never leaving one letter alone at its beginning or end."""
    low = word.lower()
    nuclei = [index for index in range(len(low)) if _is_vowel(low, index)]
    cuts = [_cut(low, here, following) for here, following in pairwise(nuclei)]
    edges = [0, *(cut for cut in cuts if 2 <= cut <= len(word) - 2), len(word)]
    return [word[first:last] for first, last in pairwise(edges)]


def _cut(low: str, here: int, following: int) -> int:
    """Return where the syllable of the vowel at ``following`` begins; ``here`` is the vowel before."""
    between = low[here + 1 : following]
    if not between or between[-1] in _SIGNS:
        return following  # a sign belongs to the consonant before it
    if len(between) > 2 and between.endswith("ст") and low.startswith("ан", following):
        return following - 2  # names of countries: Қазақ-стан
    return following - 1


def _is_vowel(low: str, index: int) -> bool:
    letter = low[index]
    if letter == "у" and index and low[index - 1] in _VOWELS:
        return False  # after a vowel у is a consonant: тау, қа-уым
    return letter in _VOWELS
