"""Where the command line speaks: answers to standard output, everything else to standard error."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from ethnomed_desktop.domain.errors import EthnomedError, Problems
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label

_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "?")
"""What an argument may smuggle to the terminal (escape sequences); line feeds and tabs stay."""


class Console:
    """The two streams of a call, and how much is to be said."""

    def __init__(self, stdout: TextIO, stderr: TextIO, *, as_json: bool, quiet: bool) -> None:
        self._stdout = stdout
        self._stderr = stderr
        self.as_json = as_json
        self.quiet = quiet

    def answer(self, value: Any, text: str) -> None:
        """Give the answer: one JSON document, or text for people."""
        if self.as_json:
            self._stdout.write(json_text(value) + "\n")
        elif text:
            self._stdout.write(text.translate(_CONTROLS).rstrip("\n") + "\n")

    def line(self, value: Any) -> None:
        """Give one answer of a stream at once, so that the asker need not wait for the rest."""
        self._stdout.write(json_text(value) + "\n")
        self._stdout.flush()

    def text(self, text: str) -> None:
        """Give text that is never JSON: help and version."""
        self._stdout.write(text.translate(_CONTROLS).rstrip("\n") + "\n")

    def note(self, text: str) -> None:
        """Say how far it is, or what to mind; ``--quiet`` leaves it out."""
        if not self.quiet:
            self.insist(text)

    def insist(self, text: str) -> None:
        """Say what must be read, whatever was asked for."""
        self._stderr.write(text.translate(_CONTROLS).rstrip("\n") + "\n")
        self._stderr.flush()


def json_text(value: Any) -> str:
    """Return one line of JSON; letters as they are, lone surrogates (broken arguments) escaped."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if any("\ud800" <= char <= "\udfff" for char in text):
        return json.dumps(value, allow_nan=False)
    return text


def refusal(error: EthnomedError, catalog: Catalog) -> dict[str, Any]:
    """Return a refusal as JSON: the code, the sentence in the catalog's language, the facts."""
    from ethnomed_desktop.app.messages import sentence

    facts = {name: _plain(value) for name, value in error.facts.items()}
    if error.field is not None:
        facts["field"] = error.field
    said: dict[str, Any] = {"error": error.code, "message": sentence(error, catalog), "facts": facts}
    if isinstance(error, Problems):
        said["problems"] = [refusal(problem, catalog) for problem in error.problems]
    return said


def said_of(error: EthnomedError, catalog: Catalog) -> str:
    """Return the sentence of a refusal after the label of the field at fault, unless it names it."""
    from ethnomed_desktop.app.messages import sentence

    text = sentence(error, catalog)
    kind = KINDS.get(str(error.facts.get("kind", "")))
    if error.field is None or kind is None or error.field not in kind.by_name or isinstance(error, Problems):
        return text
    label = field_label(kind.by_name[error.field], catalog)
    return text if label in text else f"{label}: {text}"


def _plain(value: object) -> object:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]
    return str(value)


def width(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(bool(unicodedata.combining(char)) for char in text)


def clipped(text: str, most: int) -> str:
    """Return the text on one line, shortened with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def table(rows: Sequence[Sequence[str]], *, most: int = 48) -> str:
    """Return rows as aligned columns; columns without a word in them are left out."""
    cells = [[clipped(cell, most) for cell in row] for row in rows]
    columns = range(max((len(row) for row in cells), default=0))
    widths = [max((width(row[column]) for row in cells if column < len(row)), default=0) for column in columns]
    lines = []
    for row in cells:
        parts = [cell + " " * (widths[place] - width(cell)) for place, cell in enumerate(row) if widths[place]]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)
