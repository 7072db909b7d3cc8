"""JSON as the format knows it: one reading, bounded, or none."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Final

from ethnomed_desktop.exchange import limits

_ALWAYS_SMALL: Final = 16
_INTEGER_DIGITS: Final = 17


class Malformed(ValueError):
    """The bytes are not what the format demands; the text says which rule, for developers only."""


def strict_json(raw: bytes) -> object:
    """Decode UTF-8 JSON; raises `Malformed`.

    Refused: broken UTF-8, NUL and lone surrogates, NaN and infinities (also as 1e999), repeated
    keys, integers beyond 2**53, nesting deeper than 16, anything after the value.
    """
    try:
        text = raw.decode("utf-8")
        value: object = _DECODE(text)
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {type(error).__name__}") from None
    if raw.count(b"[") + raw.count(b"{") > limits.JSON_DEPTH:
        _check_depth(value, limits.JSON_DEPTH)
    if b"\\u" in raw:
        _check_text(value)
    return value


def compact_json(value: object) -> bytes:
    """Encode as this program writes it: UTF-8, no spaces, keys in the given order."""
    return _ENCODE(value).encode("utf-8")


def _integer(text: str) -> int:
    if len(text) < _ALWAYS_SMALL:
        return int(text)
    if len(text) <= _INTEGER_DIGITS and abs(value := int(text)) <= limits.LARGEST_INTEGER:
        return value
    raise Malformed("integer beyond 2**53")


def _real(text: str) -> float:
    if len(text) <= 40 and math.isfinite(value := float(text)):
        return value
    raise Malformed("number out of bounds")


def _constant(name: str) -> object:
    raise Malformed(f"{name} is no JSON")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed("repeated key")
    return made


def _check_depth(value: object, left: int) -> None:
    """Refuse deep nesting; a stack of its own, because depth is what is hostile here."""
    waiting = [(value, left)]
    while waiting:
        one, rest = waiting.pop()
        if isinstance(one, (dict, list)):
            if rest == 0:
                raise Malformed("nested too deeply")
            inside = one.values() if isinstance(one, dict) else one
            waiting += [(part, rest - 1) for part in inside if isinstance(part, (dict, list))]


def _check_text(value: object) -> None:
    """Refuse what no keyboard sends and no database keeps: lone surrogates and NUL."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.keys()
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and _UNKEPT(one):
            raise Malformed("text with lone surrogates or NUL")


_UNKEPT: Final = re.compile("[\x00\ud800-\udfff]").search
_DECODE: Final = json.JSONDecoder(
    parse_int=_integer, parse_float=_real, parse_constant=_constant, object_pairs_hook=_unique
).decode
_ENCODE: Final[Callable[[object], str]] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False
).encode
