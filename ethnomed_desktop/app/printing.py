"""To the printer by ``lp``: the PDF itself goes to its standard input, so no file is left behind by us."""

from __future__ import annotations

import shutil
import subprocess

from ethnomed_desktop.domain.errors import UserError

_LONGEST_S = 60
"""A print service that says nothing for so long is taken for one that does not answer."""


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


def print_by_lp(pdf: bytes, printer: str, copies: int, title: str) -> None:
    """Hand the document to a printer; on the free lane. Raises `UserError` (``print.refused``)."""
    program = shutil.which("lp") or "lp"
    command = [program, "-d", printer, "-n", str(copies), "-o", "media=A4", "-t", title, "--", "-"]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=_LONGEST_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise UserError("print.refused", printer=printer) from None
    if done.returncode:
        raise UserError("print.refused", printer=printer)


def _said(program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        return ""
    try:
        done = subprocess.run(
            [found, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
