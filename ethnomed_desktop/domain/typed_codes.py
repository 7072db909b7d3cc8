"""Codes that people read off paper and type: Crockford's base 32, tolerant in reading, with two check characters.

Check: Reed-Solomon over GF(32) (x^5 + x^2 + 1), generator polynomial (x - a)(x - a^2): all characters of a
code are the coefficients of a polynomial with roots a and a^2. A single wrong character, a swap of two
neighbours, any two wrong characters that are not 31 places apart (the check characters included) never
leave both roots standing; any other mistake passes once in 1024 times.
"""

from __future__ import annotations

from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_CHARACTERS = 2
BITS = 5
GROUP = 4

_LOOK_ALIKES = str.maketrans(
    {
        "O": "0",
        "I": "1",
        "L": "1",
        # the same shapes typed with the Russian or Kazakh layout on
        **dict(zip("АВЕКМНОРСТУХІ", "ABEKMH0PCTYX1", strict=True)),
    }
)
_IGNORED = set(" \t\r\n\u00a0\u2007\u202f\u200b\ufeff-\u2010\u2011\u2012\u2013\u2014\u2212.,·_")


def _powers() -> tuple[int, ...]:
    powers, value = [], 1
    for _ in range(31):
        powers.append(value)
        value <<= 1
        if value & 32:
            value ^= 0b100101
    return tuple(powers)


_EXP = _powers()
_LOG = {value: exponent for exponent, value in enumerate(_EXP)}


def written(number: int, characters: int) -> str:
    """Return a number as ``characters`` characters and the check after them, in groups of four."""
    data = [(number >> (BITS * place)) & 31 for place in reversed(range(characters))]
    text = "".join(ALPHABET[digit] for digit in data + _check_digits(data))
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def digits_of(text: str, characters: int) -> list[int] | None:
    """Return the digits of a typed code, in any case and spacing; None when it has not this shape.

    ``characters`` counts the check. O is read as 0, I and L as 1, Cyrillic letters of the same shape as Latin.
    """
    typed = "".join(char for char in text if char not in _IGNORED).upper().translate(_LOOK_ALIKES)
    if len(typed) != characters or any(char not in ALPHABET for char in typed):
        return None
    return [ALPHABET.index(char) for char in typed]


def is_sound(digits: Sequence[int]) -> bool:
    """Whether the check fits."""
    return not any(_value_at(digits, root) for root in (1, 2))


def number_of(digits: Sequence[int]) -> int:
    """Return the number that the digits before the check say."""
    number = 0
    for digit in digits[:-CHECK_CHARACTERS]:
        number = number << BITS | digit
    return number


def _times(first: int, second: int) -> int:
    if not first or not second:
        return 0
    return _EXP[(_LOG[first] + _LOG[second]) % 31]


def _value_at(digits: Sequence[int], root: int) -> int:
    """Horner's rule at a^root; the first character is the highest coefficient."""
    value = 0
    for digit in digits:
        value = _times(value, _EXP[root]) ^ digit
    return value


def _check_digits(data: Sequence[int]) -> list[int]:
    """Remainder of data * x^2 by the generator x^2 + (a + a^2) x + a^3."""
    middle, last = _EXP[1] ^ _EXP[2], _EXP[3]
    high = low = 0
    for digit in data:
        factor = digit ^ high
        high, low = low ^ _times(factor, middle), _times(factor, last)
    return [high, low]
