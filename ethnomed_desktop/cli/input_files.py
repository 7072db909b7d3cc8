"""Reading what a person gives as a file or on standard input: bounded, strict, refused in plain words."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from ethnomed_desktop.domain.errors import EthnomedError, UserError

MOST_BYTES = 64 * 1024 * 1024
STANDARD_INPUT = "-"
_PASSPHRASE_BYTES = 16 * 1024


def read_text(name: str, stdin: BinaryIO) -> str:
    """Return the text of a file, or of standard input for ``-``.

    Raises `UserError`: ``input.not_found``, ``input.unreadable``, ``input.too_large``,
    ``input.byte_order_mark``, ``input.not_utf8``.
    """
    return decoded(_bytes_of(name, stdin, MOST_BYTES))


def read_first_line(name: str, stdin: BinaryIO) -> str:
    """Return the first line of a file with a secret, without its line ending; raises as `read_text`.

    An editor's byte order mark is no part of a secret and is left out.
    """
    data = _bytes_of(name, stdin, _PASSPHRASE_BYTES).removeprefix(codecs.BOM_UTF8)
    return decoded(data).split("\n", 1)[0].removesuffix("\r")


def read_bytes(name: str, stdin: BinaryIO, most: int) -> bytes:
    """Return what a file holds, or standard input for ``-``.

    Raises `UserError`: ``input.not_found``, ``input.unreadable``, ``input.too_large`` (over ``most`` bytes).
    """
    return _bytes_of(name, stdin, most)


def _bytes_of(name: str, stdin: BinaryIO, most: int) -> bytes:
    try:
        if name == STANDARD_INPUT:
            data = stdin.read(most + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        raise UserError("input.not_found", path=_shown(name)) from None
    except OSError:
        raise UserError("input.unreadable", path=_shown(name)) from None
    if len(data) > most:
        raise UserError("input.too_large", limit_bytes=most)
    return data


def _shown(name: str) -> str:
    return name[-200:]


def decoded(data: bytes) -> str:
    """Return bytes as text, strictly; raises as `read_text`."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UserError("input.byte_order_mark")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError("input.not_utf8", line=line) from None


def parse_json(text: str, line: int | None = None) -> Any:
    """Return the JSON value of a text.

    Raises `UserError`: ``input.not_json``, ``input.double_key``, ``input.nan``.
    """
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except EthnomedError as error:
        if line is not None:
            error.facts["line"] = line
        raise
    except (ValueError, RecursionError) as error:
        at = getattr(error, "lineno", 1) if line is None else line
        raise UserError("input.not_json", line=at) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        double = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise UserError("input.double_key", name=double[:60])
    return made


def _no_constant(name: str) -> NoReturn:
    raise UserError("input.nan", value=name)


def parse_objects(text: str) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Yield the objects of a JSON object, a JSON list of objects, or NDJSON, with their place.

    The place is the line of NDJSON, the position (from 1) in a list, None for one object. Raises
    as `parse_json`, and `UserError` (``input.wrong_shape``, ``input.empty``).
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines:
        raise UserError("input.empty")
    if len(lines) > 1 and _is_whole(lines[0][1]):
        for number, line in lines:
            yield number, require_object(parse_json(line, number), number)
        return
    whole = parse_json(text)
    if not isinstance(whole, list):
        yield None, require_object(whole)
        return
    if not whole:
        raise UserError("input.empty")
    for position, one in enumerate(whole, start=1):
        yield position, require_object(one, position)


def _is_whole(line: str) -> bool:
    """Say whether the first line is JSON by itself: then the lines are records."""
    if not line.lstrip().startswith("{"):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return line.rstrip().endswith("}")
    return True


def require_object(value: object, line: int | None = None) -> dict[str, Any]:
    """Return the value if it is an object; raises `UserError` (``input.wrong_shape``)."""
    if not isinstance(value, dict):
        error = UserError("input.wrong_shape", expected="{…}")
        if line is not None:
            error.facts["line"] = line
        raise error
    return value
