"""Other readings of a query that found nothing: forgotten keyboard layout, Latin letters, ы for і.

The readings are tried by the search one after the other; records are never changed by them.
"""

from __future__ import annotations

import re

from ethnomed_desktop.domain.folding import tokens

_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_KAZAKH_DIGIT_ROW = dict(zip("2345890-=", "әіңғүұқөһ", strict=True))
_TO_CYRILLIC = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS) | str.maketrans('{}:"<>~', "хъжэбюё")
_TO_LATIN = str.maketrans(_CYRILLIC_KEYS, _LATIN_KEYS)
_LATIN_WORD = re.compile(r"[a-z]")
_ALL_LATIN = re.compile(r"[a-z]+")
_CYRILLIC_WORD = re.compile(r"[а-яёәғқңөұүһі]")

# The Kazakh Latin alphabet of 2021 (and its forms of 2017–2019), letter by letter.
_KAZAKH_LATIN = str.maketrans(
    dict(
        zip(
            "aäbdefgğhıijklmnñoöpqrsştuūüvyzáǵńóúýcwxŋāž",
            "аәбдефгғхиіжклмнңоөпқрсштуұүвызәғңөүуцуксңаж",
            strict=False,
        )
    )
)
# Spellings of passports and road signs; longest first.
_PASSPORT = (
    ("shch", "щ"),
    ("sch", "щ"),
    ("zh", "ж"),
    ("kh", "х"),
    ("gh", "ғ"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("ts", "ц"),
    ("ng", "ң"),
    ("yu", "ю"),
    ("iu", "ю"),
    ("ya", "я"),
    ("ye", "е"),
    ("yo", "ё"),
    ("dj", "ж"),
)
_PASSPORT_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxz", "абкдефгхижклмнопқрстуввкз")
LEAST_LATIN = 4
"""Shorter ones are more often numbers of papers, or keys pressed in the wrong layout."""
_Y_AFTER_VOWEL = re.compile(r"(?<=[aeiou]|[аеёиоуыюя])y")


def readings(query: str) -> list[str]:
    """Return other readings of ``query``, the likeliest first, without the query itself and repeats.

    Give them to the search in turn as if they had been typed; each is plain text, not folded.
    """
    text = query.lower()
    found: list[str] = []
    if _LATIN_WORD.search(text):
        found += [from_latin(text), from_kazakh_latin(text), other_layout(text)]
        if not _looks_latin(text):
            found.insert(0, found.pop())
    elif _CYRILLIC_WORD.search(text):
        found += [text.replace("ы", "и"), text.translate(_TO_LATIN)]
    seen = {tuple(tokens(query)), ()}
    return [reading for reading in found if _is_new(reading, seen)]


def in_cyrillic(word: str) -> list[str]:
    """Return what a folded word in Latin letters is in Cyrillic ones, to be looked for together with it.

    A place has its English name too: who types ``Shymkent`` looks for all that was written about Шымкент as well.
    """
    if len(word) < LEAST_LATIN or not _ALL_LATIN.fullmatch(word) or not _looks_latin(word):
        return []
    return list(dict.fromkeys((from_latin(word), from_kazakh_latin(word))))


def _is_new(reading: str, seen: set[tuple[str, ...]]) -> bool:
    key = tuple(tokens(reading))
    if key in seen:
        return False
    seen.add(key)
    return True


def _looks_latin(text: str) -> bool:
    """Say whether the words can be said: enough vowels, no punctuation inside as a wrong layout gives."""
    letters = re.findall(r"[a-zäöüūıi]", text)
    vowels = [letter for letter in letters if letter in "aeiouyäöüūı"]
    return not re.search(r"[a-z][;',.\[\]]+[a-z]", text) and len(vowels) * 4 >= len(letters)


def other_layout(text: str) -> str:
    """Return what the same keys give on the Cyrillic layout: ``rjhlfq`` is ``кордай``, ``0jhlfq`` ``қордай``."""
    words = re.split(r"(\s+)", text)
    return "".join(_on_cyrillic_keys(word) for word in words)


def _on_cyrillic_keys(word: str) -> str:
    if not _LATIN_WORD.search(word):
        return word
    return "".join(_KAZAKH_DIGIT_ROW.get(char, char) for char in word).translate(_TO_CYRILLIC)


def from_kazakh_latin(text: str) -> str:
    """Return a text in the Kazakh Latin alphabet in Cyrillic letters."""
    return text.replace("sh", "ш").replace("ch", "ч").translate(_KAZAKH_LATIN)


def from_latin(text: str) -> str:
    """Return a name as passports and road signs write it in Cyrillic letters: ``Zhambyl``, ``Korday``."""
    for latin, cyrillic in _PASSPORT:
        text = text.replace(latin, cyrillic)
    text = _Y_AFTER_VOWEL.sub("й", text).replace("y", "ы")
    return text.translate(_PASSPORT_LETTERS).translate(_KAZAKH_LATIN)
