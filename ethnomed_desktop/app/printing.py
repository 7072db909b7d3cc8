"""To the printer by ``lp``: the PDF itself goes to its standard input, so no file is left behind by us."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence

from ethnomed_desktop.domain.errors import UserError

_LONGEST_S = 60
"""A print service that says nothing for so long is taken for one that does not answer."""

_SPAN = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5}))?")
_GONE = re.compile("does not exist|unknown destination|no such file|no default destination", re.IGNORECASE)
_TROUBLES = (
    ("print.no_paper", re.compile("media-empty|media-needed|out of paper|no paper")),
    ("print.jam", re.compile("media-jam|paper jam")),
    ("print.offline", re.compile("offline|connecting-to-device|not connected|unreachable|timed-out")),
    ("print.stopped", re.compile("disabled since|cover-open|door-open|toner-empty|marker-supply-empty|paused")),
)
"""What the print service says of a printer that does not print, the plainest first."""


def can_use_lp() -> bool:
    """Whether this computer prints by ``lp`` (Linux, macOS)."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def lp_printers() -> list[str]:
    """Return the names of the printers, the usual one first; none when the service does not answer.

    Waits for the print service: on the free lane.
    """
    names = _said("lpstat", "-e").split()
    usual = _said("lpstat", "-d").rpartition(":")[2].strip()
    return sorted(names, key=lambda name: (name != usual, name))


def print_by_lp(pdf: bytes, printer: str, copies: int, title: str, pages: Sequence[int] = ()) -> None:
    """Hand the document to a printer; on the free lane. ``pages`` (from 1) left out: all of them.

    Raises `UserError` (``print.printer_gone``, ``print.refused``, fact: printer).
    """
    program = shutil.which("lp") or "lp"
    command = [program, "-d", printer, "-n", str(copies), "-o", "media=A4", "-t", title]
    if pages:
        command += ["-P", ",".join(str(page) for page in pages)]
    try:
        done = subprocess.run(
            [*command, "--", "-"], input=pdf, capture_output=True, timeout=_LONGEST_S, check=False, env=_plain()
        )
    except (OSError, subprocess.TimeoutExpired):
        raise UserError("print.refused", printer=printer) from None
    if done.returncode:
        gone = _GONE.search(done.stderr.decode("utf-8", "replace"))
        raise UserError("print.printer_gone" if gone else "print.refused", printer=printer)


def printer_trouble(printer: str) -> UserError | None:
    """Return what keeps a printer from printing what it was given, in words; None when nothing is known.

    Waits for the print service: on the free lane. What was handed over stays in the queue.
    """
    state = _said("lpstat", "-l", "-p", printer).lower()
    for code, sign in _TROUBLES:
        if sign.search(state):
            return UserError(code, printer=printer)
    return None


def page_numbers(text: str, pages: int) -> tuple[int, ...]:
    """Return the pages (from 1) that «1-3, 5» names, in order and once each; none for an empty text: all.

    Raises `UserError` (``print.wrong_pages``, fact: pages) for what names no page of the document.
    """
    found: set[int] = set()
    for part in text.replace(";", ",").replace("–", "-").split(","):
        if not part.strip():
            continue
        match = _SPAN.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= pages:
            raise UserError("print.wrong_pages", field="pages", pages=pages)
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def _said(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        return ""
    try:
        done = subprocess.run(
            [found, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=5,
            check=False,
            env=_plain(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _plain() -> dict[str, str]:
    """Return the environment in which programs of the print service speak the language we read."""
    return {**os.environ, "LC_ALL": "C"}
