"""Notes about our own faults: where it happened, never what was in it."""

from __future__ import annotations

import os
import secrets
import sys
import traceback
from datetime import datetime
from pathlib import Path

from ethnomed_desktop import __version__, paths
from ethnomed_desktop.domain.clock import KAZAKHSTAN

KEPT_NOTES = 20


def record_crash(error: BaseException, folder: Path | None = None) -> str:
    """Write where it happened – never a value, a message or a name – and return the note's reference.

    ``folder`` is ``crashes`` in the log folder when left out. The file stays on this computer,
    readable by its owner only. A full disk loses the note, not the program.
    """
    now = datetime.now(KAZAKHSTAN)
    reference = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    lines = [f"Ethnomed Desktop {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__
    target = folder or paths.places().logs / "crashes"
    try:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(target / f"{reference}.txt", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        for old in sorted(target.glob("*.txt"))[:-KEPT_NOTES]:
            old.unlink()
    except OSError:
        return reference
    return reference
