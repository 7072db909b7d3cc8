"""A compiled catalog (.mo) whose sentences are decoded when they are asked for.

The standard library decodes and splits all of some thousand sentences at once; the first window shows ten.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cached_property

_MAGIC = 0x950412DE
_HEADER = struct.Struct("<5I")


class CompiledSentences:
    """Sentences by id; never changed after loading, so threads may share it. Texts are UTF-8.

    An id in a context is ``context + "\\x04" + id``; one with plural forms stands under its singular.
    Raises `ValueError` for bytes that are no catalog.
    """

    _plain: dict[str, str | None]
    """What was asked before: lists ask for the same labels in every row."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER.size:
            raise ValueError("no compiled catalog")
        magic, _revision, count, ids_at, texts_at = _HEADER.unpack_from(data)
        if magic != _MAGIC or max(ids_at, texts_at) + 8 * count > len(data):
            raise ValueError("no compiled catalog")
        ids = struct.unpack_from(f"<{2 * count}I", data, ids_at)
        self._texts = struct.unpack_from(f"<{2 * count}I", data, texts_at)
        self._data = data
        self._plain = {}
        self._places = {
            data[start : start + length].split(b"\0", 1)[0]: place
            for place, (length, start) in enumerate(zip(ids[::2], ids[1::2], strict=True))
        }

    def __contains__(self, key: str) -> bool:
        return key.encode() in self._places

    def ids(self) -> list[str]:
        """Return all ids, the header's empty one included."""
        return [key.decode() for key in self._places]

    def text(self, key: str) -> str | None:
        """Return the sentence, of one with plural forms that for one; ``None`` when there is none."""
        if key not in self._plain:
            forms = self._forms(key)
            chosen = self._plural(1) if forms is not None and len(forms) > 1 else 0
            self._plain[key] = None if forms is None else forms[chosen]
        return self._plain[key]

    def plural_text(self, key: str, count: int) -> str | None:
        """Return the form that ``count`` takes; ``None`` when there is none."""
        forms = self._forms(key)
        return None if forms is None else forms[self._plural(count)]

    def _forms(self, key: str) -> list[str] | None:
        place = self._places.get(key.encode())
        if place is None:
            return None
        length, start = self._texts[2 * place], self._texts[2 * place + 1]
        return self._data[start : start + length].decode().split("\0")

    @cached_property
    def _plural(self) -> Callable[[int], int]:
        """The language's rule, from the line ``Plural-Forms`` of the header."""
        from gettext import c2py

        for line in (self.text("") or "").splitlines():
            name, _colon, rule = line.partition(":")
            if name.strip().lower() == "plural-forms":
                return c2py(rule.partition("plural=")[2].strip().rstrip(";"))
        return c2py("n != 1")
