"""What stands in the place of a person's name where names are not to be read: a code, or initials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

HIDDEN = "•••"
_LEAST = 4
"""A shorter surname is like the beginning of too many other words."""

_ENDINGS = ("ский", "ской", "ый", "ий", "ой", "а", "я", "ь", "й")
_WORD = r"[\w’'-]"
_WORDS_TOO = frozenset("Ал Да За Им Мы На Нам Не Ни Но Ну Ол Он По Сон Те".split())
"""Short surnames that are words as well: at the beginning of a sentence, with its capital, they may be."""
_WITHIN = r"(?<!^)(?<![.!?…:–—]\s)"


def initials_of(name: str) -> str:
    """Return the first letters of a name; dots where it has none."""
    letters = [f"{word[0].upper()}." for word in name.split() if word[0].isalpha()]
    return "\u00a0".join(letters) or HIDDEN


@dataclass(frozen=True)
class Known:
    """A person of the records, as texts may name him; ``code`` stands for the name where there is one."""

    surname: str
    given: str = ""
    patronymic: str = ""
    code: str = ""

    @property
    def stem(self) -> str:
        """The part of the surname that stays in the cases of Kazakh and Russian; empty: too short to look for."""
        ending = next((one for one in _ENDINGS if self.surname.endswith(one)), "")
        kept = self.surname[: len(self.surname) - len(ending)]
        found = kept if len(kept) >= _LEAST else self.surname
        return found if len(found) >= _LEAST else ""

    @property
    def sought(self) -> str:
        """What a text that names the person has in it: the stem, or a short surname as it is."""
        return self.stem or self.surname

    @property
    def full(self) -> str:
        """The whole name, surname first."""
        return " ".join(filter(None, (self.surname, self.given, self.patronymic)))

    @property
    def stand_in(self) -> str:
        """What is printed instead."""
        return self.code or initials_of(self.full)


def beginnings(text: str) -> set[str]:
    """Return the beginnings of all words with a capital letter: to ask of thousands who is meant is quick then."""
    words = {word for word in re.findall(_WORD + "+", text) if word[0].isupper()}
    return {word[:length] for word in words for length in range(1, len(word) + 1)}


def without_names(text: str, people: Iterable[Known]) -> str:
    """Return a text in which these people stand under their stand-ins, in whatever case and with initials.

    As well as words can be found: a misspelt name, or one that is nowhere in the records, stays; a surname of
    two or three letters is found in its cases beside a given name or initials, alone as it is written; one of a
    single letter beside them only, for alone it is a word, or the initial of somebody else.
    """
    for one in people:
        if one.sought and one.sought in text:
            text = one.stand_in.join(_pattern(one).split(text))
    return text


def _pattern(one: Known) -> re.Pattern[str]:
    names = [name for name in (one.given, one.patronymic) if name]
    whole = [re.escape(name[:-1] if len(name) > _LEAST else name) + _WORD + "{0,6}" for name in names]
    first = [re.escape(name[0]) + r"\." for name in names]
    beside = "|".join([*whole, *first]) or "(?!)"
    before, after = rf"(?:(?:{beside})[ \u00a0]*){{0,2}}", rf"(?:[ \u00a0]*(?:{beside})){{0,2}}"
    if one.stem:
        return re.compile(rf"(?<!\w){before}{re.escape(one.stem)}{_WORD}{{0,8}}{after}")
    surname = re.escape(one.surname)
    led, followed = rf"(?:(?:{beside})[ \u00a0]*){{1,2}}", rf"(?:[ \u00a0]+(?:{beside})){{1,2}}"
    if len(one.surname) == 1:
        whole_word = rf"{surname}(?![\w’'.-])"
        return re.compile(rf"(?<!\w)(?:{led}{whole_word}{after}|{whole_word}{followed})")
    alone = rf"{_WITHIN if one.surname in _WORDS_TOO else ''}{surname}(?!{_WORD})"
    return re.compile(
        rf"(?<!\w)(?:{led}{surname}{_WORD}{{0,5}}{after}|{surname}{_WORD}{{0,5}}{followed}|{alone})", re.MULTILINE
    )
