"""The recovery code: 160 random bits for paper, typed back with tolerance and a check.

Text: 32 characters of Crockford's base32 in 8 groups of 4, then a group of 2 check characters,
``7K3M-…-9XQ2-D4``. Check: Reed-Solomon over GF(32) (x^5 + x^2 + 1), generator polynomial
(x - a)(x - a^2): the 34 characters are the coefficients of a polynomial with roots a and a^2. A
single wrong character, a swap of two neighbours, any two wrong characters that are not 31 places
apart (the check characters included) never leave both roots standing; any other mistake passes
once in 1024 times.
"""

from __future__ import annotations

import secrets

from ethnomed_desktop.domain.errors import UserError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA_CHARACTERS = 32
CHARACTERS = DATA_CHARACTERS + 2
SECRET_BYTES = 20

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


def new_code() -> str:
    """Return a fresh code, grouped for print."""
    return format_code(secrets.token_bytes(SECRET_BYTES))


def format_code(secret: bytes) -> str:
    """Return the 20 bytes as text in groups."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("a recovery secret has 20 bytes")
    number = int.from_bytes(secret, "big")
    data = [(number >> (5 * place)) & 31 for place in reversed(range(DATA_CHARACTERS))]
    text = "".join(ALPHABET[digit] for digit in data + _check_digits(data))
    return "-".join(text[start : start + 4] for start in range(0, CHARACTERS, 4))


def parse(text: str) -> bytes:
    """Return the 20 bytes of a typed code, in any case and spacing, O for 0, I and L for 1.

    Raises `UserError`: ``recovery.wrong_shape`` (not 34 such characters), ``recovery.mistyped``
    (the check does not fit).
    """
    digits = _digits(text)
    if digits is None:
        raise UserError("recovery.wrong_shape", field="recovery_code", characters=CHARACTERS)
    if any(_value_at(digits, root) for root in (1, 2)):
        raise UserError("recovery.mistyped", field="recovery_code")
    number = 0
    for digit in digits[:DATA_CHARACTERS]:
        number = number << 5 | digit
    return number.to_bytes(SECRET_BYTES, "big")


def groups(code: str) -> tuple[str, ...]:
    """Return the nine groups of a code; a person types two of them back before going on."""
    return tuple(format_code(parse(code)).split("-"))


def looks_like_one(text: str) -> bool:
    """Whether ``text`` has the shape of a code, be its check right or wrong."""
    return _digits(text) is not None


def _digits(text: str) -> list[int] | None:
    typed = "".join(char for char in text if char not in _IGNORED).upper().translate(_LOOK_ALIKES)
    if len(typed) != CHARACTERS or any(char not in ALPHABET for char in typed):
        return None
    return [ALPHABET.index(char) for char in typed]


def _times(first: int, second: int) -> int:
    if not first or not second:
        return 0
    return _EXP[(_LOG[first] + _LOG[second]) % 31]


def _value_at(digits: list[int], root: int) -> int:
    """Horner's rule at a^root; the first character is the highest coefficient."""
    value = 0
    for digit in digits:
        value = _times(value, _EXP[root]) ^ digit
    return value


def _check_digits(data: list[int]) -> list[int]:
    """Remainder of data * x^2 by the generator x^2 + (a + a^2) x + a^3."""
    middle, last = _EXP[1] ^ _EXP[2], _EXP[3]
    high = low = 0
    for digit in data:
        factor = digit ^ high
        high, low = low ^ _times(factor, middle), _times(factor, last)
    return [high, low]
