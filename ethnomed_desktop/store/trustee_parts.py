"""Parts for trustees: a recovery code divided so that any k of n parts open, and fewer tell nothing.

SLIP-0039 by the `shamir_mnemonic` library: one group, k of n, iteration exponent 0, no passphrase (the
code has 160 random bits, so a costly derivation protects nothing), 23 words of 10 bits in each part with
a checksum of its own. Printed are the numbers of the words, 1 to 1024: digits are the same in every
language. Typed back may be numbers or words, one part after the other, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.store.recovery_code import SECRET_BYTES

WORDS_IN_PART = 23
MOST_PARTS = 8
"""Eight parts still fit into the line that a password is typed into."""

_SEPARATORS = re.compile(r"[^0-9A-Za-z]+")


def split(secret: bytes, needed: int, parts: int) -> list[str]:
    """Return the parts as rows of four-digit numbers; every call divides anew.

    Raises `UserError` (``trustees.numbers``) unless 2 ≤ needed ≤ parts ≤ 8, `ValueError` for a secret
    that is no recovery code's.
    """
    from shamir_mnemonic import generate_mnemonics

    if not 2 <= needed <= parts <= MOST_PARTS:
        raise UserError("trustees.numbers", field="parts", most=MOST_PARTS)
    if len(secret) != SECRET_BYTES:
        raise ValueError("a recovery secret has 20 bytes")
    (made,) = generate_mnemonics(1, [(needed, parts)], secret, iteration_exponent=0)
    return [as_numbers(words) for words in made]


def as_numbers(words: str) -> str:
    """Return the numbers, 0001 to 1024, of the words of a part."""
    places = _places()
    return " ".join(f"{places[word] + 1:04d}" for word in words.split())


def looks_like_parts(text: str) -> bool:
    """Whether the text is made of whole parts, be they right or wrong; a passphrase practically never is."""
    tokens = _tokens(text)
    return bool(tokens) and len(tokens) % WORDS_IN_PART == 0 and None not in map(_word, tokens)


def join(text: str) -> bytes:
    """Return the secret of the parts typed one after the other.

    Raises `UserError`: ``trustees.mistyped`` (fact ``number``: which of those typed), ``trustees.few``
    (facts ``needed``, ``given``), ``trustees.mixed`` (parts of different sheets).
    """
    from shamir_mnemonic import MnemonicError, combine_mnemonics
    from shamir_mnemonic.share import Share

    words = [str(_word(token)) for token in _tokens(text)]
    parts = [" ".join(words[at : at + WORDS_IN_PART]) for at in range(0, len(words), WORDS_IN_PART)]
    shares: dict[int, tuple[Share, str]] = {}
    for number, part in enumerate(parts, start=1):
        try:
            share = Share.from_mnemonic(part)
        except MnemonicError:
            raise UserError("trustees.mistyped", field="recovery_code", number=number) from None
        shares[share.index] = (share, part)
    if len({(one.identifier, one.member_threshold) for one, _part in shares.values()}) != 1:
        raise UserError("trustees.mixed", field="recovery_code")
    needed = next(iter(shares.values()))[0].member_threshold
    if len(shares) < needed:
        raise UserError("trustees.few", field="recovery_code", needed=needed, given=len(shares))
    try:
        return bytes(combine_mnemonics(_first(shares, needed)))
    except MnemonicError:
        raise UserError("trustees.mixed", field="recovery_code") from None


def _first(shares: dict[int, tuple[object, str]], needed: int) -> Sequence[str]:
    return [part for _share, part in list(shares.values())[:needed]]


def _tokens(text: str) -> list[str]:
    return [token for token in _SEPARATORS.split(text.strip()) if token]


def _word(token: str) -> str | None:
    """Return the word that was typed or whose number was; None for neither."""
    from shamir_mnemonic.wordlist import WORDLIST

    if token.isdecimal() and token.isascii():
        return WORDLIST[int(token) - 1] if len(token) <= 4 and 1 <= int(token) <= len(WORDLIST) else None
    return token.lower() if token.lower() in _places() else None


@cache
def _places() -> dict[str, int]:
    from shamir_mnemonic.wordlist import WORDLIST

    return {word: place for place, word in enumerate(WORDLIST)}
