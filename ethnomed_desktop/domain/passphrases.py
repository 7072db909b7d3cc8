"""Rules of passphrases: what is refused, how strong one is; nothing here keeps or derives anything."""

from __future__ import annotations

import itertools
import math
import secrets
import unicodedata
from enum import StrEnum

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.passphrase_words import WORDS

LEAST_CHARACTERS = 12
LEAST_WORDS = 5
LEAST_DIFFERENT = 5
PROPOSED_WORDS = 6
MOST_CHARACTERS = 1024
"""Longer ones are a file pasted by mistake, or an attempt to keep the key derivation busy."""

_FAIR_BITS, _STRONG_BITS = 50, 70
_ROWS = (
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
)
_NEIGHBOURS = {pair for row in _ROWS for pair in itertools.pairwise(row)}
_NEIGHBOURS |= {(second, first) for first, second in _NEIGHBOURS}


class Strength(StrEnum):
    """How hard a passphrase is to guess, in words; the texts stand in `app.messages`."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def normalised(passphrase: str) -> str:
    """Return the passphrase as NFC: «й» is one letter however the keyboard sent it.

    Nothing else is changed: case and spaces count. Raises `UserError`
    (``passphrase.broken_characters``) for NUL and lone surrogates, which no keyboard sends and
    which files and databases treat differently, (``passphrase.too_long``) above 1024 characters.
    """
    if "\x00" in passphrase or any("\ud800" <= char <= "\udfff" for char in passphrase):
        raise UserError("passphrase.broken_characters", field="passphrase")
    if len(passphrase) > MOST_CHARACTERS:
        raise UserError("passphrase.too_long", field="passphrase", limit=MOST_CHARACTERS)
    return unicodedata.normalize("NFC", passphrase)


def require_acceptable(passphrase: str) -> None:
    """Refuse a new passphrase that is too short or hardly varies.

    Raises `UserError`: ``passphrase.too_short`` (neither 12 characters nor 5 words),
    ``passphrase.too_simple`` (fewer than 5 different characters), and those of `normalised`.
    """
    text = normalised(passphrase)
    if len(text.strip()) < LEAST_CHARACTERS and len(text.split()) < LEAST_WORDS:
        raise UserError("passphrase.too_short", field="passphrase", characters=LEAST_CHARACTERS, words=LEAST_WORDS)
    if len(set(text.casefold())) < LEAST_DIFFERENT:
        raise UserError("passphrase.too_simple", field="passphrase")


def proposed(language: str) -> str:
    """Return six different random words of the language (50 bits): easy to keep, hard to guess."""
    return " ".join(secrets.SystemRandom().sample(WORDS[language], PROPOSED_WORDS))


def strength(passphrase: str) -> Strength:
    """Estimate the strength from letters, repetitions and rows of the keyboard.

    An estimate for the bar beside the field, not a proof: it knows no dictionary, so several
    words count 13 bits each (a list of 8,000), however long they are.
    """
    bits = _estimated_bits(normalised(passphrase))
    if bits < _FAIR_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < _STRONG_BITS else Strength.STRONG


def _estimated_bits(text: str) -> float:
    folded = text.casefold()
    words = folded.split()
    if len(words) >= 3 and all(word.isalpha() for word in words):
        return 13.0 * len({word for word in words if len(word) >= 3})
    per_character = math.log2(_alphabet_size(text))
    bits, seen = 0.0, set[str]()
    for previous, char in zip(" " + folded, folded, strict=False):
        if char == previous or (previous, char) in _NEIGHBOURS:
            bits += 0.5
        elif char in seen:
            bits += per_character * 0.6
        else:
            bits += per_character * 0.8
        seen.add(char)
    return bits


def _alphabet_size(text: str) -> int:
    size = 1
    size += 10 if any(char.isdigit() for char in text) else 0
    size += 26 if any(char.islower() for char in text) else 0
    size += 26 if any(char.isupper() for char in text) else 0
    size += 20 if any(not char.isalnum() for char in text) else 0
    return max(size, 2)
