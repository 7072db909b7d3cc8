"""Finding a person's name in running text, declined or with initials, and putting a code in its place.

Names are compared folded. A surname counts with endings of a few letters; a given name only beside the
surname, the patronymic or an initial: alone it may be anybody's. Telephones, IIN and e-mail count as they are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.folding import fold, tokens

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"(?<!\d)(?:\+?\d[ \-()]{0,2}){9,14}\d(?!\d)")
_BETWEEN = re.compile(r"[ \u00a0.,]{1,3}")
_SHORT = 4
_SHORTEST = 3
_ENDING, _SHORT_ENDING = 6, 3
_PHONE_DIGITS = 10


def stand_in(uid: bytes) -> str:
    """Return what stands in the records in the place of an erased one: always the same, and says nothing."""
    number = int.from_bytes(hashlib.sha256(b"em/stand-in/1" + uid).digest()[:8], "big") % 10**8
    return f"№ {number // 10**4:04d}-{number % 10**4:04d}"


@dataclass(frozen=True)
class _Found:
    start: int
    end: int


class Naming:
    """One person's names and numbers, to be looked for in texts."""

    def __init__(self, values: Mapping[str, Value], uid: bytes) -> None:
        self.code = f"[{stand_in(uid)}]"
        other = tokens(str(values.get("other_names") or ""))
        given = set(tokens(str(values.get("given_name") or "")))
        surnames = [*tokens(str(values.get("surname") or "")), *(one for one in other if one not in given)]
        self._surnames = tuple(dict.fromkeys(one for one in surnames if len(one) >= _SHORTEST))
        self._given = tuple(given)
        self._patronymics = tuple(tokens(str(values.get("patronymic") or "")))
        phones = values.get("phones")
        numbers = [str(one) for one in phones] if isinstance(phones, list) else []
        self._phones = {_digits(one)[-_PHONE_DIGITS:] for one in numbers if len(_digits(one)) >= _PHONE_DIGITS}
        self._iin = str(values.get("iin") or "")
        self._email = str(values.get("email") or "").lower()

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Beginnings of words (folded): a text that names the person holds one of them, or a number."""
        stems = [_stem(one) for one in (*self._surnames, *(self._patronymics if self._given else ()))]
        return tuple(dict.fromkeys((*stems, *((fold(self._email),) if self._email else ()))))

    @property
    def numbers(self) -> frozenset[str]:
        """Telephones (their last ten digits) and the IIN."""
        return frozenset(self._phones | ({self._iin} if self._iin else set()))

    def may_be_in(self, folded: str, digits: str) -> bool:
        """Say quickly whether a text (``folded``; ``digits``: all its digits) can name the person at all."""
        return any(mark in folded for mark in self.marks) or any(one in digits for one in self.numbers)

    def is_in(self, text: str) -> bool:
        """Say whether the text names the person."""
        return self.without(text) != text

    def without(self, text: str) -> str:
        """Return the text with the code in the place of names and numbers."""
        spans = sorted(self._spans(text), key=lambda one: one.start)
        made, at = [], 0
        for one in spans:
            if one.start < at:
                continue
            made += [text[at : one.start], self.code]
            at = one.end
        return "".join([*made, text[at:]])

    def excerpt(self, text: str, room: int = 60) -> str:
        """Return the text around the first place that names the person, in one line."""
        first = min(self._spans(text), key=lambda one: one.start, default=_Found(0, 0))
        start, end = max(first.start - room, 0), min(first.end + room, len(text))
        inner = " ".join(text[start:end].split())
        return f"{'…' if start else ''}{inner}{'…' if end < len(text) else ''}"

    def _spans(self, text: str) -> list[_Found]:
        words = list(_WORD.finditer(text))
        folded = [fold(one[0]) for one in words]
        found: list[_Found] = []
        for at, word in enumerate(folded):
            alone = any(_is_form(word, name) for name in self._surnames)
            if alone or self._is_first_name_with_patronymic(text, words, folded, at):
                found.append(self._grown(text, words, folded, at))
        found += [_Found(one.start(), one.end()) for one in _NUMBER.finditer(text) if self._is_own_number(one[0])]
        if self._email:
            where = text.lower().find(self._email)
            found += [_Found(where, where + len(self._email))] if where >= 0 else []
        return found

    def _is_first_name_with_patronymic(
        self, text: str, words: list[re.Match[str]], folded: list[str], at: int
    ) -> bool:
        if at + 1 >= len(words) or not any(_is_form(folded[at], name) for name in self._given):
            return False
        between = text[words[at].end() : words[at + 1].start()]
        return bool(_BETWEEN.fullmatch(between)) and any(
            _is_form(folded[at + 1], name) for name in self._patronymics
        )

    def _grown(self, text: str, words: list[re.Match[str]], folded: list[str], at: int) -> _Found:
        first = last = at
        while first and self._belongs(text, words, folded, first - 1, first):
            first -= 1
        while last + 1 < len(words) and self._belongs(text, words, folded, last + 1, last):
            last += 1
        end = words[last].end()
        if len(words[last][0]) == 1 and text[end : end + 1] == ".":
            end += 1
        return _Found(words[first].start(), end)

    def _belongs(self, text: str, words: list[re.Match[str]], folded: list[str], at: int, beside: int) -> bool:
        """Say whether a word beside a part of the name is a part too: another name, or an initial of one."""
        low, high = min(at, beside), max(at, beside)
        if not _BETWEEN.fullmatch(text[words[low].end() : words[high].start()]):
            return False
        names = (*self._surnames, *self._given, *self._patronymics)
        if len(words[at][0]) == 1:
            return words[at][0].isupper() and any(name.startswith(folded[at]) for name in names)
        return any(_is_form(folded[at], name) for name in names)

    def _is_own_number(self, text: str) -> bool:
        digits = _digits(text)
        return digits == self._iin or (len(digits) <= _PHONE_DIGITS + 1 and digits[-_PHONE_DIGITS:] in self._phones)


def _stem(name: str) -> str:
    return name if len(name) <= _SHORT else name[:-1]


def _is_form(word: str, name: str) -> bool:
    """Say whether a folded word is a name with or without an ending."""
    if word == name:
        return True
    most = _SHORT_ENDING if len(name) <= _SHORT else _ENDING
    return word.startswith(_stem(name)) and len(word) <= len(name) + most


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
