"""Which languages there are, and what each is called: the little that the first window needs.

The rest of `translations/<language>/conventions.toml` is read by `conventions`, when a date is written.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ethnomed_desktop import paths

FIRST = ("kk", "ru", "en")
"""The languages every installation has, in the order they are offered; others follow by name."""


class Signs(NamedTuple):
    """``tag`` is the BCP 47 tag for files and Qt, ``button`` the word on the switch, ``name`` the full name."""

    tag: str
    button: str
    name: str


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there are: the three that every installation has, then those added."""
    return (*FIRST, *sorted(set(paths.languages()) - set(FIRST)))


@cache
def signs(language: str) -> Signs:
    """Return what the language is called, read once; raises `KeyError` when its file does not say.

    The three stand as plain lines at the head of the file and are read without the TOML reader,
    whose import alone would cost the first window a twentieth of its time.
    """
    found: dict[str, str] = {}
    for line in paths.conventions_file(language).read_text(encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and key.strip() in Signs._fields:
            found[key.strip()] = value.strip().strip('"')
    return Signs(**{key: found[key] for key in Signs._fields})
